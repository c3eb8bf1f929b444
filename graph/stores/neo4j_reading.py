"""The queries by which a revision is read; see `graph.stores.neo4j_types`."""

from graph.stores.neo4j_types import (
    ACTOR,
    FIGURE,
    OFFER,
    OFFERS,
    OTHER,
    RECORD_TYPES,
    STANCE_TYPES,
    STATE,
    TIE,
    TIE_TYPES,
    TIES,
    alive,
    seen,
)

SWEPT = "MATCH (w:Weefsel) RETURN w.swept"

# -- nodes

_NODE = "collect([a.n, coalesce(a.id, ''), coalesce(a.key, ''), a.state, a.names])"
NODES = f"UNWIND $ns AS n MATCH (a:Actor {{n: n}}) RETURN {_NODE}"
NODES_BY_ID = f"UNWIND $texts AS text MATCH (a:Actor {{id: text}}) RETURN {_NODE}"
NODES_BY_KEY = f"UNWIND $texts AS text MATCH (a:Actor {{key: text}}) RETURN {_NODE}"
RENAMED = f"MATCH (a:Renamed) RETURN {_NODE}"
ALL_NODES = f"MATCH (a:Actor) WHERE a.n > $after WITH a ORDER BY a.n LIMIT $limit RETURN {_NODE}"
MEMBERS = f"""
UNWIND $ns AS n MATCH (b:Actor {{n: n}})
WITH n, b, {STATE} AS s WHERE s IS NOT NULL
RETURN collect([n, CASE WHEN s[$lead] IN [0, n] THEN 1 ELSE 0 END,
  [(b)<-[j:JOINED]-(m:Actor) WHERE {seen("j")} | m.n]])
"""
CLUSTERS = f"""
UNWIND $ns AS n MATCH (b:Actor {{n: n}})
WITH n, b, {STATE} AS s WHERE s[1] IN $seeing
WITH n, {OTHER} AS at MATCH (l:Actor {{n: at}})
RETURN collect([n, at, [(l)<-[j:JOINED]-(m:Actor) WHERE {seen("j")} | m.n]])
"""

# -- datasets, judgements, records

DATASETS = f"""
MATCH (:Weefsel)-[r:KEEPS]->(d:Dataset) WHERE {alive("r")}
RETURN d.name, r.mask, r.date, r.speaker, r.revision, r.info, r.counts ORDER BY d.name
"""
DATASET_NAMES = "MATCH (d:Dataset) RETURN d.name ORDER BY d.name"
JUDGEMENTS = f"""
MATCH (:Weefsel)-[r:JUDGED]->() WHERE {alive("r")}
RETURN r.verdict, r.a, r.b, r.who, r.at, r.why, r.keys ORDER BY r.seq
"""
ACTOR_ROWS = (
    f"UNWIND $ns AS n MATCH (a:Actor {{n: n}})<-[r:SAYS]-(:Dataset) WHERE {alive('r')} RETURN collect([{ACTOR}])"
)
OFFER_ROWS = (
    f"UNWIND $ns AS n MATCH (a:Actor {{n: n}})-[r:{OFFERS}]->(b:Help) WHERE {alive('r')} RETURN collect([{OFFER}])"
)
FIGURE_ROWS = (
    f"UNWIND $ns AS n MATCH (b:Actor {{n: n}})<-[r:FIGURE]-(:Dataset) WHERE {alive('r')} RETURN collect([{FIGURE}])"
)
SECTOR_FIGURES = f"MATCH (b:Weefsel)<-[r:FIGURE]-(:Dataset) WHERE {alive('r')} RETURN collect([{FIGURE}])"
TIE_ROWS = f"""
UNWIND $ns AS n MATCH (:Actor {{n: n}})-[r:{TIES}]-(:Actor) WHERE {alive("r")}
WITH DISTINCT r, startNode(r) AS a, endNode(r) AS b RETURN collect([{TIE}])
"""
_DIGESTS = " WHERE r.dataset = $dataset AND r.digest >= $start AND {alive} WITH r ORDER BY r.dataset, r.digest LIMIT $limit RETURN collect([r.digest])"
DIGESTS = {
    t: f"MATCH ()-[r:{t}]->() USING INDEX r:{t}(dataset, digest)" + _DIGESTS.replace("{alive}", alive("r"))
    for t in RECORD_TYPES
}


def _records(text: str, told: str) -> str:
    return (
        f"MATCH (a)-[r:{text}]->(b) USING INDEX r:{text}(dataset, digest)"
        f" WHERE r.dataset = $dataset AND r.digest >= $start AND {alive('r')}"
        f" WITH a, r, b ORDER BY r.dataset, r.digest LIMIT $limit RETURN collect([r.digest, [{told}]])"
    )


RECORDS = {
    "SAYS": _records("SAYS", ACTOR.replace("a.n", "b.n")),
    "FIGURE": _records("FIGURE", FIGURE),
    **{text: _records(text, OFFER) for text in STANCE_TYPES.values()},
    **{text: _records(text, TIE) for text in TIE_TYPES.values()},
}
CLAIMANTS = f"""
UNWIND $claims AS claim MATCH (a:Actor)-[k:CLAIMS]->(:Dataset) WHERE k.claim = claim AND {alive("k")}
RETURN collect([claim, a.n, k.mask])
"""
PAIRS = f"""
UNWIND $ns AS n MATCH (a:Actor {{n: n}})-[r:{TIES}]-(b:Actor) WHERE r.bound > 0 AND {alive("r")}
RETURN collect([n, b.n, r.mask])
"""
ALL_PAIRS = {
    text: f"MATCH (a)-[r:{text}]->(b) USING INDEX r:{text}(dataset, digest)"
    f" WHERE r.dataset = $dataset AND r.digest >= $start AND r.bound > 0 AND {alive('r')}"
    " WITH a, r, b ORDER BY r.dataset, r.digest LIMIT $limit RETURN collect([r.digest, a.n, b.n, r.mask])"
    for text in TIE_TYPES.values()
}

# -- ties as viewers see them

ARCS = f"""
UNWIND range(0, size($wanted) - 1) AS i WITH i, $wanted[i] AS w
CALL (w) {{
  UNWIND w[1] AS n MATCH (m:Actor {{n: n}})-[r:{TIES}]-(b:Actor)
  WHERE r.bound > 0 AND r.bound >= w[2] AND {seen("r")} AND ($types IS NULL OR type(r) IN $types)
  WITH m, r, b, {STATE} AS s WHERE s[1] IN $seeing
  WITH startNode(r) = m AS out, r, {OTHER} AS other WHERE other <> w[0]
  RETURN other, out, r
  ORDER BY r.bound DESC, other, toLower(type(r)), r.ref, r.dataset, r.digest LIMIT $top
}}
RETURN collect([i, other, out, type(r), r.ref, r.bound, r.dataset, r.body])
"""
TIES_FROM = f"""
UNWIND $ns AS n MATCH (a:Actor {{n: n}})-[r:{TIES}]->(b:Actor) WHERE type(r) IN $types AND {seen("r")}
RETURN collect([n, b.n, type(r), r.ref, r.body])
"""
TIES_AT_ALL = {
    out: f"UNWIND $ns AS n MATCH (m:Actor {{n: n}}){left}[r:{TIES}]{right}(b:Actor)"
    f" WHERE type(r) IN $types AND {seen('r')} WITH n, r, b, {STATE} AS s WHERE s[1] IN $seeing"
    f" RETURN collect([n, {OTHER}, {'true' if out else 'false'}, type(r), r.ref, r.bound, r.dataset, r.body])"
    for out, left, right in ((True, "-", "->"), (False, "<-", "-"))
}
TIE_COUNTS = f"""
UNWIND $members AS n MATCH (m:Actor {{n: n}})-[r:{TIES}]-(b:Actor) WHERE {seen("r")}
WITH m, r, b, {STATE} AS s WHERE s[1] IN $seeing
WITH type(r) AS kind, startNode(r) = m AS out, {OTHER} AS other WHERE other <> $at
RETURN kind, out, count(*)
"""


def _ties_at(text: str, arrows: tuple[str, str]) -> str:
    return f"""
UNWIND $members AS n MATCH (m:Actor {{n: n}}){arrows[0]}[r:{text}]{arrows[1]}(b:Actor) WHERE {seen("r")}
WITH r, b, {STATE} AS s WHERE s[1] IN $seeing
WITH r, {OTHER} AS other WHERE other <> $at
MATCH (o:Actor {{n: other}})-[c:SEEN_BY]->(:Viewer) WHERE {seen("c")}
WITH other, r, c ORDER BY c.contacts DESC, c.names, other, r.ref, r.dataset, r.digest SKIP $offset LIMIT $limit
RETURN other, r.ref, r.bound, r.dataset, r.body
"""


TIES_AT = {
    (kind, out): _ties_at(text, ("-", "->") if out else ("<-", "-"))
    for kind, text in TIE_TYPES.items()
    for out in (True, False)
}
HUBS = (
    f"UNWIND $ns AS n MATCH (a:Actor {{n: n}}) WITH n, a WHERE COUNT {{ (a)-[:{TIES}]-() }} > $many RETURN collect([n,"
    f" [{', '.join(f'COUNT {{ (a)-[:{text}]->() }} > 0' for text in TIE_TYPES.values())}],"
    f" [{', '.join(f'COUNT {{ (a)<-[:{text}]-() }} > 0' for text in TIE_TYPES.values())}]])"
)
_AMONG = f"""
WITH m, r, b, {STATE} AS s WHERE s[1] IN $seeing
WITH m, r, b, {OTHER} AS other WHERE other IN $leads
RETURN collect([m.n, other, startNode(r) = m, type(r), r.ref, r.bound, r.dataset, r.body])
"""
TIES_AMONG = f"""
UNWIND $ns AS n MATCH (m:Actor {{n: n}})-[r:{TIES}]-(b:Actor)
WHERE {seen("r")} AND (startNode(r) = m OR b.n IN $hubs) {_AMONG}
"""
HUBS_AMONG = {
    text: f"UNWIND $sources AS n MATCH (m:Actor {{n: n}}) UNWIND $targets AS k MATCH (b:Actor {{n: k}})"
    f" MATCH (m)-[r:{text}]->(b) WHERE {seen('r')} {_AMONG}"
    for text in TIE_TYPES.values()
}

# -- cards

CARDS = f"UNWIND $ns AS n MATCH (:Actor {{n: n}})-[c:SEEN_BY]->(:Viewer) WHERE {seen('c')} RETURN collect([c.card])"
NEAR = f"""
WITH point({{latitude: $south, longitude: $west}}) AS low, point({{latitude: $north, longitude: $east}}) AS high
MATCH ()-[c:SEEN_BY]->() WHERE point.withinBBox(c.at, low, high) AND {seen("c")} RETURN collect([c.card])
"""
