"""What answers in plain words for a terminal are made of, Dutch or English: numbers, days, actors and sources in a line."""

from collections.abc import Iterable, Iterator
from datetime import date

from graph import sentences
from graph.dates import spelled
from graph.errors import Lang
from graph.model import Card, Count, Source
from graph.namesakes import where
from graph.vocabulary import vocabulary

ACTORS = ("actor", "actoren"), ("actor", "actors")
CONTACTS = ("contact", "contacten"), ("contact", "contacts")
TIES = ("band", "banden"), ("tie", "ties")


def said(lang: Lang, nl: str, en: str) -> str:
    """Return the one of two texts that is in `lang`."""
    return nl if lang == "nl" else en


def day(when: date, lang: Lang) -> str:
    """Return a date as it is written.

    >>> day(date(2026, 11, 2), "nl")
    '2-11-2026'
    """
    return f"{when.day}-{when.month}-{when.year}" if lang == "nl" else when.isoformat()


def one_line(text: str) -> str:
    """Return text without line breaks, as a list needs it."""
    return " ".join(text.split())


def _where(card: Card, lang: Lang) -> str:
    words = vocabulary().words
    kind = words["subtype"].get(card.subtype) or words["kind"][card.kind]
    ended = f"{said(lang, 'gestopt', 'ended')} {spelled(card.ended, lang)}" if card.ended else ""
    return ", ".join(part for part in (kind.label(lang), one_line(where(card)), ended) if part)


def row(card: Card, lang: Lang) -> str:
    """Return an actor on one line: its name, what it is and where, and when it ended."""
    return f"{one_line(card.name)} ({_where(card, lang)})"


def number_of(count: Count, lang: Lang, nl: tuple[str, str], en: tuple[str, str]) -> str:
    """Return a number of things, of which `nl` and `en` have the word for one and for several.

    >>> number_of(Count(1), "nl", ("band", "banden"), ("tie", "ties"))
    '1 band'
    """
    one, several = nl if lang == "nl" else en
    return f"{how_many(count, lang)} {one if count.count == 1 else several}"


def how_many(count: Count, lang: Lang) -> str:
    """Return a number of things, which may be the least that there are."""
    return f"{'' if count.exact else said(lang, 'minstens ', 'at least ')}{count.count}"


def cited_at(sources: Iterable[Source]) -> str:
    """Return where something can be checked, shortly."""
    return "; ".join(dict.fromkeys(sentences.of_source(source) for source in sources))


def legend(sources: Iterable[Source], lang: Lang) -> Iterator[str]:
    """Yield what the short names of sources stand for."""
    cited = {source.id: source for source in sources if source.id and source.title}
    if cited:
        yield said(lang, "Bronnen", "Sources")
    for name in sorted(cited):
        source = cited[name]
        when = spelled(source.date, lang) if source.date else ""
        yield f"  {name}: {', '.join(part for part in (source.title, source.publisher, when, source.url) if part)}"
