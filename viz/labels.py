"""Where names stand in a picture: beside their sign, where they cover no name or sign, and as few lines as can be.

Paper is a raster. Each name, the most important first, tries places around its sign; a name that finds none is left out.
A name that could be taken for that of another sign is led to its own by a line, which passes no other.
Libraries for this were tried (docs/decisions.md): on a map of 500 actors they take half a minute and more.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, inf, pi, sin
from typing import Any, TypeAlias

import numpy as np

Box: TypeAlias = tuple[float, float, float, float]  # left, top, right, bottom, in mm
Line: TypeAlias = tuple[tuple[float, float], tuple[float, float]]  # from, to, in mm
Points: TypeAlias = "np.ndarray[Any, np.dtype[np.float64]]"

CELL = 0.4  # mm
DIRECTIONS = ((0, 1), (0, -1), (1, 0), (-1, 0), (1, 1), (-1, 1), (1, -1), (-1, -1))  # the best first
OUTWARD = (1.0, 3.5, 8.0, 13.0)  # how far from the sign, in gaps
FARTHER = (20.0, 30.0, 45.0, 65.0, 90.0)  # how far those may stand that would be missed most
TURNS = 24  # directions in which they are tried
FIRST = 12  # so many would be missed most
FAR = 2.5  # mm; a name that stands farther from its sign is led to it by a line
NEAR = 2 * len(DIRECTIONS)  # places that are near the sign
RELUCTANCE = 0.4  # points of a line that a name would rather cross than stand at the next worse place
DOUBT = 8.0  # points of a line that a name would rather cross than stand nearer to another's sign than to its own


@dataclass(frozen=True, slots=True)
class Wish:
    """A text of `wide` by `tall` mm that would stand beside a sign of radius `far` at (x, y).

    `always`: it stands over others' signs rather than far away or nowhere.
    """

    x: float
    y: float
    far: float
    wide: float
    tall: float
    always: bool = False


class Space:
    """The part of the paper where names may stand."""

    def __init__(self, area: Box) -> None:
        """Begin with an empty area."""
        self.area = area
        shape = tuple(int((area[n + 2] - area[n]) / CELL) + 1 for n in (1, 0))
        self._taken: np.ndarray[Any, np.dtype[np.bool_]] = np.zeros(shape, dtype=bool)
        self._crossed: np.ndarray[Any, np.dtype[np.int32]] = np.zeros(shape, dtype=np.int32)

    def take(self, box: Box) -> None:
        """Let no name stand here."""
        self._taken[self._cells(box)] = True

    def cross(self, points: Points) -> None:
        """Say where lines run: points along them, (n, 2), in mm."""
        cells = ((points - np.array(self.area[:2])) / CELL).astype(int)
        within = ((cells >= 0) & (cells < np.array(self._crossed.shape[::-1]))).all(axis=1)
        np.add.at(self._crossed, (cells[within, 1], cells[within, 0]), 1)

    def free(self, box: Box) -> bool:
        """Return whether a name can stand here."""
        return self.holds(box) and not self._taken[self._cells(box)].any()

    def holds(self, box: Box) -> bool:
        """Return whether this box is within the area."""
        left, top, right, bottom = self.area
        return left <= box[0] and top <= box[1] and box[2] <= right and box[3] <= bottom

    def covered(self, box: Box) -> int:
        """Return how much of what stands here lies under this box."""
        return int(self._taken[self._cells(box)].sum())

    def crossings(self, box: Box) -> int:
        """Return how much of the lines lies under this box."""
        return int(self._crossed[self._cells(box)].sum())

    def _cells(self, box: Box) -> tuple[slice, slice]:
        left, top = self.area[:2]
        return (
            slice(max(0, int((box[1] - top) / CELL)), max(0, int((box[3] - top) / CELL) + 1)),
            slice(max(0, int((box[0] - left) / CELL)), max(0, int((box[2] - left) / CELL) + 1)),
        )


def place(wishes: Sequence[Wish], space: Space, gap: float) -> list[Box | None]:
    """Return where each text stands, None if there is no room; the first come first. `gap` in mm.

    Those that must stand somewhere should come first, and cover as few signs as can be.
    """
    found: list[Box | None] = []
    signs = _signs(wishes)
    for n, wish in enumerate(wishes):
        boxes = list(_around(wish, gap))[: NEAR if wish.always else None]
        if n < FIRST and not wish.always:
            boxes += _farther(wish, gap)
        free = [
            (doubt + space.crossings(box) + rank * RELUCTANCE, box)
            for rank, box in enumerate(boxes)
            if space.free(box) and (doubt := _doubt(n, box, signs)) < inf
        ]
        best = min(free, default=(0.0, None))[1]
        if wish.always and best is None:
            best = min((box for box in boxes if space.holds(box)), key=space.covered, default=None)
        if best:
            space.take(best)
        found.append(best)
    return found


def leaders(wishes: Sequence[Wish], found: Sequence[Box | None]) -> list[Line]:
    """Return the lines that lead from signs to names that stand far from theirs, or nearer to another's."""
    signs = _signs(wishes)
    return [line for n, box in enumerate(found) if box and (line := _line(wishes[n], box)) and _is_led(n, box, signs)]


def _line(wish: Wish, box: Box) -> Line | None:
    """Return the line from a sign to its name, None if they touch."""
    x = min(max(wish.x, box[0]), box[2])
    y = min(max(wish.y, box[1]), box[3])
    away = float(np.hypot(x - wish.x, y - wish.y))
    if away <= wish.far:
        return None
    part = wish.far / away
    return (wish.x + (x - wish.x) * part, wish.y + (y - wish.y) * part), (x, y)


def _signs(wishes: Sequence[Wish]) -> Points:
    """Return where the signs stand, and how large they are: (x, y, radius) of each, in mm."""
    return np.array([(wish.x, wish.y, wish.far) for wish in wishes], dtype=float).reshape(-1, 3)


def _doubt(n: int, box: Box, signs: Points) -> float:
    """Return how much a reader would doubt whose name stands here: `inf` if it is led to its sign past another's."""
    if not _is_led(n, box, signs):
        return 0.0
    start, end = signs[n, :2], np.clip(signs[n, :2], box[:2], box[2:])
    way = end - start
    part = np.clip((signs[:, :2] - start) @ way / max(float(way @ way), 1e-9), 0, 1)
    away = np.hypot(*(signs[:, :2] - start - part[:, None] * way).T) - signs[:, 2]
    apart = np.hypot(*(signs[:, :2] - start).T) >= signs[:, 2] + signs[n, 2]  # past who stands on it there is no way
    return inf if (apart & (away < 0)).any() else DOUBT


def _is_led(n: int, box: Box, signs: Points) -> bool:
    """Return whether a name needs a line to its sign, as it stands far from it, or nearer to another's."""
    away = np.hypot(*(signs[:, :2] - np.clip(signs[:, :2], box[:2], box[2:])).T) - signs[:, 2]
    return bool(away[n] >= FAR or (np.delete(away, n) < away[n]).any())


def _around(wish: Wish, gap: float) -> Iterable[Box]:
    for outward in OUTWARD:
        for right, down in DIRECTIONS:
            slant = 0.75 if right and down else 1.0
            x = wish.x + right * slant * (wish.far + gap * outward) + (right - 1) * wish.wide / 2
            y = wish.y + down * slant * (wish.far + gap * outward) + (down - 1) * wish.tall / 2
            yield x, y, x + wish.wide, y + wish.tall


def _farther(wish: Wish, gap: float) -> Iterable[Box]:
    """Yield places farther away, all around."""
    for outward in FARTHER:
        for turn in range(TURNS):
            right, down = cos(2 * pi * turn / TURNS), sin(2 * pi * turn / TURNS)
            x = wish.x + right * (wish.far + gap * outward) + (right - 1) * wish.wide / 2
            y = wish.y + down * (wish.far + gap * outward) + (down - 1) * wish.tall / 2
            yield x, y, x + wish.wide, y + wish.tall
