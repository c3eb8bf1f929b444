"""What lies under a map by place in a picture: outlines of municipalities, or a grid of degrees where none is in sight."""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.patches import Rectangle
from matplotlib.path import Path
from matplotlib.transforms import Bbox

from graph.drawing import Drawing
from viz import geography, letters
from viz.geography import Points
from viz.labels import Box
from viz.picture_frame import Sheet
from viz.style import LIGHT

Fit: TypeAlias = Callable[[Points], Points]

LAND, BORDER = "#f1f3f4", "#b9c0c6"
SMALL = 6.0  # points


def draw(sheet: Sheet, drawing: Drawing, fit: Fit, middle: float, area: Box) -> None:
    """Draw what lies under the map, as far as `area` shows it. `fit` brings the plane to the paper."""
    corners = _corners(fit, area)
    clip = Rectangle(area[:2], area[2] - area[0], area[3] - area[1], transform=sheet.axes.transData)
    shapes = [fit(one) for one in _shown(drawing, middle, corners)]
    if shapes:
        land = PolyCollection(shapes, facecolors=[LAND], edgecolors=[BORDER], linewidths=0.4, zorder=0.5)
        sheet.axes.add_collection(land, autolim=False)
        land.set_clip_path(clip)  # after it was added, or the axes set theirs
    sight = Bbox.from_extents(*area)
    if not any(Path(shape).intersects_bbox(sight, filled=False) for shape in shapes):
        _grid(sheet, fit, middle, corners, area)


def _corners(fit: Fit, area: Box) -> Points:
    """Return the left top and right bottom of the area, on the plane."""
    zero, one = fit(np.array([[0.0, 0.0], [1.0, 1.0]]))
    return np.asarray((np.array([area[:2], area[2:]]) - zero) / (one - zero))


def _shown(drawing: Drawing, middle: float, corners: Points) -> list[Points]:
    width = float(corners[1, 0] - corners[0, 0])
    shown = []
    for outline in drawing.outlines:
        plane = geography.flat(np.array(outline, dtype=float), middle)
        if (plane.max(axis=0) >= corners[0]).all() and (plane.min(axis=0) <= corners[1]).all():
            shown.append(geography.simpler(outline, middle, width))
    return shown


def _grid(sheet: Sheet, fit: Fit, middle: float, corners: Points, area: Box) -> None:
    """Draw round degrees of longitude and latitude, with their numbers at the edge."""
    scale = geography.flat(np.array([[1.0, 1.0]]), middle)[0]
    (left, north), (right, south) = corners / scale
    lines = []
    for lon in geography.grid(left, right):
        x = float(fit(np.array([[lon, 0.0]]) * scale)[0, 0])
        lines.append([(x, area[1]), (x, area[3])])
        sheet.write(sheet.degrees(lon), x + 0.6, area[3] - letters.height(SMALL), SMALL, colour=LIGHT.line)
    for lat in geography.grid(south, north):
        y = float(fit(np.array([[0.0, lat]]) * scale)[0, 1])
        lines.append([(area[0], y), (area[2], y)])
        sheet.write(sheet.degrees(lat), area[0] + 0.6, y - letters.height(SMALL), SMALL, colour=LIGHT.line)
    sheet.axes.add_collection(LineCollection(lines, colors=[BORDER], linewidths=0.4, zorder=0.5), autolim=False)
