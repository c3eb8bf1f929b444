"""The grounds on which helpers are told: their offers and what they gave before, looked up for many at once."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

import numpy as np

from graph.answers_helping import Reason
from graph.index.claims import matches
from graph.index.files import Index
from graph.index.gifts import alike, gifts
from graph.index.likeness import sought
from graph.model import Card
from graph.questions.askers import Who
from graph.questions.caching import CachedView
from graph.questions.fitting import Given, Need, reasons
from graph.vocabulary import vocabulary


class Grounds:
    """Why helpers fit, looked up for many at once."""

    def __init__(self, told: CachedView, index: Index, who: Who, need: Need, cards: Mapping[int, Card]) -> None:
        """Look up the offers of these actors (cards by place), and whom they helped before."""
        self._index, self._need, self._cards = index, need, cards
        by_number = {card.n: card for card in cards.values()}
        self._offers = told.offers(by_number)
        self._matches = matches(need.help)
        self._gifts = {place: gifts(index, place, need.day) for place in cards}
        like = alike(list(self._gifts.values()), sought(index.likeness, who.things))
        self._alike, self._asker = dict(zip(self._gifts, like, strict=True)), who.place

    def fits(self, place: int) -> tuple[Reason, ...]:
        """Return why an actor fits or not."""
        card = self._cards[place]
        return reasons(card, self._offers.get(card.n, ()), self._given(place), self._need)

    def _given(self, place: int) -> Iterator[Given]:
        """Yield what a helper gave, of each help that is asked: the asker itself is not counted."""
        gave = self._gifts[place]
        for help, count in gave.helps:
            if self._matches[help] > 0:
                of_help = gave.help == help
                own = of_help & (gave.receiver == self._asker)
                like = int(np.count_nonzero(self._alike[place] & of_help & ~own))
                yield Given(_names()[help], count - int(np.count_nonzero(own)), like, bool(own.any()))


@lru_cache(maxsize=1)
def _names() -> tuple[str, ...]:
    """Return the helps of the vocabulary by number."""
    return tuple(vocabulary().helps)
