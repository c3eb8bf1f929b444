"""The tie index against an oracle written differently: every simple path in a networkx graph, tie by tie."""

import random
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest
from drawn import DAY, Drawn, drawn, ties_among
from saying import PUBLIC, actor, load, tie

from graph.index import building, lookahead, reaching
from graph.index import nearest as nearest_module
from graph.index import scratch as scratch_module
from graph.index.alternatives import further
from graph.index.arrays import clock
from graph.index.asked import Asked
from graph.index.bidirectional import BidirectionalSearch
from graph.index.building import build
from graph.index.files import load as read
from graph.index.files import save
from graph.index.lookahead import Lookahead
from graph.index.nearest import Wanted, nearest
from graph.index.reaching import start
from graph.index.traits import Traits
from graph.store import Store
from graph.view import open_view


class Built:
    """An index of a world, with its ids."""

    def __init__(self, store: Store, world: Drawn) -> None:
        load(store, "gids", *world.said(), date="2025")
        if world.older:
            elsewhere = [
                one.model_copy(update={"source": f"id:{one.source}", "target": f"id:{one.target}"})
                for one in world.older
            ]
            load(store, "krant", *elsewhere, date="2020")
        with open_view(store, PUBLIC) as view:
            self.whole = build(view, DAY)
            self.index = self.whole.ties
            self.ids = sorted(card.id for card in view.every_card())

    def asked(self) -> Asked:
        return Asked(self.index, clock(self.index, DAY))

    def named(self, places: Sequence[int]) -> tuple[str, ...]:
        return tuple(self.ids[place] for place in places)


def older(world: Drawn, seed: int) -> Drawn:
    """Return the world with an older dataset, which says other things of some ties."""
    dice = random.Random(seed)
    told = [one for one in ties_among(dice, list(world.actors), 20) if one.kind != "funds"]
    again = [
        one.model_copy(update={"status": "former", "basis": "inferred"})
        for one in world.ties[:6]
        if one.kind != "funds"
    ]
    return world._replace(older=tuple({(one.source, one.kind, one.target): one for one in [*told, *again]}.values()))


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("few", [0, 16])
def test_the_best_are_those_of_all_simple_paths(store: Store, seed: int, few: int, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(nearest_module, "FEW", few)
    monkeypatch.setattr(nearest_module, "NEAR", 40 * (seed % 4))
    monkeypatch.setattr(nearest_module, "PROBE", 12 * (seed % 3))  # else all of so small a graph is looked at at once
    monkeypatch.setattr(lookahead, "CROWD", 2)
    for module in (building, reaching):
        monkeypatch.setattr(module, "FEW", seed % 3)
    dice = random.Random(seed)
    world = older(drawn(seed, 8, 30), seed) if seed % 2 else drawn(seed, 10, 30)
    built = Built(store, world)
    for asker in dice.sample(built.ids, 3):
        for steps in (1, 2, 4, 6):
            helpers = sorted(dice.sample([id for id in built.ids if id != asker], 6))
            fits = [dice.choice([1.0, 0.7, 0.6, 0.28, 0.0]) for _ in helpers]
            acquainted = world.graph()
            expected: dict[bool, list[tuple[float, str, tuple[str, ...]]]] = {True: [], False: []}
            for helper, fit in zip(helpers, fits, strict=True):
                if (paths := world.paths(asker, helper, steps)) and fit:
                    score = -float(f"{-paths[0].less * fit:.12g}")
                    expected[acquainted.has_edge(asker, helper)].append((score, helper, paths[0].ids))
            known = np.array([acquainted.has_edge(asker, helper) for helper in helpers])
            places = np.array([built.ids.index(helper) for helper in helpers])
            before = Lookahead(built.asked(), places) if seed % 5 else None
            wanted = Wanted(places, np.array(fits), known, 3, before)
            found = nearest(built.asked(), [start(built.ids.index(asker))], wanted, steps)
            assert found.complete
            for group, best in ((True, found.known), (False, found.others)):
                told = [(built.ids[one.place], built.named(one.way.places)) for one in best]
                assert told == [(helper, ids) for _, helper, ids in sorted(expected[group])[:3]]
                assert [one.score for one in best] == pytest.approx(
                    [-s for s, _, _ in sorted(expected[group])[:3]], rel=1e-11
                )


def test_who_is_met_at_once_and_hardly_likely_is_not_forgotten(store: Store, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(
        nearest_module, "PROBE", 3
    )  # the first step is taken in full, those behind the hub are looked down to
    ends = ("thing", *(f"member-{number}" for number in range(8)))
    actors = {id: actor(id) for id in ("asker", "hub")} | {
        id: actor(id, tier="context") for id in ends
    }  # no connectors
    members = [tie(id, "part_of", "hub") for id in ("asker", *ends[1:])]
    world = Drawn(actors, [tie("asker", "portrayed_in", "thing", status="former"), *members])
    built = Built(store, world)
    places = np.array([built.ids.index(id) for id in ("member-1", "member-2", "thing")])
    wanted = Wanted(places, np.array([0.1, 0.1, 1.0]), np.zeros(3, bool), 2)
    found = nearest(built.asked(), [start(built.ids.index("asker"))], wanted, 4)
    assert [built.ids[one.place] for one in found.others] == ["thing", "member-1"]


def test_another_way_is_found_behind_any_number_that_share_a_connector(store: Store):
    crowd = [f"member-{number:02}" for number in range(60)]
    actors = {id: actor(id) for id in ("asker", "apart", "helper", "hub", *crowd)}
    ties = [tie("asker", "partner_of", "hub"), *(tie(id, "partner_of", "hub") for id in crowd)]
    ties += [tie("asker", "portrayed_in", "apart", status="former")]  # hardly a chance
    ties += [tie(id, "partner_of", "helper") for id in ("apart", *crowd)]
    built = Built(store, Drawn(actors, ties))
    wanted = Wanted(np.array([built.ids.index("helper")]), np.ones(1), np.zeros(1, bool), 3)
    best = nearest(built.asked(), [start(built.ids.index("asker"))], wanted, 4).others[0]
    assert built.named(best.way.places) == ("asker", "hub", "member-00", "helper")
    assert [built.named(way.places) for way in best.others] == [("asker", "apart", "helper")]


def test_who_is_passed_by_and_reached_better_in_more_steps_may_lead_further(
    store: Store, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(nearest_module, "PROBE", 0)
    actors = {id: actor(id) for id in ("asker", "friend", "hub", "member", "post", "way")}
    actors |= {
        id: actor(id, tier="context") for id in ("far", "near-friend", "near-post")
    }  # helpers, who connect nobody
    strong = [("asker", "friend"), ("friend", "near-friend"), ("asker", "hub"), ("hub", "member"), ("member", "post")]
    strong += [("post", "near-post"), ("post", "way"), ("way", "far")]
    weak = tie("friend", "portrayed_in", "post", status="former")  # over which alone "far" is within four steps
    built = Built(store, Drawn(actors, [*(tie(one, "part_of", other) for one, other in strong), weak]))
    places = np.array([built.ids.index(id) for id in ("far", "near-friend", "near-post")])
    wanted = Wanted(places, np.ones(3), np.zeros(3, bool), 3, Lookahead(built.asked(), places))
    found = nearest(built.asked(), [start(built.ids.index("asker"))], wanted, 4)
    assert [built.ids[one.place] for one in found.others] == ["near-friend", "near-post", "far"]


@pytest.mark.parametrize("seed", range(6))
def test_what_lies_ahead_is_no_less_than_the_best_path_and_hardly_more(store: Store, seed: int):
    world = drawn(seed, 9, 25)
    built = Built(store, world)
    places = np.array([1, 4])
    looked = Lookahead(built.asked(), places)
    for place in (place for place in range(len(built.ids)) if place not in places):
        for steps in (1, 2, 3):
            ways = [way for one in places for way in world.paths(built.ids[place], built.ids[one], steps)]
            best = max((-way.less for way in ways), default=0.0)
            [bound] = looked.at_most(np.array([place]), steps)
            assert best <= bound
            assert (
                bound == 0 or bound >= best > bound / lookahead.FINE / 1.01 or steps == 3
            )  # which may return on itself
            [open_], [near] = built.asked().openness(np.array([place])), looked.near[[place]]
            assert looked.promise(np.array([place]), steps).tolist() == [1.0 if near else open_ * bound]
            assert looked.promise(np.array([place]), 0).tolist() == [0.0]  # at the end only who is wanted counts
    assert looked.promise(places, 0).tolist() == [1.0, 1.0]


@pytest.mark.parametrize("seed", range(20))
def test_further_ways_are_the_best_that_share_no_connector(store: Store, seed: int):
    world = drawn(seed, 9, 30)
    built = Built(store, world)
    dice = random.Random(seed)
    for one, other in (dice.sample(built.ids, 2) for _ in range(6)):
        for steps in (2, 3, 5):
            paths = world.paths(one, other, steps)
            expected, used = [], set[str]()
            while best := next((path for path in paths if not used & set(path.ids) and path.ids not in expected), None):
                expected.append(best.ids)
                used |= set(best.ids[1:-1])
            with ExitStack() as lent:
                search = BidirectionalSearch(built.asked(), [start(built.ids.index(one))], steps, lent)
                way = search.best(built.ids.index(other))
                ways = [way, *further(search, way, 5, 0.0)] if way else []
            assert [built.named(way.places) for way in ways] == expected[:6]


@pytest.mark.parametrize("day", [DAY, DAY.replace(year=2009), DAY.replace(year=2021), DAY.replace(year=2035)])
def test_another_day_needs_no_other_index(store: Store, day, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("drawn.DAY", day)
    world = drawn(5, 10, 40)
    built = Built(store, world)
    for target in range(1, len(built.ids)):
        expected = world.paths(built.ids[0], built.ids[target], 4)
        with ExitStack() as lent:
            asked = Asked(built.index, clock(built.index, day))
            way = BidirectionalSearch(asked, [start(0)], 4, lent).best(target)
        assert (built.named(way.places) if way else None) == (expected[0].ids if expected else None)


@pytest.mark.parametrize("seed", range(5))
def test_contacts_are_told_once_and_in_order(store: Store, seed: int):
    index = Built(store, older(drawn(seed, 12, 60), seed)).index
    for place in range(index.size):
        assert index.contacts(place).tolist() == sorted(set(index.other[index.arcs(place)].tolist()))


def test_sheets_are_left_empty(store: Store):
    built = Built(store, drawn(3, 10, 30))
    wanted = Wanted(np.arange(1, 8), np.ones(7), np.zeros(7, bool), 3)
    for _ in range(3):
        nearest(built.asked(), [start(0)], wanted, 4)
    for scratch in scratch_module._idle[built.index]:
        assert not scratch.best.any()
        assert not scratch.label.any()


def test_an_index_is_kept_in_files(store: Store, tmp_path: Path):
    index = Built(store, drawn(3, 10, 30)).whole
    save(tmp_path, index)
    again = read(tmp_path)
    assert again.about == index.about
    for part, other in ((index.ties, again.ties), (index.helping, again.helping), (index.likeness, again.likeness)):
        for field in fields(part):
            assert np.array_equal(getattr(part, field.name), getattr(other, field.name)), field.name


def test_a_trait_is_an_actors_once_however_often_its_name_says_it():
    traits = Traits()
    traits.take([4], ["buurt 12 voor buurt"], [("zorg", "jeugd")], [("GM0344", "Utrecht")])
    traits.take([6, 7], ["", "buurt"], [(), ("jeugd",)], [("", "Útrecht"), ("", "")])
    names, pairs = traits.told()
    told = {actor: [names[number] for who, number in pairs.tolist() if who == actor] for actor in (4, 6, 7)}
    assert told == {
        4: ["theme:zorg", "theme:jeugd", "municipality:GM0344", "word:buurt", "word:voor"],
        6: ["place:utrecht"],
        7: ["theme:jeugd", "word:buurt"],
    }


def test_between_two_of_whom_several_records_state_a_tie_each_tie_is_one_and_no_other_sort_comes_in(store: Store):
    two = [actor("ab"), actor("bc", "network")]
    load(
        store,
        "gids",
        *two,
        *(tie("ab", kind, "bc") for kind in ("member_of", "located_in")),
        tie("bc", "supports", "ab"),
    )
    load(store, "krant", tie("id:ab", "member_of", "id:bc", status="former"), date="2020")
    with open_view(store, PUBLIC) as view:
        index = build(view, DAY).ties
    assert sorted(index.sorts[sort].kind for sort in index.sort[index.arcs(0)].tolist()) == ["member_of", "supports"]
    assert {(sort.kind, sort.status) for sort in index.sorts} >= {("member_of", "current"), ("supports", "current")}
    assert index.other.tolist() == [1, 1, 0, 0]
