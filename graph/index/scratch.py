"""Scratch arrays, in which a search writes down what it finds per actor: as large as the graph, and so lent from one to the next."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np

from graph.index.arrays import Floats, Longs, TieIndex


@dataclass
class Scratch:
    """What a search writes down per actor: the best chance so far, and the number of the label that has it (from 1)."""

    best: Floats
    label: Longs

    @classmethod
    def blank(cls, size: int) -> "Scratch":
        """Return empty arrays for so many actors."""
        return cls(np.zeros(size, np.float64), np.zeros(size, np.int64))


_idle: WeakKeyDictionary[TieIndex, list[Scratch]] = WeakKeyDictionary()


@contextmanager
def scratch(index: TieIndex) -> Iterator[Scratch]:
    """Lend empty arrays; who borrows them wipes them (`Reach.wipe`)."""
    idle = _idle.setdefault(index, [])
    lent = idle.pop() if idle else Scratch.blank(index.size)
    yield lent
    if len(idle) < 8:
        idle.append(lent)
