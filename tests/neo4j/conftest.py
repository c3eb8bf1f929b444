"""A server set as compose.yaml sets it, but for more checkpoints and sooner forgotten guesses, which tests may stop, kill and search."""

from collections.abc import Iterator

import neo4j
import pytest
from composed import server_settings
from neo4j_server import Neo4jServer, emptied, running

from graph.store import Store
from graph.stores.neo4j import open_store


@pytest.fixture(scope="session")
def composed_server() -> Iterator[Neo4jServer]:
    soon = {"db.checkpoint.interval.time": "2s", "dbms.security.auth_lock_time": "1s"}
    with running({**server_settings(), **soon}) as server:
        yield server


@pytest.fixture
def composed_driver(composed_server: Neo4jServer) -> Iterator[neo4j.Driver]:
    """The driver, to look at what the store wrote."""
    auth = ("neo4j", composed_server.password)
    with neo4j.GraphDatabase.driver(composed_server.url, auth=auth, notifications_min_severity="OFF") as driver:
        yield driver


@pytest.fixture
def composed_store(composed_server: Neo4jServer, composed_driver: neo4j.Driver) -> Iterator[Store]:
    """An empty store on that server."""
    emptied(composed_driver)
    with open_store(composed_server.url, composed_server.password) as store:
        yield store
