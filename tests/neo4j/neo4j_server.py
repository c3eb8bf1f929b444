"""A real Neo4j Community server for tests, from the jars that Neo4j publishes; no container engine is needed.

The jars are fetched once with Maven into `.cache/`. `WEEFSEL_TEST_NEO4J_VERSION` chooses another release; a server
that runs already can be named by `WEEFSEL_TEST_NEO4J_URL` and `WEEFSEL_TEST_NEO4J_PASSWORD`: its data is deleted.
"""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from types import MappingProxyType

import neo4j
import pytest
from filelock import FileLock
from neo4j.exceptions import DriverError, Neo4jError

from graph.store import Store
from graph.stores import neo4j_sweep
from graph.stores.neo4j import open_store
from graph.stores.neo4j_schema import OF_TYPE, TO_ASK, TO_BEGIN, TO_WRITE

HERE = Path(__file__).parent
CACHE = HERE.parents[1] / ".cache"
VERSION = os.environ.get("WEEFSEL_TEST_NEO4J_VERSION", "5.26.30")
PASSWORD = "made-up-for-tests"  # noqa: S105 - of a server that lives as long as the tests
SECONDS_TO_START = 200  # or to stop, on a busy machine
SETTINGS = {
    "server.http.enabled": "false",
    "dbms.usage_report.enabled": "false",
    "server.memory.pagecache.size": "128m",
    "db.tx_log.preallocate": "false",
    "db.tx_log.rotation.retention_policy": "keep_none",
}
# Tests fill and empty it all the time: plans need not follow, neither how much there is nor how long the lists are that are asked.
SHORT_LIVED = {"dbms.cypher.min_replan_interval": "1h", "internal.cypher.use_parameter_size": "false"}


class Neo4jServer:
    """A server process of its own, in a temporary home; `heap` as Java takes it, `settings` beside the usual ones.

    One that is not `lasting` but for tests plans its queries once, and spends no time on becoming fast.
    """

    def __init__(
        self,
        version: str = VERSION,
        heap: str = "512m",
        *,
        lasting: bool = False,
        settings: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Prepare a home and a free port, fetch the jars; start with `start`."""
        self.version = version
        self.password = PASSWORD
        self._options = [f"-Xmx{heap}", "--add-opens=java.base/java.nio=ALL-UNNAMED"]
        self._options += [] if lasting else ["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]
        self._port = free_port()
        self._jars = fetched(version)
        self.home = Path(tempfile.mkdtemp(prefix="neo4j-"))
        self.data_dir, self.logs_dir = self.home / "data", self.home / "logs"
        self.url = f"neo4j://127.0.0.1:{self._port}"
        self._process: subprocess.Popen[bytes] | None = None
        self._new = True
        place = f"127.0.0.1:{self._port}"
        here = {"server.bolt.listen_address": place, "server.bolt.advertised_address": place}
        lines = {**SETTINGS, **({} if lasting else SHORT_LIVED), **settings, **here}
        (self.home / "conf").mkdir()
        (self.home / "conf" / "neo4j.conf").write_text("".join(f"{name}={value}\n" for name, value in lines.items()))

    def start(self) -> None:
        """Start the process and wait until it answers."""
        calendar = not self.version.startswith("5.")
        main = "org.neo4j.server.Neo4jCommunity" if calendar else "org.neo4j.server.CommunityEntryPoint"
        command = [str(_java(21 if calendar else 17)), *self._options, "-cp", f"{self._jars}/*", main]
        with (self.home / "console.log").open("ab") as log:
            self._process = subprocess.Popen(
                [*command, f"--home-dir={self.home}", f"--config-dir={self.home / 'conf'}"],
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._wait()

    def _wait(self) -> None:
        give_up = time.monotonic() + SECONDS_TO_START
        while True:
            try:
                self._greet()
                return
            except (DriverError, Neo4jError, OSError) as error:
                if time.monotonic() > give_up or self._process is None or self._process.poll() is not None:
                    log = (self.home / "console.log").read_text(errors="replace")[-2000:]
                    raise RuntimeError(f"Neo4j does not start: {error}\n{log}") from error
                time.sleep(0.3)

    def _greet(self) -> None:
        """Ask something; at the first time, change the password that every new server has."""
        auth = ("neo4j", "neo4j" if self._new else self.password)
        settings = {
            "connection_timeout": 1.0,
            "connection_acquisition_timeout": 2.0,
            "notifications_min_severity": "OFF",
        }
        url = self.url.replace("neo4j:", "bolt:")
        with (
            neo4j.GraphDatabase.driver(url, auth=auth, max_transaction_retry_time=0, **settings) as driver,
            driver.session(database="system" if self._new else None) as session,
        ):
            if self._new:
                session.run("ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $new", new=self.password).consume()
            else:
                session.run("RETURN 1").consume()
        if self._new:
            self._new = False
            self._greet()

    def stop(self) -> None:
        """Stop the process in good order."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """Stop the process at once, as when the power fails."""
        self._end(signal.SIGKILL)

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(timeout=SECONDS_TO_START)
            self._process = None

    def remove(self) -> None:
        """Stop it and delete its home."""
        self.kill()
        shutil.rmtree(self.home, ignore_errors=True)


class NamedServer:
    """A server that somebody else runs."""

    def __init__(self, url: str, password: str) -> None:
        """Use the server at `url`."""
        self.url, self.password = url, password

    def remove(self) -> None:
        """Leave it running."""


def fetched(version: str) -> Path:
    """Return the folder with the jars of a release, fetched by Maven if they are not there yet."""
    folder = CACHE / f"neo4j-{version}"
    CACHE.mkdir(exist_ok=True)
    with FileLock(f"{folder}.lock"):  # tests run in several processes
        if not folder.exists():
            unfinished = folder.with_name(f"{folder.name}.unfinished")
            goal = ["dependency:copy-dependencies", "-DincludeScope=runtime", f"-DoutputDirectory={unfinished}"]
            pom = ["-f", str(HERE / "pom.xml"), f"-Dneo4j.version={version}"]
            subprocess.run(["mvn", "-q", "-B", *pom, *goal], check=True)
            unfinished.rename(folder)
    return folder


def missing(version: str = VERSION) -> str:
    """Return what this machine lacks to run a server; empty if nothing."""
    if not (CACHE / f"neo4j-{version}").exists() and shutil.which("mvn") is None:
        return "Maven (mvn) is not installed, so the jars of Neo4j cannot be fetched"
    newest = 17 if version.startswith("5.") else 21
    return "" if _java(newest) else f"Java {newest} or newer is not installed"


def _java(oldest: int) -> Path | None:
    """Return the first Java of at least this version: the one on the path, else one that stands beside it."""
    found = shutil.which("java")
    beside = sorted(Path("/usr/lib/jvm").glob("*/bin/java"))
    for path in [Path(found)] * bool(found) + beside:
        told = subprocess.run([str(path), "-version"], capture_output=True, text=True, check=False).stderr
        version = told.partition('version "')[2].split(".")[0].split('"')[0]
        if version.isdigit() and int(version) >= oldest:
            return path
    return None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def skip_or_fail(reason: str) -> None:
    """Skip the test, loudly; where everything must be tested (`CI` is set), fail."""
    if os.environ.get("CI"):
        pytest.fail(f"The Neo4j tests must run under CI: {reason}")
    pytest.skip(f"NO NEO4J TESTS: {reason}")


@contextmanager
def running(settings: Mapping[str, str] = MappingProxyType({})) -> Iterator[Neo4jServer]:
    """Run a new server, and remove it at the end."""
    if reason := missing():
        skip_or_fail(reason)
    server = Neo4jServer(settings=settings)
    try:
        server.start()
        yield server
    finally:
        server.remove()


@pytest.fixture(scope="session")
def neo4j_server() -> Iterator[Neo4jServer | NamedServer]:
    """A server for all tests; each empties it first."""
    if url := os.environ.get("WEEFSEL_TEST_NEO4J_URL"):
        yield NamedServer(url, os.environ.get("WEEFSEL_TEST_NEO4J_PASSWORD", ""))
        return
    with running() as server:
        make_every_index(server)
        yield server


@pytest.fixture(scope="session")
def neo4j_driver(neo4j_server: Neo4jServer | NamedServer) -> Iterator[neo4j.Driver]:
    """The driver, to look at what the store wrote."""
    auth = ("neo4j", neo4j_server.password)
    with neo4j.GraphDatabase.driver(neo4j_server.url, auth=auth, notifications_min_severity="OFF") as driver:
        yield driver


def emptied(driver: neo4j.Driver) -> None:
    """Delete all nodes and relationships; constraints and indexes may stay."""
    with driver.session() as session:
        # First relationships: all those of a hub in one transaction take a minute.
        session.run("MATCH ()-[r]->() CALL (r) { DELETE r } IN TRANSACTIONS OF 10000 ROWS").consume()
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS").consume()


def make_every_index(server: Neo4jServer) -> None:
    """Make what a store with records of all types has: at each index that comes later, the server forgets all its plans."""
    auth = ("neo4j", server.password)
    with neo4j.GraphDatabase.driver(server.url, auth=auth) as driver, driver.session() as session:
        for statement in (TO_BEGIN, *TO_WRITE, *TO_ASK, *chain.from_iterable(OF_TYPE.values())):
            session.run(statement).consume()


def drop_all(driver: neo4j.Driver) -> None:
    """Drop all constraints and indexes but those that every server has."""
    with driver.session() as session:
        for [name] in session.run("SHOW CONSTRAINTS YIELD name RETURN name").values():
            session.run(f"DROP CONSTRAINT {name}").consume()
        for [name] in session.run("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN name").values():
            session.run(f"DROP INDEX {name}").consume()


@pytest.fixture(scope="module")
def emptied_server(
    neo4j_server: Neo4jServer | NamedServer, neo4j_driver: neo4j.Driver
) -> Iterator[Neo4jServer | NamedServer]:
    """The server, emptied once for a module; what is erased on it need not be gone from its files."""
    emptied(neo4j_driver)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(neo4j_sweep, "FREED_AFTER", 0.0)
        yield neo4j_server


@pytest.fixture
def neo4j_store(
    neo4j_server: Neo4jServer | NamedServer, neo4j_driver: neo4j.Driver, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Store]:
    """An empty store on the server; what is erased on it need not be gone from its files (test_erasing.py sees to that)."""
    monkeypatch.setattr(neo4j_sweep, "FREED_AFTER", 0.0)
    emptied(neo4j_driver)
    with open_store(neo4j_server.url, neo4j_server.password) as store:
        yield store
