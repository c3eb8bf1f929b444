"""What holds of every route, whatever it answers."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

import anyio
import pytest
from door import AS_BROWSER, AS_STAFF, FILLED, FOR_STAFF, POSTS, asking, gets, templates
from fastapi import FastAPI
from starlette.testclient import TestClient
from starlette.types import Message

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
PROBLEM = "application/problem+json"


def test_every_route_is_among_those_tested(client: TestClient) -> None:
    assert sorted(templates(client.app) - set(FILLED)) == [], "add them to FILLED in tests/api/door.py"
    assert sorted(set(FILLED) - templates(client.app)) == [], "take them out of FILLED in tests/api/door.py"


def test_every_get_answers(client: TestClient) -> None:
    for address in gets(client.app):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert answer.content


def test_what_is_for_staff_is_refused_to_everybody_else(client: TestClient) -> None:
    for address in gets(client.app, for_staff=True):
        refused, page = client.get(address), client.get(address, headers=AS_BROWSER)
        assert (refused.status_code, refused.headers["content-type"]) == (401, PROBLEM), address
        assert refused.headers["www-authenticate"].startswith("Bearer")
        assert page.status_code == 401
        assert client.get(address, headers=AS_STAFF).status_code == 200, address
    for template in FOR_STAFF & set(POSTS):
        assert client.post(template, **POSTS[template]).status_code == 401


def test_every_answer_has_the_headers_that_keep_browsers_safe(client: TestClient) -> None:
    errors = ("/nergens", "/v1/nergens", "/v1/actors?limit=0", "/static/app.css")
    for address in (*gets(client.app), *gets(client.app, for_staff=True), *errors):
        for method in ("GET", "HEAD", "PUT"):
            headers = client.request(method, address, headers=AS_BROWSER).headers
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["referrer-policy"] == "no-referrer"
            assert headers["x-frame-options"] in ("DENY", "SAMEORIGIN")
            policy = headers["content-security-policy"]
            assert policy.startswith(("default-src 'self'", "default-src 'none'"))
            assert "frame-ancestors" in policy
            assert "unsafe" not in policy
            assert "set-cookie" not in headers or "HttpOnly" in headers["set-cookie"]


def test_all_that_is_under_v1_names_its_version(client: TestClient) -> None:
    for address in gets(client.app):
        assert ("api-version" in client.get(address).headers) == address.startswith("/v1/")
    assert client.get("/v1/nergens").headers["api-version"] == "1.0.0"
    assert re.fullmatch(r"\d+\.\d+\.\d+", client.get("/v1/actors").headers["api-version"])


def test_what_is_not_a_page_is_told_as_a_problem(client: TestClient) -> None:
    wrong = ("/nergens", "/v1/nergens", "/v1", "/actors/nergens", "/v1/actors/nergens", "/static/nergens", "/%00")
    for address in (*wrong, "/v1/actors?zz=1", "/search?zz=1", "/healthz?zz=1", "/readyz?lang=fy"):
        answer = client.get(address)
        assert 400 <= answer.status_code < 500, address
        assert answer.headers["content-type"] == PROBLEM
        problem = answer.json()
        assert problem["status"] == answer.status_code
        assert problem["title"]
        assert problem["detail"]
        assert answer.headers["cache-control"] == "no-store"


def test_a_browser_gets_a_page_that_helps_on_except_for_data(client: TestClient) -> None:
    for address in ("/nergens", "/actors/nergens", "/search?limit=0", "/sign-out", "/static/nergens"):
        answer = client.get(address, headers=AS_BROWSER)
        assert answer.status_code >= 400
        assert answer.headers["content-type"].startswith("text/html")
        assert 'role="search"' in answer.text
    for address in ("/v1/nergens", "/readyz?zz=1"):
        assert client.get(address, headers=AS_BROWSER).headers["content-type"] == PROBLEM


def test_a_page_about_an_error_leads_on_wherever_it_is_shown(client: TestClient) -> None:
    for address in ("/nergens", "/static/nergens"):
        page = client.get(f"{address}?lang=nl", headers=AS_BROWSER)
        links = re.findall(r'(?:href|action)="(/[^"]*)"', page.text)
        for link in (
            link for link in links if not link.startswith(address)
        ):  # that in the other language is no page either
            assert client.get(link, headers=AS_BROWSER).status_code == 200, (address, link)
        assert "Path=/;" in page.headers["set-cookie"]


@pytest.mark.parametrize("address", ["//elders.example/x", "///elders.example", "/nergens/%5Celders.example"])
def test_a_page_in_the_other_language_is_on_this_site_whatever_the_address(client: TestClient, address: str) -> None:
    page = client.get(f"http://testserver{address}", headers=AS_BROWSER)
    [link] = re.findall(r'href="([^"]*elders[^"]*)"', page.text)
    assert urljoin(str(page.url), link) == f"http://testserver/{address.lstrip('/')}?lang=en"


def test_a_wrong_method_is_told_which_are_right(client: TestClient) -> None:
    for template, filled in FILLED.items():
        address = (filled or (template,))[0].replace("{actorId}", "wijkpaleis")
        right = {method for method in METHODS if client.request(method, address).status_code != 405}
        assert right == ({"GET"} if filled else set()) | ({"POST"} if template in POSTS else set())
        wrong = client.put(address)
        assert wrong.headers["content-type"] == PROBLEM
        assert set(wrong.headers["allow"].split(", ")) - {"HEAD"} == right


def test_head_is_get_without_the_body(client: TestClient) -> None:
    for address in gets(client.app):
        head, get = client.head(address), client.get(address)
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers.get("etag") == get.headers.get("etag")


def test_head_sends_no_body_down_the_wire(client: TestClient) -> None:
    """A client drops the body of HEAD itself, so this looks at what the app sends."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "HEAD", "path": "/v1/actors", "raw_path": b"/v1/actors", "query_string": b""}
    anyio.run(client.app, scope | {"headers": [], "client": ("127.0.0.1", 1), "root_path": ""}, receive, send)
    assert sent[0]["status"] == 200
    assert int(dict(sent[0]["headers"])[b"content-length"]) > 0
    assert b"".join(message.get("body", b"") for message in sent[1:]) == b""


def test_no_address_has_a_slash_at_its_end(client: TestClient) -> None:
    for address in gets(client.app):
        path, _, query = address.partition("?")
        if path != "/":
            assert client.get(f"{path}/?{query}").status_code == 404, address


def test_an_unknown_input_is_refused_and_the_known_ones_named(client: TestClient) -> None:
    for template, filled in FILLED.items():
        if not filled or template == "/v1/openapi.json":
            continue
        address = filled[0].replace("{actorId}", "wijkpaleis")
        asked = f"{address}{'&' if '?' in address else '?'}bestaat_niet=1"
        [error] = client.get(asked, headers=asking(address)).json()["errors"]
        assert (error["in"], error["name"]) == ("query", "bestaat_niet")
        assert "lang" in error["detail"]


def test_names_in_answers_and_questions_are_camel_case(client: TestClient) -> None:
    for address in (*gets(client.app), *gets(client.app, for_staff=True)):
        answer = client.get(address, headers=asking(address))
        ours = "openapi" not in address and "/exports/" not in address  # what other programs read has names of its own
        if answer.headers["content-type"] == "application/json" and ours:
            assert [name for name in names_in(answer.json()) if not is_camel(name)] == [], address
    for operation in operations(client.app):
        assert [p["name"] for p in operation.get("parameters", ()) if not is_camel(p["name"])] == []


def test_the_limit_of_a_list_that_is_asked_for_in_a_body_holds(client: TestClient) -> None:
    for limit in (0, -1, 10**9):
        [error] = client.post("/v1/person-searches", json={"text": "an", "limit": limit}).json()["errors"]
        assert (error["in"], error["name"]) == ("body", "limit")
    assert len(client.post("/v1/person-searches", json={"text": "an", "limit": 1}).json()["actors"]) == 1


def test_no_answer_has_the_stores_own_numbers_or_folded_names(client: TestClient) -> None:
    for address in (*gets(client.app), *gets(client.app, for_staff=True)):
        answer = client.get(address, headers=asking(address))
        if answer.headers["content-type"] == "application/json" and "openapi" not in address:
            assert not {"n", "names", "aliasNames", "key", "digest"} & set(names_in(answer.json()))


def test_a_wrong_token_is_refused_at_every_route(client: TestClient) -> None:
    for number, template in enumerate(sorted(templates(client.app) - {"/v1/openapi.json"})):
        client.app.state.guesses.__init__()
        address = template.replace("{actorId}", "wijkpaleis")
        method, body = ("POST", POSTS[template]) if not FILLED[template] else ("GET", {})
        for header in (f"Bearer verkeerd{number}", "Bearer ", "Basic abc", "Bearer é"):
            answer = client.request(method, address, headers={"Authorization": header.encode()}, **body)
            assert answer.status_code == 401, (template, header)
            assert answer.headers["www-authenticate"].startswith("Bearer")


def test_what_staff_gets_is_kept_by_nobody(client: TestClient) -> None:
    for address in (*gets(client.app), *gets(client.app, for_staff=True)):
        if address == "/v1/openapi.json":
            continue
        headers = client.get(address, headers=AS_STAFF).headers
        assert "no-store" in headers["cache-control"]
        assert "etag" not in headers


def test_an_unforeseen_error_says_nothing_of_itself(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    class Broken:
        def snapshot(self) -> None:
            raise RuntimeError("geheime naam")

    client.app.state.store = Broken()
    answer = client.get("/v1/actors?q=geheim")
    assert (answer.status_code, answer.headers["content-type"]) == (500, PROBLEM)
    page = client.get("/", headers=AS_BROWSER)
    assert (page.status_code, page.headers["content-type"]) == (500, "text/html; charset=utf-8")
    assert "geheim" not in answer.text + page.text + caplog.text
    assert "RuntimeError" in caplog.text


def described(app: FastAPI) -> dict[str, Any]:
    return app.openapi()


def operations(app: FastAPI) -> Iterator[dict[str, Any]]:
    for path in described(app)["paths"].values():
        yield from path.values()


def test_the_description_knows_400_and_no_422(client: TestClient) -> None:
    found = list(operations(client.app))
    assert found
    for operation in found:
        assert "422" not in operation["responses"]
        assert PROBLEM in operation["responses"]["400"]["content"]
        assert operation["description"]
    assert "422" not in client.get("/v1/openapi.json").text
    assert "HTTPValidationError" not in client.get("/v1/openapi.json").text


def test_every_input_and_answer_is_described(client: TestClient) -> None:
    for operation in operations(client.app):
        assert [p["name"] for p in operation.get("parameters", ()) if not p.get("description")] == []
    schemas = described(client.app)["components"]["schemas"]
    assert [name for name, schema in schemas.items() if not schema.get("description")] == []


def is_camel(name: str) -> bool:
    return bool(re.fullmatch(r"[a-z][A-Za-z0-9]*", name))


def names_in(value: object, under: str = "") -> Iterator[str]:
    """Yield the names of all objects in an answer; `others` and `kinds` are keyed by ids, not by names."""
    if isinstance(value, dict):
        if under not in ("others", "kinds"):
            yield from value
        for name, part in value.items():
            yield from names_in(part, name)
    elif isinstance(value, list):
        for part in value:
            yield from names_in(part)
