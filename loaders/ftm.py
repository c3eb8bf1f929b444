"""FollowTheMoney: entities as Aleph, OpenSanctions and others write them: a JSON object a line, a list of them, or one alone.

    {"id": "o1", "schema": "Organization", "properties": {"name": ["Ons Huis"], "country": ["nl"]}}
    {"id": "m1", "schema": "Membership", "properties": {"member": ["o1"], "organization": ["o2"], "startDate": ["2019"]}}

Values of properties are lists of text. Of the schemata of its model (version 4), organisations, persons and projects are nodes, and those
that tie two of them are edges (`EDGES`); all others (documents, addresses, positions, sanctions, …) are set apart, with
the edges that name them. The first name is
the name, further ones are aliases; of other properties that say one thing, the first value is read. A `parent` is an edge too. An
`Ownership` with a percentage that is not plainly 50 or more is a relation of its own, as its owner is no greater whole. Entities that
stand in others, as values of their properties, are read behind them, unless they stand in the file themselves. Lines that are parts of
one entity have to be put together first (`ftm aggregate`).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from graph.errors import LoadError
from graph.reading import Fault, Reading, Where
from loaders import foreign, json_stream
from loaders.foreign_items import Edge, Item, Node, Other, key
from loaders.foreign_json import each, first, joined, objects
from loaders.options import NONE, Options
from loaders.table_cells import Cell

NODES = frozenset(("Organization", "Company", "PublicBody", "LegalEntity", "Person", "Project"))
EDGES: Mapping[str, tuple[str, str]] = {  # the properties that name its ends
    "Associate": ("person", "associate"),
    "Control": ("controller", "controlled"),
    "Debt": ("debtor", "creditor"),
    "Directorship": ("director", "organization"),
    "Employment": ("employee", "employer"),
    "Family": ("person", "relative"),
    "Membership": ("member", "organization"),
    "Ownership": ("owner", "asset"),
    "Payment": ("payer", "beneficiary"),
    "ProjectParticipant": ("participant", "project"),
    "Representation": ("agent", "client"),
    "Succession": ("predecessor", "successor"),
    "UnknownLink": ("subject", "object"),
}
_SEVERAL = frozenset(("website", "keywords"))
_ALIASES = ("alias", "weakAlias", "previousName", "abbreviation")
_TEXTS = frozenset(("description", "summary", "notes"))


def load(paths: Sequence[Path], options: Options = NONE) -> Reading:
    """Read files as one dataset, in which an id means the same in all of them.

    Raises:
        LoadError: A file is not there, or the mapping has faults.
    """
    return foreign.load("ftm", _items, paths, options, together=True)


def _items(path: Path, name: str) -> Iterator[Item]:
    inner: dict[str, tuple[dict[str, Any], Where]] = {}
    for entity, where in _in_file(path, name):
        inner |= {key(one["id"]): (one, where) for one in _within(entity) if key(one["id"]) not in inner}
        yield from _entity(entity, where)
    if inner:
        themselves = {key(one.get("id")) for one, _ in _in_file(path, name) if isinstance(one, dict)}
        for id_, (entity, where) in inner.items():
            if id_ not in themselves:
                yield from _entity(entity, where)


def _in_file(path: Path, name: str) -> Iterator[tuple[Any, Where]]:
    """Yield entities, whether they stand on lines or in a list."""
    try:
        first_of_list = next(json_stream.items(path, name), None)
    except LoadError:
        yield from ((one.value, Where(name, one.number, "", "line")) for one in json_stream.lines(path, name))
        return
    if first_of_list:
        yield from ((one.value, Where(name, one.number, "", "item")) for one in json_stream.items(path, name))
    elif one := json_stream.value(path, name):
        yield one, Where(name, 1, "", "line")


def _within(entity: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - what JSON holds
    """Yield the whole entities that stand in another."""
    waiting = [entity]
    while waiting:
        outer = waiting.pop()
        properties = outer.get("properties") if isinstance(outer, dict) else None
        for values in properties.values() if isinstance(properties, dict) else ():
            found = [one for one in objects(values) if _is_whole(one)]
            yield from found
            waiting += found


def _is_whole(value: Any) -> bool:  # noqa: ANN401
    return isinstance(value, dict) and bool(key(value.get("id"))) and isinstance(value.get("properties"), dict)


def _entity(entity: Any, where: Where) -> Iterator[Item]:  # noqa: ANN401
    id_ = key(entity.get("id")) if isinstance(entity, dict) else ""
    schema = key(entity.get("schema")) if id_ else ""
    properties = entity.get("properties") if schema else None
    if not isinstance(properties, dict):
        nl, en = "is geen entiteit met id, schema en properties", "is no entity with id, schema and properties"
        yield Fault(where, "", nl, en)
    elif schema in NODES:
        yield Node(id_, _of_node(schema, properties), where)
        yield from (Edge(id_, one, {"type": "parent"}, where) for one in _named(properties.get("parent")))
    elif schema in EDGES:
        yield from _edges(id_, schema, properties, where)
    else:
        yield Other(schema, id=id_)


def _named(value: Any) -> list[str]:  # noqa: ANN401
    """Return the ids of entities, which may stand there themselves."""
    return [key(one.get("id") if isinstance(one, dict) else one) for one in each(value)]


def _of_node(schema: str, properties: Mapping[str, Any]) -> dict[str, Cell]:
    names = each(properties.get("name"))
    said = {name: _cell(name, value) for name, value in properties.items() if name not in (*_ALIASES, "parent")}
    said["alias"] = joined(names[1:], *(properties.get(name) for name in _ALIASES))
    said["type"] = schema
    number = first(properties.get("registrationNumber"))
    dutch = "nl" in map(key, (*each(properties.get("jurisdiction")), *each(properties.get("country"))))
    if dutch and schema != "Person" and re.fullmatch(r"\d{8}", number):
        said["kvk"] = number
    return said


def _cell(name: str, value: Any) -> Cell:  # noqa: ANN401 - what JSON holds
    texts = _named([one for one in each(value) if not _is_whole(one)])
    if name in _SEVERAL:
        return joined(texts)
    return "\n".join(texts) if name in _TEXTS else first(texts)


def _edges(id_: str, schema: str, properties: Mapping[str, Any], where: Where) -> Iterator[Item]:
    """Yield an edge for each pair of ends."""
    source, target = EDGES[schema]
    sources, targets = (_named(properties.get(end)) for end in (source, target))
    for end, named in ((source, sources), (target, targets)):
        if not named or not all(named):
            yield Fault(where, end, "ontbreekt; noem een entiteit", "is missing; name an entity")
            return
    said = {name: _cell(name, value) for name, value in properties.items() if name not in (source, target)}
    said |= {"type": _relation(schema, properties), "id": id_}
    if said.get("amountEur"):
        said |= {"amount": said.pop("amountEur"), "currency": "EUR"}
    yield from (Edge(one, other, said, where) for one in sources for other in targets)


def _relation(schema: str, properties: Mapping[str, Any]) -> str:
    """Return what kind of link it is; which part is owned counts."""
    for percentage in map(key, each(properties.get("percentage")) if schema == "Ownership" else ()):
        share = re.fullmatch(r"(\d{1,3}(?:\.\d+)?)\s*%?", percentage)
        if not share or float(share[1]) > 100:
            return f"Ownership {percentage}"
        if float(share[1]) < 50:
            return "Ownership under 50 %"
    return schema
