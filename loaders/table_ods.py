"""Merged cells of an ODS workbook, what is hidden in it, and errors, which calamine does not tell of: found by going through its content."""

import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple
from xml.parsers import expat

from loaders.table_hidden import MOST_COLUMNS, MOST_ROWS, Hidden
from loaders.table_words import is_error

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "  # LibreOffice's own
_CONTENT = "content.xml"
_BLOCK = 1 << 20
MOST_SHOWN, MOST_REPEATED = 100, 1_000  # letters of a cell that may be an error, and rows and columns that repeat one

Range = tuple[tuple[int, int], tuple[int, int]]  # the first and the last row and column, from 0


class Odd(NamedTuple):
    """The ranges of cells of a sheet that are one, what is hidden, and what cells show that are errors."""

    merged: list[Range]
    columns: set[int]
    rows: set[int]
    broken: dict[tuple[int, int], str]

    @property
    def hidden(self) -> Hidden:
        """What is hidden, by columns and rows."""
        return Hidden(frozenset(self.columns), frozenset(self.rows))


def odd(path: Path) -> Mapping[str, Odd]:
    """Return by sheet what calamine does not tell; nothing if it is no ODS, or has nothing of the sort."""
    with zipfile.ZipFile(path) as archive:
        if _CONTENT not in archive.namelist() or not any(map(_is_odd, _blocks(archive))):
            return {}
        walk = _Walk()
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler, parser.EndElementHandler = walk.start, walk.end
        parser.CharacterDataHandler = walk.text
        try:
            for block in _blocks(archive):
                parser.Parse(block)
        except expat.ExpatError:  # calamine tells what is wrong with it
            return {}
        return walk.found


def _is_odd(block: bytes) -> bool:
    return any(mark in block for mark in (b"-spanned=", b"visibility=", b'value-type="error"', b">#"))


def _blocks(archive: zipfile.ZipFile) -> Iterator[bytes]:
    """Yield the content, in blocks."""
    with archive.open(_CONTENT) as file:
        while block := file.read(_BLOCK):
            yield block


class _Walk:
    """Keeps where one is in the workbook, which cells reach over others, and what is hidden."""

    def __init__(self) -> None:
        self.found: dict[str, Odd] = {}
        self._sheet = Odd([], set(), set(), {})
        self._row = self._column = self._rows = self._columns = 0
        self._said, self._is_error = "", False  # of a cell

    def start(self, name: str, said: dict[str, str]) -> None:
        """Take the beginning of an element."""
        kind = name.removeprefix(_TABLE)
        if kind == "table":
            self._sheet = self.found.setdefault(said.get(f"{_TABLE}name", ""), Odd([], set(), set(), {}))
            self._row = self._column = 0
        elif kind == "table-column":
            after = self._column + _number(said, "number-columns-repeated")
            if _is_hidden(said):
                self._sheet.columns.update(range(self._column, min(after, MOST_COLUMNS)))
            self._column = after
        elif kind == "table-row":
            self._column, self._rows = 0, _number(said, "number-rows-repeated")
            if _is_hidden(said):
                self._sheet.rows.update(range(self._row + 1, min(self._row + self._rows, MOST_ROWS) + 1))
        elif kind in ("table-cell", "covered-table-cell"):
            down, right = _number(said, "number-rows-spanned"), _number(said, "number-columns-spanned")
            if (down, right) != (1, 1):
                last = self._row + down - 1, self._column + right - 1
                self._sheet.merged.append(((self._row, self._column), last))
            self._said, self._is_error = "", said.get(f"{_CALC}value-type") == "error"
            self._columns = _number(said, "number-columns-repeated")
            self._column += self._columns

    def text(self, said: str) -> None:
        """Take what is said between elements."""
        self._said += said if len(self._said) < MOST_SHOWN else ""

    def end(self, name: str) -> None:
        """Take the end of an element."""
        if name == f"{_TABLE}table-row":
            self._row += self._rows
        elif name == f"{_TABLE}table-cell" and (self._is_error or is_error(self._said)):
            for row in range(self._row, self._row + min(self._rows, MOST_REPEATED)):
                first = self._column - self._columns
                columns = range(first, first + min(self._columns, MOST_REPEATED))
                self._sheet.broken.update(dict.fromkeys(((row, column) for column in columns), self._said or "#"))


def _is_hidden(said: Mapping[str, str]) -> bool:
    return said.get(f"{_TABLE}visibility") in ("collapse", "filter")


def _number(said: Mapping[str, str], name: str) -> int:
    text = said.get(f"{_TABLE}{name}", "1")
    return int(text) if text.isdecimal() and len(text) < 9 else 1
