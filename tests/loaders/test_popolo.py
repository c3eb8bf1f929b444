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


def test_what_is_no_popolo_is_refused(tmp_path):
    path = tmp_path / "p.json"
    path.write_text('{"people": []}')
    with pytest.raises(LoadError, match="Popolo"):
        Read("popolo", path)
