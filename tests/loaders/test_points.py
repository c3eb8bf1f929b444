"""GeoJSON of other makers: a feature a line, shapes that are no point, and what is none. Everything is made up."""

import json

import pytest
from foreign_files import Read, toml

from graph.errors import LoadError

POINT = {"type": "Point", "coordinates": [5.66, 52.04]}
LINE = {"type": "LineString", "coordinates": [[4, 52], [6, 52]]}


def feature(name="", geometry=None, **more):
    return {"type": "Feature", "geometry": geometry, "properties": {"name": name, **more}}


def collection(path, *features):
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(feature("Ons Huis", POINT)),
        json.dumps(feature("Ons Huis", POINT), indent=1),
        json.dumps([feature("Ons Huis", POINT)]),
        "\ufeff" + json.dumps(feature("Ons Huis", POINT)) + "\n\n" + json.dumps(feature("Fonds Zo")) + "\n",
    ],
)
def test_features_may_stand_alone_in_a_list_or_each_on_a_line(tmp_path, text):
    path = tmp_path / "p.geojson"
    path.write_text(text, encoding="utf-8")
    read = Read("geojson", path)
    house = read.actors["Ons Huis"]
    assert (house.lat, house.lon, len(read.records)) == (52.04, 5.66, 1 + text.count("Fonds"))


def test_a_location_that_is_not_kept_is_told(tmp_path):
    collected = {"type": "GeometryCollection", "geometries": [LINE, None, POINT]}
    path = collection(
        tmp_path / "p.geojson",
        feature("Een", LINE),
        feature("Twee", {"type": "Point", "coordinates": []}),
        feature("Drie", {"type": "GeometryCollection", "geometries": [LINE, {"type": "GeometryCollection"}]}),
        feature("Vier", collected),
        feature("Vijf"),
    )
    read = Read("geojson", path)
    assert {name: one.lat for name, one in read.actors.items() if one.lat} == {"Vier": 52.04}
    assert read.notes == (
        "attributes of nodes: 'geometry LineString' (1), 'geometry Point []' (1), 'geometry GeometryCollection' (1)."
    )


def test_properties_that_say_a_location_do_not_speak_against_the_geometry(tmp_path):
    path = collection(
        tmp_path / "p.geojson",
        feature("Een", POINT, latitude="52°02'N", long="een lange omschrijving"),
        feature("Twee", POINT, Lat=52.04, LON="5.66"),
        feature("Drie", None, lat=52.5, lon=5.5),
    )
    read = Read("geojson", path)
    assert read.faults == []
    assert [(one.lat, one.lon) for one in read.records] == [(52.04, 5.66), (52.04, 5.66), (52.5, 5.5)]
    assert read.notes == "attributes of nodes: 'properties.latitude' (1), 'properties.long' (1)."
    mapping = toml(tmp_path / "m.toml", '[actors]\ncolumn.note = "long"')
    assert Read("geojson", path, mapping=mapping).actors["Een"].note == "een lange omschrijving"


def test_a_point_that_an_export_found_by_the_name_of_a_place_is_stated_by_nobody(tmp_path):
    path = collection(
        tmp_path / "p.geojson",
        feature("Een", POINT, located="stated"),
        feature("Twee", POINT, located="place", place="Ede"),
        feature("Drie", POINT, located="municipality", municipality="GM0228"),
    )
    read = Read("geojson", path)
    assert [(one.lat, one.lon, one.place) for one in read.records] == [
        (52.04, 5.66, None),
        (None, None, "Ede"),
        (None, None, None),
    ]
    assert "'geometry (located: place)' (1)" in read.notes
    assert "'located'" not in read.notes


def test_what_openstreetmap_says_of_place_and_contact_is_read(tmp_path):
    path = collection(
        tmp_path / "osm.geojson",
        feature(
            "Verzonnen buurthuis",
            POINT,
            **{"addr:city": "Ede", "contact:website": "https://huis.example", "contact:phone": "0318-123456"},
        ),
    )
    [one] = Read("geojson", path).records
    assert (one.place, one.websites) == ("Ede", ("https://huis.example",))
    assert [contact.phone for contact in one.contacts] == ["0318-123456"]


def test_what_is_no_feature_or_no_geometry_is_a_fault_of_its_own(tmp_path):
    path = collection(
        tmp_path / "p.geojson",
        feature("Ons Huis", POINT),
        None,
        feature("Een", "POINT (5.6 52.1)"),
        feature("Twee", [5.6, 52.1]),
        {"type": "Feature", "properties": ["Drie"], "geometry": None},
        feature("Vier", {"type": "Point", "coordinates": {"lat": 52.1, "lon": 5.6}}),
        feature("Vijf", {"type": "Point", "coordinates": "5.6 52.1"}),
        feature("Zes", {"type": "MultiPoint", "coordinates": {"a": 1}}),
        feature("Zeven", {"type": "Point", "coordinates": [10**400, 1]}),
        feature("Acht", {"type": "Polygon", "coordinates": [[1, 2, 3, 4, 5]]}),
    )
    read = Read("geojson", path)
    assert list(read.actors) == ["Ons Huis"]
    starts = [f"p.geojson, list 'features', number {number}" for number in range(2, 11)]
    assert [fault.startswith(start) for fault, start in zip(read.faults, starts, strict=True)] == [True] * 9
    assert ["is no feature" in fault for fault in read.faults] == [True] * 4 + [False] * 5
    assert ["[longitude, latitude]" in fault for fault in read.faults] == [False] * 4 + [True] * 5


@pytest.mark.parametrize(
    ("told", "text"),
    [
        ("JSON of ArcGIS", '{"features": [{"attributes": {"naam": "A huis"}, "geometry": {"x": 5, "y": 52}}]}'),
        ("a map of uMap", '{"type": "umap", "geometry": {}, "layers": [{"features": []}]}'),
        ("no GeoJSON", '{"type": "Topology", "objects": {}}'),
    ],
)
def test_what_has_to_be_made_geojson_first_is_refused_with_how(tmp_path, told, text):
    path = tmp_path / "p.json"
    path.write_text(text)
    with pytest.raises(LoadError, match=told):
        Read("geojson", path)
