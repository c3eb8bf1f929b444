"""Places that will not do: files that are no store, disks that are full, folders that are shut, ports and passwords.

Each is one clear message at the command line (exit code 1) and 503 over HTTP, and nothing is lost.
"""

import shutil
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from door import AS_BROWSER, ROOT, SECTOR, TOKEN, Command, table
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from graph.stores import STORES

LOADED = "155 actoren, 233 banden, 129 hulp, 48 cijfers, 0 wachtend · revisie 1"
# Runs a command as an ordinary user would: root lays down its right to pass over permissions; files stay below a size.
CHILD = """
import ctypes, os, resource, sys
largest, *words = sys.argv[1:]
if os.geteuid() == 0:
    drop_from_bounding_set, pass_over_permissions, read_all = 24, 1, 2
    for right in (pass_over_permissions, read_all):
        assert ctypes.CDLL(None).prctl(drop_from_bounding_set, right, 0, 0, 0) == 0, "root keeps its rights"
if int(largest):
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(largest), int(largest)))
os.execv(sys.executable, [sys.executable, "-m", "api.cli", *words])
"""
Child = Callable[..., tuple[int, str]]


@pytest.fixture
def child(demo: Command, tmp_path: Path) -> Child:
    """Run a command in a process of its own, on the demo sector; returns its exit code and all that it says."""

    def run(*words: object, largest: int = 0) -> tuple[int, str]:
        environment = {"PYTHONPATH": str(ROOT), "WEEFSEL_STORE": str(tmp_path / "graph.db")}
        command = [sys.executable, "-c", CHILD, str(largest), *map(str, words)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, cwd=tmp_path)
        said = done.stdout + done.stderr
        assert "Traceback" not in said, said
        return done.returncode, said

    return run


def newer(path: Path) -> None:
    """Make the store one of a version that is yet to come."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()


# -- files that are no store of this version


def letter(path: Path) -> None:
    path.write_text("Beste buren, dit is geen database. " * 200, encoding="utf-8")


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:100_000])


NO_STORES = [
    (letter, "is geen bestand van Weefsel. Kies een ander pad"),
    (newer, "is gemaakt door een andere versie van Weefsel (vorm 99"),
    (cut, "is beschadigd. Zet een reservekopie terug"),
]


@pytest.mark.parametrize(("spoil", "said"), NO_STORES, ids=["a letter", "a newer version", "half a file"])
def test_a_file_that_is_no_store_is_told_and_left_as_it_is(
    demo: Command, tmp_path: Path, spoil: Callable[[Path], None], said: str
) -> None:
    other = tmp_path / "other.db"
    shutil.copy(tmp_path / "graph.db", other)
    spoil(other)
    before = other.read_bytes()
    for words in (("datasets",), ("search", "wijk"), ("load", "sector", SECTOR), ("remove", "sector")):
        code, out, err = demo("--store", other, *words)
        assert (code, out) == (1, ""), words
        assert f"{other} {said}" in err
        assert demo("--store", other, "--lang", "en", *words)[2] != err
    code, out, _ = demo("--store", other, "check")
    assert (code, f"{other} {said}" in out) == (1, True)
    assert demo("--store", other, "--lang", "en", "check")[1] not in ("", out)
    assert other.read_bytes() == before


@pytest.mark.parametrize(("spoil", "_"), NO_STORES, ids=["a letter", "a newer version", "half a file"])
def test_over_http_such_a_file_is_a_store_that_does_not_answer(
    demo: Command, tmp_path: Path, spoil: Callable[[Path], None], _: str
) -> None:
    spoil(tmp_path / "graph.db")
    with STORES["sqlite"](str(tmp_path / "graph.db"), "") as store:
        client = TestClient(create_app(store, Settings(staff_token=TOKEN)))
        for address in ("/readyz", "/v1/actors?q=wijk", "/v1/actors/wijkpaleis"):
            answer = client.get(address)
            assert (answer.status_code, answer.headers["content-type"]) == (503, "application/problem+json")
            assert int(answer.headers["retry-after"]) > 0
            assert str(tmp_path) not in answer.text
        page = client.get("/actors/wijkpaleis", headers=AS_BROWSER)
        assert page.status_code == 503
        assert "De gegevens zijn nu niet te bereiken" in page.text


# -- disks that are full (what SQLite says of one without any room: tests/contract/test_embedded_file.py)


def test_a_file_that_cannot_grow_is_told_and_nothing_is_lost(child: Child, demo: Command, tmp_path: Path) -> None:
    size = (tmp_path / "graph.db").stat().st_size
    code, said = child("load", "sector", SECTOR, "--dataset", "tweede", largest=size)
    assert code == 1
    assert "graph.db kan niet groeien" in said
    assert "Is de schijf vol, of een quotum bereikt? Maak ruimte en probeer het opnieuw." in said
    assert [line for line in demo("datasets")[1].splitlines() if "revisie" in line] == [f"  {LOADED}"]
    assert "in orde" in demo("check")[1]
    assert child("load", "sector", SECTOR, "--dataset", "tweede")[0] == 0, "with room it works"


def test_a_first_load_without_room_leaves_no_store(child: Child, tmp_path: Path) -> None:
    code, said = child("--store", "nieuw.db", "load", "sector", SECTOR, largest=100_000)
    assert code == 1
    assert "Is de schijf vol, of een quotum bereikt?" in said
    assert not [path.name for path in tmp_path.glob("nieuw.db*") if not path.name.endswith(".lock")]


def test_rejected_rows_without_room_refuse_the_load(child: Child, demo: Command, tmp_path: Path) -> None:
    """The last of them does not fit: that must be known before the load is kept."""
    rows = "".join(f"a{number},initiatve,{'Verzonnen ' * 40}\n" for number in range(1000, 2210))
    folder = table(tmp_path / "veel", actors="id,kind,name\ngoed,initiative,Verzonnen\n" + rows)
    code, said = child("load", "sector", folder, "--dataset", "veel", "--skip-bad-rows", largest=len(rows) - 100)
    assert code == 1
    assert "De afgekeurde rijen zijn niet te schrijven in veel-rejected" in said
    assert "er is niets geladen" in said
    assert not (tmp_path / "veel-rejected").exists()
    assert "veel" not in demo("datasets")[1]


# -- folders that are shut


@pytest.fixture
def shut(demo: Command, tmp_path: Path) -> Iterator[Path]:
    """A folder that may be read and not written, with a store in it."""
    folder = tmp_path / "dicht"
    folder.mkdir()
    shutil.copy(tmp_path / "graph.db", folder / "graph.db")
    folder.chmod(0o500)
    yield folder
    folder.chmod(0o700)


def test_a_folder_that_may_not_be_written_is_named(child: Child, shut: Path) -> None:
    before = (shut / "graph.db").read_bytes()
    for name in ("nieuw.db", "graph.db"):
        code, said = child("--store", shut / name, "load", "sector", SECTOR, "--dataset", "tweede")
        assert code == 1
        assert f"In {shut}" in said
        assert "Kies een map waar je mag schrijven." in said
    code, said = child("--store", shut / "graph.db", "search", "wijk")
    assert code == 1
    assert "ook wie leest heeft dat nodig" in said
    assert (shut / "graph.db").read_bytes() == before
    assert [path.name for path in shut.iterdir()] == ["graph.db"]


def test_a_store_that_may_only_be_read_answers_and_refuses_to_be_written(
    child: Child, demo: Command, tmp_path: Path
) -> None:
    (tmp_path / "graph.db").chmod(0o400)
    assert "Het Wijkpaleis" in child("search", "wijkpal")[1]
    code, said = child("load", "sector", SECTOR, "--dataset", "tweede")
    assert code == 1
    assert "graph.db is niet te schrijven" in said
    assert LOADED in demo("datasets")[1]


def test_files_that_may_not_be_read_are_named(child: Child, demo: Command, tmp_path: Path) -> None:
    folder = table(tmp_path / "geheim", actors="id,kind,name\na,initiative,Verzonnen\n")
    (folder / "actors.csv").chmod(0)
    code, said = child("load", "sector", folder, "--dataset", "geheim")
    assert code == 1
    assert "actors.csv, rij 1: is niet te lezen" in said
    (tmp_path / "graph.db").chmod(0)
    code, said = child("search", "wijk")
    assert code == 1
    assert "graph.db is niet te openen" in said
    assert "mag je in die map lezen en schrijven?" in said


def test_rejected_rows_need_a_folder_that_may_be_written(
    child: Child, demo: Command, shut: Path, tmp_path: Path
) -> None:
    folder = table(tmp_path / "half", actors="id,kind,name\na,initiative,Verzonnen\nb,initiatve,Verzonnen\n")
    words = ("load", "sector", folder, "--dataset", "half", "--skip-bad-rows", "--rejected", shut / "rest")
    code, said = child(*words)
    assert code == 1
    assert f"De afgekeurde rijen zijn niet te schrijven in {shut / 'rest'}" in said
    assert "half" not in demo("datasets")[1]


@pytest.mark.parametrize("folder", ["brief.txt/map", "brief.txt"])
def test_a_file_where_a_folder_should_be_is_named(weefsel: Command, tmp_path: Path, folder: str) -> None:
    (tmp_path / "brief.txt").write_text("Dit is geen map.", encoding="utf-8")
    code, out, err = weefsel("--store", f"{folder}/x.db", "load", "sector", SECTOR)
    assert (code, out) == (1, "")
    assert folder in err


# -- ports, servers, passwords


def test_a_port_in_use_is_named(demo: Command) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, out, err = demo("serve", "--port", port)
    assert (code, out) == (1, "")
    assert f"Op 127.0.0.1:{port} kan niet worden geluisterd" in err
    assert "Kies een andere poort met WEEFSEL_PORT" in err


def test_an_address_of_another_machine_is_named(demo: Command) -> None:
    code, _, err = demo("serve", "--host", "192.0.2.1", "--port", "0")  # kept for documentation: nobody has it
    assert code == 1
    assert "Op 192.0.2.1:0 kan niet worden geluisterd" in err


def test_a_neo4j_that_is_not_there_is_one_clear_message(weefsel: Command) -> None:
    code, out, err = weefsel("--store", "neo4j://127.0.0.1:1", "datasets")
    assert (code, out) == (1, "")
    assert "127.0.0.1:1" in err


@pytest.mark.neo4j
def test_a_wrong_password_of_neo4j_is_told_without_it(
    weefsel: Command, neo4j_server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WEEFSEL_NEO4J_PASSWORD", "verkeerd-wachtwoord")
    code, out, err = weefsel("--store", neo4j_server.url, "datasets")
    assert (code, out) == (1, "")
    assert "WEEFSEL_NEO4J_PASSWORD" in err
    assert "verkeerd-wachtwoord" not in err
    with STORES["neo4j"](neo4j_server.url, "verkeerd-wachtwoord") as store:
        answer = TestClient(create_app(store, Settings(staff_token=TOKEN))).get("/readyz")
    assert (answer.status_code, answer.headers["content-type"]) == (503, "application/problem+json")
    assert "verkeerd" not in answer.text
