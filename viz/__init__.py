"""Draw a subgraph: a drawing in, a file out. To add a renderer, write a module and add a line here."""

from collections.abc import Iterator
from importlib import import_module
from typing import Protocol

from graph.answers import Drawing
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
