"""The command that looks at a spreadsheet: proposes what its columns mean, and shows what its rows would become."""

import json
from pathlib import Path
from typing import Annotated

import typer

from api import console
from graph.errors import BadInputError


def mapping(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The spreadsheet: XLSX, ODS, CSV or TSV.")],
    save: Annotated[Path | None, typer.Option("--save", help="Write the mapping to this new file, to edit it.")] = None,
    saved: Annotated[Path | None, typer.Option("--mapping", help="Try this mapping, in place of a proposal.")] = None,
    as_json: console.AsJson = False,
) -> None:
    """Propose what the columns of a spreadsheet mean, and show the first ten rows as they would become."""
    from api import terminal_mapping  # which, as the next, brings all loaders along
    from api.mapping_files import looked_at

    seen = looked_at(file, saved, console.lang())
    if as_json:
        typer.echo(json.dumps(seen.as_json(), ensure_ascii=False, indent=2))
    else:
        for line in terminal_mapping.told(seen, console.lang(), shown=save is None and saved is None):
            typer.echo(line)  # not folded: a mapping is a file to copy
    if save:
        _write(save, seen.toml)
        told = terminal_mapping.next_step(file, save, console.lang())
        typer.echo(told, err=as_json)


def _write(path: Path, text: str) -> None:
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise BadInputError(
            nl=f"{path} bestaat al; geef met --save een bestand dat er nog niet is.",
            en=f"{path} is there already; give a file that is not there yet with --save.",
            field="save",
        ) from None
    except OSError as error:
        raise BadInputError(
            nl=f"{path} is niet te schrijven ({error.strerror}).",
            en=f"{path} cannot be written ({error.strerror}).",
            field="save",
        ) from error
