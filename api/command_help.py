"""What `--help` says, in the language of the command: `help.csv` has the Dutch of each text that stands in the code."""

import csv
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from api import usage

if TYPE_CHECKING:  # typer has no public name for what its own Context is a kind of
    from typer._click.core import Context

FRAME = (  # what typer puts around the texts, and the same in Dutch
    ("Usage:", "Gebruik:"),
    ("Options:", "Opties:"),
    ("Commands:", "Opdrachten:"),
    ("Arguments:", "Wat erachter komt:"),
    ("[OPTIONS]", "[OPTIES]"),
    ("COMMAND [ARGS]...", "OPDRACHT …"),
    ("[required]", "[nodig]"),
    ("[default:", "[standaard:"),
)


class Command(TyperCommand):
    """A command whose help is in the language that was chosen."""

    def get_help(self, ctx: "Context") -> str:
        """Return its help."""
        if usage.language(ctx) == "en":
            return super().get_help(ctx)
        _put_in_dutch(self, ctx)
        return _framed(super().get_help(ctx))


class Group(TyperGroup):
    """A group of commands whose help is in the language that was chosen."""

    def get_help(self, ctx: "Context") -> str:
        """Return its help."""
        if usage.language(ctx) == "en":
            return super().get_help(ctx)
        _put_in_dutch(self, ctx)
        for command in self.commands.values():
            command.help = dutch(command.help or "")
        return _framed(super().get_help(ctx))


def dutch(text: str) -> str:
    """Return a text of the help in Dutch; one that is not known, as it stands.

    >>> dutch("Find actors by name.")
    'Zoek actoren op naam.'
    """
    return _texts().get(text, text)


@cache
def _texts() -> dict[str, str]:
    with Path(__file__).with_name("help.csv").open(encoding="utf-8", newline="") as file:
        return {row["en"]: row["nl"] for row in csv.DictReader(file)}


def _put_in_dutch(command: TyperCommand | TyperGroup, ctx: "Context") -> None:
    """Put the texts of a command in Dutch; typer makes each command anew for each run."""
    command.help = dutch(command.help or "")
    for each in command.get_params(ctx):
        if isinstance(each, TyperArgument | TyperOption):
            each.help = dutch(each.help or "")


def _framed(text: str) -> str:
    for english, ours in FRAME:
        text = text.replace(english, ours)
    return text
