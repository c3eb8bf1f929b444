"""JSON of Kumu that differs from what it exports itself. Everything is made up."""

import json

import pytest
from foreign_files import Read, kumu

from graph.errors import LoadError


def test_names_may_have_capitals_as_its_spreadsheets_write_them(tmp_path):
    elements = [{"Label": "Ons Huis", "Type": "Buurthuis"}, {"ID": "fonds-zo", "attributes": {"Label": "Fonds Zo"}}]
    connections = [{"From": "fonds-zo", "To": "Ons Huis", "Direction": "mutual", "Type": "partner"}]
    connections.append({"attributes": {"From": "Fonds Zo", "To ": "Ons Huis", "connection type": "funds"}})
    read = Read("kumu", kumu(tmp_path / "k.json", elements, connections))
    assert read.faults == []
    assert read.actors["Ons Huis"].subtype == "buurthuis"
    assert read.ties == [("Fonds Zo", "partner_of", "Ons Huis"), ("Fonds Zo", "funds", "Ons Huis")]
    assert read.notes == ""


def test_a_list_may_be_missing_or_null_but_not_something_else(tmp_path):
    path = tmp_path / "k.json"
    path.write_text('{"elements": [{"label": "Ons Huis"}], "connections": null}')
    read = Read("kumu", path)
    assert (list(read.actors), read.faults, read.ledger.rows) == (["Ons Huis"], [], 1)
    path.write_text(json.dumps({"elements": {"nodes": [{"data": {"id": "a"}}], "edges": []}}))
    with pytest.raises(LoadError, match="k.json is no JSON of Kumu: 'elements' is no list"):
        Read("kumu", path)


def test_attributes_that_bear_a_name_of_our_own_exports_are_told(tmp_path):
    element = {"label": "Ons Huis", "contacts": "info@example.org", "located": "Ede", "size": "12 leden"}
    read = Read("kumu", kumu(tmp_path / "k.json", [element]))
    assert read.notes == "attributes of nodes: 'contacts' (1), 'located' (1), 'size' (1)."


def full(path, maps):
    """Write a full export; of the elements `c` and of the connections `z` is on no map, if there are any."""
    elements = [{"_id": f"elem-{n}", "attributes": {"label": f"{n.upper()} huis"}} for n in "abc"]
    ends = {"x": "ab", "y": "ac", "z": "ba"}
    connections = [
        {"_id": f"conn-{n}", "from": f"elem-{a}", "to": f"elem-{b}", "attributes": {"connection type": "lid van"}}
        for n, (a, b) in ends.items()
    ]
    return kumu(path, elements, connections, maps=maps)


def test_what_was_thrown_away_in_kumu_does_not_come_back(tmp_path):
    placed = [{"_id": "item-1", "element": "elem-a", "position": {"x": 1}}, {"_id": "item-2", "element": "elem-b"}]
    drawn = [{"_id": "item-3", "connection": "conn-x"}, {"_id": "item-4", "connection": "conn-y"}]
    maps = [{"_id": "map-1", "name": "Kaart"}, {"_id": "map-2", "elements": placed, "connections": drawn}]
    read = Read("kumu", full(tmp_path / "k.json", maps))
    assert list(read.actors) == ["A huis", "B huis"]
    assert read.ties == [("A huis", "member_of", "B huis")]
    assert read.apart == {"trash": 2, "unkept": 1}
    assert read.notes == "parts: 'elements' (1), 'connections' (1)."


@pytest.mark.parametrize("maps", [[], None, [{"_id": "map-1", "name": "Kaart", "elements": []}]])
def test_without_maps_that_say_who_stands_on_them_nobody_was_thrown_away(tmp_path, maps):
    read = Read("kumu", full(tmp_path / "k.json", maps))
    assert (len(read.actors), len(read.ties), read.apart) == (3, 3, {})
