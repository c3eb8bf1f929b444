"""Workbooks with sheets that differ, and what is read without a mapping. All names and numbers are made up."""

import tomllib
from pathlib import Path

import openpyxl
import pytest
from books import xlsx
from reads import Read, as_proposed, mapped, without_mapping

from api.rejected import RejectedRows
from graph.errors import LoadError
from graph.reading import Fault
from loaders import table, table_mapping_file
from loaders.options import Options
from loaders.table_files import opened
from loaders.table_mapping import Mapping, Role
from loaders.table_proposal import as_one, proposals
from loaders.table_toml import written

MEMBERS = [
    ["Ledenlijst 2026"],
    [],
    ["Naam initiatief", "KvK-nummer", "Plaats"],
    ["Tuin De Hoek", "12345678", "Ede"],
    ["Klushuis", "", "Ede"],
    ["Klushuis", "", "Sneek"],
]
UMBRELLAS = [
    ["Koepel", "Lid"],
    ["Koepel Groen", "TUIN DE HOEK"],
    ["Koepel Groen", "Klushuis"],
    ["Koepel Groen", "Plein"],
]
SHEETS = {"Koepels": UMBRELLAS, "Uitleg": [["Dit", "is"], ["een", "uitleg"]], "Leden": MEMBERS}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return xlsx(tmp_path / "leden.xlsx", SHEETS)


def test_each_sort_of_sheet_gets_a_table_the_best_understood_first(book):
    found = proposals(opened([book]))
    assert [(one.mapping["sheets"], one.header.row, list(one.mapping["actors"])) for one in found] == [
        (["Leden"], 3, ["initiatief"]),
        (["Koepels"], 1, ["organisatie", "koepel"]),
    ]
    said = tomllib.loads(mapped(book).read_text())
    assert [one["sheets"] for one in said["tables"]] == [["Leden"], ["Koepels"]]
    assert said["dataset"] == {"title": "leden"}


def test_sheets_are_one_dataset_in_which_a_name_alone_means_its_only_bearer(book):
    found = as_proposed(book)
    actors, ties = found.actors, found.ties
    assert found.faults == []
    assert found.reading.dataset["title"] == "leden"
    by_id = {actor.id: actor for actor in actors}
    members = [by_id[tie.source] for tie in ties]
    assert [(one.name, one.place, one.identifiers) for one in members] == [
        ("Tuin De Hoek", "Ede", ("kvk:12345678",)),
        ("Klushuis", None, ()),  # two bear the name: neither is guessed
        ("Plein", None, ()),
    ]
    assert {by_id[tie.target].name for tie in ties} == {"Koepel Groen"}
    assert len(actors) == 3 + 2 + 1
    assert found.ledger.rows == 6
    assert sorted(found.ledger.notes("en")) == [
        "leden.xlsx, sheet 'Koepels', row 3: a name is that of more than one on another sheet; this is another one.",
        "leden.xlsx, sheet 'Uitleg': this sheet is not in the mapping, not read.",
    ]


def test_in_a_single_table_a_name_alone_is_nobody_elses(tmp_path):
    path = tmp_path / "leden.csv"
    path.write_text("Naam;Plaats\nTuin;Ede\nTuin;\n")
    assert as_proposed(path).names == ["Tuin", "Tuin"]


def test_rows_that_say_the_same_on_sheets_of_other_sorts_are_not_doubled(tmp_path):
    sheets = {
        "Leden": [["Naam", "Koepel"], ["Tuin", "Groen"]],
        "Fondsen": [["Verstrekker", "Ontvanger"], ["Tuin", "Groen"]],
    }
    path = xlsx(tmp_path / "x.xlsx", sheets)
    assert sorted(tie.kind for tie in as_proposed(path).ties) == ["funds", "member_of"]


def test_rows_to_mend_stand_under_the_header_of_their_own_sheet_and_load_by_the_same_mapping(tmp_path):
    good = [[f"Park {n}", f"2345678{n}", "Epe"] for n in range(9)]
    sheets = {
        "Leden": [*MEMBERS, *good, ["Hof", "12", "Epe"]],
        "Leden/2025": [["Plaats", "Naam initiatief", "KvK-nummer"], ["Ede", "Plein", "13"]],
        "Koepels": [*UMBRELLAS, ["Koepel Groen", ""]],
    }
    path = xlsx(tmp_path / "leden.xlsx", {name.replace("/", "-"): rows for name, rows in sheets.items()})
    mapping = table_mapping_file.read(mapped(path))
    found = table.reading(opened([path]), mapping)
    rejected = RejectedRows(tmp_path / "mend", found.tables)
    for item in found.items:
        if isinstance(item, Fault):
            rejected.add(item)
    assert rejected.close()
    files = {file.name: file.read_text().splitlines() for file in sorted((tmp_path / "mend").iterdir())}
    assert files == {
        "leden.xlsx-1-leden.csv": ["Naam initiatief,KvK-nummer,Plaats", "Hof,12,Epe"],
        "leden.xlsx-2-leden-2025.csv": ["Plaats,Naam initiatief,KvK-nummer", "Ede,Plein,13"],
        "leden.xlsx-3-koepels.csv": ["Koepel,Lid", "Koepel Groen,"],
    }
    for file in (tmp_path / "mend").iterdir():
        file.write_text(file.read_text().replace(",12", ",").replace(",13", ",").replace("Groen,", "Groen,Hof"))
    again = Read(table.reading(opened([path, *sorted((tmp_path / "mend").iterdir())]), mapping))
    assert [fault for fault in again.faults if ".csv" in fault] == []
    assert len(again.faults) == 3, "those of the workbook itself"
    assert {"Hof", "Plein"} <= {actor.name for actor in again.actors}
    assert len(again.ties) == 4


def test_next_years_workbook_whose_sheets_have_the_year_in_their_name_is_read_for_its_columns(tmp_path):
    def book(year: int) -> Path:
        grants = [["Verstrekker", "Ontvanger", "Bedrag"], ["Fonds", f"Tuin {year}", 5]]
        sheets = {
            f"Subsidies {year}": grants,
            f"Leden {year}": [["Naam", "Koepel"], ["Tuin", "Groen"]],
            "Uitleg": [["a", "b"]],
        }
        return xlsx(tmp_path / f"{year}.xlsx", sheets)

    mapping = table_mapping_file.read(mapped(book(2025)))
    found = Read(table.reading(opened([book(2026)]), mapping))
    assert {"Tuin 2026", "Fonds", "Tuin", "Groen"} == set(found.names)
    assert len(found.ties) == 2
    assert found.ledger.noted("renamed") == 2
    told = "2026.xlsx, sheet 'Leden 2026': read for its columns; the mapping names 'Leden 2025', which is not there."
    assert told in found.ledger.notes("en")
    with pytest.raises(LoadError, match="may be called 'Ontvangers' now"):
        other = [["Verstrekker", "Ontvangers", "Bedrag"], ["Fonds", "Tuin", 5]]
        table.reading(opened([xlsx(tmp_path / "x.xlsx", {"Subsidies 2027": other, "B": [["a", "b"]]})]), mapping[:1])


def test_a_sheet_is_read_once_as_the_table_that_has_most_of_its_columns(tmp_path):
    (tmp_path / "a.csv").write_text("Naam;Plaats;Lid van\nTuin;Ede;Koepel\n")
    (tmp_path / "b.csv").write_text("Naam;Plaats\nHof;Epe\n")
    files = [tmp_path / "a.csv", tmp_path / "b.csv"]
    found = without_mapping(*files)
    assert found.ledger.rows == 2
    assert (sorted(found.names), len(found.ties)) == (["Hof", "Koepel", "Tuin"], 1)
    mapping = table_mapping_file.of(as_one(proposals(opened(files))), "mapping.toml")
    with pytest.raises(LoadError, match="is read as another table of the mapping already"):
        table.reading(opened(files[:1]), mapping)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("tables = []\n", "'tables'"),
        ("sheets = ['A']\n[[tables]]\n[tables.actors.x]\nkind='network'\ncolumn.name='A'\n", "'sheets': is not known"),
        ("[[tables]]\n[tables.actors.x]\ncolumn.name='A'\n", "'tables 1.actors.x.kind': is missing"),
        (
            "[[tables]]\n[tables.dataset]\n[tables.actors.x]\nkind='network'\ncolumn.nam='A'\n",
            "tables 1.actors.x.column.nam",
        ),
        (
            "[[tables]]\n[tables.dataset]\ntitle='x'\n[tables.actors.x]\nkind='network'\ncolumn.name='A'\n",
            "'tables 1.dataset': stands once, on top",
        ),
    ],
)
def test_what_is_wrong_with_a_table_of_several_is_told_by_its_number(tmp_path, text, told):
    path = tmp_path / "mapping.toml"
    path.write_text(text)
    with pytest.raises(LoadError) as caught:
        table_mapping_file.read(path)
    assert told in caught.value.en


# -- without a mapping


def test_without_a_mapping_a_file_is_read_as_is_proposed_and_each_column_is_told(book):
    found = without_mapping(book)
    assert (len(found.actors), len(found.ties)) == (6, 3)
    assert found.ledger.noted("proposed") == 5
    assert found.ledger.notes("nl")[:2] == [
        "leden.xlsx, blad 'Uitleg': dit blad staat niet in de mapping, niet gelezen.",
        "leden.xlsx, blad 'Leden': 'Naam initiatief' gelezen als initiatief: naam (name).",
    ]


def test_without_a_mapping_columns_that_are_not_understood_are_told(tmp_path):
    path = tmp_path / "leden.csv"
    path.write_text("Naam;Kleur;Leeg\nTuin;rood;\n")
    found = without_mapping(path)
    assert found.ledger.notes("en") == [
        "leden.csv: column 'Kleur', not read.",
        "leden.csv: column 'Leeg', not read.",
        "leden.csv: 'Naam' read as name.",
    ]


def test_without_a_mapping_what_has_to_be_chosen_is_asked_first(tmp_path):
    path = tmp_path / "register.csv"
    path.write_text("Ontvanger;Bedrag\nTuin;81,499\n")
    with pytest.raises(LoadError) as caught:
        without_mapping(path)
    assert "who gave this money?" in caught.value.en
    assert "'81,499' may mean thousands or a fraction" in caught.value.en
    assert f"weefsel mapping {path} --save mapping.toml" in caught.value.nl


# -- words of the file for our themes


def themed(tmp_path: Path, *themes: str) -> Path:
    path = tmp_path / "leden.csv"
    path.write_text("Naam;Thema\n" + "".join(f"Tuin {n};{theme}\n" for n, theme in enumerate(themes)))
    return path


def test_words_that_look_like_a_theme_are_asked_about_and_others_left_out(tmp_path):
    path = themed(tmp_path, "Voedsel", "energie, buurthuizen", "dansen, sport")
    [found] = proposals(opened([path]))
    assert found.mapping["words"] == {"buurthuizen": "?", "dansen": ""}
    assert [guess.en for guess in found.guesses if guess.strange] == ["without: dansen"]
    assert [question.key for question in found.questions] == ["words.buurthuizen"]
    assert "is 'buurthuizen' our theme buurthuizen-zelfbeheer?" in found.questions[0].en
    text = mapped(path).read_text()
    assert '"buurthuizen" = "?"  # buurthuizen-zelfbeheer?' in text.replace("buurthuizen = ", '"buurthuizen" = ')
    with pytest.raises(LoadError, match=r"words\.buurthuizen"):
        table_mapping_file.read(path.with_name("mapping.toml"))
    path.with_name("mapping.toml").write_text(text.replace('"?"', '"buurthuizen-zelfbeheer"'))
    found = Read(table.reading(opened([path]), table_mapping_file.read(path.with_name("mapping.toml"))))
    assert found.faults == []
    assert [actor.themes for actor in found.actors] == [
        ("voedsel",),
        ("energietransitie", "buurthuizen-zelfbeheer"),
        ("sport",),
    ]


@pytest.mark.parametrize(
    "themes",
    [
        ("Zomaar iets", "Nog iets"),
        ("sport", "wij doen van alles voor iedereen in de wijk en daarbuiten"),
        ("sport", *(f"woord{n}" for n in range(80))),
    ],
    ids=["nothing of ours", "free text", "too many"],
)
def test_a_column_that_is_no_list_of_themes_is_not_read(tmp_path, themes):
    [found] = proposals(opened([themed(tmp_path, *themes)]))
    assert "Thema" in found.mapping["ignored"]
    assert not found.questions


def test_a_hidden_sheet_is_read_only_if_it_is_named(tmp_path):
    path = xlsx(tmp_path / "x.xlsx", {"Leden": [["Naam"], ["Tuin"]], "Intern": [["Naam"], ["Geheim"]]})
    book = openpyxl.load_workbook(path)
    book["Intern"].sheet_state = "hidden"
    book.save(path)
    proposed = as_proposed(path)
    assert proposed.names == ["Tuin"]
    assert "verborgen" in "".join(proposed.ledger.notes("nl"))
    named = Mapping(sheets=["Intern"], actors={"lid": Role(kind="initiative", column={"name": "Naam"})})
    assert Read(table.reading(opened([path]), [named])).names == ["Geheim"]


# -- sheets of which the name says something of all rows


def grants_by_year(*years: int) -> dict[str, list[list[object]]]:
    return {f"Subsidies {year}": [["Ontvanger", "Verstrekker", "Bedrag"], ["Tuin", "Fonds", 500]] for year in years}


def test_grants_on_a_sheet_for_each_year_are_of_that_year(tmp_path):
    path = xlsx(tmp_path / "subsidies.xlsx", grants_by_year(2023, 2024))
    found = without_mapping(path)
    assert found.faults == []
    assert [(tie.since, tie.amount) for tie in found.ties] == [("2023", 500), ("2024", 500)]
    assert (
        "subsidies.xlsx, sheet 'Subsidies 2023': '(blad)' read as since, the name of the sheet."
        in found.ledger.notes("en")
    )
    saved = mapped(path)
    assert (tomllib.loads(saved.read_text())["ties"][0]["since"], "sheets" in saved.read_text()) == ("sheet", False)
    again = xlsx(tmp_path / "next.xlsx", grants_by_year(2023, 2024, 2025))
    assert [tie.since for tie in Read(table.load([again], Options(saved))).ties] == ["2023", "2024", "2025"]


def test_files_of_a_year_each_are_read_so_too(tmp_path):
    text = "Ontvanger;Verstrekker;Bedrag\nTuin;Fonds;500\n"
    paths = [tmp_path / f"subsidies-{year}.csv" for year in (2023, 2024)]
    for path in paths:
        path.write_text(text)
    assert [tie.since for tie in without_mapping(*paths).ties] == ["2023", "2024"]


def test_who_stands_on_the_sheet_of_a_municipality_is_there(tmp_path):
    rows = [["Initiatief", "Website"], ["Buurthuis", None]]
    path = xlsx(tmp_path / "leden.xlsx", {"Ede": rows, "Epe": rows})
    found = without_mapping(path)
    assert found.faults == []
    assert [(one.name, one.municipality) for one in found.actors] == [("Buurthuis", "GM0228"), ("Buurthuis", "GM0232")]
    other = xlsx(tmp_path / "meer.xlsx", {"Ede": rows, "Rest": rows})
    with pytest.raises(LoadError) as caught:
        table.load([other], Options(mapped(path)))
    assert "sheet 'Rest', row 1: the mapping says municipality = \"sheet\", but the name" in caught.value.en


@pytest.mark.parametrize(
    "sheets",
    [
        pytest.param({"2023": [["Naam"], ["Tuin"]], "2024": [["Naam"], ["Tuin"]]}, id="no grants"),
        pytest.param({"Blad1": [["Initiatief"], ["Tuin"]], "Ede": [["Initiatief"], ["Tuin"]]}, id="not all"),
        pytest.param({"2023": [["Ontvanger", "Fonds", "Bedrag"], ["T", "F", 5]], "Overig": [["Ontvanger", "Fonds", "Bedrag"], ["T", "F", 5]]}, id="one has no year"),
        pytest.param({"Ede": [["Initiatief", "Gemeente"], ["Tuin", "Epe"]], "Epe": [["Initiatief", "Gemeente"], ["T", "Ede"]]}, id="a column tells"),
        pytest.param({"2023": [["Ontvanger", "Fonds", "Bedrag", "Jaar"], ["T", "F", 5, 2022]], "2024": [["Ontvanger", "Fonds", "Bedrag", "Jaar"], ["T", "F", 5, 2023]]}, id="a column has years"),
    ],
)  # fmt: skip
def test_names_of_sheets_say_nothing_otherwise(tmp_path, sheets):
    [proposal] = proposals(opened([xlsx(tmp_path / "x 2024.xlsx", sheets)]))
    assert '"sheet"' not in written(proposal.mapping, "x.xlsx", "nl")
