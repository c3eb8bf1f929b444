"""Records: what one row of a dataset says, checked at the border, field by field (`graph.fields`) and as a whole.

Ends of ties and the actor of an offer or figure are named by the dataset's own local id, or by `scheme:value`
(`cbs:GM0599`, `kvk:41202535`, `id:wijkpaleis`).
"""

from functools import cache
from typing import Annotated, ClassVar, Self, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import to_json

from graph import dates
from graph.fields import (
    MOST_EURO,
    Area,
    DatasetName,
    Help,
    Identifier,
    LocalId,
    Municipality,
    Name,
    PartialDate,
    Text,
    Theme,
    one_of,
    wrong,
)
from graph.vocabulary import vocabulary


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    NAMES: ClassVar[tuple[str, ...]] = ("id",)  # the fields that say whom a record is about; the others say what

    @property
    def names(self) -> tuple[str, ...]:
        """Whom the record is about."""
        return tuple([getattr(self, name) for name in self.NAMES])

    def of(self, names: tuple[str, ...]) -> Self:
        """Return the record that says the same of others, whose names are known to be right."""
        return self.model_copy(update=dict(zip(self.NAMES, names, strict=True)))

    def body(self) -> str:
        """Return what the record says as JSON, without the fields that say nothing; equal records, equal text."""
        return self.model_dump_json(exclude_defaults=True)


class Contact(BaseModel):
    """A way in: a role or desk (never a person by default) with a web address, mail address or telephone number."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    desk: Name
    url: Text | None = None
    mail: Text | None = None
    phone: Text | None = None


class ActorRecord(_Record):
    """What a dataset says of one actor. Names, dates, places; lat/lon in degrees, WGS84."""

    NAMES: ClassVar[tuple[str, ...]] = ("id", "name")

    id: LocalId
    kind: Annotated[str, one_of("kind")]
    name: Name
    aliases: tuple[Name, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    subtype: Annotated[str, one_of("subtype")] | None = None
    tier: Annotated[str, one_of("tier")] | None = None
    place: Text | None = None
    municipality: Municipality | None = None
    municipality_basis: Annotated[str, one_of("municipality_basis")] | None = None
    province: Text | None = None
    lat: Annotated[float, Field(ge=-90, le=90)] | None = None
    lon: Annotated[float, Field(ge=-180, le=180)] | None = None
    websites: tuple[Text, ...] = ()
    contacts: tuple[Contact, ...] = ()
    themes: tuple[Theme, ...] = ()
    legal_form: Text | None = None
    founded: PartialDate | None = None
    ended: PartialDate | None = None
    size_note: Text | None = None
    visibility: Annotated[str, one_of("visibility")] | None = None
    visibility_basis: Annotated[str, one_of("visibility_basis")] | None = None
    introduces: bool | None = None
    note: Text | None = None
    cites: LocalId | None = None
    locator: Text | None = None

    @model_validator(mode="after")
    def _whole(self) -> "ActorRecord":
        if (self.lat is None) != (self.lon is None):
            raise wrong("lat", "lat en lon horen bij elkaar: geef beide", "lat and lon go together: give both")
        if self.kind == "person" and self.visibility == "public" and not self.visibility_basis:
            raise wrong(
                "visibility",
                "een persoon mag alleen openbaar zijn met een grond (visibility_basis: consent of publication)",
                "a person may be public only on a basis (visibility_basis: consent or publication)",
            )
        return self


class TieRecord(_Record):
    """What a dataset says of one tie. `amount` in euro; `checked` is when somebody last made sure."""

    NAMES: ClassVar[tuple[str, ...]] = ("source", "target")

    source: LocalId
    kind: Annotated[str, one_of("tie_kind")]
    target: LocalId
    ref: Text | None = None
    role: Text | None = None
    since: PartialDate | None = None
    until: PartialDate | None = None
    amount: Annotated[float, Field(ge=0, le=MOST_EURO, allow_inf_nan=False)] | None = None
    status: Annotated[str, one_of("status")] = "current"
    basis: Annotated[str, one_of("basis")] = "stated"
    checked: PartialDate | None = None
    note: Text | None = None
    cites: LocalId | None = None
    locator: Text | None = None

    @model_validator(mode="after")
    def _whole(self) -> "TieRecord":
        if self.source == self.target:
            raise wrong("target", "een band met zichzelf is geen band", "a tie to itself is no tie")
        if self.since and self.until and dates.first_day(self.since) > dates.last_day(self.until):
            raise wrong(
                "until",
                f"eindigt ({self.until}) voor het begint ({self.since})",
                f"ends ({self.until}) before it begins ({self.since})",
            )
        return self

    def distinct_ref(self, amount: float | None = None) -> str:
        """Return what tells this tie from another of its kind between the same ends; empty unless repeatable.

        `amount` goes before the record's own.
        """
        if not _repeats(self.kind):
            return ""
        if self.ref:
            return self.ref
        year = (self.since or self.until or "")[:4]
        amount = self.amount if amount is None else amount
        if amount is None:
            return year
        return f"{year}/{_digits(amount)}" if year else _digits(amount)


def _digits(amount: float) -> str:
    """Return the first fifteen digits of an amount, at a third of what Python takes for them where there are no more."""
    text = to_json(amount).decode().removesuffix(".0")
    return text if len(text) <= 15 and 0.0001 <= amount < 1e15 else f"{amount:.15g}"


@cache
def _repeats(kind: str) -> bool:
    """Return whether a tie of this kind may be there several times between the same ends."""
    return vocabulary().tie_kinds[kind].repeatable


class OfferRecord(_Record):
    """What a dataset says of an actor's stance on a help. Amounts in euro. An unset condition is unknown, not "none"."""

    NAMES: ClassVar[tuple[str, ...]] = ("actor",)

    actor: LocalId
    stance: Annotated[str, one_of("stance")]
    help: Help
    themes: tuple[Theme, ...] = ()
    area: tuple[Area, ...] = ()
    since: PartialDate | None = None
    until: PartialDate | None = None
    checked: PartialDate | None = None
    legal_forms: tuple[Text, ...] = ()
    amount_from: Annotated[float, Field(ge=0, le=MOST_EURO)] | None = None
    amount_to: Annotated[float, Field(ge=0, le=MOST_EURO)] | None = None
    members_of: tuple[LocalId, ...] = ()
    window: Text | None = None
    conditions: Text | None = None
    note: Text | None = None
    cites: LocalId | None = None
    locator: Text | None = None


class FigureRecord(_Record):
    """A number that a dataset gives about an actor, or about the `sector`. `value` in `unit`; `qualifier` as in the source."""

    NAMES: ClassVar[tuple[str, ...]] = ("about",)

    about: LocalId
    what: Name
    qualifier: Text | None = None
    value: Annotated[float, Field(allow_inf_nan=False)] | None = None
    unit: Text | None = None
    year: PartialDate | None = None
    year_basis: Annotated[str, one_of("year_basis")] | None = None
    note: Text | None = None
    cites: LocalId | None = None
    locator: Text | None = None


class SourceRecord(_Record):
    """Where records of a dataset can be checked; records cite it by `id`."""

    id: LocalId
    title: Name
    publisher: Text | None = None
    date: PartialDate | None = None
    url: Text | None = None
    licence: Text | None = None
    file: Text | None = None


class DatasetRecord(_Record):
    """Who says it: the name, date, licence and audience of a dataset, and the actor that it speaks for."""

    name: DatasetName
    title: Text = ""
    description: Text = ""
    date: PartialDate | None = None
    audience: Annotated[str, one_of("audience")] = "staff"
    speaker: LocalId | None = None
    licence: Text | None = None
    url: Text | None = None


Record: TypeAlias = ActorRecord | TieRecord | OfferRecord | FigureRecord | SourceRecord
