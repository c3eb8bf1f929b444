"""Whether the cells of a column can be read as what its name says."""

import re
from collections.abc import Callable, Mapping, Sequence

from graph.errors import BadInputError
from graph.text import fold
from loaders import table_codes as codes
from loaders import table_dates
from loaders import table_values as values
from loaders.pairs import DIRECTIONS
from loaders.table_cells import Cell
from loaders.table_places import areas, municipality
from loaders.table_words import member_words

MOST = 0.8  # part of the cells that must be what the name of their column says
_LEAST = {"amount": 0.5}  # the same, where a row that cannot be read had better be told than loaded without
Check = Callable[[Cell], object]


def are_directions(cells: Sequence[Cell]) -> bool:
    """Return whether cells say in which direction ties go, as Gephi and Kumu do."""
    return all(isinstance(cell, str) and cell.strip().lower() in DIRECTIONS for cell in cells)


def _with_letters(cell: Cell) -> None:
    if not re.search(r"[^\W\d_]", str(cell)):
        raise BadInputError(nl="heeft geen letters", en="has no letters")


def _no_site(cell: Cell) -> None:
    if reads(codes.website, cell) or codes.looks_like_mail(str(cell)):
        raise BadInputError(nl="is een adres op het web", en="is an address on the web")


def _as_direction(cell: Cell) -> None:
    if not are_directions([cell]):
        raise BadInputError(nl="is geen richting", en="is no direction")


def _with_town(cell: Cell) -> None:
    if not codes.town(cell):
        raise BadInputError(nl="heeft geen plaats", en="has no place")


_CHECKS: Mapping[str, Check] = {
    "name": _with_letters,
    "municipality": lambda cell: municipality(values.text(cell)),
    "area": areas,
    "kvk": codes.kvk,
    "rsin": codes.rsin,
    "kbo": codes.kbo,
    "website": codes.website,
    "mail": codes.mail,
    "phone": codes.phone,
    "lat": values.latitude,
    "lon": values.longitude,
    "themes": lambda cell: codes.words(cell, "theme", {}),
    "kind": lambda cell: codes.word(cell, "kind", {}),
    "status": lambda cell: codes.word(cell, "status", {}),
    "address": _no_site,
    "town": _with_town,
    "relation": _with_letters,
    "direction": _as_direction,
    "amount": lambda cell: values.signed(cell, values.Manner(",")),
    **dict.fromkeys(("since", "until", "founded", "ended"), lambda cell: table_dates.day(cell, values.Manner())),
}


def wrong(field: str, cells: Sequence[Cell]) -> str:
    """Return examples of cells that cannot be read as the field, if they are more than a few."""
    if (check := _CHECKS.get(field)) is None:
        return ""
    strays = [cell for cell in cells if not reads(check, cell)]
    return (
        ", ".join(dict.fromkeys(short(cell) for cell in strays[:20]))
        if len(cells) - len(strays) < _LEAST.get(field, MOST) * len(cells)
        else ""
    )


def count_rows(cells: Sequence[Cell]) -> bool:
    """Return whether cells are 1, 2, 3, …, as rows are counted: in another file another has that number.

    >>> count_rows([1.0, 2.0, 3.0]), count_rows(["1.", "2."]), count_rows([1, 2, 4]), count_rows([1])
    (True, True, False, False)
    """
    first = 0 if cells[:1] == [0] or cells[:1] == ["0"] else 1
    plain = [str(cell).removesuffix(".0").rstrip(".").lstrip("0") or "0" for cell in cells]
    return len(cells) > 1 and plain == [str(number) for number in range(first, first + len(cells))]


def are_memberships(cells: Sequence[Cell]) -> bool:
    """Return whether cells say what sort of member somebody is, and not of what.

    >>> are_memberships(["Gewoon lid", "Aspirant-lid"]), are_memberships(["LSA Bewoners", "Verzonnen Verbond"])
    (True, False)
    """
    said = [fold(str(cell)).split() for cell in cells]
    return 2 * sum(any(word in member_words() for word in words) for words in said) >= len(said)


def reads_as(field: str, cells: Sequence[Cell]) -> bool:
    """Return whether nearly all cells can be read as a field."""
    return not wrong(field, cells)


def reads(check: Check, cell: Cell) -> bool:
    """Return whether a cell can be read; what may be two things can, as a question."""
    try:
        check(cell)
    except BadInputError as error:
        return "may be more than one" in error.en or 'dates = "' in error.en
    return True


def short(cell: Cell) -> str:
    """Return a cell as an example, cut off where it is long."""
    try:
        text = values.name(cell)
    except BadInputError:
        text = str(cell)
    return text if len(text) <= 40 else f"{text[:39]}…"
