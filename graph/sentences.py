"""Ties, offers and figures in plain words, Dutch and English: one sentence each, the same at every door."""

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


def percent(share: float) -> str:
    """Return a share (0–1) as a percentage, never rounded to none.

    >>> percent(0.724), percent(0.001), percent(0)
    ('72%', '< 1%', '0%')
    """
    return "< 1%" if 0 < share < 0.005 else f"{share:.0%}"


def period(since: str, until: str, lang: Lang) -> str:
    """Return when something holds, or "".

    >>> period("2019", "2022", "nl"), period("2019", "", "nl"), period("2019", "2019", "en")
    ('2019–2022', 'sinds 2019', '2019')
    """
    if since and until:
        return since if since == until else f"{since}–{until}"
    if since:
        return f"{'sinds' if lang == 'nl' else 'since'} {since}"
    if until:
        return f"{'tot' if lang == 'nl' else 'until'} {until}"
    return ""


def of_tie(tie: Tie, source: str, target: str, lang: Lang) -> str:
    """Return a tie as a sentence without a full stop; `source` and `target` are the names of its ends.

    >>> of_tie(Tie("a", "funds", "b", since="2019", amount=5000, status="former"), "Fonds A", "Buurthuis B", "nl")
    'Fonds A financiert Buurthuis B (2019, € 5.000, voormalig)'
    """
    words = vocabulary()
    label = words.tie_kinds[tie.kind].label(lang)
    told = [
        tie.role,
        period(tie.since, tie.until, lang).removeprefix("sinds ").removeprefix("since ")
        if tie.status == "former"
        else period(tie.since, tie.until, lang),
        amount(tie.amount, lang) if tie.amount is not None else "",
        "" if tie.status == "current" else words.words["status"][tie.status].label(lang),
        "" if tie.basis == "stated" else words.words["basis"][tie.basis].label(lang),
    ]
    more = ", ".join(part for part in told if part)
    return f"{source} {label} {target}" + (f" ({more})" if more else "")


def of_offer(offer: Offer, lang: Lang) -> str:
    """Return an offer in words, without its actor.

    >>> of_offer(Offer("a", "refers", "geld.lening"), "nl")
    'verwijst door: Lening'
    """
    words = vocabulary()
    text = f"{words.words['stance'][offer.stance].label(lang)}: {words.helps[offer.help].label(lang)}"
    when = period(offer.since, offer.until, lang)
    themes = ", ".join(words.themes[theme].label(lang) for theme in offer.themes)
    more = ", ".join(part for part in (themes, when) if part)
    return f"{text} ({more})" if more else text


def of_figure(figure: Figure, lang: Lang) -> str:
    """Return a figure in words; numbers as the language writes them.

    >>> of_figure(Figure("sector", "Leden", "circa", 1500.0, "initiatieven", "2021"), "nl")
    'Leden: circa 1.500 initiatieven (2021)'
    """
    number = "" if figure.value is None else f"{figure.value:,.10g}"
    if lang == "nl":
        number = number.translate(str.maketrans(",.", ".,"))
    value = " ".join(part for part in (figure.qualifier, number, figure.unit) if part)
    return f"{figure.what}: {value}" + (f" ({figure.year})" if figure.year else "")


def of_source(source: Source) -> str:
    """Return where to look, shortly: the cited source's id, or the dataset, and the place in it.

    >>> of_source(Source("sector", id="werkplaats-31", locator="regel 854"))
    'werkplaats-31, regel 854'
    """
    return ", ".join(part for part in (source.id or source.dataset, source.locator) if part)
