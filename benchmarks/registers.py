"""Reads a register of grants from a CSV file: who gave whom, within what, how much, where.

Columns are told by name (`Columns`) or guessed from their heading: by the words of the field that spreadsheets are read with,
else by those here. Names that differ in case,
spaces or punctuation are the same. Recipients that are groups of people, and amounts of zero or less, are no grants
and are left out; an amount that is empty or no number is unknown, and stays.
"""

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path

from graph.text import fold
from loaders.table_headings import by_name
from loaders.table_words import Meaning

# Recipients that stand for many: nobody is like them, and they would make everybody near everybody.
GROUPS = re.compile(
    r"^(x+|n ?v ?t|n a|onbekend|unknown|anonym\w*|anoniem|geheim|redacted|withheld|various.*|multiple.*|divers\w*|overig\w*"
    r"|particulier\w*|private individuals?|individuals?|natuurlijke? perso\w+|natural persons?|organisaties? in .*)$"
)
HEADINGS = {  # the first that is there; whole heading, then a word of it
    "receiver": "ontvanger recipient receiver beneficiary grantee begunstigde awardee deelnemer participant recipientname"
    " recipientorgname recipientorganisation beneficiaryname organisationname organisation organization naam name",
    "giver": "regeling scheme programme program subsidieregeling grantprogramme grantprogrammetitle programmename fund fonds"
    " call measure maatregel gemeenschappelijkeregeling funder fundername fundingorgname fundingorganisation grantor"
    " donor verstrekker gever giver department ministry agency",
    "whole": "overheid ministerie ministry department funder fundername fundingorgname fundingorganisation grantor donor"
    " verstrekker agency organisatie",
    "amount": "realisatie bedrag amount amountawarded awardamount value grantamount total totalamount verleend vastgesteld",
    "place": "plaats place city town woonplaats vestigingsplaats location recipientcity recipientplace gemeente municipality",
}

MEANT = {  # the same, by what the loader of spreadsheets takes a heading for
    "receiver": (Meaning("recipient", "name"),),
    "giver": (Meaning("scheme", "name"), Meaning("giver", "name")),
    "whole": (Meaning("giver", "name"),),
    "amount": (Meaning("tie", "amount"),),
    "place": (Meaning("subject", "place"), Meaning("subject", "municipality")),
}


class RegisterError(Exception):
    """A register that cannot be read; the message says why, and what would do."""


@dataclass(frozen=True)
class Columns:
    """The headings of the columns; empty: guessed. `whole` is what the giver is part of; "-" says that there is none."""

    receiver: str = ""
    giver: str = ""
    whole: str = ""
    amount: str = ""
    place: str = ""


@dataclass(frozen=True)
class Register:
    """Who gave whom: givers by number, with the wholes that they are part of (-1: none); receivers, with their givers."""

    wholes: list[str]
    givers: list[tuple[str, int]]
    receivers: list[str]
    places: list[str]
    gave: list[tuple[int, ...]]

    @cached_property
    def newcomers(self) -> int:
        """How many got one grant only."""
        return sum(len(givers) == 1 for givers in self.gave)


def read(path: Path, told: Columns) -> tuple[Register, Columns]:
    """Return a register, and which columns were read.

    Raises:
        RegisterError: It is no such file, or it has no columns of receivers and givers.
    """
    rows = list(_rows(path))
    if not rows:
        raise RegisterError(f"{path} has no rows under its header.")
    columns = guessed(path, list(rows[0]), told)
    return _register(path, rows, columns), columns


def _rows(path: Path) -> Iterator[dict[str, str]]:
    try:
        text = path.read_bytes()
    except OSError as error:
        raise RegisterError(f"{path} cannot be read: {error.strerror}.") from error
    try:
        lines = text.decode("utf-8-sig").splitlines(keepends=True)
    except UnicodeDecodeError:
        lines = text.decode("cp1252", errors="replace").splitlines(keepends=True)
    delimiter = max(",;\t|", key=lines[0].count) if lines else ","
    for row in csv.DictReader(lines, delimiter=delimiter):
        yield {
            key.strip(): (value or "").strip() for key, value in row.items() if key and isinstance(value, str | None)
        }


def guessed(path: Path, headings: Sequence[str], told: Columns) -> Columns:
    """Return which columns to read: those that are told, else the likeliest that is not told for something else.

    Raises:
        RegisterError: A column that is told is not there, or it cannot be guessed who gave or received.
    """
    there = ", ".join(map(repr, headings))
    named = {field.name: getattr(told, field.name) for field in fields(Columns)}
    for name, heading in named.items():
        if heading not in ("", "-", *headings):
            raise RegisterError(f"{path} has no column {heading!r} (--{name}). It has: {there}.")
    for name, heading in [*named.items()]:
        if not heading:
            named[name] = _likeliest(name, [each for each in headings if each not in named.values()])
    if missing := [f"--{name}" for name in ("receiver", "giver") if named[name] in ("", "-")]:
        raise RegisterError(f"Which column of {path} says so? Give {' and '.join(missing)}. It has: {there}.")
    return Columns(**named)


def _likeliest(name: str, headings: Sequence[str]) -> str:
    names = [heading for heading in headings if not re.match(r"id(?=[A-Z_ ])", heading)]
    meant = {by_name(heading): heading for heading in reversed(names)}
    if found := next((meant[meaning] for meaning in MEANT[name] if meaning in meant), ""):
        return found
    plain = {fold(heading).replace(" ", ""): heading for heading in reversed(headings)}
    words = {word: heading for heading in reversed(headings) for word in fold(heading).split()}
    for wanted in HEADINGS[name].split():
        if found := plain.get(wanted, ""):
            return found
    for wanted in HEADINGS[name].split():
        if (found := words.get(wanted, "")) and not fold(found).split()[-1] in (
            "id",
            "code",
            "date",
            "nummer",
            "number",
        ):
            return found
    return ""


def _register(path: Path, rows: Sequence[dict[str, str]], columns: Columns) -> Register:
    wholes: dict[str, int] = {}
    givers: dict[tuple[str, int], int] = {}
    names: dict[str, str] = {}
    gave: dict[str, set[int]] = defaultdict(set)
    places: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        receiver, giver = fold(row[columns.receiver]), fold(row[columns.giver])
        if not receiver or not giver or GROUPS.match(receiver) or _nothing(row.get(columns.amount, "")):
            continue
        whole = row.get(columns.whole, "")
        within = wholes.setdefault(whole, len(wholes)) if whole else -1
        names.setdefault(receiver, row[columns.receiver])
        gave[receiver].add(givers.setdefault((giver, within), len(givers)))
        if place := row.get(columns.place, ""):
            places[receiver][place] += 1
    if not gave:
        raise RegisterError(f"{path} has no grants: every row lacks a receiver or giver, or its amount is nothing.")
    order = sorted(gave)
    towns = [max(places[it].items(), key=lambda each: (each[1], each[0]))[0] if it in places else "" for it in order]
    return Register(
        list(wholes), list(givers), [names[it] for it in order], towns, [tuple(sorted(gave[it])) for it in order]
    )


def _nothing(amount: str) -> bool:
    """Return whether an amount is known to be zero or less.

    >>> [_nothing(it) for it in ("0", "€ 0,00", "-12.5", "1.250,00", "", "p.m.")]
    [True, True, True, False, False, False]
    """
    digits = re.sub(r"[^\d]", "", amount)
    return bool(digits) and (not digits.strip("0") or amount.lstrip("€$£ ").startswith(("-", "(")))
