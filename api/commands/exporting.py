"""Exporting: `weefsel export` writes a part of the sector to a file of another program, for the public unless told otherwise."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from api import console
from graph.answers import Part
from graph.drawing import Extract
from graph.errors import BadInputError
from graph.model import Viewer


def export(
    format_: Annotated[str, typer.Argument(metavar="FORMAT", help="xlsx, csv, csv-excel, gexf, graphml, kumu, …")],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="The file to write; - for standard output.")],
    text: Annotated[str, typer.Option("--text", help="Only who is found by this text.")] = "",
    kind: console.Kinds = None,
    theme: console.Themes = None,
    help_: console.HelpsOffered = None,
    municipality: console.Municipalities = None,
    network: Annotated[str, typer.Option("--network", help="A network (its id) and its members.")] = "",
    dataset: Annotated[str, typer.Option("--dataset", help="Whom a dataset has a record of.")] = "",
    actor: Annotated[list[str] | None, typer.Option("--actor", help="An actor's id (repeatable).")] = None,
    around: Annotated[str, typer.Option("--around", help="An actor (its id) and who stands around it.")] = "",
    depth: Annotated[int, typer.Option("--depth", help="How many ties away from --around, 1 to 3.")] = 1,
    as_of: console.AsOf = "",
    viewer: console.Looker = Viewer.PUBLIC,
) -> None:
    """Write actors and every tie among them to a file that other programs open."""
    from api import extracts

    writer = extracts.format_of(format_)
    kinds, themes, helps, places = (tuple(each or ()) for each in (kind, theme, help_, municipality))
    part = Part(text, kinds, themes, helps, places, network, dataset, tuple(actor or ()))
    if around and part != Part():
        raise BadInputError(nl="Kies --around of iets anders.", en="Choose --around or something else.", field="around")
    extracts.fit(format_, part, around)
    with _extract(part, around, depth, as_of, viewer) as extract:
        console.write(out, writer.write(extract))
    everyone = viewer is Viewer.PUBLIC
    console.tell(
        f"{out}: {extract.title}, {'openbaar' if everyone else 'alleen voor medewerkers'}.",
        f"{out}: {extract.title}, {'public' if everyone else 'for staff only'}.",
        err=out == console.STDOUT,
    )


@contextmanager
def _extract(part: Part, around: str, depth: int, as_of: str, viewer: Viewer) -> Iterator[Extract]:
    """Open a view and give what is asked for of it."""
    from api import extracts
    from graph.view import open_view

    day = console.day(as_of)
    if around:
        with console.around(viewer) as (view, index):
            yield extracts.of_surroundings(view, index, around, depth, console.lang(), day)
    else:
        with console.store() as store, open_view(store, viewer) as view:
            yield extracts.of_part(view, part, console.lang(), day)
