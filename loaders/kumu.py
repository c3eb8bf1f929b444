"""Kumu: its JSON (blueprints and the full export of a project), and its spreadsheets.

*JSON* is an object with the lists `elements` and `connections`. An element of a blueprint has its attributes beside each other
(`label`, `type`, `tags`, …), and may have an `id` that people chose; in a full export they stand in `attributes`, its own id is
`_id`, and type is `element type`. A connection has `from` and `to`, each an id or a label, and `direction` (`directed`,
`undirected`, `mutual`); without one it goes from `from` to `to`. Values of several are lists. A full export also has what was thrown
away: Kumu's trash is what stands on none of its `maps`; it is set apart. How maps look, `loops`, `perspectives`, … are not read.

*Spreadsheets* (XLSX, CSV) have sheets with `Label` (elements) and sheets with `From` and `To` (connections); see `pairs`. Of several
values in a cell each stands between bars, also of `To`. A sheet with "(ignore)" in its name is not read.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

from graph.errors import LoadError
from graph.reading import Fault, Reading, Where
from loaders import foreign, json_stream, pairs
from loaders.foreign_items import Edge, Item, Node, Other, cell, key
from loaders.options import NONE, Options
from loaders.table_cells import Cell

LISTS = ("elements", "connections")
_KNOWN = frozenset(("_id", "id", "attributes", "label", "from", "to", "direction"))  # however they are spelled
_OWN = frozenset(("_id", "attributes", "from", "to", "direction", "delayed", "reversed", "position", "style"))
_DIRECTIONS = frozenset(("directed", "undirected", "mutual"))


def load(paths: Sequence[Path], options: Options = NONE) -> Reading:
    """Read files of Kumu as one dataset.

    Raises:
        LoadError: A file is not there, or the mapping has faults.
    """
    tables = [path for path in paths if not _is_json(path)]
    return foreign.load("kumu", _items, paths, options, together=bool(tables))


def _is_json(path: Path) -> bool:
    if not path.is_file():
        return True
    with path.open("rb") as file:
        return not file.read(4).startswith(b"PK") and path.suffix.lower() not in (".csv", ".tsv", ".xlsx")


def _items(path: Path, name: str) -> Iterator[Item]:
    yield from _of_json(path, name) if _is_json(path) else pairs.items(path, name)


def _of_json(path: Path, name: str) -> Iterator[Item]:
    found, thrown = False, cache(partial(_thrown_away, path, name))
    for list_, number, value in json_stream.items(path, name, LISTS):
        if not number and value is not None:
            raise LoadError(
                nl=f"{name} is geen JSON van Kumu: {list_!r} is geen lijst; vraag met weefsel load --guess welke loader past.",
                en=f"{name} is no JSON of Kumu: {list_!r} is no list; ask with weefsel load --guess which loader fits.",
            )
        found |= list_ in LISTS
        if number:
            yield _item(list_, value, Where(name, number, list_, "item"), thrown)
    if not found:
        raise LoadError(
            nl=f"{name} heeft geen 'elements' en geen 'connections'; exporteer het project in Kumu als JSON.",
            en=f"{name} has no 'elements' and no 'connections'; export the project in Kumu as JSON.",
        )


def _item(list_: str, value: Any, where: Where, thrown: Callable[[], frozenset[str]]) -> Item:  # noqa: ANN401 - what JSON holds
    if list_ not in LISTS or not isinstance(value, dict):
        return _no_object(where)
    if "_id" in value and (id_ := key(value["_id"])) in thrown():
        return Other(list_, "trash", id_ if list_ == "elements" else "")
    return _element(_plain(value), where) if list_ == "elements" else _connection(_plain(value), where)


def _thrown_away(path: Path, name: str) -> frozenset[str]:
    """Return the ids of elements and connections that stand on no map of a full export, if any of them does."""
    ids: dict[str, set[str]] = {list_: set() for list_ in LISTS}
    placed: set[str] = set()
    for list_, _, value in json_stream.items(path, name, (*LISTS, "maps")):
        if list_ == "maps":
            placed.update(_texts(value))
        elif list_ in ids and isinstance(value, dict):
            ids[list_].add(key(value.get("_id")))
    return frozenset(id_ for each in ids.values() if each & placed for id_ in each - placed - {""})


def _texts(value: Any) -> Iterator[str]:  # noqa: ANN401 - what JSON holds
    """Yield all texts in a value, however deep."""
    left = [value]
    while left:
        one = left.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict | list):
            left.extend(one.values() if isinstance(one, dict) else one)


def _plain(value: dict[str, Any]) -> dict[str, Any]:
    """Return an object with the names that we know in lower case, as its spreadsheets write them with a capital."""
    return {low if (low := name.strip().lower()) in _KNOWN else name: one for name, one in value.items()}


def _element(value: dict[str, Any], where: Where) -> Item:
    said = _said(value)
    label = key(said.get("label"))
    id_ = key(value.get("_id")) or key(value.get("id")) or label
    if not id_:
        nl, en = "heeft geen label en geen id; geef het een label", "has no label and no id; give it a label"
        return Fault(where, "label", nl, en)
    return Node(id_, said, where, (label,) if label and label != id_ else ())


def _connection(value: dict[str, Any], where: Where) -> Item:
    said = _said(value)
    ends = [key(value.get(end) if end in value else said.pop(end, None)) for end in ("from", "to")]
    for end, name in zip(("from", "to"), ends, strict=True):
        if not name:
            nl, en = "ontbreekt; noem een element", "is missing; name an element"
            return Fault(where, end, nl, en)
    direction = key(value.get("direction")).lower()
    return Edge(ends[0], ends[1], said, where, direction if direction in _DIRECTIONS else "directed")


def _said(value: dict[str, Any]) -> dict[str, Cell]:
    attributes = value.get("attributes")
    own = {name: cell(one) for name, one in value.items() if name not in _OWN}
    if not isinstance(attributes, dict):
        return own
    return own | {name: cell(one) for name, one in _plain(attributes).items()}


def _no_object(where: Where) -> Fault:
    return Fault(where, "", "is geen object met kenmerken", "is no object with attributes")
