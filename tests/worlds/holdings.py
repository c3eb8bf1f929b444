"""All that a store holds, byte for byte: for tests that search it for a name, or see that nothing was written."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import neo4j

Holdings: TypeAlias = Callable[[], bytes]


def of_files(path: Path) -> bytes:
    """Return the bytes of every file that belongs to the store at `path`, whatever is in it."""
    return b"\0".join(file.read_bytes() for file in sorted(path.parent.glob(f"{path.name}*")))


def of_server(driver: neo4j.Driver) -> bytes:
    """Return everything that Cypher can read: nodes, ties, their labels and values, and the words known to the server."""
    asked = (
        "MATCH (n) RETURN elementId(n), labels(n), properties(n) ORDER BY elementId(n)",
        "MATCH ()-[r]->() RETURN elementId(r), type(r), properties(r) ORDER BY elementId(r)",
    )
    with driver.session() as session:
        told = [record.values() for query in asked for record in session.run(query)]
    return repr([_steady(row) for row in told]).encode()


def _steady(row: list[Any]) -> list[Any]:
    """Return a row without what the lock and the sweep note of themselves."""
    noted = ("holder", "who", "beat", "since", "asked", "mark_rev", "mark_at")
    return [{k: v for k, v in cell.items() if k not in noted} if isinstance(cell, dict) else cell for cell in row]
