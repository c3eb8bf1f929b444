"""Next year's file by the mapping of this year, and what tells that rows are about the same. All names are made up."""

from pathlib import Path

import pytest
from books import xlsx
from reads import Read

from graph.errors import LoadError
from graph.reading import Row
from graph.records import SourceRecord
from loaders import LOADERS, table
from loaders.options import Options
from loaders.table_files import opened
from loaders.table_mapping import Mapping, Role, TieRule
from loaders.table_proposal import proposals


def test_a_renamed_column_is_likely_the_one_that_means_the_same(tmp_path):
    """Not the one that is spelled most like it, nor one that the mapping knows already."""
    path = xlsx(tmp_path / "x.xlsx", {"Leden": [["Lidnr", "Naam", "Datum lidmaatschap"], ["1", "Tuin", "2020"]]})
    mapping = Mapping(
        ignored=["Lidnr"],
        actors={"lid": Role(kind="initiative", column={"name": "Naam"})},
        ties=[TieRule(**{"from": "lid", "kind": "member_of", "to": "id:bond", "column": {"since": "Lid sinds"}})],
    )
    with pytest.raises(LoadError) as caught:
        table.reading(opened([path]), [mapping])
    assert (
        "column 'Lid sinds': this column is no longer there; it may be called 'Datum lidmaatschap' now"
        in caught.value.en
    )


def test_next_years_file_cites_the_same_source_by_the_title_of_the_dataset(tmp_path):
    rows = [["Naam"], ["Tuin"]]
    books = [xlsx(tmp_path / name, {"Leden": rows}) for name in ("leden 2026.xlsx", "leden 2027.xlsx", "meer.xlsx")]
    role = Role(kind="initiative", column={"name": "Naam"})
    titled = Mapping(dataset={"title": "Ledenlijst (verzonnen)"}, actors={"lid": role})

    def cites(mapping: Mapping, *paths: Path) -> list[str]:
        records = [item.record for item in table.reading(opened(paths), [mapping]).items if isinstance(item, Row)]
        return [record.id for record in records if isinstance(record, SourceRecord)]

    assert cites(titled, books[0]) == cites(titled, books[1]) == ["ledenlijst-verzonnen"]
    assert cites(titled, books[0], books[2]) == ["ledenlijst-verzonnen", "ledenlijst-verzonnen-2"]
    assert cites(Mapping(actors={"lid": role}), books[0], books[2]) == ["leden-2026", "meer"]


def test_without_a_title_it_cites_the_name_of_the_dataset(tmp_path):
    books = [xlsx(tmp_path / name, {"Leden": [["Naam"], ["Tuin"]]}) for name in ("leden 2026.xlsx", "leden 2027.xlsx")]
    readings = [LOADERS["table"]([book], Options(dataset="leden")) for book in books]
    sources = [
        item.record
        for reading in readings
        for item in reading.items
        if isinstance(getattr(item, "record", None), SourceRecord)
    ]
    assert [(source.id, source.title) for source in sources] == [
        ("leden", "leden 2026.xlsx"),
        ("leden", "leden 2027.xlsx"),
    ]


def test_a_column_of_ids_tells_who_is_who_also_if_rows_are_doubled(tmp_path):
    rows = [["Lidnr", "Naam"], ["1", "Tuin"], ["2", "Plein"], ["2", "Plein"]]
    [found] = proposals(opened([xlsx(tmp_path / "x.xlsx", {"Leden": rows})]))
    assert found.mapping["actors"]["organisatie"]["column"]["id"] == "Lidnr"
    [found] = proposals(opened([xlsx(tmp_path / "y.xlsx", {"Leden": [*rows, ["2", "Hof"]]})]))
    assert "id" not in found.mapping["actors"]["organisatie"]["column"]


def test_namesakes_that_numbers_tell_apart_are_called_alike_in_whatever_order_they_stand(tmp_path):
    """Else the one would get the address, and what was judged, of the other."""
    rows = [["Tuin", "41202535", "1"], ["Tuin", "41202536", "2"], ["Hof", "", "3"]]
    role = Role(kind="initiative", column={"name": "Naam", "kvk": "KvK"})
    member = TieRule(**{"from": "lid", "kind": "member_of", "to": "id:bond", "column": {"note": "Noot"}})
    mapping = Mapping(actors={"lid": role}, ties=[member])

    def told(order: list[int]) -> tuple[dict[str, tuple[str, ...]], dict[str, str | None]]:
        sheet = [["Naam", "KvK", "Noot"], *(rows[place] for place in order)]
        read = Read(table.reading(opened([xlsx(tmp_path / "x.xlsx", {"Leden": sheet})]), [mapping]))
        return {one.id: one.identifiers for one in read.actors}, {one.source: one.note for one in read.ties}

    apart = {"tuin-kvk-41202535": ("kvk:41202535",), "tuin-kvk-41202536": ("kvk:41202536",), "hof": ()}
    notes = {"tuin-kvk-41202535": "1", "tuin-kvk-41202536": "2", "hof": "3"}
    assert told([0, 1, 2]) == told([2, 1, 0]) == (apart, notes)
    assert told([0, 2]) == ({"tuin": ("kvk:41202535",), "hof": ()}, {"tuin": "1", "hof": "3"})
