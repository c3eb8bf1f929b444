"""Which loader fits JSON of several makers. Everything is made up."""

import pytest

from loaders.guess import guesses


@pytest.mark.parametrize(
    ("loader", "text"),
    [
        ("ftm", '{"id": "a", "schema": "Person", "properties": {}}\n{"id": "b"}'),
        ("ftm", '[{"id": "a", "schema": "Person", "properties": {}}]'),
        ("ftm", '{\n "id": "a",\n "schema": "Person",\n "properties": {}\n}'),
        ("jsonld", '{"@context": "https://schema.org", "@type": "NGO", "name": "A huis"}'),
        ("murmurations", '[{"linked_schemas": ["organizations_schema-v1.0.0"], "name": "A huis"}]'),
        ("openfairdb", '{"visible": [], "invisible": []}'),
        ("openfairdb", '[{"id": "1", "title": "A tuin", "lat": 1, "lng": 2}]'),
        ("popolo", '{"persons": [], "memberships": []}'),
        ("kumu", '{"elements": [{"Label": "A huis"}]}'),
        ("kumu", '{"elements": [{"_id": "elem-1", "attributes": {}}]}'),
        ("kumu", '{"elements": [], "connections": []}'),
        ("geojson", '[{"type": "Feature", "geometry": null, "properties": {}}]'),
        ("geojson", '{"type": "Feature", "geometry": null}\n{"type": "Feature", "geometry": null}'),
        ("threesixtygiving", '{"version": "1", "grants": []}'),
        ("threesixtygiving", "Identifier,Recipient Org:Name\n1,A huis\n"),
    ],
)
def test_the_loader_that_fits_goes_first(tmp_path, loader, text):
    path = tmp_path / "x"
    path.write_text(text)
    assert guesses(path)[0].loader == loader


@pytest.mark.parametrize(
    ("told", "text"),
    [
        ("ArcGIS", '{"fields": [], "features": [{"attributes": {"naam": "A huis"}, "geometry": {"x": 5, "y": 52}}]}'),
        ("uMap", '{"type": "umap", "geometry": {}, "layers": [{"type": "FeatureCollection", "features": []}]}'),
        ("Overpass", '{"generator": "Overpass API 0.7", "elements": [{"type": "node", "id": 1, "tags": {}}]}'),
    ],
)
def test_what_has_to_be_made_geojson_first_is_told_how(tmp_path, told, text):
    path = tmp_path / "x"
    path.write_text(text)
    [guess] = guesses(path)
    assert guess.loader == "geojson"
    assert all(told in why and "GeoJSON" in why for why in guess.why)


@pytest.mark.parametrize(
    "text",
    [
        '{"elements": {"nodes": [{"data": {"id": "a", "label": "A huis"}}], "edges": []}}',
        '{"elements": [{"type": "node", "id": 1, "lat": 52, "lon": 5}]}',
        '{"elements": 3}',
    ],
)
def test_elements_alone_are_not_kumu(tmp_path, text):
    path = tmp_path / "x"
    path.write_text(text)
    assert guesses(path) == []
