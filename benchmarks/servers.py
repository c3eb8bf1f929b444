"""Neo4j servers started for a benchmark, as the tests start them, with more memory."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import neo4j

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "neo4j"))

HEAP = "2g"


@dataclass(frozen=True)
class Server:
    """A running server and a driver to it."""

    url: str
    password: str
    driver: neo4j.Driver


def empty(server: Server) -> None:
    """Delete all that a server has, its constraints and indexes too."""
    from neo4j_server import drop_all, emptied

    emptied(server.driver)
    drop_all(server.driver)


@contextmanager
def started() -> Iterator[Server]:
    """Start a server with an empty database; it is removed afterwards."""
    from neo4j_server import Neo4jServer  # type: ignore[import-not-found]

    server = Neo4jServer(heap=HEAP, lasting=True)
    try:
        server.start()
        auth = ("neo4j", server.password)
        with neo4j.GraphDatabase.driver(server.url, auth=auth, notifications_min_severity="OFF") as driver:
            yield Server(server.url, server.password, driver)
    finally:
        server.remove()
