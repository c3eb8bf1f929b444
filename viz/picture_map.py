"""The map of a picture: ties, signs and names, on their part of the page."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.collections import LineCollection, PathCollection, PolyCollection

from graph import sentences
from graph.drawing import Drawing
from graph.model import Card
from graph.vocabulary import vocabulary
from viz import geography, letters, picture_ground, signs, ties
from viz.curves import Curve, along, bends, curve, tip
from viz.geography import Points
from viz.labels import Box, Space, Wish, leaders, place
from viz.picture_frame import Sheet
from viz.places import placed as placed_at
from viz.style import LIGHT, LINES, MARKS

ARC = 0.13  # how far ties bend on a map by place
FEW_STATES = 60  # up to so many, it stands on the map how a tie stands that does not hold now
STRETCH = 1.7  # at most, to fill the page
NAME_WIDTH = 34.0  # mm, of a line of a name in letters of 8 points
CENTRE_SIGN, CENTRE_LETTERS = 2.6, 8.0  # mm, points: at least, so that whom a map is about is seen first


@dataclass(frozen=True, slots=True)
class Measure:
    """How large things are drawn: signs (radius in mm), letters (points), lines (a part of their width)."""

    sign: float
    letters: float
    lines: float


def places(drawing: Drawing) -> Points:
    """Return where the actors stand, (n, 2), in any measure, y downwards."""
    if drawing.geographic:
        return geography.spots(drawing.actors)[0]
    spots = placed_at(drawing).spots
    return np.array([spots[card.id] for card in drawing.actors], dtype=float).reshape(-1, 2)


def lies(spots: Points) -> bool:
    """Return whether the map is wider than tall."""
    return not len(spots) or bool(np.ptp(spots[:, 0]) >= np.ptp(spots[:, 1]))


def fill(sheet: Sheet, drawing: Drawing, spots: Points, area: Box) -> int:
    """Draw the map in `area`; return how many actors stand there without their name."""
    if not drawing.actors:
        for n, line in enumerate(letters.wrapped(sheet.say("no_actors"), 11, sheet.room, 3)):
            sheet.write(line, area[0], area[1] + 8 + n * letters.height(11), 11)
        return 0
    measure = _measure(len(drawing.actors), len(drawing.ties), area)
    fit = _fit(spots, area, measure, drawing)
    placed = fit(spots)
    if drawing.geographic:
        picture_ground.draw(sheet, drawing, fit, geography.spots(drawing.actors)[1], area)
    degree = Counter(end for tie in drawing.ties for end in {tie.source, tie.target})
    radii = [_radius(card, drawing.centre, degree[card.id], measure) for card in drawing.actors]
    space = Space(area)
    curves = _ties(sheet, drawing, placed, radii, measure)
    for drawn in curves:
        space.cross(along(drawn, 1.0))
    _signs(sheet, drawing, placed, radii)
    for (x, y), radius in zip(placed, radii, strict=True):
        space.take((x - radius, y - radius, x + radius, y + radius))
    unnamed = _names(sheet, drawing, placed, radii, measure, space, degree)
    _words(sheet, drawing, curves, measure, space)
    return unnamed


def _measure(count: int, lines: int, area: Box) -> Measure:
    room = float(np.sqrt((area[2] - area[0]) * (area[3] - area[1]) / max(count, 1)))  # mm for each, in a square
    size = min(max(0.38 * room, 5.0), 9.5)
    return Measure(
        sign=min(max(0.09 * room, 0.7), 2.2),
        letters=size,
        lines=min(max(min(room / 18, 13 / max(lines, 1) ** 0.5), 0.3), 1.0),
    )


def _fit(spots: Points, area: Box, measure: Measure, drawing: Drawing) -> picture_ground.Fit:
    """Return what brings places to the page (mm): stretched a little to fill it, with room at the edges for names.

    A map by place is not stretched.
    """
    edge = np.array([min(16.0, 3.2 * measure.letters), 2.2 * measure.sign + letters.height(measure.letters, 2)])
    low, high = np.array(area[:2]) + edge, np.array(area[2:]) - edge
    span = np.ptp(spots, axis=0)
    scale = (high - low) / np.where(span > 0, span, np.inf)
    known = scale[scale > 0]
    widest = 0.5 if not drawing.geographic else (high - low).min() / geography.LEAST
    stretch = 1.0 if drawing.geographic else STRETCH
    scale = np.minimum(scale, known.min() * stretch) if len(known) else np.full(2, widest)
    scale = np.minimum(np.where(span > 0, scale, scale.max()), widest)  # two need not stand at the ends of a page
    middle = (spots.min(axis=0) + spots.max(axis=0)) / 2
    return lambda places: np.asarray((places - middle) * scale + (low + high) / 2)


def _radius(card: Card, centre: str, degree: int, measure: Measure) -> float:
    if card.id == centre:
        return max(1.6 * measure.sign, CENTRE_SIGN)
    return measure.sign * (1 + min(0.5, degree / 24))


def _ties(sheet: Sheet, drawing: Drawing, placed: Points, radii: Sequence[float], measure: Measure) -> list[Curve]:
    """Draw the ties, those that do not hold now first; return their curves, in order of the ties."""
    at = {card.id: n for n, card in enumerate(drawing.actors)}
    curves: list[Curve] = []
    strokes: dict[tuple[bool, str], list[Curve]] = defaultdict(list)
    tips: dict[bool, list[Curve]] = defaultdict(list)
    for tie, apart in zip(drawing.ties, bends(drawing.ties), strict=True):
        a, b = at[tie.source], at[tie.target]
        bend = apart + ARC if drawing.geographic else apart
        now = sentences.status_on(tie, drawing.as_of) == "current"
        arrow = ties.is_arrow(tie)
        line = curve(placed[a], placed[b], bend, radii[a] * 1.1, radii[b] * 1.25 if arrow else radii[b] * 1.1)
        curves.append(line)
        strokes[now, tie.basis].append(line)
        if arrow:
            tips[now].append(tip(line, 0.3 + 1.5 * measure.lines))
    for (now, basis), lines in sorted(strokes.items()):
        colour = LIGHT.line if now else LIGHT.faint
        style = signs.stroke(LINES[basis], measure.lines)
        sheet.axes.add_collection(LineCollection(lines, colors=[colour], zorder=1 + now, **style), autolim=False)
    for now, corners in sorted(tips.items()):
        colour = LIGHT.line if now else LIGHT.faint
        sheet.axes.add_collection(
            PolyCollection(corners, facecolors=[colour], edgecolors="none", zorder=1 + now), autolim=False
        )
    return curves


def _signs(sheet: Sheet, drawing: Drawing, placed: Points, radii: Sequence[float]) -> None:
    order = sorted(range(len(radii)), key=lambda n: drawing.actors[n].id == drawing.centre)  # the centre's over others
    cards = [drawing.actors[n] for n in order]
    paths = [signs.sign(card.kind, placed[n][0], placed[n][1], radii[n]) for n, card in zip(order, cards, strict=True)]
    fills = [MARKS[card.kind].light for card in cards]
    outlines = [signs.CENTRE_OUTLINE if card.id == drawing.centre else 0.6 for card in cards]
    drawn = PathCollection(paths, facecolors=fills, edgecolors=[LIGHT.outline], linewidths=outlines, zorder=3)
    sheet.axes.add_collection(drawn, autolim=False)


def _names(
    sheet: Sheet,
    drawing: Drawing,
    placed: Points,
    radii: Sequence[float],
    measure: Measure,
    space: Space,
    degree: Counter[str],
) -> int:
    """Write the names that fit, the centre's first, then of those with most ties; return how many do not."""
    order = sorted(
        range(len(drawing.actors)),
        key=lambda n: (drawing.actors[n].id != drawing.centre, -degree[drawing.actors[n].id], n),
    )
    wishes, texts = [], []
    for n in order:
        card = drawing.actors[n]
        is_centre = card.id == drawing.centre
        style, size = ("bold", max(measure.letters, CENTRE_LETTERS)) if is_centre else ("normal", measure.letters)
        lines = letters.wrapped(card.name, size, NAME_WIDTH * size / 8, 2, style)
        wide = max(letters.width(line, size, style) for line in lines) + 0.6
        x, y = placed[n]
        wishes.append(Wish(x, y, radii[n], wide, letters.height(size, len(lines)), always=is_centre))
        texts.append((lines, size, style))
    found = place(wishes, space, 0.5)
    _lighten(sheet, [box for box in found if box])
    _lighten(sheet, [box for wish, box in zip(wishes, found, strict=True) if box and wish.always], over=3.5)
    sheet.axes.add_collection(
        LineCollection(leaders(wishes, found), colors=[LIGHT.ink], linewidths=0.35, zorder=4), autolim=False
    )
    for box, (lines, size, style) in zip(found, texts, strict=True):
        if box:
            _write(sheet, lines, box, size, style)
    return sum(1 for box in found if box is None)


def _write(sheet: Sheet, lines: Sequence[str], box: Box, size: float, style: str) -> None:
    """Write lines in the middle of a box."""
    for n, line in enumerate(lines):
        x, y = (box[0] + box[2]) / 2, box[1] + letters.height(size, n) + 0.95 * size * letters.MM
        font = letters.font(size, style)
        sheet.axes.text(x, y, line, fontproperties=font, color=LIGHT.ink, ha="center", va="baseline", zorder=5)


def _lighten(sheet: Sheet, boxes: Sequence[Box], over: float = 2.5) -> None:
    """Let lines, or what else is drawn below `over`, shine less through what is written here."""
    corners = [[(left, top), (right, top), (right, bottom), (left, bottom)] for left, top, right, bottom in boxes]
    paper = PolyCollection(corners, facecolors=[LIGHT.paper], edgecolors="none", alpha=0.7, zorder=over)
    sheet.axes.add_collection(paper, autolim=False)


def _words(sheet: Sheet, drawing: Drawing, curves: Sequence[Curve], measure: Measure, space: Space) -> None:
    """Write on a line what it is, if there are few, and how it stands, if it does not hold now."""
    if len(drawing.ties) > FEW_STATES:
        return
    size = max(4.5, measure.letters - 1.5)
    for tie, line in zip(drawing.ties, curves, strict=True):
        status = sentences.status_on(tie, drawing.as_of)
        kind = vocabulary().tie_kinds[tie.kind].label(sheet.lang) if len(drawing.ties) <= ties.FEW else ""
        word = "" if status == "current" else vocabulary().words["status"][status].label(sheet.lang)
        text = ", ".join(part for part in (kind, word) if part)
        if not text:
            continue
        wide, tall = letters.width(text, size, "italic") + 0.8, letters.height(size)
        for part in (0.5, 0.4, 0.6):
            x, y = _point(line, part)
            box = (x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2)
            if space.free(box):
                space.take(box)
                _lighten(sheet, [box])
                _write(sheet, [text], box, size, "italic")
                break


def _point(line: Curve, part: float) -> tuple[float, float]:
    """Return the point at this part of a line."""
    place = part * (len(line) - 1)
    n = min(int(place), len(line) - 2)
    x, y = line[n] + (line[n + 1] - line[n]) * (place - n)
    return float(x), float(y)
