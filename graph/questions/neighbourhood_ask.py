"""What is asked of a neighbourhood, and its answer put together: the same whether it is looked up or walked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from graph.answers import Neighbour, Neighbourhood
from graph.model import Card, Count, Tie
from graph.questions.ties import likeliest


@dataclass(frozen=True, slots=True)
class NeighbourhoodAsk:
    """Whom to show around whom: within how many ties, of which kinds, over ties of which kinds, how many, on which day."""

    centre: Card
    depth: int
    kinds: tuple[str, ...]
    tie_kinds: tuple[str, ...]
    limit: int
    day: date

    def answer(self, revision: int, best: tuple[Neighbour, ...], among: Iterable[Tie], more: Count) -> Neighbourhood:
        """Return the answer; of the ties `among` those that are shown, the best and how many were cut."""
        ties, cut = likeliest(among, self.limit)
        return Neighbourhood(revision, self.day, self.centre, self.depth, best, ties, more, cut)
