"""Spreadsheets: any XLSX, ODS, CSV or TSV, read by a mapping of its columns. `docs/tables.md` tells how."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from graph.errors import LoadError
from graph.ledger import Ledger
from graph.reading import Fault, Reading, Row, Where
from graph.records import DatasetRecord, SourceRecord
from graph.text import slug
from loaders import table_mapping
from loaders.options import Options
from loaders.table_cells import Sheet
from loaders.table_files import opened
from loaders.table_header import Header, find
from loaders.table_mapping import Mapping
from loaders.table_rows import NOTES, REASONS, Table, items
from loaders.tables import refuse


def load(paths: Sequence[Path], options: Options) -> Reading:
    """Read spreadsheets as one dataset, by the mapping that `options` names.

    Raises:
        LoadError: A file or the mapping cannot be read, or columns of the mapping are not there; the message tells all.
    """
    if options.mapping is None:
        raise LoadError(
            nl=f"Geef met --mapping een bestand dat zegt wat de kolommen betekenen. Maak er een met: weefsel mapping {paths[0]}"
            " --save mapping.toml",
            en=f"Give a file with --mapping that says what the columns mean. Make one with: weefsel mapping {paths[0]} --save"
            " mapping.toml",
        )
    mapping = table_mapping.read(options.mapping)
    return reading(paths, mapping, options.audience)


def reading(paths: Sequence[Path], mapping: Mapping, audience: str = "") -> Reading:
    """Return what a mapping reads of files; `audience` goes before what the mapping says.

    Raises:
        LoadError: As `load`.
    """
    ledger = Ledger(REASONS, NOTES)
    stated = {key: value for key, value in mapping.dataset.items() if key in DatasetRecord.model_fields}
    refuse(table_mapping.of_audience(mapping.reading, audience or str(stated.get("audience", "staff"))))
    sheets = opened(paths)
    tables = list(_tables(sheets, mapping, ledger))
    return Reading(
        dataset=stated,
        items=_items(tables, mapping, ledger, stated),
        tables={table.sheet.file: table.header.names for table in tables},
        ledger=ledger,
    )


def _tables(sheets: Sequence[Sheet], mapping: Mapping, ledger: Ledger) -> Iterator[Table]:
    """Yield the sheets that the mapping reads, with their headers; note the others and the columns that are not read.

    Raises:
        LoadError: A sheet that is named, or a column, is not there.
    """
    wanted = mapping.columns()
    faults: list[Fault] = []
    found = [(sheet, *find(sheet, wanted)) for sheet in sheets if not mapping.sheets or sheet.name in mapping.sheets]
    most = max((number for _, _, number in found), default=0)
    for sheet, header, number in found:
        if header and number == len(wanted):
            _unread_columns(ledger, sheet, header, mapping)
            yield Table(sheet, header, _source_id(sheet))
        elif mapping.sheets or (header and number == most):
            faults += _missing(sheet, header or Header(1, ()), wanted)
        else:
            _unread(ledger, sheet, "dit blad heeft de kolommen niet", "this sheet lacks the columns")
    for sheet in sheets:
        if mapping.sheets and sheet.name not in mapping.sheets:
            _unread(ledger, sheet, "dit blad staat niet in de mapping", "this sheet is not in the mapping")
    refuse(faults if found and most else [_no_table(sheets, mapping)])


def _no_table(sheets: Sequence[Sheet], mapping: Mapping) -> Fault:
    wanted, names = ", ".join(mapping.columns()), ", ".join(sheet.name for sheet in sheets if sheet.name) or "-"
    nl = f"er is geen blad met de kolommen {wanted} (bladen: {names}); kijk met: weefsel mapping"
    en = f"there is no sheet with the columns {wanted} (sheets: {names}); look with: weefsel mapping"
    return Fault(Where(sheets[0].file if sheets else "-", 1), "", nl, en)


def _unread_columns(ledger: Ledger, sheet: Sheet, header: Header, mapping: Mapping) -> None:
    known = {header.place(column) for column in (*mapping.columns(), *mapping.ignored)}
    for place, column in enumerate(header.names):
        if place not in known and not column.startswith("kolom "):
            _unread(ledger, sheet, f"kolom {column!r}", f"column {column!r}")


def _missing(sheet: Sheet, header: Header, wanted: Sequence[str]) -> Iterator[Fault]:
    """Yield the columns that are not there, each with what it is likely called now."""
    there = [name for column in wanted if (place := header.place(column)) is not None for name in [header.names[place]]]
    where = Where(sheet.file, header.row, sheet.name)
    for column in wanted:
        if header.place(column) is None:
            near = header.likely(column, there)
            nl = f"deze kolom is er niet meer{f'; ze heet nu misschien {near!r}' if near else ''}. Pas de mapping aan"
            en = f"this column is no longer there{f'; it may be called {near!r} now' if near else ''}. Change the mapping"
            yield Fault(where, column, nl, en)


def _unread(ledger: Ledger, sheet: Sheet, nl: str, en: str) -> None:
    place_nl = f"{sheet.file}{f', blad {sheet.name!r}' if sheet.name else ''}"
    place_en = f"{sheet.file}{f', sheet {sheet.name!r}' if sheet.name else ''}"
    ledger.note("unread", (f"{place_nl}: {nl}, niet gelezen.", f"{place_en}: {en}, not read."))


def _source_id(sheet: Sheet) -> str:
    return slug(Path(sheet.file).stem) or "bestand"


def _items(
    tables: Sequence[Table], mapping: Mapping, ledger: Ledger, stated: dict[str, object]
) -> Iterator[Row | Fault]:
    for cites, table in {table.cites: table for table in tables}.items():
        said = {key: stated.get(key) for key in ("date", "url", "licence")}
        title = str(stated.get("title") or table.sheet.file)
        record = SourceRecord.model_validate({"id": cites, "title": title, "file": table.sheet.file, **said})
        yield Row(record, Where(table.sheet.file, 1))
    yield from items(tables, mapping, ledger)
