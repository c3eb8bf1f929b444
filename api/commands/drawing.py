"""Commands that draw: `weefsel map …` writes a map or a picture to a file, for the public unless told otherwise."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from api import console
from api.terminal import ACTORS, TIES, number_of
from graph.answers import Part
from graph.drawing import Drawing
from graph.errors import BadInputError
from graph.model import Count, Viewer
from viz import RENDERERS
from viz.paper import Paper

if TYPE_CHECKING:
    from graph.view import View


def _paper(text: str) -> Paper:
    if text.lower() not in list(Paper):
        raise BadInputError(
            nl=f"--paper {text!r} kennen we niet. Kies uit: {', '.join(Paper)}.",
            en=f"--paper {text!r} is not known. Choose from: {', '.join(Paper)}.",
            field="paper",
        )
    return Paper(text.lower())


def _format(out: Path) -> str:
    return out.suffix.lower().removeprefix(".")


def _out(text: str) -> Path:
    if _format(Path(text)) not in RENDERERS:
        known = ", ".join(f".{name}" for name in RENDERERS)
        raise BadInputError(
            nl=f"--out {text!r}: aan het eind van de naam zien we wat het moet worden. Kies uit: {known}.",
            en=f"--out {text!r}: the end of the name tells what it is to be. Choose from: {known}.",
            field="out",
        )
    return Path(text)


Out: TypeAlias = Annotated[
    Path, typer.Option("--out", parser=_out, metavar="FILE", help="The file to write: .html, .svg, .png or .pdf.")
]
OnPaper: TypeAlias = Annotated[
    Paper, typer.Option("--paper", parser=_paper, metavar="PAPER", help="The paper of a picture: a4 or a3.")
]

Geographic: TypeAlias = Annotated[
    bool, typer.Option("--geographic", help="By place: a picture of actors where they are.")
]


def write(view: "View", drawing: Drawing, out: Path, paper: Paper, *, geographic: bool = False) -> None:
    """Write a drawing to a file, in the format that its name ends in, and say for whom it is.

    `view` is the one it was made from, which knows the sources of all that is on it.

    Raises:
        BadInputError: The file cannot be written, or a map by place would be no picture.
    """
    from api.drawings import by_place, credited

    if geographic:
        from api.outlines import outlines

        if _format(out) == "html":
            raise BadInputError(
                nl="Een kaart op plek is er alleen als plaatje: laat --out eindigen op .svg, .png of .pdf.",
                en="A map by place is a picture only: let --out end in .svg, .png or .pdf.",
                field="geographic",
            )
        drawing = by_place(drawing, outlines(console.chosen.settings), console.lang())
    drawing = credited(drawing, view)
    console.write(out, [b"".join(RENDERERS[_format(out)].render(drawing, paper))])
    lang, everyone = console.lang(), drawing.audience == Viewer.PUBLIC
    actors = number_of(Count(len(drawing.actors)), lang, *ACTORS)
    ties = number_of(Count(len(drawing.ties)), lang, *TIES)
    console.tell(
        f"{out}: {actors}, {ties}, {'openbaar' if everyone else 'alleen voor medewerkers'}.",
        f"{out}: {actors}, {ties}, {'public' if everyone else 'for staff only'}.",
    )


def neighbourhood(
    actor: console.ActorId,
    out: Out,
    depth: console.Depth = 1,
    kind: console.Kinds = None,
    tie_kind: console.TieKinds = None,
    limit: console.Limit = 100,
    as_of: console.AsOf = "",
    paper: OnPaper = Paper.A4,
    geographic: Geographic = False,
    viewer: console.Looker = Viewer.PUBLIC,
) -> None:
    """Draw who stands around an actor."""
    from api import drawings
    from graph.questions import neighbourhood as ask

    kinds, tie_kinds, day = tuple(kind or ()), tuple(tie_kind or ()), console.day(as_of)
    with console.around(viewer) as (view, index):
        answer = ask(view, view.follow(actor).id, depth, kinds, tie_kinds, limit, day, index)
        drawing = drawings.of_neighbourhood(answer, console.lang(), viewer)
        write(view, drawing, out, paper, geographic=geographic)


def nearby(
    actor: console.ActorId,
    out: Out,
    km: console.Km = 10.0,
    limit: console.Limit = 50,
    paper: OnPaper = Paper.A4,
    geographic: Geographic = False,
    viewer: console.Looker = Viewer.PUBLIC,
) -> None:
    """Draw who is near an actor, and the ties among them."""
    from api import drawings
    from graph.questions import among
    from graph.questions import nearby as ask
    from graph.view import open_view

    with console.store() as store, open_view(store, viewer) as view:
        answer = ask(view, view.follow(actor).id, km, limit)
        ties = among(view, drawings.actors_nearby(answer))
        write(view, drawings.of_nearby(answer, ties, console.lang(), viewer), out, paper, geographic=geographic)


def path(
    start: console.Start,
    end: console.End,
    out: Out,
    max_steps: console.MaxSteps = 4,
    limit: console.Limit = 3,
    as_of: console.AsOf = "",
    paper: OnPaper = Paper.A4,
    viewer: console.Looker = Viewer.PUBLIC,
) -> None:
    """Draw how one gets from one actor to another."""
    from api import drawings
    from graph.questions.asking import followed
    from graph.questions.paths import paths

    with console.indexed(viewer) as (view, index):
        one, other = (card.id for card in followed(view, [start, end]))
        answer = paths(view, index, one, other, max_steps, limit, console.day(as_of))
        write(view, drawings.of_paths(answer, console.lang(), viewer), out, paper)


def who_can_help(
    actor: console.ActorId,
    help_: console.Help,
    out: Out,
    theme: console.ForThemes = None,
    max_steps: console.MaxSteps = 4,
    limit: console.Limit = 10,
    as_of: console.AsOf = "",
    paper: OnPaper = Paper.A4,
    viewer: console.Looker = Viewer.PUBLIC,
) -> None:
    """Draw the paths from an actor to those who can help it."""
    from api import drawings
    from graph.questions.who_can_help import Ask
    from graph.questions.who_can_help import who_can_help as question

    ask = Ask(help_, tuple(theme or ()), max_steps, limit, console.day(as_of))
    with console.indexed(viewer) as (view, index):
        answer = question(view, index, view.follow(actor).id, ask)
        write(view, drawings.of_help(answer, console.lang(), viewer), out, paper)


PartLimit: TypeAlias = Annotated[int, typer.Option("--limit", help="How many at most, those with most contacts.")]


def municipality(
    actor: Annotated[str, typer.Argument(metavar="MUNICIPALITY", help="The id of its actor, or its CBS code.")],
    out: Out,
    kind: console.Kinds = None,
    theme: console.Themes = None,
    limit: PartLimit = 500,
    as_of: console.AsOf = "",
    paper: OnPaper = Paper.A4,
    geographic: Geographic = False,
    viewer: console.Looker = Viewer.PUBLIC,
) -> None:
    """Draw who is active in a municipality."""
    part = Part(kinds=tuple(kind or ()), themes=tuple(theme or ()), municipalities=(actor,))
    _part(part, out, limit, as_of, paper, viewer, geographic=geographic)


def theme(
    name: Annotated[str, typer.Argument(metavar="THEME", help="The theme; what falls under it counts too.")],
    out: Out,
    kind: console.Kinds = None,
    limit: PartLimit = 500,
    as_of: console.AsOf = "",
    paper: OnPaper = Paper.A4,
    geographic: Geographic = False,
    viewer: console.Looker = Viewer.PUBLIC,
) -> None:
    """Draw who works on a theme."""
    _part(Part(kinds=tuple(kind or ()), themes=(name,)), out, limit, as_of, paper, viewer, geographic=geographic)


def network(
    actor: Annotated[str, typer.Argument(metavar="NETWORK", help="The network's id.")],
    out: Out,
    limit: PartLimit = 500,
    as_of: console.AsOf = "",
    paper: OnPaper = Paper.A4,
    geographic: Geographic = False,
    viewer: console.Looker = Viewer.PUBLIC,
) -> None:
    """Draw a network and its members."""
    _part(Part(network=actor), out, limit, as_of, paper, viewer, geographic=geographic)


def dataset(
    name: Annotated[str, typer.Argument(metavar="DATASET", help="The dataset's name.")],
    out: Out,
    limit: PartLimit = 500,
    as_of: console.AsOf = "",
    paper: OnPaper = Paper.A4,
    geographic: Geographic = False,
    viewer: console.Looker = Viewer.PUBLIC,
) -> None:
    """Draw who is in a dataset."""
    _part(Part(dataset=name), out, limit, as_of, paper, viewer, geographic=geographic)


def sector(
    out: Out,
    kind: console.Kinds = None,
    limit: PartLimit = 500,
    as_of: console.AsOf = "",
    paper: OnPaper = Paper.A4,
    geographic: Geographic = False,
    viewer: console.Looker = Viewer.PUBLIC,
) -> None:
    """Draw the whole sector, as far as it fits."""
    _part(Part(kinds=tuple(kind or ())), out, limit, as_of, paper, viewer, geographic=geographic)


def _part(part: Part, out: Path, limit: int, as_of: str, paper: Paper, viewer: Viewer, *, geographic: bool) -> None:
    from api import drawings
    from graph.questions import excerpt
    from graph.view import open_view

    day = console.day(as_of)
    with console.store() as store, open_view(store, viewer) as view:
        known = replace(part, network=view.follow(part.network).id) if part.network else part
        answer = excerpt(view, known, limit, day)
        write(view, drawings.of_excerpt(answer, console.lang(), viewer), out, paper, geographic=geographic)


MAPS: dict[str, Callable[..., None]] = {
    "neighbourhood": neighbourhood,
    "nearby": nearby,
    "path": path,
    "who-can-help": who_can_help,
    "municipality": municipality,
    "theme": theme,
    "network": network,
    "dataset": dataset,
    "sector": sector,
}
