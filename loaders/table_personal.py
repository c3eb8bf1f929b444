"""What is somebody's own within a text that is kept, as in a note: a mail address, a mobile number, a citizen service number.

A column of addresses is read by `table_role`; here people wrote them among other words, where a reader looks for none.
"""

import re
from collections.abc import Callable, MutableMapping

from loaders.table_cells import Cell
from loaders.table_codes import looks_like_mail, of_a_desk
from loaders.table_header import Header
from loaders.table_mapping import Manners, Mapping, as_list

FREE = ("note", "size_note", "role", "conditions", "window")  # fields that hold text as people write it
_EIGHT = r"(?:[\s./‐-–-]?\d){8}(?!\d)"
_ABROAD = r"(?<![\d+])(?:\+|00)"
_NINE_DIGITS = re.compile(r"(?:\d\D*){9}")  # the least that each of these numbers has
_OWN = re.compile(
    # Not a handle, as @buurt@social.example.
    r"(?<![\w.+@-])(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    # Dutch numbers, but no days such as 06-12-2023 10:00.
    rf"|{_ABROAD}31[\s.-]{{0,3}}(?:\(0\)\s?)?6(?:\s[-–])?{_EIGHT}"
    rf"|(?<![\d+])(?:\(06\)|06(?![./ -]\d\d[./ -]\d{{4}}(?!\d)))(?:\s[-–])?{_EIGHT}"
    # Belgian ones; without the country only in pairs, as 0475-123456 is in Roermond.
    rf"|{_ABROAD}32\s?(?:\(0\)\s?)?4[5-9](?:[\s./]?\d){{7}}(?!\d)"
    r"|(?<![\d+])04[5-9]\d[\s/]\d\d[\s.]\d\d[\s.]\d\d(?!\d)"
    r"|(?:\bbsn|burgerservicenummer|sofi-?nummer)\b[^\w\n]{0,3}(?:\d[ .]?){8}\d(?!\d)",
    re.IGNORECASE,
)


def without_personal(said: str) -> str:
    """Return a text with `…` in place of what is somebody's own; addresses of desks stay.

    >>> without_personal("Bel Jan: 06-12345678 of jan.jansen@example.org, anders info@example.org")
    'Bel Jan: … of …, anders info@example.org'
    """
    if not _may_be_own(said):
        return said
    return _OWN.sub(lambda found: found[0] if found["mail"] and of_a_desk(found["mail"]) else "…", said)


def is_personal(name: str) -> bool:
    """Return whether a mail address (also of a desk), a mobile number or a citizen service number is in what should be a name or a place.

    >>> is_personal("Tuin 06-12345678"), is_personal("Tuin (info@example.org)"), is_personal("Plein 1940")
    (True, True, False)
    """
    return looks_like_mail(name) or (_may_be_own(name) and _OWN.search(name) is not None)


def _may_be_own(said: str) -> bool:
    """Return whether a text has what each of these has, which is soon seen of the many that have none: a sign, or nine digits."""
    return "@" in said or _NINE_DIGITS.search(said) is not None


def leave_out(values: MutableMapping[str, object]) -> list[str]:
    """Leave out of the texts of an actor, tie or offer what is somebody's own; return the fields that had it."""
    found = []
    for field in FREE:
        said = values.get(field)
        if isinstance(said, str) and (left := without_personal(said)) != said:
            values[field] = left
            found.append(field)
    return found


def has_personal(cell: Cell) -> bool:
    """Return whether a cell holds something that `without_personal` leaves out."""
    return isinstance(cell, str) and without_personal(cell) != cell


def free_columns(mapping: Mapping, header: Header) -> dict[str, int]:
    """Return the columns that are there from which `free_text` may leave something out, by name, with their places."""
    rules = [] if mapping.reading.personal_mail else [*mapping.actors.values(), *mapping.ties, *mapping.offers]
    named = [column for rule in rules for field in FREE for column in as_list(rule.column.get(field, []))]
    return {column: place for column in named if (place := header.place(column)) is not None}


def free_text(parse: Callable[[Cell], str], reading: Manners) -> Callable[[Cell], str]:
    """Return how cells of text as people write it are read: without what is somebody's own, unless the mapping keeps that."""
    return parse if reading.personal_mail else lambda cell: without_personal(parse(cell))
