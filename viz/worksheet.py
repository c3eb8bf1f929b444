"""A sheet of a workbook: what its cells are, row by row, how wide its columns, and that its header stays in sight.

Text is always text, also what looks like a formula or an address.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import TypeAlias

from viz.columns import FORMULA, MANY, Value, Values, clean

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LONGEST = 32_767  # characters in a cell
WIDEST, NARROWEST = 60, 8  # characters that a column shows
ROWS_AT_ONCE = 500
Cell: TypeAlias = Callable[[Value], str]  # what follows on the place of a cell


@dataclass(frozen=True)
class Column:
    """A column: the name under which rows have it, its header, and how people read its values.

    What is written of a value that is read otherwise than it is, is kept in mind, as many rows have the same.
    """

    name: str
    header: str = ""
    read: Callable[[Value], Value] | None = None

    def cell(self) -> Cell:
        """Return what writes its cells."""
        if (read := self.read) is None:
            return _inside
        return lru_cache(maxsize=MANY, typed=True)(lambda value: _inside(read(value)))

    def shown(self, value: Value) -> str:
        """Return a value as its cells show it."""
        told = self.read(value) if self.read else value
        return "; ".join(told) if isinstance(told, tuple) else str(told)


def written(columns: Sequence[Column], looked: Sequence[Values], rest: Iterable[Values]) -> Iterator[bytes]:
    """Yield a sheet: columns are as wide as the first rows ask (`looked`); if it has a header, that has filters."""
    headed = any(column.header for column in columns)
    letters = [_letter(n) for n in range(len(columns))]
    pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' if headed else ""
    cols = "".join(
        f'<col min="{n}" max="{n}" width="{_width(column, looked)}" customWidth="1"/>'
        for n, column in enumerate(columns, 1)
    )
    yield (
        f'{HEAD}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
        f"<cols>{cols}</cols><sheetData>"
    ).encode()
    parts = [_header(columns, letters)] if headed else []
    row, number = _row_of(columns, letters), len(parts)
    for values in chain(looked, rest):
        number += 1
        parts.append(row(number, values))
        if len(parts) == ROWS_AT_ONCE:
            yield "".join(parts).encode()
            parts = []
    filters = f'<autoFilter ref="A1:{letters[-1]}{number}"/>' if headed else ""
    yield f"{''.join(parts)}</sheetData>{filters}</worksheet>".encode()


def _header(columns: Sequence[Column], letters: Sequence[str]) -> str:
    cells = (f'<c r="{letter}1" s="1{_inside(column.header)}' for letter, column in zip(letters, columns, strict=True))
    return f'<row r="1">{"".join(cells)}</row>'


def _row_of(columns: Sequence[Column], letters: Sequence[str]) -> Callable[[int, Values], str]:
    """Return what writes a row."""
    nothing = [""] * len(columns)
    cells = {
        column.name: (place, f'<c r="{letter}', column.cell())
        for place, (column, letter) in enumerate(zip(columns, letters, strict=True))
    }

    def row(number: int, values: Values) -> str:
        told = nothing.copy()
        for name, value in values.items():
            place, begin, inside = cells[name]
            told[place] = f"{begin}{number}{inside(value)}"
        return f'<row r="{number}">{"".join(told)}</row>'

    return row


def _width(column: Column, rows: Iterable[Values]) -> int:
    longest = max((len(column.shown(row[column.name])) for row in rows if column.name in row), default=0)
    return min(max(longest + 2, len(column.header) + 2, NARROWEST), WIDEST)


def _letter(n: int) -> str:
    """Return the letters of the n-th column, from 0.

    >>> _letter(0), _letter(25), _letter(26)
    ('A', 'Z', 'AA')
    """
    return (_letter(n // 26 - 1) if n > 25 else "") + chr(65 + n % 26)


_MARKUP = re.compile("[_&<>\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def _inside(value: Value) -> str:
    """Return a cell from its style on, behind its place."""
    if isinstance(value, tuple):
        value = "; ".join(value)
    if not isinstance(value, str):
        return f'"><v>{value!r}</v></c>'
    if not value:
        return '"/>'
    text = value if len(value) <= LONGEST else value[: LONGEST - 1] + "…"
    style = '" s="2' if text.startswith(FORMULA) else ""
    if _MARKUP.search(text):
        text = _escaped(text)
    return f'{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _escaped(text: str) -> str:
    """Return text as a cell holds it; what a spreadsheet would read as a coded character stays as it is written."""
    text = re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", clean(text))
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
