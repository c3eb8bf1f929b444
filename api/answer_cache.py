"""Answers that were given to the public, kept as bytes for who asks the same again.

An answer's tag (`api.deps`) says all that it depends on: who asks sees the same bytes as who asked before. What staff is told
is not kept. When the data move on, all is let go.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

LARGEST = 32 * 1024 * 1024  # bytes, of all that is kept


class AnswerCache:
    """What one process has answered, of one state of the store."""

    def __init__(self, largest: int = LARGEST) -> None:
        """Begin with nothing; keep no more than `largest` bytes."""
        self._bodies: OrderedDict[str, bytes] = OrderedDict()
        self._size, self._largest = 0, largest
        self._moments: Hashable = None
        self._guard = Lock()

    def body(self, tag: str, moments: Hashable, make: Callable[[], bytes]) -> bytes:
        """Return the answer with this tag, made if need be; `moments`: of which view and index it is."""
        with self._guard:
            if moments != self._moments:
                self._bodies.clear()
                self._size, self._moments = 0, moments
            if tag in self._bodies:
                self._bodies.move_to_end(tag)
                return self._bodies[tag]
        body = make()
        with self._guard:
            if moments == self._moments and tag not in self._bodies:
                self._bodies[tag] = body
                self._size += len(body)
                while self._size > self._largest:
                    self._size -= len(self._bodies.popitem(last=False)[1])
        return body
