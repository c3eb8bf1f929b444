"""Merged cells of an ODS workbook, and what is hidden in it, which calamine does not tell of: found by going through its content."""

import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple
from xml.parsers import expat

from loaders.table_hidden import MOST_COLUMNS, MOST_ROWS, Hidden

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_CONTENT = "content.xml"
_BLOCK = 1 << 20

Range = tuple[tuple[int, int], tuple[int, int]]  # the first and the last row and column, from 0


class Odd(NamedTuple):
    """The ranges of cells of a sheet that are one, and what is hidden."""

    merged: list[Range]
    columns: set[int]
    rows: set[int]

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
        try:
            for block in _blocks(archive):
                parser.Parse(block)
        except expat.ExpatError:  # calamine tells what is wrong with it
            return {}
        return walk.found


def _is_odd(block: bytes) -> bool:
    return b"-spanned=" in block or b"visibility=" in block


def _blocks(archive: zipfile.ZipFile) -> Iterator[bytes]:
    """Yield the content, in blocks."""
    with archive.open(_CONTENT) as file:
        while block := file.read(_BLOCK):
            yield block


class _Walk:
    """Keeps where one is in the workbook, which cells reach over others, and what is hidden."""

    def __init__(self) -> None:
        self.found: dict[str, Odd] = {}
        self._sheet = Odd([], set(), set())
        self._row = self._column = self._rows = 0

    def start(self, name: str, said: dict[str, str]) -> None:
        """Take the beginning of an element."""
        kind = name.removeprefix(_TABLE)
        if kind == "table":
            self._sheet = self.found.setdefault(said.get(f"{_TABLE}name", ""), Odd([], set(), set()))
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
            self._column += _number(said, "number-columns-repeated")

    def end(self, name: str) -> None:
        """Take the end of an element."""
        if name == f"{_TABLE}table-row":
            self._row += self._rows


def _is_hidden(said: Mapping[str, str]) -> bool:
    return said.get(f"{_TABLE}visibility") in ("collapse", "filter")


def _number(said: Mapping[str, str], name: str) -> int:
    text = said.get(f"{_TABLE}{name}", "1")
    return int(text) if text.isdecimal() and len(text) < 9 else 1
