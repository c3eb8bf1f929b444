"""Asking for somebody who is no actor: by its place, its themes and whom it knows."""

import pytest
from answered import ids_on
from saying import PUBLIC, actor, load, offer, person, tie
from wanting import DAY, asked, met, of, told, worth

from graph.errors import BadInputError
from graph.index.building import build
from graph.index.likeness import ALONE, FAR, FEW, LEAST, SCANT, UNSURE, USUAL, WEIGHTS
from graph.ingest import judge
from graph.questions.askers import Stranger
from graph.questions.who_can_help import Ask, who_can_help
from graph.store import Store
from graph.view import open_view

FUND = (actor("fonds", "funder"), offer("fonds", help="geld"))
BRIDGE = (actor("brug"), tie("brug", "partner_of", "fonds"))
TOWN = actor("stad", "municipality", "Gemeente Verzonnen Stad", identifiers=["cbs:GM9001"], province="Groningen")


def test_a_stranger_comes_in_by_whom_it_knows(store: Store):
    answer = told(store, "geld", *FUND, *BRIDGE, asker=Stranger(contacts=("brug",)))
    assert answer.asker is None
    [helper] = answer.helpers
    first, second = helper.path.steps
    assert (first.start, first.end.id, first.tie, first.chance, first.openness) == (None, "brug", None, 0.9, 0.8)
    assert (second.start.id if second.start else "", second.end.id, second.openness) == ("brug", "fonds", None)
    assert helper.chance == pytest.approx(0.9 * 0.8 * 0.65 * 0.9)


def test_to_know_somebody_is_a_step(store: Store):
    load(store, "gids", *FUND, *BRIDGE)
    assert [it.actor.id for it in asked(store, "geld", Stranger(contacts=("fonds",)), max_steps=1).known] == ["fonds"]
    answer = asked(store, "geld", Stranger(contacts=("brug",)), max_steps=1)
    assert (answer.helpers, [it.actor.id for it in answer.unreachable]) == ((), ["fonds"])


def test_whom_a_stranger_knows_stands_apart(store: Store):
    answer = told(store, "geld", *FUND, *BRIDGE, asker=Stranger(contacts=("brug", "fonds")))
    assert [ids_on(path) for path in (answer.known[0].path, *answer.known[0].alternatives)] == [
        ("fonds",),
        ("brug", "fonds"),
    ]
    assert not answer.helpers


def test_the_order_of_contacts_makes_no_difference_nor_naming_one_twice(store: Store):
    load(store, "gids", *FUND, *BRIDGE, actor("hof"), tie("hof", "partner_of", "fonds"))
    told = [asked(store, "geld", Stranger(contacts=some)) for some in (("brug", "hof"), ("hof", "brug", "hof"))]
    assert told[0] == told[1]


def test_a_stranger_that_knows_nobody_is_told_who_would_fit(store: Store):
    desk = {"contacts": [{"desk": "Loket", "url": "https://fonds.example", "mail": "loket@fonds.example"}]}
    fund = actor("fonds", "funder", websites=["https://fonds.example"], **desk)
    answer = told(store, "geld", fund, *FUND[1:], *BRIDGE, asker=Stranger("GM0014"))
    assert (answer.known, answer.helpers, answer.missing) == ((), (), ("no_ties",))
    [one] = answer.unreachable
    assert one.way_in == ("Loket https://fonds.example loket@fonds.example", "https://fonds.example")


@pytest.mark.parametrize("place", ["stad", "Verzonnen Stad", "gemeente verzonnen stad", "VERZONNEN STÁD"])
def test_a_place_is_a_municipality_by_id_or_name_in_its_province(store: Store, place: str):
    for area, fits in (("GM9001", True), ("PV20", True), ("GM9002", False)):
        fund = (actor("fonds", "funder"), offer("fonds", help="geld", area=[area]))
        answer = told(store, "geld", *fund, *BRIDGE, TOWN, asker=Stranger(place, contacts=("brug",)))
        assert met(answer, "area") == [fits]


@pytest.mark.parametrize(
    ("place", "area", "fits"),
    [
        ("GM0014", "GM0599", False),
        ("gm0014", "PV20", True),
        ("GM0003", "GM1979", True),
        ("Delft", "GM0503", True),
        ("Delft", "PV30", False),
        ("Vries", "PV22", True),
        ("Vries", "GM1730", None),
        ("gemeente Eemsdelta", "GM1979", True),
        ("Drenthe", "PV22", True),
        ("Drenthe", "GM0599", False),
        ("Kralingen, Rotterdam", "GM0599", True),
    ],
)
def test_a_place_lies_in_an_area_also_where_no_actor_is_its_municipality(store: Store, place: str, area: str, fits):
    fund = (actor("fonds", "funder"), offer("fonds", help="geld", area=[area]))
    answer = told(store, "geld", *fund, *BRIDGE, asker=Stranger(place, contacts=("brug",)))
    assert met(answer, "area") == [fits]


@pytest.mark.parametrize("place", ["", "Vries", "Brussel"])
def test_of_a_place_that_the_gazetteer_alone_knows_the_municipality_is_unknown(store: Store, place: str):
    fund = (actor("fonds", "funder"), offer("fonds", help="geld", area=["GM9002"]))
    answer = told(store, "geld", *fund, *BRIDGE, TOWN, asker=Stranger(place, contacts=("brug",)))
    assert (met(answer, "area"), worth(answer)) == ([None], 1.0)


def test_likeness_takes_a_stranger_s_contacts_themes_and_municipality(store: Store):
    shared = {"themes": ["jeugd"], "municipality": "GM9001"}
    gift = [actor("tuin", **shared), tie("fonds", "lends_to", "tuin"), tie("tuin", "partner_of", "brug")]
    stranger = Stranger("GM9001", ("jeugd", "voedsel"), ("brug",))
    bank = [actor("bank"), offer("bank", help="geld"), tie("bank", "partner_of", "brug")]
    answer = told(store, "geld", *FUND, *BRIDGE, *gift, *bank, TOWN, asker=stranger)
    # The tuin has two contacts, the brug three; only the fonds has helped somebody, and so all that is usual or far is its own.
    lift = 1 + (1 / 2) / UNSURE
    alone = 1 + (ALONE - 1) * SCANT / (SCANT + 1 / (3 * 2))
    best = (1 / (3 * 2) + FAR + USUAL) * lift ** (alone * (WEIGHTS["theme"] + WEIGHTS["municipality"]))
    likeness = LEAST + (1 - LEAST) * (USUAL * FEW / (1 / 2 + FEW) / best) ** 0.5
    assert {it.actor.id: it.fit for it in answer.helpers} == pytest.approx({"fonds": 1.0, "bank": likeness})
    assert [(it.count, it.alike) for it in answer.helpers[0].reasons if it.what == "gave"] == [(1, 1)]


def test_a_stranger_s_legal_form_and_themes_count(store: Store):
    terms = {"legal_forms": ["stichting"], "themes": ["jeugd"]}
    load(store, "gids", actor("fonds", "funder"), *BRIDGE, offer("fonds", help="geld", **terms))
    for form, fits in (("stichting", True), ("vereniging", False), ("", None)):
        answer = asked(store, "geld", Stranger(themes=("zorg-welzijn",), contacts=("brug",), legal_form=form))
        assert (met(answer, "legal_form"), met(answer, "themes")) == ([fits], [True])


def test_a_contact_may_be_named_by_an_id_that_it_bore(store: Store):
    load(store, "gids", *FUND, *BRIDGE, actor("brug-oud"))
    judge(store, "same", "brug", "brug-oud", "desk")
    assert [it.actor.id for it in asked(store, "geld", Stranger(contacts=("brug-oud",))).helpers] == ["fonds"]


def test_a_stranger_may_know_a_person_who_does_not_introduce(store: Store):
    knows = [person("p-1", introduces=False), tie("p-1", "works_at", "fonds")]
    answer = told(store, "geld", *FUND, *knows, asker=Stranger(contacts=("p-1",)))
    assert ([it.actor.id for it in answer.unreachable], answer.missing) == (["fonds"], ("no_introducers",))


def test_all_contacts_that_are_not_known_are_named_at_once(store: Store):
    load(store, "gids", *FUND, actor("weg"), person("p-1", "Verzonnen Ada", visibility="staff"))
    load(store, "gids", *FUND, person("p-1", "Verzonnen Ada", visibility="staff"))
    with pytest.raises(BadInputError, match="'weg', 'nergens', 'p-1'") as caught:
        asked(store, "geld", Stranger(contacts=("weg", "fonds", "nergens", "p-1", "nergens")))
    assert caught.value.field == "contacts"
    assert "Ada" not in caught.value.nl + caught.value.en


def test_a_contact_that_came_after_the_index_was_made_leads_nowhere_yet(store: Store):
    load(store, "gids", *FUND, *BRIDGE)
    with open_view(store, PUBLIC) as view:
        index = build(view, DAY)
    load(store, "krant", actor("nieuw"), tie("nieuw", "partner_of", "id:fonds"))
    with open_view(store, PUBLIC) as view:
        answer = who_can_help(view, index, Stranger(contacts=("nieuw",)), Ask("geld", as_of=DAY))
        assert (answer.helpers, answer.missing, of(answer, "fonds") is None) == ((), ("no_ties",), False)
        answer = who_can_help(view, index, Stranger(contacts=("nieuw", "brug")), Ask("geld", as_of=DAY))
        assert [it.actor.id for it in answer.helpers] == ["fonds"]
