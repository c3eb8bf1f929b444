"""Asking who can help in a small world, and where an actor comes out."""

from dataclasses import replace
from datetime import date
from typing import Any

from saying import PUBLIC, load

from graph.answers_helping import HelpAnswer, Helper, Unreached
from graph.index.building import build
from graph.model import Viewer
from graph.questions.askers import Stranger
from graph.questions.who_can_help import Ask, who_can_help
from graph.records import Record
from graph.store import Store
from graph.view import open_view

DAY = date(2026, 6, 1)


def asked(store: Store, help: str, asker: str | Stranger = "wij", viewer: Viewer = PUBLIC, **more: Any) -> HelpAnswer:
    """Return who can help."""
    with open_view(store, viewer) as view:
        return who_can_help(view, build(view, DAY), asker, replace(Ask(help, as_of=DAY), **more))


def told(store: Store, help: str, *records: Record, **more: Any) -> HelpAnswer:
    """Load a world and return who can help in it."""
    assert not load(store, "gids", *records).refused
    return asked(store, help, **more)


def of(answer: HelpAnswer, id: str) -> Helper | Unreached | None:
    """Return what an answer says of an actor."""
    every = (*answer.known, *answer.helpers, *answer.unreachable, *answer.unfit)
    found = [it for it in every if it.actor.id == id]
    assert len(found) < 2
    return found[0] if found else None


def worth(answer: HelpAnswer, id: str = "fonds") -> float:
    """Return how well the only actor that can help fits (its likeness is 1); 0 if it is not told."""
    found = of(answer, id)
    return round(found.fit, 9) if found else 0.0


def met(answer: HelpAnswer, what: str, id: str = "fonds") -> list[bool | None]:
    """Return whether conditions of a sort are told to be met."""
    found = of(answer, id)
    return [reason.met for reason in found.reasons if reason.what == what] if found else []
