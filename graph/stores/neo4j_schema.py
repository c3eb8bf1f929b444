"""What the database has besides data: constraints, indexes, the store's own node.

A first load makes most indexes when its rows are written: a server then sorts for each once, instead of looking up a
place for every row. Each type of relationship has some of its own, that are made when the first of them is written.
"""

import hashlib
from collections.abc import Iterable

from graph.errors import IncompatibleError
from graph.stores.neo4j_link import Link
from graph.stores.neo4j_types import RECORD_TYPES

FORMAT = 1  # of the database; a newer program raises it and brings older databases up to date
OLDEST_SERVER = (5, 26)


def _unique(label: str, name: str) -> str:
    return f"CREATE CONSTRAINT {label.lower()}_{name} IF NOT EXISTS FOR (x:{label}) REQUIRE x.{name} IS UNIQUE"


def _indexes(name: str) -> tuple[str, ...]:
    """Return what is made for records of one type."""
    said = f"CREATE INDEX {name.lower()}_said IF NOT EXISTS FOR ()-[r:{name}]-() ON (r.dataset, r.digest)"
    return said, _died(name)


def _died(name: str) -> str:
    return f"CREATE INDEX {name.lower()}_died IF NOT EXISTS FOR ()-[r:{name}]-() ON (r.died)"


TO_BEGIN = _unique("Weefsel", "name")
TO_WRITE = (
    _unique("Dataset", "name"),
    _unique("Help", "id"),
    _unique("Actor", "n"),
)  # what batches find their nodes by
TO_ASK = (
    _unique("Actor", "id"),
    "CREATE INDEX actor_key IF NOT EXISTS FOR (a:Actor) ON (a.key)",
    "CREATE INDEX actor_changed IF NOT EXISTS FOR (a:Actor) ON (a.changed)",
    *(_died(name) for name in ("CLAIMS", "JOINED", "SEEN_BY")),
    "CREATE INDEX claims_claim IF NOT EXISTS FOR ()-[k:CLAIMS]-() ON (k.claim)",
    "CREATE INDEX cards_rank IF NOT EXISTS FOR ()-[c:SEEN_BY]-() ON (c.rank)",
    "CREATE POINT INDEX cards_at IF NOT EXISTS FOR ()-[c:SEEN_BY]-() ON (c.at)",
    (
        "CREATE FULLTEXT INDEX cards IF NOT EXISTS FOR ()-[c:SEEN_BY]-() ON EACH [c.text]"
        " OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}}"
    ),
)
OF_TYPE = {name: _indexes(name) for name in RECORD_TYPES}
FINGERPRINT = hashlib.blake2b(repr((TO_WRITE, TO_ASK, OF_TYPE)).encode(), digest_size=8).hexdigest()
AWAIT_INDEXES = "CALL db.awaitIndexes(3600)"  # seconds: those of a million actors take minutes

# -- the store's own node, and what the server tells of itself

LIVE = "MATCH (w:Weefsel) RETURN w.format, w.live, w.swept"
ANY_NODES = "MATCH (n) RETURN count(n)"
INDEXES = "SHOW INDEXES YIELD name, state WHERE state <> 'ONLINE' RETURN name, state"
MAKE_VIEWERS = "UNWIND $viewers AS viewer MERGE (v:Viewer {name: viewer})"

VIEWERS = {1: "publiek", 2: "medewerkers", 3: "publiek"}  # the node that a card of this mask is drawn to


def begin(link: Link) -> None:
    """See to it that there can be one node of the store's own, which has the lock; others may be doing the same.

    Raises:
        IncompatibleError: The server is too old.
    """
    _check_server(link.version())
    link.alone(TO_BEGIN)


def prepare(link: Link) -> None:
    """Make what a first write needs, where it is not there yet; under the lock."""
    for statement in TO_WRITE:
        link.alone(statement)
    link.write([(MAKE_VIEWERS, {"viewers": sorted(set(VIEWERS.values()))})])


def migrate(link: Link, types: Iterable[str]) -> None:
    """Make all that a store with records of these types needs, where it is not there yet; under the lock."""
    prepare(link)
    make(link, (*TO_ASK, *(statement for name in types for statement in OF_TYPE[name])))


def make(link: Link, statements: Iterable[str]) -> None:
    """Make indexes, and wait until they are filled; under the lock."""
    for statement in statements:
        link.alone(statement)
    link.alone(AWAIT_INDEXES)


def _check_server(told: str) -> None:
    version = tuple(int(part) for part in told.split("-")[0].split(".")[:2])
    if version < OLDEST_SERVER:
        oldest, is_now = (".".join(str(part) for part in parts) for parts in (OLDEST_SERVER, version))
        raise IncompatibleError(
            nl=f"Deze server is Neo4j {is_now}; Weefsel vraagt {oldest} of nieuwer.",
            en=f"This server is Neo4j {is_now}; Weefsel asks for {oldest} or newer.",
        )
