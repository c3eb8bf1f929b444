"""What the name of a sheet says of all its rows, where a mapping has `sheet` for it: in which year was given, or where everybody is."""

import re
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Mapping as ReadOnly
from dataclasses import replace
from pathlib import Path
from typing import Any

from graph.errors import BadInputError
from graph.municipalities import today
from graph.reading import Fault, Where
from graph.text import fold
from loaders.table_amounts import year
from loaders.table_body import sample
from loaders.table_cells import Sheet
from loaders.table_guess import Guess
from loaders.table_header import Header
from loaders.table_mapping import Mapping
from loaders.table_owners import texts
from loaders.table_places import municipality
from loaders.table_words import Meaning, member_words

SHEET = "sheet"
_NUMBERED = re.compile(r"((blad|werkblad|sheet|feuil|tabelle|tabel)\s*\d*)?", re.IGNORECASE)  # as programs call one
_YEAR = (
    'de mapping zegt since = "sheet", maar in de naam van dit blad of bestand staat geen jaar; zet het erin, of noem onder sheets de bladen die het wel hebben',
    'the mapping says since = "sheet", but no year is in the name of this sheet or file; put it in, or name under sheets those that have one',
)
_MUNICIPALITY = (
    'de mapping zegt municipality = "sheet", maar de naam van dit blad of bestand is geen gemeente; noem onder sheets de bladen die er een zijn',
    'the mapping says municipality = "sheet", but the name of this sheet or file is no municipality; name under sheets those that are one',
)


def of_sheet(mapping: Mapping, sheet: Sheet) -> Mapping:
    """Return a mapping with what the name of a sheet says; itself, if it asks for nothing of that."""
    if not any(_asks(mapping)):
        return mapping
    when, where = _told(year, sheet), _told(_code, sheet)
    ties = [one.model_copy(update={"since": when} if one.since == SHEET else {}) for one in mapping.ties]
    actors = {
        role: one.model_copy(update={"municipality": where} if one.municipality == SHEET else {})
        for role, one in mapping.actors.items()
    }
    return mapping.model_copy(update={"ties": ties, "actors": actors})


def faults(mapping: Mapping, sheet: Sheet) -> Iterator[Fault]:
    """Yield what the name of a sheet does not say that a mapping asks of it."""
    of_year, of_place = _asks(mapping)
    if of_year and not _told(year, sheet):
        yield Fault(Where(sheet.file, 1, sheet.name), "", *_YEAR)
    if of_place and not _told(_code, sheet):
        yield Fault(Where(sheet.file, 1, sheet.name), "", *_MUNICIPALITY)


def propose(mapping: dict[str, Any], sheets: Sequence[Sheet]) -> list[Guess]:
    """Say in the mapping of sheets with the same columns what only their names say; return what is told of that.

    Grants without a year of their own would be there once, however many years have them, and all of a name would be one wherever they are.
    """
    gifts = [tie for tie in mapping.get("ties", ()) if "amount" in tie.get("column", {})]
    roles = list(mapping.get("actors", {}).values())
    told = list[Guess]()
    if gifts and not any("since" in {**tie, **tie["column"]} for tie in gifts) and _differ(year, sheets):
        for tie in gifts:
            tie["since"] = SHEET
        told.append(_guess(sheets, Meaning("tie", "since")))
    if roles and not gifts and _may_be_anywhere(roles[0]) and _differ(_code, sheets):
        roles[0]["municipality"] = SHEET
        told.append(_guess(sheets, Meaning("subject", "municipality")))
    return told


def newest(mapping: ReadOnly[str, Any], sort: Sequence[tuple[Sheet, Header]]) -> Sheet | None:
    """Return the sheet of the last year of a workbook that lists members on a sheet for each year: who is only on another has left.

    None if the sheets are no such; nor are those of who joined, or left, in each year: these have nobody twice.
    """
    sheets = [sheet for sheet, _ in sort]
    member = any(tie.get("kind") == "member_of" for tie in mapping.get("ties", ())) or _calls_members(sheets[0].name)
    gives = any("amount" in tie.get("column", {}) for tie in mapping.get("ties", ()))
    if not member or gives or len({sheet.file for sheet in sheets}) > 1 or not _differ(year, sheets):
        return None
    *_, before, last = sorted(sort, key=lambda one: year(one[0].name))
    return last[0] if _stay(mapping, before, last) else None


def older(newest: Sheet, sheets: Sequence[Sheet]) -> Guess:
    """Return what is told of the sheets of years before the last, as if they were a column."""
    left = [sheet for sheet in sheets if sheet is not newest]
    nl = f"leden van nu staan op {newest.name!r}; bladen van andere jaren zijn niet gelezen"
    en = f"members of today are on {newest.name!r}; sheets of other years are not read"
    return replace(_guess(left, Meaning("", "")), meaning=None, nl=nl, en=en)


def _stay(mapping: ReadOnly[str, Any], *sort: tuple[Sheet, Header]) -> bool:
    """Return whether who is on one sheet tends to be on another: one in four at least, of the first rows of each."""
    called = next((role["column"]["name"] for role in mapping.get("actors", {}).values()), "")
    places = [header.place(called) for _, header in sort]
    one, other = (
        set(map(fold, texts(sample(sheet, header), place)))
        for (sheet, header), place in zip(sort, places, strict=True)
        if place is not None
    )
    return 4 * len(one & other) >= min(len(one), len(other)) > 0


def _calls_members(name: str) -> bool:
    return not member_words().isdisjoint(fold(name).split())


def _may_be_anywhere(role: ReadOnly[str, Any]) -> bool:
    return "municipality" not in role["column"] and role.get("kind") != "municipality"


def _asks(mapping: Mapping) -> tuple[bool, bool]:
    """Return whether the year, and whether the municipality, are asked of the name of a sheet."""
    return (
        any(one.since == SHEET for one in mapping.ties),
        any(one.municipality == SHEET for one in mapping.actors.values()),
    )


def _name(sheet: Sheet) -> str:
    """Return what may say something of all rows of a sheet: its name, or that of its file if it has just a number."""
    return Path(sheet.file).stem if _NUMBERED.fullmatch(sheet.name) else sheet.name


def _told(read: Callable[[str], str], sheet: Sheet) -> str:
    return read(_name(sheet))


def _differ(read: Callable[[str], str], sheets: Sequence[Sheet]) -> bool:
    """Return whether the names of several sheets say each something else."""
    said = {_told(read, sheet) for sheet in sheets}
    return len(sheets) > 1 and len(said) == len(sheets) and "" not in said


def _code(name: str) -> str:
    """Return the code of the municipality that is called so; empty if there is none, or more than one."""
    try:
        found = municipality(name) if name.strip()[:1].isalpha() or name.startswith("'") else None
    except BadInputError:
        return ""
    return today(found).code if found else ""


def _guess(sheets: Sequence[Sheet], meaning: Meaning) -> Guess:
    """Return what is told of the names of sheets, as if they were a column."""
    examples = tuple(_name(sheet) for sheet in sheets[:3])
    return Guess("(blad)", -1, meaning, "de naam van het blad", "the name of the sheet", examples)
