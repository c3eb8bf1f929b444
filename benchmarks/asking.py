"""Questions asked many times, each on a view of its own, and how long each took."""

import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass

from benchmarks import generate
from benchmarks.processes import Target
from graph.answers import Neighbourhood
from graph.index.files import Index
from graph.index.keeping import Indexes
from graph.model import Card, Viewer
from graph.questions.neighbourhood import neighbourhood
from graph.questions.searching import search
from graph.store import Store
from graph.stored import Filters
from graph.text import fold
from graph.view import open_view

VIEWER = Viewer.STAFF  # sees the most
HUBS = 5  # largest ones that are among the actors asked about
SAMPLE = 120


@dataclass(frozen=True)
class Asked:
    """A neighbourhood that was asked for: the contacts of its centre, the local ids in its answer, and the seconds."""

    contacts: int
    local_ids: list[str]
    seconds: float


def p95(seconds: Sequence[float]) -> float:
    """Return what 95 of 100 stay under."""
    return statistics.quantiles(seconds, n=20)[-1]


def timed(ask: Callable[[], object]) -> float:
    """Return the seconds that a question takes."""
    began = time.perf_counter()
    ask()
    return time.perf_counter() - began


def sample(store: Store, number: int) -> list[Card]:
    """Return the largest hubs and, after them, actors drawn at random."""
    draw = random.Random(7)
    with open_view(store, VIEWER) as view:
        hubs = [hit.card for hit in view.ranked((), Filters(), None, HUBS)]
        highest = sum(view.counts().values())
        drawn = view.cards(draw.sample(range(1, highest), number)).values()
    return [*hubs, *drawn]


def some_ids(target: Target, number: int) -> list[str]:
    """Return the ids of some actors."""
    with target.open() as store:
        return [card.id for card in sample(store, number)]


@contextmanager
def indexed(store: Store) -> Iterator[Index]:
    """Give the index of a store, made first if need be."""
    with closing(Indexes(store, store.beside or generate.CACHE / "neo4j.index")) as indexes:
        with open_view(store, VIEWER) as view:
            index = indexes.fresh(view)
        yield index


def neighbourhoods(store: Store, index: Index) -> list[Asked]:
    """Ask for 500 actors around each of a sample, the largest hubs first, as a door does."""
    cards = sample(store, SAMPLE)
    _neighbourhood(store, index, cards[-1])
    return [_neighbourhood(store, index, card) for card in cards]


def _neighbourhood(store: Store, index: Index, card: Card) -> Asked:
    began = time.perf_counter()
    with open_view(store, VIEWER) as view:
        answer: Neighbourhood = neighbourhood(view, card.id, depth=2, limit=500, index=index)
    seconds = time.perf_counter() - began
    with store.snapshot() as snapshot:
        nodes = snapshot.nodes([card.n, *(each.actor.n for each in answer.actors)])
    return Asked(card.contacts, [node.key.partition("/")[2] for node in nodes.values()], seconds)


def searches(store: Store, texts: Sequence[str]) -> list[float]:
    """Search for each of these texts."""
    waits = []
    for text in [*texts[:5], *texts]:
        began = time.perf_counter()
        with open_view(store, VIEWER) as view:
            search(view, text)
        waits.append(time.perf_counter() - began)
    return waits[5:]


def two_letters(store: Store) -> list[str]:
    """Return the first two letters of words of names."""
    draw = random.Random(3)
    return [draw.choice(fold(card.name).split())[:2] for card in sample(store, 300)]


def two_words(store: Store) -> list[str]:
    """Return the beginnings of two words of a name."""
    draw, texts = random.Random(5), []
    for card in sample(store, 600):
        words = [word for word in fold(card.name).split() if len(word) > 2]
        if len(words) > 1:
            first, second = draw.sample(words, 2)
            texts.append(f"{first[: draw.randint(3, 6)]} {second[: draw.randint(3, 6)]}")
    return texts[:300]


def folds(store: Store) -> tuple[list[float], list[float]]:
    """Fold 500 actors drawn at random, as lists show them and whole, thirty times."""
    draw, lists, wholes = random.Random(9), [], []
    for _ in range(32):
        with open_view(store, VIEWER) as view:
            ns = draw.sample(range(1, sum(view.counts().values())), 500)
            began = time.perf_counter()
            cards = list(view.cards(ns).values())
            between = time.perf_counter()
            view.actors(cards)
            lists.append(between - began)
            wholes.append(time.perf_counter() - between)
    return lists[2:], wholes[2:]
