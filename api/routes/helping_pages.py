"""Who can help, as pages: twins of `api.routes.helping`. First who asks, then what for, then the answer."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query
from starlette.responses import HTMLResponse, Response

from api import drawings
from api.acquaintances import MOST_NAMES, NOBODY, Known, find, look_up
from api.deps import Asked, AskedDep
from api.inputs import PUBLIC_KINDS, Question
from api.inputs_helping_pages import HelpPage, StrangerForm
from api.inputs_maps import HelpMap, MapFile, StrangerMap
from api.naming import telling
from api.problems import wants_page
from api.responses import address_of, map_page, on_map, page
from api.templating import HELPS, THEMES, link
from graph.answers_helping import HelpAnswer
from graph.drawing import Drawing
from graph.errors import BadInputError
from graph.model import Card, Viewer
from graph.questions.askers import stranger
from graph.questions.who_can_help import who_can_help
from graph.view import View

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
CHOICES = {"helps": HELPS, "themes": THEMES}
BLANK = StrangerForm.model_construct(help="")
FOUND = 10  # actors to choose oneself from
MANY = 50  # helpers, for who wants to see more


@router.get("/who-can-help")
def ask_for_help(asked: AskedDep, question: Annotated[HelpPage, Query()]) -> HTMLResponse:
    """Show who can help an actor; ask first who asks, and what for."""
    if not question.actor or not question.help:
        with asked.view() as view:
            return _wanted(asked, view, question) if question.actor else _who_asks(asked, view, question)
    with asked.indexed(question.as_of) as (view, index):
        card = view.follow(question.actor)
        answer = who_can_help(view, index, card.id, question.asked())
        told = question.model_dump(by_alias=True, exclude_defaults=True, exclude={"lang", "q"})
        query = {**told, "actor": card.id, "limit": question.limit}
        return _answered(asked, view, answer, link("/v1/who-can-help", **query), query=query, chosen=question)


@router.get("/who-can-help/map")
def draw_help(asked: AskedDep, question: Annotated[HelpMap, Query()]) -> Response:
    """Draw the best paths to those who can help an actor."""
    with asked.indexed(question.as_of) as (view, index):
        card = view.follow(question.actor)
        answer = who_can_help(view, index, card.id, question.asked())
        origin = address_of(asked, "/who-can-help", actor=card.id, help=question.help, theme=question.theme)
        drawing = _drawn(asked, view, answer, question, origin)
    name = f"{card.id}-{question.help}"
    return map_page(asked, drawing, question, name, nobots=card.kind == "person")


@router.post("/who-can-help")
def describe_yourself(
    asked: AskedDep, question: Annotated[Question, Query()], form: Annotated[StrangerForm, Form()]
) -> HTMLResponse:
    """Show who can help somebody who describes itself; what it says stands in the form, not in the address."""
    if asked.viewer is Viewer.PUBLIC:  # one's own browser may keep it: back to it, nobody is asked to send all again
        asked.headers["Cache-Control"] = "private, no-cache"
        del asked.headers["Vary"]  # it is shown again as it was, also after another language was chosen
    form = form.settled()
    wrong: BadInputError | None = None
    with asked.indexed(form.as_of) as (view, index):
        known = _known(view, form)
        asker = form.asker([card.id for card in known.cards])
        try:
            if known.unclear or known.left:
                stranger(view, index, asker, form.theme)  # so that all that is wrong is told at once
            else:
                answer = who_can_help(view, index, asker, form.asked())
                return _answered(asked, view, answer, chosen=form, known=known, sent=form.sent())
        except BadInputError as error:
            if error.field != "place" or not wants_page(asked.request):
                raise
            wrong = error
        made = _who_asks(asked, view, form, known=known, wrong_place=wrong, sent=form.sent(), nobots=True)
    asks_back = not wrong or wrong.choices
    made.status_code = 200 if asks_back and all(one.near for one in known.unclear) else 400
    return made


@router.post("/who-can-help/map")
def draw_help_for_yourself(
    asked: AskedDep, question: Annotated[Question, Query()], form: Annotated[StrangerMap, Form()]
) -> Response:
    """Draw the best paths to those who can help somebody who describes itself."""
    asked.headers["Cache-Control"] = "no-store"
    with asked.indexed(form.as_of) as (view, index):
        answer = who_can_help(view, index, form.asker(form.contact), form.asked())
        drawing = _drawn(asked, view, answer, form, address_of(asked, "/who-can-help"))
    return map_page(asked, drawing, form, form.help, nobots=True)


def _drawn(asked: Asked, view: View, answer: HelpAnswer, file: MapFile, origin: str) -> Drawing:
    return on_map(asked, view, drawings.of_help(answer, asked.lang, asked.viewer), file, origin)


def _known(view: View, form: StrangerForm) -> Known:
    """Return whom somebody knows, chosen or named, and what is not clear of that."""
    names = list(dict.fromkeys(name for line in form.names.splitlines() if (name := line.strip())))
    named, unclear = look_up(view, names[:MOST_NAMES])
    chosen = view.with_ids(form.contact)
    cards = {card.id: card for card in (*chosen, *named)}
    asked_back = [one for one in look_up(view, form.unclear)[1] if one.near and one.name not in names]
    unchosen = [one for one in asked_back if cards.keys().isdisjoint(card.id for card in one.near)]
    away = len(chosen) < len({*form.contact}) and any(not view.with_ids([one]) for one in form.contact)
    return Known(tuple(cards.values()), tuple(unclear), tuple(names[MOST_NAMES:]), tuple(unchosen), away=away)


def _who_asks(asked: Asked, view: View, chosen: HelpPage | StrangerForm, **context: Any) -> HTMLResponse:  # noqa: ANN401
    """Ask who asks: somebody to be found by name, or somebody who describes itself."""
    name = chosen.q if isinstance(chosen, HelpPage) else ""
    found = find(view, name, PUBLIC_KINDS, FOUND) if name else None
    near = view.suggestions(name) if found and not found.actors else ()
    blank = {"known": NOBODY, "wrong_place": None}
    form = chosen if isinstance(chosen, StrangerForm) else BLANK
    return _page(
        asked, view, "who_can_help.html", name=name, found=found, near=near, chosen=form, **{**blank, **context}
    )


def _wanted(asked: Asked, view: View, question: HelpPage) -> HTMLResponse:
    """Ask which help an actor wants."""
    card = view.follow(question.actor)
    return _page(asked, view, "help_wanted.html", card=card, chosen=question, nobots=card.kind == "person")


def _answered(
    asked: Asked,
    view: View,
    answer: HelpAnswer,
    twin: str = "",
    **context: Any,  # noqa: ANN401 - what the page shows
) -> HTMLResponse:
    """Show an answer: text first, then the map, then the same ties in a table."""
    best = [helper.path for helper in (*answer.helpers, *answer.known)]
    return _page(
        asked,
        view,
        "help_answer.html",
        twin,
        answer=answer,
        telling=telling(view, answer, asked.lang),
        title=drawings.help_title(answer, asked.lang),
        ties=drawings.ties_on(best),
        names=_names(drawings.actors_on(best)),
        many=MANY,
        nobots=answer.asker is None or answer.asker.kind == "person",
        **{"query": None, "known": NOBODY, "wrong_place": None, **context},
    )


def _page(asked: Asked, view: View, template: str, twin: str = "", **context: Any) -> HTMLResponse:  # noqa: ANN401
    return page(asked, template, twin, **{"revision": view.revision, "most_names": MOST_NAMES, **CHOICES, **context})


def _names(cards: Sequence[Card]) -> dict[str, str]:
    return {card.id: card.name for card in cards}
