"""What may be kept, by whom, and when it is still good."""

from datetime import date

import pytest
from door import AS_STAFF, gets, load, load_demo
from starlette.testclient import TestClient

from api import deps
from api.app import create_app
from api.settings import Settings
from graph.records import ActorRecord, DatasetRecord
from graph.stores import STORES


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
    monkeypatch.setattr(deps, "VERSION", "another")
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


def test_a_tag_of_the_public_is_nothing_to_staff(client: TestClient) -> None:
    tag = client.get("/v1/actors").headers["etag"]
    answer = client.get("/v1/actors", headers={**AS_STAFF, "If-None-Match": tag})
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "private, no-store"


def test_files_of_the_site_change_their_address_when_they_change(client: TestClient) -> None:
    page = client.get("/").text
    assert "/static/app.css?v=" in page
    assert client.get("/static/app.css").headers["etag"]
