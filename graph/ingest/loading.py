"""Loading a dataset: what it said before is replaced by what it says now, whole or not at all."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, cast

import numpy as np
from pydantic_core import from_json

from graph import folding
from graph.fields import is_elsewhere
from graph.ingest.altered import Altered
from graph.ingest.changes import Changes
from graph.ingest.dataset_rows import dataset_row, finished, same
from graph.ingest.ends import APART, SECTOR_END, Ends, speaks_for_nobody
from graph.ingest.finishing import finish
from graph.ingest.garbage import few_collections
from graph.ingest.identity import Mint, joined, sharing
from graph.ingest.preparing import Batch, Preparing
from graph.ingest.read_ahead import read_ahead
from graph.ingest.renamed import Renamed
from graph.ingest.report import Report
from graph.ingest.rows import rows_of
from graph.ingest.suppressed import Suppressed
from graph.ingest.tally import Tally, Watch
from graph.ingest.waiting import Late, Named
from graph.model import EVERYONE, Viewer, mask_of
from graph.numbers import NONE, Flags, Numbers, among, in_order
from graph.reading import Fault, Row
from graph.records import DatasetRecord
from graph.store import Draft, Snapshot, Store
from graph.stored import ActorRow, DatasetRow, Node, Table

Look: TypeAlias = Callable[[Snapshot, int], None]


@dataclass(frozen=True, slots=True)
class Policy:
    """How to load: `dry_run` does everything but the last write; `skip_bad_rows` loads what is good."""

    dry_run: bool = False
    skip_bad_rows: bool = False


CAREFUL = Policy()


def replace(
    store: Store,
    dataset: DatasetRecord,
    items: Iterable[Row | Fault],
    loader: str,
    policy: Policy = CAREFUL,
    watch: Watch = lambda rows, fault: None,
    look: Look = lambda snapshot, first: None,
) -> Report:
    """Replace, atomically, what `dataset` said before by `items`; rows that are not among them leave the graph.

    `watch` is called with the number of rows so far: for each fault (with it), and now and then (with None). `look` is
    called when all is written and before it is live, if anything changed: with the store as it would be, and the
    lowest number that an actor that is new may have.

    Raises:
        BadInputError: The dataset speaks for somebody who is not in it.
        LockedError: Another write is going on.
        StoreError: The store cannot do it; it is as it was.
    """
    began = time.monotonic()
    prepared = Preparing(mask_of(dataset.audience)).batches(items)
    with few_collections(), read_ahead(prepared) as batches, store.draft(f"load {dataset.name}") as draft:
        first = draft.state().next_n
        load = _Load(draft, dataset, loader, Tally(watch))
        for batch in batches:
            load.take(batch)
        report = load.end(policy, lambda: look(draft, first))
    return report.timed(began)


class _Load:
    """One load under way: takes batches of rows, and writes what changed."""

    def __init__(self, draft: Draft, dataset: DatasetRecord, loader: str, tally: Tally) -> None:
        self._draft, self._dataset, self._loader, self._tally = draft, dataset, loader, tally
        state = draft.state()
        self._first, self._revision = state.next_n == 1, state.revision
        self._mask = mask_of(dataset.audience)
        self._mint = Mint(draft)
        self._suppressed = Suppressed(draft)
        self._ends = Ends(draft, dataset.name, self._mint, self._suppressed)
        self._changes = Changes(everything=self._first, fresh=state.next_n)
        self._speaker: int | None = None
        self._claims: dict[str, int] = {}
        self._named = Named(draft, dataset.name, self._ends)
        self._sources: dict[str, Any] = {}
        new = all(row.name != dataset.name for row in draft.datasets())
        self._old = {table: NONE if new else in_order(draft.digests(table, dataset.name)) for table in Table}
        self._now: dict[Table, list[Numbers]] = {table: [] for table in Table}
        self._altered, self._renamed = Altered(), Renamed(draft, dataset.name)

    # -- taking rows

    def take(self, batch: Batch) -> None:
        """Take the rows of one table."""
        self._tally.take(batch.taken)
        for fault, counted in batch.faults:
            self._tally.fault(fault, counted=counted)
        self._tally.accepted += len(batch.sources)
        self._sources.update(batch.sources)
        if batch.table is Table.ACTORS:
            self._take_actors(batch)
        elif batch.table:
            self._ends.add_elsewhere(batch.elsewhere)
            self._take_about(batch.table, batch)

    def _take_actors(self, batch: Batch) -> None:
        """Give each actor its node, minting those that are new; set those apart that are suppressed."""
        here = self._none_apart(batch)
        changed = here & ~among(batch.digests, self._old[Table.ACTORS])
        nodes = np.where(here, 0, APART)
        wanted = np.flatnonzero(changed).tolist()
        minted = self._minted([(batch.ids[i], *batch.says[i][:2]) for i in wanted])
        nodes[wanted] = [node.n for node in minted]
        self._ends.add(batch.ids, nodes, batch.hidden & here, keep=not self._first)
        if self._dataset.speaker in batch.ids:
            self._speaker = len(self._ends) - len(batch.ids) + batch.ids.index(self._dataset.speaker)
        self._accept(Table.ACTORS, batch, here)
        self._put(Table.ACTORS, batch, changed, [nodes[changed]])
        if self._first:
            bodies = zip(minted, (batch.says[i][-1] for i in wanted), strict=True)
            self._draft.put_half_made([folding.card(node.n, node.id, from_json(body), (), 0) for node, body in bodies])
        else:
            fresh = [node for node in minted if node.n >= self._changes.fresh]
            claims = {claim for i in wanted for claim in batch.says[i][2]}
            self._changes.identity |= sharing(self._draft, fresh, claims)

    def _none_apart(self, batch: Batch) -> Flags:
        """Return for each actor whether it is not a suppressed person, by its key and its identifiers."""
        here = np.ones(len(batch.ids), dtype=np.bool_)
        if self._suppressed:
            for i, (local, (_, _, claims, _)) in enumerate(zip(batch.ids, batch.says, strict=True)):
                here[i] = not self._suppressed.has(self._ends.key(local), *claims)
        return here

    def _minted(self, wanted: Sequence[tuple[str, str, int]]) -> list[Node]:
        """Return the nodes of actors (local id, proposal, visible), minting those that are new."""
        keys = [self._ends.key(local) for local, _, _ in wanted]
        known = {} if self._first else self._draft.nodes_by_key(keys)
        fresh = [
            (key, proposal, seen & self._mask)
            for key, (_, proposal, seen) in zip(keys, wanted, strict=True)
            if key not in known
        ]
        nodes = self._mint.actors(fresh, public=self._mask == EVERYONE)
        self._draft.put_nodes(nodes)
        if not known:
            return nodes
        known.update((node.key, node) for node in nodes)
        return [known[key] for key in keys]

    def _take_about(self, table: Table, batch: Batch) -> None:
        """Take ties, offers or figures; set those apart that name a suppressed person."""
        here = np.ones(len(batch.digests), dtype=np.bool_)
        if self._suppressed:
            for ends in batch.ends:
                here &= ~self._ends.apart(ends)
        self._note_elsewhere(batch, np.flatnonzero(here & (batch.ends < SECTOR_END).any(axis=0)))
        self._accept(table, batch, here)
        changed = here & ~among(batch.digests, self._old[table])
        self._put(table, batch, changed, [self._ends.nodes(ends[changed]) for ends in batch.ends])

    def _note_elsewhere(self, batch: Batch, places: Numbers) -> None:
        """Take down the ends elsewhere of some rows; the public may not know of those who are persons hidden here."""
        for ends in batch.ends:
            named = places[ends[places] < SECTOR_END]
            if len(named) and len(self._ends.hidden):
                batch.hidden[named] |= among(self._ends.nodes(ends[named]), self._ends.hidden)
        for ends, hidden in zip(batch.ends[:, places].T.tolist(), batch.hidden[places].tolist(), strict=True):
            self._named.note(self._ends.named(ends), hidden=hidden)

    def _accept(self, table: Table, batch: Batch, here: Flags) -> None:
        accepted = int(np.count_nonzero(here))
        self._tally.accept(table, accepted, int(np.count_nonzero(batch.hidden & here)))
        self._tally.apart += len(here) - accepted
        self._now[table].append(batch.digests[here])

    # -- writing rows

    def _put(self, table: Table, batch: Batch, changed: Flags, ends: Sequence[Numbers]) -> None:
        if not changed.any():
            return
        says = batch.says if changed.all() else [batch.says[i] for i in np.flatnonzero(changed).tolist()]
        digests = batch.digests[changed].tolist()
        rows = rows_of(table, self._dataset.name, self._mask, digests, [end.tolist() for end in ends], says)
        self._draft.put(table, rows)
        self._changes.came(rows)
        if len(self._old[table]):
            self._altered.came(table, rows)
            self._renamed.came(table, rows)
        self._tally.tables[table.value]["new"] += len(rows)
        if self._first and table is Table.ACTORS:
            self._find_shared([cast(ActorRow, row) for row in rows])

    def _find_shared(self, rows: Sequence[ActorRow]) -> None:
        """In a first load, find shared identifiers without asking the store."""
        for row in rows:
            for claim in row.claims:
                if (other := self._claims.setdefault(claim, row.n)) != row.n:
                    self._changes.identity.update((row.n, other))

    # -- the end

    def end(self, policy: Policy, look: Callable[[], None]) -> Report:
        """Drop what the dataset no longer says, fold, and make it live; or tell why not."""
        self._tally.done()
        if self._tally.fault_count and not policy.skip_bad_rows:
            self._tally.tables.clear()  # what came was not compared with what was there
            return self._report(policy, revision=self._revision, refused=True)
        gone = {table: self._drop_old(table) for table in Table}
        self._ends.move(self._renamed.move(self._changes, self._altered))
        for table, number in gone.items():
            self._count(table, number)
        before = {row.name: row for row in self._draft.datasets()}.get(self._dataset.name)
        row = dataset_row(self._dataset, self._loader, self._sources, self._speaks())
        if before is not None and not self._changes.noticed and same(before, row):
            return self._report(policy, revision=self._revision, **self._outcome(self._named.late(moved=False)))
        self._changes.noticed |= self._mask | (before.mask if before else 0)
        if before is not None and before.date != row.date:
            self._believe_otherwise()
        return self._kept(row, policy, look)

    def _drop_old(self, table: Table) -> int:
        """Drop what the dataset no longer says, and return how many records that is."""
        now = np.sort(np.concatenate([NONE, *self._now[table]]))
        gone = self._old[table][~among(self._old[table], now)].tolist()
        return self._changes.drop(self._draft, table, self._dataset.name, gone, self._altered.went, self._renamed.went)

    def _count(self, table: Table, gone: int) -> None:
        """Count what came of the records of a table, when it is known who is who."""
        counter, changed = self._tally.tables[table.value], self._altered.count(table)
        same = sum(map(len, self._now[table])) - counter["new"]
        counter.update(new=-changed, changed=changed, same=same, gone=gone - changed)

    def _believe_otherwise(self) -> None:
        """Have those folded anew of whom other records speak too: the dataset's new date may change who is believed."""
        nodes = self._ends.every()
        self._changes.said |= joined(self._draft, nodes[nodes > 0].tolist())

    def _kept(self, row: DatasetRow, policy: Policy, look: Callable[[], None]) -> Report:
        self._changes.identity.update(node.n for node in self._ends.awaited)
        self._draft.put_dataset(row)
        state = finish(self._draft, self._changes, self._mint, self._dataset.name)
        late = self._named.late(moved=True)
        counts = self._tally.counts({viewer: waiting for viewer, (waiting, _) in late.items()})
        self._draft.put_dataset(finished(row, state, counts))
        look()
        if not policy.dry_run:
            self._draft.commit(state)
        return self._report(policy, changed=True, revision=state.revision, **self._outcome(late))

    def _speaks(self) -> int:
        """Return the node that the dataset speaks for; 0 if there is none, or it was suppressed.

        Raises:
            BadInputError: The dataset has nobody of that id.
        """
        speaker = self._dataset.speaker
        if self._speaker is not None:
            return max(int(self._ends.nodes(np.array([self._speaker]))[0]), 0)
        if not speaker:
            return 0
        if not is_elsewhere(speaker):
            raise speaks_for_nobody(speaker)
        self._ends.resolve([speaker])
        return max(self._ends.elsewhere[speaker], 0)

    def _outcome(self, late: Late) -> dict[str, Any]:
        """Return what a report says of records that wait, and of ties that fell away."""
        waiting, ends = late[Viewer.STAFF]
        return {"waiting": waiting, "awaited": tuple(ends[:10]), "self_ties": self._changes.self_ties}

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
