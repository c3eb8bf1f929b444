"""The Cypher of the Neo4j store: constant texts, made once from the closed vocabulary; values are always parameters.

Nodes never change their number; all that can change is *versioned*. A relationship is alive at revision `$rev` if it was
`born` by then and has not `died`. A node's `state` is a list of five numbers a version, newest first: since which
revision, mask, ever, leading node for the public, for staff (0: itself). One list is read as a whole, so that no
reader meets half of a change. `$seeing` lists the masks that a viewer sees.
Answers of many rows come packed: one row with the list of them, which the driver reads several times as fast.
"""

import re

from graph.vocabulary import vocabulary

_WORD = re.compile(r"^[a-z][a-z_]{0,40}$")


def _types(words: tuple[str, ...]) -> dict[str, str]:
    """Return the relationship type (or label) for each word of a closed list.

    Raises:
        ValueError: A word is no plain identifier, so that it cannot stand in a query.
    """
    if wrong := [word for word in words if not _WORD.match(word)]:
        raise ValueError(f"not a plain identifier: {', '.join(wrong)}")
    return {word: word.upper() for word in words}


TIE_TYPES = _types(tuple(vocabulary().tie_kinds))
STANCE_TYPES = _types(vocabulary().ids("stance"))
LABELS = {kind: text.capitalize() for kind, text in _types(vocabulary().ids("kind")).items()}
KIND_OF = {text: kind for kind, text in TIE_TYPES.items()}
STANCE_OF = {text: stance for stance, text in STANCE_TYPES.items()}
RECORD_TYPES = ("SAYS", "FIGURE", *STANCE_TYPES.values(), *TIE_TYPES.values())
VERSIONED = (*RECORD_TYPES, "CLAIMS", "JOINED", "SEEN_BY", "KEEPS", "JUDGED")
_TIES = "|".join(TIE_TYPES.values())
_OFFERS = "|".join(STANCE_TYPES.values())


def _alive(name: str) -> str:
    return f"{name}.born <= $rev AND ({name}.died IS NULL OR {name}.died > $rev)"


def _seen(name: str) -> str:
    return f"{_alive(name)} AND {name}.mask IN $seeing"


_STATE = (
    "CASE WHEN b.state[0] <= $rev THEN b.state"
    " ELSE [i IN range(5, size(b.state) - 5, 5) WHERE b.state[i] <= $rev | b.state[i..i + 5]][0] END"
)
_OTHER = "CASE s[$lead] WHEN 0 THEN b.n ELSE s[$lead] END"

# -- the store's own node: state, lock

LIVE = "MATCH (w:Weefsel) RETURN w.format, w.live, w.swept"
ANY_NODES = "MATCH (n) RETURN count(n)"
SWEPT = "MATCH (w:Weefsel) RETURN w.swept"
MAKE = (
    "MERGE (w:Weefsel {name: 'Weefsel'}) ON CREATE SET w.format = $format, w.n = 0"
    " WITH w UNWIND $viewers AS viewer MERGE (v:Viewer {name: viewer})"
)
MAKE_HELPS = "UNWIND $helps AS help MERGE (h:Help {id: help[0]}) SET h.name = help[1]"
SCHEMA_OF = "MATCH (w:Weefsel) RETURN w.schema"
SET_SCHEMA = "MATCH (w:Weefsel) SET w.schema = $schema"
TAKE = """
MATCH (w:Weefsel) SET w.asked = timestamp()
WITH w, w.holder IS NULL OR w.beat < timestamp() - $lease OR w.holder = $dead AS free
FOREACH (x IN CASE WHEN free THEN [1] ELSE [] END |
  SET w.holder = $token, w.who = $who, w.beat = timestamp(), w.since = timestamp())
RETURN free, w.holder, w.who, w.since, w.beat + $lease - timestamp(), w.unfinished, w.live, w.flipped, w.erase, w.mark_rev, w.mark_at,
  timestamp()
"""
HOLD = "MATCH (w:Weefsel {holder: $token}) SET w.beat = timestamp() RETURN w.beat"
BEGIN = "MATCH (w:Weefsel {holder: $token}) SET w.unfinished = true"
FLIP = """
MATCH (w:Weefsel {holder: $token}) SET w.live = $live, w.flipped = timestamp(), w.erase = $erase
REMOVE w.unfinished RETURN w.live
"""
RELEASE = "MATCH (w:Weefsel {holder: $token}) REMOVE w.holder, w.who, w.beat, w.since, w.asked"
TIDY = "MATCH (w:Weefsel {holder: $token}) REMOVE w.unfinished"
MARK = "MATCH (w:Weefsel) SET w.mark_rev = $rev, w.mark_at = $at"
SET_SWEPT = "MATCH (w:Weefsel) SET w.swept = $rev"
ERASED = "MATCH (w:Weefsel) REMOVE w.erase"
STORE_STATE = "MATCH (w:Weefsel) RETURN w.format, w.unfinished, w.holder, w.who, w.beat, timestamp()"
INDEXES = "SHOW INDEXES YIELD name, state WHERE state <> 'ONLINE' RETURN name, state"
COMPONENTS = "CALL dbms.components() YIELD name, versions RETURN name, versions[0]"

# -- sweeping

BORN_AFTER = f"MATCH ()-[r:{'|'.join(VERSIONED)}]->() WHERE r.born > $live RETURN elementId(r) LIMIT $limit"
DELETE = "UNWIND $ids AS i MATCH ()-[r]->() WHERE elementId(r) = i DELETE r"
REVIVE = {
    t: f"MATCH ()-[r:{t}]->() WHERE r.died > $live WITH r LIMIT $limit REMOVE r.died RETURN count(*)" for t in VERSIONED
}
BURY = {t: f"MATCH ()-[r:{t}]->() WHERE r.died <= $rev WITH r LIMIT $limit DELETE r RETURN count(*)" for t in VERSIONED}
NODES_AFTER = "MATCH (a:Actor) WHERE a.state[size(a.state) - 5] > $live RETURN a.n LIMIT $limit"
DELETE_NODES = "UNWIND $ns AS n MATCH (a:Actor {n: n}) DETACH DELETE a"
UNDO_NODES = """
MATCH (a:Actor) WHERE a.changed > $live WITH a LIMIT $limit
SET a.state = a.state[5..], a.names = CASE WHEN toInteger(a.names[0]) > $live THEN a.names[3..] ELSE a.names END
SET a.names = CASE WHEN size(a.names) > 3 THEN a.names ELSE null END
SET a.changed = CASE WHEN size(a.state) > 5 THEN a.state[0] ELSE null END
RETURN count(*)
"""
TRIM_NODES = """
MATCH (a:Actor) WHERE a.changed <= $rev WITH a LIMIT $limit
SET a.state = a.state[..5], a.changed = null
SET a.id = CASE WHEN a.names IS NULL THEN a.id WHEN a.names[1] = '' THEN null ELSE a.names[1] END,
    a.key = CASE WHEN a.names IS NULL THEN a.key WHEN a.names[2] = '' THEN null ELSE a.names[2] END,
    a.names = null
REMOVE a:Renamed
RETURN count(*)
"""
LONELY = "MATCH (d:Dataset) WHERE NOT (d)--() DELETE d"

# -- nodes

_NODE = "collect([a.n, coalesce(a.id, ''), coalesce(a.key, ''), a.state, a.names])"
NODES = f"UNWIND $ns AS n MATCH (a:Actor {{n: n}}) RETURN {_NODE}"
NEWEST_NODE = "MATCH (a:Actor) WHERE a.n > 0 RETURN a.n ORDER BY a.n DESC LIMIT 1"
NODES_BY_ID = f"UNWIND $texts AS text MATCH (a:Actor {{id: text}}) RETURN {_NODE}"
NODES_BY_KEY = f"UNWIND $texts AS text MATCH (a:Actor {{key: text}}) RETURN {_NODE}"
RENAMED = f"MATCH (a:Renamed) RETURN {_NODE}"
ALL_NODES = f"MATCH (a:Actor) WHERE a.n > $after WITH a ORDER BY a.n LIMIT $limit RETURN {_NODE}"
MEMBERS = f"""
UNWIND $ns AS n MATCH (b:Actor {{n: n}})
WITH n, b, {_STATE} AS s WHERE s IS NOT NULL
RETURN collect([n, CASE WHEN s[$lead] IN [0, n] THEN 1 ELSE 0 END,
  [(b)<-[j:JOINED]-(m:Actor) WHERE {_seen("j")} | m.n]])
"""
CLUSTERS = f"""
UNWIND $ns AS n MATCH (b:Actor {{n: n}})
WITH n, b, {_STATE} AS s WHERE s[1] IN $seeing
WITH n, {_OTHER} AS at MATCH (l:Actor {{n: at}})
RETURN collect([n, at, [(l)<-[j:JOINED]-(m:Actor) WHERE {_seen("j")} | m.n]])
"""
PUT_NODES = """
UNWIND $rows AS row CREATE (a:Actor {n: row[0], id: row[1], key: row[2], state: [$rev, row[3], row[4], row[5], row[6]]})
"""
PUT_AWAITED = """
UNWIND $rows AS row
CREATE (a:Actor:Awaited {n: row[0], key: row[2], name: row[2], state: [$rev, row[3], row[4], row[5], row[6]]})
"""
SET_NODES = """
UNWIND $rows AS row MATCH (a:Actor {n: row[0]})
SET a.state = [$rev, row[3], row[4], row[5], row[6]] + CASE a.state[0] WHEN $rev THEN a.state[5..] ELSE a.state END
SET a.changed = CASE WHEN size(a.state) > 5 THEN $rev ELSE null END
"""
RENAME = """
UNWIND $rows AS row MATCH (a:Actor {n: row[0]})
SET a:Renamed, a.changed = $rev,
  a.names = [toString($rev), row[1], row[2]] + CASE
    WHEN a.names IS NULL THEN [toString(a.state[size(a.state) - 5]), coalesce(a.id, ''), coalesce(a.key, '')]
    WHEN a.names[0] = toString($rev) THEN a.names[3..] ELSE a.names END
"""
JOIN = "UNWIND $rows AS row MATCH (a:Actor {n: row[0]}), (b:Actor {n: row[1]}) CREATE (a)-[:JOINED {mask: row[2], born: $rev}]->(b)"
PART = "UNWIND $ns AS n MATCH (:Actor {n: n})-[j:JOINED]->() WHERE j.died IS NULL SET j.died = $rev"

# -- datasets, judgements

DATASETS = f"""
MATCH (:Weefsel)-[r:KEEPS]->(d:Dataset) WHERE {_alive("r")}
RETURN d.name, r.mask, r.date, r.speaker, r.revision, r.info, r.counts ORDER BY d.name
"""
DATASET_NAMES = "MATCH (d:Dataset) RETURN d.name ORDER BY d.name"
NEED_DATASET = "MERGE (d:Dataset {name: $name})"
NEED_HELPS = "UNWIND $helps AS help MERGE (h:Help {id: help}) ON CREATE SET h.name = help"
FORGET_DATASET = "MATCH (:Weefsel)-[r:KEEPS]->(:Dataset {name: $name}) WHERE r.died IS NULL SET r.died = $rev"
PUT_DATASET = """
MATCH (w:Weefsel), (d:Dataset {name: $name})
CREATE (w)-[:KEEPS {mask: $mask, date: $date, speaker: $speaker, revision: $revision, info: $info, counts: $counts, born: $rev}]->(d)
"""
JUDGEMENTS = f"""
MATCH (:Weefsel)-[r:JUDGED]->() WHERE {_alive("r")}
RETURN r.verdict, r.a, r.b, r.who, r.at, r.why, r.keys ORDER BY r.seq
"""
PUT_JUDGEMENT = """
MATCH (w:Weefsel) OPTIONAL MATCH (w)-[r:JUDGED]->() WITH w, coalesce(max(r.seq), 0) + 1 AS seq
OPTIONAL MATCH (x:Actor {n: $a}) WITH w, seq, coalesce(x, w) AS about
CREATE (w)-[:JUDGED {verdict: $verdict, a: $a, b: $b, who: $who, at: $at, why: $why, keys: $keys, seq: seq, born: $rev}]->(about)
"""
DROP_JUDGEMENT = """
MATCH (:Weefsel)-[r:JUDGED]->() WHERE r.a = $a AND r.verdict = $verdict AND r.b = $b AND r.died IS NULL
SET r.died = $rev RETURN count(*)
"""

# -- records

_PUT_FIGURE = "{dataset: $dataset, digest: row[1], mask: row[2], body: row[3], born: $rev}"
PUT_ACTORS = """
MATCH (d:Dataset {name: $dataset}) UNWIND $rows AS row MATCH (a:Actor {n: row[0]})
CREATE (d)-[:SAYS {dataset: $dataset, digest: row[1], mask: row[2], claims: row[3], body: row[4], born: $rev}]->(a)
"""
PUT_CLAIMS = """
MATCH (d:Dataset {name: $dataset}) UNWIND $rows AS row MATCH (a:Actor {n: row[0]})
CREATE (a)-[:CLAIMS {claim: row[3], mask: row[2], digest: row[1], born: $rev}]->(d)
"""
PUT_TIES = {
    kind: "UNWIND $rows AS row MATCH (a:Actor {n: row[0]}) MATCH (b:Actor {n: row[1]})"
    f" CREATE (a)-[:{text} {{dataset: $dataset, digest: row[2], ref: row[3], mask: row[4], bound: row[5], body: row[6],"
    " role: row[7], status: row[8], since: row[9], until: row[10], born: $rev}]->(b)"
    for kind, text in TIE_TYPES.items()
}
PUT_OFFERS = {
    stance: "UNWIND $rows AS row MATCH (a:Actor {n: row[0]}) MATCH (h:Help {id: row[3]})"
    f" CREATE (a)-[:{text} {{dataset: $dataset, digest: row[1], mask: row[2], body: row[4], born: $rev}}]->(h)"
    for stance, text in STANCE_TYPES.items()
}
PUT_FIGURES = (
    "MATCH (d:Dataset {name: $dataset}) UNWIND $rows AS row MATCH (a:Actor {n: row[0]})"
    f" CREATE (d)-[:FIGURE {_PUT_FIGURE}]->(a)"
)
PUT_SECTOR_FIGURES = (
    "MATCH (d:Dataset {name: $dataset}) MATCH (w:Weefsel) UNWIND $rows AS row"
    f" CREATE (d)-[:FIGURE {_PUT_FIGURE}]->(w)"
)
_ACTOR = "r.dataset, r.digest, a.n, r.mask, r.claims, r.body"
_TIE = "r.dataset, r.digest, a.n, type(r), b.n, r.ref, r.mask, r.bound, r.body"
_OFFER = "r.dataset, r.digest, a.n, r.mask, type(r), b.id, r.body"
_FIGURE = "r.dataset, r.digest, b.n, r.mask, r.body"
ACTOR_ROWS = (
    f"UNWIND $ns AS n MATCH (a:Actor {{n: n}})<-[r:SAYS]-(:Dataset) WHERE {_alive('r')} RETURN collect([{_ACTOR}])"
)
OFFER_ROWS = (
    f"UNWIND $ns AS n MATCH (a:Actor {{n: n}})-[r:{_OFFERS}]->(b:Help) WHERE {_alive('r')} RETURN collect([{_OFFER}])"
)
FIGURE_ROWS = (
    f"UNWIND $ns AS n MATCH (b:Actor {{n: n}})<-[r:FIGURE]-(:Dataset) WHERE {_alive('r')} RETURN collect([{_FIGURE}])"
)
SECTOR_FIGURES = f"MATCH (b:Weefsel)<-[r:FIGURE]-(:Dataset) WHERE {_alive('r')} RETURN collect([{_FIGURE}])"
TIE_ROWS = f"""
UNWIND $ns AS n MATCH (:Actor {{n: n}})-[r:{_TIES}]-(:Actor) WHERE {_alive("r")}
WITH DISTINCT r, startNode(r) AS a, endNode(r) AS b RETURN collect([{_TIE}])
"""
_DIGESTS = " WHERE r.dataset = $dataset AND r.digest >= $start AND {alive} WITH r ORDER BY r.dataset, r.digest LIMIT $limit RETURN collect([r.digest])"
DIGESTS = {
    t: f"MATCH ()-[r:{t}]->() USING INDEX r:{t}(dataset, digest)" + _DIGESTS.replace("{alive}", _alive("r"))
    for t in RECORD_TYPES
}
HAS = {
    t: f"MATCH ()-[r:{t}]->() WHERE r.dataset = $dataset AND r.digest IS NOT NULL RETURN 1 LIMIT 1"
    for t in RECORD_TYPES
}


def _drop(text: str, told: str) -> str:
    return (
        f"UNWIND $digests AS d MATCH (a)-[r:{text}]->(b) USING INDEX r:{text}(dataset, digest)"
        " WHERE r.dataset = $dataset AND r.digest = d AND r.died IS NULL"
        f" SET r.died = $rev RETURN {told}"
    )


DROP = {
    "SAYS": _drop("SAYS", _ACTOR.replace("a.n", "b.n")),
    "FIGURE": _drop("FIGURE", _FIGURE),
    **{text: _drop(text, _OFFER) for text in STANCE_TYPES.values()},
    **{text: _drop(text, _TIE) for text in TIE_TYPES.values()},
}
DROP_CLAIMS = """
MATCH (d:Dataset {name: $dataset}) UNWIND $rows AS row
MATCH (a:Actor {n: row[0]})-[k:CLAIMS]->(d) WHERE k.digest = row[1] AND k.died IS NULL SET k.died = $rev
"""
CLAIMANTS = f"""
UNWIND $claims AS claim MATCH (a:Actor)-[k:CLAIMS]->(:Dataset) WHERE k.claim = claim AND {_alive("k")}
RETURN collect([claim, a.n, k.mask])
"""
PAIRS = f"""
UNWIND $ns AS n MATCH (a:Actor {{n: n}})-[r:{_TIES}]-(b:Actor) WHERE r.bound > 0 AND {_alive("r")}
RETURN collect([n, b.n, r.mask])
"""
ALL_PAIRS = {
    text: f"MATCH (a)-[r:{text}]->(b) USING INDEX r:{text}(dataset, digest)"
    f" WHERE r.dataset = $dataset AND r.digest >= $start AND r.bound > 0 AND {_alive('r')}"
    " WITH a, r, b ORDER BY r.dataset, r.digest LIMIT $limit RETURN collect([r.digest, a.n, b.n, r.mask])"
    for text in TIE_TYPES.values()
}

# -- ties as viewers see them

ARCS = f"""
UNWIND range(0, size($wanted) - 1) AS i WITH i, $wanted[i] AS w
CALL (w) {{
  UNWIND w[1] AS n MATCH (m:Actor {{n: n}})-[r:{_TIES}]-(b:Actor)
  WHERE r.bound > 0 AND r.bound >= w[2] AND {_seen("r")} AND ($types IS NULL OR type(r) IN $types)
  WITH m, r, b, {_STATE} AS s WHERE s[1] IN $seeing
  WITH startNode(r) = m AS out, r, {_OTHER} AS other WHERE other <> w[0]
  RETURN other, out, r
  ORDER BY r.bound DESC, other, toLower(type(r)), r.ref, r.dataset, r.digest LIMIT $top
}}
RETURN collect([i, other, out, type(r), r.ref, r.bound, r.dataset, r.body])
"""
TIE_COUNTS = f"""
UNWIND $members AS n MATCH (m:Actor {{n: n}})-[r:{_TIES}]-(b:Actor) WHERE {_seen("r")}
WITH m, r, b, {_STATE} AS s WHERE s[1] IN $seeing
WITH type(r) AS kind, startNode(r) = m AS out, {_OTHER} AS other WHERE other <> $at
RETURN kind, out, count(*)
"""


def _ties_at(text: str, arrows: tuple[str, str]) -> str:
    return f"""
UNWIND $members AS n MATCH (m:Actor {{n: n}}){arrows[0]}[r:{text}]{arrows[1]}(b:Actor) WHERE {_seen("r")}
WITH r, b, {_STATE} AS s WHERE s[1] IN $seeing
WITH r, {_OTHER} AS other WHERE other <> $at
MATCH (o:Actor {{n: other}})-[c:SEEN_BY]->(:Viewer) WHERE {_seen("c")}
WITH other, r, c ORDER BY c.contacts DESC, c.names, other, r.ref, r.dataset, r.digest SKIP $offset LIMIT $limit
RETURN other, r.ref, r.bound, r.dataset, r.body
"""


TIES_AT = {
    (kind, out): _ties_at(text, ("-", "->") if out else ("<-", "-"))
    for kind, text in TIE_TYPES.items()
    for out in (True, False)
}
DEGREES = f"UNWIND $ns AS n MATCH (a:Actor {{n: n}}) WITH n, COUNT {{ (a)-[:{_TIES}]-() }} AS ties WHERE ties > $many RETURN collect([n])"
_AMONG = f"""
WITH m, r, b, {_STATE} AS s WHERE s[1] IN $seeing
WITH m, r, b, {_OTHER} AS other WHERE other IN $leads
RETURN collect([m.n, other, startNode(r) = m, type(r), r.ref, r.bound, r.dataset, r.body])
"""
TIES_AMONG = f"""
UNWIND $ns AS n MATCH (m:Actor {{n: n}})-[r:{_TIES}]-(b:Actor)
WHERE {_seen("r")} AND (startNode(r) = m OR b.n IN $hubs) {_AMONG}
"""
HUBS_AMONG = {
    text: f"UNWIND $ns AS n MATCH (m:Actor {{n: n}}) UNWIND $ns AS k MATCH (b:Actor {{n: k}})"
    f" MATCH (m)-[r:{text}]->(b) WHERE {_seen('r')} {_AMONG}"
    for text in TIE_TYPES.values()
}

# -- cards

CARDS = f"UNWIND $ns AS n MATCH (:Actor {{n: n}})-[c:SEEN_BY]->(:Viewer) WHERE {_seen('c')} RETURN collect([c.card])"
KEPT_CARDS = """
UNWIND $ns AS n MATCH (:Actor {n: n})-[c:SEEN_BY]->(:Viewer) WHERE c.died IS NULL RETURN n, c.mask, c.card, c.born = $rev
"""
PUT_CARDS = """
MATCH (v:Viewer {name: $viewer}) UNWIND $rows AS row MATCH (a:Actor {n: row[0]})
CREATE (a)-[:SEEN_BY {mask: $mask, id: row[1], names: row[2], alias_names: row[3], contacts: row[4], rank: row[5], text: row[6],
  at: CASE WHEN row[7] IS NULL THEN null ELSE point({latitude: row[7], longitude: row[8]}) END, card: row[9], born: $rev}]->(v)
"""
SHARE_CARDS = "UNWIND $ns AS n MATCH (:Actor {n: n})-[c:SEEN_BY]->() WHERE c.died IS NULL SET c.mask = 3"
DROP_CARDS = (
    "UNWIND $ns AS n MATCH (:Actor {n: n})-[c:SEEN_BY]->() WHERE c.died IS NULL AND c.mask IN $masks SET c.died = $rev"
)
_CLEAR_LABELS = ":".join(LABELS.values())
CLEAR_LABELS = f"UNWIND $ns AS n MATCH (a:Actor {{n: n}}) REMOVE a:{_CLEAR_LABELS}, a.name"
NAME_NODES = {
    kind: f"UNWIND $rows AS row MATCH (a:Actor {{n: row[0]}}) SET a:{label}, a.name = row[1]"
    for kind, label in LABELS.items()
}
NEAR = f"""
WITH point({{latitude: $south, longitude: $west}}) AS low, point({{latitude: $north, longitude: $east}}) AS high
MATCH ()-[c:SEEN_BY]->() WHERE point.withinBBox(c.at, low, high) AND {_seen("c")} RETURN collect([c.card])
"""

# -- search: the level of a card, its place after the cursor, and two ways to candidates

_LEVEL = """CASE WHEN $q = '' THEN 0
  WHEN c.names = $q THEN 0
  WHEN c.names STARTS WITH $q THEN 1
  WHEN all(w IN $words WHERE (' ' + c.names) CONTAINS w) THEN 2
  WHEN c.alias_names CONTAINS '|' + $q + '|' THEN 3
  WHEN c.alias_names CONTAINS '|' + $q THEN 4
  WHEN any(x IN split(c.alias_names, '|') WHERE all(w IN $words WHERE (' ' + x) CONTAINS w)) THEN 5
  END"""
_AFTER = """(level > $after_level OR (level = $after_level AND (c.rank > $after_rank OR (c.rank = $after_rank
  AND (c.names > $after_names OR (c.names = $after_names AND c.id > $after_id))))))"""
_PLACE = "c.rank, c.names, c.id"
FOUND = f"""
CALL db.index.fulltext.queryRelationships('cards', $query, {{limit: $cap}}) YIELD relationship
WITH collect(relationship) AS found
WITH size(found) AS many, CASE WHEN size(found) < $cap THEN found ELSE [] END AS few
CALL (few) {{
  UNWIND few AS c WITH c WHERE {_seen("c")}
  WITH c, {_LEVEL} AS level WHERE level IN $levels AND {_AFTER}
  WITH c, level ORDER BY level, {_PLACE} LIMIT $limit
  RETURN collect([level, c.card]) AS hits
}}
RETURN many, hits
"""
WALK = f"""
MATCH ()-[c:SEEN_BY]->() WHERE c.rank >= $low AND c.rank < $high AND {_seen("c")}
  AND all(group IN $facets WHERE any(token IN group WHERE c.text CONTAINS token))
WITH c, {_LEVEL} AS level WHERE level IN $levels AND {_AFTER}
RETURN level, c.card ORDER BY {_PLACE} LIMIT $limit
"""
