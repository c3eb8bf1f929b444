"""Those of some actors that come out best: by the chance of a path to them times how well they fit.

Exact: looked further down until nobody that is left could still come among the best. Few that are left are looked for
from their own end instead (`graph.index.bidirectional`).
"""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from graph import chance
from graph.index.alternatives import alternatives
from graph.index.arrays import Flags, Floats, Longs, once
from graph.index.asked import Asked
from graph.index.bidirectional import NOWHERE, BidirectionalSearch, Way
from graph.index.lookahead import Lookahead
from graph.index.reaching import EQUAL, Layer, Reach
from graph.index.scratch import scratch
from graph.numbers import positions

FEW = 16  # actors that are looked for from their own end
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
        self.reached: Flags = np.zeros(len(wanted.places), bool)
        # Of those who are known, and of the others: the positions of who is reached, and their scores.
        self._scored: dict[bool, tuple[Longs, Floats]] = {}
        self.least = dict[bool, float]()  # the score that a newcomer to those who are known, or not, must reach; 0: any
        self.ways: dict[int, Way] = {}
        self.looked = 0
        lent.callback(self._wipe)
        self.reach = Reach(asked, self._own, self.starts, 0.0).go(1).probe(PROBE, max_steps)
        self._begun = self.reach.layers  # steps that were taken in full, from which each look goes on
        self._too_many = self.reach.spent  # whether even these had too many arcs to look at

    def found(self) -> Nearest:
        """Search, and tell who came out."""
        complete, whole = self._search()
        known, others = self._best(known=True), self._best(known=False)
        ways = self._ways([at for at, _ in (*known, *others)])
        further = alternatives(self.reach, ways, self.max_steps)
        best = [
            Best(way.places[-1], way, score, more)
            for (_, score), way, more in zip((*known, *others), ways, further, strict=True)
        ]
        return Nearest(best[: len(known)], best[len(known) :], complete, self.reached, whole)

    def _search(self) -> tuple[bool, bool]:
        """Look until it is safe; return whether that is exact, and whether it ended because nobody else can be reached."""
        self._look(min(self._guess(), 1.0))
        while len(left := self._left()):
            floor = min(self._safe(left) or self._guess(), self.reach.floor)
            spent = self.looked > BUDGET or self._cut_short
            if len(left) <= FEW and (spent or self.reach.beyond(floor) > NEAR):
                complete = self._settle(left) and not self._cut_short
                return complete, complete and not (self.least[True] or self.least[False])  # else some were let go
            if spent:
                return False, False
            self._look(floor)
        return not self._cut_short, not self._pruned and not self._cut_short

    @property
    def _cut_short(self) -> bool:
        """Whether a step had more arcs than are looked at, so that a better way may have been missed to anybody."""
        return self._too_many or self.reach.spent

    def _look(self, floor: float) -> None:
        """Reach everybody down to the floor."""
        self._wipe()
        self.reach = Reach(self.asked, self._own, self._begun, floor, ahead=self.wanted.ahead).go(self.max_steps)
        self.looked += self.reach.looked
        self._pruned = self.reach.pruned
        self._take_down()
        self.least = {known: self._least(known=known) for known in (True, False)}

    def _take_down(self) -> None:
        """Take down who of the wanted is reached, and their scores: of thousands only these are looked at again."""
        wanted = self.wanted
        at = self._of_wanted()
        chances = self.reach.best(wanted.places.take(at))
        # To who is reached with less than the floor a better way may have been left out.
        least = self.reach.floor if self._pruned else 0.0
        sure = positions((chances > 0) & (chances >= least))
        at, chances = at.take(sure), chances.take(sure)
        self.reached = np.zeros(len(wanted.places), bool)
        self.reached[at] = True
        scores = chances * wanted.fits.take(at)
        known = wanted.known.take(at)
        for which in (True, False):
            some = positions((scores > 0) & (known == which))
            self._scored[which] = at.take(some), scores.take(some)

    def _of_wanted(self) -> Longs:
        """Return the positions of the wanted, at least of all that are reached: looked for on the side where there are fewer."""
        layers, places = self.reach.layers[1:], self.wanted.places
        if sum(len(layer.places) for layer in layers) >= len(places):
            return np.arange(len(places))
        there = once(np.concatenate([layer.places for layer in layers]))
        at = np.searchsorted(places, there)
        return at.take(positions(places.take(at, mode="clip") == there))

    def _wipe(self) -> None:
        self.reach.wipe()

    def _left(self) -> Longs:
        """Return the positions of those that are not reached and might still be among the best."""
        if not self._pruned and not self._cut_short:
            return NOWHERE
        floor = self.reach.floor
        fits, known = self.wanted.fits, self._known
        others = _worth(fits, floor, self.least[False])
        others = others.take(positions(~self.wanted.known.take(others)))
        known = known.take(_worth(fits.take(known), floor, self.least[True]))
        left = np.concatenate([others, known])
        return left.take(positions(~self.reached.take(left)))

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

    def _least(self, *, known: bool) -> float:
        """Return the score of the last of the best of a group; 0 if they are too few."""
        _, scores = self._scored[known]
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
                self.ways[at], self.reached[at] = way, True
                found, scores = self._scored[known]
                score = way.chance * self.wanted.fits[at]
                self._scored[known] = np.append(found, at), np.append(scores, score)
                self.least[known] = self._least(known=known)
        return not search.spent

    def _best(self, *, known: bool) -> list[tuple[int, float]]:
        """Return the positions of the best of a group, in order, and their scores."""
        at, scores = self._scored[known]
        kept = scores >= self.least[known] * (1 - EQUAL)
        ranked = sorted(
            (-chance.rounded(score), one) for one, score in zip(at[kept].tolist(), scores[kept].tolist(), strict=True)
        )
        return [(one, -less) for less, one in ranked[: self.wanted.limit]]

    def _ways(self, ranked: Sequence[int]) -> list[Way]:
        """Return the best ways to those at these positions."""
        reached = np.array([one for one in ranked if one not in self.ways], np.int64)
        places = self.wanted.places[reached]
        paths = self.reach.paths(places)
        self.ways.update(zip(reached.tolist(), map(Way, self.reach.best(places).tolist(), paths), strict=True))
        return [self.ways[one] for one in ranked]


def _worth(fits: Floats, floor: float, least: float) -> Longs:
    """Return the positions of those that score at least `least` where the chance is `floor`; if that is 0, of all that fit."""
    return positions(fits * floor >= least * (1 - EQUAL) if least else fits > 0)
