"""What is found, an actor whole, who is around or near it, in plain words for a terminal; each returns lines of text."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from api.terminal import ACTORS, CONTACTS, cited_at, day, how_many, legend, number_of, one_line, row, said
from graph import municipalities, sentences
from graph.answers import Found, Nearby, Neighbour, Neighbourhood, Shown, TieGroup
from graph.dates import spelled
from graph.errors import Lang
from graph.model import Card, Count, Fact, Offer, Source, Tie
from graph.telling import Telling
from graph.text import is_postcode
from graph.vocabulary import vocabulary

_SHORTER = (
    "Probeer een korter stuk van de naam, of één woord.",
    "Try a shorter part of the name, or one word.",
)
_POSTCODE = (
    "Is dit een postcode? Die bewaren we niet. Noem een gemeente met --municipality.",
    "Is this a postcode? We do not keep those. Name a municipality with --municipality.",
)
_SHOWN_FIELDS = {
    "aliases": ("Ook bekend als", "Also known as"),
    "place": ("Plaats", "Place"),
    "municipality": ("Gemeente", "Municipality"),
    "province": ("Provincie", "Province"),
    "websites": ("Website", "Website"),
    "contacts": ("Ingang", "Way in"),
    "themes": ("Thema's", "Themes"),
    "legal_form": ("Rechtsvorm", "Legal form"),
    "identifiers": ("Kenmerken", "Identifiers"),
    "founded": ("Opgericht", "Founded"),
    "ended": ("Gestopt", "Ended"),
    "size_note": ("Omvang", "Size"),
    "visibility": ("Zichtbaar voor", "Visible to"),
    "visibility_basis": ("Grond", "Basis"),
    "introduces": ("Introduceert", "Introduces"),
    "note": ("Opmerking", "Note"),
}


def found(answer: Found, near: Iterable[Card], lang: Lang) -> Iterator[str]:
    """Yield what a search found; if nothing, those `near` to what was asked."""
    if not answer.actors:
        nl, en = _POSTCODE if is_postcode(answer.text) else _SHORTER
        yield said(lang, f"Niets gevonden voor {answer.text!r}. {nl}", f"Nothing found for {answer.text!r}. {en}")
    alike = [_found(card, lang) for card in near]
    yield from [said(lang, "Bedoel je:", "Do you mean:"), *alike] if alike else ()
    for card in answer.actors:
        yield _found(card, lang)
    if answer.cursor:
        yield said(lang, "Er zijn er meer: --cursor ", "There are more: --cursor ") + answer.cursor


def _found(card: Card, lang: Lang) -> str:
    ties = number_of(Count(card.contacts), lang, *CONTACTS)
    return f"{card.id:<34} {row(card, lang)} · {ties}"


def shown(answer: Shown, telling: Telling) -> Iterator[str]:
    """Yield an actor whole, each value with its sources."""
    card, lang = answer.actor.card, telling.lang
    yield row(card, lang)
    yield f"id {card.id}" + "".join(f" = {other}" for other in answer.actor.also)
    for fact in answer.actor.facts:
        if fact.field in _SHOWN_FIELDS:
            yield from _fact(fact, answer, lang)
    yield from _offers(answer, telling)
    for group in answer.ties:
        yield from _group(answer, group, lang)
    yield from legend(_sources_of(answer), lang)


def _fact(fact: Fact, answer: Shown, lang: Lang) -> Iterator[str]:
    label = _SHOWN_FIELDS[fact.field][lang == "en"]
    town = one_line(answer.municipality.name) if fact.field == "municipality" and answer.municipality else ""
    value = f"{town} ({fact.value})" if town else _value(fact.field, fact.value, lang)
    yield f"  {label}: {value}  [{cited_at(fact.sources)}]"
    if not isinstance(fact.value, tuple):
        for other in fact.others:
            told = _value(fact.field, other.value, lang)
            yield said(lang, "    anders: ", "    otherwise: ") + f"{told}  [{cited_at(other.sources)}]"


def _value(field: str, value: Any, lang: Lang) -> str:  # noqa: ANN401 - a fact may be of any type
    words = vocabulary()
    if field == "themes":
        return ", ".join(words.themes[theme].label(lang) for theme in value)
    if field == "municipality":
        return municipalities.named(value)
    if field in words.words:
        return words.words[field][value].label(lang)
    if field == "introduces":
        return said(lang, "ja", "yes") if value else said(lang, "nee", "no")
    if field in ("founded", "ended"):
        return spelled(value, lang)
    if field == "contacts":
        return "; ".join(", ".join(str(part) for part in contact.values() if part) for contact in value)
    return "; ".join(map(one_line, value)) if isinstance(value, tuple) else one_line(str(value))


def _offers(answer: Shown, telling: Telling) -> Iterator[str]:
    lang = telling.lang
    if answer.actor.offers:
        yield said(lang, "Hulp", "Help")
    for offer in answer.actor.offers:
        yield f"  {sentences.of_offer(offer, lang, answer.as_of)}  [{cited_at(offer.sources)}]"
        yield from (f"    {one_line(term)}" for term in telling.terms(offer))
        yield from _remarks(offer, lang)
    if answer.actor.figures:
        yield said(lang, "Cijfers", "Figures")
    for figure in answer.actor.figures:
        yield f"  {sentences.of_figure(figure, lang)}  [{cited_at(figure.sources)}]"


def _remarks(of: Offer | Tie, lang: Lang) -> Iterator[str]:
    """Yield when somebody last made sure of an offer or a tie, and what else is said of it."""
    if of.checked:
        yield f"    {said(lang, 'nagegaan', 'checked')} {spelled(of.checked, lang)}"
    if of.note:
        yield f"    {one_line(of.note)}"


def _group(answer: Shown, group: TieGroup, lang: Lang) -> Iterator[str]:
    card = answer.actor.card
    kind = vocabulary().tie_kinds[group.kind]
    label = kind.label(lang) if group.out else kind.inverse(lang)
    yield f"{label[:1].upper()}{label[1:]} ({how_many(group.count, lang)})"
    names = {card.id: card.name} | {other.id: other.name for other in answer.others.values()}
    for tie in group.ties:
        yield f"  {sentence(tie, names, lang, answer.as_of)}"
        yield from _remarks(tie, lang)
    if group.more.count:
        yield f"  {how_many(group.more, lang)} {said(lang, 'meer', 'more')} (--limit)"


def sentence(tie: Tie, names: Mapping[str, str], lang: Lang, as_of: date) -> str:
    """Return a tie, as it is on a day, as a sentence with where it can be checked."""
    source, target = one_line(names.get(tie.source, tie.source)), one_line(names.get(tie.target, tie.target))
    return f"{sentences.of_tie(tie, source, target, lang, as_of)}  [{cited_at(tie.sources)}]"


def _sources_of(answer: Shown) -> Iterator[Source]:
    for fact in answer.actor.facts:
        yield from fact.sources
        for other in fact.others:
            yield from other.sources
    for offer in answer.actor.offers:
        yield from offer.sources
    for figure in answer.actor.figures:
        yield from figure.sources
    for group in answer.ties:
        for tie in group.ties:
            yield from tie.sources


def around(answer: Neighbourhood, lang: Lang) -> Iterator[str]:
    """Yield who stands around an actor, best introduction first, each with the tie that leads there."""
    centre, when = one_line(answer.centre.name), day(answer.as_of, lang)
    names = {card.id: card.name for card in (answer.centre, *(n.actor for n in answer.actors))}
    yield said(lang, f"Wie staat er rond {centre}? (peildatum {when})", f"Who stands around {centre}? (as of {when})")
    if not answer.actors:
        yield said(
            lang,
            f"Van {centre} kennen we hier nog geen banden waarlangs men elkaar leert kennen.",
            f"We know no ties of {centre} yet along which people get to know each other.",
        )
    by_ends = _ties_by_ends(answer.ties)
    cited: list[Source] = []
    for number, near in enumerate(answer.actors, 1):
        tie = by_ends.get(frozenset((near.via, near.actor.id)))
        yield f"{number:>3}. {row(near.actor, lang)} · {sentences.percent(near.chance)}{_steps(near, lang)}"
        if tie:
            cited += tie.sources
            yield f"     {sentence(tie, names, lang, answer.as_of)}"
    yield from _left_out(answer.more, lang)
    yield from legend(cited, lang)


def _steps(near: Neighbour, lang: Lang) -> str:
    return "" if near.steps == 1 else said(lang, f" in {near.steps} stappen", f" in {near.steps} steps")


def _ties_by_ends(ties: Iterable[Tie]) -> dict[frozenset[str], Tie]:
    """Return the strongest tie between each two actors."""
    best: dict[frozenset[str], Tie] = {}
    for tie in ties:
        ends = frozenset((tie.source, tie.target))
        if tie.chance > (best[ends].chance if ends in best else 0):
            best[ends] = tie
    return best


def _left_out(more: Count, lang: Lang) -> Iterator[str]:
    if more.count or not more.exact:
        yield said(lang, "Niet getoond: ", "Not shown: ") + number_of(more, lang, *ACTORS) + " (--limit)"


def nearby(answer: Nearby, lang: Lang) -> Iterator[str]:
    """Yield who is near, nearest first, with why they may matter."""
    centre = one_line(answer.centre.name)
    if not answer.located:
        yield said(
            lang,
            f"Waar {centre} is, weten we niet: er is geen plaats bekend die we kunnen vinden.",
            f"Where {centre} is, is not known: there is no place that we can find.",
        )
        return
    km = sentences.number(answer.km, lang)
    yield said(lang, f"Binnen {km} km van {centre}:", f"Within {km} km of {centre}:")
    if not answer.actors:
        yield said(
            lang, "  niemand die we kennen. Probeer een grotere --km.", "  nobody that we know of. Try a greater --km."
        )
    for near in answer.actors:
        reasons = _reasons(near.themes, near.offers, near.needs, lang)
        distance = f"{near.km:>6.1f}".replace(".", "," if lang == "nl" else ".")
        yield f"{distance} km  {row(near.actor, lang)}" + (f" · {reasons}" if reasons else "")
    yield from _left_out(answer.more, lang)
    if any(near.actor.located != "stated" for near in answer.actors) or answer.located != "stated":
        yield said(
            lang,
            "Afstanden zijn tussen plaatsen, niet tussen adressen (plaatsen: GeoNames, CC BY 4.0).",
            "Distances are between places, not addresses (places: GeoNames, CC BY 4.0).",
        )


def _reasons(themes: Sequence[str], offers: Sequence[str], needs: Sequence[str], lang: Lang) -> str:
    words = vocabulary()
    helps = words.helps
    parts = [words.themes[theme].label(lang) for theme in themes]
    parts += [said(lang, "biedt ", "offers ") + helps[h].label(lang).lower() for h in offers]
    parts += [said(lang, "zoekt ", "needs ") + helps[h].label(lang).lower() for h in needs]
    return ", ".join(parts)
