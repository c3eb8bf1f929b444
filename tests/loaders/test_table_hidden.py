"""Columns and rows of a workbook that one does not see. All names and numbers are made up."""

from pathlib import Path

import openpyxl
import pytest
from books import edited, ods, xlsx
from reads import Read, without_mapping

from loaders import table
from loaders.table_files import opened
from loaders.table_mapping import Mapping, Role
from loaders.table_proposal import proposals

MEMBERS = [
    ["Ledenlijst (verzonnen)"],
    ["Naam", "Plaats", "Website", "Mail", "Bank"],
    ["Tuin", "Ede", "tuin.example", "info@tuin.example", "geheim 1"],
    ["Klushuis", "Ede", "klus.example", "info@klus.example", "geheim 2"],
    [],
    ["Plein", "Sneek", "plein.example", "info@plein.example", "geheim 3"],
]
HIDDEN_COLUMNS, HIDDEN_ROWS = (2, 4, 5), (1, 4, 5, 6)  # from 1: of the rows one is above the header, and one is empty


def as_xlsx(folder: Path) -> Path:
    path = xlsx(folder / "leden.xlsx", {"Leden": MEMBERS})
    book = openpyxl.load_workbook(path)
    for column in HIDDEN_COLUMNS:
        book["Leden"].column_dimensions["ABCDE"[column - 1]].hidden = True
    for row in HIDDEN_ROWS:
        book["Leden"].row_dimensions[row].hidden = True
    book.save(path)
    return path


def as_ods(folder: Path) -> Path:
    """Write it as LibreOffice does: hidden by hand, or left out by a filter, and the rest of the sheet hidden too."""
    path = ods(folder / "leden.ods", {"Leden": MEMBERS})
    return edited(path, _with_hidden)


def _with_hidden(content: str) -> str:
    first, *rows = content.split("<table:table-row>")
    marks = "".join(
        "<table:table-row"
        + (f' table:visibility="{"filter" if n % 2 else "collapse"}">' if n in HIDDEN_ROWS else ">")
        + row
        for n, row in enumerate(rows, 1)
    )
    columns = (
        '<table:table-column/><table:table-column table:visibility="collapse"/><table:table-column/>'
        '<table:table-column table:visibility="collapse" table:number-columns-repeated="16381"/>'
    )
    rest = '<table:table-row table:visibility="collapse" table:number-rows-repeated="99999999"/></table:table>'
    return (first + columns + marks).replace("</table:table>", rest)


@pytest.fixture(params=[as_xlsx, as_ods], ids=["xlsx", "ods"])
def book(request, tmp_path) -> Path:
    return request.param(tmp_path)


def test_a_hidden_column_is_not_proposed_nor_shown(book):
    [found] = proposals(opened([book]))
    assert found.mapping["actors"] == {
        "organisatie": {"kind": "initiative", "column": {"name": "Naam", "website": "Website"}}
    }
    assert [(guess.column, guess.examples) for guess in found.unknown] == [("Plaats", ()), ("Mail", ()), ("Bank", ())]
    assert {guess.en for guess in found.unknown} == {"this column is hidden; put it in the mapping if it is to be read"}


def test_without_a_mapping_a_hidden_column_is_told_as_not_read(book):
    found = without_mapping(book)
    assert [(actor.name, actor.place) for actor in found.actors] == [
        ("Tuin", None),
        ("Klushuis", None),
        ("Plein", None),
    ]
    told = [nl for (nl, _), _ in found.ledger.notes_of("unread")]
    assert told == [
        f"{book.name}, blad 'Leden': kolom '{column}' is verborgen (zet haar in de mapping als ze mee moet), niet gelezen."
        for column in ("Plaats", "Mail", "Bank")
    ]


def test_a_hidden_column_that_the_mapping_names_is_read_and_told(book):
    role = Role(kind="initiative", column={"name": "Naam", "place": "Plaats", "website": "Website"})
    found = Read(table.reading(opened([book]), [Mapping(ignored=["Mail", "Bank"], actors={"lid": role})]))
    assert [actor.place for actor in found.actors] == ["Ede", "Ede", "Sneek"]
    assert [en for (_, en), _ in found.ledger.notes_of("hidden_columns")] == [
        f"{book.name}, sheet 'Leden': column 'Plaats' is hidden, and was read: it is in the mapping."
    ]
    assert found.ledger.noted("unread") == 0


def test_hidden_rows_are_read_and_counted(book):
    found = without_mapping(book)
    assert len(found.actors) == found.ledger.rows == 3
    assert found.ledger.notes_of("hidden_rows") == [
        (
            (
                f"{book.name}, blad 'Leden': rijen die verborgen zijn (door een filter, of met de hand) en wel gelezen: 2.",
                f"{book.name}, sheet 'Leden': rows that are hidden (by a filter, or by hand) and were read: 2.",
            ),
            2,
        )
    ]


def test_rows_and_columns_that_one_sees_are_not_told(tmp_path):
    found = without_mapping(xlsx(tmp_path / "leden.xlsx", {"Leden": MEMBERS}))
    assert len(found.actors) == 3
    assert found.ledger.noted("hidden_rows") == found.ledger.noted("hidden_columns") == 0
