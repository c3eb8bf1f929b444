"""What staff may ask of duplicates, and how they judge, over HTTP and on pages."""

from typing import Annotated, TypeAlias

from pydantic import Field

from api.inputs import Cursor, FromForm, Id, Input, MarkedForm, Named, Question, choice, enum
from graph.ingest.judging import VERDICTS

MOST_PAIRS = 100
Verdict: TypeAlias = Annotated[str, choice(VERDICTS), enum(VERDICTS)]
Words: TypeAlias = Annotated[str, Field(max_length=500)]


class PairsQuestion(Question):
    """Pairs of actors."""

    limit: Annotated[int, Field(ge=1, le=MOST_PAIRS)] = 20
    """The most pairs in one answer."""
    cursor: Cursor = ""
    """Where to go on: `cursor` of the answer before."""


class JudgementRequest(Input):
    """What a person decided about two actors."""

    verdict: Verdict
    """`same`, `different`, or `unknown` (then the pair is not proposed again, and stays as it is)."""
    one: Id
    """The id of an actor."""
    other: Id
    """The id of the other actor."""
    who: Words = ""
    """Who decided: a desk or a role."""
    why: Words = ""
    """Why."""


class WithdrawalRequest(Input):
    """A judgement to take back."""

    verdict: Verdict
    """What was judged: `same`, `different` or `unknown`."""
    one: Id
    """The id of one of the actors, as it was when it was judged."""
    other: Id
    """The id of the other actor, likewise."""


class PairsPage(FromForm, PairsQuestion):
    """Pairs of actors, on a page."""

    limit: Annotated[int, Field(ge=1, le=MOST_PAIRS)] = 5
    """The most pairs on one page."""
    done: Annotated[str, Field(max_length=20)] = ""
    """What was just judged, or came of it."""
    before: Annotated[str, Field(max_length=20)] = ""
    """The verdict whose place it took."""
    one: Named = ""
    """The id of an actor that was judged."""
    other: Named = ""
    """The id of the other."""


class WithdrawalForm(MarkedForm):
    """A judgement to take back, from a page."""

    verdict: Verdict
    """`same`, `different` or `unknown`."""
    one: Id
    """The id of an actor."""
    other: Id
    """The id of the other actor."""


class JudgementForm(WithdrawalForm):
    """A judgement from a page."""

    who: Words = ""
    """Who decided."""
    why: Words = ""
    """Why."""
    cursor: Cursor = ""
    """The page that the judge was on."""
