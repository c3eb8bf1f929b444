"""Whom a visitor means who writes names: actors found by name, and what is left to choose or to spell otherwise."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph import questions
from graph.model import Card
from graph.stored import Filters
from graph.text import fold
from graph.view import View

MOST_NAMES = 30  # that one visitor may write at once
CANDIDATES = 6


@dataclass(frozen=True)
class Unclear:
    """A name that several may bear, or nobody: `near` looks like it. `found` says whether the name was found at all."""

    name: str
    near: tuple[Card, ...]
    found: bool


def look_up(view: View, names: Iterable[str], kinds: Sequence[str] = ()) -> tuple[list[Card], list[Unclear]]:
    """Return the actors that go by these names or ids, and the names of which that is not clear."""
    cards, unclear = [], []
    for name in list(dict.fromkeys(name.strip() for name in names if fold(name)))[:MOST_NAMES]:
        found = _found(view, name, kinds)
        if len(found) == 1:
            cards += found
        else:
            unclear.append(Unclear(name, tuple(found or view.suggestions(name)), bool(found)))
    return cards, unclear


def _found(view: View, name: str, kinds: Sequence[str]) -> list[Card]:
    """Return the one that a name means: by id, by the whole name, or as the only one that it finds; else all candidates."""
    if known := view.with_ids([name]):
        return known
    found = list(questions.search(view, name, Filters(kinds=tuple(kinds)), CANDIDATES).actors)
    whole = [card for card in found if fold(name) == card.names or f"|{fold(name)}|" in card.alias_names]
    return whole if len(whole) == 1 else found
