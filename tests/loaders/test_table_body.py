"""What stands under a table, between its rows, or adds them up, is nobody's name. All names and numbers are made up."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from books import xlsx
from reads import without_mapping

from loaders.table_body import body
from loaders.table_files import opened
from loaders.table_header import Header
from loaders.table_mapping import Mapping
from loaders.table_preview import shown
from loaders.table_proposal import proposals

MEMBERS = [["Naam", "Plaats", "Website"], ["Tuin", "Ede", "tuin.example"], ["Huis", "Epe", None]]


def book(tmp_path: Path, *below: Sequence[object]) -> Path:
    return xlsx(tmp_path / "leden.xlsx", {"Leden": [*MEMBERS, *below]})


def test_remarks_under_a_table_are_no_actors_and_it_is_told_where_they_stand(tmp_path):
    path = book(
        tmp_path, [], ["* voorlopig"], ["Bijgewerkt door Truus Verzonnen"], [], [None, "Bron: eigen administratie"]
    )
    found = without_mapping(path)
    assert found.names == ["Tuin", "Huis"]
    assert found.ledger.set_apart == {"under": 3}
    assert [words for words, _ in found.ledger.notes_of("below")] == [
        ("leden.xlsx, blad 'Leden': rij 5–8.", "leden.xlsx, sheet 'Leden': row 5–8.")
    ]


def test_remarks_under_a_text_file(tmp_path):
    path = tmp_path / "leden.csv"
    path.write_text('Naam;Plaats\nTuin;"Ede\nWest"\nHuis;Epe\n\nBijgewerkt door Truus Verzonnen;\n')
    found = without_mapping(path)
    assert (found.names, found.ledger.set_apart) == (["Tuin", "Huis"], {"under": 1})


def test_an_empty_row_within_a_table_ends_it_not(tmp_path):
    found = without_mapping(book(tmp_path, [], ["Werf"], ["Hof", "Ede"], [], ["Plein", "Epe"]))
    assert (found.names, found.ledger.set_apart) == (["Tuin", "Huis", "Werf", "Hof", "Plein"], {})


def test_names_alone_are_a_table_whatever_rows_are_empty(tmp_path):
    path = xlsx(tmp_path / "leden.xlsx", {"Leden": [["Naam", "Plaats"], ["Tuin"], [], ["Huis"], [], ["Hof"]]})
    assert without_mapping(path).names == ["Tuin", "Huis", "Hof"]


@pytest.mark.parametrize(
    "below",
    [
        pytest.param([["Fondsen"], ["Fonds", "Maximaal bedrag"], ["Fonds Verzonnen", 5000]], id="another table"),
        pytest.param([["Legenda:"], ["A", "actief"], ["S", "slapend"]], id="a legend of two columns"),
    ],
)
def test_another_table_under_the_first_is_told_and_not_read_as_the_first(tmp_path, below):
    path = book(tmp_path, [], *below)
    found = without_mapping(path)
    assert (found.names, found.ledger.set_apart) == (["Tuin", "Huis"], {"under": 3})
    [proposal] = proposals(opened([path]))
    assert set(proposal.mapping["actors"]["organisatie"]["column"]) == {"name", "place", "website"}
    [*_, last] = shown(proposal.sheet, proposal.header, Mapping.model_validate(proposal.mapping))
    assert (last.where.row, last.apart, last.records) == (7, "under", ())


def test_the_same_table_goes_on_under_its_header_again(tmp_path):
    found = without_mapping(book(tmp_path, [], MEMBERS[0], ["Hof", "Ede"], MEMBERS[0], ["Plein", "Ede"]))
    assert (found.names, found.ledger.set_apart) == (["Tuin", "Huis", "Hof", "Plein"], {"header": 2})


def test_lines_that_add_up_do_not_keep_a_column_from_being_read(tmp_path):
    path = tmp_path / "subsidies.csv"
    path.write_text(
        "Gemeente;Ontvanger;Fonds;Bedrag\nEde;Tuin;F;5\nSubtotaal Ede;;;5\nEpe;Huis;F;7\n;;;7\nTotaal;;;12\nAantal: 2;;;\n"
    )
    found = without_mapping(path)
    assert [actor.municipality for actor in found.actors if actor.municipality] == ["GM0228", "GM0232"]
    assert sum(tie.amount or 0 for tie in found.ties) == 12
    assert (found.ledger.rows, found.ledger.set_apart) == (6, {"total": 4})


def test_a_heading_between_rows_is_told(tmp_path):
    path = xlsx(tmp_path / "leden.xlsx", {"Leden": [MEMBERS[0], ["Regio Noord"], *MEMBERS[1:], ["Hof", "Ede"]]})
    found = without_mapping(path)
    assert found.names == ["Regio Noord", "Tuin", "Huis", "Hof"]
    assert [words[0] for words, _ in found.ledger.notes_of("bare")] == ["leden.xlsx, blad 'Leden', rij 2: kijk dit na."]


def test_rows_under_a_table_stream(tmp_path):
    path = tmp_path / "leden.csv"
    path.write_text("Naam;Plaats\nTuin;Ede\n\n" + "regel;\n" * 5 + "Hof;Ede\n")
    [sheet] = opened([path])
    assert [why for *_, why in body(sheet, Header(1, ("Naam", "Plaats")))] == [""] * 7
