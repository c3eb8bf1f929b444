"""Who counts as a helper: by what it says of a help, and by what it gave before."""

import csv
from datetime import date

import pytest
from saying import actor, load, offer, person, tie
from wanting import asked, met, of, told, worth

from graph import gazetteer
from graph.index import likeness
from graph.index.likeness import ALONE, FAR, FEW, LEAST, SCANT, UNSURE, USUAL, WEIGHTS
from graph.questions.askers import lying
from graph.records import Record
from graph.store import Store
from graph.vocabulary import FOLDER

WE = (actor("wij"), actor("fonds", "funder"), tie("wij", "partner_of", "fonds"))
LENDING = (actor("tuin"), tie("fonds", "lends_to", "tuin"))
FINDING = "geld.financieringsbemiddeling"


@pytest.mark.parametrize(
    ("stance", "offered", "help", "expected"),
    [
        ("offers", "geld.lening", "geld.lening", 1.0),
        ("offers", "geld.lening", "geld", 1.0),
        ("offers", "geld", "geld.lening", 0.7),
        ("refers", "geld.lening", "geld", 0.4),
        ("refers", "geld", "geld.lening", 0.28),
        ("offers", "geld.subsidie", "geld.lening", 0.0),
        ("offers", "kennis", "geld", 0.0),
        ("needs", "geld", "geld", 0.0),
        ("declines", "geld", "geld", 0.0),
    ],
)
def test_a_stance_counts_as_far_as_it_answers_to_what_is_asked(store: Store, stance, offered, help, expected):
    assert worth(told(store, help, *WE, offer("fonds", stance, offered))) == expected


@pytest.mark.parametrize(
    ("stances", "help", "expected"),
    [
        ({"declines": "geld", "refers": "geld"}, "geld", 0.4),
        ({"declines": "geld", "refers": "geld"}, "geld.lening", 0.28),
        ({"declines": "geld.lening", "refers": "geld.lening"}, "geld.lening", 0.4),
        ({"declines": "geld.lening", "offers": "geld"}, "geld", 1.0),
        ({"declines": "geld.lening", "offers": "geld"}, "geld.subsidie", 0.7),
        ({"declines": "geld.lening", "offers": "geld"}, "geld.lening", 0.0),
        ({"declines": "geld.lening", "offers": "geld.subsidie"}, "geld", 1.0),
        ({"declines": "geld.lening", "offers": "geld.lening"}, "geld", 0.0),
        ({"declines": "geld.lening", "offers": "geld.lening"}, "geld.lening", 0.0),
        ({"declines": "geld", "offers": "geld"}, "geld", 0.0),
        ({"declines": "geld", "offers": FINDING}, "geld", 0.0),
        ({"declines": "geld", "offers": FINDING}, "geld.lening", 0.0),
        ({"declines": "geld", "offers": FINDING}, FINDING, 1.0),
        ({"declines": "kennis", "offers": "geld"}, "geld", 1.0),
    ],
)
def test_declining_covers_a_help_and_its_kinds_not_the_more_general_ask(store: Store, stances, help, expected):
    assert worth(told(store, help, *WE, *(offer("fonds", *one) for one in stances.items()))) == expected


@pytest.mark.parametrize(
    ("gift", "declined", "help", "expected"),
    [
        ("lends_to", "geld.subsidie", "geld", 0.6),
        ("lends_to", "geld.subsidie", "geld.lening", 0.6),
        ("lends_to", "geld.lening", "geld", 0.0),
        ("lends_to", "geld", "geld.lening", 0.0),
        ("funds", "geld.lening", "geld", 0.6),
        ("funds", "geld.lening", "geld.subsidie", 0.42),
        ("funds", "geld.lening", "geld.lening", 0.0),
    ],
)
def test_what_was_given_before_counts_for_less_and_not_if_it_is_declined_now(
    store: Store, gift, declined, help, expected
):
    world = (*WE, actor("tuin"), tie("fonds", gift, "tuin"), offer("fonds", "declines", declined))
    assert worth(told(store, help, *world)) == expected


@pytest.mark.parametrize(
    "conditions",
    [
        {"area": ["GM9002"]},
        {"area": ["PV20"]},
        {"themes": ["energietransitie"]},
        {"legal_forms": ["stichting"]},
        {"until": "2025"},
        {"since": "2027"},
    ],
)
def test_a_decline_holds_for_those_whom_it_is_known_to_be_for(store: Store, conditions):
    we = (actor("wij", municipality="GM9001", themes=["jeugd"]), *WE[1:])
    answer = told(
        store, "geld", *we, offer("fonds", "offers", "geld"), offer("fonds", "declines", "geld", **conditions)
    )
    assert worth(answer) == 1.0
    assert not met(answer, "declines")


def test_a_decline_for_the_asker_s_own_town_and_theme_holds(store: Store):
    we = (actor("wij", municipality="GM9001", themes=["jeugd"], legal_form="stichting"), *WE[1:])
    here = {"area": ["GM9001"], "themes": ["zorg-welzijn"], "legal_forms": ["stichting"]}
    no = offer("fonds", "declines", "geld", **here)
    assert of(told(store, "geld", *we, offer("fonds", "offers", "geld"), no), "fonds") is None


def test_who_declines_and_refers_is_told_to_do_both(store: Store):
    answer = told(store, "geld", *WE, offer("fonds", "refers", "geld"), offer("fonds", "declines", "geld"))
    assert [(reason.what, reason.met) for reason in answer.known[0].reasons] == [("declines", True), ("refers", True)]


def test_who_only_declines_is_in_no_part_of_the_answer(store: Store):
    answer = told(store, "geld", *WE, *LENDING, offer("fonds", "declines", "geld"))
    assert (answer.known, answer.helpers, answer.unreachable, answer.unfit) == ((), (), (), ())


def gifts() -> list[tuple[str, str, str]]:
    """Return each kind of tie that gives, who gives (its source or target), and what."""
    with (FOLDER / "tie_kinds.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    there = [(row["id"], "source", row["gives"]) for row in rows if row["gives"]]
    return there + [(row["id"], "target", row["gives_back"]) for row in rows if row["gives_back"]]


@pytest.mark.parametrize(("kind", "giver", "help"), gifts())
def test_what_a_kind_of_tie_gives_was_given_while_it_is_or_was_current(store: Store, kind: str, giver: str, help: str):
    statuses = ("current", "former", "planned", "conditional", "rejected")
    world: list[Record] = [actor(id) for id in ("wij", "tuin", *statuses)]
    for status in statuses:
        ends = (status, "tuin") if giver == "source" else ("tuin", status)
        world += [tie("wij", "partner_of", status), tie(ends[0], kind, ends[1], status=status)]
    answer = told(store, help, *world)
    assert {it.actor.id for it in answer.known} == {"current", "former"}
    assert {(it.what, it.help, it.count) for one in answer.known for it in one.reasons} == {("gave", help, 1)}
    assert (answer.helpers, answer.unreachable, answer.unfit) == ((), (), ())


def test_every_kind_that_gives_is_in_the_table():
    assert {help for _, _, help in gifts()} >= {"geld", "geld.lening", "kennis.advies", "netwerk.lidmaatschap"}


def test_what_is_given_later_was_not_given_before(store: Store):
    load(store, "gids", *WE, actor("tuin"), tie("fonds", "lends_to", "tuin", since="2028-07"))
    assert worth(asked(store, "geld", as_of=date(2028, 6, 30))) == 0
    assert worth(asked(store, "geld", as_of=date(2028, 7, 1))) == 0.6


def test_it_is_counted_to_how_many_it_was_given_by_the_day(store: Store):
    alike = {"themes": ["jeugd", "voedsel"]}
    years = {"tuin": "2018", "hof": "2022", "bos": "2030"}
    given = [tie("fonds", "lends_to", id, since=year) for id, year in years.items()]
    given += [tie("fonds", "lends_to", "tuin", since="2024"), tie("hof", "lends_to", "fonds", since="2019")]
    load(store, "gids", actor("wij", **alike), *WE[1:], *(actor(id, **alike) for id in years), *given)
    for day, counts in ((date(2017, 1, 1), []), (date(2019, 1, 1), [(1, 1)]), (date(2026, 1, 1), [(2, 2)])):
        told = of(asked(store, "geld.lening", as_of=day), "fonds")
        assert [(r.count, r.alike) for r in (told.reasons if told else ())] == counts


def test_likeness_sets_whom_a_helper_helped_beside_what_is_usual_of_it(store: Store):
    others = [actor("tuin", name="Moestuin", themes=["jeugd"]), actor("hof", name="Hof"), actor("net", "network")]
    gifts = [tie("fonds", "lends_to", "tuin"), tie("bank", "lends_to", "hof")]
    known = [tie("wij", "partner_of", "bank"), *(tie(id, "member_of", "net") for id in ("wij", "tuin"))]
    we = actor("wij", name="Wij", themes=["jeugd"])
    answer = told(store, "geld", we, *WE[1:], actor("bank", "funder"), *others, *gifts, *known)
    # The tuin has two contacts and the hof one; the net, which let in the tuin and us (three contacts), has two.
    whole = (1 / 2 + FEW) + (1 + FEW) + (1 / 2 + 1 / 3 + FEW)
    lift = 1 + (1 / 2) / (UNSURE * (1 / 2 + FEW) / whole)
    # What is near flows over the tuin, to the fonds and the net alike, and on from there between these two.
    alone = 1 + (ALONE - 1) * SCANT / (SCANT + 2 / (2 * 2))
    best = (1 / (2 * 2) + FAR / 2 + USUAL * (1 / 2 + FEW) / whole) * lift ** (WEIGHTS["theme"] * alone)
    less = LEAST + (1 - LEAST) * (USUAL * (1 + FEW) / whole / best) ** 0.5
    assert {it.actor.id: it.fit for it in answer.known} == pytest.approx({"fonds": 0.6, "bank": 0.6 * less})


WHOLE = [tie("gever", "part_of", "koepel"), tie("fonds", "part_of", "koepel")]
WALK = [tie("gever", "lends_to", "drie"), tie("buur", "lends_to", "drie"), tie("buur", "lends_to", "vier")]
WALK += [tie("fonds", "lends_to", "vier"), tie("ver", "lends_to", "vijf"), tie("bank", "lends_to", "vijf")]


@pytest.mark.parametrize("more", [WHOLE, WALK])
def test_whom_those_lead_on_to_that_helped_the_asker_is_liker_than_who_gave_as_much(store: Store, monkeypatch, more):
    ways = [("wij", "brug"), ("brug", "bank"), ("wij", "bron"), ("bron", "fonds")]
    gifts = [("gever", "wij"), ("fonds", "een"), ("bank", "twee")]
    ties = [tie(one, "partner_of", other) for one, other in ways] + [
        tie(one, "lends_to", other) for one, other in gifts
    ]
    names = {end for one in (*ties, *more) for end in (one.source, one.target)}
    load(store, "gids", *map(actor, sorted(names)), *ties, *more)
    fits = []
    for thin in (0, 1_000):  # a walk goes on from where it is, or is looked at where it came from
        monkeypatch.setattr(likeness, "THIN", thin)
        fits.append({it.actor.id: it.fit for it in asked(store, "geld").helpers})
    assert fits[0]["fonds"] > fits[0]["bank"] * 1.1
    assert fits[1] == pytest.approx(fits[0], rel=1e-12)


@pytest.mark.parametrize(
    "shared", [{"place": "Gént"}, {"municipality": "GM9001"}, {"themes": ["jeugd"]}, {"name": "Hof v.z.w."}]
)
def test_who_helped_those_of_the_same_place_theme_or_name_comes_first(store: Store, shared):
    other = {"place": "Luik", "municipality": None, "themes": ["sport"], "name": "Tuin N.V."}
    for first, second in (("bank", "fonds"), ("fonds", "bank")):
        world = [actor("wij", **shared), actor("bank"), actor("fonds"), tie("wij", "partner_of", "bank"), WE[2]]
        world += [actor("een", **shared), actor("twee", **{key: other[key] for key in shared})]
        answer = told(store, "geld", *world, tie(first, "lends_to", "een"), tie(second, "lends_to", "twee"))
        assert [it.actor.id for it in answer.known] == [first, second]


def test_words_that_many_names_have_make_nobody_alike(store: Store):
    others = [actor(id, name=f"Stichting Verzonnen {id}") for id in ("aaaa", "bbbb", "cccc")]
    given = [tie("fonds", "lends_to", one.id) for one in others]
    answer = told(store, "geld", actor("wij", name="Stichting Verzonnen wij"), *WE[1:], *others, *given)
    assert [(reason.count, reason.alike) for reason in answer.known[0].reasons] == [(3, 0)]
    assert worth(answer) == 0.6


@pytest.mark.parametrize(
    ("ended", "expected"), [("2025", 0.0), ("2026", 1.0), ("2026-05-31", 0.0), ("2026-06-01", 1.0)]
)
def test_who_has_ended_helps_no_more(store: Store, ended: str, expected: float):
    answer = told(store, "geld", WE[0], actor("fonds", "funder", ended=ended), WE[2], offer("fonds", "offers", "geld"))
    assert worth(answer) == expected
    assert not answer.unfit


def test_context_actors_ask_and_help_but_do_not_connect(store: Store):
    context = [actor(id, tier="context") for id in ("wij", "fonds", "brug")]
    ways: list[Record] = [tie("wij", "partner_of", "brug"), tie("brug", "partner_of", "fonds")]
    offers = [offer("fonds", "offers", "geld")]
    answer = told(store, "geld", *context, *ways, *offers)
    assert [it.actor.id for it in answer.unreachable] == ["fonds"]
    answer = told(store, "geld", *context, *ways, *offers, tie("wij", "advises", "fonds"))
    assert [it.actor.id for it in answer.known] == ["fonds"]


def test_nobody_is_its_own_helper(store: Store):
    answer = told(store, "geld", actor("wij"), offer("wij", "offers", "geld"))
    assert of(answer, "wij") is None
    assert answer.missing == ("no_ties",)


def test_equal_scores_stand_in_order_of_id(store: Store):
    ids = ["d", "b", "p-1", "a", "c"]
    others = [actor(id) for id in ids if id != "p-1"]
    ways = [tie("wij", "partner_of", "brug"), *(tie("brug", "partner_of", id) for id in ids)]
    offers = [offer(id, "offers", "geld") for id in ids]
    answer = told(store, "geld", actor("wij"), actor("brug"), person("p-1"), *others, *ways, *offers)
    assert [it.actor.id for it in answer.helpers] == ["a", "b", "c", "d", "p-1"]
    assert len({it.score for it in answer.helpers}) == 1


def test_for_who_tells_no_place_the_gazetteer_is_not_read(store: Store):
    for kept in (gazetteer.entries, gazetteer.found_at, lying):
        kept.cache_clear()
    told(store, "geld", *WE, offer("fonds", "offers", "geld"))
    assert gazetteer.entries.cache_info().currsize == 0, "which takes longer than the answer"
