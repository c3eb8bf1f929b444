"""Neighbourhoods against an oracle written differently: every simple path in a networkx graph, tie by tie."""

import math
import random
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import networkx as nx
import pytest
from saying import actor, around, load, person, tie

from graph.records import ActorRecord, Record, TieRecord
from graph.store import Store
from graph.stores import STORES

DAY = date(2026, 6, 1)
STRENGTH = {"part_of": 0.95, "member_of": 0.75, "partner_of": 0.65, "funds": 0.8, "cited_by": 0.0, "portrayed_in": 0.2}
BASIS = {"confirmed": 1.0, "stated": 0.9, "inferred": 0.7}
STATUS = {"current": 1.0, "planned": 0.7, "conditional": 0.6, "former": 0.4, "rejected": 0.0}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with STORES["sqlite"](str(tmp_path / "store.db"), "") as store:
        yield store


def chance_of(told: TieRecord) -> float:
    """The chance model, written down once more from its description."""
    if told.status == "rejected":
        return 0.0
    weight = STATUS[told.status]
    if told.until and date(int(told.until), 12, 31) < DAY:
        weight = 0.5 ** ((DAY - date(int(told.until), 12, 31)).days / 365.25 / 5)
    elif told.since and date(int(told.since), 1, 1) > DAY:
        weight = STATUS["planned"]
    return STRENGTH[told.kind] * weight * BASIS[told.basis]


class Drawn(NamedTuple):
    """A world drawn at random."""

    actors: dict[str, ActorRecord]
    ties: list[TieRecord]
    older: tuple[TieRecord, ...] = ()

    def said(self) -> list[Record]:
        return [*self.actors.values(), *self.ties]

    def graph(self, tie_kinds: Sequence[str] = ()) -> nx.Graph:
        graph = nx.Graph()
        graph.add_nodes_from(self.actors)
        for told in self.folded():
            if chance_of(told) and (not tie_kinds or told.kind in tie_kinds):
                best = max(chance_of(told), graph.get_edge_data(told.source, told.target, {}).get("chance", 0.0))
                graph.add_edge(told.source, told.target, chance=best)
        return graph

    def folded(self) -> list[TieRecord]:
        """Return the ties, each as the newest dataset has it; a period that it does not know comes from the older."""
        told: dict[object, TieRecord] = {}
        for one in (*self.older, *self.ties):
            before = told.get(identity(one))
            dated = {} if one.since or one.until or not before else {"since": before.since, "until": before.until}
            told[identity(one)] = one.model_copy(update=dated)
        return list(told.values())

    def acquainted(self) -> nx.Graph:
        """Return who has a walkable tie with whom, by any record."""
        walkable = [told for told in (*self.older, *self.ties) if STRENGTH[told.kind] and told.status != "rejected"]
        graph = nx.Graph((told.source, told.target) for told in walkable)
        graph.add_nodes_from(self.actors)
        return graph

    def around(
        self, centre: str, depth: int, kinds: Sequence[str], tie_kinds: Sequence[str]
    ) -> list[tuple[str, float]]:
        """Return (id, chance) of everybody within `depth` ties, best first: the best of all simple paths."""
        graph, everyone = self.graph(tie_kinds), self.acquainted()
        best: dict[str, float] = {}
        for other in set(graph) - {centre}:
            for path in nx.all_simple_paths(graph, centre, other, cutoff=depth):
                value = math.prod(graph.edges[edge]["chance"] for edge in pairwise(path))
                value *= math.prod(self.openness(one, everyone) for one in path[1:-1])
                best[other] = max(best.get(other, 0.0), value)
        found = [(f"{value:.12g}", other) for other, value in best.items() if value]
        shown = [(float(value), other) for value, other in found if not kinds or self.actors[other].kind in kinds]
        return [(other, value) for value, other in sorted(shown, key=lambda it: (-it[0], it[1]))]

    def openness(self, connector: str, everyone: nx.Graph) -> float:
        told = self.actors[connector]
        if told.tier == "context" or told.subtype == "publicatie" or (told.ended and told.ended < "2026"):
            return 0.0
        if told.kind == "person" and not told.introduces:
            return 0.0
        return 0.8 / (1 + math.log(max(1, everyone.degree(connector) / 10)))


def drawn(seed: int, size: int, ties: int) -> Drawn:
    """Draw a world with hubs, parallel ties, ended and rejected ties, persons that refuse, things and context."""
    dice = random.Random(seed)
    actors: dict[str, ActorRecord] = {}
    for number in range(size):
        id = f"a{number}"
        extra = dice.choice(
            [{}, {}, {}, {"tier": "context"}, {"subtype": "publicatie"}, {"ended": "2024"}, {"ended": "2027"}]
        )
        kind = dice.choice(["initiative", "network", "municipality", "organisation"])
        actors[id] = actor(id, kind, **extra)
    for number in range(size // 4):  # public persons get p-1, p-2, …
        id = f"p-{number + 1}"
        actors[id] = person(id, introduces=dice.choice([True, False, None]))
    return Drawn(actors, ties_among(dice, list(actors), ties))


def identity(told: TieRecord) -> object:
    ends = frozenset((told.source, told.target)) if told.kind == "partner_of" else (told.source, told.target)
    return ends, told.kind, told.since if told.kind == "funds" else ""


def ties_among(dice: random.Random, names: Sequence[str], ties: int) -> list[TieRecord]:
    told: dict[object, TieRecord] = {}
    for _ in range(ties):
        one, other = dice.choice(names[: dice.choice([2, len(names)])]), dice.choice(names)
        if one != other:
            status = dice.choice(["current"] * 4 + ["planned", "conditional", "former", "rejected"])
            since, until = dice.choice(
                [(None, None)] * 3 + [("2010", "2019"), ("2028", None), (None, "2025"), ("2020", "2026")]
            )
            basis = dice.choice(list(BASIS))
            made = tie(one, dice.choice(list(STRENGTH)), other, status=status, since=since, until=until, basis=basis)
            told.setdefault(identity(made), made)
    return list(told.values())


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
