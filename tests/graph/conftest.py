"""Fixtures of the graph's tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.store import Store
from graph.stores import STORES


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store in a file."""
    with STORES["sqlite"](str(tmp_path / "store.db"), "") as store:
        yield store
