"""GeoJSON, read feature by feature, and a point within a shape. Coordinates are longitude and latitude in degrees (WGS84)."""

import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from graph.errors import BadInputError, LoadError
from loaders import json_stream
from loaders.json_stream import Found

Point: TypeAlias = tuple[float, float]
Ring: TypeAlias = Sequence[Sequence[float]]
_LINE = 1 << 20  # bytes of the first line that are looked at
_OWN = ("type", "id", "geometry", "properties")  # of a feature that stands alone


def features(path: Path) -> Iterator[Mapping[str, Any]]:
    """Yield the features of a collection or list, of each line, or the only one, without holding more than one of them.

    What stands among them and is none, or has a geometry or properties that are no objects, is an empty one.

    Raises:
        LoadError: The file cannot be read, or is no GeoJSON.
    """
    is_geojson, own = False, dict[str, Any]()
    try:
        for found in _found(path):
            is_geojson |= found.number > 0
            if found.number:
                yield _checked(found.value, path)
            elif found.key == "features":
                raise _no_geojson(path)
            else:
                own[found.key] = found.value
    except OSError as error:
        raise LoadError(
            nl=f"{path} is niet te lezen ({error.strerror}).", en=f"{path} cannot be read ({error.strerror})."
        ) from error
    if own.get("type") == "Feature":
        yield _checked(own, path)
    elif own.get("type") == "umap":
        raise LoadError(
            nl=f"{path} is een kaart van uMap; exporteer de lagen ervan als GeoJSON (Delen en downloaden).",
            en=f"{path} is a map of uMap; export its layers as GeoJSON (Share and download).",
        )
    elif not is_geojson and own.get("type") != "FeatureCollection":
        raise _no_geojson(path)


def _found(path: Path) -> Iterator[Found]:
    """Return what yields the features, that may stand each on a line of their own."""
    with path.open("rb") as file:
        line = file.readline(_LINE)
    try:
        alone = json.loads(line)
    except (ValueError, RecursionError):
        alone = None
    if isinstance(alone, dict) and alone.get("type") == "Feature":
        return json_stream.lines(path, path.name)
    return json_stream.items(path, path.name, ("features",), _OWN)


def _checked(feature: Any, path: Path) -> Mapping[str, Any]:  # noqa: ANN401 - what JSON holds
    if not isinstance(feature, dict):
        return {}
    if "attributes" in feature and "properties" not in feature:
        raise LoadError(
            nl=f"{path} is JSON van ArcGIS, geen GeoJSON; vraag het aan de server als GeoJSON (f=geojson).",
            en=f"{path} is JSON of ArcGIS, no GeoJSON; ask the server for GeoJSON (f=geojson).",
        )
    right = all(isinstance(feature.get(part) or {}, dict) for part in ("geometry", "properties"))
    return feature if right else {}


def _no_geojson(path: Path) -> LoadError:
    return LoadError(
        nl=f"{path} is geen GeoJSON, of is afgebroken; download het opnieuw.",
        en=f"{path} is no GeoJSON, or is broken off; download it again.",
    )


def point_within(geometry: Mapping[str, Any]) -> Point | None:
    """Return a point within a shape: the centre of its largest part, or, if that lies outside, one beside it; None without a shape.

    >>> point_within({"type": "Polygon", "coordinates": [[[4, 52], [6, 52], [6, 54], [4, 54], [4, 52]]]})
    (5.0, 53.0)

    Raises:
        BadInputError: The coordinates are no degrees, or not right.
    """
    shapes = geometry.get("coordinates") or []
    parts = [shapes] if geometry.get("type") == "Polygon" else shapes
    try:
        rings = [part[0] for part in parts if part and len(part[0]) > 3]
        return _point_within(max(rings, key=lambda one: abs(_area(one)))) if rings else None
    except (TypeError, ValueError, LookupError, OverflowError) as error:
        raise wrong() from error


def wrong() -> BadInputError:
    """Return the error of coordinates that are not those of a shape."""
    return BadInputError(
        nl="de coördinaten kloppen niet; een punt is [lengtegraad, breedtegraad], in graden",
        en="the coordinates are not right; a point is [longitude, latitude], in degrees",
    )


def _point_within(ring: Ring) -> Point:
    if any(abs(x) > 180 or abs(y) > 90 for x, y, *_ in ring):
        raise BadInputError(
            nl="de coördinaten zijn geen graden; download de grenzen in WGS84 (EPSG:4326), niet in het rijksdriehoekstelsel",
            en="the coordinates are no degrees; download the boundaries in WGS84 (EPSG:4326), not in the Dutch grid",
        )
    x, y = _centre(ring)
    crossings = sorted(_crossings(ring, y))
    spans = list(zip(crossings[::2], crossings[1::2], strict=False))
    if not spans or any(left <= x <= right for left, right in spans):
        return x, y
    left, right = max(spans, key=lambda span: span[1] - span[0])
    return (left + right) / 2, y


def _area(ring: Ring) -> float:
    pairs = itertools.pairwise(ring)
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs) / 2


def _centre(ring: Ring) -> Point:
    """Return the centroid; degrees are close enough to a plane for the size of a municipality."""
    x0, y0 = ring[0][0], ring[0][1]
    area = x = y = 0.0
    for a, b in itertools.pairwise(ring):
        ax, ay, bx, by = a[0] - x0, a[1] - y0, b[0] - x0, b[1] - y0
        cross = ax * by - bx * ay
        area, x, y = area + cross, x + (ax + bx) * cross, y + (ay + by) * cross
    return (x0 + x / (3 * area), y0 + y / (3 * area)) if area else (x0, y0)


def _crossings(ring: Ring, y: float) -> Iterator[float]:
    """Yield where the horizontal line at `y` crosses the ring."""
    for a, b in itertools.pairwise(ring):
        if (a[1] > y) != (b[1] > y):
            yield a[0] + (y - a[1]) * (b[0] - a[0]) / (b[1] - a[1])
