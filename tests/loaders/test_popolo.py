"""Documents of Popolo. Everything is made up."""

import json

import pytest
from foreign_files import Read

from graph.errors import LoadError

DOCUMENT = {
    "persons": [
        {"id": 1, "name": "Jo Verzonnen", "email": "jo@example.org", "gender": "x", "birth_date": "1980-01-01"},
        {"id": "2", "name": "Bo Bedacht", "identifiers": [{"scheme": "wikidata", "identifier": "Q42"}]},
    ],
    "organizations": [
        {
            "id": "raad",
            "name": "Raad van Ede",
            "classification": "legislature",
            "area_id": "a1",
            "founding_date": "1950",
        },
        {"id": "lijst", "name": "Lijst Zo", "classification": "party", "other_names": [{"name": "LZ"}], "seats": 3},
        {
            "id": "c",
            "name": "Commissie",
            "classification": "Wolk",
            "parent_id": "raad",
            "links": [{"url": "https://example.org"}],
        },
    ],
    "memberships": [
        {
            "person_id": "1",
            "organization_id": "raad",
            "on_behalf_of_id": "lijst",
            "role": "raadslid",
            "start_date": "2022-03",
        },
        {"person_id": 2, "post_id": "v", "end_date": "2023"},
        {"person_id": "2", "organization_id": "weg"},
        {"person_id": "2"},
    ],
    "posts": [{"id": "v", "label": "bestuurslid", "organization_id": "c"}],
    "areas": [{"id": "a1", "name": "Ede"}],
    "events": [{"id": "term/1", "classification": "legislative period"}],
}


def test_memberships_are_ties_by_their_role(tmp_path):
    path = tmp_path / "p.json"
    path.write_text(json.dumps(DOCUMENT), encoding="utf-8-sig")
    read = Read("popolo", path)
    assert read.ties == [
        ("Commissie", "part_of", "Raad van Ede"),
        ("Jo Verzonnen", "member_of", "Raad van Ede"),
        ("Jo Verzonnen", "member_of", "Lijst Zo"),
        ("Bo Bedacht", "board_member_of", "Commissie"),
    ]
    assert [(one.role, one.since, one.until) for one in read.tie_records[1:]] == [
        ("raadslid", "2022-03", None),
        (None, "2022-03", None),
        ("bestuurslid", None, "2023"),
    ]
    council = read.actors["Raad van Ede"]
    assert (council.kind, council.subtype, council.place, council.founded) == (
        "organisation",
        "parlement",
        "Ede",
        "1950",
    )
    assert read.actors["Lijst Zo"].aliases == ("LZ",)
    committee = read.actors["Commissie"]
    assert (committee.kind, committee.websites) == ("organisation", ("https://example.org",))
    assert committee.note == "Soort in de bron: Wolk."
    assert set(read.actors["Jo Verzonnen"].model_dump(exclude_defaults=True)) == {"id", "kind", "name", "cites"}
    assert read.actors["Bo Bedacht"].identifiers in ((), ("wikidata:Q42",))
    assert read.apart == {"other": 1}
    assert "'seats' (1)" in read.notes
    assert "'gender' (1)" in read.notes
    assert "'organization_id': is missing" in read.faults[0]
    assert "'weg' is not in the file" in read.faults[1]


def write(path, value):
    path.write_text(json.dumps(value), encoding="utf-8-sig")
    return path


COUNCIL = {"id": "raad", "name": "De Raad", "classification": "legislature"}


def test_memberships_and_posts_may_stand_in_persons_and_organisations(tmp_path):
    chair = {"id": "v", "label": "bestuurslid"}
    jo = {
        "id": 1,
        "name": "Jo Verzonnen",
        "memberships": [{"post_id": "v"}, {"organization": {"id": "lijst", "name": "Lijst Zo"}}, "x"],
    }
    of_council = [{"person": {"id": "2", "name": "Bo Bedacht"}, "role": "raadslid"}]
    council = {**COUNCIL, "posts": [chair], "memberships": of_council, "parent": {"id": "top", "name": "Top"}}
    read = Read("popolo", write(tmp_path / "p.json", {"persons": [jo], "organizations": [council]}))
    assert sorted(read.ties) == [
        ("Bo Bedacht", "member_of", "De Raad"),
        ("De Raad", "part_of", "Top"),
        ("Jo Verzonnen", "board_member_of", "De Raad"),
        ("Jo Verzonnen", "member_of", "Lijst Zo"),
    ]
    assert read.actors["Bo Bedacht"].kind == "person"
    assert read.faults == ["p.json, list 'persons/1/memberships', number 3: is no object with attributes."]


@pytest.mark.parametrize(
    ("alone", "kind"),
    [
        ({"memberships": [{"person_id": "2"}]}, "organisation"),
        ({"posts": [{"id": "v", "label": "x"}], "memberships": [{"member_id": "2", "post_id": "v"}]}, "organisation"),
        ({"memberships": [{"person_id": "a", "organization": {"id": "z", "name": "Zo"}}]}, "person"),
    ],
)
def test_a_document_may_be_one_person_or_organisation(tmp_path, alone, kind):
    read = Read("popolo", write(tmp_path / "p.json", {"id": "a", "name": "Het Een", **alone}))
    assert read.actors["Het Een"].kind == kind
    if kind == "person":
        assert read.ties == [("Het Een", "member_of", "Zo")]
    else:
        [fault] = read.faults
        assert fault.startswith("p.json, list 'organizations/1/memberships', number 1: the node '2' is not")


def test_a_second_term_is_told_and_so_are_other_ids(tmp_path):
    member = {"person_id": "1", "organization_id": "raad", "role": "lid", "area_id": "noord"}
    document = {
        "persons": DOCUMENT["persons"][:1],
        "organizations": [{**COUNCIL, "type": "gemeenteraad"}],
        "memberships": [{**member, "legislative_period_id": one} for one in ("t1", "t2")],
        "events": [{"id": "t1", "name": "Raad 2014", "start_date": "2014", "end_date": "2018"}],
    }
    read = Read("popolo", write(tmp_path / "p.json", document))
    assert [one.note for one in read.tie_records] == ["Termijn in de bron: Raad 2014 (2014 – 2018)."]
    assert read.apart == {"doubled": 1, "other": 1}
    assert "number 2: says something else of the tie member_of" in read.notes
    assert "'area_id' (2)" in read.notes
    assert "'gemeenteraad' (1)" in read.notes
    assert read.actors["De Raad"].note == "Soort in de bron: gemeenteraad."


def test_a_place_is_no_object(tmp_path):
    council = {**COUNCIL, "area": {"id": "x", "name": "Ede"}}
    other = {"id": "b", "name": "Het Plein", "area_id": "weg"}
    read = Read("popolo", write(tmp_path / "p.json", {"organizations": [council, other]}))
    assert [one.place for one in read.records] == ["Ede", None]
    assert "'area_id' (1)" in read.notes


def test_who_has_no_name_bears_the_main_other_name(tmp_path):
    names = [
        {"note": "Alternate", "name": "Boos"},
        {"note": "Main", "given_name": "Bo", "family_name": "Oud", "end_date": "2000"},
        {"note": "Main", "given_name": "Bo", "family_name": "Bedacht"},
    ]
    mark = {"scheme": "nummer", "identifier": "7"}
    read = Read(
        "popolo", write(tmp_path / "p.json", {"persons": [{"id": "1", "other_names": names, "identifiers": [mark]}]})
    )
    assert read.records[0].name == "Bo Bedacht"
    assert set(read.records[0].aliases) == {"Boos", "Bo Oud"}
    assert "'identifiers, scheme: nummer' (1)" in read.notes


def test_what_is_no_popolo_is_refused(tmp_path):
    path = tmp_path / "p.json"
    path.write_text('{"people": []}')
    with pytest.raises(LoadError, match="Popolo"):
        Read("popolo", path)
