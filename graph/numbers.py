"""Numbers by the million, kept in arrays: Python's own lists and sets would take ten times the memory."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]
LONGER = 8  # times that a run of numbers is longer than the next
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
    """Numbers, and where each of them stood first, as sorted runs of which each is much longer than the next."""

    def __init__(self) -> None:
        """Begin with none."""
        self._runs: list[tuple[Numbers, Numbers]] = []

    def add(self, numbers: Numbers, places: Numbers) -> Numbers:
        """Note these numbers in these places (0 or more); return for each where it stood before, -1 if nowhere."""
        order = np.argsort(numbers, kind="stable")
        numbers, places = numbers[order], places[order]
        before = np.full(len(numbers), -1, dtype=np.int64)
        for run, at in self._runs:
            known = among(numbers, run)
            before[known] = at[np.searchsorted(run, numbers[known])]
        for again in (np.flatnonzero(numbers[1:] == numbers[:-1]) + 1).tolist():
            before[again] = before[again - 1] if before[again - 1] >= 0 else places[again - 1]
        self._keep(numbers[before < 0], places[before < 0])
        found = np.empty_like(before)
        found[order] = before
        return found

    def _keep(self, numbers: Numbers, places: Numbers) -> None:
        while self._runs and len(self._runs[-1][0]) < LONGER * len(numbers):
            run, at = self._runs.pop()
            numbers, places = np.concatenate([run, numbers]), np.concatenate([at, places])
            order = np.argsort(numbers, kind="stable")
            numbers, places = numbers[order], places[order]
        self._runs.append((numbers, places))


def in_order(numbers: Iterable[int]) -> Numbers:
    """Return numbers as an array, in order."""
    return np.sort(np.fromiter(numbers, dtype=np.int64))


def among(numbers: Numbers, known: Numbers) -> NDArray[np.bool_]:
    """Return for each of `numbers` whether it is one of `known`, which are in order."""
    if not len(known):
        return np.zeros(len(numbers), dtype=np.bool_)
    places = np.minimum(np.searchsorted(known, numbers), len(known) - 1)
    found: Flags = known[places] == numbers
    return found
