"""Clearing away: what killed writes left, and what died so long ago that no running question needs it."""

from collections.abc import Iterable, Mapping
from typing import Any

from graph.stores import neo4j_queries as queries
from graph.stores.neo4j_lease import Lease
from graph.stores.neo4j_snapshot import Link

BATCH = 10_000
FOUND = 500_000  # how many left-behind relationships are looked for at once
LONGEST_QUESTION = 60.0  # seconds; the server ends what takes longer


def undo(link: Link, lease: Lease, revision: int) -> None:
    """Take back all that was written after `revision`, which is live."""
    while found := link.read(queries.BORN_AFTER, {"live": revision, "limit": FOUND}):
        ids = [row[0] for row in found]
        for start in range(0, len(ids), BATCH):
            lease.write((queries.DELETE, {"ids": ids[start : start + BATCH]}))
    for query in queries.REVIVE.values():
        _until_done(lease, query, {"live": revision})
    while found := link.read(queries.NODES_AFTER, {"live": revision, "limit": BATCH}):
        lease.write((queries.DELETE_NODES, {"ns": [row[0] for row in found]}))
    _until_done(lease, queries.UNDO_NODES, {"live": revision})
    lease.write((queries.LONELY, {}), (queries.TIDY, {"token": lease.token}))


def bury(lease: Lease, revision: int, types: Iterable[str]) -> None:
    """Delete for good what had died by `revision`; readers of older ones are told so from now on."""
    lease.write((queries.SET_SWEPT, {"rev": revision}))
    for name in types:
        _until_done(lease, queries.BURY[name], {"rev": revision})
    _until_done(lease, queries.TRIM_NODES, {"rev": revision})
    lease.write((queries.LONELY, {}), (queries.ERASED, {}))


def _until_done(lease: Lease, query: str, parameters: Mapping[str, Any]) -> None:
    while True:
        [[[done]]] = lease.write((query, {**parameters, "limit": BATCH}))
        if done < BATCH:
            return


def old_enough(found: Mapping[str, Any], revision: int) -> int:
    """Return the revision up to which no running question needs what died; 0 if there is none.

    `found` is what the store's node says: when the live revision was made, and of an older one that was marked then.
    """
    oldest = found["now"] - LONGEST_QUESTION * 1000
    if found["erase"] or (found["flipped"] and found["flipped"] < oldest):
        return revision
    return found["mark"] if found["mark"] and found["marked"] < oldest else 0
