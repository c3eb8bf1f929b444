"""Cards that are about to be written: what public and staff see alike is written once."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from graph.model import Card, Viewer
from graph.stores.embedded_cards import ADD_TEXT, COLUMNS, DROP_TEXT, N, card_of, row_of, text_of
from graph.stores.embedded_connection import Connection
from graph.stores.embedded_schema import BOTH, SHIFT

ENOUGH = 20_000  # actors whose cards wait to be written

PUBLIC, STAFF = Viewer.PUBLIC.bit, Viewer.STAFF.bit

_Bands: TypeAlias = dict[int, Card]  # an actor's cards by band
_NONE: _Bands = {}
_KEPT = "kept"  # a card that is not written

_PUT = "INSERT INTO cards VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_COUNT = "INSERT INTO counts VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count"


class _Waiting(NamedTuple):
    """Cards by `n`; None drops one."""

    public: dict[int, Card | None]
    staff: dict[int, Card | None]


class PendingCards:
    """Cards waiting for their other viewer's; `texts` says whether the text index is kept up already."""

    def __init__(self, connection: Connection, *, texts: bool) -> None:
        """Write by this connection."""
        self._connection = connection
        self.texts = texts
        self._waiting = _Waiting({}, {})
        self._last = max(self._last_in(band) for band in (PUBLIC, STAFF, BOTH))

    def _last_in(self, band: int) -> int:
        sql = "SELECT max(r) FROM cards WHERE r >= ? AND r < ?"
        return (self._connection.value(sql, (band << SHIFT, (band + 1) << SHIFT)) or 0) & N

    def put(self, viewer: Viewer, cards: Mapping[int, Card | None]) -> None:
        """Let these cards wait; None drops one."""
        mine, other = self._waiting if viewer is Viewer.PUBLIC else reversed(self._waiting)
        if len(mine) >= ENOUGH or (len(other) >= ENOUGH and not other.keys() >= cards.keys()):
            self.flush()
            mine = self._waiting[viewer is not Viewer.PUBLIC]
        mine.update(cards)

    def flush(self) -> None:
        """Write what waits."""
        waiting, self._waiting = self._waiting, _Waiting({}, {})
        ns = sorted(waiting.public.keys() | waiting.staff.keys())
        if not ns:
            return
        writes = _Writes()
        before = self._before([n for n in ns if n <= self._last])
        for n in ns:
            public, staff = waiting.public.get(n, _KEPT), waiting.staff.get(n, _KEPT)
            if n > self._last:
                writes.put_first(public, staff)
            else:
                old = before.get(n, _NONE)
                writes.note(n, old, _after(old, public, staff))
        self._last = max(self._last, ns[-1])
        self._write(writes)

    def _before(self, ns: Sequence[int]) -> dict[int, _Bands]:
        """Return the cards that these actors have now."""
        found: dict[int, _Bands] = {}
        rs = str([n | band << SHIFT for band in (PUBLIC, STAFF, BOTH) for n in ns])
        sql = f"SELECT {COLUMNS} FROM json_each(?) w CROSS JOIN cards c ON c.r = w.value"  # noqa: S608 - ours
        for row in self._connection.rows(sql, (rs,)):
            found.setdefault(row[0] & N, {})[row[0] >> SHIFT] = card_of(row)
        return found

    def _write(self, writes: "_Writes") -> None:
        connection = self._connection
        if self.texts:
            connection.many(DROP_TEXT, _each(writes.unindexed))
        connection.many("DELETE FROM cards WHERE r = ?", _each(writes.dropped))
        connection.many("UPDATE cards SET less = ? WHERE r = ?", writes.counted)
        connection.many(_PUT, (row_of(card, band) for card, band in writes.put))
        if self.texts:
            connection.many(ADD_TEXT, _each(writes.indexed))
        connection.many(_COUNT, ((*key, count) for key, count in writes.counts.items() if count))


def _after(before: _Bands, public: Card | None | str, staff: Card | None | str) -> _Bands:
    """Return an actor's cards by band after a change."""
    if public == staff and isinstance(public, Card):  # the most by far
        return {BOTH: public}
    if public is _KEPT:
        public = before.get(PUBLIC, before.get(BOTH))
    if staff is _KEPT:
        staff = before.get(STAFF, before.get(BOTH))
    if isinstance(public, Card) and public == staff:
        return {BOTH: public}
    return {band: card for band, card in ((PUBLIC, public), (STAFF, staff)) if isinstance(card, Card)}


class _Writes:
    """What to write: row numbers to drop, contacts that moved, cards to put, and what that does to counts and texts."""

    def __init__(self) -> None:
        self.dropped: list[int] = []
        self.counted: list[tuple[int, int]] = []
        self.put: list[tuple[Card, int]] = []
        self.unindexed: list[int] = []
        self.indexed: list[int] = []
        self.counts: Counter[tuple[int, str]] = Counter()

    def note(self, n: int, before: _Bands, after: _Bands) -> None:
        """Note what changes an actor's cards from `before` into `after`."""
        for band, old in before.items():
            if band not in after:
                self._drop(n | band << SHIFT, band, old)
        for band, card in after.items():
            if band not in before:
                self._put(n | band << SHIFT, band, card)
            elif before[band] != card:
                self._change(n | band << SHIFT, band, before[band], card)

    def put_first(self, public: Card | None | str, staff: Card | None | str) -> None:
        """Note cards of an actor that has none yet."""
        for band, card in _after(_NONE, public, staff).items():
            self._put(card.n | band << SHIFT, band, card)

    def _drop(self, r: int, band: int, card: Card) -> None:
        self.dropped.append(r)
        self.unindexed.append(r)
        self.counts[band, card.kind] -= 1

    def _put(self, r: int, band: int, card: Card) -> None:
        self.put.append((card, band))
        self.indexed.append(r)
        self.counts[band, card.kind] += 1

    def _change(self, r: int, band: int, old: Card, card: Card) -> None:
        if old._replace(contacts=card.contacts) == card:
            self.counted.append((-card.contacts, r))
            return
        self.dropped.append(r)
        self.put.append((card, band))
        self.counts[band, old.kind] -= 1
        self.counts[band, card.kind] += 1
        if text_of(old) != text_of(card):
            self.unindexed.append(r)
            self.indexed.append(r)


def _each(rs: Iterable[int]) -> Iterator[tuple[int]]:
    return ((r,) for r in sorted(rs))
