"""Half-made cards of a first load: all but contacts and helps, which are known at its end.

They are made as actors come by, when their bodies are at hand, and wait pressed together, as a million cards would not
fit in memory beside the rest.
"""

import pickle
import zlib
from collections.abc import Iterable, Iterator

from graph.model import Card

FAST = 1  # how hard zlib tries


class HalfMade:
    """Cards in the order in which they were added."""

    def __init__(self) -> None:
        """Begin with none."""
        self._batches: list[bytes] = []

    def add(self, cards: Iterable[Card]) -> None:
        """Add a batch of cards."""
        self._batches.append(zlib.compress(pickle.dumps(list(map(tuple, cards)), pickle.HIGHEST_PROTOCOL), FAST))

    def take(self) -> Iterator[list[Card]]:
        """Yield the batches, and forget them."""
        batches, self._batches = self._batches, []
        for batch in batches:
            yield list(map(Card._make, pickle.loads(zlib.decompress(batch))))  # noqa: S301 - pressed by this process
