"""Constraints and indexes of the Neo4j store, made before the first write and after a change of the vocabulary."""

import hashlib

from graph.stores.neo4j_queries import RECORD_TYPES, VERSIONED

FORMAT = 1  # of the database; a newer program raises it and brings older databases up to date
OLDEST_SERVER = (5, 26)
CARDS_INDEX = "cards"

_UNIQUE = (
    ("Weefsel", "name"),
    ("Viewer", "name"),
    ("Dataset", "name"),
    ("Help", "id"),
    ("Actor", "n"),
    ("Actor", "id"),
)

STATEMENTS: tuple[str, ...] = (
    *(
        f"CREATE CONSTRAINT {label.lower()}_{name} IF NOT EXISTS FOR (x:{label}) REQUIRE x.{name} IS UNIQUE"
        for label, name in _UNIQUE
    ),
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
FINGERPRINT = hashlib.blake2b(repr(STATEMENTS).encode(), digest_size=8).hexdigest()
AWAIT_INDEXES = "CALL db.awaitIndexes(120)"
VIEWERS = {1: "publiek", 2: "medewerkers", 3: "publiek"}  # the node that a card of this mask is drawn to
