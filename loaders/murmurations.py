"""Murmurations: profiles as its members publish them; files are read together, a file has one profile, a list, or `{"data": [...]}`.

A profile names its schemata (`linked_schemas`, as `organizations_schema-v1.0.0`); the first two say what it is. It is known by its
`primary_url`, else its `unique_id` or `profile_url`, else its name; web addresses are compared without scheme, `www.` and last slash. Each
of its `relationships` goes to the profile of that address (`object_url`), by the last word of `predicate_url`; in an older form these
are `target_url` and `type`. Moments are seconds since 1970. What a profile says itself goes before what stands in its `geolocation`,
`location` or `contact_details`, of which names are not read.

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
from loaders.foreign_json import address, beside, each, links, moment, objects
from loaders.foreign_offers import known_help
from loaders.foreign_words import words_of
from loaders.options import NONE, Options
from loaders.table_cells import Cell

_STANCES = {"offer": "offers", "offers": "offers", "want": "needs", "wants": "needs", "need": "needs", "needs": "needs"}
_LISTS = {"offers": "Biedt", "wants": "Zoekt", "needs": "Zoekt"}
_WITHIN: Mapping[str, frozenset[str]] = {  # parts of a profile, and what is read of them
    "geolocation": frozenset(("lat", "lon")),
    "location": frozenset(("locality", "region", "country")),
    "contact_details": frozenset(("email", "phone", "telephone")),
}
_OWN = frozenset(("linked_schemas", "relationships", "urls", "unique_id", "profile_url", *_LISTS))
_MOMENTS = ("starts_at", "ends_at")


def load(paths: Sequence[Path], options: Options = NONE) -> Reading:
    """Read files as one dataset.

    Raises:
        LoadError: A file is not there, or the mapping has faults.
    """
    mapping = foreign_mapping.read(options.mapping)
    read = partial(_items, words_of("murmurations", mapping).helps)
    return foreign.load("murmurations", read, paths, options, together=True, wide=True)


def _items(helps: Mapping[str, str], path: Path, name: str) -> Iterator[Item]:
    for number, profile in _in_file(path, name):
        where = Where(name, number, "", "item")
        if not isinstance(profile, dict) or not profile.get("linked_schemas"):
            nl, en = "is geen profiel: linked_schemas ontbreekt", "is no profile: linked_schemas is missing"
            yield Fault(where, "linked_schemas", nl, en)
        elif "exchange_type" in profile:
            yield _alone(profile, where)
        else:
            yield from _profile(profile, helps, where)


def _in_file(path: Path, name: str) -> Iterator[tuple[int, Any]]:
    """Yield profiles with their numbers: of a list, of an answer of an index (`data`), or the only one."""
    listed = False
    for one in json_stream.items(path, name, ("data",)):
        if one.number:
            listed = True
            yield one.number, one.value
    alone = [] if listed else json_stream.value(path, name)
    if alone and not (isinstance(alone, dict) and alone.get("data") == []):
        yield 1, alone


def _profile(profile: dict[str, Any], helps: Mapping[str, str], where: Where) -> Iterator[Item]:
    id_ = next(
        (
            address(text)
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
        _offer(id_, list_, one if isinstance(one, dict) else {"title": one}, _part(where, list_, place))
        for list_ in _LISTS
        for place, one in enumerate(each(profile.get(list_)), start=1)
    ]
    helping = [] if person else [one for one in offers if known_help(one.words, helps)]
    unknown = [
        f"{_LISTS['offers' if one.stance == 'offers' else 'wants']}: {one.note}" for one in offers if one not in helping
    ]
    yield Node(id_, {**_said(profile, schemata), "offers": "\n".join(unknown)}, where)
    for place, one in enumerate(each(profile.get("relationships")), start=1):
        said = one if isinstance(one, dict) else {"object_url": one}
        yield _relationship(id_, said, _part(where, "relationships", place))
    yield from helping


def _relationship(id_: str, said: dict[str, Any], where: Where) -> Item:
    older = "predicate_url" not in said and "object_url" not in said
    relation, other = ("type", "target_url") if older else ("predicate_url", "object_url")
    if not (end := address(key(said.get(other)))):
        nl, en = "ontbreekt; geef het adres van het andere profiel", "is missing; give the address of the other profile"
        return Fault(where, "object_url", nl, en)
    word = key(said.get(relation)).rstrip("/").split("/")[-1].split("#")[-1]
    more = {name: cell(value) for name, value in said.items() if name not in (relation, other)}
    return Edge(id_, end, {**more, "kind": word}, where)


def _part(where: Where, list_: str, place: int) -> Where:
    return Where(where.file, place, f"{where.row}/{list_}", "item")


def _said(profile: dict[str, Any], schemata: Sequence[str]) -> dict[str, Cell]:
    parts = {part: inner for part in _WITHIN if (inner := objects(profile.get(part)))}
    said = {name: cell(value) for name, value in profile.items() if name not in _OWN and name not in parts}
    said |= {name: moment(said[name]) for name in _MOMENTS if name in said}
    for part, those in parts.items():
        for name, value in (one for inner in those for one in inner.items()):
            beside(said, part, name if name in _WITHIN[part] else f"{part} {name}", cell(value))
    said["urls"] = links(profile.get("urls"), besides=profile.get("primary_url"))
    return said | {"schema": schemata[0], "schema 2": "".join(schemata[1:2])}


def _offer(owner: str, stance: str, said: dict[str, Any], where: Where) -> Offer:
    title, more = _title(said), key(said.get("description"))
    until = moment(said.get("expires_at"))
    note = ". ".join(part for part in (title, more) if part) + (f" (tot {until})" if until else "")
    words = (title, *(key(one) for one in each(said.get("tags"))))
    return Offer(owner, _STANCES[stance], tuple(word for word in words if word), note, until, where)


def _title(said: Mapping[str, Any]) -> str:
    return next((text for name in ("title", "name", "label") if (text := key(said.get(name)))), "")


def _alone(profile: dict[str, Any], where: Where) -> Item:
    """Return a profile of an offer."""
    stance, owner = key(profile.get("exchange_type")).lower(), address(key(profile.get("primary_url")))
    if stance not in _STANCES:
        return Fault(where, "exchange_type", "is geen offer of want", "is no offer or want")
    if not owner:
        return Other(f"exchange_type: {stance}, primary_url: -", "nobody")
    return _offer(owner, stance, profile, where)
