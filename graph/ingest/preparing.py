"""Preparing what a loader reads, in batches, as far as it goes without a store: faults, bodies, digests, who is who.

Whom rows name becomes numbers: local ids count from 0 in the order in which the dataset has them, ends elsewhere (by
`scheme:value`) from -2 down. What is about the sector names `SECTOR_END`.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Generic, TypeVar, cast

import numpy as np

from graph.fields import is_elsewhere
from graph.ingest.changes import BATCH
from graph.ingest.ends import SECTOR_END
from graph.ingest.rows import TABLES, Kept, Said, by_amount, by_name, digests_of, said
from graph.model import EVERYONE, SECTOR
from graph.numbers import NONE, Flags, Numbers, Seen
from graph.reading import Fault, Row
from graph.records import ActorRecord, SourceRecord, TieRecord
from graph.stored import Table

NOBODY = -(2**62)
STRETCH = 500
FIRST = 2_000  # rows of the first batch
MANY = 100_000  # shared records that are kept in mind
R = TypeVar("R")
T = TypeVar("T")


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
        self._local: dict[str, int] = {}
        self._elsewhere: dict[str, int] = {}
        self._hides = bytearray()  # by local number
        self._seen = {table: Seen() for table in Table}
        self._front = f"{mask}\0"  # of what is said: to whom
        self._by_name = _Shared(by_name)
        self._by_amount = _Shared(by_amount)
        self._shared = _Shared(said)

    def batches(self, items: Iterable[Row | Fault]) -> Iterator[Batch]:
        """Yield all of `items`, in batches of one table each; the first is small, so that it is soon known that more come."""
        parts, table, size, most = list[Batch](), None, 0, FIRST
        for part in self._stretches(items):
            if parts and ((table and part.table and part.table is not table) or size + len(part.digests) > most):
                yield _whole(parts)
                parts, table, size, most = [], None, 0, BATCH
            parts.append(part)
            table, size = table or part.table, size + len(part.digests)
        yield _whole(parts)

    def _stretches(self, items: Iterable[Row | Fault]) -> Iterator[Batch]:
        """Yield all of `items`, in batches so small that they stay near the processor."""
        batch, rows, most = Batch(), list[Row](), min(STRETCH, BATCH)
        for item in items:
            if isinstance(item, Fault):
                batch.faults.append((item, False))
                continue
            table = TABLES.get(type(item[0]))
            if rows and (table is not batch.table or len(rows) == most):
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
        for row in rows:
            local, name = row.names or row.says.names
            if local in self._local:
                batch.faults.append((_doubled(row), True))
                continue
            self._local[local] = len(self._local)
            record = cast(ActorRecord, row.says)
            batch.ids.append(local)
            batch.says.append(self._by_name.get(record)(local, name) if row.names else said(record)[1])
        hides = [says[1] != EVERYONE for says in batch.says]
        self._hides += bytes(hides)
        batch.hidden = np.array(hides, dtype=np.bool_)
        batch.digests = digests_of(zip(batch.ids), [self._front + says[-1] for says in batch.says])

    def _add_about(self, batch: Batch, rows: list[Row]) -> None:
        """Add ties, offers or figures."""
        names = [row.names or row.says.names for row in rows]
        known = {} if batch.table is Table.FIGURES else self._local  # a figure may be about the sector
        named = list(chain.from_iterable(names))
        numbers = [known.get(name, NOBODY) for name in named]
        if NOBODY in numbers:
            each = zip(named, numbers, strict=True)
            numbers = [self._number(name, batch) if number == NOBODY else number for name, number in each]
        ends = np.array(numbers, dtype=np.int64).reshape(len(rows), -1)
        for place in np.flatnonzero((ends == NOBODY).any(axis=1)).tolist():
            nobody = names[place][ends[place].tolist().index(NOBODY)]
            batch.faults.append((_nobody(rows[place], nobody), True))
        right = np.flatnonzero((ends != NOBODY).all(axis=1))
        if len(right) < len(rows):
            rows, names, ends = [rows[i] for i in right], [names[i] for i in right], ends[right]
        told = [self._said(row) for row in rows]
        digests = digests_of(names, [self._front + text for text, _ in told])
        self._add_new(batch, rows, [says for _, says in told], digests, ends)

    def _add_new(self, batch: Batch, rows: Sequence[Row], says: list[Said], digests: Numbers, ends: Numbers) -> None:
        """Keep of these rows those that say something new."""
        new = self._seen[cast(Table, batch.table)].add(digests, np.arange(len(rows))) < 0
        batch.says = says
        if not new.all():
            batch.faults += [(_doubled(row), True) for row, first in zip(rows, new, strict=True) if not first]
            batch.says = [one for one, first in zip(says, new, strict=True) if first]
        batch.digests, batch.ends = digests[new], ends[new].T
        batch.hidden = np.zeros(len(batch.digests), dtype=np.bool_)
        if 1 not in self._hides:  # as it is with most datasets
            return
        hides = np.frombuffer(self._hides, dtype=np.bool_)
        for end in batch.ends:
            batch.hidden[end >= 0] |= hides[end[end >= 0]]

    def _number(self, name: str, batch: Batch) -> int:
        """Return the number of an end, or `NOBODY`."""
        if batch.table is Table.FIGURES and name == SECTOR:
            return SECTOR_END
        number = self._local.get(name, self._elsewhere.get(name))
        if number is None and is_elsewhere(name):
            number = self._elsewhere[name] = -2 - len(self._elsewhere)
            batch.elsewhere.append(name)
        return NOBODY if number is None else number

    def _said(self, row: Row) -> tuple[str, Said]:
        """Return what a row says, as `said`; what it shares with others is made once."""
        record = row.says
        if row.amount is not None:
            return self._by_amount.get(cast(TieRecord, record))(row.amount, row.ref)
        return self._shared.get(cast(Kept, record)) if row.names else said(cast(Kept, record))


class _Shared(Generic[R, T]):
    """What was made of records that rows share."""

    def __init__(self, make: Callable[[R], T]) -> None:
        self._make = make
        self._made: dict[int, tuple[R, T]] = {}  # by `id` of the record, which is kept so that no other gets it

    def get(self, record: R) -> T:
        """Return what is made of a record, made once."""
        found = self._made.get(id(record))
        if found is None:
            if len(self._made) == MANY:
                self._made.clear()
            found = self._made[id(record)] = record, self._make(record)
        return found[1]


def _whole(parts: Sequence[Batch]) -> Batch:
    """Return batches of one table, or of none, as one."""
    whole = Batch()
    for part in parts:
        whole.table = whole.table or part.table
        whole.taken += part.taken
        whole.faults += part.faults
        whole.sources |= part.sources
        whole.says += part.says
        whole.ids += part.ids
        whole.elsewhere += part.elsewhere
    if full := [part for part in parts if part.table]:
        whole.digests = np.concatenate([part.digests for part in full])
        whole.ends = np.concatenate([part.ends for part in full], axis=-1)
        whole.hidden = np.concatenate([part.hidden for part in full])
    return whole


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
