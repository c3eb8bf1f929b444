"""JSON-LD with the words of schema.org: organisations and persons, and what ties them; also what this project exports.

An object alone, a list, or a `@graph`; objects may stand in each other or be named by `@id`, and what is said of one `@id` in several
places is put together, so a file is held whole. The words of schema.org may be bare, with a prefix (`schema:name`, or one that the
context declares) or whole addresses; terms that the context renames are followed. No context is ever fetched.

Objects of a type that the table of words knows are nodes (Organization, its subtypes, Person), in lists of names the first is the name. A
property is an edge if it names another node, or if the table knows it as a relation (`memberOf`, `funder`, `parentOrganization`, …);
a Role between them gives its `roleName`, `startDate` and `endDate`. A Grant is an edge from each `funder` to each `fundedItem`. An
`address`, `geo`, `location` or `contactPoint` is read as what it says of its node. Other objects of the graph are set apart. Of text in
several languages Dutch goes first. Objects without `@id` are one if they have the same type and name.
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
from loaders.foreign_json import identifiers, joined
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
_JOINED = {"description": "\n"}


def load(paths: Sequence[Path], options: Options = NONE) -> Reading:
    """Read files as one dataset; what has the same `@id` in several is put together only within a file.

    Raises:
        LoadError: A file is not there, or the mapping has faults.
    """
    mapping = foreign_mapping.read(options.mapping) if options.mapping else foreign_mapping.NONE
    return foreign.load("jsonld", partial(_items, words_of("jsonld", mapping)), paths, options)


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
        elif thing.top and thing.types:
            yield Other(thing.types[0])


class _Graph:
    """The things of a file, and which of them are nodes."""

    def __init__(self, words: Words, things: Mapping[str, Thing]) -> None:
        self.things, self._words = things, words
        self.nodes = {
            id_: thing for id_, thing in things.items() if any(fold(one) in words.types for one in thing.types)
        }

    def said(self, id_: str, thing: Thing) -> dict[str, Cell]:
        """Return what a thing says of itself, and what its address, place and contact points do."""
        said: dict[str, Cell] = {}
        for name, values in thing.said.items():
            plain = [value for value in values if not isinstance(value, Ref)]
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
                said[name] = "…"
        for part in _WITHIN:
            said = {**self._within(thing, part), **said}
        return said | self._kinds(thing) | self._marks(id_, thing)

    def _kinds(self, thing: Thing) -> dict[str, Cell]:
        more = [key(one.id if isinstance(one, Ref) else one) for one in thing.said.get("additionalType", [])]
        ours = [one.removeprefix(OUR_KIND) for one in more if one.startswith(OUR_KIND)]
        known = [one for one in thing.types if fold(one) in self._words.types]
        return {"kind": "".join(ours[:1]), "type": known[0], "category": ""}

    def _marks(self, id_: str, thing: Thing) -> dict[str, Cell]:
        found = [("sameAs", one.id if isinstance(one, Ref) else key(one)) for one in thing.said.get("sameAs", [])]
        for one in thing.said.get("identifier", []):
            inner = self.things[one.id].said if isinstance(one, Ref) and one.id in self.things else {}
            scheme, value = (key("".join(map(key, inner.get(part, [])[:1]))) for part in ("propertyID", "value"))
            found.append((scheme.lower() if scheme.lower() in ("kvk", "rsin", "cbs") else scheme, value))
            found += [] if isinstance(one, Ref) else [("", key(one))]
        if "wikidata.org/" in id_:
            found.append(("", id_))
        own = {"id": unquote(id_.removeprefix(OURS))} if id_.startswith(OURS) else {}
        return {"identifiers": identifiers(iter(found)), **own}

    def _within(self, thing: Thing, part: str) -> dict[str, Cell]:
        """Return what an address, a place or a contact point says."""
        said: dict[str, Cell] = {}
        for one in thing.said.get(part, []):
            if not isinstance(one, Ref):
                said.setdefault("address" if part in ("address", "location") else part, key(one))
            elif (inner := self.things.get(one.id)) and one.id not in self.nodes and not _is_role(inner):
                for name, values in inner.said.items():
                    if name in _WITHIN:
                        deeper = part == "location" and name != "location"  # places may lie in each other
                        said = {**self._within(inner, name), **said} if deeper else said
                    elif name not in ("name", "contactType", "description", "url", "identifier"):
                        names = [self._name(value) for value in values]
                        said.setdefault(name, joined(names[:1]))
        return said

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
        if value.id in self.nodes or (not (thing and thing.types) and word_key(name) in self._words.relations):
            yield value.id, {}
        elif thing and name in thing.said and _is_role(thing):
            role: dict[str, Cell] = {
                word: "|".join(key(one) for one in ones if not isinstance(one, Ref))
                for word, ones in thing.said.items()
                if word != name
            }
            for one in thing.said[name]:
                if isinstance(one, Ref):
                    yield one.id, role

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
            for parts in (("funder", "sponsor"), ("fundedItem", "recipient"))
        )
        if not givers or not receivers:
            yield Other(thing.types[0])
        said: dict[str, Cell] = {"relation": "grant", "grant": "" if id_.startswith("_:") else id_}
        for name, values in thing.said.items():
            said |= {name: joined([one for one in values if not isinstance(one, Ref)])}
            for one in values if name == "amount" else ():
                if isinstance(one, Ref) and one.id in self.things:
                    said |= {part: joined(value) for part, value in self.things[one.id].said.items()}
        yield from (Edge(giver, receiver, said, thing.where) for giver in givers for receiver in receivers)


def _is_role(thing: Thing) -> bool:
    return any(one.endswith("Role") for one in thing.types)
