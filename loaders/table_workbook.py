"""Workbooks: XLSX, ODS and the older XLS and XLSB, read by calamine after it is sure that they unpack to a bearable size.

Merged cells all get the value of the first of them. A formula gives the value that
was worked out when the file was saved. What has none, and what is an error (`#REF!`), becomes a `Broken` cell, so that
nobody takes it for an empty one.
"""

import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

import python_calamine as calamine

from graph.errors import LoadError
from loaders import table_ods
from loaders.table_archive import broken_cells, check, is_binary, refuse_others
from loaders.table_cells import Broken, Cell, Cells, Shared, Sheet
from loaders.table_hidden import Hidden
from loaders.table_hidden import hidden as hidden_in
from loaders.table_ods import Range

LARGEST = 200 * 2**20  # bytes of a file of the older kind, which is not packed
MOST_MERGED = 100_000  # cells that are one


class Odd(NamedTuple):
    """What calamine does not tell of a sheet: cells without a usable value, by row and column, (of ODS) merged cells, and what is hidden."""

    broken: Mapping[tuple[int, int], str]
    merged: Sequence[Range]
    hidden: Hidden


_PLAIN = Odd({}, (), Hidden())


def opened(path: Path, name: str) -> Sequence[Sheet]:
    """Return the sheets that have anything in them, hidden ones too.

    Raises:
        LoadError: It is no workbook, has a password, or unpacks to more than is bearable.
    """
    packed = zipfile.is_zipfile(path)
    if packed:
        check(path)
    elif path.stat().st_size > LARGEST:
        raise LoadError(nl="is te groot; bewaar het als XLSX of CSV", en="is too large; save it as XLSX or CSV")
    try:
        book = calamine.load_workbook(path)
    except calamine.PasswordError:
        raise LoadError(nl="heeft een wachtwoord; bewaar het zonder", en="has a password; save it without") from None
    except (calamine.CalamineError, OSError, ValueError) as error:
        if packed:
            refuse_others(path)
        raise LoadError(
            nl=f"is geen werkmap die we kunnen lezen ({error}); bewaar het als XLSX, ODS of CSV",
            en=f"is no workbook that we can read ({error}); save it as XLSX, ODS or CSV",
        ) from error
    odd = _odd(path, book.sheet_names) if packed else {}
    hidden = {known.name for known in book.sheets_metadata if known.visible != calamine.SheetVisibleEnum.Visible}
    sheets = [_sheet(path, name, book, title, odd.get(title, _PLAIN)) for title in book.sheet_names]
    older = not packed or is_binary(path)
    return [replace(sheet, hidden=sheet.name in hidden, older=older) for sheet in sheets if sheet.total]


def _odd(path: Path, titles: Sequence[str]) -> Mapping[str, Odd]:
    """Return what calamine does not tell, by sheet."""
    broken, unseen, of_ods = broken_cells(path), hidden_in(path), table_ods.odd(path)
    found = {title: Odd(broken.get(title, {}), (), unseen.get(title, Hidden())) for title in titles}
    return found | {
        title: Odd(of_ods[title].broken, of_ods[title].merged, of_ods[title].hidden)
        for title in titles
        if title in of_ods
    }


def _sheet(path: Path, name: str, book: calamine.CalamineWorkbook, title: str, odd: Odd) -> Sheet:
    try:
        sheet = book.get_sheet_by_name(title)
    except calamine.CalamineError as error:
        raise LoadError(
            nl=f"blad {title!r} is niet te lezen ({error})", en=f"sheet {title!r} cannot be read ({error})"
        ) from error
    total = sheet.end[0] + 1 if sheet.end else 0
    columns, rows = odd.hidden
    return Sheet(path, name, title, partial(_rows, sheet, odd), total, hidden_columns=columns, hidden_rows=rows)


def _rows(sheet: calamine.CalamineSheet, odd: Odd) -> Iterator[tuple[int, Cells]]:
    """Yield the rows, merged cells filled; row numbers as the spreadsheet shows them."""
    spread = _spread([*(sheet.merged_cell_ranges or ()), *odd.merged])
    bad: dict[int, list[tuple[int, str]]] = {}
    for (place, column), text in odd.broken.items():
        bad.setdefault(place, []).append((column, text))
    kept: dict[tuple[int, int], Cell] = {}
    before: Cells = [""] * (sheet.start[1] if sheet.start else 0)
    for number, cells in enumerate(sheet.iter_rows()):
        row: Cells = [*before, *cells]
        for column, text in bad.get(number, ()):
            if column < len(row):
                row[column] = Broken(text)
        for column, first in spread.get(number, ()):
            if first == (number, column):
                kept[first] = row[column]
            elif column < len(row):
                row[column] = _again(kept.get(first, ""))
        yield number + 1, row


def _again(cell: Cell) -> Cell:
    return Shared(cell) if isinstance(cell, int | float) and not isinstance(cell, bool) else cell


def _spread(merged: Iterable[Range]) -> Mapping[int, list[tuple[int, tuple[int, int]]]]:
    """Return by row the merged columns of it, each with the cell that has the value; large blocks are left alone."""
    spread: dict[int, list[tuple[int, tuple[int, int]]]] = {}
    for (top, left), (bottom, right) in merged:
        if (bottom - top + 1) * (right - left + 1) <= MOST_MERGED:
            for row in range(top, bottom + 1):
                spread.setdefault(row, []).extend((column, (top, left)) for column in range(left, right + 1))
    return spread
