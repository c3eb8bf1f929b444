"""Fixtures of the worlds: grounds to make many stores on."""

from pathlib import Path

import pytest
from grounds import Ground, in_files
from neo4j_server import emptied

from graph.store import Store
from graph.stores import STORES


@pytest.fixture
def files(tmp_path: Path) -> Ground:
    """Stores in files, to compare another store with."""
    (tmp_path / "compared").mkdir()
    return in_files(tmp_path / "compared")


@pytest.fixture(params=["sqlite", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def ground(request: pytest.FixtureRequest, tmp_path: Path) -> Ground:
    """Many stores of each adapter."""
    return in_files(tmp_path) if request.param == "sqlite" else request.getfixturevalue("server_ground")


@pytest.fixture
def server_ground(request: pytest.FixtureRequest) -> Ground:
    """Stores on the server, each emptied of the one before."""
    server = request.getfixturevalue("neo4j_server")
    driver = request.getfixturevalue("neo4j_driver")

    def empty() -> Store:
        emptied(driver)
        return STORES["neo4j"](server.url, server.password)

    return Ground("neo4j", 5, empty)
