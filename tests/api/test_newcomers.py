"""What newcomers meet: links that were shared, several things that are unclear at once, long lists, one of a kind."""

import re
from html import unescape

import pytest
from door import AS_BROWSER, plain
from starlette.testclient import TestClient


@pytest.mark.parametrize("hung", ["fbclid=IwAR0", "utm_source=nieuwsbrief&utm_medium=email", "mc_cid=1&mc_eid=2"])
def test_a_link_that_was_shared_leads_where_it_led(client: TestClient, hung: str):
    for address in ("/", "/search?q=wijk", "/who-can-help?actor=wijkpaleis&help=geld&theme=wonen&theme=sport"):
        clean = client.get(address, headers=AS_BROWSER)
        shared = client.get(f"{address}{'&' if '?' in address else '?'}{hung}", headers=AS_BROWSER)
        assert (shared.status_code, shared.text) == (200, clean.text)
        assert shared.headers["etag"] == clean.headers["etag"]


def test_other_inputs_that_are_not_known_and_all_that_programs_send_too_much_are_refused(client: TestClient):
    for address in ("/?foo=1", "/v1/actors?fbclid=1", "/v1/actors?utm_source=x"):
        assert client.get(address).status_code == 400


def test_a_query_that_nothing_was_hung_on_stays_as_it_was_sent(client: TestClient):
    page = client.get("/search?q=caf%C3%A9+%26&utm_x=1", headers=AS_BROWSER)
    assert 'value="café &amp;"' in page.text


def test_all_that_is_unclear_is_asked_back_at_once(client: TestClient):
    form = {"help": "geld", "place": "Hengelo", "names": "buurt\nDe WijkBV\nnergenshuis"}
    page = unescape(client.post("/who-can-help", data=form, headers=AS_BROWSER).text)
    assert "Welke plaats bedoel je met ‘Hengelo’?" in page
    assert "Wie bedoel je met ‘buurt’?" in page
    assert "Deze namen kennen we niet: nergenshuis." in page
    unknown = client.post("/who-can-help", data={**form, "place": "Nergenshuizen"}, headers=AS_BROWSER)
    assert "De plaats 'Nergenshuizen' kennen we niet." in unescape(unknown.text)


def test_more_names_than_are_looked_up_at_once_stay_in_the_box(client: TestClient):
    names = [*["De WijkBV"] * 2, *(f"naam {number}" for number in range(34))]
    page = unescape(
        client.post("/who-can-help", data={"help": "geld", "names": "\n".join(names)}, headers=AS_BROWSER).text
    )
    assert "We zoeken 30 namen tegelijk op. De andere staan nog in het vak." in page
    [box] = re.findall(r"<textarea[^>]*>([^<]*)</textarea>", page)
    assert box.splitlines() == names[2:]
    assert 'name="contact" value="de-wijkbv" checked' in page


def test_a_list_of_names_may_be_as_long_as_the_page_lets_one_write(client: TestClient):
    text = "\r\n".join(["De WijkBV"] * 390)
    assert len(text) > 4000 > len(text.replace("\r\n", "\n"))
    assert client.post("/who-can-help", data={"help": "geld", "names": text}, headers=AS_BROWSER).status_code == 200


def test_from_somebody_to_itself_is_told_beside_the_form(client: TestClient):
    answer = client.get("/paths?from=wijkpaleis&to=Het+Wijkpaleis", headers=AS_BROWSER)
    assert answer.status_code == 400
    assert answer.headers["cache-control"] == "no-store"
    assert "Van Het Wijkpaleis naar zichzelf is geen weg." in plain(answer.text)
    assert re.findall(r'name="(from|to)" value="Het Wijkpaleis"', answer.text) == ["from", "to"]


def test_a_page_that_asks_between_whom_is_not_kept(client: TestClient):
    answer = client.get("/paths?from=nergenshuis&to=wijkpaleis", headers=AS_BROWSER)
    assert (answer.status_code, answer.headers["cache-control"], "etag" in answer.headers) == (404, "no-store", False)


def test_one_of_a_kind_is_not_told_in_the_plural(client: TestClient):
    for lang, one, plural, all_of in (
        ("nl", "1 organisatie", "1 organisaties", "Bekijk deze ene"),
        ("en", "1 organisation", "1 organisations", "See this one"),
    ):
        said = plain(client.get(f"/municipalities/GM0344?lang={lang}", headers=AS_BROWSER).text)
        assert one in said
        assert plural not in said
        assert all_of in said


@pytest.mark.parametrize(
    ("lang", "most", "least"), [("nl", "hoogstens 500 ", "minstens 0.1 "), ("en", "most 500", "least 0.1")]
)
def test_bounds_are_written_as_they_are_typed_in(client: TestClient, lang: str, most: str, least: str):
    for km, said in (("501", most), ("0", least)):
        [error] = client.get(f"/v1/actors/wijkpaleis/nearby?km={km}&lang={lang}").json()["errors"]
        assert said.lower() in error["detail"].lower()


def sent_again(page: str) -> dict[str, list[str]]:
    """Return what the switch to the other language sends."""
    [form] = re.findall(r'(?s)<form class="other" method="post".*?</form>', page)
    told: dict[str, list[str]] = {}
    for name, value in re.findall(r'name="([^"]+)" value="([^"]*)"', form):
        told.setdefault(name, []).append(unescape(value))
    return told


def test_the_answer_to_a_form_is_had_in_the_other_language(client: TestClient):
    form = {"help": "geld", "place": "Rotterdam", "theme": ["wonen", "sport"], "names": "De WijkBV", "maxSteps": "3"}
    page = client.post("/who-can-help?lang=nl", data=form, headers=AS_BROWSER).text
    assert 'method="post" action="/who-can-help?lang=en"' in page
    english = client.post("/who-can-help?lang=en", data=sent_again(page), headers=AS_BROWSER)
    direct = client.post("/who-can-help?lang=en", data=form, headers=AS_BROWSER)
    assert (english.status_code, english.text) == (200, direct.text)
    assert "Who can help you with money?" in english.text


def test_what_is_asked_back_and_persons_too_are_had_in_the_other_language(client: TestClient):
    form = {"help": "geld", "place": "Hengelo", "names": "buurt\nDe WijkBV", "asOf": "2026-01-02"}
    page = client.post("/who-can-help", data=form, headers=AS_BROWSER).text
    again = client.post("/who-can-help?lang=en", data=sent_again(page), headers=AS_BROWSER).text
    assert again == client.post("/who-can-help?lang=en", data=form, headers=AS_BROWSER).text
    found = client.post("/person-search?lang=nl", data={"q": "hillen"}, headers=AS_BROWSER).text
    assert "Marieke Hillen" in client.post("/person-search?lang=en", data=sent_again(found), headers=AS_BROWSER).text


def test_no_address_of_an_answer_holds_whom_somebody_said_it_knows(client: TestClient):
    form = {"help": "geld", "names": "De WijkBV\nHet Wijkpaleis"}
    page = unescape(client.post("/who-can-help", data=form, headers=AS_BROWSER).text)
    exports = [address for address in re.findall(r'href="([^"]+)"', page) if "/v1/exports" in address]
    assert exports
    assert not [address for address in exports if "wijkbv" in address or "wijkpaleis" in address]


def test_one_other_way_is_told_in_the_singular(client: TestClient):
    page = plain(client.get("/who-can-help?actor=wijkpaleis&help=geld&lang=nl", headers=AS_BROWSER).text)
    assert "Een andere weg naar Stichting DOEN" in page
    assert "Andere wegen naar VSBfonds (2)" in page
    assert " (1)" not in page
