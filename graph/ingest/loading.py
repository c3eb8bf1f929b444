"""Loading a dataset: what it said before is replaced by what it says now, whole or not at all."""

import gc
import json
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast

from graph.ingest.changes import BATCH, Changes
from graph.ingest.ends import APART, Ends, is_elsewhere, keyed_hash
from graph.ingest.finishing import finish
from graph.ingest.identity import Mint, joined
from graph.ingest.report import Report
from graph.ingest.rows import TABLES, Kept, body_of, digest_of, ends_of, row_of, visible
from graph.ingest.tally import Tally, Watch
from graph.ingest.waiting import Named
from graph.model import EVERYONE, Viewer, mask_of
from graph.reading import Fault
from graph.reading import Row as FileRow
from graph.records import ActorRecord, DatasetRecord, SourceRecord
from graph.store import ActorRow, DatasetRow, Draft, State, Store, Table

YOUNG = 200_000  # objects made before the next look for garbage that holds itself


@dataclass(frozen=True, slots=True)
class Policy:
    """How to load: `dry_run` does everything but the last write; `skip_bad_rows` loads what is good."""

    dry_run: bool = False
    skip_bad_rows: bool = False


CAREFUL = Policy()


def replace(
    store: Store,
    dataset: DatasetRecord,
    items: Iterable[FileRow | Fault],
    loader: str,
    policy: Policy = CAREFUL,
    watch: Watch = lambda rows, fault: None,
) -> Report:
    """Replace, atomically, what `dataset` said before by `items`; rows that are not among them leave the graph.

    `watch` is called with the number of rows so far: for each fault (with it), and now and then (with None).

    Raises:
        LockedError: Another write is going on.
        StoreError: The store cannot do it; it is as it was.
    """
    began = time.monotonic()
    with store.draft(f"load {dataset.name}") as draft, _few_collections():
        load = _Load(draft, dataset, loader, Tally(watch))
        for item in items:
            load.take(item)
        report = load.end(policy)
    return report.timed(began)


@contextmanager
def _few_collections() -> Iterator[None]:
    """Look for garbage that holds itself less often: a load makes millions of objects and hardly any such garbage.

    At the usual pace, looking takes a third of a load's time.
    """
    before = gc.get_threshold()
    gc.set_threshold(YOUNG, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


class _Load:
    """One load under way: takes rows, and writes what changed in batches of one table."""

    def __init__(self, draft: Draft, dataset: DatasetRecord, loader: str, tally: Tally) -> None:
        self._draft, self._dataset, self._loader, self._tally = draft, dataset, loader, tally
        state = draft.state()
        self._first, self._revision = state.next_n == 1, state.revision
        self._secret = state.secret
        self._mask = mask_of(dataset.audience)
        self._mint = Mint(draft)
        suppressions = [judgement for judgement in draft.judgements() if judgement.verdict == "suppress"]
        self._hashes = {key for judgement in suppressions for key in judgement.keys}
        self._ends = Ends(draft, dataset.name, self._mint, {judgement.a for judgement in suppressions})
        self._changes = Changes(everything=self._first)
        self._apart_ids: set[str] = set()
        self._hidden_ids: set[str] = set()
        self._hidden_nodes: set[int] = set()
        self._claims: dict[str, int] = {}
        self._named = Named(draft, dataset.name, self._ends)
        self._sources: dict[str, Any] = {}
        self._batch: list[FileRow] = []
        self._old: dict[Table, set[int]] = {}
        self._now: dict[Table, set[int]] = {table: set() for table in Table}

    # -- taking rows

    def take(self, item: FileRow | Fault) -> None:
        """Take one row or fault."""
        if isinstance(item, Fault):
            self._tally.fault(item)
            return
        self._tally.row()
        if isinstance(item.record, SourceRecord):
            self._tally.accepted += 1
            self._sources[item.record.id] = json.loads(item.record.body())
            return
        if self._batch and (len(self._batch) >= BATCH or type(self._batch[0].record) is not type(item.record)):
            self._flush()
        self._batch.append(item)

    def _flush(self) -> None:
        if not self._batch:
            return
        batch, self._batch = self._batch, []
        table = TABLES[type(batch[0].record)]
        accepts = self._is_present if table is Table.ACTORS else self._is_about_somebody
        if table is not Table.ACTORS:
            self._resolve_elsewhere(batch)
        changed = self._changed(table, [row for row in batch if accepts(row)])
        if table is Table.ACTORS:
            self._resolve_actors([cast(ActorRecord, record) for record, _, _ in changed])
        else:
            self._ends.resolve(end for record, _, _ in changed for end in ends_of(record))
        self._put(table, changed)

    def _is_present(self, row: FileRow) -> bool:
        """Take down an actor's id; set the row apart if it is a suppressed person's."""
        local = cast(ActorRecord, row.record).id
        if self._hashes and keyed_hash(self._secret, self._ends.key(local)) in self._hashes:
            self._apart_ids.add(local)
            self._tally.apart += 1
            return False
        if local in self._ends.local:
            self._tally.fault(_doubled(row), counted=True)
            return False
        self._ends.local[local] = 0
        return True

    def _is_about_somebody(self, row: FileRow) -> bool:
        """Set a row apart that names a suppressed person; find fault with one that names nobody."""
        ends = ends_of(row.record)
        if self._hashes and any(end in self._apart_ids or self._ends.node(end) == APART for end in ends):
            self._tally.apart += 1
            return False
        nobody = [end for end in ends if end not in self._ends.local and end not in self._ends.elsewhere]
        if nobody:
            self._tally.fault(_nobody(row, nobody[0]), counted=True)
        return not nobody

    def _changed(self, table: Table, rows: Sequence[FileRow]) -> list[tuple[Kept, int, str]]:
        """Return (record, digest, body) of the rows that the dataset did not say before."""
        old, now, changed = self._said_before(table), self._now[table], []
        for row in rows:
            record = cast(Kept, row.record)
            body = body_of(table, record)
            digest = digest_of(self._mask, record, body)
            if digest in now:
                self._tally.fault(_doubled(row), counted=True)
                continue
            now.add(digest)
            self._tally.accept(table, self._is_hidden(record))
            if digest not in old:
                changed.append((record, digest, body))
        return changed

    def _said_before(self, table: Table) -> set[int]:
        if table not in self._old:
            self._old[table] = set() if self._first else set(self._draft.digests(table, self._dataset.name))
        return self._old[table]

    def _is_hidden(self, record: Kept) -> bool:
        """Return whether the public may not know of a record; take down the ends that it names elsewhere."""
        if isinstance(record, ActorRecord):
            if visible(record, EVERYONE) == EVERYONE:
                return False
            self._hidden_ids.add(record.id)
            return True
        ends = ends_of(record)
        hidden = not self._hidden_ids.isdisjoint(ends)
        if elsewhere := tuple(end for end in ends if end not in self._ends.local):
            hidden = hidden or any(self._ends.elsewhere[end] in self._hidden_nodes for end in elsewhere)
            self._named.note(elsewhere, hidden=hidden)
        return hidden

    # -- writing rows

    def _put(self, table: Table, changed: Sequence[tuple[Kept, int, str]]) -> None:
        if changed:
            name, mask = self._dataset.name, self._mask
            rows = [row_of(record, name, mask, (digest, body), self._ends) for record, digest, body in changed]
            self._draft.put(table, rows)
            self._changes.note(rows)
            self._tally.tables[table.value]["new"] += len(rows)
            if self._first and table is Table.ACTORS:
                self._find_shared([cast(ActorRow, row) for row in rows])

    def _resolve_elsewhere(self, rows: Sequence[FileRow]) -> None:
        """Look up the ends that rows name by `scheme:value`, and the persons that this dataset hides, who may be meant."""
        local = self._ends.local
        named = {end for row in rows for end in ends_of(row.record) if end not in local}
        if elsewhere := [end for end in named if is_elsewhere(end)]:
            self._ends.resolve(elsewhere)
            self._ends.resolve(self._hidden_ids)
            self._hidden_nodes = {local[one] for one in self._hidden_ids}

    def _resolve_actors(self, records: Sequence[ActorRecord]) -> None:
        """Give each actor its node, minting those that are new."""
        if not self._first:
            self._ends.resolve(record.id for record in records)
        fresh = [record for record in records if not self._ends.local[record.id]]
        public, mask = self._mask == EVERYONE, self._mask
        nodes = self._mint.actors([(self._ends.key(r.id), r.id, r.kind, public, visible(r, mask)) for r in fresh])
        self._draft.put_nodes(nodes)
        self._ends.local.update((record.id, node.n) for record, node in zip(fresh, nodes, strict=True))

    def _find_shared(self, rows: Sequence[ActorRow]) -> None:
        """In a first load, find shared identifiers without asking the store."""
        for row in rows:
            for claim in row.claims:
                if (other := self._claims.setdefault(claim, row.n)) != row.n:
                    self._changes.identity.update((row.n, other))

    # -- the end

    def end(self, policy: Policy) -> Report:
        """Drop what the dataset no longer says, fold, and make it live; or tell why not."""
        self._flush()
        self._tally.done()
        if self._tally.fault_count and not policy.skip_bad_rows:
            return self._report(policy, revision=self._revision, refused=True)
        for table in Table:
            gone = self._said_before(table) - self._now[table]
            self._changes.drop(self._draft, table, self._dataset.name, sorted(gone))
            counter = self._tally.tables[table.value]
            counter.update(gone=len(gone), same=len(self._now[table]) - counter["new"])
        before = {row.name: row for row in self._draft.datasets()}.get(self._dataset.name)
        row = self._dataset_row()
        if before is not None and not self._changes.noticed and _info(before) == _info(row):
            return self._report(policy, revision=self._revision, **self._outcome())
        self._changes.noticed |= self._mask | (before.mask if before else 0)
        if before is not None and before.date != row.date:
            self._believe_otherwise()
        return self._kept(row, policy)

    def _believe_otherwise(self) -> None:
        """Have those folded anew of whom other records speak too: the dataset's new date may change who is believed."""
        self._ends.resolve(self._ends.local)
        self._changes.said |= joined(self._draft, self._ends.local.values())

    def _kept(self, row: DatasetRow, policy: Policy) -> Report:
        self._changes.identity.update(node.n for node in self._ends.awaited)
        self._draft.put_dataset(row)
        state = finish(self._draft, self._changes, self._mint, self._dataset.name)
        self._draft.put_dataset(self._finished(row, state))
        outcome = self._outcome()
        if not policy.dry_run:
            self._draft.commit(state)
        return self._report(policy, changed=True, revision=state.revision, **outcome)

    def _dataset_row(self) -> DatasetRow:
        info = json.loads(self._dataset.body()) | {"loader": self._loader, "sources": self._sources}
        speaker = 0
        if self._dataset.speaker:
            self._ends.resolve([self._dataset.speaker])
            speaker = max(self._ends.node(self._dataset.speaker) or 0, 0)
        text = json.dumps(info, ensure_ascii=False, sort_keys=True)
        return DatasetRow(self._dataset.name, self._mask, self._dataset.date or "", speaker, 0, text, "{}")

    def _finished(self, row: DatasetRow, state: State) -> DatasetRow:
        """Return the dataset's row with what it holds, and the revision of its load as each viewer counts them."""
        info = json.loads(row.info) | {"revisions": {viewer.value: number for viewer, number in state.seen.items()}}
        text = json.dumps(info, ensure_ascii=False, sort_keys=True)
        counts = self._tally.counts({viewer: self._named.late(viewer)[0] for viewer in Viewer})
        return row._replace(info=text, counts=json.dumps(counts), revision=state.revision)

    def _outcome(self) -> dict[str, Any]:
        """Return what a report says of the records that wait."""
        waiting, ends = self._named.late(Viewer.STAFF)
        return {"waiting": waiting, "awaited": tuple(ends[:10])}

    def _report(self, policy: Policy, **outcome: Any) -> Report:  # noqa: ANN401 - fields of Report
        tally = self._tally
        return Report(
            self._dataset.name,
            policy.dry_run,
            rows=tally.rows,
            accepted=tally.accepted,
            rejected=tally.rejected,
            set_apart=tally.apart,
            fault_count=tally.fault_count,
            faults=tuple(tally.faults),
            tables={name: dict(counter) for name, counter in tally.tables.items()},
            **outcome,
        )


def _doubled(row: FileRow) -> Fault:
    return Fault(row.where, "", "deze rij of dit id staat er al", "this row or this id stands there already", row.cells)


def _nobody(row: FileRow, end: str) -> Fault:
    return Fault(
        row.where,
        "",
        f"er is geen actor {end!r} in deze dataset; gebruik een id uit de dataset, of schema:waarde (zoals cbs:GM0599)",
        f"there is no actor {end!r} in this dataset; use an id of the dataset, or scheme:value (such as cbs:GM0599)",
        row.cells,
    )


def _info(row: DatasetRow) -> tuple[object, ...]:
    info = json.loads(row.info)
    info.pop("revisions", None)
    return row.mask, row.date, row.speaker, info
