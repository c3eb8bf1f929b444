"""What differs between the questions that are put to one index."""

from dataclasses import dataclass, field

import numpy as np

from graph import chance
from graph.index.arrays import Clock, Floats, Longs, TieIndex
from graph.numbers import among, positions


@dataclass
class Asked:
    """What differs between questions on one index: the day, connectors that pass on gladly, how much to look at.

    `referrers` are places in order: connectors that refer for what is asked. Whoever refers is wanted. `toward` says that
    the search starts at the far end of a path, so that ids are compared from the other side.
    """

    index: TieIndex
    clock: Clock
    referrers: Longs = field(default_factory=lambda: np.zeros(0, np.int64))
    toward: bool = False
    most: int = 1_000_000  # arcs looked at in one step
    each: int = 0  # arcs looked at of one actor in one step; 0: all

    def openness(self, places: Longs) -> Floats:
        """Return how open these connectors are on the day."""
        given: Floats = self.clock.openness.take(self.index.manner.take(places))
        if len(self.referrers):
            refer = positions(among(places, self.referrers))
            given[refer[given[refer] > 0]] = chance.REFERRER_OPENNESS
        return given
