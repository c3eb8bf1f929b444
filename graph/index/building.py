"""Building a tie index from a view: one stream of cards, one of ties."""

import json
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import TypeVar

import numpy as np

from graph import chance, dates, folding
from graph.index.arrays import NEVER, About, Floats, Ints, Longs, Sort, TieIndex
from graph.model import Card, Tie
from graph.store import Arc
from graph.view import View

T = TypeVar("T")
Identity = tuple[int, str, int, str]

ALWAYS = date.max  # a day on which every actor that ends has ended
TOLD = ('"status"', '"basis"', '"since"', '"until"')
AT_ONCE = 2_000  # ties that several records state, folded at once


def build(view: View, day: date) -> TieIndex:
    """Return the tie index of a view; its arcs are in order for `day`."""
    actors = _Actors(view.every_card())
    ties = _Ties(view, actors)
    sorts = tuple(ties.sorts)
    worth = [-sort.chance(day) for sort in sorts]
    ranks = {value: rank for rank, value in enumerate(sorted(set(worth)))}
    rank_of = np.array([ranks[value] for value in worth], np.int32)
    source, target, sort = ties.arrays()
    at, other, sort = np.concatenate([source, target]), np.concatenate([target, source]), np.concatenate([sort, sort])
    slot = at.astype(np.int64) * (len(ranks) + 1) + (rank_of[sort] if len(sorts) else 0)
    order = np.lexsort((other, slot))
    ptr = np.concatenate([[0], np.cumsum(np.bincount(at, minlength=len(actors.ns)))]).astype(np.int64)
    slot = slot[order]
    first = np.full(len(actors.ns), len(ranks), np.int32)
    tied = ptr[:-1] < ptr[1:]
    first[tied] = slot[ptr[:-1][tied]] % (len(ranks) + 1)
    return TieIndex(
        About(view.viewer.value, view.store_revision, day, sorts),
        actors.ns,
        actors.places,
        actors.openness(),
        actors.ended,
        ptr,
        first,
        other[order],
        sort[order],
        slot,
        rank_of,
    )


class _Actors:
    """The actors of a view, in order of id."""

    def __init__(self, cards: Iterable[Card]) -> None:
        told = sorted((card.id, card.n, card.contacts, *_standing(card)) for card in cards)
        self.ns = _ints(row[1] for row in told)
        self.places = np.argsort(self.ns).astype(np.int32)
        self._contacts = _ints(row[2] for row in told)
        self._connects = np.array([row[3] for row in told], bool)
        self.ended = _ints(row[4] for row in told)

    def openness(self) -> Floats:
        """Return the openness of each as a connector, its end left out of account."""
        counts, which = np.unique(self._contacts, return_inverse=True)
        each = np.array([chance.openness(int(count)) for count in counts], np.float64)
        return np.where(self._connects, each[which] if len(counts) else 0.0, 0.0)

    def places_of(self, ns: Longs) -> Ints:
        """Return the places of actors that are there."""
        return self.places[np.searchsorted(self.ns, ns, sorter=self.places)]


def _standing(card: Card) -> tuple[bool, int]:
    """Return whether an actor connects while it is there, and the last day on which it is."""
    ended = dates.last_day(card.ended).toordinal() if card.ended else NEVER
    return chance.connects(card._replace(ended="")._asdict() if card.ended else card._asdict(), ALWAYS), ended


class _Ties:
    """The ties of a view, each once: its ends and its sort."""

    def __init__(self, view: View, actors: _Actors) -> None:
        self._actors = actors
        self.sorts: dict[Sort, int] = {}
        self._ends, self._sort, marks = array("q"), array("i"), array("q")
        for arc in view.every_tie():
            self._ends.extend((arc.at, arc.other))
            self._sort.append(self._numbered(_sort_of(arc)))
            marks.append(hash(folding.identity_of(arc)))
        self._again(view, np.frombuffer(marks, np.int64))

    def _numbered(self, sort: Sort) -> int:
        return self.sorts.setdefault(sort, len(self.sorts))

    def _again(self, view: View, marks: Longs) -> None:
        """Fold the ties that several records state, and put each in place of its records."""
        values, counts = np.unique(marks, return_counts=True)
        several = values[counts > 1]
        self._kept = ~np.isin(marks, several)
        if not len(several):
            return
        for tie, (source, _, target, _) in _folded(view, set(several.tolist())):
            self._ends.extend((source, target))
            self._sort.append(self._numbered(Sort(tie.kind, tie.status, tie.basis, tie.since, tie.until)))
        self._kept = np.concatenate([self._kept, np.ones(len(self._sort) - len(marks), bool)])

    def arrays(self) -> tuple[Ints, Ints, Ints]:
        """Return the places of the sources, those of the targets, and the sorts, of the ties that may be walked."""
        rejected = np.array([sort.status == "rejected" for sort in self.sorts], bool)
        sort = np.frombuffer(self._sort, np.int32)
        kept = self._kept & ~rejected[sort] if len(sort) else self._kept
        ends, sort = np.frombuffer(self._ends, np.int64).reshape(-1, 2)[kept], sort[kept]
        return self._actors.places_of(ends[:, 0]), self._actors.places_of(ends[:, 1]), sort


def _sort_of(arc: Arc) -> Sort:
    if not any(word in arc.body for word in TOLD):  # as it is with most
        return Sort(arc.kind, "current", "stated", "", "")
    said = json.loads(arc.body)
    told = (said.get("status", "current"), said.get("basis", "stated"), said.get("since", ""), said.get("until", ""))
    return Sort(arc.kind, *told)


def _folded(view: View, several: set[int]) -> Iterator[tuple[Tie, Identity]]:
    """Yield the ties whose identity has one of these hashes, folded, each with its identity."""
    records: dict[Identity, list[Arc]] = defaultdict(list)
    for arc in view.every_tie():
        identity = folding.identity_of(arc)
        if hash(identity) in several:
            records[identity].append(arc)
    for batch in _batches(list(records.values())):
        folded = view.ties((arc for arcs in batch for arc in arcs), ALWAYS)
        yield from ((tie, identity) for identity, tie in folded.items())


def _batches(items: Sequence[T]) -> Iterator[list[T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, AT_ONCE)):
        yield batch


def _ints(values: Iterable[int]) -> Ints:
    return np.fromiter(values, np.int32)
