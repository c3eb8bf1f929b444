"""What lies ahead of actors: how likely one gets from each to any of some others, in so many steps, at most.

A search for these others need not go on from an actor whose chance times this is too low. It is worked out once for a
help on a day, from the far end: steps from everybody, over all ties. A byte an actor and step will do, as bounds may be a
little too high.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.index.arrays import Bytes, Flags, Floats, Longs, gather
from graph.index.asked import Asked

FINE = 1.04  # how much one bound is above the next
STEPS = 3  # as far as is looked ahead; most paths have four, the first of which is taken to begin with
CROWD = 1_000  # ties from which on an actor is a hub, that one gets to by many ways

# What a bound stands for: 0: one does not get there.
BOUNDS = np.append(0.0, FINE ** -np.arange(254.0, -1.0, -1.0) * (1 + 1e-5))


class Lookahead:
    """What lies ahead of everybody on the way to some actors.

    `near` says who is one of them or has a tie with one, other than a hub: over these one gets there by other ways.
    """

    def __init__(self, asked: Asked, places: Longs) -> None:
        """Look back from these places."""
        index = asked.index
        self.wanted: Flags = np.zeros(index.size, bool)
        self.wanted[places] = True
        self.near = self.wanted.copy()
        few = places[index.ptr[places + 1] - index.ptr[places] <= CROWD]
        self.near[index.other[gather(index.ptr, few)[0]]] = True
        self._told = list[_Told]()
        openness = asked.openness(np.arange(index.size)).astype(np.float32)
        worth = np.zeros(index.size, np.float32)
        worth[places] = 1.0
        for _ in range(STEPS):
            chances = _best(asked, worth)
            self._told.append(_few(asked, _rounded_up(chances), self.near))
            worth = chances * openness
            worth[places] = 1.0

    def at_most(self, places: NDArray[np.integer], steps: int) -> Floats:
        """Return what these actors as the start of the rest of a path, of at most `steps` steps (1–`STEPS`), are worth at most."""
        told = self._told[steps - 1]
        return told.bounds.take(told.which.take(places))

    def promise(self, places: NDArray[np.integer], steps: int) -> Floats:
        """Return what is left at most of the chance of being with these actors, if so many steps (0–`STEPS`) may follow.

        1 for those who are near; of others, their openness times what lies ahead. At the end only who is wanted counts.
        """
        if not steps:
            return self.wanted.take(places).astype(np.float64)
        told = self._told[steps - 1]
        return told.promises.take(told.which.take(places))


class _Told(NamedTuple):
    """What lies ahead in some steps: `which` of few bounds and promises is each actor's."""

    bounds: Floats
    promises: Floats
    which: NDArray[np.integer]


def _few(asked: Asked, bounds: Bytes, near: Flags) -> _Told:
    """Return bounds and promises, of which there are few, each once."""
    way = asked.index.manner.astype(np.int64)
    way *= 2 * len(BOUNDS)
    way += bounds.astype(np.int64) * 2 + near
    there = np.zeros(2 * len(BOUNDS) * len(asked.clock.openness), bool)
    there[way] = True
    ways = np.flatnonzero(there)
    bound = BOUNDS.take(ways // 2 % len(BOUNDS))
    promise = np.where(ways % 2, 1.0, asked.clock.openness.take(ways // (2 * len(BOUNDS))) * bound)
    number = np.cumsum(there) - 1
    return _Told(bound, promise, number.astype(np.min_scalar_type(max(len(ways), 1))).take(way))


def _best(asked: Asked, worth: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return, per actor, the best of its ties' chances times what their other ends are worth."""
    index = asked.index
    values = worth.take(index.other)
    values *= asked.clock.chance.astype(np.float32).take(index.sort)
    tied = np.flatnonzero(index.ptr[:-1] < index.ptr[1:])
    best = np.zeros(index.size, np.float32)
    if len(tied):
        best[tied] = np.maximum.reduceat(values, index.ptr[tied])
    return best


def _rounded_up(chances: NDArray[np.float32]) -> Bytes:
    """Return the bounds that chances do not exceed."""
    with np.errstate(divide="ignore"):
        steps = np.floor(np.log(chances) / -math.log(FINE))
    return np.where(chances > 0, 255 - np.clip(steps, 0, 254), 0).astype(np.uint8)
