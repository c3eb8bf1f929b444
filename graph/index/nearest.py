"""Those of some actors that come out best: by the chance of a path to them times how well they fit.

Exact: looked further down until nobody that is left could still come among the best. Few that are left are looked for
from their own end instead (`graph.index.meeting`).
"""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from graph import chance
from graph.index.arrays import Flags, Floats, Longs
from graph.index.meeting import NOWHERE, Meeting, Way
from graph.index.reaching import EQUAL, Asked, Layer, Reach, sheet

FEW = 16  # actors that are looked for from their own end
OTHERS = 2  # other ways in that are told of each
TRIES = 50  # of those who know it are looked at for another way
BUDGET = 1_500_000  # arcs looked at in all
PROBE = 300  # arcs looked at to find out how far down to look
PLENTY = 1.5  # how many more are reached at first than would do if helpers stood everywhere


class Best(NamedTuple):
    """An actor that came out: its place, the best way to it, its score, and other ways in."""

    place: int
    way: Way
    score: float
    others: list[Way]


@dataclass(frozen=True)
class Wanted:
    """Who may come out: places in order, how each fits (0–1), who stands apart (`known`), and how many of both."""

    places: Longs
    fits: Floats
    known: Flags
    limit: int


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
        self.asked, self.starts, self.wanted, self.max_steps = asked, list(starts), wanted, max_steps
        self._own = lent.enter_context(sheet(asked.index))
        self._lent = lent
        self._known = np.flatnonzero(wanted.known)
        self._fits_of_others = np.where(wanted.known, 0.0, wanted.fits)
        self.chances = np.zeros(len(wanted.places))
        self.ways: dict[int, Way] = {}
        self.looked = 0
        lent.callback(self._wipe)
        self.reach = Reach(asked, self._own, self.starts, 0.0).probe(PROBE)

    def found(self) -> Nearest:
        """Look until it is safe."""
        complete, whole, floor = True, False, self._lower(1.0, 1.0)
        while True:
            self._look(floor)
            left = self._left(floor)
            if not len(left):
                whole = not self.reach.pruned and not self.reach.spent
                break
            if len(left) <= FEW:
                complete = self._settle(left)
                whole = complete and not (self._least(known=True) or self._least(known=False))  # else some were let go
                break
            if self.looked > BUDGET or self.reach.spent:
                complete = False
                break
            floor = self._lower(floor, float(self.wanted.fits[left].max()))
        known, others = self._best(known=True), self._best(known=False)
        return Nearest(known, others, complete, self.chances > 0, whole)

    def _look(self, floor: float) -> None:
        """Reach everybody down to the floor."""
        self._wipe()
        self.reach = Reach(self.asked, self._own, self.starts, floor).go(self.max_steps)
        self.looked += self.reach.looked
        self.chances = self.reach.best(self.wanted.places)

    def _wipe(self) -> None:
        self.reach.wipe()

    def _left(self, floor: float) -> Longs:
        """Return the positions of those that are not reached and might still be among the best."""
        if not self.reach.pruned and not self.reach.spent:
            return NOWHERE
        least = self._least(known=False) * (1 - EQUAL)
        others = np.flatnonzero(self._fits_of_others * floor >= least if least else self._fits_of_others > 0)
        least, fits = self._least(known=True) * (1 - EQUAL), self.wanted.fits[self._known]
        known = self._known[fits * floor >= least if least else fits > 0]
        left: Longs = np.concatenate([others, known])
        left = left[self.chances[left] == 0]
        return left

    def _lower(self, floor: float, fit: float) -> float:
        """Return a floor that may make it safe: as few are found yet, one that brings enough; else the exact one.

        `fit` is the best of those that are left.
        """
        found = [least for known in (True, False) if (least := self._least(known=known))]
        if len(found) == 2 or (found and not len(self._known)):
            return min(*found, floor * fit) / fit * (1 - 4 * EQUAL)
        density = max(len(self.wanted.places), 1) / self.asked.index.size
        return min(self.reach.lower(int(PLENTY * self.wanted.limit / density)), floor)

    def _scores(self, *, known: bool) -> tuple[Longs, Floats]:
        """Return who of a group is reached, and their scores."""
        at = self._known if known else np.flatnonzero(self.chances * self._fits_of_others)
        scores = self.chances[at] * self.wanted.fits[at]
        return at[scores > 0], scores[scores > 0]

    def _least(self, *, known: bool) -> float:
        """Return the score that a newcomer must reach to be among the best; 0 if they are too few."""
        _, scores = self._scores(known=known)
        if len(scores) < self.wanted.limit:
            return 0.0
        return float(np.partition(scores, len(scores) - self.wanted.limit)[len(scores) - self.wanted.limit])

    def _settle(self, left: Longs) -> bool:
        """Look for these from their own end, those that fit best first; return whether that could be done in full."""
        meeting = Meeting(self.asked, self.starts, self.max_steps, self._lent)
        for at in left[np.argsort(-self.wanted.fits[left], kind="stable")].tolist():
            least = self._least(known=bool(self.wanted.known[at])) / float(self.wanted.fits[at]) * (1 - 2 * EQUAL)
            way = meeting.best(int(self.wanted.places[at]), least) if least < 1 else None
            if way:
                self.chances[at], self.ways[at] = way.chance, way
        return not meeting.spent

    def _best(self, *, known: bool) -> list[Best]:
        """Return the best of a group, in order."""
        at, scores = self._scores(known=known)
        kept = scores >= self._least(known=known) * (1 - EQUAL)
        ranked = sorted(
            (-chance.rounded(score), one) for one, score in zip(at[kept].tolist(), scores[kept].tolist(), strict=True)
        )
        best = [(int(self.wanted.places[one]), self._way(one), -score) for score, one in ranked[: self.wanted.limit]]
        return [Best(place, way, score, self._others(way)) for place, way, score in best]

    def _way(self, at: int) -> Way:
        if at in self.ways:
            return self.ways[at]
        return Way(float(self.chances[at]), tuple(self.reach.path(int(self.wanted.places[at]))))

    def _others(self, way: Way) -> list[Way]:
        """Return other ways to the end of `way`, best first, each sharing no connector with one before.

        Ways over those who know that end, and whom the search reached; the best such way of each is looked at.
        """
        asked, end = self.asked, way.places[-1]
        arcs = asked.index.arcs(end)
        before = asked.index.other[arcs].astype(np.int64)
        worth = self.reach.best(before) * asked.openness(before) * asked.clock.chance[asked.index.sort[arcs]]
        worth[before == way.places[0]] = 0.0
        found, taken = list[Way](), set(way.places)
        for at in np.argsort(-worth, kind="stable")[:TRIES].tolist():
            if worth[at] <= 0 or len(found) == OTHERS:
                break
            if int(before[at]) in taken:
                continue
            places = (*self.reach.path(int(before[at])), end)
            if len(places) - 1 <= self.max_steps and taken.isdisjoint(places[1:-1]):
                found.append(Way(float(worth[at]), places))
                taken.update(places)
        return found


def further(meeting: Meeting, way: Way, number: int, faint: float) -> list[Way]:
    """Return up to `number` other ways to the end of `way`, each the best that shares no connector with those before.

    One that is worth less than `faint` times the first is not told.
    """
    ways = [way]
    target = way.places[-1]
    while len(ways) <= number:
        banned = np.array([place for known in ways for place in known.connectors], np.int64)
        direct = all(known.connectors for known in ways)
        other = meeting.best(target, way.chance * faint, banned if len(banned) else NOWHERE, direct=direct)
        if other is None:
            break
        ways.append(other)
    return ways[1:]
