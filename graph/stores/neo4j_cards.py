"""Writing cards to the Neo4j store. A card that is the same for both viewers is kept once."""

from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from graph.model import EVERYONE, Card, Viewer
from graph.stores import neo4j_writing as queries
from graph.stores.neo4j_rows import card_params, card_text, read_card
from graph.stores.neo4j_schema import VIEWERS

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
        self._made = array(
            "q"
        )  # of nodes that this draft made, by n: a hash of the one card they have (0: none, -1: more)
        self._names: dict[int, tuple[str, str]] = {}
        self.counts = {viewer: Counter(counts.get(viewer.value, {})) for viewer in Viewer}

    def fresh_from(self, n: int) -> None:
        """Note that this draft made the nodes from `n` on, so that they have no cards but its own."""
        self._fresh = n

    def put(self, viewer: Viewer, cards: Sequence[Card]) -> None:
        """Keep these cards in place of those with the same `n`."""
        wanted = {card.n: card for card in cards}
        new = [card for card in wanted.values() if self._is_new(card.n)]
        shared = [card for card in wanted.values() if self._is_same(viewer, card)]
        done = {card.n for card in new} | {card.n for card in shared}
        if shared:
            self._write(queries.SHARE_CARDS, ns=[card.n for card in shared])
        if new:
            self._create(viewer.bit, [(card, card_text(card)) for card in new])
            self._name_fresh(new)
        for card in (*new, *shared):
            self.counts[viewer][card.kind] += 1
        for card in new:
            self._made[card.n - int(self._fresh)] = _hash(viewer, card)
        for card in shared:
            self._made[card.n - int(self._fresh)] = -1
        rest = {n: card_text(card) for n, card in wanted.items() if n not in done}
        if rest:
            self._replace(viewer, rest)

    def drop(self, viewer: Viewer, ns: Sequence[int]) -> None:
        """Forget these cards."""
        self._replace(viewer, dict.fromkeys(ns, ""))

    def take_names(self) -> Iterator[tuple[int, str, str]]:
        """Yield (n, kind, name) of the nodes that should show another kind or name; none twice."""
        names, self._names = self._names, {}
        yield from ((n, kind, name) for n, (kind, name) in names.items())

    def _is_new(self, n: int) -> bool:
        """Return whether node `n` has had no card yet."""
        if n < self._fresh:
            return False
        spot = n - int(self._fresh)
        if spot >= len(self._made):
            self._made.frombytes(bytes(8 * (max(spot + 1, 2 * len(self._made)) - len(self._made))))
        return self._made[spot] == 0

    def _is_same(self, viewer: Viewer, card: Card) -> bool:
        """Return whether the one card that the node has is this one, for the other viewer."""
        if card.n < self._fresh:
            return False
        other = Viewer.STAFF if viewer is Viewer.PUBLIC else Viewer.PUBLIC
        return self._made[card.n - int(self._fresh)] == _hash(other, card)

    def _create(self, mask: int, cards: Sequence[tuple[Card, str]]) -> None:
        given = [card_params(card, text) for card, text in cards]
        self._write(queries.PUT_CARDS, viewer=VIEWERS[mask], mask=mask, rows=given)

    def _name_fresh(self, cards: Sequence[Card]) -> None:
        """Name nodes that no reader sees yet."""
        kinds: dict[str, list[list[Any]]] = {}
        for card in cards:
            kinds.setdefault(card.kind, []).append([card.n, card.name])
        for kind, named in kinds.items():
            self._write(queries.NAME_NODES[kind], rows=named)

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
            self._forget_hash(n)
        if gone:
            self._write(queries.DROP_CARDS, ns=gone, masks=[1, 2, 3])
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

    def _forget_hash(self, n: int) -> None:
        if n >= self._fresh and n - self._fresh < len(self._made):
            self._made[n - int(self._fresh)] = -1


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


def _hash(viewer: Viewer, card: Card) -> int:
    return hash((viewer.bit, card)) | 1
