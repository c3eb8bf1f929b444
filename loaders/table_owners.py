"""Whose a column is of those whom rows name, as far as its cells tell."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from graph.text import fold
from loaders.table_cells import Cells, Sheet, empty
from loaders.table_header import Header
from loaders.table_headings import known

_OF_MEMBERS = ("leden", "lid", "initiatief", "initiatieven", "members", "collectief", "collectieven")


def lists_members(sheet: Sheet) -> bool:
    """Return whether a sheet lists members or initiatives, by its name or that of its file."""
    told = fold(f"{sheet.file} {sheet.name}").split()
    return any(word in _OF_MEMBERS for word in told)


def texts(rows: Sequence[Cells], place: int) -> list[str]:
    """Return the cells of a column that say something."""
    return [str(row[place]) for row in rows if place < len(row) and not empty(row[place])]


def is_key(rows: Sequence[Cells], name: int, place: int) -> bool:
    """Return whether a column tells who stands in that of the names, in whatever rows."""
    named = set(_pairs(rows, name, place))
    return len({value for _, value in named}) == len(named)


def strays(rows: Sequence[Cells], name: int, place: int) -> float:
    """Return which part (0–1) of the names that stand in several rows have more than one value of a column."""
    seen: dict[str, list[str]] = defaultdict(list)
    for named, value in _pairs(rows, name, place):
        seen[named].append(fold(value))
    several = [len(set(found)) > 1 for found in seen.values() if len(found) > 1]
    return sum(several) / max(len(several), 1)


def leaves_out_repeats(rows: Sequence[Cells], place: int) -> bool:
    """Return whether a column seems to say something only in the first row of those that it is of: in half of the rows at most, each time something else.

    >>> leaves_out_repeats([["A"], [""], [""], ["B"], [""]], 0), leaves_out_repeats([["A"], [""], [""], ["A"]], 0)
    (True, False)
    """
    cells = [row[place] if place < len(row) else "" for row in rows]
    said = texts(rows, place)
    return 1 < len(said) == len(set(said)) <= len(cells) / 2 and not empty(cells[0])


def are_headings(names: Sequence[str]) -> bool:
    """Return whether a column of names has names of columns: each organisation stands in a column.

    >>> are_headings(["Plaats", "KvK", "Website"]), are_headings(["Tuin", "Stichting"])
    (True, False)
    """
    return known(Header(1, tuple(names))) > max(1, len(names) / 2)


def of_matrix(header: Header, rows: Sequence[Cells]) -> list[str]:
    """Return the columns that are called as rows are, of a table of who has to do with whom.

    >>> of_matrix(Header(1, ("kolom A", "Tuin", "Huis")), [["Tuin", "", "x"], ["Huis", "x", ""]])
    ['Tuin', 'Huis']
    """
    called = {fold(str(row[0])) for row in rows if row}
    found = [column for column in header.names[1:] if fold(column) in called]
    return found if len(found) > 1 and 2 * len(found) >= len(called) else []


def are_codes(examples: Sequence[str]) -> bool:
    """Return whether cells are codes of municipalities, and no names."""
    return all(re.fullmatch(r"(GM)?\s*\d+", example.strip()) for example in examples)


def _pairs(rows: Sequence[Cells], name: int, place: int) -> Iterator[tuple[str, str]]:
    """Yield the names, folded, with the values that stand beside them."""
    for row in rows:
        if max(name, place) < len(row) and not empty(row[place]):
            yield fold(str(row[name])), str(row[place])
