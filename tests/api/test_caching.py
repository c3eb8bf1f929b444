"""What may be kept, by whom, and when it is still good."""

from datetime import date

import pytest
from door import AS_STAFF, gets, load, load_demo
from starlette.testclient import TestClient

from api import deps
from api.answer_cache import AnswerCache
from api.app import create_app
from api.routes import helping
from api.settings import Settings
from graph.answers_helping import HelpAnswer
from graph.index.files import Index
from graph.model import Viewer
from graph.questions.who_can_help import Ask, who_can_help
from graph.records import ActorRecord, DatasetRecord
from graph.stores import STORES
from graph.view import View, open_view


def test_what_has_not_changed_is_not_sent_again(client: TestClient) -> None:
    for address in gets(client.app):
        if address.startswith(("/healthz", "/readyz", "/sign-in", "/v1/openapi")):
            continue
        first = client.get(address)
        again = client.get(address, headers={"If-None-Match": f'"x", {first.headers["etag"]}'})
        assert (again.status_code, again.content) == (304, b""), address
        for name in ("etag", "vary", "cache-control"):
            assert again.headers[name] == first.headers[name]
        assert client.get(address, headers={"If-None-Match": 'W/"x"'}).status_code == 200


def test_a_tag_without_its_sign_of_weakness_is_the_same(client: TestClient) -> None:
    tag = client.get("/v1/actors").headers["etag"]
    assert tag.startswith('W/"')
    assert client.get("/v1/actors", headers={"If-None-Match": tag.removeprefix("W/")}).status_code == 304
    assert client.get("/v1/actors", headers={"If-None-Match": tag.strip('W/"')}).status_code == 200


def test_what_is_said_once_more_changes_nothing_of_how_it_may_be_shown(client: TestClient) -> None:
    """A browser writes the headers of a 304 over those that it kept."""
    address = "/actors/wijkpaleis/map"
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert {name: told for name, told in again.headers.items() if told != first.headers.get(name)} == {}


def test_two_states_of_the_same_number_have_different_tags(tmp_path, settings: Settings) -> None:
    """As a store that was put back from a backup, and then loaded with something else, counts the same once more."""
    tags = set()
    for name in ("Een", "Twee"):
        with STORES["sqlite"](str(tmp_path / f"{name}.db"), "") as store:
            load(
                store, DatasetRecord(name="lijst", audience="public"), (ActorRecord(id="a", kind="network", name=name),)
            )
            with TestClient(create_app(store, settings)) as client:
                answer = client.get("/v1/actors")
                assert answer.json()["revision"] == 1
                tags.add(answer.headers["etag"])
    assert len(tags) == 2


def test_public_answers_are_asked_for_again_each_time(client: TestClient) -> None:
    assert client.get("/v1/actors").headers["cache-control"] == "public, max-age=0, must-revalidate"
    assert set(client.get("/v1/actors").headers["vary"].split(", ")) >= {"Authorization", "Cookie", "Accept-Language"}
    assert set(client.get("/").headers["vary"].split(", ")) >= {"Authorization", "Cookie"}


def test_the_tag_differs_with_all_that_the_answer_depends_on(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def tag(address: str = "/v1/actors/wijkpaleis", **headers: str) -> str:
        return client.get(address, headers=headers).headers["etag"]

    first = tag()
    assert tag() == first
    others = {
        tag("/v1/actors/lsa-bewoners"),
        tag("/v1/actors/wijkpaleis?limit=1"),
        tag("/v1/actors/wijkpaleis?asOf=2020-01-01"),
        tag(**{"Accept-Language": "en"}),
    }
    monkeypatch.setattr(deps, "PROGRAM", "another")
    others.add(tag())
    monkeypatch.undo()
    monkeypatch.setattr(deps, "today", lambda: date(2031, 1, 1))
    others.add(tag())
    assert len(others) == 6
    assert first not in others


def test_the_tag_moves_when_the_viewer_could_notice_and_not_before(settings: Settings, tmp_path) -> None:
    def dataset(name: str, audience: str) -> None:
        record = ActorRecord(id=name, kind="network", name=f"Verzonnen {name}")
        load(store, DatasetRecord(name=name, audience=audience), (record,))

    with STORES["sqlite"](str(tmp_path / "store.db"), "") as store:
        load_demo(store)
        client = TestClient(create_app(store, settings))
        first = client.get("/v1/actors").headers["etag"]
        dataset("binnen", "staff")
        assert client.get("/v1/actors", headers={"If-None-Match": first}).status_code == 304
        dataset("buiten", "public")
        assert client.get("/v1/actors", headers={"If-None-Match": first}).status_code == 200


def test_the_public_is_told_again_what_it_was_told_until_the_data_move(
    settings: Settings, tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def counted(view: View, index: Index, asker: str, ask: Ask) -> HelpAnswer:
        asked.append(view.viewer)
        return who_can_help(view, index, asker, ask)

    monkeypatch.setattr(helping, "who_can_help", counted)
    address = "/v1/who-can-help?actor=wijkpaleis&help=geld"
    with STORES["sqlite"](str(tmp_path / "store.db"), "") as store:
        load_demo(store)
        client = TestClient(create_app(store, settings))
        first, again = client.get(address), client.get(address)
        assert first.content == again.content
        assert first.headers == again.headers
        assert asked == ["public"]
        assert client.get(address, headers=AS_STAFF).headers["cache-control"] == "private, no-store"
        client.get(address, headers=AS_STAFF)
        assert asked == ["public", "staff", "staff"]
        english = client.get(address, headers={"Accept-Language": "en"})
        assert english.headers["content-language"] == "en"
        assert english.json()["sentence"] != first.json()["sentence"]
        load(
            store, DatasetRecord(name="buiten", audience="public"), (ActorRecord(id="x", kind="network", name="Nieuw"),)
        )
        with open_view(store, Viewer.PUBLIC) as view:
            client.app.state.indexes.fresh(view)
        assert client.get(address).json()["revision"] == 2
        assert asked == ["public", "staff", "staff", "public", "public"]
        for contact in ("lsa-bewoners", "de-wijkbv"):  # what is asked in a body is kept by nobody
            told = client.post("/v1/who-can-help", json={"help": "geld", "contacts": [contact]}).json()
            assert told["helpers"][0]["path"]["steps"][0]["to"]["id"] == contact


def test_what_was_told_takes_no_more_room_than_is_given() -> None:
    answers, made = AnswerCache(largest=10), list[str]()

    def told(tag: str) -> bytes:
        return answers.body(tag, (1,), lambda: made.append(tag) or b"1234")

    assert [told(tag) for tag in "abacab"] == [b"1234"] * 6
    assert "".join(made) == "abcb"  # b was asked for longest ago when c came


def test_a_tag_of_the_public_is_nothing_to_staff(client: TestClient) -> None:
    tag = client.get("/v1/actors").headers["etag"]
    answer = client.get("/v1/actors", headers={**AS_STAFF, "If-None-Match": tag})
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "private, no-store"


def test_files_of_the_site_change_their_address_when_they_change(client: TestClient) -> None:
    page = client.get("/").text
    assert "/static/app.css?v=" in page
    assert client.get("/static/app.css").headers["etag"]
