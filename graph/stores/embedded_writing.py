"""Writing: one transaction, that reads its own writes; the first big load makes its indexes within it."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from graph.model import Card, Viewer
from graph.store import Draft
from graph.stored import ActorRow, DatasetRow, Judgement, Node, Row, State, Table, TieRow
from graph.stores import embedded_schema
from graph.stores.embedded_cards import FILL_TEXTS, joined, split
from graph.stores.embedded_connection import Connection
from graph.stores.embedded_half_made import HalfMadeCards
from graph.stores.embedded_pending import PendingCards
from graph.stores.embedded_reading import EmbeddedSnapshot, records

LOOKUPS = ("ids", "keys", "claims", "actors", "offers", "figures", "said")  # needless while nothing has been put

_PUT = {
    Table.ACTORS: "INSERT INTO actors VALUES (?, ?, ?, ?, ?, ?, ?)",
    Table.TIES: "INSERT INTO ties VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
    Table.OFFERS: "INSERT INTO offers VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)",
    Table.FIGURES: "INSERT INTO figures VALUES (NULL, ?, ?, ?, ?, ?)",
}
_SET_NODE = "UPDATE nodes SET id = ?2, key = ?3, mask = ?4, ever = ?5, leads_public = ?6, leads_staff = ?7 WHERE n = ?1"
_ANY_MOVED = "SELECT 1 FROM nodes WHERE leads_public <> n UNION ALL SELECT 1 FROM nodes WHERE leads_staff <> n LIMIT 1"
_MARK_NEW = """
    UPDATE ties SET moved = (SELECT leads_public <> n OR leads_staff <> n FROM nodes WHERE n = source)
                      + 2 * (SELECT leads_public <> n OR leads_staff <> n FROM nodes WHERE n = target)
    WHERE r > ?"""
_SAID = "json_each(?) w"
_THOSE = "x.dataset = ? AND x.digest = w.value"


class EmbeddedDraft(EmbeddedSnapshot, Draft):
    """A draft on a connection that is within a transaction that writes.

    `empty` says that the store has nothing yet and no indexes either; `finish` makes what was written live.
    """

    def __init__(self, connection: Connection, *, empty: bool, finish: Callable[[bool], None]) -> None:
        """Write by this connection."""
        super().__init__(connection)
        self._missing = set(embedded_schema.INDEXES) if empty else set()
        self._finish = finish
        self._erasing = False
        self._anything = not empty
        self._terms = _Terms(connection)
        self._cards = PendingCards(connection, texts=not empty)
        self._half_made = HalfMadeCards(connection)
        self._last_actor: int = connection.value("SELECT max(r) FROM actors") or 0

    def _ready(self, *groups: str) -> None:
        if "cards" in groups:
            self._cards.flush()
        for group in groups:
            if group in self._missing and (self._anything or group not in LOOKUPS):
                self._missing.discard(group)
                self._fill(group)
                embedded_schema.build(self._connection, (group,))

    def _fill(self, group: str) -> None:
        """Write what a group's indexes stand on and a first load left for later."""
        if group == "cards":
            self._connection.run(FILL_TEXTS)
            self._cards.texts = True
        if group == "ties":
            self._mark_ties(after=0)

    # -- datasets and nodes

    def put_dataset(self, row: DatasetRow) -> None:
        self._connection.run("INSERT OR REPLACE INTO datasets VALUES (?, ?, ?, ?, ?, ?, ?)", row)

    def drop_dataset(self, name: str) -> None:
        self._connection.run("DELETE FROM datasets WHERE name = ?", (name,))
        if name not in self._terms:
            return
        self._ready("said", "claims")
        k = (self._terms[name],)
        sql = "SELECT r, claims FROM actors WHERE dataset = ? AND claims <> ''"
        self._unclaim(self._connection.all(sql, k))
        for table in Table:
            self._connection.run(f"DELETE FROM {table} WHERE dataset = ?", k)  # noqa: S608 - a table of ours

    def put_nodes(self, nodes: Sequence[Node]) -> None:
        self._anything = self._anything or bool(nodes)
        self._connection.many("INSERT INTO nodes VALUES (?, ?, ?, ?, ?, ?, ?)", nodes)

    def set_nodes(self, nodes: Sequence[Node]) -> None:
        before = self.nodes(node.n for node in nodes)
        self._connection.many(_SET_NODE, nodes)
        if "ties" not in self._missing:
            turned = [node for node in nodes if node.n in before and _moved(before[node.n]) != _moved(node)]
            self._turn(turned)

    def _turn(self, nodes: Sequence[Node]) -> None:
        """Mark the ties at nodes that began or ceased to lead themselves."""
        for end, flag in (("source", 1), ("target", 2)):
            sql = f"UPDATE ties SET moved = (moved & ~{flag}) | ? WHERE {end} = ?"  # noqa: S608 - names of ours
            self._connection.many(sql, [(flag * _moved(node), node.n) for node in nodes])

    def _mark_ties(self, after: int) -> None:
        """Mark those of the ties put after row `after` that have an end that does not lead itself."""
        if self._connection.value(_ANY_MOVED):
            self._connection.run(_MARK_NEW, (after,))

    # -- records

    def put(self, table: Table, rows: Sequence[Row]) -> None:
        self._anything = self._anything or bool(rows)
        if table is Table.ACTORS:
            self._put_actors(rows)  # type: ignore[arg-type]
        elif table is Table.TIES:
            self._put_ties(rows)  # type: ignore[arg-type]
        else:
            terms = self._terms
            self._connection.many(_PUT[table], ((terms[row[0]], *row[1:]) for row in rows))

    def _put_actors(self, rows: Sequence[ActorRow]) -> None:
        terms, first = self._terms, self._last_actor + 1
        self._last_actor += len(rows)
        self._connection.many(
            _PUT[Table.ACTORS],
            (
                (r, terms[dataset], digest, n, mask, joined(claims), body)
                for r, (dataset, digest, n, mask, claims, body) in enumerate(rows, first)
            ),
        )
        claimed = ((claim, r) for r, row in enumerate(rows, first) for claim in row.claims)
        self._connection.many("INSERT INTO claims VALUES (?, ?)", claimed)

    def _put_ties(self, rows: Sequence[TieRow]) -> None:
        terms = self._terms
        last = self._connection.value("SELECT max(r) FROM ties") or 0
        self._connection.many(
            _PUT[Table.TIES],
            (
                (terms[dataset], digest, source, terms[kind], target, ref, mask, bound, body)
                for dataset, digest, source, kind, target, ref, mask, bound, body in rows
            ),
        )
        if "ties" not in self._missing:
            self._mark_ties(after=last)

    def drop(self, table: Table, dataset: str, digests: Sequence[int]) -> list[Row]:
        if dataset not in self._terms:
            return []
        self._ready("said", "claims")
        values = (json.dumps(list(dict.fromkeys(digests))), self._terms[dataset])
        dropped = list(records(self._connection, table, _SAID, _THOSE, values))
        if table is Table.ACTORS:
            sql = f"SELECT x.r, x.claims FROM {_SAID} CROSS JOIN actors x WHERE {_THOSE} AND x.claims <> ''"  # noqa: S608
            self._unclaim(self._connection.all(sql, values))
        sql = f"DELETE FROM {table} WHERE r IN (SELECT x.r FROM {_SAID} CROSS JOIN {table} x WHERE {_THOSE})"  # noqa: S608
        self._connection.run(sql, values)
        return dropped

    def _unclaim(self, rows: Iterable[tuple[int, str]]) -> None:
        claimed = [(claim, r) for r, claims in rows for claim in split(claims)]
        self._connection.many("DELETE FROM claims WHERE claim = ? AND r = ?", claimed)

    def rows_at(self, ns: Sequence[int]) -> dict[Table, list[Row]]:
        self._ready("actors", "ties", "offers", "figures")
        numbers = json.dumps(list(dict.fromkeys(ns)))
        return {
            Table.ACTORS: list(self._about(Table.ACTORS, ns)),
            Table.TIES: [*self._ties_from(numbers), *self._ties_to(numbers)],
            Table.OFFERS: list(self._about(Table.OFFERS, ns)),
            Table.FIGURES: list(self._about(Table.FIGURES, ns)),
        }

    def _ties_from(self, numbers: str) -> Iterator[Row]:
        return records(self._connection, Table.TIES, _SAID, "x.source = w.value", (numbers,))

    def _ties_to(self, numbers: str) -> Iterator[Row]:
        """Yield the ties to these nodes that do not come from them too."""
        elsewhere = "x.target = w.value AND x.source NOT IN (SELECT value FROM json_each(?))"
        return records(self._connection, Table.TIES, _SAID, elsewhere, (numbers, numbers))

    # -- cards

    def put_cards(self, viewer: Viewer, cards: Sequence[Card]) -> None:
        self._cards.put(viewer, {card.n: card for card in cards})

    def put_half_made(self, cards: Sequence[Card]) -> None:
        self._half_made.add(cards)

    def finish_cards(self, contacts: Mapping[Viewer, Sequence[int]], helps: Mapping[int, Sequence[str]]) -> None:
        self._half_made.finish(contacts, helps)
        self._cards = PendingCards(self._connection, texts=self._cards.texts)

    def drop_cards(self, viewer: Viewer, ns: Sequence[int]) -> None:
        self._cards.put(viewer, dict.fromkeys(ns))

    # -- judgements

    def put_judgement(self, judgement: Judgement) -> None:
        self.drop_judgement(judgement.verdict, judgement.a, judgement.b)
        sql = "INSERT INTO judgements VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)"
        self._connection.run(sql, (*judgement[:6], joined(judgement.keys)))

    def drop_judgement(self, verdict: str, a: int, b: int) -> bool:
        sql = "DELETE FROM judgements WHERE verdict = ? AND a = ? AND b = ?"
        return self._connection.run(sql, (verdict, a, b)) > 0

    # -- the end

    def erase(self) -> None:
        """See to it that nothing of what was dropped or replaced stays, once committed.

        The text index is made whole again, the file is written anew without free space, and the log beside it is
        emptied. As long as another process still reads an older revision, the log cannot be emptied: then the next
        write does it, at its start. Copies of the file that others made, and what disk or file system keep of bytes
        overwritten, are out of the store's reach.
        """
        self._erasing = True

    def commit(self, state: State) -> None:
        self._anything = True
        self._ready(*embedded_schema.INDEXES)  # of cards too, so those that wait are written
        if self._erasing:
            self._connection.run("INSERT INTO texts (texts) VALUES ('optimize')")
        self._connection.run(
            """UPDATE state SET revision = ?, seen_public = ?, seen_staff = ?, next_n = ?, next_person = ?, secret = ?,
               vocabulary = ?, unswept = unswept OR ?, writes = ?""",
            (
                state.revision,
                state.seen.get(Viewer.PUBLIC),
                state.seen.get(Viewer.STAFF),
                state.next_n,
                state.next_person,
                state.secret,
                state.vocabulary,
                self._erasing,
                json.dumps(state.writes),
            ),
        )
        self._finish(self._erasing)


class _Terms(dict[str, int]):
    """The numbers of dataset names and kinds of tie; a new one gets the next number."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection.all("SELECT term, k FROM terms"))
        self._connection = connection

    def __missing__(self, term: str) -> int:
        self[term] = k = len(self) + 1
        self._connection.run("INSERT INTO terms VALUES (?, ?)", (k, term))
        return k


def _moved(node: Node) -> bool:
    """Return whether the node does not lead its own cluster, for some viewer."""
    return node.leads_public != node.n or node.leads_staff != node.n
