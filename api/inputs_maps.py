"""What may be asked of a map: the question that it draws, and as which file."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from api.inputs import (
    MOST_VALUES,
    Day,
    Format,
    FromForm,
    Help,
    Kind,
    NearbyPage,
    NeighbourhoodPage,
    PaperSize,
    Question,
    Theme,
)
from api.inputs_helping import LONGEST_ID, Id
from api.inputs_helping_pages import HelpPage, PathsPage, StrangerForm
from graph.answers import Part
from graph.questions.excerpts import MAX_LIMIT
from viz.paper import Paper


class MapFile(BaseModel):
    """As which file a map is wanted."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    format: Format = "html"
    """`html` (interactive), or a picture: `svg`, `png`, `pdf`."""
    paper: PaperSize = Paper.A4
    """The paper that a picture is for: `a4` or `a3`."""
    geographic: bool = False
    """A picture by place: actors at their coordinates."""


class NeighbourhoodMap(NeighbourhoodPage, MapFile):
    """A map of who stands around an actor."""


class NearbyMap(NearbyPage, MapFile):
    """A map of who is nearby."""


class HelpMap(HelpPage, MapFile):
    """A map of the paths to those who can help an actor."""


class StrangerMap(StrangerForm, MapFile):
    """A map of the paths to those who can help somebody who describes itself."""


class PathsMap(PathsPage, MapFile):
    """A map of how one gets from one actor to another."""


class PartMap(FromForm, Question, MapFile):
    """A map of a part of the sector: by filters, of a network with its members, or of what a dataset has; else of all."""

    kind: Annotated[tuple[Kind, ...], Field(max_length=MOST_VALUES)] = ()
    """Kinds of actor; one of these."""
    theme: Annotated[tuple[Theme, ...], Field(max_length=MOST_VALUES)] = ()
    """Themes; the actor has one of these, or one that falls under it."""
    help: Annotated[tuple[Help, ...], Field(max_length=MOST_VALUES)] = ()
    """Helps; the actor offers or refers for one of these, or a kind of it."""
    municipality: Annotated[tuple[Id, ...], Field(max_length=MOST_VALUES)] = ()
    """Municipalities, by CBS code or by the id of their actor."""
    network: Annotated[str, Field(max_length=LONGEST_ID)] = ""
    """The id of a network: it and its members."""
    dataset: Annotated[str, Field(max_length=LONGEST_ID)] = ""
    """The name of a dataset."""
    limit: Annotated[int, Field(ge=1, le=MAX_LIMIT)] = 500
    """The most actors on the map, those with most contacts."""
    as_of: Day | None = None
    """The day on which ties are judged; today in Amsterdam if left out."""

    def part(self) -> Part:
        """Return which part is asked for."""
        return Part("", self.kind, self.theme, self.help, self.municipality, self.network, self.dataset)
