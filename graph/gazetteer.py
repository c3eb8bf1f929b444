"""Where places are: names of places and municipalities in the Netherlands and Belgium, with coordinates.

`gazetteer.csv` beside this file is made by `data/make_gazetteer.py`. It has places of 500 inhabitants and more; it
cannot know smaller villages, neighbourhoods, streets, provinces or other countries. A name that several places bear
is only known if the municipality or the province tells which one is meant: no answer is better than a wrong one.
"""

import csv
import math
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias

from graph.text import fold

ATTRIBUTION = "Place names and coordinates: GeoNames (https://www.geonames.org), CC BY 4.0."
FILE = Path(__file__).parent / "gazetteer.csv"
FAR_KM = 30.0  # a place further from its municipality than this is another place of that name

Precision: TypeAlias = Literal["place", "municipality"]
Point: TypeAlias = tuple[float, float]

PROVINCES: Mapping[str, str] = {  # by the codes of GeoNames
    "NL.01": "Drenthe",
    "NL.02": "Friesland",
    "NL.03": "Gelderland",
    "NL.04": "Groningen",
    "NL.05": "Limburg",
    "NL.06": "Noord-Brabant",
    "NL.07": "Noord-Holland",
    "NL.09": "Utrecht",
    "NL.10": "Zeeland",
    "NL.11": "Zuid-Holland",
    "NL.15": "Overijssel",
    "NL.16": "Flevoland",
    "BE.VLG": "Vlaanderen",
    "BE.WAL": "Wallonië",
    "BE.BRU": "Brussel",
}
_MARKS: Mapping[str, str] = {  # how names of municipalities are told apart: Hengelo (O.)
    "dr": "Drenthe",
    "fr": "Friesland",
    "gld": "Gelderland",
    "gr": "Groningen",
    "l": "Limburg",
    "nb": "Noord-Brabant",
    "nh": "Noord-Holland",
    "o": "Overijssel",
    "ov": "Overijssel",
    "ut": "Utrecht",
    "z": "Zeeland",
    "zh": "Zuid-Holland",
}
_MARKED = re.compile(r"\s*\((\w+)\.?\)$")
_PREFIX = re.compile(r"^gemeente\s+", re.IGNORECASE)


class Located(NamedTuple):
    """A point (degrees, WGS84), how precise it is, and the name of what was found there.

    `municipality`: the place itself is not known; the point is a town of its municipality.
    """

    lat: float
    lon: float
    precision: Precision
    name: str


class _Entry(NamedTuple):
    lat: float
    lon: float
    precision: Precision
    name: str
    province: str
    country: str


@lru_cache(maxsize=20_000)
def locate(place: str, municipality: str = "", province: str = "") -> Located | None:
    """Return where a place is, or its municipality if the place is not known; None if neither is.

    `municipality` is a name ("Rotterdam", "Gemeente Rotterdam", "Hengelo (O.)"). What stands behind a comma in `place`
    tells where it lies, as a municipality or province does.

    >>> locate("Middelland, Rotterdam")
    Located(lat=51.9225, lon=4.47917, precision='municipality', name='Rotterdam')
    >>> locate("Hengelo") is None
    True
    >>> locate("Hengelo", "Bronckhorst").lat < locate("Hengelo (O.)").lat
    True
    """
    anchor, entry = _look_up(place, municipality, province)
    if entry:
        return _located(entry, entry.precision)
    return _located(anchor, "municipality") if anchor else None


@lru_cache(maxsize=20_000)
def found_at(place: str) -> tuple[str, str]:
    """Return the name of what `locate` finds for a place, and the name of its province; both empty if it finds nothing.

    >>> found_at("Middelland, Rotterdam"), found_at("Hengelo, Gelderland"), found_at("Nergens")
    (('Rotterdam', 'Zuid-Holland'), ('Hengelo', 'Gelderland'), ('', ''))
    """
    anchor, entry = _look_up(place, "", "")
    found = anchor or entry
    return (found.name, found.province) if found else ("", "")


def towns(name: str) -> list[tuple[str, str]]:
    """Return the Dutch places that bear a name: the name as it is written, and the name of the province, one for each.

    >>> towns("hengelo"), towns("Nergens")
    ([('Hengelo', 'Overijssel'), ('Hengelo', 'Gelderland')], [])
    """
    found = [entry for entry in entries().get(fold(name), []) if entry.country == "NL" and entry.precision == "place"]
    return list({entry.province: (entry.name, entry.province) for entry in reversed(found)}.values())[::-1]


def _look_up(place: str, municipality: str, province: str) -> tuple[_Entry | None, _Entry | None]:
    """Return what tells where a place lies, and the place itself, as far as each is known."""
    name, *around = [part.strip() for part in place.split(",")]
    provinces = [p for p in (*map(_only_province, around), _provinces().get(fold(province))) if p]
    anchor = _anchor(around, municipality, provinces)
    entries = _entries(name, provinces)
    found = _within([entry for entry in entries if entry.precision == "place"] or entries, anchor)
    return anchor, found[0] if len(found) == 1 else None


@lru_cache(maxsize=4)
def names_in(country: str) -> frozenset[str]:
    """Return the folded names of all places in a country (`NL` or `BE`)."""
    return frozenset(name for name, found in entries().items() if any(entry.country == country for entry in found))


def km(a: Point, b: Point) -> float:
    """Return the distance in kilometres between two points (latitude and longitude in degrees), over the great circle.

    >>> round(km((52.37, 4.89), (51.92, 4.48)))
    57
    """
    lat_a, lon_a, lat_b, lon_b = map(math.radians, (*a, *b))
    half = math.sin((lat_b - lat_a) / 2) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    return 2 * 6371.0088 * math.asin(min(1.0, math.sqrt(half)))


def _anchor(around: Sequence[str], municipality: str, provinces: Sequence[str]) -> _Entry | None:
    """Return the first that is known without doubt; among municipalities no two bear the same name."""
    for name in around:
        if len(found := _entries(_PREFIX.sub("", name), provinces)) == 1:
            return found[0]
    found = _entries(_PREFIX.sub("", municipality.strip()), provinces)
    found = [entry for entry in found if entry.precision == "municipality"] or found
    return found[0] if len(found) == 1 else None


def unmarked(name: str) -> str:
    """Return a name without what tells it apart from that of another place.

    >>> unmarked("Hengelo (O.)"), unmarked("Hengelo (Zuid)")
    ('Hengelo', 'Hengelo (Zuid)')
    """
    return _parted(name)[0]


def _parted(name: str) -> tuple[str, str]:
    """Return a name without its mark, and the province that the mark stands for; empty if it has none."""
    mark = _MARKED.search(name)
    province = _MARKS.get(mark[1].lower(), "") if mark else ""
    return (name[: mark.start()], province) if mark and province else (name, "")


def _entries(name: str, provinces: Sequence[str]) -> list[_Entry]:
    """Return what bears the name, in these provinces if there are any; a Dutch place goes before a Belgian one."""
    bare, marked = _parted(name)
    found = entries().get(fold(name), [])
    if marked and not found:
        found = [e for e in entries().get(fold(bare), []) if e.province == marked]
    if provinces:
        return [entry for entry in found if entry.province in provinces]
    return [entry for entry in found if entry.country == "NL"] or found


def _within(found: list[_Entry], anchor: _Entry | None) -> list[_Entry]:
    if anchor is None:
        return found
    return [entry for entry in found if km(entry[:2], anchor[:2]) <= FAR_KM]


def _located(entry: _Entry, precision: Precision) -> Located:
    return Located(entry.lat, entry.lon, precision, entry.name)


@lru_cache(maxsize=1)
def _provinces() -> Mapping[str, str]:
    names = {fold(name): name for name in PROVINCES.values()}
    return names | {"fryslan": "Friesland", "flanders": "Vlaanderen"}


def _only_province(name: str) -> str | None:
    """Return the province of that name, unless a town bears it too (Utrecht, Groningen)."""
    folded = fold(name)
    return None if folded in entries() else _provinces().get(folded)


@lru_cache(maxsize=1)
def entries() -> Mapping[str, list[_Entry]]:
    """Return everything in the file, by folded name; it is read once a process, which takes longer than an answer."""
    found: dict[str, list[_Entry]] = {}
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(line for line in file if not line.startswith("#"))
        next(rows)
        for precision, name, names, lat, lon, province, country in rows:
            kind: Precision = "place" if precision == "place" else "municipality"
            entry = _Entry(float(lat), float(lon), kind, name, province, country)
            for folded in names.split("|"):
                found.setdefault(folded, []).append(entry)
    return found
