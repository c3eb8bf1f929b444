"""Ties as a viewer meets them: between leading nodes, in the order of the port, read from indexes in that order.

Most nodes lead their own cluster; ties to these stand in the index in the very order in which they are asked for.
Ties to the few others are found by a small index of their own, sorted, and merged in.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from heapq import merge
from itertools import compress, islice
from typing import Any

from graph.model import Viewer
from graph.stored import Arc, Ties, Wanted
from graph.stores.embedded_cards import SHARED, own
from graph.stores.embedded_connection import Connection, Row

LEAST = 5e-324  # the smallest bound of a tie that is walked
HUB = 2_000  # contacts from which an actor's ties are read from their other ends

# Per direction: the end met at, the other end, the index, the index of ties to moved others.
_OUT = {"at": "source", "other": "target", "index": "ties_out", "odd": "ties_to_moved", "flag": "moved & 2", "out": "1"}
_IN = {"at": "target", "other": "source", "index": "ties_in", "odd": "ties_from_moved", "flag": "moved & 1", "out": "0"}

_STRAIGHT = """
    SELECT t.bound, t.{other}, k.term, t.ref, d.term, t.digest, {out}, t.body
    FROM ties t INDEXED BY {index} CROSS JOIN nodes o CROSS JOIN terms k CROSS JOIN terms d
    WHERE t.{at} = :n AND t.bound >= :floor AND t.mask & :bit{only}
      AND o.n = t.{other} AND o.leads_{viewer} = o.n AND o.mask & :bit AND t.{other} <> :lead
      AND k.k = t.kind AND d.k = t.dataset"""
_MOVED = """
    SELECT t.bound, o.leads_{viewer}, k.term, t.ref, d.term, t.digest, {out}, t.body
    FROM ties t INDEXED BY {odd} CROSS JOIN nodes o CROSS JOIN terms k CROSS JOIN terms d
    WHERE t.{at} = :n AND t.{flag} AND t.bound >= :floor AND t.mask & :bit{only}
      AND o.n = t.{other} AND o.leads_{viewer} <> o.n AND o.mask & :bit AND o.leads_{viewer} <> :lead
      AND k.k = t.kind AND d.k = t.dataset"""


def _arcs_sql(viewer: Viewer, *, only: bool) -> str:
    """Return the query for the walkable ties at one node, `only` of the kinds in `:kinds`."""
    narrowed = " AND t.kind IN (SELECT value FROM json_each(:kinds))" if only else ""
    parts = (part.format(viewer=viewer, only=narrowed, **way) for way in (_OUT, _IN) for part in (_STRAIGHT, _MOVED))
    return " UNION ALL ".join(parts) + " ORDER BY 1 DESC, 2, 3, 4, 5, 6 LIMIT :limit OFFSET :offset"


_ARCS = {(viewer, only): _arcs_sql(viewer, only=only) for viewer in Viewer for only in (False, True)}


def arcs(
    connection: Connection, viewer: Viewer, wanted: Sequence[Wanted], limit: int, kinds: Sequence[str]
) -> Iterator[Arc]:
    """Yield what `Snapshot.arcs` promises."""
    leads = leading(connection, viewer, {want.n for want in wanted})
    clusters = members(connection, viewer, set(leads.values()))
    sql = _ARCS[viewer, bool(kinds)]
    values = {"bit": viewer.bit, "kinds": _listed(connection, kinds) if kinds else ""}
    for want in wanted:
        if want.n not in leads:
            continue
        lead = leads[want.n]
        values |= {"lead": lead, "floor": max(want.floor, LEAST)}
        for row in _page(connection, sql, values, clusters[lead], want.offset, limit):
            yield _arc(lead, row)


def _page(
    connection: Connection, sql: str, values: dict[str, object], cluster: Sequence[int], offset: int, limit: int
) -> Iterator[Row]:
    """Yield a page of the ties at a cluster; ties of several members are merged in order."""
    if len(cluster) == 1:
        return connection.rows(sql, values | {"n": cluster[0], "limit": limit, "offset": offset})
    each = [connection.rows(sql, values | {"n": n, "limit": offset + limit, "offset": 0}) for n in cluster]
    return islice(merge(*each, key=lambda row: (-row[0], *row[1:6])), offset, offset + limit)


def _arc(at: int, row: Row) -> Arc:
    bound, other, kind, ref, dataset, _digest, out, body = row
    return Arc(at, other, bool(out), kind, ref, bound, dataset, body)


_COUNTS = """
    SELECT k.term, count(*)
    FROM json_each(:members) m CROSS JOIN ties t INDEXED BY {index} CROSS JOIN nodes o CROSS JOIN terms k
    WHERE t.{at} = m.value AND t.mask & :bit
      AND o.n = t.{other} AND o.mask & :bit AND o.leads_{viewer} <> :lead AND k.k = t.kind
    GROUP BY t.kind"""

_AT = """
    SELECT t.bound, o.leads_{viewer}, :kind_term, t.ref, d.term, t.digest, {out}, t.body
    FROM json_each(:members) m CROSS JOIN ties t INDEXED BY {index}
      CROSS JOIN nodes o CROSS JOIN cards c CROSS JOIN terms d
    WHERE t.{at} = m.value AND t.kind = :kind AND t.mask & :bit
      AND o.n = t.{other} AND o.mask & :bit AND o.leads_{viewer} <> :lead
      AND c.r IN (o.leads_{viewer} + :own, o.leads_{viewer} + :shared) AND d.k = t.dataset
    ORDER BY c.less, c.names, o.leads_{viewer}, t.ref, d.term, t.digest LIMIT :limit OFFSET :offset"""


def tie_counts(connection: Connection, viewer: Viewer, n: int) -> dict[tuple[str, bool], int]:
    """Return what `Snapshot.tie_counts` promises."""
    values = _cluster(connection, viewer, n)
    if values is None:
        return {}
    return {
        (kind, way is _OUT): count
        for way in (_OUT, _IN)
        for kind, count in connection.rows(_COUNTS.format(viewer=viewer, **way), values)
    }


def ties_at(connection: Connection, viewer: Viewer, n: int, kind: str, out: bool, page: tuple[int, int]) -> list[Arc]:
    """Return what `Snapshot.ties_at` promises; `page` is offset and limit."""
    values = _cluster(connection, viewer, n)
    terms = _terms(connection, (kind,))
    if values is None or not terms:
        return []
    values |= {"kind": terms[kind], "kind_term": kind, "own": own(viewer), "shared": SHARED}
    values |= {"offset": page[0], "limit": page[1]}
    sql = _AT.format(viewer=viewer, **(_OUT if out else _IN))
    return [_arc(values["lead"], row) for row in connection.rows(sql, values)]


def _cluster(connection: Connection, viewer: Viewer, n: int) -> dict[str, Any] | None:
    """Return the values that queries at `n`'s cluster take, or None if the viewer does not see it."""
    lead = leading(connection, viewer, (n,)).get(n)
    if lead is None:
        return None
    cluster = members(connection, viewer, (lead,))[lead]
    return {"lead": lead, "members": json.dumps(cluster), "bit": viewer.bit}


_AMONG = """
    SELECT t.bound, t.source, t.target, t.kind, t.ref, t.dataset, t.body
    FROM json_each(:from) f CROSS JOIN ties t INDEXED BY {index}
    WHERE t.{at} = f.value AND t.{other} IN (SELECT value FROM json_each(:to)) AND t.mask & :bit"""


def ties_among(connection: Connection, viewer: Viewer, ns: Sequence[int]) -> Iterator[Arc]:
    """Yield what `Snapshot.ties_among` promises. Ties of a hub are found at their other ends, where there are few."""
    contacts = _contacts(connection, viewer, set(ns))
    lead_of = _lead_of_each(connection, viewer, contacts)
    large = [n for n, lead in lead_of.items() if contacts[lead] >= HUB]
    small = [n for n, lead in lead_of.items() if contacts[lead] < HUB]
    for way, start, goal in ((_OUT, small, lead_of), (_IN, small, large), (_OUT, large, large)):
        yield from _among(connection, viewer, way, (start, goal), lead_of)


def ties_between(connection: Connection, viewer: Viewer, pairs: Collection[tuple[int, int]]) -> Iterator[Arc]:
    """Yield what `Snapshot.ties_between` promises. Ties are looked for among those of the first of each pair."""
    lead_of = _lead_of_each(connection, viewer, _leads(connection, viewer, {n for pair in pairs for n in pair}))
    ends = [[n for n, lead in lead_of.items() if lead in side] for side in map(set, zip(*pairs, strict=True))]
    for way in (_OUT, _IN) if ends else ():
        for arc in _among(connection, viewer, way, (ends[0], ends[1]), lead_of):
            if ((arc.at, arc.other) if way is _OUT else (arc.other, arc.at)) in pairs:
                yield arc


def _among(
    connection: Connection,
    viewer: Viewer,
    way: Mapping[str, str],
    ends: tuple[Iterable[int], Iterable[int]],
    lead_of: Mapping[int, int],
) -> Iterator[Arc]:
    """Yield the ties between nodes and others, looked for at those named first; not those within a cluster."""
    values = {"from": json.dumps([*ends[0]]), "to": json.dumps([*ends[1]]), "bit": viewer.bit}
    if "[]" in (values["from"], values["to"]):
        return
    terms = _every_term(connection)
    for bound, source, target, kind, ref, dataset, body in connection.rows(_AMONG.format(**way), values):
        if (at := lead_of[source]) != (other := lead_of[target]):
            yield Arc(at, other, True, terms[kind], ref, bound, terms[dataset], body)


_EVERY = """
    SELECT t.source << 32 | t.target, t.kind, t.ref, t.body FROM ties t
    WHERE t.kind IN (SELECT value FROM json_each(:kinds)) AND t.mask & :bit"""


def every_tie(connection: Connection, viewer: Viewer, kinds: Sequence[str]) -> Iterator[Ties]:
    """Yield what `Snapshot.every_tie` promises. Who leads is looked up here: SQLite takes twice as long to join by the million."""
    import numpy as np  # which is slow to load

    values = {"bit": viewer.bit, "kinds": _listed(connection, kinds)}
    lead_of, terms = np.array(_lead_of(connection, viewer)), _every_term(connection)
    for ends, numbers, refs, bodies in connection.columns(_EVERY, values):
        both = np.array(ends)
        at, other = lead_of[both >> 32], lead_of[both & 0xFFFFFFFF]
        kept, told = (at > 0) & (other > 0) & (at != other), tuple(terms[number] for number in numbers)
        if not kept.all():
            at, other = at[kept], other[kept]
            told, refs, bodies = (tuple(compress(column, kept.tolist())) for column in (told, refs, bodies))
        yield Ties(at.tolist(), other.tolist(), told, refs, bodies)


def _lead_of(connection: Connection, viewer: Viewer) -> list[int]:
    """Return, by number, the node that leads each node's cluster; 0 for those that the viewer does not see."""
    lead_of = list(range((connection.value("SELECT max(n) FROM nodes") or 0) + 1))
    sql = f"""SELECT n, iif(mask & :bit, leads_{viewer}, 0) FROM nodes
              WHERE leads_{viewer} <> n OR NOT mask & :bit"""  # noqa: S608 - the viewer's column
    for n, lead in connection.rows(sql, {"bit": viewer.bit}):
        lead_of[n] = lead
    return lead_of


_EVERY_AT = """
    SELECT f.value, o.leads_{viewer}, t.kind, t.ref, t.bound, t.dataset, t.body
    FROM json_each(:members) f CROSS JOIN ties t INDEXED BY {index} CROSS JOIN nodes o
    WHERE t.{at} = f.value AND t.kind IN (SELECT value FROM json_each(:kinds)) AND t.mask & :bit
      AND o.n = t.{other} AND o.mask & :bit"""


def every_tie_at(
    connection: Connection, viewer: Viewer, ns: Iterable[int], kinds: Sequence[str], *, out: bool
) -> Iterator[Arc]:
    """Yield what `Snapshot.every_tie_at` promises."""
    lead_of = _lead_of_each(connection, viewer, _leads(connection, viewer, ns))
    values = {"members": json.dumps(list(lead_of)), "kinds": _listed(connection, kinds), "bit": viewer.bit}
    sql, terms = _EVERY_AT.format(viewer=viewer, **(_OUT if out else _IN)), _every_term(connection)
    for n, other, kind, ref, bound, dataset, body in connection.rows(sql, values):
        if (at := lead_of[n]) != other:
            yield Arc(at, other, out, terms[kind], ref, bound, terms[dataset], body)


def _contacts(connection: Connection, viewer: Viewer, ns: Iterable[int]) -> dict[int, int]:
    """Return how many contacts each of these nodes has that leads a cluster which the viewer sees."""
    sql = """SELECT w.value, -c.less FROM json_each(:ns) w CROSS JOIN cards c
             WHERE c.r IN (w.value + :own, w.value + :shared)"""
    return dict(connection.rows(sql, {"ns": json.dumps(sorted(ns)), "own": own(viewer), "shared": SHARED}))


def _leads(connection: Connection, viewer: Viewer, ns: Iterable[int]) -> set[int]:
    """Return those of the nodes that lead a cluster which the viewer sees."""
    return {n for n, lead in leading(connection, viewer, ns).items() if n == lead}


def _lead_of_each(connection: Connection, viewer: Viewer, leads: Iterable[int]) -> dict[int, int]:
    """Return every node of the clusters that these nodes lead, with who leads it."""
    return {n: lead for lead, cluster in members(connection, viewer, leads).items() for n in cluster}


def leading(connection: Connection, viewer: Viewer, ns: Iterable[int]) -> dict[int, int]:
    """Return, for those of the nodes whose cluster the viewer sees, the node that leads it."""
    sql = f"""SELECT o.n, o.leads_{viewer} FROM json_each(?) w CROSS JOIN nodes o
              WHERE o.n = w.value AND o.mask & ?"""  # noqa: S608 - the viewer's column
    return dict(connection.rows(sql, (json.dumps(list(ns)), viewer.bit)))


def members(connection: Connection, viewer: Viewer, leads: Iterable[int]) -> dict[int, list[int]]:
    """Return the clusters that these leading nodes lead, each in order of `n`."""
    found = {lead: [lead] for lead in leads}
    sql = f"""SELECT o.leads_{viewer}, o.n FROM json_each(?) w CROSS JOIN nodes o INDEXED BY nodes_led_{viewer}
              WHERE o.leads_{viewer} = w.value AND o.leads_{viewer} <> o.n"""  # noqa: S608 - the viewer's column
    for lead, n in connection.rows(sql, (json.dumps(list(found)),)):
        found[lead].append(n)
    return {lead: sorted(cluster) for lead, cluster in found.items()}


def _terms(connection: Connection, words: Sequence[str]) -> dict[str, int]:
    """Return the numbers of those of the words that the store knows."""
    return dict(connection.rows(f"SELECT term, k FROM terms WHERE term IN ({places(words)})", words))  # noqa: S608


def _every_term(connection: Connection) -> dict[int, str]:
    """Return all terms by number: one text for each, however many rows have it."""
    return dict(connection.rows("SELECT k, term FROM terms"))


def _listed(connection: Connection, kinds: Sequence[str]) -> str:
    """Return the numbers of the kinds that the store knows, as `json_each` takes them."""
    return json.dumps(list(_terms(connection, kinds).values()))


def places(words: Sequence[str]) -> str:
    """Return a question mark for each word, as `IN` takes them."""
    return ",".join("?" * len(words))
