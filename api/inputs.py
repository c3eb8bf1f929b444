"""What may be asked over HTTP: the inputs of each question, and their bounds."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any, TypeAlias

from fastapi import Path
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError, PydanticKnownError

from graph.answers import Part
from graph.questions.nearby import MAX_KM
from graph.questions.nearby import MAX_LIMIT as MOST_NEAR
from graph.questions.neighbourhood import MAX_DEPTH
from graph.questions.neighbourhood import MAX_LIMIT as MOST_AROUND
from graph.questions.overview import MAX_LIMIT as MOST_DATASETS
from graph.questions.searching import MAX_LIMIT as MOST_FOUND
from graph.questions.searching import MAX_TEXT
from graph.questions.showing import MAX_LIMIT as MOST_TIES
from graph.stored import Filters
from graph.text import nearest
from graph.vocabulary import vocabulary
from viz import RENDERERS
from viz.paper import Paper

LISTS = vocabulary()
KINDS = LISTS.ids("kind")
PUBLIC_KINDS = LISTS.kinds_of_all_but_persons()
MOST_VALUES = 20  # of one repeated parameter
LONGEST_ID = 300
LONGEST_WORD = 100  # of what is compared with the words of a closed list
_NO_PERSONS = (
    " Personen zoek je met de knop ‘Zoek personen’, of met POST /v1/person-searches.",
    " Persons are found with the button “Search persons”, or with POST /v1/person-searches.",
)


def choice(words: Iterable[str], hint: tuple[str, str] = ("", "")) -> AfterValidator:
    """Return a check that a value is one of these words, which tells what they are."""
    known = tuple(words)
    listed = ", ".join(known)

    def check(value: str) -> str:
        if value in known:
            return value
        near = nearest(value[:LONGEST_WORD], known)
        nl = f"{value!r} kennen we niet.{f' Bedoel je {near!r}?' if near else ''} Kies uit: {listed}.{hint[0]}"
        en = f"{value!r} is not known.{f' Do you mean {near!r}?' if near else ''} Choose from: {listed}.{hint[1]}"
        raise PydanticCustomError("choice", "{en}", {"nl": nl, "en": en})

    return AfterValidator(check)


def enum(words: Iterable[str]) -> WithJsonSchema:
    """Return the description of a value that is one of these words."""
    return WithJsonSchema({"type": "string", "enum": list(words)})


def _day(value: object) -> date:
    """Return the day that `value` writes as ISO 8601 does, and no other way."""
    if isinstance(value, date):
        return value
    try:
        if isinstance(value, str) and len(value) == 10:
            return date.fromisoformat(value)
    except ValueError:
        pass
    nl = f"{value!r} is geen dag. Schrijf jaar, maand en dag, zoals 2026-11-22."
    en = f"{value!r} is no day. Write year, month and day, as in 2026-11-22."
    raise PydanticCustomError("day", "{en}", {"nl": nl, "en": en})


def whole_number(value: object) -> object:
    """Return what a JSON body gives for a number, which a text or a truth is not (in an address all is text)."""
    if isinstance(value, str | bool):
        raise PydanticKnownError("int_type")
    return value


Kind: TypeAlias = Annotated[str, choice(KINDS), enum(KINDS)]
PublicKind: TypeAlias = Annotated[str, choice(PUBLIC_KINDS, _NO_PERSONS), enum(PUBLIC_KINDS)]
TieKind: TypeAlias = Annotated[str, choice(LISTS.tie_kinds), enum(LISTS.tie_kinds)]
Kinds: TypeAlias = Annotated[tuple[Kind, ...], Field(max_length=MOST_VALUES)]
Theme: TypeAlias = Annotated[str, choice(LISTS.themes), enum(LISTS.themes)]
Themes: TypeAlias = Annotated[tuple[Theme, ...], Field(max_length=MOST_VALUES)]
Help: TypeAlias = Annotated[str, choice(LISTS.helps), enum(LISTS.helps)]
Helps: TypeAlias = Annotated[tuple[Help, ...], Field(max_length=MOST_VALUES)]
Language: TypeAlias = Annotated[str, choice(("nl", "en")), enum(("nl", "en"))]
Format: TypeAlias = Annotated[str, choice(RENDERERS), enum(RENDERERS)]
PaperSize: TypeAlias = Annotated[str, choice(Paper), enum(Paper)]
Day: TypeAlias = Annotated[date, BeforeValidator(_day)]
Cursor: TypeAlias = Annotated[str, Field(max_length=4000)]  # the longest name fits
Id: TypeAlias = Annotated[str, Field(min_length=1, max_length=LONGEST_ID)]
Named: TypeAlias = Annotated[str, Field(max_length=LONGEST_ID)]  # an id or a name, or nothing
Municipalities: TypeAlias = Annotated[tuple[Id, ...], Field(max_length=MOST_VALUES)]
ActorId: TypeAlias = Annotated[
    str, Path(alias="actorId", min_length=1, max_length=LONGEST_ID, description="The id of the actor.")
]


class Input(BaseModel):
    """What is asked, and nothing beside it; names are in camel case."""

    model_config = ConfigDict(extra="forbid", frozen=True, alias_generator=to_camel, use_attribute_docstrings=True)


class Question(Input):
    """What every address takes."""

    lang: Language | None = None
    """The language of messages, `nl` or `en`; otherwise the header `Accept-Language` decides."""


class SearchQuestion(Question):
    """A search for actors; persons are found by `POST /v1/person-searches` alone, as a name may not stand in an address."""

    q: Annotated[str, Field(max_length=MAX_TEXT)] = ""
    """Beginnings of words of a name. Empty: every actor."""
    kind: Annotated[tuple[PublicKind, ...], Field(max_length=MOST_VALUES)] = ()
    """Kinds of actor; one of these. None: every kind but persons."""
    theme: Themes = ()
    """Themes; the actor has one of these, or one that falls under it."""
    help: Helps = ()
    """Helps; the actor offers or refers for one of these, or a kind of it."""
    municipality: Municipalities = ()
    """Municipalities, by CBS code (`GM0599`) or by the id of their actor."""
    limit: Annotated[int, Field(ge=1, le=MOST_FOUND)] = 20
    """The most actors in one answer."""
    cursor: Cursor = ""
    """Where to go on: `cursor` of the answer before."""

    def filters(self) -> Filters:
        """Return what the search is narrowed to."""
        return Filters(self.kind or PUBLIC_KINDS, self.theme, self.help, self.municipality)


class PersonSearch(Input):
    """A search for persons, in the body of the request, so that no name stands in an address."""

    text: Annotated[str, Field(min_length=2, max_length=MAX_TEXT)]
    """Beginnings of words of a person's name."""
    limit: Annotated[int, Field(ge=1, le=MOST_FOUND), BeforeValidator(whole_number)] = 20
    """The most persons in one answer."""
    cursor: Cursor = ""
    """Where to go on: `cursor` of the answer before."""


class ActorQuestion(Question):
    """One actor, whole."""

    limit: Annotated[int, Field(ge=1, le=MOST_TIES)] = 50
    """The most ties in each group of ties."""
    as_of: Day | None = None
    """The day on which ties are judged; today in Amsterdam if left out."""


class NeighbourhoodQuestion(Question):
    """Who stands around an actor."""

    depth: Annotated[int, Field(ge=1, le=MAX_DEPTH)] = 1
    """How many ties away, at most."""
    kind: Kinds = ()
    """Kinds of actor to answer with. None: every kind."""
    tie_kind: Annotated[tuple[TieKind, ...], Field(max_length=len(LISTS.tie_kinds))] = ()
    """Kinds of tie to walk along. None: every kind that is a contact."""
    limit: Annotated[int, Field(ge=1, le=MOST_AROUND)] = 100
    """The most actors in one answer, those with the highest chance of an introduction."""
    as_of: Day | None = None
    """The day on which ties are judged; today in Amsterdam if left out."""

    def asked(self) -> dict[str, Any]:
        """Return what is asked of `graph.questions.neighbourhood`."""
        return {
            "depth": self.depth,
            "kinds": self.kind,
            "tie_kinds": self.tie_kind,
            "limit": self.limit,
            "as_of": self.as_of,
        }


class NearbyQuestion(Question):
    """Who is nearby, as the crow flies."""

    km: Annotated[float, Field(ge=0.1, le=MAX_KM, allow_inf_nan=False)] = 10.0
    """How far, in kilometres."""
    limit: Annotated[int, Field(ge=1, le=MOST_NEAR)] = 50
    """The most actors in one answer, the nearest."""


class OverviewQuestion(Question):
    """What is in here."""

    limit: Annotated[int, Field(ge=1, le=MOST_DATASETS)] = 100
    """The most datasets, and the most figures, in one answer."""


class FromForm(BaseModel):
    """A question that a page's form asks: what was not filled in is sent as an empty value, and says nothing."""

    @model_validator(mode="before")
    @classmethod
    def _drop_empty(cls, values: Any) -> Any:  # noqa: ANN401 - whatever was sent
        if not isinstance(values, Mapping):
            return values
        told = {name: [v for v in value if v] if isinstance(value, list) else value for name, value in values.items()}
        return {name: value for name, value in told.items() if value not in ("", [])}


class SearchPage(FromForm, SearchQuestion):
    """A search, asked by a form."""


class ActorPage(FromForm, ActorQuestion):
    """One actor, asked by a form."""


class NeighbourhoodPage(FromForm, NeighbourhoodQuestion):
    """Who stands around an actor, asked by a form."""


class NearbyPage(FromForm, NearbyQuestion):
    """Who is nearby, asked by a form."""


class PartQuestion(FromForm, Question):
    """A part of the sector: by filters, or a network with its members, or what a dataset has; else all."""

    kind: Kinds = ()
    """Kinds of actor; one of these."""
    theme: Themes = ()
    """Themes; the actor has one of these, or one that falls under it."""
    help: Helps = ()
    """Helps; the actor offers or refers for one of these, or a kind of it."""
    municipality: Municipalities = ()
    """Municipalities, by CBS code (`GM0599`) or by the id of their actor."""
    network: Named = ""
    """The id of a network: it and its members."""
    dataset: Named = ""
    """The name of a dataset: whom it has a record of."""
    as_of: Day | None = None
    """The day on which ties are judged; today in Amsterdam if left out."""

    def part(self) -> Part:
        """Return which part is asked for."""
        return Part("", self.kind, self.theme, self.help, self.municipality, self.network, self.dataset)


class PersonForm(BaseModel):
    """A search for persons from a page; other fields of the form are for the search of actors."""

    model_config = ConfigDict(frozen=True, str_strip_whitespace=True)

    q: Annotated[str, Field(max_length=MAX_TEXT)] = ""
    """Beginnings of words of a person's name."""
    cursor: Cursor = ""
    """Where to go on."""


class MarkedForm(BaseModel):
    """What only a form of ours may send."""

    model_config = ConfigDict(frozen=True)

    mark: Annotated[str, Field(max_length=200)] = ""
    """That the form is ours."""


class TokenForm(MarkedForm):
    """What staff sign in with."""

    token: Annotated[str, Field(max_length=1000)] = ""
    """The staff's token."""
