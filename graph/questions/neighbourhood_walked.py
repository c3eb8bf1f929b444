"""Who stands around an actor, from the store alone: where there is no index to look it up in."""

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from pydantic_core import from_json

from graph import chance
from graph.answers import Neighbour, Neighbourhood
from graph.model import Card, Count, Tie
from graph.questions.neighbourhood_ask import NeighbourhoodAsk
from graph.stored import Arc, Wanted
from graph.view import View
from graph.vocabulary import vocabulary

PAGE = 64  # ties read at once at each actor of a ring, at first
MOST = 8_192  # and at most
BUDGET = 60_000  # ties looked at before the search stops and says so
FEW = 1_000  # actors of which all ties are checked
TRIES = 20  # walks, each with the chances that the one before had wrong; one is enough unless datasets contradict

_Told: TypeAlias = dict[tuple[int, str, int, str], Tie]


def walk(view: View, wanted: NeighbourhoodAsk) -> Neighbourhood:
    """Return who stands around an actor, from the store alone."""
    corrected: dict[tuple[int, int], float] = {}
    for _ in range(TRIES):
        walked = _Walk(view, wanted, corrected)
        for _ in range(wanted.depth):
            walked.ring()
        best = walked.best()
        told = view.ties(view.arcs_among(walked.on_paths(best)), wanted.day)
        if not (wrong := walked.wrong(told)):
            break
        corrected |= wrong
    shown = {wanted.centre.n, *(n for n, _ in best)}
    among = (tie for (source, _, target, _), tie in told.items() if source in shown and target in shown)
    return wanted.answer(view.revision, tuple(walked.neighbours(best)), among, walked.more(len(best)))


@dataclass(frozen=True, slots=True)
class _Reach:
    """How an actor is reached: with what chance, in how many steps, over whom, and how that one was reached."""

    chance: float
    steps: int
    via: int
    before: "_Reach | None"

    def connectors(self) -> Iterator[int]:
        """Yield the actors between, last first, and where the path starts."""
        yield self.via
        if self.before:
            yield from self.before.connectors()


@dataclass(slots=True)
class _Walk:
    """A search outward, ring by ring, that reads only the ties that may still matter.

    What datasets say of one tie may stand on different pages, or one of them beyond what is read. So the chances of
    the ties on the best paths are checked in the end (`wrong`), and those that were `corrected` are given to a new walk.
    """

    view: View
    wanted: NeighbourhoodAsk
    corrected: dict[tuple[int, int], float]
    used: dict[tuple[int, int], float] = field(default_factory=dict)
    before: dict[int, _Reach] = field(default_factory=dict)
    reached: dict[int, _Reach] = field(default_factory=dict)
    cards: dict[int, Card] = field(default_factory=dict)
    frontier: dict[int, float] = field(default_factory=dict)
    steps: int = 0
    looked: int = 0
    cut: bool = False

    def ring(self) -> None:
        """Go one step further from the actors that the last step reached, or reached better."""
        self.steps += 1
        starts = self.frontier if self.steps > 1 else {self.wanted.centre.n: 1.0}
        self.frontier = {}
        self.before = dict(self.reached)
        offsets = dict.fromkeys(sorted(starts, key=lambda n: (-starts[n], n)), 0)
        page = max(PAGE, self.wanted.limit + PAGE) if self.steps == 1 else PAGE
        while offsets and self.looked < BUDGET:
            offsets = self._page(starts, offsets, page)
            page = min(4 * page, MOST)  # a hub of equal ties is read in few questions to the store
        self.cut = self.cut or bool(offsets)
        fresh = [n for n, reach in self.reached.items() if self.before.get(n) != reach]
        self._open(fresh)

    def _page(self, starts: dict[int, float], offsets: dict[int, int], page: int) -> dict[int, int]:
        """Read a page of ties at each start; return where to read on."""
        floor = self._floor()
        wanted = [Wanted(n, floor / starts[n], offset) for n, offset in offsets.items() if starts[n] > floor]
        self.cut = self.cut or len(wanted) < len(offsets)
        found: dict[int, list[Arc]] = defaultdict(list)
        for arc in self.view.arcs(wanted, page, self.wanted.tie_kinds):
            found[arc.at].append(arc)
        for n, arcs in found.items():
            self.looked += len(arcs)
            self._relax(n, starts[n], arcs)
        floor = self._floor()
        on = {want.n: want.offset + page for want in wanted if len(found[want.n]) == page}
        further = {n: at for n, at in on.items() if found[n][-1].bound * starts[n] >= floor}
        self.cut = self.cut or len(further) < len(on) or floor > 0
        return further

    def _relax(self, n: int, value: float, arcs: Sequence[Arc]) -> None:
        for other, tie_chance in self._chances(arcs):
            tie_chance = self.corrected.get((n, other), tie_chance)
            self.used[n, other] = max(tie_chance, self.used.get((n, other), 0.0))
            reach = _Reach(value * tie_chance, self.steps, n, self.before.get(n))
            known = self.reached.get(other)
            if other != self.wanted.centre.n and reach.chance > 0 and (known is None or reach.chance > known.chance):
                self.reached[other] = reach

    def _chances(self, arcs: Sequence[Arc]) -> Iterator[tuple[int, float]]:
        """Yield (other end, chance) of each tie; those that several datasets state are folded first."""
        records: dict[tuple[int, str, str, bool], list[Arc]] = defaultdict(list)
        for arc in arcs:
            symmetric = vocabulary().tie_kinds[arc.kind].symmetric
            records[arc.other, arc.kind, arc.ref, arc.out or symmetric].append(arc)
        folded = self.view.ties([arc for same in records.values() if len(same) > 1 for arc in same], self.wanted.day)
        by_ends = {(ends[0], ends[2], ends[1], ends[3]): tie.chance for ends, tie in folded.items()}
        for (other, kind, ref, _), same in records.items():
            if len(same) == 1:
                yield other, _chance(same[0], self.wanted.day)
            else:
                at = same[0].at
                yield other, max(by_ends.get((at, other, kind, ref), 0.0), by_ends.get((other, at, kind, ref), 0.0))

    def _floor(self) -> float:
        """Return the chance that an actor must better to be among those shown: that of the last of them."""
        matching = self._matching(self.reached)
        if len(matching) <= self.wanted.limit:
            return 0.0
        return heapq.nlargest(self.wanted.limit, (self.reached[n].chance for n in matching))[-1] * (1 - 1e-9)

    def _matching(self, ns: Iterable[int]) -> list[int]:
        self._fetch(ns)
        return [n for n in ns if n in self.cards and (not self.wanted.kinds or self.cards[n].kind in self.wanted.kinds)]

    def _fetch(self, ns: Iterable[int]) -> None:
        missing = [n for n in ns if n not in self.cards]
        if missing:
            self.cards.update(self.view.cards(missing))

    def _open(self, fresh: Sequence[int]) -> None:
        """Make the actors newly reached the next ring's starts, as far as they connect."""
        self._fetch(fresh)
        for n in fresh:
            card = self.cards.get(n)
            if card and chance.connects(card._asdict(), self.wanted.day):
                self.frontier[n] = self.reached[n].chance * chance.openness(card.contacts)

    # -- what came of it

    def best(self) -> list[tuple[int, _Reach]]:
        """Return the best actors reached, at most `limit`, best first."""
        ranked = [
            (-chance.rounded(self.reached[n].chance), self.cards[n].id, n) for n in self._matching(list(self.reached))
        ]
        return [(n, self.reached[n]) for _, _, n in heapq.nsmallest(self.wanted.limit, ranked)]

    def on_paths(self, best: Sequence[tuple[int, _Reach]]) -> list[int]:
        """Return the best actors and those on the paths to them, the centre included; all reached, if they are few."""
        if len(self.reached) < FEW:
            return sorted({self.wanted.centre.n, *self.reached})
        between = {connector for _, reach in best for connector in reach.connectors()}
        return sorted({self.wanted.centre.n, *between, *(n for n, _ in best)})

    def wrong(self, told: _Told) -> dict[tuple[int, int], float]:
        """Return the chances of those of the walked ties that are others, now that all is told of them."""
        right: dict[tuple[int, int], float] = {}
        for (source, kind, target, _), tie in told.items():
            for pair in ((source, target), (target, source)):
                walkable = tie.chance if not self.wanted.tie_kinds or kind in self.wanted.tie_kinds else 0.0
                right[pair] = max(walkable, right.get(pair, 0.0))
        return {pair: value for pair, value in right.items() if self.used.get(pair, value) != value}

    def neighbours(self, best: Sequence[tuple[int, _Reach]]) -> Iterator[Neighbour]:
        """Yield the best as an answer shows them."""
        self.cards[self.wanted.centre.n] = self.wanted.centre
        for n, reach in best:
            yield Neighbour(self.cards[n], reach.steps, chance.rounded(reach.chance), self.cards[reach.via].id)

    def more(self, shown: int) -> Count:
        """Return how many others stand within reach: exactly if nothing was left unread or unchecked, else at least."""
        found = len(self._matching(list(self.reached))) - shown
        if not self.cut and (len(self.reached) < FEW or self.view.says_ties_once()):
            return Count(found)
        whole_ring = not self.wanted.kinds and not self.wanted.tie_kinds
        least = max(found, self.wanted.centre.contacts - shown) if whole_ring else found
        return Count(least, exact=whole_ring and self.steps == 1 and self.view.says_ties_once())


def _chance(arc: Arc, day: date) -> float:
    said = from_json(arc.body)
    return chance.of_tie(
        arc.kind, said.get("status", "current"), said.get("basis", "stated"), said.get("since"), said.get("until"), day
    )
