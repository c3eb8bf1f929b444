"""What answers over HTTP are made of: actors, facts, offers, figures, ties and their sources, as clients get them.

Names are camelCase. `null` means unknown, which is not the same as no. Nothing here holds the store's own numbers or
the keys of records.
"""

from functools import lru_cache
from typing import Annotated, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator
from pydantic.alias_generators import to_camel

from graph import chance
from graph.model import Card, Source

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

    @classmethod
    def told(cls, value: object, **otherwise: object) -> dict[str, object]:
        """Return the fields of an answer: what `value` has by their names, but for those that are told otherwise."""
        return {name: getattr(value, name) for name in cls.model_fields if name not in otherwise} | otherwise


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


@lru_cache(maxsize=4_096)
def _source(told: Source) -> SourceOut:
    """Return a source as clients get it, made once: many ties and offers cite it."""
    return SourceOut.model_validate(told)


def _sources(told: object) -> object:
    return tuple(map(_source, told)) if isinstance(told, tuple) else told


Sources: TypeAlias = Annotated[tuple[SourceOut, ...], BeforeValidator(_sources)]


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
    sources: Sources


class FactOut(Answer):
    """A field of an actor: its value, who says so, and what others say (for a list: who says each of its items)."""

    field: CamelName
    value: Values
    sources: Sources
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
    sources: Sources


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
    sources: Sources


class StatedTie(Answer):
    """What is stated of a tie, wherever one is told of."""

    source: str
    kind: str
    target: str
    role: Known
    since: Known
    until: Known
    amount: float | None
    status: str
    basis: str
    checked: Known
    note: Known


class TieOut(StatedTie):
    """A directed, typed, dated tie between two actors. `amount` in euro."""

    ref: Known
    """What tells ties of one kind between the same actors apart."""
    chance: Annotated[float, BeforeValidator(chance.rounded)]
    """The chance (0–1) that the tie introduces; 0: it is never walked."""
    sources: Sources
