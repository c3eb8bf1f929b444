"""What a reader of a foreign format yields: nodes and edges as they stand in the file, in the file's own words."""

import json
import math
import re
from collections.abc import Mapping
from typing import Any, NamedTuple, TypeAlias

from graph.reading import Fault, Where
from loaders.table_cells import Cell

_GIVEN = re.compile(
    r"(?:node|vertex|element|elem|item|knoop|actor|feature)[-0-9].*|[a-z]{1,3}-?[0-9]+(?:::.*)?|[0-9a-f]{8}[0-9a-f-]*"
)


def is_given(id_: str) -> bool:
    """Return whether an id looks as if a program gave it, so that it is nobody's name.

    >>> [is_given(one) for one in ("n0", "n0::n1", "elem-x1y2abc", "17", "wijkpaleis", "Ons Huis", "G4")]
    [True, True, True, False, False, False, False]
    """
    return _GIVEN.fullmatch(id_) is not None


class Node(NamedTuple):
    """A node as a file has it: the id by which edges name it, its attributes by their own names, and where it stands.

    `also` are further names by which edges may name it, if no other node bears them (a label, where ends go by label).
    If an attribute `id`, or the node's own id, looks as if people chose it, the actor keeps it; else its id is made of its name. `called` is its name if
    no attribute says one, unless a program gave it.
    """

    id: str
    said: Mapping[str, Cell]
    where: Where
    also: tuple[str, ...] = ()
    called: str = ""


class Edge(NamedTuple):
    """An edge as a file has it. `direction`: `directed` (from source to target), `undirected`, or `mutual` (both ways)."""

    source: str
    target: str
    said: Mapping[str, Cell]
    where: Where
    direction: str = "directed"


class Other(NamedTuple):
    """Something of a file that is counted and set apart, and told by what it is; `reason` as in `foreign_told`.

    Edges that name it by its `id` are set apart too.
    """

    what: str
    reason: str = "other"
    id: str = ""


class Offer(NamedTuple):
    """An offer or a need as a file has it: whose it is (the id of a node), words for the help, and what is said of it.

    `stance` is one of ours (`offers`, `needs`); `until` a day or empty.
    """

    owner: str
    stance: str
    words: tuple[str, ...]
    note: str
    until: str
    where: Where


Item: TypeAlias = Node | Edge | Offer | Other | Fault


def cell(value: Any) -> Cell:  # noqa: ANN401 - what JSON holds
    """Return a value of JSON as a cell: lists become one text with bars, as Kumu has it; objects stay JSON.

    >>> cell(["a", 2]), cell(None), cell(2.0)
    ('a|2', '', 2.0)
    """
    if isinstance(value, str | int | float):
        return value
    if value is None:
        return ""
    if isinstance(value, list):
        return "|".join(text for one in value if (text := key(one) if not isinstance(one, dict) else cell_text(one)))
    return cell_text(value)


def cell_text(value: Mapping[str, Any]) -> str:
    """Return an object of JSON as text."""
    return json.dumps(value, ensure_ascii=False) if value else ""


def key(value: Any) -> str:  # noqa: ANN401 - what JSON holds
    """Return an id as text, so that a number is the same in quotes and without.

    >>> key(7), key("7"), key(7.0), key(None)
    ('7', '7', '7', '')
    """
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def number(text: str, *, whole: bool) -> Cell:
    """Return a number that a file declares to be one, as it may be written in several ways; what is none stays text.

    >>> number("1998.0", whole=False), number("7", whole=True), number("NaN", whole=False), number("veel", whole=True)
    (1998.0, 7, '', 'veel')
    """
    try:
        value = int(text) if whole else float(text)
    except ValueError:
        return text
    return value if math.isfinite(value) else ""
