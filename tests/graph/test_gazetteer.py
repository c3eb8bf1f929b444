import csv
from pathlib import Path

import pytest

from graph import gazetteer
from graph.gazetteer import ATTRIBUTION, FILE, km, locate
from graph.text import fold

MUNICIPALITIES = Path(__file__).parents[3] / "shared" / "open-data" / "nl-gemeenten" / "gemeenten_2026_derived.csv"
UNKNOWN = {"Etten-Leur", "Oostzaan", "West Maas en Waal"}  # no place of theirs stands in the package


@pytest.mark.parametrize("name", ["Den Haag", "'s-Gravenhage", "DEN HAAG", "’s-Gravenhage", "Gemeente Den Haag"])
def test_a_place_is_known_by_its_other_names_however_written(name):
    found = locate("", name) if name.startswith("Gemeente") else locate(name)
    assert found is not None
    assert km(found[:2], (52.08, 4.30)) < 3


def test_a_neighbourhood_that_is_not_known_stands_at_its_town_and_says_so():
    found = locate("Een verzonnen buurt, Rotterdam")
    assert found is not None
    assert (found.precision, found.name) == ("municipality", "Rotterdam")
    assert locate("Rotterdam").precision == "place"


@pytest.mark.parametrize(
    "name", ["Drenthe", "Vlaanderen", "Marokko", "Rio de Janeiro", "Australië (online)", "", "Nergenshuizen"]
)
def test_a_province_a_country_or_a_village_too_small_is_not_known(name):
    assert locate(name) is None


def test_of_two_places_with_one_name_none_is_chosen_unless_something_tells():
    assert locate("Laren") is None
    east = locate("Laren", province="Gelderland")
    west = locate("Laren", "Hilversum")
    assert east is not None and west is not None
    assert km(east[:2], west[:2]) > 50
    assert locate("Laren, Noord-Holland") == west


def test_a_namesake_far_from_the_municipality_is_not_taken_for_the_place():
    found = locate("Rijswijk", "Maastricht")
    assert found is not None
    assert (found.precision, found.name) == ("municipality", "Maastricht")


def test_a_municipality_is_told_from_its_namesakes_by_its_mark():
    assert km(locate("", "Hengelo (O.)")[:2], (52.27, 6.79)) < 3
    assert km(locate("", "Bergen (L.)")[:2], (51.60, 6.05)) < 3


def test_a_dutch_place_goes_before_a_belgian_one_unless_the_region_is_named():
    assert locate("Hasselt").lat > 52
    assert locate("Hasselt, Vlaanderen").lat < 51
    assert locate("Luik").lat < 51


def test_every_row_of_the_file_is_folded_as_names_are_compared():
    with FILE.open(encoding="utf-8", newline="") as file:
        assert ATTRIBUTION in file.readline()
        rows = list(csv.DictReader(file))
    assert len(rows) > 4_000
    for row in rows:
        assert fold(row["name"]) in row["names"].split("|")
        assert all(name == fold(name) for name in row["names"].split("|"))
        assert 49 < float(row["lat"]) < 54
        assert 2 < float(row["lon"]) < 7.5


def test_the_file_is_read_once():
    assert gazetteer.entries() is gazetteer.entries()


if MUNICIPALITIES.exists():  # the official list is not the project's to spread; where it stands, it is a check

    def test_every_municipality_of_2026_is_found_where_it_lies():
        with MUNICIPALITIES.open(encoding="utf-8", newline="") as file:
            inside = {
                row["statnaam"]: (float(row["inside_lat"]), float(row["inside_lng"])) for row in csv.DictReader(file)
            }
        found = {name: locate("", name) for name in inside}
        assert {name for name, point in found.items() if point is None} == UNKNOWN
        assert {name for name, point in found.items() if point and km(point[:2], inside[name]) > 15} == set()
