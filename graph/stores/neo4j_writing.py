"""The queries by which a draft is written at revision `$rev`; see `graph.stores.neo4j_types`."""

from graph.stores import neo4j_reading as reading
from graph.stores.neo4j_types import ACTOR, FIGURE, LABELS, OFFER, RECORD_TYPES, STANCE_TYPES, TIE, TIE_TYPES

FLIP = """
MATCH (w:Weefsel {holder: $token}) SET w.live = $live, w.flipped = timestamp(), w.erase = $erase, w.schema = $schema
REMOVE w.unfinished RETURN w.live
"""

# -- nodes

NEWEST_NODE = "MATCH (a:Actor) WHERE a.n > 0 RETURN a.n ORDER BY a.n DESC LIMIT 1"
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

NEED_DATASET = "MERGE (d:Dataset {name: $name})"
NEED_HELPS = "UNWIND $helps AS help MERGE (h:Help {id: help[0]}) SET h.name = help[1]"
FORGET_DATASET = "MATCH (:Weefsel)-[r:KEEPS]->(:Dataset {name: $name}) WHERE r.died IS NULL SET r.died = $rev"
PUT_DATASET = """
MATCH (w:Weefsel), (d:Dataset {name: $name})
CREATE (w)-[:KEEPS {mask: $mask, date: $date, speaker: $speaker, revision: $revision, info: $info, counts: $counts, born: $rev}]->(d)
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
PUT_NEW_ACTORS = """
MATCH (d:Dataset {name: $dataset}) UNWIND $rows AS row
CREATE (a:Actor {n: row[0], id: row[1], key: row[2], state: [$rev, row[3], row[4], row[5], row[6]]})
CREATE (d)-[:SAYS {dataset: $dataset, digest: row[7], mask: row[8], claims: row[9], body: row[10], born: $rev}]->(a)
"""
PUT_CLAIMS = """
MATCH (d:Dataset {name: $dataset}) UNWIND $rows AS row MATCH (a:Actor {n: row[0]})
CREATE (a)-[:CLAIMS {claim: row[3], mask: row[2], digest: row[1], born: $rev}]->(d)
"""
PUT_TIES = """
UNWIND $rows AS row MATCH (a:Actor {n: row[0]}) MATCH (b:Actor {n: row[1]})
CREATE (a)-[:$(row[11]) {dataset: $dataset, digest: row[2], ref: row[3], mask: row[4], bound: row[5], body: row[6],
  role: row[7], status: row[8], since: row[9], until: row[10], born: $rev}]->(b)
"""
PUT_OFFERS = """
UNWIND $rows AS row MATCH (a:Actor {n: row[0]}) MATCH (h:Help {id: row[3]})
CREATE (a)-[:$(row[5]) {dataset: $dataset, digest: row[1], mask: row[2], body: row[4], born: $rev}]->(h)
"""
PUT_FIGURES = (
    "MATCH (d:Dataset {name: $dataset}) UNWIND $rows AS row MATCH (a:Actor {n: row[0]})"
    f" CREATE (d)-[:FIGURE {_PUT_FIGURE}]->(a)"
)
PUT_SECTOR_FIGURES = (
    "MATCH (d:Dataset {name: $dataset}) MATCH (w:Weefsel) UNWIND $rows AS row"
    f" CREATE (d)-[:FIGURE {_PUT_FIGURE}]->(w)"
)
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
    "SAYS": _drop("SAYS", ACTOR.replace("a.n", "b.n")),
    "FIGURE": _drop("FIGURE", FIGURE),
    **{text: _drop(text, OFFER) for text in STANCE_TYPES.values()},
    **{text: _drop(text, TIE) for text in TIE_TYPES.values()},
}
DROP_CLAIMS = """
MATCH (d:Dataset {name: $dataset}) UNWIND $rows AS row
MATCH (a:Actor {n: row[0]})-[k:CLAIMS]->(d) WHERE k.digest = row[1] AND k.died IS NULL SET k.died = $rev
"""

# -- cards, and what people see on nodes

KEPT_CARDS = """
UNWIND $ns AS n MATCH (:Actor {n: n})-[c:SEEN_BY]->(:Viewer) WHERE c.died IS NULL RETURN n, c.mask, c.card, c.born = $rev
"""
PUT_CARDS = """
MATCH (v:Viewer {name: $viewer}) UNWIND $rows AS row MATCH (a:Actor {n: row[0]})
CREATE (a)-[:SEEN_BY {mask: $mask, id: row[1], names: row[2], alias_names: row[3], contacts: row[4], rank: row[5], text: row[6],
  at: CASE WHEN row[7] IS NULL THEN null ELSE point({latitude: row[7], longitude: row[8]}) END, card: row[9], born: $rev}]->(v)
"""
PUT_FIRST_CARDS = f"{PUT_CARDS} SET a:$(row[10]), a.name = row[11]"
DROP_CARDS = "UNWIND $ns AS n MATCH (:Actor {n: n})-[c:SEEN_BY]->() WHERE c.died IS NULL SET c.died = $rev"
_CLEAR_LABELS = ":".join(LABELS.values())
CLEAR_LABELS = f"UNWIND $ns AS n MATCH (a:Actor {{n: n}}) REMOVE a:{_CLEAR_LABELS}, a.name"
NAME_NODES = "UNWIND $rows AS row MATCH (a:Actor {n: row[0]}) SET a:$(row[1]), a.name = row[2]"

# What a first load asks and writes: these find nodes by number, or by the few that have a name.
BY_NUMBER = frozenset(
    (
        *(NEWEST_NODE, PUT_NODES, PUT_AWAITED, SET_NODES, JOIN, PART, NEED_DATASET, NEED_HELPS),
        *(PUT_NEW_ACTORS, PUT_ACTORS, PUT_CLAIMS, PUT_TIES, PUT_OFFERS, PUT_FIGURES, PUT_SECTOR_FIGURES),
        *(PUT_CARDS, PUT_FIRST_CARDS, NAME_NODES, CLEAR_LABELS),
        *(reading.JUDGEMENTS, reading.NODES, reading.MEMBERS, reading.ACTOR_ROWS, reading.OFFER_ROWS),
    )
)
