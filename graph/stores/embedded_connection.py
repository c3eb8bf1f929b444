"""A connection to the store's file, whose errors are ours."""

import errno
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import quote

from graph.errors import BadInputError, IncompatibleError, StoreError, UnavailableError
from graph.store import AT_ONCE

Row: TypeAlias = tuple[Any, ...]
Values: TypeAlias = Sequence[Any] | Mapping[str, Any]

# What SQLite says of a quota or a limit of files; of a disk that is full it says SQLITE_FULL.
CANNOT_GROW = (sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_TRUNCATE, sqlite3.SQLITE_IOERR_SHMSIZE)
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
WAIT_SECONDS = 10.0  # for a checkpoint or a sweep of another process; readers and the writer do not wait for each other


@contextmanager
def translated(path: Path | str) -> Iterator[None]:
    """Turn SQLite's errors about the file `path` into ours."""
    try:
        yield
    except sqlite3.Error as error:
        raise _ours(error, str(path)) from error
    except (OverflowError, UnicodeEncodeError) as error:
        raise BadInputError(
            nl=f"Er staat een waarde in die niet te bewaren is: {error}.",
            en=f"There is a value in it that cannot be kept: {error}.",
        ) from error


def _ours(error: sqlite3.Error, path: str) -> StoreError:
    code = getattr(error, "sqlite_errorcode", None) or sqlite3.SQLITE_ERROR
    if code in CANNOT_GROW:
        return StoreError(
            nl=f"{path} kan niet groeien ({error}); er is niets veranderd. Is de schijf vol, of een quotum bereikt? Maak"
            " ruimte en probeer het opnieuw.",
            en=f"{path} cannot grow ({error}); nothing changed. Is the disk full, or a quota reached? Make room and try"
            " again.",
        )
    match code & 0xFF:
        case sqlite3.SQLITE_NOTADB:
            return not_ours(path)
        case sqlite3.SQLITE_CORRUPT:
            return StoreError(
                nl=f"Het bestand {path} is beschadigd. Zet een reservekopie terug, of laad de datasets opnieuw in een nieuw"
                " bestand.",
                en=f"The file {path} is damaged. Put a backup back, or load the datasets again into a new file.",
            )
        case sqlite3.SQLITE_FULL:
            return full(path)
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_AUTH:
            return cannot_write(path, error)
        case sqlite3.SQLITE_CANTOPEN:
            return cannot_open(path, error)
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return busy(path)
        case _:
            return StoreError(
                nl=f"Met {path} ging iets mis: {error}. Kijk met `weefsel check` of het bestand heel is.",
                en=f"Something went wrong with {path}: {error}. See with `weefsel check` whether the file is whole.",
            )


def not_ours(path: Path | str) -> IncompatibleError:
    """Return the error that says that `path` is no store."""
    return IncompatibleError(
        nl=f"{path} is geen bestand van Weefsel. Kies een ander pad; een nieuw bestand maken we zelf.",
        en=f"{path} is not a file of Weefsel's. Choose another path; a new file is made for you.",
    )


def cannot_open(path: Path | str, error: Exception) -> UnavailableError:
    """Return the error that says that the file `path` cannot be opened."""
    why = (isinstance(error, OSError) and error.strerror) or error
    return UnavailableError(
        nl=f"{path} is niet te openen ({why}). Klopt het pad, en mag je in die map lezen en schrijven?",
        en=f"{path} cannot be opened ({why}). Is the path right, and may you read and write in that folder?",
    )


def gone(path: Path | str) -> UnavailableError:
    """Return the error that says that the file `path` was there and is there no more."""
    return UnavailableError(
        nl=f"{path} is weg, en was er wel. Zet het bestand terug; is het met opzet weg, begin dan opnieuw.",
        en=f"{path} is gone, and was there before. Put the file back; if it is gone on purpose, start anew.",
    )


def full(path: Path | str) -> StoreError:
    """Return the error that says that there is no room for `path`."""
    return StoreError(
        nl=f"De schijf met {path} is vol; er is niets veranderd. Maak ruimte en probeer het opnieuw.",
        en=f"The disk with {path} is full; nothing changed. Make room and try again.",
    )


def busy(path: Path | str) -> UnavailableError:
    """Return the error that says that another program uses `path` for so long."""
    return UnavailableError(
        nl=f"{path} is bezet door een ander programma. Probeer het zo opnieuw.",
        en=f"{path} is kept busy by another program. Try again in a moment.",
    )


def cannot_write(path: Path | str, error: Exception) -> StoreError:
    """Return the error that says that nothing can be written at `path`, or that there is no room."""
    if isinstance(error, OSError) and error.errno in NO_ROOM:
        return full(path)
    return StoreError(
        nl=f"In {path} is niet te schrijven ({error}); ook wie leest heeft dat nodig. Kies een map waar je mag schrijven.",
        en=f"{path} cannot be written ({error}), which who reads needs too. Choose a folder that you may write in.",
    )


class Connection:
    """One SQLite connection; used by one thread at a time."""

    def __init__(self, path: Path | None, *, mode: str = "rw") -> None:
        """Open the file in an SQLite URI `mode` (`rw`: it must be there; `rwc`: made), or memory if `path` is None."""
        self.path = path
        self.name = str(path or "memory")
        self._reading: set[sqlite3.Cursor] = set()
        target = ":memory:" if path is None else f"file:{quote(str(path.absolute()))}?mode={mode}"
        with translated(self.name):
            self._raw = sqlite3.connect(
                target, uri=path is not None, isolation_level=None, timeout=WAIT_SECONDS, check_same_thread=False
            )

    def rows(self, sql: str, values: Values = ()) -> Iterator[Row]:
        """Run `sql` and yield its rows as they come."""
        with self._cursor(sql, values) as cursor:
            yield from cursor

    def columns(self, sql: str, values: Values = ()) -> Iterator[tuple[Row, ...]]:
        """Run `sql` and yield the columns of its rows, of `AT_ONCE` rows at a time."""
        with self._cursor(sql, values) as cursor:
            while rows := cursor.fetchmany(AT_ONCE):
                yield tuple(zip(*rows, strict=True))

    @contextmanager
    def _cursor(self, sql: str, values: Values) -> Iterator[sqlite3.Cursor]:
        """Run `sql` and give its rows to be read, which `release` ends if they still are."""
        with translated(self.name):
            cursor = self._raw.execute(sql, values)
            self._reading.add(cursor)
            try:
                yield cursor
            finally:
                self._reading.discard(cursor)

    def all(self, sql: str, values: Values = ()) -> list[Row]:
        """Run `sql` and return its rows."""
        with translated(self.name):
            return self._raw.execute(sql, values).fetchall()

    def value(self, sql: str, values: Values = ()) -> Any:  # noqa: ANN401 - a column may be of any type
        """Run `sql` and return the first value of its first row, or None."""
        with translated(self.name):
            row = self._raw.execute(sql, values).fetchone()
        return row[0] if row else None

    def run(self, sql: str, values: Values = ()) -> int:
        """Run `sql` and return how many rows it changed."""
        with translated(self.name):
            return self._raw.execute(sql, values).rowcount

    def many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run `sql` once for each of `rows`."""
        with translated(self.name):
            self._raw.executemany(sql, rows)

    def release(self) -> None:
        """End the transaction. Rows that nobody has read to the end would keep its revision pinned: they are let go."""
        with translated(self.name):
            for cursor in tuple(self._reading):
                cursor.close()
            self._raw.execute("ROLLBACK")

    def close(self) -> None:
        """Close it; what was not committed never happened."""
        with translated(self.name):
            self._raw.close()
