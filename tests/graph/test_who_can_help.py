"""Who can help, against an oracle written differently: over worlds drawn at random, for each viewer, day and store."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from answered import agree, expected, well_told
from helped import Truth
from needing import World, world
from saying import PUBLIC, STAFF, plain

from graph.answers_helping import HelpAnswer
from graph.index.asked import Asked
from graph.index.building import build
from graph.model import Viewer
from graph.questions.askers import Stranger
from graph.questions.who_can_help import Ask, who_can_help
from graph.store import Store
from graph.stores import STORES
from graph.view import open_view

DAY = date(2026, 6, 1)
HELPS = ("geld", "geld", "geld.lening", "geld.subsidie", "kennis", "kennis.advies", "netwerk.lidmaatschap")


def questions(dice: random.Random, askers: list[str], many: int, day: date) -> Iterator[tuple[str | Stranger, Ask]]:
    """Yield questions of all sorts."""
    for number in range(many):
        themes = tuple(dice.sample(("zorg-welzijn", "jeugd", "energietransitie"), dice.choice([0, 0, 1, 2])))
        ask = Ask(dice.choice(HELPS), themes, dice.randint(1, 6), dice.choice([1, 2, 3, 10]), day)
        place, form = dice.choice(["", "GM9001"]), dice.choice(["", "stichting"])
        contacts = tuple(dice.sample(askers, dice.choice([0, 1, 2, 3])))
        stranger = Stranger(place, tuple(dice.sample(("jeugd", "armoede"), dice.choice([0, 1]))), contacts, form)
        yield (stranger if number % 3 == 2 else dice.choice(askers)), ask


def hold(store: Store, drawn: World, viewer: Viewer, day: date, dice: random.Random) -> None:
    """See that questions are answered as the oracle does."""
    truth = Truth(drawn, viewer, day)
    with open_view(store, viewer) as view:
        index = build(view, DAY)
        for who, ask in questions(dice, sorted(truth.actors), 9, day):
            answer = who_can_help(view, index, who, ask)
            agree(answer, expected(truth, who, ask))
            for path in (path for it in (*answer.known, *answer.helpers) for path in (it.path, *it.alternatives)):
                well_told(truth, path, "" if isinstance(who, Stranger) else who)


@pytest.mark.parametrize("seed", range(24))
@pytest.mark.parametrize("viewer", [PUBLIC, STAFF])
def test_helpers_are_those_of_all_simple_paths(
    store: Store, seed: int, viewer: Viewer, monkeypatch: pytest.MonkeyPatch
):
    drawn = world(seed)
    drawn.fill(store)
    hold(store, drawn, viewer, DAY, random.Random(seed))
    # How far is looked at first, and how many are looked for from their own end, must make no difference.
    for name, values in (("FEW", (0, 2, 16)), ("PLENTY", (0, 0.2, 0.2, 1.5)), ("PROBE", (1, 2, 2, 1))):
        monkeypatch.setattr(f"graph.index.nearest.{name}", values[seed % len(values)])
    hold(store, drawn, viewer, DAY, random.Random(-seed))


SPENT = {
    "arcs looked at in all": {f"graph.index.nearest.{name}": 0 for name in ("FEW", "PLENTY", "BUDGET")}
    | {"graph.index.nearest.PROBE": 1},
    "arcs of one step": {"graph.questions.who_can_help.Asked": partial(Asked, most=4)},
    "arcs of the first step": {"graph.questions.who_can_help.Asked": partial(Asked, most=1)},
}


@pytest.mark.parametrize("which", SPENT)
def test_an_answer_for_which_the_budget_was_spent_says_so_and_is_true_as_far_as_it_goes(
    store: Store, which: str, monkeypatch: pytest.MonkeyPatch
):
    for name, value in SPENT[which].items():
        monkeypatch.setattr(name, value)
    drawn = world(7)
    drawn.fill(store)
    truth = Truth(drawn, STAFF, DAY)
    spent = 0
    with open_view(store, STAFF) as view:
        index = build(view, DAY)
        for who, ask in questions(random.Random(7), sorted(truth.actors), 30, DAY):
            answer, whole = who_can_help(view, index, who, ask), expected(truth, who, replace(ask, limit=50))
            if answer.complete:
                agree(answer, expected(truth, who, ask))
                continue
            spent += 1
            for group, others in ((answer.known, whole.known), (answer.helpers, whole.helpers)):
                real = {it.id: it for it in others}
                assert all(it.fit == pytest.approx(real[it.actor.id].fit, rel=1e-11) for it in group)
                assert all(it.score <= real[it.actor.id].score * (1 + 1e-11) for it in group)
            assert not answer.more.exact
            assert {it.actor.id for it in answer.unreachable}.isdisjoint(it.id for it in (*whole.known, *whole.helpers))
    assert 0 < spent < 30


@pytest.mark.parametrize("day", [date(2009, 1, 1), date(2020, 2, 28), date(2025, 4, 1), date(2031, 12, 31)])
@pytest.mark.parametrize("seed", [100, 101, 102])
def test_another_day_needs_no_other_index(store: Store, seed: int, day: date):
    drawn = world(seed)
    drawn.fill(store)
    hold(store, drawn, STAFF, day, random.Random(seed))


def answers(store: Store, viewer: Viewer, seed: int, built: date = DAY) -> list[HelpAnswer]:
    with open_view(store, viewer) as view:
        index = build(view, built)
        askers = sorted(card.id for card in view.every_card())
        return [who_can_help(view, index, who, ask) for who, ask in questions(random.Random(seed), askers, 12, DAY)]


@pytest.mark.parametrize("seed", range(200, 206))
def test_the_same_question_gets_the_same_answer_whenever_the_index_was_made(store: Store, seed: int):
    world(seed).fill(store)
    told = repr(answers(store, STAFF, seed))
    assert told == repr(answers(store, STAFF, seed))
    assert told == repr(answers(store, STAFF, seed, built=date(2011, 1, 1)))


@pytest.mark.parametrize("seed", range(300, 308))
def test_what_is_for_staff_changes_nothing_of_what_the_public_is_told(store: Store, tmp_path: Path, seed: int):
    world(seed).fill(store)
    with STORES["sqlite"](str(tmp_path / "public.db"), "") as other:
        world(seed).without("staff").fill(other)
        assert plain(answers(store, PUBLIC, seed)) == plain(answers(other, PUBLIC, seed))


@pytest.mark.neo4j
@pytest.mark.parametrize("seed", [400])
def test_both_stores_answer_alike(store: Store, neo4j_store: Store, seed: int):
    for one in (store, neo4j_store):
        world(seed).fill(one)
        hold(one, world(seed), STAFF, DAY, random.Random(seed))
    for viewer in (PUBLIC, STAFF):
        assert plain(answers(store, viewer, seed)) == plain(answers(neo4j_store, viewer, seed))
