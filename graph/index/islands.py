"""Which actors hang together by introductions: to whom a chain of these leads from an asker at all, of however many steps.

Actors that connect and are tied to each other, directly or over others that connect, are an *island*. A way runs over
connectors of one island only, so that it leads to who is on an island where the asker stands or knows somebody, and to
those who are tied to somebody there.
"""

from functools import lru_cache

import numpy as np

from graph.index.arrays import Clock, Flags, Longs, TieIndex, gather, once
from graph.numbers import among

NOWHERE = -1  # the island of who does not connect


class Islands:
    """On which islands some actors can be met, on one day."""

    def __init__(self, index: TieIndex, clock: Clock, places: Longs) -> None:
        """Look where these places are; who does not connect is met where those are that it has ties with."""
        self._island = islands(index, clock)
        own = self._island.take(places)
        apart = np.flatnonzero(own == NOWHERE)
        arcs, by = gather(index.ptr, places.take(apart))
        at, there = (
            np.append(np.arange(len(places)), apart.take(by)),
            np.append(own, self._island.take(index.other.take(arcs))),
        )
        met = np.flatnonzero(there != NOWHERE)
        self._many = len(places)
        self._at, self._there = at.take(met), there.take(met)

    def led_to(self, contacts: Longs) -> Flags:
        """Return to whom of the places a way leads for an asker with these contacts, over one of them."""
        led = np.zeros(self._many, bool)
        led[self._at.compress(among(self._there, once(self._island.take(contacts))))] = True
        return led


@lru_cache(maxsize=4)
def islands(index: TieIndex, clock: Clock) -> Longs:
    """Return on which island each actor is: the place of the first on it, or `NOWHERE`."""
    connects = clock.openness.take(index.manner) > 0
    island = np.arange(index.size)
    mine = np.repeat(island, np.diff(index.ptr))
    both = np.flatnonzero((mine < index.other) & connects.take(mine) & connects.take(index.other))
    ends = np.stack([mine.take(both), index.other.take(both).astype(np.int64)])
    while ends.size:
        ends = ends.compress(island.take(ends[0]) != island.take(ends[1]), axis=1)
        one, two = island.take(ends)
        np.minimum.at(island, np.maximum(one, two), np.minimum(one, two))
        while not np.array_equal(further := island.take(island), island):
            island = further
    return np.where(connects, island, NOWHERE)
