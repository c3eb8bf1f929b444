"""Commands that keep the store well, and serve it."""

from typing import Annotated, Any

import typer

from api import console
from api.settings import open_store
from graph.store import Store


def refold() -> None:
    """Make every fold anew from the records: after the vocabulary was edited."""
    from graph.ingest import refold as anew

    with console.store() as store:
        different = anew(store)
    if different:
        console.tell("Alles is opnieuw gevouwen; er was iets veranderd.", "All is folded anew; something had changed.")
    else:
        console.tell("Alles klopte al.", "All was right already.")


def check() -> None:
    """Check that the store is whole; exit code 1 if it is not."""
    from api.terminal_loads import nothing_in

    with console.store() as store:
        wrong = store.check()
        written = wrong or _written(store)
    if not written:
        typer.echo(nothing_in(console.chosen.settings.place, console.lang()))
        return
    console.lines(error.text(console.lang()) for error in wrong)
    if wrong:
        raise typer.Exit(1)
    console.tell("De opslag is in orde.", "The store is whole.")


def _written(store: Store) -> bool:
    """Return whether anything was ever written in a store."""
    with store.snapshot() as snapshot:
        return snapshot.state().revision > 0


def serve(
    host: Annotated[str, typer.Option("--host", help="Default: WEEFSEL_HOST.")] = "",
    port: Annotated[int | None, typer.Option("--port", min=0, max=65535, help="Default: WEEFSEL_PORT.")] = None,
    workers: Annotated[int | None, typer.Option("--workers", min=1, max=64, help="Default: WEEFSEL_WORKERS.")] = None,
) -> None:
    """Serve pages and API until stopped."""
    from api.serving import serve as run

    options = {"host": host or None, "port": port, "workers": workers}
    given: dict[str, Any] = {name: value for name, value in options.items() if value is not None}
    settings = console.chosen.settings.model_copy(update=given)
    with open_store(settings) as store:
        run(store, settings)
