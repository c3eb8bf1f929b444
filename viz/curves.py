"""The lines of a drawing: how ties bend apart, and the curves that a picture draws."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np

from graph.model import Tie

Curve: TypeAlias = "np.ndarray[Any, np.dtype[np.float64]]"

BEND = 0.16  # how far each further tie between the same two bends away
STEPS = 32  # points along a bent line
SWING = 1.4  # how wide a picture bends


def bends(drawn: Sequence[Tie]) -> Iterator[float]:
    """Yield how far each tie bends, so that no two between the same actors lie on each other."""
    total = Counter(frozenset((tie.source, tie.target)) for tie in drawn)
    met: Counter[frozenset[str]] = Counter()
    for tie in drawn:
        ends = frozenset((tie.source, tie.target))
        side = met[ends] - (total[ends] - 1) / 2
        met[ends] += 1
        yield round(side * BEND * (1 if tie.source < tie.target else -1), 3)


def curve(start: Curve, end: Curve, bend: float, near: float, far: float) -> Curve:
    """Return points along a line from `start` to `end`, which keeps `near` away from the one and `far` from the other.

    `bend` is how far it swings to its side, as a part of its length.
    """
    way = end - start
    length = float(np.hypot(*way)) or 1e-9
    if bend == 0:
        return np.array([start + way * min(near / length, 0.45), end - way * min(far / length, 0.45)])
    turn = start + way / 2 + SWING * bend * np.array([way[1], -way[0]])

    def at(t: Curve) -> Curve:
        return np.asarray((1 - t) ** 2 * start + 2 * t * (1 - t) * turn + t**2 * end)

    fine = np.linspace(0, 1, 20 * STEPS)[:, None]
    points = at(fine)
    clear = (np.hypot(*(points - start).T) >= near) & (np.hypot(*(points - end).T) >= far)
    kept = fine[clear] if clear.sum() > 1 else fine
    return at(np.linspace(kept[0], kept[-1], STEPS))


def tip(line: Curve, size: float) -> Curve:
    """Return the corners of an arrow's tip at the end of a line, `size` long."""
    way = line[-1] - line[-2]
    ahead = way / (float(np.hypot(*way)) or 1e-9) * size
    aside = np.array([ahead[1], -ahead[0]]) * 0.36
    return np.array([line[-1], line[-1] - ahead + aside, line[-1] - ahead - aside])


def along(line: Curve, every: float) -> Curve:
    """Return points on a line, at most `every` apart."""
    parts = []
    for a, b in pairwise(line):
        count = int(np.hypot(*(b - a)) / every) + 1
        parts.append(a + (b - a) * np.linspace(0, 1, count + 1)[:, None])
    return np.concatenate(parts)
