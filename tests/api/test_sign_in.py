"""Signing in and out, with a browser's cookies."""

import pytest
from door import AS_BROWSER, AS_STAFF, TOKEN, mark_in
from starlette.testclient import TestClient

from api import security
from api.app import create_app
from api.security import FORM_COOKIE, SESSION_COOKIE, SESSION_SECONDS, WRONG_ALLOWED, WRONG_SECONDS, Guesses, Staff
from api.settings import Settings
from graph.store import Store


def sign_in(client: TestClient, token: str = TOKEN) -> int:
    form = client.get("/sign-in", headers=AS_BROWSER)
    return client.post("/sign-in", data={"token": token, "mark": mark_in(form.text)}).status_code


def test_staff_signs_in_sees_more_and_signs_out(secrets_client: TestClient) -> None:
    client = secrets_client
    assert "Zwaluwfonds" not in client.get("/search?q=zwaluw").text
    assert sign_in(client) == 303
    page = client.get("/search?q=zwaluw")
    assert "Zwaluwfonds Verzonnen" in page.text
    assert page.headers["cache-control"] == "private, no-store"
    assert "Zwaluwfonds" in client.get("/v1/actors?q=zwaluw").text  # the page's link to its data works
    assert client.post("/sign-out", data={"mark": mark_in(page.text)}).status_code == 303
    assert "Zwaluwfonds" not in client.get("/search?q=zwaluw").text


def test_the_cookie_is_for_this_site_alone_and_does_not_hold_the_token(client: TestClient) -> None:
    form = client.get("/sign-in")
    answer = client.post("/sign-in", data={"token": TOKEN, "mark": mark_in(form.text)})
    for cookie in (form.headers["set-cookie"], *answer.headers.get_list("set-cookie")):
        assert "HttpOnly" in cookie
        assert "samesite=strict" in cookie.lower() or "max-age=0" in cookie.lower()
        assert TOKEN not in cookie
        assert "Secure" not in cookie
    assert form.headers["cache-control"] == "no-store"


def test_on_a_site_by_https_cookies_keep_to_it(demo_door: Store, settings: Settings) -> None:
    by_https = settings.model_copy(update={"public_url": "https://weefsel.example"})
    client = TestClient(create_app(demo_door, by_https), base_url="https://weefsel.example", follow_redirects=False)
    form = client.get("/sign-in?lang=en")
    assert "max-age" in form.headers["strict-transport-security"]
    assert all("Secure" in cookie for cookie in form.headers.get_list("set-cookie"))
    assert sign_in(client) == 303
    assert client.app.openapi()["servers"] == [{"url": "https://weefsel.example"}]


def test_a_form_that_is_not_ours_does_nothing(client: TestClient) -> None:
    for data in ({"token": TOKEN}, {"token": TOKEN, "mark": "0" * 64}):
        client.get("/sign-in")
        assert client.post("/sign-in", data=data).status_code == 403
    mark = mark_in(client.get("/sign-in").text)
    client.cookies.clear()
    assert client.post("/sign-in", data={"token": TOKEN, "mark": mark}).status_code == 403
    assert SESSION_COOKIE not in client.cookies


def test_another_site_cannot_sign_staff_out(client: TestClient) -> None:
    sign_in(client)
    assert client.post("/sign-out", data={}).status_code == 403
    assert client.get("/").headers["cache-control"] == "private, no-store"


def test_signing_out_without_a_session_does_no_harm(client: TestClient) -> None:
    assert client.post("/sign-out", data={}).status_code == 303


def test_a_wrong_token_is_told_so_on_the_page(client: TestClient) -> None:
    mark = mark_in(client.get("/sign-in").text)
    answer = client.post("/sign-in", data={"token": "verkeerd", "mark": mark}, headers=AS_BROWSER)
    assert answer.status_code == 401
    assert 'role="alert"' in answer.text
    assert "verkeerd" not in answer.text
    assert SESSION_COOKIE not in client.cookies


def test_guessing_has_to_wait(client: TestClient) -> None:
    for _ in range(WRONG_ALLOWED):
        assert client.get("/v1/actors", headers={"Authorization": "Bearer gok"}).status_code == 401
    answer = client.get("/v1/actors", headers={"Authorization": "Bearer gok"})
    assert (answer.status_code, answer.headers["content-type"]) == (429, "application/problem+json")
    assert 0 < int(answer.headers["retry-after"]) <= WRONG_SECONDS
    assert client.get("/v1/actors", headers=AS_STAFF).status_code == 429
    assert sign_in(client) == 429
    assert client.get("/v1/actors").status_code == 200


def test_without_a_token_nobody_signs_in(demo_door: Store) -> None:
    client = TestClient(create_app(demo_door, Settings(staff_token="")), follow_redirects=False)
    for header in ("Bearer ", "Bearer", "Bearer x"):
        assert client.get("/v1/actors", headers={"Authorization": header}).status_code == 401
    page = client.get("/sign-in")
    assert "WEEFSEL_STAFF_TOKEN" in page.text
    client.cookies.set(SESSION_COOKIE, Staff("").begin())
    assert "public" in client.get("/").headers["cache-control"]


def test_who_was_signed_in_is_told_when_that_is_over(client: TestClient) -> None:
    assert "niet meer ingelogd" not in client.get("/").text
    client.cookies.set(SESSION_COOKIE, "1.oud.0000")
    assert "niet meer ingelogd" in client.get("/").text


# -- what stands behind it


def test_the_token_is_compared_in_constant_time(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = []

    def compare(one: bytes, other: bytes) -> bool:
        compared.append((len(one), len(other)))
        return one == other

    monkeypatch.setattr(security.hmac, "compare_digest", compare)
    staff = Staff(TOKEN)
    assert [staff.knows(token) for token in (TOKEN, "", TOKEN[:-1], "x" * 5000)] == [True, False, False, False]
    assert compared == [(32, 32)] * 4, "digests of one length are compared, whatever was sent"


def test_a_session_holds_until_its_end_and_for_the_same_token() -> None:
    now = 1_000_000.0
    staff = Staff(TOKEN, clock=lambda: now)
    session = staff.begin()
    assert staff.holds(session)
    assert Staff(TOKEN, clock=lambda: now).holds(session), "another process knows it too"
    assert not Staff(TOKEN + "x", clock=lambda: now).holds(session)
    now += SESSION_SECONDS
    assert not staff.holds(session)


def test_a_session_that_was_tampered_with_does_not_hold() -> None:
    staff = Staff(TOKEN)
    end, nonce, mark = staff.begin().split(".")
    for forged in (f"{int(end) + 1}.{nonce}.{mark}", f"{end}.{nonce}.{mark[:-1]}", f"{end}.{nonce}", "", ".", "é.é.é"):
        assert not staff.holds(forged)
    assert not staff.holds(f"{end}.{nonce}." + staff.form_mark(f"{end}.{nonce}")), "a form's mark is no session's"


def test_a_session_that_ended_does_not_hold_again() -> None:
    staff = Staff(TOKEN)
    session, other = staff.begin(), staff.begin()
    staff.end(session)
    assert [staff.holds(session), staff.holds(other)] == [False, True]


def test_guesses_are_forgiven_after_a_while_and_counted_per_address() -> None:
    now = 0.0
    guesses = Guesses(clock=lambda: now)
    for _ in range(WRONG_ALLOWED):
        assert guesses.wait("a") == 0
        guesses.wrong("a")
    assert guesses.wait("a") == WRONG_SECONDS
    assert guesses.wait("b") == 0
    now = float(WRONG_SECONDS)
    assert guesses.wait("a") == 0


def test_guesses_from_many_addresses_cost_no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(security, "ADDRESSES", 3)
    guesses = Guesses()
    for address in range(9):
        guesses.wrong(str(address))
    assert len(guesses._wrong) == 3


def test_the_cookies_of_forms_are_kept_while_they_are_good(client: TestClient) -> None:
    first = client.get("/sign-in")
    assert client.cookies[FORM_COOKIE]
    assert mark_in(client.get("/sign-in").text) == mark_in(first.text)
