"""The questions as pages: twins of `api.routes.data`, from the same functions."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Form, Query
from starlette.responses import HTMLResponse, Response

from api import drawings
from api.deps import Asked, AskedDep
from api.inputs import (
    ActorId,
    ActorPage,
    NearbyPage,
    NeighbourhoodPage,
    OverviewQuestion,
    PersonForm,
    Question,
    SearchPage,
)
from api.inputs_maps import NearbyMap, NeighbourhoodMap
from api.paging import address_of, data_of, map_page, page
from api.problems import wants_page
from api.templating import link, topics
from graph import questions
from graph.answers import Found, Neighbourhood
from graph.errors import BadInputError
from graph.model import Card, Count
from graph.store import Filters
from graph.text import fold
from graph.view import View
from graph.vocabulary import vocabulary

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
AROUND = 30  # actors on the map of an actor's own page; more would not be legible
NO_MORE = Count(0)


@router.get("/")
def home(asked: AskedDep, question: Annotated[Question, Query()]) -> HTMLResponse:
    """Show what is in here, and a box to search it."""
    with asked.view() as view:
        answer = questions.overview(view)
        return page(asked, "home.html", "/v1/datasets", answer=answer, revision=answer.revision)


@router.get("/search")
def search(asked: AskedDep, question: Annotated[SearchPage, Query()]) -> HTMLResponse:
    """Show the actors that a search finds, or what looks like what was asked."""
    with asked.view() as view:
        found = _found(asked, view, question)
        answer = found or Found(view.revision, question.q, (), "", NO_MORE)
        query = question.model_dump(by_alias=True, exclude_defaults=True, exclude={"lang"})
        made = page(
            asked,
            "search.html",
            link("", "/v1/actors", **query) if found else "",
            answer=answer,
            wrong=found is None,
            near=() if answer.actors else _ids_and_names(view.suggestions(question.q)),
            places=() if found else _places(view, question.municipality),
            question=question,
            query=query,
            text=question.q,
            revision=answer.revision,
            themes=topics(vocabulary().themes.values()),
            helps=topics(vocabulary().helps.values()),
        )
    made.status_code = 200 if found else 400
    return made


def _found(asked: Asked, view: View, question: SearchPage) -> Found | None:
    """Return what a search finds; None if a visitor with a browser names a municipality that nobody knows."""
    named = tuple(_municipality(view, text) for text in question.municipality)
    filters = replace(question.filters(), municipalities=named)
    try:
        return questions.search(view, question.q, filters, question.limit, question.cursor)
    except BadInputError as error:
        if error.field != "municipality" or not wants_page(asked.request):
            raise
        asked.headers["Cache-Control"] = "no-store"
        del asked.headers["ETag"]
        return None


def _places(view: View, texts: Iterable[str]) -> list[tuple[str, str]]:
    """Return the municipalities whose names look like those that a visitor gave."""
    return _ids_and_names(card for text in texts for card in view.suggestions(text, "municipality"))


def _ids_and_names(cards: Iterable[Card]) -> list[tuple[str, str]]:
    return [(card.id, card.name) for card in cards]


def _municipality(view: View, text: str) -> str:
    """Return the id of the municipality that a visitor calls by its name; what is none of these stays as it is."""
    found = questions.search(view, text, Filters(kinds=("municipality",)), limit=1).actors
    return found[0].id if found and not fold(text).startswith("gm0") else text


@router.get("/person-search")
def ask_for_persons(asked: AskedDep, question: Annotated[Question, Query()]) -> HTMLResponse:
    """Show the form that searches persons."""
    with asked.view() as view:
        return page(asked, "persons.html", answer=None, too_short=False, revision=view.revision)


@router.post("/person-search")
def search_persons(
    asked: AskedDep, question: Annotated[Question, Query()], form: Annotated[PersonForm, Form()]
) -> HTMLResponse:
    """Show the persons that a search finds; the name stands in the form, not in the address."""
    asked.headers["Cache-Control"] = "no-store"
    with asked.view() as view:
        short = len(fold(form.q)) < 2
        found = None if short else questions.search(view, form.q, Filters(kinds=("person",)), 20, form.cursor)
        return page(
            asked, "persons.html", answer=found, too_short=short, text=form.q, nobots=True, revision=view.revision
        )


@router.get("/datasets")
def datasets(asked: AskedDep, question: Annotated[OverviewQuestion, Query()]) -> HTMLResponse:
    """Show where the data come from."""
    with asked.view() as view:
        answer = questions.overview(view, question.limit)
        return page(asked, "datasets.html", data_of(asked.request), answer=answer, revision=answer.revision)


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
    drawing = replace(drawings.of_neighbourhood(answer, asked.lang, asked.viewer), origin=origin)
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
    drawing = replace(drawings.of_nearby(answer, ties, asked.lang, asked.viewer), origin=origin)
    return map_page(
        asked, drawing, question, f"{answer.centre.id}-{question.km:g}km", nobots=answer.centre.kind == "person"
    )
