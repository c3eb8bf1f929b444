"""The ties among actors that an answer has found, and which of them are shown."""

from collections.abc import Iterable, Sequence
from datetime import date

from graph import chance
from graph.answers import Ties
from graph.model import Card, Count, Tie
from graph.view import View, today

TIES_PER_ACTOR = 8  # shown at most, on average


def among(view: View, cards: Sequence[Card], as_of: date | None = None) -> Ties:
    """Return the ties between actors of this view, those that most likely introduce first."""
    day = as_of or today()
    found = view.ties(view.arcs_among([card.n for card in cards]), day).values()
    return Ties(day, *likeliest(found, len(cards)))


def likeliest(found: Iterable[Tie], actors: int) -> tuple[tuple[Tie, ...], Count]:
    """Return the ties that are shown of those found among so many actors at most, best first, and how many are cut."""
    ties = sorted(found, key=lambda tie: (-chance.rounded(tie.chance), tie.source, tie.kind, tie.target, tie.ref))
    most = TIES_PER_ACTOR * actors
    return tuple(ties[:most]), Count(max(0, len(ties) - most))
