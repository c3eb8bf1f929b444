"""Paths between two actors, against every simple path of the oracle."""

import random
from datetime import date
from functools import partial

import pytest
from answered import ids_on, well_told
from helped import Truth
from needing import world
from saying import PUBLIC, STAFF, actor, load, plain, tie

from graph.answers_helping import Paths
from graph.errors import BadInputError, NotFoundError
from graph.index import bidirectional
from graph.index.asked import Asked
from graph.index.building import build
from graph.model import Viewer
from graph.questions.paths import paths
from graph.store import Store
from graph.view import open_view

DAY = date(2026, 6, 1)


@pytest.mark.parametrize("seed", range(500, 512))
@pytest.mark.parametrize("viewer", [PUBLIC, STAFF])
def test_each_path_is_the_best_that_shares_no_connector_with_those_before(store: Store, seed: int, viewer: Viewer):
    drawn = world(seed)
    drawn.fill(store)
    dice = random.Random(seed)
    with open_view(store, viewer) as view:
        index = build(view, DAY)
        for day in (DAY, date(2020, 3, 1)):
            truth = Truth(drawn, viewer, day)
            for one, other in (dice.sample(sorted(truth.actors), 2) for _ in range(6)):
                steps, limit = dice.randint(1, 6), dice.choice([1, 2, 3, 10])
                answer = paths(view, index, one, other, steps, limit, day)
                expected = truth.told(truth.ways(one, steps).get(other, []), limit)
                assert [(one, *ids_on(path)) for path in answer.paths] == [way.ids for way in expected]
                assert [path.chance for path in answer.paths] == pytest.approx(
                    [way.chance for way in expected], rel=1e-11
                )
                assert answer.complete
                for path in answer.paths:
                    well_told(truth, path, one)


@pytest.mark.parametrize("most", [15, 20])
def test_paths_are_complete_unless_a_step_had_too_many_ties_to_look_at(
    store: Store, most: int, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("graph.questions.paths.Asked", partial(Asked, most=most))
    drawn, dice, whole = world(510), random.Random(510), 0
    drawn.fill(store)
    truth = Truth(drawn, STAFF, DAY)
    with open_view(store, STAFF) as view:
        index = build(view, DAY)
        for one, other in (dice.sample(sorted(truth.actors), 2) for _ in range(40)):
            answer, real = paths(view, index, one, other, 4, 3, DAY), truth.ways(one, 4).get(other, [])
            for path in answer.paths:
                well_told(truth, path, one)
            if answer.complete:
                whole += 1
                assert [(one, *ids_on(path)) for path in answer.paths] == [way.ids for way in truth.told(real, 3)]
    assert 0 < whole < 40


def answers(store: Store, seed: int, built: date) -> list[Paths]:
    with open_view(store, STAFF) as view:
        index, dice = build(view, built), random.Random(seed)
        ids = sorted(card.id for card in view.every_card())
        pairs = [dice.sample(ids, 2) for _ in range(20)]
        return [paths(view, index, one, other, 6, 10, DAY) for one, other in pairs]


@pytest.mark.parametrize("seed", [520, 521])
def test_the_same_question_gets_the_same_paths_whenever_the_index_was_made(store: Store, seed: int):
    world(seed).fill(store)
    assert repr(answers(store, seed, DAY)) == repr(answers(store, seed, date(2011, 1, 1)))


@pytest.mark.neo4j
def test_both_stores_tell_the_same_paths(store: Store, neo4j_store: Store):
    for one in (store, neo4j_store):
        world(530).fill(one)
    assert plain(answers(store, 530, DAY)) == plain(answers(neo4j_store, 530, DAY))


def test_a_path_is_as_good_from_both_ends(store: Store):
    world(540).fill(store)
    with open_view(store, PUBLIC) as view:
        index = build(view, DAY)
        ids = sorted(card.id for card in view.every_card())
        for one, other in ((one, other) for one in ids for other in ids if one < other):
            there, back = (paths(view, index, *ends, 5, 1, DAY).paths for ends in ((one, other), (other, one)))
            assert [path.chance for path in there] == pytest.approx([path.chance for path in back], rel=1e-11)


def test_the_best_tie_between_two_is_told(store: Store):
    several = [tie("a", "supports", "b"), tie("b", "part_of", "a"), tie("a", "part_of", "b", status="former")]
    load(store, "gids", actor("a"), actor("b"), *several, tie("a", "part_of", "b", status="rejected", until="2020"))
    with open_view(store, PUBLIC) as view:
        [path] = paths(view, build(view, DAY), "a", "b", as_of=DAY).paths
    [step] = path.steps
    assert step.tie
    assert (step.tie.source, step.tie.kind, step.tie.status) == ("b", "part_of", "current")


def test_of_ways_that_are_worth_the_same_the_first_by_ids_is_told(store: Store, monkeypatch: pytest.MonkeyPatch):
    """As when each of them is multiplied out, which is done where digits say too little."""
    near, far = [f"a{n}" for n in range(8)], [f"b{n}" for n in range(8)]
    ties = [tie("x", "partner_of", one) for one in reversed(near)] + [tie(one, "partner_of", "y") for one in far]
    ties += [tie(one, "partner_of", other) for one in reversed(near) for other in far]
    load(store, "gids", *(actor(one) for one in ("x", "y", *near, *far)), *ties)
    with open_view(store, PUBLIC) as view:
        index = build(view, DAY)
        told = paths(view, index, "x", "y", 4, 3, DAY).paths
        assert [ids_on(path) for path in told] == [(f"a{n}", f"b{n}", "y") for n in range(3)]
        monkeypatch.setattr(bidirectional, "ORDER", 1.0)
        assert paths(view, index, "x", "y", 4, 3, DAY).paths == told


def test_a_path_worth_a_hundredth_of_the_best_is_not_told(store: Store):
    faint = {"status": "former", "basis": "inferred"}
    way = [actor(id) for id in ("a", "b", "c", "d", "e")]
    way += [tie("a", "part_of", "b"), tie("a", "speaks_at", "c", **faint), tie("c", "speaks_at", "b", **faint)]
    way += [tie("a", "speaks_at", "d"), tie("d", "speaks_at", "b")]
    load(store, "gids", *way)
    with open_view(store, PUBLIC) as view:
        told = paths(view, build(view, DAY), "a", "b", limit=10, as_of=DAY).paths
    assert [ids_on(path) for path in told] == [("b",), ("d", "b")]


def test_who_is_not_tied_has_no_path(store: Store):
    load(
        store,
        "gids",
        actor("a"),
        actor("b"),
        tie("a", "located_in", "b"),
        tie("a", "member_of", "b", status="rejected"),
    )
    with open_view(store, PUBLIC) as view:
        answer = paths(view, build(view, DAY), "a", "b", as_of=DAY)
    assert (answer.paths, answer.complete) == ((), True)


@pytest.mark.parametrize(
    ("more", "field"),
    [({"max_steps": 0}, "maxSteps"), ({"max_steps": 7}, "maxSteps"), ({"limit": 0}, "limit"), ({"limit": 11}, "limit")],
)
def test_bounds_of_paths_are_told(store: Store, more: dict[str, int], field: str):
    load(store, "gids", actor("a"), actor("b"))
    with open_view(store, PUBLIC) as view, pytest.raises(BadInputError, match=field) as caught:
        paths(view, build(view, DAY), "a", "b", **more)
    assert (caught.value.field, str(next(iter(more.values()))) in caught.value.nl) == (field, True)


def test_from_somebody_to_itself_is_no_path(store: Store):
    load(store, "gids", actor("a"))
    with open_view(store, PUBLIC) as view:
        with pytest.raises(BadInputError, match="no path from 'a' to itself") as caught:
            paths(view, build(view, DAY), "a", "a")
        assert (caught.value.field, "zichzelf" in caught.value.nl) == ("to", True)
        for ends in (("a", "nergens"), ("nergens", "a"), ("nergens", "nergens")):
            with pytest.raises(NotFoundError, match="'nergens'"):
                paths(view, build(view, DAY), *ends)
