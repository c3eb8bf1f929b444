"""What questions answer: plain data that a terminal, a page, HTTP or a drawing can show.

Every answer names the `revision` that it was made from: the last that changed something its viewer sees.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

from graph import chance
from graph.errors import Lang
from graph.model import Actor, Card, Count, Dataset, Figure, Source, Tie


@dataclass(frozen=True, slots=True)
class Found:
    """Actors that a search found, best first. `cursor` leads to the next page (empty: this is the last)."""

    revision: int
    text: str
    actors: tuple[Card, ...]
    cursor: str
    more: Count


@dataclass(frozen=True, slots=True)
class TieGroup:
    """An actor's ties of one kind, in one direction (`out`: it is the source), with the other ends' cards by id."""

    kind: str
    out: bool
    count: Count
    ties: tuple[Tie, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """An actor whole, with its ties grouped by kind. `others` has the card of every other end, in order of `ties`."""

    revision: int
    as_of: date
    actor: Actor
    ties: tuple[TieGroup, ...]
    others: dict[str, Card]
    municipality: Card | None


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An actor around another: `chance` (0–1) of an introduction along the best path, of `steps` ties, last over `via`."""

    actor: Card
    steps: int
    chance: float
    via: str


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Who stands around an actor, in order of chance, and the ties among all of them.

    `contacts` counts the actors that `centre` has a walkable tie with; `more` those found within `depth` but cut by
    `limit`; `more_ties` the ties among those shown that were cut.
    """

    revision: int
    as_of: date
    centre: Card
    depth: int
    actors: tuple[Neighbour, ...]
    ties: tuple[Tie, ...]
    more: Count
    more_ties: Count


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

    `what`: offers, refers, declines, gave (then `help`, and its `count` of receivers beside the asker, of whom `alike`
    are like it; `own`: the asker got it too);
    themes, area, legal_form, members_of, amount, window, conditions, elsewhere (then `values`, and `help` where the helper
    offers several and the condition is of one). `met` is None where it is not known.
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
    are exactly the best. `unreachable` are the best fitting of those to whom no path leads: as many as `helpers` lacks of what was asked for,
    and a few at least; beside as many helpers as asked for, those alone that fit as well as all that are told. `unfit` are
    those who offer it under conditions that are not met. `more`, `more_unreachable` and `more_unfit` say how many helpers,
    and how many of these, are left out. `missing`: what is not in the data (no_ties, no_introducers, no_helpers).
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


@dataclass(frozen=True, slots=True)
class Near:
    """An actor nearby: how far (km), and why it may matter: shared themes, what it offers that the other needs, and back."""

    actor: Card
    km: float
    themes: tuple[str, ...]
    offers: tuple[str, ...]
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Nearby:
    """Actors within `km` of `centre`, nearest first. `located` says how its place is known ("": not at all).

    A distance is one between places: `located` of both cards says whether they are the actors' own coordinates
    ("stated"), or those of their place or municipality.
    """

    revision: int
    centre: Card
    located: str
    km: float
    actors: tuple[Near, ...]
    more: Count


@dataclass(frozen=True, slots=True)
class Ties:
    """The ties among some actors on a day, likeliest to introduce first; `more` counts those that are left out."""

    as_of: date
    ties: tuple[Tie, ...]
    more: Count


@dataclass(frozen=True, slots=True)
class Overview:
    """What is in the store, for a viewer: actors by kind, datasets with their dates, figures about the sector.

    `more` and `more_figures` say how many datasets and figures are left out.
    """

    revision: int
    kinds: dict[str, int]
    datasets: tuple[Dataset, ...]
    figures: tuple[Figure, ...]
    more: Count
    more_figures: Count


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
class Duplicates:
    """Pairs of actors that are probably one, best first; `cursor` leads to the next page (empty: this is the last)."""

    revision: int
    pairs: tuple[Duplicate, ...]
    cursor: str
    more: Count


@dataclass(frozen=True, slots=True)
class Judged:
    """What a person decided of two actors: `verdict` (same, different, unknown), who, when (ISO 8601), why.

    `one` and `other` are the ids that it was said of, with the names of their records; `now` is who bears them today (None:
    nobody does).
    """

    verdict: str
    one: str
    other: str
    names: tuple[str, str]
    now: tuple[Card | None, Card | None]
    who: str
    at: str
    why: str


@dataclass(frozen=True, slots=True)
class Judgements:
    """Judgements on pairs of actors, newest first; `cursor` as in `Duplicates`."""

    revision: int
    judgements: tuple[Judged, ...]
    cursor: str
    more: Count


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the sector: what a search finds, or a network with its members, or what a dataset has; else the whole.

    `text` and the filters narrow as those of a search do: `municipalities` are CBS codes or ids of their actors, `helps`
    what an actor offers or refers for. `network` is an actor's id, `dataset` a dataset's name, `actors` are ids; each of
    these stands alone.
    """

    text: str = ""
    kinds: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    helps: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    network: str = ""
    dataset: str = ""
    actors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Actors of a part of the sector, best connected first, and the ties among them, likeliest to introduce first.

    A network, or a municipality, stands before those in it. `subject` is the actor that the part is about, if one is: its
    municipality (if it is about one alone and this view has it) or its network; `dataset` that which it is. `more` counts
    the actors of the part that are left out, `more_ties` the ties among those shown.
    """

    revision: int
    as_of: date
    part: Part
    subject: Card | None
    dataset: Dataset | None
    actors: tuple[Card, ...]
    ties: tuple[Tie, ...]
    more: Count
    more_ties: Count


Outline: TypeAlias = tuple[tuple[float, float], ...]  # of a municipality: longitude and latitude in degrees, WGS84


@dataclass(frozen=True, slots=True)
class Drawing:
    """A map to draw: actors and the ties among them, and what must be said with it.

    `centre` is an actor's id or "". `origin` is the address of the page that the map belongs to, if there
    is one. `rings` says of each of `actors` how many introductions away it is from who asks; then the map fans out.
    `geographic`: actors stand at their coordinates, which all have; `outlines` are what lies under them, as (lon, lat).
    `licences` are those of datasets, by name, as far as they state one.
    """

    title: str
    lang: str
    audience: str
    as_of: date
    revision: int
    centre: str
    actors: tuple[Card, ...]
    ties: tuple[Tie, ...]
    sources: tuple[Source, ...]
    left_out: str = ""
    origin: str = ""
    rings: tuple[int, ...] = ()
    geographic: bool = False
    outlines: tuple[Outline, ...] = ()
    licences: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Holding:
    """A dataset as it says it, to load elsewhere: `speaker` as it names it, and its records.

    `records` gives those of `sources`, `actors`, `ties`, `offers` or `figures` as their fields, ends as the dataset names them.
    """

    dataset: Dataset
    speaker: str
    records: Callable[[str], Iterator[Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class Extract:
    """Actors, whole, and the ties among them, to write to a file: read as they are asked for, as there may be many.

    `actors` and `ties` each begin anew when called, and come in the same order. `datasets` are those that the viewer sees,
    `municipalities` the names of municipalities by CBS code. `holdings` are whole datasets, if these were
    asked for. To be read while the view that it was made from is open.
    """

    title: str
    lang: Lang
    audience: str
    as_of: date
    revision: int
    datasets: tuple[Dataset, ...]
    municipalities: Mapping[str, str]
    actors: Callable[[], Iterator[Actor]]
    ties: Callable[[], Iterator[Tie]]
    left_out: str = ""
    holdings: tuple[Holding, ...] = ()
