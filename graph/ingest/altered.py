"""Altered records: those that say something else than before of the same.

A row that changed is one record gone and one new, as records are found again by a digest of all that they say. Readers
are told of the pair: that it changed. Two records of a table are of the same if they agree on:

- an actor: its node
- a tie: its ends, kind and `ref` (what a tie is)
- an offer: the actor, stance and help
- a figure: the actor, what it counts and the year
"""

from collections.abc import Iterable, Sequence

import numpy as np
from pydantic_core import from_json

from graph.numbers import NONE, Numbers
from graph.stored import ActorRow, FigureRow, OfferRow, Row, Table, TieRow


class Altered:
    """What the records that came and went in one load are about, as hashes: eight bytes for each."""

    def __init__(self) -> None:
        """Begin with none."""
        self._came: dict[Table, list[Numbers]] = {table: [] for table in Table}
        self._went: dict[Table, list[Numbers]] = {table: [] for table in Table}

    def came(self, table: Table, rows: Sequence[Row]) -> None:
        """Take down records that are new."""
        self._came[table].append(_about(rows))

    def went(self, table: Table, rows: Sequence[Row]) -> None:
        """Take down records that are gone."""
        self._went[table].append(_about(rows))

    def count(self, table: Table) -> int:
        """Return how many pairs there are of one that came and one that went, about the same."""
        came, of_came = _counted(self._came[table])
        went, of_went = _counted(self._went[table])
        _, here, there = np.intersect1d(came, went, assume_unique=True, return_indices=True)
        return int(np.minimum(of_came[here], of_went[there]).sum())


def _counted(parts: Iterable[Numbers]) -> tuple[Numbers, Numbers]:
    numbers, times = np.unique(np.concatenate([NONE, *parts]), return_counts=True)
    return numbers, times.astype(np.int64)


def _about(rows: Sequence[Row]) -> Numbers:
    return np.fromiter((hash(_same(row)) for row in rows), dtype=np.int64, count=len(rows))


def _same(row: Row) -> tuple[object, ...]:
    """Return what a record is about, whatever it says of it."""
    match row:
        case ActorRow():
            return (row.n,)
        case TieRow():
            return row.source, row.kind, row.target, row.ref
        case OfferRow():
            return row.n, row.stance, row.help
        case FigureRow():
            says = from_json(row.body)
            return row.n, says["what"], says.get("year")
