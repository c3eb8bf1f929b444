"""Maps by place. All actors and shapes are made up."""

from dataclasses import replace
from datetime import date
from math import cos, radians

import numpy as np
import pytest

from api.drawings import by_place
from api.outlines import outlines
from api.serving import serve
from api.settings import Settings
from graph.drawing import Drawing
from graph.errors import BadInputError, LoadError
from graph.model import Card, Tie
from graph.stores import STORES
from viz import geography, picture, picture_map
from viz.paper import Paper

SQUARE = ((4.0, 51.0), (6.0, 51.0), (6.0, 53.0), (4.0, 53.0), (4.0, 51.0))


def card(n, lon=None, lat=None):
    return Card(n, f"a{n}", "initiative", f"Bedacht {n}", f"bedacht {n}", lon=lon, lat=lat)


CARDS = (
    card(0, 4.5, 52.0),
    card(1, 5.5, 52.0),
    card(2, 5.0, 52.9),
    card(3),
    *(card(n, 5.0, 51.5) for n in range(4, 9)),
)
TIES = (Tie("a0", "partner_of", "a1"), Tie("a0", "partner_of", "a3"))
DRAWING = Drawing("Bedacht", "nl", "public", date(2026, 11, 22), 1, "a0", CARDS, TIES, (), "niets")


def test_who_has_no_place_is_left_out_with_its_ties_and_that_is_told():
    drawing = by_place(DRAWING, (), "nl")
    assert [card.id for card in drawing.actors] == ["a0", "a1", "a2", "a4", "a5", "a6", "a7", "a8"]
    assert drawing.ties == TIES[:1]
    assert drawing.left_out == "niets; 1 actor van wie we de plek niet kennen"


def test_distances_on_the_plane_are_true_in_both_directions():
    plane, middle = geography.spots(CARDS[:2])
    assert middle == 52.0
    assert plane[1, 0] - plane[0, 0] == pytest.approx(cos(radians(52)))
    assert geography.spots(CARDS[1:3])[0][1, 1] < plane[1, 1], "north is up"


def test_actors_at_one_spot_stand_around_it_each_to_be_seen():
    plane, _ = geography.spots(CARDS[4:])
    gaps = [np.hypot(*(a - b)) for n, a in enumerate(plane) for b in plane[:n]]
    assert min(gaps) > 0
    assert max(gaps) < 0.01


def test_a_map_by_place_keeps_its_proportions_on_the_paper():
    drawing = by_place(DRAWING, (SQUARE,), "nl")
    spots = picture_map.places(drawing)
    fit = picture_map._fit(spots, (10, 10, 200, 250), picture_map.Measure(2, 8, 1), drawing)
    across, down = fit(np.array([[1.0, 0.0], [0.0, 1.0]])) - fit(np.zeros((1, 2)))
    assert across[0] == pytest.approx(down[1])


def test_outlines_lie_under_it_or_else_a_grid_of_degrees():
    with_land = b"".join(picture.svg(by_place(DRAWING, (SQUARE,), "nl"))).decode()
    without = b"".join(picture.svg(by_place(DRAWING, (), "nl"))).decode()
    assert "CBS en Kadaster" in with_land
    assert "CBS en Kadaster" not in without
    assert "52°" in without
    assert "52°" not in with_land
    assert "Bedacht 2" in with_land
    assert "http" not in with_land.partition("<defs>")[2].replace("http://www.w3.org", "")


def test_within_one_municipality_a_grid_of_degrees_tells_where_and_how_far():
    near = (card(0, 4.5, 52.0), card(1, 4.53, 52.02))
    drawn = b"".join(picture.svg(by_place(replace(DRAWING, actors=near, ties=()), (SQUARE,), "nl"))).decode()
    assert "52,01°" in drawn
    assert "CBS en Kadaster" in drawn


def test_one_actor_nobody_and_a_flat_line_can_be_drawn():
    for cards in ((), CARDS[:1], CARDS[:2], CARDS[4:6]):
        figure = picture.draw(by_place(replace(DRAWING, actors=cards, ties=()), (SQUARE,), "nl"), Paper.A4)
        assert figure.axes


def test_outlines_are_read_from_the_file_of_the_settings(tmp_path):
    file = tmp_path / "g.geojson"
    rings = [[list(point) for point in SQUARE]]
    features = [
        {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": rings}, "properties": {}},
        {"type": "Feature", "geometry": {"type": "MultiPolygon", "coordinates": [rings, rings]}, "properties": {}},
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": [4, 52]}, "properties": {}},
    ]
    file.write_text(f'{{"type": "FeatureCollection", "features": {str(features).replace(chr(39), chr(34))}}}')
    assert outlines(Settings(outlines=str(file))) == (SQUARE,) * 3
    assert outlines(Settings()) == ()
    with pytest.raises(LoadError):
        outlines(Settings(outlines=str(tmp_path / "weg.geojson")))


@pytest.mark.parametrize("content", [None, "geen GeoJSON", "{}"])
def test_outlines_that_cannot_be_read_are_told_before_the_service_starts_not_to_who_asks_for_a_map(tmp_path, content):
    file = tmp_path / "gemeenten.geojson"
    if content is not None:
        file.write_text(content)
    with STORES["sqlite"](str(tmp_path / "store.db"), "") as store, pytest.raises(BadInputError) as told:
        serve(store, Settings(outlines=str(file), port=0))
    for text in (told.value.nl, told.value.en):
        assert "WEEFSEL_OUTLINES" in text
