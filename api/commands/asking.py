"""Commands that ask: search, show, around, nearby. As staff, unless told otherwise: the terminal holds the store."""

from typing import Annotated

import typer

from api import console, terminal
from graph.model import Viewer
from graph.stored import Filters


def search(
    text: Annotated[str, typer.Argument(help="The start of one or more words of a name.")],
    kind: console.Kinds = None,
    theme: Annotated[list[str] | None, typer.Option("--theme", help="Only with this theme (repeatable).")] = None,
    help_: Annotated[
        list[str] | None, typer.Option("--help-offered", help="Only who offers or refers for this help.")
    ] = None,
    municipality: Annotated[list[str] | None, typer.Option("--municipality", help="CBS code or actor id.")] = None,
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
    console.as_json("FoundOut", answer) if as_json else console.lines(terminal.found(answer, near, console.lang()))


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
    console.as_json("ShownOut", answer) if as_json else console.lines(terminal.shown(answer, words))


def around(
    actor: console.ActorId,
    depth: Annotated[int, typer.Option("--depth", help="How many ties away, 1 to 3.")] = 1,
    kind: console.Kinds = None,
    tie_kind: Annotated[list[str] | None, typer.Option("--tie-kind", help="Walk only ties of this kind.")] = None,
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
    console.as_json("NeighbourhoodOut", answer) if as_json else console.lines(terminal.around(answer, console.lang()))


def nearby(
    actor: console.ActorId,
    km: Annotated[float, typer.Option("--km", help="How far, in kilometres.")] = 10.0,
    limit: console.Limit = 50,
    viewer: console.Looker = Viewer.STAFF,
    as_json: console.AsJson = False,
) -> None:
    """Show who is near an actor, nearest first, and why that may matter."""
    from graph.questions import nearby as ask
    from graph.view import open_view

    with console.store() as store, open_view(store, viewer) as view:
        answer = ask(view, view.follow(actor).id, km, limit)
    console.as_json("NearbyOut", answer) if as_json else console.lines(terminal.nearby(answer, console.lang()))
