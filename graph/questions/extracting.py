"""Extracts: actors whole and the ties among them, read a few at a time, for files that hold everything."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from typing import TypeVar

from graph.model import Actor, Card, Tie
from graph.stored import Filters
from graph.view import View
from graph.vocabulary import vocabulary

T = TypeVar("T")
ACTORS = 500  # read at once
TIES_OF = 1_000  # actors whose ties are read at once
MUNICIPALITIES = 1_000  # more than there are


def actors(view: View, cards: Iterable[Card]) -> Iterator[Actor]:
    """Yield these actors of the view whole, in order."""
    for some in _by(ACTORS, cards):
        yield from view.actors(some, own=True)


def ties(view: View, ids: Mapping[int, str], day: date) -> Iterator[Tie]:
    """Yield the ties between two of these actors (their ids, by number), in their order; those read at some by ids, kind, ref.

    A tie of a symmetric kind is read at the actor with the lower number, whichever of the two a record names first.
    """
    symmetric = {kind.id for kind in vocabulary().tie_kinds.values() if kind.symmetric}
    for some in _by(TIES_OF, ids):
        arcs = (
            arc
            for arc in view.arcs_with(some)
            if arc.other in ids and (arc.at < arc.other or arc.kind not in symmetric)
        )
        told = view.ties(arcs, day, ids).values()
        yield from sorted(told, key=lambda tie: (tie.source, tie.kind, tie.target, tie.ref))


def municipalities(view: View) -> Mapping[str, str]:
    """Return the names of this view's municipalities, by CBS code."""
    hits = view.ranked([], Filters(kinds=("municipality",)), None, MUNICIPALITIES)
    return {hit.card.municipality: hit.card.name for hit in reversed(hits) if hit.card.municipality}


def _by(size: int, items: Iterable[T]) -> Iterator[list[T]]:
    iterator = iter(items)
    while some := list(islice(iterator, size)):
        yield some
