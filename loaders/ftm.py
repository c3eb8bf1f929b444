"""FollowTheMoney: entities as Aleph, OpenSanctions and others write them, a JSON object a line.

    {"id": "o1", "schema": "Organization", "properties": {"name": ["Ons Huis"], "country": ["nl"]}}
    {"id": "m1", "schema": "Membership", "properties": {"member": ["o1"], "organization": ["o2"], "startDate": ["2019"]}}

Values of properties are lists of text. Of the schemata of its model (version 4), organisations, persons and projects are nodes, and those
that tie two of them are edges (`EDGES`); all others (documents, addresses, positions, sanctions, …) are set apart. The first name is
the name, further ones are aliases; of other properties that say one thing, the first value is read. A `parent` is an edge too. An
`Ownership` with a percentage under 50 is a relation of its own, as its owner is no greater whole. Lines that are parts of one
entity have to be put together first (`ftm aggregate`).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from graph.reading import Fault, Reading, Where
from loaders import foreign, json_stream
from loaders.foreign_items import Edge, Item, Node, Other, key
from loaders.foreign_json import each, first, joined
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
    for _, line, entity in json_stream.lines(path, name):
        where = Where(name, line, "", "line")
        id_ = key(entity.get("id")) if isinstance(entity, dict) else ""
        schema = key(entity.get("schema")) if id_ else ""
        properties = entity.get("properties") if schema else None
        if not isinstance(properties, dict):
            nl, en = "is geen entiteit met id, schema en properties", "is no entity with id, schema and properties"
            yield Fault(where, "", nl, en)
        elif schema in NODES:
            yield Node(id_, _of_node(schema, properties), where)
            yield from (Edge(id_, key(one), {"type": "parent"}, where) for one in each(properties.get("parent")))
        elif schema in EDGES:
            yield from _edges(id_, schema, properties, where)
        else:
            yield Other(schema)


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
    if name in _SEVERAL:
        return joined(value)
    return "\n".join(map(key, each(value))) if name in _TEXTS else first(value)


def _edges(id_: str, schema: str, properties: Mapping[str, Any], where: Where) -> Iterator[Item]:
    """Yield an edge for each pair of ends."""
    source, target = EDGES[schema]
    sources, targets = (list(map(key, each(properties.get(end)))) for end in (source, target))
    for end, named in ((source, sources), (target, targets)):
        if not named:
            yield Fault(where, end, "ontbreekt; noem een entiteit", "is missing; name an entity")
            return
    said = {name: _cell(name, value) for name, value in properties.items() if name not in (source, target)}
    said |= {"type": _relation(schema, first(properties.get("percentage"))), "id": id_}
    if said.get("amountEur"):
        said |= {"amount": said.pop("amountEur"), "currency": "EUR"}
    yield from (Edge(one, other, said, where) for one in sources for other in targets)


def _relation(schema: str, percentage: str) -> str:
    share = re.match(r"\d+(\.\d+)?", percentage)
    return "Ownership under 50 %" if schema == "Ownership" and share and float(share[0]) < 50 else schema
