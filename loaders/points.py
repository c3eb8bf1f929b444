"""GeoJSON of places: features with a point and properties, as maps of initiatives, uMap and OpenStreetMap give them. Streams.

    {"type": "FeatureCollection", "features": [{"type": "Feature", "id": 7, "geometry": {"type": "Point", "coordinates": [5.66, 52.04]},
      "properties": {"name": "Ons Huis", "type": "buurthuis"}}]}

Properties are attributes, read as those of other formats. Of a shape, a point within it is kept; of several points the first; of a line
none. Coordinates are longitude and latitude in degrees; others (such as the Dutch grid) are refused.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from graph.errors import BadInputError
from graph.reading import Fault, Reading, Where
from loaders import foreign
from loaders.foreign_items import Item, Node, cell, key
from loaders.geojson import Point, features, point_within
from loaders.options import NONE, Options
from loaders.table_cells import Cell

_AREAS = ("Polygon", "MultiPolygon")


def load(paths: Sequence[Path], options: Options = NONE) -> Reading:
    """Read files as one dataset.

    Raises:
        LoadError: A file is not there, or the mapping has faults.
    """
    return foreign.load("geojson", _items, paths, options)


def _items(path: Path, name: str) -> Iterator[Item]:
    for number, feature in enumerate(features(path), start=1):
        yield _of(feature, number, Where(name, number, "features", "item"))


def _of(feature: Mapping[str, Any], number: int, where: Where) -> Item:
    properties = feature.get("properties") or {}
    said: dict[str, Cell] = {name: cell(value) for name, value in properties.items()}
    try:
        point = _point(feature.get("geometry") or {})
    except (BadInputError, TypeError, ValueError, IndexError) as error:
        nl, en = (error.nl, error.en) if isinstance(error, BadInputError) else ("klopt niet", "is not right")
        return Fault(where, "geometry", nl, en)
    if point:
        said = {"lat": point[1], "lon": point[0]} | {
            name: one for name, one in said.items() if name not in ("lat", "lon")
        }
    return Node(f"{number} {key(feature.get('id'))}", said, where)


def _point(geometry: Mapping[str, Any]) -> Point | None:
    coordinates = geometry.get("coordinates")
    if geometry.get("type") in _AREAS:
        return point_within(geometry)
    if geometry.get("type") == "MultiPoint" and coordinates:
        coordinates = coordinates[0]
    elif geometry.get("type") != "Point" or not coordinates:
        return None
    x, y = float(coordinates[0]), float(coordinates[1])
    if abs(x) > 180 or abs(y) > 90:
        raise BadInputError(
            nl="de coördinaten zijn geen graden; maak het bestand in WGS84 (EPSG:4326), niet in het rijksdriehoekstelsel",
            en="the coordinates are no degrees; make the file in WGS84 (EPSG:4326), not in the Dutch grid",
        )
    return x, y
