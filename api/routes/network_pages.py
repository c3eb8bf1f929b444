"""Networks side by side, as a page: the twin of `/v1/networks`. First who asks, then which networks there are."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse

from api.acquaintances import Unclear, look_up, status_of
from api.deps import Asked, AskedDep
from api.inputs import PUBLIC_KINDS
from api.inputs_sector import NetworksPage
from api.naming import telling_sides
from api.problems import status, wants_page
from api.responses import page
from api.templating import THEMES, link
from graph import questions
from graph.answers_sector import Networks
from graph.errors import BadInputError, NotFoundError, WeefselError
from graph.index.files import Index
from graph.model import Card
from graph.questions.networks import MOST_SIDES, networks
from graph.stored import Filters
from graph.view import View

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/networks")
def compare(asked: AskedDep, question: Annotated[NetworksPage, Query()]) -> HTMLResponse:
    """Show networks for somebody, nearby and beyond, and a few side by side; ask first who asks."""
    with asked.indexed(question.as_of) as (view, index):
        card, unclear = _asker(view, question.actor)
        if unclear and not wants_page(asked.request):
            view.follow(question.actor)
        wrong: dict[str, WeefselError] = {}
        answer = None
        try:
            if not unclear:
                answer = _answer(asked, view, index, question, card)
        except BadInputError as error:
            if error.field not in ("place", "network") or not wants_page(asked.request):
                raise
            wrong = {error.field: error}
        except NotFoundError as error:  # of who asks it is known that it is there
            if not wants_page(asked.request):
                raise
            wrong = {"network": error}
        made = _page(asked, view, question, card, answer, unclear=unclear, wrong=wrong)
    made.status_code = status_of([unclear]) if unclear else _status(wrong)
    return made


def _status(wrong: Mapping[str, WeefselError]) -> int:
    """Return the status of a page that tells what is wrong; what is asked back is not."""
    told = [error for error in wrong.values() if not (isinstance(error, BadInputError) and error.choices)]
    return next((status(error) for error in told), 200)


def _asker(view: View, name: str) -> tuple[Card | None, Unclear | None]:
    """Return whom a visitor means, who may be named; or the name, if that is not clear."""
    cards, unclear = look_up(view, [name], PUBLIC_KINDS)
    return (cards[0] if cards else None), (unclear[0] if unclear else None)


def _answer(asked: Asked, view: View, index: Index, question: NetworksPage, card: Card | None) -> Networks:
    asker = card.id if card else question.stranger()
    return networks(view, index, asked.tallies.of(view), asker, question.wish())


def _page(
    asked: Asked,
    view: View,
    question: NetworksPage,
    card: Card | None,
    answer: Networks | None,
    *,
    unclear: Unclear | None,
    wrong: Mapping[str, WeefselError],
) -> HTMLResponse:
    told = question.model_dump(by_alias=True, exclude_defaults=True, exclude={"lang"})
    query = {**told, "actor": card.id} if card else told
    away = isinstance(wrong.get("network"), NotFoundError)
    there = [one for one in question.network if view.with_ids([one])] if away else question.network[:MOST_SIDES]
    every = () if answer and answer.told else questions.search(view, "", Filters(kinds=("network",)), 20).actors
    if wrong or unclear:
        asked.keep_nothing()
    return page(
        asked,
        "networks.html",
        link("/v1/networks", **query) if answer else "",
        answer=answer,
        card=card,
        question=question,
        query=query,
        unclear=unclear,
        wrong=wrong,
        every=every,
        away=away,
        there=there,
        most=MOST_SIDES,
        themes=THEMES,
        telling=telling_sides(view, answer, asked.lang),
        nobots=card is not None and card.kind == "person",
        revision=answer.revision if answer else None,
    )
