"""Answers of OpenFairDB. Everything is made up."""

import json

import pytest
from foreign_files import Read

from graph.errors import LoadError

INITIATIVE, COMPANY = "2cd00bebec0c48ba9db761da48678134", "77b3c33a92554bcf8e8c2c86cedd6f6f"
ENTRY = {
    "id": "0a1b",
    "created": 1700000000,
    "version": 2,
    "title": "Tuin <b>Zo</b>",
    "description": "Een tuin &amp; meer",
    "lat": 52.04,
    "lng": 5.66,
    "street": "Straat 1",
    "zip": "6711",
    "city": "Ede",
    "country": "Netherlands",
    "email": "info@example.org",
    "telephone": "0318 123456",
    "homepage": "https://example.org/",
    "categories": [INITIATIVE],
    "tags": ["wonen", "kippen"],
    "license": "CC0-1.0",
    "ratings": ["r1"],
}


def write(path, value):
    path.write_text(json.dumps(value), encoding="utf-8-sig")
    return path


def test_entries_are_actors(tmp_path):
    gone = {**ENTRY, "id": "0a1c", "status": "archived"}
    shop = {"id": "0a1d", "title": "Winkel", "lat": 52, "lng": 5, "categories": [COMPANY], "contact": {"phone": "0318"}}
    read = Read("openfairdb", write(tmp_path / "e.json", [ENTRY, gone, shop, {"title": "Zonder id"}]))
    garden = read.actors["Tuin Zo"]
    assert (garden.kind, garden.place, garden.lat, garden.lon) == ("initiative", "Ede", 52.04, 5.66)
    assert (garden.themes, garden.websites) == (("wonen",), ("https://example.org/",))
    assert garden.note.endswith("Trefwoorden in de bron: kippen.")
    assert garden.contacts[0].mail == "info@example.org"
    assert (read.actors["Winkel"].kind, read.actors["Winkel"].subtype) == ("organisation", "bedrijf")
    assert read.actors["Winkel"].contacts[0].phone == "0318"
    assert read.apart == {"other": 1}
    assert "'status archived' (1)" in read.notes
    assert "'ratings' (1)" in read.notes
    assert read.faults == ["e.json, list 'entries', number 4, column 'id': is missing; this is no entry."]


def test_links_are_websites_once(tmp_path):
    links = [{"url": "http://www.example.org"}, {"url": "https://x.example", "title": "x"}]
    entries = [{**ENTRY, "custom": links}, {**ENTRY, "id": "0a1e", "title": "Winkel", "links": links}]
    read = Read("openfairdb", write(tmp_path / "e.json", entries))
    assert [one.websites for one in read.records] == [("https://example.org/", "https://x.example")] * 2
    assert "'custom'" not in read.notes


def test_events_are_set_apart(tmp_path):
    event = {"id": "e1", "title": "Feest", "start": 1700000000, "lat": 52.1, "lng": 5.1, "organizer": "Bo Bedacht"}
    read = Read("openfairdb", write(tmp_path / "e.json", [event, ENTRY]))
    assert list(read.actors) == ["Tuin Zo"]
    assert read.apart == {"other": 1}
    assert "'event' (1)" in read.notes


def test_a_search_and_one_entry_are_read_too(tmp_path):
    found = {
        "visible": [{"id": "1", "title": "A tuin", "lat": 52.0, "lng": 5.0, "categories": [], "tags": []}],
        "invisible": [],
    }
    one = write(tmp_path / "one.json", ENTRY)
    read = Read("openfairdb", write(tmp_path / "s.json", found), one)
    assert list(read.actors) == ["A tuin", "Tuin Zo"]
    with pytest.raises(LoadError, match="/v0/search"):
        Read("openfairdb", write(tmp_path / "x.json", {"error": "no"}))
