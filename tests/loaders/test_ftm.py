"""Entities of FollowTheMoney. Everything is made up."""

import json

import pytest
from foreign_files import Read

from graph.errors import LoadError


def entities(path, *those, encoding="utf-8"):
    lines = [json.dumps({"id": id_, "schema": schema, "properties": said}) for id_, schema, said in those]
    path.write_text("\n".join(lines) + "\n\n", encoding=encoding)
    return path


PEOPLE = (
    (
        "o1",
        "Company",
        {"name": ["Ons Huis", "OH"], "country": ["nl"], "registrationNumber": ["41202535"], "leiCode": ["X"]},
    ),
    ("o2", "PublicBody", {"name": ["Dienst Zo"], "parent": ["o3"], "wikidataId": ["Q55"]}),
    ("o3", "Organization", {"name": ["<i>Koepel</i>"], "weakAlias": ["K"], "summary": ["Een", "koepel"]}),
    ("p1", "Person", {"name": ["Jo Verzonnen"], "birthDate": ["1980"], "country": ["nl"]}),
)


def test_entities_are_actors_and_what_links_them_is_a_tie(tmp_path):
    path = entities(
        tmp_path / "e.json",
        ("t1", "Membership", {"member": ["o1"], "organization": ["o3"], "startDate": ["2019"], "role": ["lid"]}),
        *PEOPLE,
        ("t2", "Directorship", {"director": ["p1"], "organization": ["o1", "o3"], "endDate": ["2020-05"]}),
        (
            "t3",
            "Payment",
            {"payer": ["o2"], "beneficiary": ["o1"], "amount": ["9"], "currency": ["USD"], "amountEur": ["8"]},
        ),
        ("t4", "Ownership", {"owner": ["o2"], "asset": ["o1"], "percentage": ["100"]}),
        ("t5", "Ownership", {"owner": ["o3"], "asset": ["o1"], "percentage": ["12.5%"]}),
        ("t6", "Family", {"person": ["p1"], "relative": ["p1"]}),
        ("t7", "Employment", {"employee": ["p1"], "employer": ["weg"]}),
        ("t8", "Employment", {"employee": ["p1"]}),
        ("t9", "Ownership", {"owner": ["o1"], "asset": ["a1"]}),
        ("a1", "Address", {"full": ["Straat 1"]}),
        encoding="utf-8-sig",
    )
    read = Read("ftm", path)
    assert sorted(read.ties) == [
        ("Dienst Zo", "funds", "Ons Huis"),
        ("Dienst Zo", "part_of", "Koepel"),
        ("Jo Verzonnen", "board_member_of", "Koepel"),
        ("Jo Verzonnen", "board_member_of", "Ons Huis"),
        ("Ons Huis", "member_of", "Koepel"),
        ("Ons Huis", "part_of", "Dienst Zo"),
    ]
    by_kind = {one.kind: one for one in read.tie_records}
    assert (by_kind["member_of"].since, by_kind["member_of"].role) == ("2019", "lid")
    assert (by_kind["funds"].amount, by_kind["funds"].ref) == (8.0, "t3")
    assert by_kind["board_member_of"].until == "2020-05"
    house = read.actors["Ons Huis"]
    assert (house.kind, house.subtype, house.aliases, house.identifiers) == (
        "organisation",
        "bedrijf",
        ("OH",),
        ("kvk:41202535",),
    )
    assert read.actors["Dienst Zo"].identifiers == ("wikidata:Q55",)
    assert (read.actors["Koepel"].aliases, read.actors["Koepel"].note) == (("K",), "Een\nkoepel")
    assert set(read.actors["Jo Verzonnen"].model_dump(exclude_defaults=True)) == {"id", "kind", "name", "cites"}
    assert read.apart == {"relation": 2, "other": 1, "unkept": 1}
    for told in ("'Family' (1)", "'Ownership under 50 %' (1)", "'Address' (1)", "'leiCode' (1)", "'birthDate' (1)"):
        assert told in read.notes
    missing_end, missing_node = sorted(read.faults, key=len)
    assert missing_end == "e.json, line 12, column 'employer': is missing; name an entity."
    assert "'weg' is not in the file" in missing_node


def test_lines_that_are_no_entities_are_refused(tmp_path):
    path = tmp_path / "e.json"
    path.write_text('{"id": "o1", "schema": "Organization"}\n[1]\n')
    read = Read("ftm", path)
    assert len(read.faults) == 2
    path.write_text('{"id": "o1", "schema": "Organization", "properties": {}}\n{"id":\n')
    with pytest.raises(LoadError, match="line 2"):
        Read("ftm", path)
    path.write_text('{"a":' * 100_000)
    with pytest.raises(LoadError, match="nested"):
        Read("ftm", path)


@pytest.mark.parametrize("percentage", ["less than 25%", "<5", "> 25", "75-100", "5000"])
def test_a_share_that_is_not_plainly_the_half_or_more_is_no_part(tmp_path, percentage):
    owned = {"owner": ["o2"], "asset": ["o1"]}
    read = Read(
        "ftm",
        entities(
            tmp_path / "e.json",
            *PEOPLE,
            ("t1", "Ownership", {**owned, "percentage": [percentage]}),
            ("t2", "Ownership", {**owned, "percentage": ["60 %", percentage]}),
        ),
    )
    assert read.ties == [("Dienst Zo", "part_of", "Koepel")]
    assert read.apart == {"relation": 2}
    assert f"'Ownership {percentage}' (2)" in read.notes


@pytest.mark.parametrize("percentage", ["50", "50.0 %", "100%"])
def test_a_share_of_the_half_or_more_is_a_part(tmp_path, percentage):
    owned = ("t1", "Ownership", {"owner": ["o1"], "asset": ["o3"], "percentage": [percentage]})
    read = Read("ftm", entities(tmp_path / "e.json", *PEOPLE, owned))
    assert ("Koepel", "part_of", "Ons Huis") in read.ties


def test_entities_may_stand_in_a_list_or_alone(tmp_path):
    those = [{"id": id_, "schema": schema, "properties": said} for id_, schema, said in PEOPLE]
    path = tmp_path / "e.json"
    path.write_text(json.dumps([*those, {"id": "x"}], indent=1), encoding="utf-8-sig")
    read = Read("ftm", path)
    assert read.ties == [("Dienst Zo", "part_of", "Koepel")]
    assert read.faults == ["e.json, number 5: is no entity with id, schema and properties."]
    path.write_text(json.dumps(those[0], indent=2))
    assert list(Read("ftm", path).actors) == ["Ons Huis"]
    path.write_text('[{"id": "o1", "schema": "Company", "properties": {"name": ["A huis"]}},')
    with pytest.raises(LoadError, match="broken off"):
        Read("ftm", path)


def test_entities_that_stand_in_others_are_read_unless_they_stand_there_themselves(tmp_path):
    def whole(id_, schema, **said):
        return {"id": id_, "schema": schema, "properties": said}

    part, house = whole("o3", "Company", name=["Anders"]), whole("o4", "Company", name=["Het Plein"])
    seat = whole("d1", "Directorship", director=["p1"], organization=[house, {"id": "o3"}])
    path = entities(
        tmp_path / "e.json",
        (
            "p1",
            "Person",
            {"name": ["Jo Verzonnen"], "directorshipDirector": [seat, seat], "addressEntity": [{"id": "a"}]},
        ),
        ("t1", "Membership", {"member": [part], "organization": [house]}),
        ("t2", "Membership", {"member": [{"name": "x"}], "organization": ["o3"]}),
        PEOPLE[2],
    )
    read = Read("ftm", path)
    assert "'addressEntity' (1)" in read.notes
    assert "directorshipDirector" not in read.notes
    assert sorted(read.actors) == ["Het Plein", "Jo Verzonnen", "Koepel"]
    assert sorted(read.ties) == [
        ("Jo Verzonnen", "board_member_of", "Het Plein"),
        ("Jo Verzonnen", "board_member_of", "Koepel"),
        ("Koepel", "member_of", "Het Plein"),
    ]
    assert read.faults == ["e.json, line 3, column 'member': is missing; name an entity."]
