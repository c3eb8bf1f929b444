"""What a renderer is given: a map to draw, or an extract to write to a file."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

from graph.errors import Lang
from graph.model import Actor, Card, Dataset, Source, Tie

Outline: TypeAlias = tuple[tuple[float, float], ...]  # of a municipality: longitude and latitude in degrees, WGS84


@dataclass(frozen=True, slots=True)
class Drawing:
    """A map to draw: actors and the ties among them, and what must be said with it.

    `centre` is an actor's id or "". `origin` is the address of the page that the map belongs to, if there
    is one. `rings` says of each of `actors` how many introductions away it is from who asks; then the map fans out.
    `geographic`: actors stand at their coordinates, which all have; `outlines` are what lies under them, as (lon, lat).
    `sources` are where all that is drawn can be checked; `licences` those of datasets, by name, as far as they state one.
    """

    title: str
    lang: str
    audience: str
    as_of: date
    revision: int
    centre: str
    actors: tuple[Card, ...]
    ties: tuple[Tie, ...]
    sources: tuple[Source, ...] = ()
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
