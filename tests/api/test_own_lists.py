"""A list of one's own, with all that it may say of a fund, a network and their ties: nothing of it is dropped unsaid."""

from collections.abc import Callable
from html import unescape
from pathlib import Path
from re import sub

import pytest
from door import load
from starlette.testclient import TestClient

from api import terminal
from api.naming import telling_offers
from graph.model import Viewer
from graph.questions import show
from graph.records import ActorRecord, DatasetRecord, OfferRecord, TieRecord
from graph.store import Store
from graph.stores import STORES
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
    ActorRecord(id="bond", kind="network", name="Verzonnen Bond", contacts=({"desk": "Balie"},)),
    ActorRecord(id="stad", kind="municipality", name="Gemeente Rotterdam", identifiers=("cbs:GM0599",)),
    ActorRecord(id="keuken", kind="initiative", name="Verzonnen Keuken", municipality="GM0599"),
    OfferRecord(actor="fonds", stance="offers", help="geld.subsidie", **TERMS),
    TieRecord(source="fonds", kind="funds", target="keuken", since="2090", note="voor de oven", checked="2026-05-31"),
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


def test_the_terminal_tells_every_condition_and_remark_too(own_store: Store) -> None:
    with open_view(own_store, Viewer.PUBLIC) as view:
        answer = show(view, "fonds")
        told = list(terminal.shown(answer, telling_offers(view, answer.actor.offers, answer.as_of, "nl")))
    assert [words for words in TOLD if words not in "\n".join(told)] == []
