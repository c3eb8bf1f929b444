"""What a link tells that somebody kept, to an actor that since was joined to another, parted again, removed or hidden.

On every page, map, export and answer that takes an actor, as the routes of the app say.
"""

from collections.abc import Iterator
from html import unescape

import pytest
from asking_all import addresses_with
from door import AS_BROWSER, load
from fastapi import FastAPI
from starlette.testclient import TestClient
from twins import GONE, fill

from api.app import create_app
from api.settings import Settings
from graph import ingest
from graph.records import ActorRecord, DatasetRecord
from graph.store import Store
from graph.stores import STORES

NAMES_OF_ACTORS = ("actorId", "actor", "around", "from", "to", "network")
PROBLEM = "application/problem+json"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with STORES["sqlite"](str(tmp_path_factory.mktemp("kept") / "store.db"), "") as store:
        fill(store, whole=True)
        yield store


@pytest.fixture
def app(kept: Store, settings: Settings, undrawn: None) -> FastAPI:
    return create_app(kept, settings)


def links(app: FastAPI, actor_id: str) -> list[str]:
    """Return every address that takes an actor, with this one."""
    found = [
        one for route in app.state.routes for name in NAMES_OF_ACTORS for one in addresses_with(route, name, actor_id)
    ]
    assert len(found) > 20
    return found


@pytest.mark.parametrize(("ids", "status"), [(GONE, 410), (("p-50", "intern-dubbel"), 404)])
def test_who_was_here_is_gone_and_who_never_was_the_publics_is_not_found(app: FastAPI, ids, status) -> None:
    """Removed, or for staff alone since: gone. Suppressed, hidden, or staff's from the first: as if it never was."""
    data, browser = TestClient(app), TestClient(app, headers=AS_BROWSER)
    for actor_id in ids:
        for address in links(app, actor_id):
            answer = data.get(address)
            assert (answer.status_code, answer.headers["content-type"]) == (status, PROBLEM), address
            assert repr(actor_id) in answer.json()["detail"], address
            page = browser.get(address)
            assert (page.status_code, page.headers["cache-control"]) == (status, "no-store"), address
            if not address.startswith("/v1/"):
                assert actor_id in page.text, address
                assert "<form" in page.text, "a way on"


def test_who_was_joined_to_another_is_followed(app: FastAPI) -> None:
    client = TestClient(app)
    for address in links(app, "dubbel-2"):
        answer = client.get(address)
        assert answer.status_code == 200, address
        if "/actors/" in address:
            assert "dubbel-1" in answer.text


def test_who_was_parted_again_is_itself_again_also_in_a_browser_that_was_led_on(settings: Settings, tmp_path) -> None:
    with STORES["sqlite"](str(tmp_path / "store.db"), "") as store:
        fill(store, whole=False)
        client = TestClient(create_app(store, settings), headers=AS_BROWSER, follow_redirects=False)
        led = client.get("/actors/dubbel-2")
        assert (led.status_code, led.headers["location"]) == (308, "/actors/dubbel-1")
        assert led.headers["cache-control"] == "no-store", "or browsers would be led on for ever"
        ingest.take_back(store, "same", "dubbel-1", "dubbel-2")
        assert client.get("/actors/dubbel-2").status_code == 200


def test_who_is_gone_and_told_of_by_another_source_is_led_to(settings: Settings, tmp_path) -> None:
    zeef = ActorRecord(id="buurtzeef", kind="initiative", name="De Verzonnen Buurtzeef")
    with STORES["sqlite"](str(tmp_path / "store.db"), "") as store:
        load(store, DatasetRecord(name="oud", audience="public"), (zeef,))
        load(store, DatasetRecord(name="nieuw", audience="public"), (zeef,))
        ingest.remove(store, "oud")
        answer = TestClient(create_app(store, settings), headers=AS_BROWSER).get("/actors/buurtzeef")
        assert answer.status_code == 410
        assert "staat hier niet meer. Bedoel je 'buurtzeef-2'?" in unescape(answer.text)
        assert 'href="/actors/buurtzeef-2"' in answer.text


def test_of_networks_side_by_side_those_that_are_still_here_stand_a_click_away(app: FastAPI) -> None:
    page = TestClient(app, headers=AS_BROWSER).get("/networks?actor=wijkpaleis&network=verbond&network=wissel&lang=en")
    assert page.status_code == 410
    assert "Actor 'wissel' is no longer here." in unescape(page.text)
    assert 'href="/networks?actor=wijkpaleis&amp;network=verbond">Go on without</a>' in page.text
