"""Duplicates and judgements as JSON, for staff."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.deps import StaffDep, TokenDep
from api.inputs import Question
from api.inputs_judging import JudgementRequest, PairsQuestion, WithdrawalRequest
from api.problems import describe
from api.schemas_judging import DuplicatesOut, JudgementMadeOut, JudgementsOut
from api.turns import in_turn
from graph import ingest
from graph.questions import duplicates as pairs

router = APIRouter(prefix="/v1", tags=["staff"], responses=describe())
ONLY_STAFF = {"security": [{"staff": list[str]()}]}


@router.get("/duplicates", openapi_extra=ONLY_STAFF)
def show_duplicates(asked: StaffDep, question: Annotated[PairsQuestion, Query()]) -> DuplicatesOut:
    """Show pairs of actors that are probably one, best first, with the reasons. For staff.

    Persons are never proposed, nor a pair that was judged. The first answer after data were loaded takes some seconds.
    """
    with asked.view() as view:
        made = asked.request.app.state.proposing.of(view)
        return DuplicatesOut.model_validate(pairs.duplicates(view, made, question.limit, question.cursor))


@router.get("/judgements", openapi_extra=ONLY_STAFF)
def show_judgements(asked: StaffDep, question: Annotated[PairsQuestion, Query()]) -> JudgementsOut:
    """Show what was judged of pairs of actors, newest first. For staff."""
    with asked.view() as view:
        return JudgementsOut.model_validate(pairs.judgements(view, question.limit, question.cursor))


@router.post("/judgements", responses=describe(404, 413), openapi_extra=ONLY_STAFF)
def judge(asked: TokenDep, question: Annotated[Question, Query()], request: JudgementRequest) -> JudgementMadeOut:
    """Judge that two actors are the same, different, or that nobody knows; it survives every load. For staff, with the token."""
    said = request.verdict, request.one, request.other, request.who, request.why
    made = in_turn(lambda: ingest.judge(asked.store, *said))
    return JudgementMadeOut.model_validate(made)


@router.post("/judgement-withdrawals", responses=describe(404, 413), openapi_extra=ONLY_STAFF)
def take_back(asked: TokenDep, question: Annotated[Question, Query()], request: WithdrawalRequest) -> JudgementMadeOut:
    """Take a judgement on two actors back. For staff, with the token."""
    made = in_turn(lambda: ingest.take_back(asked.store, request.verdict, request.one, request.other))
    return JudgementMadeOut.model_validate(made)
