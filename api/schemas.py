"""What the questions answer over HTTP, each made of `api.schemas_parts`."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from pydantic import model_validator

from api.schemas_parts import ActorOut, Answer, CountOut, FactOut, FigureOut, Known, OfferOut, TieOut
from graph.answers import Neighbourhood, Overview, Shown
from graph.model import Dataset


class FoundOut(Answer):
    """Actors that a search found, best first."""

    revision: int
    actors: tuple[ActorOut, ...]
    cursor: Known
    """Give it back to get the next; `null`: these were the last."""
    more: CountOut


class TieGroupOut(Answer):
    """An actor's ties of one kind in one direction."""

    kind: str
    out: bool
    """Whether the actor is the ties' source."""
    ties: tuple[TieOut, ...]
    more: CountOut
    """Ties of this group that are left out."""


class ShownOut(Answer):
    """An actor whole, with its ties in groups; `others` are the actors at their other ends, by id."""

    revision: int
    as_of: date
    actor: ActorOut
    also: tuple[str, ...]
    """Ids that it had before; they lead here."""
    datasets: tuple[str, ...]
    facts: tuple[FactOut, ...]
    offers: tuple[OfferOut, ...]
    figures: tuple[FigureOut, ...]
    ties: tuple[TieGroupOut, ...]
    others: Mapping[str, ActorOut]
    municipality: ActorOut | None

    @model_validator(mode="before")
    @classmethod
    def _of_shown(cls, value: object) -> object:
        if not isinstance(value, Shown):
            return value
        whole = value.actor
        parts = {name: getattr(whole, name) for name in ("also", "datasets", "facts", "offers", "figures")}
        return cls.told(value, actor=whole.card, **parts)


class NeighbourOut(Answer):
    """An actor around another."""

    actor: ActorOut
    steps: int
    """How many ties away."""
    chance: float
    """The chance (0–1) of an introduction along the best path."""
    via: str
    """The actor that the best path comes by last; the centre itself if the tie is direct."""


class MoreOut(Answer):
    """What a neighbourhood leaves out."""

    actors: CountOut
    ties: CountOut


class NeighbourhoodOut(Answer):
    """Who stands around an actor, in order of chance, and the ties among all of them."""

    revision: int
    as_of: date
    centre: ActorOut
    depth: int
    actors: tuple[NeighbourOut, ...]
    ties: tuple[TieOut, ...]
    more: MoreOut

    @model_validator(mode="before")
    @classmethod
    def _of_neighbourhood(cls, value: object) -> object:
        if not isinstance(value, Neighbourhood):
            return value
        return cls.told(value, more={"actors": value.more, "ties": value.more_ties})


class NearOut(Answer):
    """An actor nearby, and why it may matter."""

    actor: ActorOut
    km: float
    themes: tuple[str, ...]
    """Themes that both have."""
    offers: tuple[str, ...]
    """Helps that it offers and the other needs."""
    needs: tuple[str, ...]
    """Helps that it needs and the other offers."""


class NearbyOut(Answer):
    """Actors within a distance, nearest first."""

    revision: int
    centre: ActorOut
    located: Known
    """How the centre's place is known; `null`: not at all, and then nobody is nearby."""
    km: float
    actors: tuple[NearOut, ...]
    more: CountOut


class DatasetSourceOut(Answer):
    """A source that a dataset cites."""

    id: str
    title: Known = None
    publisher: Known = None
    date: Known = None
    url: Known = None
    licence: Known = None


class DatasetOut(Answer):
    """What one source says, loaded as one: who says it, when, under what licence, and how much."""

    name: str
    title: str
    description: Known
    audience: str
    """`public`, or `staff` only."""
    speaker: Known
    """The actor that it speaks for."""
    date: Known
    licence: Known
    url: Known
    revision: int
    """The store's revision that its last load made."""
    counts: Mapping[str, int]
    """Records: `actors`, `ties`, `offers`, `figures`; `waiting` are ties with an end that no dataset knows yet."""
    sources: tuple[DatasetSourceOut, ...]

    @model_validator(mode="before")
    @classmethod
    def _of_dataset(cls, value: object) -> object:
        if not isinstance(value, Dataset):
            return value
        return cls.told(value, sources=[{**source, "id": name} for name, source in value.sources.items()])


class MoreDatasetsOut(Answer):
    """What an overview leaves out."""

    datasets: CountOut
    figures: CountOut


class OverviewOut(Answer):
    """What is in here: actors by kind, datasets, figures about the sector."""

    revision: int
    kinds: Mapping[str, int]
    datasets: tuple[DatasetOut, ...]
    figures: tuple[FigureOut, ...]
    more: MoreDatasetsOut

    @model_validator(mode="before")
    @classmethod
    def _of_overview(cls, value: object) -> object:
        if not isinstance(value, Overview):
            return value
        return cls.told(value, more={"datasets": value.more, "figures": value.more_figures})


class HealthOut(Answer):
    """That it works."""

    status: str
    version: str


class IndexOut(Answer):
    """How it stands with the index that searches for help and paths."""

    revision: int | None
    """The revision that such questions are answered on now; null if none of them was asked yet."""
    problem: Literal["failed", "unkept"] | None
    """`failed`: the last rebuild did not succeed, and the index before it is used; `unkept`: it is in memory alone."""


class ReadyOut(Answer):
    """That the store answers too."""

    status: str
    revision: int
    index: IndexOut
