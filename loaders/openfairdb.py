"""OpenFairDB: entries as the API of Karte von morgen answers them.

A file is an answer of `/v0/entries/…` (a list of entries, or one) or of `/v0/search` (`visible` and `invisible`, with fewer attributes). The
first category of an entry, which is a number of 32 signs or a name, says what it is; it has a `title`, `lat` and `lng`, `tags`. Entries whose
`status` is `archived` or `rejected` are set apart, and so are events (`/v0/events`: they have a `start` and no categories). Links stand in
`custom` or `links`. An entry that is in two files stands there twice, and says the same or is a fault.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from graph.errors import LoadError
from graph.reading import Fault, Reading, Where
from loaders import foreign, json_stream
from loaders.foreign_items import Item, Node, Other, cell, key
from loaders.foreign_json import first, links
from loaders.options import NONE, Options
from loaders.table_cells import Cell

_LISTS = ("visible", "invisible", "entries")
_GONE = frozenset(("archived", "rejected"))


def load(paths: Sequence[Path], options: Options = NONE) -> Reading:
    """Read files as one dataset, in which an id means the same in all of them.

    Raises:
        LoadError: A file is not there, or the mapping has faults.
    """
    return foreign.load("openfairdb", _items, paths, options, together=True)


def _items(path: Path, name: str) -> Iterator[Item]:
    found = False
    for list_, number, value in json_stream.items(path, name, _LISTS):
        found = True
        yield _entry(value, Where(name, number, list_ or "entries", "item"))
    if not found:
        one = json_stream.value(path, name)
        if isinstance(one, dict) and "title" in one:
            yield _entry(one, Where(name, 1))
        elif one and not (isinstance(one, dict) and any(list_ in one for list_ in _LISTS)):
            raise LoadError(
                nl=f"{name} heeft geen 'visible' en geen entries; geef een antwoord van /v0/search of /v0/entries.",
                en=f"{name} has no 'visible' and no entries; give an answer of /v0/search or /v0/entries.",
            )


def _entry(value: Any, where: Where) -> Item:  # noqa: ANN401 - what JSON holds
    id_ = key(value.get("id")) if isinstance(value, dict) else ""
    if not id_:
        return Fault(where, "id", "ontbreekt; dit is geen entry", "is missing; this is no entry")
    if (status := key(value.get("status")).lower()) in _GONE:
        return Other(f"status {status}")
    if "start" in value and "categories" not in value:
        return Other("event")
    said: dict[str, Cell] = {name: cell(one) for name, one in value.items() if name not in ("id", "status")}
    said["category"] = first(value.get("categories"))
    said["links"] = links(value.get("links"), value.get("custom"), besides=value.get("homepage"))
    said |= {name: key(one) for name, one in _contact(value).items() if name != "name"}
    return Node(
        id_, {name: one for name, one in said.items() if name not in ("categories", "contact", "custom")}, where
    )


def _contact(value: dict[str, Any]) -> dict[str, Any]:
    contact = value.get("contact")
    return contact if isinstance(contact, dict) else {}
