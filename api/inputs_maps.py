"""What may be asked of a map: the question that it draws, and as which file."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from api.inputs import Format, NearbyPage, NeighbourhoodPage, PaperSize, PartQuestion
from api.inputs_helping_pages import HelpPage, PathsPage, StrangerForm
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


class PartMap(PartQuestion, MapFile):
    """A map of a part of the sector: by filters, of a network with its members, or of what a dataset has; else of all."""

    limit: Annotated[int, Field(ge=1, le=MAX_LIMIT)] = 500
    """The most actors on the map, those with most contacts."""
