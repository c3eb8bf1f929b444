"""What may be asked of a part of the sector, to be drawn or exported: filters, or a network or dataset."""

from typing import Annotated

from pydantic import Field

from api.inputs import MOST_VALUES, Day, FromForm, Help, Kind, Question, Theme
from api.inputs_helping import LONGEST_ID, Id
from graph.answers import Part


class PartQuestion(FromForm, Question):
    """A part of the sector: by filters, or a network with its members, or what a dataset has; else all."""

    kind: Annotated[tuple[Kind, ...], Field(max_length=MOST_VALUES)] = ()
    """Kinds of actor; one of these."""
    theme: Annotated[tuple[Theme, ...], Field(max_length=MOST_VALUES)] = ()
    """Themes; the actor has one of these, or one that falls under it."""
    help: Annotated[tuple[Help, ...], Field(max_length=MOST_VALUES)] = ()
    """Helps; the actor offers or refers for one of these, or a kind of it."""
    municipality: Annotated[tuple[Id, ...], Field(max_length=MOST_VALUES)] = ()
    """Municipalities, by CBS code (`GM0599`) or by the id of their actor."""
    network: Annotated[str, Field(max_length=LONGEST_ID)] = ""
    """The id of a network: it and its members."""
    dataset: Annotated[str, Field(max_length=LONGEST_ID)] = ""
    """The name of a dataset: whom it has a record of."""
    as_of: Day | None = None
    """The day on which ties are judged; today in Amsterdam if left out."""

    def part(self) -> Part:
        """Return which part is asked for."""
        return Part("", self.kind, self.theme, self.help, self.municipality, self.network, self.dataset)
