"""Commands that judge records: what to judge (duplicates), merge, split, suppress, and taking it back."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from api import console, terminal_duplicates, terminal_loads
from graph.errors import NotFoundError
from graph.model import Viewer
from graph.store import Store

if TYPE_CHECKING:  # ingest brings numpy along
    from graph.ingest import JudgementReport

MANY = 3_000  # actors; to compare so many takes long enough to say so


@contextmanager
def _store(*ids: str) -> Iterator[Store]:
    """Open the store to judge these actors; an id that is not there is told with the nearest names."""
    from graph.view import open_view

    with console.store() as store:
        try:
            yield store
        except NotFoundError:
            with open_view(store, Viewer.STAFF) as view:
                for actor_id in ids:
                    if not view.had(actor_id):
                        view.follow(actor_id)
            raise


def _tell(nl: str, en: str, judged: "JudgementReport") -> None:
    """Say what was done, and what came of it."""
    console.tell(f"{nl} Revisie {judged.revision}.", f"{en} Revision {judged.revision}.")
    if judged.before:
        console.tell(
            f"Het eerdere oordeel {judged.before} geldt niet meer.",
            f"The judgement before, {judged.before}, no longer holds.",
        )
    if judged.self_ties:
        console.lines([terminal_loads.self_ties(judged.self_ties, console.lang())])


def merge(one: console.ActorId, other: console.ActorId, who: console.Judge = "", why: console.Why = "") -> None:
    """Judge that two actors are the same; `take-back same` undoes it."""
    from graph.ingest import judge
    from graph.view import open_view

    with _store(one, other) as store:
        judged = judge(store, "same", one, other, who, why)
        with open_view(store, Viewer.STAFF) as view:
            cards = view.with_ids([one]) if judged.joined else []
    _tell(*terminal_duplicates.merged(one, other, judged), judged)
    console.lines(terminal_duplicates.told_of(card, console.lang()) for card in cards)


def split(one: console.ActorId, other: console.ActorId, who: console.Judge = "", why: console.Why = "") -> None:
    """Judge that two ids are different actors; `take-back different` undoes it."""
    from graph.ingest import judge

    with _store(one, other) as store:
        judged = judge(store, "different", one, other, who, why)
    _tell(f"{one} en {other} blijven apart.", f"{one} and {other} stay apart.", judged)


def duplicates(
    limit: console.Limit = 20,
    viewer: console.Looker = Viewer.STAFF,
    as_json: console.AsJson = False,
) -> None:
    """List pairs of actors that are probably one, best first, with the reasons; `merge` or `split` them."""
    from graph.questions.duplicates import duplicates as proposed
    from graph.view import open_view

    with console.store() as store, open_view(store, viewer) as view:
        count = sum(number for kind, number in view.counts().items() if kind != "person")
        if count >= MANY and sys.stderr.isatty():
            typer.echo(terminal_duplicates.comparing(count, console.lang()), err=True)
        found = proposed(view, limit=limit)
    text = terminal_duplicates.told(found, console.lang())
    console.answer(found, text, "schemas_judging.DuplicatesOut", as_json=as_json)


def suppress(person: console.ActorId, who: console.Judge = "", why: console.Why = "") -> None:
    """Erase a person from every record, and keep it out of later loads; `take-back suppress` lets it in again."""
    from graph.ingest import suppress as erase

    with _store(person) as store:
        judged = erase(store, person, who, why)
    _tell(f"{person} is gewist.", f"{person} is erased.", judged)


def take_back(
    verdict: Annotated[str, typer.Argument(help="same, different, unknown or suppress.")],
    one: console.ActorId,
    other: Annotated[str, typer.Argument(metavar="[ACTOR]", help="The other actor; none for suppress.")] = "",
) -> None:
    """Take a judgement back."""
    from graph.ingest import take_back as undo

    with _store(one, *([other] if other else [])) as store:
        judged = undo(store, verdict, one, other)
    _tell(f"Het oordeel {verdict} is teruggenomen.", f"{verdict} is taken back.", judged)
    if judged.joined:
        console.tell(
            f"{one} en {other} zijn één, door een ander oordeel of een kenmerk dat ze delen.",
            f"{one} and {other} are one, by another judgement or an identifier that they share.",
        )
