"""What is answered about duplicates and judgements over HTTP."""

from api.schemas_parts import ActorOut, Answer, CountOut, Known


class WhyOut(Answer):
    """Why two actors may be one, or not, in Dutch and in English."""

    nl: str
    en: str


class DuplicateOut(Answer):
    """Two actors that are probably one."""

    one: ActorOut
    other: ActorOut
    score: float
    """0–1; it orders pairs, it is no probability."""
    reasons: tuple[WhyOut, ...]


class DuplicatesOut(Answer):
    """Pairs of actors that are probably one, best first; none that were judged."""

    revision: int
    pairs: tuple[DuplicateOut, ...]
    cursor: Known
    """Give it back to get the next; `null`: these were the last."""
    more: CountOut


class JudgedOut(Answer):
    """What a person decided of two actors."""

    verdict: str
    """`same`, `different` or `unknown`."""
    one: str
    """The id of an actor, when it was judged."""
    other: str
    names: tuple[str, str]
    """The names of the records that it was said of."""
    who: Known
    at: str
    """When, as an ISO 8601 date and time."""
    why: Known


class JudgementsOut(Answer):
    """Judgements on pairs of actors, newest first."""

    revision: int
    judgements: tuple[JudgedOut, ...]
    cursor: Known
    """Give it back to get the next; `null`: these were the last."""
    more: CountOut


class JudgementMadeOut(Answer):
    """What came of a judgement, or of taking one back."""

    revision: int
    """The store's revision now."""
    self_ties: int
    """Ties that it made ties of an actor with itself, and which fall away."""
    joined: bool
    """Whether the two are one actor now. Judged the same they may yet be two: another judgement holds them apart, or one is not here."""
