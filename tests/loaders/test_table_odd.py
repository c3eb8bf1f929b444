"""Spreadsheets that are laid out oddly, or are none: read rightly, or refused with what to do. All names and numbers are made up."""

import zipfile
from pathlib import Path

import pytest
from books import xlsx

from graph.errors import LoadError
from graph.reading import Fault, Row
from graph.records import ActorRecord
from loaders import table
from loaders.options import Options
from loaders.table_files import opened
from loaders.table_guess import by_name
from loaders.table_proposal import proposals
from loaders.table_questions import Proposal


@pytest.fixture
def proposed(tmp_path: Path):
    def propose_for(text: str) -> Proposal:
        path = tmp_path / "lijst.csv"
        path.write_text(text)
        return proposals(opened([path]))[0]

    return propose_for


def columns(proposal: Proposal, role: str = "organisatie") -> dict[str, object]:
    return proposal.mapping["actors"][role]["column"]


def questions(proposal: Proposal) -> list[str]:
    return [question.key for question in proposal.questions]


def refusal(path: Path) -> str:
    with pytest.raises(LoadError) as caught:
        table.load([path], Options())
    return caught.value.nl


# -- two tables on one sheet, and names of columns in two rows


@pytest.mark.parametrize(
    "head",
    [
        pytest.param("Naam;Plaats;;Naam;Plaats", id="behind an empty column"),
        pytest.param("Naam;Plaats;;Fonds;Bedrag", id="of others"),
        pytest.param("Naam;Plaats;;Nr;Koepel", id="that begins with a number"),
    ],
)
def test_a_second_table_beside_the_first_is_not_read_as_of_it(proposed, head):
    proposal = proposed(f"{head}\nTuin;Ede;;Verzonnen A;7\nHuis;;;Verzonnen B;8\n")
    assert proposal.mapping["actors"].keys() == {"organisatie"}
    assert columns(proposal) == {"name": "Naam", "place": "Plaats"}
    assert proposal.mapping["ties"] == []
    assert [guess.en.split(",")[0] for guess in proposal.unknown] == ["stands beside the first table"] * 2


def test_columns_that_come_again_are_of_a_second_table_and_a_name_alone_is_not(proposed):
    assert columns(proposed("Naam;Plaats;Naam;Plaats\nTuin;Epe;Huis;Ede\n")) == {"name": "Naam", "place": "Plaats"}
    assert columns(proposed("Naam;Plaats;Naam;Website\nTuin;Ede;P;tuin.example\n"))["website"] == "Website"


def test_whom_columns_are_of_is_told_by_the_row_above(tmp_path):
    rows = [
        ["Initiatief", None, "Koepel", None],
        ["Naam", "Plaats", "Naam", "Plaats"],
        ["Tuin", None, "Koepel A", "Ede"],
        ["Huis", "Epe", "Koepel A", "Ede"],
    ]
    path = xlsx(tmp_path / "leden.xlsx", {"Leden": rows}, [("Leden", "A1:B1"), ("Leden", "C1:D1")])
    [proposal] = proposals(opened([path]))
    assert proposal.header.row == 2
    assert columns(proposal, "initiatief") == {"name": "Initiatief Naam", "place": "Initiatief Plaats"}
    assert columns(proposal, "koepel") == {"name": "Koepel Naam", "place": "Koepel Plaats"}
    found = [item.record for item in table.load([path], Options()).items if isinstance(item, Row)]
    places = {record.name: record.place for record in found if isinstance(record, ActorRecord)}
    assert places == {"Tuin": None, "Huis": "Epe", "Koepel A": "Ede"}


def test_a_name_under_a_group_is_that_of_the_group_also_beside_first_names(tmp_path):
    rows = [
        ["Initiatief", None, "Contact", None],
        ["Naam", "Plaats", "Voornaam", "Achternaam"],
        ["Tuin", "Ede", "P", "V"],
    ]
    [proposal] = proposals(opened([xlsx(tmp_path / "leden.xlsx", {"Leden": rows})]))
    assert columns(proposal, "initiatief") == {"name": "Initiatief Naam", "place": "Plaats"}


def test_a_row_of_data_is_no_second_line_of_a_header(proposed):
    proposal = proposed("Initiatief;Koepel\nTuin;Tuin\nNaam;Koepel\n")
    assert (proposal.header.row, columns(proposal, "initiatief")) == (1, {"name": "Initiatief"})


# -- headings as forms have them


@pytest.mark.parametrize(
    ("heading", "role", "field"),
    [
        ("Wat is de naam van uw initiatief?", "initiative", "name"),
        ("Hoe heet jullie initiatief?", "initiative", "name"),
        ("Welke thema's passen bij uw initiatief?", "subject", "themes"),
        ("Wie is de voorzitter van uw initiatief?", "person", "name"),
        ("Wat is de naam van de contactpersoon van uw initiatief?", "person", "name"),
        ("Naam contactpersoon initiatief", "person", "name"),
        ("Bij welke koepel bent u aangesloten?", "network", "name"),
        ("Contact e-mail", "subject", "mail"),
    ],
)
def test_what_a_sentence_asks(heading, role, field):
    assert by_name(heading) == (role, field)


def test_a_question_that_only_mentions_an_initiative_has_no_names(proposed):
    assert by_name("Waar is jullie initiatief gevestigd?") is None
    assert questions(
        proposed("Tijdstempel;Waar is jullie initiatief gevestigd?;Hoe heet jullie club?\n1;Ede;Tuin\n")
    ) == ["actors"]


def test_rows_that_give_no_leave_are_asked_about(proposed, tmp_path):
    head = "Initiatief;Mogen wij uw gegevens delen? (AVG)\n"
    assert questions(proposed(head + "Tuin;Ja\nHuis;Nee\n")) == ["Mogen wij uw gegevens delen? (AVG)"]
    assert "toestemming" in refusal(tmp_path / "lijst.csv")
    assert questions(proposed(head + "Tuin;Ja\nHuis;Ja\n")) == []


def test_marks_under_a_theme_say_who_has_it(proposed, tmp_path):
    proposal = proposed("Initiatief;Groen;Zorg;ANBI\nTuin;x;;ja\nHuis;ja;nee;nee\nHof;0;1;ja\n")
    assert columns(proposal, "initiatief") == {"name": "Initiatief", "themes": ["Groen", "Zorg"]}
    items = list(table.load([tmp_path / "lijst.csv"], Options()).items)
    assert not [item for item in items if isinstance(item, Fault)]
    themes = [item.record.themes for item in items if isinstance(item, Row) and isinstance(item.record, ActorRecord)]
    assert themes == [("groen-biodiversiteit",), ("groen-biodiversiteit",), ("zorg-welzijn",)]


# -- what is to be mended in the file


def test_a_header_that_is_not_there_names_in_a_row_and_all_in_one_column_are_told(proposed, tmp_path):
    for text, told in [
        ("Tuin Verzonnen;Ede\nHuis Verzonnen;Epe\n", "zet er dan een rij met namen van kolommen boven"),
        ('"Naam,Plaats"\n"Tuin,Ede"\n', "alles staat in één kolom"),
        ("Naam;Tuin\nPlaats;Ede\nWebsite;tuin.example\n", "Transponeren"),
    ]:
        assert proposed(text).questions[0].key in ("actors", "file")
        assert told in refusal(tmp_path / "lijst.csv")


def test_a_sheet_with_an_explanation_names_nobody(tmp_path):
    sheets = {
        "Toelichting": [["Dit bestand heeft de leden van een verzonnen koepel."], ["Vragen? Bel Truus Verzonnen"]],
        "Leden": [["Naam", "Plaats"], ["Tuin", "Ede"]],
    }
    found = table.load([xlsx(tmp_path / "leden.xlsx", sheets)], Options())
    assert [
        item.record.name for item in found.items if isinstance(item, Row) and isinstance(item.record, ActorRecord)
    ] == ["Tuin"]
    assert "leden.xlsx, blad 'Toelichting': dit blad staat niet in de mapping, niet gelezen." in found.ledger.notes(
        "nl"
    )


@pytest.mark.parametrize(
    "text", ["<html><table><tr><td>Naam</td></tr></table></html>", '\ufeff\n<?xml version="1.0"?><Workbook/>']
)
def test_a_web_page_that_is_called_a_spreadsheet_is_told(tmp_path, text):
    path = tmp_path / "export.xls"
    path.write_text(text)
    assert "open het in Excel of LibreOffice, en bewaar het als XLSX" in refusal(path)


@pytest.mark.parametrize(
    ("name", "told"), [("leden.csv", "pak het uit en geef wat erin zit (leden.csv)"), ("Index/a.iwa", "Apple Numbers")]
)
def test_a_packed_file_that_is_no_workbook_is_told(tmp_path, name, told):
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, "Naam;Plaats\n")
    assert told in refusal(path)


def test_why_a_column_is_not_read_is_told_with_a_load(tmp_path, proposed):
    proposed("Naam;Adres;KvK\nTuin;Weg 1;abc\n")
    notes = table.load([tmp_path / "lijst.csv"], Options()).ledger.notes("en")
    assert "lijst.csv: column 'Adres' (addresses are not kept; place and municipality are), not read." in notes
    assert "lijst.csv: column 'KvK' (looks like 'kvk', but this is not read: abc), not read." in notes


def test_amounts_of_which_some_cannot_be_read_are_faults_of_their_rows(tmp_path, proposed):
    proposed("Ontvanger;Fonds;Bedrag\nA;F;5\nB;F;max. 7\nC;F;9\n")
    faults = [
        item.text("nl") for item in table.load([tmp_path / "lijst.csv"], Options()).items if isinstance(item, Fault)
    ]
    assert [fault.split(":")[0] for fault in faults] == ["lijst.csv, rij 3, kolom 'Bedrag'"]


# -- coordinates, dates


def test_coordinates_of_another_system_or_the_other_way_around_are_told(tmp_path, proposed):
    rows = "".join(f"V {n};52,{n};5,{n}\n" for n in range(10, 20))
    proposal = proposed(f"Naam;Lat;Lon\n{rows}A;6,1;52,2\nB;207500;473900\nC;0;0\n")
    assert columns(proposal) == {"name": "Naam", "lat": "Lat", "lon": "Lon"}
    items = list(table.load([tmp_path / "lijst.csv"], Options()).items)
    faults = [item.text("nl") for item in items if isinstance(item, Fault)]
    assert ["verwisseld" in fault for fault in faults] == [True, False, False]
    assert ["Rijksdriehoek" in fault for fault in faults] == [False, True, True]
    actors = {
        item.record.name: item.record
        for item in items
        if isinstance(item, Row) and isinstance(item.record, ActorRecord)
    }
    assert (actors["C"].lat, actors["V 10"].lat) == (None, 52.1)


def test_an_error_under_many_empty_rows_is_found(tmp_path):
    path = xlsx(tmp_path / "leden.xlsx", {"Leden": [["Naam", "Plaats"], ["Tuin", "Ede"]]})
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    empty = b"".join(b'<row r="%d"><c r="A%d" s="0"/></row>' % (row, row) for row in range(3, 200_000))
    odd = b'<row r="200000"><c r="A200000"><v>1</v></c><c r="B200000" t="e"><v>#N/A</v></c></row>'
    parts[sheet] = parts[sheet].replace(b"</sheetData>", empty + odd + b"</sheetData>")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    found = table.load([path], Options())
    faults = [item.text("nl") for item in found.items if isinstance(item, Fault)]
    assert (found.ledger.rows, [fault.split(":")[0] for fault in faults]) == (
        2,
        ["leden.xlsx, blad 'Leden', rij 200000, kolom 'Plaats'"],
    )
