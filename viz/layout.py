"""Where the actors of a drawing stand: seeded, settled, with room for a name under each.

Each connected part is laid out by itself with ForceAtlas2 (networkx; numpy alone), turned so that it lies wide, and
spread until no two cells overlap; a cell is as large as a symbol with its name. Then the parts are packed side by side,
the one with the centre first, so that loose parts do not fly away. Same input, same positions.
"""

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias, TypeVar

import networkx as nx
import numpy as np

Point: TypeAlias = tuple[int, int]
Points: TypeAlias = "np.ndarray[Any, np.dtype[np.float64]]"

T = TypeVar("T")

SEED = 31
ROUNDS = 150  # of ForceAtlas2; beyond, nothing moves that a reader would see
FEWER_ROUNDS = 60  # for parts of more than 160 actors, where each round costs more and a reader sees less
SPREADING = 120  # rounds of pushing cells apart
GROWTH = 1.02  # of the whole in a round, while it is too crowded for pushing alone
ASPECT = 1.6  # width over height to which parts are packed


def cell(count: int) -> tuple[int, int]:
    """Return the room (width, height) that an actor needs in a drawing of `count` actors.

    >>> cell(20), cell(500)
    ((150, 96), (74, 52))
    """
    if count <= 60:
        return 150, 96
    return (110, 70) if count <= 160 else (74, 52)


def positions(
    ids: Sequence[str], pairs: Iterable[tuple[str, str]], centre: str = "", rounds: int = ROUNDS
) -> dict[str, Point]:
    """Return where each of `ids` stands, in pixels at scale 1, y downwards; the centre's part comes first."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(ids)
    graph.add_edges_from(pair for pair in pairs if pair[0] != pair[1])
    rank = {actor: n for n, actor in enumerate(ids)}
    room = cell(len(ids))
    parts = [sorted(part, key=rank.__getitem__) for part in nx.connected_components(graph)]
    parts.sort(key=lambda part: (centre not in part, -len(part), rank[part[0]]))
    spots = _packed([_part(graph, part, centre, room, rounds) for part in parts], room)
    return {
        actor: (round(x), round(y))
        for part, places in zip(parts, spots, strict=True)
        for actor, (x, y) in zip(part, places.tolist(), strict=True)
    }


def grouped(ids: Sequence[str], pairs: Sequence[tuple[str, str]], groups: Sequence[Sequence[str]]) -> dict[str, Point]:
    """Return where each of `ids` stands if each group keeps together: groups are laid out, then set apart as wholes."""
    of = {actor: n for n, group in enumerate(groups) for actor in group}
    within: list[list[tuple[str, str]]] = [[] for _ in groups]
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(groups)))
    for a, b in pairs:
        if of[a] == of[b]:
            within[of[a]].append((a, b))
        else:
            graph.add_edge(of[a], of[b])
    inner = [_within(group, own) for group, own in zip(groups, within, strict=True)]
    gap = np.array(cell(len(ids)))
    rooms = np.array([np.ptp(spots, axis=0) for spots in inner]) + 1.4 * gap
    found = nx.forceatlas2_layout(graph, pos=_rings(graph, 0), max_iter=ROUNDS, gravity=3.0, seed=SEED)
    centres = _lying(np.array([found[n] for n in range(len(groups))], dtype=float))
    centres *= np.sqrt(np.prod(rooms, axis=1).sum()) / max(float(np.ptp(centres)), 1e-9) * np.array([1.0, 0.6])
    centres = _spread(centres, rooms)
    return {
        actor: (round(x), round(y))
        for group, spots, centre in zip(groups, inner, centres, strict=True)
        for actor, (x, y) in zip(group, (spots + centre).tolist(), strict=True)
    }


def _within(group: Sequence[str], pairs: Sequence[tuple[str, str]]) -> Points:
    """Return the places of a group, around (0, 0)."""
    found = positions(group, pairs, rounds=FEWER_ROUNDS)
    spots = np.array([found[actor] for actor in group], dtype=float)
    return np.asarray(spots - (spots.min(axis=0) + spots.max(axis=0)) / 2)


def _part(graph: "nx.Graph[str]", part: list[str], centre: str, room: tuple[int, int], rounds: int) -> Points:
    """Return the places of one connected part, around (0, 0)."""
    if len(part) == 1:
        return np.zeros((1, 2))
    own: nx.Graph[str] = nx.Graph()
    own.add_nodes_from(part)
    own.add_edges_from((a, b) for a in part for b in sorted(graph[a]))
    start = _rings(own, centre if centre in own else max(part, key=own.degree))
    rounds = rounds if len(part) <= 160 else FEWER_ROUNDS
    found = nx.forceatlas2_layout(own, pos=start, max_iter=rounds, scaling_ratio=2.5, gravity=1.0, seed=SEED)
    places = _lying(np.array([found[actor] for actor in part], dtype=float))
    at = {actor: n for n, actor in enumerate(part)}
    edges = np.array([(at[a], at[b]) for a, b in own.edges], dtype=int)
    lengths = np.hypot(*(places[edges[:, 0]] - places[edges[:, 1]]).T)
    places *= np.array([1.25, 0.8]) * np.hypot(*room) / max(float(np.median(lengths)), 1e-9)
    return _spread(places, np.tile(np.array(room, dtype=float), (len(places), 1)))


def _rings(graph: "nx.Graph[T]", centre: T) -> dict[T, Points]:
    """Return a start for the forces: rings around `centre`, by the number of ties away from it."""
    places: dict[T, Points] = {}
    for steps, ring in enumerate(nx.bfs_layers(graph, centre)):
        for n, actor in enumerate(ring):
            angle = 2 * np.pi * (n + 0.3 * steps) / len(ring)
            places[actor] = steps * np.array([np.cos(angle), np.sin(angle)])
    away = max(2.0, len(places) ** 0.5)
    for n, actor in enumerate(actor for actor in graph if actor not in places):
        places[actor] = away * np.array([np.cos(2.4 * n), np.sin(2.4 * n)])
    return places


def _lying(places: Points) -> Points:
    """Return the places around their middle, turned so that they reach farthest from left to right."""
    around = places - places.mean(axis=0)
    if len(places) < 2:
        return np.asarray(around)
    _, _, axes = np.linalg.svd(around, full_matrices=False)
    axes *= np.where(np.abs(axes).max(axis=1) == axes.max(axis=1), 1, -1)[:, None]  # one sign, on every machine
    return np.asarray(around @ axes.T)


def _spread(places: Points, rooms: Points) -> Points:
    """Return the places moved apart, as little as it takes, until their rooms (width, height of each) do not overlap."""
    needed = [(rooms[:, axis, None] + rooms[None, :, axis]) / 2 for axis in (0, 1)]
    once = np.triu(np.ones((len(places), len(places)), dtype=bool), 1)  # each pair once
    for _ in range(SPREADING):
        gaps = [places[:, axis, None] - places[None, :, axis] for axis in (0, 1)]
        near = (np.abs(gaps[0]) < needed[0] - 0.5) & (np.abs(gaps[1]) < needed[1] - 0.5)
        first, second = np.nonzero(near & once)
        if not len(first):
            break
        if len(first) > len(places) / 4:
            places = places * GROWTH
        gap = np.stack([gap[first, second] for gap in gaps], axis=1)
        room = np.stack([need[first, second] for need in needed], axis=1)
        lack = room - np.abs(gap)
        pair = np.arange(len(first))
        axis = (lack[:, 0] / room[:, 0] > lack[:, 1] / room[:, 1]).astype(int)  # the way that is shorter, for its size
        way = np.where(gap[pair, axis] < 0, -1, 1)
        move = 0.5 * way * lack[pair, axis]
        np.add.at(places, (first, axis), move)
        np.add.at(places, (second, axis), -move)
    return places


def _packed(parts: list[Points], room: tuple[int, int]) -> list[Points]:
    """Return the parts side by side in rows, the first in the first row; rows are filled to one width."""
    boxes = [np.ptp(part, axis=0) + np.array(room) for part in parts]
    if not boxes:
        return []
    width = max(float(boxes[0][0]), float(np.sqrt(ASPECT * sum(float(w * h) for w, h in boxes))))
    x = y = tall = 0.0
    packed = []
    for part, (wide, high) in zip(parts, boxes, strict=True):
        if x and x + wide > width:
            x, y, tall = 0.0, y + tall, 0.0
        packed.append(part - part.min(axis=0) + np.array([x + room[0] / 2, y + room[1] / 2]))
        x, tall = x + wide, max(tall, high)
    return packed
