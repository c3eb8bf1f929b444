"""Popolo: persons, organisations and memberships of one JSON document, as EveryPolitician and others write it.

    {"persons": [...], "organizations": [...], "memberships": [...], "posts": [...], "areas": [...]}

A document may also be one person or organisation; memberships and posts may stand in whose they are, and where an id may stand
(`area_id`), its object may (`area`), which is read too if it stands nowhere else. Who has no name bears the main one of its other names.

A membership has `person_id` (or `member_id`) and `organization_id`, else that of its post, and may be `on_behalf_of_id` of another
organisation, which is an edge too; so is an organisation's `parent_id`. Its role, else its post's, says which relation it is, if that is
known; else it is a membership. Its legislative period goes to the note. Organisations lie in their area. Areas and posts are read first, for
what they say of the others, and are not counted; events, motions and votes are set apart.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from graph.errors import LoadError
from graph.reading import Fault, Reading, Where
from graph.text import fold
from loaders import foreign, foreign_mapping, json_stream
from loaders.foreign_items import Edge, Item, Node, Other, cell, key
from loaders.foreign_json import beside, each, identifiers, joined, objects, unknown_identifiers
from loaders.foreign_words import Type, words_of
from loaders.options import NONE, Options
from loaders.table_cells import Cell

_READ = ("persons", "organizations", "memberships")
_ASIDE = ("events", "motions", "vote_events", "votes", "speeches", "counts")
_INNER = frozenset(
    ("identifiers", "links", "contact_details", "other_names", "memberships", "posts", "id", "parent", "parent_id")
)
_ENDS = ("person", "member", "organization", "post", "on_behalf_of", "legislative_period")  # of a membership
_READ_OF_ENDS = frozenset(("id", "role", *_ENDS, *(f"{end}_id" for end in _ENDS)))
_EMBEDDED = {"person": "persons", **dict.fromkeys(("parent", "organization", "on_behalf_of"), "organizations")}
_OF_ORGANISATIONS = frozenset(("classification", "posts", "founding_date", "dissolution_date", "parent_id", "parent"))
_NAMES = ("given_name", "additional_name", "family_name")


def load(paths: Sequence[Path], options: Options = NONE) -> Reading:
    """Read files as one dataset.

    Raises:
        LoadError: A file is not there, or the mapping has faults.
    """
    mapping = foreign_mapping.read(options.mapping)
    return foreign.load("popolo", partial(_items, words_of("popolo", mapping).types), paths, options)


def _items(types: Mapping[str, Type], path: Path, name: str) -> Iterator[Item]:
    document, there = _Document(types), set[str]()
    for list_, _, value in json_stream.items(path, name, (*document.known, *_READ), ("id", "name")):
        there.add(list_)
        if isinstance(value, dict):
            document.learn(list_, value)
    if there.isdisjoint(_READ):
        raise LoadError(
            nl=f"{name} heeft geen 'persons', 'organizations' of 'memberships'; is het van Popolo?",
            en=f"{name} has no 'persons', 'organizations' or 'memberships'; is it of Popolo?",
        )
    if there.isdisjoint(("persons", "organizations")) and not there.isdisjoint(("id", "name")):
        alone = json_stream.value(path, name)
        list_ = "organizations" if _is_organisation(alone) else "persons"
        document.learn(list_, alone)
        found: Iterator[tuple[str, int, Any]] = iter([(list_, 1, alone)])
    else:
        found = json_stream.items(path, name, (*_READ, *_ASIDE))
    try:
        for list_, number, value in found:
            yield from document.item(value, list_, Where(name, number, list_, "item"))
    except RecursionError as error:
        raise LoadError(nl=f"{name} is te diep genest.", en=f"{name} is nested too deeply.") from error


class _Document:
    """What is known of a document: areas, posts and events by id."""

    def __init__(self, types: Mapping[str, Type]) -> None:
        self._types = types
        self.known: dict[str, dict[str, dict[str, Any]]] = {"areas": {}, "posts": {}, "events": {}}
        self._there: set[tuple[str, str]] = set()  # persons and organisations

    def learn(self, list_: str, value: dict[str, Any]) -> None:
        """Keep an area, post or event, or that a person or an organisation is there, and its posts."""
        self._there.add((list_, key(value.get("id"))))
        if list_ in self.known:
            self.known[list_].setdefault(key(value.get("id")), value)
        elif list_ == "organizations":
            of = {"organization_id": value.get("id")}
            self.known["posts"] |= {key(post.get("id")): {**of, **post} for post in objects(value.get("posts"))}

    def item(self, value: Any, list_: str, where: Where) -> Iterator[Item]:  # noqa: ANN401 - what JSON holds
        """Yield what an item of a list says."""
        if list_ in _ASIDE:
            yield Other(list_)
        elif not isinstance(value, dict):
            yield Fault(where, "", "is geen object met kenmerken", "is no object with attributes")
        elif list_ == "memberships":
            yield from self._membership(value, where)
        elif list_ in _READ:
            yield from self._node(value, list_, where)

    def _node(self, value: dict[str, Any], list_: str, where: Where) -> Iterator[Item]:
        others = _other_names(value)
        called = _called(value) or "".join(others[:1])
        id_ = key(value.get("id")) or called
        if not id_:
            yield Fault(where, "id", "ontbreekt; geef een id en een naam", "is missing; give an id and a name")
            return
        said = _attributes(value) | self._area(value)
        is_known = any(fold(key(value.get(name))) in self._types for name in ("classification", "type"))
        said["list"] = "" if is_known and list_ != "persons" else list_
        yield Node(
            id_, {**said, "name": called, "other_names": joined([one for one in others if one != called])}, where
        )
        yield from self._embedded(value, where)
        if parent := _ref(value, "parent"):
            yield Edge(id_, parent, {"type": "parent"}, where)
        own = {"person_id" if list_ == "persons" else "organization_id": id_}
        for place, one in enumerate(each(value.get("memberships")), start=1):
            inner = Where(where.file, place, f"{list_}/{where.row}/memberships", "item")
            yield from self.item({**own, **one} if isinstance(one, dict) else one, "memberships", inner)

    def _embedded(self, value: dict[str, Any], where: Where) -> Iterator[Item]:
        """Yield whole persons and organisations that stand where their id may."""
        for name, list_ in _EMBEDDED.items():
            one = _object(value, name)
            there = (list_, key(one.get("id")))
            if there[1] and "name" in one and there not in self._there:
                self._there.add(there)
                yield from self._node(one, list_, where)

    def _area(self, value: dict[str, Any]) -> dict[str, Cell]:
        area = self.known["areas"].get(_ref(value, "area")) or _object(value, "area")
        return {"area": key(area.get("name")), "area_id": ""} if area else {}

    def _membership(self, value: dict[str, Any], where: Where) -> Iterator[Item]:
        post = self.known["posts"].get(_ref(value, "post")) or _object(value, "post")
        member = _ref(value, "person", "member")
        organisation = _ref(value, "organization") or _ref(post, "organization")
        for end, name in (("person_id", member), ("organization_id", organisation)):
            if not name:
                nl, en = "ontbreekt; noem wie lid is, en waarvan", "is missing; name who is a member, and of what"
                yield Fault(where, end, nl, en)
                return
        yield from self._embedded(value, where)
        role = key(value.get("role")) or key(post.get("label")) or key(post.get("role"))
        said: dict[str, Cell] = {name: cell(one) for name, one in value.items() if name not in _READ_OF_ENDS}
        said |= {"role": role, "kind": role, "type": "membership", "term": self._term(value)}
        yield Edge(member, organisation, said, where)
        if behalf := _ref(value, "on_behalf_of"):
            yield Edge(member, behalf, {**said, "role": "", "kind": ""}, where)

    def _term(self, value: dict[str, Any]) -> str:
        """Return the legislative period of a membership as a line of its note."""
        id_ = _ref(value, "legislative_period")
        period = self.known["events"].get(id_) or _object(value, "legislative_period")
        begun, ended = (key(period.get(name)) for name in ("start_date", "end_date"))
        dates = f" ({begun} – {ended})" if begun or ended else ""
        return f"Termijn in de bron: {key(period.get('name')) or id_}{dates}." if id_ else ""


def _is_organisation(value: dict[str, Any]) -> bool:
    """Return whether what stands alone is plainly an organisation: others are its members, or it has what persons have not."""
    members = {_ref(one, "person", "member") for one in objects(value.get("memberships"))}
    return not _OF_ORGANISATIONS.isdisjoint(value) or not members <= {"", key(value.get("id"))}


def _ref(value: dict[str, Any], *names: str) -> str:
    """Return the first id of these: `name_id`, or that of the object that stands there."""
    ids = (key(value.get(f"{name}_id")) or key(_object(value, name).get("id")) for name in names)
    return next((id_ for id_ in ids if id_), "")


def _object(value: dict[str, Any], name: str) -> dict[str, Any]:
    return next(iter(objects(value.get(name))), {})


def _called(value: dict[str, Any]) -> str:
    return key(value.get("name")) or " ".join(text for name in _NAMES if (text := key(value.get(name))))


def _other_names(value: dict[str, Any]) -> list[str]:
    """Return other names, the main one and those of now first."""

    def rank(one: dict[str, Any]) -> tuple[bool, bool]:
        return key(one.get("note")).lower() != "main", bool(one.get("end_date"))

    return [name for one in sorted(objects(value.get("other_names")), key=rank) if (name := _called(one))]


def _attributes(value: dict[str, Any]) -> dict[str, Cell]:
    """Return what a person or an organisation says of itself, but for names, place and kind."""
    said = {name: cell(one) for name, one in value.items() if name not in _INNER}
    said["links"] = joined([one.get("url") for one in objects(value.get("links"))])
    marks = [(key(one.get("scheme")), key(one.get("identifier"))) for one in objects(value.get("identifiers"))]
    said |= {"identifiers": identifiers(iter(marks)), **unknown_identifiers("identifiers, scheme", marks)}
    for contact in objects(value.get("contact_details")):
        beside(said, "more", f"contact {key(contact.get('type')).lower()}", cell(contact.get("value")))
    return said
