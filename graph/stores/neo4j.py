"""The Neo4j store: managed transactions on one server, a cluster or Aura.

A write is a run of batches at the revision after the live one, which no reader asks for, then a small transaction
that makes that revision live. What a killed write left is swept by the next.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any, cast

from graph.errors import IncompatibleError, StoreError, WeefselError
from graph.store import Draft, Snapshot, Store
from graph.stores.neo4j_draft import Neo4jDraft
from graph.stores.neo4j_lease import Lease, left_behind
from graph.stores.neo4j_link import Link
from graph.stores.neo4j_rows import read_types
from graph.stores.neo4j_schema import (
    ANY_NODES,
    FINGERPRINT,
    FORMAT,
    INDEXES,
    LIVE,
    begin,
    migrate,
    prepare,
)
from graph.stores.neo4j_snapshot import Neo4jSnapshot
from graph.stores.neo4j_sweep import sweep


def open_store(url: str, password: str) -> Store:
    """Open the store on the server at `url` (`neo4j://host:7687`; another user than neo4j: `neo4j://user@host`).

    The server is asked at the first use.

    Raises:
        StoreError: `url` is not an address of a Neo4j server.
    """
    return Neo4jStore(url, password)


class Neo4jStore(Store):
    """The graph in a Neo4j database, read and written through one driver."""

    def __init__(self, url: str, password: str) -> None:
        """Remember where the server is."""
        self._opened = url, password
        self._link = Link(url, password)

    def __reduce__(self) -> tuple[Callable[..., Store], tuple[Any, ...]]:
        return Neo4jStore, self._opened

    @property
    def beside(self) -> None:
        return None

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        yield Neo4jSnapshot(self._link, self._live())

    def _live(self) -> Mapping[str, Any]:
        """Return what is live; nothing if the database is empty."""
        found = self._found()
        return cast("Mapping[str, Any]", json.loads(found[0][1])) if found and found[0][1] else {}

    def _found(self) -> list[list[Any]]:
        """Return what the store's node says; nothing if the database is empty.

        Raises:
            IncompatibleError: The database is not a store of ours, or of a newer version.
        """
        found = self._link.read(LIVE, {})
        if not found and self._link.read(ANY_NODES, {})[0][0]:
            found = self._link.read(LIVE, {})  # another may have begun a store between the two questions
            if not found:
                raise _not_ours()
        for version, *_ in found:
            _check_format(version)
        return found

    @contextmanager
    def draft(self, doing: str) -> Iterator[Draft]:
        if not self._found():
            begin(self._link)
        lease = Lease(self._link, doing)
        found = lease.take()
        with ExitStack() as ending:
            ending.callback(lease.release)
            self._make_ready(found)
            draft = Neo4jDraft(self._link, sweep(self._link, lease, found), lease)
            ending.callback(draft.leave)
            yield draft

    def _make_ready(self, found: Mapping[str, Any]) -> None:
        if not found["live"]:
            prepare(self._link)
        elif found["schema"] != FINGERPRINT:
            migrate(self._link, read_types(json.loads(found["live"])))

    def check(self) -> list[WeefselError]:
        self._found()
        wrong: list[WeefselError] = [_not_ready(name, state) for name, state in self._link.read(INDEXES, {})]
        return [*wrong, _left_behind()] if left_behind(self._link) else wrong

    def close(self) -> None:
        self._link.close()


def _not_ours() -> IncompatibleError:
    return IncompatibleError(
        nl="In deze Neo4j-database staat al iets anders dan Weefsel. Geef een lege database.",
        en="This Neo4j database holds something that is not Weefsel's. Give an empty database.",
    )


def _not_ready(index: str, state: str) -> StoreError:
    return StoreError(
        nl=f"De index {index} in Neo4j is niet klaar ({state}). Wacht tot hij gevuld is; blijft het zo, maak hem dan opnieuw"
        " zoals docs/neo4j.md zegt.",
        en=f"The index {index} in Neo4j is not ready ({state}). Wait until it is filled; if it stays so, make it anew as"
        " docs/neo4j.md says.",
    )


def _left_behind() -> StoreError:
    return StoreError(
        nl="Er staat nog een schrijfactie die niet is afgemaakt; niemand ziet haar. De volgende ruimt haar op.",
        en="A write that was not finished is still there; nobody sees it. The next one clears it away.",
    )


def _check_format(version: int) -> None:
    if version > FORMAT:
        raise IncompatibleError(
            nl=f"Deze database is van een nieuwere Weefsel (vorm {version}; deze kent {FORMAT}). Gebruik die.",
            en=f"This database is of a newer Weefsel (format {version}; this one knows {FORMAT}). Use that one.",
        )
