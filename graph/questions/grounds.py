"""The grounds on which helpers are told: their offers and what they gave before, looked up for many at once."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

import numpy as np

from graph.answers import Reason
from graph.index.arrays import Longs
from graph.index.claims import matches
from graph.index.files import Index
from graph.index.likeness import likes
from graph.model import Card
from graph.questions.askers import Who
from graph.questions.fitting import Need, Record, reasons
from graph.view import View
from graph.vocabulary import vocabulary


class Grounds:
    """Why helpers fit, looked up for many at once."""

    def __init__(self, view: View, index: Index, who: Who, need: Need, cards: Mapping[int, Card]) -> None:
        """Look up the offers of these actors (cards by place), and whom they helped before."""
        self._index, self._need, self._cards = index, need, cards
        by_number = {card.n: card for card in cards.values()}
        self._offers = view.offers(by_number, by_number)
        self._matches = matches(need.help)
        self._helped = _helped(index, who, np.array(sorted(cards), np.int64), need.day)

    def fits(self, place: int) -> tuple[Reason, ...]:
        """Return why an actor fits or not."""
        card = self._cards[place]
        return reasons(card, self._offers.get(card.n, ()), self._records(place), self._need)

    def _records(self, place: int) -> Iterator[Record]:
        """Yield what a helper gave others: the asker itself says nothing."""
        for help, count in self._index.helping.track(place, self._need.day):
            if self._matches[help] > 0:
                own, alike = self._helped.get((place, help), [0, 0])
                yield Record(tuple(vocabulary().helps)[help], count - own, alike)


def ways_in(view: View, cards: Collection[Card]) -> dict[int, tuple[str, ...]]:
    """Return the public ways to turn to actors of this view, by number: their desks and websites."""
    told = view.fields(cards)
    return {card.n: _way_in(told.get(card.n, {})) for card in cards}


def _helped(index: Index, who: Who, helpers: Longs, day: date) -> dict[tuple[int, int], list[int]]:
    """Return, per helper and help it gave by the day: whether the asker was given it, and to how many that are like it."""
    helper, help, receiver = index.helping.received(index.ties, helpers, day)
    own = receiver == who.place
    alike = likes(index.likeness, index.ties, who.things, helper, receiver) & ~own
    many = len(vocabulary().helps)
    pairs, at = np.unique(helper * many + help, return_inverse=True)
    counts = (np.bincount(at, which, len(pairs)).astype(np.int64).tolist() for which in (own, alike))
    return {divmod(pair, many): count for pair, *count in zip(pairs.tolist(), *counts, strict=True)}


def _way_in(told: Mapping[str, Any]) -> tuple[str, ...]:
    desks = [" ".join(str(part) for part in desk.values() if part) for desk in told.get("contacts") or ()]
    return (*desks, *(told.get("websites") or ()))
