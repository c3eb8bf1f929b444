"""Commands that ask who can help, and how one gets from one actor to another."""

from typing import TYPE_CHECKING, Annotated

import typer

from api import console
from graph.model import Viewer

if TYPE_CHECKING:  # it brings numpy along, which `--help` does not need
    from graph.questions.who_can_help import Ask

MaxSteps = Annotated[int, typer.Option("--max-steps", help="Of how many introductions a path may be, 1 to 6.")]


def who_can_help(
    actor: console.ActorId,
    help_: Annotated[str, typer.Argument(metavar="HELP", help="Which help: kennis, geld, netwerk, or a kind of it.")],
    theme: Annotated[list[str] | None, typer.Option("--theme", help="For this theme (repeatable).")] = None,
    max_steps: MaxSteps = 4,
    limit: console.Limit = 10,
    as_of: console.AsOf = "",
    viewer: console.Looker = Viewer.STAFF,
    as_json: console.AsJson = False,
) -> None:
    """Show who can help an actor, best first, and how one gets there."""
    from graph.questions.who_can_help import Ask

    ask = Ask(help_, tuple(theme or ()), max_steps, limit, console.day(as_of))
    answer_help(actor, ask, viewer, as_json=as_json)


def answer_help(actor: str, ask: "Ask", viewer: Viewer, *, as_json: bool = False) -> None:
    """Ask who can help an actor, and print what comes out."""
    from api import terminal_helping
    from api.naming import telling
    from graph.questions.who_can_help import who_can_help as question

    with console.indexed(viewer) as (view, index):
        answer = question(view, index, view.follow(actor).id, ask)
        words = telling(view, answer, console.lang())
    if as_json:
        from api.schemas_helping import HelpAnswerOut  # which is slow to load

        typer.echo(HelpAnswerOut.model_validate(answer, context=words).model_dump_json(by_alias=True, indent=2))
    else:
        console.lines(terminal_helping.help_answer(answer, words))


def path(
    start: Annotated[str, typer.Argument(metavar="FROM", help="The id of the actor who asks.")],
    end: Annotated[str, typer.Argument(metavar="TO", help="The id of the actor to get to.")],
    max_steps: MaxSteps = 4,
    limit: console.Limit = 3,
    as_of: console.AsOf = "",
    viewer: console.Looker = Viewer.STAFF,
    as_json: console.AsJson = False,
) -> None:
    """Show how one gets from one actor to another: the best path, then others with other connectors."""
    from api import terminal_helping
    from api.naming import telling
    from graph.questions.asking import followed
    from graph.questions.paths import paths

    with console.indexed(viewer) as (view, index):
        one, other = (card.id for card in followed(view, [start, end]))
        answer = paths(view, index, one, other, max_steps, limit, console.day(as_of))
        words = telling(view, answer, console.lang())
    if as_json:
        from api.schemas_helping import PathsOut

        typer.echo(PathsOut.model_validate(answer, context=words).model_dump_json(by_alias=True, indent=2))
    else:
        console.lines(terminal_helping.paths(answer, words))
