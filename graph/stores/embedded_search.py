"""Search in the order of the port, quick however few or many match.

If the text index finds few candidates, they are all ranked. If it finds many, the page is sought level by level along
an index that stands in the order wanted: with many that match, a page is soon full. When it is not, because those that
match all stand far down, what matches at that level is sorted after all.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from typing import Any

from graph.model import Viewer
from graph.stored import Filters, Hit, Rank
from graph.stores.embedded_cards import COLUMNS, bands, card_of
from graph.stores.embedded_connection import Connection
from graph.stores.embedded_schema import SEPARATOR, SHIFT

FEW = 1_000  # candidates that are ranked one by one
WALK = 20_000  # rows of an index to look at before sorting all that match
ALIAS = 3  # the first level at which an alias matches

_WORD = re.compile(r"([0-9A-Za-z]|[^\x00-\x7f])+")  # what the text index takes for one word, and
_NAME = re.compile(r"[\w.:/-]+")  # the same with the signs that occur in names of kinds, themes and helps
_PLACE = "(c.less, c.names, c.id)"
_TEXTS = "texts CROSS JOIN cards c ON c.r = texts.rowid"
_IN_TEXTS = "texts MATCH :match AND texts.rowid >= :low AND texts.rowid < :high"


@dataclass(frozen=True, slots=True)
class Search:
    """What is asked."""

    words: tuple[str, ...]
    filters: Filters
    after: Rank | None
    limit: int


def ranked(connection: Connection, viewer: Viewer, search: Search) -> list[Hit]:
    """Return what `Snapshot.ranked` promises."""
    if search.limit <= 0:
        return []
    found = [hit for band in bands(connection, viewer) for hit in _Band(connection, band, search).found()]
    best = nsmallest(search.limit, found)
    sql = f"SELECT {COLUMNS} FROM json_each(?) w CROSS JOIN cards c ON c.r = w.value"  # noqa: S608 - ours
    cards = {row[0]: card_of(row) for row in connection.rows(sql, (str([r for _, r in best]),))}
    return [Hit(rank, cards[r]) for rank, r in best]


class _Band:
    """A search among the cards of one band."""

    def __init__(self, connection: Connection, band: int, search: Search) -> None:
        self._connection = connection
        self._search = search
        self._q = q = " ".join(search.words)
        self._match = _match(search)
        self._narrowed, values = _narrowed(search.filters)
        words = {f"w{i}": f" {word}" for i, word in enumerate(search.words)}
        self._values: dict[str, Any] = {"band": band, "low": band << SHIFT, "high": (band + 1) << SHIFT, "q": q}
        self._values |= {"beyond": beyond(q), "start": q[:2], "match": self._match} | words | values
        self._every_word = " AND ".join(f"instr(' ' || c.names, :{name})" for name in words)
        self._starts = "c.names >= :q AND c.names < :beyond"

    def found(self) -> list[tuple[Rank, int]]:
        """Return the first matches with their row numbers: no fewer than asked, if there are as many."""
        if self._match:
            sql = f"SELECT rowid FROM texts WHERE {_IN_TEXTS} LIMIT {FEW + 1}"  # noqa: S608 - ours
            few = self._connection.all(sql, self._values)
            if len(few) <= FEW:
                rows = {"rows": str([r for (r,) in few])}
                return list(self._ranked_one_by_one("json_each(:rows) w CROSS JOIN cards c ON c.r = w.value", [], rows))
        return self._by_levels()

    def _by_levels(self) -> list[tuple[Rank, int]]:
        after, limit = self._search.after, self._search.limit
        found: list[tuple[Rank, int]] = []
        for level in range(after.level if after else 0, ALIAS if self._search.words else 1):
            found += self._at(level, limit - len(found))
            if len(found) >= limit:
                return found
        if self._search.words:
            source, conditions = self._all_that_match()
            ranked = self._ranked_one_by_one(source, [*conditions, "c.alias_names <> ''"], {})
            found += [(rank, r) for rank, r in ranked if rank.level >= ALIAS]  # the others have been found
        return found

    def _at(self, level: int, limit: int) -> list[tuple[Rank, int]]:
        """Return the first matches at one level, along the index that suits it."""
        if level == 0 and self._search.words:
            return self._sorted(level, "cards c INDEXED BY cards_names", ["c.band = :band"], limit)
        if level == 1 and self._few_start():
            return self._sorted(level, "cards c INDEXED BY cards_names", ["c.band = :band"], limit)
        if level == 1 and len(self._q) > 1:
            where = ["c.band = :band", "substr(c.names, 1, 2) = :start"]
            return self._walked(level, "cards c INDEXED BY cards_start", where, limit)
        return self._walked(level, "cards c INDEXED BY cards_rank", ["c.band = :band"], limit)

    def _few_start(self) -> bool:
        sql = f"SELECT 1 FROM cards c INDEXED BY cards_names WHERE c.band = :band AND {self._starts} LIMIT {FEW + 1}"  # noqa: S608
        return len(self._connection.all(sql, self._values)) <= FEW

    def _walked(self, level: int, source: str, where: Sequence[str], limit: int) -> list[tuple[Rank, int]]:
        """Look along an index in order, a stretch of it; if that does not fill the page, sort all that match."""
        conditions, values = self._after(level)
        sql = (
            f"SELECT c.less, c.names, c.id FROM {source} WHERE {' AND '.join([*where, *conditions])}"  # noqa: S608 - ours
            f" ORDER BY c.less, c.names, c.id LIMIT 1 OFFSET {WALK}"
        )
        [*end] = self._connection.all(sql, self._values | values)
        if not end:
            return self._sorted(level, source, where, limit)
        stretch = dict(zip(("end0", "end1", "end2"), end[0], strict=True))
        upto = [*where, f"{_PLACE} <= (:end0, :end1, :end2)"]
        found = self._sorted(level, source, upto, limit, stretch)
        if len(found) >= limit:
            return found
        return self._sorted(level, *self._all_that_match(), limit)

    def _all_that_match(self) -> tuple[str, list[str]]:
        return (_TEXTS, [_IN_TEXTS]) if self._match else ("cards c", ["c.band = :band"])

    def _sorted(
        self, level: int, source: str, where: Sequence[str], limit: int, values: Mapping[str, Any] | None = None
    ) -> list[tuple[Rank, int]]:
        """Return the first matches at a level from `source`, which SQLite walks or sorts as its order is."""
        conditions, place = self._after(level)
        sql = (
            "SELECT c.less, c.names, c.id, c.r"  # noqa: S608 - ours
            f" FROM {source} WHERE {' AND '.join([*where, *self._narrowed, *conditions, self._level(level)])}"
            f" ORDER BY c.less, c.names, c.id LIMIT {limit:d}"
        )
        rows = self._connection.rows(sql, self._values | place | dict(values or {}))
        return [(Rank(level, *row[:3]), row[3]) for row in rows]

    def _level(self, level: int) -> str:
        """Return the condition for a match at `level` by name."""
        if not self._search.words:
            return "TRUE"
        if level == 0:
            return "c.names = :q"
        return f"c.names <> :q AND {self._starts}" if level == 1 else f"NOT ({self._starts}) AND {self._every_word}"

    def _after(self, level: int) -> tuple[list[str], dict[str, Any]]:
        """Return the condition for standing after the place asked for, at this level."""
        after = self._search.after
        if after is None or level != after.level:
            return [], {}
        return [f"{_PLACE} > (:less, :names, :id)"], {"less": after.less_contacts, "names": after.names, "id": after.id}

    def _ranked_one_by_one(
        self, source: str, where: Sequence[str], values: Mapping[str, Any]
    ) -> Iterator[tuple[Rank, int]]:
        conditions = " AND ".join([*where, *self._narrowed]) or "TRUE"
        sql = f"SELECT c.less, c.names, c.id, c.r, c.alias_names FROM {source} WHERE {conditions}"  # noqa: S608 - ours
        after, words, q = self._search.after, self._search.words, self._q
        for less, names, id_, r, aliases in self._connection.rows(sql, self._values | dict(values)):
            level = level_of(names, aliases, words, q)
            if level is not None:
                rank = Rank(level, less, names, id_)
                if after is None or rank > after:
                    yield rank, r


def level_of(names: str, aliases: str, words: Sequence[str], q: str) -> int | None:
    """Return at which level a name and aliases match the words, or None."""
    level = _level_of_name(names, words, q)
    if level is not None or not aliases:
        return level
    levels = [_level_of_name(alias, words, q) for alias in aliases[1:-1].split("|")]
    return min((ALIAS + level for level in levels if level is not None), default=None)


def _level_of_name(names: str, words: Sequence[str], q: str) -> int | None:
    if names.startswith(q):
        return 0 if not q or names == q else 1
    spaced = f" {names}"
    return 2 if all(f" {word}" in spaced for word in words) else None


def beyond(start: str) -> str:
    """Return the first text, by code points, after all that begin with `start`.

    >>> beyond("haag")
    'haah'
    """
    head = start.rstrip("\U0010ffff")
    if not head:
        return "\U0010ffff" * (len(start) + 1)
    following = ord(head[-1]) + 1
    return head[:-1] + chr(0xE000 if following == 0xD800 else following)  # no text holds half a pair


def _match(search: Search) -> str:
    """Return what to ask of the text index: all that match, and perhaps more; empty if it cannot tell."""
    filters = search.filters
    parts = [f'"{word}" *' for word in search.words if _WORD.fullmatch(word)]
    parts += _any("_k", filters.kinds) + _any("_m", filters.municipalities) + _any("_t", filters.themes)
    if filters.helps and all(map(_NAME.fullmatch, filters.helps)):
        parts.append("(" + " OR ".join(f'"_h{word}" OR "_h{word}." *' for word in filters.helps) + ")")
    return " AND ".join(parts)


def _any(sign: str, words: Sequence[str]) -> list[str]:
    if not words or not all(map(_NAME.fullmatch, words)):
        return []
    return ["(" + " OR ".join(f'"{sign}{word}"' for word in words) + ")"]


def _narrowed(filters: Filters) -> tuple[list[str], dict[str, str]]:
    """Return the conditions of the filters on a card, and their values."""
    conditions: list[str] = []
    values: dict[str, str] = {}
    for column, words in (("kind", filters.kinds), ("municipality", filters.municipalities)):
        if words:
            names = _named(values, column, words)
            conditions.append(f"c.{column} IN ({', '.join(names)})")
    for column, ends, words in (("themes", (SEPARATOR,), filters.themes), ("helps", (SEPARATOR, "."), filters.helps)):
        if words:
            names = _named(values, column, [f"{SEPARATOR}{word}{end}" for word in words for end in ends])
            conditions.append("(" + " OR ".join(f"instr(c.{column}, {name})" for name in names) + ")")
    return conditions, values


def _named(values: dict[str, str], column: str, words: Sequence[str]) -> list[str]:
    """Add the words to the values of a query; return their names in it."""
    names = [f"{column}{i}" for i in range(len(words))]
    values.update(zip(names, words, strict=True))
    return [f":{name}" for name in names]
