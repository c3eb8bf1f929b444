"""The actors of a view in order of id, as an index is built from them."""

from array import array
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import compress, count
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from graph import chance, dates
from graph.index.arrays import NEVER, Floats, Ints, Numbers
from graph.index.traits import Traits
from graph.vocabulary import vocabulary

Sort: TypeAlias = tuple[str, str, str, bool, str]  # kind, tier, subtype, whether it introduces, when it ended

LATER = date.max  # any day on which what ended has ended


class Columns(NamedTuple):
    """What is taken of the cards of actors, as columns."""

    n: Sequence[int]
    id: Sequence[str]
    contacts: Sequence[int]
    names: Sequence[str]
    themes: Sequence[tuple[str, ...]]
    municipality: Sequence[str]
    place: Sequence[str]
    kind: Sequence[str]
    tier: Sequence[str]
    subtype: Sequence[str]
    introduces: Sequence[bool]
    ended: Sequence[str]


class Actors:
    """The actors of a view. What is at the same position of each array is of the same actor: its *place*.

    `place_of` has places by the store's number. `traits` names what actors may have in common; `trait_of` has pairs of
    (place, trait), those of one actor in the order of its card.
    """

    def __init__(self, columns: Iterable[tuple[Sequence[Any], ...]]) -> None:
        """Take down what an index needs of the cards of actors, of which these are `Columns`."""
        told = _Told()
        for some in columns:
            told.take(Columns._make(some))
        order = np.array(sorted(range(len(told.ids)), key=told.ids.__getitem__), np.int64)
        place = np.empty(len(order), np.int32)
        place[order] = np.arange(len(order))
        self.ns = np.frombuffer(told.ns, np.int32)[order]
        self.place_of = np.full(int(self.ns.max(initial=0)) + 1, -1, np.int32)
        self.place_of[self.ns] = np.arange(len(order))
        sort = np.frombuffer(told.sort, np.int32)[order]
        self.contacts = np.frombuffer(told.contacts, np.int32)[order]
        kinds = {kind: number for number, kind in enumerate(vocabulary().words["kind"])}
        self.kind = np.array([kinds[kind] for kind, *_ in told.sorts], np.uint8)[sort]
        self.manner, self.openness, self.ended = _manners(list(told.sorts), sort, self.contacts)
        self.homes = {int(place[at]): code for at, code in told.homes.items()}
        self.traits, self.trait_of = told.traits.told()
        self.trait_of[:, 0] = place[self.trait_of[:, 0]]


def _manners(sorts: Sequence[Sort], sort: Ints, contacts: Ints) -> tuple[Ints, Floats, Ints]:
    """Return how actors connect, of which there are few ways: the number of each one's; and per number openness and end."""
    connects = np.array([_connects(*each[:-1]) for each in sorts], bool)
    ended = np.array([dates.last_day(each[-1]).toordinal() if each[-1] else NEVER for each in sorts], np.int64)
    told = np.where(connects[sort], contacts, -1).astype(np.int64) << 32 | ended[sort]
    ways, which = np.unique(told, return_inverse=True)
    openness = [chance.openness(count) if count >= 0 else 0.0 for count in (ways >> 32).tolist()]
    manner = which.astype(np.min_scalar_type(max(len(ways), 1)))
    return manner, np.array(openness, np.float64), (ways & 0xFFFFFFFF).astype(np.int32)


def _connects(kind: str, tier: str, subtype: str, introduces: bool) -> bool:
    """Return whether an actor connects as long as it is there."""
    return chance.connects({"kind": kind, "tier": tier, "subtype": subtype, "introduces": introduces}, LATER)


def ints(values: Iterable[int]) -> Ints:
    """Return the values as an array."""
    return np.fromiter(values, np.int32)


class _Told:
    """What is taken down of actors as they come."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self.ns, self.contacts = array("i"), array("i")
        self.sorts, self.sort = Numbers[Sort](), array("i")
        self.homes: dict[int, str] = {}  # of those that are a municipality, its code
        self.traits = Traits()

    def take(self, cards: Columns) -> None:
        begin = len(self.ids)
        self.ids += cards.id
        self.ns.extend(cards.n)
        self.contacts.extend(cards.contacts)
        sorts = zip(cards.kind, cards.tier, cards.subtype, cards.introduces, cards.ended, strict=True)
        self.sort.extend(map(self.sorts.__getitem__, sorts))
        self.homes |= {
            at: code
            for at, kind, code in zip(count(begin), cards.kind, cards.municipality)
            if code and kind == "municipality"
        }
        here = [kind != "person" for kind in cards.kind]  # what a person does, it does elsewhere
        areas = zip(cards.municipality, cards.place, strict=True)
        names, themes = compress(cards.names, here), compress(cards.themes, here)
        self.traits.take(compress(count(begin), here), names, themes, compress(areas, here))
