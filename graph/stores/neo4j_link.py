"""How the server is asked, through the one driver, and its errors made ours. Only this module knows the driver."""

import logging
import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeAlias
from urllib.parse import parse_qs, urlsplit, urlunsplit

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

from graph.errors import StoreError, UnavailableError

Steps: TypeAlias = Sequence[tuple[str, Mapping[str, Any]]]  # queries with their parameters

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
LONGEST_QUESTION = 60.0  # seconds; the server ends what takes longer
LONGEST_BATCH = 300.0  # seconds

logging.getLogger("neo4j").addHandler(logging.NullHandler())  # what the driver tries is for logs, not for a terminal


class Link:
    """A way to ask the server: the driver, made at the first question."""

    def __init__(self, url: str, password: str) -> None:
        """Remember where the server is."""
        self._url, self._user = _address(url)
        self._password = password
        self._lock = threading.Lock()
        self._driver: neo4j.Driver | None = None
        self._pid = 0

    def read(self, query: str, parameters: Mapping[str, Any], *, patient: bool = False) -> list[list[Any]]:
        """Return the rows of the answer, read in one managed transaction. `patient`: wait for a server that is away."""

        @neo4j.unit_of_work(timeout=LONGEST_QUESTION)
        def work(transaction: neo4j.ManagedTransaction) -> list[list[Any]]:
            return _rows(transaction, query, parameters)

        with self._session(neo4j.READ_ACCESS, LONG_PATIENCE if patient else PATIENCE) as session:
            return session.execute_read(work)

    def write(self, steps: Steps, *, guarded: bool = False, patient: bool = False) -> list[list[list[Any]]]:
        """Do the steps in one managed transaction; return their rows. `guarded`: only if the first finds something."""

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
        """Run a statement on the schema; that another process makes the same at that moment is no error."""
        with self._session(neo4j.WRITE_ACCESS, PATIENCE) as session:
            try:
                session.execute_write(_rows, statement, {})
            except ClientError as error:
                if error.code not in MADE_MEANWHILE:
                    raise

    def version(self) -> str:
        """Return the version that the server tells of itself."""
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
        """Let go of the connections."""
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
        StoreError: It is not an address of a Neo4j server, or has a password or the name of a database in it.
    """
    shown = url.rpartition("@")[2]
    try:
        parts = urlsplit(url)
        good = parts.scheme.split("+")[0] in ("neo4j", "bolt") and parts.hostname and parts.port != 0
    except ValueError:
        good = False
    if not good:
        raise StoreError(
            nl=f"{shown!r} is geen adres van een Neo4j-server. Schrijf bijvoorbeeld neo4j://localhost:7687.",
            en=f"{shown!r} is no address of a Neo4j server. Write neo4j://localhost:7687, for example.",
        )
    if parts.path not in ("", "/") or "database" in parse_qs(parts.query):
        raise StoreError(
            nl=f"In het adres {shown!r} staat een database, en die is niet te noemen: gebruikt wordt de eigen (home) database"
            " van de gebruiker. Schrijf bijvoorbeeld neo4j://localhost:7687, of neo4j://naam@localhost:7687.",
            en=f"There is a database in the address {shown!r}, and one cannot be named: the user's own (home) database is"
            " used. Write neo4j://localhost:7687, or neo4j://name@localhost:7687, for example.",
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
