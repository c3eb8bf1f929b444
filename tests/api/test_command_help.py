"""The help of the commands, in both languages."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.core import TyperCommand, TyperGroup

from api import command_help
from api.cli import app


def commands(command: TyperCommand | TyperGroup) -> Iterator[TyperCommand | TyperGroup]:
    """Give a command and all under it."""
    yield command
    for each in getattr(command, "commands", {}).values():
        yield from commands(each)


def texts() -> set[str]:
    """Return what stands in the help of any command, as the code has it."""
    found = set()
    for command in commands(typer.main.get_command(app)):
        parameters = command.get_params(typer.Context(command))
        found |= {command.help, *(getattr(each, "help", "") for each in parameters)}
    return found - {None, ""}


def test_every_text_of_the_help_has_its_dutch_and_no_other_stands_there():
    with Path(command_help.__file__).with_name("help.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["en"] for row in rows] == sorted(texts()), "add it to api/help.csv, in the order of English"
    assert all(row["nl"] for row in rows)


@pytest.mark.parametrize(
    "words", [("--help",), ("show", "--help"), ("export", "--help"), ("map",), ("map", "path", "--help")]
)
def test_help_speaks_the_language_of_the_command(weefsel, words):
    told = "".join(weefsel(*words)[1:])
    assert told.startswith("Gebruik: weefsel")
    assert "Laat deze uitleg zien." in told
    assert not [
        word for word in ("Options", "OPTIONS", "Arguments", "Commands", "required", "default:") if word in told
    ]
    told = "".join(weefsel("--lang", "en", *words)[1:])
    assert told.startswith("Usage: weefsel")
    assert "Show this message and exit." in told
