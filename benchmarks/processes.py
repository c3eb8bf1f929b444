"""Work measured in a process of its own: a load with its memory, and a reader that asks while others write."""

import os
import random
import re
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.context import SpawnProcess
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Event
from pathlib import Path
from queue import Empty
from tempfile import TemporaryDirectory
from typing import TypeVar

from benchmarks import generate
from graph.index.keeping import Indexes
from graph.ingest import replace
from graph.model import Viewer
from graph.questions.neighbourhood import neighbourhood
from graph.questions.searching import search
from graph.records import DatasetRecord
from graph.store import Store
from graph.stores import STORES
from graph.view import open_view
from loaders import LOADERS

T = TypeVar("T")
SPAWN = get_context("spawn")


@dataclass(frozen=True)
class Target:
    """A store to measure, as every process opens it."""

    url: str
    password: str = ""

    def open(self) -> Store:
        """Open it."""
        return STORES["neo4j" if self.url.startswith("neo4j") else "sqlite"](self.url, self.password)


@dataclass(frozen=True)
class Loaded:
    """What a load took: seconds from first row to commit, of processors too; peak memory in MB; rows; what changed.

    `reading` is the peak memory of the process that reads what is large.
    """

    seconds: float
    cpu: float
    megabytes: float
    reading: float
    rows: int
    changed: bool


def load(target: Target, folder: Path) -> Loaded:
    """Load a folder in a new process."""
    queue: Queue[Loaded] = SPAWN.Queue()
    process = SPAWN.Process(target=_load, args=(target, folder, queue))
    process.start()
    return _got(queue, process)


def _got(queue: "Queue[T]", process: SpawnProcess) -> T:
    """Return what the process puts in the queue, or raise if it ends without."""
    while True:
        try:
            got = queue.get(timeout=0.1)
        except Empty:
            if process.exitcode:
                raise RuntimeError("the process failed; see above") from None
            continue
        process.join()
        return got


def _load(target: Target, folder: Path, queue: "Queue[Loaded]") -> None:
    with target.open() as store:
        began, cpu = time.perf_counter(), of_processors()
        reading = LOADERS["sector"]([folder])
        report = replace(store, DatasetRecord.model_validate(reading.dataset), reading.items, "sector")
        seconds, cpu = time.perf_counter() - began, of_processors() - cpu
    if report.fault_count:
        raise RuntimeError(f"{folder}: {report.faults[:3]}")
    read_by = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    queue.put(Loaded(seconds, cpu, _peak(), read_by, report.rows, report.changed))


def of_processors() -> float:
    """Return the seconds that processors worked for this process and those that it started and that ended."""
    return sum(os.times()[:4])


def _peak() -> float:
    """Return the most memory that this process ever had, in MB."""
    told = Path("/proc/self/status").read_text(encoding="utf-8")
    found = re.search(r"VmHWM:\s+(\d+) kB", told)
    return int(found[1]) / 1024 if found else float("nan")


class Waits:
    """How long a reader waited for its answers, in seconds."""

    def __init__(self) -> None:
        """Begin with none."""
        self.each: list[float] = []

    @property
    def longest(self) -> float:
        """The longest wait."""
        return max(self.each, default=float("nan"))


@contextmanager
def reader(target: Target, ids: list[str]) -> Iterator[Waits]:
    """Let another process ask one question after another meanwhile."""
    stop, ready, queue = SPAWN.Event(), SPAWN.Event(), SPAWN.Queue()
    process = SPAWN.Process(target=_ask, args=(target, ids, stop, ready, queue))
    process.start()
    while not ready.wait(0.1):
        if process.exitcode:
            raise RuntimeError("the reader failed; see above")
    waits = Waits()
    try:
        yield waits
    finally:
        stop.set()
        waits.each = _got(queue, process)


def _ask(target: Target, ids: list[str], stop: Event, ready: Event, queue: "Queue[list[float]]") -> None:
    draw, waits = random.Random(1), list[float]()
    with target.open() as store, TemporaryDirectory() as folder, closing(Indexes(store, Path(folder))) as indexes:
        with open_view(store, Viewer.STAFF) as view:
            index = indexes.fresh(view)  # the last whole one, as a door has it while others load
        while not stop.is_set():
            actor, text = draw.choice(ids), draw.choice(("groene lin", "buurt", "sa", "molen oo"))
            began = time.perf_counter()
            with open_view(store, Viewer.STAFF) as view:
                search(view, text)
            between = time.perf_counter()
            with open_view(store, Viewer.STAFF) as view:
                neighbourhood(view, actor, depth=1, limit=50, index=index)
            waits += [between - began, time.perf_counter() - between]
            if not ready.is_set() and len(waits) >= 10:  # caches are warm
                waits.clear()
                ready.set()
            time.sleep(0.01)
    queue.put(waits)


def whole(*arguments: str) -> float:
    """Return the seconds that a whole `weefsel` process takes, the best of five."""
    return min(_run([str(Path(sys.executable).with_name("weefsel")), *arguments]) for _ in range(5))


def bare_python() -> float:
    """Return the seconds that Python itself takes to start and stop, the best of five."""
    return min(_run([sys.executable, "-c", "pass"]) for _ in range(5))


def _run(command: list[str]) -> float:
    env = _as_installed()
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=env)
    return time.perf_counter() - began


def _as_installed() -> dict[str, str]:
    """Return an environment in which Python keeps the code that it compiled, as it does of itself, also if this process may not.

    Else half of a command is compiling numpy and pydantic, each time.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"NO_COLOR": "1", "PYTHONPYCACHEPREFIX": str(generate.CACHE / "compiled")}
