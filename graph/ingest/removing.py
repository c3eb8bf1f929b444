"""Removing a dataset: undoing all that it says."""

import time

from graph.errors import NotFoundError
from graph.ingest.changes import Changes
from graph.ingest.finishing import finish
from graph.ingest.identity import Mint
from graph.ingest.report import Report
from graph.store import Store
from graph.stored import Table


def remove(store: Store, name: str) -> Report:
    """Undo a dataset: all that it says, and what followed from it.

    Raises:
        NotFoundError: There is no dataset of that name; the error names those that are there.
        LockedError, StoreError: As for `replace`.
    """
    began = time.monotonic()
    with store.draft(f"remove {name}") as draft:
        known = {row.name: row for row in draft.datasets()}
        if name not in known:
            names = ", ".join(known) or "-"
            raise NotFoundError(
                nl=f"Er is geen dataset {name!r}. Wel: {names}.",
                en=f"There is no dataset {name!r}. There are: {names}.",
            )
        changes = Changes(noticed=known[name].mask)
        gone = {table: changes.drop(draft, table, name, draft.digests(table, name)) for table in Table}
        draft.drop_dataset(name)
        state = finish(draft, changes, Mint(draft))
        draft.commit(state)
        tables = {table.value: {"gone": number} for table, number in gone.items()}
        report = Report(name, changed=True, revision=state.revision, tables=tables)
    return report.timed(began)
