"""Maps by place: where actors stand by their coordinates, and what lies under them: outlines, or a grid of degrees.

Degrees become a plane that is true around the middle of the map. Actors at one spot (the middle of a town) stand around
it in a spiral, so that all are seen.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from math import cos, floor, log10, radians, sin, sqrt
from typing import Any, TypeAlias

import numpy as np

from graph.model import Card

Points: TypeAlias = "np.ndarray[Any, np.dtype[np.float64]]"

APART = 0.022  # of the width of the map, between those at one spot
LEAST = 0.02  # degrees that a map is wide, at least
GOLDEN = 2.39996  # radians; a spiral with this angle is even
FINE = 1 / 1200  # of the width of the map: what is closer together in an outline is left out


def located(cards: Iterable[Card]) -> list[Card]:
    """Return those of the actors whose place is known."""
    return [card for card in cards if card.lat is not None and card.lon is not None]


def flat(degrees: Points, middle: float) -> Points:
    """Return points (lon, lat), in degrees, on a plane: x to the right, y downwards. `middle` is the latitude it is true at."""
    return np.asarray(degrees * np.array([cos(radians(middle)), -1.0]))


def spots(cards: Sequence[Card]) -> tuple[Points, float]:
    """Return where actors stand on the plane, (n, 2), and the latitude of the middle. Each has its coordinates."""
    degrees = np.array([(card.lon or 0.0, card.lat or 0.0) for card in cards], dtype=float).reshape(-1, 2)
    middle = float(degrees[:, 1].mean()) if len(cards) else 52.0
    plane = flat(degrees, middle)
    step = APART * max(float(np.ptp(plane, axis=0).max()) if len(cards) else 0.0, LEAST)
    met: Counter[tuple[float, float]] = Counter()
    for n, (lon, lat) in enumerate(degrees.round(4).tolist()):
        turn = met[lon, lat]
        met[lon, lat] += 1
        plane[n] += step * sqrt(turn) * np.array([cos(GOLDEN * turn), sin(GOLDEN * turn)])
    return plane, middle


def simpler(outline: Sequence[tuple[float, float]], middle: float, width: float) -> Points:
    """Return an outline on the plane, without points that nobody would see on a map of this width."""
    plane = flat(np.array(outline, dtype=float), middle)
    kept = [plane[0]]
    for point in plane[1:-1]:
        if float(np.abs(point - kept[-1]).max()) >= width * FINE:
            kept.append(point)
    return np.array([*kept, plane[-1]])


def grid(low: float, high: float) -> Iterator[float]:
    """Yield round degrees from `low` to `high`, some four of them.

    >>> list(grid(51.83, 52.31))
    [51.9, 52.0, 52.1, 52.2, 52.3]
    """
    rough = max(high - low, 1e-6) / 4
    unit = 10.0 ** floor(log10(rough))
    step = next(part * unit for part in (1, 2, 5, 10) if part * unit >= rough * 0.8)
    first = -floor(-low / step)
    yield from (round(n * step, 6) for n in range(first, floor(high / step) + 1))
