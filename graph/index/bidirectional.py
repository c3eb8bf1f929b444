"""The best path between two actors: reached for from both ends until they meet.

A path that is worth at least `floor` has a last actor that is reached from the start with at least √floor; behind it
the rest is then worth at least √floor too, reached from the end. So both ends look down to √floor only, and every arc
between those whom they reached is looked at.
"""

import math
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from graph import chance
from graph.index.arrays import Floats, Longs, gather
from graph.index.asked import Asked
from graph.index.reaching import EQUAL, Layer, Reach, start
from graph.index.scratch import scratch

NOWHERE = np.zeros(0, np.int64)
ORDER = 1e-14  # what a product may differ by, relatively, when it is multiplied in another order
FLOORS = (0.02, 0.0005, 0.0)  # looked down to, one after the other; 0: to the end


class Way(NamedTuple):
    """A path: its chance, and the places of the actors on it, both ends included (-1: an asker that is no actor)."""

    chance: float
    places: tuple[int, ...]

    @property
    def connectors(self) -> tuple[int, ...]:
        """The actors in the middle."""
        return self.places[1:-1]

    def order(self) -> tuple[float, int, tuple[int, ...]]:
        """Return what paths are compared by: the smallest is the best."""
        return (-chance.rounded(self.chance), len(self.places), self.places)


class BidirectionalSearch:
    """Finds paths from one asker to others; what was reached from the asker is kept for the next."""

    def __init__(self, asked: Asked, starts: Sequence[Layer], max_steps: int, lent: ExitStack) -> None:
        """Start at `starts`: the asker's layer, or one for an asker that is no actor and one with those it knows."""
        self.starts, self.max_steps = starts, max_steps
        self.tie, self._open = cache(self._tie), cache(self._openness)
        self.asked, self._toward = asked, replace(asked, toward=True)
        self._lent = lent
        self._reached: dict[tuple[float, int, bytes], Reach] = {}
        self.spent = False

    def best(self, target: int, least: float = 0.0, banned: Longs = NOWHERE, direct: bool = True) -> Way | None:
        """Return the best path to `target` that is worth at least `least`, not over the `banned`; None: there is none."""
        for floor in (*(floor for floor in FLOORS if floor > least), least):
            way, whole = self._down_to(floor, target, banned, direct)
            if way or whole:
                return way
        return None

    def _down_to(self, floor: float, target: int, banned: Longs, direct: bool) -> tuple[Way | None, bool]:
        """Return the best path worth at least `floor`, and whether nothing was left out."""
        near = self.max_steps // 2 if floor == 0 else self.max_steps - 1
        far = self.max_steps - 1 - near if floor == 0 else self.max_steps - 1
        forward = self._forward(math.sqrt(floor), near, banned if direct else np.append(banned, target))
        with scratch(self.asked.index) as lent:
            not_over = banned if direct or self.starts[0].places[0] < 0 else np.append(banned, self.starts[0].places)
            backward = Reach(self._toward, lent, [start(target)], math.sqrt(floor), not_over).go(far)
            backward.wipe()
        self.spent |= forward.spent or backward.spent
        ways = [way for way in self._joined(forward, backward, floor, direct) if way.chance >= floor * (1 - EQUAL)]
        return min(ways, key=Way.order, default=None), floor == 0

    def _forward(self, floor: float, steps: int, banned: Longs) -> Reach:
        key = (floor, steps, np.sort(banned).tobytes())
        if key not in self._reached:
            own = self._lent.enter_context(scratch(self.asked.index))
            reach = Reach(self.asked, own, list(self.starts), floor, banned).go(max(steps, len(self.starts) - 1))
            self._lent.callback(reach.wipe)
            self._reached[key] = reach
        return self._reached[key]

    def _joined(self, forward: Reach, backward: Reach, floor: float, direct: bool) -> Iterator[Way]:
        """Yield the best ways that an arc between the two reaches makes; nearly always one."""
        target = int(backward.layers[0].places[0])
        if direct and self.starts[0].places[0] < 0 and (known := self.tie(-1, target)):
            yield Way(known, (-1, target))
        joins = [join for join in self._joins(forward, backward, floor, direct) if len(join.worth)]
        best = max((float(join.worth.max()) for join in joins), default=0.0)
        if best > 0:
            ways = [ways for join in joins for ways in join.ways(best * (1 - 4 * EQUAL), forward, backward)]
            first = self._first(ways)
            yield first
            if chance.rounded(first.chance) < chance.rounded(best * (1 + ORDER)):  # another may be a trifle better
                yield from (Way(self.worth(places), tuple(places)) for some in ways for places in some.tolist())

    def _first(self, ways: Sequence[Longs]) -> Way:
        """Return the first of those with the fewest steps; each of `ways` has ways of as many steps, a row each."""
        fewest = min(some.shape[1] for some in ways)
        some = np.concatenate([some for some in ways if some.shape[1] == fewest])
        places = some[np.lexsort(some.T[::-1])[0]].tolist()
        return Way(self.worth(places), tuple(places))

    def _joins(self, forward: Reach, backward: Reach, floor: float, direct: bool) -> Iterator["_Join"]:
        sides = [_Side(backward, self._toward, steps) for steps in range(len(backward.layers))]
        for steps, layer in enumerate(forward.layers):
            left = self.max_steps - steps - 1
            if left >= 0 and len(layer.places) and layer.places[0] >= 0:
                side = sides[min(left, len(sides) - 1)]
                yield self._join(steps, layer, side, floor, direct or steps > 0)

    def _join(self, steps: int, layer: Layer, side: "_Side", floor: float, direct: bool) -> "_Join":
        """Return the arcs from a layer to those who are reached from the other end, with what the whole way is worth."""
        index, clock = self.asked.index, self.asked.clock
        worth = layer.chances if steps == 0 else layer.chances * self.asked.openness(layer.places)
        mine = np.flatnonzero(worth > 0)
        counts = index.ptr[layer.places + 1] - index.ptr[layer.places]
        if int(counts[mine].sum()) <= side.arcs:
            arcs, by = gather(index.ptr, layer.places[mine])
            theirs = side.find(index.other[arcs])
            met = np.flatnonzero(theirs >= 0)
            mine, theirs, sort = mine[by[met]], theirs[met], index.sort[arcs[met]].astype(np.int64)
        else:
            mine, theirs, sort = self._from_there(layer, side)
        value = worth[mine] * clock.chance[sort] * side.worth[theirs]
        good = np.flatnonzero((value > 0) & (value >= floor * (1 - EQUAL)))
        if not direct:
            good = good[side.layer[theirs[good]] > 0]
        theirs = theirs[good]
        return _Join(value[good], steps, mine[good], side.layer[theirs], side.position[theirs])

    def _from_there(self, layer: Layer, side: "_Side") -> tuple[Longs, Longs, Longs]:
        """Return the arcs between a layer and the other side, found from there: (position, its position there, sort)."""
        index = self.asked.index
        arcs, by = gather(index.ptr, side.places)
        order = np.argsort(layer.places)
        at = np.searchsorted(layer.places, index.other[arcs], sorter=order).clip(max=len(order) - 1)
        mine = order[at]
        met = np.flatnonzero(layer.places[mine] == index.other[arcs])
        return mine[met], by[met], index.sort[arcs[met]].astype(np.int64)

    def worth(self, places: Sequence[int]) -> float:
        """Return the chance of a path, multiplied in its order."""
        total = 1.0
        for at, (one, other) in enumerate(pairwise(places)):
            if at and places[at] >= 0:
                total *= self._open(one)
            total *= self.tie(one, other)
        return total

    def _openness(self, place: int) -> float:
        return float(self.asked.openness(np.array([place]))[0])

    def _tie(self, one: int, other: int) -> float:
        """Return the chance of the best tie between two actors."""
        if one < 0:
            known = self.starts[1]
            return float(known.chances[known.places == other].max(initial=0.0))
        index = self.asked.index
        if index.ptr[one + 1] - index.ptr[one] > index.ptr[other + 1] - index.ptr[other]:
            one, other = other, one
        arcs = index.arcs(one)
        sorts = index.sort[arcs][index.other[arcs] == other]
        return float(self.asked.clock.chance[sorts].max(initial=0.0))


class _Join(NamedTuple):
    """Arcs between two reaches: what each whole way is worth, and where its ends stand on both sides."""

    worth: Floats
    near: int
    mine: Longs
    far: Longs
    theirs: Longs

    def ways(self, least: float, forward: Reach, backward: Reach) -> Iterator[Longs]:
        """Yield the places on the ways that are worth as much: those of as many steps together, a row each."""
        good = np.flatnonzero(self.worth >= least)
        for far in np.unique(self.far[good]).tolist():
            at = good[self.far[good] == far]
            near, rest = _back(forward, self.near, self.mine[at]), _back(backward, far, self.theirs[at])
            yield np.stack([*near[::-1], *rest], axis=1)


def _back(reach: Reach, layer: int, at: Longs) -> list[Longs]:
    """Return the places on the paths to these of a layer, step by step from their ends."""
    steps = []
    for one in reach.layers[layer::-1]:
        steps.append(one.places[at])
        at = one.before[at]
    return steps


class _Side:
    """Who is reached from the far end in at most some steps, each with its best label."""

    def __init__(self, reach: Reach, asked: Asked, steps: int) -> None:
        layers = reach.layers[: steps + 1]
        places = np.concatenate([layer.places for layer in layers])
        number = np.repeat(np.arange(len(layers)), [len(layer.places) for layer in layers])
        position = np.concatenate([np.arange(len(layer.places)) for layer in layers])
        order = np.lexsort((number, places))
        last = np.append(places[order][1:] != places[order][:-1], True)
        kept = order[last]  # the label of most steps is the best
        self.places, self.layer, self.position = places[kept], number[kept], position[kept]
        chances = np.concatenate([layer.chances for layer in layers])[kept]
        self.worth = np.where(self.layer == 0, chances, chances * asked.openness(self.places))
        ptr = reach.asked.index.ptr
        self.arcs = int((ptr[self.places + 1] - ptr[self.places]).sum())

    def find(self, places: np.typing.NDArray[np.integer]) -> Longs:
        """Return where these actors stand here; -1 for those that are not."""
        at = np.searchsorted(self.places, places).clip(max=len(self.places) - 1)
        return np.where(self.places[at] == places, at, -1)
