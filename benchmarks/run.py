"""Measures what the program must reach, beside a baseline in the same run, and prints a table.

    python -m benchmarks.run                      a sector of some 61,000 actors, in SQLite
    python -m benchmarks.run L                    a million actors
    python -m benchmarks.run M --neo4j            in a Neo4j server that is started for it (2 GB heap)
    python -m benchmarks.run L --only questions   only some groups of rows

From the folder of the project; `make bench ARGS="L"` does it too. The sector is made up (`benchmarks.generate`), and kept with the
loaded store in `.cache/bench/`: rows that only ask use the store that the last load left there.
"""

import argparse
import os
import statistics
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks import asking, bare, generate, processes
from benchmarks.processes import Target


@dataclass(frozen=True)
class Result:
    """One row: what was measured, in which unit, the baseline (None: there is none), and the goal for value or ratio."""

    work: str
    value: float
    unit: str
    goal: float
    baseline: float | None = None
    note: str = ""

    def line(self) -> str:
        """Return the row as Markdown."""
        ratio = self.value / self.baseline if self.baseline else None
        met = (ratio if ratio is not None else self.value) <= self.goal
        cells = (
            self.work,
            f"{self.value:,.3g} {self.unit}" if self.value < 1000 else f"{self.value:,.0f} {self.unit}",
            f"{self.baseline:.3g} {self.unit}" if self.baseline is not None else "",
            f"{ratio:.2f}×" if ratio is not None else "",
            f"≤ {self.goal:g}{'×' if ratio is not None else ' ' + self.unit}",
            "met" if met else "**missed**",
            self.note,
        )
        return f"| {' | '.join(cells)} |"


HEADER = "| work | ours | baseline | ratio | goal | | note |\n|---|---|---|---|---|---|---|"


@dataclass(frozen=True)
class Bench:
    """What is measured, where: `goals` differ between the stores."""

    size: str
    target: Target
    bare_load: Callable[[Path], float]
    around: Callable[[Sequence[str]], float] | None = None

    @property
    def neo4j(self) -> bool:
        """Whether the store is a Neo4j server."""
        return self.target.url.startswith("neo4j")

    def goal(self, embedded: float, neo4j: float) -> float:
        """Return the goal of the store at hand."""
        return neo4j if self.neo4j else embedded


def first_load(bench: Bench) -> Iterator[Result]:
    """Load the sector into an empty store."""
    folder = generate.sector(bench.size)
    cpu = processes.of_processors()
    baseline = bench.bare_load(folder)
    cpu = processes.of_processors() - cpu
    if not bench.neo4j:
        for left in Path(bench.target.url).parent.glob(f"{Path(bench.target.url).name}*"):
            left.unlink()
    loaded = processes.load(bench.target, folder)
    note = f"{loaded.rows:,} rows; processors {loaded.cpu:.1f} s beside {cpu:.1f} s"
    yield Result(f"first load of {bench.size}", loaded.seconds, "s", bench.goal(2.5, 2), baseline, note)
    note = f"and {loaded.reading:,.0f} MB of the process that reads" if loaded.reading else ""
    yield Result(f"memory of the first load of {bench.size}", loaded.megabytes, "MB", 1200, note=note)


def second_load(bench: Bench) -> Iterator[Result]:
    """Load a dataset of 150,000 ties beside the sector, again, and again with 5 % changed, while another process reads."""
    same, changed = generate.grants(bench.size), generate.grants(bench.size, 0.05)
    name, ids = f"150,000 ties beside {bench.size}", asking.some_ids(bench.target, 200)
    with processes.reader(bench.target, ids) as waits:
        loaded = processes.load(bench.target, same)
    yield Result(f"{name}, first time", loaded.seconds, "s", bench.goal(20, 50), note="no goal was set")
    yield _reader(bench, name + ", first time", waits)
    with processes.reader(bench.target, ids) as waits:
        again = processes.load(bench.target, same)
    written = "something was WRITTEN" if again.changed else "nothing written"
    yield Result(f"{name}, unchanged", again.seconds, "s", bench.goal(4, 10), note=written)
    yield _reader(bench, name + ", unchanged", waits)
    with processes.reader(bench.target, ids) as waits:
        other = processes.load(bench.target, changed)
    yield Result(f"{name}, 5 % changed", other.seconds, "s", bench.goal(6, 15))
    yield _reader(bench, name + ", 5 % changed", waits)
    yield Result(f"{name}: memory", max(again.megabytes, other.megabytes), "MB", 1200)


def _reader(bench: Bench, name: str, waits: processes.Waits) -> Result:
    note = f"{len(waits.each)} questions"
    return Result(f"a reader's longest wait: {name}", waits.longest, "s", bench.goal(0.2, 1), note=note)


def questions(bench: Bench) -> Iterator[Result]:
    """Ask for neighbourhoods, searches and folds."""
    with bench.target.open() as store, asking.indexed(store) as index:
        found = asking.neighbourhoods(store, index)
        p95 = asking.p95([each.seconds for each in found])
        if bench.around:
            baseline = asking.p95([bench.around(each.local_ids) for each in found])
            yield Result(
                "neighbourhood, depth 2, 500 actors with their ties: p95", 1000 * p95, "ms", 1.5, 1000 * baseline
            )
        else:
            note = f"largest hub ({found[0].contacts:,} contacts): {1000 * found[0].seconds:.0f} ms"
            yield Result("neighbourhood, depth 2, 500 actors with their ties: p95", 1000 * p95, "ms", 60, note=note)
        two = asking.searches(store, asking.two_letters(store))
        yield Result("search, two letters: p95", 1000 * asking.p95(two), "ms", bench.goal(5, 50))
        words = asking.searches(store, asking.two_words(store))
        yield Result("search, two words: p95", 1000 * asking.p95(words), "ms", bench.goal(40, 50))
        cards, actors = asking.folds(store)
        middle = "median of 30"
        yield Result(
            "fold of 500 actors: list columns", 1000 * statistics.median(cards), "ms", bench.goal(5, 30), note=middle
        )
        yield Result(
            "fold of 500 actors: whole, with who said what",
            1000 * statistics.median(actors),
            "ms",
            bench.goal(25, 100),
            note=middle,
        )


def startup(bench: Bench) -> Iterator[Result]:
    """Start whole processes, on the demo sector."""
    if bench.neo4j:
        return
    demo = generate.CACHE / "demo.db"
    target = Target(str(demo))
    processes.load(target, Path(__file__).parents[1] / "data" / "sector")
    note = f"Python alone: {processes.bare_python():.2f} s"
    yield Result("`weefsel --help`", processes.whole("--help"), "s", 0.4, note=note)
    yield Result(
        "`weefsel search` on the demo", processes.whole("--store", str(demo), "search", "wijk"), "s", 0.7, note=note
    )


GROUPS: tuple[Callable[[Bench], Iterator[Result]], ...] = (first_load, second_load, questions, startup)


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("size", nargs="?", default="M", choices=list(generate.SIZES))
    parser.add_argument("--neo4j", action="store_true", help="measure the Neo4j store, on servers started for it")
    names = [group.__name__ for group in GROUPS]
    parser.add_argument("--only", nargs="*", default=names, choices=names, help="which groups of rows")
    given = parser.parse_args()
    print(f"{os.cpu_count()} processors, {_memory():.0f} GB of memory, others keeping {os.getloadavg()[0]:.1f} busy\n")
    print(HEADER)
    with _neo4j(given.size) if given.neo4j else _embedded(given.size) as bench:
        for group in GROUPS:
            if group.__name__ in given.only:
                for result in group(bench):
                    print(result.line(), flush=True)


def _memory() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9


@contextmanager
def _embedded(size: str) -> Iterator[Bench]:
    generate.CACHE.mkdir(parents=True, exist_ok=True)
    target = Target(str(generate.CACHE / f"{size}.db"))
    yield Bench(size, target, lambda folder: bare.sqlite(folder, generate.CACHE / "bare.db"))


@contextmanager
def _neo4j(size: str) -> Iterator[Bench]:
    from benchmarks import servers

    with servers.started() as ours, servers.started() as theirs:
        yield Bench(
            size,
            Target(ours.url, ours.password),
            lambda folder: bare.load_neo4j(folder, theirs.driver),
            lambda ids: bare.around(theirs.driver, ids),
        )


if __name__ == "__main__":
    main()
