"""Merged cells of an ODS workbook, which calamine does not tell of: found by going through its content."""

import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.parsers import expat

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_CONTENT = "content.xml"
_BLOCK = 1 << 20

Range = tuple[tuple[int, int], tuple[int, int]]  # the first and the last row and column, from 0


def merged(path: Path) -> Mapping[str, list[Range]]:
    """Return by sheet the ranges of cells that are one; none if it is no ODS."""
    with zipfile.ZipFile(path) as archive:
        if _CONTENT not in archive.namelist() or not any(b"-spanned=" in block for block in _blocks(archive)):
            return {}
        spans = _Spans()
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler, parser.EndElementHandler = spans.start, spans.end
        try:
            for block in _blocks(archive):
                parser.Parse(block)
        except expat.ExpatError:  # calamine tells what is wrong with it
            return {}
        return spans.found


def _blocks(archive: zipfile.ZipFile) -> Iterator[bytes]:
    """Yield the content, in blocks."""
    with archive.open(_CONTENT) as file:
        while block := file.read(_BLOCK):
            yield block


class _Spans:
    """Keeps where one is in the workbook, and which cells reach over others."""

    def __init__(self) -> None:
        self.found: dict[str, list[Range]] = {}
        self._sheet: list[Range] = []
        self._row = self._column = self._rows = 0

    def start(self, name: str, said: dict[str, str]) -> None:
        """Take the beginning of an element."""
        kind = name.removeprefix(_TABLE)
        if kind == "table":
            self._sheet = self.found.setdefault(said.get(f"{_TABLE}name", ""), [])
            self._row = 0
        elif kind == "table-row":
            self._column, self._rows = 0, _number(said, "number-rows-repeated")
        elif kind in ("table-cell", "covered-table-cell"):
            down, right = _number(said, "number-rows-spanned"), _number(said, "number-columns-spanned")
            if (down, right) != (1, 1):
                last = self._row + down - 1, self._column + right - 1
                self._sheet.append(((self._row, self._column), last))
            self._column += _number(said, "number-columns-repeated")

    def end(self, name: str) -> None:
        """Take the end of an element."""
        if name == f"{_TABLE}table-row":
            self._row += self._rows


def _number(said: Mapping[str, str], name: str) -> int:
    text = said.get(f"{_TABLE}{name}", "1")
    return int(text) if text.isdecimal() and len(text) < 9 else 1
