"""Spreadsheets on the command line: loading by a mapping, what is told, and rows to mend. All names are made up."""

import csv
import json

import openpyxl
import pytest
from books import xlsx

MAPPING = """
[dataset]
title = "Verzonnen register"
[actors.ontvanger]
kind = "organisation"
column.name = "Ontvanger"
[actors.gever]
kind = "funder"
column.name = "Gever"
[[ties]]
from = "gever"
kind = "funds"
to = "ontvanger"
column.amount = "Bedrag"
"""


@pytest.fixture
def register(tmp_path):
    """A register with good rows, a doubled one, a bad one and one about nobody; and its mapping."""
    (tmp_path / "mapping.toml").write_text(MAPPING)
    path = tmp_path / "register.csv"
    path.write_text(
        "Gever;Ontvanger;Bedrag;Extra\nFonds;Tuin;5;\nFonds;Tuin;5;\nFonds;Hof;veel;\nFonds;(Particulier);5;\nFonds;Plein;6;\n"
    )
    return path


def load(weefsel, register, *words):
    return weefsel(
        "load", "table", register, "--mapping", register.with_name("mapping.toml"), "--dataset", "reg", *words
    )


def test_faults_keep_a_spreadsheet_out_and_all_rows_are_accounted_for(weefsel, register):
    code, out, _ = load(weefsel, register)
    assert code == 1
    assert "register.csv, rij 4, kolom 'Bedrag': 'veel' is geen bedrag" in out
    assert "reg: 5 rijen = 2 goed + 1 afgekeurd + 2 apart gezet." in out
    assert "apart gezet (1): zulke rijen noemen niemand" in out
    assert "apart gezet (1): zulke rijen zeggen wat een andere rij al zegt" in out
    assert "kolom 'Extra', niet gelezen" in out
    assert "Er is nog niets geladen" in weefsel("datasets")[1]


def test_good_rows_load_and_bad_ones_can_be_mended_and_loaded(weefsel, register, tmp_path):
    assert load(weefsel, register, "--skip-bad-rows")[0] == 0
    mended = tmp_path / "reg-rejected" / "register.csv"
    assert list(csv.reader(mended.read_text().splitlines())) == [
        ["Gever", "Ontvanger", "Bedrag", "Extra"],
        ["Fonds", "Hof", "veel", ""],
    ]
    mended.write_text(mended.read_text().replace("veel", "7"))
    code, _, _ = weefsel(
        "load", "table", register, mended, "--mapping", tmp_path / "mapping.toml", "--dataset", "reg", "--skip-bad-rows",
        "--rejected", tmp_path / "again",
    )  # fmt: skip
    assert code == 0
    assert "Hof" in weefsel("search", "hof")[1]
    assert "Fonds financiert" in weefsel("around", "intern-hof")[1]


def test_a_dry_run_keeps_nothing_and_a_second_load_changes_nothing(weefsel, register):
    load(weefsel, register, "--skip-bad-rows", "--dry-run")
    assert "Er is nog niets geladen" in weefsel("datasets")[1]
    load(weefsel, register, "--skip-bad-rows")
    again = load(weefsel, register, "--skip-bad-rows", "--rejected", register.with_name("again"))[1]
    assert "Er is niets veranderd" in again


def test_counts_come_over_from_the_process_that_reads_ahead(weefsel, tmp_path):
    (tmp_path / "mapping.toml").write_text(MAPPING)
    big = tmp_path / "big.csv"
    rows = (f"Fonds;{'(Particulier)' if n % 4 == 0 else f'Tuin {n}'};5" for n in range(7_000))
    big.write_text("Gever;Ontvanger;Bedrag\n" + "\n".join(rows) + "\n")
    out = load(weefsel, big)[1]
    assert "reg: 7000 rijen = 5250 goed + 0 afgekeurd + 1750 apart gezet." in out
    assert "Bewaard als revisie 1." in out


def test_all_columns_are_told_and_of_rows_the_first_and_how_many_more(weefsel, tmp_path):
    path = tmp_path / "leden.csv"
    other = [f"Kleur {letter}" for letter in "abcdefghijklmnop"]
    rows = (f"Tuin {n};Ede;06-1234567{n};{';'.join(other)}\n" for n in range(8))
    path.write_text(f"Naam;Plaats;Telefoon;{';'.join(other)}\n" + "".join(rows))
    out = weefsel("load", "table", path, "--dataset", "leden")[1]
    assert all(f"kolom '{column}', niet gelezen." in out for column in other)
    assert (
        "opgemerkt (8): actoren hadden een persoonlijk mailadres of telefoonnummer, een eigen pagina of woorden naast een nummer; dat is niet bewaard"
        in out
    )
    assert (
        out.count(
            "een persoonlijk mailadres, telefoonnummer of eigen pagina, of wat naast een nummer stond, is niet bewaard."
        )
        == 5
    )
    assert out.count("… en nog") == out.count("… en nog 3.") == 1


def test_a_municipality_is_called_by_its_name_also_if_no_dataset_has_it(weefsel, tmp_path):
    path = tmp_path / "leden.csv"
    path.write_text("Naam;Gemeente\nTuin;GM0060\n")
    assert "Tuin (initiatief): gemeente Ameland (GM0060)" in weefsel("mapping", path)[1]
    weefsel("load", "table", path, "--dataset", "leden")
    assert "  Gemeente: Ameland (GM0060)  [leden]" in weefsel("show", "intern-tuin-gm0060")[1]


def test_how_many_more_there_are_is_right_when_there_are_many(weefsel, tmp_path):
    path = tmp_path / "leden.csv"
    path.write_text("Naam;Plaats;Telefoon\n" + "".join(f"Tuin {n};Ede;06-{n:08}\n" for n in range(400)))
    out = weefsel("load", "table", path, "--dataset", "leden")[1]
    assert "… en nog 395." in out, "also of those whose notes are not kept"


def test_the_sector_loader_takes_no_mapping(weefsel, register):
    code, _, err = weefsel("load", "sector", register, "--mapping", register)
    assert code == 1
    assert "vaste kolommen" in err


def test_without_a_mapping_a_spreadsheet_is_read_as_is_proposed(weefsel, register):
    code, out, _ = weefsel("load", "table", register, "--dataset", "reg", "--skip-bad-rows")
    assert code == 0
    assert "reg: 5 rijen = 2 goed + 1 afgekeurd + 2 apart gezet." in out
    assert "kolommen zijn gelezen zoals voorgesteld; klopt er een niet, maak dan een mapping" in out
    assert "register.csv: 'Ontvanger' gelezen als ontvanger: naam (name)." in out
    assert "Plein" in weefsel("search", "plein")[1]


def test_without_a_mapping_what_has_to_be_chosen_is_asked_and_nothing_is_loaded(weefsel, register):
    register.write_text("Ontvanger;Bedrag\nTuin;5\n")
    code, _, err = weefsel("load", "table", register, "--dataset", "reg")
    assert code == 1
    assert "wie gaf dit geld?" in err
    assert "weefsel mapping" in err
    assert "Er is nog niets geladen" in weefsel("datasets")[1]


def test_sheets_that_are_not_read_are_told(weefsel, tmp_path):
    book = {"Leden": [["Naam", "Plaats"], ["Tuin", "Ede"]], "Uitleg": [["Dit", "is"], ["een", "uitleg"]]}
    path = xlsx(tmp_path / "leden.xlsx", book)
    out = weefsel("mapping", path)[1]
    assert "De kolomnamen staan in leden.xlsx, blad 'Leden', rij 1." in out
    assert "Bladen die niet gelezen worden: 'Uitleg'." in out
    said = json.loads(weefsel("mapping", path, "--json")[1])
    assert said["tables"][0]["sheet"] == "Leden"
    assert said["sheetsNotRead"] == ["Uitleg"]
    years = {year: [["Ontvanger", "Fonds", "Bedrag"], ["Tuin", "Fonds A", 5]] for year in ("2023", "2024")}
    both = weefsel("mapping", xlsx(tmp_path / "jaren.xlsx", years), "--json")[1]
    assert json.loads(both)["sheetsNotRead"] == [], "a sheet for each year"


def test_a_mapping_is_proposed_saved_and_loads(weefsel, register):
    code, out, _ = weefsel("mapping", register)
    assert code == 0
    assert "Ontvanger → ontvanger: naam (name)" in out
    assert "Extra" not in out
    assert "[actors.ontvanger]" in out
    assert "apart gezet; zulke rijen noemen niemand" in out
    saved = register.with_name("eigen.toml")
    assert "weefsel load table" in weefsel("mapping", register, "--save", saved)[1]
    assert weefsel("mapping", register, "--save", saved)[0] == 1
    assert "2 goed" in weefsel("load", "table", register, "--mapping", saved, "--dataset", "reg", "--skip-bad-rows")[1]


def test_a_saved_mapping_is_tried_and_a_renamed_column_is_told(weefsel, register):
    mapping = register.with_name("mapping.toml")
    assert "Fonds financiert Tuin: bedrag 5" in weefsel("mapping", register, "--mapping", mapping)[1]
    register.write_text(register.read_text().replace("Bedrag", "Bedrag in euro"))
    code, _, err = weefsel("mapping", register, "--mapping", mapping)
    assert code == 1
    assert "kolom 'Bedrag': deze kolom is er niet meer; ze heet nu misschien 'Bedrag in euro'" in err


def test_what_was_seen_is_data_too(weefsel, register):
    seen = json.loads(weefsel("mapping", register, "--json")[1])
    [table] = seen["tables"]
    assert table["columns"][0] == {"column": "Gever", "role": "giver", "field": "name", "examples": ["Fonds"]}
    assert table["rows"][3]["apart"] == "nobody"
    assert table["rows"][2]["faults"]


def test_duplicates_are_proposed_with_how_to_judge_them(weefsel, register):
    register.write_text("Gever;Ontvanger;Bedrag\nFonds;Kwetternest;5\nFonds;Stichting Kwetternest;6\nFonds;Hof;7\n")
    assert load(weefsel, register)[0] == 0
    out = weefsel("duplicates")[1]
    assert "zelfde naam op rechtsvorm na" in out
    assert "weefsel merge intern-kwetternest intern-stichting-kwetternest" in out
    assert json.loads(weefsel("duplicates", "--json")[1])["pairs"][0]["one"]["id"] == "intern-kwetternest"
    assert weefsel("split", "intern-kwetternest", "intern-stichting-kwetternest")[0] == 0
    assert "Er lijkt niets dubbel" in weefsel("duplicates")[1]


def test_rejected_rows_of_a_workbook_are_written_as_csv(weefsel, register, tmp_path):
    rows = [["Lijst (verzonnen)"], ["Gever", "Ontvanger", "Bedrag"], ["Fonds", "Tuin", 5], ["Fonds", "Hof", "veel"]]
    book = xlsx(tmp_path / "register.xlsx", {"Blad1": rows})
    mapping = register.with_name("mapping.toml")
    weefsel("load", "table", book, "--mapping", mapping, "--dataset", "reg", "--skip-bad-rows")
    assert (tmp_path / "reg-rejected" / "register.xlsx.csv").read_text().splitlines() == [
        "Gever,Ontvanger,Bedrag",
        "Fonds,Hof,veel",
    ]


def test_members_whose_number_or_theme_changed_are_told_as_changed_and_not_as_lost(weefsel, tmp_path):
    rows = [f"Verzonnen {n},Ede,0318 1000{n},Verzonnen koepel" for n in range(10, 20)]
    path = tmp_path / "leden.csv"

    def loaded(*more: str) -> str:
        path.write_text("\n".join(["Naam,Plaats,Telefoon,Koepel", *rows, ""]), encoding="utf-8")
        return weefsel("load", "table", path, "--dataset", "leden", *more)[1]

    loaded()
    rows[0] = rows[0].replace("0318 1", "0318 9")
    rows[1] = rows[1].replace("Ede", "")
    del rows[2]
    for out in (loaded("--dry-run"), loaded()):
        assert "  actoren: 1 nieuw, 1 gewijzigd, 8 gelijk, 2 weg\n" in out
        assert "  banden: 1 nieuw, 8 gelijk, 2 weg\n" in out
    rows.append("een@adres.example,Ede,,")
    out = loaded()
    assert "Er is niets geladen." in out
    assert "actoren:" not in out
    assert (
        "  actors: 10 same\n"
        in weefsel("--lang", "en", "load", "table", path, "--dataset", "leden", "--skip-bad-rows")[1]
    )


@pytest.fixture
def half_hidden(tmp_path):
    """A list of which a column is not known, and two are hidden."""
    rows = [
        ["Naam", "Plaats", "Kleur", "Bank", "Mail"],
        ["Verzonnen tuin", "Ede", "rood", "geheim 1", "geheim@tuin.example"],
    ]
    path = xlsx(tmp_path / "leden.xlsx", {"Leden": rows})
    book = openpyxl.load_workbook(path)
    for letter in "DE":
        book["Leden"].column_dimensions[letter].hidden = True
    book.save(path)
    return path


def test_hidden_columns_have_a_line_of_their_own_that_says_how_to_read_them(weefsel, half_hidden):
    out = weefsel("mapping", half_hidden)[1]
    unread = out.partition("Niet gelezen:\n")[2].partition("\n\n")[0]
    assert unread == "  Kleur: deze kolom kennen we niet   (rood)"
    assert "Verborgen in het bestand, en daarom niet gelezen: Bank, Mail." in out
    assert 'column.… = "Bank"' in out
    assert "Hidden in the file, and so not read: Bank, Mail." in weefsel("--lang", "en", "mapping", half_hidden)[1]
    assert "geheim" not in out
    [said] = json.loads(weefsel("mapping", half_hidden, "--json")[1])["tables"]
    assert said["hidden"] == ["Bank", "Mail"]
    assert [one["column"] for one in said["notUnderstood"]] == ["Kleur"]


def test_next_years_list_without_a_mapping_is_told_as_what_changed(weefsel, tmp_path):
    rows = "Naam,Plaats\nVerzonnen tuin,Ede\nVerzonnen huis,Ede\n"
    (tmp_path / "leden 2026.csv").write_text(rows)
    (tmp_path / "leden 2027.csv").write_text(f"{rows}Verzonnen plein,Ede\n")
    weefsel("load", "table", "leden 2026.csv", "--dataset", "leden")
    assert "  actoren: 1 nieuw, 2 gelijk\n" in weefsel("load", "table", "leden 2027.csv", "--dataset", "leden")[1]


def test_commands_that_are_told_can_be_typed_as_they_stand(weefsel, tmp_path):
    name = "leden (verzonnen).csv"
    (tmp_path / name).write_text("Naam,Plaats,Lid sinds\nVerzonnen tuin,Ede,2020\n")
    assert f"weefsel mapping '{name}' --save mapping.toml" in weefsel("load", "table", name, "--dataset", "leden")[2]
    saved = weefsel("mapping", name, "--save", "leden.toml")[1]
    assert f"weefsel load table '{name}' --mapping leden.toml --dataset leden-verzonnen --dry-run" in saved
    assert f"  weefsel load table '{name}' --dataset leden-verzonnen --dry-run\n" in weefsel("load", "--guess", name)[1]


def test_ties_between_names_beside_a_sheet_of_these_are_for_this_loader(weefsel, tmp_path):
    sheets = {
        "Organisaties": [["Naam", "Plaats"], ["Tuin", "Ede"]],
        "Banden": [["Bron", "Doel", "Soort relatie"], ["Tuin", "Hof", "is lid van"]],
    }
    path = xlsx(tmp_path / "netwerk.xlsx", sheets)
    assert weefsel("load", "--guess", path)[1].startswith(f"{path}: table: ")
    sheets["Organisaties"][0][0] = "Label"
    assert weefsel("load", "--guess", xlsx(path, sheets))[1].startswith(f"{path}: csv: ")


def test_a_way_in_is_called_contact_once(weefsel, tmp_path):
    (tmp_path / "leden.csv").write_text("Naam,Telefoon\nVerzonnen tuin,0318 123456\n")
    assert "Verzonnen tuin (initiatief): contact 0318 123456\n" in weefsel("mapping", "leden.csv")[1]


def test_a_file_that_is_not_there_is_told_so(weefsel):
    code, _, err = weefsel("load", "table", "map/nergens.xlsx", "--dataset", "leden")
    assert (code, err.strip()) == (1, "nergens.xlsx: is er niet (map/nergens.xlsx).")
