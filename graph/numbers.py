"""Numbers by the million, kept in arrays: Python's own lists and sets would take ten times the memory."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]
SLOTS = 1 << 27
RECENT = 20_000
LONGER = 4  # times that a run of hashes is longer than the next, at least
NONE: Numbers = np.zeros(0, dtype=np.int64)


class Column:
    """Numbers by place, to which more can be added."""

    def __init__(self) -> None:
        """Begin with none."""
        self._room, self._size = np.zeros(1_024, dtype=np.int64), 0

    def __len__(self) -> int:
        """Return how many there are."""
        return self._size

    @property
    def values(self) -> Numbers:
        """The numbers, which can be set in place."""
        return self._room[: self._size]

    def extend(self, more: Numbers) -> None:
        """Add numbers at the end."""
        size = self._size + len(more)
        if size > len(self._room):
            self._room = np.concatenate([self.values, np.zeros(size, dtype=np.int64)])
        self._room[self._size : size] = more
        self._size = size


class Seen:
    """Hashes, and where each of them stood first.

    Nearly all that are asked for are new, and a bit for each slot that a hash falls in tells so at once. The others are
    looked for among the recent ones, and in sorted runs of which each is longer than the next.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._bits = np.zeros(SLOTS >> 3, dtype=np.uint8)  # of which the system gives what is touched
        self._recent: dict[int, int] = {}
        self._runs: list[tuple[Numbers, Numbers]] = []

    def add(self, hashes: Numbers, places: Numbers) -> Numbers:
        """Note these hashes in these places (0 or more); return for each where it stood before, -1 if nowhere."""
        before = np.full(len(hashes), -1, dtype=np.int64)
        slots = hashes & SLOTS - 1
        bits = np.left_shift(1, slots & 7).astype(np.uint8)
        there = self._bits[slots >> 3] & bits
        for i in np.flatnonzero(there).tolist():
            before[i] = self._place(int(hashes[i]))
        new = dict(zip(hashes.tolist(), places.tolist(), strict=True))
        if len(new) < len(hashes) or (before >= 0).any():
            self._note_again(hashes, places, before)
        else:
            self._recent |= new
        np.bitwise_or.at(self._bits, slots >> 3, bits)
        if len(self._recent) > RECENT:
            self._settle()
        return before

    def _note_again(self, hashes: Numbers, places: Numbers, before: Numbers) -> None:
        """Note hashes some of which were there before, or stand among these twice."""
        for i, (one, place) in enumerate(zip(hashes.tolist(), places.tolist(), strict=True)):
            if before[i] < 0 and (first := self._recent.setdefault(one, place)) != place:
                before[i] = first

    def _place(self, one: int) -> int:
        for run, at in self._runs:
            found = int(np.searchsorted(run, one))
            if found < len(run) and run[found] == one:
                return int(at[found])
        return self._recent.get(one, -1)

    def _settle(self) -> None:
        """Make a run of the recent ones, together with the runs that are not much longer."""
        hashes = np.fromiter(self._recent, dtype=np.int64)
        places = np.fromiter(self._recent.values(), dtype=np.int64)
        self._recent = {}
        while self._runs and len(self._runs[-1][0]) < LONGER * len(hashes):
            run, at = self._runs.pop()
            hashes, places = np.concatenate([run, hashes]), np.concatenate([at, places])
        order = np.argsort(hashes, kind="stable")
        self._runs.append((hashes[order], places[order]))


def in_order(numbers: Iterable[int]) -> Numbers:
    """Return numbers as an array, in order."""
    return np.sort(np.fromiter(numbers, dtype=np.int64))


def positions(flags: Flags) -> Numbers:
    """Return the positions of those that are true; for few, `numpy.flatnonzero` takes four times as long.

    >>> positions(np.array([False, True, True])).tolist()
    [1, 2]
    """
    found: Numbers = flags.nonzero()[0]
    return found


def among(numbers: NDArray[np.integer], known: Numbers) -> Flags:
    """Return for each of `numbers` whether it is one of `known`, which are in order; of many that costs a tenth of `numpy.isin`.

    >>> among(np.array([3, 7, 1]), np.array([1, 3])).tolist()
    [True, False, True]
    """
    if not len(known):
        return np.zeros(len(numbers), dtype=np.bool_)
    found: Flags = known.take(np.searchsorted(known, numbers), mode="clip") == numbers
    return found
