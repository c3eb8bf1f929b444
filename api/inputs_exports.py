"""What may be asked of an export: which actors it holds."""

from dataclasses import replace
from typing import Annotated, TypeAlias

from fastapi import Path
from pydantic import Field, WithJsonSchema

from api.inputs import PUBLIC_KINDS, Id, Named, PartQuestion
from graph.answers import Part
from graph.questions.nearby import MAX_LIMIT as MOST_NEAR
from graph.questions.neighbourhood import MAX_DEPTH
from graph.questions.neighbourhood import MAX_LIMIT as MOST_AROUND
from graph.questions.searching import MAX_TEXT
from viz import EXPORTS

MOST_ACTORS = 1 + max(MOST_AROUND, MOST_NEAR)  # an actor, and those that a page shows around or near it

FormatName: TypeAlias = Annotated[
    str,
    Path(alias="format", description="The format."),
    WithJsonSchema({"type": "string", "enum": list(EXPORTS)}),
]


class ExportQuestion(PartQuestion):
    """Which actors, with every tie among them: what a search finds, or one of `network`, `dataset`, `around`, `actor`; else all."""

    q: Annotated[str, Field(max_length=MAX_TEXT)] = ""
    """Beginnings of words of a name; finds no persons, as a name may not stand in an address."""
    around: Named = ""
    """The id of an actor: it and who stands around it, the 500 with the best chance of an introduction."""
    depth: Annotated[int, Field(ge=1, le=MAX_DEPTH)] = 1
    """How many ties away from the actor of `around`, at most."""
    actor: Annotated[tuple[Id, ...], Field(max_length=MOST_ACTORS)] = ()
    """Ids of single actors."""

    def part(self) -> Part:
        """Return which part is asked for, but for `around`."""
        kinds = self.kind
        if self.q.strip():
            kinds = tuple(kind for kind in kinds or PUBLIC_KINDS if kind in PUBLIC_KINDS) or PUBLIC_KINDS
        return replace(super().part(), text=self.q, kinds=kinds, actors=tuple(self.actor))
