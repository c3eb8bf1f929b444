"""Items made ahead by a process of its own, forked from this one: it goes on where this one is, with all that is known so far.

It ends with the one that asked, at the latest when it has something to say and nobody listens. Each forks its own: one that reads a
file far ahead, and one that prepares what is read, work side by side.
"""

import os
import signal
import sys
import threading
import warnings
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from multiprocessing import current_process, get_context
from multiprocessing.connection import Connection
from typing import TypeVar

from graph.errors import LoadError

if sys.platform == "linux":
    import fcntl

T = TypeVar("T")
PIPE = 1 << 20  # bytes that may wait to be received, so that the two seldom wait for each other


def can_fork() -> bool:
    """Return whether another process can safely be made of this one, and has a processor to run on."""
    return sys.platform == "linux" and threading.active_count() == 1 and len(os.sched_getaffinity(0)) > 1


@contextmanager
def forked(items: Iterator[T], name: str, nice: int = 0) -> Iterator[Iterator[T]]:
    """Give `items`, that another process, called `name`, makes meanwhile; ask `can_fork` first.

    To be entered before anything is locked or opened that a forked process should not hold. A `LoadError` comes over as it is.
    One that is `nice` lets others go first where processors are few.
    """
    fork, me = get_context("fork"), os.getpid()
    receiver, sender = fork.Pipe(duplex=False)
    fcntl.fcntl(sender.fileno(), fcntl.F_SETPIPE_SZ, PIPE)
    process = fork.Process(target=_send, args=(items, receiver, sender, nice), name=name, daemon=True)
    with warnings.catch_warnings():  # of threads, as numpy has some of its own: they hold no lock while we are here
        warnings.simplefilter("ignore", DeprecationWarning)
        process.start()
    sender.close()
    try:
        yield _received(receiver)
    finally:
        receiver.close()
        if os.getpid() == me:  # else it is the one who forked us that ends it
            process.kill()
            process.join()


def _send(items: Iterator[object], receiver: Connection, sender: Connection, nice: int) -> None:
    """Send items, and at the end None, or why the source cannot be read; stop when nobody listens any more."""
    current_process().daemon = False  # a daemon may fork none itself
    os.nice(nice)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who is interrupted ends this process too
    receiver.close()
    try:
        try:
            for item in items:
                sender.send((item,))
            sender.send(None)
        except LoadError as error:
            sender.send((error.nl, error.en))
    except BrokenPipeError:
        return


def _received(receiver: Connection) -> Generator[T]:
    """Yield what is sent.

    Raises:
        LoadError: The source cannot be read any further.
    """
    while True:
        try:
            told = receiver.recv()
        except EOFError:
            raise LoadError(
                nl="Het lezen is afgebroken; is er genoeg geheugen? Probeer het opnieuw.",
                en="Reading broke off; is there enough memory? Try again.",
            ) from None
        if told is None:
            return
        if len(told) > 1:
            raise LoadError(nl=told[0], en=told[1])
        yield told[0]
