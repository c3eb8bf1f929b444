"""The actors of a view in order of id, as an index is built from them."""

from array import array
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

import numpy as np

from graph import chance, dates
from graph.index.arrays import NEVER, Flags, Floats, Ints, Longs
from graph.model import Card
from graph.text import fold
from graph.vocabulary import vocabulary

LATER = date.max  # any day on which what ended has ended


class Actors:
    """The actors of a view. What is at the same position of each array is of the same actor: its *place*."""

    def __init__(self, cards: Iterable[Card]) -> None:
        """Take down what an index needs of them."""
        told = _Told()
        for card in cards:
            told.take(card)
        order = np.array(sorted(range(len(told.ids)), key=told.ids.__getitem__), np.int64)
        self.ns = np.frombuffer(told.ns, np.int32)[order]
        self.places = np.argsort(self.ns).astype(np.int32)
        self.kind = np.frombuffer(told.kind, np.uint8)[order]
        self.contacts = np.frombuffer(told.contacts, np.int32)[order]
        connects: Flags = np.frombuffer(told.connects, np.int8)[order] > 0
        ended = np.frombuffer(told.ended, np.int32)[order]
        self.manner, self.openness, self.ended = _manners(self.contacts, connects, ended)
        self.traits = tuple(told.traits)
        place = np.empty(len(order), np.int32)
        place[order] = np.arange(len(order))
        self.homes = {int(place[at]): code for at, code in told.homes.items()}
        self.trait_of = np.frombuffer(told.trait_of, np.int32).reshape(-1, 2).copy()
        self.trait_of[:, 0] = place[self.trait_of[:, 0]]

    def places_of(self, ns: Longs) -> Ints:
        """Return the places of actors that are there."""
        return self.places[np.searchsorted(self.ns, ns, sorter=self.places)]


def _manners(contacts: Ints, connects: Flags, ended: Ints) -> tuple[Ints, Floats, Ints]:
    """Return how actors connect, of which there are few ways: the number of each one's; and per number openness and end."""
    told = np.where(connects, contacts, -1).astype(np.int64) << 32 | ended
    ways, which = np.unique(told, return_inverse=True)
    openness = [chance.openness(count) if count >= 0 else 0.0 for count in (ways >> 32).tolist()]
    manner = which.astype(np.min_scalar_type(max(len(ways), 1)))
    return manner, np.array(openness, np.float64), (ways & 0xFFFFFFFF).astype(np.int32)


def ints(values: Iterable[int]) -> Ints:
    """Return the values as an array."""
    return np.fromiter(values, np.int32)


class _Told:
    """What is taken down of actors as they come."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self.ns, self.contacts, self.connects, self.ended = array("i"), array("i"), array("b"), array("i")
        self._kinds = {kind: number for number, kind in enumerate(vocabulary().words["kind"])}
        self.kind = array("B")
        self.homes: dict[int, str] = {}  # of those that are a municipality, its code
        self.traits: dict[str, int] = {}
        self.trait_of = array("i")

    def take(self, card: Card) -> None:
        at = len(self.ids)
        self.ids.append(card.id)
        self.ns.append(card.n)
        self.kind.append(self._kinds[card.kind])
        self.contacts.append(card.contacts)
        self.connects.append(_connects(card.kind, card.tier, card.subtype, card.introduces))
        self.ended.append(dates.last_day(card.ended).toordinal() if card.ended else NEVER)
        if card.kind == "municipality" and card.municipality:
            self.homes[at] = card.municipality
        if card.kind != "person":  # what a person does, it does elsewhere
            for trait in _traits(card):
                self.trait_of.extend((at, self.traits.setdefault(trait, len(self.traits))))


@lru_cache(maxsize=1024)
def _connects(kind: str, tier: str, subtype: str, introduces: bool) -> bool:
    """Return whether an actor connects as long as it is there."""
    return chance.connects({"kind": kind, "tier": tier, "subtype": subtype, "introduces": introduces}, LATER)


def _traits(card: Card) -> Iterator[str]:
    """Yield what an actor may have in common with others."""
    for theme in card.themes:
        yield f"theme:{theme}"
    if card.municipality:
        yield f"municipality:{card.municipality}"
    elif place := fold(card.place):
        yield f"place:{place}"
    for word in dict.fromkeys(card.names.split()):
        if not word.isdigit():
            yield f"word:{word}"
