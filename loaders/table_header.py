"""Finding the table in a sheet: the row with the names of the columns, wherever it stands, and each column in it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice
from operator import eq

from rapidfuzz import fuzz, process

from graph.errors import BadInputError
from graph.text import fold
from loaders.table_cells import Cell, Cells, Sheet, empty
from loaders.table_values import name
from loaders.table_words import meanings

_YEARS = frozenset(map(str, range(1900, 2100)))
_UNIT = re.compile(
    r"\([^()]{1,25}\)|\[[^\[\]]{1,25}\]|%|€|k€|m2|m²|(?:in )?(?:euro|eur)|in \w{1,12}|[x×] ?(?:€ ?)?1[.,]?000|datum|aantal|date|number",
    re.IGNORECASE,
)
JUST_NAMES = ("naam", "name", "nom")  # columns that are called so may have the names of anybody
LOOK = 60  # rows in which a header may stand
LIKELY = 60.0  # how alike (0–100) the new name of a column must be to be named


@dataclass(frozen=True, slots=True)
class Header:
    """The row with the names of the columns: its number, and the names (a doubled one with its number, an empty one by letter).

    If names stand in two `lines`, as under a merged cell, it is the number of the second.
    """

    row: int
    names: tuple[str, ...]
    lines: int = 1

    def place(self, column: str) -> int | None:
        """Return the place of a column; names are compared without case, accents and punctuation."""
        if column in self.names:
            return self.names.index(column)
        folded = fold(column)
        places = [place for place, known in enumerate(self.names) if fold(known) == folded]
        return places[0] if len(places) == 1 else None

    def likely(self, column: str, taken: Sequence[str]) -> str | None:
        """Return the column that most likely is what was called `column`, of those not `taken`."""
        free = {known: fold(known) for known in self.names if known not in taken}
        found = process.extractOne(fold(column), free, scorer=fuzz.WRatio, score_cutoff=LIKELY)
        return str(found[2]) if found else None


def candidates(sheet: Sheet) -> Iterator[Header]:
    """Yield the rows among the first that may be a header: those with two texts or more (or a lone one in a file of one column).

    At most half may be numbers, but for years, of which a column may have the name.
    """
    above: Cells = []
    for number, cells in islice(sheet.read(), LOOK):
        if above and (both := _joined(above, cells) or _grouped(above, cells) or _with_units(above, cells)):
            yield Header(number, names(both), lines=2)
        above = []
        said = [cell for cell in cells if not empty(cell)]
        texts = [cell for cell in said if isinstance(cell, str)]
        numbers = [cell for cell in said if not isinstance(cell, str) and not _year(cell)]
        if texts and (len(texts) > 1 or len(cells) == 1) and len(numbers) <= len(said) / 2:
            yield Header(number, names(cells))
            above = cells


def _joined(above: Cells, below: Cells) -> Cells:
    """Return the names of columns that stand in two rows; nothing if the second is no such row.

    It has years, each under what it is a year of (or, as a text file has merged cells, right of a year of the same) or under nothing, and otherwise
    nothing that is not above it too, or under nothing.
    """
    wide = max(len(above), len(below))
    pairs = list(zip(*([*row, *[""] * (wide - len(row))] for row in (above, below)), strict=True))
    years = [_year(other) for _, other in pairs]
    others = [pair for pair, year in zip(pairs, years, strict=True) if not year and not empty(pair[1])]
    if not any(years) or years[0] or all(map(empty, pairs[0])) or any(one not in ("", other) for one, other in others):
        return []
    named = list[str]()
    of = ""  # what the last year is one of
    for (one, other), year in zip(pairs, years, strict=True):
        of = (of if year and empty(one) else str(one)) if year else ""
        named.append(" ".join(filter(None, (of, year))) if year else str(other if empty(one) else one))
    return [*named]


def _with_units(above: Cells, below: Cells) -> Cells:
    """Return the names of columns with what the row below says they count in; nothing if it says something else.

    >>> (
    ...     _with_units(["Naam", "Subsidie", "Leden"], ["", "(x € 1.000)", "(aantal)"]),
    ...     _with_units(["Naam"], ["(Particulier)"]),
    ... )
    (['Naam', 'Subsidie (x € 1.000)', 'Leden (aantal)'], [])
    """
    if len(below) > len(above) or all(map(empty, below)):
        return []
    both = list(zip(above, [*below, *[""] * (len(above) - len(below))], strict=True))
    if not all(
        empty(unit) or (_is_unit(unit) and not empty(name) and not _names_somebody(fold(str(name))))
        for name, unit in both
    ):
        return []
    return [name if empty(unit) else f"{name} {unit}" for name, unit in both]


def _is_unit(cell: Cell) -> bool:
    return isinstance(cell, str) and _UNIT.fullmatch(cell.strip()) is not None


def _grouped(above: Sequence[Cell], below: Cells) -> Cells:
    """Return the names of columns where the row above tells of whom they are, as it must: of two that are called 'Plaats', or of one just 'Naam'.

    Nothing if there are no such, or the row above does not name two or more.
    """
    groups = list(accumulate(above, _onward))
    groups += groups[-1:] * (len(below) - len(groups))
    whose = [fold(str(group)) for group in groups]
    parts = [fold(str(cell)) for cell in below]
    unclear = [part in meanings() and (part in JUST_NAMES or parts.count(part) > 1) for part in parts]
    if len(set(whose)) < 2 or not any(unclear) or any(map(eq, whose, parts)):
        return []
    both = zip(groups, below, whose, unclear, strict=False)
    return [f"{group} {cell}" if it and _names_somebody(who) else cell for group, cell, who, it in both]


def _onward(last: Cell, cell: Cell) -> Cell:
    return last if empty(cell) else cell


def _names_somebody(column: str) -> bool:
    """Return whether a column that is called so (folded) has names."""
    return column in meanings() and meanings()[column].field == "name"


def _year(cell: Cell) -> str:
    plain = str(cell).strip().removesuffix(".0")
    return plain if plain in _YEARS else ""


def names(cells: Cells) -> tuple[str, ...]:
    """Return the names of columns, each another: `Naam`, `Naam (2)`; one without a name by its letter, `kolom C`."""
    found: list[str] = []
    for place, cell in enumerate(cells):
        try:
            plain = name(cell)
        except BadInputError:
            plain = ""
        plain = plain or f"kolom {letter(place)}"
        number = 2
        base = plain
        while plain in found:
            plain, number = f"{base} ({number})", number + 1
        found.append(plain)
    return tuple(found)


def letter(place: int) -> str:
    """Return how a spreadsheet calls a column.

    >>> letter(0), letter(27)
    ('A', 'AB')
    """
    return (letter(place // 26 - 1) if place >= 26 else "") + chr(65 + place % 26)


def find(sheet: Sheet, columns: Sequence[str]) -> tuple[Header | None, int]:
    """Return the header that has most of these columns, and how many it has."""
    best: tuple[Header | None, int] = None, 0
    for header in candidates(sheet):
        number = sum(header.place(column) is not None for column in columns)
        if number > best[1]:
            best = header, number
        if number == len(columns):
            break
    return best


def below(sheet: Sheet, header: Header) -> Iterator[tuple[int, Cells]]:
    """Yield the rows under the header that say something."""
    for row, cells in sheet.read():
        if row > header.row and not all(map(empty, cells)):
            yield row, cells
