"""A write to the Neo4j store: batches at the revision after the live one, then a flip that makes them live at once."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from graph.errors import StoreError, UnsweptError
from graph.model import Card, Viewer
from graph.store import Draft
from graph.stored import ActorRow, DatasetRow, Judgement, Node, Row, State, Table
from graph.stores import neo4j_reading
from graph.stores import neo4j_rows as rows
from graph.stores import neo4j_writing as queries
from graph.stores.neo4j_cards import CardWriter
from graph.stores.neo4j_half_made import HalfMade
from graph.stores.neo4j_lease import Lease
from graph.stores.neo4j_link import Link
from graph.stores.neo4j_records import BATCH, RecordWriter
from graph.stores.neo4j_schema import FINGERPRINT, OF_TYPE, TO_ASK, make
from graph.stores.neo4j_snapshot import Neo4jSnapshot
from graph.stores.neo4j_sweep import erase, undo
from graph.stores.neo4j_types import LABELS


class Neo4jDraft(Neo4jSnapshot, Draft):
    """A write that is being made, at the revision after the live one."""

    def __init__(self, link: Link, live: Mapping[str, Any], lease: Lease) -> None:
        """Write under `lease` on top of what is `live`."""
        super().__init__(link, live)
        self._before = self._rev
        self._lacking = [] if live else list(TO_ASK)  # indexes
        self._rev += 1
        self._lease = lease
        self._kept: list[DatasetRow] | None = None if self._before else []  # datasets before this draft
        self._put: dict[str, DatasetRow | None] = {}  # datasets to be kept, or forgotten
        self._dead = Counter({name: int(revision) for name, revision in live.get("dead", {}).items()})
        self._minting = self._judged = False
        self._erase = False
        self._committed = False
        self._cards = CardWriter(self._write, self._died, live.get("counts", {}))
        self._records = RecordWriter(self._send)
        self._half_made = HalfMade()
        self._begun = False

    # -- asking and writing

    def _ask(self, query: str, /, **parameters: Any) -> list[list[Any]]:  # noqa: ANN401 - what Cypher takes
        self._flush()
        self._index(query)
        return self._link.read(query, {"rev": self._rev, **parameters}, patient=True)

    def _write(self, query: str, /, **parameters: Any) -> list[list[Any]]:  # noqa: ANN401 - as above
        self._records.flush_nodes()
        return self._send(query, **parameters)

    def _send(self, query: str, /, **parameters: Any) -> list[list[Any]]:  # noqa: ANN401 - as above
        self._begun = True
        self._index(query)
        step = (query, {"rev": self._rev, **parameters})
        [answer] = self._lease.write(step, patient=True, unfinished=not self._committed)
        return answer

    def _index(self, query: str = "") -> None:
        """Make the indexes that are not there yet, unless this query does without."""
        if self._lacking and query not in queries.BY_NUMBER:
            make(self._link, self._lacking)
            self._lacking.clear()

    def _need_types(self, types: Iterable[str]) -> None:
        """Note that there are records of these types."""
        for name in sorted(set(types) - self._types):
            self._types.add(name)
            self._lacking += OF_TYPE[name]

    def _died(self, *types: str) -> None:
        for name in types:
            self._dead[name] = self._rev

    def _flush(self) -> None:
        self._records.flush()
        self._cards.flush()

    # -- datasets and judgements

    def datasets(self) -> list[DatasetRow]:
        before = {row.name: row for row in self._datasets_before()}
        return [row for _, row in sorted({**before, **self._put}.items()) if row]

    def _datasets_before(self) -> list[DatasetRow]:
        if self._kept is None:
            self._kept = super().datasets()
        return self._kept

    def put_dataset(self, row: DatasetRow) -> None:
        self._records.need_dataset(row.name)
        self._put[row.name] = row

    def drop_dataset(self, name: str) -> None:
        for table in Table:
            for batch in rows.batches(list(self.digests(table, name)), BATCH):
                self.drop(table, name, batch)
        self._put[name] = None

    def judgements(self) -> list[Judgement]:
        return super().judgements() if self._before or self._judged else []

    def put_judgement(self, judgement: Judgement) -> None:
        self._judged = True
        self.drop_judgement(judgement.verdict, judgement.a, judgement.b)
        self._write(queries.PUT_JUDGEMENT, **{**judgement._asdict(), "keys": list(judgement.keys)})

    def drop_judgement(self, verdict: str, a: int, b: int) -> bool:
        self._died("JUDGED")
        [[count]] = self._write(queries.DROP_JUDGEMENT, verdict=verdict, a=a, b=b)
        return bool(count)

    # -- nodes

    def put_nodes(self, nodes: Sequence[Node]) -> None:
        if not self._minting:
            newest = self._ask(queries.NEWEST_NODE) if self._before else []
            self._cards.fresh_from(newest[0][0] + 1 if newest else 1)
            self._minting = True
        for batch in rows.batches(nodes, BATCH):
            self._records.add_nodes(node for node in batch if node.id)
            if awaited := [rows.state_row(node) for node in batch if not node.id]:
                self._send(queries.PUT_AWAITED, rows=awaited)
            self._join({}, batch)

    def set_nodes(self, nodes: Sequence[Node]) -> None:
        for batch in rows.batches(nodes, BATCH):
            old = self.nodes(node.n for node in batch)
            changed = [node for node in batch if old.get(node.n) not in (node, None)]
            if not changed:
                continue
            self._write(queries.SET_NODES, rows=[rows.state_row(node) for node in changed])
            renamed = [[node.n, node.id, node.key] for node in changed if node[1:3] != old[node.n][1:3]]
            if renamed:
                self._write(queries.RENAME, rows=renamed)
            self._join(old, changed)

    def _join(self, old: Mapping[int, Node], nodes: Sequence[Node]) -> None:
        """Draw each node that another leads to it, in place of where it was drawn before."""
        moved = [node for node in nodes if _leads(node) != (_leads(old[node.n]) if node.n in old else {})]
        if parted := [node.n for node in moved if node.n in old and _leads(old[node.n])]:
            self._write(queries.PART, ns=parted)
            self._died("JOINED")
        if joined := [[node.n, lead, mask] for node in moved for lead, mask in _leads(node).items()]:
            self._write(queries.JOIN, rows=joined)

    # -- records

    def put(self, table: Table, given: Sequence[Row]) -> None:
        self._need_types({rows.type_of(row) for row in given})
        self._records.add(given)

    def drop(self, table: Table, dataset: str, digests: Sequence[int]) -> list[Row]:
        self._flush()
        dropped: list[Row] = []
        for text in self._types_of(table):
            if not self._ask(queries.HAS[text], dataset=dataset):
                continue
            for batch in rows.batches(dict.fromkeys(digests), BATCH):
                found = self._write(queries.DROP[text], dataset=dataset, digests=batch)
                dropped += [rows.table_row(table, row) for row in found]
                if found:
                    self._died(text)
        claiming = [[row.n, row.digest] for row in dropped if isinstance(row, ActorRow) and row.claims]
        for told in rows.batches(claiming, BATCH):
            self._write(queries.DROP_CLAIMS, dataset=dataset, rows=told)
            self._died("CLAIMS")
        return dropped

    def rows_at(self, ns: Sequence[int]) -> dict[Table, list[Row]]:
        ties = {
            (row.dataset, row.digest, row.kind): row
            for row in map(rows.tie_row, self._paged(neo4j_reading.TIE_ROWS, ns))
        }
        return {
            Table.ACTORS: list(self.actor_rows(ns)),
            Table.TIES: list(ties.values()),
            Table.OFFERS: list(self.offer_rows(ns)),
            Table.FIGURES: list(self.figure_rows(ns)),
        }

    # -- cards

    def put_cards(self, viewer: Viewer, cards: Sequence[Card]) -> None:
        for batch in rows.batches(cards, BATCH):
            self._cards.put(viewer, batch)

    def put_half_made(self, cards: Sequence[Card]) -> None:
        self._half_made.add(cards)

    def finish_cards(self, contacts: Mapping[Viewer, Sequence[int]], helps: Mapping[int, Sequence[str]]) -> None:
        for viewer, cards in self._half_made.finished(contacts, helps):
            self.put_cards(viewer, cards)

    def drop_cards(self, viewer: Viewer, ns: Sequence[int]) -> None:
        self._flush()
        for batch in rows.batches(sorted(set(ns)), BATCH):
            self._cards.drop(viewer, batch)

    def counts(self, viewer: Viewer) -> dict[str, int]:
        self._cards.flush()
        counts = self._cards.counts[viewer]
        return {kind: counts[kind] for kind in sorted(counts) if counts[kind]}

    # -- the end

    def erase(self) -> None:
        """See to it that what this draft dropped or replaced is deleted as soon as it is committed.

        The server's transaction logs and indexes may keep what was deleted; docs/neo4j.md says how long, and what to do.
        """
        self._erase = True

    def commit(self, state: State) -> None:
        self._flush()
        self._index()
        self._lease.write(*self._dataset_steps(), self._flip(state), patient=True)
        self._committed = True
        if self._erase:
            try:
                erase(self._link, self._lease, state.revision, self._types)
            except StoreError as error:
                raise UnsweptError.because(error) from error
        self._show_names()

    def _dataset_steps(self) -> list[tuple[str, dict[str, Any]]]:
        """Return what keeps the datasets that came or changed, and forgets what was kept of them before."""
        forgotten = [row.name for row in self._datasets_before() if row.name in self._put] if self._put else []
        self._died(*["KEEPS"] * bool(forgotten))
        steps = [(queries.FORGET_DATASET, {"rev": self._rev, "name": name}) for name in forgotten]
        kept = [row for row in self._put.values() if row]
        return steps + [(queries.PUT_DATASET, {"rev": self._rev, **row._asdict()}) for row in kept]

    def _flip(self, state: State) -> tuple[str, dict[str, Any]]:
        """Return what makes all of it live."""
        counts = {viewer.value: dict(self._cards.counts[viewer]) for viewer in Viewer}
        more = {"counts": counts, "dead": self._dead, "types": sorted(self._types), "by": self._lease.token}
        live = rows.state_text(state, **more)
        told = {"token": self._lease.token, "live": live, "erase": self._erase or None, "schema": FINGERPRINT}
        return queries.FLIP, told

    def _show_names(self) -> None:
        """Write the new names and kinds on the nodes, for people who look at them; cards are what counts."""
        for batch in rows.batches(self._cards.take_names(), BATCH):
            self._write(queries.CLEAR_LABELS, ns=[n for n, _, _ in batch])
            if named := [[n, LABELS[kind], name] for n, kind, name in batch if kind]:
                self._write(queries.NAME_NODES, rows=named)

    def leave(self) -> None:
        """Take back what was written, unless it was committed; if the server is away, the next write does it."""
        if self._begun and not self._committed:
            with suppress(StoreError):
                undo(self._link, self._lease, self._before, rows.read_types(self._live))


def _leads(node: Node) -> dict[int, int]:
    """Return the others that lead this node, with the mask of those for whom they do."""
    leads: dict[int, int] = defaultdict(int)
    for viewer in Viewer:
        if node.lead(viewer) != node.n:
            leads[node.lead(viewer)] |= viewer.bit
    return dict(leads)
