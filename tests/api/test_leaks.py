"""What may not be known stands in no cursor, address or log; that answers tell nothing of it, `test_as_if_staff_had_none` sees."""

import logging

import pytest
from door import AS_BROWSER, AS_STAFF
from starlette.testclient import TestClient


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
