"""Which loader fits a file, and why: by how it begins, never by its name alone. To add a loader, add a line to `GUESSES`."""

import json
import re
from collections.abc import Callable, Mapping
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from graph.errors import LoadError
from graph.ledger import Words
from graph.text import fold
from loaders import municipalities, pairs, table_files
from loaders.table_cells import Cells, empty
from loaders.table_edges import LOADER
from loaders.table_proposal import proposals

SAMPLE = 1 << 20  # bytes that are looked at
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:]')
_ROOT = re.compile(r"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*(?:\[.*?\])?\s*>\s*)*<([\w.:-]+)", re.DOTALL)
_OF_NODES = {"id", "label"}  # columns by which drawing programs know nodes
_EDGES = ("source", "target"), ("from", "to"), ("bron", "doel"), ("van", "naar")
_OWN = ("from id", "to id"), ("van kenmerk", "naar kenmerk"), ("from name", "to name")  # of ties in our own exports


class Guess(NamedTuple):
    """A loader that fits, and why, in Dutch and English."""

    loader: str
    why: Words


class Sample:
    """How a file begins, looked at in the ways that formats can be told by."""

    def __init__(self, path: Path) -> None:
        """Look at a file or a folder."""
        self.path = path

    @cached_property
    def text(self) -> str:
        """The beginning as text; empty if it is none."""
        if not self.path.is_file():
            return ""
        with self.path.open("rb") as file:
            start = file.read(SAMPLE)
        if start.startswith((b"\xff\xfe", b"\xfe\xff")):
            return start.decode("utf-16", "replace")
        return "" if b"\0" in start else start.decode("utf-8-sig", "replace")

    @cached_property
    def root(self) -> str:
        """The name of the first element, if it is XML."""
        found = _ROOT.match(self.text)
        return found[1].rpartition(":")[2] if found else ""

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of the object, if it is one in JSON, as far as they stand in the beginning."""
        if not self.text.lstrip().startswith("{"):
            return frozenset()
        keys, depth, last = set(), 0, ""
        for token in _TOKEN.finditer(self.text):
            mark = token[0]
            if mark in "{[":
                depth += 1
            elif mark in "}]":
                depth -= 1
            elif mark == ":" and depth == 1 and last:
                keys.add(json.loads(last, strict=False))
            last = mark if mark.startswith('"') else ""
        return frozenset(keys)

    @cached_property
    def first(self) -> Mapping[str, Any]:
        """The object, if it is small, or the first one of a list in JSON, or of a line."""
        text = self.text.lstrip().removeprefix("[").lstrip()
        try:
            value = json.JSONDecoder().raw_decode(text)[0]
        except (ValueError, RecursionError):
            return {}
        return value if isinstance(value, dict) else {}

    def first_of(self, key: str) -> Mapping[str, Any] | None:
        """Return the first object of the list that stands under a key of the object; an empty one if that is not to be seen."""
        found = re.search(rf'"{key}"\s*:\s*\[\s*', self.text) if key in self.keys else None
        if not found:
            return None
        try:
            value = json.JSONDecoder().raw_decode(self.text, found.end())[0]
        except (ValueError, RecursionError):
            return {}
        return value if isinstance(value, dict) else {}

    @cached_property
    def headers(self) -> list[frozenset[str]]:
        """The folded names of columns of each sheet that has any."""
        if self.root or self.text.lstrip()[:1] in ("{", "[", "<") or not self.path.is_file():
            return []
        try:
            rows = [
                next((cells for _, cells in islice(sheet.read(), 60) if _is_header(cells)), [])
                for sheet in table_files.opened([self.path])
            ]
        except LoadError:
            return []
        return [frozenset(fold(str(cell)) for cell in cells if not empty(cell)) for cells in rows if cells]

    def has_edges(self) -> bool:
        """Return whether a sheet has two columns for ends."""
        return any(map(_has_ends, self.headers))

    @cached_property
    def is_own(self) -> bool:
        """Whether a sheet has ties as our own exports write them."""
        return any(header.issuperset(ends) for header in self.headers for ends in _OWN)

    @cached_property
    def names_ends(self) -> bool:
        """Whether there are ties between names, and no nodes with ids: loaders that know nodes by their ids would refuse them."""
        nodes = (header for header in self.headers if not _has_ends(header))
        if self.is_own or not self.has_edges() or any(header & _OF_NODES for header in nodes):
            return False
        try:
            proposed = proposals(table_files.opened([self.path]))
        except LoadError:
            return False
        return all(question.key != LOADER for one in proposed for question in one.questions)


def _has_ends(header: frozenset[str]) -> bool:
    return any(header.issuperset(ends) for ends in _EDGES)


def _is_header(cells: Cells) -> bool:
    return sum(isinstance(cell, str) and not empty(cell) for cell in cells) > 1


Fits: TypeAlias = Callable[[Sample], Words | None]


def _sector(sample: Sample) -> Words | None:
    there = [name for name in ("actors.csv", "ties.csv") if (sample.path / name).is_file()]
    return (f"het is een map met {there[0]}", f"it is a folder with {there[0]}") if there else None


def _municipalities(sample: Sample) -> Words | None:
    pair = next((pair for pair in municipalities.NAMES if all(f'"{name}"' in sample.text for name in pair)), None)
    if "features" not in sample.keys or not pair or not re.search(r'"(?:GM)?\d{4}"', sample.text):
        return None
    return f"het is GeoJSON met {' en '.join(pair)}", f"it is GeoJSON with {' and '.join(pair)}"


def _geojson(sample: Sample) -> Words | None:
    feature = sample.first_of("features")
    if feature is not None and "attributes" in feature and "properties" not in feature:
        return "het is JSON van ArcGIS; vraag het eerst als GeoJSON (f=geojson)", (
            "it is JSON of ArcGIS; first ask for it as GeoJSON (f=geojson)"
        )
    if "layers" in sample.keys and re.search(r'"type"\s*:\s*"umap"', sample.text):
        return "het is een kaart van uMap; exporteer eerst de lagen als GeoJSON", (
            "it is a map of uMap; first export its layers as GeoJSON"
        )
    if "elements" in sample.keys and re.search(r'"generator"\s*:\s*"Overpass', sample.text):
        return "het is JSON van Overpass; exporteer het eerst als GeoJSON (overpass turbo)", (
            "it is JSON of Overpass; first export it as GeoJSON (overpass turbo)"
        )
    if "features" in sample.keys or sample.first.get("type") == "Feature":
        return "het is GeoJSON (features)", "it is GeoJSON (features)"
    return None


def _root(name: str) -> Fits:
    def fits(sample: Sample) -> Words | None:
        return (f"het begint met <{name}>", f"it begins with <{name}>") if sample.root == name else None

    return fits


def _kumu(sample: Sample) -> Words | None:
    found = [name for name in ("connections", "elements") if sample.first_of(name) is not None]
    element = {name.lower() for name in sample.first_of("elements") or ()}
    if found and ("connections" in found or not element or element & {"label", "_id", "attributes"}):
        return f"het is JSON met {' en '.join(found)}", f"it is JSON with {' and '.join(found)}"
    if not sample.is_own and any(header.issuperset(("from", "to")) for header in sample.headers):
        return "er zijn kolommen From en To, zoals in Kumu", "there are columns From and To, as in Kumu"
    return None


def _grants(sample: Sample) -> Words | None:
    if "grants" in sample.keys:
        return "het is JSON met grants", "it is JSON with grants"
    titled = [name for header in sample.headers for name in header if re.match("recipient ?org|recipient ?ind", name)]
    return (
        ("er zijn kolommen zoals 'Recipient Org:Name'", "there are columns such as 'Recipient Org:Name'")
        if titled
        else None
    )


def _with(*keys: str) -> Fits:
    """Return what fits if the first object has all these keys."""

    def fits(sample: Sample) -> Words | None:
        if not sample.keys.union(sample.first).issuperset(keys):
            return None
        return f"het is JSON met {', '.join(keys)}", f"it is JSON with {', '.join(keys)}"

    return fits


def _openfairdb(sample: Sample) -> Words | None:
    return _with("visible", "invisible")(sample) or _with("title", "lat", "lng")(sample)


def _popolo(sample: Sample) -> Words | None:
    found = sorted(sample.keys & {"persons", "organizations", "memberships"})
    return (f"het is JSON met {' en '.join(found)}", f"it is JSON with {' and '.join(found)}") if found else None


def _jsonld(sample: Sample) -> Words | None:
    if '"@type"' not in sample.text or "schema.org" not in sample.text:
        return None
    return "het is JSON-LD met woorden van schema.org", "it is JSON-LD with words of schema.org"


def _murmurations(sample: Sample) -> Words | None:
    if '"linked_schemas"' not in sample.text:
        return None
    return "er staan profielen in met linked_schemas", "there are profiles with linked_schemas in it"


def _csv(sample: Sample) -> Words | None:
    if sample.has_edges():
        return "er zijn kolommen voor beide einden van een band", "there are columns for both ends of an edge"
    if any("id" in header and header & set(pairs.NAMED[2:]) for header in sample.headers):
        return (
            "er zijn kolommen met een id en een naam, zoals van knopen",
            "there are columns with an id and a name, as of nodes",
        )
    return None


def _table(sample: Sample) -> Words | None:
    if not sample.headers:
        return None
    return "het is een tabel; weefsel mapping stelt voor wat de kolommen betekenen", (
        "it is a table; weefsel mapping proposes what the columns mean"
    )


GUESSES: Mapping[str, Fits] = {  # what is told by more goes first
    "sector": _sector,
    "municipalities": _municipalities,
    "gexf": _root("gexf"),
    "graphml": _root("graphml"),
    "jsonld": _jsonld,
    "murmurations": _murmurations,
    "threesixtygiving": _grants,
    "ftm": _with("id", "schema", "properties"),
    "popolo": _popolo,
    "openfairdb": _openfairdb,
    "kumu": _kumu,
    "csv": _csv,
    "geojson": _geojson,
    "table": _table,
}


def guesses(path: Path) -> list[Guess]:
    """Return the loaders that fit a file or folder, the likeliest first.

    Raises:
        LoadError: It is not there, or cannot be read.
    """
    if not path.exists():
        raise LoadError(nl=f"{path} is er niet.", en=f"{path} is not there.")
    sample = Sample(path)
    try:
        found = [(loader, fits(sample)) for loader, fits in GUESSES.items()]
    except OSError as error:
        raise LoadError(
            nl=f"{path} is niet te lezen ({error.strerror}).", en=f"{path} cannot be read ({error.strerror})."
        ) from error
    told = [Guess(loader, why) for loader, why in found if why]
    return sorted(told, key=lambda guess: guess.loader != "table") if sample.names_ends else told
