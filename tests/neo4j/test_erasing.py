"""What stays of a suppressed person in the bytes of a server's data folder; docs/neo4j.md tells what is found here.

A server packs short texts by six bits or so a letter, so names are looked for packed too, and their words without
their beginnings, which indexes leave out. The second of the two persons has texts so short that the server puts
them in one place with other values.
"""

import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from composed import ROOT
from door import load

from graph.ingest import suppress as suppress_person
from graph.model import Viewer
from graph.records import ActorRecord, DatasetRecord, Record, TieRecord
from graph.store import Filters
from graph.stores.neo4j_sweep import blotted

PERSONS = {"zyxxqkqvwzz": "Xyzzyqvw Qqzxjwvk", "zyxxqkq": "Xyzzyqvw Qqz"}  # made up: keys and names
PACKED = bytes.fromhex("758a206fb63c")  # a part of both names, as a server packs it
TRACES = (b"yzzyqvw", b"zyxxqkq", PACKED, PACKED[::-1])
ANEW = ("DROP INDEX cards", "DROP INDEX cards_rank", "DROP INDEX actor_key", "MATCH (w:Weefsel) REMOVE w.schema")
PEOPLE = DatasetRecord(name="m", title="Verzonnen mensen", audience="public", date="2026-01-31")


def people(key: str) -> Iterator[Record]:
    yield ActorRecord(id="thuis", kind="initiative", name="Verzonnen Thuis")
    yield ActorRecord(
        id=key,
        kind="person",
        name=PERSONS[key],
        aliases=(PERSONS[key][::-1],),
        note=f"Van {PERSONS[key]} is niets bekend.",
    )
    yield TieRecord(source=key, kind="works_at", target="thuis", role=f"de stoel van {PERSONS[key]}")
    for n in range(50):
        yield ActorRecord(id=f"m{n}", kind="person", name=f"Verzonnen Mens {n}")


def traces(home: Path) -> set[str]:
    """Return which kinds of files have a trace: `transactions`, `databases`, and among these `index`."""
    found = set()
    for path in (home / "data").rglob("*"):
        with suppress(FileNotFoundError):  # the server may delete files meanwhile
            if path.is_file() and any(trace in path.read_bytes() for trace in TRACES):
                parts = path.relative_to(home / "data").parts
                found.add("index" if "index" in parts else parts[0])
    return found


def wait_for(expected: set[str], home: Path) -> None:
    """Wait for checkpoints (which this server makes often) until there are traces in just these kinds of files."""
    give_up = time.monotonic() + 60
    while (found := traces(home)) != expected:
        assert time.monotonic() < give_up, found
        time.sleep(0.5)


@pytest.mark.neo4j
@pytest.mark.parametrize("key", PERSONS)
def test_only_indexes_have_traces_of_a_suppressed_person_and_made_anew_none(
    composed_server, composed_store, composed_driver, key
):
    load(composed_store, PEOPLE, tuple(people(key)))
    wait_for({"transactions", "databases", "index"}, composed_server.home)
    with composed_store.snapshot() as snapshot:
        [person] = snapshot.ranked(Viewer.STAFF, ["xyzzyqvw"], Filters(), None, 2)
    suppress_person(composed_store, person.card.id, "proef")
    load(composed_store, PEOPLE, tuple(people(key)))
    wait_for({"index"}, composed_server.home)
    with composed_driver.session() as session:
        for statement in ANEW:
            session.run(statement).consume()
    with composed_store.draft("make the indexes anew"):
        pass
    wait_for(set(), composed_server.home)
    assert composed_store.check() == []
    with composed_store.snapshot() as snapshot:
        assert len(snapshot.ranked(Viewer.STAFF, ["verzonnen"], Filters(), None, 99)) == 51


def test_the_document_tells_how_to_make_the_indexes_anew():
    told = (ROOT / "docs" / "neo4j.md").read_text(encoding="utf-8")
    assert all(f"{statement};" in told for statement in ANEW)


@pytest.mark.parametrize("name", ["Anna-Zoë van 't Veld", "Łukasz Żak", "ندى", "名無し", "👩‍🌾 Boerin 7", ""])
def test_a_blotted_text_is_as_long_and_tells_nothing(name):
    blot = blotted(name)
    assert len(blot) == len(name)
    assert len(blot.encode()) == len(name.encode())
    assert set(blot) <= set("Xx0éж字😀 -'\u200d·")
