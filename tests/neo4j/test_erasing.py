"""What stays of a suppressed person in the bytes of a server's data folder; docs/neo4j.md tells what is found here.

A server packs short texts by six bits or so a letter, so names are looked for packed too, and their words without
their beginnings, which indexes leave out. The lengths of the second name and key are such that the server puts the end
of each in one place with other values, which stays in use when they go. Of a server, nothing may have been deleted before
but by a store, so these tests come before others that use it; each takes back whom it suppressed.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import neo4j
import pytest
from composed import ROOT
from door import load

from graph.ingest import remove, take_back
from graph.ingest import suppress as suppress_person
from graph.model import Viewer
from graph.records import ActorRecord, DatasetRecord, Record, TieRecord
from graph.stored import Filters
from graph.stores import neo4j_sweep
from graph.stores.neo4j import open_store
from graph.stores.neo4j_sweep import blotted

PERSONS = {  # made up: of each key the name, and parts of both as a server packs them
    "zyxxqkqvwzz": ("Xyzzyqvw Qqzxjwvk", "bd5c758a206fb63c", "000000d6af68ae38"),
    "zyxxqkqvwzzyxxqkqvwz": ("Xyzzyqvw Qqzxjwvkzzy", "0000000073d755ed", "b8e319d6af68ae38", "00000000001abda2"),
}
ANEW = ("DROP INDEX cards", "DROP INDEX cards_rank", "DROP INDEX actor_key", "MATCH (w:Weefsel) REMOVE w.schema")
PEOPLE = DatasetRecord(name="m", title="Verzonnen mensen", audience="public", date="2026-01-31")


REMOVED = DatasetRecord(name="weg", title="Verzonnen en weggehaald", audience="public", date="2026-01-31")
MANY = 1_500  # more than fit in the places that are filled at least


def many() -> Iterator[Record]:
    for n in range(MANY):
        yield ActorRecord(id=f"v{n}", kind="initiative", name=f"Verzonnen Vereniging {n}", note=f"{n:x} " * 60)


def people(*keys: str) -> Iterator[Record]:
    yield ActorRecord(id="thuis", kind="initiative", name="Verzonnen Thuis")
    for key in keys:
        name = PERSONS[key][0]
        yield ActorRecord(
            id=key,
            kind="person",
            name=name,
            aliases=(name[::-1],),
            note=f"Van {name} is niets bekend.",
        )
        yield TieRecord(source=key, kind="works_at", target="thuis", role=f"de stoel van {name}")
    for n in range(50):
        yield ActorRecord(id=f"m{n}", kind="person", name=f"Verzonnen Mens {n}")


def traces(home: Path) -> set[str]:
    """Return which kinds of files have a trace: `transactions`, `databases`, and among these `index`."""
    packed = [bytes.fromhex(text) for name, *texts in PERSONS.values() for text in texts]
    looked_for = (b"yzzyqvw", b"zyxx", *packed, *(text[::-1] for text in packed))
    found = set()
    for path in (home / "data").rglob("*"):
        with suppress(FileNotFoundError):  # the server may delete files meanwhile
            if path.is_file() and any(trace in path.read_bytes() for trace in looked_for):
                parts = path.relative_to(home / "data").parts
                found.add("index" if "index" in parts else parts[0])
    return found


def wait_for(expected: set[str], home: Path) -> None:
    """Wait for checkpoints (which this server makes often) until there are traces in just these kinds of files.

    When there are any in `databases`, those in transaction logs may be gone already.
    """
    wait_until(lambda: traces(home) - ({"transactions"} & expected), expected - {"transactions"})


def wait_until(look: Callable[[], set[str]], expected: set[str]) -> None:
    """Wait until just these are found."""
    give_up = time.monotonic() + 200
    while (found := look()) != expected:
        assert time.monotonic() < give_up, found
        time.sleep(1)


def packed_in_stores(home: Path, key: str) -> set[str]:
    """Return which parts of name and key stand packed in store files, in places that are taken or free."""
    texts = [path.read_bytes() for path in (home / "data" / "databases").rglob("neostore.propertystore.db")]
    return {part for part in PERSONS[key][1:] for text in texts if bytes.fromhex(part) in text}


@pytest.mark.neo4j
@pytest.mark.timeout(900)
def test_a_name_and_a_key_are_written_over_even_where_nothing_takes_the_free_place(composed_server, monkeypatch):
    key = "zyxxqkqvwzzyxxqkqvwz"
    monkeypatch.setattr(neo4j_sweep, "FILL", "RETURN 1")
    monkeypatch.setattr(neo4j_sweep, "FREED_AFTER", 0.0)
    with open_store(composed_server.url, composed_server.password) as store:
        load(store, PEOPLE, tuple(people(key)))
        wait_until(lambda: packed_in_stores(composed_server.home, key), set(PERSONS[key][1:]))
        with store.snapshot() as snapshot:
            [person] = snapshot.ranked(Viewer.STAFF, ["xyzzyqvw"], Filters(), None, 2)
        suppress_person(store, person.card.id, "proef")
        wait_until(lambda: packed_in_stores(composed_server.home, key), set())
        take_back(store, "suppress", person.card.id)


@pytest.mark.neo4j
@pytest.mark.timeout(900)
def test_only_indexes_have_traces_of_suppressed_persons_and_made_anew_none(composed_server, monkeypatch):
    monkeypatch.setattr(neo4j_sweep, "FREED_AFTER", 5.0)  # this server has little else to do
    home, auth = composed_server.home, ("neo4j", composed_server.password)
    with open_store(composed_server.url, composed_server.password) as store:
        load(store, REMOVED, tuple(many()))
        load(store, PEOPLE, tuple(people(*PERSONS)))
        wait_for({"transactions", "databases", "index"}, home)
        remove(store, REMOVED.name)  # its places are free too, and taken first
        with store.snapshot() as snapshot:
            found = snapshot.ranked(Viewer.STAFF, ["xyzzyqvw"], Filters(), None, 3)
        assert len(found) == len(PERSONS)
        for person in found:
            suppress_person(store, person.card.id, "proef")
        load(store, PEOPLE, tuple(people(*PERSONS)))
        wait_for({"index"}, home)
        with neo4j.GraphDatabase.driver(composed_server.url, auth=auth) as driver, driver.session() as session:
            for statement in ANEW:
                session.run(statement).consume()
        with store.draft("make the indexes anew"):
            pass
        wait_for(set(), home)
        assert store.check() == []
        with store.snapshot() as snapshot:
            assert len(snapshot.ranked(Viewer.STAFF, ["verzonnen"], Filters(), None, 99)) == 51
        for person in found:
            take_back(store, "suppress", person.card.id)


def test_the_document_tells_how_to_make_the_indexes_anew():
    told = (ROOT / "docs" / "neo4j.md").read_text(encoding="utf-8")
    assert all(f"{statement};" in told for statement in ANEW)


@pytest.mark.parametrize("name", ["Anna-Zoë van 't Veld", "Łukasz Żak", "ندى", "名無し", "👩‍🌾 Boerin 7", ""])
def test_a_blotted_text_is_as_long_and_tells_nothing(name):
    blot = blotted(name)
    assert len(blot) == len(name)
    assert len(blot.encode()) == len(name.encode())
    assert set(blot) <= set("Xx0éж字😀 -'\u200d·")
