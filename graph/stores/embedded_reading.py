"""Reading one revision of the file."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from graph.model import EVERYONE, Card, Viewer
from graph.store import Snapshot
from graph.stored import (
    ActorRow,
    Arc,
    DatasetRow,
    FigureRow,
    Filters,
    Hit,
    Judgement,
    Node,
    OfferRow,
    Rank,
    Row,
    State,
    Table,
    TieRow,
    Ties,
    Wanted,
    read_writes,
)
from graph.stores import embedded_cards, embedded_search, embedded_ties
from graph.stores.embedded_cards import COLUMNS, SHARED, bands, cards_of, own, split
from graph.stores.embedded_connection import Connection
from graph.stores.embedded_ties import places

AT_ONCE = 500  # texts looked up in one query
_POLE, _ROUND = 90.0, 180.0
_STRIPS = 20  # strips a degree, as the index `cards_near` has them

# A record's columns in the order of its NamedTuple, from `x` (the table) and `d` (the dataset's name) or `k` (the kind's).
_RECORD = {
    Table.ACTORS: "d.term, x.digest, x.n, x.mask, x.claims, x.body FROM actors x",
    Table.TIES: "d.term, x.digest, x.source, k.term, x.target, x.ref, x.mask, x.bound, x.body FROM ties x",
    Table.OFFERS: "d.term, x.digest, x.n, x.mask, x.stance, x.help, x.body FROM offers x",
    Table.FIGURES: "d.term, x.digest, x.n, x.mask, x.body FROM figures x",
}
_ROW: dict[Table, Any] = {
    Table.ACTORS: lambda row: ActorRow._make((*row[:4], split(row[4]), row[5])),
    Table.TIES: TieRow._make,
    Table.OFFERS: OfferRow._make,
    Table.FIGURES: FigureRow._make,
}


def records(connection: Connection, table: Table, lookup: str, condition: str, values: Sequence[Any]) -> Iterator[Row]:
    """Yield the records of a table that meet `condition`, for each row of `lookup` (a table named `w`)."""
    columns, _, source = _RECORD[table].partition(" FROM ")
    terms = " CROSS JOIN terms d ON d.k = x.dataset"
    if table is Table.TIES:
        terms += " CROSS JOIN terms k ON k.k = x.kind"
    sql = f"SELECT {columns} FROM {lookup} CROSS JOIN {source}{terms} WHERE {condition}"  # noqa: S608 - ours
    return map(_ROW[table], connection.rows(sql, values))


class EmbeddedSnapshot(Snapshot):
    """A snapshot on a connection that is within a transaction."""

    def __init__(self, connection: Connection) -> None:
        """Read by this connection."""
        self._connection = connection

    def _ready(self, *groups: str) -> None:
        """See to it that reads that need these groups of indexes can be done: a snapshot has them all."""

    # -- numbers and datasets

    def state(self) -> State:
        [(_, revision, public, staff, *rest)] = self._connection.all("SELECT * FROM state")
        next_n, next_person, secret, vocabulary, _, *writes = rest  # an older file has no names of writes
        seen = {Viewer.PUBLIC: public, Viewer.STAFF: staff}
        return State(
            revision,
            {viewer: number for viewer, number in seen.items() if number is not None},
            next_n,
            next_person,
            secret,
            vocabulary,
            read_writes(json.loads(writes[0])) if writes else {},
        )

    def datasets(self) -> list[DatasetRow]:
        return [DatasetRow._make(row) for row in self._connection.rows("SELECT * FROM datasets ORDER BY name")]

    def counts(self, viewer: Viewer) -> dict[str, int]:
        self._ready("cards")
        sql = "SELECT kind, sum(count) FROM counts WHERE band & ? GROUP BY kind HAVING sum(count) > 0"
        return dict(self._connection.all(sql, (viewer.bit,)))

    # -- for viewers

    def cards(self, viewer: Viewer, ns: Iterable[int]) -> dict[int, Card]:
        self._ready("cards")
        sql = f"""SELECT {COLUMNS} FROM json_each(?) w CROSS JOIN cards c
                  WHERE c.r IN (w.value + ?, w.value + ?)"""  # noqa: S608 - ours
        rows = self._connection.rows(sql, (_list(ns), own(viewer), SHARED))
        return {card.n: card for card in cards_of(rows)}

    def ranked(
        self, viewer: Viewer, words: Sequence[str], filters: Filters, after: Rank | None, limit: int
    ) -> list[Hit]:
        self._ready("cards")
        search = embedded_search.Search(tuple(words), filters, after, limit)
        return embedded_search.ranked(self._connection, viewer, search)

    def near(self, viewer: Viewer, south: float, west: float, north: float, east: float) -> Iterator[Card]:
        self._ready("cards")
        south, north = max(south, -_POLE), min(north, _POLE)
        west, east = max(west, -_ROUND), min(east, _ROUND)
        strips = _list(range(int(south * _STRIPS), int(north * _STRIPS) + 1))
        sql = f"""SELECT {COLUMNS} FROM json_each(?) w CROSS JOIN cards c INDEXED BY cards_near
                  WHERE c.band = ? AND CAST(c.lat * 20 AS INTEGER) = w.value AND c.lon BETWEEN ? AND ?
                    AND c.lat IS NOT NULL AND c.lat BETWEEN ? AND ?"""  # noqa: S608 - ours
        for band in bands(self._connection, viewer):
            yield from cards_of(self._connection.rows(sql, (strips, band, west, east, south, north)))

    def arcs(self, viewer: Viewer, wanted: Sequence[Wanted], limit: int, kinds: Sequence[str] = ()) -> Iterator[Arc]:
        self._ready("ties", "clusters")
        return embedded_ties.arcs(self._connection, viewer, wanted, limit, kinds)

    def tie_counts(self, viewer: Viewer, n: int) -> dict[tuple[str, bool], int]:
        self._ready("ties", "clusters")
        return embedded_ties.tie_counts(self._connection, viewer, n)

    def ties_at(self, viewer: Viewer, n: int, kind: str, out: bool, offset: int, limit: int) -> list[Arc]:
        self._ready("ties", "clusters", "cards")
        return embedded_ties.ties_at(self._connection, viewer, n, kind, out, (offset, limit))

    def ties_among(self, viewer: Viewer, ns: Sequence[int]) -> Iterator[Arc]:
        self._ready("ties", "clusters", "cards")
        return embedded_ties.ties_among(self._connection, viewer, ns)

    def ties_between(self, viewer: Viewer, pairs: Iterable[tuple[int, int]]) -> Iterator[Arc]:
        self._ready("ties", "clusters")
        return embedded_ties.ties_between(self._connection, viewer, frozenset(pairs))

    def every_card(self, viewer: Viewer) -> Iterator[Card]:
        self._ready("cards")
        sql = f"SELECT {COLUMNS} FROM cards c WHERE c.band & ?"  # noqa: S608 - ours
        return cards_of(self._connection.rows(sql, (viewer.bit,)))

    def card_columns(self, viewer: Viewer, fields: Sequence[str]) -> Iterator[tuple[Sequence[Any], ...]]:
        self._ready("cards")
        return embedded_cards.columns(self._connection, viewer, fields)

    def every_tie(self, viewer: Viewer, kinds: Sequence[str]) -> Iterator[Ties]:
        return embedded_ties.every_tie(self._connection, viewer, kinds)

    def every_tie_at(self, viewer: Viewer, ns: Iterable[int], kinds: Sequence[str], *, out: bool) -> Iterator[Arc]:
        self._ready("ties", "clusters")
        return embedded_ties.every_tie_at(self._connection, viewer, set(ns), kinds, out=out)

    def every_offer(self, viewer: Viewer) -> Iterator[OfferRow]:
        sql = f"""SELECT d.term, x.digest, o.leads_{viewer}, x.mask, x.stance, x.help, x.body
                  FROM offers x CROSS JOIN nodes o ON o.n = x.n CROSS JOIN terms d ON d.k = x.dataset
                  WHERE x.mask & :bit AND o.mask & :bit"""  # noqa: S608 - the viewer's column
        return map(OfferRow._make, self._connection.rows(sql, {"bit": viewer.bit}))

    # -- records and identity

    def nodes(self, ns: Iterable[int]) -> dict[int, Node]:
        sql = "SELECT o.* FROM json_each(?) w CROSS JOIN nodes o ON o.n = w.value"
        return {row[0]: Node._make(row) for row in self._connection.rows(sql, (_list(ns),))}

    def nodes_by_id(self, ids: Iterable[str]) -> dict[str, Node]:
        self._ready("ids")
        return {node.id: node for node in self._named("id <> '' AND id", ids)}

    def nodes_by_key(self, keys: Iterable[str]) -> dict[str, Node]:
        self._ready("keys")
        return {node.key: node for node in self._named("key", keys)}

    def _named(self, column: str, names: Iterable[str]) -> Iterator[Node]:
        for some in _by(AT_ONCE, names):
            sql = f"SELECT * FROM nodes WHERE {column} IN ({places(some)})"  # noqa: S608 - ours
            yield from map(Node._make, self._connection.rows(sql, some))

    def all_nodes(self) -> Iterator[Node]:
        return map(Node._make, self._connection.rows("SELECT * FROM nodes ORDER BY n"))

    def members(self, viewer: Viewer, ns: Iterable[int]) -> dict[int, list[int]]:
        self._ready("clusters")
        sql = f"SELECT o.n FROM json_each(?) w CROSS JOIN nodes o ON o.n = w.value WHERE o.leads_{viewer} = o.n"  # noqa: S608 - ours
        leads = [n for (n,) in self._connection.rows(sql, (_list(ns),))]
        return embedded_ties.members(self._connection, viewer, leads)

    def digests(self, table: Table, dataset: str) -> Iterator[int]:
        k = self._connection.value("SELECT k FROM terms WHERE term = ?", (dataset,))
        if k is None:
            return iter(())
        self._ready("said")
        sql = f"SELECT digest FROM {table} WHERE dataset = ?"  # noqa: S608 - a table of ours
        return (digest for (digest,) in self._connection.rows(sql, (k,)))

    def records(self, table: Table, dataset: str) -> Iterator[Row]:
        self._ready("said")
        condition = "w.term = ? AND x.dataset = w.k ORDER BY x.digest"
        return records(self._connection, table, "terms w", condition, (dataset,))

    def actor_rows(self, ns: Iterable[int]) -> Iterator[ActorRow]:
        return self._about(Table.ACTORS, ns)  # type: ignore[return-value]

    def offer_rows(self, ns: Iterable[int]) -> Iterator[OfferRow]:
        return self._about(Table.OFFERS, ns)  # type: ignore[return-value]

    def figure_rows(self, ns: Iterable[int]) -> Iterator[FigureRow]:
        return self._about(Table.FIGURES, ns)  # type: ignore[return-value]

    def _about(self, table: Table, ns: Iterable[int]) -> Iterator[Row]:
        self._ready(table)
        numbers = _list(set(ns))
        # In order of n as the list is; within it SQLite need sort only the records of one node.
        condition = "x.n = w.value ORDER BY w.key, d.term, x.digest"
        return records(self._connection, table, "json_each(?) w", condition, (numbers,))

    def claimants(self, claims: Iterable[str]) -> Iterator[tuple[str, int, int]]:
        self._ready("claims", "keys")
        for some in _by(AT_ONCE, claims):
            sql = f"""SELECT c.claim, x.n, x.mask FROM claims c CROSS JOIN actors x ON x.r = c.r
                      WHERE c.claim IN ({places(some)})
                      UNION ALL SELECT key, n, ? FROM nodes WHERE key IN ({places(some)}) AND id = ''"""  # noqa: S608
            yield from self._connection.rows(sql, (*some, EVERYONE, *some))

    def pairs(self, ns: Iterable[int] | None) -> Iterator[tuple[int, int, int]]:
        if ns is None:
            return self._connection.rows("SELECT source, target, mask FROM ties WHERE bound > 0")
        self._ready("ties")
        sql = """SELECT w.value, t.target, t.mask FROM json_each(:ns) w CROSS JOIN ties t INDEXED BY ties_out
                 ON t.source = w.value AND t.bound > 0
                 UNION ALL SELECT w.value, t.source, t.mask FROM json_each(:ns) w CROSS JOIN ties t INDEXED BY ties_in
                 ON t.target = w.value AND t.bound > 0"""
        return self._connection.rows(sql, {"ns": _list(set(ns))})

    def judgements(self) -> list[Judgement]:
        sql = "SELECT verdict, a, b, who, at, why, keys FROM judgements ORDER BY at_place"
        return [Judgement._make((*row[:6], split(row[6]))) for row in self._connection.rows(sql)]


def _list(ns: Iterable[int]) -> str:
    return json.dumps(sorted(ns))  # what stands together is read together


def _by(size: int, names: Iterable[str]) -> Iterator[list[str]]:
    """Yield the names, each once, in lists of at most `size`."""
    once = list(dict.fromkeys(names))
    for start in range(0, len(once), size):
        yield once[start : start + size]
