"""The first rows of a spreadsheet as they would become, each by itself, and why not."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from graph.ledger import Ledger
from graph.reading import Fault, Row, Where
from graph.records import Record
from loaders.table_body import body
from loaders.table_cells import Cells, Sheet
from loaders.table_header import Header
from loaders.table_mapping import ASK, Mapping
from loaders.table_rows import Table, items
from loaders.table_told import NOTES, REASONS

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
    table = Table(sheet, header, mapping, "source")
    for row, cells, why in islice(body(sheet, header), number):
        yield Shown(Where(sheet.file, row, sheet.name), (), (), why) if why else _one(table, row, cells)


def _one(table: Table, row: int, cells: Cells) -> Shown:
    ledger = Ledger(REASONS, NOTES)
    alone = replace(table, sheet=replace(table.sheet, read=lambda: iter([(row, cells)])))
    found = list(items([alone], ledger))
    records = tuple(item.record for item in found if isinstance(item, Row))
    faults = tuple(item for item in found if isinstance(item, Fault))
    return Shown(Where(table.sheet.file, row, table.sheet.name), records, faults, next(iter(ledger.set_apart), ""))


def askless(mapping: Mapping) -> Mapping:
    """Return the mapping without what still asks (ties of whom, what words are), to show the rest."""
    ties = [tie for tie in mapping.ties if ASK not in (tie.source, tie.target, tie.kind)]
    words = {word: "" if id_ == ASK else id_ for word, id_ in mapping.words.items()}
    relations = {word: means for word, means in mapping.relations.items() if means != ASK}
    return mapping.model_copy(update={"ties": ties, "words": words, "relations": relations})
