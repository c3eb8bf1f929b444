"""Ways through the index as paths that can be told: each step with its tie, and the tie with its sources."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from itertools import pairwise

import numpy as np

from graph import chance
from graph.answers_helping import Path, Step
from graph.index.asked import Asked
from graph.index.bidirectional import Way
from graph.model import Card
from graph.questions.caching import CachedView

KNOWN = 0.9  # the tie of an asker that is no actor with whom it says it knows: stated, as strong as can be


class Explainer:
    """Makes paths of ways. Ways over actors or ties that are gone since the index was made cannot be told."""

    def __init__(
        self, told: CachedView, asked: Asked, day: date, ways: Collection[Way], also: Iterable[int] = ()
    ) -> None:
        """Look up all that these ways need, at once, and the cards of `also` these places."""
        on_ways = {place for way in ways for place in way.places if place >= 0}
        places = np.array(sorted(on_ways.union(also)), np.int64)
        ns = dict(zip(places.tolist(), asked.index.ns[places].tolist(), strict=True))
        cards = told.cards(ns.values())
        self.cards = {place: cards.get(n) for place, n in ns.items()}
        self._openness = dict(zip(ns, asked.openness(places).tolist(), strict=True))
        few = dict(zip(ns, (asked.index.ptr[places + 1] - asked.index.ptr[places]).tolist(), strict=True))
        fewer_first = {pair: min(pair, pair[::-1], key=lambda it: (few[it[0]], it)) for pair in _pairs(ways)}
        pairs = {pair: (ns[one], ns[other]) for pair, (one, other) in fewer_first.items()}
        ties = told.ties(set(pairs.values()), day, cards)
        self._ties = {pair: ties.get(key) for pair, key in pairs.items()}

    def card(self, place: int) -> Card | None:
        """Return the card of an actor on one of the ways, if it is still there."""
        return self.cards.get(place)

    def path(self, way: Way) -> Path | None:
        """Return the way as a path; None if it cannot be told any more."""
        steps = [self._step(way.places, at) for at in range(len(way.places) - 1)]
        told = [step for step in steps if step is not None]
        if len(told) < len(steps):
            return None
        weakest = min(range(len(told)), key=lambda at: (told[at].likely, at))
        return Path(chance.rounded(way.chance), weakest, tuple(told))

    def _step(self, places: Sequence[int], at: int) -> Step | None:
        start, end = places[at], places[at + 1]
        card, tie = self.card(end), self._ties.get((start, end))
        if card is None or (start >= 0 and tie is None):
            return None
        openness = self._openness[end] if at + 2 < len(places) else None
        return Step(self.card(start), card, tie, tie.chance if tie else KNOWN, openness)


def _pairs(ways: Iterable[Way]) -> set[tuple[int, int]]:
    """Return the steps between actors on these ways."""
    return {pair for way in ways for pair in pairwise(way.places) if pair[0] >= 0}
