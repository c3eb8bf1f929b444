"""Writing cards to the Neo4j store. A card that is the same for both viewers is kept once.

Cards of nodes that a draft made itself wait until those for the other viewer have come too, so that each is written
once, together with what people see on the node.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from graph.model import EVERYONE, Card, Viewer
from graph.stores import neo4j_writing as queries
from graph.stores.neo4j_rows import card_params, card_text, read_card
from graph.stores.neo4j_schema import VIEWERS
from graph.stores.neo4j_types import LABELS

Texts = dict[Viewer, str]


class CardWriter:
    """Writes the cards of one draft, and counts them by viewer and kind."""

    def __init__(
        self, write: Callable[..., list[list[Any]]], died: Callable[..., None], counts: Mapping[str, Any]
    ) -> None:
        """Write with `write`, tell `died` which types have dead relationships; go on from `counts`."""
        self._write = write
        self._died = died
        self._fresh: float = float("inf")
        self._written = bytearray()  # of nodes that this draft made: whether they have a card
        self._waiting: dict[int, dict[Viewer, Card]] = defaultdict(dict)
        self._waited: set[Viewer] = set()
        self._names: dict[int, tuple[str, str]] = {}
        self.counts = {viewer: Counter(counts.get(viewer.value, {})) for viewer in Viewer}

    def fresh_from(self, n: int) -> None:
        """Note that this draft made the nodes from `n` on, so that they have no cards but its own."""
        self._fresh = n

    def put(self, viewer: Viewer, cards: Sequence[Card]) -> None:
        """Keep these cards in place of those with the same `n`."""
        if viewer in self._waited:
            self.flush()
        wanted = {card.n: card for card in cards}
        new = [card for card in wanted.values() if self._is_new(card.n)]
        for card in new:
            self._waiting[card.n][viewer] = card
            del wanted[card.n]
        if new:
            self._waited.add(viewer)
        if wanted:
            self._replace(viewer, {n: card_text(card) for n, card in wanted.items()})

    def drop(self, viewer: Viewer, ns: Sequence[int]) -> None:
        """Forget these cards."""
        self.flush()
        self._replace(viewer, dict.fromkeys(ns, ""))

    def flush(self) -> None:
        """Write the cards that wait."""
        groups: dict[int, list[list[Any]]] = defaultdict(list)
        for n, cards in self._waiting.items():
            shown = cards.get(Viewer.STAFF) or cards[Viewer.PUBLIC]
            for mask, card in _by_mask(cards):
                groups[mask].append([*card_params(card, card_text(card)), LABELS[shown.kind], shown.name])
            for viewer, card in cards.items():
                self.counts[viewer][card.kind] += 1
            self._written[n - int(self._fresh)] = True
        for mask, given in groups.items():
            self._write(queries.PUT_FIRST_CARDS, viewer=VIEWERS[mask], mask=mask, rows=given)
        self._waiting.clear()
        self._waited.clear()

    def take_names(self) -> Iterator[tuple[int, str, str]]:
        """Yield (n, kind, name) of the nodes that should show another kind or name; none twice."""
        names, self._names = self._names, {}
        yield from ((n, kind, name) for n, (kind, name) in names.items())

    def _is_new(self, n: int) -> bool:
        """Return whether no card of node `n` was ever written."""
        if n < self._fresh:
            return False
        spot = n - int(self._fresh)
        if spot >= len(self._written):
            self._written += bytes(max(spot + 1, 2 * len(self._written)) - len(self._written))
        return not self._written[spot]

    def _create(self, mask: int, cards: Sequence[tuple[Card, str]]) -> None:
        given = [card_params(card, text) for card, text in cards]
        self._write(queries.PUT_CARDS, viewer=VIEWERS[mask], mask=mask, rows=given)

    def _replace(self, viewer: Viewer, texts: Mapping[int, str]) -> None:
        """Keep these cards ("": none) for `viewer`, and what the other viewer has as it is."""
        kept: dict[int, Texts] = {n: {} for n in texts}
        for n, mask, text, _ in self._write(queries.KEPT_CARDS, ns=list(texts)):
            kept[n].update({each: text for each in Viewer if mask & each.bit})
        new: dict[int, list[tuple[Card, str]]] = {}
        gone: list[int] = []
        for n, old in kept.items():
            now = {**old, viewer: texts[n]}
            if old.get(viewer, "") == texts[n]:
                continue
            self._count(viewer, old.get(viewer, ""), texts[n])
            gone.append(n)
            for mask, text in _masks(now):
                new.setdefault(mask, []).append((read_card(text), text))
            self._note_name(n, now)
        if gone:
            self._write(queries.DROP_CARDS, ns=gone)
            self._died("SEEN_BY")
        for mask, cards in new.items():
            self._create(mask, cards)

    def _count(self, viewer: Viewer, old: str, new: str) -> None:
        for text, step in ((old, -1), (new, 1)):
            if text:
                self.counts[viewer][read_card(text).kind] += step

    def _note_name(self, n: int, now: Texts) -> None:
        """Remember what the node should show: what staff see, else the public."""
        shown = now.get(Viewer.STAFF) or now.get(Viewer.PUBLIC)
        card = read_card(shown) if shown else None
        self._names[n] = (card.kind, card.name) if card else ("", "")


def _masks(now: Texts) -> Iterator[tuple[int, str]]:
    """Yield each card that is left with the mask of those that see it."""
    public, staff = now.get(Viewer.PUBLIC, ""), now.get(Viewer.STAFF, "")
    if public and public == staff:
        yield EVERYONE, public
        return
    if public:
        yield Viewer.PUBLIC.bit, public
    if staff:
        yield Viewer.STAFF.bit, staff


def _by_mask(cards: Mapping[Viewer, Card]) -> Iterator[tuple[int, Card]]:
    """Yield each card with the mask of those that see it."""
    if len(cards) > 1 and cards[Viewer.PUBLIC] == cards[Viewer.STAFF]:
        yield EVERYONE, cards[Viewer.PUBLIC]
    else:
        yield from ((viewer.bit, card) for viewer, card in cards.items())
