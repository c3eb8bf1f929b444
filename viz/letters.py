"""The letters of a picture: DejaVu Sans as matplotlib brings it, so that a picture is the same on every machine."""

import unicodedata
import warnings
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Literal

import matplotlib as mpl
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font, LoadFlags

FOLDER = Path(mpl.get_data_path(), "fonts", "ttf")
FILES = {"normal": "DejaVuSans.ttf", "bold": "DejaVuSans-Bold.ttf", "italic": "DejaVuSans-Oblique.ttf"}
MM = 25.4 / 72  # of a point
MEASURE = 100  # points at which text is measured
JOINERS = "\u200c\u200d"  # without these, words of some scripts and some emoji fall apart

mpl.rcParams.update(
    {
        "font.family": ["sans-serif"],  # what an SVG asks for: DejaVu Sans, else any such
        "font.sans-serif": ["DejaVu Sans"],
        "text.parse_math": False,  # a name may have a $ in it
        "svg.fonttype": "none",  # text stays text
        "svg.hashsalt": "weefsel",  # ids in the file, the same each time
        "pdf.fonttype": 42,  # text stays text (TrueType)
    }
)
# A sign that DejaVu lacks is drawn as a box with its block, and is itself in the text of SVG and PDF.
warnings.filterwarnings("ignore", "Glyph .* missing from font", UserWarning)


@lru_cache(maxsize=64)
def font(size: float, style: str = "normal") -> FontProperties:
    """Return the font of `size` (points) in this style: normal, bold or italic."""
    slant: Literal["italic", "normal"] = "italic" if style == "italic" else "normal"
    weight = "bold" if style == "bold" else "normal"  # SVG names both
    return FontProperties(fname=str(FOLDER / FILES[style]), size=size, weight=weight, style=slant)


@lru_cache(maxsize=4)
def _measuring(style: str) -> FT2Font:
    measuring = FT2Font(str(FOLDER / FILES[style]))
    measuring.set_size(MEASURE, 72)
    return measuring


def width(text: str, size: float, style: str = "normal") -> float:
    """Return how wide a text is, in mm."""
    measuring = _measuring(style)
    measuring.set_text(text, 0.0, flags=LoadFlags.NO_HINTING)
    return float(measuring.get_width_height()[0]) / 64 * size / MEASURE * MM


def height(size: float, lines: int = 1) -> float:
    """Return how tall so many lines are, in mm."""
    return 1.22 * size * lines * MM


def plain(text: str) -> str:
    r"""Return a text in one line, without signs that steer: these would turn what follows, or break the file.

    >>> plain("Ada\n \u202eBob\x00")
    'Ada Bob'
    """
    kept = (" " if c.isspace() else c for c in text if c in JOINERS or c.isspace() or unicodedata.category(c)[0] != "C")
    return " ".join("".join(kept).split())


def wrapped(text: str, size: float, room: float, most: int, style: str = "normal") -> list[str]:
    """Return a text as lines of at most `room` mm, at most `most` lines: what does not fit ends in an ellipsis."""
    lines: list[str] = []
    rest = plain(text).split(" ")
    while rest and len(lines) < most:
        line, rest = _line(rest, size, room, style)
        lines.append(line)
    if rest and lines:
        lines[-1] = cut(f"{lines[-1]} {rest[0]}…", size, room, style)
    return lines


def _line(words: Sequence[str], size: float, room: float, style: str) -> tuple[str, list[str]]:
    """Return the words that fit on a line, and the others. A word too long for any line is broken."""
    line, rest = words[0], list(words[1:])
    if width(line, size, style) > room:
        fitting = cut(f"{line}…", size, room, style).removesuffix("…")
        return fitting, [line[len(fitting) :] or "…", *rest]
    while rest and width(f"{line} {rest[0]}", size, style) <= room:
        line = f"{line} {rest.pop(0)}"
    return line, rest


def cut(text: str, size: float, room: float, style: str = "normal") -> str:
    """Return a text that fits in `room` mm: its beginning and an ellipsis, if it is too long."""
    if width(text, size, style) <= room:
        return text
    low, high = 1, len(text)
    while high - low > 1:
        half = (low + high) // 2
        low, high = (half, high) if width(f"{text[:half]}…", size, style) <= room else (low, half)
    return f"{text[:low].rstrip(' …')}…"
