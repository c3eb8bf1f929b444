"""Municipalities from the yearly boundaries of CBS and Kadaster, as GeoJSON in degrees (WGS84). Streams.

Each feature becomes an actor with its code, name, province and a point within its boundaries. The boundaries themselves are not kept,
as the model has no place for them. Three sets of names of properties are known: `statcode`, `statnaam` (PDOK, gebiedsindelingen),
`gemeentecode`, `gemeentenaam` (CBS, wijken en buurten; features of water alone are set apart) and `code`, `naam` (Kadaster).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from graph.errors import BadInputError, LoadError
from graph.ledger import Ledger
from graph.municipalities import municipalities
from graph.reading import Fault, Reading, Row, Where
from graph.records import ActorRecord, SourceRecord
from graph.text import slug
from graph.vocabulary import vocabulary
from loaders.geojson import features, point_within
from loaders.options import NONE, Options

NAMES = (("statcode", "statnaam"), ("gemeentecode", "gemeentenaam"), ("code", "naam"))
REASONS = {"water": ("zijn alleen water", "are water alone"), "doubled": ("staan er al", "stand there already")}
SOURCE = "grenzen"
WATER = ("water", "water")  # what a feature of water alone says


def load(paths: Sequence[Path], options: Options = NONE) -> Reading:
    """Read GeoJSON files of municipalities as one dataset.

    Raises:
        LoadError: A file cannot be read, or holds no features.
    """
    if options.mapping:
        raise BadInputError(
            nl="Grenzen van gemeenten hebben vaste namen; laat --mapping weg.",
            en="Boundaries of municipalities have fixed names; leave --mapping out.",
            field="mapping",
        )
    ledger = Ledger(REASONS, {})
    streams = [(path.name, features(path)) for path in paths]
    opened = [(name, chain([first], stream)) for name, stream in streams if (first := next(stream, None)) is not None]
    if len(opened) < len(paths):
        raise LoadError(
            nl="Er staan geen features in het bestand; geef de gemeentegrenzen als GeoJSON.",
            en="There are no features in the file; give the boundaries of municipalities as GeoJSON.",
        )
    first = next(opened[0][1])
    opened[0] = opened[0][0], chain([first], opened[0][1])
    year = str(first.get("properties", {}).get("jrstatcode", ""))[:4]
    stated: dict[str, object] = {"title": f"Gemeenten {year}".strip(), "licence": "CC BY 4.0", "audience": "public"}
    stated |= {"date": f"{year}-01-01"} if year.isdigit() else {}
    return Reading(stated, _items(opened, ledger, stated), {}, ledger=ledger)


def _items(
    opened: Sequence[tuple[str, Iterator[Mapping[str, Any]]]], ledger: Ledger, stated: Mapping[str, object]
) -> Iterator[Row | Fault]:
    source = SourceRecord(
        id=SOURCE,
        title=f"{stated['title']}: gemeentegrenzen",
        publisher="CBS en Kadaster",
        licence=str(stated["licence"]),
    )
    yield Row(source, Where(opened[0][0], 1))
    seen: set[str] = set()
    for name, stream in opened:
        for number, feature in enumerate(stream, start=1):
            ledger.row()
            said = _said(feature.get("properties") or {})
            if reason := "water" if said == WATER else "doubled" if said and said[0] in seen else "":
                ledger.apart(reason)
                continue
            found = _of(feature, said, Where(name, number))
            if isinstance(found, Fault):
                ledger.reject()
            elif said:
                seen.add(said[0])
            yield found


def _said(properties: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return code and name of a feature, or `WATER`; None if it is no municipality."""
    if properties.get("H2O") == "JA" or properties.get("water") == "JA":
        return WATER
    for code, name in NAMES:
        plain = str(properties.get(code) or "").strip()
        if re.fullmatch(r"(GM)?\d{4}", plain) and properties.get(name):
            return f"GM{plain[-4:]}", str(properties[name]).strip()
    return None


def _of(feature: Mapping[str, Any], said: tuple[str, str] | None, where: Where) -> Row | Fault:
    if said is None:
        names = ", ".join("/".join(pair) for pair in NAMES)
        nl = f"is geen gemeente met een code en een naam ({names})"
        return Fault(where, "", nl, f"is no municipality with a code and a name ({names})")
    code, name = said
    try:
        point = point_within(feature.get("geometry") or {})
    except BadInputError as error:
        return Fault(where, "geometry", error.nl, error.en)
    known = municipalities().get(code)  # a new one is not there yet
    lat, lon = (round(point[1], 5), round(point[0], 5)) if point else (None, None)
    return Row(
        ActorRecord(
            id=f"gemeente-{slug(name)}",
            kind="municipality",
            name=f"Gemeente {name}",
            aliases=(name, *(known.also if known else ())),
            identifiers=(f"cbs:{code}",),
            subtype="gemeente",
            place=name,
            municipality=code,
            province=vocabulary().provinces[known.province].nl if known else None,
            lat=lat,
            lon=lon,
            cites=SOURCE,
        ),
        where,
    )
