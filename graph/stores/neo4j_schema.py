"""What the database has besides data: constraints, indexes, the store's own node.

A first load makes most indexes when its rows are written: a server then sorts for each once, instead of looking up a
place for every row. They are made again after a change of the vocabulary, which brings types of its own.
"""

import hashlib

from graph.errors import IncompatibleError
from graph.stores.neo4j_snapshot import Link
from graph.stores.neo4j_types import RECORD_TYPES, VERSIONED
from graph.vocabulary import vocabulary

FORMAT = 1  # of the database; a newer program raises it and brings older databases up to date
OLDEST_SERVER = (5, 26)
CARDS_INDEX = "cards"

_UNIQUE = (
    ("Weefsel", "name"),
    ("Viewer", "name"),
    ("Dataset", "name"),
    ("Help", "id"),
    ("Actor", "n"),
)


def _unique(label: str, name: str) -> str:
    return f"CREATE CONSTRAINT {label.lower()}_{name} IF NOT EXISTS FOR (x:{label}) REQUIRE x.{name} IS UNIQUE"


TO_WRITE = tuple(_unique(label, name) for label, name in _UNIQUE)  # what batches find their nodes by
TO_ASK = (
    _unique("Actor", "id"),
    "CREATE INDEX actor_key IF NOT EXISTS FOR (a:Actor) ON (a.key)",
    "CREATE INDEX actor_changed IF NOT EXISTS FOR (a:Actor) ON (a.changed)",
    *(f"CREATE INDEX {t.lower()}_said IF NOT EXISTS FOR ()-[r:{t}]-() ON (r.dataset, r.digest)" for t in RECORD_TYPES),
    *(f"CREATE INDEX {t.lower()}_died IF NOT EXISTS FOR ()-[r:{t}]-() ON (r.died)" for t in VERSIONED),
    "CREATE INDEX claims_claim IF NOT EXISTS FOR ()-[k:CLAIMS]-() ON (k.claim)",
    "CREATE INDEX cards_rank IF NOT EXISTS FOR ()-[c:SEEN_BY]-() ON (c.rank)",
    "CREATE POINT INDEX cards_at IF NOT EXISTS FOR ()-[c:SEEN_BY]-() ON (c.at)",
    (
        "CREATE FULLTEXT INDEX cards IF NOT EXISTS FOR ()-[c:SEEN_BY]-() ON EACH [c.text]"
        " OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}}"
    ),
)
FINGERPRINT = hashlib.blake2b(repr((*TO_WRITE, *TO_ASK)).encode(), digest_size=8).hexdigest()
AWAIT_INDEXES = "CALL db.awaitIndexes(3600)"  # seconds: those of a million actors take minutes

# -- the store's own node, and what the server tells of itself

LIVE = "MATCH (w:Weefsel) RETURN w.format, w.live, w.swept"
ANY_NODES = "MATCH (n) RETURN count(n)"
INDEXES = "SHOW INDEXES YIELD name, state WHERE state <> 'ONLINE' RETURN name, state"
COMPONENTS = "CALL dbms.components() YIELD name, versions RETURN name, versions[0]"
STORE_STATE = "MATCH (w:Weefsel) RETURN w.format, w.unfinished, w.holder, w.who, w.beat, timestamp()"
MAKE = "MERGE (w:Weefsel {name: 'Weefsel'}) ON CREATE SET w.format = $format, w.n = 0"
MAKE_VIEWERS = "UNWIND $viewers AS viewer MERGE (v:Viewer {name: viewer})"
MAKE_HELPS = "UNWIND $helps AS help MERGE (h:Help {id: help[0]}) SET h.name = help[1]"
SCHEMA_OF = "MATCH (w:Weefsel) RETURN w.schema"
SET_SCHEMA = "MATCH (w:Weefsel) SET w.schema = $schema"

VIEWERS = {1: "publiek", 2: "medewerkers", 3: "publiek"}  # the node that a card of this mask is drawn to


def found_store(link: Link) -> None:
    """Make the store's own node, which has the lock, where there is none; others may be doing the same.

    Raises:
        IncompatibleError: The server is too old.
    """
    if link.read(SCHEMA_OF, {}):
        return
    _check_server(link)
    link.alone(TO_WRITE[0])
    link.write([(MAKE, {"format": FORMAT})])


def prepare(link: Link) -> None:
    """Make what a first write needs, where it is not there yet; under the lock."""
    if _is_whole(link):
        return
    for statement in TO_WRITE:
        link.alone(statement)
    helps = [[word.id, word.nl] for word in vocabulary().helps.values()]
    link.write([(MAKE_VIEWERS, {"viewers": sorted(set(VIEWERS.values()))}), (MAKE_HELPS, {"helps": helps})])


def migrate(link: Link) -> None:
    """Make the constraints, indexes and what else this version needs, where it is not there yet; under the lock."""
    if _is_whole(link):
        return
    prepare(link)
    for statement in TO_ASK:
        link.alone(statement)
    link.alone(AWAIT_INDEXES)
    link.write([(SET_SCHEMA, {"schema": FINGERPRINT})])


def _is_whole(link: Link) -> bool:
    return bool(link.read(SCHEMA_OF, {})[0][0] == FINGERPRINT)


def _check_server(link: Link) -> None:
    version = _version(link)
    if version < OLDEST_SERVER:
        oldest, is_now = (".".join(str(part) for part in parts) for parts in (OLDEST_SERVER, version))
        raise IncompatibleError(
            nl=f"Deze server is Neo4j {is_now}; Weefsel vraagt {oldest} of nieuwer.",
            en=f"This server is Neo4j {is_now}; Weefsel asks for {oldest} or newer.",
        )


def _version(link: Link) -> tuple[int, ...]:
    [[_, version]] = [row for row in link.read(COMPONENTS, {}) if row[0] == "Neo4j Kernel"]
    return tuple(int(part) for part in version.split("-")[0].split(".")[:2])
