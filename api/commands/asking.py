"""Commands that ask: search, show, around, nearby. As staff, unless told otherwise: the terminal holds the store."""

from typing import Annotated

import typer

from api import console, terminal_asking
from graph.model import Viewer
from graph.stored import Filters


def search(
    text: Annotated[str, typer.Argument(help="The start of one or more words of a name.")],
    kind: console.Kinds = None,
    theme: console.Themes = None,
    help_: console.HelpsOffered = None,
    municipality: console.Municipalities = None,
    limit: console.Limit = 20,
    cursor: Annotated[str, typer.Option("--cursor", help="Where the page before ended.")] = "",
    viewer: console.Looker = Viewer.STAFF,
    as_json: console.AsJson = False,
) -> None:
    """Find actors by name."""
    from graph.questions import search as ask
    from graph.view import open_view

    filters = Filters(tuple(kind or ()), tuple(theme or ()), tuple(help_ or ()), tuple(municipality or ()))
    with console.store() as store, open_view(store, viewer) as view:
        answer = ask(view, text, filters, limit, cursor)
        near = () if answer.actors or as_json else view.suggestions(text)
    console.answer(answer, terminal_asking.found(answer, near, console.lang()), "schemas.FoundOut", as_json=as_json)


def show(
    actor: console.ActorId,
    limit: console.Limit = 50,
    as_of: console.AsOf = "",
    viewer: console.Looker = Viewer.STAFF,
    as_json: console.AsJson = False,
) -> None:
    """Show an actor: each value with who says it, its help, figures and ties."""
    from api.naming import telling_offers
    from graph.questions import show as ask
    from graph.view import open_view

    with console.store() as store, open_view(store, viewer) as view:
        answer = ask(view, view.follow(actor).id, console.day(as_of), limit)
        words = telling_offers(view, answer.actor.offers, answer.as_of, console.lang())
    console.answer(answer, terminal_asking.shown(answer, words), "schemas.ShownOut", as_json=as_json)


def around(
    actor: console.ActorId,
    depth: console.Depth = 1,
    kind: console.Kinds = None,
    tie_kind: console.TieKinds = None,
    limit: console.Limit = 100,
    as_of: console.AsOf = "",
    viewer: console.Looker = Viewer.STAFF,
    as_json: console.AsJson = False,
) -> None:
    """Show who stands around an actor, best chance of an introduction first."""
    from graph.questions import neighbourhood

    kinds, tie_kinds, day = tuple(kind or ()), tuple(tie_kind or ()), console.day(as_of)
    with console.around(viewer) as (view, index):
        answer = neighbourhood(view, view.follow(actor).id, depth, kinds, tie_kinds, limit, day, index)
    console.answer(answer, terminal_asking.around(answer, console.lang()), "schemas.NeighbourhoodOut", as_json=as_json)


def nearby(
    actor: console.ActorId,
    km: console.Km = 10.0,
    limit: console.Limit = 50,
    viewer: console.Looker = Viewer.STAFF,
    as_json: console.AsJson = False,
) -> None:
    """Show who is near an actor, nearest first, and why that may matter."""
    from graph.questions import nearby as ask
    from graph.view import open_view

    with console.store() as store, open_view(store, viewer) as view:
        answer = ask(view, view.follow(actor).id, km, limit)
    console.answer(answer, terminal_asking.nearby(answer, console.lang()), "schemas.NearbyOut", as_json=as_json)
