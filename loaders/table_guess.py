"""What each column of a sheet may mean: told from its name by the words of the field, and from its values."""

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz import fuzz, process

from graph.text import fold
from loaders import table_checks as checks
from loaders import table_codes as codes
from loaders import table_values as values
from loaders.table_cells import Broken, Cell, Cells, empty
from loaders.table_header import JUST_NAMES, Header
from loaders.table_told import BESIDE, HIDDEN, LEAVE, MARKED_THEME, MARKS, NO_LEAVE, NOT_KEPT, NOTHING, UNKNOWN
from loaders.table_words import Meaning, asks_leave, is_question, known_words, meanings, names_somebody, nothing

NETWORK = Meaning("network", "name")
NAME, OF_YEAR = Meaning("subject", "name"), Meaning("year", "amount")
PLACE, ADDRESSES = Meaning("subject", "place"), ("address", "postcode")  # in which a place may stand
THEMES, STATUS = Meaning("subject", "themes"), Meaning("tie", "status")
ENDS = frozenset(("from", "to"))  # roles of the ends of ties, in sheets that list them
# Ends only where both are there: alone the one is where it was read, and the other what money was for.
_TOGETHER = {"bron": Meaning("from", "name"), "doel": Meaning("to", "name")}
_OF_TIES = {  # what columns mean there that elsewhere are about an actor
    Meaning("subject", "kind"): Meaning("tie", "relation"),
    NAME: Meaning("tie", "relation"),
}
DIRECTION = Meaning("tie", "direction")
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_CAMEL = re.compile(r"[a-z]+([A-Z][a-z]+)+")
# Beside these a column that is called just 'name' has persons: first names; when a form was filled in, by whoever that was.
_BESIDE_PERSONS = (Meaning("person", "first_name"), Meaning("person", "filled_in"))
WORDS, LONG = 60, 40  # words of a list at most, and letters of one
# Whom headings mention without asking for their names: "Wie is de voorzitter van uw initiatief?"
_MENTIONED = ("initiative", "subject", "recipient")
NEARLY = 90.0  # how alike (0–100) a word must be to one that is known
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
    exact = {meaning for column in seen if (meaning := ends.get(column) or _exact(column))}
    named = {meaning for meaning in exact if meaning.field == "name"}
    found = [
        Guess(column, place, None, *HIDDEN, hidden=True)
        if place in hidden
        else _guess(column, place, rows, named, ends.get(column))
        for place, column in enumerate(names)
    ]
    found += [_beside(column, place, rows) for place, column in enumerate(header.names) if place >= len(names)]
    if not exact.isdisjoint(_BESIDE_PERSONS):
        persons = [one for one in found if one and one.place not in hidden and _folded(one.column) in JUST_NAMES]
        found = [_surname(guess) if guess and guess in persons else guess for guess in found]
    if any(guess and guess.meaning == PLACE and not is_address(guess.column) for guess in found):
        found = [
            _address(guess) if guess and guess.meaning == PLACE and is_address(guess.column) else guess
            for guess in found
        ]
    return [guess for guess in found if guess is not None]


def _second_table(header: Header, rows: Sequence[Cells]) -> int:
    """Return the place where a second table begins beside the first: behind an empty column, or where its columns come again."""
    exact = [_exact(column) for column in header.names]
    names = [
        place for place, meaning in enumerate(exact) if meaning and meaning.field == "name" and meaning.role != "person"
    ]
    for place in range(names[0] + 1, names[-1] + 1) if names else ():
        if header.names[place].startswith("kolom ") and not _said(rows, place):
            return place
        if place in names and exact[place] in exact[:place] and _come_again(header.names[:place], header.names[place:]):
            return place
    return len(header.names)


def _come_again(first: Sequence[str], second: Sequence[str]) -> bool:
    """Return whether two columns or more have the names of ones before."""
    known = {_folded(column) for column in first}
    return sum(_exact(column) is not None and _folded(column) in known for column in second) > 1


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


def known(header: Header) -> int:
    """Return how many names of columns are known for sure; one that several have, as under a merged cell, counts once.

    Of names that stand in two lines it is enough if their words are known.
    """
    sure = _exact if header.lines == 1 else by_name
    return len({_folded(column) for column in header.names if sure(column)})


def doubled(header: Header) -> int:
    """Return how many columns have the name of another, as those under a merged cell do."""
    return len(header.names) - len(set(map(_folded, header.names)))


def ends_together(columns: Sequence[str]) -> Mapping[str, Meaning]:
    """Return the columns that are ends of ties as both are there and no other column names anybody.

    >>> list(ends_together(["Bron", "Doel", "Relatie"])), list(ends_together(["Ontvanger", "Bron", "Doel"]))
    (['Bron', 'Doel'], [])
    """
    found = {column: _TOGETHER[folded] for column in columns if (folded := _folded(column)) in _TOGETHER}
    others = (by_name(column) for column in columns if column not in found)
    if len(found) < len(_TOGETHER) or any(meaning and meaning.field == "name" for meaning in others):
        return {}
    return found


def by_name(column: str) -> Meaning | None:
    """Return what a column means by its name: as it is known, with words around it, or with a slip of the pen.

    >>> by_name("Naam van het initiatief"), by_name("Subsidiebedrag (EUR)").field, by_name("Gemeeente").field
    (Meaning(role='initiative', field='name'), 'amount', 'municipality')
    >>> by_name("Lidnr.").field, by_name("KvK-nr").field, by_name("Bedrag dat is aangevraagd").field
    ('id', 'kvk', 'requested')
    >>> by_name("nomBeneficiaire"), by_name("Naam van de regeling").role
    (Meaning(role='recipient', field='name'), 'scheme')
    """
    return next(iter(may_mean(column)), None)


def is_address(column: str) -> bool:
    """Return whether a column is called as one of addresses.

    >>> is_address("Bezoekadres"), is_address("Bezoekadres - plaats"), is_address("Postcode en plaats")
    (True, False, False)
    """
    meaning = by_name(column)
    return meaning is not None and meaning.field in ADDRESSES


def _folded(column: str) -> str:
    """Return the name of a column as it is compared: without the number of a second one, `nr` in full, `aName` in words."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", column) if _CAMEL.fullmatch(column) else column
    return re.sub(r"nrs?\b", "nummer", fold(values.without_footnote(re.sub(r"\s*\(\d+\)$", "", spaced))))


def _exact(column: str) -> Meaning | None:
    """Return what a column means whose name is known as it stands."""
    return meanings().get(_folded(column))


@lru_cache(maxsize=10_000)
def may_mean(column: str) -> tuple[Meaning, ...]:
    """Return what a column may mean by its name, the likeliest first."""
    folded, table = _folded(column), meanings()
    words = folded.split()
    if folded in table:
        return (table[folded],)
    if re.fullmatch(r"(19|20)\d\d", folded):
        return (OF_YEAR,)
    if asked := [table[word] for word in words if word in table and table[word].field == "requested"]:
        return tuple(asked)
    parts = {word: meaning for word, meaning in table.items() if meaning.role not in ENDS}  # those mean much else too
    found = [
        parts[part]
        for size in range(min(4, len(words)), 0, -1)
        for start in range(len(words) - size, -1, -1)  # the last word tells what it is, in Dutch as in English
        if (part := " ".join(words[start : start + size])) in parts and (size > 1 or len(part) > 3)
    ]
    found.sort(key=lambda meaning: meaning == NAME)  # of whom, another word tells
    if bare := _exact(_BRACKETS.sub("", column)):  # what stands between brackets says less
        found.sort(key=lambda meaning: meaning != bare)
    if any(meaning.role == "person" for meaning in found) or (is_question(column) and not names_somebody(folded)):
        found = [meaning for meaning in found if meaning.field != "name" or meaning.role not in _MENTIONED]
    near = process.extractOne(folded, list(parts), scorer=fuzz.ratio, score_cutoff=NEARLY) if len(folded) > 4 else None
    return (*found, parts[near[0]]) if near else tuple(found)


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
    likely = [meaning for meaning in may if meaning not in named or meaning in (end, _exact(column))]
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
