"""Measures how fast the tie index answers, beside what one would take instead, and prints a table.

    python -m benchmarks.helping                     the search, whole answers and neighbourhoods on M
    python -m benchmarks.helping L                   on a million actors
    python -m benchmarks.helping M --only cypher     beside Cypher on a Neo4j server that is started for it
    python -m benchmarks.helping L --only http       over HTTP, two workers, on this machine alone

The store must have been loaded by `benchmarks.run` before. Beside is asked for the same: the ten nearest helpers by chance, or,
for Cypher by hops, ten helpers by the fewest ties.
"""

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks import asking, generate, http_load, processes, searches
from benchmarks.run import HEADER, Result, _memory
from graph.index.files import Index
from graph.index.folder import IndexFolder
from graph.index.keeping import Indexes
from graph.model import Card
from graph.questions.neighbourhood import neighbourhood
from graph.questions.who_can_help import Ask, who_can_help
from graph.store import Store
from graph.stores import STORES
from graph.view import open_view

HELP = "geld.lening"
ASKERS = 200


@dataclass(frozen=True)
class Bench:
    """What is asked: a store and the index of its view."""

    size: str
    path: Path
    store: Store
    index: Index

    @property
    def folder(self) -> Path:
        """Where the index is kept."""
        return self.path.with_name(f"{self.path.name}.index")


def search(bench: Bench) -> Iterator[Result]:
    """Search alone: the ten nearest helpers by chance with their paths, of 2 % of the actors; the sketch tells how fast the machine is."""
    helpers, askers = searches.drawn(bench.index, 0.02), searches.askers(bench.index, ASKERS)
    sketch = searches.sketch(bench.index)
    theirs = [searches.timed(sketch, place, helpers) for place in askers]
    ours = [searches.ours(bench.index, place, helpers) for place in askers]
    note = (
        f"the sketch of the design: p50 {1000 * statistics.median(theirs):.2f}, p95 {1000 * asking.p95(theirs):.2f} ms"
    )
    yield from _two(f"search alone on {bench.size}: the ten nearest of 2 % helpers, with paths", ours, 1, 3, note)


def beside(bench: Bench) -> Iterator[Result]:
    """The same search by a plain Dijkstra with early stop, scipy and networkx."""
    helpers, few = searches.drawn(bench.index, 0.02), searches.askers(bench.index, 12)
    ours = statistics.median(searches.ours(bench.index, place, helpers) for place in few)
    for name, other in searches.OTHERS.items():
        search = other(bench.index)
        theirs = statistics.median(searches.timed(search, place, helpers) for place in few)
        note = f"{theirs / ours:,.0f} times as fast; theirs is the baseline"
        yield Result(f"search alone on {bench.size} beside {name}: p50", 1000 * ours, "ms", 1, 1000 * theirs, note)


def answers(bench: Bench) -> Iterator[Result]:
    """The whole answer: fit, ten helpers, alternatives, sentences' ties and sources."""
    sample = asking.sample(bench.store, ASKERS)
    cards, hubs = [card for card in sample if card.kind == "initiative"], sample[: asking.HUBS]
    helped = [_answered(bench, card.id) for card in [cards[0], *cards]][1:]
    yield from _two(f"the whole answer on {bench.size}", helped, 8, 25)
    hard = [_answered(bench, card.id) for card in hubs for _ in range(5)]
    yield from _two(f"the largest hubs as askers, whole answer on {bench.size}", hard, None, 30)
    for name, helpers in searches.RARE.items():
        few = searches.askers(bench.index, 40)
        waits = [searches.ours(bench.index, place, helpers(bench.index, place)) for place in few]
        yield from _two(f"{name}, search on {bench.size}", waits, None, 30)
    theirs = searches.timed(searches.OTHERS["networkx `single_source_dijkstra`"](bench.index), *_one(bench))
    ours = statistics.median(helped)
    note = f"{theirs / ours:,.0f} times as fast"
    yield Result(
        f"whole answer on {bench.size} beside networkx `single_source_dijkstra`: p50",
        1000 * ours,
        "ms",
        1 / 50,
        1000 * theirs,
        note,
    )


def _one(bench: Bench) -> tuple[int, searches.Helpers]:
    return searches.askers(bench.index, 1)[0], searches.drawn(bench.index, 0.02)


def _answered(bench: Bench, actor_id: str) -> float:
    began = searches.WATCH.now()
    with open_view(bench.store, asking.VIEWER) as view:
        who_can_help(view, bench.index, actor_id, Ask(HELP))
    return searches.WATCH.now() - began


def around(bench: Bench) -> Iterator[Result]:
    """Neighbourhoods of depth 2, 500 actors with their ties and exact counts, the largest hubs among the centres."""
    cards = asking.sample(bench.store, asking.SAMPLE)
    waits = [_around(bench, card) for card in [*cards[:1], *cards]]
    note = f"largest hub ({cards[0].contacts:,} contacts): {1000 * waits[1]:.0f} ms"
    yield Result(f"neighbourhood by the index on {bench.size}: p95", 1000 * asking.p95(waits[1:]), "ms", 20, note=note)


def _around(bench: Bench, card: Card) -> float:
    began = searches.WATCH.now()
    with open_view(bench.store, asking.VIEWER) as view:
        neighbourhood(view, card.id, depth=2, limit=500, index=bench.index)
    return searches.WATCH.now() - began


def index(bench: Bench) -> Iterator[Result]:
    """How long the index takes to make, how large it is, and a whole command with the index in place."""
    with tempfile.TemporaryDirectory() as folder, closing(Indexes(bench.store, Path(folder))) as indexes:
        with open_view(bench.store, asking.VIEWER) as view:
            cpu, began = time.process_time(), time.perf_counter()
            made = indexes.fresh(view)
            note = f"processors {time.process_time() - cpu:.1f} s"
            yield Result(f"index of {bench.size}, made", time.perf_counter() - began, "s", 15, note=note)
        mapped = sum(file.stat().st_size for file in Path(folder).glob("*/*.npy"))
    ties = len(made.ties.other) / 2
    note = f"{mapped / 1e6:.0f} MB for {ties:,.0f} ties, shared by all processes"
    yield Result(f"index of {bench.size}: bytes a tie", mapped / ties, "B", 60, note=note)
    card = asking.sample(bench.store, 30)[-1]
    waited = processes.whole("--store", str(bench.path), "who-can-help", card.id, HELP)
    yield Result(f"`weefsel who-can-help` on {bench.size}, the index in place", waited, "s", 1, note="best of 5")


def http(bench: Bench) -> Iterator[Result]:
    """Over HTTP with two workers: one client, sixteen, and sixteen while the index is made anew."""
    ids = [card.id for card in asking.sample(bench.store, 400) if card.kind == "initiative"]
    with http_load.served(bench.path) as address:
        addresses = [f"{address}/v1/who-can-help?actor={actor_id}&help={HELP}" for actor_id in ids]
        http_load.run(addresses[:2], clients=4, seconds=2)  # so that both processes have their index
        first = http_load.once(addresses[2:])
        note = f"{first.told}, each for the first time"
        yield Result(f"HTTP on {bench.size}, one client, new questions: p95", 1000 * first.p95, "ms", 40, note=note)
        http_load.run(addresses, clients=4, seconds=6)  # what both processes have told before
        one = http_load.run(addresses, clients=1, seconds=8)
        yield Result(f"HTTP on {bench.size}, one client: p95", 1000 * one.p95, "ms", 40, note=one.told)
        many = http_load.run(addresses, clients=16, seconds=10)
        yield Result(f"HTTP on {bench.size}, 16 clients: p99", 1000 * many.p99, "ms", 250, note=many.told)
        note = "time an answer: 150 answers/s are 6.67 ms"
        yield Result(f"HTTP on {bench.size}, 16 clients: time an answer", 1000 / many.rate, "ms", 1000 / 150, note=note)
        with _rebuilding(bench):
            meanwhile = http_load.run(addresses, clients=16, seconds=12)
        yield Result(
            f"HTTP on {bench.size}, 16 clients during a rebuild: p99",
            1000 * meanwhile.p99,
            "ms",
            500,
            note=meanwhile.told,
        )


@contextmanager
def _rebuilding(bench: Bench) -> Iterator[None]:
    """Make the index anew meanwhile, in a process of its own at a lower priority, as the server has it made."""
    from graph.index.making import OwnProcess

    with tempfile.TemporaryDirectory() as folder:
        apart, kept = OwnProcess(), IndexFolder(Path(folder))
        thread = http_load.aside(lambda: apart.make(bench.store, kept, asking.VIEWER))
        try:
            yield
        finally:
            apart.stop()
            thread.join()


def cypher(bench: Bench) -> Iterator[Result]:
    """The whole answer beside Cypher on a real Neo4j, over the same nodes and ties put there bare."""
    from benchmarks import bare_cypher, servers

    with open_view(bench.store, asking.VIEWER) as view:
        cards = view.cards(bench.index.ties.ns[searches.askers(bench.index, 5)].tolist()).values()
    ours = [_answered(bench, card.id) for card in [*cards, *cards]][len(cards) :]
    with servers.started() as server:
        bare_cypher.fill(server.driver, bench.index, HELP)
        for name, query in bare_cypher.QUERIES.items():
            theirs = [bare_cypher.ask(server.driver, query, card.n) for card in cards]
            value, baseline = statistics.median(ours), statistics.median(theirs)
            goal = 1 / 10 if name == "by weight within 3 hops" else 1
            note = f"{baseline / value:,.0f} times as fast"
            yield Result(
                f"whole answer on {bench.size} beside Cypher {name}: p50",
                1000 * value,
                "ms",
                goal,
                1000 * baseline,
                note,
            )


def _two(work: str, waits: Sequence[float], middle: float | None, high: float, beside: str = "") -> Iterator[Result]:
    """Yield what half of the waits stay under, if it has a goal, and what 95 of 100 do."""
    if middle is not None:
        yield Result(f"{work}: p50", 1000 * statistics.median(waits), "ms", middle, note=beside)
    note = (
        f"{len(waits)} asked"
        if middle is not None
        else f"{len(waits)} asked; p50 {1000 * statistics.median(waits):.1f} ms"
    )
    yield Result(f"{work}: p95", 1000 * asking.p95(waits), "ms", high, note=note)


GROUPS: tuple[Callable[[Bench], Iterator[Result]], ...] = (search, beside, answers, around, index, http, cypher)
USUAL = ("search", "beside", "answers", "around", "index")


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("size", nargs="?", default="M", choices=list(generate.SIZES))
    names = [group.__name__ for group in GROUPS]
    parser.add_argument("--only", nargs="*", default=USUAL, choices=names, help="which groups of rows")
    parser.add_argument("--processors", action="store_true", help="time questions by the processor, not the clock")
    given = parser.parse_args()
    if given.processors:
        searches.WATCH.now = time.process_time
    path = generate.CACHE / f"{given.size}.db"
    if not path.exists():
        parser.error(f"{path} is not there; load it first: python -m benchmarks.run {given.size} --only first_load")
    print(f"{os.cpu_count()} processors, {_memory():.0f} GB of memory, others keeping {os.getloadavg()[0]:.1f} busy\n")
    print(HEADER)
    folder = path.with_name(f"{path.name}.index")
    with STORES["sqlite"](str(path), "") as store, closing(Indexes(store, folder)) as indexes:
        with open_view(store, asking.VIEWER) as view:
            bench = Bench(given.size, path, store, indexes.fresh(view))
        for group in GROUPS:
            if group.__name__ in given.only:
                for result in group(bench):
                    print(result.line(), flush=True)


if __name__ == "__main__":
    main()
