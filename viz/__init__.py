"""Draw or export a subgraph: an answer in, a file out. To add a format, write a module and add a line here.

`RENDERERS` draw a drawing; `EXPORTS` write an extract while it is read.
"""

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol

from graph.drawing import Drawing, Extract
from viz.paper import Paper


class Renderer(Protocol):
    """Makes a file of a drawing: bytes that are the same for the same drawing. `paper` is for pictures."""

    def __call__(self, drawing: Drawing, paper: Paper = Paper.A4) -> Iterator[bytes]:
        """Yield the file."""


def _in(module: str, name: str) -> Renderer:
    """Return the renderer `name` in `module`, imported at first use: drawing libraries are slow to import."""

    def render(drawing: Drawing, paper: Paper = Paper.A4) -> Iterator[bytes]:
        yield from getattr(import_module(f"viz.{module}"), name)(drawing, paper)

    return render


@dataclass(frozen=True, slots=True)
class Export:
    """A format to export to: how its files end, their media type, and what yields the bytes: the same for the same extract."""

    ending: str
    media_type: str
    write: Callable[[Extract], Generator[bytes, None, None]]


def _by(module: str, name: str = "render") -> Callable[[Extract], Generator[bytes, None, None]]:
    """Return what writes an extract, imported at first use."""

    def write(extract: Extract) -> Generator[bytes, None, None]:
        yield from getattr(import_module(f"viz.{module}"), name)(extract)

    return write


RENDERERS: dict[str, Renderer] = {
    "html": _in("interactive", "render"),
    "svg": _in("picture", "svg"),
    "png": _in("picture", "png"),
    "pdf": _in("picture", "pdf"),
}
MEDIA_TYPES = {
    "html": "text/html; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
    "pdf": "application/pdf",
}
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EXPORTS: dict[str, Export] = {
    "xlsx": Export("xlsx", _XLSX, _by("workbook")),
    "csv-excel": Export("zip", "application/zip", _by("csv_pair", "for_excel")),
    "csv": Export("zip", "application/zip", _by("csv_pair", "for_programs")),
    "gexf": Export("gexf", "application/gexf+xml", _by("gexf")),
    "graphml": Export("graphml", "application/graphml+xml", _by("graphml")),
    "kumu": Export("json", "application/json", _by("kumu")),
    "geojson": Export("geojson", "application/geo+json", _by("geojson")),
    "jsonld": Export("jsonld", "application/ld+json", _by("jsonld")),
    "sector": Export("zip", "application/zip", _by("tables")),
}
