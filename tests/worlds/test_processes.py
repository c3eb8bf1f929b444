"""Loads, readers and kills with real processes: a reader sees whole states, one writes at a time, what is killed never was."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from holdings import of_server
from saying import PUBLIC, STAFF, actor, around, everything, ids, load, revision, tie

from graph.model import Viewer
from graph.store import Store
from graph.view import open_view

ROOT = Path(__file__).parents[2]
SIZES = {"sqlite": 12_000, "neo4j": 1_500}  # of a load to kill: of several batches

# A load that, each time it has taken rows in, says how many; where it is to stop, it waits for a line, or for its end.
LOADER = """
import sys
from graph.ingest import preparing, replace
from graph.reading import Row, Where
from graph.records import ActorRecord, DatasetRecord, TieRecord
from graph.stores import STORES, neo4j_draft

adapter, url, password, name, stop, size = sys.argv[1:]
preparing.BATCH = neo4j_draft.BATCH = 1_000

def said():
    yield ActorRecord(id="naaf", kind="network", name="Verzonnen naaf, anders")
    for n in range(int(size)):
        yield ActorRecord(id=f"gedood-{n}", kind="initiative", name=f"Verzonnen en gedood {n}")
    for n in range(int(size)):
        yield TieRecord(source=f"gedood-{n}", kind="member_of", target="naaf")

heard = []

def watch(rows, fault):
    place = "begun" if not heard else "folding" if rows in heard else "half" if rows > int(size) else "on the way"
    heard.append(rows)
    print(place, flush=True)
    if place == stop:
        sys.stdin.readline()

with STORES[adapter](url, password) as store:
    rows = (Row(record, Where("made-up.csv", n)) for n, record in enumerate(said(), 2))
    replace(store, DatasetRecord(name=name, audience="public"), rows, "made-up", watch=watch)
print("done", flush=True)
"""

# A reader that looks again and again whether all that it sees is of one state, until its input ends.
READER = """
import select, sys
from graph.model import Viewer
from graph.questions import neighbourhood, search
from graph.stores import STORES
from graph.view import open_view

adapter, url, password = sys.argv[1:]
seen = []
with STORES[adapter](url, password) as store:
    print("reading", flush=True)
    while not select.select([sys.stdin], [], [], 0)[0]:
        with open_view(store, Viewer.PUBLIC) as view:
            found = search(view, "", limit=100)
            around = neighbourhood(view, "naaf", limit=200)
            names = {card.name.split()[-1] for card in found.actors} | {one.actor.name.split()[-1] for one in around.actors}
            [dataset] = view.datasets()
            state = (view.revision, dataset.revision, dataset.counts["ties"], len(around.actors), around.centre.contacts)
        if len(names) != 1 or len({state[0], state[1]}) != 1 or len(set(state[2:])) != 1:
            print("torn", names, state, flush=True)
        if not seen or seen[-1] != names:
            seen.append(names)
print("states", len(seen), flush=True)
"""


def told(place: Any, version: int, size: int = 40) -> None:
    """Load a version of a dataset whose every name says which it is; a later version has more ties."""
    with place.open() as store:
        members = [actor(f"lid-{n}", name=f"Verzonnen lid, versie {version}") for n in range(size + version)]
        ties = [tie(one.id, "member_of", "naaf") for one in members]
        load(store, "gids", actor("naaf", "network", f"Verzonnen naaf, versie {version}"), *members, *ties)


@contextmanager
def running(script: str, *arguments: object, until: str = "") -> Iterator[subprocess.Popen[str]]:
    """Run a script as a process of its own, up to the line `until`; it is killed in the end."""
    command = [sys.executable, "-c", script, *map(str, arguments)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            for line in process.stdout:
                if line.strip() == until:
                    break
            else:
                pytest.fail(f"the process ended before {until!r}")
            yield process
        finally:
            process.kill()


def kill(process: subprocess.Popen[Any]) -> None:
    """Kill a process at once, and wait until it is gone."""
    assert process.poll() is None
    os.kill(process.pid, signal.SIGKILL)
    process.wait(timeout=30)


def folder(path: Path, name: str, size: int) -> Path:
    """Write a dataset as a folder of tables."""
    path.mkdir()
    (path / "dataset.toml").write_text(f'name = "{name}"\ntitle = "Verzonnen {name}"\naudience = "public"\n')
    rows = "".join(f"{name}-{n},initiative,Verzonnen {name} {n}\n" for n in range(size))
    (path / "actors.csv").write_text("id,kind,name\n" + rows)
    ties = "".join(f"{name}-0,partner_of,{name}-{n}\n" for n in range(1, size))
    (path / "ties.csv").write_text("from,kind,to\n" + ties)
    return path


def weefsel(place: Any, *words: object) -> subprocess.Popen[str]:
    """Start the command."""
    code = "import sys; from api.cli import main; sys.argv[0] = 'weefsel'; main()"
    return subprocess.Popen(
        [sys.executable, "-c", code, "--store", place.url, *map(str, words)],
        cwd=ROOT,
        env={**os.environ, "WEEFSEL_NEO4J_PASSWORD": place.password},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    """Return how a command ended, and what it said on both streams, which is never a traceback."""
    output, errors = process.communicate(timeout=120)
    assert "Traceback" not in output + errors
    return process.returncode, output, errors


def sizes(store: Store) -> dict[str, int]:
    """Return how many ties each dataset has."""
    with open_view(store, PUBLIC) as view:
        return {dataset.name: dataset.counts["ties"] for dataset in view.datasets()}


@pytest.fixture
def is_writing(place: Any, request: pytest.FixtureRequest) -> Callable[[], bool]:
    """A way to see that some process holds the lock, without touching it."""
    if place.adapter == "sqlite":
        return Path(f"{place.url}.holder").exists
    driver = request.getfixturevalue("neo4j_driver")
    asked = "MATCH (w:Weefsel) RETURN w.unfinished IS NOT NULL"
    return lambda: any(record[0] for record in driver.execute_query(asked).records)


@pytest.fixture
def has_leftovers(place: Any, request: pytest.FixtureRequest) -> Callable[[], bool]:
    """A way to see whether anything of a killed load is left."""
    if place.adapter == "sqlite":
        return lambda: bool(list(Path(place.url).parent.glob("*.new*")))
    driver = request.getfixturevalue("neo4j_driver")
    return lambda: b"gedood" in of_server(driver)


# -- one reads, one loads


def test_a_reader_sees_only_whole_states_while_another_process_loads(place):
    told(place, 1)
    with running(READER, *place, until="reading") as reader:
        for version in range(2, 5):
            told(place, version)
        output, _ = reader.communicate("enough\n", timeout=60)
    assert "torn" not in output
    assert int(output.split()[-1]) >= 2


# -- two load


def test_of_two_loads_at_once_none_is_lost(any_store, place, tmp_path):
    folders = {name: folder(tmp_path / name, name, 400) for name in ("een", "twee")}
    started = [weefsel(place, "load", "sector", path) for path in folders.values()]
    for code, _, errors in [ended(process) for process in started]:
        assert code == 0 or ("schrijft" in errors and "opnieuw" in errors), errors
    for name, path in folders.items():
        if name not in sizes(any_store):
            assert ended(weefsel(place, "load", "sector", path))[0] == 0
    assert sizes(any_store) == {"een": 399, "twee": 399}
    assert revision(any_store) == 2
    assert any_store.check() == []


def test_a_second_load_is_told_who_is_loading_and_the_first_is_not_disturbed(any_store, place, tmp_path):
    path = folder(tmp_path / "tweede", "tweede", 5)
    with running(LOADER, *place, "eerste", "begun", 50, until="begun") as first:
        code, output, errors = ended(weefsel(place, "load", "sector", path))
        assert (code, output) == (1, "")
        assert all(word in errors for word in ("load eerste", str(first.pid)))
        rest, _ = first.communicate("\n", timeout=60)
        assert rest.split()[-1] == "done"
    assert ended(weefsel(place, "load", "sector", path))[0] == 0
    assert sizes(any_store) == {"eerste": 50, "tweede": 4}


# -- killed


def after(store: Store, has_leftovers: Callable[[], bool], before: list[dict[str, Any]], files: Any) -> None:
    """See that a store tells what it told before a load was killed, and that the next write goes on from there."""
    assert [everything(store, viewer) for viewer in Viewer] == before
    load(store, "krant", actor("krant"), tie("krant", "interviewed", "id:naaf"))
    assert not has_leftovers()
    assert store.check() == []
    with files.empty() as spared:
        if "naaf" in before[0]:
            load(spared, "gids", *SPARED)
        load(spared, "krant", actor("krant"), tie("krant", "interviewed", "id:naaf"))
        for viewer in Viewer:
            assert everything(store, viewer) == everything(spared, viewer)
    with store.snapshot() as snapshot:
        assert not any("gedood" in node.key for node in snapshot.all_nodes())


SPARED = (actor("naaf", "network"), actor("lid"), tie("lid", "member_of", "naaf"))


@pytest.mark.parametrize(("filled", "stop"), [(True, "half"), (True, "folding"), (False, "half")])
def test_a_load_that_is_killed_never_was(any_store, place, files, has_leftovers, stop, filled):
    if filled:
        load(any_store, "gids", *SPARED)
    before = [everything(any_store, viewer) for viewer in Viewer]
    with running(LOADER, *place, "gids", stop, SIZES[place.adapter], until=stop) as process:
        assert [everything(any_store, viewer) for viewer in Viewer] == before
        kill(process)
    after(any_store, has_leftovers, before, files)


def test_a_load_that_is_killed_while_it_folds_never_was(any_store, place, files, has_leftovers):
    load(any_store, "gids", *SPARED)
    before = [everything(any_store, viewer) for viewer in Viewer]
    with running(LOADER, *place, "gids", "", SIZES[place.adapter], until="folding") as process:
        time.sleep(0.05)
        kill(process)
    after(any_store, has_leftovers, before, files)


def test_the_command_can_be_killed_too(any_store, place, files, tmp_path, is_writing, has_leftovers):
    load(any_store, "gids", *SPARED)
    before = [everything(any_store, viewer) for viewer in Viewer]
    size = SIZES[place.adapter]
    process = weefsel(place, "load", "sector", folder(tmp_path / "gedood", "gedood", size))
    while not is_writing():
        assert process.poll() is None
        time.sleep(0.01)
    kill(process)
    process.communicate()
    after(any_store, has_leftovers, before, files)
    code, output, _ = ended(weefsel(place, "load", "sector", tmp_path / "gedood"))
    assert (code, "Bewaard als revisie 3" in output) == (0, True)
    assert ids(any_store, STAFF, text=f"gedood {size - 1}") == [f"gedood-{size - 1}"]
    assert around(any_store, "gedood-0").centre.contacts == size - 1
