"""Bad input, at the door of HTTP: one clear message each, all of them at once, and the right status."""

from typing import Any

import pytest
from door import AS_BROWSER
from fastapi import FastAPI
from starlette.testclient import TestClient

from api import problems
from api.limits import LARGEST_BODY
from api.words import WORDS
from graph import errors

ACTOR = "/v1/actors/wijkpaleis"


def errors_of(client: TestClient, address: str, **headers: str) -> list[dict[str, Any]]:
    answer = client.get(address, headers=headers)
    assert answer.status_code == 400, answer.text
    return answer.json()["errors"]


def test_all_that_is_wrong_is_told_at_once(client: TestClient) -> None:
    found = errors_of(client, f"{ACTOR}/neighbourhood?depth=9&kind=x&tieKind=y&limit=0&asOf=morgen&zz=1&lang=fy")
    assert sorted(error["name"] for error in found) == ["asOf", "depth", "kind", "lang", "limit", "tieKind", "zz"]
    assert {error["in"] for error in found} == {"query"}


@pytest.mark.parametrize(
    ("address", "name", "said"),
    [
        ("/v1/actors?kind=stichting", "kind", "initiative, network, funder, municipality, organisation"),
        ("/v1/actors?theme=wonenn", "theme", "wonen"),
        ("/v1/actors?help=goud", "help", "geld.lening"),
        ("/v1/actors?help=GELD", "help", "Bedoel je 'geld'?"),
        ("/v1/actors?municipality=GM", "municipality", "GM0599"),
        ("/v1/actors?cursor=met-de-hand", "cursor", "zonder cursor"),
        ("/v1/actors?cursor=%00%ff", "cursor", "zonder cursor"),
        ("/v1/actors?limit=-1", "limit", "minstens 1"),
        ("/v1/actors?limit=1000000000", "limit", "hoogstens 100"),
        ("/v1/actors?limit=99999999999999999999999999", "limit", "hoogstens 100"),
        (f"/v1/actors?q={'a' * 201}", "q", "hoogstens 200 tekens"),
        (f"/v1/actors?{'&'.join(['kind=funder'] * 21)}", "kind", "hoogstens 20 keer"),
        (f"{ACTOR}/neighbourhood?depth=9", "depth", "hoogstens 3"),
        (f"{ACTOR}/neighbourhood?depth=0", "depth", "minstens 1"),
        (f"{ACTOR}/neighbourhood?depth=twee", "depth", "heel getal"),
        (f"{ACTOR}/neighbourhood?kind=x", "kind", "person"),
        (f"{ACTOR}/neighbourhood?tieKind=kent", "tieKind", "member_of"),
        (f"{ACTOR}/neighbourhood?asOf=2026-02-30", "asOf", "2026-11-22"),
        (f"{ACTOR}/neighbourhood?asOf=1700000000", "asOf", "2026-11-22"),
        (f"{ACTOR}/nearby?km=-3", "km", "minstens 0.1"),
        (f"{ACTOR}/nearby?km=nan", "km", ""),
        (f"{ACTOR}/nearby?km=inf", "km", ""),
        (f"{ACTOR}/nearby?km=20000", "km", "hoogstens 500"),
    ],
)
def test_an_input_that_cannot_be_is_told_what_would_do(client: TestClient, address: str, name: str, said: str) -> None:
    found = errors_of(client, address)
    assert {error["name"] for error in found} == {name}
    assert said in found[0]["detail"]


def test_messages_come_in_the_language_that_is_asked_for(client: TestClient) -> None:
    address = "/v1/actors?limit=0"
    assert errors_of(client, address)[0]["detail"] == "Moet minstens 1 zijn."
    english = "Must be at least 1."
    assert errors_of(client, address + "&lang=en")[0]["detail"] == english
    assert errors_of(client, address, **{"Accept-Language": "en-GB,en;q=0.9"})[0]["detail"] == english
    assert errors_of(client, address + "&lang=nl", **{"Accept-Language": "en"})[0]["detail"] != english
    answer = client.get("/v1/actors/nergens", headers={"Accept-Language": "fr, en;q=0.5, nl;q=0.4"})
    assert answer.json()["title"] == "Not found"
    assert answer.headers["content-language"] == "en"


def test_an_unknown_actor_comes_with_the_nearest_names(client: TestClient) -> None:
    answer = client.get("/v1/actors/wijkpalies")
    assert answer.status_code == 404
    assert "'wijkpaleis'" in answer.json()["detail"]


def test_strange_ids_are_only_not_found(client: TestClient) -> None:
    for name in ("%00", "..", "%2e%2e", "a" * 300, "%F0%9F%92%A9", "'; drop table nodes; --", "p-999999", "%ff", "{}"):
        assert client.get(f"/v1/actors/{name}").status_code in (200, 404), name
    assert client.get(f"/v1/actors/{'a' * 301}").status_code == 400


@pytest.mark.parametrize(
    "body",
    ["", "{", "[]", "null", '"an"', '{"text": 3}', '{"text": "a"}', '{"tekst": "an"}']
    + [f'{{"text": "an", "limit": {limit}}}' for limit in ("true", '"20"', "2.5", "null", "1e400", "NaN")],
)
def test_a_body_that_cannot_be_is_told_so(client: TestClient, body: str) -> None:
    answer = client.post("/v1/person-searches", content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    assert answer.json()["errors"][0]["in"] == "body"


def test_a_body_of_another_kind_is_told_so(client: TestClient) -> None:
    for kind in ("text/plain", "application/xml", "application/x-www-form-urlencoded"):
        answer = client.post("/v1/person-searches", content='{"text": "an"}', headers={"Content-Type": kind})
        assert answer.status_code == 400
        assert "JSON" in answer.json()["errors"][0]["detail"]


def test_a_body_that_is_too_large_is_refused(client: TestClient) -> None:
    for address in ("/v1/person-searches", "/person-search", "/sign-in"):
        answer = client.post(address, content=b"x" * (LARGEST_BODY + 1), headers={"Content-Type": "application/json"})
        assert (answer.status_code, answer.headers["content-type"]) == (413, "application/problem+json")
        kind = "application/json" if address.startswith("/v1") else "application/x-www-form-urlencoded"
        chunks = (b"q=" + b"x" * 1000 for _ in range(LARGEST_BODY // 1000 + 1))  # sent without saying how much
        answer = client.post(address, content=chunks, headers={"Content-Type": kind})
        assert (answer.status_code, answer.headers["content-type"]) == (413, "application/problem+json")


def test_an_error_page_names_each_input_and_escapes_what_was_asked(client: TestClient) -> None:
    answer = client.get("/search?limit=0&kind=<script>alert(1)</script>", headers=AS_BROWSER)
    assert answer.status_code == 400
    assert "<strong>limit</strong>" in answer.text
    assert "<script>" not in answer.text
    assert "&lt;script&gt;" in answer.text


def every_error(kind: type[errors.WeefselError] = errors.WeefselError) -> list[type[errors.WeefselError]]:
    return [kind, *(below for child in kind.__subclasses__() for below in every_error(child))]


def test_every_error_has_its_status(client: TestClient) -> None:
    statuses = {"BadInputError": 400, "NotFoundError": 404, "GoneError": 410, "MovedError": 308, "LockedError": 503}
    statuses |= {"StoreError": 503, "UnavailableError": 503, "IncompatibleError": 503, "UnsweptError": 503}
    made = [kind for kind in every_error() if kind.__module__ == "graph.errors"]
    assert len(made) == 11
    for kind in made:
        more = {"to": "elders"} if kind is errors.MovedError else {}

        class Failing:
            error = kind(nl="xyzzy", en="xyzzy", **more)

            def snapshot(self) -> None:
                raise self.error

        client.app.state.store = Failing()
        answer = client.get("/v1/actors/wijkpaleis")
        assert answer.status_code == statuses.get(kind.__name__, 500), kind
        assert ("retry-after" in answer.headers) == (answer.status_code == 503)
        assert ("xyzzy" in answer.text) == (answer.status_code in (400, 404, 410)), "what is wrong inside is not told"


def test_every_status_that_is_told_has_its_words(client: TestClient) -> None:
    app = client.app
    assert isinstance(app, FastAPI)
    for status in problems.TOLD:
        assert {f"problem_{status}_title", f"problem_{status}_detail"} <= set(WORDS)
    described = {int(s) for path in app.openapi()["paths"].values() for o in path.values() for s in o["responses"]}
    assert described <= {200, 308, *problems.TOLD}
