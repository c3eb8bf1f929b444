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
        self._lent = lent
        self.chances = np.zeros(len(wanted.places))
        self.ways: dict[int, Way] = {}
        self.settled = wanted.fits <= 0
        self.reach: Reach | None = None
        self.looked = 0

    def found(self) -> Nearest:
        """Look until it is safe."""
        floor, complete = 1.0, True
        self._whole = False
        while True:
            self._look(floor)
            left = self._left(floor)
            if not len(left):
                self._whole = bool(self.settled.all())
                break
            if len(left) <= FEW:
                complete = self._settle(left)
                self._whole = len(left) == int(np.count_nonzero(~self.settled))
                break
            if self.looked > BUDGET or (self.reach and self.reach.spent):
                complete = False
                break
            floor = self._lower(floor, left)
        known, others = (self._best(group) for group in (self.wanted.known, ~self.wanted.known))
        return Nearest(known, others, complete, self.chances > 0, complete and self._whole)

    def _look(self, floor: float) -> None:
        """Reach everybody down to the floor."""
        if self.reach:
            self._wipe()
            own = self.reach.sheet
        else:
            own = self._lent.enter_context(sheet(self.asked.index))
            self._lent.callback(self._wipe)
        self.reach = Reach(self.asked, own, self.starts, floor).go(self.max_steps)
        self.looked += self.reach.looked
        self.chances = self.reach.best(self.wanted.places).copy()
        self.settled = (self.wanted.fits <= 0) | (self.chances > 0) | (not self.reach.pruned and not self.reach.spent)

    def _wipe(self) -> None:
        if self.reach:
            self.reach.wipe()

    def _left(self, floor: float) -> Longs:
        """Return the positions of those that are not reached yet and might still be among the best."""
        open_ = ~self.settled
        for group in (self.wanted.known, ~self.wanted.known):
            least = self._least(group)
            safe = group & (self.wanted.fits * floor < least * (1 - EQUAL))
            open_ &= ~safe
        return np.flatnonzero(open_)

    def _lower(self, floor: float, left: Longs) -> float:
        """Return a floor that may make those left safe: as few are found yet, one that brings enough; else the exact one."""
        assert self.reach is not None  # noqa: S101 - something was left because it was looked at
        least = [self._least(group) for group in (self.wanted.known, ~self.wanted.known) if group[left].any()]
        if min(least) > 0:
            return min(least) / float(self.wanted.fits[left].max()) * (1 - 2 * EQUAL)
        density = len(self.wanted.places) / self.asked.index.size
        return min(self.reach.lower(int(PLENTY * self.wanted.limit / density)), floor)

    def _least(self, group: Flags) -> float:
        """Return the score that a newcomer must reach to be among the best; 0 if they are too few."""
        scores = (self.chances * self.wanted.fits)[group]
        scores = scores[scores > 0]
        if len(scores) < self.wanted.limit:
            return 0.0
        return float(np.partition(scores, len(scores) - self.wanted.limit)[len(scores) - self.wanted.limit])

    def _settle(self, left: Longs) -> bool:
        """Look for these from their own end, those that fit best first; return whether that could be done in full."""
        meeting = Meeting(self.asked, self.starts, self.max_steps, self._lent)
        for at in left[np.argsort(-self.wanted.fits[left], kind="stable")].tolist():
            group = self.wanted.known if self.wanted.known[at] else ~self.wanted.known
            least = self._least(group) / float(self.wanted.fits[at]) * (1 - 2 * EQUAL)
            way = meeting.best(int(self.wanted.places[at]), least) if least < 1 else None
            if way:
                self.chances[at], self.ways[at] = way.chance, way
        return not meeting.spent

    def _best(self, group: Flags) -> list[Best]:
        """Return the best of a group, in order."""
        scores = self.chances * self.wanted.fits
        at = np.flatnonzero(group & (scores > 0))
        if len(at) > self.wanted.limit:
            at = at[scores[at] >= self._least(group) * (1 - EQUAL)]
        ranked = sorted((-chance.rounded(float(scores[one])), one) for one in at.tolist())
        best = [(int(self.wanted.places[one]), self._way(one), -score) for score, one in ranked[: self.wanted.limit]]
        return [Best(place, way, score, self._others(way)) for place, way, score in best]

    def _way(self, at: int) -> Way:
        if at in self.ways:
            return self.ways[at]
        assert self.reach is not None  # noqa: S101 - only what was reached has a score
        return Way(float(self.chances[at]), tuple(self.reach.path(int(self.wanted.places[at]))))

    def _others(self, way: Way) -> list[Way]:
        """Return other ways to the end of `way`, best first, each sharing no connector with one before.

        Ways over those who know that end, and whom the search reached; the best such way of each is looked at.
        """
        assert self.reach is not None  # noqa: S101 - there is a way because it was looked for
        asked, end = self.asked, way.places[-1]
        arcs = asked.index.arcs(end)
        before = asked.index.other[arcs].astype(np.int64)
        worth = self.reach.best(before) * asked.openness(before) * asked.clock.chance[asked.index.sort[arcs]]
        worth[before == way.places[0]] = 0.0
        found, taken = list[Way](), set(way.places)
        for at in np.argsort(-worth, kind="stable")[:TRIES].tolist():
            if worth[at] <= 0 or len(found) == OTHERS:
                break
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
