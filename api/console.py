"""What commands share: the settings and language chosen, how they print, and the options that many of them take."""

import shutil
import sys
import textwrap
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import typer

from api.settings import Settings, open_store
from graph.errors import BadInputError, Lang
from graph.model import Viewer
from graph.store import Store

if TYPE_CHECKING:  # for commands that need no numbers, these would be slow to load
    from graph.index.files import Index
    from graph.index.keeping import Indexes
    from graph.telling import Telling
    from graph.view import View


def _viewer(text: str) -> Viewer:
    if text not in [viewer.value for viewer in Viewer]:
        raise BadInputError(
            nl=f"--viewer {text!r} kennen we niet. Kies uit: public, staff.",
            en=f"--viewer {text!r} is not known. Choose from: public, staff.",
            field="viewer",
        )
    return Viewer(text)


ActorId: TypeAlias = Annotated[str, typer.Argument(metavar="ACTOR", help="The actor's id, as search gives it.")]
AsJson: TypeAlias = Annotated[bool, typer.Option("--json", help="Print what HTTP answers.")]
Looker: TypeAlias = Annotated[
    Viewer, typer.Option("--viewer", parser=_viewer, metavar="VIEWER", help="Whose view: public or staff.")
]
Limit: TypeAlias = Annotated[int, typer.Option("--limit", help="How many at most.")]
Kinds: TypeAlias = Annotated[list[str] | None, typer.Option("--kind", help="Only actors of this kind (repeatable).")]
AsOf: TypeAlias = Annotated[str, typer.Option("--as-of", help="The day to look at, as 2026-11-22; today if left out.")]
Themes: TypeAlias = Annotated[list[str] | None, typer.Option("--theme", help="Only with this theme (repeatable).")]
ForThemes: TypeAlias = Annotated[list[str] | None, typer.Option("--theme", help="For this theme (repeatable).")]
HelpsOffered: TypeAlias = Annotated[
    list[str] | None, typer.Option("--help-offered", help="Only who offers or refers for this help.")
]
Municipalities: TypeAlias = Annotated[list[str] | None, typer.Option("--municipality", help="CBS code or actor id.")]
Depth: TypeAlias = Annotated[int, typer.Option("--depth", help="How many ties away, 1 to 3.")]
TieKinds: TypeAlias = Annotated[list[str] | None, typer.Option("--tie-kind", help="Walk only ties of this kind.")]
Km: TypeAlias = Annotated[float, typer.Option("--km", help="How far, in kilometres.")]
Help: TypeAlias = Annotated[
    str, typer.Argument(metavar="HELP", help="Which help: kennis, geld, netwerk, or a kind of it.")
]
Start: TypeAlias = Annotated[str, typer.Argument(metavar="FROM", help="The id of the actor who asks.")]
End: TypeAlias = Annotated[str, typer.Argument(metavar="TO", help="The id of the actor to get to.")]
MaxSteps: TypeAlias = Annotated[
    int, typer.Option("--max-steps", help="Of how many introductions a path may be, 1 to 6.")
]
Judge: TypeAlias = Annotated[str, typer.Option("--who", help="Who decided: a desk or a role.")]
Why: TypeAlias = Annotated[str, typer.Option("--why", help="Why.")]


STDOUT = Path("-")


@dataclass(slots=True)
class _Chosen:
    settings: Settings


chosen = _Chosen(Settings.model_construct())  # the settings of this run; the environment is read when it starts


def write(out: Path, content: Iterable[bytes]) -> None:
    """Write a file beside its place, and put it there when it is whole; `-` is the standard output.

    A link stays a link to it. A device or a pipe is written as it goes: a file in its place would be the end of it.

    Raises:
        BadInputError: The file cannot be written.
    """
    if out == STDOUT:
        sys.stdout.buffer.writelines(content)
        sys.stdout.flush()
        return
    place = out.resolve()
    straight = out.exists() and not (out.is_file() or out.is_dir())
    made = out if straight else place.with_name(f"{place.name}.part")
    try:
        with made.open("wb") as file:
            file.writelines(content)
        if not straight:
            made.replace(place)
    except OSError as error:
        raise BadInputError(
            nl=f"{str(out)!r} kunnen we niet schrijven ({error.strerror}). Kies een map waar je mag schrijven.",
            en=f"{str(out)!r} cannot be written ({error.strerror}). Choose a folder where you may write.",
            field="out",
        ) from error
    finally:
        if not straight:
            made.unlink(missing_ok=True)


def lang() -> Lang:
    """Return the language that was chosen."""
    return chosen.settings.lang


@contextmanager
def store() -> Iterator[Store]:
    """Open the store that was chosen."""
    with open_store(chosen.settings) as opened:
        yield opened


@contextmanager
def indexed(viewer: Viewer) -> Iterator[tuple["View", "Index"]]:
    """Open a view of the store that was chosen, and its index, which is made first if need be."""
    with _viewed(viewer) as (view, indexes):
        index = indexes.fresh(view)
        if trouble := indexes.standing(view).trouble:
            typer.echo(trouble.error.text(lang()), err=True)
        yield view, index


@contextmanager
def around(viewer: Viewer) -> Iterator[tuple["View", "Index | None"]]:
    """Open a view of the store that was chosen, and its index, if it is there or soon made."""
    with _viewed(viewer) as (view, indexes):
        yield view, indexes.current(view)


@contextmanager
def _viewed(viewer: Viewer) -> Iterator[tuple["View", "Indexes"]]:
    """Open a view of the store that was chosen, and the indexes of that store."""
    from api.indexing import open_indexes
    from graph.view import open_view

    with (
        store() as opened,
        closing(open_indexes(opened, chosen.settings)) as indexes,
        open_view(opened, viewer) as view,
    ):
        yield view, indexes


def lines(text: Iterable[str]) -> None:
    """Print lines: on a terminal folded between words, what goes on a little further in; elsewhere as they are."""
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 0
    for line in text:
        typer.echo(_folded(line, width) if width else line)


def _folded(line: str, width: int) -> str:
    """Return a line folded to a width, in characters.

    >>> print(_folded("  biedt: hulp bij vinden van geld", 22))
      biedt: hulp bij
        vinden van geld
    """
    further = " " * (len(line) - len(line.lstrip()) + 2)
    return textwrap.fill(line, width, subsequent_indent=further, break_long_words=False, break_on_hyphens=False)


def tell(nl: str, en: str, *, err: bool = False) -> None:
    """Print one line in the language that was chosen; `err`: beside what is printed."""
    typer.echo(nl if lang() == "nl" else en, err=err)


def day(text: str) -> date | None:
    """Return the day of `--as-of`.

    Raises:
        BadInputError: It is no day.
    """
    try:
        if len(text) in (0, len("2026-11-22")):  # the standard library reads other ways to write it too
            return date.fromisoformat(text) if text else None
    except ValueError:
        pass
    raise BadInputError(
        nl=f"--as-of {text!r} is geen dag; schrijf 2026-11-22.", en=f"--as-of {text!r} is no day; write 2026-11-22."
    )


def answer(what: object, text: Iterable[str], schema: str, telling: "Telling | None" = None, *, as_json: bool) -> None:
    """Print an answer as text, or as HTTP gives it: by the class that `schema` names in `api` (which is slow to load).

    `telling` tells it in words, where the class asks for that.
    """
    if not as_json:
        lines(text)
        return
    module, name = schema.split(".")
    model: Any = getattr(import_module(f"api.{module}"), name)
    typer.echo(model.model_validate(what, context=telling).model_dump_json(by_alias=True, indent=2))
