"""Preparing what a loader reads, in batches, as far as it goes without a store: faults, bodies, digests, who is who.

Whom rows name becomes numbers: local ids count from 0 in the order in which the dataset has them, ends elsewhere (by
`scheme:value`) from -2 down, and what is about no actor but the sector names `SECTOR_END`.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import numpy as np

from graph.ingest.changes import BATCH
from graph.ingest.ends import SECTOR_END, is_elsewhere
from graph.ingest.numbers import NONE, Flags, Numbers, Seen
from graph.ingest.rows import TABLES, Kept, Said, digest_of, said
from graph.model import EVERYONE
from graph.reading import Fault, Row
from graph.records import SECTOR, ActorRecord, FigureRecord, SourceRecord
from graph.store import Table

MANY = 100_000  # shared records that are kept in mind


@dataclass(slots=True)
class Batch:
    """Rows of one table. `taken` counts rows read, also those that are not here.

    `faults` come with whether their row is counted in `taken`. Of each row here: its digest, its ends (a line of
    numbers per end; none for actors), what it says, and whether it is of a person hidden from the public. `ids` are the
    local ids of actors; `elsewhere` the ends named by `scheme:value` that no earlier batch has.
    """

    table: Table | None = None
    taken: int = 0
    faults: list[tuple[Fault, bool]] = field(default_factory=list)
    sources: dict[str, Any] = field(default_factory=dict)
    digests: Numbers = field(default_factory=lambda: NONE)
    ends: Numbers = field(default_factory=lambda: NONE)
    says: list[Said] = field(default_factory=list)
    hidden: Flags = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))
    ids: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)


class Preparing:
    """What is known of the dataset so far: its ids, the ends elsewhere that it names, and the digests of its rows."""

    def __init__(self, mask: int) -> None:
        """Prepare a dataset for the viewers of `mask`."""
        self._mask = mask
        self._local: dict[str, int] = {}
        self._elsewhere: dict[str, int] = {}
        self._hides = bytearray()  # by local number
        self._seen = {table: Seen() for table in Table}
        self._shared: dict[int, tuple[Kept, tuple[str, Said]]] = {}

    def batches(self, items: Iterable[Row | Fault]) -> Iterator[Batch]:
        """Yield all of `items`, in batches of one table each."""
        batch, rows = Batch(), list[Row]()
        for item in items:
            if isinstance(item, Fault):
                batch.faults.append((item, False))
                continue
            table = TABLES.get(type(item[0]))
            if rows and (table is not batch.table or len(rows) == BATCH):
                yield self._prepared(batch, rows)
                batch, rows = Batch(), []
            batch.taken += 1
            if table is None:
                source = cast(SourceRecord, item.record)
                batch.sources[source.id] = json.loads(source.body())
            else:
                batch.table = table
                rows.append(item)
        yield self._prepared(batch, rows)

    def _prepared(self, batch: Batch, rows: list[Row]) -> Batch:
        """Return the batch with what of `rows` is right, and the faults of the others."""
        if batch.table is Table.ACTORS:
            self._add_actors(batch, rows)
        elif batch.table:
            self._add_about(batch, rows)
        return batch

    def _add_actors(self, batch: Batch, rows: Sequence[Row]) -> None:
        digests = []
        for row in rows:
            record = cast(ActorRecord, row.record)
            if record.id in self._local:
                batch.faults.append((_doubled(row), True))
                continue
            self._local[record.id] = len(self._local)
            text, says = said(record)
            self._hides.append(says[1] != EVERYONE)
            digests.append(digest_of(self._mask, (record.id,), text))
            batch.ids.append(record.id)
            batch.says.append(says)
        batch.digests = np.array(digests, dtype=np.int64)
        batch.hidden = np.array(self._hides[len(self._hides) - len(digests) :], dtype=np.bool_)

    def _add_about(self, batch: Batch, rows: Sequence[Row]) -> None:
        """Add ties, offers or figures."""
        known = {} if batch.table is Table.FIGURES else self._local  # a figure may be about the sector
        digests, ends, right = list[int](), list[tuple[int, ...]](), list[Row]()
        for row in rows:
            names = row.names or row.says.names
            try:
                numbers = tuple([known[name] for name in names])
            except KeyError:
                found = [self._number(name, row, batch) for name in names]
                if None in found:
                    batch.faults.append((_nobody(row, names[found.index(None)]), True))
                    continue
                numbers = tuple(cast(list[int], found))
            text, says = self._said(row)
            digests.append(digest_of(self._mask, names, text))
            ends.append(numbers)
            batch.says.append(says)
            right.append(row)
        self._add_new(batch, right, np.array(digests, dtype=np.int64), np.array(ends, dtype=np.int64))

    def _add_new(self, batch: Batch, rows: Sequence[Row], digests: Numbers, ends: Numbers) -> None:
        """Keep of these rows those that say something new."""
        new = self._seen[cast(Table, batch.table)].add(digests)
        if not new.all():
            batch.faults += [(_doubled(row), True) for row, first in zip(rows, new, strict=True) if not first]
            batch.says = [says for says, first in zip(batch.says, new, strict=True) if first]
        batch.digests, batch.ends = digests[new], ends[new].T
        hides = np.array(self._hides, dtype=np.bool_)
        batch.hidden = np.zeros(len(batch.digests), dtype=np.bool_)
        for end in batch.ends:
            batch.hidden[end >= 0] |= hides[end[end >= 0]]

    def _number(self, name: str, row: Row, batch: Batch) -> int | None:
        """Return the number of an end; None if nobody is meant by it."""
        if isinstance(row.says, FigureRecord) and name == SECTOR:
            return SECTOR_END
        number = self._local.get(name, self._elsewhere.get(name))
        if number is None and is_elsewhere(name):
            number = self._elsewhere[name] = -2 - len(self._elsewhere)
            batch.elsewhere.append(name)
        return number

    def _said(self, row: Row) -> tuple[str, Said]:
        """Return what a row says; made once if others say the same."""
        record = cast(Kept, row.says)
        if not row.names:
            return said(record)
        shared = self._shared.get(id(record))
        if shared is None:
            if len(self._shared) == MANY:
                self._shared.clear()
            shared = self._shared[id(record)] = record, said(record)
        return shared[1]


def _doubled(row: Row) -> Fault:
    return Fault(row.where, "", "deze rij of dit id staat er al", "this row or this id stands there already", row.cells)


def _nobody(row: Row, end: str) -> Fault:
    return Fault(
        row.where,
        "",
        f"er is geen actor {end!r} in deze dataset; gebruik een id uit de dataset, of schema:waarde (zoals cbs:GM0599)",
        f"there is no actor {end!r} in this dataset; use an id of the dataset, or scheme:value (such as cbs:GM0599)",
        row.cells,
    )
