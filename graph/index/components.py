"""Which actors hang together by introductions: to whom a chain of these leads from an asker at all, of however many steps.

Actors that connect and are tied to each other, directly or over others that connect, are a *connected component*. A way runs
over connectors of one component only, so that it leads to who is in one where the asker stands or knows somebody, and to those
who are tied to somebody in it.
"""

from functools import lru_cache

import numpy as np

from graph.index.arrays import Clock, Flags, Longs, TieIndex, gather, once
from graph.numbers import NONE, among, positions

NOWHERE = -1  # the component of who does not connect
STEPS = 16  # that are gone outward; on chains longer than that, joining is sooner done


class Components:
    """In which components some actors can be met, on one day."""

    def __init__(self, index: TieIndex, clock: Clock, places: Longs) -> None:
        """Look where these places are; who does not connect is met where those are that it has ties with."""
        self._component = components(index, clock)
        own = self._component.take(places)
        apart = np.flatnonzero(own == NOWHERE)
        arcs, by = gather(index.ptr, places.take(apart))
        at, there = (
            np.append(np.arange(len(places)), apart.take(by)),
            np.append(own, self._component.take(index.other.take(arcs))),
        )
        met = np.flatnonzero(there != NOWHERE)
        self._many = len(places)
        self._at, self._there = at.take(met), there.take(met)

    def led_to(self, contacts: Longs) -> Flags:
        """Return to whom of the places a way leads for an asker with these contacts, over one of them."""
        led = np.zeros(self._many, bool)
        led[self._at.compress(among(self._there, once(self._component.take(contacts))))] = True
        return led


@lru_cache(maxsize=4)
def components(index: TieIndex, clock: Clock) -> Longs:
    """Return in which component each actor is: the place of the first in it, or `NOWHERE`.

    Most are in one: that is gone over outward, a step at a time, and what it does not reach is joined tie by tie.
    """
    connects = clock.openness.take(index.manner) > 0
    component = np.arange(index.size)
    most = _outward(index, connects)
    component[most] = most.min(initial=index.size)
    left = connects.copy()
    left[most] = False
    arcs, by = gather(index.ptr, rest := positions(left))
    other = index.other.take(arcs).astype(np.int64)
    ends = np.stack([rest.take(by), other]).compress(connects.take(other), axis=1)
    while ends.size:
        ends = ends.compress(component.take(ends[0]) != component.take(ends[1]), axis=1)
        one, two = component.take(ends)
        np.minimum.at(component, np.maximum(one, two), np.minimum(one, two))
        while not np.array_equal(further := component.take(component), component):
            component = further
    return np.where(connects, component, NOWHERE)


def _outward(index: TieIndex, connects: Flags) -> Longs:
    """Return the connector with most ties and those within so many steps of it, over connectors."""
    left = connects.copy()
    front = np.atleast_1d(np.argmax(np.where(connects, np.diff(index.ptr), -1))) if connects.any() else NONE
    found = [front]
    for _ in range(STEPS):
        left[front] = False
        there = index.other.take(gather(index.ptr, front)[0])
        front = once(there.compress(left.take(there)))
        found.append(front)
    return np.concatenate(found)
