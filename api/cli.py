"""The command line: `weefsel`. Names the commands, and turns an error of ours into one message and exit code 1."""

import errno
import os
import sys
from collections.abc import Callable
from typing import Annotated

import typer

from api import console, usage
from api.command_help import Command, Group
from api.commands import asking, drawing, exporting, filling, helping, judging, keeping, mapping
from api.settings import read_settings
from graph.errors import BadInputError, WeefselError

app = typer.Typer(
    name="weefsel",
    cls=Group,
    help="Wie kan mij helpen? The collective sector as one fabric: load it, search it, walk around in it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

CUT_SHORT = 141  # what a shell tells of a command whose reader stopped reading

COMMANDS: dict[str, Callable[..., None]] = {
    "demo": filling.demo,
    "load": filling.load,
    "mapping": mapping.mapping,
    "datasets": filling.datasets,
    "remove": filling.remove,
    "search": asking.search,
    "show": asking.show,
    "around": asking.around,
    "nearby": asking.nearby,
    "who-can-help": helping.who_can_help,
    "path": helping.path,
    "export": exporting.export,
    "duplicates": judging.duplicates,
    "merge": judging.merge,
    "split": judging.split,
    "suppress": judging.suppress,
    "take-back": judging.take_back,
    "refold": keeping.refold,
    "check": keeping.check,
    "serve": keeping.serve,
}
for _name, _command in COMMANDS.items():
    app.command(name=_name, cls=Command)(_command)
GROUPS: dict[str, tuple[str, dict[str, Callable[..., None]]]] = {
    "map": ("Draw a map, or a picture of it, for the public unless told otherwise.", drawing.MAPS),
}
for _name, (_help, _commands) in GROUPS.items():
    _group = typer.Typer(cls=Group, help=_help, no_args_is_help=True)
    for _word, _command in _commands.items():
        _group.command(name=_word, cls=Command)(_command)
    app.add_typer(_group, name=_name)


def main() -> None:
    """Run the command; an error of ours is one message and exit code 1, a reader that stops reading is as for other commands."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        sys.exit(_run())
    except WeefselError as error:
        typer.echo(error.text(console.lang()), err=True)
        sys.exit(1)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        # What is left to write would be tried once more at the end, and fail once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        console.tell(
            "De schijf is vol. Maak ruimte, en probeer het opnieuw.",
            "The disk is full. Make room, and try again.",
            err=True,
        )
        sys.exit(1)
    except SystemExit as stop:
        if isinstance(stop.__context__, BrokenPipeError):  # typer makes it 1
            sys.exit(CUT_SHORT)
        raise


def _run() -> int:
    """Run the command; returns its exit code. One that is used wrongly is told in its language, and is 2."""
    try:
        return app(standalone_mode=False) or 0
    except typer.TyperException as error:
        typer.echo(usage.told(error), err=True)
        return error.exit_code
    except typer.Abort:
        return 1


@app.callback()
def every(
    store: Annotated[str, typer.Option("--store", help="A file, or neo4j://host:7687. Default: WEEFSEL_STORE.")] = "",
    lang: Annotated[str, typer.Option("--lang", is_eager=True, help="nl or en. Default: WEEFSEL_LANG.")] = "",
) -> None:
    """Wie kan mij helpen? The collective sector as one fabric: load it, search it, walk around in it."""
    given = {name: value for name, value in (("store", store), ("lang", lang)) if value}
    if lang not in ("", "nl", "en"):
        raise BadInputError(
            nl=f"--lang {lang!r} kennen we niet; kies nl of en.", en=f"--lang {lang!r} is not known; choose nl or en."
        )
    console.chosen.settings = read_settings().model_copy(update=given)


if __name__ == "__main__":
    main()
