"""What the work would take without any of ours: the same rows, put bare into indexed tables or nodes."""

import csv
import sqlite3
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

import neo4j

BATCH = 10_000
TABLES = ("actors", "ties", "offers")
CACHE = -200 * 1024  # KiB, as the store has


def sqlite(folder: Path, path: Path) -> float:
    """Put the rows of the CSV files into two indexed tables (and one for offers), in one transaction; return the seconds."""
    for left in path.parent.glob(f"{path.name}*"):
        left.unlink()
    began = time.perf_counter()
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute(f"PRAGMA cache_size = {CACHE}")
    connection.execute("BEGIN")
    for table in TABLES:
        with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            rows = csv.reader(file)
            header = next(rows)
            keyed = header[0] == "id"
            columns = ", ".join(f'"{name}"{" PRIMARY KEY" if name == "id" else ""}' for name in header)
            connection.execute(f"CREATE TABLE {table} ({columns})")
            for end in () if keyed else ("from", "to", "actor"):
                if end in header:
                    connection.execute(f'CREATE INDEX "{table}_{end}" ON {table} ("{end}")')
            marks = ", ".join("?" * len(header))
            connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608 - a table of ours
    connection.execute("COMMIT")
    connection.close()
    return time.perf_counter() - began


INDEXES = (
    "CREATE CONSTRAINT actor_id IF NOT EXISTS FOR (a:Actor) REQUIRE a.id IS UNIQUE",
    "CREATE CONSTRAINT help_id IF NOT EXISTS FOR (h:Help) REQUIRE h.id IS UNIQUE",
    "CREATE INDEX actor_name IF NOT EXISTS FOR (a:Actor) ON (a.name)",
    "CREATE FULLTEXT INDEX actor_names IF NOT EXISTS FOR (a:Actor) ON EACH [a.name, a.aliases]",
)


def load_neo4j(folder: Path, driver: neo4j.Driver) -> float:
    """Put the same nodes, ties and offers into a server by `UNWIND`, with indexes on id and names; return the seconds."""
    with driver.session() as session:
        for statement in INDEXES:
            session.run(statement).consume()
        session.run("CALL db.awaitIndexes(120)").consume()
        began = time.perf_counter()
        for kind, rows in _by(_rows(folder / "actors.csv"), "kind"):
            query = f"UNWIND $rows AS row CREATE (a:Actor:{kind.capitalize()}) SET a = row"
            session.execute_write(_run, query, rows)
        for kind, rows in _by(_rows(folder / "ties.csv"), "kind"):
            query = (
                "UNWIND $rows AS row MATCH (a:Actor {id: row.from}) MATCH (b:Actor {id: row.to})"
                f" CREATE (a)-[t:{kind.upper()}]->(b) SET t = row"
            )
            session.execute_write(_run, query, rows)
        for stance, rows in _by(_rows(folder / "offers.csv"), "stance"):
            query = (
                "UNWIND $rows AS row MATCH (a:Actor {id: row.actor}) MERGE (h:Help {id: row.help})"
                f" CREATE (a)-[o:{stance.upper()}]->(h) SET o = row"
            )
            session.execute_write(_run, query, rows)
        return time.perf_counter() - began


def _run(transaction: neo4j.ManagedTransaction, query: str, rows: Sequence[Mapping[str, str]]) -> None:
    transaction.run(query, rows=rows).consume()


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield {name: cell for name, cell in row.items() if cell}


def _by(rows: Iterable[dict[str, str]], column: str) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """Yield full batches, each of one kind, as a label or type cannot be a parameter."""
    kinds: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        batch = kinds[row[column]]
        batch.append(row)
        if len(batch) == BATCH:
            yield row[column], batch
            kinds[row[column]] = []
    yield from ((kind, batch) for kind, batch in kinds.items() if batch)


AMONG = """
    UNWIND $ids AS id MATCH (a:Actor {id: id})
    OPTIONAL MATCH (a)-[t]->(b:Actor) WHERE b.id IN $ids
    RETURN a, collect([type(t), properties(t), b.id])"""


def around(driver: neo4j.Driver, ids: Sequence[str]) -> float:
    """Ask for these actors and the ties among them, in one query; return the seconds."""
    began = time.perf_counter()
    with driver.session() as session:
        session.execute_read(lambda transaction: list(transaction.run(AMONG, ids=list(ids))))
    return time.perf_counter() - began


def csv_ids(folder: Path, limit: int) -> list[str]:
    """Return the local ids of some actors of a folder."""
    return [row["id"] for row in islice(_rows(folder / "actors.csv"), limit)]
