"""What the public may not see shows nowhere: not in answers, orders, counts, errors, suggestions, headers or logs."""

import logging

import pytest
from door import AS_BROWSER, AS_STAFF, FILLED, FOR_STAFF, INTERNAL, INTERNAL_ROWS, POSTS, SECRETS, gets, load, load_demo
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from graph.model import Viewer
from graph.store import Store
from graph.stored import Filters
from graph.stores import STORES
from graph.view import open_view

WORDS = [word for secret in SECRETS for word in secret.replace("-", " ").split()]
NOBODYS = ("Xanthippe Nergenshuis",)  # whom not even staff sees
ASKED = ("zwaluw", "zwaluwfonds", "qwertina", "qwertin", "xanthippe", "vertrouw", "Q1", "zw", "wp")


def told(client: TestClient, method: str, address: str, **more: object) -> str:
    """Return all that an answer says, in what its asker did not say itself."""
    client.cookies.clear()
    answer = client.request(method, address, **more)
    return "\n".join([answer.text, *(f"{name}: {value}" for name, value in answer.headers.items())])


def secret_ids(store: Store) -> list[str]:
    """Return the ids of what only staff sees."""
    ids = []
    for name in ("Zwaluwfonds Verzonnen", "Qwertina Hiddema"):
        with open_view(store, Viewer.STAFF) as view:
            ids += [hit.card.id for hit in view.ranked(name.lower().split(), Filters(), None, 3)]
    assert len(ids) == 3
    return ids


def test_the_secrets_are_there_for_staff(secrets_client: TestClient) -> None:
    seen = "".join(told(secrets_client, "GET", address, headers=AS_STAFF) for address in gets(secrets_client.app))
    seen += told(secrets_client, "POST", "/v1/person-searches", json={"text": "qwer"}, headers=AS_STAFF)
    for secret in SECRETS:
        assert (secret in seen) == (secret not in NOBODYS)


def test_no_answer_to_the_public_tells_a_secret(secrets_client: TestClient, secret_door: Store) -> None:
    addresses = gets(secrets_client.app)
    for headers in ({}, AS_BROWSER):
        for address in (*addresses, *(a for name in secret_ids(secret_door) for a in gets(secrets_client.app, name))):
            seen = told(secrets_client, "GET", address, headers=headers)
            assert not [secret for secret in SECRETS if secret in seen], address


def test_no_search_or_suggestion_tells_a_secret(secrets_client: TestClient) -> None:
    for asked in ASKED:
        for address in (
            f"/v1/actors?q={asked}",
            f"/v1/actors?municipality={asked}",
            f"/search?q={asked}",
            f"/search?municipality={asked}",
            *gets(secrets_client.app, asked),
        ):
            seen = told(secrets_client, "GET", address, headers=AS_BROWSER)
            assert not [word for word in WORDS if word in seen], address
        for seen in (
            told(secrets_client, "POST", "/v1/person-searches", json={"text": asked}),
            told(secrets_client, "POST", "/person-search", data={"q": asked}),
        ):
            assert not [word for word in WORDS if word in seen]


def test_an_id_that_only_staff_knows_is_as_unknown_as_one_that_is_not_there(
    secrets_client: TestClient, client: TestClient, secret_door: Store
) -> None:
    """`client` answers from a store that never had it."""
    addresses = [address for filled in FILLED.values() for address in filled if "{actorId}" in address]
    for hidden in secret_ids(secret_door):
        for address in addresses:
            filled = address.replace("{actorId}", hidden)
            answers = [c.get(filled, headers=headers) for c in (secrets_client, client) for headers in ({}, AS_BROWSER)]
            assert {answer.status_code for answer in answers} == {404}
            assert [answer.text for answer in answers[:2]] == [answer.text for answer in answers[2:]]


def test_an_internal_dataset_changes_nothing_for_the_public(settings: Settings, tmp_path) -> None:
    def everything(client: TestClient) -> list[str]:
        posts = [told(client, "POST", "/v1/person-searches", json={"text": text}) for text in ("an", "zwaluw")]
        return [told(client, "GET", address) for address in gets(client.app) if address != "/sign-in"] + posts

    with STORES["sqlite"](str(tmp_path / "store.db"), "") as store:
        load_demo(store)
        client = TestClient(create_app(store, settings))
        before = everything(client)
        load(store, INTERNAL, INTERNAL_ROWS)
        assert everything(client) == before, "not a count, an order, a revision or an ETag"


def test_a_person_that_the_public_may_not_see_is_not_counted(secrets_client: TestClient, client: TestClient) -> None:
    kinds = [c.get("/v1/datasets").json()["kinds"] for c in (secrets_client, client)]
    assert kinds[0] == kinds[1]
    contacts = [c.get("/v1/actors/wijkpaleis").json()["actor"]["contacts"] for c in (secrets_client, client)]
    assert contacts[0] == contacts[1]


def test_the_cursor_of_staff_says_nothing_to_the_public(secrets_client: TestClient) -> None:
    cursor = secrets_client.get("/v1/actors?limit=3", headers=AS_STAFF).json()["cursor"]
    answer = secrets_client.get("/v1/actors", params={"cursor": cursor, "limit": 3})
    assert answer.status_code == 400


def test_no_name_of_a_person_stands_in_an_address(secrets_client: TestClient) -> None:
    found = secrets_client.post("/v1/person-searches", json={"text": "ma", "limit": 100}).json()["actors"]
    names = {word for person in found for word in person["name"].lower().split() if len(word) > 4}
    assert len(names) > 5
    page = secrets_client.post("/person-search", data={"q": "ma"}).text
    addresses = [part.split('"')[0].lower() for part in page.split('href="')[1:] + page.split('action="')[1:]]
    assert not [(name, address) for name in names for address in addresses if name in address]


def test_logs_hold_no_question_no_name_and_no_address(
    secrets_client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("httpx2").setLevel(logging.CRITICAL)  # the client of this test, which does log addresses
    for address in (
        "/v1/actors?q=qwertina",
        "/search?q=qwertina&limit=0",
        "/actors/qwertina",
        "/qwertina",
        "/v1/qwertina",
    ):
        secrets_client.get(address, headers=AS_BROWSER)
    secrets_client.post("/v1/person-searches", json={"text": "qwertina"})
    secrets_client.post("/person-search", data={"q": "qwertina"})
    secrets_client.post("/person-search", data={"q": "qwertina", "cursor": "qwertina"})
    lines = [record.getMessage() for record in caplog.records if record.name == "weefsel.access"]
    assert len(lines) == 8
    assert lines[0].startswith("GET /v1/actors 200 ")
    assert lines[2].startswith("GET /actors/{actorId} 404 ")
    assert lines[4].startswith("GET - 404 ")
    assert "qwertina" not in caplog.text.lower()


def test_posts_are_all_tested() -> None:
    assert set(POSTS) - FOR_STAFF == {
        "/v1/person-searches",
        "/v1/who-can-help",
        "/who-can-help",
        "/who-can-help/map",
        "/person-search",
        "/sign-in",
        "/sign-out",
    }
