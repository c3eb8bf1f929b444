"""Helpers to whom no path leads, told beside those to whom one does."""

from itertools import pairwise

import pytest
from saying import actor, offer, person, tie
from wanting import asked, told

from graph.answers_helping import HelpAnswer
from graph.records import OfferRecord, Record
from graph.store import Store

HELP = "geld.subsidie"
WE = actor("wij", themes=["wonen"], municipality="GM0599")


def reached(*ids: str) -> list[Record]:
    """Return funders that we get to, and that helped others like us before."""
    ties = [(tie("brug", "partner_of", id), tie("brug", "supports", id), tie(id, "funds", "brug")) for id in ids]
    funders = [(actor(id, "funder"), offer(id, help=HELP)) for id in ids]
    return [WE, actor("brug"), tie("wij", "partner_of", "brug"), *sum(funders, ()), *sum(ties, ())]


def apart(answer: HelpAnswer) -> list[str]:
    return [it.actor.id for it in answer.unreachable]


def test_a_fund_that_fits_is_told_though_enough_others_can_be_reached(store: Store):
    fund = actor("fonds", "funder", websites=["https://fonds.example"])
    answer = told(store, HELP, *reached("a", "b", "c"), fund, offer("fonds", help=HELP, themes=["wonen"]), limit=2)
    assert [it.actor.id for it in answer.helpers] == ["a", "b"]
    [one] = answer.unreachable
    assert one.way_in == ("https://fonds.example",)
    assert one.fit < min(it.fit for it in answer.helpers)  # nobody like us was helped by it, as far as we know
    assert answer.full


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"stance": "refers"}, []),
        ({"help": "geld"}, []),
        ({"themes": ["energietransitie"]}, []),
        ({"area": ["GM0363"]}, []),
        ({"area": ["GM0599"]}, ["fonds"]),
        ({"until": "2025"}, []),
    ],
)
def test_who_fits_less_well_than_those_who_are_listed_is_not(store: Store, said: dict, expected: list[str]):
    fund = [actor("fonds", "funder"), offer("fonds", **({"help": HELP} | said))]
    assert apart(told(store, HELP, *reached("a", "b"), *fund, limit=2)) == expected


def test_three_are_told_those_first_that_state_most_that_is_met_and_how_many_more_there_are(store: Store):
    funds: list[Record] = [actor(id, "funder") for id in "pqrstu"]
    offers = [
        offer("t", help=HELP, themes=["wonen"], area=["GM0599"]),
        offer("r", help=HELP, area=["NL"]),
        *(offer(id, help=HELP) for id in "pqsu"),
    ]
    full = told(store, HELP, *reached("a", "b"), *funds, *offers, limit=2)
    assert (apart(full), full.more_unreachable.count) == (["t", "r"], 4)
    few = asked(store, HELP, limit=3)
    assert (apart(few), few.more_unreachable.count) == (["t", "r", "p"], 3)
    assert not few.full


def test_a_person_who_introduces_nobody_leads_to_nobody(store: Store):
    world = [*reached("a", "b"), actor("fonds", "funder"), offer("fonds", help=HELP)]
    shut = [person("p-1", introduces=False), tie("p-1", "works_at", "fonds"), tie("p-1", "works_at", "brug")]
    assert apart(told(store, HELP, *world, *shut, limit=2)) == ["fonds"]
    open_ = [person("p-1", introduces=True), *shut[1:]]
    assert apart(told(store, HELP, *world, *open_, limit=2)) == []


def test_a_path_that_is_too_long_is_a_path(store: Store):
    chain = [actor(id) for id in ("een", "twee", "drie", "fonds")]
    ends = ("brug", "een", "twee", "drie", "fonds")
    ties = [tie(one, "partner_of", other) for one, other in pairwise(ends)]
    world = [*reached("a", "b"), *chain, *ties, offer("fonds", help=HELP)]
    assert apart(told(store, HELP, *world, limit=2, max_steps=3)) == []
    assert apart(asked(store, HELP, limit=10, max_steps=3)) == ["fonds"]


def test_who_fits_less_well_than_one_that_is_known_is_not_told(store: Store):
    world = [*reached("a", "b"), actor("fonds", "funder"), offer("fonds", help="geld")]
    general = [it.model_copy(update={"help": "geld"}) if isinstance(it, OfferRecord) else it for it in world]
    assert apart(told(store, HELP, *general, limit=2)) == ["fonds"]
    known = [actor("bank", "funder"), offer("bank", help=HELP), tie("wij", "partner_of", "bank")]
    assert apart(told(store, HELP, *general, *known, limit=2)) == []
