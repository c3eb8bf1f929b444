"""Reading ahead: what is large is read and prepared by a process of its own, while this one writes.

Reading takes about as long as writing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain

from graph.forked import can_fork, forked
from graph.ingest.preparing import Batch

HERE = 1_500  # rows that are read here; a source of more is large


@contextmanager
def read_ahead(batches: Iterator[Batch]) -> Iterator[Iterator[Batch]]:
    """Give `batches`; if there are many, another process makes them meanwhile.

    To be entered before anything is locked or opened that a forked process should not hold.
    """
    first, rows = list[Batch](), 0
    while rows < HERE and (batch := next(batches, None)):
        first.append(batch)
        rows += batch.taken
    if rows < HERE or not can_fork():
        yield chain(first, batches)
        return
    with forked(batches, "weefsel preparing") as rest:
        yield chain(first, rest)
