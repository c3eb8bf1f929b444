"""Who stands around an actor, looked up in an index, and told from a view."""

from collections.abc import Iterator

from graph import chance
from graph.answers import Neighbour, Neighbourhood
from graph.index.around import BUDGET, Around, around
from graph.index.arrays import clock
from graph.index.asked import Asked
from graph.index.files import Index
from graph.model import Card, Count
from graph.questions.neighbourhood_ask import NeighbourhoodAsk
from graph.view import View
from graph.view_folds import ids_of


def look_up(view: View, index: Index, wanted: NeighbourhoodAsk) -> Neighbourhood | None:
    """Return who stands around an actor; None if the index does not know it.

    Whom the view no longer has, or whom one gets to over somebody whom it no longer has, is left out.
    """
    place = index.ties.place(wanted.centre.n)
    if place < 0:  # it came after the index was made
        return None
    asked = Asked(index.ties, clock(index.ties, wanted.day, wanted.tie_kinds), most=BUDGET)
    found = around(asked, place, wanted.depth, wanted.limit, wanted.kinds)
    ns = index.ties.ns[found.places].tolist()
    before = index.ties.ns[found.before].tolist()
    cards = view.cards({wanted.centre.n, *ns, *before})
    best = tuple(_neighbours(found, ns, before, cards))
    shown = sorted({wanted.centre.n, *(neighbour.actor.n for neighbour in best)})
    among = view.ties(view.arcs_among(shown), wanted.day, ids_of(cards)).values()
    more = Count(found.within - len(best), exact=found.exact and len(best) == len(ns))
    return wanted.answer(index.about.revision, best, among, more)


def _neighbours(found: Around, ns: list[int], before: list[int], cards: dict[int, Card]) -> Iterator[Neighbour]:
    """Yield those whom the view has."""
    for n, steps, likely, via in zip(ns, found.steps.tolist(), found.chances, before, strict=True):
        if n in cards and via in cards:
            yield Neighbour(cards[n], steps, chance.rounded(likely), cards[via].id)
