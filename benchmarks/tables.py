"""Measures loading spreadsheets as whole processes: a register of grants, and a made-up one of a million rows.

    python -m benchmarks.tables [REGISTER.csv] [--rows 1000000] [--neo4j]

From the folder of the project. REGISTER.csv is a public register as the Dutch ministries publish it (columns Overheid, Regeling,
Ontvanger, Realisatie, Jaar); its mapping is the one that `weefsel mapping` proposes. The made-up register has a receiver for every
four rows, a row in ten about nobody, and amounts of all sizes (seeded). Beside it: reading its cells, and no more.
With --neo4j the register goes into an empty server too, started for it, and again when that is emptied: the first load finds a
Java machine that has compiled nothing yet.
"""

import argparse
import csv
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import servers

COLUMNS = ("Overheid", "Regeling", "Ontvanger", "Plaats", "Realisatie", "Jaar")
_WEEFSEL = Path(sys.executable).with_name("weefsel")
TURNS = 4  # loads by one server
_EVERY = 0.05  # seconds between looks at memory


@dataclass(frozen=True)
class Took:
    """What a process took: seconds, also of processors, peak memory (MB) of each process by itself, and what it said."""

    seconds: float
    cpu: float
    megabytes: tuple[float, ...]
    said: str


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("register", nargs="?", type=Path)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--neo4j", action="store_true")
    options = parser.parse_args()
    print(f"{os.cpu_count()} processors; load of the machine before: {os.getloadavg()[0]:.1f}\n")
    print("| work | seconds | of processors | rows a second | MB, by process |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        if options.register:
            _tell("register", _loaded(options.register, place / "register"))
            if options.neo4j:
                with servers.started() as server:
                    chosen = {"WEEFSEL_STORE": server.url, "WEEFSEL_NEO4J_PASSWORD": server.password}
                    for turn in range(1, TURNS + 1):
                        _tell(
                            f"register, Neo4j, load {turn}", _loaded(options.register, place / f"again {turn}", chosen)
                        )
                        servers.empty(server)
        if options.rows:
            path = made_up(place / "many.csv", options.rows)
            began = time.perf_counter()
            with path.open(encoding="utf-8", newline="") as file:
                count = sum(1 for _ in csv.reader(file, delimiter=";"))
            print(f"| cells alone, {count:,} rows | {time.perf_counter() - began:.1f} | | | |")
            _tell("made up", _loaded(path, place / "many"))


def made_up(path: Path, rows: int) -> Path:
    """Write a register."""
    draw = random.Random(31)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(COLUMNS)
        writer.writerows(_rows(draw, rows))
    return path


def _rows(draw: random.Random, rows: int) -> Iterator[tuple[object, ...]]:
    for _ in range(rows):
        scheme, receiver = draw.randrange(1_500), draw.randrange(rows // 4 + 1)
        name = "(Particulier)" if draw.random() < 0.1 else f"Stichting Verzonnen Tuin {receiver}"
        amount = f"{draw.randrange(100, 5_000_000) / 100:.2f}".replace(".", ",")
        yield (
            f"Fonds {scheme % 40}",
            f"Regeling {scheme}",
            name,
            f"Plaats {receiver % 900}",
            amount,
            draw.randrange(2010, 2026),
        )


def _loaded(path: Path, place: Path, store: Mapping[str, str] | None = None) -> Took:
    """Load a register by the mapping that is proposed, into `store` (settings) or a new file."""
    mapping = place.with_suffix(".toml")
    chosen = store or {"WEEFSEL_STORE": f"{place}.db"}
    run(chosen, "mapping", str(path), "--save", str(mapping))
    return run(chosen, "load", "table", str(path), "--mapping", str(mapping), "--dataset", "register")


def run(chosen: Mapping[str, str], *words: str) -> Took:
    """Run our command with these settings."""
    return watched([str(_WEEFSEL), *words], {**chosen, "NO_COLOR": "1"})


def watched(words: Sequence[str], settings: Mapping[str, str]) -> Took:
    """Run a command, looking at the memory of it and the process it reads ahead with."""
    before, began = sum(os.times()[2:4]), time.perf_counter()
    process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=os.environ | settings)
    peaks: dict[int, float] = {}
    stop = threading.Event()
    watcher = threading.Thread(target=_watch, args=(process.pid, peaks, stop))
    watcher.start()
    said = process.communicate()[0]
    seconds = time.perf_counter() - began
    stop.set()
    watcher.join()
    if process.returncode:
        raise RuntimeError(said)
    return Took(seconds, sum(os.times()[2:4]) - before, tuple(peaks.values()), said)


def _watch(pid: int, peaks: dict[int, float], stop: threading.Event) -> None:
    while not stop.wait(_EVERY):
        children = Path(f"/proc/{pid}/task/{pid}/children")
        try:
            family = [pid, *map(int, children.read_text().split())]
        except OSError:
            return
        for one in family:
            try:
                found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{one}/status").read_text())
            except OSError:
                continue
            if found:
                peaks[one] = int(found[1]) / 1024


def _tell(work: str, took: Took) -> None:
    found = re.search(r"(\d+) (?:rijen|rows) = ", took.said)
    rows = int(found[1]) if found else 0
    memory = ", ".join(f"{one:.0f}" for one in took.megabytes)
    print(f"| {work}, {rows:,} rows | {took.seconds:.1f} | {took.cpu:.1f} | {rows / took.seconds:,.0f} | {memory} |")


if __name__ == "__main__":
    main()
