"""GEXF 1.1, 1.2 and 1.3, as Gephi, Gephi Lite and networkx write it.

    <gexf><graph defaultedgetype="directed" timeformat="date">
      <attributes class="node"><attribute id="0" title="plaats" type="string"><default>Ede</default></attribute></attributes>
      <nodes><node id="n0" label="Ons Huis"><attvalues><attvalue for="0" value="Epe"/></attvalues></node></nodes>
      <edges><edge source="n0" target="n1" type="mutual" label="partner" weight="1.0"/></edges>
    </graph></gexf>

The title of an attribute is its name; one that is not declared goes by its id. A default holds for those that do not say it. Numbers are
read by the declared type, lists as values between bars or commas, that may stand in quotes. Of an attribute that changes in time the
last value counts. Nodes may stand in nodes: they are nodes as others. `type` of an edge is `directed`, `undirected` or `mutual` (in 1.0
`dir`, `sim`, `dou`), else the graph's default, which is `undirected` if it says nothing; another word may be the kind of the edge, as
networkx writes it. If times are dates, `start` and `end` of an edge (or of its first and last spell) are read. What else stands on a node
or an edge (`kind`, `pid`, times) is an attribute as others. How the graph looks (`viz:…`) and a weight of 1 are not.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TypeAlias

from graph.reading import Fault, Reading, Where
from loaders import foreign, xml_stream
from loaders.foreign_items import Edge, Item, Node, number
from loaders.options import NONE, Options
from loaders.table_cells import Cell

_FLOATS = ("double", "float", "bigdecimal")
_INTEGERS = ("integer", "long", "short", "byte", "biginteger")
_DATES = ("date", "datetime", "string")
_DIRECTIONS: Mapping[str, str] = {
    "directed": "directed",
    "undirected": "undirected",
    "mutual": "mutual",
    "dir": "directed",  # this and the rest: GEXF 1.0
    "sim": "undirected",
    "simple": "undirected",
    "dou": "mutual",
    "double": "mutual",
}
_NEVER = ("", "Infinity", "-Infinity")  # times of what has no beginning or end
_ITEM = r"""\s*(?:"((?:[^"\\]|\\.)*)"\s*|'((?:[^'\\]|\\.)*)'\s*|([^MARK]*))(?:[MARK]|$)"""
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_ITEMS = {mark: re.compile(_ITEM.replace("MARK", mark), re.DOTALL) for mark in (",", "|")}


def load(paths: Sequence[Path], options: Options = NONE) -> Reading:
    """Read files as one dataset.

    Raises:
        LoadError: A file is not there, or the mapping has faults.
    """
    return foreign.load("gexf", _items, paths, options)


def _items(path: Path, name: str) -> Iterator[Item]:
    return xml_stream.items(path, name, _Gexf(name))


_Declared: TypeAlias = tuple[str, Callable[[str], Cell] | None]  # a title, and what reads a value (None: it is text)


class _ById(dict[str, _Declared]):
    """Attributes by id; one that is not declared goes by its id."""

    def __missing__(self, id_: str) -> _Declared:
        return id_, None


class _Attributes:
    """The declared attributes of nodes or edges, and the values of those that do not say them."""

    def __init__(self) -> None:
        self.declared = _ById()
        self.defaults: dict[str, Cell] = {}

    def declare(self, id_: str, title: str, type_: str) -> None:
        """Add one."""
        read: Callable[[str], Cell] | None = None
        if type_ in _FLOATS or type_ in _INTEGERS:
            read = partial(number, whole=type_ in _INTEGERS)
        elif type_.startswith("list"):
            read = _listed
        self.declared[id_] = title, read

    def default(self, id_: str, text: str) -> None:
        """Add what one is that is not said."""
        title, read = self.declared[id_]
        self.defaults[title] = read(text) if read else text


def _listed(text: str) -> Cell:
    """Return the items of a list between bars; they may stand in quotes.

    >>> _listed("['groen, water', 't Huis, wonen]"), _listed("'A'|B"), _listed("[]")
    ("groen, water|'t Huis|wonen", 'A|B', '')
    """
    inner = text[1:-1] if text.startswith("[") and text.endswith("]") else text
    mark = "|" if "|" in inner else ","
    if '"' not in inner and "'" not in inner:
        return "|".join(part.strip() for part in inner.split(mark))
    each = (
        _ESCAPED.sub(r"\1", double or single) or bare.strip() for double, single, bare in _ITEMS[mark].findall(inner)
    )
    return "|".join(one for one in each if one)


class _Gexf:
    """Takes elements."""

    root = "gexf"
    texts = frozenset(("default",))

    def __init__(self, name: str) -> None:
        self.items: list[Item] = []
        self._name, self._text = name, ""
        self._default, self._dated = "undirected", False
        self._declared = {"node": _Attributes(), "edge": _Attributes()}
        self._class, self._attribute = "node", ""
        self._open: list[tuple[dict[str, str], dict[str, Cell], Where]] = []  # nodes in nodes
        self._of = self._declared["node"]
        self._said: dict[str, Cell] = {}
        self.line: Callable[[], int] = int
        self.starts: Mapping[str, xml_stream.Start] = {
            "attvalue": self._value,
            "edge": self._start_edge,
            "node": self._start_node,
            "spell": self._spell,
            "parent": self._parent,
            "attributes": self._start_class,
            "attribute": self._declare,
            "default": self._start_default,
            "graph": self._start_graph,
        }
        self.ends: Mapping[str, xml_stream.End] = {
            "node": self._end_node,
            "edge": self._end_edge,
            "default": self._end_default,
        }

    def _start_node(self, attributes: dict[str, str]) -> None:
        self._begin("node", attributes)

    def _start_edge(self, attributes: dict[str, str]) -> None:
        self._begin("edge", attributes)

    def _begin(self, part: str, attributes: dict[str, str]) -> None:
        self._of = self._declared[part]
        self._said = self._of.defaults.copy()
        self._open.append((attributes, self._said, Where(self._name, self.line(), "", "line")))

    def _value(self, attributes: dict[str, str]) -> None:
        title, read = self._of.declared[attributes.get("for") or attributes.get("id") or ""]
        text = attributes.get("value", "")
        self._said[title] = read(text) if read else text

    def _end_node(self) -> None:
        self.items.append(_node(*self._open.pop()))
        if self._open:
            self._go_on()

    def _end_edge(self) -> None:
        self.items.append(self._edge(*self._open.pop()))
        if self._open:
            self._go_on()

    def _go_on(self) -> None:
        """Go on with the node that the last node or edge stood in."""
        self._of, self._said = self._declared["node"], self._open[-1][1]

    def _start_class(self, attributes: dict[str, str]) -> None:
        self._class = attributes.get("class", "node")

    def _start_graph(self, attributes: dict[str, str]) -> None:
        self._default = _DIRECTIONS.get(attributes.get("defaultedgetype", "").lower(), "undirected")
        self._dated = attributes.get("timeformat", "").lower() in _DATES

    def _start_default(self, _: dict[str, str]) -> None:
        self._text = ""

    def _end_default(self) -> None:
        if of := self._declared.get(self._class):
            of.default(self._attribute, self._text)

    def text(self, said: str) -> None:
        self._text += said

    def _declare(self, attributes: dict[str, str]) -> None:
        self._attribute = attributes.get("id", "")
        if of := self._declared.get(self._class):
            title = attributes.get("title") or self._attribute
            of.declare(self._attribute, title, attributes.get("type", "string").lower())

    def _spell(self, attributes: dict[str, str]) -> None:
        """Keep of several times the first start and the last end."""
        if self._open:
            own = self._open[-1][0]
            own.setdefault("start", attributes.pop("start", ""))
            own["end"] = attributes.pop("end", "")
            own |= attributes

    def _parent(self, attributes: dict[str, str]) -> None:
        if self._open:
            self._open[-1][0]["parents"] = attributes.get("for", "")

    def _edge(self, own: dict[str, str], said: dict[str, Cell], where: Where) -> Item:
        source, target = own.pop("source", None), own.pop("target", None)
        if source is None or target is None:
            return _fault(where, "source" if source is None else "target")
        own.pop("id", None)
        if label := own.pop("label", ""):
            said.setdefault("label", label)
        if (weight := own.pop("weight", "1")) not in ("1", "1.0"):
            said.setdefault("weight", weight)
        direction = self._default
        if type_ := own.pop("type", ""):
            direction = _DIRECTIONS.get(type_.lower(), direction)
            if type_.lower() not in _DIRECTIONS:
                said.setdefault("type", type_)
        if own:
            self._beside(own, said)
        return Edge(source, target, said, where, direction)

    def _beside(self, own: dict[str, str], said: dict[str, Cell]) -> None:
        """Add to what an edge says its own attributes; of times that are no dates only that they are there."""
        times = {name: time for name in ("start", "end") if (time := own.pop(name, "")) not in _NEVER}
        if self._dated:
            said |= times
        elif times:
            said["start, end"] = ", ".join(times.values())
        xml_stream.add(said, own)


def _node(own: dict[str, str], said: dict[str, Cell], where: Where) -> Item:
    id_ = own.pop("id", None)
    if id_ is None:
        return _fault(where, "id")
    if label := own.pop("label", ""):
        said.setdefault("label", label)
    if own:
        xml_stream.add(said, own)
    return Node(id_, said, where, called=id_)


def _fault(where: Where, attribute: str) -> Fault:
    return Fault(where, attribute, "ontbreekt", "is missing")
