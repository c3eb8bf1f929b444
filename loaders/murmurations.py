"""Murmurations: profiles as its members publish them; files are read together, a file has one profile, a list, or `{"data": [...]}`.

A profile names its schemata (`linked_schemas`, as `organizations_schema-v1.0.0`); the first two say what it is. It is known by its
`primary_url`, else its `unique_id` or `profile_url`, else its name; web addresses are compared without scheme, `www.` and last slash. Each
of its `relationships` goes to the profile of that address (`object_url`), by the last word of `predicate_url`. Moments are seconds since 1970.

`offers` and `wants` (or `needs`) in a profile, and profiles of an offers-and-wants schema (`exchange_type`), are offers and needs until
`expires_at`, if the table knows the help by title or tag; else those in a profile are kept in its note, and the others are set apart.
A profile of an offer says by `primary_url` whose it is; without it, it is set apart.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from graph.reading import Fault, Reading, Where
from loaders import foreign, foreign_mapping, json_stream
from loaders.foreign_items import Edge, Item, Node, Offer, Other, cell, key
from loaders.foreign_json import each, joined, moment, objects
from loaders.foreign_offers import known_help
from loaders.foreign_words import words_of
from loaders.options import NONE, Options
from loaders.table_cells import Cell

_STANCES = {"offer": "offers", "offers": "offers", "want": "needs", "wants": "needs", "need": "needs", "needs": "needs"}
_LISTS = {"offers": "Biedt", "wants": "Zoekt", "needs": "Zoekt"}
_OWN = frozenset(
    ("linked_schemas", "relationships", "geolocation", "contact_details", "urls", "unique_id", "profile_url", *_LISTS)
)
_MOMENTS = ("starts_at", "ends_at")


def load(paths: Sequence[Path], options: Options = NONE) -> Reading:
    """Read files as one dataset.

    Raises:
        LoadError: A file is not there, or the mapping has faults.
    """
    mapping = foreign_mapping.read(options.mapping) if options.mapping else foreign_mapping.NONE
    read = partial(_items, words_of("murmurations", mapping).helps)
    return foreign.load("murmurations", read, paths, options, together=True)


def _items(helps: Mapping[str, str], path: Path, name: str) -> Iterator[Item]:
    document = json_stream.value(path, name)
    inner = document.get("data") if isinstance(document, dict) else None
    profiles = inner if isinstance(inner, list) else each(document)
    for number, profile in enumerate(profiles, start=1):
        where = Where(name, number, "", "item")
        if not isinstance(profile, dict) or not profile.get("linked_schemas"):
            nl, en = "is geen profiel: linked_schemas ontbreekt", "is no profile: linked_schemas is missing"
            yield Fault(where, "linked_schemas", nl, en)
        elif "exchange_type" in profile:
            yield _alone(profile, where)
        else:
            yield from _profile(profile, helps, where)


def _profile(profile: dict[str, Any], helps: Mapping[str, str], where: Where) -> Iterator[Item]:
    id_ = next(
        (
            _address(text)
            for name in ("primary_url", "unique_id", "profile_url", "name")
            if (text := key(profile.get(name)))
        ),
        "",
    )
    if not id_:
        yield Fault(where, "name", "ontbreekt; geef een naam", "is missing; give a name")
        return
    schemata = [re.sub(r"-v?[\d.]+$", "", key(one)) for one in each(profile["linked_schemas"])]
    person = any(re.match("people|person", one) for one in schemata)
    offers = [
        _offer(id_, list_, one, _part(where, list_, place))
        for list_ in (() if person else _LISTS)
        for place, one in enumerate(objects(profile.get(list_)), start=1)
    ]
    unknown = [
        f"{_LISTS['offers' if one.stance == 'offers' else 'wants']}: {one.note}"
        for one in offers
        if not known_help(one.words, helps)
    ]
    yield Node(id_, {**_said(profile, schemata), "offers": "\n".join(unknown)}, where)
    for place, one in enumerate(objects(profile.get("relationships")), start=1):
        word = key(one.get("predicate_url")).rstrip("/").split("/")[-1].split("#")[-1]
        yield Edge(id_, _address(key(one.get("object_url"))), {"relation": word}, _part(where, "relationships", place))
    yield from (one for one in offers if known_help(one.words, helps))


def _part(where: Where, list_: str, place: int) -> Where:
    return Where(where.file, place, f"{where.row}/{list_}", "item")


def _said(profile: dict[str, Any], schemata: Sequence[str]) -> dict[str, Cell]:
    said: dict[str, Cell] = {name: cell(value) for name, value in profile.items() if name not in _OWN}
    said |= {name: moment(said[name]) for name in _MOMENTS if name in said}
    for part in ("geolocation", "contact_details"):
        inner = profile.get(part)
        said |= {name: cell(value) for name, value in inner.items()} if isinstance(inner, dict) else {}
    said["urls"] = joined([one.get("url") for one in objects(profile.get("urls"))])
    return said | {"schema": schemata[0], "schema 2": "".join(schemata[1:2])}


def _offer(owner: str, stance: str, said: dict[str, Any], where: Where) -> Offer:
    title, more = key(said.get("title")) or key(said.get("name")), key(said.get("description"))
    until = moment(said.get("expires_at"))
    note = ". ".join(part for part in (title, more) if part) + (f" (tot {until})" if until else "")
    words = (title, *(key(one) for one in each(said.get("tags"))))
    return Offer(owner, _STANCES[stance], tuple(word for word in words if word), note, until, where)


def _alone(profile: dict[str, Any], where: Where) -> Item:
    """Return a profile of an offer."""
    stance, owner = key(profile.get("exchange_type")).lower(), _address(key(profile.get("primary_url")))
    if stance not in _STANCES:
        return Fault(where, "exchange_type", "is geen offer of want", "is no offer or want")
    if not owner:
        return Other("exchange_type, -")
    return _offer(owner, stance, profile, where)


def _address(url: str) -> str:
    """Return a web address as it is compared.

    >>> _address("https://www.Example.org/"), _address("example.org")
    ('example.org', 'example.org')
    """
    return re.sub(r"^https?://(www\.)?|^www\.|/+$", "", url.strip().lower())
