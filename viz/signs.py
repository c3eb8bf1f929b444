"""The signs of a picture: kinds as shapes and lines as strokes, from the same tables as the interactive map."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.path import Path

from viz.style import MARKS, Line

POINTS = 0.55  # points of a picture to a pixel of `style.LINES`
CENTRE_OUTLINE = 2.2  # points
BOX = 10.0  # half the box that the corners in `style.MARKS` stand in


def sign(kind: str, x: float, y: float, radius: float) -> Path:
    """Return the outline of a kind's sign (a circle for ""), centred at (x, y)."""
    mark = MARKS.get(kind, MARKS["initiative"])
    if not mark.corners:
        return Path.circle((x, y), radius)
    corners = np.array([[float(n) for n in corner.split(",")] for corner in mark.corners.split()])
    return Path(np.concatenate([(corners - BOX) / BOX * radius * mark.size + (x, y), [(x, y)]]), closed=True)


def stroke(line: Line, thinner: float = 1.0) -> Mapping[str, Any]:
    """Return a line's width and dashes as matplotlib has them."""
    wide = line.width * POINTS * thinner
    style = (0, tuple(dash * POINTS / wide for dash in line.dashes)) if line.dashes else "solid"
    return {"linewidth": wide, "linestyle": style}
