"""What staff may ask of duplicates, and how they judge, over HTTP and on pages."""

from typing import Annotated, TypeAlias

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from api.inputs import Cursor, FromForm, Question, choice, enum
from graph.ingest.judging import VERDICTS

MOST_PAIRS = 100
AnId: TypeAlias = Annotated[str, Field(min_length=1, max_length=300)]
Verdict: TypeAlias = Annotated[str, choice(VERDICTS), enum(VERDICTS)]
Words: TypeAlias = Annotated[str, Field(max_length=500)]


class PairsQuestion(Question):
    """Pairs of actors."""

    limit: Annotated[int, Field(ge=1, le=MOST_PAIRS)] = 20
    """The most pairs in one answer."""
    cursor: Cursor = ""
    """Where to go on: `cursor` of the answer before."""


class JudgementRequest(BaseModel):
    """What a person decided about two actors."""

    model_config = ConfigDict(extra="forbid", frozen=True, alias_generator=to_camel, use_attribute_docstrings=True)

    verdict: Verdict
    """`same`, `different`, or `unknown` (then the pair is not proposed again, and stays as it is)."""
    one: AnId
    """The id of an actor."""
    other: AnId
    """The id of the other actor."""
    who: Words = ""
    """Who decided: a desk or a role."""
    why: Words = ""
    """Why."""


class WithdrawalRequest(BaseModel):
    """A judgement to take back."""

    model_config = ConfigDict(extra="forbid", frozen=True, alias_generator=to_camel, use_attribute_docstrings=True)

    verdict: Verdict
    """What was judged: `same`, `different` or `unknown`."""
    one: AnId
    """The id of one of the actors, as it was when it was judged."""
    other: AnId
    """The id of the other actor, likewise."""


class PairsPage(FromForm, PairsQuestion):
    """Pairs of actors, on a page."""

    limit: Annotated[int, Field(ge=1, le=MOST_PAIRS)] = 5
    """The most pairs on one page."""
    done: Annotated[str, Field(max_length=20)] = ""
    """What was just judged, or came of it."""
    before: Annotated[str, Field(max_length=20)] = ""
    """The verdict whose place it took."""
    one: Annotated[str, Field(max_length=300)] = ""
    """The id of an actor that was judged."""
    other: Annotated[str, Field(max_length=300)] = ""
    """The id of the other."""


class WithdrawalForm(BaseModel):
    """A judgement to take back, from a page."""

    model_config = ConfigDict(frozen=True)

    verdict: Verdict
    """`same`, `different` or `unknown`."""
    one: AnId
    """The id of an actor."""
    other: AnId
    """The id of the other actor."""
    mark: Annotated[str, Field(max_length=200)] = ""
    """That the form is ours."""


class JudgementForm(WithdrawalForm):
    """A judgement from a page."""

    who: Words = ""
    """Who decided."""
    why: Words = ""
    """Why."""
    cursor: Cursor = ""
    """The page that the judge was on."""
