"""What questions about duplicates answer: which actors may be one, and what people judged of them."""

from dataclasses import dataclass

from graph.model import Card, Count


@dataclass(frozen=True, slots=True)
class Why:
    """Why two actors may be one, or not, in Dutch and in English."""

    nl: str
    en: str


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two actors that may be one: how likely (0–1; it orders, it is no probability), and why."""

    one: Card
    other: Card
    score: float
    reasons: tuple[Why, ...]


@dataclass(frozen=True, slots=True)
class Namesakes:
    """How many new actors are called as one that was there, which is not known to be elsewhere; and the ids of the first two."""

    count: int
    new: str = ""
    old: str = ""


@dataclass(frozen=True, slots=True)
class Duplicates:
    """Pairs of actors that are probably one, best first; `cursor` leads to the next page (empty: this is the last)."""

    revision: int
    pairs: tuple[Duplicate, ...]
    cursor: str
    more: Count


@dataclass(frozen=True, slots=True)
class Judged:
    """What a person decided of two actors: `verdict` (same, different, unknown), who, when (ISO 8601), why.

    `one` and `other` are the ids that it was said of, with the names of their records (the id, where there is none to tell);
    `now` is who bears them today (None: nobody does).
    """

    verdict: str
    one: str
    other: str
    names: tuple[str, str]
    now: tuple[Card | None, Card | None]
    who: str
    at: str
    why: str

    @property
    def holds(self) -> bool:
        """Whether the two are one now if they were judged the same: another judgement may hold them apart, or one be away."""
        one, other = self.now
        return self.verdict != "same" or (one is not None and other is not None and one.n == other.n)


@dataclass(frozen=True, slots=True)
class Judgements:
    """Judgements on pairs of actors, newest first; `cursor` as in `Duplicates`."""

    revision: int
    judgements: tuple[Judged, ...]
    cursor: str
    more: Count
