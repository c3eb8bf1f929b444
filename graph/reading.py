"""What a loader reads: rows with where they stood, and the faults of rows that say it wrongly, in plain words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pydantic import ValidationError

from graph.ledger import Ledger
from graph.records import Record

WHOLE = "whole"


class Where(NamedTuple):
    """Where a row stands in its source; `row` counts from 1, the header being row 1.

    What is no table counts otherwise (`unit`): `line` of a text, or `item` of the list that `sheet` names. If something is of the file as a
    `whole`, no row is told; its columns are keys of the file.
    """

    file: str
    row: int
    sheet: str = ""
    unit: str = "row"

    def text(self, lang: str) -> str:
        """Return the place in words.

        >>> Where("leden.xlsx", 7, "Blad1").text("nl")
        "leden.xlsx, blad 'Blad1', rij 7"
        >>> Where("kaart.json", 7, "elements", "item").text("en")
        "kaart.json, list 'elements', number 7"
        """
        if self.unit == WHOLE:
            return self.file
        sheet, row = _PLACES[self.unit][lang == "en"]
        return f"{self.file}{f', {sheet} {self.sheet!r}' if self.sheet else ''}, {row} {self.row}"


_PLACES: Mapping[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "row": (("blad", "rij"), ("sheet", "row")),
    "line": (("deel", "regel"), ("part", "line")),
    "item": (("lijst", "nummer"), ("list", "number")),
}


class Row(NamedTuple):
    """A record and where it stood; `cells` is the row as it was, for a file of rows to mend.

    Rows that say the same of others (most ties do) may share a checked record. Then `names` has whom this row is about, in
    the order of the record's `NAMES`. If a tie has another amount than the shared record, `amount` has it, and `ref` may have
    its `distinct_ref`, if that was worked out.
    """

    says: Record
    where: Where
    cells: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    amount: float | None = None
    ref: str = ""

    @property
    def record(self) -> Record:
        """The whole record."""
        record = self.says.of(self.names) if self.names else self.says
        return record if self.amount is None else record.model_copy(update={"amount": self.amount})


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that cannot be loaded, and why; `cells` as in `Row`."""

    where: Where
    column: str
    nl: str
    en: str
    cells: tuple[str, ...] = field(default=(), compare=False)

    def text(self, lang: str) -> str:
        """Return place and problem in words."""
        called = "" if self.where.unit == WHOLE else "kolom " if lang == "nl" else "column "
        column = f", {called}{self.column!r}" if self.column else ""
        return f"{self.where.text(lang)}{column}: {self.nl if lang == 'nl' else self.en}."


@dataclass(frozen=True, slots=True)
class Reading:
    """What a loader reads of a source.

    `dataset` holds the fields of `DatasetRecord` that the source states itself, checked; it may be empty. `items` is
    read once; the faults of one row follow each other and have the same `where`. `tables` has the header of each table,
    by the names in `where.file` and `where.sheet`, so that `cells` of rejected rows can be written back. `total` is the
    number of rows. `ledger` counts rows that are not records, one each; it is full when `items` are read.
    """

    dataset: Mapping[str, object]
    items: Iterator[Row | Fault]
    tables: Mapping[tuple[str, str], tuple[str, ...]]
    total: int | None = None
    ledger: Ledger | None = None


_NO_NUMBER = "{input!r} is geen getal", "{input!r} is no number"
_NO_FLAG = "{input!r} is geen true of false", "{input!r} is neither true nor false"
_NO_LIST = "{input!r} is geen lijst; zet het tussen [ en ]", "{input!r} is no list; put it between [ and ]"
_NO_TABLE = "{input!r} is geen tabel met sleutels", "{input!r} is no table with keys"
_PLAIN: Mapping[str, tuple[str, str]] = {  # by what pydantic calls it
    "missing": ("ontbreekt; vul het in of haal de rij weg", "is missing; fill it in or delete the row"),
    "string_too_short": ("is leeg; vul het in of haal de rij weg", "is empty; fill it in or delete the row"),
    "too_short": ("is leeg", "is empty"),
    "string_type": ("{input!r} is geen tekst", "{input!r} is no text"),
    **dict.fromkeys(("float_type", "float_parsing", "finite_number"), _NO_NUMBER),
    **dict.fromkeys(("bool_type", "bool_parsing"), _NO_FLAG),
    **dict.fromkeys(("list_type", "tuple_type"), _NO_LIST),
    **dict.fromkeys(("dict_type", "model_type"), _NO_TABLE),
    "literal_error": ("{input!r} kan hier niet; wel: {expected}", "{input!r} cannot be here; known: {expected}"),
    "string_too_long": (
        "is te lang; kort het in tot {max_length} tekens",
        "is too long; shorten it to {max_length} characters",
    ),
    "extra_forbidden": ("kennen we niet", "is not known"),
    "greater_than": ("{input!r} is te klein; meer dan {gt:g}", "{input!r} is too small; more than {gt:g}"),
    "greater_than_equal": ("{input!r} is te klein; minstens {ge:g}", "{input!r} is too small; at least {ge:g}"),
    "less_than_equal": ("{input!r} is te groot; hoogstens {le:g}", "{input!r} is too large; at most {le:g}"),
}


def faults_of(error: ValidationError, where: Where, cells: tuple[str, ...], columns: Mapping[str, str]) -> list[Fault]:
    """Return what pydantic found wrong with one row, a fault a column, in plain words.

    `columns` names the file's column for a record's field, where the two differ.
    """
    return [_fault(detail, where, cells, columns) for detail in error.errors(include_url=False)]


def _fault(detail: Mapping[str, Any], where: Where, cells: tuple[str, ...], columns: Mapping[str, str]) -> Fault:
    name = str(detail["loc"][0]) if detail["loc"] else ""
    context = detail.get("ctx", {})
    if not name and detail["type"] in ("lat", "visibility", "target", "until"):
        name = detail["type"]
    if "nl" in context:
        nl, en = context["nl"], context["en"]
    elif detail["type"] in _PLAIN:
        given = context | {"input": detail["input"], "expected": context.get("expected", "").replace(" or ", ", ")}
        nl, en = (words.format(**given) for words in _PLAIN[detail["type"]])
    else:
        nl, en = f"{detail['input']!r} klopt niet ({detail['msg']})", f"{detail['input']!r}: {detail['msg']}"
    return Fault(where, columns.get(name, name), nl, en, cells)
