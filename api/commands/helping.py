"""Commands that ask who can help, and how one gets from one actor to another."""

from typing import TYPE_CHECKING

from api import console
from graph.model import Viewer

if TYPE_CHECKING:  # it brings numpy along, which `--help` does not need
    from graph.questions.who_can_help import Ask


def who_can_help(
    actor: console.ActorId,
    help_: console.Help,
    theme: console.ForThemes = None,
    max_steps: console.MaxSteps = 4,
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
    text = terminal_helping.help_answer(answer, words)
    console.answer(answer, text, "schemas_helping.HelpAnswerOut", words, as_json=as_json)


def path(
    start: console.Start,
    end: console.End,
    max_steps: console.MaxSteps = 4,
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
    text = terminal_helping.paths(answer, words)
    console.answer(answer, text, "schemas_helping.PathsOut", words, as_json=as_json)
