"""Empty stores, one after another, for tests that need many; and worlds drawn at random to try a sentence on."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import SearchStrategy

from graph.store import Store
from graph.stores import STORES

EXAMPLES = 12  # drawn worlds that are tried within reasonable time


class Ground:
    """A place for stores of one adapter."""

    def __init__(self, empty: Callable[[], Store]) -> None:
        self.empty = empty

    def try_all(self, worlds: SearchStrategy[Any], sentence: Callable[[Any], None], share: float = 1.0) -> None:
        """Try `sentence` on drawn worlds: the same ones at every run; `share` of as many as there may be."""
        settings(
            max_examples=round(EXAMPLES * share),
            derandomize=True,
            database=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        )(given(worlds)(sentence))()


def in_files(folder: Path) -> Ground:
    """Stores in files of their own."""
    made = 0

    def empty() -> Store:
        nonlocal made
        made += 1
        return STORES["sqlite"](str(folder / f"store-{made}.db"), "")

    return Ground(empty)
