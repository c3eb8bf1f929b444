"""Numbers by the million, kept in arrays: Python's own lists and sets would take ten times the memory."""

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]
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
    """A set of numbers, as sorted runs of which each is at least twice as long as the next."""

    def __init__(self) -> None:
        """Begin with none."""
        self._runs: list[Numbers] = []

    def add(self, numbers: Numbers) -> NDArray[np.bool_]:
        """Add these, and return for each whether it is new: not there yet, nor earlier among these."""
        order = np.argsort(numbers, kind="stable")
        ordered = numbers[order]
        new = np.ones(len(ordered), dtype=np.bool_)
        new[1:] = ordered[1:] != ordered[:-1]
        for run in self._runs:
            new &= ~among(ordered, run)
        self._runs.append(ordered[new])
        while len(self._runs) > 1 and len(self._runs[-2]) < 2 * len(self._runs[-1]):
            self._runs[-2:] = [np.sort(np.concatenate(self._runs[-2:]), kind="stable")]
        found = np.empty(len(new), dtype=np.bool_)
        found[order] = new
        return found


def among(numbers: Numbers, known: Numbers) -> NDArray[np.bool_]:
    """Return for each of `numbers` whether it is one of `known`, which are in order."""
    if not len(known):
        return np.zeros(len(numbers), dtype=np.bool_)
    places = np.minimum(np.searchsorted(known, numbers), len(known) - 1)
    found: Flags = known[places] == numbers
    return found
