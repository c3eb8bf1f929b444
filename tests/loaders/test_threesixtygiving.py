"""Grants of 360Giving, in JSON and in CSV. Everything is made up."""

import json

import pytest
from foreign_files import Read

from graph.errors import LoadError

FUNDER = {"id": "GB-CHC-9000001", "name": "Fonds Verzonnen"}
HALL = {
    "id": "GB-CHC-9000002",
    "name": "Ons Huis",
    "addressLocality": "Leeds",
    "addressCountry": "GB",
    "charityNumber": "9",
}
CLUB = {"id": "360G-verzonnen-7", "name": "De Club"}


def grant(number, receivers=(HALL,), givers=(FUNDER,), **more):
    said = {"id": f"360G-fonds-{number}", "title": "Een <b>dak</b>", "currency": "EUR", "amountAwarded": 5000}
    said |= {"awardDate": "2024-03-01T00:00:00Z", "fundingOrganization": list(givers)}
    return said | {"recipientOrganization": list(receivers)} | more


def package(path, *grants, encoding="utf-8"):
    path.write_text(json.dumps({"version": "1.3", "grants": grants}), encoding=encoding)
    return path


def test_a_grant_is_a_tie_from_funder_to_recipient(tmp_path):
    planned = [{"startDate": "2024-04-01", "endDate": "2025-04-01"}]
    path = package(
        tmp_path / "g.json",
        grant(1, plannedDates=planned, grantProgramme=[{"title": "Daken"}], mood="good"),
        grant(2, currency="GBP", amountAwarded=300.5),
        encoding="utf-8-sig",
    )
    read = Read("threesixtygiving", path)
    assert read.faults == []
    assert read.ties == [("Fonds Verzonnen", "funds", "Ons Huis")] * 2
    first, second = read.tie_records
    assert (first.ref, first.since, first.until, first.amount) == ("360G-fonds-1", "2024-03-01", "2025-04-01", 5000)
    assert first.note == "Een dak\nDaken"
    assert (second.amount, second.note) == (None, "Een dak\nBedrag in de bron: 300.5 GBP.")
    assert read.actors["Fonds Verzonnen"].kind == "funder"
    hall = read.actors["Ons Huis"]
    assert (hall.kind, hall.place) == ("organisation", "Leeds, Verenigd Koninkrijk")
    assert hall.identifiers == ("org-id:GB-CHC-9000002",)
    assert "'GBP' (1)" in read.notes
    assert "'charityNumber' (1)" in read.notes
    assert "'mood' (1)" in read.notes
    assert read.ledger.rows == 4  # two organisations, two gifts


def test_individuals_are_counted_and_nothing_more(tmp_path):
    alone = grant(1, recipientIndividual={"id": "x", "name": "Jo Verzonnen"})
    del alone["recipientOrganization"]
    read = Read("threesixtygiving", package(tmp_path / "g.json", alone, grant(2)))
    assert read.apart == {"individual": 1}
    assert "Jo" not in str(read.records) + str(read.tie_records) + read.notes
    assert len(read.ties) == 1


def test_of_several_givers_or_receivers_each_pair_is_a_tie_and_nobody_has_the_amount(tmp_path):
    path = package(tmp_path / "g.json", grant(1, (HALL, CLUB), (FUNDER, {"name": "Fonds Zo"})))
    read = Read("threesixtygiving", path)
    assert read.faults == []
    assert sorted(read.ties) == [
        (giver, "funds", to) for giver in ("Fonds Verzonnen", "Fonds Zo") for to in ("De Club", "Ons Huis")
    ]
    assert {(one.amount, one.note) for one in read.tie_records} == {
        (None, "Een dak\nBedrag, samen met anderen: 5000 EUR.")
    }
    assert read.actors["De Club"].identifiers == ("org-id:360G-verzonnen-7",)


def test_the_same_grant_in_two_files_is_one_tie(tmp_path):
    first = package(tmp_path / "een.json", grant(1), grant(2), grant(1))
    second = package(tmp_path / "twee.json", grant(2), grant(3, ({**HALL, "name": "Ons  HUIS"},)))
    read = Read("threesixtygiving", first, second)
    assert read.faults == []
    assert [one.ref for one in read.tie_records] == ["360G-fonds-1", "360G-fonds-2", "360G-fonds-3"]
    assert read.apart == {"doubled": 2}
    assert len({one.target for one in read.tie_records}) == 1


CSV = """Identifier,Title,Currency,Amount Awarded,Award Date,Recipient Org:Identifier,Recipient Org:Name,\
Recipient Org:1:Identifier,Recipient Org:1:Name,Recipient Ind:Name,Funding Org:Identifier,Funding Org:Name,Kleur
g-1,Dak,EUR,1234.50,2024-03-01,GB-CHC-9000002,Ons Huis,,,,GB-CHC-9000001,Fonds Verzonnen,rood
g-2,Fiets,EUR,10,2024-03-01,,,,,Jo Verzonnen,GB-CHC-9000001,Fonds Verzonnen,
g-3,Feest,EUR,20,2024,,Ons Plein,360G-verzonnen-7,De Club,,GB-CHC-9000001,Fonds Verzonnen,
g-4,Niets,EUR,20,2024,,,,,,GB-CHC-9000001,Fonds Verzonnen,
g-5,Veel,EUR,veel,2024,GB-CHC-9000002,Ons Huis,,,,GB-CHC-9000001,Fonds Verzonnen,
"""


def test_a_table_says_the_same(tmp_path):
    path = tmp_path / "g.csv"
    path.write_text(CSV, encoding="utf-8-sig")
    read = Read("threesixtygiving", path)
    assert read.ties == [("Fonds Verzonnen", "funds", name) for name in ("Ons Huis", "Ons Plein", "De Club")]
    assert [(one.ref, one.amount) for one in read.tie_records] == [("g-1", 1234.5), ("g-3", None), ("g-3", None)]
    assert read.apart == {"individual": 1}
    assert "Jo" not in str(read.records)
    missing, amount = read.faults
    assert missing.startswith("g.csv, row 5, column 'Recipient Org:Identifier': names nobody")
    assert "'veel' is no amount" in amount
    assert "'Kleur' (1)" in read.notes


HEADER = "Identifier,Title,Amount Awarded,Award Date,Funding Org:Identifier,Recipient Org:Name"


def test_numbers_of_places_are_no_numbers_of_receivers(tmp_path):
    path = tmp_path / "g.csv"
    header = f"{HEADER},Recipient Org:Location:0:Name,Recipient Org:Location:1:Name,Recipient Org:Location:1:Geo Code"
    path.write_text(f"{header}\ng-1,Dak,5,2024,GB-CHC-9000001,Ons Huis,Ede,Lunteren,GM9\n")
    read = Read("threesixtygiving", path)
    assert read.faults == []
    assert read.ties == [("GB-CHC-9000001", "funds", "Ons Huis")]
    assert read.actors["Ons Huis"].place == "Ede"
    assert "'Location:Geo Code' (1)" in read.notes


def test_a_place_is_no_object(tmp_path):
    places = [{"geoCode": "E1", "name": "Ede"}, {"name": "Lunteren"}]
    read = Read(
        "threesixtygiving",
        package(tmp_path / "g.json", grant(1, ({**HALL, "location": places}, {**CLUB, "location": places}))),
    )
    assert [one.place for one in read.records[1:]] == ["Leeds, Verenigd Koninkrijk", "Ede"]
    assert "'location:geoCode' (2)" in read.notes


@pytest.mark.parametrize("other", [{"amountAwarded": 7}, {"title": "Een deur"}, {"awardDate": "2025-01-01"}])
def test_a_grant_that_says_something_else_by_the_same_id_is_a_fault(tmp_path, other):
    same = {"amountAwarded": "5000.00", "awardDate": "2024-03-01", "dateModified": "2025"}
    read = Read("threesixtygiving", package(tmp_path / "g.json", grant(1), grant(1, **same), grant(1, **other)))
    assert len(read.ties) == 1
    assert read.apart == {"doubled": 1}
    [fault] = read.faults
    assert "'360G-fonds-1' stands there already, with another amount, title or date" in fault


def test_a_row_may_say_more_of_the_grant_above_it(tmp_path):
    path = tmp_path / "g.csv"
    rows = "g-1,Dak,5,2024,GB-CHC-9000001,Ons Huis,\ng-1,,,,,,2.5\ng-2,Dak,5,2024,,Ons Huis,\ng-3,,,,,,2\n"
    path.write_text(f"{HEADER},Amount Disbursed\n{rows}")
    read = Read("threesixtygiving", path)
    assert len(read.ties) == 1
    assert read.apart == {"other": 1}
    assert "'Identifier, Amount Disbursed' (1)" in read.notes
    assert [fault.partition(" nobody")[0] for fault in read.faults] == [
        f"g.csv, row {row}, column 'Funding Org:Identifier': names" for row in (4, 5)
    ]


@pytest.mark.parametrize(("name", "text"), [("g.json", '{"giften": []}'), ("g.csv", "naam;bedrag\na;1\n")])
def test_what_is_not_of_360giving_is_refused(tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text)
    with pytest.raises(LoadError, match="360Giving"):
        Read("threesixtygiving", path)
