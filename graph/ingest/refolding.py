"""Making every fold anew from the records: after the vocabulary was edited, and to check that the kept folds are right."""

from collections.abc import Sequence

from pydantic_core import from_json

from graph import chance
from graph.ingest import folds, identity
from graph.ingest.changes import Changes, batches
from graph.ingest.finishing import finish
from graph.ingest.identity import Mint
from graph.store import Draft, Store
from graph.stored import Table, TieRow
from graph.vocabulary import vocabulary


def refold(store: Store) -> bool:
    """Join, count and fold everything anew; return whether anything kept was different from what it should be.

    Raises:
        LockedError, StoreError: As for a load.
    """
    with store.draft("refold") as draft:
        changes = Changes()
        different = False
        for ns in batches([node.n for node in draft.all_nodes()]):
            different |= bool(identity.regroup(draft, ns))
            different |= _bounds(draft, ns)
        folds.keep_all(draft, changes)
        stale = draft.state().vocabulary != vocabulary().digest
        if different or changes.noticed or stale:
            draft.commit(finish(draft, changes, Mint(draft)))
        return different or bool(changes.noticed)


def _bounds(draft: Draft, ns: Sequence[int]) -> bool:
    """Bring the bounds of the ties that start at these nodes up to date; return whether any was not."""
    inside = set(ns)
    stale: dict[str, list[TieRow]] = {}
    for row in draft.rows_at(ns)[Table.TIES]:
        if isinstance(row, TieRow) and row.source in inside and row.bound != _bound(row):
            stale.setdefault(row.dataset, []).append(row)
    for dataset, rows in stale.items():
        draft.drop(Table.TIES, dataset, [row.digest for row in rows])
        draft.put(Table.TIES, [row._replace(bound=_bound(row)) for row in rows])
    return bool(stale)


def _bound(row: TieRow) -> float:
    said = from_json(row.body)
    return chance.bound(row.kind, said.get("status", "current"), said.get("since"), said.get("until"))
