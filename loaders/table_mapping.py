"""The mapping: a TOML file that says what the columns of a spreadsheet mean. `docs/tables.md` describes it.

What is wrong with one is told as all faults at once, by file and key.
"""

import tomllib
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as ReadOnly
from datetime import date
from pathlib import Path
from typing import Any, Literal, TypeAlias, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from graph.errors import LoadError
from graph.reading import Fault, Where, faults_of
from graph.records import SCHEMES, DatasetRecord
from graph.text import nearest
from loaders.tables import refuse

Columns: TypeAlias = dict[str, str | list[str]]
_Form = TypeVar("_Form", bound=BaseModel)
ASK = "?"  # what stands where a person has to choose

ACTOR_COLUMNS = (
    *("name", "id", "kind", "aliases", "kvk", "rsin", "cbs", "org-id", "wikidata", "website", "mail", "phone", "place"),
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
TIE_COLUMNS = ("amount", "since", "until", "ref", "role", "status", "checked", "note", "locator")
OFFER_COLUMNS = (
    "stance",
    "help",
    "themes",
    "since",
    "until",
    "amount_from",
    "amount_to",
    "window",
    "conditions",
    "note",
)


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    column: Columns = Field(default_factory=dict)


class Role(_Part):
    """An actor that each row names. What is not in a `column` holds for every row; `within`: names count within that role."""

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


class TieRule(_Part):
    """A tie between two roles of a row, or a role and an actor named by `scheme:value`."""

    source: str = Field(alias="from")
    kind: str
    target: str = Field(alias="to")
    role: str | None = None
    since: str | None = None
    until: str | None = None
    status: str | None = None
    basis: str | None = None
    note: str | None = None


class OfferRule(_Part):
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


class Mapping(BaseModel):
    """What the columns mean. The first of `actors` is whom a row is about."""

    model_config = ConfigDict(extra="forbid")

    sheets: list[str] = Field(default_factory=list)
    ignored: list[str] = Field(default_factory=list)
    dataset: dict[str, Any] = Field(default_factory=dict)
    reading: Manners = Field(default_factory=Manners)
    words: dict[str, str] = Field(default_factory=dict)
    actors: dict[str, Role] = Field(min_length=1)
    ties: list[TieRule] = Field(default_factory=list)
    offers: list[OfferRule] = Field(default_factory=list)

    @property
    def subject(self) -> str:
        """The role that a row is about."""
        return next(iter(self.actors))

    def columns(self) -> list[str]:
        """Return the columns that are read, once each."""
        parts: list[_Part] = [*self.actors.values(), *self.ties, *self.offers]
        each = [column for part in parts for value in part.column.values() for column in as_list(value)]
        return list(dict.fromkeys(each))

    @model_validator(mode="before")
    @classmethod
    def _dated(cls, data: Any) -> Any:  # noqa: ANN401 - what a TOML file holds
        """Take dates for text: TOML has a type for them."""
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


def read(path: Path) -> Mapping:
    """Return the mapping of a file.

    Raises:
        LoadError: It cannot be read, or has faults; the message tells all.
    """
    return of(toml(path), path.name)


def toml(path: Path) -> dict[str, Any]:
    """Return what a TOML file says.

    Raises:
        LoadError: It cannot be read.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise LoadError(
            nl=f"{path} is niet te lezen ({error.strerror}); maak een mapping met: weefsel mapping BESTAND --save {path}",
            en=f"{path} cannot be read ({error.strerror}); make a mapping with: weefsel mapping FILE --save {path}",
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LoadError(nl=f"{path} is geen TOML ({error}).", en=f"{path} is no TOML ({error}).") from error


def of(data: ReadOnly[str, Any], name: str) -> Mapping:
    """Return the mapping that `data` is; `name` is what messages call it.

    Raises:
        LoadError: It has faults.
    """
    mapping = checked(Mapping, data, name, _keys())
    refuse(fault(name, key, nl, en) for key, nl, en in _problems(mapping))
    return mapping


def checked(form: type[_Form], data: ReadOnly[str, Any], name: str, keys: Sequence[str]) -> _Form:
    """Return `data` in its form; `keys` are those that a misspelt one is compared with.

    Raises:
        LoadError: It has another form; the message tells all.
    """
    try:
        return form.model_validate(data)
    except ValidationError as error:
        refuse(_told(error, name, keys))
        raise


def _told(error: ValidationError, name: str, keys: Sequence[str]) -> Iterator[Fault]:
    where = Where(name, 1)
    for detail, told in zip(error.errors(include_url=False), faults_of(error, where, (), {}), strict=True):
        key = ".".join(str(part) for part in detail["loc"])
        if detail["type"] == "extra_forbidden":
            near = nearest(str(detail["loc"][-1]), keys)
            nl, en = (f"; bedoel je {near!r}?", f"; do you mean {near!r}?") if near else ("", "")
            yield fault(name, key, f"kennen we niet{nl}", f"is not known{en}")
        else:
            yield Fault(where, key, told.nl, told.en)


def _keys() -> list[str]:
    parts = (Mapping, Role, TieRule, OfferRule, Manners)
    return [info.alias or key for part in parts for key, info in part.model_fields.items()]


def fault(name: str, key: str, nl: str, en: str) -> Fault:
    """Return what is wrong with a key of a mapping."""
    return Fault(Where(name, 1), key, nl, en)


def _problems(mapping: Mapping) -> Iterator[tuple[str, str, str]]:
    """Yield what is wrong in a mapping of the right form: a key, and why."""
    for key, value in _asked(mapping):
        yield (
            key,
            f"hier staat nog een vraagteken; kies zelf{f' ({value})' if value else ''}",
            f"there is still a question mark here; choose yourself{f' ({value})' if value else ''}",
        )
    for role, rule in mapping.actors.items():
        yield from _of_role(role, rule, mapping)
    for number, tie in enumerate(mapping.ties, start=1):
        yield from _of_columns(f"ties {number}", tie, TIE_COLUMNS)
        for key, end in (("from", tie.source), ("to", tie.target)):
            yield from _of_end(f"ties {number}.{key}", end, mapping)
    for number, offer in enumerate(mapping.offers, start=1):
        yield from _of_columns(f"offers {number}", offer, OFFER_COLUMNS)
        yield from _of_end(f"offers {number}.actor", offer.actor, mapping)
    for key in mapping.dataset:
        if key not in DatasetRecord.model_fields:
            known = ", ".join(DatasetRecord.model_fields)
            yield f"dataset.{key}", f"kennen we niet (wel: {known})", f"is not known (known: {known})"


def of_audience(reading: Manners, audience: str) -> Iterator[Fault]:
    """Yield what a dataset for this audience may not hold."""
    if reading.personal_mail and audience != "staff":
        yield Fault(
            Where("mapping", 1),
            "reading.personal_mail",
            "persoonlijke adressen kunnen alleen in een dataset voor staff; laad met --audience staff",
            "personal addresses can only be in a dataset for staff; load with --audience staff",
        )


def _of_role(role: str, rule: Role, mapping: Mapping) -> Iterator[tuple[str, str, str]]:
    key = f"actors.{role}"
    yield from _of_columns(key, rule, ACTOR_COLUMNS)
    if "name" not in rule.column:
        yield f"{key}.column.name", "ontbreekt: welke kolom heeft de naam?", "is missing: which column has the name?"
    if not rule.kind and "kind" not in rule.column:
        yield f"{key}.kind", "ontbreekt: wat voor actor is dit?", "is missing: what kind of actor is this?"
    if rule.within and (rule.within == role or rule.within not in mapping.actors):
        yield f"{key}.within", "is geen andere rol van deze mapping", "is no other role of this mapping"


def _asked(mapping: Mapping) -> Iterator[tuple[str, str]]:
    """Yield the keys that still ask, with what may be chosen."""
    if mapping.reading.decimal == ASK:
        yield "reading.decimal", '"," of "."'
    if mapping.reading.dates == ASK:
        yield "reading.dates", '"dmy" of "mdy"'
    for number, tie in enumerate(mapping.ties, start=1):
        for key, end in (("from", tie.source), ("to", tie.target)):
            if end == ASK:
                yield f"ties {number}.{key}", "een rol, of bijvoorbeeld id:lsa-bewoners of cbs:GM0599"


def _of_columns(key: str, part: _Part, known: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    for field in part.column:
        if field not in known:
            yield f"{key}.column.{field}", *not_known(field, known)


def not_known(word: str, known: Sequence[str]) -> tuple[str, str]:
    """Return what to say of a word that is none of those that are known."""
    near, names = nearest(word, known), ", ".join(known)
    hint_nl, hint_en = (f"bedoel je {near!r}?", f"do you mean {near!r}?") if near else ("", "")
    return f"kennen we niet; {hint_nl or 'wel: ' + names}", f"is not known; {hint_en or 'known: ' + names}"


def _of_end(key: str, end: str, mapping: Mapping) -> Iterator[tuple[str, str, str]]:
    scheme, _, value = end.partition(":")
    if end == ASK or end in mapping.actors or (value and scheme in {*SCHEMES, "id"}):
        return
    roles = ", ".join(mapping.actors)
    yield (
        key,
        f"{end!r} is geen rol van deze mapping ({roles}) en geen schema:waarde (zoals id:wijkpaleis of cbs:GM0599)",
        f"{end!r} is no role of this mapping ({roles}) and no scheme:value (such as id:wijkpaleis or cbs:GM0599)",
    )
