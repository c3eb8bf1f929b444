"""GeoJSON of places: features with a point and properties, as maps of initiatives, uMap and OpenStreetMap give them. Streams.

    {"type": "FeatureCollection", "features": [{"type": "Feature", "id": 7, "geometry": {"type": "Point", "coordinates": [5.66, 52.04]},
      "properties": {"name": "Ons Huis", "type": "buurthuis"}}]}

Properties are attributes, read as those of other formats. Of a shape, a point within it is kept; of several points, and of a collection,
the first; of a line none, which is told. Where there is one, properties that say a location (`latitude`) are not read. Coordinates are
longitude and latitude in degrees; others (such as the Dutch grid) are refused. A point that our own export found by the name of a place
(`located`) is what no source states, and is not kept.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from graph.errors import BadInputError
from graph.reading import Fault, Reading, Where
from graph.text import fold
from loaders import foreign, foreign_mapping
from loaders.foreign_items import Item, Node, cell, key
from loaders.foreign_words import words_of
from loaders.geojson import Point, features, point_within, wrong
from loaders.options import NONE, Options
from loaders.table_cells import Cell

_AREAS = ("Polygon", "MultiPolygon")
_FOUND = ("place", "municipality")  # values of `located` in our own export, of points that no source states
_FEW = 10_000  # names of properties


def load(paths: Sequence[Path], options: Options = NONE) -> Reading:
    """Read files as one dataset.

    Raises:
        LoadError: A file is not there, or the mapping has faults.
    """
    mapping = foreign_mapping.read(options.mapping)
    means = words_of("geojson", mapping).nodes
    own = {
        word: field
        for word, field in words_of("geojson", foreign_mapping.NONE).nodes.items()
        if field in ("lat", "lon")
    }
    places = {word: field for word, field in own.items() if means[word] == field}
    return foreign.load("geojson", partial(_items, places), paths, options)


def _items(places: Mapping[str, str], path: Path, name: str) -> Iterator[Item]:
    """Yield the features of a file; `places` are the words for properties that say a location, which the geometry says better."""
    place = lru_cache(maxsize=_FEW)(lambda word: places.get(fold(word), ""))
    for number, feature in enumerate(features(path), start=1):
        where = Where(name, number, "features", "item")
        if not feature:
            nl = "is geen feature: een object waarvan 'geometry' en 'properties' objecten zijn; herstel het of haal het weg"
            en = "is no feature: an object of which 'geometry' and 'properties' are objects; mend it or delete it"
            yield Fault(where, "", nl, en)
            continue
        try:
            said = _said(feature, place)
        except BadInputError as error:
            yield Fault(where, "geometry", error.nl, error.en)
        else:
            yield Node(f"{number} {key(feature.get('id'))}", said, where)


def _said(feature: Mapping[str, Any], place: Callable[[str], str]) -> Mapping[str, Cell]:
    """Return the properties and the location of a feature; of what is not read of these, by which name it is told."""
    properties: Mapping[str, Any] = feature.get("properties") or {}
    geometry: Mapping[str, Any] = feature.get("geometry") or {}
    if (located := key(properties.get("located"))) in _FOUND:
        return {name: cell(value) for name, value in properties.items()} | {f"geometry (located: {located})": "-"}
    point = _point(geometry)
    if not point:
        told = f"geometry {key(geometry.get('type'))}{'' if _filled(geometry) else ' []'}"
        return {name: cell(value) for name, value in properties.items()} | ({told: "-"} if geometry else {})
    said: dict[str, Cell] = {"lat": point[1], "lon": point[0]}
    for name, value in properties.items():
        field = place(name)
        if not field:
            said[name] = cell(value)
        elif key(value) != key(said[field]):
            said[f"properties.{name}"] = cell(value)
    return said


def _filled(geometry: Mapping[str, Any]) -> bool:
    return bool(geometry.get("coordinates") or geometry.get("geometries"))


def _point(geometry: Mapping[str, Any]) -> Point | None:
    """Return a point of a geometry, or the first of a collection; None if it has none that is kept.

    Raises:
        BadInputError: The coordinates are no degrees, or not right.
    """
    parts = geometry.get("geometries")
    each = parts if isinstance(parts, list) else [geometry]
    points = (_point_of(one) for one in each if isinstance(one, dict))
    return next((point for point in points if point), None)


def _point_of(geometry: Mapping[str, Any]) -> Point | None:
    type_, coordinates = geometry.get("type"), geometry.get("coordinates")
    if type_ in _AREAS:
        return point_within(geometry)
    if not coordinates or type_ not in ("Point", "MultiPoint"):
        return None
    try:
        found = coordinates if type_ == "Point" else coordinates[0]
        x, y = map(float, found[:2] if isinstance(found, list) else ())
    except (TypeError, ValueError, LookupError, OverflowError) as error:
        raise wrong() from error
    if not (abs(x) <= 180 and abs(y) <= 90):
        raise BadInputError(
            nl="de coördinaten zijn geen graden; maak het bestand in WGS84 (EPSG:4326), niet in het rijksdriehoekstelsel",
            en="the coordinates are no degrees; make the file in WGS84 (EPSG:4326), not in the Dutch grid",
        )
    return x, y
