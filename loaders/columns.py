"""The columns of the project's own tables: which field of a record each one fills, and how its cells are read.

A column bears the name of the record's field, except where a shorter or clearer one is given here.
`docs/format.md` describes each of them; a test holds it to this list.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from graph.errors import BadInputError
from graph.records import ActorRecord, FigureRecord, OfferRecord, Record, SourceRecord, TieRecord

Parse: TypeAlias = Callable[[str], object]
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_THOUSANDS = re.compile(r"\d{1,3}(\.\d{3})+")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `names` tells what its cells must name: an `actor` or a `source` of the dataset."""

    name: str
    field: str
    parse: Parse | None = None
    required: bool = False
    names: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One of the tables: its file, the record that a row of it is, and its columns by name."""

    file: str
    record: type[Record]
    columns: Mapping[str, Column]

    @property
    def fields(self) -> Mapping[str, str]:
        """The column that fills each field, where the two names differ."""
        return {column.field: column.name for column in self.columns.values() if column.name != column.field}


def listed(cell: str) -> tuple[str, ...]:
    """Read a cell that holds several values.

    >>> listed("jeugd; wonen;")
    ('jeugd', 'wonen')
    """
    return tuple(item for part in cell.split(";") if (item := part.strip()))


def number(cell: str) -> float:
    """Read a number; a comma or a thousands' mark is a fault, as nobody can tell which of the two it is."""
    if _NUMBER.fullmatch(cell):
        return float(cell)
    raise BadInputError(
        nl=f"{cell!r} is geen getal; schrijf 1500 of 1500.50, met een punt en zonder teken voor duizendtallen",
        en=f"{cell!r} is no number; write 1500 or 1500.50, with a point and no mark for thousands",
    )


def euro(cell: str) -> float:
    """Read an amount in euro; `1.500` is a fault, as it may be fifteen hundred or one and a half."""
    if _THOUSANDS.fullmatch(cell):
        plain = cell.replace(".", "")
        raise BadInputError(
            nl=f"{cell!r} kan {plain} betekenen of {cell.split('.')[0]} en een stukje; schrijf {plain} of 1.50",
            en=f"{cell!r} may mean {plain} or {cell.split('.')[0]} and a bit; write {plain} or 1.50",
        )
    return number(cell)


def yes_or_no(cell: str) -> bool:
    """Read `yes` or `no`."""
    if cell in ("yes", "no"):
        return cell == "yes"
    raise BadInputError(nl=f"{cell!r} is geen 'yes' of 'no'", en=f"{cell!r} is neither 'yes' nor 'no'")


def contacts(cell: str) -> tuple[dict[str, str], ...]:
    """Read ways in: `desk|url|mail|phone`, the last ones as far as known.

    >>> contacts("loket||loket@example.org")
    ({'desk': 'loket', 'mail': 'loket@example.org'},)
    """
    return tuple(_contact(item) for item in listed(cell))


def _contact(item: str) -> dict[str, str]:
    parts = [part.strip() for part in item.split("|")]
    if not parts[0] or len(parts) > 4:
        raise BadInputError(
            nl=f"{item!r} is geen contact; schrijf loket|url|mail|telefoon en laat weg wat er niet is",
            en=f"{item!r} is no contact; write desk|url|mail|phone and leave out what there is not",
        )
    return {name: part for name, part in zip(("desk", "url", "mail", "phone"), parts, strict=False) if part}


_NAMES = {  # columns that bear another name than their field
    ActorRecord: {"websites": "website"},
    TieRecord: {"source": "from", "target": "to", "amount": "amount_eur"},
    OfferRecord: {"amount_from": "amount_from_eur", "amount_to": "amount_to_eur"},
}
_PARSERS: Mapping[str, Parse] = {
    **dict.fromkeys(("aliases", "identifiers", "websites", "themes", "area", "legal_forms", "members_of"), listed),
    **dict.fromkeys(("amount", "amount_from", "amount_to"), euro),
    **dict.fromkeys(("lat", "lon", "value"), number),
    "contacts": contacts,
    "introduces": yes_or_no,
}
_ENDS = {TieRecord: ("source", "target"), OfferRecord: ("actor", "members_of"), FigureRecord: ("about",)}


def _table(file: str, record: type[Record]) -> Table:
    names: Mapping[str, str] = {"cites": "source", **_NAMES.get(record, {})}
    columns = [
        Column(
            name=names.get(field, field),
            field=field,
            parse=_PARSERS.get(field),
            required=info.is_required(),
            names="source" if field == "cites" else "actor" if field in _ENDS.get(record, ()) else "",
        )
        for field, info in record.model_fields.items()
    ]
    return Table(file, record, {column.name: column for column in columns})


ACTORS = _table("actors.csv", ActorRecord)
TABLES: tuple[Table, ...] = (  # in the order in which they are read: what is named comes before what names it
    _table("sources.csv", SourceRecord),
    ACTORS,
    _table("ties.csv", TieRecord),
    _table("offers.csv", OfferRecord),
    _table("figures.csv", FigureRecord),
)
NOT_READ = ("places.csv",)  # tables that explain the others
