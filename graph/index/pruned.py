"""What a search left out because it is worth less than its floor: by this it is told how far down to look next."""

from bisect import bisect_right
from typing import NamedTuple

import numpy as np

from graph.index.arrays import Floats, Longs, distinct

LOWER = 0.25  # how much lower is looked where it is not known how far to go down


class Passed(NamedTuple):
    """Whom the arcs of a step lead to, wanted or not: in how many steps, places, chances, and what these are worth at most."""

    steps: int
    places: Longs
    chances: Floats
    worth: Floats


class Pruned:
    """What arcs that were left out are worth at most, and how many these are."""

    def __init__(self) -> None:
        self._told = list[tuple[Floats, Longs]]()

    def copy(self) -> "Pruned":
        """Return one to which more can be added."""
        copy = Pruned()
        copy._told += self._told
        return copy

    def add(self, worth: Floats, sizes: Longs) -> None:
        """Take down so many arcs for each worth."""
        self._told.append((worth, sizes))

    def any(self) -> bool:
        """Return whether anything was left out."""
        return any(sizes.any() for _, sizes in self._told)

    def beyond(self, floor: float) -> int:
        """Return how many arcs may be worth a floor."""
        return int(sum(sizes[worth >= floor].sum() for worth, sizes in self._told))

    def lower(self, enough: int) -> float:
        """Return what at least so many arcs are worth at most; something lower if there are not so many, 0 if there are none."""
        if not self.any():
            return 0.0
        worth = np.concatenate([worth for worth, _ in self._told])
        sizes = np.concatenate([sizes for _, sizes in self._told])
        there = np.flatnonzero(sizes)
        worth, sizes = worth.take(there), sizes.take(there)
        if len(worth) > enough:  # so many of the highest are enough, as each has an arc at least
            highest = np.flatnonzero(worth >= np.partition(worth, -enough)[-enough])
            worth, sizes = worth.take(highest), sizes.take(highest)
        # Sizes are not put in order of worth: numpy takes long to find that order where few values stand many times.
        values = distinct(np.sort(worth))
        at = bisect_right(values, -enough, key=lambda least: -int(sizes.compress(worth >= least).sum())) - 1
        return float(values[at] if at >= 0 else max(values[0], LOWER * values[-1]))
