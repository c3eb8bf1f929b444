"""Spreadsheets as registers, CRM systems and forms give them. All names, numbers and amounts are made up."""

from pathlib import Path

import pytest
from books import xlsx

from graph.reading import Fault, Reading, Row
from graph.records import ActorRecord, TieRecord
from loaders import table
from loaders.options import Options
from loaders.table_files import opened
from loaders.table_proposal import proposals
from loaders.table_questions import Proposal


@pytest.fixture
def given(tmp_path: Path):
    """Write a text file, and return its path."""

    def write(text: str, name: str = "lijst.csv") -> Path:
        path = tmp_path / name
        path.write_text(text)
        return path

    return write


def proposed(path: Path) -> Proposal:
    return proposals(opened([path]))[0]


def read(path: Path, mapping: str = "") -> tuple[Reading, list[Row | Fault]]:
    """Return what is read of a file, as proposed if no mapping is given."""
    options = Options()
    if mapping:
        kept = path.with_suffix(".toml")
        kept.write_text(mapping)
        options = Options(mapping=kept)
    reading = table.load([path], options)
    return reading, list(reading.items)


def names(items: list[Row | Fault]) -> list[str]:
    return [item.record.name for item in items if isinstance(item, Row) and isinstance(item.record, ActorRecord)]


def ties(items: list[Row | Fault]) -> list[TieRecord]:
    return [item.record for item in items if isinstance(item, Row) and isinstance(item.record, TieRecord)]


def faults(items: list[Row | Fault]) -> list[str]:
    return [item.en for item in items if isinstance(item, Fault)]


# -- what stands in cells


@pytest.mark.parametrize("cell", ["#VERW!", "#####"])
def test_a_name_that_is_an_error_is_a_fault_and_nobody_only_where_it_says_so(given, cell):
    reading, items = read(given(f"Naam;Plaats\n{cell};Ede\nn.v.t.;Epe\nTuin;Ede\n"))
    assert len(faults(items)) == 1
    assert (reading.ledger.rejected, dict(reading.ledger.set_apart)) == (1, {"nobody": 1})


def test_a_name_from_a_formula_without_a_result_is_a_fault(tmp_path):
    rows = [["Naam", "Plaats"], ['=HYPERLINK("https://tuin.example","Tuin")', "Ede"], ["Huis", "Epe"]]
    [fault] = faults(read(xlsx(tmp_path / "leden.xlsx", {"Leden": rows}))[1])
    assert "formula" in fault


def test_signs_that_nobody_sees_are_none_of_a_name(given):
    _, items = read(given("Naam;Plaats\n\u200eDe\u2060 Brug\u200f;Delft\n\u202aDe Brug\u202c;Delft\n"))
    assert names(items) == ["De Brug"]


def test_the_mark_of_a_footnote_is_none_of_a_name_and_the_footnote_is_no_row(given):
    text = "Organisatie*;Plaats\nTuin*;Ede\nTuin;Ede\nKoor¹;Epe\nAtelier m²;Epe\n* sinds kort\n¹ tot en met dit jaar\n"
    reading, items = read(given(text))
    assert names(items) == ["Tuin", "Koor", "Atelier m²"]
    assert dict(reading.ledger.set_apart) == {"under": 2}
    assert reading.ledger.noted("footnotes") == 2


@pytest.mark.parametrize("cell", ["1500 euro", "1.500,00 EUR", "1500 euro.", "€ 1.500*", "1.500,- ¹"])
def test_an_amount_may_have_its_coin_or_a_footnote_behind_it(given, cell):
    _, items = read(given(f"Ontvanger;Fonds;Bedrag\nTuin;Verzonnen Fonds;{cell}\n"))
    assert [tie.amount for tie in ties(items)] == [1500]
