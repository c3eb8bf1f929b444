"""Half-made cards of a first load: all but contacts and helps, which are known at its end.

They wait pressed together, as a million cards would not fit in memory beside the rest: to write them twice would take
a server longer.
"""

import pickle
import zlib
from collections.abc import Iterator, Mapping, Sequence

from graph.model import Card, Viewer

FAST = 1  # how hard zlib tries


class HalfMade:
    """Cards in the order in which they were added."""

    def __init__(self) -> None:
        """Begin with none."""
        self._batches: list[bytes] = []

    def add(self, cards: Sequence[Card]) -> None:
        """Add a batch of cards."""
        self._batches.append(zlib.compress(pickle.dumps(list(map(tuple, cards)), pickle.HIGHEST_PROTOCOL), FAST))

    def finished(
        self, contacts: Mapping[Viewer, Sequence[int]], helps: Mapping[int, Sequence[str]]
    ) -> Iterator[tuple[Viewer, list[Card]]]:
        """Yield the cards for each viewer, a batch at a time, and forget them; see `Draft.finish_cards`."""
        batches, self._batches = self._batches, []
        for batch in batches:
            cards = list(map(Card._make, pickle.loads(zlib.decompress(batch))))  # noqa: S301 - pressed by this process
            for place, card in enumerate(cards):
                if card.n in helps:
                    cards[place] = card._replace(helps=tuple(helps[card.n]))
            for viewer in Viewer:
                counted = contacts[viewer]
                yield viewer, [card.with_contacts(counted[card.n]) for card in cards if counted[card.n] >= 0]
