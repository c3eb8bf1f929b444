"""Search in the Neo4j store: few candidates are sorted; many are met in the order of search, a stretch at a time.

The text index finds words, but knows no order; the index of ranks knows the order (more contacts, folded name, id), but
no words. So the text index is asked first. If it knows more than `FEW`, it is asked again level by level, and where a level
has more than `FEW`, for a few steps of contacts at a time, from many contacts to none. Where even that is too many, the index
of ranks is walked: so many of those on the step match that a page is soon full.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from graph.model import Viewer
from graph.stored import Filters, Hit, Rank
from graph.stores.neo4j_rows import MOST_CONTACTS, SEEING, WORD, bucket, rank_key, read_card, start
from graph.stores.neo4j_types import seen

FEW = 1_000
LEVELS = range(6)
_FIRST = Rank(-1, -MOST_CONTACTS, "", "")
# Steps of contacts (see `bucket`), asked for together; from all that have more than 31 down to each small number.
STRETCHES = (range(17, 42), range(16, 17), range(8, 16), range(4, 8), *(range(n, n + 1) for n in (3, 2, 1, 0)))

# The level of a card, its place after the cursor, and two ways to candidates.
_LEVEL = """CASE WHEN $q = '' THEN 0
  WHEN c.names = $q THEN 0
  WHEN c.names STARTS WITH $q THEN 1
  WHEN all(w IN $words WHERE (' ' + c.names) CONTAINS w) THEN 2
  WHEN c.alias_names CONTAINS '|' + $q + '|' THEN 3
  WHEN c.alias_names CONTAINS '|' + $q THEN 4
  WHEN any(x IN split(c.alias_names, '|') WHERE all(w IN $words WHERE (' ' + x) CONTAINS w)) THEN 5
  END"""
_AFTER = """(level > $after_level OR (level = $after_level AND (c.rank > $after_rank OR (c.rank = $after_rank
  AND (c.names > $after_names OR (c.names = $after_names AND c.id > $after_id))))))"""
_PLACE = "c.rank, c.names, c.id"
FOUND = f"""
CALL db.index.fulltext.queryRelationships('cards', $query, {{limit: $cap}}) YIELD relationship
WITH collect(relationship) AS found
WITH size(found) AS many, CASE WHEN size(found) < $cap THEN found ELSE [] END AS few
CALL (few) {{
  UNWIND few AS c WITH c WHERE {seen("c")}
  WITH c, {_LEVEL} AS level WHERE level IN $levels AND {_AFTER}
  WITH c, level ORDER BY level, {_PLACE} LIMIT $limit
  RETURN collect([level, c.card]) AS hits
}}
RETURN many, hits
"""
WALK = f"""
MATCH ()-[c:SEEN_BY]->() WHERE c.rank >= $low AND c.rank < $high AND {seen("c")}
  AND all(group IN $facets WHERE any(token IN group WHERE c.text CONTAINS token))
WITH c, {_LEVEL} AS level WHERE level IN $levels AND {_AFTER}
RETURN level, c.card ORDER BY {_PLACE} LIMIT $limit
"""


class Ask(Protocol):
    """Ask the store a query."""

    def __call__(self, query: str, /, **parameters: Any) -> list[list[Any]]:  # noqa: ANN401 - what Cypher takes
        """Return the rows of the answer."""


@dataclass(frozen=True, slots=True)
class Search:
    """One search: who asks, what for, from which place on, how many."""

    ask: Ask
    viewer: Viewer
    words: Sequence[str]
    filters: Filters
    after: Rank | None
    limit: int

    def hits(self) -> list[Hit]:
        """Return the first `limit` that match, in order."""
        if self.words or self._facets():
            many, hits = self._found(_all_of(self._any_level(), *self._groups()), LEVELS)
            if many <= FEW:
                return hits
        hits = []
        for level in self._levels():
            hits += self._at(level, self.limit - len(hits))
            if len(hits) >= self.limit:
                break
        return hits

    def _at(self, level: int, limit: int) -> list[Hit]:
        """Return the first that match on one level: at once if they are few, else from many contacts to none."""
        if self.words:
            many, hits = self._found(_all_of(self._level(level), *self._groups()), [level], limit)
            if many <= FEW:
                return hits
        hits = []
        for stretch in STRETCHES:
            if self.after and level == self.after.level and stretch.start > bucket(-self.after.less_contacts):
                continue
            hits += self._on(level, stretch, limit - len(hits))
            if len(hits) >= limit:
                break
        return hits

    def _levels(self) -> range:
        first = self.after.level if self.after else 0
        return range(first, 6 if self.words else 1)

    def _on(self, level: int, stretch: range, limit: int) -> list[Hit]:
        """Return the first that match on one level and stretch of contacts."""
        if self.words or self._facets():
            steps = _any_of(f"=c:{step:02d}" for step in stretch)
            many, hits = self._found(_all_of(self._level(level), *self._groups(), steps), [level], limit)
            if many <= FEW:
                return hits
        return self._walk(level, stretch, limit)

    def _found(self, query: str, levels: Sequence[int], limit: int | None = None) -> tuple[int, list[Hit]]:
        """Ask the text index; return how many it knows (`FEW` + 1: more) and, if they are few, the best."""
        parameters = self._parameters(levels, self.limit if limit is None else limit)
        [[many, hits]] = self.ask(FOUND, query=query, cap=FEW + 1, **parameters)
        return many, [_hit(level, text) for level, text in hits]

    def _walk(self, level: int, stretch: range, limit: int) -> list[Hit]:
        """Walk the index of ranks over one stretch."""
        low, high = _most(stretch.stop - 1), _least(stretch.start)
        if self.words and level < 2 and len(stretch) == 1 and stretch.start < 16:
            # On a step of one number of contacts, names that start alike stand together.
            low = rank_key(stretch.start, " ".join(self.words)[:50], "")[:-1]
            high = low + "\U0010ffff"
        facets = [[f" {token} " for token in group] for group in self._facets()]
        rows = self.ask(WALK, low=low, high=high, facets=facets, **self._parameters([level], limit))
        return [_hit(found, text) for found, text in rows]

    def _parameters(self, levels: Sequence[int], limit: int) -> dict[str, Any]:
        after = self.after or _FIRST
        return {
            "q": " ".join(self.words),
            "words": [f" {word}" for word in self.words],
            "levels": list(levels),
            "limit": limit,
            "after_level": after.level,
            "after_rank": rank_key(-after.less_contacts, after.names, after.id),
            "after_names": after.names,
            "after_id": after.id,
            "seeing": SEEING[self.viewer],
        }

    def _facets(self) -> list[list[str]]:
        """Return what the search is narrowed to: of each group, a card has one."""
        filters = self.filters
        named = (("k", filters.kinds), ("t", filters.themes), ("h", filters.helps), ("m", filters.municipalities))
        return [[f"={sign}:{value}" for value in values] for sign, values in named if values]

    def _groups(self) -> list[str]:
        return [_any_of(group) for group in self._facets()]

    def _any_level(self) -> str:
        if not self.words:
            return ""
        return f"({self._level(2)} {self._level(5)})"

    def _level(self, level: int) -> str:
        """Return what the text index has of every actor on this level."""
        if not self.words:
            return ""
        sign = "|" if level > 2 else ""
        if level % 3 == 2:
            return _all_of(*(_prefix(sign + word[:WORD]) for word in self.words))
        whole = start(f"{sign}^", " ".join(self.words))
        return _escaped(whole) if level % 3 == 0 else _prefix(whole)


def _hit(level: int, text: str) -> Hit:
    card = read_card(text)
    return Hit(Rank(level, -card.contacts, card.names, card.id), card)


def _least(step: int) -> str:
    """Return the rank that all on this step of contacts, or a higher one, stand before."""
    contacts = step if step < 16 else 2 ** (step - 12)
    return f"{MOST_CONTACTS - contacts + 1:010d}"


def _most(step: int) -> str:
    """Return the rank where those on this step of contacts begin."""
    contacts = step if step < 16 else 2 ** (step - 11) - 1
    return f"{max(0, MOST_CONTACTS - contacts):010d}"


def _escaped(word: str) -> str:
    """Return a word as the text index's own language writes it."""
    return re.sub(r"([^\w])", r"\\\1", word)


def _prefix(word: str) -> str:
    return _escaped(word) + "*"


def _any_of(words: Iterable[str]) -> str:
    return f"({' '.join(_escaped(word) for word in words)})"


def _all_of(*parts: str) -> str:
    return f"({' '.join('+' + part for part in _filled(parts))})"


def _filled(parts: Iterable[str]) -> Iterator[str]:
    return (part for part in parts if part)
