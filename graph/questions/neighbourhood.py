"""Neighbourhood: who stands around an actor, in order of the chance of an introduction."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from graph.answers import Neighbourhood
from graph.questions.asking import known, within
from graph.questions.neighbourhood_ask import NeighbourhoodAsk
from graph.questions.neighbourhood_walked import walk
from graph.view import View, today
from graph.vocabulary import vocabulary

if TYPE_CHECKING:  # it brings numpy along, which who asks without an index does not need
    from graph.index.files import Index

MAX_DEPTH = 3
MAX_LIMIT = 500


def neighbourhood(  # noqa: PLR0913 - what can be asked
    view: View,
    actor_id: str,
    depth: int = 1,
    kinds: Sequence[str] = (),
    tie_kinds: Sequence[str] = (),
    limit: int = 100,
    as_of: date | None = None,
    index: "Index | None" = None,
) -> Neighbourhood:
    """Return the actors within `depth` ties of an actor, best chance of an introduction first; equal chances by id.

    `kinds` narrows who is shown, not who is walked through; `tie_kinds` narrows the ties that are walked. They are looked
    up in the index, and the answer is for its revision. Without one, or if the actor came after it was made, the ties are
    read from the store: slower, and perhaps without an exact count.

    Raises:
        BadInputError: A kind is unknown, or `depth` or `limit` is out of range.
        MovedError, GoneError, NotFoundError: The view has no actor of that id.
    """
    within("depth", depth, 1, MAX_DEPTH)
    within("limit", limit, 1, MAX_LIMIT)
    known("kind", kinds, vocabulary().words["kind"])
    known("tieKind", tie_kinds, vocabulary().tie_kinds)
    wanted = NeighbourhoodAsk(view.find(actor_id), depth, tuple(kinds), tuple(tie_kinds), limit, as_of or today())
    if index is not None:
        from graph.questions.neighbourhood_indexed import look_up

        if answer := look_up(view, index, wanted):
            return answer
    return walk(view, wanted)
