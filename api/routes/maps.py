"""Maps of a part of the sector: a municipality, a theme, a network with its members, a dataset, or the whole."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from api import drawings
from api.deps import Asked, AskedDep
from api.inputs_maps import PartMap
from api.responses import address_of, map_page, on_map
from graph import questions
from graph.answers import Excerpt

router = APIRouter(include_in_schema=False)


@router.get("/map")
def draw_part(asked: AskedDep, question: Annotated[PartMap, Query()]) -> Response:
    """Draw a part of the sector: those with most contacts, and the ties among them."""
    with asked.view(question.as_of) as view:
        answer = questions.excerpt(view, question.part(), question.limit, question.as_of)
        drawn = drawings.of_excerpt(answer, asked.lang, asked.viewer)
        drawing = on_map(asked, view, drawn, question, _page(asked, answer))
    return map_page(asked, drawing, question, drawing.title, nobots=False)


def _page(asked: Asked, answer: Excerpt) -> str:
    """Return the address of the page that tells most of a part."""
    part = answer.part
    if answer.subject:
        return address_of(asked, f"/actors/{answer.subject.id}")
    if part.dataset:
        return address_of(asked, "/datasets")
    if part.kinds or part.themes or part.helps or part.municipalities:
        filters = {"kind": part.kinds, "theme": part.themes, "help": part.helps, "municipality": part.municipalities}
        return address_of(asked, "/search", **filters)
    return address_of(asked, "/")
