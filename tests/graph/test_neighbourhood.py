"""Neighbourhoods against an oracle written differently: every simple path in a networkx graph, tie by tie."""

import random
from dataclasses import replace
from datetime import date

import pytest
from drawn import DAY, Drawn, drawn, identity, ties_among
from needing import world as helping_world
from saying import PUBLIC, STAFF, actor, around, load, person, plain, tie

from graph.answers import Neighbourhood
from graph.index.building import build
from graph.index.files import Index
from graph.ingest import judge, remove, suppress
from graph.model import Count, Viewer
from graph.store import Store
from graph.view import open_view


def agree(store: Store, world: Drawn) -> None:
    """See that the store answers as the oracle does, walked and looked up in an index made on some day."""
    indexes = [indexed(store, day) for day in (DAY, date(2019, 3, 1))]
    for centre in list(world.actors)[:4]:
        for depth in (1, 2, 3):
            for kinds, tie_kinds in (((), ()), (("network", "person"), ()), ((), ("member_of", "funds"))):
                expected = world.around(centre, depth, kinds, tie_kinds)
                asked = {"depth": depth, "kinds": kinds, "tie_kinds": tie_kinds, "as_of": DAY}
                for limit in (1, 4, 500):
                    found = around(store, centre, limit=limit, **asked)
                    assert [(n.actor.id, n.chance) for n in found.actors] == expected[:limit]
                    left = len(expected) - len(found.actors)
                    refuted = world.acquainted().degree(centre) - world.graph().degree(centre)
                    assert found.more.count == left if found.more.exact else found.more.count <= left + refuted
                    assert limit < 500 or found.more.exact
                    for index in indexes:
                        looked_up = around(store, centre, limit=limit, index=index, **asked)
                        assert looked_up.more == Count(left)
                        assert told(looked_up) == told(found)


def told(found: Neighbourhood) -> Neighbourhood:
    """Return an answer without what may differ: whether the count is exact, and over whom when ways are equal."""
    return replace(found, more=Count(0), actors=tuple(replace(one, via="") for one in found.actors))


def indexed(store: Store, day: date = DAY, viewer: Viewer = PUBLIC) -> Index:
    with open_view(store, viewer) as view:
        return build(view, day)


@pytest.fixture(autouse=True)
def narrow(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """How far down is looked at first, and at how many ties of one actor, must make no difference: little at odd seeds."""
    if getattr(request.node, "callspec", None) and request.node.callspec.params.get("seed", 0) % 2:
        monkeypatch.setattr("graph.index.around.SMALL", 0)
        monkeypatch.setattr("graph.index.around.PLENTY", 1)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("size", [6, 14])
def test_the_neighbourhood_is_that_of_all_simple_paths(store: Store, seed: int, size: int):
    world = drawn(seed, size, size * 3)
    load(store, "gids", *world.said())
    agree(store, world)


@pytest.mark.parametrize("seed", range(12))
def test_the_neighbourhood_is_that_of_ties_folded_over_the_datasets(
    store: Store, seed: int, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(
        "graph.questions.neighbourhood_walked.PAGE", 2
    )  # so that a tie's records come on different pages
    world = drawn(seed, 10, 25)
    dice = random.Random(-seed)
    older = ties_among(dice, list(world.actors), 25)
    for told in dice.sample(world.ties, 12):  # the same ties, said differently
        other = dice.choice(world.ties)
        older.append(
            told.model_copy(
                update={"status": other.status, "basis": other.basis, "since": other.since, "until": other.until}
            )
        )
    world = world._replace(older=tuple({identity(told): told for told in older if told.kind != "funds"}.values()))
    load(store, "gids", *world.said(), date="2025")
    elsewhere = [
        one.model_copy(update={"source": f"id:{one.source}", "target": f"id:{one.target}"}) for one in world.older
    ]
    load(store, "krant", *elsewhere, date="2020")
    agree(store, world)


def test_contacts_are_those_one_has_a_walkable_tie_with(store: Store):
    world = drawn(99, 14, 42)
    load(store, "gids", *world.said())
    graph = world.acquainted()
    for id in world.actors:
        assert around(store, id).centre.contacts == graph.degree(id)


@pytest.mark.parametrize("seed", range(800, 808))
@pytest.mark.parametrize("viewer", [PUBLIC, STAFF])
def test_what_is_looked_up_is_what_is_walked_for_each_viewer_on_each_day(store: Store, seed: int, viewer: Viewer):
    helping_world(seed, size=24).fill(store)
    index = indexed(store, viewer=viewer)
    dice = random.Random(seed)
    with open_view(store, viewer) as view:
        ids = sorted(card.id for card in view.every_card())
    for _ in range(20):
        asked = {
            "depth": dice.randint(1, 3),
            "kinds": dice.choice([(), (), ("initiative",), ("network", "person")]),
            "tie_kinds": dice.choice([(), (), ("funds",), ("located_in",), ("member_of", "partner_of")]),
            "limit": dice.choice([1, 2, 5, 30]),
            "as_of": dice.choice([DAY, date(2011, 5, 1), date(2025, 4, 1), date(2031, 1, 1)]),
        }
        centre = dice.choice(ids)
        walked, looked_up = (around(store, centre, viewer, index=it, **asked) for it in (None, index))
        assert told(looked_up) == told(walked)
        assert looked_up.more.exact
        assert looked_up.more == walked.more or not walked.more.exact
        comes_over(looked_up)


def comes_over(found: Neighbourhood) -> None:
    """See that each comes over whom the answer says: that it stands one step nearer, and is no less likely."""
    nearer = {found.centre.id: (0, 1.0), **{one.actor.id: (one.steps, one.chance) for one in found.actors}}
    for one in found.actors:
        assert (one.steps == 1) == (one.via == found.centre.id)
        if one.via in nearer:
            assert one.chance < nearer[one.via][1]
            assert (
                any({tie.source, tie.target} == {one.via, one.actor.id} for tie in found.ties) or found.more_ties.count
            )


def naaf(store: Store, members: int) -> None:
    """Load a hub whose members are worth the same, and one funder that stands last among them."""
    each = [actor(f"lid-{n:05}") for n in range(members)]
    ties = [tie(one.id, "member_of", "naaf") for one in each]
    far = [actor("verder", "funder"), tie("verder", "member_of", "naaf"), actor("wie"), tie("wie", "part_of", "naaf")]
    load(store, "leden", actor("naaf", "network"), *each, *ties, *far)


@pytest.mark.parametrize("asked", [{}, {"kinds": ("funder",)}, {"tie_kinds": ("member_of",)}, {"kinds": ("person",)}])
def test_a_hub_of_equal_ties_is_looked_at_as_far_as_it_matters(
    store: Store, asked: dict[str, tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("graph.index.around.SMALL", 50)
    naaf(store, 600)
    index = indexed(store)
    for centre in ("naaf", "wie", "lid-00007", "verder"):
        for depth in (1, 2):
            walked, looked_up = (
                around(store, centre, depth=depth, limit=40, index=it, as_of=DAY, **asked) for it in (None, index)
            )
            assert told(looked_up) == told(walked)
            assert looked_up.more.exact
    assert around(store, "wie", depth=2, limit=40, index=index).more == Count(602 - 40)
    assert around(store, "wie", depth=3, limit=40, index=index, kinds=("funder",)).more == Count(0)


def test_a_count_that_would_take_too_long_says_that_it_is_at_least_that(store: Store, monkeypatch: pytest.MonkeyPatch):
    naaf(store, 50)
    index = indexed(store)
    monkeypatch.setattr("graph.index.around.SMALL", 0)
    monkeypatch.setattr("graph.index.around.BUDGET", 20)
    found = around(store, "wie", depth=2, limit=3, index=index)
    assert (len(found.actors), found.more.exact) == (3, False)
    assert found.more.count <= 52 - 3


def test_of_an_older_index_what_is_gone_since_is_left_out(store: Store):
    load(store, "gids", actor("ada"), actor("bob"), actor("cas"), tie("ada", "partner_of", "bob"))
    load(store, "krant", actor("dia"), tie("id:ada", "advises", "dia"), tie("dia", "advises", "id:cas"))
    load(store, "wie", person("eva"), tie("eva", "works_at", "id:ada"), tie("id:cas", "advises", "id:bob"))
    index = indexed(store)
    before = around(store, "ada", depth=2, index=index)
    assert [one.actor.id for one in before.actors] == ["p-1", "dia", "bob", "cas"]
    remove(store, "krant")
    suppress(store, "p-1", "desk")
    load(store, "later", actor("fay"), tie("fay", "part_of", "id:ada"))
    judge(store, "same", "bob", "fay", "desk")
    found = around(store, "ada", depth=2, index=index)
    assert [one.actor.id for one in found.actors] == ["bob"]  # to cas one got over dia
    assert found.revision == before.revision == index.about.revision
    assert not found.more.exact
    assert {(one.source, one.target) for one in found.ties} == {("ada", "bob"), ("bob", "ada")}


def test_who_came_after_the_index_was_made_is_walked_around(store: Store):
    load(store, "gids", actor("ada"), actor("bob"), tie("ada", "partner_of", "bob"))
    index = indexed(store)
    load(store, "krant", actor("fay"), tie("fay", "part_of", "id:ada"))
    assert plain(around(store, "fay", depth=2, index=index)) == plain(around(store, "fay", depth=2))
    assert around(store, "fay", index=index).revision > index.about.revision


@pytest.mark.neo4j
def test_both_stores_are_looked_up_alike(store: Store, neo4j_store: Store):
    for one in (store, neo4j_store):
        helping_world(900).fill(one)
    for viewer in (PUBLIC, STAFF):
        with open_view(store, viewer) as view:
            ids = sorted(card.id for card in view.every_card())
        one, other = (indexed(it, viewer=viewer) for it in (store, neo4j_store))
        for centre in ids[::3]:
            asked = {"depth": 2, "limit": 7, "as_of": DAY}
            looked_up = around(store, centre, viewer, index=one, **asked)
            assert plain(looked_up) == plain(around(neo4j_store, centre, viewer, index=other, **asked))
