"""Popolo: persons, organisations and memberships of one JSON document, as EveryPolitician and others write it.

    {"persons": [...], "organizations": [...], "memberships": [...], "posts": [...], "areas": [...]}

A membership has `person_id` (or `member_id`) and `organization_id`, else that of its post, and may be `on_behalf_of_id` of another
organisation, which is an edge too; so is an organisation's `parent_id`. Its role, else its post's, says which relation it is, if that is
known; else it is a membership. Organisations lie in their area. Areas and posts are read first, for what they say of the others,
and are not counted; events, motions and votes are set apart.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from graph.errors import LoadError
from graph.reading import Fault, Reading, Where
from loaders import foreign, json_stream
from loaders.foreign_items import Edge, Item, Node, Other, cell, key
from loaders.foreign_json import identifiers, joined, objects
from loaders.options import NONE, Options
from loaders.table_cells import Cell

_READ = ("persons", "organizations", "memberships")
_ASIDE = ("events", "motions", "vote_events", "votes", "speeches", "counts")
_INNER = frozenset(("identifiers", "links", "contact_details", "other_names", "memberships", "posts", "id"))
_Known = Mapping[str, Mapping[str, dict[str, Any]]]


def load(paths: Sequence[Path], options: Options = NONE) -> Reading:
    """Read files as one dataset.

    Raises:
        LoadError: A file is not there, or the mapping has faults.
    """
    return foreign.load("popolo", _items, paths, options)


def _items(path: Path, name: str) -> Iterator[Item]:
    known: dict[str, dict[str, dict[str, Any]]] = {"areas": {}, "posts": {}}
    for list_, _, value in json_stream.items(path, name, tuple(known)):
        if isinstance(value, dict) and list_:
            known[list_][key(value.get("id"))] = value
    found = False
    for list_, number, value in json_stream.items(path, name, (*_READ, *_ASIDE)):
        found |= list_ in _READ
        yield from _item(value, list_, known, Where(name, number, list_, "item"))
    if not found:
        raise LoadError(
            nl=f"{name} heeft geen 'persons', 'organizations' of 'memberships'; is het van Popolo?",
            en=f"{name} has no 'persons', 'organizations' or 'memberships'; is it of Popolo?",
        )


def _item(value: Any, list_: str, known: _Known, where: Where) -> Iterator[Item]:  # noqa: ANN401 - what JSON holds
    if list_ in _ASIDE:
        yield Other(list_)
    elif not isinstance(value, dict):
        yield Fault(where, "", "is geen object met kenmerken", "is no object with attributes")
    elif list_ == "memberships":
        yield from _membership(value, known, where)
    elif list_ in _READ:
        yield from _node(value, list_, known, where)


def _node(value: dict[str, Any], list_: str, known: _Known, where: Where) -> Iterator[Item]:
    id_ = key(value.get("id")) or key(value.get("name"))
    if not id_:
        yield Fault(where, "id", "ontbreekt; geef een id en een naam", "is missing; give an id and a name")
        return
    said: dict[str, Cell] = {name: cell(one) for name, one in value.items() if name not in _INNER}
    said["type"], said["category"] = said.pop("classification", ""), list_
    if list_ == "persons":
        said["type"] = ""
    said["other_names"] = joined([one.get("name") for one in objects(value.get("other_names"))])
    said["identifiers"] = identifiers(
        (key(one.get("scheme")), key(one.get("identifier"))) for one in objects(value.get("identifiers"))
    )
    said["links"] = joined([one.get("url") for one in objects(value.get("links"))])
    for contact in objects(value.get("contact_details")):
        said.setdefault(f"contact {key(contact.get('type')).lower()}", cell(contact.get("value")))
    if area := known["areas"].get(key(said.pop("area_id", ""))):
        said["area"] = key(area.get("name"))
    parent = key(said.pop("parent_id", ""))
    yield Node(id_, said, where)
    if parent:
        yield Edge(id_, parent, {"type": "parent"}, where)


def _membership(value: dict[str, Any], known: _Known, where: Where) -> Iterator[Item]:
    post = known["posts"].get(key(value.get("post_id")), {})
    member = key(value.get("person_id")) or key(value.get("member_id"))
    organisation = key(value.get("organization_id")) or key(post.get("organization_id"))
    for end, name in (("person_id", member), ("organization_id", organisation)):
        if not name:
            yield Fault(
                where, end, "ontbreekt; noem wie lid is, en waarvan", "is missing; name who is a member, and of what"
            )
            return
    role = key(value.get("role")) or key(post.get("label")) or key(post.get("role"))
    said: dict[str, Cell] = {
        name: cell(one) for name, one in value.items() if name not in ("id", "role") and not name.endswith("_id")
    }
    said |= {"role": role, "kind": role, "type": "membership"}
    yield Edge(member, organisation, said, where)
    if behalf := key(value.get("on_behalf_of_id")):
        yield Edge(member, behalf, {**said, "role": "", "kind": ""}, where)
