"""Reading ahead: what is large is read and prepared by a process of its own, while this one writes.

Reading takes about as long as writing. The process is forked, so that it goes on where this one is, with all that is
known so far; it ends with this one, at the latest when it has something to say and nobody listens.
"""

import os
import signal
import sys
import threading
import warnings
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from itertools import chain
from multiprocessing import get_context
from multiprocessing.connection import Connection

from graph.errors import LoadError
from graph.ingest.preparing import Batch

HERE = 1_500  # rows that are read here; a source of more is large


@contextmanager
def ahead(batches: Iterator[Batch]) -> Iterator[Iterator[Batch]]:
    """Give `batches`; if there are many, another process makes them meanwhile.

    To be entered before anything is locked or opened that a forked process should not hold.
    """
    first, rows = list[Batch](), 0
    while rows < HERE and (batch := next(batches, None)):
        first.append(batch)
        rows += batch.taken
    if rows < HERE or not _can_fork():
        yield chain(first, batches)
        return
    fork = get_context("fork")
    receiver, sender = fork.Pipe(duplex=False)
    process = fork.Process(target=_send, args=(batches, receiver, sender), name="weefsel reading", daemon=True)
    with warnings.catch_warnings():  # of threads, as numpy has some of its own: they hold no lock while we are here
        warnings.simplefilter("ignore", DeprecationWarning)
        process.start()
    sender.close()
    try:
        yield chain(first, _received(receiver))
    finally:
        receiver.close()
        process.kill()
        process.join()


def _can_fork() -> bool:
    """Return whether another process can safely be made of this one, and has a processor to run on."""
    return sys.platform == "linux" and threading.active_count() == 1 and len(os.sched_getaffinity(0)) > 1


def _send(batches: Iterator[Batch], receiver: Connection, sender: Connection) -> None:
    """Send batches, and at the end None, or why the source cannot be read; stop when nobody listens any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who is interrupted ends this process too
    receiver.close()
    try:
        try:
            for batch in batches:
                sender.send(batch)
            sender.send(None)
        except LoadError as error:
            sender.send((error.nl, error.en))
    except BrokenPipeError:
        return


def _received(receiver: Connection) -> Generator[Batch]:
    """Yield what is sent.

    Raises:
        LoadError: The source cannot be read any further.
    """
    while True:
        try:
            batch = receiver.recv()
        except EOFError:
            raise LoadError(
                nl="Het lezen is afgebroken; is er genoeg geheugen? Probeer het opnieuw.",
                en="Reading broke off; is there enough memory? Try again.",
            ) from None
        if batch is None:
            return
        if isinstance(batch, tuple):
            raise LoadError(nl=batch[0], en=batch[1])
        yield batch
