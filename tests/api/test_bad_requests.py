"""Bad requests at every address there is: found by looking at the routes, so that a new one is tested too."""

import base64
import json
from collections.abc import Iterator
from functools import reduce
from typing import Any

import pytest
from door import AS_BROWSER, FILLED, NEEDED, asking
from fastapi import FastAPI
from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.testclient import TestClient

PROBLEM = "application/problem+json"
ELSEWHERE = "elders.example"
STATIC = ("/static/app.css", "/static/sign-out")


IN_PATHS = {
    "{actorId}": "wijkpaleis",
    "{themeId}": "zorg-welzijn",
    "{municipalityId}": "GM0599",
    "{format}": "kumu",
}


def asked_of(app: FastAPI, method: str = "GET") -> Iterator[tuple[str, set[str]]]:
    """Yield the address of every route with the names that its query or form takes."""
    for route in app.state.routes:
        if isinstance(route, APIRoute) and method in route.methods:
            fields = route.dependant.query_params + (route.dependant.body_params if method == "POST" else [])
            models = [field.field_info.annotation for field in fields]
            assert all(issubclass(model, BaseModel) for model in models), "inputs stand in models"
            names = {info.alias or name for model in models for name, info in model.model_fields.items()}
            yield reduce(lambda path, part: path.replace(*part), IN_PATHS.items(), route.path), names


def refused(client: TestClient, address: str, name: str, value: object) -> None:
    """See that an input is refused, by name, as JSON and on pages."""
    asked = {**NEEDED.get(address, {}), name: value}
    answer = client.get(address, params=asked, headers=asking(address))
    assert (answer.status_code, answer.headers["content-type"]) == (400, PROBLEM), (address, value)
    assert [error["name"] for error in answer.json()["errors"]] == [name]
    page = client.get(address, params=asked, headers={**AS_BROWSER, **asking(address)})
    assert page.status_code == 400
    if not address.startswith(("/v1/", "/healthz", "/readyz")):
        assert f"<strong>{name}</strong>" in page.text or 'aria-invalid="true"' in page.text


OUT_OF_BOUNDS = {
    "limit": (-1, 0, 2001, 10**9, 10**30, "veel", "1e3", "1.5", " ", "²", "True"),
    "depth": (-1, 0, 4, 9, 10**9, "twee", "1.5"),
    "maxSteps": (-1, 0, 7, 10**9, "drie", "1.5"),
    "km": (-1, 0, 501, 10**9, "nan", "inf", "ver"),
    "asOf": ("morgen", "2026-02-30", "2026", "0000-01-01", "99999-01-01", "2026-11-22T00:00", "1700000000"),
    "kind": ("stichting", "Funder", "initiative,network", "\x00", "x" * 10_000),
    "tieKind": ("kent", "FUNDS", "é"),
    "theme": ("wonenn", "*"),
    "help": ("goud", "geld."),
    "municipality": ("GM", "GM12345", "Nergenshuizen-verzonnen", "\x00"),
    "lang": ("fy", "NL", "en-GB"),
    "bestaatNiet": ("1",),
}


@pytest.mark.parametrize("name", OUT_OF_BOUNDS)
def test_what_is_out_of_bounds_is_refused_by_name_wherever_it_may_be_asked(client: TestClient, name: str) -> None:
    takes = [address for address, names in asked_of(client.app) if name in names or name == "bestaatNiet"]
    assert takes
    for address in takes:
        for value in OUT_OF_BOUNDS[name]:
            refused(client, address, name, value)


LISTS = (
    "actors",
    "datasets",
    "helpers",
    "known",
    "paths",
    "municipalities",
    "givers",
    "near",
    "beyond",
    "pairs",
    "judgements",
)


def test_every_list_has_a_limit_that_holds(client: TestClient) -> None:
    lists = {address for address, names in asked_of(client.app) if "limit" in names}
    data = {address for address, _ in asked_of(client.app) if address.startswith("/v1/")}
    assert data
    whole = {"/v1/coverage", "/v1/themes", "/v1/exports/kumu"}  # as long as the vocabulary is, or a file
    assert data - whole <= lists, "every other question under /v1 answers with a list"
    for address in lists:
        answer = client.get(address, params={**NEEDED.get(address, {}), "limit": 1}, headers=asking(address))
        assert answer.status_code == 200, address
        if address in data:
            found = answer.json()
            groups = [group["ties"] for group in found.get("ties", ()) if "ties" in group]
            groups += [group["actors"] for group in found.get("groups", ())]
            named = [found[name] for name in LISTS if name in found]
            assert groups or named
            assert [one for one in (*groups, *named) if len(one) != (address != "/v1/judgements")] == [], address


def cursors(given: str) -> list[str]:
    """Return cursors made by hand, some from one that was given."""
    mine: list[Any] = json.loads(base64.urlsafe_b64decode(given + "=" * (-len(given) % 4)))
    made = [[], {}, 1, None, "x", [1, 2, 3, 4, 5], [mine[0], "0", *mine[2:]], [mine[0], 2**60, *mine[2:]]]
    made += [[mine[0], True, *mine[2:]], [*mine[:3], None, None], [*mine, "meer"], ["", *mine[1:]]]
    forged = [base64.urlsafe_b64encode(json.dumps(one).encode()).decode() for one in made]
    return [*forged, "abc", "é", "\x00", "=" * 50, "' OR 1=1", base64.b64encode(b"\xff\xfe[").decode(), given[:-2]]


def test_a_cursor_made_by_hand_is_refused_wherever_one_may_be_given(client: TestClient) -> None:
    given = client.get("/v1/actors?limit=3").json()["cursor"]
    theirs = client.post("/v1/person-searches", json={"text": "ma", "limit": 1}).json()["cursor"]
    takes = [address for address, names in asked_of(client.app) if "cursor" in names]
    assert sorted(takes) == ["/duplicates", "/judgements", "/search", "/v1/actors", "/v1/duplicates", "/v1/judgements"]
    for address in takes:
        for cursor in (*cursors(given), theirs, "W" * 4001):
            refused(client, address, "cursor", cursor)
    assert {a for a, names in asked_of(client.app, "POST") if "cursor" in names} == {
        "/v1/person-searches",
        "/person-search",
        "/duplicates",  # of a form that leads back to the page
    }
    for cursor in (*cursors(theirs), given):
        answer = client.post("/v1/person-searches", json={"text": "ma", "cursor": cursor})
        assert (answer.status_code, answer.json()["errors"][0]["name"]) == (400, "cursor")
        page = client.post("/person-search", data={"q": "ma", "cursor": cursor}, headers=AS_BROWSER)
        assert page.status_code == 400
        assert "<strong>cursor</strong>" in page.text


def test_a_method_that_no_address_knows_is_told_which_it_knows(client: TestClient) -> None:
    addresses = {address for method in ("GET", "POST") for address, _ in asked_of(client.app, method)}
    for address in (*addresses, "/v1/openapi.json", *STATIC):
        for method in ("BREW", "TRACE", "PROPFIND", "DELETE", "PATCH"):
            answer = client.request(method, address)
            assert (answer.status_code, answer.headers["content-type"]) == (405, PROBLEM), (method, address)
            allowed = set(answer.headers["allow"].split(", "))
            assert allowed
            assert allowed <= {"GET", "HEAD", "POST"}
            assert ("HEAD" in allowed) == ("GET" in allowed)
            assert "POST" not in allowed or address not in STATIC


HEADERS = [
    {"Accept": "application/xml"},
    {"Accept": "*/*;q=nonsens"},
    {"Accept": ""},
    {"Accept": "\x00"},
    {"Accept": "application/json;q=0"},
    {"Accept": "x/y," * 10_000},
    {"Accept-Language": ",;q=;;q=nan,*;q=1e999"},
    {"Accept-Language": "x" * 10_000},
    {"Accept-Encoding": "nonsens, *;q=0"},
    {"Host": ELSEWHERE},
    {"Host": f"{ELSEWHERE}:99999"},
    {"Host": f"{ELSEWHERE}/pad?vraag#deel"},
    {"Host": "a b<script>"},
    {"Host": "[::1"},
    {"Host": ""},
    {"X-Forwarded-Host": ELSEWHERE, "X-Forwarded-Proto": "gopher", "X-Forwarded-Prefix": f"//{ELSEWHERE}"},
    {"X-Original-URL": f"//{ELSEWHERE}/admin", "X-HTTP-Method-Override": "DELETE"},
    {"If-None-Match": '"' * 999},
    {"If-Modified-Since": "gisteren"},
    {"Range": "bytes=9-1,-"},
    {"Content-Length": "-5"},
    {"Content-Type": "x" * 10_000},
    {"Cookie": "weefsel-session=\xff\x00; weefsel-lang=<script>; =; ;;"},
    {"Cookie": "weefsel-lang=en; " * 500},
    {"Referer": f"https://{ELSEWHERE}"},
    {"Origin": "null"},
]


ASKED = (
    *(filled[0].replace("{actorId}", "wijkpaleis") for filled in FILLED.values() if filled),
    "/nergens",
    "/v1/nergens",
    "/v1/actors?limit=0",
    "/v1/actors/",
    "/static/app.css",
)


def test_no_header_that_a_client_makes_up_upsets_an_answer(client: TestClient) -> None:
    """Each address gets a third of them, and each of them a third of the addresses."""
    for number, address in enumerate(ASKED):
        plain = client.get(address)
        for headers in HEADERS[number % 3 :: 3]:
            client.cookies.clear()
            sent = {name.encode(): value.encode("latin-1") for name, value in headers.items()}
            answer = client.get(address, headers=sent)
            assert answer.status_code == plain.status_code or "Range" in headers, (address, headers)
            assert answer.headers["content-type"] == plain.headers["content-type"] or "Range" in headers
            told = answer.text + str(answer.headers)
            assert ELSEWHERE not in told, (address, headers)
            assert "<script" not in told.replace("<script nonce", "") or "/map" in address


def test_a_link_after_a_merge_stays_on_this_site(client: TestClient) -> None:
    for name in ("//" + ELSEWHERE, "%2f%2f" + ELSEWHERE, "..%2f..%2f" + ELSEWHERE, "\\\\" + ELSEWHERE):
        answer = client.get(f"/actors/{name}", headers={"Host": ELSEWHERE})
        assert answer.status_code == 404
        assert "location" not in answer.headers
