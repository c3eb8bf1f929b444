"""`weefsel serve` with several processes: all of them answer, as one, and all end with the first. The demo sector."""

import asyncio
import gc
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest
from door import load_demo

from api import serving
from api.settings import Settings
from graph import gazetteer, ingest
from graph.stores import STORES


@contextmanager
def serve(path: Path, workers: int) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run a server of so many processes; give it, and its address."""
    with STORES["sqlite"](str(path), "") as store:
        load_demo(store)
    command = [str(Path(sys.executable).with_name("weefsel")), "--store", str(path), "serve", "--port", "0"]
    with subprocess.Popen([*command, "--workers", str(workers)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        found = re.search(r"http://\S+", process.stdout.readline())
        assert found
        yield process, found[0]
        process.kill()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server of two processes, and its address."""
    with serve(tmp_path / "graph.db", 2) as running:
        yield running


def below(pid: int) -> list[int]:
    """Return the processes that a process has started and that run the server."""
    told = subprocess.run(
        ["ps", "-ww", "-o", "pid=", "-o", "args=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    )
    return [int(line.split()[0]) for line in told.stdout.splitlines() if "spawn_main" in line]


def test_every_process_answers_and_one_that_dies_is_replaced(served: tuple[subprocess.Popen[str], str]) -> None:
    process, address = served
    assert ask(address, 20)
    workers = below(process.pid)
    assert len(workers) == 2
    os.kill(workers[0], signal.SIGKILL)
    while len(now := below(process.pid)) < 2 or now == workers:
        time.sleep(0.1)
    assert ask(address, 20)
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 0
    assert not any(Path(f"/proc/{worker}").exists() for worker in now)


@pytest.mark.parametrize("workers", [1, 2])
def test_one_that_is_stopped_leaves_no_log_beside_the_file(tmp_path: Path, workers: int) -> None:
    """Over a log that was left, a backup that is put back would be read with what was written after it."""
    path = tmp_path / "graph.db"
    with serve(path, workers) as (process, address):
        assert ask(address, 4)
        with STORES["sqlite"](str(path), "") as store:
            ingest.remove(store, "sector")
        assert path.with_name("graph.db-wal").exists()
        process.send_signal(signal.SIGTERM)
        process.wait(60)
        assert not path.with_name("graph.db-wal").exists()


def test_who_is_not_answered_before_it_stops_is_told_so_and_it_ends_at_once(tmp_path: Path) -> None:
    """Of a load that went on by itself after a Ctrl-C, its sender was told that something went wrong; and it was kept."""
    with serve(tmp_path / "graph.db", 1) as (process, address):
        with socket.create_connection(("127.0.0.1", int(address.rpartition(":")[2]))) as half_sent:
            half_sent.sendall(
                b"POST /sign-in HTTP/1.1\r\nHost: made-up\r\nAccept: text/html\r\nContent-Length: 9\r\n"
                b"Content-Type: application/x-www-form-urlencoded\r\n\r\ntoken"
            )
            time.sleep(0.5)
            process.send_signal(signal.SIGINT)
            with half_sent.makefile("rb") as answer:
                told = answer.read().decode()
        assert told.startswith("HTTP/1.1 503 ")
        assert "De dienst wordt nu gestopt" in told
        assert process.wait(60) == -signal.SIGINT, "as SIGTERM ends it: no thread is waited for"


@pytest.mark.parametrize("asked", [2, 0])  # 0: killed while they begin
def test_none_goes_on_when_the_first_is_killed(served: tuple[subprocess.Popen[str], str], asked: int) -> None:
    process, address = served
    assert ask(address, asked)
    while len(workers := below(process.pid)) < 2:
        time.sleep(0.01)
    process.kill()
    while any(Path(f"/proc/{worker}").exists() for worker in workers):
        time.sleep(0.1)


def test_the_first_answer_does_not_wait_for_the_gazetteer(tmp_path: Path) -> None:
    gazetteer.entries.cache_clear()
    with STORES["sqlite"](str(tmp_path / "graph.db"), "") as store:
        serving._app(store, Settings())
    gc.unfreeze()
    assert gazetteer.entries.cache_info().currsize == 1


def test_the_end_of_an_answer_does_not_wait_for_the_visitor_to_confirm_its_beginning() -> None:
    """Head and body go out apart. Of a socket that does not name its protocol, asyncio lets the body wait (40 ms, on Linux)."""

    async def at_once() -> bool:
        loop = asyncio.get_running_loop()
        told: asyncio.Future[bool] = loop.create_future()

        def answering(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            ours: socket.socket = writer.get_extra_info("socket")
            told.set_result(bool(ours.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)))
            writer.close()

        listener = serving.listen("127.0.0.1", 0)
        async with await asyncio.start_server(answering, sock=listener):
            _, visitor = await asyncio.open_connection(*listener.getsockname())
            visitor.close()
            return await told

    assert asyncio.run(at_once())


def ask(address: str, many: int) -> bool:
    """Ask who can help, many times, each by a connection of its own."""
    for _ in range(many):
        with urlopen(f"{address}/v1/who-can-help?actor=wijkpaleis&help=geld", timeout=60) as answer:  # noqa: S310 - ours
            assert b'"helpers"' in answer.read()
    return True
