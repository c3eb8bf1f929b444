"""A place of which there are several: every door asks back with choices, and takes what is chosen."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path

import pytest
from door import AS_BROWSER, Command, load
from starlette.testclient import TestClient

from graph.records import ActorRecord, DatasetRecord
from graph.stores import STORES


def asked(client: TestClient, **form: str) -> tuple[int, str]:
    answer = client.post("/who-can-help", data={"help": "geld", **form}, headers=AS_BROWSER)
    assert answer.headers["cache-control"] == "private, no-cache"
    return answer.status_code, unescape(answer.text)


def radios(page: str) -> list[str]:
    return re.findall(r'<input type="radio" name="meant" value="([^"]+)"', page)


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("Bergen", ["Bergen (NH.), gemeente in Noord-Holland", "Bergen (L.), gemeente in Limburg"]),
        ("hengelo", ["Hengelo (O.), gemeente in Overijssel", "Hengelo, plaats in Gelderland"]),
        ("Rijswijk", ["Rijswijk (ZH.), gemeente in Zuid-Holland", "Rijswijk, plaats in Noord-Brabant"]),
        ("Haren", ["Haren, plaats in Groningen", "Haren, plaats in Noord-Brabant"]),
        ("Zeeland", ["Zeeland, plaats in Noord-Brabant", "de provincie Zeeland"]),
    ],
)
def test_a_page_asks_which_place_and_each_choice_leads_to_an_answer(client: TestClient, place: str, said: list[str]):
    status, page = asked(client, place=place, theme="wonen")
    assert status == 200
    assert f"Welke plaats bedoel je met ‘{place}’?" in page
    assert re.findall(r'name="meant" value="[^"]+"> ([^<]+)</label>', page) == said
    assert 'name="place" value=""' in page, "what was unclear does not go before what is chosen"
    assert 'value="wonen" checked' in page
    for choice in radios(page):
        status, answer = asked(client, meant=choice, place="")
        assert (status, radios(answer)) == (200, [])
        assert f'name="place" value="{choice}"' in answer


def test_another_place_that_is_written_goes_before_the_choices(client: TestClient):
    status, page = asked(client, meant="gemeente Bergen (L.)", place="Breda")
    assert (status, 'name="place" value="Breda"' in page) == (200, True)
    status, page = asked(client, meant="gemeente Bergen (L.)", place="Laren")
    assert (status, len(radios(page))) == (200, 2)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Roterdam", "Rotterdam"),
        ("Rotterdam-West", "Rotterdam"),
        ("1234 AB Nijmegen", "Nijmegen"),
        ("Bergn", "Bergen (NH.)"),
    ],
)
def test_a_place_with_a_slip_or_with_more_than_its_name_is_asked_back_with_what_may_be_meant(
    client: TestClient, text: str, meant: str
):
    status, page = asked(client, place=text)
    assert (status, radios(page)[0]) == (200, f"gemeente {meant}")
    assert asked(client, meant=radios(page)[0])[0] == 200
    answer = client.get("/networks", params={"place": text, "lang": "en"}, headers=AS_BROWSER)
    assert f">{meant}, municipality in " in unescape(answer.text)
    [error] = client.post("/v1/who-can-help", json={"help": "geld", "place": text}).json()["errors"]
    assert error["choices"][0]["value"] == f"gemeente {meant}"
    assert error["detail"].startswith(f"De plaats '{text}' kennen we niet. Bedoel je: 'gemeente {meant}' (")


def test_the_page_about_networks_asks_the_same_with_links_that_keep_the_rest(client: TestClient):
    answer = client.get("/networks?place=Bergen&theme=wonen&lang=en", headers=AS_BROWSER)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    page = unescape(answer.text)
    assert "Which place do you mean by “Bergen”?" in page
    links = re.findall(r'<li><a href="(/networks[^"]+)">([^<]+)</a></li>', page)
    assert [words for _, words in links] == [
        "Bergen (NH.), municipality in North Holland",
        "Bergen (L.), municipality in Limburg",
    ]
    for address, _ in links:
        followed = client.get(address, headers=AS_BROWSER)
        assert (followed.status_code, "theme=wonen" in address) == (200, True)
        assert "choose-place" not in followed.text


@pytest.mark.parametrize("address", ["/v1/networks?place=Hengelo&lang=en", "/v1/who-can-help?lang=en"])
def test_over_http_the_choices_stand_in_a_field_and_each_of_them_will_do(client: TestClient, address: str):
    def ask(place: str):
        if "networks" in address:
            return client.get(address.replace("Hengelo", place))
        return client.post(address, json={"help": "geld", "place": place})

    answer = ask("Hengelo")
    assert answer.status_code == 400
    [error] = answer.json()["errors"]
    assert error["choices"] == [
        {"value": "gemeente Hengelo (O.)", "label": "Hengelo (O.), municipality in Overijssel"},
        {"value": "Hengelo, provincie Gelderland", "label": "Hengelo, town in Gelderland"},
    ]
    for choice in error["choices"]:
        assert ask(choice["value"]).status_code == 200


@pytest.fixture
def bergen(tmp_path: Path, open_door: Callable[..., TestClient]) -> Iterator[TestClient]:
    """A made-up sector with one of the two municipalities Bergen, and two that begin alike."""
    towns = {"Gemeente Bergen (L.)": "GM0893", "Gemeente Bergen op Zoom": "GM0748", "Gemeente Berg en Dal": "GM1945"}
    municipalities = (
        ActorRecord(
            id=code.lower() + "x", kind="municipality", name=name, municipality=code, identifiers=(f"cbs:{code}",)
        )
        for name, code in towns.items()
    )
    with STORES["sqlite"](str(tmp_path / "store.db"), "") as store:
        load(store, DatasetRecord(name="verzonnen", audience="public"), (*municipalities,))
        yield open_door(store)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Bergen", ["Bergen (NH.), gemeente in Noord-Holland", "Bergen (L.), gemeente in Limburg"]),
        ("Berg", ["Gemeente Berg en Dal", "Gemeente Bergen (L.)", "Gemeente Bergen op Zoom"]),
    ],
)
def test_the_filter_of_a_search_asks_which_municipality(bergen: TestClient, text: str, words: list[str]):
    answer = bergen.get(f"/search?municipality={text}&theme=wonen", headers=AS_BROWSER)
    page = unescape(answer.text)
    assert f"‘{text}’ kan meer dan één gemeente zijn." in page
    links = re.findall(r'<a href="(/search[^"]+)"><bdi>([^<]+)</bdi></a>', page)
    assert sorted(said for _, said in links) == sorted(words)
    for address, _ in links:
        assert "theme=wonen" in address
        assert bergen.get(address, headers=AS_BROWSER).status_code == 200


def test_a_municipality_of_the_country_is_known_where_nobody_is_in_it(client: TestClient):
    page = client.get("/search?municipality=Hengelo", headers=AS_BROWSER)
    assert page.status_code == 200
    assert "Hengelo (O.) (GM0164)" in page.text


def test_a_search_by_the_name_of_a_municipality_can_be_taken_along(client: TestClient):
    page = unescape(client.get("/search?municipality=Rotterdam", headers=AS_BROWSER).text)
    taken = re.findall(r'href="(/v1/[^"]+)"', page)
    assert len(taken) > 5
    for address in taken:
        assert client.get(address).status_code == 200, address


def test_an_error_page_leads_to_what_was_meant(client: TestClient):
    page = unescape(client.get("/map?municipality=Rotterdam&theme=wonen", headers=AS_BROWSER).text)
    assert '<a href="/map?municipality=gemeente-rotterdam&theme=wonen">' in page
    twice = unescape(client.get("/map?municipality=Rotterdam&municipality=GM0363", headers=AS_BROWSER).text)
    assert '<li><a href="/map?' not in twice


def test_the_command_line_says_what_to_type(demo: Command):
    code, _, said = demo("search", "", "--municipality", "Rotterdam")
    assert (code, "gemeente-rotterdam" in said) == (1, True)
    code, _, said = demo("search", "", "--municipality", "Bergen")
    assert (code, "'GM0373' (Bergen (NH.), gemeente in Noord-Holland), 'GM0893'" in said) == (1, True)


def test_over_http_a_filter_by_name_is_told_the_codes(client: TestClient):
    [error] = client.get("/v1/actors?municipality=Bergen&lang=en").json()["errors"]
    assert [choice["value"] for choice in error["choices"]] == ["GM0373", "GM0893"]
    [error] = client.get("/v1/actors?municipality=Hengelo").json()["errors"]
    assert [choice["value"] for choice in error["choices"]] == ["GM0164"]
