"""Whom one means among thousands: slips of the pen, names that many bear, a place behind a name. All names are made up."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path

import pytest
from door import AS_BROWSER, load, load_demo
from starlette.testclient import TestClient

from graph.model import Viewer
from graph.records import ActorRecord, DatasetRecord, TieRecord
from graph.stores import STORES
from graph.view import open_view

PLACES = ("Boxtel", "Wijchen", "Nijmegen", "Landgraaf", "Laarbeek", "Diemen", "Opmeer", "Zuidplas", "Veendam", "Leudal")
PLACES += ("Goirle", "Rhenen")


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The demo, 600 that begin as `Het Wijkpaleis` does and have more contacts, fourteen of one name."""
    path = tmp_path_factory.mktemp("crowd") / "store.db"
    alike = [ActorRecord(id=f"w{n}", kind="initiative", name=f"Wijkraad Verzonnen {n}") for n in range(600)]
    known = [TieRecord(source=f"w{n}", kind="member_of", target=f"n{m}") for n in range(600) for m in range(12)]
    networks = [ActorRecord(id=f"n{m}", kind="network", name=f"Verzonnen net {m}") for m in range(12)]
    lindes = [
        ActorRecord(id=f"linde-{place.lower()}", kind="initiative", name="Buurthuis De Linde", place=place)
        for place in PLACES
    ]
    bare = ActorRecord(id="linde-ameland", kind="initiative", name="Buurthuis De Linde", municipality="GM0060")
    again = ActorRecord(id="linde-weer", kind="initiative", name="Buurthuis De Linde", place="Goirle")
    with STORES["sqlite"](str(path), "") as store:
        load_demo(store)
        load(store, DatasetRecord(name="veel", audience="public"), (*alike, *networks, *lindes, again, bare, *known))
    yield path


@pytest.fixture
def client(crowd: Path, open_door: Callable[..., TestClient]) -> Iterator[TestClient]:
    with STORES["sqlite"](str(crowd), "") as store:
        yield open_door(store)


def chosen(client: TestClient, name: str) -> list[str]:
    """Return whom the page offers to be."""
    page = unescape(client.get("/who-can-help", params={"q": name}, headers=AS_BROWSER).text)
    return re.findall(r'href="/who-can-help\?actor=([^"&]+)"', page)


def asked(client: TestClient, names: str, **form: object) -> str:
    answer = client.post("/who-can-help", data={"help": "geld", "names": names, **form}, headers=AS_BROWSER)
    return unescape(answer.text)


@pytest.mark.parametrize("slip", ["wijkpalies", "Wijkpaleiz", "Het Wijk paleis", "het wijkpaleis rotterdm"])
def test_a_slip_of_the_pen_finds_who_is_meant_among_many_that_begin_alike(client: TestClient, slip: str):
    assert chosen(client, slip)[0] == "wijkpaleis"


def test_what_looks_alike_is_told_with_its_place(client: TestClient, crowd: Path):
    with STORES["sqlite"](str(crowd), "") as store, open_view(store, Viewer.PUBLIC) as view:
        assert view.suggestions("Buurthuis de Lnde, Rhenen")[0].id == "linde-rhenen"
    found = unescape(client.get("/search?q=buurthuis+lnde+rhenen", headers=AS_BROWSER).text)
    assert ">Buurthuis De Linde (Rhenen)<" in found
    assert ">Buurthuis De Linde (Rhenen)<" in client.get("/actors/linde-rhene", headers=AS_BROWSER).text


def test_of_a_name_that_many_bear_it_is_said_how_to_find_ones_own(client: TestClient):
    page = unescape(client.get("/who-can-help?q=buurthuis+de+linde&lang=nl", headers=AS_BROWSER).text)
    assert len(chosen(client, "buurthuis de linde")) == 10
    assert "Staat de goede er niet bij? Schrijf de naam nog eens, met de plaats erachter." in page
    assert 'href="/search?q=buurthuis+de+linde">Of bekijk ze allemaal' in page
    assert chosen(client, "Buurthuis De Linde, Rhenen") == ["linde-rhenen"]
    assert chosen(client, "buurthuis linde (Rhenen)") == ["linde-rhenen"]
    assert chosen(client, "Wijkpaleis Rotterdam") == ["wijkpaleis"]


def test_who_has_no_place_is_told_by_its_municipality(client: TestClient, crowd: Path):
    assert chosen(client, "Buurthuis de Linde, Ameland") == ["linde-ameland"]
    for address in ("/who-can-help?q=buurthuis+linde+ameland", "/search?q=buurthuis+lnde+ameland"):
        assert "(Ameland)" in client.get(address, headers=AS_BROWSER).text
    assert "<span>Ameland</span>" in client.get("/search?q=buurthuis+linde", headers=AS_BROWSER).text


def test_whom_one_knows_may_be_named_with_a_place(client: TestClient):
    answer = asked(client, "Buurthuis de Linde, Rhenen")
    assert "Wie kan jullie helpen met geld?" in answer
    assert 'name="contact" value="linde-rhenen" checked' in answer
    page = asked(client, "Buurthuis de Linde, Goirle")
    assert "Wie bedoel je met ‘Buurthuis de Linde, Goirle’?" in page
    assert re.findall(r'name="contact" value="([^"]+)">', page) == ["linde-goirle", "linde-weer"]


def test_one_in_a_place_among_too_many_to_look_through_is_asked_about(client: TestClient):
    page = asked(client, "wijk rotterdam")
    assert "Wie bedoel je met ‘wijk rotterdam’?" in page


def test_who_chose_what_was_offered_for_a_slip_is_not_asked_again(client: TestClient):
    page = asked(client, "oranje fons\nNiemand Zqx")
    [box] = re.findall(r"<textarea[^>]*>([^<]*)</textarea>", page)
    assert "Wie bedoel je met ‘oranje fons’?" in page
    assert (box, "Deze namen kennen we niet: Niemand Zqx." in page) == ("Niemand Zqx", True)
    again = asked(client, "", contact="oranje-fonds")
    assert "Wie kan jullie helpen met geld?" in again
    assert client.post("/who-can-help", data={"help": "geld", "names": "oranje fons"}, headers=AS_BROWSER).is_success


def test_of_many_names_that_are_not_known_the_last_stay_in_the_box(client: TestClient):
    names = [f"oranje fons {number}" for number in range(12)]
    page = asked(client, "\n".join(names))
    [box] = re.findall(r"<textarea[^>]*>([^<]*)</textarea>", page)
    assert (box.splitlines(), page.count("Wie bedoel je met ‘oranje fons")) == (names[10:], 10)


def test_paths_lead_from_a_name_with_a_place(client: TestClient):
    answer = client.get("/paths", params={"from": "wijkpaleis rotterdam", "to": "Oranje Fonds"}, headers=AS_BROWSER)
    assert "Hoe kom je van Het Wijkpaleis bij Oranje Fonds?" in answer.text
