"""The arrays of a tie index, and what a date makes of them.

Actors are numbered by *place*: their order by id, so that an order of places is an order of ids. The arcs of the actor
at place `p` (its walkable ties, from both ends) are those from `ptr[p]` to `ptr[p + 1]`, best chance first, then by the
other end. Ties that are worth the same on every day are of one *sort*: kind, status, basis, since, until.
"""

import math
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import NamedTuple, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from graph import chance
from graph.numbers import positions

T = TypeVar("T")
N = TypeVar("N", bound=np.number)

Bytes: TypeAlias = NDArray[np.uint8]
Ints: TypeAlias = NDArray[np.int32]
Longs: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]

FEW = 24  # arcs that are taken whole, without looking where those worth the floor end
NEVER = np.iinfo(np.int32).max  # a day that does not come


class Numbers(dict[T, int]):
    """Values by number, in the order in which they first come."""

    def __missing__(self, value: T) -> int:
        """Give a new value the next number."""
        self[value] = number = len(self)
        return number


def once(values: NDArray[np.integer]) -> Longs:
    """Return the values in order, each once: by sorting, which for millions beats the hashing of `numpy.unique`."""
    return distinct(np.sort(values)).astype(np.int64)


def distinct(ordered: NDArray[N]) -> NDArray[N]:
    """Return values that are in order, each once."""
    fresh: NDArray[N] = ordered[firsts(ordered)]
    return fresh


def firsts(ordered: NDArray[np.number]) -> Longs:
    """Return the positions where another value begins than the one before; of values in order, where each stands first.

    >>> firsts(np.array([4, 4, 7])).tolist(), firsts(np.array([])).tolist()
    ([0, 2], [])
    """
    begins = np.append(True, ordered[1:] != ordered[:-1])[: len(ordered)]
    return positions(begins)


def gather(ptr: Longs, rows: NDArray[np.integer]) -> tuple[Longs, Longs]:
    """Return the positions of all that these rows have, row `r` from `ptr[r]` to `ptr[r + 1]`, and for each whose it is."""
    begin = ptr.take(rows)
    return spread(begin, ptr.take(rows + 1) - begin)


def spread(begin: NDArray[np.integer], counts: NDArray[np.integer]) -> tuple[Longs, Longs]:
    """Return the positions of `counts` that stand together from each `begin` on, and for each whose it is."""
    by = np.repeat(np.arange(len(begin)), counts)
    positions: Longs = (begin - (np.cumsum(counts) - counts)).take(by)
    positions += np.arange(len(by))
    return positions, by


def ordered(*columns: tuple[NDArray[np.integer], int]) -> list[Longs]:
    """Return columns in order of the first, then of the second and so on; each is told with what its values stay below.

    As one number where that fits: to sort numbers takes a tenth of the time that sorting rows takes.

    >>> ordered((np.array([2, 0, 2]), 3), (np.array([5, 6, 4]), 7))
    [array([0, 2, 2]), array([6, 4, 5])]
    """
    if math.prod(max(many, 1) for _, many in columns) >= 2**63:
        order = np.lexsort([values for values, _ in columns[::-1]])
        return [values[order].astype(np.int64) for values, _ in columns]
    key, told = np.zeros(len(columns[0][0]), np.int64), list[Longs]()
    for values, many in columns:
        key *= max(many, 1)
        key += values
    key.sort()
    for _, many in columns[::-1]:
        key, rest = np.divmod(key, max(many, 1))
        told.append(rest)
    return told[::-1]


class Sort(NamedTuple):
    """What the chance of a tie depends on."""

    kind: str
    status: str
    basis: str
    since: str
    until: str

    def chance(self, day: date) -> float:
        """Return the chance (0–1) that a tie of this sort introduces on a day."""
        return chance.of_tie(self.kind, self.status, self.basis, self.since, self.until, day)


@dataclass(frozen=True, eq=False)
class TieIndex:
    """Who is tied to whom, in one view of one revision.

    By the store's number: `place_of`, -1 of who is not in it. Per actor: `ns` that number, `kind` (its number in the vocabulary), `manner` in which it connects, `first` the
    rank of its best arc. Per manner: `openness` as a connector (0: it never connects), `ended` the last day of those that
    ended (ordinal). Per arc: `other` end and `sort`. `rank_of` gives the rank of a sort: sorts in order of chance on the
    index's day. A *run* is the arcs of one rank of an actor with more than `FEW`: `run_slot` is `place * ranks + rank`,
    `run_end` where it ends.
    """

    sorts: tuple[Sort, ...]
    ns: Ints
    place_of: Ints
    kind: Bytes
    manner: Ints
    openness: Floats
    ended: Ints
    ptr: Longs
    first: Ints
    other: Ints
    sort: Ints
    run_slot: Longs
    run_end: Longs
    rank_of: Ints

    @property
    def size(self) -> int:
        """How many actors there are."""
        return len(self.ns)

    @cached_property
    def ranks(self) -> int:
        """How many ranks there are, and one more for actors without arcs."""
        return int(self.rank_of.max(initial=-1)) + 2

    def place(self, n: int) -> int:
        """Return the place of the actor with the store's number `n`; -1 if it has none."""
        return int(self.place_of[n]) if n < len(self.place_of) else -1

    def places_of(self, ns: NDArray[np.integer]) -> Longs:
        """Return the places of actors by their numbers in the store; -1 for those that have none."""
        found: Longs = self.place_of.take(ns, mode="clip").astype(np.int64)
        found[ns >= len(self.place_of)] = -1
        return found

    def ends(self, places: Longs, ranks: NDArray[np.integer]) -> Longs:
        """Return where the arcs of actors with more than `FEW` end that have a lower rank than `ranks`."""
        at = np.searchsorted(self.run_slot, (places * self.ranks + ranks).astype(self.run_slot.dtype))
        begins = np.where(at > 0, self.run_end[at - 1], 0) if len(self.run_end) else np.zeros(len(places), np.int64)
        return np.maximum(begins, self.ptr[places])

    def arcs(self, place: int) -> slice:
        """Return where the arcs of an actor stand."""
        return slice(int(self.ptr[place]), int(self.ptr[place + 1]))

    def contacts(self, place: int) -> Longs:
        """Return with whom an actor has ties, in order, each once.

        Its arcs stand in a few runs that are in order, one a rank: a stable sort finds these, and takes a twentieth of the time.
        """
        return distinct(np.sort(self.other[self.arcs(place)], kind="stable")).astype(np.int64)


class Clock:
    """What the sorts of an index are worth on one day; if only ties of some kinds are walked, others are worth nothing."""

    def __init__(self, index: TieIndex, day: date, kinds: tuple[str, ...] = ()) -> None:
        """Look at the clock."""
        self.day = day
        self.ordinal = day.toordinal()
        worth = (sort.chance(day) if not kinds or sort.kind in kinds else 0.0 for sort in index.sorts)
        self.chance = np.fromiter(worth, np.float64)
        self.openness = np.where(index.ended < self.ordinal, 0.0, index.openness)
        highest = np.zeros(index.ranks, np.float64)
        np.maximum.at(highest, index.rank_of, self.chance)
        # What an arc of this rank, or of one behind it, is worth at most.
        self.most = np.maximum.accumulate(highest[::-1])[::-1].copy()
        self.falling = -self.most
        # Whether the arcs of an actor stand in order of chance on this day as well, equal ones by their other end.
        self.in_order = bool((self.chance == self.most[index.rank_of]).all())


@lru_cache(maxsize=16)
def clock(index: TieIndex, day: date, kinds: tuple[str, ...] = ()) -> Clock:
    """Return what an index's sorts are worth on a day, read once."""
    return Clock(index, day, kinds)
