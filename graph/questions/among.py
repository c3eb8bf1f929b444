"""Among: the ties between actors that an answer has found."""

from collections.abc import Sequence
from datetime import date

from graph.answers import Ties
from graph.model import Card
from graph.questions.vicinity import likeliest
from graph.view import View, today


def among(view: View, cards: Sequence[Card], as_of: date | None = None) -> Ties:
    """Return the ties between actors of this view, those that most likely introduce first."""
    day = as_of or today()
    found = view.ties(view.arcs_among([card.n for card in cards]), day).values()
    return Ties(day, *likeliest(found, len(cards)))
