"""Whether the service works: for what runs it."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.deps import VERSION, AskedDep
from api.inputs import Question
from api.problems import describe
from api.schemas import HealthOut, ReadyOut

router = APIRouter(tags=["service"], responses=describe())


@router.get("/healthz")
def health(asked: AskedDep, question: Annotated[Question, Query()]) -> HealthOut:
    """Tell that the program runs, whatever the store does."""
    asked.headers["Cache-Control"] = "no-store"
    return HealthOut(status="ok", version=VERSION)


@router.get("/readyz")
def ready(asked: AskedDep, question: Annotated[Question, Query()]) -> ReadyOut:
    """Tell that the store answers; 503 if it does not."""
    with asked.view() as view:
        answer = ReadyOut(status="ready", revision=view.revision)
    asked.headers["Cache-Control"] = "no-store"
    return answer
