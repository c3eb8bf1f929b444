"""The embedded store: one SQLite file, read by many, written by one.

The file is made whole, beside its place, by the first write, and then moved there: a store is never half made. Later
writes are one transaction each in the file's log (WAL), so that readers see the old revision or the new, and what a
killed process left is cleared by SQLite itself.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any

from graph.errors import BadInputError, StoreError, UnsweptError, WeefselError
from graph.store import Draft, Snapshot, Store
from graph.stores import embedded_checks, embedded_schema
from graph.stores.embedded_connection import Connection, busy, cannot_open, cannot_write, gone
from graph.stores.embedded_lock import writing
from graph.stores.embedded_reading import EmbeddedSnapshot
from graph.stores.embedded_writing import EmbeddedDraft

READ_CACHE = -64 * 1024  # KiB, of one reading connection
WRITE_CACHE = -200 * 1024  # KiB
FIRST_CACHE = -16 * 1024  # KiB: a first load writes in order, and sorts for its indexes go faster in small parts
KEEP_LOG = 64 * 1024 * 1024  # bytes of log to keep on disk once it has been copied into the file


def open_store(url: str, password: str = "") -> Store:
    """Return the store in the file that `url` names: a path, or `sqlite:///path`. There is no password.

    Raises:
        BadInputError: `url` names no file.
    """
    path = url.removeprefix("sqlite:///") if url.startswith("sqlite:") else url
    if not path or path.startswith("sqlite:"):
        raise BadInputError(
            nl=f"{url!r} noemt geen bestand. Schrijf een pad, of sqlite:///pad.",
            en=f"{url!r} names no file. Write a path, or sqlite:///path.",
            field="store",
        )
    return EmbeddedStore(Path(path))


class EmbeddedStore(Store):
    """A store in the file `path`."""

    def __init__(self, path: Path) -> None:
        """Keep the path; nothing is opened or made yet."""
        self.path = path
        self._idle: list[tuple[tuple[int, int], Connection]] = []
        self._guard = Lock()
        self._met = False  # whether the file was read once

    def __reduce__(self) -> tuple[Callable[..., Store], tuple[Any, ...]]:
        return EmbeddedStore, (self.path,)

    @property
    def beside(self) -> Path:
        return Path(f"{self.path}.index")

    # -- reading

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        with self._pinned() as connection:
            yield EmbeddedSnapshot(connection)

    @contextmanager
    def _pinned(self) -> Iterator[Connection]:
        """Lend a connection that reads the last whole revision, whatever is written meanwhile."""
        file = self._file()
        connection = self._borrow(file) if file else _nothing()
        try:
            connection.run("BEGIN")
            connection.value("SELECT revision FROM state")  # from here on, this revision
            yield connection
        finally:
            self._give_back(file, connection)

    def _give_back(self, file: tuple[int, int] | None, connection: Connection) -> None:
        try:
            connection.release()
        except StoreError:  # it has told already what is wrong with it
            file = None
        if file is None:
            connection.close()
            return
        with self._guard:
            self._idle.append((file, connection))

    def _file(self) -> tuple[int, int] | None:
        """Return what tells the file from another at the same path, or None if there is none yet.

        Raises:
            UnavailableError: It cannot be looked at, or was there before: to go on with an empty store would be a lie.
        """
        try:
            found = self.path.stat()
        except FileNotFoundError:
            if self._met:
                raise gone(self.path) from None
            return None
        except OSError as error:
            raise cannot_open(self.path, error) from error
        return (found.st_dev, found.st_ino) if found.st_size else None

    def _borrow(self, file: tuple[int, int]) -> Connection:
        with self._guard:
            while self._idle:
                known, connection = self._idle.pop()
                if known == file:
                    return connection
                connection.close()
        connection = Connection(self.path)
        try:
            embedded_schema.require(connection)
            self._met = True
            connection.run("PRAGMA query_only = ON")
            connection.run(f"PRAGMA cache_size = {READ_CACHE}")
        except WeefselError:
            connection.close()
            raise
        return connection

    # -- writing

    @contextmanager
    def draft(self, doing: str) -> Iterator[Draft]:
        with writing(self.path, doing):
            self._sweep()
            with self._rewrite() if self._file() else self._first() as draft:
                yield draft

    @contextmanager
    def _rewrite(self) -> Iterator[Draft]:
        """Write in the file that is there."""
        connection = Connection(self.path)
        try:
            embedded_schema.require(connection)
            empty = connection.value("SELECT 1 FROM nodes") is None
            _tune(connection, empty=empty)
            connection.run(f"PRAGMA journal_size_limit = {KEEP_LOG}")
            connection.run("PRAGMA wal_autocheckpoint = 1")  # whoever copies the file alone has the last write too
            connection.run("BEGIN IMMEDIATE")
            embedded_schema.complete(connection)
            if empty:
                embedded_schema.drop_indexes(connection)
            yield EmbeddedDraft(connection, empty=empty, finish=partial(_commit, connection))
        finally:
            connection.close()  # what was not committed is rolled back

    @contextmanager
    def _first(self) -> Iterator[Draft]:
        """Make the file beside its place."""
        made = Path(f"{self.path}.new")
        connection = Connection(made, mode="rwc")
        try:
            _tune(connection, empty=True)
            connection.run("PRAGMA journal_mode = OFF")  # nobody reads it yet; what is not finished is thrown away
            connection.run("PRAGMA synchronous = OFF")
            connection.run("BEGIN")
            embedded_schema.make(connection)
            self._close_off(made)
            yield EmbeddedDraft(connection, empty=True, finish=partial(self._publish, connection, made))
        finally:
            connection.close()
            made.unlink(missing_ok=True)

    def _close_off(self, made: Path) -> None:
        """Let nobody but its owner read the file, as the index beside it: it holds what is for staff. SQLite's log is as the file is."""
        try:
            made.chmod(0o600)
        except OSError as error:
            raise cannot_write(self.path, error) from error

    def _publish(self, connection: Connection, made: Path, erasing: bool) -> None:
        connection.run("COMMIT")
        connection.run("PRAGMA journal_mode = WAL")
        connection.close()
        try:
            with made.open("rb+") as file:
                os.fsync(file.fileno())
            made.replace(self.path)
        except OSError as error:
            raise cannot_write(self.path, error) from error

    def _sweep(self) -> None:
        """Clear what killed writes left, and finish an erasure that readers held up."""
        for left in self.path.parent.glob(f"{self.path.name}.new*"):
            left.unlink(missing_ok=True)
        if self._file():
            connection = Connection(self.path)
            try:
                embedded_schema.require(connection)
                if connection.value("SELECT unswept FROM state"):
                    _sweep_bytes(connection)
            finally:
                connection.close()

    # -- the rest

    def check(self) -> list[WeefselError]:
        try:
            with self._pinned() as connection:
                return embedded_checks.check(connection)
        except WeefselError as error:
            return [error]

    def close(self) -> None:
        with self._guard:
            while self._idle:
                self._idle.pop()[1].close()


def _nothing() -> Connection:
    """Return a connection to an empty store in memory."""
    connection = Connection(None)
    embedded_schema.make(connection)
    embedded_schema.build(connection)
    return connection


def _tune(connection: Connection, *, empty: bool) -> None:
    """Set what SQLite can be set to before a transaction. A first load checks its references at the end, by `check`."""
    connection.run(f"PRAGMA cache_size = {FIRST_CACHE if empty else WRITE_CACHE}")
    connection.run("PRAGMA threads = 2")
    connection.run("PRAGMA secure_delete = FAST")
    connection.run(f"PRAGMA foreign_keys = {'OFF' if empty else 'ON'}")


def _commit(connection: Connection, erasing: bool) -> None:
    connection.run("COMMIT")
    if not erasing:
        return
    try:
        swept = _sweep_bytes(connection)
    except StoreError as error:
        raise UnsweptError.because(error) from error
    if not swept:
        raise UnsweptError.because(busy(connection.name))


def _sweep_bytes(connection: Connection) -> bool:
    """Write the file anew and empty its log, so that no byte of what was erased stays; return False if a reader keeps it."""
    connection.run("VACUUM")
    if connection.value("PRAGMA wal_checkpoint(TRUNCATE)"):
        return False
    connection.run("UPDATE state SET unswept = 0")
    return True
