"""The Neo4j store: managed transactions on one server, a cluster or Aura. Only this module knows the driver.

A write is a run of batches at the revision after the live one, which no reader asks for, then a small transaction
that makes that revision live. What a killed write left is swept by the next.
"""

import json
import logging
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any, cast
from urllib.parse import urlsplit, urlunsplit

import neo4j
from neo4j.exceptions import (
    AuthError,
    ClientError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
    TransientError,
)

from graph.errors import IncompatibleError, StoreError, UnavailableError, WeefselError
from graph.store import Draft, Snapshot, Store
from graph.stores.neo4j_draft import Neo4jDraft
from graph.stores.neo4j_lease import Lease
from graph.stores.neo4j_link import Steps
from graph.stores.neo4j_rows import read_types
from graph.stores.neo4j_schema import (
    ANY_NODES,
    FINGERPRINT,
    FORMAT,
    INDEXES,
    LIVE,
    STORE_STATE,
    begin,
    migrate,
    prepare,
)
from graph.stores.neo4j_snapshot import Neo4jSnapshot
from graph.stores.neo4j_sweep import LONGEST_QUESTION, sweep

USER = "neo4j"
# Seconds after which a failed try is the last one; the driver tries again after about 1, 3, 7, 15 and 31.
PATIENCE = 2.0  # somebody waits for an answer
LONG_PATIENCE = 60.0  # a write may have been at work for an hour: sit out a restart of the server
TIME_TO_CONNECT = 5.0  # seconds
MADE_MEANWHILE = (  # what "if not exists" answers when another process makes the same at that moment
    "Neo.ClientError.Schema.EquivalentSchemaRuleAlreadyExists",
    "Neo.ClientError.Schema.ConstraintAlreadyExists",
)
TRIED_TOO_OFTEN = "Neo.ClientError.Security.AuthenticationRateLimit"
LONGEST_BATCH = 300.0  # seconds

logging.getLogger("neo4j").addHandler(logging.NullHandler())  # what the driver tries is for logs, not for a terminal


def open_store(url: str, password: str) -> Store:
    """Open the store on the server at `url` (`neo4j://host:7687`; another user than neo4j: `neo4j://user@host`).

    The server is asked at the first use.

    Raises:
        StoreError: `url` is not an address of a Neo4j server.
    """
    return Neo4jStore(url, password)


class Neo4jStore(Store):
    """The graph in a Neo4j database, read and written through one driver."""

    def __init__(self, url: str, password: str) -> None:
        """Remember where the server is."""
        self._opened = url, password
        self._link = _DriverLink(url, password)

    def __reduce__(self) -> tuple[Callable[..., Store], tuple[Any, ...]]:
        return Neo4jStore, self._opened

    @property
    def beside(self) -> None:
        return None

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        yield Neo4jSnapshot(self._link, self._live())

    def _live(self) -> Mapping[str, Any]:
        """Return what is live; nothing if the database is empty."""
        found = self._found()
        return cast("Mapping[str, Any]", json.loads(found[0][1])) if found and found[0][1] else {}

    def _found(self) -> list[list[Any]]:
        """Return what the store's node says; nothing if the database is empty.

        Raises:
            IncompatibleError: The database is not a store of ours, or of a newer version.
        """
        found = self._link.read(LIVE, {})
        if not found and self._link.read(ANY_NODES, {})[0][0]:
            found = self._link.read(LIVE, {})  # another may have begun a store between the two questions
            if not found:
                raise _not_ours()
        for version, *_ in found:
            _check_format(version)
        return found

    @contextmanager
    def draft(self, doing: str) -> Iterator[Draft]:
        if not self._found():
            begin(self._link)
        lease = Lease(self._link, doing)
        found = lease.take()
        with ExitStack() as ending:
            ending.callback(lease.release)
            self._make_ready(found)
            draft = Neo4jDraft(self._link, sweep(self._link, lease, found), lease)
            ending.callback(draft.leave)
            yield draft

    def _make_ready(self, found: Mapping[str, Any]) -> None:
        if not found["live"]:
            prepare(self._link)
        elif found["schema"] != FINGERPRINT:
            migrate(self._link, read_types(json.loads(found["live"])))

    def check(self) -> list[WeefselError]:
        self._found()
        wrong: list[WeefselError] = [
            StoreError(nl=f"index {name} werkt niet ({state})", en=f"index {name} does not work ({state})")
            for name, state in self._link.read(INDEXES, {})
        ]
        if any(unfinished and not holder for _, unfinished, holder, *_ in self._link.read(STORE_STATE, {})):
            wrong.append(
                StoreError(
                    nl="er is een onaffe lading blijven staan; de volgende ruimt die op",
                    en="an unfinished write is left; the next write clears it away",
                )
            )
        return wrong

    def close(self) -> None:
        self._link.close()


def _not_ours() -> IncompatibleError:
    return IncompatibleError(
        nl="In deze Neo4j-database staat al iets anders dan Weefsel. Geef een lege database.",
        en="This Neo4j database holds something that is not Weefsel's. Give an empty database.",
    )


def _check_format(version: int) -> None:
    if version > FORMAT:
        raise IncompatibleError(
            nl=f"Deze database is van een nieuwere Weefsel (vorm {version}; deze kent {FORMAT}). Gebruik die.",
            en=f"This database is of a newer Weefsel (format {version}; this one knows {FORMAT}). Use that one.",
        )


class _DriverLink:
    """The driver, made at the first question, and its errors in our words."""

    def __init__(self, url: str, password: str) -> None:
        self._url, self._user = _address(url)
        self._password = password
        self._lock = threading.Lock()
        self._driver: neo4j.Driver | None = None
        self._pid = 0

    def read(self, query: str, parameters: Mapping[str, Any], *, patient: bool = False) -> list[list[Any]]:
        @neo4j.unit_of_work(timeout=LONGEST_QUESTION)
        def work(transaction: neo4j.ManagedTransaction) -> list[list[Any]]:
            return _rows(transaction, query, parameters)

        with self._session(neo4j.READ_ACCESS, LONG_PATIENCE if patient else PATIENCE) as session:
            return session.execute_read(work)

    def write(self, steps: Steps, *, guarded: bool = False, patient: bool = False) -> list[list[list[Any]]]:
        @neo4j.unit_of_work(timeout=LONGEST_BATCH)
        def work(transaction: neo4j.ManagedTransaction) -> list[list[list[Any]]]:
            answers = []
            for query, parameters in steps:
                answers.append(_rows(transaction, query, parameters))
                if guarded and not answers[0]:
                    break
            return answers

        with self._session(neo4j.WRITE_ACCESS, LONG_PATIENCE if patient else PATIENCE) as session:
            return session.execute_write(work)

    def alone(self, statement: str) -> None:
        with self._session(neo4j.WRITE_ACCESS, PATIENCE) as session:
            try:
                session.execute_write(_rows, statement, {})
            except ClientError as error:
                if error.code not in MADE_MEANWHILE:
                    raise

    def version(self) -> str:
        with self._errors():
            return self._open().get_server_info().agent.partition("/")[2]

    @contextmanager
    def _session(self, access: str, patience: float) -> Iterator[neo4j.Session]:
        with self._errors():
            driver = self._open()
            with driver.session(
                default_access_mode=access,
                bookmark_manager=driver.execute_query_bookmark_manager,
                max_transaction_retry_time=patience,
                fetch_size=-1,
            ) as session:
                yield session

    def _open(self) -> neo4j.Driver:
        """Return the driver; a process that was forked makes its own."""
        with self._lock:
            if self._driver is None or self._pid != os.getpid():
                self._pid = os.getpid()
                self._driver = neo4j.GraphDatabase.driver(
                    self._url,
                    auth=(self._user, self._password),
                    connection_timeout=TIME_TO_CONNECT,
                    connection_acquisition_timeout=2 * TIME_TO_CONNECT,
                    notifications_min_severity="OFF",
                    liveness_check_timeout=30.0,
                    user_agent="weefsel",
                )
            return self._driver

    @contextmanager
    def _errors(self) -> Iterator[None]:
        """Turn the driver's errors into ours."""
        try:
            yield
        except (Neo4jError, DriverError) as error:
            raise self._ours(error) from error

    def _ours(self, error: Neo4jError | DriverError) -> StoreError:
        server, user = self._url, self._user
        if isinstance(error, AuthError):
            return StoreError(
                nl=f"De Neo4j-server {server} weigert gebruiker {user!r} met dit wachtwoord."
                " Controleer WEEFSEL_NEO4J_PASSWORD.",
                en=f"The Neo4j server {server} refuses user {user!r} with this password. Check WEEFSEL_NEO4J_PASSWORD.",
            )
        if isinstance(error, Neo4jError) and error.code == TRIED_TOO_OFTEN:
            return StoreError(
                nl=f"De Neo4j-server {server} laat gebruiker {user!r} even niet toe, na te veel verkeerde wachtwoorden."
                " Controleer WEEFSEL_NEO4J_PASSWORD, ook van andere programma's, en probeer het over een minuut opnieuw.",
                en=f"The Neo4j server {server} keeps user {user!r} out for a moment, after too many wrong passwords. Check"
                " WEEFSEL_NEO4J_PASSWORD, also of other programs, and try again in a minute.",
            )
        if isinstance(error, ServiceUnavailable | SessionExpired | TransientError):
            return UnavailableError(
                nl=f"De Neo4j-server {server} antwoordt niet ({_brief(error)}). Kijk of hij draait.",
                en=f"The Neo4j server {server} does not answer ({_brief(error)}). See whether it runs.",
            )
        return StoreError(
            nl=f"De Neo4j-server {server} kan dit niet ({_brief(error)}).",
            en=f"The Neo4j server {server} cannot do this ({_brief(error)}).",
        )

    def close(self) -> None:
        with self._lock:
            if self._driver is not None and self._pid == os.getpid():
                self._driver.close()
            self._driver = None


def _rows(transaction: neo4j.ManagedTransaction, query: str, parameters: Mapping[str, Any]) -> list[list[Any]]:
    return transaction.run(query, dict(parameters)).values()


def _brief(error: BaseException) -> str:
    """Return the first line of what went wrong at the bottom, short enough for a message."""
    while below := error.exceptions[0] if isinstance(error, BaseExceptionGroup) else error.__cause__:
        error = below
    told = error.message if isinstance(error, Neo4jError) else str(error)
    return ((told or "").strip() or type(error).__name__).splitlines()[0][:200]


def _address(url: str) -> tuple[str, str]:
    """Return the server's address without the user's name, and that name.

    Raises:
        StoreError: It is not an address of a Neo4j server, or has a password in it.
    """
    shown = url.rpartition("@")[2]
    try:
        parts = urlsplit(url)
        good = (
            parts.scheme.split("+")[0] in ("neo4j", "bolt")
            and parts.hostname
            and parts.port != 0
            and parts.path in ("", "/")
        )
    except ValueError:
        good = False
    if not good:
        raise StoreError(
            nl=f"{shown!r} is geen adres van een Neo4j-server. Schrijf bijvoorbeeld neo4j://localhost:7687.",
            en=f"{shown!r} is no address of a Neo4j server. Write neo4j://localhost:7687, for example.",
        )
    if parts.password is not None:
        raise StoreError(
            nl=f"In het adres van {shown} staat een wachtwoord, en adressen komen in meldingen. Haal het weg en zet het"
            " in WEEFSEL_NEO4J_PASSWORD.",
            en=f"There is a password in the address of {shown}, and addresses come in messages. Take it out and put it"
            " in WEEFSEL_NEO4J_PASSWORD.",
        )
    return urlunsplit(
        (parts.scheme, parts.netloc.rpartition("@")[2], parts.path, parts.query, "")
    ), parts.username or USER
