"""What questions about introductions and help answer: paths, and who can help along them."""

from dataclasses import dataclass
from datetime import date

from graph import chance
from graph.model import Card, Count, Source, Tie


@dataclass(frozen=True, slots=True)
class Step:
    """One introduction on a path: who brings you to whom, by which tie.

    `chance` (0–1) is the tie's; `openness` (0–1) that of `end` as the one who passes you on, None at the end of a path.
    `start` is None for an asker that is no actor; its tie is then with somebody it says it knows.
    """

    start: Card | None
    end: Card
    tie: Tie | None
    chance: float
    openness: float | None

    @property
    def likely(self) -> float:
        """The chance (0–1) that the step is taken: its tie's, and that of the one at its end who must pass the asker on."""
        return chance.rounded(self.chance * (1.0 if self.openness is None else self.openness))


@dataclass(frozen=True, slots=True)
class Path:
    """A chain of introductions, with the chance (0–1) of them all; `weakest` is the position of the least likely step."""

    chance: float
    weakest: int
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Paths:
    """The best path between two actors, and others that each share no connector with one before.

    `complete`: these are all that `max_steps` and the least chance that is told of allow, or as many as were asked for.
    """

    revision: int
    as_of: date
    start: Card
    end: Card
    max_steps: int
    paths: tuple[Path, ...]
    complete: bool


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a helper fits, or not.

    `what` is a stance (offers, refers, declines) or gave, each of `help`; or a condition (themes, area, legal_form, members_of,
    amount, window, conditions, elsewhere) with its `values`, and with `help` where the helper offers several and the condition
    is of one. `met` is None where it is not known. Of gave, `count` has how many receivers there are beside the asker, `alike`
    how many of these are like it; `own`: the asker got it too.
    """

    what: str
    met: bool | None = True
    help: str = ""
    values: tuple[str, ...] = ()
    count: int = 0
    alike: int = 0
    own: bool = False
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Helper:
    """Somebody who may help: score = chance of the path × fit, with why, and other ways in."""

    actor: Card
    score: float
    chance: float
    fit: float
    reasons: tuple[Reason, ...]
    path: Path
    alternatives: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Unreached:
    """Somebody who fits and to whom no path leads (with its public way in), or who does not fit (`fit` 0)."""

    actor: Card
    fit: float
    reasons: tuple[Reason, ...]
    way_in: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HelpAnswer:
    """Who can help, best first.

    `known` are helpers that the asker has a tie with already, `helpers` those that are news; `complete` says that these
    are exactly the best. `unreachable` are the best fitting of those to whom no path leads: as many as `helpers` lacks of what
    was asked for, and a few at least. If it lacks none, only those are told that fit as well as all helpers that are told.
    `unfit` are those who offer it under conditions that are not met. `more`, `more_unreachable` and `more_unfit` say how many
    helpers, and how many of these, are left out. `missing`: what is not in the data (no_ties, no_introducers, no_helpers).
    """

    revision: int
    as_of: date
    asker: Card | None
    help: str
    themes: tuple[str, ...]
    max_steps: int
    limit: int
    complete: bool
    known: tuple[Helper, ...]
    helpers: tuple[Helper, ...]
    unreachable: tuple[Unreached, ...]
    unfit: tuple[Unreached, ...]
    more: Count
    more_unreachable: Count
    more_unfit: Count
    missing: tuple[str, ...]

    @property
    def full(self) -> bool:
        """Whether there are, or may be, as many helpers as asked for."""
        return not self.complete or len(self.helpers) >= self.limit
