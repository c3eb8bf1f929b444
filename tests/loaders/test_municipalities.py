"""The `municipalities` loader: boundaries as GeoJSON. Shapes are made up; codes and names are those of CBS."""

import json

import pytest

from graph.errors import BadInputError, LoadError
from graph.reading import Fault, Row
from graph.records import ActorRecord
from loaders import LOADERS, json_stream
from loaders.geojson import features, point_within
from loaders.options import Options

SQUARE = {"type": "Polygon", "coordinates": [[[4, 52], [5, 52], [5, 53], [4, 53], [4, 52]]]}
LETTER_C = [[0, 0], [3, 0], [3, 1], [1, 1], [1, 2], [3, 2], [3, 3], [0, 3], [0, 0]]


def feature(geometry=SQUARE, **properties):
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def write(path, *each, **layout):
    path.write_text(json.dumps({"type": "FeatureCollection", "features": each}, **layout))
    return path


def read(*paths):
    reading = LOADERS["municipalities"](paths)
    items = list(reading.items)
    actors = [item.record for item in items if isinstance(item, Row) and isinstance(item.record, ActorRecord)]
    faults = [item.text("en") for item in items if isinstance(item, Fault)]
    ledger = reading.ledger
    assert ledger.rows == ledger.accepted + ledger.rejected + sum(ledger.set_apart.values())
    return reading, actors, faults


def test_a_municipality_becomes_an_actor_with_code_province_and_a_point(tmp_path):
    path = write(tmp_path / "g.json", feature(statcode="GM0518", statnaam="'s-Gravenhage", jrstatcode="2026GM0518"))
    reading, [actor], faults = read(path)
    assert faults == []
    assert actor.id == "gemeente-s-gravenhage"
    assert actor.identifiers == ("cbs:GM0518",)
    assert (actor.municipality, actor.province, actor.lat, actor.lon) == ("GM0518", "Zuid-Holland", 52.5, 4.5)
    assert "Den Haag" in actor.aliases
    assert (reading.dataset["title"], reading.dataset["date"]) == ("Gemeenten 2026", "2026-01-01")


@pytest.mark.parametrize(
    "properties",
    [
        {"statcode": "GM0014", "statnaam": "Groningen"},
        {"gemeentecode": "GM0014", "gemeentenaam": "Groningen", "H2O": "NEE"},
        {"code": "0014", "naam": "Groningen"},
    ],
)
def test_the_names_of_properties_of_three_publishers(tmp_path, properties):
    assert read(write(tmp_path / "g.json", feature(**properties)))[1][0].identifiers == ("cbs:GM0014",)


def test_water_and_what_is_there_twice_are_set_apart_and_a_province_is_refused(tmp_path):
    land = {"gemeentecode": "GM0014", "gemeentenaam": "Groningen", "H2O": "NEE"}
    path = write(
        tmp_path / "g.json",
        feature(**land),
        feature(**land | {"H2O": "JA"}),
        feature(**land),
        feature(statcode="PV20", statnaam="Groningen"),
    )
    reading, actors, faults = read(path)
    assert len(actors) == 1
    assert reading.ledger.set_apart == {"water": 1, "doubled": 1}
    assert "g.json, row 4: is no municipality" in faults[0]


def test_a_municipality_that_is_newer_than_our_list_has_no_province_yet(tmp_path):
    assert read(write(tmp_path / "g.json", feature(statcode="GM9998", statnaam="Verzonnen")))[1][0].province is None


def test_the_point_lies_within_the_largest_part_whatever_its_shape():
    islands = {
        "type": "MultiPolygon",
        "coordinates": [SQUARE["coordinates"], [[[0, 0], [3, 0], [3, 3], [0, 3], [0, 0]]]],
    }
    assert point_within(islands) == (1.5, 1.5)
    x, y = point_within({"type": "Polygon", "coordinates": [LETTER_C]})
    assert 0 < x < 1
    assert y == 1.5
    assert point_within({}) is None


def test_the_dutch_grid_is_refused(tmp_path):
    grid = {
        "type": "Polygon",
        "coordinates": [[[233000, 581000], [234000, 581000], [234000, 582000], [233000, 581000]]],
    }
    assert (
        "download the boundaries in WGS84"
        in read(write(tmp_path / "g.json", feature(grid, statcode="GM0014", statnaam="Groningen")))[2][0]
    )


@pytest.mark.parametrize("layout", [{}, {"indent": 2}])
def test_it_streams_whatever_the_lines(tmp_path, monkeypatch, layout):
    monkeypatch.setattr(json_stream, "_BLOCK", 100)
    path = write(tmp_path / "g.json", *(feature(statcode=f"GM{n:04}", statnaam=f"M {n}") for n in range(50)), **layout)
    assert [one["properties"]["statnaam"] for one in features(path)] == [f"M {n}" for n in range(50)]


@pytest.mark.parametrize("text", ["", "[]", '{"type": "FeatureCollection", "features": [{"type": "Feature", "geom'])
def test_what_is_no_geojson_or_broken_off_is_refused(tmp_path, text):
    path = tmp_path / "g.json"
    path.write_text(text)
    with pytest.raises(LoadError, match="no (Geo)?JSON, or is broken off"):
        read(path)


def test_no_features_a_missing_file_and_a_mapping_are_refused(tmp_path):
    with pytest.raises(LoadError, match="no features"):
        read(write(tmp_path / "g.json"))
    with pytest.raises(LoadError, match="cannot be read"):
        read(tmp_path / "nowhere.json")
    with pytest.raises(BadInputError):
        LOADERS["municipalities"]([tmp_path], Options(mapping=tmp_path))
