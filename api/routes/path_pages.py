"""How one gets from one actor to another, as pages: twins of `api.routes.helping`."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse, Response

from api import drawings
from api.acquaintances import Unclear, look_up, status_of
from api.deps import Asked, AskedDep
from api.inputs import PUBLIC_KINDS
from api.inputs_helping_pages import PathsPage
from api.inputs_maps import PathsMap
from api.naming import telling
from api.problems import wants_page
from api.responses import address_of, map_page, on_map, page
from api.templating import link
from graph.answers_helping import Paths
from graph.index.files import Index
from graph.model import Card
from graph.questions.asking import followed
from graph.questions.paths import paths
from graph.view import View

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/paths")
def ask_for_paths(asked: AskedDep, question: Annotated[PathsPage, Query()]) -> HTMLResponse:
    """Show how one gets from one actor to another; ask first between whom."""
    with asked.indexed(question.as_of) as (view, index):
        ends = {"from": _end(view, question.start), "to": _end(view, question.end)}
        cards = [end for end in ends.values() if isinstance(end, Card)]
        if len(cards) < len(ends) or (cards[0].id == cards[1].id and wants_page(asked.request)):
            return _between_whom(asked, view, ends, question)
        answer = _paths(view, index, question, cards)
        told = question.model_dump(by_alias=True, exclude_defaults=True, exclude={"lang"})
        query = {**told, "from": answer.start.id, "to": answer.end.id}
        return page(
            asked,
            "paths.html",
            link("/v1/paths", **query),
            answer=answer,
            telling=telling(view, answer, asked.lang),
            title=drawings.paths_title(answer, asked.lang),
            query=query,
            ties=drawings.ties_on(answer.paths),
            names={card.id: card.name for card in drawings.actors_on(answer.paths)},
            nobots="person" in (answer.start.kind, answer.end.kind),
            revision=answer.revision,
        )


@router.get("/paths/map")
def draw_paths(asked: AskedDep, question: Annotated[PathsMap, Query()]) -> Response:
    """Draw how one gets from one actor to another."""
    with asked.indexed(question.as_of) as (view, index):
        answer = _paths(view, index, question, followed(view, [question.start, question.end]))
        origin = address_of(asked, "/paths", **{"from": answer.start.id, "to": answer.end.id})
        drawing = on_map(asked, view, drawings.of_paths(answer, asked.lang, asked.viewer), question, origin)
    name, people = f"{answer.start.id}-{answer.end.id}", "person" in (answer.start.kind, answer.end.kind)
    return map_page(asked, drawing, question, name, nobots=people)


def _paths(view: View, index: Index, question: PathsPage, ends: list[Card]) -> Paths:
    start, end = (card.id for card in ends)
    return paths(view, index, start, end, question.max_steps, question.limit, question.as_of)


def _between_whom(
    asked: Asked, view: View, ends: dict[str, Card | Unclear | None], question: PathsPage
) -> HTMLResponse:
    """Ask between whom: what is not clear stands beside its field."""
    unclear = {name: end for name, end in ends.items() if isinstance(end, Unclear)}
    same = None not in ends.values() and not unclear
    if unclear and not wants_page(asked.request):
        followed(view, [text for text in (question.start, question.end) if text])
    if unclear or same:
        asked.keep_nothing()
    made = page(
        asked,
        "path_ends.html",
        unclear=unclear,
        same=same,
        texts={"from": _said(ends["from"]), "to": _said(ends["to"])},
        chosen={"from": question.start, "to": question.end},
        revision=None if unclear or same else view.revision,  # as errors do: who is not there is not there
    )
    made.status_code = 400 if same else status_of(unclear.values())
    return made


def _said(end: Card | Unclear | None) -> str:
    """Return how an end stands in the form, and so in an address: never as the name of a person."""
    if isinstance(end, Card) and end.kind == "person":
        return end.id
    return end.name if end else ""


def _end(view: View, text: str) -> Card | Unclear | None:
    """Return whom an end names: an actor, a name that is not clear, or nobody yet."""
    cards, unclear = look_up(view, [text], PUBLIC_KINDS)
    return cards[0] if cards else unclear[0] if unclear else None
