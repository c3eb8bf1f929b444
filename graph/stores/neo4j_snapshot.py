"""Reading one revision of the Neo4j store.

What is live is read once; every query then asks for what was alive at that revision. Long answers are read a page at
a time, each in a transaction of its own that the driver may try again.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from heapq import merge
from typing import Any, TypeVar, cast

from graph.errors import StoreError
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
    Ties,
    Wanted,
)
from graph.stores import neo4j_reading as queries
from graph.stores import neo4j_rows as rows
from graph.stores.neo4j_link import Link
from graph.stores.neo4j_search import Search
from graph.stores.neo4j_types import KIND_OF, TIE_TYPES

About = TypeVar("About", ActorRow, OfferRow, FigureRow)
PAGE = 5_000  # nodes asked for at once
LONG_PAGE = 50_000  # rows of a long answer read at once
FRESH = 1.0  # seconds after which a revision is looked after: has it been cleared away meanwhile?
WANTED = 500  # nodes whose ties are asked for at once
HUB = 200  # ties from which on an actor is not walked to find ties among few
SMALLEST = -(2**63)
SETTLED = 1_000  # cards from which on a store that grows needs no other plans for its queries
AS_PLANNED = "CYPHER replan=skip "  # while a load changes statistics, planning anew can make a reader wait for seconds


class Neo4jSnapshot(Snapshot):
    """One revision, as the server holds it."""

    def __init__(self, link: Link, live: Mapping[str, Any]) -> None:
        """Read at the revision that `live` (what stands on the store's node) says."""
        self._link = link
        self._live = live
        self._rev: int = live.get("revision", 0)
        self._types = set(rows.read_types(live))
        self._opened = time.monotonic()
        self._plan = AS_PLANNED if sum(live.get("counts", {}).get(Viewer.STAFF.value, {}).values()) >= SETTLED else ""

    def _ask(self, query: str, /, **parameters: Any) -> list[list[Any]]:  # noqa: ANN401 - what Cypher takes
        self._still_whole()
        return self._link.read(self._plan + query, {"rev": self._rev, **parameters})

    def _many(self, query: str, /, **parameters: Any) -> list[list[Any]]:  # noqa: ANN401 - as above
        """Return the rows of a query that packs them in one list."""
        [[packed]] = self._ask(query, **parameters)
        return cast("list[list[Any]]", packed)

    def _still_whole(self) -> None:
        """Refuse to read a revision whose relationships may have been swept away.

        Raises:
            StoreError: A later write swept what this revision needs.
        """
        if time.monotonic() - self._opened < FRESH:
            return
        swept = self._link.read(queries.SWEPT, {})
        if swept and (swept[0][0] or 0) > self._rev:
            raise StoreError(
                nl=f"Revisie {self._rev} is intussen opgeruimd. Stel de vraag opnieuw.",
                en=f"Revision {self._rev} has been cleared away meanwhile. Ask again.",
            )
        self._opened = time.monotonic()

    def _paged(self, query: str, ns: Iterable[int], /, **parameters: Any) -> Iterator[list[Any]]:  # noqa: ANN401 - as above
        for batch in rows.batches(sorted(set(ns)), PAGE):
            yield from self._many(query, ns=batch, **parameters)

    # -- numbers and datasets

    def state(self) -> State:
        return rows.read_state(self._live)

    def datasets(self) -> list[DatasetRow]:
        return [DatasetRow(*row) for row in self._ask(queries.DATASETS)]

    def counts(self, viewer: Viewer) -> dict[str, int]:
        counts: Mapping[str, int] = self._live.get("counts", {}).get(viewer.value, {})
        return {kind: count for kind, count in sorted(counts.items()) if count}

    # -- for viewers

    def cards(self, viewer: Viewer, ns: Iterable[int]) -> dict[int, Card]:
        found = self._paged(queries.CARDS, ns, seeing=rows.SEEING[viewer])
        return {card.n: card for card in (rows.read_card(text) for [text] in found)}

    def ranked(
        self, viewer: Viewer, words: Sequence[str], filters: Filters, after: Rank | None, limit: int
    ) -> list[Hit]:
        if not self._rev:
            return []  # nothing was ever written, not even the indexes
        return Search(self._ask, viewer, words, filters, after, limit).hits()

    def near(self, viewer: Viewer, south: float, west: float, north: float, east: float) -> Iterator[Card]:
        box = {"south": max(south, -90), "west": max(west, -180), "north": min(north, 90), "east": min(east, 180)}
        for [text] in self._many(queries.NEAR, seeing=rows.SEEING[viewer], **box):
            yield rows.read_card(text)

    def arcs(self, viewer: Viewer, wanted: Sequence[Wanted], limit: int, kinds: Sequence[str] = ()) -> Iterator[Arc]:
        types = [TIE_TYPES[kind] for kind in kinds if kind in TIE_TYPES] if kinds else None
        for batch in rows.batches(wanted, WANTED):
            clusters = self._clusters(viewer, (want.n for want in batch))
            seen = [want for want in batch if want.n in clusters]
            asked = [[*clusters[want.n], want.floor] for want in seen]
            top = limit + max((want.offset for want in seen), default=0)
            first = Counter({i: -want.offset for i, want in enumerate(seen)})
            for i, *row in self._many(queries.ARCS, wanted=asked, types=types, top=top, **_eyes(viewer)):
                if 0 <= first[i] < limit:
                    yield rows.arc(asked[i][0], row)
                first[i] += 1

    def _clusters(self, viewer: Viewer, ns: Iterable[int]) -> dict[int, tuple[int, list[int]]]:
        """Return, of each of these nodes that `viewer` sees, the leading node of its cluster and all nodes in it."""
        found = self._paged(queries.CLUSTERS, ns, **_eyes(viewer))
        return {n: (lead, [lead, *joined]) for n, lead, joined in found}

    def _members_of_leads(self, viewer: Viewer, ns: Iterable[int]) -> dict[int, int]:
        """Return the leading node of every node in the clusters that some of `ns` lead."""
        clusters = self._clusters(viewer, ns).items()
        return {member: n for n, (lead, members) in clusters if lead == n for member in members}

    def tie_counts(self, viewer: Viewer, n: int) -> dict[tuple[str, bool], int]:
        lead, members = self._clusters(viewer, [n]).get(n, (n, []))
        counted = self._ask(queries.TIE_COUNTS, members=members, at=lead, **_eyes(viewer))
        return {(KIND_OF[kind], out): count for kind, out, count in counted}

    def ties_at(self, viewer: Viewer, n: int, kind: str, out: bool, offset: int, limit: int) -> list[Arc]:
        if kind not in TIE_TYPES:
            return []
        lead, members = self._clusters(viewer, [n]).get(n, (n, []))
        query = queries.TIES_AT[kind, out]
        found = self._ask(query, members=members, at=lead, offset=offset, limit=limit, **_eyes(viewer))
        return [Arc(lead, other, out, kind, *rest) for other, *rest in found]

    def ties_among(self, viewer: Viewer, ns: Sequence[int]) -> Iterator[Arc]:
        lead_of = self._members_of_leads(viewer, ns)
        hubs = {n: (outgoing, incoming) for n, outgoing, incoming in self._paged(queries.HUBS, lead_of, many=HUB)}
        eyes = {**_eyes(viewer), "leads": sorted(set(lead_of.values()))}
        for row in self._paged(queries.TIES_AMONG, lead_of.keys() - hubs.keys(), hubs=sorted(hubs), **eyes):
            yield from _among(row, lead_of)
        for place, query in enumerate(queries.HUBS_AMONG.values()):
            sources, targets = ([n for n in sorted(hubs) if hubs[n][side][place]] for side in (0, 1))
            if sources and targets:
                for row in self._many(query, sources=sources, targets=targets, **eyes):
                    yield from _among(row, lead_of)

    def every_card(self, viewer: Viewer) -> Iterator[Card]:
        for batch in rows.batches(self._leads(viewer), PAGE):
            yield from self.cards(viewer, batch).values()

    def every_tie(self, viewer: Viewer, kinds: Sequence[str]) -> Iterator[Ties]:
        leads, types = self._leads(viewer), [TIE_TYPES[kind] for kind in kinds if kind in TIE_TYPES]
        for batch in rows.batches(leads, WANTED):
            found = self._many(queries.TIES_FROM, ns=batch, types=types, seeing=rows.SEEING[viewer])
            kept = [
                (leads[source], leads[target], KIND_OF[kind], ref, body)
                for source, target, kind, ref, body in found
                if target in leads and leads[source] != leads[target]
            ]
            if kept:
                yield Ties(*zip(*kept, strict=True))

    def every_tie_at(self, viewer: Viewer, ns: Iterable[int], kinds: Sequence[str], *, out: bool) -> Iterator[Arc]:
        lead_of = self._members_of_leads(viewer, ns)
        types = [TIE_TYPES[kind] for kind in kinds if kind in TIE_TYPES]
        for batch in rows.batches(sorted(lead_of), WANTED):
            for n, other, *rest in self._many(queries.TIES_AT_ALL[out], ns=batch, types=types, **_eyes(viewer)):
                if lead_of[n] != other:
                    yield rows.arc(lead_of[n], (other, *rest))

    def every_offer(self, viewer: Viewer) -> Iterator[OfferRow]:
        leads = self._leads(viewer)
        offers = self.offer_rows(leads)
        return (row._replace(n=leads[row.n]) for row in offers if row.mask & viewer.bit)

    def _leads(self, viewer: Viewer) -> dict[int, int]:
        """Return the leading node of every node whose cluster `viewer` sees."""
        return {node.n: node.lead(viewer) for node in self.all_nodes() if node.mask & viewer.bit}

    # -- records and identity

    def nodes(self, ns: Iterable[int]) -> dict[int, Node]:
        return {node.n: node for node in self._at(self._paged(queries.NODES, ns))}

    def _at(self, found: Iterable[Sequence[Any]]) -> Iterator[Node]:
        for row in found:
            if node := rows.node_at(row, self._rev):
                yield node

    def nodes_by_id(self, ids: Iterable[str]) -> dict[str, Node]:
        wanted = set(ids) - {""}
        return {node.id: node for node in self._by_text(queries.NODES_BY_ID, wanted) if node.id in wanted}

    def nodes_by_key(self, keys: Iterable[str]) -> dict[str, Node]:
        wanted = set(keys) - {""}
        return {node.key: node for node in self._by_text(queries.NODES_BY_KEY, wanted) if node.key in wanted}

    def _by_text(self, query: str, texts: Iterable[str]) -> Iterator[Node]:
        """Yield the nodes that have one of these texts, and those that changed theirs lately."""
        for batch in rows.batches(sorted(texts), PAGE):
            yield from self._at(self._many(query, texts=batch))
        yield from self._at(self._many(queries.RENAMED))

    def all_nodes(self) -> Iterator[Node]:
        after = 0
        while page := self._many(queries.ALL_NODES, after=after, limit=LONG_PAGE):
            yield from self._at(page)
            after = page[-1][0]

    def members(self, viewer: Viewer, ns: Iterable[int]) -> dict[int, list[int]]:
        found = self._paged(queries.MEMBERS, ns, **_eyes(viewer))
        return {n: sorted([n, *joined]) for n, leads, joined in found if leads}

    def digests(self, table: Table, dataset: str) -> Iterator[int]:
        for text in self._types_of(table):
            yield from (row[0] for row in self._by_digest(queries.DIGESTS[text], dataset))

    def records(self, table: Table, dataset: str) -> Iterator[Row]:
        each = [self._by_digest(queries.RECORDS[text], dataset) for text in self._types_of(table)]
        return (rows.table_row(table, row) for _, row in merge(*each, key=lambda found: found[0]))

    def _types_of(self, table: Table) -> list[str]:
        """Return the types of a table's records that there are: each that is asked for is a query to plan."""
        return [text for text in rows.TYPES[table] if text in self._types]

    def _by_digest(self, query: str, dataset: str) -> Iterator[list[Any]]:
        """Yield the rows of a query that gives them in order of digest, a page at a time."""
        start = SMALLEST
        while page := self._many(query, dataset=dataset, start=start, limit=LONG_PAGE):
            yield from page
            if len(page) < LONG_PAGE or page[-1][0] == -SMALLEST - 1:
                return
            start = page[-1][0] + 1

    def actor_rows(self, ns: Iterable[int]) -> Iterator[ActorRow]:
        return self._about(queries.ACTOR_ROWS, rows.actor_row, ns)

    def offer_rows(self, ns: Iterable[int]) -> Iterator[OfferRow]:
        return self._about(queries.OFFER_ROWS, rows.offer_row, ns)

    def figure_rows(self, ns: Iterable[int]) -> Iterator[FigureRow]:
        wanted = set(ns)
        if 0 in wanted:
            yield from sorted(map(rows.figure_row, self._many(queries.SECTOR_FIGURES)), key=_by_node)
        yield from self._about(queries.FIGURE_ROWS, rows.figure_row, wanted - {0})

    def _about(self, query: str, make: Callable[[rows.Result], About], ns: Iterable[int]) -> Iterator[About]:
        """Yield the records of these nodes that a query finds, in order."""
        for batch in rows.batches(sorted(set(ns)), PAGE):
            yield from sorted(map(make, self._many(query, ns=batch)), key=_by_node)

    def claimants(self, claims: Iterable[str]) -> Iterator[tuple[str, int, int]]:
        wanted = set(claims)
        whole = {rows.claim_key(claim): claim for claim in wanted}
        for batch in rows.batches(sorted(whole), PAGE):
            yield from ((whole[key], n, mask) for key, n, mask in self._many(queries.CLAIMANTS, claims=batch))
        for key, node in self.nodes_by_key(wanted).items():
            if not node.id:
                yield key, node.n, EVERYONE

    def pairs(self, ns: Iterable[int] | None) -> Iterator[tuple[int, int, int]]:
        if ns is not None:
            yield from ((n, other, mask) for n, other, mask in self._paged(queries.PAIRS, ns))
            return
        for dataset in [name for [name] in self._ask(queries.DATASET_NAMES)]:
            for text in self._types_of(Table.TIES):
                found = self._by_digest(queries.ALL_PAIRS[text], dataset)
                yield from ((n, other, mask) for _, n, other, mask in found)

    def judgements(self) -> list[Judgement]:
        return [Judgement._make((*row[:-1], tuple(row[-1]))) for row in self._ask(queries.JUDGEMENTS)]


def _by_node(row: ActorRow | OfferRow | FigureRow) -> tuple[int, str, int]:
    return row.n, row.dataset, row.digest


def _eyes(viewer: Viewer) -> dict[str, Any]:
    return {"seeing": rows.SEEING[viewer], "lead": rows.LEAD[viewer]}


def _among(row: Sequence[Any], lead_of: Mapping[int, int]) -> Iterator[Arc]:
    """Yield the tie as met from its source, unless both ends are of one cluster."""
    n, other, out, kind, *rest = row
    at = lead_of[n]
    if at != other:
        source, target = (at, other) if out else (other, at)
        yield rows.arc(source, (target, True, kind, *rest))
