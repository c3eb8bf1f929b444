"""Indexes are made once, shared, swapped whole; what goes wrong with them costs no answer."""

import gc
import os
import pickle
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest
from saying import PUBLIC, STAFF, actor, load, offer, person, tie

from graph.errors import StoreError
from graph.index import building, keeping, making
from graph.index.arrays import clock
from graph.index.building import build
from graph.index.files import Index
from graph.index.folder import SEAL, IndexFolder
from graph.index.keeping import Indexes, Standing
from graph.index.scratch import scratch
from graph.model import Viewer
from graph.store import Store
from graph.stores import STORES
from graph.view import open_view, today
from graph.vocabulary import vocabulary

ROOT = Path(__file__).parents[2]
FIRST = (
    actor("a"),
    actor("b", "network"),
    actor("c", "funder", themes=("wonen",)),
    tie("a", "member_of", "b"),
    tie("c", "funds", "b"),
    offer("c"),
)
MORE = (actor("d"), tie("d", "member_of", "id:b"))

# Another process that asks for an index: it tells whether it built one, and which file it maps.
ASKING = """
import pickle, sys
from pathlib import Path
from graph.index import making
from graph.index.keeping import Indexes
from graph.model import Viewer
from graph.view import open_view

real = making.build
making.build = lambda view, day: print("built", flush=True) or real(view, day)
store, folder = pickle.loads(bytes.fromhex(sys.argv[1]))
with store, open_view(store, Viewer.PUBLIC) as view:
    print("asking", flush=True)
    index = getattr(Indexes(store, folder), sys.argv[2])(view)
[mapped] = [line.split() for line in Path("/proc/self/maps").read_text().splitlines() if "ties.other.npy" in line]
print("mapped", index.about.revision, int(index.ties.other.sum()), *mapped[1:5])
"""

# Another process that builds, and stops at the end of what it writes for a line or for its end.
BUILDING = """
import pickle, sys
from graph.index import folder as index_folder
from graph.index.making import make
from graph.model import Viewer

def through(path):
    if path.name.startswith(index_folder.MAKING):
        print("written", flush=True)
        sys.stdin.readline()
index_folder._through = through
store, folder = pickle.loads(bytes.fromhex(sys.argv[1]))
with store:
    make(store, index_folder.IndexFolder(folder), Viewer.PUBLIC)
"""

# Another process, which may not write beyond a size or pass over permissions, that asks for an index twice.
CONFINED = """
import ctypes, os, pickle, resource, sys
from graph.index.keeping import Indexes
from graph.model import Viewer
from graph.view import open_view

store, folder = pickle.loads(bytes.fromhex(sys.argv[1]))
with store, open_view(store, Viewer.PUBLIC) as view:
    indexes = Indexes(store, folder)
    if sys.argv[2] == "full":
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
    elif sys.argv[2] == "shut":  # root lays down its right to pass over permissions
        for right in (1, 2):
            assert os.geteuid() or ctypes.CDLL(None).prctl(24, right, 0, 0, 0) == 0
        os.execv(sys.executable, [sys.executable, "-c", sys.argv[3], sys.argv[1], "confined"])
    index = indexes.of(view)
    assert indexes.of(view) is index
    told = indexes.standing(view)
    indexes.close()
print(index.about.revision, index.ties.size, told.revision, told.trouble.made)
print(told.trouble.error.nl)
print(told.trouble.error.en)
"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with STORES["sqlite"](str(tmp_path / "store.db"), "") as store:
        load(store, "verzonnen", *FIRST)
        yield store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def indexes(store: Store, folder: Path) -> Iterator[Indexes]:
    with closing(Indexes(store, folder)) as indexes:
        yield indexes


def ask(indexes: Indexes, viewer: Viewer = PUBLIC) -> Index:
    """Ask for an index, as a question does."""
    with open_view(indexes._store, viewer) as view:
        return indexes.of(view)


def standing(indexes: Indexes, viewer: Viewer = PUBLIC) -> Standing:
    with open_view(indexes._store, viewer) as view:
        return indexes.standing(view)


def settle(indexes: Indexes) -> None:
    """Wait for the thread that makes an index."""
    assert indexes._thread
    indexes._thread.join(60)
    assert not indexes._thread.is_alive()


def truth(store: Store, viewer: Viewer = PUBLIC) -> Index:
    with open_view(store, viewer) as view:
        return build(view, today())


def same(one: Index, other: Index) -> bool:
    """Return whether two indexes are the same in every value."""
    parts = ((one.ties, other.ties), (one.helping, other.helping), (one.likeness, other.likeness))
    return one.about == other.about and all(
        np.array_equal(getattr(a, field.name), getattr(b, field.name)) for a, b in parts for field in fields(a)
    )


def whole(folder: Path, viewer: Viewer = PUBLIC) -> list[Path]:
    """Return the folders of indexes of a viewer."""
    return [path for path in folder.iterdir() if f"-{viewer.value}-" in path.name]


def said(store: Store, folder: Path) -> str:
    return pickle.dumps((store, folder)).hex()


@contextmanager
def process(script: str, store: Store, folder: Path, *words: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", script, said(store, folder), *words]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        try:
            yield running
        finally:
            running.kill()


# -- made once, shared


def test_a_question_is_given_the_index_of_its_view(indexes: Indexes, store: Store):
    for viewer in Viewer:
        assert same(ask(indexes, viewer), truth(store, viewer))


@pytest.mark.parametrize("how", ["of", "fresh"])
def test_two_processes_at_once_build_one_index_and_map_the_same_file(store: Store, folder: Path, how: str):
    with process(ASKING, store, folder, how) as one, process(ASKING, store, folder, how) as other:
        with IndexFolder(folder).lock():
            for asking in (one, other):
                assert asking.stdout
                assert asking.stdout.readline() == "asking\n"
            time.sleep(0.2)
            assert (one.poll(), other.poll()) == (None, None)
        told = [asking.communicate(timeout=60)[0].splitlines() for asking in (one, other)]
    assert sorted(len(lines) for lines in told) == [1, 2], "one of them built it"
    assert told[0][-1] == told[1][-1]
    mapped = told[0][-1].split()
    assert mapped[:3] == ["mapped", "1", str(truth(store).ties.other.sum())]
    [made] = whole(folder)
    assert mapped[3].startswith("r--")
    assert int(mapped[6]) == (made / "ties.other.npy").stat().st_ino


def test_what_another_process_made_is_taken(store: Store, folder: Path, indexes: Indexes, monkeypatch):
    with process(ASKING, store, folder, "fresh") as other:
        assert "built" in other.communicate(timeout=60)[0]
    monkeypatch.setattr(making, "build", None)
    assert same(ask(indexes), truth(store))


def test_threads_that_ask_at_once_wait_for_one_of_them(indexes: Indexes, monkeypatch):
    built = []
    monkeypatch.setattr(making, "build", lambda view, day: built.append(view) or build(view, day))
    found: list[Index] = []
    asking = [threading.Thread(target=lambda: found.append(ask(indexes))) for _ in range(4)]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join(60)
    assert len(built) == 1
    assert len({id(index) for index in found}) == 1
    assert len(found) == 4


def test_a_large_index_is_made_in_another_process(any_store: Store, folder: Path, monkeypatch):
    load(any_store, "verzonnen", *FIRST)
    monkeypatch.setattr(keeping, "SMALL", 0)
    monkeypatch.setattr(making, "build", None)  # not here
    with closing(Indexes(any_store, folder)) as indexes:
        assert same(ask(indexes), truth(any_store))
        load(any_store, "meer", *MORE)
        assert ask(indexes).about.revision == 1
        settle(indexes)
        assert same(ask(indexes), truth(any_store))


def test_nothing_is_kept_of_a_store_that_was_never_written(tmp_path: Path, folder: Path):
    with STORES["sqlite"](str(tmp_path / "none.db"), "") as store, closing(Indexes(store, folder)) as indexes:
        index = ask(indexes)
        assert index.ties.size == 0
        assert ask(indexes) is index
        assert not folder.exists()
        load(store, "verzonnen", *FIRST)
        assert ask(indexes).ties.size == 3


def test_files_are_for_their_owner_alone(indexes: Indexes, folder: Path):
    before = os.umask(0)
    try:
        ask(indexes)
    finally:
        os.umask(before)
    modes = {(path.is_dir(), path.stat().st_mode & 0o777) for path in (folder, *folder.rglob("*"))}
    assert modes == {(True, 0o700), (False, 0o600)}


def test_stores_that_share_a_folder_keep_apart(indexes: Indexes, store: Store, folder: Path, tmp_path: Path):
    with STORES["sqlite"](str(tmp_path / "other.db"), "") as other, closing(Indexes(other, folder)) as others:
        load(other, "verzonnen", *FIRST, *MORE[:1])
        assert ask(others).ties.size == 4
        assert ask(indexes).ties.size == 3
        assert len(whole(folder)) == 2


# -- swapped


def test_questions_go_on_with_the_last_whole_index_while_the_next_is_made(any_store: Store, folder: Path):
    load(any_store, "verzonnen", *FIRST)
    with closing(Indexes(any_store, folder)) as indexes:
        old = ask(indexes)
        with IndexFolder(folder).lock():  # the next cannot be made yet
            load(any_store, "meer", *MORE)
            for _ in range(3):
                assert ask(indexes) is old
            assert standing(indexes) == (1, None)
        settle(indexes)
        assert same(ask(indexes), truth(any_store))
        assert standing(indexes) == (2, None)
        assert old.ties.ns.sum() > 0, "who has it may go on with it"
        assert len(whole(folder)) == 1


def test_a_process_that_starts_takes_the_last_whole_index_of_others(indexes: Indexes, store: Store, folder: Path):
    ask(indexes)
    load(store, "meer", *MORE)
    with closing(Indexes(store, folder)) as later, IndexFolder(folder).lock():
        assert ask(later).about.revision == 1


def test_the_command_line_waits_for_the_last_revision(indexes: Indexes, store: Store):
    ask(indexes)
    load(store, "meer", *MORE)
    with open_view(store, PUBLIC) as view:
        assert same(indexes.fresh(view), truth(store))


def test_what_the_public_cannot_notice_leaves_its_index_alone(indexes: Indexes, store: Store, folder: Path):
    before = ask(indexes), ask(indexes, STAFF)
    [made] = whole(folder)
    stamp = made.stat().st_ctime_ns
    load(store, "intern", *MORE, audience="staff")
    assert ask(indexes) is before[0]
    assert indexes._thread is None
    assert made.stat().st_ctime_ns == stamp
    assert ask(indexes, STAFF) is before[1]
    settle(indexes)
    assert same(ask(indexes, STAFF), truth(store, STAFF))


def test_another_vocabulary_makes_another_index(indexes: Indexes, store: Store, monkeypatch):
    ask(indexes)
    words = vocabulary()
    other = replace(words, helps=dict(reversed(words.helps.items())))
    monkeypatch.setattr(building, "vocabulary", lambda: other)
    building._words.cache_clear()
    try:
        with open_view(store, PUBLIC) as view:
            assert IndexFolder(indexes._folder.path).latest(building.about(view, today()), view.writes) is None
    finally:
        building._words.cache_clear()


def put_back(store: Store, backup: Path) -> None:
    """Put a backup in the place of the store's file, and leave its index as it is."""
    store.close()
    place = store.beside.with_suffix("")
    for left in place.parent.glob(f"{place.name}-*"):
        left.unlink()
    shutil.copy(backup, place.with_name("new.db"))
    place.with_name("new.db").replace(place)


@pytest.fixture
def backup(store: Store, tmp_path: Path) -> Path:
    """A backup of the store, made as the README says."""
    backup = tmp_path / "backup.db"
    with closing(sqlite3.connect(tmp_path / "store.db")) as source, closing(sqlite3.connect(backup)) as target:
        source.backup(target)
    return backup


@pytest.mark.parametrize("later", [False, True], ids=["the same process", "another process"])
def test_a_store_that_was_put_back_is_never_asked_by_an_index_of_what_came_after(
    indexes: Indexes, store: Store, folder: Path, backup: Path, later: bool
):
    load(store, "meer", *MORE)
    assert ask(indexes).about.revision == 2
    put_back(store, backup)
    with closing(Indexes(store, folder)) as others:
        asked = others if later else indexes
        assert same(ask(asked), truth(store)), "with the first question"
        load(store, "anders", actor("e"), tie("e", "funds", "id:c"))  # counted as what was loaded before is
        with open_view(store, PUBLIC) as view:
            assert view.revision == 2
        ask(asked)
        settle(asked)
        assert same(ask(asked), truth(store))
        assert len(whole(folder)) == 1


def test_an_index_of_another_second_revision_is_not_taken(indexes: Indexes, store: Store, folder: Path, backup: Path):
    load(store, "meer", *MORE)
    assert ask(indexes).about.revision == 2
    put_back(store, backup)
    load(store, "anders", actor("e"), tie("e", "funds", "id:c"))
    assert same(ask(indexes), truth(store))
    with closing(Indexes(store, folder)) as others:
        assert same(ask(others), truth(store))


def test_a_question_that_began_before_a_write_is_given_the_index_of_after_it(indexes: Indexes, store: Store):
    ask(indexes)
    with open_view(store, PUBLIC) as early:
        load(store, "meer", *MORE)
        ask(indexes)
        settle(indexes)
        index = ask(indexes)
        assert index.about.revision == 2
        assert indexes.of(early) is index


def test_an_index_that_was_swapped_leaves_the_memory(indexes: Indexes, store: Store):
    def used() -> weakref.ref:
        index = ask(indexes)
        clock(index.ties, today())
        with scratch(index.ties):
            pass
        return weakref.ref(index.ties)

    old = used()
    load(store, "meer", *MORE)
    ask(indexes)
    settle(indexes)
    ask(indexes)
    gc.collect()
    assert old() is None


def test_an_actor_that_went_meanwhile_is_in_the_old_index_alone(indexes: Indexes, store: Store, folder: Path):
    load(store, "mensen", person("p"), tie("p", "works_at", "id:a"))
    assert ask(indexes).ties.size == 4
    load(store, "mensen", person("p", visibility="staff"), tie("p", "works_at", "id:a"))
    with IndexFolder(folder).lock(), open_view(store, PUBLIC) as view:
        index = indexes.of(view)
        assert len(view.cards(index.ties.ns.tolist())) == 3


# -- what goes wrong


def broken(tmp_path: Path, sql: str) -> None:
    connection = sqlite3.connect(tmp_path / "store.db")
    connection.execute(sql)
    connection.commit()
    connection.close()


@pytest.mark.parametrize("apart", [False, True], ids=["here", "apart"])
@pytest.mark.parametrize(
    ("harm", "cure", "words"),
    [
        ("ALTER TABLE offers RENAME TO gone", "ALTER TABLE gone RENAME TO offers", "store.db"),
        ("UPDATE offers SET body = 'Verzonnen Naam'", "UPDATE offers SET body = '{}'", "ValueError"),
    ],
)
def test_a_rebuild_that_fails_leaves_the_old_and_is_told(
    indexes: Indexes, store: Store, tmp_path: Path, folder: Path, harm, cure, words, apart, monkeypatch, caplog
):
    if apart:
        monkeypatch.setattr(keeping, "SMALL", 0)
    old = ask(indexes)
    load(store, "meer", *MORE)
    broken(tmp_path, harm)
    assert ask(indexes) is old
    settle(indexes)
    revision, trouble = standing(indexes)
    assert (revision, trouble.made) == (1, False)
    assert words in trouble.error.nl
    assert words in trouble.error.en
    assert trouble.error.nl != trouble.error.en
    assert "Naam" not in caplog.text + trouble.error.nl
    assert "index of revision 2 for public" in caplog.text
    assert ask(indexes) is old
    assert not indexes._thread.is_alive(), "it is not tried with every question"
    assert [path.name.split("-")[-2] for path in whole(folder)] == ["1"]
    broken(tmp_path, cure)
    monkeypatch.setattr(keeping, "PAUSE", 0.0)
    ask(indexes)
    settle(indexes)
    assert same(ask(indexes), truth(store))
    assert standing(indexes) == (2, None)


def test_a_first_index_that_cannot_be_made_is_told_to_who_asks(indexes: Indexes, tmp_path: Path):
    broken(tmp_path, "ALTER TABLE offers RENAME TO gone")
    with pytest.raises(StoreError, match="offers"):
        ask(indexes)
    first = standing(indexes)
    assert first.revision is None
    with pytest.raises(StoreError, match="offers"):
        ask(indexes)
    assert standing(indexes) == first, "it is not tried with every question"
    assert first.trouble.error.__traceback__ is None, "what it arose in may be large"


def test_what_a_killed_builder_left_is_not_taken_and_is_swept(indexes: Indexes, store: Store, folder: Path):
    with process(BUILDING, store, folder) as builder:
        assert builder.stdout
        assert builder.stdout.readline() == "written\n"
        os.kill(builder.pid, signal.SIGKILL)
        builder.wait(60)
    [left] = [path for path in folder.iterdir() if path.name != "lock"]
    assert (left / SEAL).exists()
    assert same(ask(indexes), truth(store))
    assert not left.exists()
    assert len(list(folder.iterdir())) == 2


def test_a_process_that_is_killed_in_making_an_index_is_told_and_followed_by_another(
    indexes: Indexes, store: Store, folder: Path, monkeypatch
):
    old = ask(indexes)
    load(store, "meer", *MORE)
    monkeypatch.setattr(keeping, "SMALL", 0)
    with IndexFolder(folder).lock():
        assert ask(indexes) is old
        while not indexes._process._process:
            time.sleep(0.01)
        os.kill(indexes._process._process.pid, signal.SIGKILL)
        settle(indexes)
    assert "afgebroken (-9)" in standing(indexes).trouble.error.nl
    monkeypatch.setattr(keeping, "PAUSE", 0.0)
    assert ask(indexes) is old
    settle(indexes)
    assert ask(indexes).about.revision == 2


def array(made: Path) -> Path:
    return made / "ties.other.npy"


SPOILED: dict[str, Callable[[Path], object]] = {
    "cut": lambda made: os.truncate(array(made), array(made).stat().st_size - 1),
    "empty": lambda made: array(made).write_bytes(b""),
    "other bytes": lambda made: array(made).write_bytes(bytes(array(made).stat().st_size)),
    "another number": lambda made: array(made).write_bytes(array(made).read_bytes()[:-4] + bytes([2, 0, 0, 0])),
    "gone": lambda made: array(made).unlink(),
    "no seal": lambda made: (made / SEAL).unlink(),
    "another seal": lambda made: (made / SEAL).write_text("[1, 2"),
    "deep seal": lambda made: (made / SEAL).write_text("[" * 100_000),
    "no words": lambda made: (made / "index.json").write_text("{}"),
    "a file more": lambda made: (made / "brief.txt").write_text("Beste buren"),
    "a file": lambda made: (shutil.rmtree(made), made.write_text("Beste buren")),
    "an empty folder": lambda made: (shutil.rmtree(made), made.mkdir()),
    "a link to nowhere": lambda made: (shutil.rmtree(made), made.symlink_to("nowhere")),
}


@pytest.mark.parametrize("spoil", SPOILED.values(), ids=SPOILED)
def test_what_is_not_whole_is_made_anew(indexes: Indexes, store: Store, folder: Path, spoil):
    ask(indexes)
    [made] = whole(folder)
    spoil(made)
    (folder / "brief.txt").write_text("Beste buren")
    (folder / f"{made.name}x").mkdir()
    with closing(Indexes(store, folder)) as later:
        assert same(ask(later), truth(store))
        assert standing(later) == (1, None)
    with closing(Indexes(store, folder)) as last:
        assert same(ask(last), truth(store))
        assert array(made).exists()
    assert (folder / "brief.txt").exists(), "what is not ours is left alone"


def test_an_index_that_says_it_is_another_is_not_taken(indexes: Indexes, store: Store, folder: Path):
    ask(indexes)
    [made] = whole(folder)
    load(store, "meer", *MORE)
    with open_view(store, PUBLIC) as view:
        made.rename(folder / building.about(view, today()).name)
    with closing(Indexes(store, folder)) as later:
        assert same(ask(later), truth(store))


@pytest.mark.parametrize("kind", ["full", "shut"])
def test_without_room_or_rights_an_index_is_kept_in_memory(store: Store, folder: Path, kind: str):
    folder.mkdir()
    if kind == "shut":
        folder.chmod(0o500)
    done = subprocess.run(
        [sys.executable, "-c", CONFINED, said(store, folder), kind, CONFINED],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    folder.chmod(0o700)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    told, dutch, english = done.stdout.splitlines()
    assert told == "1 3 1 True"
    assert f"niet te bewaren in {folder}" in dutch
    assert "met WEEFSEL_INDEX een map waar je mag schrijven" in dutch
    assert f"cannot be kept in {folder}" in english
    assert [path.name for path in folder.iterdir() if path.name != "lock"] == []


@pytest.mark.parametrize("size", [5_000, 0], ids=["here", "apart"])
def test_a_place_that_cannot_be_a_folder_costs_no_answer(store: Store, tmp_path: Path, size: int, monkeypatch):
    monkeypatch.setattr(keeping, "SMALL", size)
    (tmp_path / "brief.txt").write_text("Beste buren")
    with closing(Indexes(store, tmp_path / "brief.txt" / "index")) as indexes:
        assert same(ask(indexes), truth(store))
        assert standing(indexes).trouble.made
        load(store, "meer", *MORE)
        ask(indexes)
        settle(indexes)
        assert same(ask(indexes), truth(store))
        with open_view(store, PUBLIC) as view:
            assert indexes.fresh(view) is ask(indexes)


# -- closed


@pytest.mark.parametrize("size", [5_000, 0], ids=["here", "apart"])
def test_closing_leaves_no_thread_and_no_process(store: Store, folder: Path, size: int, monkeypatch):
    monkeypatch.setattr(keeping, "SMALL", size)
    indexes = Indexes(store, folder)
    old = ask(indexes)
    load(store, "meer", *MORE)
    with IndexFolder(folder).lock():  # the thread waits for its turn
        assert ask(indexes) is old
        if not size:
            while not indexes._process._process or indexes._process._process.poll() is not None:
                time.sleep(0.01)
        started = time.monotonic()
        indexes.close()
        assert time.monotonic() - started < 5
    assert not indexes._thread.is_alive()
    assert size or indexes._process._process.poll() is not None
    assert ask(indexes) is old
    assert not indexes._thread.is_alive()
