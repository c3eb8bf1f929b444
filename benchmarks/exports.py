"""Measures exports of the whole made-up sector, each in a process of its own, beside networkx and openpyxl in the same run.

    python -m benchmarks.exports              M, from the store that `python -m benchmarks.run M --only first_load` left
    python -m benchmarks.exports FILE         another store

The baselines write what is in memory already: the same nodes, edges and rows, with the same attributes.
"""

import io
import multiprocessing
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import networkx as nx
import openpyxl

from api import extracts
from benchmarks import generate
from graph.answers import Part
from graph.drawing import Extract
from graph.model import Viewer
from graph.stores import STORES
from graph.view import open_view, today
from viz import EXPORTS
from viz.columns import joined, of_actor, of_tie

SECONDS, MEGABYTES = 15, 500  # at most, for M


def _ours(extract: Extract, name: str) -> float:
    """Write the file to nowhere; return after how many seconds its first bytes came."""
    start, first = time.perf_counter(), 0.0
    for _ in EXPORTS[name].write(extract):
        first = first or time.perf_counter() - start
    return first


def _graph(extract: Extract) -> nx.MultiDiGraph:
    graph: nx.MultiDiGraph = nx.MultiDiGraph()
    for actor in extract.actors():
        graph.add_node(actor.card.id, **{k: joined(v) for k, v in of_actor(actor, extract.municipalities).items()})
    for tie in extract.ties():
        graph.add_edge(tie.source, tie.target, **{k: joined(v) for k, v in of_tie(tie).items()})
    return graph


def _networkx(write: Callable[[nx.MultiDiGraph, io.BytesIO], None]) -> Callable[[Extract], float]:
    def measured(extract: Extract) -> float:
        graph = _graph(extract)
        start = time.process_time()
        write(graph, io.BytesIO())
        return time.process_time() - start

    return measured


def _openpyxl(extract: Extract) -> float:
    rows = [list(map(joined, of_actor(actor, extract.municipalities).values())) for actor in extract.actors()]
    ties = [[tie.source, tie.target, *map(joined, of_tie(tie).values())] for tie in extract.ties()]
    start = time.process_time()
    book = openpyxl.Workbook(write_only=True)
    for told in (rows, ties):
        sheet = book.create_sheet()
        for row in told:
            sheet.append(row)
    book.save(io.BytesIO())
    return time.process_time() - start


BASELINES: dict[str, Callable[[Extract], float]] = {
    "xlsx": _openpyxl,
    "gexf": _networkx(nx.write_gexf),
    "graphml": _networkx(nx.write_graphml),
}


def _measured(path: str, name: str, baseline: bool, queue: "multiprocessing.Queue[tuple[float, ...]]") -> None:
    with STORES["sqlite"](path, "") as store, open_view(store, Viewer.STAFF) as view:
        extract = extracts.of_part(view, Part(), "nl", today())
        if baseline:
            queue.put((BASELINES[name](extract),))
            return
        clock, cpu = time.perf_counter(), time.process_time()
        first = _ours(extract, name)
        used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        queue.put((time.perf_counter() - clock, time.process_time() - cpu, first, used))


def _in_process(path: str, name: str, *, baseline: bool) -> tuple[float, ...]:
    context = multiprocessing.get_context("spawn")
    queue: multiprocessing.Queue[tuple[float, ...]] = context.Queue()
    process = context.Process(target=_measured, args=(path, name, baseline, queue))
    process.start()
    while process.is_alive() and queue.empty():
        time.sleep(0.1)
    if process.exitcode:
        sys.exit(f"{name}: the process failed; see above")
    found = queue.get()
    process.join()
    return found


def main() -> None:
    """Print a table."""
    path = sys.argv[1] if len(sys.argv) > 1 else str(generate.CACHE / "M.db")
    if not Path(path).exists():
        sys.exit(f"{path} is not there; make it with: python -m benchmarks.run M --only first_load")
    print(f"goals for M: {SECONDS} s, {MEGABYTES} MB\n")
    print(
        "| format | seconds | processor | first bytes | memory | writing alone, by openpyxl or networkx (processor) |"
    )
    print("|---|---|---|---|---|---|")
    for name in ("xlsx", "gexf", "graphml", "csv", "kumu"):
        seconds, cpu, first, used = _in_process(path, name, baseline=False)
        beside = f"{_in_process(path, name, baseline=True)[0]:.1f} s" if name in BASELINES else ""
        print(f"| {name} | {seconds:.1f} s | {cpu:.1f} s | {first:.2f} s | {used:.0f} MB | {beside} |", flush=True)


if __name__ == "__main__":
    main()
