"""One writer at a time: a lock on a file beside the store, freed when its holder dies, and who holds it."""

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from graph.errors import LockedError
from graph.stores.embedded_connection import cannot_write


@contextmanager
def writing(path: Path, doing: str) -> Iterator[None]:
    """Hold the lock on the store `path` while `doing`.

    Raises:
        LockedError: Another holds it; the message says who, since when and what it is doing.
        StoreError: The folder cannot be written.
    """
    lock = FileLock(f"{path}.lock", thread_local=False, fallback_to_soft=False)
    holder = Path(f"{path}.holder")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire(blocking=False)
    except Timeout as error:
        raise _locked(path, holder) from error
    except OSError as error:
        raise cannot_write(path.parent, error) from error
    try:
        _tell(holder, doing)
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _tell(holder: Path, doing: str) -> None:
    """Write down who holds the lock; written aside and moved, so that no one reads half of it."""
    since = datetime.now(UTC).astimezone().isoformat(timespec="seconds")
    who = {"pid": os.getpid(), "host": socket.gethostname(), "since": since, "doing": doing}
    aside = holder.with_name(f"{holder.name}.{os.getpid()}")
    try:
        aside.write_text(json.dumps(who), encoding="utf-8")
        aside.replace(holder)
    except OSError as error:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
        raise cannot_write(holder.parent, error) from error


def _locked(path: Path, holder: Path) -> LockedError:
    try:
        who = json.loads(holder.read_text(encoding="utf-8"))
    except (OSError, ValueError):  # it has the lock, and is about to say who it is
        return LockedError(
            nl=f"Een ander programma schrijft in {path}. Wacht tot het klaar is en probeer het opnieuw.",
            en=f"Another program is writing in {path}. Wait until it is done and try again.",
        )
    process, since, doing = f"{who['pid']} ({who['host']})", who["since"], who["doing"]
    return LockedError(
        nl=f"In {path} schrijft proces {process} sinds {since}: {doing}. Wacht tot het klaar is en probeer het opnieuw.",
        en=f"Process {process} has been writing in {path} since {since}: {doing}. Wait until it is done and try again.",
    )
