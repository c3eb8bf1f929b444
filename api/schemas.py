"""What travels over HTTP: the answers of the questions, as clients get them.

Names are camelCase. `null` means unknown, which is not the same as no. Nothing here holds the store's own numbers or
the keys of records.
"""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator
from pydantic.alias_generators import to_camel

from graph import chance
from graph.answers import Neighbourhood, Shown, TieGroup
from graph.model import Card, Count

Known: TypeAlias = Annotated[str | None, BeforeValidator(lambda value: value or None)]
CamelName: TypeAlias = Annotated[str, BeforeValidator(to_camel)]


class Answer(BaseModel):
    """The ways of all that is answered."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        validate_by_name=True,
        validate_by_alias=False,
        from_attributes=True,
        use_attribute_docstrings=True,
        json_schema_serialization_defaults_required=True,
    )


class CountOut(Answer):
    """How many more there are; if not `exact`: at least so many."""

    count: int
    exact: bool


class SourceOut(Answer):
    """Where something can be checked: the dataset that says it, and the source that the dataset cites."""

    dataset: str
    id: Known
    title: Known
    publisher: Known
    date: Known
    url: Known
    licence: Known
    locator: Known
    """The place in the source."""


class ActorOut(Answer):
    """An actor, as lists show it."""

    id: str
    kind: str
    name: str
    subtype: Known
    tier: Known
    place: Known
    municipality: Known
    """CBS code, such as `GM0599`."""
    province: Known
    lat: float | None
    """Degrees north, WGS84."""
    lon: float | None
    """Degrees east, WGS84."""
    located: Known
    """Whether the coordinates are `stated` by a source, or those of its `place` or `municipality`."""
    ended: Known
    introduces: bool | None
    """For a person: whether it agreed to introduce people. For others `null`."""
    themes: tuple[str, ...]
    helps: tuple[str, ...]
    """The helps that it offers or refers for."""
    contacts: int
    """How many actors it has a tie with that can be walked."""

    @model_validator(mode="before")
    @classmethod
    def _of_card(cls, value: object) -> object:
        if isinstance(value, Card):
            return {**value._asdict(), "introduces": value.introduces if value.kind == "person" else None}
        return value


class WayInOut(Answer):
    """A way in to an actor: a desk or role, never a person by default."""

    desk: str
    url: Known = None
    mail: Known = None
    phone: Known = None


Value: TypeAlias = str | bool | float | WayInOut
Values: TypeAlias = Value | tuple[Value, ...]


class SaidOut(Answer):
    """A value and who says it."""

    value: Value
    sources: tuple[SourceOut, ...]


class FactOut(Answer):
    """A field of an actor: its value, who says so, and what others say (for a list: who says each of its items)."""

    field: CamelName
    value: Values
    sources: tuple[SourceOut, ...]
    others: tuple[SaidOut, ...]


class OfferOut(Answer):
    """An actor's stance on a help. Conditions that are `null` or empty are unknown. Amounts in euro."""

    stance: str
    """`offers`, `refers`, `declines` or `needs`."""
    help: str
    themes: tuple[str, ...]
    area: tuple[str, ...]
    """Codes of municipalities or provinces, or `NL`."""
    since: Known
    until: Known
    checked: Known
    """When somebody last made sure."""
    legal_forms: tuple[str, ...]
    amount_from: float | None
    amount_to: float | None
    window: Known
    conditions: Known
    note: Known
    sources: tuple[SourceOut, ...]


class FigureOut(Answer):
    """A sourced number about an actor (its id) or the `sector`."""

    about: str
    what: str
    qualifier: Known
    """As in the source: about, more than, …"""
    value: float | None
    unit: Known
    year: Known
    year_basis: Known
    note: Known
    sources: tuple[SourceOut, ...]


class TieOut(Answer):
    """A directed, typed, dated tie between two actors. `amount` in euro."""

    source: str
    kind: str
    target: str
    ref: Known
    """What tells ties of one kind between the same actors apart."""
    role: Known
    since: Known
    until: Known
    amount: float | None
    status: str
    basis: str
    checked: Known
    note: Known
    chance: Annotated[float, BeforeValidator(chance.rounded)]
    """The chance (0–1) that the tie introduces; 0: it is never walked."""
    sources: tuple[SourceOut, ...]


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

    @model_validator(mode="before")
    @classmethod
    def _of_group(cls, value: object) -> object:
        if not isinstance(value, TieGroup):
            return value
        more = Count(max(0, value.count.count - len(value.ties)), value.count.exact)
        return {"kind": value.kind, "out": value.out, "ties": value.ties, "more": more}


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
        told = {name: getattr(value, name) for name in ("revision", "as_of", "ties", "others", "municipality")}
        return {**parts, **told, "actor": whole.card}


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
    """What an answer leaves out."""

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
        told = {name: getattr(value, name) for name in ("revision", "as_of", "centre", "depth", "actors", "ties")}
        return {**told, "more": {"actors": value.more, "ties": value.more_ties}}


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
    def _of_dataset(cls, value: Any) -> Any:  # noqa: ANN401 - a dataset or a mapping
        if isinstance(value, Mapping):
            return value
        fields = {name: getattr(value, name) for name in cls.model_fields}
        return {**fields, "sources": [{**source, "id": name} for name, source in value.sources.items()]}


class OverviewOut(Answer):
    """What is in here: actors by kind, datasets, figures about the sector."""

    revision: int
    kinds: Mapping[str, int]
    datasets: tuple[DatasetOut, ...]
    figures: tuple[FigureOut, ...]


class HealthOut(Answer):
    """That it works."""

    status: str
    version: str


class ReadyOut(Answer):
    """That the store answers too."""

    status: str
    revision: int
