"""The mapping: what the columns of a spreadsheet mean, as a TOML file says it. `docs/tables.md` describes it."""

from datetime import date
from typing import Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, model_validator

from loaders.table_values import Manner

Columns: TypeAlias = dict[str, str | list[str]]
ASK = "?"  # what stands where a person has to choose

ACTOR_COLUMNS = (
    *(
        "name",
        "id",
        "kind",
        "aliases",
        "kvk",
        "rsin",
        "kbo",
        "cbs",
        "org-id",
        "wikidata",
        "website",
        "mail",
        "phone",
        "place",
    ),
    *(
        "municipality",
        "province",
        "lat",
        "lon",
        "themes",
        "subtype",
        "legal_form",
        "founded",
        "ended",
        "size_note",
        "note",
    ),
)
TIE_COLUMNS = ("kind", "amount", "since", "until", "ref", "role", "status", "checked", "note", "locator", "when")
OFFER_COLUMNS = (
    "stance",
    "help",
    "themes",
    "area",
    "since",
    "until",
    "amount_from",
    "amount_to",
    "window",
    "conditions",
    "note",
)


class Part(BaseModel):
    """What cells under columns fill: fields, each with its column or columns."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    column: Columns = Field(default_factory=dict)


class Role(Part):
    """An actor that each row names. What is not in a `column` holds for every row; `within`: names count within that role.

    `separator`: marks between names, if a cell may name several.
    """

    kind: str = ""
    subtype: str | None = None
    tier: str | None = None
    place: str | None = None
    municipality: str | None = None
    province: str | None = None
    legal_form: str | None = None
    themes: list[str] = Field(default_factory=list)
    visibility: str | None = None
    visibility_basis: str | None = None
    introduces: bool | None = None
    within: str = ""
    separator: str = ""


class TieRule(Part):
    """A tie between two roles of a row, or a role and an actor named by `scheme:value`.

    If a column tells its kind, `kind` is that of rows where the cell is empty.
    """

    source: str = Field(alias="from")
    kind: str = ""
    target: str = Field(alias="to")
    role: str | None = None
    since: str | None = None
    until: str | None = None
    status: str | None = None
    basis: str | None = None
    note: str | None = None


class OfferRule(Part):
    """An offer that each row makes of one of its roles."""

    actor: str
    stance: str = "offers"
    help: str = ""
    themes: list[str] = Field(default_factory=list)
    area: list[str] = Field(default_factory=list)


class Manners(BaseModel):
    """How the cells are to be read, where that can be done in two ways."""

    model_config = ConfigDict(extra="forbid")

    decimal: Literal[",", ".", "?", ""] = ""
    dates: Literal["dmy", "mdy", "?"] = "dmy"
    unit: float = Field(default=1, gt=0)
    zero: Literal["apart", "keep"] = "apart"
    personal_mail: bool = False

    @property
    def manner(self) -> Manner:
        """How cells are read."""
        return Manner(self.decimal if self.decimal in ",." else "", self.dates, self.unit)


class Mapping(BaseModel):
    """What the columns of a table mean. The first of `actors` is whom a row is about.

    `relations` says which kind of tie a word of the file is; `<` before a kind turns it around, an empty one is not wanted.
    """

    model_config = ConfigDict(extra="forbid")

    sheets: list[str] = Field(default_factory=list)
    ignored: list[str] = Field(default_factory=list)
    dataset: dict[str, Any] = Field(default_factory=dict)
    reading: Manners = Field(default_factory=Manners)
    words: dict[str, str] = Field(default_factory=dict)
    relations: dict[str, str] = Field(default_factory=dict)
    actors: dict[str, Role] = Field(min_length=1)
    ties: list[TieRule] = Field(default_factory=list)
    offers: list[OfferRule] = Field(default_factory=list)

    @property
    def subject(self) -> str:
        """The role that a row is about."""
        return next(iter(self.actors))

    def columns(self) -> list[str]:
        """Return the columns that are read, once each."""
        parts: list[Part] = [*self.actors.values(), *self.ties, *self.offers]
        each = [column for part in parts for value in part.column.values() for column in as_list(value)]
        return list(dict.fromkeys(each))

    @model_validator(mode="before")
    @classmethod
    def _dated(cls, data: Any) -> Any:  # noqa: ANN401 - what a TOML file holds
        """Take dates for text: TOML has a type for them."""
        return with_dates_as_text(data)


class Tables(BaseModel):
    """The mappings of sheets that have other columns than each other; together they are one dataset."""

    model_config = ConfigDict(extra="forbid")

    dataset: dict[str, Any] = Field(default_factory=dict)
    tables: list[Mapping] = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _dated(cls, data: Any) -> Any:  # noqa: ANN401 - what a TOML file holds
        return with_dates_as_text(data)


def with_dates_as_text(data: Any) -> Any:  # noqa: ANN401 - what a TOML file holds
    """Return a mapping with the dates of its dataset as text."""
    if isinstance(data, dict) and isinstance(data.get("dataset"), dict):
        said = data["dataset"].items()
        data = data | {"dataset": {key: value.isoformat() if isinstance(value, date) else value for key, value in said}}
    return data


def as_list(value: str | list[str]) -> list[str]:
    """Return one column or several as several."""
    return [value] if isinstance(value, str) else value
