"""Makes spreadsheets for tests. All names in them are made up."""

import zipfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
from openpyxl.worksheet.cell_range import CellRange


def xlsx(path: Path, sheets: dict[str, Sequence[Sequence[object]]], merged: Iterable[tuple[str, str]] = ()) -> Path:
    """Write a workbook; `merged` are pairs of a sheet and a range."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    for title, cells in merged:
        book[title].merge_cells(cells)
    book.save(path)
    return path


def ods(path: Path, sheets: dict[str, Sequence[Sequence[object]]], merged: Iterable[tuple[str, str]] = ()) -> Path:
    """Write a workbook as LibreOffice does, as far as its cells go; `merged` as for `xlsx`."""
    wide = {title: [CellRange(cells) for name, cells in merged if name == title] for title in sheets}
    tables = "".join(
        f'<table:table table:name="{escape(title)}">{_ods_rows(rows, wide[title])}</table:table>'
        for title, rows in sheets.items()
    )
    names = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{names}><office:body>'
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", kind, zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)
    return path


def edited(path: Path, change: Callable[[str], str]) -> Path:
    """Change the content of an ODS."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    parts["content.xml"] = change(parts["content.xml"])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


def _ods_rows(rows: Sequence[Sequence[object]], merged: Sequence[CellRange]) -> str:
    return "".join(
        f"<table:table-row>{''.join(_ods_cell(value, (n, m), merged) for m, value in enumerate(row, 1))}</table:table-row>"
        for n, row in enumerate(rows, 1)
    )


def _ods_cell(value: object, place: tuple[int, int], merged: Sequence[CellRange]) -> str:
    spans = ""
    for cells in merged:
        if place == (cells.min_row, cells.min_col):
            down, right = cells.size["rows"], cells.size["columns"]
            spans = f' table:number-rows-spanned="{down}" table:number-columns-spanned="{right}"'
        elif cells.min_row <= place[0] <= cells.max_row and cells.min_col <= place[1] <= cells.max_col:
            return "<table:covered-table-cell/>"
    if value is None:
        return f"<table:table-cell{spans}/>"
    text = escape(str(value))
    kind = f'float" office:value="{value}' if isinstance(value, int | float) else "string"
    return f'<table:table-cell{spans} office:value-type="{kind}"><text:p>{text}</text:p></table:table-cell>'
