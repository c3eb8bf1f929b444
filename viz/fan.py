"""The places of a map of paths: they fan out from the asker, connectors stand on the way, who is led to at the rim.

A tree is made of the rings (how many introductions away each stands) and the ties between them; its leaves share the
rim evenly, in order, and a connector stands amid its leaves. Same input, same places.
"""

from collections.abc import Iterable, Sequence
from math import cos, pi, sin

from viz.layout import Point, cell

WIDE = 1.5  # width over height
STEP = 150.0  # pixels from ring to ring, at least
SHARE = 0.8  # of the width of a name that each at the rim has to itself


def positions(ids: Sequence[str], rings: Sequence[int], pairs: Iterable[tuple[str, str]]) -> dict[str, Point]:
    """Return where each of `ids` stands, in pixels at scale 1, y downwards; who asks (ring 0) in the middle."""
    ring = dict(zip(ids, rings, strict=True))
    children = _tree(ids, ring, pairs)
    turns: dict[str, float] = {}
    leaves = [actor for actor in ids if not children[actor]]
    for root in (actor for actor in ids if ring[actor] == min(rings, default=0)):
        _turn(root, children, turns, len(leaves))
    last = max(rings, default=0)
    rim = max(last * STEP, len(leaves) * cell(len(ids))[0] * SHARE / (2 * pi))
    away = {actor: ring[actor] if children[actor] or not ring[actor] else last for actor in ids}
    return {actor: _spot(turns[actor], rim * away[actor] / max(last, 1)) for actor in ids}


def _tree(ids: Sequence[str], ring: dict[str, int], pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Return who is reached by way of each, in order: the first of those one ring nearer that it has a tie with."""
    order = {actor: n for n, actor in enumerate(ids)}
    nearer: dict[str, str] = {}
    for a, b in pairs:
        for one, other in ((a, b), (b, a)):
            if ring[one] + 1 == ring[other] and order[one] < order.get(nearer.get(other, ""), len(order)):
                nearer[other] = one
    children: dict[str, list[str]] = {actor: [] for actor in ids}
    for actor in ids:
        if actor in nearer:
            children[nearer[actor]].append(actor)
    return children


def _turn(actor: str, children: dict[str, list[str]], turns: dict[str, float], leaves: int) -> float:
    """Set which way (0–1, a whole turn) an actor and those beyond it stand; return that of the actor."""
    if actor not in turns:
        taken = sum(1 for other in turns if not children[other])
        beyond = [_turn(child, children, turns, leaves) for child in children[actor]]
        turns[actor] = sum(beyond) / len(beyond) if beyond else taken / max(leaves, 1)
    return turns[actor]


def _spot(turn: float, away: float) -> Point:
    angle = 2 * pi * (turn - 0.25) + 0.4  # slanting: names beside each other, not over each other
    return round(away * cos(angle) * WIDE), round(away * sin(angle))
