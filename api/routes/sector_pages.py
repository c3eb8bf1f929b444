"""The sector as a whole as pages: twins of `api.routes.sector`, and what Weefsel is."""

from collections.abc import Mapping
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse

from api.deps import Asked, AskedDep
from api.inputs import Question
from api.inputs_sector import MunicipalitiesQuestion, MunicipalityId, PortraitPage, ThemeId
from api.naming import telling_offers
from api.responses import data_of, page
from api.templating import HELPS, THEMES, label, link
from graph import questions
from graph.answers_sector import Portrait
from graph.namesakes import town
from graph.questions import portraits
from graph.view import View
from graph.vocabulary import vocabulary

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
MAPPED = 60  # actors on the map of a portrait; more would not be legible


@router.get("/themes")
def themes(asked: AskedDep, question: Annotated[Question, Query()]) -> HTMLResponse:
    """Show the themes, with how many there are of each."""
    with asked.view() as view:
        answer = portraits.themes(view, asked.tallies.of(view))
        counted = {one.id: one for one in answer.themes}
        return page(
            asked,
            "themes.html",
            data_of(asked.request),
            answer=answer,
            counted=counted,
            groups=THEMES,
            revision=answer.revision,
        )


@router.get("/themes/{themeId}")
def theme(asked: AskedDep, theme_id: ThemeId, question: Annotated[PortraitPage, Query()]) -> HTMLResponse:
    """Show who is active on a theme."""
    with asked.view(question.as_of) as view:
        answer = portraits.of_theme(view, asked.tallies.of(view), theme_id, question.limit, question.as_of)
        topic = vocabulary().themes[theme_id]
        near = [
            other for other in vocabulary().themes.values() if (topic.broader or topic.id) in (other.broader, other.id)
        ]
        title = label(asked.lang, "theme", theme_id)
        return _portrait(asked, view, answer, question, title, {"theme": theme_id}, near=near)


@router.get("/municipalities")
def municipalities(asked: AskedDep, question: Annotated[MunicipalitiesQuestion, Query()]) -> HTMLResponse:
    """Show the municipalities by province, with how many there are in each."""
    with asked.view() as view:
        answer = portraits.municipalities(view, asked.tallies.of(view), question.limit)
        by_province = [(code, list(some)) for code, some in groupby(answer.municipalities, lambda one: one.province)]
        return page(
            asked,
            "municipalities.html",
            data_of(asked.request),
            answer=answer,
            by_province=by_province,
            revision=answer.revision,
        )


@router.get("/municipalities/{municipalityId}")
def municipality(
    asked: AskedDep, municipality_id: MunicipalityId, question: Annotated[PortraitPage, Query()]
) -> HTMLResponse:
    """Show who is active in a municipality."""
    with asked.view(question.as_of) as view:
        told = question.limit, question.as_of
        answer = portraits.of_municipality(view, asked.tallies.of(view), municipality_id, *told)
        subject = answer.subject
        title = town(subject.actor.name) if subject.actor else subject.id
        return _portrait(asked, view, answer, question, title, {"municipality": subject.id}, near=())


@router.get("/about")
def about(asked: AskedDep, question: Annotated[Question, Query()]) -> HTMLResponse:
    """Show what is in here and what is not, how answers are made, and what happens to what one asks."""
    with asked.view() as view:
        answer = portraits.coverage(view, asked.tallies.of(view))
        return page(
            asked,
            "about.html",
            link("/v1/coverage"),
            answer=answer,
            overview=questions.overview(view),
            revision=answer.revision,
        )


def _portrait(
    asked: Asked,
    view: View,
    answer: Portrait,
    question: PortraitPage,
    title: str,
    filters: Mapping[str, str],
    near: object,
) -> HTMLResponse:
    """Show a portrait; `filters` finds its actors in a search, and with them the municipality itself, which is not counted."""
    counted = {**filters, "kind": portraits.SHOWN} if "municipality" in filters else filters
    offers = (offer for one in answer.offers for offer in one.offers)
    return page(
        asked,
        "portrait.html",
        data_of(asked.request),
        answer=answer,
        question=question,
        title=title,
        filters=filters,
        counted=counted,
        near=near,
        areas=telling_offers(view, offers, answer.as_of, asked.lang).names,
        help_topics=HELPS,
        mapped=MAPPED,
        revision=answer.revision,
    )
