"""JSON-LD with the words of schema.org: organisations and persons, and what ties them; also what this project exports.

An object alone, a list, or a `@graph`; objects may stand in each other or be named by `@id`, and what is said of one `@id` in several
places is put together, so a file is held whole. The words of schema.org may be bare, with a prefix (`schema:name`, or one that the
context declares) or whole addresses; terms that the context renames are followed. No context is ever fetched.

Objects of a type that the table of words knows are nodes (Organization, its subtypes, Person), in lists of names the first is the name. A
property is an edge if it names another node, or if the table knows it as a relation (`memberOf`, `funder`, `parentOrganization`, …);
a Role between them gives its `roleName`, `startDate` and `endDate`. A Grant is an edge from each `funder` to each `fundedItem`. An
`address`, `geo`, `location` or `contactPoint` is read as what it says of its node, after what the node says itself. Other objects of the
graph are set apart, and so are those of a type that the table does not know, which a relation names, with the edges to them. Of text in
several languages Dutch goes first, then English. Objects without `@id` are one if they have the same type and name.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from urllib.parse import unquote

from graph.errors import LoadError
from graph.reading import Reading
from graph.text import fold
from loaders import foreign, foreign_mapping
from loaders.foreign_items import Edge, Item, Node, Other, key
from loaders.foreign_json import beside, identifiers, joined, unknown_identifiers
from loaders.foreign_words import Words, word_key, words_of
from loaders.jsonld_graph import Ref, Thing, things_of
from loaders.options import NONE, Options
from loaders.table_cells import Cell

OURS, OUR_KIND = "urn:weefsel:actor:", "urn:weefsel:kind:"
_WITHIN = ("address", "geo", "location", "contactPoint")
_ATTRIBUTES = frozenset(
    (*_WITHIN, "identifier", "sameAs", "url", "image", "logo", "additionalType", "mainEntityOfPage")
)
_GRANTS = frozenset(("Grant", "MonetaryGrant"))
_GIVERS, _RECEIVERS = ("funder", "sponsor"), ("fundedItem", "recipient")
_JOINED = {"description": "\n"}


def load(paths: Sequence[Path], options: Options = NONE) -> Reading:
    """Read files as one dataset; what has the same `@id` in several is put together only within a file.

    Raises:
        LoadError: A file is not there, or the mapping has faults.
    """
    mapping = foreign_mapping.read(options.mapping)
    return foreign.load("jsonld", partial(_items, words_of("jsonld", mapping)), paths, options, wide=True)


def _items(words: Words, path: Path, name: str) -> Iterator[Item]:
    graph = _Graph(words, things_of(path, name))
    if not graph.nodes:
        raise LoadError(
            nl=f"{name} heeft geen Organization of Person van schema.org; zet in de mapping onder [types] welke soorten het zijn.",
            en=f"{name} has no Organization or Person of schema.org; say in the mapping under [types] which types are.",
        )
    for id_, thing in graph.nodes.items():
        yield Node(id_, graph.said(id_, thing), thing.where)
    for id_, thing in graph.things.items():
        if id_ in graph.nodes:
            yield from graph.edges(id_, thing)
        elif _GRANTS.intersection(thing.types):
            yield from graph.grant(id_, thing)
        elif thing.types and (thing.top or id_ in graph.aside):
            yield Other(thing.types[0], id=id_)


class _Graph:
    """The things of a file, and which of them are nodes."""

    def __init__(self, words: Words, things: Mapping[str, Thing]) -> None:
        self.things, self._words = things, words
        self.nodes = {
            id_: thing for id_, thing in things.items() if any(fold(one) in words.types for one in thing.types)
        }
        self.aside = {
            one
            for id_, thing in things.items()
            for name, values in thing.said.items()
            if (id_ in self.nodes and self._is_relation(name)) or name in _ends_of_grant(thing)
            for one in self._strangers(name, values)
        }

    def said(self, id_: str, thing: Thing) -> dict[str, Cell]:
        """Return what a thing says of itself, and what its address, place and contact points do."""
        said: dict[str, Cell] = {}
        for name, values in thing.said.items():
            plain = self._plain(name, values)
            if name in ("name", "legalName"):
                said |= (
                    {"label" if name == "legalName" else name: key(plain[0]), f"other {name}": joined(plain[1:])}
                    if plain
                    else {}
                )
            elif name in ("keywords", "knowsAbout"):
                said[name] = joined([part.strip() for one in plain for part in key(one).split(",")])
            elif plain and name not in ("identifier", "sameAs", "additionalType", "location"):
                said[name] = _JOINED.get(name, "|").join(map(key, plain))
            elif values and name not in _ATTRIBUTES and not self._is_edge(name, values):
                said[name if not self._words.nodes.get(fold(name)) else f"{name}: object"] = "…"
        return self._with_parts(said, thing) | self._kinds(thing) | self._marks(id_, thing)

    def _with_parts(self, said: dict[str, Cell], thing: Thing) -> dict[str, Cell]:
        for part in _WITHIN:
            for name, value in self._within(thing, part).items():
                beside(said, part, name, value)
        return {name: key(one).replace("tel:", "") if name == "telephone" else one for name, one in said.items()}

    def _plain(self, name: str, values: Sequence[object]) -> list[object]:
        """Return texts and numbers; also what is no more than the address of a thing, if it is no end of an edge."""
        return [
            one.id if isinstance(one, Ref) else one
            for one in values
            if not isinstance(one, Ref) or (self._is_bare(one) and not self._is_edge(name, [one]))
        ]

    def _is_bare(self, value: Ref) -> bool:
        thing = self.things.get(value.id)
        return not value.id.startswith("_:") and not (thing and (thing.types or thing.said))

    def _kinds(self, thing: Thing) -> dict[str, Cell]:
        more = [key(one.id if isinstance(one, Ref) else one) for one in thing.said.get("additionalType", [])]
        ours = [one.removeprefix(OUR_KIND) for one in more if one.startswith(OUR_KIND)]
        known = [one for one in thing.types if fold(one) in self._words.types]
        foreign_ = joined([one for one in more if not one.startswith(OUR_KIND)])
        return {"kind": "".join(ours[:1]) or known[0], "additionalType": foreign_}

    def _marks(self, id_: str, thing: Thing) -> dict[str, Cell]:
        found = [("sameAs", one.id if isinstance(one, Ref) else key(one)) for one in thing.said.get("sameAs", [])]
        for one in thing.said.get("identifier", []):
            inner = self.things[one.id].said if isinstance(one, Ref) and one.id in self.things else {}
            scheme, value = (key("".join(map(key, inner.get(part, [])[:1]))) for part in ("propertyID", "value"))
            found.append((scheme.lower() if scheme.lower() in ("kvk", "rsin", "cbs") else scheme, value))
            found += [] if isinstance(one, Ref) else [("", key(one))]
        if "wikidata.org/" in id_:
            found.append(("", id_))
        unknown = unknown_identifiers("identifier, propertyID", (one for one in found if one[0] != "sameAs"))
        unknown["sameAs"] = joined(
            [value for scheme, value in found if scheme == "sameAs" and not identifiers({scheme: value})]
        )
        own = {"id": unquote(id_.removeprefix(OURS))} if id_.startswith(OURS) else {}
        return {"identifiers": identifiers(iter(found)), **unknown, **own}

    def _within(self, thing: Thing, part: str) -> dict[str, Cell]:
        """Return what an address, a place or a contact point says."""
        said: dict[str, Cell] = {}
        for one in thing.said.get(part, []):
            if not isinstance(one, Ref):
                said.setdefault("address" if part in ("address", "location") else part, key(one))
            elif (inner := self.things.get(one.id)) and one.id not in self.nodes and not _is_role(inner):
                for name, value in self._inner(inner, part):
                    beside(said, part, name, value)
        return said

    def _inner(self, inner: Thing, part: str) -> Iterator[tuple[str, Cell]]:
        for name, values in inner.said.items():
            names = [self._name(value) for value in values]
            if name in _WITHIN:
                if part == "location" and name != "location":  # places may lie in each other
                    yield from self._within(inner, name).items()
            elif name in ("name", "contactType", "description", "url", "identifier"):
                yield f"{part} {name}", joined(names)
            else:
                yield from ((name, joined([one])) for one in names)

    def _name(self, value: object) -> object:
        if isinstance(value, Ref):
            inner = self.things.get(value.id)
            return next(iter(inner.said.get("name", [])), "") if inner else ""
        return value

    # -- edges

    def _is_edge(self, name: str, values: Sequence[object]) -> bool:
        return any(True for value in values if isinstance(value, Ref) for _ in self._ends(name, value))

    def _ends(self, name: str, value: Ref) -> Iterator[tuple[str, dict[str, Cell]]]:
        """Yield whom a property names, and what a Role says of it."""
        thing = self.things.get(value.id)
        if self._is_end(name, value):
            yield value.id, {}
        elif thing and name in thing.said and _is_role(thing):
            role: dict[str, Cell] = {
                word: "|".join(key(one) for one in ones if not isinstance(one, Ref))
                for word, ones in thing.said.items()
                if word != name
            }
            for one in thing.said[name]:
                if isinstance(one, Ref) and self._is_end(name, one):
                    yield one.id, role

    def _is_end(self, name: str, value: Ref) -> bool:
        """Return whether a thing is a node, or one that is set apart, or may be one that is not there: then it has no type."""
        if value.id in self.nodes or (value.id in self.aside and self._is_relation(name)):
            return True
        return not self._types(value.id) and word_key(name) in self._words.relations

    def _is_relation(self, name: str) -> bool:
        return name not in _ATTRIBUTES and word_key(name) in self._words.relations

    def _strangers(self, name: str, values: Sequence[object]) -> list[str]:
        """Return the ids of things that are named, also in a Role, and are of a type that is not known."""
        found = [one.id for one in values if isinstance(one, Ref)]
        roles = [thing for id_ in found if (thing := self.things.get(id_)) and _is_role(thing)]
        found += [one.id for role in roles for one in role.said.get(name, []) if isinstance(one, Ref)]
        return [one for one in found if one not in self.nodes and self._types(one) and not _is_edge(self.things[one])]

    def _types(self, id_: str) -> list[str]:
        thing = self.things.get(id_)
        return thing.types if thing else []

    def edges(self, id_: str, thing: Thing) -> Iterator[Edge]:
        """Yield the edges of a node."""
        for name, values in thing.said.items():
            if name in _ATTRIBUTES and name != "location":
                continue
            for value in values:
                for end, role in self._ends(name, value) if isinstance(value, Ref) else ():
                    yield Edge(id_, end, {**role, "relation": name}, thing.where)

    def grant(self, id_: str, thing: Thing) -> Iterator[Item]:
        """Yield the edges of a grant."""
        givers, receivers = (
            [one.id for part in parts for one in thing.said.get(part, []) if isinstance(one, Ref)]
            for parts in (_GIVERS, _RECEIVERS)
        )
        if not givers or not receivers:
            yield Other(thing.types[0])
        said: dict[str, Cell] = {"relation": "grant", "grant": "" if id_.startswith("_:") else id_}
        for name, values in thing.said.items():
            plain = joined([one for one in values if not isinstance(one, Ref)])
            unread = name not in (*_ends_of_grant(thing), "amount") and fold(name) not in self._words.edges
            said[name] = plain or ("…" if unread else "")
            for one in values if name == "amount" else ():
                if isinstance(one, Ref) and one.id in self.things:
                    said |= {part: joined(value) for part, value in self.things[one.id].said.items()}
        yield from (Edge(giver, receiver, said, thing.where) for giver in givers for receiver in receivers)


def _ends_of_grant(thing: Thing) -> Sequence[str]:
    return (*_GIVERS, *_RECEIVERS) if _GRANTS.intersection(thing.types) else ()


def _is_edge(thing: Thing) -> bool:
    return _is_role(thing) or bool(_GRANTS.intersection(thing.types))


def _is_role(thing: Thing) -> bool:
    return any(one.endswith("Role") for one in thing.types)
