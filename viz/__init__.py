"""Draw a subgraph: a drawing in, a file out. To add a renderer, write a module and add a line here."""

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import TypeAlias

from graph.answers import Drawing

Renderer: TypeAlias = Callable[[Drawing], Iterator[bytes]]


def _in(module: str) -> Renderer:
    """Return the renderer in `module`, imported at first use: drawing libraries are slow to import."""

    def render(drawing: Drawing) -> Iterator[bytes]:
        yield from import_module(f"viz.{module}").render(drawing)

    return render


RENDERERS: dict[str, Renderer] = {
    "html": _in("interactive"),
}
