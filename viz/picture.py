"""Pictures for print: a page with the map, and on it all that must be said with it. The home of matplotlib.

Text stays text in SVG and PDF. The same drawing gives the same bytes: no clock, no chance, letters of its own.
"""

from collections.abc import Iterator, Mapping
from io import BytesIO
from threading import Lock
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from graph.drawing import Drawing
from viz import captions, picture_frame, picture_map
from viz.letters import plain
from viz.paper import Paper

DPI = 300
INCH = 25.4  # mm
DRAWING = Lock()  # matplotlib keeps fonts and settings for all threads together


def svg(drawing: Drawing, paper: Paper = Paper.A4) -> Iterator[bytes]:
    """Yield the picture as SVG."""
    about = {"Title": plain(drawing.title), "Creator": "Weefsel", "Date": None, "Language": drawing.lang}
    yield _file(drawing, paper, "svg", about)


def png(drawing: Drawing, paper: Paper = Paper.A4) -> Iterator[bytes]:
    """Yield the picture as PNG, 300 dots per inch."""
    yield _file(drawing, paper, "png", {"Title": plain(drawing.title), "Software": "Weefsel"})


def pdf(drawing: Drawing, paper: Paper = Paper.A4) -> Iterator[bytes]:
    """Yield the picture as PDF, on one page of this paper."""
    about = {"Title": plain(drawing.title), "Creator": "Weefsel", "Producer": "Weefsel", "CreationDate": None}
    yield _file(drawing, paper, "pdf", about)


def _file(drawing: Drawing, paper: Paper, kind: str, about: Mapping[str, Any]) -> bytes:
    with DRAWING:
        figure = draw(drawing, paper)
        file = BytesIO()
        figure.savefig(file, format=kind, dpi=DPI, metadata=about)
    return file.getvalue()


def draw(drawing: Drawing, paper: Paper) -> Figure:
    """Return the page. Its axes count in mm from the top left corner."""
    lang = captions.language(drawing.lang)
    spots = picture_map.places(drawing)
    wide, tall = paper.size(lying=picture_map.lies(spots))
    figure = Figure(figsize=(wide / INCH, tall / INCH), facecolor="white")
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, wide)
    axes.set_ylim(tall, 0)
    axes.set_axis_off()
    sheet = picture_frame.Sheet(axes, wide, tall, lang)
    area = picture_frame.frame(sheet, drawing)
    unnamed = picture_map.fill(sheet, drawing, spots, area)
    picture_frame.facts(sheet, drawing, unnamed)
    return figure
