"""What every store promises when processes meet or die: one writes, others read; what a killed one left is swept."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest

from graph.errors import LockedError
from graph.model import Viewer
from graph.stored import Filters, State, Table, Wanted

ROOT = Path(__file__).parents[2]

# A process that writes many nodes, ties and cards; it says where it is and waits there for a line, or for its end.
WRITER = """
import sys
from dataclasses import replace
from graph.model import EVERYONE, Card, Viewer
from graph.stored import ActorRow, Node, State, Table, TieRow
from graph.stores import STORES

adapter, url, password, stop, first, size = sys.argv[1:]
first, size = int(first), int(size)
ns = range(first, first + size)

def here(place):
    print(place, flush=True)
    if place == stop:
        sys.stdin.readline()

with STORES[adapter](url, password) as store, store.draft("load made-up rows") as draft:
    here("begun")
    draft.put_nodes([Node(n, f"actor-{n}", f"late/{n}", EVERYONE, EVERYONE, n, n) for n in ns])
    here("nodes")
    draft.put(Table.ACTORS, [ActorRow("late", n, n, EVERYONE, (), "{}") for n in ns])
    ties = [TieRow("late", n, n, "funds", n + 1, "", EVERYONE, 0.5, "{}") for n in ns if n + 1 in ns]
    draft.put(Table.TIES, ties)
    here("records")
    for viewer in Viewer:
        draft.put_cards(viewer, [Card(n, f"actor-{n}", "funder", "Late", "late") for n in ns])
    draft.drop(Table.TIES, "made-up", [1])
    here("cards")
    list(draft.arcs(Viewer.STAFF, [], 1))
    here("before commit")
    state = draft.state()
    draft.commit(replace(state, revision=state.revision + 1, next_n=first + size))
here("done")
"""


@contextmanager
def writer(place, stop: str, first: int = 10, size: int = 1_000) -> Iterator[subprocess.Popen[str]]:
    """Run a process that writes, up to where it is to stop."""
    command = [sys.executable, "-c", WRITER, *place, stop, str(first), str(size)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            for line in process.stdout:
                if line.strip() == stop:
                    break
            else:
                pytest.fail(f"the writer ended before {stop!r}")
            yield process
        finally:
            process.kill()


def kill(process: subprocess.Popen[str]) -> None:
    """Kill it, and wait until it is gone."""
    os.kill(process.pid, signal.SIGKILL)
    process.wait(timeout=30)


def end_well(process: subprocess.Popen[str]) -> None:
    """Let it go on, to its end."""
    process.communicate("\n", timeout=120)
    assert process.returncode == 0


def whole(store) -> tuple[int, int, int, int]:
    """Return revision, nodes, ties and findable actors."""
    with store.snapshot() as snapshot:
        found = snapshot.ranked(Viewer.PUBLIC, ["late"], Filters(), None, 100_000)
        return (
            snapshot.state().revision,
            len(list(snapshot.all_nodes())),
            len(list(snapshot.pairs(None))),
            len(found),
        )


@pytest.mark.parametrize("stop", ["begun", "nodes", "records", "cards", "before commit"])
@pytest.mark.parametrize("filled", [True, False], ids=["later write", "first write"])
def test_a_killed_writer_leaves_the_last_whole_state(any_store, place, made, stop, filled):
    if filled:
        made.network(any_store, 2, [made.tie(1, 2, digest=1)])
    before = whole(any_store)
    with writer(place, stop) as process:
        kill(process)
    assert whole(any_store) == before
    with place.open() as other:
        assert whole(other) == before
    with place.open() as other, other.draft("go on") as draft:
        assert draft.nodes_by_key(["late/10"]) == {}
        assert list(draft.digests(Table.TIES, "late")) == []
        draft.put_nodes([made.node(n) for n in (10, 11)])
        draft.put(Table.TIES, [made.tie(10, 11, digest=7)])
        draft.put_cards(Viewer.PUBLIC, [made.card(10, "late"), made.card(11)])
        draft.commit(State(before[0] + 1))
    assert whole(any_store) == (before[0] + 1, before[1] + 2, before[2] + 1, 1)
    assert any_store.check() == []


def test_a_lock_whose_holder_was_killed_is_free(any_store, place):
    with writer(place, "nodes") as process:
        kill(process)
        with any_store.draft("next") as draft:
            draft.commit(State(1))
    with any_store.snapshot() as snapshot:
        assert snapshot.state().revision == 1


def test_a_second_writer_is_told_who_holds_the_lock_since_when_and_why(any_store, place):
    with writer(place, "nodes") as process:
        with pytest.raises(LockedError) as refused, any_store.draft("mine"):
            pytest.fail("two may write at once")
        for text in (refused.value.nl, refused.value.en):
            assert str(process.pid) in text
            assert "load made-up rows" in text
            assert time.strftime("%Y-%m-") in text
        end_well(process)
    assert whole(any_store)[:2] == (1, 1_000)
    with any_store.draft("mine"):
        pass


def test_two_drafts_in_one_process_exclude_each_other(any_store, place):
    with any_store.draft("first"), place.open() as other:
        with pytest.raises(LockedError, match="first"), any_store.draft("second"):
            pytest.fail("two may write at once")
        with pytest.raises(LockedError, match="first"), other.draft("second"):
            pytest.fail("two may write at once")
    with any_store.draft("third"):
        pass


def test_a_refused_writer_does_not_take_the_lock_along(any_store, place):
    with any_store.draft("first") as draft:
        with pytest.raises(LockedError), place.open() as other, other.draft("second"):
            pytest.fail("two may write at once")
        with pytest.raises(LockedError, match="first"), place.open() as other, other.draft("third"):
            pytest.fail("two may write at once")
        draft.commit(State(1))


@pytest.mark.parametrize("filled", [True, False], ids=["later write", "first write"])
def test_one_reads_while_another_process_writes(any_store, place, made, filled):
    if filled:
        made.network(any_store, 2, [made.tie(1, 2, digest=1)])
    before = whole(any_store)
    with any_store.snapshot() as early:
        for stop in ("records", "before commit"):
            with writer(place, stop) as process:
                assert whole(any_store) == before
                assert early.state().revision == before[0]
                if stop == "before commit":
                    end_well(process)
        assert early.state().revision == before[0]
        assert list(early.arcs(Viewer.PUBLIC, [Wanted(10)], 5)) == []
    assert whole(any_store) == (before[0] + 1, before[1] + 1_000, 999, 1_000)


def test_threads_read_at_once_while_one_writes(any_store, made):
    made.network(any_store, 50, [made.tie(n, n + 1) for n in range(1, 50)])
    wrong: list[object] = []

    def read() -> None:
        try:
            for _ in range(20):
                with any_store.snapshot() as snapshot:
                    revision = snapshot.state().revision
                    found = snapshot.ranked(Viewer.PUBLIC, ["late"], Filters(), None, 99)
                    ties = list(snapshot.arcs(Viewer.STAFF, [Wanted(1)], 99))
                    if len(found) != revision - 1 or len(ties) != revision:
                        wrong.append((revision, len(found), len(ties)))
        except Exception as error:  # noqa: BLE001 - any error of a thread is a failure of the test
            wrong.append(error)

    threads = [Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for revision in range(2, 8):
        with any_store.draft("a test") as draft:
            draft.put_cards(Viewer.PUBLIC, [made.card(revision, f"late {revision}")])
            draft.put(Table.TIES, [made.tie(1, 40 + revision)])
            draft.commit(State(revision))
    for thread in threads:
        thread.join()
    assert wrong == []
