"""Ties, offers and figures in plain words, Dutch and English: one sentence each, the same at every door."""

from datetime import date
from decimal import Decimal

from graph import dates
from graph.errors import Lang
from graph.model import Figure, Offer, Source, Tie
from graph.vocabulary import vocabulary


def amount(euro: float, lang: Lang) -> str:
    """Return an amount as it is written.

    >>> amount(20000.0, "nl"), amount(1500.5, "en")
    ('€ 20.000', '€ 1,500.50')
    """
    text = f"{euro:,.2f}".removesuffix(".00")
    return f"€ {text.translate(str.maketrans(',.', '.,')) if lang == 'nl' else text}"


def number(value: float, lang: Lang) -> str:
    """Return a number with the signs of the language, each digit as it was given: it is a source that says it.

    >>> number(14660, "nl"), number(2.5, "nl"), number(14660, "en"), number(999_999.75, "nl")
    ('14.660', '2,5', '14,660', '999.999,75')
    >>> number(2e10, "nl")
    '20.000.000.000'
    """
    text = f"{Decimal(repr(float(value))):,f}".removesuffix(".0")
    return text.translate(str.maketrans(",.", ".,")) if lang == "nl" else text


def percent(share: float) -> str:
    """Return a share (0–1) as a percentage, never rounded to none.

    >>> percent(0.724), percent(0.001), percent(0)
    ('72%', '< 1%', '0%')
    """
    return "< 1%" if 0 < share < 0.005 else f"{share:.0%}"


def status_on(tie: Tie, day: date | None) -> str:
    """Return the tie's status on `day`: what has ended is former, what has yet to begin is planned.

    >>> status_on(Tie("ada", "advises", "bob", until="2020"), date(2026, 1, 1))
    'former'
    """
    if day is None or tie.status == "rejected":
        return tie.status
    if tie.until and dates.last_day(tie.until) < day:
        return "former"
    return "planned" if _to_come(tie.since, day) else tie.status


def _to_come(since: str, day: date | None) -> bool:
    return day is not None and bool(since) and dates.first_day(since) > day


def period(since: str, until: str, lang: Lang, day: date | None = None) -> str:
    """Return when something holds, seen from `day`, or "". An end is the last day on which it holds.

    >>> period("2019", "2022", "nl"), period("2019", "", "nl"), period("", "2019-05", "nl")
    ('2019–2022', 'sinds 2019', 'tot en met mei 2019')
    >>> period("2028", "", "nl", date(2026, 1, 1)), period("2019", "2019", "en"), period("2019-05-03", "2021", "en")
    ('vanaf 2028', '2019', '3 May 2019 – 2021')
    """
    begin, end = (dates.spelled(it, lang) if it else "" for it in (since, until))
    if begin and end:
        return (
            begin if begin == end else f"{begin}–{end}" if begin.isdecimal() and end.isdecimal() else f"{begin} – {end}"
        )
    if begin:
        word = ("vanaf", "from") if _to_come(since, day) else ("sinds", "since")
        return f"{word[lang == 'en']} {begin}"
    return f"{'tot en met' if lang == 'nl' else 'up to and including'} {end}" if end else ""


def of_tie(tie: Tie, source: str, target: str, lang: Lang, day: date | None = None) -> str:
    """Return a tie, as it is on `day`, as a sentence without a full stop; `source` and `target` are the names of its ends.

    >>> of_tie(Tie("a", "funds", "b", since="2019", amount=5000, status="former"), "Fonds A", "Buurthuis B", "nl")
    'Fonds A financiert Buurthuis B (2019, € 5.000, voormalig)'
    >>> of_tie(Tie("a", "board_member_of", "b", role="bestuurder"), "An", "Buurthuis B", "nl")
    'An is bestuurder van Buurthuis B'
    """
    words = vocabulary()
    label = words.tie_kinds[tie.kind].label(lang)
    state = status_on(tie, day)
    begun_only = state == "former" and not tie.until and tie.since
    told = [
        "" if f" {tie.role} ".lower() in f" {label} ".lower() else tie.role,
        dates.spelled(tie.since, lang) if begun_only else period(tie.since, tie.until, lang, day),
        amount(tie.amount, lang) if tie.amount is not None else "",
        "" if state == "current" else words.words["status"][state].label(lang),
        tie.note if state == "conditional" else "",
        "" if tie.basis == "stated" else words.words["basis"][tie.basis].label(lang),
    ]
    more = ", ".join(part for part in told if part)
    return f"{source} {label} {target}" + (f" ({more})" if more else "")


def of_offer(offer: Offer, lang: Lang, day: date | None = None) -> str:
    """Return an offer in words as seen from `day`, without its actor and its conditions.

    >>> of_offer(Offer("a", "refers", "geld.lening"), "nl")
    'verwijst door: Lening'
    """
    words = vocabulary()
    text = f"{words.words['stance'][offer.stance].label(lang)}: {words.helps[offer.help].label(lang)}"
    when = period(offer.since, offer.until, lang, day)
    themes = ", ".join(words.themes[theme].label(lang) for theme in offer.themes)
    more = ", ".join(part for part in (themes, when) if part)
    return f"{text} ({more})" if more else text


def of_figure(figure: Figure, lang: Lang) -> str:
    """Return a figure in words; numbers as the language writes them.

    >>> of_figure(Figure("sector", "Leden", "circa", 1500.0, "initiatieven", "2021"), "nl")
    'Leden: circa 1.500 initiatieven (2021)'
    >>> of_figure(Figure("sector", "Members", value=3.0, year="2021", year_basis="issue"), "en")
    'Members: 3 (2021, year of the publication)'
    """
    written = "" if figure.value is None else number(figure.value, lang)
    value = " ".join(part for part in (figure.qualifier, written, figure.unit) if part)
    basis = "" if figure.year_basis in ("", "text") else vocabulary().words["year_basis"][figure.year_basis].label(lang)
    when = ", ".join(part for part in (dates.spelled(figure.year, lang) if figure.year else "", basis) if part)
    return f"{figure.what}: {value}" + (f" ({when})" if figure.year else "")


def of_source(source: Source) -> str:
    """Return where to look, shortly: the cited source's id, or the dataset, and the place in it.

    >>> of_source(Source("sector", id="werkplaats-31", locator="regel 854"))
    'werkplaats-31, regel 854'
    """
    return ", ".join(part for part in (source.id or source.dataset, source.locator) if part)
