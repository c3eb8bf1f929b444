"""Actors that a dataset calls by another local id than before: they keep their node, and with it id and judgements.

A file without ids of its own makes them of names and places, so whoever moved or got another name comes under another
local id. It is known again if

- the record that came and one that went share an identifier, each with no other, or
- the one local id is the other, but for a municipality that has become part of the other's.

The node of a record that is still there is nobody else's. A key that gets back its node, as last year's file is loaded
again, is found the same way: what it was given meanwhile led nowhere. Persons are left as they are.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import cast

from pydantic_core import from_json

from graph.ingest.altered import Altered
from graph.ingest.changes import Changes
from graph.municipalities import municipalities, today
from graph.store import Draft
from graph.stored import ActorRow, Node, Row, Table, TieRow

_CODE = re.compile(r"\bgm(\d{4})\b")


class Renamed:
    """The records of actors that came and went in one load, as far as they tell who comes under another local id."""

    def __init__(self, draft: Draft, dataset: str) -> None:
        """Begin with none."""
        self._draft, self._dataset = draft, dataset
        self._came: dict[int, ActorRow] = {}
        self._went: dict[int, ActorRow] = {}

    def came(self, table: Table, rows: Sequence[Row]) -> None:
        """Take down records that are new."""
        if table is Table.ACTORS:
            self._came.update((row.n, row) for row in cast(Sequence[ActorRow], rows))

    def went(self, table: Table, rows: Sequence[Row]) -> None:
        """Take down records that are gone."""
        if table is Table.ACTORS:
            self._went.update((row.n, row) for row in cast(Sequence[ActorRow], rows))

    def move(self, changes: Changes, altered: Altered) -> dict[int, int]:
        """Give those who come under another local id the node that was theirs; return it by the node that they came with."""
        left = {n: row for n, row in self._went.items() if n not in self._came and not _is_person(row)}
        if not left:
            return {}
        nodes = self._draft.nodes({*left, *self._came})
        fresh = [n for n, row in self._came.items() if n not in self._went and not _is_person(row)]
        found = self._found([n for n in fresh if n >= changes.fresh or not nodes[n].ever], left, nodes)
        if found:
            self._swap_keys([(nodes[new], nodes[old]) for new, old in found.items()])
            self._move_rows(found, changes, altered)
        return found

    def _found(self, fresh: Sequence[int], left: dict[int, ActorRow], nodes: dict[int, Node]) -> dict[int, int]:
        """Return which of those who left each of the `fresh` ones is."""
        leavers = defaultdict[str, list[int]](list)
        for n, row in left.items():
            for claim in row.claims:
                leavers[claim].append(n)
        pairs = {(new, old) for new in fresh for claim in self._came[new].claims for old in leavers[claim]}
        found = _one_to_one(pairs)
        by_key = {nodes[n].key: n for n in fresh if n not in found}
        merged = {(by_key.get(_of_today(nodes[n].key), 0), n) for n in left if n not in found.values()}
        moved = _one_to_one((new, old) for new, old in merged if new)
        return found | {new: old for new, old in moved.items() if not _contradict(self._came[new], left[old])}

    def _swap_keys(self, pairs: Sequence[tuple[Node, Node]]) -> None:
        """Give the old nodes the new keys, and the other way around; no two nodes have one key meanwhile."""
        self._draft.set_nodes([new._replace(key=f"{new.n}:{new.key}") for new, _ in pairs])
        self._draft.set_nodes([old._replace(key=new.key) for new, old in pairs])
        self._draft.set_nodes([new._replace(key=old.key, mask=0, ever=0) for new, old in pairs])

    def _move_rows(self, found: dict[int, int], changes: Changes, altered: Altered) -> None:
        for table, rows in self._draft.rows_at(list(found)).items():
            mine = [row for row in rows if row.dataset == self._dataset]
            if mine:
                changes.drop(self._draft, table, self._dataset, [row.digest for row in mine])
                moved = [_at(row, found) for row in mine]
                self._draft.put(table, moved)
                changes.came(moved)
                altered.came(table, moved)


def _is_person(row: ActorRow) -> bool:
    return bool(from_json(row.body)["kind"] == "person")


def _one_to_one(pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Return those of some pairs of whom neither is in another pair."""
    pairs = set(pairs)
    news, olds = defaultdict[int, set[int]](set), defaultdict[int, set[int]](set)
    for new, old in pairs:
        news[new].add(old)
        olds[old].add(new)
    return {new: old for new, old in pairs if len(news[new]) == len(olds[old]) == 1}


def _of_today(key: str) -> str:
    """Return a key with the municipality of today in place of one that has become part of it.

    >>> _of_today("leden/de-tuin-gm0501"), _of_today("leden/de-tuin-gm0599")
    ('leden/de-tuin-gm1992', 'leden/de-tuin-gm0599')
    """
    return _CODE.sub(lambda found: _successor(found[0]), key)


def _successor(code: str) -> str:
    known = municipalities().get(code.upper())
    return today(known).code.lower() if known else code


def _contradict(one: ActorRow, other: ActorRow) -> bool:
    """Return whether two records have identifiers of one scheme that differ."""
    schemes = {claim.partition(":")[0]: claim for claim in one.claims}
    return any(schemes.get(claim.partition(":")[0], claim) != claim for claim in other.claims)


def _at(row: Row, moves: dict[int, int]) -> Row:
    if isinstance(row, TieRow):
        return row._replace(source=moves.get(row.source, row.source), target=moves.get(row.target, row.target))
    return cast(Row, row._replace(n=moves.get(row.n, row.n)))
