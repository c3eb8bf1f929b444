"""Makes spreadsheets for tests. All names in them are made up."""

import struct
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


def xls(path: Path, title: str, rows: Sequence[Sequence[object]]) -> Path:
    """Write a sheet of texts and numbers as Excel 97 to 2003 do, as far as its cells go; `#N/A` is an error."""
    names = [len(title), 0, *title.encode("latin-1")]
    globals_ = [_biff(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0)), b"", _biff(0x0A, b"")]
    globals_[1] = _biff(0x85, struct.pack("<IH", len(b"".join(globals_)) + 10 + len(names), 0) + bytes(names))
    cells = [_xls_cell(value, n, m) for n, row in enumerate(rows) for m, value in enumerate(row)]
    sheet = [_biff(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0)), *cells, _biff(0x0A, b"")]
    path.write_bytes(_compound("Workbook", b"".join([*globals_, *sheet])))
    return path


def _biff(number: int, data: bytes) -> bytes:
    return struct.pack("<HH", number, len(data)) + data


def _xls_cell(value: object, row: int, column: int) -> bytes:
    head = struct.pack("<HHH", row, column, 0)
    if isinstance(value, int | float):
        return _biff(0x203, head + struct.pack("<d", value))
    if value == "#N/A":
        return _biff(0x205, head + b"\x2a\x01")
    text = str(value)
    return _biff(0x204, head + struct.pack("<HB", len(text), 1) + text.encode("utf-16-le"))


def _compound(name: str, stream: bytes) -> bytes:
    """Return a compound file of one stream, of at most 60 kB: a header, a table of sectors, a directory, and the stream."""
    stream += b"\0" * (max(4096, -(-len(stream) // 512) * 512) - len(stream))
    sectors = len(stream) // 512
    chain = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, 2 + sectors), 0xFFFFFFFE]
    table = struct.pack("<128I", *chain, *[0xFFFFFFFF] * (128 - len(chain)))
    nothing = 0xFFFFFFFF

    def entry(name: str, kind: int, child: int, first: int, size: int) -> bytes:
        told = name.encode("utf-16-le")
        begin = told.ljust(64, b"\0") + struct.pack("<HBBIII", len(told) + 2, kind, 1, nothing, nothing, child)
        return begin + b"\0" * 36 + struct.pack("<IQ", first, size)

    directory = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + entry(name, 2, nothing, 2, len(stream))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)
    return head + struct.pack("<108I", *[nothing] * 108) + table + directory.ljust(512, b"\0") + stream


def xlsb(path: Path, title: str, rows: Sequence[Sequence[object]]) -> Path:
    """Write a sheet of texts and numbers as Excel does in XLSB, as far as its cells go; `#N/A` is an error."""
    book = _bin(131) + _bin(143) + _bin(156, struct.pack("<II", 0, 1) + _wide("rId1") + _wide(title)) + _bin(144)
    size = struct.pack("<IIII", 0, len(rows) - 1, 0, max(map(len, rows)) - 1)
    sheet = _bin(129) + _bin(148, size) + _bin(145)
    for n, row in enumerate(rows):
        sheet += _bin(0, struct.pack("<IIHBBBI", n, 0, 300, 0, 0, 0, 0))
        sheet += b"".join(_xlsb_cell(value, m) for m, value in enumerate(row))
    link = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="{of}" Target="{to}"/></Relationships>'
    )
    of = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", link.format(of=f"{of}officeDocument", to="xl/workbook.bin"))
        archive.writestr("xl/_rels/workbook.bin.rels", link.format(of=f"{of}worksheet", to="worksheets/sheet1.bin"))
        archive.writestr("xl/workbook.bin", book + _bin(132))
        archive.writestr("xl/worksheets/sheet1.bin", sheet + _bin(146) + _bin(130))
    return path


def _bin(number: int, data: bytes = b"") -> bytes:
    """Return a record of XLSB: its number and size in groups of seven bits, and its data."""
    begin = bytes([number]) if number < 128 else bytes([number & 127 | 128, number >> 7])
    size = len(data)
    return begin + (bytes([size]) if size < 128 else bytes([size & 127 | 128, size >> 7])) + data


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _xlsb_cell(value: object, column: int) -> bytes:
    head = struct.pack("<II", column, 0)
    if isinstance(value, int | float):
        return _bin(5, head + struct.pack("<d", value))
    return _bin(3, head + b"\x2a") if value == "#N/A" else _bin(6, head + _wide(str(value)))
