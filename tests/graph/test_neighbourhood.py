"""Neighbourhoods against an oracle written differently: every simple path in a networkx graph, tie by tie."""

import random
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from drawn import DAY, Drawn, drawn, identity, ties_among
from saying import around, load

from graph.store import Store
from graph.stores import STORES


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with STORES["sqlite"](str(tmp_path / "store.db"), "") as store:
        yield store


def agree(store: Store, world: Drawn) -> None:
    """See that the store answers as the oracle does."""
    for centre in list(world.actors)[:4]:
        for depth in (1, 2, 3):
            for kinds, tie_kinds in (((), ()), (("network", "person"), ()), ((), ("member_of", "funds"))):
                expected = world.around(centre, depth, kinds, tie_kinds)
                for limit in (1, 4, 500):
                    found = around(store, centre, depth=depth, kinds=kinds, tie_kinds=tie_kinds, limit=limit, as_of=DAY)
                    assert [(n.actor.id, n.chance) for n in found.actors] == expected[:limit]
                    left = len(expected) - len(found.actors)
                    refuted = world.acquainted().degree(centre) - world.graph().degree(centre)
                    assert found.more.count == left if found.more.exact else found.more.count <= left + refuted
                    assert limit < 500 or found.more.exact


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("size", [6, 14])
def test_the_neighbourhood_is_that_of_all_simple_paths(store: Store, seed: int, size: int):
    world = drawn(seed, size, size * 3)
    load(store, "gids", *world.said())
    agree(store, world)


@pytest.mark.parametrize("seed", range(12))
def test_the_neighbourhood_is_that_of_ties_folded_over_the_datasets(store: Store, seed: int, monkeypatch):
    asked = sys.modules["graph.questions.neighbourhood"]
    monkeypatch.setattr(asked, "PAGE", 2)  # so that a tie's records come on different pages
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
