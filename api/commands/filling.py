"""Commands that fill the store, list what it holds, and undo a dataset."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api import console, terminal_asking, terminal_loads
from api.commands import helping, keeping
from graph.errors import BadInputError, LoadError
from graph.model import Viewer
from graph.store import Store

if TYPE_CHECKING:  # ingest brings numpy along, which listing does not need
    from api.loading import Source
    from graph.answers_duplicates import Namesakes
    from graph.ingest import Policy
    from graph.store import Snapshot

MOST_LOOKED_AT = 100_000  # actors among whom namesakes of new ones are looked for: a second
DEMO = Path(__file__).parents[2] / "data" / "sector"


def demo(
    serve_too: Annotated[bool, typer.Option("--serve/--no-serve", help="Serve pages and API afterwards.")] = True,
) -> None:
    """Load the demo sector, ask two questions, and serve it."""
    from api.loading import Source
    from graph.ingest import Policy
    from graph.questions import neighbourhood
    from graph.questions.who_can_help import Ask

    if not DEMO.is_dir():
        raise LoadError(
            nl=f"De demo staat niet in {DEMO}. Ze zit in de broncode: draai de demo in een kloon daarvan.",
            en=f"The demo is not in {DEMO}. It comes with the source: run the demo in a clone of it.",
        )
    with console.store() as store:
        _load(store, Source("sector", [DEMO]), {}, Policy(), Path("sector-rejected"))
    typer.echo()
    with console.around(Viewer.PUBLIC) as (view, index):
        console.lines(terminal_asking.around(neighbourhood(view, "wijkpaleis", index=index), console.lang()))
    typer.echo()
    helping.answer_help("wijkpaleis", Ask("geld", limit=3), Viewer.PUBLIC)
    if serve_too:
        typer.echo()
        keeping.serve()


def load(
    loader: Annotated[
        str,
        typer.Argument(
            help="How to read it: sector, table, municipalities, kumu, gexf, graphml, csv, geojson, threesixtygiving, ftm, "
            "jsonld, popolo, openfairdb or murmurations. With --guess: a file."
        ),
    ],
    paths: Annotated[list[Path] | None, typer.Argument(metavar="PATH…", help="The files or folders to read.")] = None,
    dataset: Annotated[str, typer.Option("--dataset", help="The dataset's name, if the source does not say it.")] = "",
    audience: Annotated[str, typer.Option("--audience", help="public or staff, if the source does not say it.")] = "",
    mapping: Annotated[Path | None, typer.Option("--mapping", help="What columns or words mean.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Do everything but keep it.")] = False,
    skip_bad_rows: Annotated[bool, typer.Option("--skip-bad-rows", help="Load what is good.")] = False,
    rejected: Annotated[Path | None, typer.Option("--rejected", help="A new folder for the rows to mend.")] = None,
    guess: Annotated[bool, typer.Option("--guess", help="Only say which loader fits the files, and why.")] = False,
) -> None:
    """Load a dataset: what it said before is replaced by what it says now, or nothing happens."""
    from api.loading import Source
    from graph.ingest import Policy

    if guess:
        _guess([Path(loader), *(paths or [])])
        return
    if not paths:
        raise BadInputError(
            nl=f"Geef na de loader de bestanden; of vraag welke loader past met: weefsel load --guess {loader}",
            en=f"Give the files after the loader; or ask which loader fits with: weefsel load --guess {loader}",
            field="paths",
        )
    given = {name: value for name, value in (("name", dataset), ("audience", audience)) if value}
    folder = None if dry_run else rejected or Path(f"{dataset or paths[0].name}-rejected")
    with console.store() as store:
        refused = _load(store, Source(loader, paths, mapping), given, Policy(dry_run, skip_bad_rows), folder)
    if refused:
        raise typer.Exit(1)


def _guess(paths: list[Path]) -> None:
    """Say which loaders fit."""
    from loaders.guess import guesses

    each = [(path, guesses(path)) for path in paths]
    for path, found in each:
        console.lines(terminal_loads.guesses(path, found, console.lang()))
    if not all(found for _, found in each):
        raise typer.Exit(1)


def _load(store: Store, source: "Source", given: dict[str, str], policy: "Policy", folder: Path | None) -> bool:
    """Load and report; return whether the load was refused."""
    from api.loading import load_paths
    from graph.questions.duplicates import new_namesakes
    from graph.view import View

    found = list["Namesakes"]()

    def look(snapshot: "Snapshot", first: int) -> None:
        view = View(snapshot, Viewer.STAFF)
        if 1 < first and sum(view.counts().values()) <= MOST_LOOKED_AT:
            found.append(new_namesakes(view, first))

    report, mended, ledger = load_paths(store, source, given, policy, folder, console.lang(), look)
    console.lines(terminal_loads.report(report, console.lang(), ledger, found))
    if mended:
        console.tell(
            f"De afgekeurde rijen staan in {mended}. Verbeter ze en laad ze samen met de rest.",
            f"The rejected rows are in {mended}. Mend them and load them together with the rest.",
        )
    return report.refused


def datasets(as_json: console.AsJson = False, viewer: console.Looker = Viewer.STAFF) -> None:
    """List what is loaded: name, audience, speaker, source, licence, date, counts, revision."""
    from graph.questions.overview import overview
    from graph.view import open_view

    with console.store() as store, open_view(store, viewer) as view:
        text = terminal_loads.datasets(view.datasets(), console.chosen.settings.place, console.lang())
        console.answer(overview(view), text, "schemas.OverviewOut", as_json=as_json)


def remove(dataset: Annotated[str, typer.Argument(help="The dataset's name.")]) -> None:
    """Undo a dataset: all that it says leaves the graph, unless another dataset says it too."""
    from graph.ingest import remove as undo

    with console.store() as store:
        report = undo(store, dataset)
    console.lines([terminal_loads.removed(report, console.lang())])
