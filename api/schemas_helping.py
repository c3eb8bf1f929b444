"""What is answered over HTTP to who can help, and to how one gets from one to another.

Sentences come from the `Telling` that the models are validated with (`model_validate(answer, context=telling)`).
"""

from datetime import date
from typing import Annotated

from pydantic import Field, ValidationInfo, model_validator

from api.schemas_parts import ActorOut, Answer, CountOut, Known, Sources, StatedTie
from graph.answers_helping import HelpAnswer, Path, Reason, Step
from graph.chance import rounded
from graph.sentences import percent
from graph.telling import Telling


class NamedOut(Answer):
    """Who stands at an end of a step."""

    id: str
    kind: str
    name: str


class StepTieOut(StatedTie):
    """The tie of a step; `source` and `target` are ids. `amount` in euro."""


class StepOut(Answer):
    """One introduction on a path."""

    from_: Annotated[NamedOut | None, Field(alias="from")]
    """Who introduces, or who asks; `null` for somebody who is no actor."""
    to: NamedOut
    """Whom one is introduced to."""
    tie: StepTieOut | None
    """The best tie between the two; `null` where somebody who is no actor says whom it knows."""
    chance: float
    """The chance (0–1) of the tie."""
    openness: float | None
    """The chance (0–1) that `to` passes one on; `null` at the end of a path."""
    sentence: str
    """The step in words, in the language that was asked for."""
    sources: Sources

    @model_validator(mode="before")
    @classmethod
    def _of_step(cls, value: object, info: ValidationInfo) -> object:
        if not isinstance(value, Step):
            return value
        return cls.told(
            value,
            from_=value.start,
            to=value.end,
            chance=rounded(value.chance),
            openness=None if value.openness is None else rounded(value.openness),
            sentence=_telling(info).step(value),
            sources=value.tie.sources if value.tie else (),
        )


class PathOut(Answer):
    """A chain of introductions."""

    chance: float
    """The chance (0–1) of them all."""
    weakest: int
    """The position, from 0, of the step that is least likely."""
    sentence: str
    """How likely the path is, and which step is the weakest, in words."""
    steps: tuple[StepOut, ...]

    @model_validator(mode="before")
    @classmethod
    def _of_path(cls, value: object, info: ValidationInfo) -> object:
        if not isinstance(value, Path):
            return value
        telling = _telling(info)
        sure = f"{telling.sure(value.chance).capitalize()} ({percent(value.chance)})."
        return cls.told(value, sentence=f"{sure} {telling.weakest(value)}".strip())


class ReasonOut(Answer):
    """Why a helper fits, or not."""

    what: str
    """`offers`, `refers`, `declines`, `gave`, `themes`, `area`, `legal_form`, `members_of`, `amount`, `window`,
    `conditions` or `elsewhere`."""
    met: bool | None
    """Whether it is met; `null`: unknown."""
    help: Known
    """The help offered, referred for, declined or given; of a condition: the one it is of, where several are offered."""
    values: tuple[str, ...]
    """What the condition asks for: codes of areas, ids of networks, themes, legal forms, an amount from and to."""
    count: int | None
    """To how many others it was given before."""
    alike: int | None
    """How many of these are like the asker."""
    sentence: str
    sources: Sources

    @model_validator(mode="before")
    @classmethod
    def _of_reason(cls, value: object, info: ValidationInfo) -> object:
        if not isinstance(value, Reason):
            return value
        counts = {} if value.what == "gave" else {"count": None, "alike": None}
        return cls.told(value, sentence=_telling(info).reason(value), **counts)


class HelperOut(Answer):
    """Somebody who may help, and how one gets there."""

    actor: ActorOut
    score: float
    """`chance` × `fit`: the order of the answer."""
    chance: float
    """The chance (0–1) of the path."""
    fit: float
    """How well it fits (0–1)."""
    reasons: Annotated[tuple[ReasonOut, ...], Field(alias="fitReasons")]
    path: PathOut
    alternatives: tuple[PathOut, ...]
    """Other ways in; none shares a connector with one before it."""


class UnreachedOut(Answer):
    """Somebody to whom no path is told."""

    actor: ActorOut
    fit: float
    """How well it fits (0–1); 0: not at all."""
    reasons: Annotated[tuple[ReasonOut, ...], Field(alias="fitReasons")]
    way_in: tuple[str, ...]
    """Its public ways in: desks and websites."""


class MoreHelpersOut(Answer):
    """What an answer leaves out."""

    helpers: CountOut
    """Helpers that can be reached too."""
    unreachable: CountOut
    """Others that would be told as `unreachable`."""
    unfit: CountOut
    """Others that offer it under conditions that are not met."""


class MissingOut(Answer):
    """What the data lack."""

    what: str
    """`no_ties` of the asker, `no_introducers` among those it has ties with, `no_helpers` for this help."""
    sentence: str


class HelpAnswerOut(Answer):
    """Who can help, best first."""

    asker: ActorOut | None
    """`null` for somebody who is no actor."""
    help: str
    themes: tuple[str, ...]
    as_of: date
    max_steps: int
    revision: int
    complete: bool
    """Whether these are exactly the best; if not, the search was cut off."""
    sentence: str
    """What it comes down to."""
    helpers: tuple[HelperOut, ...]
    """Those that are news to the asker."""
    known: tuple[HelperOut, ...]
    """Those that the asker has a tie with already."""
    unreachable: tuple[UnreachedOut, ...]
    """Those who fit best of those to whom no path leads, with their public way in: as many as `helpers` lacks, three at least.

    Beside as many helpers as asked for: those alone to whom no path leads however long, and whose offer (likeness left out)
    fits at least as well as all of these and of the `known`.
    """
    unfit: tuple[UnreachedOut, ...]
    """Those who offer it under conditions that are not met."""
    more: MoreHelpersOut
    missing: tuple[MissingOut, ...]

    @model_validator(mode="before")
    @classmethod
    def _of_answer(cls, value: object, info: ValidationInfo) -> object:
        if not isinstance(value, HelpAnswer):
            return value
        telling = _telling(info)
        more = {"helpers": value.more, "unreachable": value.more_unreachable, "unfit": value.more_unfit}
        missing = [{"what": what, "sentence": telling.missing(what, value.asker)} for what in value.missing]
        return cls.told(value, sentence=telling.best(value), more=more, missing=missing)


class PathsOut(Answer):
    """How one gets from one actor to another: the best path, then others that share no connector with one before."""

    start: Annotated[ActorOut, Field(alias="from")]
    end: Annotated[ActorOut, Field(alias="to")]
    as_of: date
    max_steps: int
    revision: int
    complete: bool
    """Whether there are no others within `maxSteps`, or as many as were asked for."""
    paths: tuple[PathOut, ...]


def _telling(info: ValidationInfo) -> Telling:
    if not isinstance(info.context, Telling):
        raise TypeError("an answer is told by a Telling")
    return info.context
