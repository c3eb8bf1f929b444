"""Tables of nodes and edges: CSV pairs and Kumu's workbooks; points of GeoJSON; which loader fits. Everything is made up."""

import json

import pytest
from books import xlsx as workbook
from foreign_files import Read, toml

from graph.errors import LoadError
from loaders import LOADERS
from loaders.guess import GUESSES, guesses

KUMU = {
    "Elements": [
        ["Label", "Type", "Tags", "Plaats"],
        ["Ons Huis", "Buurthuis", "wonen|jeugd|kippen", "Ede"],
        ["Fonds Zo", "Fonds", "", ""],
        ["Jo Verzonnen", "Person", "", "Ede"],
    ],
    "Connections": [
        ["From", "To", "Type", "Direction", "Bedrag"],
        ["Fonds Zo", "Ons Huis", "funds", "directed", 1500],
        ["Jo Verzonnen", "Ons Huis|Fonds Zo", "werkt bij", "", ""],
        ["Jo Verzonnen", "Ons Huis", "kent", "undirected", ""],
        ["Jo Verzonnen", "", "kent", "", ""],
    ],
    "Uitleg (ignore)": [["Label"], ["geen knoop"]],
    "Legenda": [["Kleur", "Betekenis"], ["rood", "warm"]],
}


def test_a_workbook_of_kumu(tmp_path):
    read = Read("kumu", workbook(tmp_path / "kaart.xlsx", KUMU))
    assert list(read.actors) == ["Ons Huis", "Fonds Zo", "Jo Verzonnen"]
    assert (read.actors["Ons Huis"].subtype, read.actors["Ons Huis"].themes) == ("buurthuis", ("wonen", "jeugd"))
    assert read.ties == [
        ("Fonds Zo", "funds", "Ons Huis"),
        ("Jo Verzonnen", "works_at", "Ons Huis"),
        ("Jo Verzonnen", "works_at", "Fonds Zo"),
    ]
    assert read.tie_records[0].amount == 1500
    assert read.faults == ["kaart.xlsx, sheet 'Connections', row 5, column 'To': is missing; name a node."]
    assert read.apart == {"relation": 1, "other": 1}
    assert "'Legenda: Kleur, Betekenis' (1)" in read.notes


def test_two_empty_rows_in_a_workbook_begin_another_table(tmp_path):
    rows = [["Label"], ["Ons Huis"], ["Fonds Zo"], [], [], ["From", "To", "Type"], ["Fonds Zo", "Ons Huis", "funds"]]
    read = Read("kumu", workbook(tmp_path / "kaart.xlsx", {"Blad1": rows}))
    assert read.ties == [("Fonds Zo", "funds", "Ons Huis")]


def test_a_label_may_turn_out_to_be_of_two_further_on(tmp_path):
    sheets = {
        "Een": [["ID", "Label"], ["e1", "Ons Huis"], ["e2", "Koepel"]],
        "Banden": [["From", "To", "Type"], ["Ons Huis", "e2", "lid van"]],
        "Twee": [["ID", "Label"], ["e3", "Ons Huis"]],
    }
    read = Read("kumu", workbook(tmp_path / "kaart.xlsx", sheets))
    assert read.ties == []
    assert "more than one is called 'Ons Huis'" in read.faults[0]


def test_a_pair_of_tables_as_gephi_writes_it_in_either_order(tmp_path):
    (tmp_path / "banden.csv").write_text(
        "Source;Target;Type;Id;Label;Weight\n1;2;Directed;0;lid van;1.0\n2;1;Undirected;1;partner;2.0\n1;2;Undirected;2;lid van;1\n"
    )
    (tmp_path / "knopen.csv").write_text(
        "\ufeffId;Label;Soort\n1;Ons Huis;buurthuis\n2;Koepel Zo;koepel\n", encoding="utf-8"
    )
    for order in (("banden.csv", "knopen.csv"), ("knopen.csv", "banden.csv")):
        read = Read("csv", *(tmp_path / name for name in order))
        assert read.faults == []
        assert [(one.id, one.kind) for one in read.records] == [("ons-huis", "initiative"), ("koepel-zo", "network")]
        assert read.ties == [("Ons Huis", "member_of", "Koepel Zo"), ("Koepel Zo", "partner_of", "Ons Huis")]
        assert read.apart == {"undirected": 1}
    read = Read("csv", tmp_path / "banden.csv")
    assert len(read.faults) == 3
    assert "the node '1' is not in the file" in read.faults[0]


def test_a_table_without_nodes_and_edges_is_refused(tmp_path):
    (tmp_path / "leden.csv").write_text("kleur;maat\nrood;3\n")
    with pytest.raises(LoadError, match="no table of nodes"):
        Read("csv", tmp_path / "leden.csv")
    (tmp_path / "leeg.csv").write_text("")
    with pytest.raises(LoadError, match="is empty"):
        Read("csv", tmp_path / "leeg.csv")
    (tmp_path / "kop.csv").write_text("kleur;maat\n")
    with pytest.raises(LoadError, match="no table of nodes"):
        Read("csv", tmp_path / "kop.csv")


# -- points


def features(path, *each):
    path.write_text(json.dumps({"type": "FeatureCollection", "crs": None, "features": each}))
    return path


def feature(coordinates, shape="Point", **properties):
    geometry = {"type": shape, "coordinates": coordinates} if coordinates else None
    return {"type": "Feature", "id": 7, "geometry": geometry, "properties": properties}


def test_points_become_actors_with_properties_by_a_mapping(tmp_path):
    path = features(
        tmp_path / "punten.geojson",
        feature([5.66, 52.04], name="Ons Huis", type="buurthuis", adres={"straat": "A"}, lat="x"),
        feature([[5, 52], [6, 53]], "MultiPoint", name="Twee plekken"),
        feature([[[4, 52], [6, 52], [6, 54], [4, 54], [4, 52]]], "Polygon", name="Een vlak"),
        feature([[4, 52], [6, 52]], "LineString", name="Een lijn"),
        feature(None, titel="Nergens", wat="club"),
        feature([233000, 581000], name="Rijksdriehoek"),
        feature(["a", "b"], name="Kapot"),
        feature([5, 52]),
        feature([5.66, 52.04], name="Jo Verzonnen", type="person"),
    )
    read = Read("geojson", path)
    assert {name: (one.lat, one.lon) for name, one in read.actors.items()} == {
        "Ons Huis": (52.04, 5.66),
        "Twee plekken": (52.0, 5.0),
        "Een vlak": (53.0, 5.0),
        "Een lijn": (None, None),
        "Nergens": (None, None),
        "Jo Verzonnen": (None, None),
    }
    assert [fault.partition(", column ")[0].partition(": ")[0] for fault in read.faults] == [
        f"punten.geojson, list 'features', number {number}" for number in (6, 7, 8)
    ]
    assert "no degrees" in read.faults[0]
    mapping = toml(tmp_path / "m.toml", '[actors]\ncolumn.kind = "wat"\n[types]\nclub = "initiative"')
    assert Read("geojson", path, mapping=mapping).actors["Nergens"].kind == "initiative"


# -- which loader


def test_every_loader_can_be_guessed():
    assert set(GUESSES) == set(LOADERS), "each loader has a line in GUESSES of loaders/guess.py too"


def test_the_loader_that_fits_is_told_with_the_reason(tmp_path):
    folder = tmp_path / "sector"
    folder.mkdir()
    (folder / "actors.csv").write_text("id,kind,name\n")
    texts = {
        "a.xml": '<?xml version="1.0"?>\n<!-- x -->\n<gexf xmlns="http://gexf.net/1.3"><graph/></gexf>',
        "b.txt": "\ufeff<!DOCTYPE graphml><graphml/>",
        "c.json": '{"maps": [{"features": 1}], "elements": []}',
        "d.json": '{"type": "FeatureCollection", "features": [{"properties": {"naam": "Ons Huis"}}]}',
        "e.json": '{"features": [{"properties": {"statcode": "GM0599", "statnaam": "Rotterdam"}}]}',
        "f.csv": "Source,Target\n1,2\n",
        "m.csv": "Van,Naar\n",
        "l.csv": "Van,Naar\nOns Huis,Tuin\n",
        "g.csv": "naam;plaats\nOns Huis;Ede\n",
        "h.csv": "Id,Label\n1,Ons Huis\n",
        "i.json": "[1, 2]",
        "j.pdf": "%PDF\0\1",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    workbook(tmp_path / "k.xlsx", KUMU)
    found = {path.name: [guess.loader for guess in guesses(path)] for path in tmp_path.iterdir()}
    assert found == {
        "sector": ["sector"],
        "a.xml": ["gexf"],
        "b.txt": ["graphml"],
        "c.json": ["kumu"],
        "d.json": ["geojson"],
        "e.json": ["municipalities", "geojson"],
        "f.csv": ["csv", "table"],
        "l.csv": ["table", "csv"],
        "m.csv": ["csv", "table"],
        "g.csv": ["table"],
        "h.csv": ["csv", "table"],
        "i.json": [],
        "j.pdf": [],
        "k.xlsx": ["kumu", "csv", "table"],
    }
    assert guesses(tmp_path / "a.xml")[0].why[1] == "it begins with <gexf>"
    assert "elements" in guesses(tmp_path / "c.json")[0].why[0]
    with pytest.raises(LoadError, match="is not there"):
        guesses(tmp_path / "weg")
