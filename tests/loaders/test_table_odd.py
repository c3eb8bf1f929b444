"""Spreadsheets that are laid out oddly, or are none: read rightly, or refused with what to do. All names and numbers are made up."""

import re
import zipfile
from pathlib import Path

import pytest
from books import edited, ods, xls, xlsb, xlsx
from reads import without_mapping

from graph.errors import LoadError
from loaders import table
from loaders.options import Options
from loaders.table_files import opened
from loaders.table_headings import by_name
from loaders.table_proposal import proposals
from loaders.table_questions import FILE, PIVOT, Proposal


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
    places = {actor.name: actor.place for actor in without_mapping(path).actors}
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
    found = without_mapping(tmp_path / "lijst.csv")
    assert found.faults == []
    assert [actor.themes for actor in found.actors] == [
        ("groen-biodiversiteit",),
        ("groen-biodiversiteit",),
        ("zorg-welzijn",),
    ]


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
    found = without_mapping(xlsx(tmp_path / "leden.xlsx", sheets))
    assert found.names == ["Tuin"]
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
    faults = without_mapping(tmp_path / "lijst.csv").faults_nl
    assert [fault.split(":")[0] for fault in faults] == ["lijst.csv, rij 3, kolom 'Bedrag'"]


# -- coordinates, dates


def test_coordinates_of_another_system_or_the_other_way_around_are_told(tmp_path, proposed):
    rows = "".join(f"V {n};52,{n};5,{n}\n" for n in range(10, 20))
    proposal = proposed(f"Naam;Lat;Lon\n{rows}A;6,1;52,2\nB;207500;473900\nC;0;0\n")
    assert columns(proposal) == {"name": "Naam", "lat": "Lat", "lon": "Lon"}
    found = without_mapping(tmp_path / "lijst.csv")
    assert ["verwisseld" in fault for fault in found.faults_nl] == [True, False, False]
    assert ["Rijksdriehoek" in fault for fault in found.faults_nl] == [False, True, True]
    actors = {actor.name: actor for actor in found.actors}
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
    found = without_mapping(path)
    faults = found.faults_nl
    assert (found.ledger.rows, [fault.split(":")[0] for fault in faults]) == (
        2,
        ["leden.xlsx, blad 'Leden', rij 200000, kolom 'Plaats'"],
    )


# -- older workbooks, and cells that show an error


@pytest.mark.parametrize("write", [xls, xlsb])
def test_an_older_workbook_is_read_and_what_cannot_be_seen_in_it_is_told(tmp_path, write):
    rows = [["Naam", "Plaats", "KvK-nummer"], ["Café Verzonnen", "Ede", 1234567], ["Huis", "#N/A", "41202535"]]
    found = without_mapping(write(tmp_path / "leden", "Leden", rows))
    assert [(one.name, one.place, one.identifiers) for one in found.actors] == [
        ("Café Verzonnen", "Ede", ("kvk:01234567",)),
        ("Huis", None, ("kvk:41202535",)),
    ]
    [note] = [note for note in found.ledger.notes("en") if "XLSB" in note]
    assert "errors such as #N/A are empty cells. Save it as XLSX" in note


@pytest.mark.parametrize(
    ("cell", "told"),
    [("########", "de kolom was te smal"), ("#VERW!", "de fout '#VERW!'"), ("Fout:502", "de fout 'Fout:502'")],
)
def test_an_error_in_a_text_file_is_no_value_and_does_not_keep_it_from_being_looked_at(tmp_path, cell, told):
    path = tmp_path / "lijst.csv"
    path.write_text(f"Ontvanger;Fonds;Bedrag\nTuin;Fonds A;{cell}\nHuis;Fonds A;81,50\n#1 in de wijk;Fonds A;5\n")
    found = without_mapping(path)
    faults = found.faults_nl
    assert (found.ledger.accepted, len(faults), told in faults[0]) == (2, 1, True)


def test_a_formula_without_a_result_among_amounts_is_told_with_its_place(tmp_path):
    rows = [["Ontvanger", "Fonds", "Bedrag"], ["Tuin", "Fonds A", "=[1]Blad1!A1"], ["Huis", "Fonds A", "1.500,00"]]
    faults = without_mapping(xlsx(tmp_path / "lijst.xlsx", {"Blad1": rows})).faults_nl
    assert [fault.split(":")[0] for fault in faults] == ["lijst.xlsx, blad 'Blad1', rij 2, kolom 'Bedrag'"]


def test_an_error_in_an_ods_is_told(tmp_path):
    rows = [["Naam", "Plaats"], ["Tuin", "Ede"], ["Huis", "FOUT"], ["Hof", "#VERW!"]]
    wrong = (
        '<table:table-cell office:value-type="string" office:string-value="" calcext:value-type="error"'
        ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"><text:p>#N/B</text:p>'
    )
    made = ods(tmp_path / "leden.ods", {"Leden": rows})
    path = edited(made, lambda text: re.sub(r"<table:table-cell[^>]*><text:p>FOUT</text:p>", wrong, text))
    faults = without_mapping(path).faults_nl
    assert ["rij 3, kolom 'Plaats': hier staat de fout '#N/B'" in faults[0], "'#VERW!'" in faults[1]] == [True, True]


# -- what is no list: pivot tables, matrices, other files


def test_a_pivot_table_is_told(proposed, tmp_path):
    assert [one.nl for one in proposed("Rijlabels;Som van Bedrag\nEde;700\nTuin;500\n").questions] == [PIVOT.nl]
    sheets = {"Draaitabel": [["Rijlabels", "Som"], ["Tuin", 5]], "Data": [["Naam", "Plaats"], ["Tuin", "Ede"]]}
    [proposal] = proposals(opened([xlsx(tmp_path / "x.xlsx", sheets)]))
    assert proposal.mapping["sheets"] == ["Data"]


@pytest.mark.parametrize("corner", ["", "Organisatie"])
def test_a_table_of_who_has_to_do_with_whom_is_no_list(proposed, corner):
    proposal = proposed(f"{corner};Tuin;Huis\nTuin;;x\nHuis;x;\n")
    assert ["make a list of it" in guess.en for guess in proposal.unknown if guess.column in ("Tuin", "Huis")] == [
        True
    ] * 2
    assert [one.key for one in proposal.questions] == ([] if corner else [FILE])


def test_what_numbers_tells_of_its_sheets_is_no_organisation(tmp_path):
    summary = [
        ["This document was exported from Numbers."],
        [],
        ["Numbers Sheet Name", "Numbers Table Name"],
        ["Blad 1", "Tabel 1"],
    ]
    path = xlsx(
        tmp_path / "x.xlsx", {"Export Summary": summary, "Blad 1": [["Tabel 1"], ["Naam", "Plaats"], ["Tuin", "Ede"]]}
    )
    [proposal] = proposals(opened([path]))
    assert proposal.mapping["sheets"] == ["Blad 1"]


@pytest.mark.parametrize("begin", ["%PDF-1.7\n1 0 obj", "{\\rtf1\\ansi Naam;Plaats}"])
def test_a_pdf_or_formatted_text_is_told(tmp_path, begin):
    path = tmp_path / "lijst.csv"
    path.write_text(begin)
    assert "is een PDF of een tekst met opmaak, en geen spreadsheet; vraag om" in refusal(path)


def test_a_name_of_which_each_part_is_a_name_too_is_noted(tmp_path):
    path = tmp_path / "lijst.csv"
    path.write_text(
        "Initiatief;Koepel\nTuin;Koepel A en Koepel B\nHuis en hof;Koepel A\nHof;Stichting Koepel B\nZaal;koepel b\n"
    )
    found = table.load([path], Options())
    assert len(list(found.items)) > 0
    assert [told for told, _ in found.ledger.notes_of("several")] == [
        ("lijst.csv, rij 2: kijk dit na.", "lijst.csv, row 2: look this over.")
    ]


@pytest.mark.parametrize("corner", ["Ontvanger;Fonds", ";Fonds", ";"])
def test_years_under_a_merged_cell_of_a_text_file_are_of_what_it_says(proposed, corner):
    below = ";".join(
        "" if above else name for above, name in zip(corner.split(";"), ("Ontvanger", "Fonds"), strict=True)
    )
    head = f"{corner};Aangevraagd;;Toegekend;\n{below};2022;2023;2022;2023\n"
    proposal = proposed(f"{head}Tuin;Fonds A;100;200;10;20\n")
    assert [(tie["since"], tie["column"]["amount"]) for tie in proposal.mapping["ties"]] == [
        ("2022", "Toegekend 2022"),
        ("2023", "Toegekend 2023"),
    ]
