"""How a drawing tells things apart: kinds by shape and colour, sureness by line, what is not current by a fainter line.

The colours are those of Okabe and Ito (2008), which the colour-blind can tell apart; as the shapes differ too, a
drawing can be read in grey. Every shape has an outline that stands out from the paper (3:1 or more).
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """The sign of a kind: a `shape` by the name that vis-network has for it, its corners for a legend, its colours.

    `corners` are points of a polygon in a box of 20 by 20 (empty: a circle). `size` makes shapes of little surface
    weigh as much as the others.
    """

    shape: str
    corners: str
    light: str
    dark: str
    size: float = 1.0


@dataclass(frozen=True, slots=True)
class Line:
    """A line's `width` in pixels, and its dashes in pixels (empty: unbroken)."""

    width: float
    dashes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of one scheme: paper, text (`ink`), outlines, lines, lines of ties that are not current, what is chosen."""

    paper: str
    ink: str
    outline: str
    line: str
    faint: str
    chosen: str


MARKS: Mapping[str, Mark] = {
    "initiative": Mark("dot", "", "#009e73", "#1fc79a"),
    "network": Mark(
        "star",
        "10,1 12.4,7.1 19,7.3 13.8,11.3 15.6,17.7 10,14 4.4,17.7 6.2,11.3 1,7.3 7.6,7.1",
        "#0072b2",
        "#4aa8e0",
        1.25,
    ),
    "funder": Mark("diamond", "10,1 18,10 10,19 2,10", "#e69f00", "#f0b93a", 1.1),
    "municipality": Mark("square", "2,2 18,2 18,18 2,18", "#d55e00", "#f08a45", 0.9),
    "person": Mark("triangle", "10,2 19,18 1,18", "#cc79a7", "#e3a1c4"),
    "organisation": Mark("triangleDown", "10,18 19,2 1,2", "#a6d5f2", "#8fb8d0"),
}

LINES: Mapping[str, Line] = {
    "confirmed": Line(4),
    "stated": Line(1.8),
    "inferred": Line(1.8, (6, 5)),
}

LIGHT = Palette("#ffffff", "#1d2329", "#2b3137", "#4d5862", "#8c959e", "#a4003c")
DARK = Palette("#14181c", "#eef1f4", "#f4f6f8", "#b4bec8", "#76818c", "#ff9ab8")
