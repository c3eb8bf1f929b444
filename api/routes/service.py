"""Whether the service works: for what runs it."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.deps import AskedDep
from api.inputs import Question
from api.problems import describe
from api.program import VERSION
from api.schemas import HealthOut, IndexOut, ReadyOut
from graph.view import open_view

router = APIRouter(tags=["service"], responses=describe())


@router.get("/healthz")
def health(asked: AskedDep, question: Annotated[Question, Query()]) -> HealthOut:
    """Tell that the program runs, whatever the store does."""
    asked.headers["Cache-Control"] = "no-store"
    return HealthOut(status="ok", version=VERSION)


@router.get("/readyz")
def ready(asked: AskedDep, question: Annotated[Question, Query()]) -> ReadyOut:
    """Tell that the store answers (503 if it does not), and of which revision the index is that questions ask."""
    asked.headers["Cache-Control"] = "no-store"
    with open_view(asked.store, asked.viewer) as view:
        standing = asked.indexes.standing(view)
        problem = standing.trouble and ("unkept" if standing.trouble.made else "failed")
        return ReadyOut(
            status="ready", revision=view.revision, index=IndexOut(revision=standing.revision, problem=problem)
        )
