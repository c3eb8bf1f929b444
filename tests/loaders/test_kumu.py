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
