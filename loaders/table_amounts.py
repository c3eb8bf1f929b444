"""Columns of amounts: which are read, and how they are written: the mark before the cents, and whether they count in thousands."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from graph.errors import BadInputError
from graph.ledger import Words
from graph.text import fold
from loaders import table_dates
from loaders import table_values as values
from loaders.table_cells import Broken, Cell, Cells
from loaders.table_checks import reads_as
from loaders.table_guess import Guess
from loaders.table_owners import texts
from loaders.table_told import UNKNOWN
from loaders.table_words import Meaning, coins

_GRANTED = ("verleend", "verleende", "toegekend", "toegekende", "granted", "awarded", "accorde")

_UNITS = {  # what names of columns and lines above them say, by the unit in euro
    1_000_000: r"[x×*]\s*(€|eur\w*)?\s*1[., ]?000[., ]?000\b|\b(in|x|en) (mln|mio|miljoen\w*|millionen|millions?)\b|\(\s*(€\s*)?(mln|mio)"
    r"|(?<![/.])\bm\s?(€|eur\b)",  # "t/m € 10.000" says up to what
    1_000: r"[x×*]\s*(€|eur\w*)?\s*1[., ]?000\b|\b(in|x|en) (duizend\w*|thousands?|milliers|tausend\w*)\b|\bduizend(en|tallen)\b"
    r"|(?<!['’])\b[kt]\s?(€|euro?\b)|€\s?k\b|\btsd\b|[€£$]\s?'?000s?\b",
}
_MONEYS = ("amount", "amount_from", "amount_to")  # fields
_MONEY = re.compile(r"€|\beuro?\b|bedrag|subsid|subvention|zuwendung|donatie|\bgrants?\b|amount|montant", re.IGNORECASE)


def year(column: str) -> str:
    """Return the year that the name of a column tells; empty if none, or several.

    >>> year("Subsidie 2023"), year("2019"), year("Seizoen 2023/2024")
    ('2023', '2019', '')
    """
    found = set(re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", column))
    return found.pop() if len(found) == 1 else ""


def is_year(cell: str) -> bool:
    """Return whether a cell has a year and nothing else.

    >>> is_year("2023"), is_year("2023.0"), is_year("1-2-2023")
    (True, True, False)
    """
    return re.fullmatch(r"(19|20)\d\d(\.0)?", cell.strip()) is not None


def are_of(told: str, cells: Sequence[Cell]) -> bool:
    """Return whether dates may be when something was given that is of a year: half of them lie in it, or in the years beside it.

    >>> are_of("2023", ["12-12-2022", "2023"]), are_of("2023", ["2001", "2011"])
    (True, False)
    """
    near = [str(int(told) + by) for by in (-1, 0, 1)]
    return 2 * sum(_day(cell)[:4] in near for cell in cells) >= len(cells)


def _day(cell: Cell) -> str:
    try:
        return table_dates.day(cell, values.Manner())
    except BadInputError:
        return ""


def chosen(found: Sequence[Guess]) -> dict[str, Guess]:
    """Return which columns of amounts are read, by the year that they are of: one of each year if there are several years, else one.

    What was granted goes before other amounts. A column without a year beside those of years is their total.
    """
    by_year: dict[str, list[Guess]] = defaultdict(list)
    for guess in found:
        by_year[year(guess.column)].append(guess)
    years = {told: _granted(some) for told, some in by_year.items() if told}
    if len(years) > 1 or not found:
        return years
    only = _granted(found)
    return {year(only.column): only}


def _granted(found: Sequence[Guess]) -> Guess:
    """Return the column that tells what was granted, or the first."""
    return next((guess for guess in found if any(word in fold(guess.column).split() for word in _GRANTED)), found[0])


def tells_of_money(above: Iterable[Cells]) -> bool:
    """Return whether lines above a header are about money.

    >>> tells_of_money([["Subsidieoverzicht 2024"]]), tells_of_money([["Aantal leden"]])
    (True, False)
    """
    return any(_MONEY.search(str(cell)) for cells in above for cell in cells)


def unit(column: str, above: Iterable[Cells]) -> int:
    """Return in which unit (euro) a column of amounts counts, as its name says or a line about money above the header; 1 if neither does.

    >>> (
    ...     unit("Bedrag (x 1.000)", []),
    ...     unit("Verleend in mln", []),
    ...     unit("Bedrag", [["Bedragen x € 1.000,-"]]),
    ...     unit("Bedrag", []),
    ... )
    (1000, 1000000, 1000, 1)
    """
    lines = (str(cell) for cells in above for cell in cells if _MONEY.search(str(cell)))
    told = (size for text in (column, *lines) for size, said in _UNITS.items() if re.search(said, text.lower()))
    return next(told, 1)


def in_euro(found: Sequence[Guess], rows: Sequence[Cells]) -> list[Guess]:
    """Return what columns mean, with amounts that are not in euro as not read: as their name says, or the cells of another column."""
    beside = [
        guess.column
        for guess in found
        if _tells_coins([str(row[guess.place]) for row in rows if guess.place < len(row)])
    ]
    return [
        replace(guess, meaning=None, nl=told[0], en=told[1])
        if guess.meaning and guess.meaning.field in _MONEYS and (told := _not_in_euro(guess.column, beside))
        else guess
        for guess in found
    ]


def only_in_euro(found: list[Guess], rows: Sequence[Cells]) -> list[Guess]:
    """Return the only column that is not known and has amounts in euro, and tell in `found` that it is read; none if there are several."""
    unknown = [at for at, guess in enumerate(found) if (guess.nl, guess.en) == UNKNOWN]
    places = [at for at in unknown if _are_in_euro(found[at].column, texts(rows, found[at].place))]
    if len(places) != 1:
        return []
    [at] = places
    found[at] = replace(found[at], meaning=Meaning("tie", "amount"), nl="het enige bedrag", en="the only amount")
    return [found[at]]


def _are_in_euro(column: str, cells: Sequence[str]) -> bool:
    """Return whether cells are amounts in euro, as they or the name of their column say.

    >>> _are_in_euro("Toekenning", ["€ 5.000", "750"]), _are_in_euro("Hulp (€)", ["7"]), _are_in_euro("Leden", ["7"])
    (True, True, False)
    """
    said = any("€" in text for text in (column, *cells)) or "eur" in fold(column).split()
    return said and reads_as("amount", cells)


def _not_in_euro(column: str, beside: Sequence[str]) -> Words | None:
    """Return why amounts are not in euro; None if they may be."""
    said = set(re.findall(r"us\$|[^\W\d_]+|[€£$¥ƒ]", column.lower()))
    if said & coins("other") and not said & coins("euro"):
        nl, en = "een andere munt dan de euro", "another coin than the euro"
    elif beside:
        nl, en = (f"{words} {beside[0]!r}" for words in ("niet alle in euro, zegt", "not all in euro, as says"))
    else:
        return None
    return f"{nl}; reken de bedragen om naar euro", f"{en}; convert the amounts to euro"


def _tells_coins(cells: Sequence[str]) -> bool:
    """Return whether cells name coins or units, and not the euro alone.

    >>> (
    ...     _tells_coins(["EUR", "k€"]),
    ...     _tells_coins(["gbp", ""]),
    ...     _tells_coins(["EUR", "€"]),
    ...     _tells_coins(["EUR", "Tuin"]),
    ... )
    (True, True, False, False)
    """
    said = {plain for cell in cells if (plain := cell.strip().lower())}
    return bool(said - coins("euro")) and said <= coins("euro") | coins("other") | coins("more")


def decimals(cells: Sequence[Cell]) -> tuple[list[str], set[str]]:
    """Return the amounts that can be read in two ways, and the marks before the cents that other cells tell of.

    >>> decimals(["81,499", "12,345.67", "7"])
    (['81,499'], {'.'})
    """
    texts = [cell for cell in cells if isinstance(cell, str) and not isinstance(cell, Broken)]
    return [cell for cell in texts if _is_unclear(cell)], {m for cell in texts for m in ",." if _tells(cell, m)}


def _is_unclear(cell: str) -> bool:
    try:
        return values.signed(cell, values.Manner(",")) != values.signed(cell, values.Manner(".")) and not _is_read(cell)
    except BadInputError:
        return False


def _is_read(cell: str) -> bool:
    try:
        values.signed(cell, values.Manner())
    except BadInputError:
        return False
    return True


def _tells(cell: str, mark: str) -> bool:
    """Return whether a cell can be read in one way only, in which `mark` stands before the cents."""
    plain = values.text(cell).rstrip("0123456789")
    digits = values.text(cell)[len(plain) :]
    return plain.endswith(mark) and len(digits) in (1, 2) and _is_read(cell)
