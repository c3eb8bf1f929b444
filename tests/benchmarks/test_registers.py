"""Reading registers of grants, of which the columns are told or guessed. All names and amounts are made up."""

from pathlib import Path

import pytest

from benchmarks.registers import Columns, Register, RegisterError, read

DUTCH = """Overheid,Regeling,Ontvanger,Beleid,Realisatie,Jaar
Ministerie A,Regeling een,Stichting Verzonnen,1.1,1000,2015
Ministerie A,Regeling Een,"STICHTING  verzonnen",1.1,500,2015
Ministerie A,Regeling twee,Stichting Verzonnen,1.2,0,2015
Ministerie B,Regeling twee,Bedachte Tuin,2.1,-50,2015
Ministerie B,Regeling twee,Natuurlijke personen,2.1,900,2015
Ministerie B,Regeling een,Bedachte Tuin,2.1,20,2015
"""


def file(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "register.csv"
    path.write_text(text, encoding=encoding)
    return path


def told(register: Register) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return who received, from whom within what."""
    names = [(giver, register.wholes[whole] if whole >= 0 else "") for giver, whole in register.givers]
    return [
        (name, sorted(names[giver] for giver in gave))
        for name, gave in zip(register.receivers, register.gave, strict=True)
    ]


def test_names_in_another_case_are_the_same_and_nothing_given_is_no_grant(tmp_path: Path):
    register, columns = read(file(tmp_path, DUTCH), Columns())
    assert columns == Columns("Ontvanger", "Regeling", "Overheid", "Realisatie", "")
    assert told(register) == [
        ("Bedachte Tuin", [("regeling een", "Ministerie B")]),
        ("Stichting Verzonnen", [("regeling een", "Ministerie A")]),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_register_from_elsewhere_is_read_by_its_headings(tmp_path: Path, encoding: str):
    text = "Funder;Scheme;Recipient;Amount;Year;City\nFonds É;Green;Café Tuin;1,000;2020;Gént\nFonds É;Blue;CAFÉ TUIN;;2021;Gént\n"
    register, columns = read(file(tmp_path, text, encoding), Columns())
    assert columns == Columns("Recipient", "Scheme", "Funder", "Amount", "City")
    assert told(register) == [("Café Tuin", [("blue", "Fonds É"), ("green", "Fonds É")])]
    assert register.places == ["Gént"]


def test_a_funder_without_schemes_is_the_giver(tmp_path: Path):
    text = "Funding Org:Name,Recipient Org:Identifier,Recipient Org:Name,Amount Awarded\nFonds,7,Tuin,12.50\n"
    register, columns = read(file(tmp_path, text), Columns())
    assert columns == Columns("Recipient Org:Name", "Funding Org:Name", "", "Amount Awarded", "")
    assert told(register) == [("Tuin", [("fonds", "")])]


@pytest.mark.parametrize(
    ("headings", "columns"),
    [
        (
            "Aanvrager;Regelingnaam;Bedrag aangevraagd;Bedrag verleend",
            Columns("Aanvrager", "Regelingnaam", "", "Bedrag verleend", ""),
        ),
        (
            "nomAttribuant;idAttribuant;nomBeneficiaire;montant",
            Columns("nomBeneficiaire", "nomAttribuant", "", "montant"),
        ),
    ],
)
def test_headings_are_known_as_those_of_spreadsheets(tmp_path: Path, headings: str, columns: Columns):
    _, read_as = read(file(tmp_path, f"{headings}\nTuin;Groen;12;12\n"), Columns())
    assert read_as == columns


def test_columns_that_are_told_go_before_those_that_are_guessed(tmp_path: Path):
    told_ = Columns(giver="Overheid", whole="-")
    register, columns = read(file(tmp_path, DUTCH), told_)
    assert columns == Columns("Ontvanger", "Overheid", "-", "Realisatie", "")
    assert told(register)[0] == ("Bedachte Tuin", [("ministerie b", "")])


@pytest.mark.parametrize(
    ("text", "columns", "message"),
    [
        ("a,b\n1,2\n", Columns(), "Give --receiver and --giver. It has: 'a', 'b'"),
        ("Ontvanger,b\nTuin,2\n", Columns(), "Give --giver. It has: 'Ontvanger', 'b'"),
        (
            "Ontvanger,Fonds\nTuin,F\n",
            Columns(giver="fonds"),
            "no column 'fonds' (--giver). It has: 'Ontvanger', 'Fonds'",
        ),
        ("Ontvanger,Fonds\n", Columns(), "no rows"),
        ("", Columns(), "no rows"),
        ("Ontvanger,Fonds,Bedrag\nTuin,F,0\n", Columns(), "no grants"),
    ],
)
def test_what_cannot_be_read_is_told_with_what_would_do(tmp_path: Path, text: str, columns: Columns, message: str):
    with pytest.raises(RegisterError) as caught:
        read(file(tmp_path, text), columns)
    assert message in str(caught.value)


def test_a_file_that_is_not_there_is_told(tmp_path: Path):
    with pytest.raises(RegisterError, match="cannot be read"):
        read(tmp_path / "nergens.csv", Columns())
