"""Whether the conditions of an offer are met: past, past niet, or onbekend, which costs nothing."""

from datetime import date

import pytest
from saying import actor, load, offer, tie
from wanting import asked, met, of, told, worth

from graph.index.claims import ELSEWHERE, OTHER_THEME
from graph.questions.askers import Stranger
from graph.records import Record
from graph.store import Store


def world(
    *, help: str = "geld.lening", stance: str = "offers", we: dict[str, object], **conditions: object
) -> list[Record]:
    """Return a world in which a fund that we know offers something under conditions."""
    fund = [actor("fonds", "funder"), tie("wij", "partner_of", "fonds")]
    return [actor("wij", **we), *fund, offer("fonds", stance, help, **conditions)]


@pytest.mark.parametrize(
    ("ours", "theirs", "expected", "fits"),
    [
        ((), ("jeugd",), 1.0, [None]),
        (("jeugd",), (), 1.0, []),
        (("jeugd",), ("jeugd", "voedsel"), 1.0, [True]),
        (("jeugd",), ("zorg-welzijn",), 1.0, [True]),
        (("zorg-welzijn",), ("jeugd",), 1.0, [True]),
        (("jeugd",), ("armoede",), OTHER_THEME, [False]),
        (("jeugd",), ("voedsel",), OTHER_THEME, [False]),
    ],
)
def test_other_themes_count_for_less(store: Store, ours, theirs, expected, fits):
    answer = told(store, "geld", *world(we={"themes": ours}, themes=theirs))
    assert (worth(answer), met(answer, "themes")) == (expected, fits)


def test_themes_that_are_asked_for_go_before_the_asker_s_own(store: Store):
    load(store, "gids", *world(we={"themes": ["jeugd"]}, themes=["voedsel"]))
    assert worth(asked(store, "geld", themes=("klimaat-groen",))) == 1.0
    assert worth(asked(store, "geld", themes=("jeugd",))) == OTHER_THEME


TOWN, HERE = {"municipality": "GM9001"}, {"municipality": "GM9001", "province": "Zuid-Holland"}


@pytest.mark.parametrize(
    ("ours", "area", "fits"),
    [
        (HERE, ["GM9001"], True),
        (HERE, ["PV28"], True),
        (HERE, ["NL"], True),
        (HERE, ["GM9002", "PV28"], True),
        (HERE, ["GM9002"], False),
        (HERE, ["PV20"], False),
        (HERE, ["GM9002", "PV20"], False),
        (TOWN, ["GM9002"], False),
        (TOWN, ["PV28"], None),
        (TOWN, ["GM9002", "PV28"], None),
        ({}, ["GM9001"], None),
        ({}, ["NL"], True),
        ({"province": "South Holland"}, ["PV28"], True),
        ({"province": "Zuid-Holland"}, ["GM9001"], None),
        ({"province": "Beieren"}, ["PV28"], None),
        ({"municipality": "GM0599"}, ["PV28"], True),
        ({"municipality": "GM0599"}, ["PV30"], False),
        ({"place": "Groningen"}, ["GM0014"], True),
        ({"place": "Hengelo"}, ["GM0164"], None),
        ({"place": "Hengelo, Gelderland"}, ["GM0164"], False),
    ],
)
def test_an_offer_is_for_an_area_and_where_the_asker_is_may_be_unknown(store: Store, ours, area, fits):
    answer = told(store, "geld", *world(we=ours, area=area))
    assert met(answer, "area") == [fits]
    assert worth(answer) == (0.0 if fits is False else 1.0)
    assert [it.actor.id for it in answer.unfit] == ["fonds"] * (fits is False)


FORMS = (("stichting", True), ("Stichting", True), ("Coöp. UA", True), ("vereniging", False), (None, None))


@pytest.mark.parametrize(("form", "fits"), FORMS)
def test_an_offer_is_for_legal_forms_however_they_are_written(store: Store, form, fits):
    answer = told(store, "geld", *world(we={"legal_form": form}, legal_forms=["coöperatie", "STICHTING"]))
    assert met(answer, "legal_form") == [fits]
    assert [it.actor.id for it in answer.unfit] == ["fonds"] * (fits is False)


def test_one_offer_that_fits_is_enough(store: Store):
    more = [offer("fonds", "offers", "geld.lening", legal_forms=["vereniging"]), offer("fonds", "refers", "geld")]
    answer = told(store, "geld", *world(we=HERE | {"legal_form": "stichting"}, area=["GM9002"]), *more)
    assert worth(answer) == 0.4
    assert not answer.unfit


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ({"until": "2025"}, 0.0),
        ({"until": "2026-05-31"}, 0.0),
        ({"until": "2026-06-01"}, 1.0),
        ({"until": "2026-06"}, 1.0),
        ({"since": "2026-06-01", "until": "2026"}, 1.0),
        ({"since": "2026-06-02"}, 0.0),
    ],
)
def test_an_offer_counts_in_its_time(store: Store, period, expected):
    answer = told(store, "geld", *world(we={}, **period))
    assert worth(answer) == expected
    assert not answer.unfit
    assert met(answer, "window") == [True] * bool(expected)


def test_an_offer_out_of_its_time_is_not_told_of_who_gave_it_before(store: Store):
    answer = told(store, "geld", *world(we={}, until="2025"), actor("tuin"), tie("fonds", "lends_to", "tuin"))
    assert [(reason.what, reason.help) for reason in answer.known[0].reasons] == [("gave", "geld.lening")]


def test_another_day_has_other_offers(store: Store):
    load(store, "gids", *world(we={}, since="2012", until="2014"))
    assert worth(asked(store, "geld", as_of=date(2013, 5, 5))) == 1.0
    assert worth(asked(store, "geld", as_of=date(2011, 5, 5))) == 0.0


@pytest.mark.parametrize(
    ("ours", "theirs", "expected", "fits"),
    [
        (HERE, {"municipality": "GM9001"}, 1.0, []),
        (HERE, {"municipality": "GM9002"}, ELSEWHERE, [False]),
        (HERE, {"identifiers": ["cbs:GM9002"]}, ELSEWHERE, [False]),
        (HERE, {}, 1.0, []),
        ({}, {"municipality": "GM9002"}, 1.0, [None]),
        ({"province": "Zuid-Holland"}, {"municipality": "GM9002"}, 1.0, [None]),
        ({"province": "Zuid-Holland"}, {"municipality": "GM0599"}, 1.0, [None]),
        ({"province": "Groningen"}, {"municipality": "GM0599"}, ELSEWHERE, [False]),
        ({"place": "Groningen"}, {"municipality": "GM0599"}, ELSEWHERE, [False]),
        ({"place": "Vries"}, {"municipality": "GM0599"}, ELSEWHERE, [False]),
        ({"place": "Noord, Rotterdam"}, {"municipality": "GM0599"}, 1.0, []),
    ],
)
def test_a_municipality_helps_its_own(store: Store, ours, theirs, expected, fits):
    town = [actor("fonds", "municipality", **theirs), tie("wij", "partner_of", "fonds"), offer("fonds", help="geld")]
    answer = told(store, "geld", actor("wij", **ours), *town)
    assert (worth(answer), met(answer, "elsewhere")) == (expected, fits)


def test_an_organisation_elsewhere_is_no_municipality(store: Store):
    fund = [
        actor("fonds", "funder", municipality="GM9002"),
        tie("wij", "partner_of", "fonds"),
        offer("fonds", help="geld"),
    ]
    assert worth(told(store, "geld", actor("wij", **HERE), *fund)) == 1.0


@pytest.mark.parametrize(
    ("membership", "fits"),
    [
        ({}, True),
        ({"since": "2020", "until": "2026"}, True),
        ({"status": "former"}, None),
        ({"status": "rejected"}, None),
        ({"status": "planned"}, None),
        ({"until": "2025"}, None),
        ({"since": "2027"}, None),
        (None, None),
    ],
)
def test_an_offer_for_members_is_known_to_fit_members_alone(store: Store, membership, fits):
    net = [actor("net", "network"), tie("wij", "partner_of", "net")]
    net += [] if membership is None else [tie("wij", "member_of", "net", **membership)]
    answer = told(store, "geld", *world(we={}, members_of=["net"]), *net)
    assert (met(answer, "members_of"), worth(answer)) == ([fits], 1.0)


def test_to_know_a_network_is_not_to_be_a_member_of_it(store: Store):
    load(store, "gids", *world(we={}, members_of=["net"]), actor("net", "network"))
    assert met(asked(store, "geld", asker=Stranger(contacts=("net", "fonds"))), "members_of") == [None]


def test_conditions_of_which_nothing_is_known_cost_nothing_and_are_told(store: Store):
    terms = {"amount_from": 500, "amount_to": 25_000.5, "window": "maart", "conditions": "met eigen geld erbij"}
    answer = told(store, "geld", *world(we={}, **terms))
    assert worth(answer) == 1.0
    [_, *reasons] = answer.known[0].reasons
    assert [(it.what, it.met, it.values) for it in reasons] == [
        ("amount", None, ("500", "25000.5")),
        ("window", None, ("maart",)),
        ("conditions", None, ("met eigen geld erbij",)),
    ]


def test_each_condition_says_of_which_help_it_is_and_those_of_the_offer_that_counts_come_first(store: Store):
    more = [offer("fonds", "refers", "geld"), offer("fonds", "offers", "geld", themes=["voedsel"])]
    answer = told(store, "geld.lening", *world(we={"themes": ["jeugd"]}, amount_to=500), *more)
    told_of = [(it.what, it.met, it.help) for it in answer.known[0].reasons if it.values]
    assert told_of == [("amount", None, "geld.lening"), ("themes", False, "geld")]


def test_who_does_not_fit_is_told_with_why(store: Store):
    answer = told(store, "geld", *world(we=HERE | {"legal_form": "stichting"}, area=["GM9002"], legal_forms=["bv"]))
    [one] = answer.unfit
    assert (one.actor.id, one.fit) == ("fonds", 0.0)
    assert [(it.what, it.met, it.values) for it in one.reasons] == [
        ("offers", True, ()),
        ("area", False, ("GM9002",)),
        ("legal_form", False, ("bv",)),
    ]
    assert of(answer, "fonds") is one


def test_offers_of_two_datasets_stand_beside_each_other(store: Store):
    load(store, "gids", *world(we=HERE, area=["GM9002"]))
    load(store, "krant", offer("id:fonds", "offers", "geld.lening", area=["GM9001"]))
    assert worth(asked(store, "geld")) == 1.0
    load(store, "blad", offer("id:fonds", "declines", "geld"))
    assert of(asked(store, "geld"), "fonds") is None
