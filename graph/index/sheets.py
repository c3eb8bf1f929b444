"""What searches write down per actor: as large as the graph, and so lent from one search to the next."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np

from graph.index.arrays import Floats, Longs, TieIndex


@dataclass
class Sheet:
    """What a search writes down per actor: the best chance so far, and the number of the label that has it (from 1)."""

    best: Floats
    label: Longs

    @classmethod
    def blank(cls, size: int) -> "Sheet":
        """Return an empty sheet for so many actors."""
        return cls(np.zeros(size, np.float64), np.zeros(size, np.int64))


_sheets: WeakKeyDictionary[TieIndex, list[Sheet]] = WeakKeyDictionary()


@contextmanager
def sheet(index: TieIndex) -> Iterator[Sheet]:
    """Lend an empty sheet; who borrows it wipes it (`Reach.wipe`)."""
    idle = _sheets.setdefault(index, [])
    lent = idle.pop() if idle else Sheet.blank(index.size)
    yield lent
    if len(idle) < 8:
        idle.append(lent)
