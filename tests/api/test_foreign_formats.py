"""Other tools' formats on the command line: which loader fits, and what is told of a load. All names are made up."""

import json


def test_which_loader_fits_is_told_with_how_to_load(weefsel, tmp_path):
    path = tmp_path / "kaart.txt"
    path.write_text('<gexf><graph><nodes><node id="a" label="Ons Huis"/></nodes></graph></gexf>')
    code, out, _ = weefsel("load", "--guess", path)
    assert code == 0
    assert f"{path}: gexf: het begint met <gexf>." in out
    assert f"weefsel load gexf {path} --dataset" in out
    unknown = tmp_path / "kaart.bin"
    unknown.write_bytes(b"\0\1")
    code, out, _ = weefsel("--lang", "en", "load", "--guess", path, unknown)
    assert code == 1
    assert f"{unknown}: no loader knows this." in out


def test_a_loader_without_files_says_how_to_find_one(weefsel):
    code, _, err = weefsel("load", "kaart.gexf")
    assert code != 0
    assert "weefsel load --guess kaart.gexf" in err


def test_what_was_not_understood_is_told_by_name_and_number(weefsel, tmp_path):
    path = tmp_path / "kaart.json"
    elements = [{"label": "Ons Huis", "type": "buurthuis", "kleur": "rood"}, {"label": "Zo", "type": "Wolk"}]
    connections = [{"from": "Ons Huis", "to": "Zo", "type": kind} for kind in ("kent", "partner", "kent")]
    path.write_text(json.dumps({"elements": elements, "connections": connections}))
    code, out, _ = weefsel("load", "kumu", path, "--dataset", "kaart")
    assert code == 0
    assert "kaart: 5 rijen = 3 goed + 0 afgekeurd + 2 apart gezet." in out
    assert "soorten banden (niet geladen): 'kent' (2)." in out
    assert "soorten knopen (nu organisatie): 'Wolk' (1)." in out
    assert "kenmerken van knopen: 'kleur' (1)." in out
