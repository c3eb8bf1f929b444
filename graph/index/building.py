"""Building an index from a view: one stream of cards, one of ties, one of offers."""

import re
from array import array
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from itertools import islice
from typing import TypeVar

import numpy as np

from graph.index.actors import LATER, Actors, Columns
from graph.index.arrays import FEW, Flags, Ints, Longs, Numbers, Sort, TieIndex, once, ordered
from graph.index.files import About, Index
from graph.index.helping import given, helping_of
from graph.index.likeness import likeness_of
from graph.numbers import among
from graph.view import View
from graph.vocabulary import vocabulary

T = TypeVar("T")

USUAL = {"status": "current", "basis": "stated", "since": "", "until": ""}
TOLD = re.compile(r'"(status|basis|since|until)": ?"([^"\\]*)"')
AT_ONCE = 2_000  # pairs between whom several records state a tie, folded at once
MANY = 100_000  # records of ties of which it is remembered what they say
ODD = 0x9E3779B97F4A7C15 - (1 << 64)  # spreads numbers over 64 bits


def build(view: View, day: date) -> Index:
    """Return the index of a view; its arcs are in order for `day`."""
    actors = Actors(view.card_columns(*Columns._fields))
    made = _Ties(view, actors)
    source, target, sort = made.arrays()
    ties = _arcs(actors, tuple(made.sorts), source, target, sort, day)
    gave = given(ties.sorts, source, target, sort)
    helping = helping_of(view.every_offer(), actors, gave)
    return Index(about(view, day), ties, helping, likeness_of(actors, ties, gave))


def about(view: View, day: date) -> About:
    """Return what an index of this view is of."""
    origin, revision, write = view.moment
    return About(origin, view.viewer.value, revision, write, _words(), day)


@lru_cache(maxsize=1)
def _words() -> str:
    """Return a hash of what an index depends on in the vocabulary."""
    words = vocabulary()
    gives = [(kind.id, kind.gives, kind.gives_back) for kind in words.tie_kinds.values()]
    told = (words.digest, tuple(words.words["kind"]), tuple(words.helps), tuple(words.themes), gives)
    return blake2b(repr(told).encode(), digest_size=8).hexdigest()


def _arcs(actors: Actors, sorts: tuple[Sort, ...], source: Ints, target: Ints, sort: Ints, day: date) -> TieIndex:
    """Return the ties as arcs from both ends, best chance first."""
    worth = [-each.chance(day) for each in sorts]
    ranks = {value: rank for rank, value in enumerate(sorted(set(worth)))}
    rank_of = np.array([ranks[value] for value in worth], np.int32)
    at, other, sort = np.concatenate([source, target]), np.concatenate([target, source]), np.concatenate([sort, sort])
    slot = at.astype(np.int64) * (len(ranks) + 1) + (rank_of[sort] if len(sorts) else 0)
    slot, ends, sort_of = ordered(
        (slot, (len(ranks) + 1) * len(actors.ns)), (other, len(actors.ns)), (sort, len(sorts))
    )
    ptr = np.concatenate([[0], np.cumsum(np.bincount(at, minlength=len(actors.ns)))]).astype(np.int64)
    run_slot, run_end = _runs(slot, np.repeat(np.diff(ptr) > FEW, np.diff(ptr)))
    first = np.full(len(actors.ns), len(ranks), np.min_scalar_type(len(ranks)))
    tied = ptr[:-1] < ptr[1:]
    first[tied] = slot[ptr[:-1][tied]] % (len(ranks) + 1)
    return TieIndex(
        sorts,
        actors.ns,
        actors.place_of,
        actors.kind,
        actors.manner,
        actors.openness,
        actors.ended,
        ptr,
        first,
        ends.astype(np.int32),
        sort_of.astype(np.min_scalar_type(max(len(sorts), 1))),
        run_slot,
        run_end,
        rank_of,
    )


def _runs(slot: Longs, counted: Flags) -> tuple[Longs, Longs]:
    """Return the slots of arcs that count, each once, and where the arcs that have it end."""
    last = np.flatnonzero(np.append(slot[1:] != slot[:-1], True)[: len(slot)])
    last = last[counted[last]]
    return slot[last], last + 1


class _Ties:
    """The ties of a view, each once: the places of its ends, and its sort."""

    def __init__(self, view: View, actors: Actors) -> None:
        self._view, self._actors = view, actors
        self.sorts = Numbers[Sort]()
        source, target, sort, ref = array("q"), array("q"), array("i"), array("q")
        numbers = _Told(self.sorts)
        for ties in view.every_tie():
            source.extend(ties.at)
            target.extend(ties.other)
            sort.extend(map(numbers.__getitem__, zip(ties.kind, ties.body, strict=True)))
            ref.extend(map(hash, ties.ref))
            if len(numbers) > MANY:
                numbers.clear()
        ends = [actors.place_of[np.frombuffer(column, np.int64)] for column in (source, target)]
        self._columns = self._once(ends[0], ends[1], np.frombuffer(sort, np.int32), np.frombuffer(ref, np.int64))

    def _once(self, source: Ints, target: Ints, sort: Ints, ref: Longs) -> tuple[Ints, Ints, Ints]:
        """Return the ties, folded those between two of whom several records may state the same; `ref` is a hash of it."""
        pair = np.minimum(source, target).astype(np.int64) << 32 | np.maximum(source, target)
        kinds = Numbers[str]()
        kind = np.array([kinds[each.kind] for each in self.sorts], np.int64)
        told = (pair * (len(kinds) or 1) + kind[sort]) * ODD + ref
        in_order = np.sort(told)
        twice = once(in_order[1:][in_order[1:] == in_order[:-1]])
        if not len(twice):
            return source, target, sort
        several = once(pair[among(told, twice)])
        kept = ~among(pair, several)
        folded = np.array(list(self._folded(several)), np.int32)
        source, target, sort = (
            np.append(column[kept], more) for column, more in zip((source, target, sort), folded.T, strict=True)
        )
        return source, target, sort

    def _folded(self, pairs: Longs) -> Iterator[tuple[int, int, int]]:
        """Yield source, target and sort of each tie between the two of each pair."""
        kinds, place_of = vocabulary().tie_kinds, self._actors.place_of
        ends = np.stack([pairs >> 32, pairs & 0xFFFFFFFF], axis=1)
        fewer = np.argsort(self._actors.contacts[ends], axis=1, kind="stable")
        for batch in _batches(self._actors.ns[np.take_along_axis(ends, fewer, axis=1)].tolist()):
            arcs = self._view.arcs_between((one, other) for one, other in batch)
            for (source, _, target, _), tie in self._view.ties(
                (arc for arc in arcs if kinds[arc.kind].contact), LATER
            ).items():
                sort = Sort(tie.kind, tie.status, tie.basis, tie.since, tie.until)
                yield int(place_of[source]), int(place_of[target]), self.sorts[sort]

    def arrays(self) -> tuple[Ints, Ints, Ints]:
        """Return the places of the sources, those of the targets, and the sorts, of the ties that may be walked."""
        source, target, sort = self._columns
        walked = np.array([each.status != "rejected" for each in self.sorts], bool)
        if walked.all():
            return source, target, sort
        kept = walked[sort]
        return source[kept], target[kept], sort[kept]


class _Told(dict[tuple[str, str], int]):
    """The number of the sort of a tie by its kind and what its record says, looked at once."""

    def __init__(self, sorts: Numbers[Sort]) -> None:
        super().__init__()
        self._sorts = sorts

    def __missing__(self, record: tuple[str, str]) -> int:
        kind, body = record
        told = dict(TOLD.findall(body))  # in JSON, `":"` stands behind names only
        sort = Sort(kind, *(told.get(name, usual) for name, usual in USUAL.items()))
        self[record] = number = self._sorts[sort]
        return number


def _batches(items: Sequence[T]) -> Iterator[list[T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, AT_ONCE)):
        yield batch
