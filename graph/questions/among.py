"""Among: the ties between actors that an answer has found."""

from collections.abc import Sequence
from datetime import date

from graph.answers import Ties
from graph.model import Card, Count
from graph.view import View, today

TIES_PER_ACTOR = 8  # at most, on average


def among(view: View, cards: Sequence[Card], as_of: date | None = None) -> Ties:
    """Return the ties between actors of this view, those that most likely introduce first."""
    day = as_of or today()
    found = view.ties(view.arcs_among([card.n for card in cards]), day).values()
    ties = sorted(found, key=lambda tie: (-tie.chance, tie.source, tie.kind, tie.target, tie.ref))
    most = TIES_PER_ACTOR * len(cards)
    return Ties(day, tuple(ties[:most]), Count(max(0, len(ties) - most)))
