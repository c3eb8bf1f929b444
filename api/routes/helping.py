"""Who can help, and how one gets from one actor to another, as JSON."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.deps import Asked, AskedDep
from api.inputs import Question
from api.inputs_helping import HelpQuestion, HelpRequest, PathsQuestion
from api.naming import telling
from api.problems import describe
from api.schemas_helping import HelpAnswerOut, PathsOut
from graph.index.files import Index
from graph.questions.askers import Stranger
from graph.questions.asking import followed
from graph.questions.paths import paths
from graph.questions.who_can_help import Ask, who_can_help
from graph.view import View

router = APIRouter(prefix="/v1", tags=["help"], responses=describe(404, 410))


@router.get("/who-can-help", response_model=HelpAnswerOut)
def who_can_help_actor(asked: AskedDep, question: Annotated[HelpQuestion, Query()]) -> Response:
    """Show who can help an actor, best first, each with the way there, step by step, and why it fits.

    Those that the actor has a tie with already stand apart (`known`). Those who fit best of those to whom no path leads
    follow with their public way in (`unreachable`).
    """
    with asked.indexed(question.as_of) as (view, index):
        return asked.told(lambda: _answer(asked, view, index, view.follow(question.actor).id, question.asked()))


@router.post("/who-can-help", response_model=HelpAnswerOut, responses=describe(413))
def who_can_help_anybody(asked: AskedDep, question: Annotated[Question, Query()], request: HelpRequest) -> Response:
    """Show who can help somebody who is no actor, by its place, its themes and the actors that it knows.

    The question is in the body, so that it stands in no address or log, and its answer is kept by nobody.
    """
    asked.headers["Cache-Control"] = "no-store"
    with asked.indexed(request.as_of) as (view, index):
        return asked.told(lambda: _answer(asked, view, index, request.asker(), request.asked()))


def _answer(asked: Asked, view: View, index: Index, asker: str | Stranger, ask: Ask) -> HelpAnswerOut:
    found = who_can_help(view, index, asker, ask)
    return HelpAnswerOut.model_validate(found, context=telling(view, found, asked.lang))


@router.get("/paths")
def show_paths(asked: AskedDep, question: Annotated[PathsQuestion, Query()]) -> PathsOut:
    """Show how one gets from one actor to another: the best path, then others.

    Each of these is the best that shares no connector with one before it.
    """
    with asked.indexed(question.as_of) as (view, index):
        start, end = followed(view, [question.start, question.end])
        more = question.max_steps, question.limit, question.as_of
        answer = paths(view, index, start.id, end.id, *more)
        return PathsOut.model_validate(answer, context=telling(view, answer, asked.lang))
