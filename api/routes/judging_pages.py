"""Duplicates and judgements as pages, for staff: two actors side by side, and what is judged of them."""

from typing import Annotated

from fastapi import APIRouter, Form, Query
from starlette.responses import HTMLResponse, RedirectResponse

from api.deps import StaffDep, check_mark
from api.inputs import Question
from api.inputs_judging import JudgementForm, PairsPage, WithdrawalForm
from api.responses import data_of, page
from api.templating import link, worth_telling
from api.turns import in_turn
from graph import ingest
from graph.errors import Lang, NotFoundError
from graph.model import Actor, Fact
from graph.questions import duplicates as pairs

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/duplicates")
def duplicates(asked: StaffDep, question: Annotated[PairsPage, Query()]) -> HTMLResponse:
    """Show pairs of actors that are probably one, side by side."""
    with asked.view() as view:
        answer = pairs.duplicates(view, asked.request.app.state.proposing.of(view), question.limit, question.cursor)
        whole = {actor.card.n: actor for pair in answer.pairs for actor in view.actors([pair.one, pair.other])}
        return page(
            asked,
            "duplicates.html",
            link("/v1/duplicates", limit=question.limit, cursor=question.cursor),
            answer=answer,
            whole=whole,
            rows=lambda pair: _rows(asked.lang, whole[pair.one.n], whole[pair.other.n]),
            question=question,
            judged=sorted(view.with_ids({question.one, question.other} - {""}), key=lambda card: card.n),
            revision=answer.revision,
        )


def _rows(lang: Lang, *both: Actor) -> list[tuple[str, list[Fact | None]]]:
    """Return what is said of two actors, field by field."""
    told = [{fact.field: fact for fact in worth_telling(actor.facts, actor.card, lang)} for actor in both]
    return [(field, [facts.get(field) for facts in told]) for field in dict.fromkeys([*told[0], *told[1]])]


@router.post("/duplicates")
def judge(
    asked: StaffDep, question: Annotated[Question, Query()], form: Annotated[JudgementForm, Form()]
) -> RedirectResponse:
    """Keep a judgement, and go on with the next pair."""
    check_mark(asked, form.mark)
    made = in_turn(lambda: ingest.judge(asked.store, form.verdict, form.one, form.other, form.who, form.why))
    done = "away" if made.away else "apart" if made.apart else form.verdict
    return _to("/duplicates", cursor=form.cursor, done=done, before=made.before, one=form.one, other=form.other)


@router.get("/judgements")
def judgements(asked: StaffDep, question: Annotated[PairsPage, Query()]) -> HTMLResponse:
    """Show what was judged, newest first."""
    with asked.view() as view:
        answer = pairs.judgements(view, max(question.limit, 20), question.cursor)
        return page(
            asked, "judgements.html", data_of(asked.request), answer=answer, question=question, revision=answer.revision
        )


@router.post("/judgements")
def take_back(
    asked: StaffDep, question: Annotated[Question, Query()], form: Annotated[WithdrawalForm, Form()]
) -> RedirectResponse:
    """Take a judgement back."""
    check_mark(asked, form.mark)
    try:
        made = in_turn(lambda: ingest.take_back(asked.store, form.verdict, form.one, form.other))
    except NotFoundError:  # a second click, or somebody else
        return _to("/judgements", done="gone")
    return _to("/judgements", done="joined" if made.joined else "back")


def _to(path: str, **query: str) -> RedirectResponse:
    return RedirectResponse(link(path, **query), 303, {"Cache-Control": "no-store"})
