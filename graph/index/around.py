"""Those who stand around an actor: the best of them by chance, and how many there are.

The best are found by a search that looks no further down than it must, nor at more ties of one actor than may matter:
many ties of a hub are worth the same, and stand in order of id. Everybody within reach is counted without chances, by
a mark for each.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph import chance
from graph.index.arrays import Flags, Longs, TieIndex, gather
from graph.index.asked import Asked
from graph.index.reaching import EQUAL, Reach, start
from graph.index.scratch import Scratch, scratch
from graph.vocabulary import vocabulary

SMALL = 4_000  # arcs of a step up to which it is taken whole
PLENTY = 2  # how many more are reached at first than are wanted
BUDGET = 20_000_000  # arcs that are looked at to count
BEGIN = 255  # marks where one begins


class Around(NamedTuple):
    """Who stands around: places, best chance first, then by id; the chance, the steps, and who comes last before each.

    `within`: how many match in all, `exact` or at least.
    """

    places: Longs
    chances: list[float]
    steps: Longs
    before: Longs
    within: int
    exact: bool


def around(asked: Asked, place: int, steps: int, limit: int, kinds: Sequence[str] = ()) -> Around:
    """Return the best within some steps of an actor, of these kinds if there are any, and how many there are."""
    wanted = _of_kinds(asked.index, kinds)
    with scratch(asked.index) as lent:
        best = _Best(asked, lent, place, steps, limit, wanted)
        found = best.found()
        number, before = best.reach.arrivals(found)
        chances = [chance.rounded(value) for value in best.reach.best(found).tolist()]
        best.reach.wipe()
    within, exact = (best.matching, True) if best.whole else _count(asked, place, steps, wanted)
    return Around(found, chances, number, before, max(within, best.matching), exact and not best.reach.spent)


def _of_kinds(index: TieIndex, kinds: Sequence[str]) -> Flags | None:
    """Return which actors are of these kinds; None: any will do."""
    if not kinds:
        return None
    return np.isin(index.kind, [number for number, kind in enumerate(vocabulary().words["kind"]) if kind in kinds])


class _Best:
    """A search for the best, further down and wider until they are sure."""

    def __init__(self, asked: Asked, lent: Scratch, place: int, steps: int, limit: int, wanted: Flags | None) -> None:
        self._scratch, self._start, self._steps, self._limit, self._wanted = lent, [start(place)], steps, limit, wanted
        share = max(np.count_nonzero(wanted) / asked.index.size, 0.001) if wanted is not None else 1.0
        self._enough = int(PLENTY * limit / share)
        self._asked = replace(asked, each=self._enough if asked.clock.in_order else 0)
        self.matching = 0
        self.reach = Reach(asked, lent, self._start, 0.0).probe(SMALL, steps)

    @property
    def whole(self) -> bool:
        """Whether everybody within reach was reached."""
        return not (self.reach.pruned or self.reach.spent or self.reach.cuts)

    def found(self) -> Longs:
        """Return the places of the best, in order."""
        while True:
            best = self._ranked()
            least = float(self.reach.best(best[-1:])[0]) if len(best) == self._limit else 0.0
            deep = not self.reach.pruned or (self.reach.floor > 0 and least * (1 - 2 * EQUAL) >= self.reach.floor)
            if self.reach.spent or (deep and self._wide(least, best.tolist())):
                return best
            if deep:
                self._look(self.reach.floor, 0)
            else:
                self._look(self._lower(least), self._asked.each)

    def _look(self, floor: float, each: int) -> None:
        self.reach.wipe()
        self._asked = replace(self._asked, each=each)
        self.reach = Reach(self._asked, self._scratch, self._start, floor).go(self._steps)

    def _lower(self, least: float) -> float:
        """Return how far down to look next: not below what is known to be sure."""
        if self.reach.floor > 0 and least:
            return least * (1 - 4 * EQUAL)
        return self.reach.lower(self._enough)

    def _ranked(self) -> Longs:
        """Return the places of the best that are reached, in order; those worth the same as the last as few as will do."""
        places = self.reach.everybody()
        if self._wanted is not None:
            places = places[self._wanted[places]]
        self.matching = len(places)
        chances = self.reach.best(places)
        if len(places) > self._limit:
            least = np.partition(chances, len(places) - self._limit)[len(places) - self._limit]
            last = np.flatnonzero((chances >= least * (1 - 2 * EQUAL)) & (chances <= least * (1 + 2 * EQUAL)))
            if len(last) > self._limit and (chances[last] == least).all():
                last = last[np.argpartition(places[last], self._limit)[: self._limit]]
            kept = np.append(np.flatnonzero(chances > least * (1 + 2 * EQUAL)), last)
            places, chances = places[kept], chances[kept]
        rounded = np.array([-chance.rounded(value) for value in chances.tolist()], np.float64)
        best: Longs = places[np.lexsort((places, rounded))][: self._limit]
        return best

    def _wide(self, least: float, best: list[int]) -> bool:
        """Return whether all that was cut off comes behind the last of the best, or there was nothing."""
        for worth, ends in self.reach.cuts:
            if not least or not ((worth * (1 + 2 * EQUAL) < least) | ((worth == least) & (ends >= best[-1]))).all():
                return False
        return True


def _count(asked: Asked, place: int, steps: int, wanted: Flags | None) -> tuple[int, bool]:
    """Return how many stand within some steps, and whether that is all."""
    index, looked = asked.index, 0
    step_of = np.zeros(index.size, np.uint8)
    last = np.array([place])
    for step in range(1, steps + 1):
        looked += int((index.ptr[last + 1] - index.ptr[last]).sum())
        if looked > BUDGET:
            break
        reached = _walked(asked, gather(index.ptr, last)[0])
        if step < steps:
            step_of[place] = BEGIN
            step_of[reached[step_of[reached] == 0]] = step
            last = np.flatnonzero(step_of == step)
            last = last[asked.openness(last) > 0]
        else:
            step_of[reached] = step
    step_of[place] = 0
    there = step_of > 0 if wanted is None else (step_of > 0) & wanted
    return int(np.count_nonzero(there)), looked <= BUDGET


def _walked(asked: Asked, arcs: Longs) -> NDArray[np.integer]:
    """Return the other ends of arcs that are worth something on the day."""
    worth = asked.clock.chance
    kept = arcs if worth.all() else arcs[worth[asked.index.sort[arcs]] > 0]
    return asked.index.other.take(kept)
