"""What a view tells of actors and ties that many answers tell of, kept for the next question.

Kept beside an index, while the view is of its revision: a viewer is told the same of one revision whenever it asks. Of
another revision nothing is kept, and what was kept is let go.
"""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from datetime import date
from typing import Any, Generic, TypeAlias, TypeVar
from weakref import WeakKeyDictionary

from graph import chance
from graph.index.files import Index
from graph.model import Card, Offer, Tie
from graph.view import View
from graph.view_folds import ids_of

Key = TypeVar("Key", bound=Hashable)
Told = TypeVar("Told")
Pair: TypeAlias = tuple[int, int]  # the numbers of two actors

MOST = 4_096  # of each sort that are kept, each of about a kilobyte


class Kept(Generic[Key, Told]):
    """What was found by key, as long as there is room."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._found: dict[Key, Told] = {}

    def of(self, keys: Iterable[Key], find: Callable[[list[Key]], Mapping[Key, Told]]) -> dict[Key, Told]:
        """Return what belongs to these keys; what is not kept is found at once."""
        wanted = list(keys)
        told = {key: kept for key in wanted if (kept := self._found.get(key)) is not None}
        if missing := [key for key in wanted if key not in told]:
            found = find(missing)
            if len(self._found) + len(found) > MOST:
                self._found = {}
            self._found.update(found)
            told.update(found)
        return told


class _Store:
    """All that is kept beside one index."""

    def __init__(self) -> None:
        self.cards = Kept[int, Card]()
        self.offers = Kept[int, tuple[Offer, ...]]()
        self.ways_in = Kept[int, tuple[str, ...]]()
        self.ties = Kept[tuple[Pair, date], Tie]()


_kept: WeakKeyDictionary[Index, _Store] = WeakKeyDictionary()


class CachedView:
    """Tells what a view tells, and need not ask it again."""

    def __init__(self, view: View, index: Index) -> None:
        """Use what was told before, if the index is of the view's revision."""
        about = index.about
        if (about.viewer, about.moment) == (view.viewer.value, view.moment):
            self._kept = _kept.setdefault(index, _Store())
        else:
            _kept.pop(index, None)
            self._kept = _Store()
        self._view = view

    def cards(self, ns: Iterable[int]) -> dict[int, Card]:
        """Return the cards with these numbers, as far as the view has them."""
        return self._kept.cards.of(ns, self._view.cards)

    def offers(self, cards: Mapping[int, Card]) -> dict[int, tuple[Offer, ...]]:
        """Return what these actors (cards by number) say of help; see `View.offers`."""
        return self._kept.offers.of(cards, lambda ns: self._view.offers(ns, {n: cards[n] for n in ns}))

    def ways_in(self, cards: Collection[Card]) -> dict[int, tuple[str, ...]]:
        """Return the public ways to turn to these actors, by number: their desks and websites."""
        by_number = {card.n: card for card in cards}

        def find(ns: list[int]) -> dict[int, tuple[str, ...]]:
            told = self._view.fields(by_number[n] for n in ns)
            return {n: _way_in(told.get(n, {})) for n in ns}

        return self._kept.ways_in.of(by_number, find)

    def ties(self, pairs: Iterable[Pair], day: date, cards: Mapping[int, Card]) -> dict[Pair, Tie]:
        """Return the best tie on a day between the two of each pair (cards by number), the one with fewer ties first."""

        def find(keys: list[tuple[Pair, date]]) -> dict[tuple[Pair, date], Tie]:
            found = _best(self._view, {pair for pair, _ in keys}, day, cards)
            return {(pair, day): tie for pair, tie in found.items()}

        told = self._kept.ties.of([(pair, day) for pair in pairs], find)
        return {pair: tie for (pair, _), tie in told.items()}


def _best(view: View, pairs: set[Pair], day: date, cards: Mapping[int, Card]) -> dict[Pair, Tie]:
    """Return the best tie between the two of each pair."""
    found: dict[Pair, Tie] = {}
    for (source, _, target, _), tie in view.ties(view.arcs_between(pairs), day, ids_of(cards)).items():
        pair = (source, target) if (source, target) in pairs else (target, source)
        if tie.chance and (pair not in found or _order(tie) < _order(found[pair])):
            found[pair] = tie
    return found


def _order(tie: Tie) -> tuple[float, str, str, str, str]:
    return (-chance.rounded(tie.chance), tie.kind, tie.source, tie.target, tie.ref)


def _way_in(told: Mapping[str, Any]) -> tuple[str, ...]:
    desks = [" ".join(str(part) for part in desk.values() if part) for desk in told.get("contacts") or ()]
    return (*desks, *(told.get("websites") or ()))
