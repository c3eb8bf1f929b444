"""Draw or export a subgraph: an answer in, a file out. To add a format, write a module and add a line here.

`RENDERERS` draw a drawing; `EXPORTS` write an extract while it is read.
"""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from importlib import import_module
from typing import TypeAlias

from graph.drawing import Drawing, Extract
from viz.paper import Paper

File: TypeAlias = Generator[bytes, None, None]


@dataclass(frozen=True, slots=True)
class Renderer:
    """A format to draw in: its media type, and what yields the bytes: the same for the same drawing. Paper is for pictures."""

    media_type: str
    render: Callable[[Drawing, Paper], File]


@dataclass(frozen=True, slots=True)
class Export:
    """A format to export to: how its files end, their media type, and what yields the bytes: the same for the same extract.

    `whole`: it holds whole datasets, and no other part of the sector.
    """

    ending: str
    media_type: str
    write: Callable[[Extract], File]
    whole: bool = False


def _by(module: str, name: str = "render") -> Callable[..., File]:
    """Return what writes a file, imported at first use: drawing libraries are slow to import."""

    def write(*given: object) -> File:
        yield from getattr(import_module(f"viz.{module}"), name)(*given)

    return write


RENDERERS: dict[str, Renderer] = {
    "html": Renderer("text/html; charset=utf-8", _by("interactive")),
    "svg": Renderer("image/svg+xml", _by("picture", "svg")),
    "png": Renderer("image/png", _by("picture", "png")),
    "pdf": Renderer("application/pdf", _by("picture", "pdf")),
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
    "sector": Export("zip", "application/zip", _by("tables"), whole=True),
}
