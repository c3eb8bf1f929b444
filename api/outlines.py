"""The outlines that lie under maps by place: of the municipalities in the file that the settings name, read once."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from api.settings import Settings
from graph.drawing import Outline
from graph.errors import BadInputError, LoadError
from loaders.geojson import features


def outlines(settings: Settings) -> tuple[Outline, ...]:
    """Return the outlines; none if the settings name no file.

    Raises:
        LoadError: The file cannot be read, or is no GeoJSON.
    """
    if not settings.outlines:
        return ()
    path = Path(settings.outlines)
    return _read(path, path.stat().st_mtime_ns if path.exists() else 0)


def check(settings: Settings) -> None:
    """Make sure that the file that the settings name, if they do, can be read; looks at how it begins.

    Raises:
        BadInputError: It cannot be, or is no GeoJSON.
    """
    if not settings.outlines:
        return
    try:
        next(features(Path(settings.outlines)), None)
    except LoadError as error:
        raise BadInputError(
            nl=f"{error.nl} Wijs met WEEFSEL_OUTLINES een GeoJSON-bestand aan, of haal die instelling weg.",
            en=f"{error.en} Name a GeoJSON file with WEEFSEL_OUTLINES, or remove that setting.",
            field="WEEFSEL_OUTLINES",
        ) from error


@lru_cache(maxsize=2)
def _read(path: Path, _: int) -> tuple[Outline, ...]:
    return tuple(outline for feature in features(path) for outline in _of(feature.get("geometry") or {}))


def _of(geometry: Mapping[str, Any]) -> Iterator[Outline]:
    """Yield the outer boundaries of a shape."""
    shapes = geometry.get("coordinates") or ()
    for rings in (
        [shapes] if geometry.get("type") == "Polygon" else shapes if geometry.get("type") == "MultiPolygon" else ()
    ):
        if rings and len(rings[0]) > 3:
            yield tuple((float(lon), float(lat)) for lon, lat, *_ in rings[0])
