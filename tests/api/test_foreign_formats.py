"""Other tools' formats on the command line: which loader fits, and what is told of a load. All names are made up."""

import json
import sqlite3
import zipfile

QUERIES = (
    "SELECT nodes.id, key, actors.mask, json_remove(body, '$.cites') FROM actors JOIN nodes USING (n) ORDER BY 1",
    """SELECT a.id, b.id, ref, round(bound, 9), json_remove(body, '$.cites') FROM ties
       JOIN nodes a ON a.n = source JOIN nodes b ON b.n = target ORDER BY 1, 2, 3, 5""",
    "SELECT nodes.id, stance, help, json_remove(body, '$.cites') FROM offers JOIN nodes USING (n) ORDER BY 1, 2, 3",
)


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


def test_our_own_exports_come_back_whole_and_alike(demo, tmp_path, monkeypatch):
    loaders = {"gexf": "gexf", "graphml": "graphml", "kumu": "kumu", "csv": "csv", "csv-excel": "csv", "xlsx": "csv"}
    for name in loaders:
        assert demo("--lang", "en", "export", name, "--out", tmp_path / f"sector.{name}")[0] == 0
    held = {}
    for name, loader in loaders.items():
        given = [tmp_path / f"sector.{name}"]
        if name.startswith("csv"):
            zipfile.ZipFile(given[0]).extractall(tmp_path / f"{name}-pair")
            given = sorted((tmp_path / f"{name}-pair").glob("*.csv"))
        assert demo("load", "--guess", given[-1])[1].startswith(f"{given[-1]}: {loader}: ")
        monkeypatch.setenv("WEEFSEL_STORE", str(tmp_path / f"{name}.db"))
        code, out, _ = demo("load", loader, *given, "--dataset", "sector", "--audience", "public")
        assert code == 0
        assert "= 388 goed + 0 afgekeurd + " in out
        base = sqlite3.connect(tmp_path / f"{name}.db")
        held[name] = [base.execute(query).fetchall() for query in QUERIES]
        base.close()
    assert [len(rows) for rows in held["csv"]] == [155, 233, 129]
    assert all(rows == held["csv"] for rows in held.values())


def test_an_export_that_is_loaded_where_it_came_from_tells_that_it_doubles(demo, tmp_path):
    assert demo("export", "gexf", "--out", tmp_path / "sector.gexf")[0] == 0
    for dry_run in (["--dry-run"], []):
        out = demo("load", "gexf", tmp_path / "sector.gexf", "--dataset", "kaart", *dry_run)[1]
        assert "94 nieuwe actoren heten als een die er al was (intern-werkplaats als werkplaats)." in out
        assert "weefsel duplicates" in out
    assert "die er al was" not in demo("load", "gexf", tmp_path / "sector.gexf", "--dataset", "kaart")[1]


def test_who_is_called_alike_elsewhere_is_no_double(weefsel, tmp_path):
    (tmp_path / "een.csv").write_text(
        "Id,Label,Type,Plaats\n1,Ons Huis,buurthuis,Ede\n2,De Brug,buurthuis,\n3,Jo,person,\n"
    )
    (tmp_path / "twee.csv").write_text(
        "Id,Label,Type,Plaats\n1,Ons Huis,buurthuis,Goes\n2,de brug,koepel,Ede\n3,Jo,person,\n"
    )
    assert "heet als" not in weefsel("load", "csv", tmp_path / "een.csv", "--dataset", "een")[1]
    out = weefsel("load", "csv", tmp_path / "twee.csv", "--dataset", "twee")[1]
    assert "1 nieuwe actor heet als een die er al was (intern-de-brug-2 als intern-de-brug)." in out
