"""GraphML, as yEd, Gephi, networkx, Neo4j (APOC), TinkerPop and others write it.

    <graphml><key id="d0" for="node" attr.name="plaats" attr.type="string"><default>Ede</default></key>
      <graph edgedefault="directed"><node id="n0"><data key="d0">Epe</data></node>
        <edge source="n0" target="n1" directed="false"><data key="d1">partner</data></edge></graph></graphml>

The name of a key is that of the attribute; data of a key that is not declared goes by its id. A default holds for those that do not say it.
What stands on a node or an edge itself (`<edge label="…">`, `<desc>`) is an attribute as others. A list is JSON. All graphs of a file are
read, also those within nodes (groups). A node without a name or label is called by its id, unless a program gave that (`n0`).

Of several labels of a node (`:Person:Member`) the first that we know says what it is, but a person goes first; the others are its
`other labels`. Of yEd, the first label of a node or an edge is its `label`; arrows say which way an edge goes, as there all are declared
directed. Hyperedges are set apart; ports, and how the graph looks, are not read.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path

from graph.reading import Fault, Reading, Where
from graph.text import fold
from loaders import foreign, foreign_mapping, xml_stream
from loaders.foreign_items import Edge, Item, Node, Other, cell, number
from loaders.foreign_words import Type, words_of
from loaders.options import NONE, Options
from loaders.table_cells import Cell

_LABELS = ("graphml:NodeLabel", "graphml:EdgeLabel", "2.0:Label.Text", "3.0:Label.Text")  # of yEd, and of yEd Live
_TEXTED = ("2.0:Label", "3.0:Label")  # of yEd Live: the text may be an attribute
_TYPED = ("labels", "labelV")  # of Neo4j and TinkerPop: what a node is
_FEW = 10_000  # labels of which is kept in mind what they say
_FLOATS, _INTEGERS = ("double", "float"), ("int", "long", "integer")
_ARROWS: Mapping[tuple[bool, bool], str] = {  # whether there is one at the source, and at the target
    (False, False): "undirected",
    (False, True): "directed",
    (True, False): "turned",
    (True, True): "mutual",
}


def load(paths: Sequence[Path], options: Options = NONE) -> Reading:
    """Read files as one dataset.

    Raises:
        LoadError: A file is not there, or the mapping has faults.
    """
    mapping = foreign_mapping.read(options.mapping)
    return foreign.load("graphml", partial(_items, words_of("graphml", mapping).types), paths, options)


def _items(types: Mapping[str, Type], path: Path, name: str) -> Iterator[Item]:
    return xml_stream.items(path, name, _GraphML(name, types))


@dataclass(slots=True)
class _Open:
    """A node or an edge that is being read."""

    own: dict[str, str]
    said: dict[str, Cell]
    where: Where
    label: str = ""
    arrows: str = ""


@dataclass(slots=True)
class _Keys:
    """The declared attributes by id, and what holds for nodes or edges that do not say it."""

    names: dict[str, str] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    defaults: dict[str, dict[str, Cell]] = field(default_factory=lambda: {"node": {}, "edge": {}})


class _GraphML:
    """Takes elements."""

    root = "graphml"
    texts = frozenset(("data", "desc", "default", *_LABELS))

    def __init__(self, name: str, types: Mapping[str, Type]) -> None:
        self.items: list[Item] = []
        self._types, self._sorted = types, lru_cache(maxsize=_FEW)(self._sort)
        self._name, self._keys = name, _Keys()
        self._key, self._for, self._parts = "", "", list[str]()
        self._open: list[_Open] = []
        self._directed: list[bool] = []  # of the graphs that are open
        self._within = ""  # the element whose text is read
        self._other = 0  # how deep in what is not read
        self.line: Callable[[], int] = int
        self.starts: Mapping[str, xml_stream.Start] = {
            "node": self._start_node,
            "edge": self._start_edge,
            "data": self._start_data,
            "desc": self._start_desc,
            "key": self._declare,
            "default": self._start_default,
            "graph": self._start_graph,
            "hyperedge": self._start_hyperedge,
            "port": self._start_other,
            "graphml:Arrows": self._arrows,
            **dict.fromkeys(_LABELS, self._start_label),
            **dict.fromkeys(_TEXTED, self._start_texted),
        }
        self.ends: Mapping[str, xml_stream.End] = {
            "node": self._end_node,
            "edge": self._end_edge,
            "data": self._end_data,
            "desc": self._end_desc,
            "default": self._end_default,
            "graph": self._end_graph,
            "hyperedge": self._end_other,
            "port": self._end_other,
            **dict.fromkeys(_LABELS, self._end_label),
        }

    def _start_node(self, attributes: dict[str, str]) -> None:
        self._begin("node", attributes)

    def _start_edge(self, attributes: dict[str, str]) -> None:
        self._begin("edge", attributes)

    def _begin(self, part: str, attributes: dict[str, str]) -> None:
        where = Where(self._name, self.line(), "", "line")
        self._open.append(_Open(attributes, self._keys.defaults[part].copy(), where))

    def _end_node(self) -> None:
        self.items.append(self._node(self._open.pop()))

    def _end_edge(self) -> None:
        self.items.append(self._edge(self._open.pop()))

    def _start_data(self, attributes: dict[str, str]) -> None:
        self._key, self._within, self._parts = attributes.get("key", ""), "data", []

    def _start_label(self, _: dict[str, str]) -> None:
        self._within, self._parts = "label", []

    def _start_texted(self, attributes: dict[str, str]) -> None:
        text = attributes.get("Text", "")
        self._within, self._parts = "label", [] if text.startswith("{") else [text]  # a reference, not a text
        self._end_label()

    def _end_label(self) -> None:
        if self._open and not self._open[-1].label and not self._other:
            self._open[-1].label = "".join(self._parts).strip()
        self._within = ""

    def _start_desc(self, _: dict[str, str]) -> None:
        self._parts = []

    def _end_desc(self) -> None:
        if self._open and not self._other:
            self._open[-1].said.setdefault("desc", "".join(self._parts))

    def _start_default(self, _: dict[str, str]) -> None:
        self._parts = []

    def _start_graph(self, attributes: dict[str, str]) -> None:
        self._directed.append(attributes.get("edgedefault") == "directed")

    def _end_graph(self) -> None:
        self._directed.pop()

    def _start_hyperedge(self, attributes: dict[str, str]) -> None:
        self.items.append(Other("hyperedge"))
        self._start_other(attributes)

    def _start_other(self, _: dict[str, str]) -> None:
        self._other += 1

    def _end_other(self) -> None:
        self._other -= 1

    def _arrows(self, attributes: dict[str, str]) -> None:
        if self._open:
            source, target = (attributes.get(end, "none") != "none" for end in ("source", "target"))
            self._open[-1].arrows = _ARROWS[source, target]

    def text(self, said: str) -> None:
        self._parts.append(said)

    def _declare(self, attributes: dict[str, str]) -> None:
        self._key, self._for = attributes.get("id", ""), attributes.get("for", "all")
        self._keys.names[self._key] = attributes.get("attr.name") or attributes.get("yfiles.type") or self._key
        self._keys.types[self._key] = (
            "list" if "attr.list" in attributes else attributes.get("attr.type", "string").lower()
        )

    def _end_default(self) -> None:
        text = "".join(self._parts)
        for name, defaults in self._keys.defaults.items():
            if self._for in (name, "all"):
                defaults[self._keys.names[self._key]] = self._value(self._key, text)

    def _end_data(self) -> None:
        text = "".join(self._parts)
        if self._within == "data" and self._open and not self._other:
            self._open[-1].said[self._keys.names.get(self._key, self._key)] = self._value(self._key, text)
        self._within = ""

    def _value(self, key: str, text: str) -> Cell:
        """Return a value by its declared type; one that is not of it stays text."""
        type_ = self._keys.types.get(key, "string")
        if type_ in _FLOATS or type_ in _INTEGERS:
            return number(text, whole=type_ in _INTEGERS)
        return _listed(text) if type_ == "list" else text

    def _edge(self, edge: _Open) -> Item:
        own = edge.own
        source, target = own.pop("source", None), own.pop("target", None)
        if source is None or target is None:
            return Fault(edge.where, "source" if source is None else "target", "ontbreekt", "is missing")
        if edge.label:
            edge.said.setdefault("label", edge.label)
        default = self._directed[-1] if self._directed else False
        directed = {"true": True, "false": False}.get(own.pop("directed", ""), default)
        direction = edge.arrows or ("directed" if directed else "undirected")
        own.pop("id", None)
        if own:
            xml_stream.add(edge.said, own)
        if direction == "turned":
            return Edge(target, source, edge.said, edge.where)
        return Edge(source, target, edge.said, edge.where, direction)

    def _node(self, node: _Open) -> Item:
        id_, said = node.own.pop("id", None), node.said
        if id_ is None:
            return Fault(node.where, "id", "ontbreekt", "is missing")
        if node.label:
            said.setdefault("label", node.label)
        if node.own:
            xml_stream.add(said, node.own)
        for name in _TYPED:
            if name in said:
                said[name], said["other labels"] = self._sorted(str(said[name]))
        return Node(id_, said, node.where, called=id_)

    def _sort(self, said: str) -> tuple[str, str]:
        """Return the label that says what a node is, and the others between bars."""
        labels = [label for part in re.split("[:|]", said) if (label := part.strip())]
        types = [self._types.get(fold(label)) for label in labels]
        ranks = [0 if type_ and type_.kind == "person" else 1 if type_ else 2 for type_ in types]
        chosen = labels.pop(ranks.index(min(ranks))) if labels else ""
        return chosen, "|".join(labels)


def _listed(text: str) -> Cell:
    """Return a list in JSON as a cell; what is none stays text."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return cell(found) if isinstance(found, list) else text
