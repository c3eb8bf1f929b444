"""Loaders turn a source into records and faults. To add one, add a line to `LOADERS`."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

from graph.reading import Reading
from loaders import sector

Loader: TypeAlias = Callable[[Sequence[Path]], Reading]

LOADERS: dict[str, Loader] = {
    "sector": sector.load,
}
