"""What each column of a sheet may mean: told from its name by the words of the field, and from its values."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from graph.text import fold
from loaders import table_checks as checks
from loaders import table_codes as codes
from loaders import table_values as values
from loaders.table_cells import Broken, Cell, Cells, empty
from loaders.table_header import JUST_NAMES, Header
from loaders.table_headings import ADDRESSES, ENDS, NAME, ends_together, exact, folded, is_address, may_mean
from loaders.table_told import BESIDE, HIDDEN, LEAVE, MARKED_THEME, MARKS, NO_LEAVE, NOT_KEPT, NOTHING, UNKNOWN
from loaders.table_words import Meaning, asks_leave, known_words, nothing

NETWORK, PLACE = Meaning("network", "name"), Meaning("subject", "place")
THEMES, STATUS = Meaning("subject", "themes"), Meaning("tie", "status")
_OF_TIES = {  # what columns mean there that elsewhere are about an actor
    Meaning("subject", "kind"): Meaning("tie", "relation"),
    NAME: Meaning("tie", "relation"),
}
DIRECTION = Meaning("tie", "direction")
# Beside these a column that is called just 'name' has persons: first names; when a form was filled in, by whoever that was; and what only persons have,
# such as a day of birth, unless another column names them.
_BESIDE_PERSONS = (Meaning("person", "first_name"), Meaning("person", "filled_in"))
_OF_PERSON, _PERSON = Meaning("person", "private"), Meaning("person", "name")
WORDS, LONG = 60, 40  # words of a list at most, and letters of one
# The closed lists whose words a file may have others for.
LISTS = {"themes": "theme", "status": "status", "kind": "kind"}


@dataclass(frozen=True, slots=True)
class Guess:
    """What a column may mean, if that is known; if not, why not, in Dutch and in English. `examples` are some of its cells.

    `strange` are words in it that are not in our list. Of a `hidden` column nothing is guessed, and no cell shown.
    """

    column: str
    place: int
    meaning: Meaning | None
    nl: str = ""
    en: str = ""
    examples: tuple[str, ...] = ()
    strange: tuple[str, ...] = ()
    hidden: bool = False


def guesses(header: Header, rows: Sequence[Cells], hidden: AbstractSet[int] = frozenset()) -> list[Guess]:
    """Return what each column means, by its name and the cells under it; those without any cell are left out.

    Of columns in `hidden` places nothing is guessed or shown.
    """
    names = header.names[: _second_table(header, rows)]
    seen = [column for place, column in enumerate(names) if place not in hidden]
    ends = ends_together(seen)
    sure = {meaning for column in seen if (meaning := ends.get(column) or exact(column))}
    named = {meaning for meaning in sure if meaning.field == "name"}
    found = [
        Guess(column, place, None, *HIDDEN, hidden=True)
        if place in hidden
        else _guess(column, place, rows, named, ends.get(column))
        for place, column in enumerate(names)
    ]
    found += [_beside(column, place, rows) for place, column in enumerate(header.names) if place >= len(names)]
    if not sure.isdisjoint(_BESIDE_PERSONS) or (_OF_PERSON in sure and _PERSON not in sure):
        persons = [one for one in found if one and one.place not in hidden and folded(one.column) in JUST_NAMES]
        found = [_surname(guess) if guess and guess in persons else guess for guess in found]
    if any(guess and guess.meaning == PLACE and not is_address(guess.column) for guess in found):
        found = [
            _address(guess) if guess and guess.meaning == PLACE and is_address(guess.column) else guess
            for guess in found
        ]
    return [guess for guess in found if guess is not None]


def _second_table(header: Header, rows: Sequence[Cells]) -> int:
    """Return the place where a second table begins beside the first: behind an empty column, or where its columns come again."""
    sure = [exact(column) for column in header.names]
    names = [
        place for place, meaning in enumerate(sure) if meaning and meaning.field == "name" and meaning.role != "person"
    ]
    for place in range(names[0] + 1, names[-1] + 1) if names else ():
        if header.names[place].startswith("kolom ") and not _said(rows, place):
            return place
        if place in names and sure[place] in sure[:place] and _come_again(header.names[:place], header.names[place:]):
            return place
    return len(header.names)


def _come_again(first: Sequence[str], second: Sequence[str]) -> bool:
    """Return whether two columns or more have the names of ones before."""
    known = {folded(column) for column in first}
    return sum(exact(column) is not None and folded(column) in known for column in second) > 1


def _beside(column: str, place: int, rows: Sequence[Cells]) -> Guess | None:
    """Return a column of a second table, which is not read."""
    said = _said(rows, place)
    return Guess(column, place, None, *BESIDE, _examples(said)) if said else None


def _said(rows: Sequence[Cells], place: int) -> list[Cell]:
    """Return the cells of a column that are not empty."""
    return [row[place] for row in rows if place < len(row) and not empty(row[place])]


def _examples(cells: Sequence[Cell]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(checks.short(cell) for cell in cells[:200]))[:3]


def _address(guess: Guess) -> Guess:
    """Return a column of addresses as one that is not read: where somebody is, stands in another."""
    return replace(guess, meaning=None, nl=NOT_KEPT["address"][0], en=NOT_KEPT["address"][1])


def _surname(guess: Guess) -> Guess:
    """Return a column that is called just 'name' as one of persons."""
    return replace(guess, meaning=Meaning("person", "name"))


def _guess(
    column: str, place: int, rows: Sequence[Cells], named: AbstractSet[Meaning], end: Meaning | None
) -> Guess | None:
    """Return what a column may mean, `end` if it is one; not the name of those whose name is known to stand in another (`named`)."""
    said = _said(rows, place)
    cells = [cell for cell in said if not isinstance(cell, Broken) and not nothing(cell)]
    cells = cells or [cell for cell in said if re.fullmatch(r"0[0.,]*", str(cell))]  # amounts, perhaps
    if not cells:
        return Guess(column, place, None, *NOTHING, _examples(said)) if said else None
    examples = _examples(cells)
    if _are_marks(cells):
        meaning = THEMES if fold(column) in known_words("theme") else None
        return Guess(column, place, meaning, *_of_marks(column, cells), examples)
    likely = _likely(column, cells, named, end)
    meaning, wrong = _that_reads(likely, cells)
    if meaning is None:
        return Guess(column, place, None, *UNKNOWN, examples)
    if meaning.field == "requested" and checks.wrong("amount", cells):
        return Guess(column, place, None, *UNKNOWN, examples)
    if meaning.field in NOT_KEPT:
        shown = () if meaning.field == "bsn" else examples
        return Guess(column, place, None, *NOT_KEPT[meaning.field], shown)
    strange = _strange(cells, LISTS[meaning.field]) if meaning.field in LISTS else ()
    if wrong and not strange:
        nl = f"lijkt '{meaning.field}', maar dit lezen we er niet: {wrong}"
        return Guess(column, place, None, nl, f"looks like '{meaning.field}', but this is not read: {wrong}", examples)
    return Guess(column, place, meaning, examples=examples, strange=strange)


def _likely(column: str, cells: Sequence[Cell], named: AbstractSet[Meaning], end: Meaning | None) -> Sequence[Meaning]:
    """Return what a column may mean beside the others of its sheet, the likeliest first."""
    may = (end,) if end else may_mean(column)
    likely = [meaning for meaning in may if meaning not in named or meaning in (end, exact(column))]
    if NETWORK in likely and checks.are_memberships(cells):  # of what, they do not tell
        likely = [meaning for meaning in likely if meaning != NETWORK]
    if {meaning.role for meaning in named} >= ENDS:
        likely = [_OF_TIES.get(meaning, meaning) for meaning in likely]
        likely = [DIRECTION] if likely and checks.are_directions(cells) else likely
    return likely


def _are_marks(cells: Sequence[Cell]) -> bool:
    """Return whether cells say yes or no, and some more than a number does."""
    return all(checks.reads(codes.yes, cell) for cell in cells) and any(
        isinstance(cell, str) and cell.isalpha() for cell in cells
    )


def _of_marks(column: str, cells: Sequence[Cell]) -> tuple[str, str]:
    """Return what is told of a column of marks: how it can be read, or that it gives leave, or not."""
    if fold(column) in known_words("theme"):
        return MARKED_THEME
    if not asks_leave(column):
        return MARKS
    return LEAVE if all(codes.yes(cell) for cell in cells) else NO_LEAVE


def _that_reads(likely: Sequence[Meaning], cells: Sequence[Cell]) -> tuple[Meaning | None, str]:
    """Return the first meaning that cells can be read as; else the likeliest, with cells that cannot."""
    each = [*likely, *(meaning for meaning in [_by_values(cells)] if meaning)]
    number = "counter" if checks.count_rows(cells) else "id"
    each = [meaning._replace(field=number) if meaning.field == "number" else meaning for meaning in each]
    if any(meaning.field in ADDRESSES for meaning in each) and not checks.wrong("town", cells):
        each = [PLACE if meaning.field in ADDRESSES else meaning for meaning in each]
    tried: list[tuple[Meaning, str]] = []
    for meaning in each:
        if not (wrong := checks.wrong(meaning.field, cells)):
            return meaning, ""
        tried.append((meaning, wrong))
    return tried[0] if tried else (None, "")


def separators(cells: Sequence[str]) -> str:
    """Return the marks that separate names in cells: `;` and `|`, and others if what they separate is named elsewhere too.

    >>> (
    ...     separators(["Koepel A, Koepel B", "Koepel B", "Welzijn, sport en cultuur"]),
    ...     separators(["Zorg, welzijn en sport (ZWS; voorheen WS)"]),
    ... )
    (',', '')
    """
    cells = [re.sub(r"\([^()]*\)", "", cell) for cell in cells]
    marks = "".join(mark for mark in ";|" if any(mark in cell for cell in cells))
    for mark in ",/\n":
        names = {name.strip() for cell in cells for name in re.split(f"[{re.escape(marks)}]" if marks else "$", cell)}
        wholes = {fold(name) for name in names if mark not in name}
        if any(fold(part) in wholes for name in names if mark in name for part in name.split(mark)):
            marks += mark
    return marks


def _strange(cells: Sequence[Cell], closed: str) -> tuple[str, ...]:
    """Return the words of a column that are not in a closed list, if they are a list of words of which some may be."""
    each = [codes.strange(cell, closed) for cell in cells]
    found = dict.fromkeys(word for words in each for word in words)
    listed = len(found) <= WORDS and all(len(word) <= LONG for word in found)
    some = not all(each) or (closed != "kind" and any(codes.likely(word, closed) for word in found))
    return tuple(found) if listed and some else ()


def _by_values(cells: Sequence[Cell]) -> Meaning | None:
    """Return what a column means that only its cells tell of."""
    texts = [values.text(cell) if isinstance(cell, str) else str(cell) for cell in cells]
    patterns = {
        "municipality": r"GM\d{4}\s*",
        "postcode": r"\d{4}\s?[A-Za-z]{2}",
        "mail": r"\S+@\S+\.\S+",
        "website": r"(https?://|www\.)\S+",
    }
    for field, pattern in patterns.items():
        if sum(re.fullmatch(pattern, text) is not None for text in texts) >= checks.MOST * len(texts):
            return Meaning("subject", field)
    if sum(checks.reads(codes.whole_kbo, cell) for cell in cells) >= checks.MOST * len(cells):
        return Meaning("subject", "kbo")
    return None
