"""What the name of a place may mean, if that is more than one: municipalities, towns, a province."""

from collections.abc import Iterable

from graph import municipalities
from graph.errors import Choice
from graph.gazetteer import towns
from graph.model import Card
from graph.municipalities import Municipality, bearing, province
from graph.text import fold
from graph.vocabulary import vocabulary


def meanings(place: str) -> list[Choice]:
    """Return what a name may mean; a town in the province of a municipality of that name is taken for it.

    >>> [choice.value for choice in meanings("Hengelo")]
    ['gemeente Hengelo (O.)', 'Hengelo, provincie Gelderland']
    >>> [choice.value for choice in meanings("gemeente Bergen")], len(meanings("Rotterdam"))
    (['gemeente Bergen (NH.)', 'gemeente Bergen (L.)'], 1)
    """
    name = town(fold(place))
    here = [one for one in bearing(name) if not one.ended]
    found = _as_places(here)
    if name != fold(place):
        return found
    covered = {one.province for one in here}
    there = [(spelled, province(around)) for spelled, around in towns(name)]
    found += [_town(spelled, code) for spelled, code in there if code not in covered]
    return found if here or not province(name) else [*found, _province(province(name))]


def looking_like(place: str) -> list[Choice]:
    """Return the municipalities that may be meant by the name of a place that is not known.

    >>> [choice.value for choice in looking_like("Roterdam")], looking_like("Xyz")
    (['gemeente Rotterdam'], [])
    """
    return _as_places(municipalities.looking_like(town(fold(place))))


def _as_places(found: Iterable[Municipality]) -> list[Choice]:
    return [Choice(f"gemeente {one.name}", *in_words(one)) for one in found]


def called(name: str) -> list[Choice]:
    """Return the municipalities of today that bear a name, each by its CBS code.

    >>> [choice.value for choice in called("gemeente Bergen")], called("Nergens")
    (['GM0373', 'GM0893'], [])
    """
    return [Choice(one.code, *in_words(one)) for one in bearing(town(fold(name))) if not one.ended]


def of_cards(cards: Iterable[Card]) -> list[Choice]:
    """Return actors as choices, by their ids."""
    return [Choice(card.id, card.name, card.name) for card in cards]


def in_province(place: str) -> str:
    """Return the code of the province that a place names: alone, or behind a town that several have; empty if none.

    >>> in_province("provincie Zeeland"), in_province("Winsum, provincie Groningen"), in_province("Groningen")
    ('PV29', 'PV20', '')
    """
    last = fold(place.rpartition(",")[2])
    return province(last.removeprefix("provincie ")) if last.startswith("provincie ") else ""


def town(name: str) -> str:
    """Return the name of a municipality without the word for it.

    >>> town("Gemeente Rotterdam"), town("gemeente rotterdam")
    ('Rotterdam', 'rotterdam')
    """
    return name.removeprefix("gemeente ").removeprefix("Gemeente ")


def in_words(one: Municipality) -> tuple[str, str]:
    """Return a municipality with its province, in Dutch and English."""
    nl, en = _named(one.province)
    return f"{one.name}, gemeente in {nl}", f"{one.name}, municipality in {en}"


def _town(name: str, code: str) -> Choice:
    nl, en = _named(code)
    return Choice(f"{name}, provincie {nl}", f"{name}, plaats in {nl}", f"{name}, town in {en}")


def _province(code: str) -> Choice:
    nl, en = _named(code)
    return Choice(f"provincie {nl}", f"de provincie {nl}", f"the province {en}")


def _named(code: str) -> tuple[str, str]:
    word = vocabulary().provinces[code]
    return word.nl, word.en


def where(card: Card) -> str:
    """Return where an actor is, as namesakes are told apart: its place, else its municipality, else its province; "" if unknown."""
    known = municipalities.municipalities().get(card.municipality)
    return card.place or (known.name if known else card.province)


def told_apart(card: Card) -> str:
    """Return an actor's name with where it is, if that is known."""
    there = where(card)
    return f"{card.name} ({there})" if there else card.name
