"""Records: what one row of a dataset says, checked at the border.

Ends of ties and the actor of an offer or figure
are named by the dataset's own local id, or by `scheme:value` (`cbs:GM0599`, `kvk:41202535`, `id:wijkpaleis`).
"""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Annotated, ClassVar, Self, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError, to_json

from graph import dates
from graph.text import nearest
from graph.vocabulary import vocabulary

SCHEMES: Mapping[str, str] = {
    "cbs": r"GM\d{4}|PV\d{2}",
    "kvk": r"\d{8}",
    "rsin": r"\d{9}",
    "org-id": r"([A-Z]{2}-[A-Z0-9_]+|360G)-\S+",
    "wikidata": r"Q\d+",
    "sameAs": r"https?://\S+",
}
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069]")
MOST_EURO = 1e15  # of an amount


def is_identifier(text: str) -> bool:
    """Return whether a text is `scheme:value`, of a scheme that is known and a value as it has them.

    >>> is_identifier("cbs:GM0599"), is_identifier("cbs:Rotterdam"), is_identifier("id:wijkpaleis")
    (True, False, False)
    """
    scheme, _, value = text.partition(":")
    return scheme in SCHEMES and re.fullmatch(SCHEMES[scheme], value) is not None


def identifiers_in(text: str) -> list[str]:
    """Return the identifiers that a text may be, with or without its scheme; 0 begins a code of CBS, and no postcode.

    >>> identifiers_in("kvk:12345678"), identifiers_in(" gm0599"), identifiers_in("0599"), identifiers_in("3023")
    (['kvk:12345678'], ['cbs:GM0599'], ['cbs:GM0599'], [])
    """
    said = text.strip()
    if is_identifier(said):
        return [said]
    code = f"GM{said}" if re.fullmatch(r"0\d{3}", said) else said.upper()
    spelled = {scheme: said if scheme == "sameAs" else code for scheme in SCHEMES}
    return [f"{scheme}:{value}" for scheme, value in spelled.items() if is_identifier(f"{scheme}:{value}")]


def is_elsewhere(end: str) -> bool:
    """Return whether an end is named by `scheme:value` rather than by a local id.

    >>> is_elsewhere("cbs:GM0599"), is_elsewhere("id:wijkpaleis"), is_elsewhere("wijkpaleis")
    (True, True, False)
    """
    return is_identifier(end) or (end.startswith("id:") and end != "id:")


def _error(code: str, nl: str, en: str) -> PydanticCustomError:
    return PydanticCustomError(code, "{en}", {"nl": nl, "en": en})


def _known(name: str) -> AfterValidator:
    """Return a check that a value stands in the closed list `name`."""

    @lru_cache(maxsize=1)
    def known() -> Mapping[str, object]:
        return vocabulary().closed(name)

    @lru_cache(maxsize=1_000)  # a wrong word tends to stand in many rows
    def unknown(value: str) -> tuple[str, str]:
        near, names = nearest(value, known()), ", ".join(known())
        return (
            f"{value!r} kennen we niet; {f'bedoel je {near!r}?' if near else f'wel: {names}'}",
            f"{value!r} is not known; {f'do you mean {near!r}?' if near else f'known: {names}'}",
        )

    def check(value: str) -> str:
        if value in known():
            return value
        raise _error("choice", *unknown(value))

    return AfterValidator(check)


def _date(value: str) -> str:
    if dates.valid(value):
        return value
    raise _error(
        "date",
        f"{value!r} is geen datum; schrijf 2021, 2021-05 of 2021-05-31",
        f"{value!r} is no date; write 2021, 2021-05 or 2021-05-31",
    )


def _identifier(value: str) -> str:
    if is_identifier(value):
        return value
    known = ", ".join(SCHEMES)
    raise _error(
        "identifier",
        f"{value!r} is geen kenmerk dat we kennen (schema:waarde, met schema {known})",
        f"{value!r} is no identifier that we know (scheme:value, with scheme {known})",
    )


def _code(pattern: str, nl: str, en: str) -> AfterValidator:
    """Return a check that a value has the form of `pattern`; what it is not, and what would do, is said in `nl` and `en`."""
    form = re.compile(pattern)

    def check(value: str) -> str:
        if form.fullmatch(value):
            return value
        raise _error("code", f"{value!r} is geen {nl}", f"{value!r} is no {en}")

    return AfterValidator(check)


def _clean(value: str) -> str:
    """Refuse what no reader can see: control characters, and marks that turn the direction of text around."""
    if _UNSEEN.search(value):
        raise _error("control", "er staan onzichtbare tekens in", "there are invisible characters in it")
    return value


Text: TypeAlias = Annotated[str, Field(max_length=5_000), AfterValidator(_clean)]
Name: TypeAlias = Annotated[str, Field(min_length=1, max_length=500), AfterValidator(_clean)]
LocalId: TypeAlias = Annotated[str, Field(min_length=1, max_length=300), AfterValidator(_clean)]
PartialDate: TypeAlias = Annotated[str, AfterValidator(_date)]
Identifier: TypeAlias = Annotated[str, AfterValidator(_identifier)]
Theme: TypeAlias = Annotated[str, _known("theme")]
Help: TypeAlias = Annotated[str, _known("help")]
Area: TypeAlias = Annotated[
    str,
    _code(
        r"GM\d{4}|PV\d{2}|NL",
        "gebied; schrijf een CBS-code (GM0599, PV28), of NL",
        "area; write a CBS code (GM0599, PV28), or NL",
    ),
]
Municipality: TypeAlias = Annotated[
    str,
    _code(
        r"GM\d{4}",
        "CBS-code van een gemeente (GM0599)",
        "CBS code of a municipality (GM0599)",
    ),
]
DatasetName: TypeAlias = Annotated[
    str,
    _code(
        r"[a-z0-9][a-z0-9._-]{0,99}",
        "naam van een dataset; schrijf kleine letters, cijfers en streepjes, zoals leden-2026",
        "name of a dataset; write small letters, digits and dashes, such as leden-2026",
    ),
]


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
    kind: Annotated[str, _known("kind")]
    name: Name
    aliases: tuple[Name, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    subtype: Annotated[str, _known("subtype")] | None = None
    tier: Annotated[str, _known("tier")] | None = None
    place: Text | None = None
    municipality: Municipality | None = None
    municipality_basis: Annotated[str, _known("municipality_basis")] | None = None
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
    visibility: Annotated[str, _known("visibility")] | None = None
    visibility_basis: Annotated[str, _known("visibility_basis")] | None = None
    introduces: bool | None = None
    note: Text | None = None
    cites: LocalId | None = None
    locator: Text | None = None

    @model_validator(mode="after")
    def _whole(self) -> "ActorRecord":
        if (self.lat is None) != (self.lon is None):
            raise _error("lat", "lat en lon horen bij elkaar: geef beide", "lat and lon go together: give both")
        if self.kind == "person" and self.visibility == "public" and not self.visibility_basis:
            raise _error(
                "visibility",
                "een persoon mag alleen openbaar zijn met een grond (visibility_basis: consent of publication)",
                "a person may be public only on a basis (visibility_basis: consent or publication)",
            )
        return self


class TieRecord(_Record):
    """What a dataset says of one tie. `amount` in euro; `checked` is when somebody last made sure."""

    NAMES: ClassVar[tuple[str, ...]] = ("source", "target")

    source: LocalId
    kind: Annotated[str, _known("tie_kind")]
    target: LocalId
    ref: Text | None = None
    role: Text | None = None
    since: PartialDate | None = None
    until: PartialDate | None = None
    amount: Annotated[float, Field(ge=0, le=MOST_EURO, allow_inf_nan=False)] | None = None
    status: Annotated[str, _known("status")] = "current"
    basis: Annotated[str, _known("basis")] = "stated"
    checked: PartialDate | None = None
    note: Text | None = None
    cites: LocalId | None = None
    locator: Text | None = None

    @model_validator(mode="after")
    def _whole(self) -> "TieRecord":
        if self.source == self.target:
            raise _error("target", "een band met zichzelf is geen band", "a tie to itself is no tie")
        if self.since and self.until and dates.first_day(self.since) > dates.last_day(self.until):
            raise _error(
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
    stance: Annotated[str, _known("stance")]
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
    year_basis: Annotated[str, _known("year_basis")] | None = None
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
    audience: Annotated[str, _known("audience")] = "staff"
    speaker: LocalId | None = None
    licence: Text | None = None
    url: Text | None = None


Record: TypeAlias = ActorRecord | TieRecord | OfferRecord | FigureRecord | SourceRecord
