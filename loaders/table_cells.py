"""What a sheet gives: rows of cells as they stand there, text or typed, and cells that hold nothing that can be used."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from pathlib import Path
from typing import TypeAlias


class Broken(str):
    """A cell of which the program that wrote the file kept no value: an error, or a formula that was never worked out.

    As text it is what people see there (`#REF!`, `=`).
    """

    __slots__ = ()


class Shared(float):
    """A number of a merged cell, in one of its further rows or columns: as an amount it would count again."""

    __slots__ = ()


Cell: TypeAlias = str | int | float | bool | date | time | timedelta  # a datetime is a date
Cells: TypeAlias = list[Cell]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a file: `file` as messages call it, its name (empty in a text file), and what gives its rows.

    Rows come with their number, the first of the sheet being 1; empty ones may be left out. One that is `hidden` is read only if it is named, and so
    are `hidden_columns` (their places, from 0); `hidden_rows` (their numbers), as a filter leaves them, are read. `encoding`: Python's name
    for that of a text file. Of an `older` workbook (XLS, XLSB) errors look like empty cells, and nobody can tell which columns are hidden.
    """

    path: Path
    file: str
    name: str
    read: Callable[[], Iterator[tuple[int, Cells]]]
    total: int | None = None
    hidden: bool = False
    hidden_columns: frozenset[int] = frozenset()
    hidden_rows: frozenset[int] = frozenset()
    encoding: str = ""
    older: bool = False

    @property
    def place(self) -> tuple[str, str]:
        """How messages call it, in Dutch and in English."""
        if not self.name:
            return self.file, self.file
        return f"{self.file}, blad {self.name!r}", f"{self.file}, sheet {self.name!r}"


def visible(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Return the sheets that are not hidden; all, if all are."""
    return [sheet for sheet in sheets if not sheet.hidden] or list(sheets)


def empty(cell: Cell) -> bool:
    r"""Return whether a cell says nothing.

    >>> empty(" \xa0"), empty(0), empty(False)
    (True, False, False)
    """
    return type(cell) is str and not cell.strip()  # a `Broken` one says that something is wrong
