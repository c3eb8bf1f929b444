"""Paths: how does one get from one actor to another?"""

from contextlib import ExitStack
from datetime import date

from graph.answers_helping import Paths
from graph.errors import BadInputError
from graph.index.alternatives import further
from graph.index.arrays import clock
from graph.index.asked import Asked
from graph.index.bidirectional import BidirectionalSearch, Way
from graph.index.files import Index
from graph.index.reaching import start
from graph.model import Card
from graph.questions.asking import Faults, within
from graph.questions.caching import CachedView
from graph.questions.explaining import Explainer
from graph.view import View, today

MAX_STEPS = 6
MAX_LIMIT = 10
FAINT = 0.01  # another path is told if it is worth at least this part of the best one


def paths(
    view: View,
    index: Index,
    start_id: str,
    end_id: str,
    max_steps: int = 4,
    limit: int = 3,
    as_of: date | None = None,
) -> Paths:
    """Return the best path between two actors; then each the best that shares no connector with those before it.

    Raises:
        BadInputError: `max_steps` or `limit` is out of range, or both are the same actor.
        MovedError, GoneError, NotFoundError: The view has no actor of that id.
    """
    faults = Faults()
    with faults:
        within("maxSteps", max_steps, 1, MAX_STEPS)
    with faults:
        within("limit", limit, 1, MAX_LIMIT)
    faults.tell()
    one, other, day = view.find(start_id), view.find(end_id), as_of or today()
    asked = Asked(index.ties, clock(index.ties, day))
    with ExitStack() as lent:
        ways, complete = _ways(asked, one, other, max_steps, limit, lent)
    explainer = Explainer(CachedView(view, index), asked, day, ways)
    told = [path for way in ways if (path := explainer.path(way))]
    return Paths(index.about.revision, day, one, other, max_steps, tuple(told), complete)


def _ways(asked: Asked, one: Card, other: Card, max_steps: int, limit: int, lent: ExitStack) -> tuple[list[Way], bool]:
    """Return the ways between two actors, best first, and whether there are no others to be told."""
    if one.n == other.n:
        raise BadInputError(
            nl=f"Van {one.id!r} naar zichzelf is geen pad. Kies twee verschillende actoren.",
            en=f"There is no path from {one.id!r} to itself. Choose two different actors.",
            field="to",
        )
    begin, end = asked.index.place(one.n), asked.index.place(other.n)
    if begin < 0 or end < 0:  # they came after the index was made
        return [], False
    search = BidirectionalSearch(asked, [start(begin)], max_steps, lent)
    best = search.best(end)
    ways = [best, *further(search, best, limit - 1, FAINT)] if best else []
    return ways, not search.spent
