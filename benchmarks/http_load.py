"""A bounded load on a server of our own on this machine: some clients, for some seconds, each one question after another."""

import http.client
import math
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

WORKERS = 2


@dataclass(frozen=True)
class Waits:
    """How long each answer took (seconds), and how long all of it."""

    each: list[float]
    seconds: float

    @property
    def p95(self) -> float:
        """What 95 of 100 answers stay under."""
        return statistics.quantiles(self.each, n=20)[-1]

    @property
    def p99(self) -> float:
        """What 99 of 100 answers stay under."""
        return statistics.quantiles(self.each, n=100)[-1]

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.each) / self.seconds

    @property
    def told(self) -> str:
        """The rate in words."""
        return f"{len(self.each):,} answers, {self.rate:.0f} a second"


@contextmanager
def served(path: Path) -> Iterator[str]:
    """Serve a store with two workers; give the address."""
    command = [str(Path(sys.executable).with_name("weefsel")), "--store", str(path), "serve", "--port", "0"]
    command += ["--workers", str(WORKERS)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout  # noqa: S101 - it is a pipe
            found = re.search(r"http://\S+", process.stdout.readline())
            if not found:
                raise RuntimeError("the server did not start")
            yield found[0]
        finally:
            process.terminate()


def run(addresses: Sequence[str], clients: int, seconds: float) -> Waits:
    """Let so many clients ask for so long, each from its own place in the addresses."""
    until, waits, began = time.perf_counter() + seconds, list[float](), time.perf_counter()
    threads = [Thread(target=_ask, args=(addresses, nth * 29, until, waits)) for nth in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Waits(waits, time.perf_counter() - began)


def once(addresses: Sequence[str]) -> Waits:
    """Let one client ask for each address once, so that none was told before."""
    waits, began = list[float](), time.perf_counter()
    _ask(addresses, 0, math.inf, waits, len(addresses))
    return Waits(waits, time.perf_counter() - began)


def _ask(addresses: Sequence[str], first: int, until: float, waits: list[float], most: float = math.inf) -> None:
    """Ask until that time, and no more than so many times."""
    host = urlsplit(addresses[0])
    with closing(http.client.HTTPConnection(host.hostname or "", host.port, timeout=120)) as connection:
        nth = first
        while time.perf_counter() < until and nth - first < most:
            asked = urlsplit(addresses[nth % len(addresses)])
            began = time.perf_counter()
            connection.request("GET", f"{asked.path}?{asked.query}")
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                raise RuntimeError(f"{asked.path} answered {answer.status}")
            waits.append(time.perf_counter() - began)
            nth += 1


def aside(work: Callable[[], None]) -> Thread:
    """Start a thread that works until it is stopped, without telling what it broke off."""

    def quietly() -> None:
        from graph.errors import WeefselError

        try:
            work()
        except WeefselError:  # it was stopped
            return

    thread = Thread(target=quietly)
    thread.start()
    return thread
