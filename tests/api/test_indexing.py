"""Questions that are searched by an index: which revision they answer on, and what costs them nothing. Names are made up."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from door import AS_STAFF, Command, load, load_demo
from httpx2 import Response
from starlette.testclient import TestClient

from api.app import create_app
from api.indexing import open_indexes
from api.settings import Settings
from graph import ingest
from graph.index.folder import IndexFolder
from graph.records import ActorRecord, DatasetRecord, OfferRecord, TieRecord
from graph.store import Store
from graph.stores import STORES

LENDER = DatasetRecord(name="verzonnen", audience="public", date="2026")
LENDS = (
    ActorRecord(id="verzonnen-kas", kind="funder", name="Verzonnen Kas"),
    OfferRecord(actor="verzonnen-kas", stance="offers", help="geld.lening"),
    TieRecord(source="verzonnen-kas", kind="partner_of", target="id:wijkpaleis"),
    ActorRecord(id="verzonnen-pot", kind="funder", name="Verzonnen Pot"),
    OfferRecord(actor="verzonnen-pot", stance="offers", help="geld.lening"),
    ActorRecord(id="verzonnen-dorp", kind="funder", name="Verzonnen Dorpskas"),
    OfferRecord(actor="verzonnen-dorp", stance="offers", help="geld.lening", area=("GM0014",)),
)
QUESTION = "/v1/who-can-help?actor=wijkpaleis&help=geld.lening&limit=50"
PATHS = "/v1/paths?from=wijkpaleis&to=oranje-fonds"
AROUND = "/v1/actors/wijkpaleis/neighbourhood?depth=2&limit=9"
SOMEBODY = {"help": "geld.lening", "place": "Rotterdam", "contacts": ["wijkpaleis"], "limit": 50}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with STORES["sqlite"](str(tmp_path / "graph.db"), "") as store:
        load_demo(store)
        yield store


@pytest.fixture
def client(open_door: Callable[[Store], TestClient], store: Store) -> Iterator[TestClient]:
    client = open_door(store)
    yield client
    client.app.state.indexes.close()


def settle(client: TestClient) -> None:
    client.app.state.indexes._thread.join(60)


def folder_of(store: Store) -> IndexFolder:
    assert store.beside
    return IndexFolder(store.beside)


def helpers(answer: dict) -> set[str]:
    groups = ("known", "helpers", "unreachable", "unfit")
    return {helper["actor"]["id"] for group in groups for helper in answer[group]}


def around(answer: Response) -> list[str]:
    return [one["actor"]["id"] for one in answer.json()["actors"]]


def test_answers_say_of_which_revision_the_index_is(client: TestClient, store: Store) -> None:
    first = client.get(QUESTION)
    assert (first.json()["revision"], "verzonnen-kas" in first.text) == (1, False)
    with folder_of(store).lock():  # nobody can make the next
        load(store, LENDER, LENDS)
        meanwhile = client.get(QUESTION)
        assert meanwhile.json()["revision"] == 1
        assert helpers(meanwhile.json()) == helpers(first.json())
    settle(client)
    last = client.get(QUESTION, headers={"If-None-Match": meanwhile.headers["etag"]})
    assert (last.status_code, last.json()["revision"]) == (200, 2)
    assert helpers(last.json()) - helpers(first.json()) == {"verzonnen-kas", "verzonnen-pot", "verzonnen-dorp"}
    assert len({answer.headers["etag"] for answer in (first, meanwhile, last)}) == 3
    assert client.get(QUESTION, headers={"If-None-Match": last.headers["etag"]}).status_code == 304


def test_a_neighbourhood_is_that_of_the_last_whole_index(client: TestClient, store: Store) -> None:
    first = client.get(AROUND)
    with folder_of(store).lock():
        load(store, LENDER, LENDS)
        meanwhile = client.get(AROUND)
        assert (around(meanwhile), meanwhile.json()["revision"]) == (around(first), 1)
        new = client.get("/v1/actors/verzonnen-kas/neighbourhood")  # the index does not know it yet
        assert (around(new), new.json()["revision"]) == (["wijkpaleis"], 2)
    settle(client)
    last = client.get(AROUND, headers={"If-None-Match": meanwhile.headers["etag"]})
    assert (last.json()["revision"], last.json()["more"]["actors"]["exact"]) == (2, True)
    assert last.json()["more"]["actors"]["count"] == first.json()["more"]["actors"]["count"] + 1


def test_nobody_waits_for_a_neighbourhood_until_a_large_index_is_made(
    client: TestClient, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.index.keeping.SMALL", 0)
    with folder_of(store).lock():  # nobody can make it
        walked = client.get(AROUND)
        assert client.get("/actors/wijkpaleis").status_code == 200
    settle(client)
    looked_up = client.get(AROUND, headers={"If-None-Match": walked.headers["etag"]})
    assert looked_up.status_code == 200  # its counts may be others
    assert around(looked_up) == around(walked)
    assert (walked.json()["more"]["actors"]["exact"], looked_up.json()["more"]["actors"]["exact"]) == (False, True)


def test_a_neighbourhood_is_told_also_if_no_index_can_be_made(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("graph.index.making.build", fails)
    assert client.get(QUESTION).status_code == 503
    assert len(around(client.get(AROUND))) == 9


def test_an_actor_that_went_since_the_index_was_made_is_left_out(client: TestClient, store: Store) -> None:
    load(store, LENDER, LENDS)
    before = client.get(QUESTION).json()
    assert helpers(before) >= {"verzonnen-kas", "verzonnen-pot", "verzonnen-dorp"}
    with folder_of(store).lock():
        ingest.remove(store, "verzonnen")
        after = client.get(QUESTION)
        assert after.json()["revision"] == 2
        assert helpers(after.json()) == helpers(before) - {"verzonnen-kas", "verzonnen-pot", "verzonnen-dorp"}
        for answer in (client.post("/v1/who-can-help", json=SOMEBODY), client.get(PATHS)):
            assert (answer.status_code, "erzonnen" in answer.text) == (200, False)


def test_an_actor_that_came_since_the_index_was_made_can_ask(client: TestClient, store: Store) -> None:
    client.get(QUESTION)
    with folder_of(store).lock():
        load(store, LENDER, LENDS)
        for address in (
            QUESTION.replace("wijkpaleis", "verzonnen-kas"),
            PATHS.replace("wijkpaleis", "verzonnen-kas"),
            PATHS.replace("oranje-fonds", "verzonnen-kas"),
        ):
            answer = client.get(address)
            assert (answer.status_code, answer.json()["revision"]) == (200, 1), answer.text
        assert client.post("/v1/who-can-help", json=SOMEBODY | {"contacts": ["verzonnen-kas"]}).status_code == 200


def test_who_runs_it_is_told_of_the_index(client: TestClient, store: Store, tmp_path: Path) -> None:
    def index(**headers: str) -> object:
        answer = client.get("/readyz", headers=headers)
        assert (answer.status_code, answer.json()["status"]) == (200, "ready")
        assert str(tmp_path) not in answer.text
        return answer.json()["index"]

    assert index() == {"revision": None, "problem": None}
    client.get(QUESTION)
    assert index() == {"revision": 1, "problem": None}
    assert index(**AS_STAFF) == {"revision": None, "problem": None}
    load(store, LENDER, LENDS)
    connection = sqlite3.connect(tmp_path / "graph.db")
    connection.execute("ALTER TABLE offers RENAME TO gone")
    assert client.get(PATHS).json()["revision"] == 1
    settle(client)
    assert index() == {"revision": 1, "problem": "failed"}
    assert client.get("/readyz").json()["revision"] == 2
    connection.close()


def test_who_runs_it_is_told_that_an_index_cannot_be_kept(store: Store, tmp_path: Path) -> None:
    (tmp_path / "brief.txt").write_text("Beste buren")
    client = TestClient(create_app(store, Settings(index=str(tmp_path / "brief.txt"))))
    assert client.get(QUESTION).status_code == 200
    assert client.get("/readyz").json()["index"] == {"revision": 1, "problem": "unkept"}


def test_a_service_that_stops_leaves_no_thread(store: Store, settings: Settings) -> None:
    with TestClient(create_app(store, settings)) as client:
        client.get(QUESTION)
        with folder_of(store).lock():
            load(store, LENDER, LENDS)
            client.get(QUESTION)
            assert "weefsel index" in {thread.name for thread in threading.enumerate()}
            client.__exit__()
            assert "weefsel index" not in {thread.name for thread in threading.enumerate()}
            client.__enter__()


def test_the_command_line_makes_an_index_once_and_the_service_shares_it(demo: Command, tmp_path: Path) -> None:
    words = ("who-can-help", "wijkpaleis", "geld", "--viewer", "public")
    first = demo(*words)
    assert first[::2] == (0, "")
    [made] = [path for path in (tmp_path / "graph.db.index").iterdir() if path.is_dir()]
    stamp = made.stat().st_ctime_ns
    assert demo(*words) == first
    assert made.stat().st_ctime_ns == stamp
    with STORES["sqlite"](str(tmp_path / "graph.db"), "") as store:
        assert TestClient(create_app(store, Settings())).get(QUESTION).status_code == 200
    assert made.stat().st_ctime_ns == stamp


@pytest.mark.parametrize(("lang", "told"), [("nl", "De index is niet te bewaren"), ("en", "The index cannot be kept")])
def test_an_index_that_cannot_be_kept_costs_no_answer(
    demo: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str, told: str
) -> None:
    words = ("--lang", lang, "path", "wijkpaleis", "oranje-fonds")
    expected = demo(*words)[1]
    (tmp_path / "brief.txt").write_text("Beste buren")
    monkeypatch.setenv("WEEFSEL_INDEX", str(tmp_path / "brief.txt"))
    code, out, err = demo(*words)
    assert (code, out) == (0, expected)
    assert told in err
    assert "WEEFSEL_INDEX" in err
    assert len(err.splitlines()) == 1


def test_indexes_stand_where_the_settings_say_else_beside_the_store(store: Store, tmp_path: Path) -> None:
    with STORES["neo4j"]("neo4j://127.0.0.1:1", "") as server:
        for kept, settings, folder in (
            (store, Settings(), tmp_path / "graph.db.index"),
            (server, Settings(), Path("var/index")),
            (store, Settings(index="elders"), Path("elders")),
            (server, Settings(index="elders"), Path("elders")),
        ):
            with closing(open_indexes(kept, settings)) as indexes:
                assert indexes._folder.path == folder
