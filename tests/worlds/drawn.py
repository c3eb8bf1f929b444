"""Worlds drawn at random, and what is true in them: an oracle written differently, every simple path in a networkx graph."""

import math
import random
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

import networkx as nx
from saying import actor, person, tie

from graph.records import ActorRecord, Record, TieRecord

DAY = date(2026, 6, 1)
STRENGTH = {"part_of": 0.95, "member_of": 0.75, "partner_of": 0.65, "funds": 0.8, "cited_by": 0.0, "portrayed_in": 0.2}
BASIS = {"confirmed": 1.0, "stated": 0.9, "inferred": 0.7}
STATUS = {"current": 1.0, "planned": 0.7, "conditional": 0.6, "former": 0.4, "rejected": 0.0}


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


class Path(NamedTuple):
    """A path as paths are compared: the smallest is the best."""

    less: float
    length: int
    ids: tuple[str, ...]


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

    def paths(self, one: str, other: str, steps: int) -> list["Path"]:
        """Return every simple path between two actors, best first: chance, then fewer steps, then the ids on it."""
        graph, everyone = self.graph(), self.acquainted()
        found = []
        for path in nx.all_simple_paths(graph, one, other, cutoff=steps):
            value = 1.0
            for at, edge in enumerate(pairwise(path)):
                value = (value * self.openness(path[at], everyone) if at else value) * graph.edges[edge]["chance"]
            if value:
                found.append(Path(-float(f"{value:.12g}"), len(path), tuple(path)))
        return sorted(found)

    def openness(self, connector: str, everyone: nx.Graph) -> float:
        told = self.actors[connector]
        if told.tier == "context" or told.subtype == "publicatie" or (told.ended and int(told.ended) < DAY.year):
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
