"""Show: one actor whole, with who says what, and its ties grouped by kind."""

from datetime import date

from graph.answers import Shown, TieGroup
from graph.folding import identity_of
from graph.model import Card, Count, Tie
from graph.questions.asking import within
from graph.view import View, today
from graph.vocabulary import vocabulary

MAX_LIMIT = 500
COUNTED = 10_000  # records of a kind of tie that are read to count the ties that they make


def show(view: View, actor_id: str, as_of: date | None = None, limit: int = 50) -> Shown:
    """Return an actor with its facts, offers, figures and ties; at most `limit` ties of each kind and direction.

    Raises:
        BadInputError: `limit` is out of range.
        MovedError, GoneError, NotFoundError: The view has no actor of that id.
    """
    within("limit", limit, 1, MAX_LIMIT)
    card, day = view.find(actor_id), as_of or today()
    groups = _groups(view, card, day, limit)
    others = {tie.other(card.id) for group, _ in groups for tie in group.ties}
    cards = {other.id: other for _, found in groups for other in found.values() if other.id in others}
    return Shown(
        view.revision,
        day,
        view.actors([card])[0],
        tuple(group for group, _ in groups),
        cards,
        view.claimant(f"cbs:{card.municipality}") if card.municipality else None,
    )


def _groups(view: View, card: Card, day: date, limit: int) -> list[tuple[TieGroup, dict[int, Card]]]:
    """Return the actor's ties by kind, in the vocabulary's order; a symmetric kind has one group, `out`."""
    counts = view.tie_counts(card.n)
    groups = []
    for kind in vocabulary().tie_kinds.values():
        directions = [(True, False)] if kind.symmetric else [(True,), (False,)]
        for ways in directions:
            total = sum(counts.get((kind.id, way), 0) for way in ways)
            if total:
                groups.append(_group(view, card, day, (kind.id, ways), limit, total))
    return groups


def _group(
    view: View, card: Card, day: date, what: tuple[str, tuple[bool, ...]], limit: int, total: int
) -> tuple[TieGroup, dict[int, Card]]:
    kind, ways = what
    arcs = [arc for way in ways for arc in view.arcs_at(card.n, kind, way, 0, limit + 1)]
    ties: list[Tie] = list(view.ties(arcs, day).values())
    count = Count(len(ties)) if len(arcs) == total else _counted(view, card, what, total)
    return TieGroup(kind, ways[0], count, tuple(ties[:limit])), view.cards(arc.other for arc in arcs)


def _counted(view: View, card: Card, what: tuple[str, tuple[bool, ...]], records: int) -> Count:
    """Return how many ties so many records make: several datasets may state the same; of very many, at least how many."""
    if view.says_ties_once():
        return Count(records)
    kind, ways = what
    arcs = [arc for way in ways for arc in view.arcs_at(card.n, kind, way, 0, COUNTED)]
    return Count(len(set(map(identity_of, arcs))), exact=len(arcs) == records)
