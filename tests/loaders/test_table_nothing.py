"""Cells that say nothing, in the many ways people write that, and cells that are errors. All names and numbers are made up."""

from pathlib import Path

import pytest
from books import xlsx
from reads import Read, without_mapping

from loaders import table
from loaders.options import Options
from loaders.table_files import opened
from loaders.table_proposal import proposals

MAPPING = """
[actors.lid]
kind = "initiative"
column.name = "Naam"
column.id = "Lidnummer"
column.place = "Plaats"
column.municipality = "Gemeente"
column.kvk = "KvK"
column.website = "Website"
column.founded = "Opgericht"
column.phone = "Telefoon"
"""
HEAD = "Naam;Lidnummer;Plaats;Gemeente;KvK;Website;Opgericht;Telefoon\n"


def read(tmp_path: Path, text: str, mapping: str = MAPPING) -> Read:
    path, saved = tmp_path / "lijst.csv", tmp_path / "mapping.toml"
    path.write_text(text)
    saved.write_text(mapping)
    return Read(table.load([path], Options(saved)))


@pytest.mark.parametrize(
    "word", ["n.v.t.", "-", "?", "onbekend", "0", "#N/B", "nog niet bekend", "unknown", "keine Angabe"]
)
def test_a_cell_that_says_nothing_is_read_as_an_empty_one(tmp_path, word):
    rows = "".join(f"{name};{';'.join([word] * 7)}\n" for name in ("Tuin", "Huis"))
    found = read(tmp_path, HEAD + rows)
    assert found.faults == []
    assert [(actor.name, actor.place, actor.municipality, actor.identifiers) for actor in found.actors] == [
        ("Tuin", None, None, ()),
        ("Huis", None, None, ()),
    ], "they have no member number in common"
    assert [(actor.websites, actor.contacts, actor.founded) for actor in found.actors] == [((), (), None)] * 2


def test_a_number_of_a_grant_that_says_nothing_tells_no_grants_apart_nor_makes_them_one(tmp_path):
    mapping = """
[actors.ontvanger]
kind = "organisation"
column.name = "Ontvanger"
[actors.fonds]
kind = "funder"
column.name = "Fonds"
[[ties]]
from = "fonds"
kind = "funds"
to = "ontvanger"
column.amount = "Bedrag"
column.ref = "Zaak"
"""
    found = read(tmp_path, "Ontvanger;Fonds;Bedrag;Zaak\nTuin;F;5;n.v.t.\nHuis;F;-;-\n", mapping)
    assert found.faults == []
    assert [tie.amount for tie in found.ties] == [5, None]
    assert not any("n" in (tie.ref or "") for tie in found.ties)


def test_a_column_with_many_cells_that_say_nothing_is_still_proposed(tmp_path):
    path = tmp_path / "lijst.csv"
    path.write_text("Naam;KvK;Jaar opgericht\nTuin;12345678;n.v.t.\nHuis;n.v.t.;?\nPlein;geen;2010\nHof;-;onbekend\n")
    [proposal] = proposals(opened([path]))
    assert proposal.mapping["actors"]["organisatie"]["column"]["kvk"] == "KvK"


def test_an_error_in_a_cell_does_not_keep_the_others_from_being_read(tmp_path):
    path = xlsx(tmp_path / "lijst.xlsx", {"Leden": [["Naam", "KvK"], ["Tuin", "#REF!"], ["Huis", "12345678"]]})
    [proposal] = proposals(opened([path]))
    assert proposal.mapping["actors"]["organisatie"]["column"] == {"name": "Naam", "kvk": "KvK"}
    assert without_mapping(path).faults_nl == [
        "lijst.xlsx, blad 'Leden', rij 2, kolom 'KvK': hier staat de fout '#REF!' van de spreadsheet; vul in wat er hoort."
    ]


def test_a_dash_or_a_name_that_is_yet_to_come_is_nobody(tmp_path):
    names = ("-", "?", "volgt", "(leeg)", "N.N.", "naam volgt", "test")
    found = read(tmp_path, HEAD + "".join(f"{name};;Ede;;;;;\n" for name in names))
    assert (found.actors, found.faults) == ([], [])


def test_columns_of_amounts_by_year_give_nothing_where_a_dash_stands(tmp_path):
    path = tmp_path / "jaren.csv"
    path.write_text("Ontvanger;Fonds;2022;2023\nTuin;F;-;5\nHuis;F;7;n.v.t.\n")
    assert [(tie.since, tie.amount) for tie in without_mapping(path).ties] == [("2023", 5), ("2022", 7)]
