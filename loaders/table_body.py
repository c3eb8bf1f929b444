"""The rows of a table under its header, apart from what stands under the table: remarks, a legend, another table."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import TypeAlias

from graph.text import fold
from loaders.table_cells import Cells, Sheet, empty
from loaders.table_header import Header, below, names
from loaders.table_headings import known
from loaders.table_values import is_footnote
from loaders.table_words import adds_up, nobody

Numbered: TypeAlias = tuple[int, Cells]
UNDER = "under"  # why a row is none of the table: a key of `REASONS`
SAMPLE = 2_000  # rows that are looked at to see what columns mean
_FIRST = 50  # rows that tell how many cells those of a table have


def body(sheet: Sheet, header: Header) -> Iterator[tuple[int, Cells, str]]:
    """Yield the rows under the header that say something, each with why it is none of the table, or nothing.

    Where the rows of a table have several cells, what stands under it after an empty row, or from a footnote, is none of it: rows of one
    cell, down to the end; and all from the names of other columns, or a word such as 'Legenda'.
    """
    rows = below(sheet, header)
    if not of_several_cells(sheet, header):
        yield from _each(rows, "")
        return
    last, before, gap = header.row, Cells(), False
    lone = list[Numbered]()  # after an empty row; whether they are of the table is seen by what follows
    for row, cells in rows:
        if (row > last + 1 and _is_gap(last, before, row)) or _is_remark(cells):
            gap = True
        last, before = row, cells
        if not gap:
            yield row, cells, ""
        elif _begins_another(cells, header):
            yield from _each([*lone, (row, cells)], UNDER)
            yield from _each(rows, UNDER)
            return
        elif is_alone(cells):
            lone.append((row, cells))
        else:
            yield from _each([*lone, (row, cells)], "")
            gap, lone = False, []
    yield from _each(lone, UNDER)


def sample(sheet: Sheet, header: Header) -> list[Cells]:
    """Return the first rows of the table, to see what its columns mean; lines that add up others tell nothing of that."""
    first = replace(sheet, read=lambda: islice(sheet.read(), header.row + SAMPLE))
    return [cells for _, cells, why in body(first, header) if not (why or adds_up(cells) or _repeats(cells, header))]


def of_several_cells(sheet: Sheet, header: Header) -> bool:
    """Return whether most rows have more cells than one, of the first ones down to an empty row."""
    alone, last, before = list[bool](), header.row, Cells()
    for row, cells in islice(below(sheet, header), _FIRST):
        if alone and _is_gap(last, before, row):
            break
        last, before = row, cells
        alone.append(is_alone(cells))
    return sum(alone) <= len(alone) / 2


def is_alone(cells: Cells) -> bool:
    """Return whether a row has one cell that says something.

    >>> is_alone(["", "Regio Noord", ""]), is_alone(["Tuin", "Ede", ""])
    (True, False)
    """
    one = False
    for cell in cells:
        if not empty(cell):
            if one:
                return False
            one = True
    return one


def _repeats(cells: Cells, header: Header) -> bool:
    """Return whether a row has the names of the columns."""
    return all(empty(cell) or fold(str(cell)) == fold(name) for cell, name in zip(cells, header.names, strict=False))


def _each(rows: Iterable[Numbered], why: str) -> Iterator[tuple[int, Cells, str]]:
    for row, cells in rows:
        yield row, cells, why


def _is_gap(last: int, before: Cells, row: int) -> bool:
    """Return whether empty rows stand between two; in a text file a row may have several lines."""
    return row > last + 1 and row > last + 1 + sum(cell.count("\n") for cell in before if isinstance(cell, str))


def _is_remark(cells: Cells) -> bool:
    """Return whether a row is a footnote, or a word for what stands under a table."""
    if not is_alone(cells):
        return False
    text = str(next(cell for cell in cells if not empty(cell)))
    return is_footnote(text) or nobody(text) == UNDER


def _begins_another(cells: Cells, header: Header) -> bool:
    """Return whether a row has names of columns that are not those of the header, or a word for what stands under a table."""
    said = [cell for cell in cells if not empty(cell)]
    if len(said) == 1:
        return nobody(str(said[0])) == UNDER
    other = names(cells)
    return (
        all(isinstance(cell, str) for cell in said)
        and known(Header(1, tuple(name for name, cell in zip(other, cells, strict=True) if not empty(cell)))) > 1
        and any(not empty(cell) and name not in header.names for name, cell in zip(other, cells, strict=True))
    )
