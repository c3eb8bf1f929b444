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
from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from graph.ingest.altered import Altered
from graph.ingest.changes import Changes
from graph.ingest.identity import is_of_a_person
from graph.municipalities import municipalities, today
from graph.store import Draft
from graph.stored import ActorRow, Node, Row, Table, TieRow

_CODE = re.compile(r"\bgm(\d{4})\b")


class Renamed:
    """The records of actors that came and went in one load, as far as they tell who comes under another local id."""

    def __init__(self, draft: Draft, dataset: str) -> None:
        """Begin with none."""
        self._draft, self._dataset = draft, dataset
        self._came: dict[int, tuple[str, ...]] = {}  # identifiers by node, as there may be millions of records
        self._went: dict[int, tuple[str, ...]] = {}

    def came(self, table: Table, rows: Sequence[Row]) -> None:
        """Take down records that are new."""
        if table is Table.ACTORS:
            self._came.update((row.n, row.claims) for row in cast(Sequence[ActorRow], rows))

    def went(self, table: Table, rows: Sequence[Row]) -> None:
        """Take down records that are gone."""
        if table is Table.ACTORS:
            self._went.update((row.n, row.claims) for row in cast(Sequence[ActorRow], rows))

    def move(self, changes: Changes, altered: Altered) -> dict[int, int]:
        """Give those who come under another local id the node that was theirs; return it by the node that they came with."""
        left = self._draft.nodes(self._went.keys() - self._came.keys())
        left = {n: node for n, node in left.items() if not is_of_a_person(node.id)}
        found = self._by_identifier(left) if left else {}
        known = set(found.values())
        found = self._by_municipality({n: node for n, node in left.items() if n not in known}) | found
        nodes = self._draft.nodes(found)
        found = {new: old for new, old in found.items() if _led_nowhere(nodes[new], changes.fresh)}
        if found:
            self._swap_keys([(nodes[new], left[old]) for new, old in found.items()])
            self._move_rows(found, changes, altered)
        return found

    def _by_identifier(self, left: Mapping[int, Node]) -> dict[int, int]:
        leavers = defaultdict[str, list[int]](list)
        for n in left:
            for claim in self._went[n]:
                leavers[claim].append(n)
        came = ((n, claims) for n, claims in self._came.items() if claims and n not in self._went)
        return _one_to_one((new, old) for new, claims in came for claim in claims for old in leavers.get(claim, ()))

    def _by_municipality(self, left: Mapping[int, Node]) -> dict[int, int]:
        keys = {n: _of_today(node.key) for n, node in left.items()}
        here = self._draft.nodes_by_key(key for n, key in keys.items() if key != left[n].key)
        came = {key: node.n for key, node in here.items() if node.n in self._came and node.n not in self._went}
        found = _one_to_one((came[key], n) for n, key in keys.items() if key in came)
        return {new: old for new, old in found.items() if not _contradict(self._came[new], self._went[old])}

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


def _led_nowhere(node: Node, fresh: int) -> bool:
    """Return whether nobody has seen a node's id yet: it was minted by this load, or its key was left to it by a move."""
    return not is_of_a_person(node.id) and (node.n >= fresh or not node.ever)


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


def _contradict(one: Iterable[str], other: Iterable[str]) -> bool:
    """Return whether there are identifiers of one scheme that differ."""
    schemes = {claim.partition(":")[0]: claim for claim in one}
    return any(schemes.get(claim.partition(":")[0], claim) != claim for claim in other)


def _at(row: Row, moves: dict[int, int]) -> Row:
    if isinstance(row, TieRow):
        return row._replace(source=moves.get(row.source, row.source), target=moves.get(row.target, row.target))
    return cast(Row, row._replace(n=moves.get(row.n, row.n)))
