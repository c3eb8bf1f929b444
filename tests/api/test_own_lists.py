"""A list of one's own, with all that it may say of a fund, a network and their ties: nothing of it is dropped unsaid."""

from collections.abc import Callable
from datetime import date
from html import unescape
from pathlib import Path
from re import sub

import pytest
from door import load
from starlette.testclient import TestClient

from api import console, terminal, terminal_asking
from api.naming import telling_offers
from api.terminal_helping import help_answer
from graph.answers_helping import HelpAnswer
from graph.errors import BadInputError
from graph.model import Count, Viewer
from graph.questions import show
from graph.records import ActorRecord, DatasetRecord, FigureRecord, OfferRecord, TieRecord
from graph.store import Store
from graph.stores import STORES
from graph.telling import Telling
from graph.view import open_view

OWN = DatasetRecord(name="eigen", title="Eigen lijst van een verzonnen netwerk", audience="public")
TERMS = {
    "area": ("GM0599", "NL"),
    "legal_forms": ("stichting",),
    "amount_from": 500,
    "amount_to": 5000,
    "members_of": ("bond",),
    "window": "1 maart tot 1 mei",
    "conditions": "met een buurtplan",
    "checked": "2026-05",
    "note": "niet voor inventaris",
}
ROWS = (
    ActorRecord(
        id="fonds", kind="funder", name="Verzonnen Fonds", contacts=({"desk": "Loket", "mail": "l@fonds.example"},)
    ),
    ActorRecord(id="bond", kind="network", name="Verzonnen Bond", municipality="GM0599", contacts=({"desk": "Balie"},)),
    ActorRecord(id="stad", kind="municipality", name="Gemeente Rotterdam", identifiers=("cbs:GM0599",)),
    ActorRecord(id="keuken", kind="initiative", name="Verzonnen Keuken", municipality="GM0599"),
    ActorRecord(id="oud", kind="funder", name="Verzonnen Oud Fonds", place="Rotterdam", ended="2024-05"),
    FigureRecord(about="fonds", what="Aanvragen", value=3, year="2021", year_basis="issue"),
    OfferRecord(actor="fonds", stance="offers", help="geld.subsidie", **TERMS),
    TieRecord(source="fonds", kind="funds", target="keuken", since="2090", note="voor de oven", checked="2026-05-31"),
)
HIDDEN = (
    ActorRecord(id="a", kind="funder", name="Verborgen Fonds", municipality="GM0599"),
    TieRecord(source="a", kind="funds", target="id:keuken"),
    TieRecord(source="a", kind="funds", target="id:fonds"),
)
TOLD = (
    "gebied: Gemeente Rotterdam, heel Nederland",
    "rechtsvorm: stichting",
    "voor leden van: Verzonnen Bond",
    "bedrag: € 500 tot € 5.000",
    "wanneer: 1 maart tot 1 mei",
    "voorwaarden: met een buurtplan",
    "nagegaan mei 2026",
    "niet voor inventaris",
    "(vanaf 2090, voorgenomen)",
    "voor de oven",
    "nagegaan 31 mei 2026",
    "Aanvragen: 3 (2021, jaar van de publicatie)",
)


@pytest.fixture
def own_store(tmp_path: Path):
    """A store with the list."""
    with STORES["sqlite"](str(tmp_path / "own.db"), "") as store:
        load(store, OWN, ROWS)
        yield store


@pytest.fixture
def own(own_store: Store, open_door: Callable[[Store], TestClient]) -> TestClient:
    return open_door(own_store)


def plain(client: TestClient, address: str) -> str:
    """Return what a page says, without its tags."""
    page = client.get(address, headers={"Accept": "text/html"})
    assert page.status_code == 200, address
    return unescape(" ".join(sub(r"<[^>]+>", " ", page.text).split()))


def test_a_way_in_may_have_a_mail_address_alone_or_nothing_but_its_name(own: TestClient) -> None:
    assert "Loket , l@fonds.example" in plain(own, "/actors/fonds")
    assert "Balie" in plain(own, "/actors/bond")


def test_the_page_of_an_actor_tells_every_condition_of_its_help(own: TestClient) -> None:
    page = plain(own, "/actors/fonds")
    for told in (
        "in Gemeente Rotterdam",
        "voor leden van Verzonnen Bond",
        "aanvragen: 1 maart tot 1 mei",
        "vanaf 2090",
    ):
        assert told in page


def test_a_year_that_is_the_publication_s_and_an_end_are_told(own: TestClient, own_store: Store) -> None:
    assert "Aanvragen (2021, jaar van de publicatie)" in plain(own, "/actors/fonds")
    assert "Verzonnen Oud Fonds gestopt mei 2024" in plain(own, "/actors/stad/nearby")
    with open_view(own_store, Viewer.PUBLIC) as view:
        assert terminal.row(view.find("oud"), "nl") == "Verzonnen Oud Fonds (financier, Rotterdam, gestopt mei 2024)"


def test_the_terminal_tells_every_condition_and_remark_too(own_store: Store) -> None:
    with open_view(own_store, Viewer.PUBLIC) as view:
        answer = show(view, "fonds")
        told = list(terminal_asking.shown(answer, telling_offers(view, answer.actor.offers, answer.as_of, "nl")))
    assert [words for words in TOLD if words not in "\n".join(told)] == []


def test_what_staff_loads_does_not_even_change_the_order_of_what_the_public_is_told(
    own_store: Store, open_door: Callable[[Store], TestClient]
) -> None:
    addresses = ("/v1/municipalities/GM0599", "/v1/municipalities")
    before = [open_door(own_store).get(address).text for address in addresses]
    load(own_store, DatasetRecord(name="intern", title="Intern", audience="staff"), HIDDEN)
    assert [open_door(own_store).get(address).text for address in addresses] == before


def test_all_that_is_wrong_in_a_body_is_told_at_once_and_in_plain_words(own: TestClient) -> None:
    asked = {"help": "geld", "place": "Nergenshuizen", "contacts": ["niemand", "fonds", "geen"]}
    problem = own.post("/v1/who-can-help", json=asked).json()
    assert [one["name"] for one in problem["errors"]] == ["contacts", "place"]
    assert "'niemand', 'geen'" in problem["errors"][0]["detail"]
    problem = own.post("/v1/who-can-help", json=asked | {"contacts": "fonds"}).json()
    assert [one["detail"] for one in problem["errors"]] == ["Moet een lijst zijn."]


def test_of_one_that_is_not_shown_it_is_said_so() -> None:
    answer = HelpAnswer(
        1, date(2026, 11, 22), None, "geld", (), 4, 10, True, *((),) * 4, Count(1), Count(0), Count(0), ()
    )
    told = list(help_answer(answer, Telling("nl", {})))
    assert told[-1] == "Niet getoond: 1 ander (--limit)"


def test_a_day_is_written_one_way_at_every_door() -> None:
    with pytest.raises(BadInputError, match="'20261122' is no day"):
        console.day("20261122")


def test_what_takes_one_value_is_not_asked_twice(own: TestClient) -> None:
    problem = own.get("/v1/who-can-help?actor=keuken&help=geld&help=kennis&theme=wonen&theme=jeugd").json()
    assert [(one["name"], one["detail"]) for one in problem["errors"]] == [
        ("help", "help staat er 2 keer; geef er één.")
    ]
    assert own.get("/v1/actors?theme=wonen&theme=jeugd&help=geld&help=kennis").status_code == 200
