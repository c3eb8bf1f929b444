"""Cells read as dates: a year, a month or a day; rightly, or refused with a sentence that says what to do."""

import re
from datetime import date, timedelta
from functools import cache, lru_cache

from graph import dates
from graph.errors import BadInputError
from graph.text import fold
from loaders.table_cells import Cell
from loaders.table_values import Manner, text
from loaders.table_words import rows

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan januari january janvier",
            "feb februari february fevrier",
            "mrt maart mar march mars",
            "apr april avril",
            "mei may mai",
            "jun juni june juin",
            "jul juli july juillet",
            "aug augustus august aout",
            "sep sept september septembre",
            "okt oktober oct october octobre",
            "nov november novembre",
            "dec december decembre",
        ),
        start=1,
    )
    for name in names.split()
}
_BEFORE = re.compile(
    r"^(?:sinds|vanaf|per|in|tot|tot en met|t/m|since|from|until|depuis|en|jusqu'en|seit|ab|bis)\s+(?=\S)",
    re.IGNORECASE,
)
_FIRST_SERIAL, _LAST_SERIAL = 14_611, 73_050  # 1940 and 2099, as Excel counts days
_EPOCH = date(1899, 12, 30)


@lru_cache(maxsize=20_000, typed=True)  # the same few dates stand in many rows
def day(cell: Cell, manner: Manner) -> str:
    """Return a date as a year, a month or a day of ISO 8601.

    >>> day("1-2-2024", Manner()), day(2024.0, Manner()), day(45323, Manner()), day("sinds feb 2024", Manner())
    ('2024-02-01', '2024', '2024-02-01', '2024-02')
    >>> day("Q3 2023", Manner()), day("najaar 2022", Manner()), day("2e helft 2021", Manner())
    ('2023', '2022', '2021')
    """
    if isinstance(cell, date):
        return text(cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _of_number(float(cell))
    plain = _BEFORE.sub("", text(cell))
    if re.fullmatch(r"\d+", plain):
        return _of_number(float(plain))
    return _written(plain, manner) or _no_date(plain)


def _of_number(value: float) -> str:
    """Return a year, or the day that Excel counts so."""
    if 1000 <= value <= 2200 and value.is_integer():
        return str(int(value))
    if _FIRST_SERIAL <= value <= _LAST_SERIAL:
        return (_EPOCH + timedelta(days=int(value))).isoformat()
    if 19000101 <= value <= 22001231 and value.is_integer():
        digits = str(int(value))
        return _valid(f"{digits[:4]}-{digits[4:6]}-{digits[6:]}") or _no_date(digits)
    return _no_date(f"{value:g}")


def _written(plain: str, manner: Manner) -> str:
    """Return a date in digits or words; empty if it is none."""
    if found := re.fullmatch(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2})(?:[T ].*)?)?", plain):
        parts = [found[1], f"{int(found[2]):02}", *([f"{int(found[3]):02}"] if found[3] else [])]
        season = _season(plain) if int(found[2]) == int(found[1][2:]) + 1 else ""  # 2023/24
        return _valid("-".join(parts)) or season
    if found := re.fullmatch(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})(?:[T ].*)?", plain):
        first, second = int(found[1]), int(found[2])
        the_day, month = (second, first) if manner.dates == "mdy" else (first, second)
        if month > 12 >= the_day:
            raise _turned(plain, manner)
        return _valid(f"{found[3]}-{month:02}-{the_day:02}")
    if found := re.fullmatch(r"(\d{1,2})[-/.](\d{4})", plain):
        return _valid(f"{found[2]}-{int(found[1]):02}")
    if season := _season(plain):
        return season
    if found := re.fullmatch(r"(?:(\d{1,2})(?:e|st|nd|rd|th)?[- .]+)?([^\W\d]+)\.?[- ]+(\d{4})", plain):
        month = _MONTHS.get(fold(found[2]), 0)
        if month:
            return _valid(f"{found[3]}-{month:02}" + (f"-{int(found[1]):02}" if found[1] else ""))
    return _part(fold(plain))


def _season(plain: str) -> str:
    """Return the first year of a season or a school year; empty if it is none."""
    found = re.fullmatch(r"(\d{4})\s*[-/–]\s*(\d{4}|\d{2})", plain)
    return found[1] if found else ""


def _part(folded: str) -> str:
    """Return the year of a part of it, as that is certain, and for the part there is no word here; empty if it is none."""
    found = re.fullmatch(r"(\d{4}) (?P<behind>\D.*)|(?P<before>.+) (\d{4})", folded)
    return (found[1] or found[4]) if found and (found["behind"] or found["before"]) in _parts() else ""


@cache
def _parts() -> frozenset[str]:
    return frozenset(fold(row["word"]) for row in rows("dates.csv"))


def _turned(plain: str, manner: Manner) -> BadInputError:
    other = "dmy" if manner.dates == "mdy" else "mdy"
    return BadInputError(
        nl=f"{plain!r} is geen datum met de dag {'voorop' if manner.dates == 'dmy' else 'na de maand'}; zet in de mapping"
        f' onder [reading] dates = "{other}" als alle datums zo staan',
        en=f"{plain!r} is no date with the day {'first' if manner.dates == 'dmy' else 'after the month'}; put in the mapping"
        f' under [reading] dates = "{other}" if all dates stand so',
    )


def _valid(text: str) -> str:
    return text if dates.valid(text) else ""


def _no_date(plain: str) -> str:
    if re.search(r"(?<!\d)'?\d\d$", plain) and re.match(r"[^\W\d]|\d{1,2}[-/.]", plain):
        raise BadInputError(
            nl=f"{plain!r} is geen datum: het jaar heeft twee cijfers, of ontbreekt; zet de cellen in de spreadsheet op jjjj-mm-dd en bewaar het opnieuw",
            en=f"{plain!r} is no date: its year has two digits, or is not there; format the cells in the spreadsheet as yyyy-mm-dd and save it again",
        )
    raise BadInputError(
        nl=f"{plain!r} is geen datum; schrijf 2024, 02-2024 of 1-2-2024, met het jaar voluit",
        en=f"{plain!r} is no date; write 2024, 02-2024 or 1-2-2024, with the whole year",
    )
