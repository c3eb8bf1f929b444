"""Searching, as pages: actors with filters that are shown, can be dropped and lead on when nothing is found; persons."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Form, Query
from starlette.responses import HTMLResponse

from api.acquaintances import CANDIDATES
from api.deps import Asked, AskedDep
from api.inputs import PersonForm, Question, SearchPage
from api.narrowing import narrowed
from api.problems import wants_page
from api.responses import page
from api.templating import HELPS, THEMES, link
from graph import questions
from graph.answers import Found
from graph.errors import BadInputError, Choice
from graph.gazetteer import unmarked
from graph.model import Count
from graph.namesakes import called, of_cards, told_apart, town
from graph.stored import Filters
from graph.text import fold, is_postcode
from graph.view import View

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
NO_MORE = Count(0)
MUNICIPALITIES = Filters(kinds=("municipality",))


@router.get("/search")
def search(asked: AskedDep, question: Annotated[SearchPage, Query()]) -> HTMLResponse:
    """Show the actors that a search finds, or what looks like what was asked."""
    with asked.view() as view:
        named = tuple(_municipality(view, text) for text in question.municipality)
        filters = replace(question.filters(), municipalities=named)
        found = _found(asked, view, question, filters)
        places = () if found else _places(view, question.municipality)
        answer = found or Found(view.revision, question.q, (), "", NO_MORE)
        query = question.model_dump(by_alias=True, exclude_defaults=True, exclude={"lang"})
        query |= {"municipality": named} if named else {}
        made = page(
            asked,
            "search.html",
            link("/v1/actors", **query) if found else "",
            answer=answer,
            wrong=found is None,
            near=[] if answer.actors else [(card.id, told_apart(card)) for card in view.suggestions(question.q)],
            postcode=is_postcode(question.q),
            places=places,
            several=len(places) > 1 and all(_named(view, text) for text in question.municipality),
            narrowed=narrowed(view, question, filters, asked.lang) if found else (),
            question=question,
            query=query,
            text=question.q,
            revision=answer.revision,
            themes=THEMES,
            helps=HELPS,
        )
    made.status_code = 200 if found else 400
    return made


def _found(asked: Asked, view: View, question: SearchPage, filters: Filters) -> Found | None:
    """Return what a search finds; None if a visitor with a browser names a municipality that nobody knows."""
    try:
        return questions.search(view, question.q, filters, question.limit, question.cursor)
    except BadInputError as error:
        if error.field != "municipality" or not wants_page(asked.request):
            raise
        asked.keep_nothing()
        return None


def _places(view: View, texts: Iterable[str]) -> list[Choice]:
    """Return the municipalities that a visitor may mean: those that bear the names, else those whose names look like them."""
    return [one for text in texts for one in (_named(view, text) or of_cards(view.suggestions(text, "municipality")))]


def _municipality(view: View, text: str) -> str:
    """Return the id or code of the municipality that a visitor calls by its name; what is none or several stays as it is."""
    found = () if fold(text).startswith("gm0") or view.with_ids([text]) else _named(view, text)
    return found[0].value if len(found) == 1 else text


def _named(view: View, text: str) -> list[Choice]:
    """Return the municipalities that a name may mean: of the country those that bear it, or of this view those it finds."""
    name, every = town(fold(text)), called(text)
    if len(every) > 1 or not name:
        return every
    found = questions.search(view, text, MUNICIPALITIES, limit=CANDIDATES).actors
    return (
        of_cards([card for card in found if name in (town(card.names), fold(town(unmarked(card.name))))] or found)
        or every
    )


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
            asked,
            "persons.html",
            answer=found,
            too_short=short,
            text=form.q,
            sent=[("q", form.q), ("cursor", form.cursor)],
            nobots=True,
            revision=view.revision,
        )
