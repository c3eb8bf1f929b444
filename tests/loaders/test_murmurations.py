"""Profiles of Murmurations. Everything is made up."""

import json

import pytest
from foreign_files import Read

from graph.reading import Row
from graph.records import OfferRecord
from loaders import LOADERS

HOUSE = {
    "linked_schemas": ["organizations_schema-v1.0.0", "other-v1"],
    "name": "Ons Huis",
    "nickname": "OH",
    "primary_url": "https://www.huis.example/",
    "urls": [{"name": "x", "url": "https://x.example/oh"}],
    "tags": ["wonen", "kippen"],
    "geolocation": {"lat": 52.04, "lon": 5.66},
    "locality": "Ede",
    "country_iso_3166": "NL",
    "starts_at": 1651848477,
    "contact_details": {"email": "info@huis.example", "contact_form": "https://huis.example/c"},
    "relationships": [
        {"predicate_url": "https://schema.org/memberOf", "object_url": "http://net.example"},
        {"predicate_url": "https://schema.org/knows", "object_url": "https://net.example/"},
        {"predicate_url": "https://schema.org/member", "object_url": "https://jo.example"},
        {"predicate_url": "https://schema.org/memberOf", "object_url": "https://weg.example"},
    ],
    "offers": [
        {"title": "Workshop", "tags": ["hout"], "expires_at": 1900000000},
        {"title": "Appels", "description": "zoet"},
    ],
    "wants": [{"title": "Een zaal", "tags": ["venue"]}, {"title": "x", "tags": ["advies"], "expires_at": "ooit"}],
    "mood": "good",
}
NET = {"linked_schemas": ["organizations_schema-v1.0.0"], "name": "Net Zo", "primary_url": "net.example"}
JO = {
    "linked_schemas": ["people_schema-v0.1.0"],
    "name": "Jo Verzonnen",
    "primary_url": "https://jo.example",
    "tags": ["ziek"],
}


def write(path, value):
    path.write_text(json.dumps(value), encoding="utf-8-sig")
    return path


def test_profiles_are_actors_and_their_relationships_ties(tmp_path):
    paths = [write(tmp_path / "h.json", HOUSE), write(tmp_path / "rest.json", {"data": [NET, JO, {"name": "x"}]})]
    read = Read("murmurations", *paths)
    assert read.ties == [("Ons Huis", "member_of", "Net Zo"), ("Jo Verzonnen", "member_of", "Ons Huis")]
    house = read.actors["Ons Huis"]
    assert (house.kind, house.place, house.lat, house.founded, house.aliases) == (
        "organisation",
        "Ede",
        52.04,
        "2022-05-06",
        ("OH",),
    )
    assert house.websites == ("https://www.huis.example/", "https://x.example/oh")
    assert house.contacts[0].mail == "info@huis.example"
    assert house.note == "Biedt: Appels. zoet\nSoort in de bron: other.\nTrefwoorden in de bron: kippen."
    assert set(read.actors["Jo Verzonnen"].model_dump(exclude_defaults=True)) == {"id", "kind", "name", "cites"}
    assert read.apart == {"relation": 1, "missing": 1}
    assert "'knows' (1)" in read.notes
    assert "who is not in the file: 'weg.example' (1)." in read.notes
    assert "'mood' (1)" in read.notes
    assert sorted(fault.partition(": ")[2][:24] for fault in read.faults) == [
        "'ooit' is no moment; wri",
        "is no profile: linked_sc",
    ]


def test_offers_and_wants_stand_until_they_expire(tmp_path):
    alone = {
        "linked_schemas": ["offers_wants_schema-v0.1.0"],
        "exchange_type": "want",
        "title": "Hulp gezocht",
        "tags": ["Vrijwilligers"],
        "expires_at": 1900000000.0,
    }
    of_net = {**alone, "primary_url": "https://net.example"}
    strange = {**of_net, "tags": ["kaas"]}
    house = {**HOUSE, "relationships": [], "wants": HOUSE["wants"][:1]}
    path = write(tmp_path / "m.json", [house, of_net, NET, alone, strange, of_net])
    reading = LOADERS["murmurations"]([path])
    records = [item.record for item in reading.items if isinstance(item, Row)]
    offers = [(one.actor, one.stance, one.help, one.until) for one in records if isinstance(one, OfferRecord)]
    assert offers == [
        ("ons-huis", "offers", "kennis.workshop", "2030-03-17"),
        ("ons-huis", "needs", "netwerk.ontmoetingsplek", None),
        ("net-zo", "needs", "netwerk.vrijwilligers", "2030-03-17"),
    ]
    assert reading.ledger.set_apart == {"helpless": 1, "doubled": 1, "nobody": 1}
    assert reading.ledger.rows == reading.ledger.accepted + 3
    notes = " ".join(reading.ledger.notes("en"))
    assert "'Hulp gezocht' (1)" in notes
    assert "'exchange_type: want, primary_url: -' (1)" in notes


def test_names_within_a_place_or_contact_are_no_names(tmp_path):
    place, contact = {"lat": 52.1, "lon": 5.1, "name": "Toscana"}, {"email": "info@net.example", "name": "Bo Bedacht"}
    net = {
        **NET,
        "email": "info@net.example",
        "geolocation": place,
        "contact_details": contact,
        "urls": ["NET.example/"],
    }
    read = Read("murmurations", write(tmp_path / "m.json", [net, {**JO, "contact_details": contact}]))
    assert list(read.actors) == ["Net Zo", "Jo Verzonnen"]
    assert "Bo Bedacht" not in str(read.records) + read.notes
    assert "Toscana" not in str(read.records)
    assert "'contact_details name' (2)" in read.notes
    assert "'geolocation name' (1)" in read.notes
    assert (read.actors["Net Zo"].lat, read.actors["Net Zo"].websites) == (52.1, ("net.example",))


def test_a_place_may_be_an_object(tmp_path):
    net = {**NET, "location": {"locality": "Ede", "country": "NL", "street": "x"}, "locality": "Ede"}
    read = Read(
        "murmurations", write(tmp_path / "m.json", [net, {**NET, "name": "X", "primary_url": "x", "location": "Ede"}])
    )
    assert [one.place for one in read.records] == ["Ede", "Ede"]
    assert "'location street' (1)" in read.notes


def test_relationships_may_have_the_older_form_but_name_whom_they_are_with(tmp_path):
    older = {"type": "member", "target": "Net Zo", "target_url": "https://net.example", "description": "Sinds lang"}
    nobody = {"predicate_url": "https://schema.org/memberOf", "target_url": "https://net.example"}
    house = {**HOUSE, "relationships": [older, nobody, "https://net.example"], "wants": []}
    read = Read("murmurations", write(tmp_path / "m.json", [house, NET]))
    assert read.ties == [("Net Zo", "member_of", "Ons Huis")]
    assert read.tie_records[0].note == "Sinds lang"
    assert read.apart == {"kindless": 1}
    [fault] = read.faults
    assert fault.startswith("m.json, list '1/relationships', number 2, column 'object_url': is missing")


def test_offers_may_be_words_alone_and_those_of_persons_are_not_kept(tmp_path):
    label = {"id": "x", "label": "Courgettes"}
    net = {**NET, "offers": ["Workshop", label], "urls": ["https://x.example", {"url": "https://y.example"}]}
    path = write(tmp_path / "m.json", [net, {**JO, "offers": ["Workshop", "Praten"]}])
    reading = LOADERS["murmurations"]([path])
    records = [item.record for item in reading.items if isinstance(item, Row)]
    assert [(one.actor, one.help) for one in records if isinstance(one, OfferRecord)] == [
        ("net-zo", "kennis.workshop"),
    ]
    assert records[1].note == "Biedt: Courgettes"
    assert records[1].websites == ("net.example", "https://x.example", "https://y.example")
    assert "'note' (1)" in " ".join(reading.ledger.notes("en"))


@pytest.mark.parametrize(
    ("said", "day"),
    [
        (-473385600, "1955-01-01"),
        (1020102, "1970-01-12"),
        (1651848477.5, "2022-05-06"),
        (2019, "2019"),
        ("2019-03", "2019-03"),
    ],
)
def test_moments_are_seconds_or_dates(tmp_path, said, day):
    read = Read("murmurations", write(tmp_path / "m.json", {**NET, "starts_at": said}))
    assert read.actors["Net Zo"].founded == day
