"""What is asked of a neighbourhood, and its answer put together: the same whether it is looked up or walked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from graph import chance
from graph.answers import Neighbour, Neighbourhood
from graph.model import Card, Count, Tie

TIES_PER_ACTOR = 8  # shown at most, on average


@dataclass(frozen=True, slots=True)
class Vicinity:
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


def likeliest(among: Iterable[Tie], actors: int) -> tuple[tuple[Tie, ...], Count]:
    """Return the ties that are shown of those among so many actors at most, best first, and how many are cut."""
    ties = sorted(among, key=lambda tie: (-chance.rounded(tie.chance), tie.source, tie.kind, tie.target, tie.ref))
    most = TIES_PER_ACTOR * actors
    return tuple(ties[:most]), Count(max(0, len(ties) - most))
