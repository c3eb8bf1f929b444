"""Clearing away: what killed writes left, and what died so long ago that no running question needs it."""

import json
import time
from collections.abc import Iterable, Mapping
from typing import Any

from graph.stores.neo4j_lease import Lease
from graph.stores.neo4j_link import LONGEST_QUESTION, Link
from graph.stores.neo4j_rows import batches, read_types
from graph.stores.neo4j_types import LABELS, OTHER_TYPES, VERSIONED

BATCH = 10_000
FOUND = 500_000  # how many left-behind relationships are looked for at once
FREED_AFTER = 10.0  # seconds; a server lets go of deleted places about once a second, later when it is busy

MARK = "MATCH (w:Weefsel) SET w.mark_rev = $rev, w.mark_at = $at"
BORN_AFTER = f"MATCH ()-[r:{'|'.join(VERSIONED)}]->() WHERE r.born > $live RETURN elementId(r) LIMIT $limit"
_COUNT = "WITH count(*) AS done MATCH (w:Weefsel) SET w.freed = coalesce(w.freed, 0) + done RETURN done"
DELETE = f"UNWIND $ids AS i MATCH ()-[r]->() WHERE elementId(r) = i DELETE r {_COUNT}"
REVIVE = {
    t: f"MATCH ()-[r:{t}]->() WHERE r.died > $live WITH r LIMIT $limit REMOVE r.died RETURN count(*)" for t in VERSIONED
}
NODES_AFTER = "MATCH (a:Actor) WHERE a.state[size(a.state) - 5] > $live RETURN a.n LIMIT $limit"
DELETE_NODES = "UNWIND $ns AS n MATCH (a:Actor {n: n}) DETACH DELETE a"
UNDO_NODES = """
MATCH (a:Actor) WHERE a.changed > $live WITH a LIMIT $limit
SET a.state = a.state[5..], a.names = CASE WHEN toInteger(a.names[0]) > $live THEN a.names[3..] ELSE a.names END
SET a.names = CASE WHEN size(a.names) > 3 THEN a.names ELSE null END
SET a.changed = CASE WHEN size(a.state) > 5 THEN a.state[0] ELSE null END
RETURN count(*)
"""
TIDY = "MATCH (w:Weefsel {holder: $token}) REMOVE w.unfinished"
SET_SWEPT = "MATCH (w:Weefsel) SET w.swept = $rev"
BURY = {t: f"MATCH ()-[r:{t}]->() WHERE r.died <= $rev WITH r LIMIT $limit DELETE r {_COUNT}" for t in VERSIONED}
TRIM_NODES = """
MATCH (a:Actor) WHERE a.changed <= $rev WITH a LIMIT $limit
SET a.state = a.state[..5], a.changed = null
SET a.id = CASE WHEN a.names IS NULL THEN a.id WHEN a.names[1] = '' THEN null ELSE a.names[1] END,
    a.key = CASE WHEN a.names IS NULL THEN a.key WHEN a.names[2] = '' THEN null ELSE a.names[2] END,
    a.names = null
SET a.name = CASE WHEN a:Awaited THEN a.key ELSE a.name END
REMOVE a:Renamed
RETURN count(*)
"""
# Actors and datasets that somebody else put beside ours have no number, or more than a name.
_CARDLESS = "a.n IS NOT NULL AND a.name IS NOT NULL AND NOT a:Awaited AND NOT EXISTS { (a)-[c:SEEN_BY]->() WHERE c.died IS NULL }"
NAMED = f"MATCH (a:Actor) WHERE {_CARDLESS} RETURN a.n, a.name"
BLOT_NAME = "UNWIND $rows AS row MATCH (a:Actor {n: row[0]}) SET a.name = row[1]"
FORGET_NAMES = f"MATCH (a:Actor) WHERE {_CARDLESS} WITH a LIMIT $limit REMOVE a.name, a:{':'.join(LABELS.values())} RETURN count(*)"
KEYED = "MATCH (a:Renamed) WHERE a.key IS NOT NULL RETURN a.n, a.key"
BLOT_KEY = "UNWIND $rows AS row MATCH (a:Actor {n: row[0]}) SET a.key = row[1]"
FREED = "MATCH (w:Weefsel) RETURN coalesce(w.freed, 0)"
FILL = """
MATCH (w:Weefsel) UNWIND range(1, $count) AS i CREATE (w)-[r:JUDGED {why: $why, keys: [$key], born: $rev}]->(w)
SET r.who = $short, r.a = $short, r.b = $short, r.verdict = $short, r.at = $short, r.name = $short, r.mask = $short, r.body = $short
"""
PLACES = {  # what fills whole records: one of properties, eleven of a text or a list with 120 bytes each (a list has 9 of its own)
    "short": "0" * 43,
    "why": "0" * 11 * 120,
    "key": "0" * (11 * 120 - 9),
}
FILLED_AT_ONCE = 1_000
FREED_OF_ONE = 3  # deleted relationships whose places one of those that fill them takes
FEWEST = 300
EMPTY = "MATCH (w:Weefsel)-[r:JUDGED]->(w) WHERE r.born = $rev WITH r LIMIT $limit DELETE r RETURN count(*)"
ERASED = "MATCH (w:Weefsel) REMOVE w.erase SET w.freed = coalesce(w.freed, 0) + $more"
LONELY = "MATCH (d:Dataset) WHERE NOT (d)--() AND keys(d) = ['name'] DELETE d"


def sweep(link: Link, lease: Lease, found: Mapping[str, Any]) -> Mapping[str, Any]:
    """Clear away what earlier writes left; return what is live. `found` is what the store's node says of them."""
    live: dict[str, Any] = json.loads(found["live"]) if found["live"] else {}
    revision, types = live.get("revision", 0), read_types(live)
    if found["unfinished"]:
        undo(link, lease, revision, types)
    dead: dict[str, int] = live.get("dead", {})
    upto = revision if found["erase"] else old_enough(found, revision)
    if found["erase"]:
        erase(link, lease, upto, types)
        lease.write((ERASED, {"more": FEWEST * FREED_OF_ONE}))
    elif upto:
        bury(lease, upto, dead)
    if upto:
        live["dead"] = {name: died for name, died in dead.items() if died > upto}
    if upto or (live and not found["mark"]):
        lease.write((MARK, {"rev": revision, "at": found["flipped"]}))
    return live


def undo(link: Link, lease: Lease, revision: int, types: Iterable[str]) -> None:
    """Take back all that was written after `revision`, which is live and has records of these types."""
    while found := link.read(BORN_AFTER, {"live": revision, "limit": FOUND}):
        for ids in batches((row[0] for row in found), BATCH):
            lease.write((DELETE, {"ids": ids}))
    for name in (*types, *OTHER_TYPES):
        _until_done(lease, REVIVE[name], {"live": revision})
    while found := link.read(NODES_AFTER, {"live": revision, "limit": BATCH}):
        lease.write((DELETE_NODES, {"ns": [row[0] for row in found]}))
    _until_done(lease, UNDO_NODES, {"live": revision})
    lease.write((LONELY, {}), (TIDY, {"token": lease.token}))


def bury(lease: Lease, revision: int, types: Iterable[str]) -> None:
    """Delete for good what had died by `revision`; readers of older ones are told so from now on."""
    lease.write((SET_SWEPT, {"rev": revision}))
    for name in types:
        _until_done(lease, BURY[name], {"rev": revision})
    _until_done(lease, TRIM_NODES, {"rev": revision})
    lease.write((LONELY, {}))


def erase(link: Link, lease: Lease, revision: int, types: Iterable[str]) -> None:
    """Delete all that had died by `revision`, also records of these types, and write over it where a server lets us.

    Shortened records keep what stood behind them, so names and keys are blotted before they go. Freed places take
    something else, and so much of it that a small transaction log goes on in a new file. A server lets go of places
    about once a second, and not of those that a question still held; the next write does it all once more. How much was
    ever deleted is counted, as all of it may be free: what fills the places is deleted too.
    """
    _blot(link, lease, NAMED, BLOT_NAME)
    _blot(link, lease, KEYED, BLOT_KEY)
    _until_done(lease, FORGET_NAMES, {})
    bury(lease, revision, (*types, *OTHER_TYPES))
    time.sleep(FREED_AFTER)
    [[freed]] = link.read(FREED, {})
    _fill(lease, revision + 1, FEWEST + freed // FREED_OF_ONE)
    _until_done(lease, EMPTY, {"rev": revision + 1})
    lease.write((TIDY, {"token": lease.token}))


def _fill(lease: Lease, revision: int, count: int) -> None:
    """Let so many relationships take free places."""
    for left in range(count, 0, -FILLED_AT_ONCE):
        filling = {"rev": revision, "count": min(left, FILLED_AT_ONCE), **PLACES}
        lease.write((FILL, filling), unfinished=True)


def _blot(link: Link, lease: Lease, found: str, write: str) -> None:
    """Write meaningless texts of the same size over those that a query finds."""
    for batch in batches(link.read(found, {}), BATCH):
        lease.write((write, {"rows": [[n, blotted(text)] for n, text in batch]}))


def blotted(text: str) -> str:
    """Return a text that a server packs to the same size: it does so by the sorts of letters.

    >>> blotted("Zoë van 't Veld 2")
    "Xxé xxx 'x Xxxx 0"
    """
    return "".join(_blotted(letter) for letter in text)


def _blotted(letter: str) -> str:
    if letter > "ÿ":
        return {2: "ж", 3: "字", 4: "😀"}[len(letter.encode())]
    if letter >= "À":
        return "é"
    return "0" if letter.isdigit() else "xX"[letter.isupper()] if letter.isalpha() else letter


def _until_done(lease: Lease, query: str, parameters: Mapping[str, Any]) -> None:
    while True:
        [[[done]]] = lease.write((query, {**parameters, "limit": BATCH}))
        if done < BATCH:
            return


def old_enough(found: Mapping[str, Any], revision: int) -> int:
    """Return the revision up to which no running question needs what died; 0 if there is none.

    `found` is what the store's node says: when the live revision was made, and of an older one that was marked then.
    """
    oldest = found["now"] - LONGEST_QUESTION * 1000
    if found["flipped"] and found["flipped"] < oldest:
        return revision
    return found["mark"] if found["mark"] and found["marked"] < oldest else 0
