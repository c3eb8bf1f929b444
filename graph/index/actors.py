"""The actors of a view in order of id, as an index is built from them."""

from collections.abc import Iterable, Iterator
from datetime import date

import numpy as np

from graph import chance, dates
from graph.index.arrays import NEVER, Flags, Floats, Ints, Longs
from graph.model import Card

LATER = date.max  # any day on which what ended has ended
LETTERS = 4  # a shorter word of a name says little about what its actor does


class Actors:
    """The actors of a view. What is at the same position of each array is of the same actor: its *place*."""

    def __init__(self, cards: Iterable[Card]) -> None:
        """Take down what an index needs of them."""
        told = sorted(cards, key=_id)
        self.ids = [card.id for card in told]
        self.ns = ints(card.n for card in told)
        self.places = np.argsort(self.ns).astype(np.int32)
        self.contacts = ints(card.contacts for card in told)
        self.connects: Flags = np.array([_connects(card) for card in told], bool)
        self.ended = ints(dates.last_day(card.ended).toordinal() if card.ended else NEVER for card in told)
        self._traits: dict[str, int] = {}
        self.homes = [card.municipality if card.kind == "municipality" else "" for card in told]
        pairs = [(place, self._numbered(trait)) for place, card in enumerate(told) for trait in _traits(card)]
        self.trait_of = np.array(pairs, np.int32).reshape(-1, 2)

    def _numbered(self, trait: str) -> int:
        return self._traits.setdefault(trait, len(self._traits))

    @property
    def traits(self) -> tuple[str, ...]:
        """What actors have in common beside contacts (`theme:…`, `municipality:…`, `word:…`), by number."""
        return tuple(self._traits)

    def openness(self) -> Floats:
        """Return the openness of each as a connector, its end left out of account."""
        counts, which = np.unique(self.contacts, return_inverse=True)
        each = np.array([chance.openness(int(count)) for count in counts], np.float64)
        return np.where(self.connects, each[which] if len(counts) else 0.0, 0.0)

    def places_of(self, ns: Longs) -> Ints:
        """Return the places of actors that are there."""
        return self.places[np.searchsorted(self.ns, ns, sorter=self.places)]


def ints(values: Iterable[int]) -> Ints:
    """Return the values as an array."""
    return np.fromiter(values, np.int32)


def _id(card: Card) -> str:
    return card.id


def _connects(card: Card) -> bool:
    """Return whether an actor connects as long as it is there."""
    return chance.connects({**card._asdict(), "ended": ""}, LATER)


def _traits(card: Card) -> Iterator[str]:
    """Yield what an actor may have in common with others; of a person nothing: what it does, it does elsewhere."""
    if card.kind == "person":
        return
    for theme in card.themes:
        yield f"theme:{theme}"
    if card.municipality:
        yield f"municipality:{card.municipality}"
    for word in dict.fromkeys(card.names.split()):
        if len(word) >= LETTERS and not word.isdigit():
            yield f"word:{word}"
