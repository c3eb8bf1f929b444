"""Columns that a mapping cites: which are there, and what the cells of a row in them say."""

from collections.abc import Callable, Sequence
from collections.abc import Mapping as ReadOnly
from operator import itemgetter
from typing import NamedTuple, TypeAlias, TypeVar

from graph.errors import BadInputError
from loaders.table_cells import Cell, Cells, empty
from loaders.table_header import Header
from loaders.table_mapping import Columns, as_list
from loaders.table_words import nothing

Parse: TypeAlias = Callable[[Cell], object]
Problem: TypeAlias = tuple[str, str, str]  # a column, and what is wrong in Dutch and in English
Values: TypeAlias = dict[str, object]
K = TypeVar("K")
T = TypeVar("T")
_JOINED = {"name": " ", "note": "\n", "size_note": "\n"}  # fields of several columns that become one text


class Cited(NamedTuple):
    """A column that fills a field: its place in the row, its name, the field, and how its cells are read."""

    place: int
    column: str
    field: str
    parse: Parse


def unless_nothing(parse: Parse) -> Parse:
    """Return how cells are read of which any text would do: those that say nothing as empty ones."""

    def read_text(cell: Cell) -> object:
        return "" if nothing(cell) else parse(cell)

    return read_text


def cited(columns: Columns, header: Header, parsers: ReadOnly[str, Parse]) -> list[Cited]:
    """Return the columns that are there, with how they are read."""
    return [
        Cited(place, column, field, parsers[field])
        for field, named in columns.items()
        for column in as_list(named)
        if (place := header.place(column)) is not None
    ]


def read(
    columns: Sequence[Cited], cells: Cells, second: Callable[[str], None] | None = None
) -> tuple[Values, list[Problem]]:
    """Return by field what the cells of a row say, and what is wrong with those that cannot be read.

    Of several columns for a field of one value the first that says something counts; `second` is told the others that say something else.
    """
    found: Values = {}
    problems: list[Problem] = []
    for place, column, field, parse in columns:
        cell = cells[place] if place < len(cells) else ""
        if empty(cell):
            continue
        try:
            value = parse(cell)
        except BadInputError as error:
            problems += [] if nothing(cell) else [(column, error.nl, error.en)]
            continue
        if value in ("", ()):
            continue
        if field in found and isinstance(value, tuple):
            found[field] = (*found[field], *value)  # type: ignore[misc] # fields of several values only
        elif field in found and field in _JOINED:
            found[field] = f"{found[field]}{_JOINED[field]}{value}"
        elif found.setdefault(field, value) != value and second:
            second(column)
    return found, problems


def kept(known: dict[K, T], key: K, value: T, most: int) -> T:
    """Keep what was found for a key, among at most so many, and return it."""
    if len(known) >= most:
        known.clear()
    known[key] = value
    return value


def picker(places: Sequence[int]) -> Callable[[Cells], object]:
    """Return what gives the cells in these places, of rows that are wide enough."""
    if places:
        return itemgetter(*places)
    return lambda cells: None
