"""What a write touched, so that only that is joined, counted and folded again."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from graph.folding import HELPFUL
from graph.store import Draft
from graph.stored import ActorRow, FigureRow, OfferRow, Row, Table, TieRow

BATCH = 10_000  # what a store is given or asked for at once
T = TypeVar("T")


def batches(some: Sequence[T]) -> Iterator[Sequence[T]]:
    """Yield `some` in parts that a store is given or asked for at once."""
    for start in range(0, len(some), BATCH):
        yield some[start : start + BATCH]


@dataclass(slots=True)
class Changes:
    """Nodes that a write touched, and whether the viewers can notice.

    `said`: what their records say changed. `identity`: so they may have to be joined or parted; of nodes that this write
    minted (those from `fresh` on) only who has an identifier in common with another. `tied`: a walkable tie at them came
    or went. `noticed` has the bits of the viewers that can tell the difference. `everything`: the store was empty, so all
    that it holds now is new. `new_ties`: the ends of ties that came (of a first load, only where they are the same). Of a
    first load besides: `walkable` ties, in lines of source, target and mask; `helps` that actors offer or refer for, by
    node. `self_ties`: how many ties turned out to be an actor's with itself.
    """

    everything: bool = False
    noticed: int = 0
    said: set[int] = field(default_factory=set)
    identity: set[int] = field(default_factory=set)
    tied: set[int] = field(default_factory=set)
    new_ties: list[tuple[int, int]] = field(default_factory=list)
    walkable: list[NDArray[np.int32]] = field(default_factory=list)
    helps: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    self_ties: int = 0
    fresh: int = 2**62

    def came(self, rows: Sequence[Row]) -> None:
        """Take down records of one dataset and table that came."""
        if self.everything:
            self.noticed |= rows[0].mask
        else:
            self.note(rows)
        if isinstance(rows[0], TieRow):
            self._came_ties(cast(Sequence[TieRow], rows))
        elif isinstance(rows[0], OfferRow) and self.everything:
            for row in cast(Sequence[OfferRow], rows):
                if row.stance in HELPFUL:
                    self.helps[row.n].append(row.help)

    def _came_ties(self, rows: Sequence[TieRow]) -> None:
        if not self.everything:
            self.new_ties.extend((row.source, row.target) for row in rows)
            return
        ends = np.array([[row.source for row in rows], [row.target for row in rows]], dtype=np.int32)
        self.new_ties.extend((n, n) for n in ends[0][ends[0] == ends[1]].tolist())
        walkable = np.array([row.bound for row in rows]) > 0
        self.walkable.append(
            np.concatenate([ends[:, walkable], np.full((1, np.count_nonzero(walkable)), rows[0].mask, dtype=np.int32)])
        )

    def note(self, rows: Iterable[Row]) -> None:
        """Take down records that came or went."""
        for row in rows:
            self.noticed |= row.mask
            if isinstance(row, TieRow):
                if row.bound:
                    self.tied.update((row.source, row.target))
            elif isinstance(row, ActorRow):
                self.said.add(row.n)
                if row.n < self.fresh:
                    self.identity.add(row.n)
            elif isinstance(row, OfferRow):
                self.said.add(row.n)
            elif isinstance(row, FigureRow):
                pass  # figures are folded when shown

    def drop(
        self,
        draft: Draft,
        table: Table,
        dataset: str,
        digests: Iterable[int],
        *went: Callable[[Table, Sequence[Row]], None],
    ) -> int:
        """Drop these records of a dataset and take them down; return how many. Each of `went` is told of them, some at a time."""
        gone = list(digests)
        for batch in batches(gone):
            rows = draft.drop(table, dataset, batch)
            self.note(rows)
            for tell in went:
                tell(table, rows)
        return len(gone)
