"""The lock of a store that several computers write to: what becomes of it, and of half a write, when a loader dies."""

import os
import signal
import subprocess
import sys
import threading
import time

import pytest
from composed import ROOT

from graph.errors import LockedError, StoreError
from graph.model import Viewer
from graph.stored import Filters, State, Table
from graph.stores import neo4j_lease
from graph.stores.neo4j import open_store

# A loader that says it runs on another computer, writes half of a load, and waits there.
LOADER = """
import sys
from graph.model import EVERYONE, Card, Viewer
from graph.stored import ActorRow, Node, Table
from graph.stores import neo4j_lease
from graph.stores.neo4j import open_store

neo4j_lease._machine = lambda: "another-computer"
with open_store(*sys.argv[1:]) as store, store.draft("load half") as draft:
    ns = range(100, 600)
    draft.put_nodes([Node(n, f"half-{n}", f"half/{n}", EVERYONE, EVERYONE, n, n) for n in ns])
    draft.put(Table.ACTORS, [ActorRow("half", n, n, EVERYONE, (), "{}") for n in ns])
    draft.put_cards(Viewer.PUBLIC, [Card(n, f"half-{n}", "funder", "Half", "half") for n in ns])
    assert len(draft.nodes(ns)) == 500  # what waits is written before it asks anything
    print("half", flush=True)
    sys.stdin.readline()
"""

pytestmark = pytest.mark.neo4j


@pytest.fixture
def dead_loader(neo4j_server, neo4j_store, made) -> int:
    """What a loader on another computer left when it was killed halfway; its process number."""
    made.network(neo4j_store, 2, [made.tie(1, 2)])
    command = [sys.executable, "-c", LOADER, neo4j_server.url, neo4j_server.password]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as loader:
        assert loader.stdout
        assert loader.stdout.readline() == "half\n"
        os.kill(loader.pid, signal.SIGKILL)
    return loader.pid


def visible(store) -> tuple[int, int, int]:
    with store.snapshot() as snapshot:
        found = snapshot.ranked(Viewer.STAFF, ["half"], Filters(), None, 1_000)
        return snapshot.state().revision, len(list(snapshot.all_nodes())), len(found)


def halves(driver) -> int:
    """Count what stands in the database itself."""
    with driver.session() as session:
        return session.run("MATCH (a:Actor) WHERE a.id STARTS WITH 'half-' RETURN count(a)").single(strict=True)[0]


def test_a_dead_loader_elsewhere_is_named_until_its_lease_lapses_and_what_it_left_is_swept_unseen(
    neo4j_store, neo4j_driver, dead_loader, made, monkeypatch
):
    assert visible(neo4j_store) == (1, 2, 0)
    assert halves(neo4j_driver) == 500
    monkeypatch.setattr(neo4j_lease, "LEASE", 600.0)  # however slow this machine is
    with pytest.raises(LockedError) as refused, neo4j_store.draft("mine"):
        pytest.fail("it may be alive, for all we know")
    assert neo4j_store.check() == []
    for text, lapses in ((refused.value.nl, "vervalt het slot"), (refused.value.en, "the lock lapses in")):
        assert all(told in text for told in ("load half", "another-computer", str(dead_loader), lapses))
    with monkeypatch.context() as there:
        there.setattr(neo4j_lease, "_machine", lambda: "another-computer")
        assert len(neo4j_store.check()) == 1, "there it is known to be dead"
    monkeypatch.setattr(neo4j_lease, "LEASE", 0.0)  # as if that time had passed
    time.sleep(0.01)
    [left] = neo4j_store.check()
    assert "niet is afgemaakt" in left.nl
    assert "not finished" in left.en
    with neo4j_store.draft("mine") as draft:
        assert halves(neo4j_driver) == 0
        draft.put_nodes([made.node(100)])
        draft.commit(State(2))
    assert visible(neo4j_store) == (2, 3, 0)
    assert neo4j_store.check() == []


def test_a_check_tells_of_a_write_that_was_left_in_both_languages(neo4j_store, neo4j_driver, dead_loader):
    assert neo4j_store.check() == []  # it may go on
    with neo4j_driver.session() as session:
        session.run("MATCH (w:Weefsel) REMOVE w.holder").consume()
    [left] = neo4j_store.check()
    assert "niet is afgemaakt" in left.nl
    assert "not finished" in left.en


def beat(driver) -> int:
    """Return when the holder of the lock last gave a sign of life."""
    with driver.session() as session:
        return session.run("MATCH (w:Weefsel) RETURN w.beat").single(strict=True)[0]


def test_a_loader_that_lives_renews_its_lease(neo4j_server, neo4j_store, neo4j_driver, monkeypatch):
    monkeypatch.setattr(neo4j_lease, "BEAT", 0.2)
    with neo4j_store.draft("slow") as draft:
        draft.drop_judgement("same", 1, 2)
        before, give_up = beat(neo4j_driver), time.monotonic() + 120
        while beat(neo4j_driver) == before:
            assert time.monotonic() < give_up, "it does nothing else meanwhile"
            time.sleep(0.1)
        with (
            open_store(neo4j_server.url, neo4j_server.password) as other,
            pytest.raises(LockedError, match="slow"),
            other.draft("mine"),
        ):
            pytest.fail("it lives")
        draft.commit(State(1))


def test_a_loader_that_was_overtaken_can_write_nothing_more(neo4j_server, neo4j_store, made, monkeypatch):
    monkeypatch.setattr(neo4j_lease, "BEAT", 60.0)  # it gives no sign of life
    with pytest.raises(StoreError, match="took over"), neo4j_store.draft("stalled") as stalled:
        stalled.put_nodes([made.node(1, "stalled")])
        monkeypatch.setattr(neo4j_lease, "LEASE", 0.0)
        with open_store(neo4j_server.url, neo4j_server.password) as other, other.draft("faster") as draft:
            draft.put_nodes([made.node(1, "faster")])
            draft.put(Table.ACTORS, [made.actor(1)])
            with pytest.raises(StoreError, match="took over"):
                stalled.put(Table.ACTORS, [made.actor(1)])
            draft.commit(State(1))
        stalled.commit(State(1))
    with neo4j_store.snapshot() as snapshot:
        assert [node.id for node in snapshot.all_nodes()] == ["faster"]
    assert neo4j_store.check() == []


def test_of_two_that_begin_in_an_empty_database_at_once_one_is_told_of_the_other(
    neo4j_server, neo4j_store, neo4j_driver
):
    with neo4j_driver.session() as session:
        session.run("DROP CONSTRAINT weefsel_name IF EXISTS").consume()
    barrier, told = threading.Barrier(2), []

    def write(name: str) -> None:
        with open_store(neo4j_server.url, neo4j_server.password) as store:
            barrier.wait()
            try:
                with store.draft(name) as draft:
                    told.append("wrote")
                    barrier.wait(120)  # until the other was refused
                    draft.commit(State(1))
            except LockedError as refused:
                told.append(refused.en)
                barrier.wait(120)

    threads = [threading.Thread(target=write, args=[name]) for name in ("first", "second")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told) == 2
    assert "wrote" in told
    assert any("Another write is going on" in text for text in told)
    assert neo4j_store.check() == []
