"""The tables and indexes of the embedded store's file, and its version.

Dataset names and kinds of tie are kept once, in `terms`, and as small numbers elsewhere. Sequences are joined with a
unit separator, which no record can hold, also before the first and after the last.

A *card* is kept once where public and staff see the same of an actor: its `band` is the mask of its viewers (1 public,
2 staff, 3 both), and its row number `r` is `band << 40 | n`. `texts` indexes the words of cards and, as words that no
name can have (`_k…` kind, `_m…` municipality, `_t…` theme, `_h…` help), what searches are narrowed to.

`moved` marks ties whose source (1) or target (2) does not lead its own cluster, for some viewer: they are few, and all
others stand in `ties_out` and `ties_in` in the very order in which they are read.
"""

from collections.abc import Iterable, Mapping

from graph.errors import IncompatibleError
from graph.stores.embedded_connection import Connection, not_ours

APPLICATION = 0x57656566  # "Weef", in the file's header
VERSION = 1
SEPARATOR = "\x1f"
SHIFT = 40
BOTH = 3  # the band of cards that public and staff see alike

NAMES_OF_WRITES = "ALTER TABLE state ADD COLUMN writes TEXT NOT NULL DEFAULT '{}'"
TABLES = (
    """CREATE TABLE state (
        only INTEGER PRIMARY KEY CHECK (only = 1), revision INTEGER NOT NULL, seen_public INTEGER, seen_staff INTEGER,
        next_n INTEGER NOT NULL, next_person INTEGER NOT NULL, secret TEXT NOT NULL, vocabulary TEXT NOT NULL,
        unswept INTEGER NOT NULL DEFAULT 0) STRICT""",
    "INSERT INTO state VALUES (1, 0, NULL, NULL, 1, 1, '', '', 0)",
    NAMES_OF_WRITES,
    "CREATE TABLE terms (k INTEGER PRIMARY KEY, term TEXT NOT NULL UNIQUE) STRICT",
    """CREATE TABLE datasets (
        name TEXT PRIMARY KEY, mask INTEGER NOT NULL, date TEXT NOT NULL, speaker INTEGER NOT NULL,
        revision INTEGER NOT NULL, info TEXT NOT NULL, counts TEXT NOT NULL) STRICT, WITHOUT ROWID""",
    """CREATE TABLE nodes (
        n INTEGER PRIMARY KEY, id TEXT NOT NULL, key TEXT NOT NULL, mask INTEGER NOT NULL, ever INTEGER NOT NULL,
        leads_public INTEGER NOT NULL, leads_staff INTEGER NOT NULL) STRICT""",
    """CREATE TABLE actors (
        r INTEGER PRIMARY KEY, dataset INTEGER NOT NULL, digest INTEGER NOT NULL, n INTEGER NOT NULL REFERENCES nodes,
        mask INTEGER NOT NULL, claims TEXT NOT NULL, body TEXT NOT NULL) STRICT""",
    "CREATE TABLE claims (claim TEXT NOT NULL, r INTEGER NOT NULL) STRICT",
    """CREATE TABLE ties (
        r INTEGER PRIMARY KEY, dataset INTEGER NOT NULL, digest INTEGER NOT NULL,
        source INTEGER NOT NULL REFERENCES nodes, kind INTEGER NOT NULL REFERENCES terms,
        target INTEGER NOT NULL REFERENCES nodes, ref TEXT NOT NULL, mask INTEGER NOT NULL, bound REAL NOT NULL,
        body TEXT NOT NULL, moved INTEGER NOT NULL DEFAULT 0) STRICT""",
    """CREATE TABLE offers (
        r INTEGER PRIMARY KEY, dataset INTEGER NOT NULL, digest INTEGER NOT NULL, n INTEGER NOT NULL REFERENCES nodes,
        mask INTEGER NOT NULL, stance TEXT NOT NULL, help TEXT NOT NULL, body TEXT NOT NULL) STRICT""",
    """CREATE TABLE figures (
        r INTEGER PRIMARY KEY, dataset INTEGER NOT NULL, digest INTEGER NOT NULL, n INTEGER NOT NULL,
        mask INTEGER NOT NULL, body TEXT NOT NULL) STRICT""",
    """CREATE TABLE judgements (
        at_place INTEGER PRIMARY KEY AUTOINCREMENT, verdict TEXT NOT NULL, a INTEGER NOT NULL, b INTEGER NOT NULL,
        who TEXT NOT NULL, at TEXT NOT NULL, why TEXT NOT NULL, keys TEXT NOT NULL, UNIQUE (verdict, a, b)) STRICT""",
    """CREATE TABLE cards (
        r INTEGER PRIMARY KEY, band INTEGER NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL,
        names TEXT NOT NULL, alias_names TEXT NOT NULL, less INTEGER NOT NULL, subtype TEXT NOT NULL,
        tier TEXT NOT NULL, place TEXT NOT NULL, municipality TEXT NOT NULL, province TEXT NOT NULL, lat REAL, lon REAL,
        located TEXT NOT NULL, ended TEXT NOT NULL, introduces INTEGER NOT NULL, themes TEXT NOT NULL,
        helps TEXT NOT NULL) STRICT""",
    """CREATE TABLE counts (
        band INTEGER NOT NULL, kind TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (band, kind))
        STRICT, WITHOUT ROWID""",
    """CREATE VIRTUAL TABLE texts USING fts5 (
        text, content='', detail=none, columnsize=0, prefix='2 3', tokenize="ascii tokenchars '_.-:/'")""",
    "INSERT INTO texts (texts, rank) VALUES ('hashsize', 16777216)",  # bytes gathered before they are written
)

# The indexes by the group of reads that need them: a first load makes a group when it first reads so, or at its end.
INDEXES: Mapping[str, Mapping[str, str]] = {
    "ids": {"nodes_id": "UNIQUE INDEX nodes_id ON nodes (id) WHERE id <> ''"},
    "keys": {"nodes_key": "UNIQUE INDEX nodes_key ON nodes (key)"},
    "clusters": {
        "nodes_led_public": "INDEX nodes_led_public ON nodes (leads_public) WHERE leads_public <> n",
        "nodes_led_staff": "INDEX nodes_led_staff ON nodes (leads_staff) WHERE leads_staff <> n",
    },
    "actors": {"actors_n": "INDEX actors_n ON actors (n)"},
    "claims": {"claims_claim": "INDEX claims_claim ON claims (claim)"},
    "offers": {"offers_n": "INDEX offers_n ON offers (n)"},
    "figures": {"figures_n": "INDEX figures_n ON figures (n)"},
    "ties": {
        "ties_out": "INDEX ties_out ON ties (source, bound DESC, target, mask, kind)",
        "ties_in": "INDEX ties_in ON ties (target, bound DESC, source, mask, kind)",
        "ties_to_moved": "INDEX ties_to_moved ON ties (source) WHERE moved & 2",
        "ties_from_moved": "INDEX ties_from_moved ON ties (target) WHERE moved & 1",
    },
    "said": {
        "actors_said": "INDEX actors_said ON actors (dataset, digest)",
        "ties_said": "INDEX ties_said ON ties (dataset, digest)",
        "offers_said": "INDEX offers_said ON offers (dataset, digest)",
        "figures_said": "INDEX figures_said ON figures (dataset, digest)",
    },
    "cards": {
        "cards_rank": "INDEX cards_rank ON cards (band, less, names, id)",
        "cards_start": "INDEX cards_start ON cards (band, substr(names, 1, 2), less, names, id)",
        "cards_names": "INDEX cards_names ON cards (band, names)",
        "cards_near": "INDEX cards_near ON cards (band, CAST(lat * 20 AS INTEGER), lon) WHERE lat IS NOT NULL",
    },
}


def make(connection: Connection) -> None:
    """Make the tables in a new file; indexes follow by `build`."""
    connection.run(f"PRAGMA application_id = {APPLICATION}")
    connection.run(f"PRAGMA user_version = {VERSION}")
    for statement in TABLES:
        connection.run(statement)


def build(connection: Connection, groups: Iterable[str] = INDEXES) -> None:
    """Make the indexes of these groups."""
    for group in groups:
        for definition in INDEXES[group].values():
            connection.run(f"CREATE {definition}")


def drop_indexes(connection: Connection) -> None:
    """Drop every index, before a first big load."""
    for group in INDEXES.values():
        for name in group:
            connection.run(f"DROP INDEX {name}")


def complete(connection: Connection) -> None:
    """Make what a file lacks that was made before there was such a thing; within a write."""
    if connection.value("SELECT 1 FROM pragma_table_info('state') WHERE name = 'writes'") is None:
        connection.run(NAMES_OF_WRITES)


def require(connection: Connection) -> None:
    """Check that the file is a store of this version.

    Raises:
        IncompatibleError: It is not a store, or one of another version.
    """
    application = connection.value("PRAGMA application_id")
    version = connection.value("PRAGMA user_version")
    if application != APPLICATION:
        raise not_ours(connection.name)
    if version != VERSION:
        raise IncompatibleError(
            nl=f"{connection.name} is gemaakt door een andere versie van Weefsel (vorm {version}; deze leest {VERSION})."
            " Gebruik die versie, of laad de datasets in een nieuw bestand.",
            en=f"{connection.name} was made by another version of Weefsel (layout {version}; this one reads {VERSION})."
            " Use that version, or load the datasets into a new file.",
        )
