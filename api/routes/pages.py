"""What is in here, actors and who stands around them, as pages: twins of `api.routes.data`, from the same functions."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse, Response

from api import drawings
from api.deps import AskedDep
from api.inputs import (
    ActorId,
    ActorPage,
    NearbyPage,
    NeighbourhoodPage,
    OverviewQuestion,
    Question,
)
from api.inputs_maps import NearbyMap, NeighbourhoodMap
from api.naming import telling_offers
from api.responses import address_of, data_of, map_page, on_map, page
from graph import questions
from graph.answers import Neighbourhood

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
AROUND = 30  # actors on the map of an actor's own page; more would not be legible
MOST_SOURCES = 200  # on one page


@router.get("/")
def home(asked: AskedDep, question: Annotated[Question, Query()]) -> HTMLResponse:
    """Show what is in here, and a box to search it."""
    with asked.view() as view:
        answer = questions.overview(view)
        return page(asked, "home.html", "/v1/datasets", answer=answer, revision=answer.revision)


@router.get("/datasets")
def datasets(asked: AskedDep, question: Annotated[OverviewQuestion, Query()]) -> HTMLResponse:
    """Show where the data come from."""
    with asked.view() as view:
        answer = questions.overview(view, question.limit)
        sources = [(dataset, source) for dataset in answer.datasets for source in dataset.sources.values()]
        return page(
            asked,
            "datasets.html",
            data_of(asked.request),
            answer=answer,
            sources=sources[:MOST_SOURCES],
            more_sources=max(0, len(sources) - MOST_SOURCES),
            revision=answer.revision,
        )


@router.get("/actors/{actorId}")
def actor(asked: AskedDep, actor_id: ActorId, question: Annotated[ActorPage, Query()]) -> HTMLResponse:
    """Show one actor, with a map of who stands around it."""
    with asked.around(question.as_of) as (view, index):
        answer = questions.show(view, actor_id, question.as_of, question.limit)
        around = questions.neighbourhood(view, actor_id, limit=AROUND, as_of=question.as_of, index=index)
        return page(
            asked,
            "actor.html",
            data_of(asked.request),
            answer=answer,
            card=answer.actor.card,
            around=around,
            map_query={"limit": AROUND, "asOf": question.as_of},
            areas=telling_offers(view, answer.actor.offers, answer.as_of, asked.lang).names,
            nobots=answer.actor.card.kind == "person",
            revision=answer.revision,
        )


@router.get("/actors/{actorId}/neighbourhood")
def neighbourhood(asked: AskedDep, actor_id: ActorId, question: Annotated[NeighbourhoodPage, Query()]) -> HTMLResponse:
    """Show who stands around an actor: a map, and the same in tables."""
    with asked.around(question.as_of) as (view, index):
        answer = questions.neighbourhood(view, actor_id, **question.asked(), index=index)
        return page(
            asked,
            "neighbourhood.html",
            data_of(asked.request),
            card=answer.centre,
            names=_names(answer),
            nobots=answer.centre.kind == "person",
            answer=answer,
            question=question,
            map_query=question.model_dump(by_alias=True, exclude_defaults=True, exclude={"lang"}),
            revision=answer.revision,
        )


def _names(answer: Neighbourhood) -> Mapping[str, str]:
    shown = (answer.centre, *(neighbour.actor for neighbour in answer.actors))
    return {card.id: card.name for card in shown}


@router.get("/actors/{actorId}/map")
def draw(asked: AskedDep, actor_id: ActorId, question: Annotated[NeighbourhoodMap, Query()]) -> Response:
    """Draw who stands around an actor."""
    with asked.around(question.as_of) as (view, index):
        answer = questions.neighbourhood(view, actor_id, **question.asked(), index=index)
        origin = address_of(asked, f"/actors/{answer.centre.id}/neighbourhood", depth=question.depth)
        drawing = on_map(asked, view, drawings.of_neighbourhood(answer, asked.lang, asked.viewer), question, origin)
    return map_page(asked, drawing, question, answer.centre.id, nobots=answer.centre.kind == "person")


@router.get("/actors/{actorId}/nearby")
def nearby(asked: AskedDep, actor_id: ActorId, question: Annotated[NearbyPage, Query()]) -> HTMLResponse:
    """Show who is nearby."""
    with asked.view() as view:
        answer = questions.nearby(view, actor_id, question.km, question.limit)
        return page(
            asked,
            "nearby.html",
            data_of(asked.request),
            answer=answer,
            card=answer.centre,
            nobots=answer.centre.kind == "person",
            question=question,
            revision=answer.revision,
        )


@router.get("/actors/{actorId}/nearby/map")
def draw_nearby(asked: AskedDep, actor_id: ActorId, question: Annotated[NearbyMap, Query()]) -> Response:
    """Draw who is nearby, and the ties among them."""
    with asked.view() as view:
        answer = questions.nearby(view, actor_id, question.km, question.limit)
        ties = questions.among(view, drawings.actors_nearby(answer))
        origin = address_of(asked, f"/actors/{answer.centre.id}/nearby", km=f"{question.km:g}")
        drawing = on_map(asked, view, drawings.of_nearby(answer, ties, asked.lang, asked.viewer), question, origin)
    name = f"{answer.centre.id}-{question.km:g}km"
    return map_page(asked, drawing, question, name, nobots=answer.centre.kind == "person")
