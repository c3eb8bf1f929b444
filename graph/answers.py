"""What questions answer: plain data that a terminal, a page, HTTP or a drawing can show.

Every answer names the `revision` that it was made from: the last that changed something its viewer sees.
"""

from dataclasses import dataclass
from datetime import date

from graph.model import Actor, Card, Count, Dataset, Figure, Tie


@dataclass(frozen=True, slots=True)
class Found:
    """Actors that a search found, best first. `cursor` leads to the next page (empty: this is the last)."""

    revision: int
    text: str
    actors: tuple[Card, ...]
    cursor: str
    more: Count


@dataclass(frozen=True, slots=True)
class TieGroup:
    """An actor's ties of one kind, in one direction (`out`: it is the source), with the other ends' cards by id."""

    kind: str
    out: bool
    count: Count
    ties: tuple[Tie, ...]

    @property
    def more(self) -> Count:
        """How many of them are left out."""
        return Count(max(0, self.count.count - len(self.ties)), self.count.exact)


@dataclass(frozen=True, slots=True)
class Shown:
    """An actor whole, with its ties grouped by kind. `others` has the card of every other end, in order of `ties`."""

    revision: int
    as_of: date
    actor: Actor
    ties: tuple[TieGroup, ...]
    others: dict[str, Card]
    municipality: Card | None


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An actor around another: `chance` (0–1) of an introduction along the best path, of `steps` ties, last over `via`."""

    actor: Card
    steps: int
    chance: float
    via: str


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Who stands around an actor, in order of chance, and the ties among all of them.

    `more` counts those found within `depth` but cut by the limit; `more_ties` the ties among those shown that were cut.
    """

    revision: int
    as_of: date
    centre: Card
    depth: int
    actors: tuple[Neighbour, ...]
    ties: tuple[Tie, ...]
    more: Count
    more_ties: Count


@dataclass(frozen=True, slots=True)
class Near:
    """An actor nearby: how far (km), and why it may matter: shared themes, what it offers that the other needs, and back."""

    actor: Card
    km: float
    themes: tuple[str, ...]
    offers: tuple[str, ...]
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Nearby:
    """Actors within `km` of `centre`, nearest first. `located` says how its place is known ("": not at all).

    A distance is one between places: `located` of both cards says whether they are the actors' own coordinates
    ("stated"), or those of their place or municipality.
    """

    revision: int
    centre: Card
    located: str
    km: float
    actors: tuple[Near, ...]
    more: Count


@dataclass(frozen=True, slots=True)
class Ties:
    """The ties among some actors on a day, likeliest to introduce first; `more` counts those that are left out."""

    as_of: date
    ties: tuple[Tie, ...]
    more: Count


@dataclass(frozen=True, slots=True)
class Overview:
    """What is in the store, for a viewer: actors by kind, datasets with their dates, figures about the sector.

    `more` and `more_figures` say how many datasets and figures are left out.
    """

    revision: int
    kinds: dict[str, int]
    datasets: tuple[Dataset, ...]
    figures: tuple[Figure, ...]
    more: Count
    more_figures: Count


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the sector: what a search finds, or a network with its members, or what a dataset has; else the whole.

    `text` and the filters narrow as those of a search do: `municipalities` are CBS codes or ids of their actors, `helps`
    what an actor offers or refers for. `network` is an actor's id, `dataset` a dataset's name, `actors` are ids; each of
    these stands alone.
    """

    text: str = ""
    kinds: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    helps: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    network: str = ""
    dataset: str = ""
    actors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Actors of a part of the sector, best connected first, and the ties among them, likeliest to introduce first.

    A network, or a municipality, stands before those in it. `subject` is the actor that the part is about, if one is: its
    municipality (if it is about one alone and this view has it) or its network; `dataset` that which it is. `more` counts
    the actors of the part that are left out, `more_ties` the ties among those shown.
    """

    revision: int
    as_of: date
    part: Part
    subject: Card | None
    dataset: Dataset | None
    actors: tuple[Card, ...]
    ties: tuple[Tie, ...]
    more: Count
    more_ties: Count
