"""The grounds on which helpers are told: their offers and what they gave before, looked up for many at once."""

from collections.abc import Sequence
from datetime import date

from graph.answers import Reason
from graph.index.claims import matches
from graph.index.files import Index
from graph.index.likeness import alike_among, first_contacts
from graph.model import Actor, Card, Offer
from graph.questions.askers import Who
from graph.questions.fitting import Need, Record, reasons
from graph.view import View
from graph.vocabulary import vocabulary


class Grounds:
    """Why helpers fit, looked up for many at once."""

    def __init__(self, view: View, index: Index, who: Who, help_id: str, day: date) -> None:
        self._view, self._index, self._who = view, index, who
        self._need = Need(help_id, who.asker, day, who.member_of)
        self._offers: dict[int, tuple[Offer, ...]] = {}
        self._matches = matches(help_id)

    def look_up(self, cards: Sequence[Card]) -> None:
        """Look up the offers of these actors."""
        self._offers |= self._view.offers([card.n for card in cards if card.n not in self._offers])

    def fits(self, card: Card, place: int) -> tuple[Reason, ...]:
        """Return why an actor fits or not."""
        return reasons(card, self._offers.get(card.n, ()), self._records(place), self._need)

    def _records(self, place: int) -> list[Record]:
        track = self._index.helping.track(place, self._need.day)
        return [self._record(place, help, count) for help, count in track if self._matches[help] > 0]

    def _record(self, place: int, help: int, count: int) -> Record:
        """Return what a helper gave others: the asker itself says nothing."""
        index, who = self._index, self._who
        got = index.helping.got(first_contacts(index.ties, place), place, help, self._need.day)
        others = got[got != who.place]
        alike = alike_among(index.likeness, index.ties, who.things, place, others)
        return Record(tuple(vocabulary().helps)[help], count - (len(got) - len(others)), alike)

    def ways_in(self, cards: Sequence[Card]) -> dict[int, tuple[str, ...]]:
        """Return the public ways to turn to actors, by number: their desks and websites."""
        return {actor.card.n: _way_in(actor) for actor in self._view.actors(cards)}


def _way_in(actor: Actor) -> tuple[str, ...]:
    desks = [" ".join(str(part) for part in desk.values() if part) for desk in actor.value("contacts") or ()]
    return (*desks, *(actor.value("websites") or ()))
