"""Whom a visitor means who writes names: actors found by name, and what is left to choose or to spell otherwise."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph import questions
from graph.answers import Found
from graph.model import Card, Count
from graph.namesakes import where
from graph.stored import Filters
from graph.text import fold
from graph.view import View

MOST_NAMES = 30  # that one visitor may write at once
MOST_SLIPS = 10  # for which those that look like it are looked for: a tenth of a second each, among thousands
CANDIDATES = 6
MOST_NAMESAKES = 100  # among whom those in one place are looked for
WORDS_OF_PLACE = 3


@dataclass(frozen=True)
class Unclear:
    """A name that several may bear, or nobody: `near` looks like it. `found` says whether the name was found at all.

    `gone`: it is the id of somebody who was here once.
    """

    name: str
    near: tuple[Card, ...]
    found: bool
    gone: bool = False


@dataclass(frozen=True)
class Known:
    """Whom a visitor knows (`cards`), and what is not clear of that.

    `unclear` are names to ask back, `left` those to be looked up later, `unchosen` those that were asked back before and of
    which nobody was chosen; `away` says that somebody who was chosen is no longer here.
    """

    cards: tuple[Card, ...] = ()
    unclear: tuple[Unclear, ...] = ()
    left: tuple[str, ...] = ()
    unchosen: tuple[Unclear, ...] = ()
    away: bool = False


NOBODY = Known()


def status_of(unclear: Iterable[Unclear]) -> int:
    """Return the status of a page that asks back whom these names mean: 410 if all are gone, 404 if some are nobody's."""
    nobodys = [one for one in unclear if not one.found]
    return 200 if not nobodys else 410 if all(one.gone for one in nobodys) else 404


def look_up(view: View, names: Iterable[str], kinds: Sequence[str] = ()) -> tuple[list[Card], list[Unclear]]:
    """Return the actors that go by these names or ids, and the names of which that is not clear."""
    cards, unclear = list[Card](), list[Unclear]()
    for name in list(dict.fromkeys(name.strip() for name in names if fold(name)))[:MOST_NAMES]:
        found, sure = _found(view, name, kinds)
        if sure:
            cards += found
        else:
            near = found or (view.suggestions(name) if len(unclear) < MOST_SLIPS else ())
            unclear.append(Unclear(name, tuple(near), bool(found), gone=not found and view.had(name)))
    return cards, unclear


def _found(view: View, name: str, kinds: Sequence[str]) -> tuple[Sequence[Card], bool]:
    """Return the one that a name means: by id, by the whole name, or as the only one that is found; else all candidates."""
    if known := view.with_ids([name]):
        return known, True
    found = find(view, name, kinds, CANDIDATES)
    whole = [card for card in found.actors if fold(name) == card.names or f"|{fold(name)}|" in card.alias_names]
    if len(whole) == 1:
        return whole, True
    return found.actors, len(found.actors) == 1 and not found.more.count


def find(view: View, name: str, kinds: Sequence[str], limit: int) -> Found:
    """Return what a search finds; if nothing, those whom it finds by the first words, in the place that the others name."""
    filters, words = Filters(kinds=tuple(kinds)), fold(name).split()
    found = questions.search(view, name, filters, limit)
    for count in range(len(words) - 1, max(0, len(words) - 1 - WORDS_OF_PLACE), -1):
        if found.actors:
            break
        namesakes = questions.search(view, " ".join(words[:count]), filters, MOST_NAMESAKES)
        there = [card for card in namesakes.actors if {*words[count:]} <= {*fold(where(card)).split()}]
        beyond = Count(max(0, len(there) - limit) + namesakes.more.count, exact=namesakes.more.exact)
        found = Found(found.revision, name, tuple(there[:limit]), "", beyond)
    return found
