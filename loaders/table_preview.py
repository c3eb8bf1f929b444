"""The first rows of a spreadsheet as they would become, each by itself, and why not."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from graph.ledger import Ledger
from graph.reading import Fault, Row, Where
from graph.records import Record
from loaders.table_cells import Cells, Sheet
from loaders.table_header import Header, below
from loaders.table_mapping import Mapping
from loaders.table_rows import NOTES, REASONS, Table, items

FIRST = 10  # rows


@dataclass(frozen=True, slots=True)
class Shown:
    """A row as it would become: the records, or its faults, or why it would be set apart (a key of `REASONS`)."""

    where: Where
    records: tuple[Record, ...]
    faults: tuple[Fault, ...]
    apart: str


def shown(sheet: Sheet, header: Header, mapping: Mapping, number: int = FIRST) -> Iterator[Shown]:
    """Yield the first rows as this mapping reads them."""
    table = Table(sheet, header, "source")
    for count, (row, cells) in enumerate(below(sheet, header)):
        if count == number:
            return
        yield _one(table, mapping, row, cells)


def _one(table: Table, mapping: Mapping, row: int, cells: Cells) -> Shown:
    ledger = Ledger(REASONS, NOTES)
    alone = replace(table, sheet=replace(table.sheet, read=lambda: iter([(row, cells)])))
    found = list(items([alone], mapping, ledger))
    records = tuple(item.record for item in found if isinstance(item, Row))
    faults = tuple(item for item in found if isinstance(item, Fault))
    return Shown(Where(table.sheet.file, row, table.sheet.name), records, faults, next(iter(ledger.set_apart), ""))


def askless(mapping: Mapping) -> Mapping:
    """Return the mapping without the ties that still ask who they are of, to show the rest."""
    return mapping.model_copy(update={"ties": [tie for tie in mapping.ties if "?" not in (tie.source, tie.target)]})
