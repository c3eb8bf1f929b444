"""The questions as JSON, under `/v1`; the docstrings are the public documentation."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.deps import AskedDep
from api.inputs import (
    ActorId,
    ActorQuestion,
    NearbyQuestion,
    NeighbourhoodQuestion,
    OverviewQuestion,
    PersonSearch,
    SearchQuestion,
)
from api.problems import describe
from api.schemas import FoundOut, NearbyOut, NeighbourhoodOut, OverviewOut, ShownOut
from graph import questions
from graph.stored import Filters

router = APIRouter(prefix="/v1", tags=["actors"], responses=describe())
ONE_ACTOR = describe(308, 404, 410)


@router.get("/actors")
def search_actors(asked: AskedDep, question: Annotated[SearchQuestion, Query()]) -> FoundOut:
    """Search actors by the beginnings of the words of their names and aliases.

    Best first: the name is what was asked, starts with it, has words that start with it; then the same for aliases;
    then those with more contacts. Without `q`: every actor. Finds no persons: a name may not stand in an address.
    """
    with asked.view() as view:
        found = questions.search(view, question.q, question.filters(), question.limit, question.cursor)
        return FoundOut.model_validate(found)


@router.post("/person-searches", responses=describe(413))
def search_persons(asked: AskedDep, question: PersonSearch) -> FoundOut:
    """Search persons by the beginnings of the words of their names.

    The question is in the body, so that no name stands in an address or a log. Persons are found only as far as
    their visibility allows.
    """
    asked.headers["Cache-Control"] = "no-store"
    with asked.view() as view:
        found = questions.search(view, question.text, Filters(kinds=("person",)), question.limit, question.cursor)
        return FoundOut.model_validate(found)


@router.get("/actors/{actorId}", responses=ONE_ACTOR)
def show_actor(asked: AskedDep, actor_id: ActorId, question: Annotated[ActorQuestion, Query()]) -> ShownOut:
    """Show one actor: each fact with who says so and what others say, its offers and figures, its ties by kind."""
    with asked.view(question.as_of) as view:
        return ShownOut.model_validate(questions.show(view, actor_id, question.as_of, question.limit))


@router.get("/actors/{actorId}/neighbourhood", responses=ONE_ACTOR)
def show_neighbourhood(
    asked: AskedDep, actor_id: ActorId, question: Annotated[NeighbourhoodQuestion, Query()]
) -> NeighbourhoodOut:
    """Show who stands around an actor, best chance of an introduction first, and the ties among all of them.

    For a while after the data changed, the answer may still be for the `revision` before.
    """
    with asked.around(question.as_of) as (view, index):
        answer = questions.neighbourhood(view, actor_id, **question.asked(), index=index)
        return NeighbourhoodOut.model_validate(answer)


@router.get("/actors/{actorId}/nearby", responses=ONE_ACTOR)
def show_nearby(asked: AskedDep, actor_id: ActorId, question: Annotated[NearbyQuestion, Query()]) -> NearbyOut:
    """Show who is within a number of kilometres, nearest first, and why they may matter.

    A distance is one between places: `located` says how well each place is known.
    """
    with asked.view() as view:
        return NearbyOut.model_validate(questions.nearby(view, actor_id, question.km, question.limit))


@router.get("/datasets", tags=["datasets"])
def show_datasets(asked: AskedDep, question: Annotated[OverviewQuestion, Query()]) -> OverviewOut:
    """Show what is in here: actors by kind, the datasets with their sources, figures about the sector."""
    with asked.view() as view:
        return OverviewOut.model_validate(questions.overview(view, question.limit))
