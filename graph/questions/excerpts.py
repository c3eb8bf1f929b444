"""Excerpt: a part of the sector, with its actors in a steady order and the ties among them.

A map asks for the best connected of a part (`excerpt`), an export for everyone in it, one after the other (`members`).
"""

from collections.abc import Iterator
from datetime import date
from itertools import chain, islice

from graph.answers import Excerpt, Part
from graph.errors import BadInputError
from graph.model import Card, Count, Dataset
from graph.questions.asking import checked, followed, known, within
from graph.questions.fitting import current
from graph.questions.ties import likeliest
from graph.stored import Filters
from graph.text import fold
from graph.view import View, today
from graph.view_folds import ids_of

MAX_LIMIT = 2_000
COUNTED = 5_000  # actors beyond the limit that are counted; of more it is said that there are at least so many
PAGE = 2_000  # actors looked up at once
FEWEST = 200  # records of memberships looked up at once: more than there are of any one member
GATHERED = 20_000  # actors of a dataset that are gathered and sorted; those of a larger one are picked from all actors


def excerpt(view: View, part: Part, limit: int = 500, as_of: date | None = None) -> Excerpt:
    """Return the best connected actors of a part of the sector, at most `limit`, and the ties among them.

    Best connected: with most contacts in this view; then by folded name and id. A network stands before its members: those
    with a tie *member of* that is there on the day; so does a municipality before all others in it.

    Raises:
        BadInputError: A filter or dataset is unknown, parts are mixed, or `limit` is out of range.
        GoneError, NotFoundError: The view has no network of that id, or no such actors.
    """
    within("limit", limit, 1, MAX_LIMIT)
    day = as_of or today()
    every = members(view, part, day, page=min(PAGE, limit + 1))
    about = subject(view, part)
    found = _about_first(every, part, about)
    actors = tuple(islice(found, limit))
    ties, more_ties = likeliest(view.ties(view.arcs_among([card.n for card in actors]), day).values(), limit)
    more = _more(view, part, found, len(actors))
    return Excerpt(view.revision, day, part, about, dataset(view, part), actors, ties, more, more_ties)


def _about_first(found: Iterator[Card], part: Part, about: Card | None) -> Iterator[Card]:
    """Return the actors of a part; its municipality comes first, if nothing but that is asked for."""
    if about is None or part != Part(municipalities=part.municipalities):
        return found
    return chain([about], (card for card in found if card.n != about.n))


def members(view: View, part: Part, day: date, page: int = PAGE) -> Iterator[Card]:
    """Return an iterator over every actor of a part of the sector, best connected first, `page` looked up at once.

    Raises:
        BadInputError, GoneError, NotFoundError: As for `excerpt`, before the first actor comes.
    """
    filters = Filters(part.kinds, part.themes, part.helps, part.municipalities)
    narrowed = bool(part.text.strip()) or filters != Filters()
    if narrowed + bool(part.network) + bool(part.dataset) + bool(part.actors) > 1:
        raise BadInputError(
            nl="Kies een netwerk, een dataset, losse actoren of een zoekvraag met filters: niet meer dan een daarvan.",
            en="Choose a network, a dataset, single actors or a search with filters: not more than one of these.",
            field="network" if part.network else "dataset" if part.dataset else "actor",
        )
    if part.actors:
        return iter({card.n: card for card in followed(view, part.actors)}.values())
    if part.network:
        return _of_network(view, view.follow(part.network), day, page)
    if part.dataset:
        known("dataset", [part.dataset], [dataset.name for dataset in view.datasets()])
        return _of_dataset(view, part.dataset, page)
    words = fold(part.text).split()
    if part.text.strip() and not words:
        return iter(())
    return _ranked(view, words, checked(view, filters), page)


def subject(view: View, part: Part) -> Card | None:
    """Return the actor that a part is about, if this view has it: its network, or its municipality if it is one alone."""
    if part.network:
        return view.follow(part.network)
    if len(part.municipalities) != 1:
        return None
    [code] = checked(view, Filters(municipalities=part.municipalities)).municipalities
    return view.claimant(f"cbs:{code}")


def dataset(view: View, part: Part) -> Dataset | None:
    """Return the dataset that a part is, if this view has it."""
    return next((dataset for dataset in view.datasets() if dataset.name == part.dataset), None)


def _ranked(view: View, words: list[str], filters: Filters, page: int) -> Iterator[Card]:
    """Yield the actors that a search finds, in its order."""
    after = None
    while hits := view.ranked(words, filters, after, page):
        yield from (hit.card for hit in hits)
        if len(hits) < page:
            return
        after, page = hits[-1].rank, PAGE


def _of_network(view: View, network: Card, day: date, page: int) -> Iterator[Card]:
    """Yield a network and those who are its members on the day."""
    yield network
    offset, last = 0, False
    while not last:
        arcs = view.arcs_at(network.n, "member_of", False, offset, max(page, FEWEST))
        last = len(arcs) < max(page, FEWEST)
        if not last:  # what others say of the last member may stand on the next page
            arcs = [arc for arc in arcs if arc.other != arcs[-1].other] or arcs
        cards = {network.n: network} | view.cards(arc.other for arc in arcs)
        ties = view.ties(arcs, day, ids_of(cards)).items()
        yield from (cards[source] for (source, *_), tie in ties if current(tie, day))
        offset, page = offset + len(arcs), PAGE


def _of_dataset(view: View, name: str, page: int) -> Iterator[Card]:
    """Yield the actors of a dataset: gathered and sorted if they are few, else picked from all actors in order."""
    size = next(dataset.counts.get("actors", 0) for dataset in view.datasets() if dataset.name == name)
    if size <= GATHERED:
        yield from sorted(view.in_dataset(name).values(), key=_best_connected_first)
        return
    every = _ranked(view, [], Filters(), page)
    while cards := list(islice(every, page)):
        recorded = view.recorded((card.n for card in cards), name)
        yield from (card for card in cards if card.n in recorded)
        page = PAGE


def _more(view: View, part: Part, rest: Iterator[Card], shown: int) -> Count:
    """Return how many actors of the part are left out: of a large part, at least how many."""
    if part == Part():
        return Count(sum(view.counts().values()) - shown)
    count = sum(1 for _ in islice(rest, COUNTED + 1))
    return Count(min(count, COUNTED), exact=count <= COUNTED)


def _best_connected_first(card: Card) -> tuple[int, str, str]:
    return -card.contacts, card.names, card.id
