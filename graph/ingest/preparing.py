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
from graph.ingest.rows import TABLES, Kept, Said, digests_of, named, said, worth
from graph.model import EVERYONE
from graph.numbers import NONE, Flags, Numbers, Seen
from graph.reading import Fault, Row
from graph.records import SECTOR, ActorRecord, SourceRecord, TieRecord
from graph.store import Table

NOBODY = -(2**62)
STRETCH = 500
FIRST = 2_000  # rows of the first batch
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
        texts = []
        for row in rows:
            local, name = row.names or row.says.names
            if local in self._local:
                batch.faults.append((_doubled(row), True))
                continue
            self._local[local] = len(self._local)
            text, says = self._said(row)
            if row.names:
                says = named(cast(ActorRecord, row.says), says, local, name)
                text = f"{self._mask}\0{says[-1]}"
            self._hides.append(says[1] != EVERYONE)
            texts.append(text)
            batch.ids.append(local)
            batch.says.append(says)
        batch.digests = digests_of([(one,) for one in batch.ids], texts)
        batch.hidden = np.array(self._hides[len(self._hides) - len(texts) :], dtype=np.bool_)

    def _add_about(self, batch: Batch, rows: list[Row]) -> None:
        """Add ties, offers or figures."""
        names = [row.names or row.says.names for row in rows]
        known = {} if batch.table is Table.FIGURES else self._local  # a figure may be about the sector
        named = [name for some in names for name in some]
        numbers = [known.get(name, NOBODY) for name in named]
        if NOBODY in numbers:
            told = zip(named, numbers, strict=True)
            numbers = [self._number(name, batch) if number == NOBODY else number for name, number in told]
        ends = np.array(numbers, dtype=np.int64).reshape(len(rows), -1)
        for place in np.flatnonzero((ends == NOBODY).any(axis=1)).tolist():
            nobody = names[place][ends[place].tolist().index(NOBODY)]
            batch.faults.append((_nobody(rows[place], nobody), True))
        right = np.flatnonzero((ends != NOBODY).all(axis=1))
        if len(right) < len(rows):
            rows, names, ends = [rows[i] for i in right], [names[i] for i in right], ends[right]
        said = [self._said(row) for row in rows]
        digests = digests_of(names, [text for text, _ in said])
        self._add_new(batch, rows, [says for _, says in said], digests, ends)

    def _add_new(self, batch: Batch, rows: Sequence[Row], says: list[Said], digests: Numbers, ends: Numbers) -> None:
        """Keep of these rows those that say something new."""
        new = self._seen[cast(Table, batch.table)].add(digests, np.arange(len(rows))) < 0
        batch.says = says
        if not new.all():
            batch.faults += [(_doubled(row), True) for row, first in zip(rows, new, strict=True) if not first]
            batch.says = [one for one, first in zip(says, new, strict=True) if first]
        batch.digests, batch.ends = digests[new], ends[new].T
        hides = np.array(self._hides, dtype=np.bool_)
        batch.hidden = np.zeros(len(batch.digests), dtype=np.bool_)
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
        """Return what a row says, to whom it is said in front; made once if others say the same."""
        shared = self._shared.get(id(row.says))
        told = shared[1] if shared else self._told(row)
        if row.amount is None:
            return told
        text, says = worth(cast(TieRecord, row.says), told[1], row.amount)
        return f"{self._mask}\0{text}", says

    def _told(self, row: Row) -> tuple[str, Said]:
        record = cast(Kept, row.says)
        text, says = said(record)
        told = f"{self._mask}\0{text}", says
        if row.names:
            if len(self._shared) == MANY:
                self._shared.clear()
            self._shared[id(record)] = record, told
        return told


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
