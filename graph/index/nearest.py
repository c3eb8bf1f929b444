"""Those of some actors that come out best: by the chance of a path to them times how well they fit.

Exact: looked further down until nobody that is left could still come among the best. Few that are left are looked for
from their own end instead (`graph.index.bidirectional`).
"""

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

import numpy as np

from graph import chance
from graph.index.arrays import Flags, Floats, Longs, gather
from graph.index.asked import Asked
from graph.index.bidirectional import NOWHERE, BidirectionalSearch, Way
from graph.index.lookahead import Lookahead
from graph.index.reaching import EQUAL, Layer, Reach
from graph.index.scratch import scratch
from graph.numbers import positions

FEW = 16  # actors that are looked for from their own end
OTHERS = 2  # other ways in that are told of each
TRIES = 50  # of those who know it are looked at for another way
BUDGET = 1_500_000  # arcs looked at in all
NEAR = 400_000  # arcs that are sooner looked at than a few actors are looked for from their own end
PROBE = 1_000  # arcs up to which steps are taken in full, to find out how far down to look
PLENTY = 1.5  # how many more are reached at first than would do if helpers stood everywhere
STEEP = 0.6  # how much lower is looked at first where helpers hardly fit alike: the best are seldom the nearest


class Best(NamedTuple):
    """An actor that came out: its place, the best way to it, its score, and other ways in."""

    place: int
    way: Way
    score: float
    others: list[Way]


@dataclass(frozen=True)
class Wanted:
    """Who may come out: places in order, how each fits (0–1), who stands apart (`known`), and how many of both.

    `ahead` is what lies ahead on the way to these places, if that was looked at.
    """

    places: Longs
    fits: Floats
    known: Flags
    limit: int
    ahead: Lookahead | None = None


class Nearest(NamedTuple):
    """What came out: the best of the known and of the others, whether that is exact, and who was reached at all.

    `whole` says that the search ended because nobody else can be reached.
    """

    known: list[Best]
    others: list[Best]
    complete: bool
    reached: Flags
    whole: bool


def nearest(asked: Asked, starts: Sequence[Layer], wanted: Wanted, max_steps: int) -> Nearest:
    """Return the best of `wanted`; equal scores in order of place (that is, of id)."""
    with ExitStack() as lent:
        return _Nearest(asked, starts, wanted, max_steps, lent).found()


class _Nearest:
    """One search: looks down step by step, and settles the last few one by one."""

    def __init__(self, asked: Asked, starts: Sequence[Layer], wanted: Wanted, max_steps: int, lent: ExitStack) -> None:
        self.starts, self.wanted, self.max_steps = list(starts), wanted, max_steps
        self.asked = asked
        self._own = lent.enter_context(scratch(asked.index))
        self._lent = lent
        self._known = positions(wanted.known)
        self._fits_of_others = np.where(wanted.known, 0.0, wanted.fits)
        self.chances = np.zeros(len(wanted.places))
        self.least = dict[bool, float]()  # the score that a newcomer to those who are known, or not, must reach; 0: any
        self.ways: dict[int, Way] = {}
        self.looked = 0
        lent.callback(self._wipe)
        self.reach = Reach(asked, self._own, self.starts, 0.0).go(1).probe(PROBE, max_steps)
        self._begun = self.reach.layers  # steps that were taken in full, from which each look goes on

    def found(self) -> Nearest:
        """Search, and tell who came out."""
        complete, whole = self._search()
        known, others = self._best(known=True), self._best(known=False)
        ways = self._ways([at for at, _ in (*known, *others)])
        further = self._others(ways)
        best = [
            Best(way.places[-1], way, score, more)
            for (_, score), way, more in zip((*known, *others), ways, further, strict=True)
        ]
        return Nearest(best[: len(known)], best[len(known) :], complete, self.chances > 0, whole)

    def _search(self) -> tuple[bool, bool]:
        """Look until it is safe; return whether that is exact, and whether it ended because nobody else can be reached."""
        self._look(min(self._guess(), 1.0))
        while len(left := self._left()):
            floor = min(self._safe(left) or self._guess(), self.reach.floor)
            spent = self.looked > BUDGET or self.reach.spent
            if len(left) <= FEW and (spent or self.reach.beyond(floor) > NEAR):
                complete = self._settle(left)
                return complete, complete and not (self.least[True] or self.least[False])  # else some were let go
            if spent:
                return False, False
            self._look(floor)
        return True, not self.reach.pruned and not self.reach.spent

    def _look(self, floor: float) -> None:
        """Reach everybody down to the floor."""
        self._wipe()
        self.reach = Reach(self.asked, self._own, self._begun, floor, ahead=self.wanted.ahead).go(self.max_steps)
        self.looked += self.reach.looked
        self.chances = self.reach.best(self.wanted.places)
        if self.reach.pruned:
            self.chances[self.chances < floor] = 0.0  # a better way to these may have been left out
        self.least = {known: self._least(known=known) for known in (True, False)}

    def _wipe(self) -> None:
        self.reach.wipe()

    def _left(self) -> Longs:
        """Return the positions of those that are not reached and might still be among the best."""
        if not self.reach.pruned and not self.reach.spent:
            return NOWHERE
        floor = self.reach.floor
        least = self.least[False] * (1 - EQUAL)
        others = positions(self._fits_of_others * floor >= least if least else self._fits_of_others > 0)
        least, fits = self.least[True] * (1 - EQUAL), self.wanted.fits[self._known]
        known = self._known[fits * floor >= least if least else fits > 0]
        left: Longs = np.concatenate([others, known])
        left = left[self.chances[left] == 0]
        return left

    def _safe(self, left: Longs) -> float:
        """Return the floor under which none of those left can be among the best; 0 if too few are found to tell."""
        known = self.wanted.known[left]
        groups = ((left[known], self.least[True]), (left[~known], self.least[False]))
        floors = [least / float(self.wanted.fits[some].max()) for some, least in groups if len(some)]
        return min(floors) * (1 - 4 * EQUAL)

    def _guess(self) -> float:
        """Return a floor that may bring enough helpers, each counting as far as it fits, if they stood everywhere."""
        fits = self.wanted.fits
        helpers = float(fits.sum()) / float(fits.max(initial=0.0) or 1.0)
        alike = helpers / max(int(np.count_nonzero(fits)), 1)
        floor = self.reach.lower(int(PLENTY * self.wanted.limit * self.asked.index.size / max(helpers, 1.0)))
        return floor * float(STEEP ** (1 - alike))

    def _scores(self, *, known: bool) -> tuple[Longs, Floats]:
        """Return who of a group is reached, and their scores."""
        at = self._known if known else positions(self.chances * self._fits_of_others > 0)
        scores = self.chances[at] * self.wanted.fits[at]
        return at[scores > 0], scores[scores > 0]

    def _least(self, *, known: bool) -> float:
        """Return the score of the last of the best of a group; 0 if they are too few."""
        _, scores = self._scores(known=known)
        if len(scores) < self.wanted.limit:
            return 0.0
        return float(np.partition(scores, -self.wanted.limit)[-self.wanted.limit])

    def _settle(self, left: Longs) -> bool:
        """Look for these from their own end, those that fit best first; return whether that could be done in full."""
        search = BidirectionalSearch(self.asked, self.starts, self.max_steps, self._lent)
        for at in left[np.argsort(-self.wanted.fits[left], kind="stable")].tolist():
            known = bool(self.wanted.known[at])
            least = self.least[known] / float(self.wanted.fits[at]) * (1 - 2 * EQUAL)
            way = search.best(int(self.wanted.places[at]), least) if least < 1 else None
            if way:
                self.chances[at], self.ways[at] = way.chance, way
                self.least[known] = self._least(known=known)
        return not search.spent

    def _best(self, *, known: bool) -> list[tuple[int, float]]:
        """Return the positions of the best of a group, in order, and their scores."""
        at, scores = self._scores(known=known)
        kept = scores >= self.least[known] * (1 - EQUAL)
        ranked = sorted(
            (-chance.rounded(score), one) for one, score in zip(at[kept].tolist(), scores[kept].tolist(), strict=True)
        )
        return [(one, -less) for less, one in ranked[: self.wanted.limit]]

    def _ways(self, ranked: Sequence[int]) -> list[Way]:
        """Return the best ways to those at these positions."""
        reached = np.array([one for one in ranked if one not in self.ways], np.int64)
        paths = self.reach.paths(self.wanted.places[reached])
        self.ways.update(zip(reached.tolist(), map(Way, self.chances[reached].tolist(), paths), strict=True))
        return [self.ways[one] for one in ranked]

    def _others(self, ways: Sequence[Way]) -> list[list[Way]]:
        """Return other ways to the end of each way, best first, each sharing no connector with one before.

        Ways over those who know that end, and whom the search reached; the best such way of each is looked at.
        """
        asked = self.asked
        arcs, by = gather(asked.index.ptr, np.array([way.places[-1] for way in ways], np.int64))
        before = asked.index.other[arcs].astype(np.int64)
        best = self.reach.best(before)
        reached = positions((best > 0) & (before != self.starts[0].places[0]))
        before, by, sort = before.take(reached), by.take(reached), asked.index.sort.take(arcs.take(reached))
        worth = best.take(reached) * asked.openness(before) * asked.clock.chance.take(sort)
        order = np.lexsort((-worth, by))
        order = order.take(positions(worth.take(order) > 0))
        begins = np.searchsorted(by[order], np.arange(len(ways) + 1))
        order = order[np.arange(len(order)) - begins[by[order]] < TRIES]
        tried = zip(by[order].tolist(), worth[order].tolist(), self.reach.paths(before[order]), strict=True)
        groups = {at: list(some) for at, some in groupby(tried, key=itemgetter(0))}
        return [self._apart(way, groups.get(at, ())) for at, way in enumerate(ways)]

    def _apart(self, way: Way, tried: Iterable[tuple[int, float, tuple[int, ...]]]) -> list[Way]:
        """Return the first of these, a worth and a path to one before the end of `way`, that share no connector with one before."""
        found, taken = list[Way](), set(way.places)
        for _, value, path in tried:
            if len(path) <= self.max_steps and taken.isdisjoint(path[1:]):
                found.append(Way(value, (*path, way.places[-1])))
                taken.update(path)
                if len(found) == OTHERS:
                    break
        return found


def further(search: BidirectionalSearch, way: Way, number: int, faint: float) -> list[Way]:
    """Return up to `number` other ways to the end of `way`, each the best that shares no connector with those before.

    One that is worth less than `faint` times the first is not told.
    """
    ways = [way]
    target = way.places[-1]
    while len(ways) <= number:
        banned = np.array([place for known in ways for place in known.connectors], np.int64)
        direct = all(known.connectors for known in ways)
        other = search.best(target, way.chance * faint, banned if len(banned) else NOWHERE, direct=direct)
        if other is None:
            break
        ways.append(other)
    return ways[1:]
