"""Counting a load: rows taken, accepted, rejected, set apart; faults; what each viewer may know of the numbers."""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import TypeAlias

from graph.ingest.report import FIRST_FAULTS
from graph.model import Viewer
from graph.reading import Fault
from graph.stored import Table

Watch: TypeAlias = Callable[[int, Fault | None], None]


class Tally:
    """Numbers of one load. accepted + rejected + apart = rows, always."""

    def __init__(self, watch: Watch) -> None:
        """Start at nothing; `watch` hears of each fault, and of progress now and then."""
        self._watch = watch
        self.rows = self.accepted = self.rejected = self.apart = self.fault_count = 0
        self.faults: list[Fault] = []
        self.tables: dict[str, Counter[str]] = {table.value: Counter() for table in Table}
        self.said: dict[Viewer, Counter[str]] = {viewer: Counter() for viewer in Viewer}
        self._bad: set[tuple[str, str, int]] = set()

    def take(self, rows: int) -> None:
        """Count rows that were read."""
        self.rows += rows
        if rows:
            self._watch(self.rows, None)

    def fault(self, fault: Fault, *, counted: bool = False) -> None:
        """Note a fault; several faults of one row reject it once. `counted`: the row is among `rows` already."""
        self.fault_count += 1
        place = (fault.where.file, fault.where.sheet, fault.where.row)
        if place not in self._bad:
            self._bad.add(place)
            self.rows += not counted
            self.rejected += 1
        if len(self.faults) < FIRST_FAULTS:
            self.faults.append(fault)
        self._watch(self.rows, fault)

    def accept(self, table: Table, number: int, hidden: int) -> None:
        """Count accepted records; of `hidden` ones among them the public may not know."""
        self.accepted += number
        self.said[Viewer.STAFF][table.value] += number
        self.said[Viewer.PUBLIC][table.value] += number - hidden

    def done(self) -> None:
        """Tell the last number of rows."""
        self._watch(self.rows, None)

    def counts(self, waiting: Mapping[Viewer, int]) -> dict[str, dict[str, int]]:
        """Return what the dataset holds, and how much of it waits, for each viewer."""
        return {
            viewer.value: {**{table.value: said[table.value] for table in Table}, "waiting": waiting[viewer]}
            for viewer, said in self.said.items()
        }
