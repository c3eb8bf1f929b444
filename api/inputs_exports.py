"""What may be asked of an export: which actors it holds."""

from typing import Annotated, TypeAlias

from fastapi import Path
from pydantic import Field, WithJsonSchema

from api.inputs import MOST_VALUES, PUBLIC_KINDS, Day, FromForm, Help, Kind, Question, Theme
from api.inputs_helping import LONGEST_ID, Id
from graph.answers import Part
from graph.questions.neighbourhood import MAX_DEPTH
from graph.questions.searching import MAX_TEXT
from viz import EXPORTS

MOST_ACTORS = 500

FormatName: TypeAlias = Annotated[
    str,
    Path(alias="format", description="The format."),
    WithJsonSchema({"type": "string", "enum": list(EXPORTS)}),
]


class ExportQuestion(FromForm, Question):
    """Which actors, with every tie among them: what a search finds, or one of `network`, `dataset`, `around`, `actor`; else all."""

    q: Annotated[str, Field(max_length=MAX_TEXT)] = ""
    """Beginnings of words of a name; finds no persons, as a name may not stand in an address."""
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
    around: Annotated[str, Field(max_length=LONGEST_ID)] = ""
    """The id of an actor: it and who stands around it, the 500 with the best chance of an introduction."""
    depth: Annotated[int, Field(ge=1, le=MAX_DEPTH)] = 1
    """How many ties away from the actor of `around`, at most."""
    actor: Annotated[tuple[Id, ...], Field(max_length=MOST_ACTORS)] = ()
    """Ids of single actors."""
    as_of: Day | None = None
    """The day on which ties are judged; today in Amsterdam if left out."""

    def part(self) -> Part:
        """Return which part is asked for, but for `around`."""
        kinds = self.kind
        if self.q.strip():
            kinds = tuple(kind for kind in kinds or PUBLIC_KINDS if kind in PUBLIC_KINDS) or PUBLIC_KINDS
        return Part(
            self.q, kinds, self.theme, self.help, self.municipality, self.network, self.dataset, tuple(self.actor)
        )
