"""A table of nodes and a table of edges: CSV or sheets of a workbook, as Gephi, Kumu and our own export write them.

Any sheet (or file) with a column for the ends, `Source` and `Target` or `From` and `To` (Dutch: `Bron`, `Doel`, `Van`, `Naar`), has edges;
any other with `Id`, `Label` or `Name` has nodes. Columns are attributes. Nodes are named by their id, else by their label. Several values
stand between bars; of a target too: then there is an edge to each. A direction stands in `Direction`, or as in Gephi in `Type`
(`Directed`, `Undirected`); without one an edge goes from source to target. Sheets with "(ignore)" in their name, as in Kumu, are
not read. In a workbook two empty rows begin another table, with a header of its own. Beside a table of nodes with names, one with ids alone
has none: so are offers and sources in a workbook of our own.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from graph.errors import LoadError
from graph.reading import Fault, Reading, Where
from graph.text import fold
from loaders import foreign, table_files
from loaders.foreign_items import Edge, Item, Node, Other, key
from loaders.options import NONE, Options
from loaders.table_cells import Cell, Cells, Sheet, empty
from loaders.table_header import names

SOURCES = ("source", "van kenmerk", "from id", "from", "bron", "van")
TARGETS = ("target", "naar kenmerk", "to id", "to", "doel", "naar")
NAMED = ("id", "kenmerk", "label", "name", "naam")
DIRECTIONS = {
    "directed": "directed",
    "undirected": "undirected",
    "mutual": "mutual",
    "gericht": "directed",
    "ongericht": "undirected",
    "wederzijds": "mutual",
}
_FORMULA = ("=", "+", "-", "@")
_GAP = 3  # from one row to the next, if two between them are empty


def load(paths: Sequence[Path], options: Options = NONE) -> Reading:
    """Read tables as one dataset: what one names, another may have.

    Raises:
        LoadError: A file is not there, or the mapping has faults.
    """
    return foreign.load("csv", items, paths, options, together=True)


def items(path: Path, name: str) -> Iterator[Item]:
    """Yield the nodes and edges of a file's sheets.

    Raises:
        LoadError: It cannot be opened, or no sheet has nodes or edges.
    """
    found = False
    try:
        sheets = table_files.opened([path])
    except LoadError as error:
        raise LoadError(nl=error.nl.replace(path.name, name, 1), en=error.en.replace(path.name, name, 1)) from error
    tables: list[_Table] = []
    for sheet in sheets:
        if "(ignore)" in sheet.name.lower():
            continue
        for one in _of_sheet(sheet, name, tables):
            found |= not isinstance(one, Other)
            yield one
    if not found:
        raise LoadError(
            nl=f"{name} heeft geen tabel van knopen (Id, Label of Name) of van banden (Source en Target, of From en To).",
            en=f"{name} has no table of nodes (Id, Label or Name) or of edges (Source and Target, or From and To).",
        )


class _Table:
    """The columns of one table, and where what it says of ends and ids stands."""

    def __init__(self, header: Cells) -> None:
        self.names = names(header)
        folded = [fold(one) for one in self.names]
        self.source, self.target = (_first(folded, words) for words in (SOURCES, TARGETS))
        self.direction = _first(folded, ("direction", "richting", "type"))
        self.id, self.label = _first(folded, NAMED[:2]), _first(folded, NAMED[2:])
        self.has_edges = self.source >= 0 and self.target >= 0
        self.has_nodes = not self.has_edges and (self.id >= 0 or self.label >= 0)
        self.names_nodes = self.has_nodes and self.id >= 0 and self.label >= 0

    def said(self, cells: Cells) -> dict[str, Cell]:
        """Return what a row says, by column."""
        return {name: _bare(cell) for name, cell in zip(self.names, cells, strict=False) if not empty(cell)}


def _bare(cell: Cell) -> Cell:
    """Return a cell without the apostrophe by which a table shows that it is no formula."""
    return cell[1:] if isinstance(cell, str) and cell[:1] == "'" and cell[1:2] in _FORMULA else cell


def _first(folded: Sequence[str], words: Sequence[str]) -> int:
    return next((folded.index(word) for word in words if word in folded), -1)


def _of_sheet(sheet: Sheet, name: str, tables: list[_Table]) -> Iterator[Item]:
    """Yield what a sheet says; `tables` are those of the file so far."""
    table: _Table | None = None
    last = 0
    for row, cells in sheet.read():
        if all(map(empty, cells)):
            continue
        if table is None or (sheet.name and row - last >= _GAP):
            table = _Table(cells)
            table.has_nodes &= table.label >= 0 or not any(other.names_nodes for other in tables)
            tables.append(table)
        elif table.has_edges:
            yield from _edges(table, cells, Where(name, row, sheet.name))
        elif table.has_nodes:
            yield _node(table, cells, Where(name, row, sheet.name))
        else:
            yield Other(f"{sheet.name or name}: {', '.join(table.names)}")
        last = row


def _node(table: _Table, cells: Cells, where: Where) -> Item:
    id_, label = _at(cells, table.id), _at(cells, table.label)
    if not id_ and not label:
        return Fault(where, table.names[max(table.id, table.label)], "ontbreekt; vul het in", "is missing; fill it in")
    return Node(id_ or label, table.said(cells), where, (label,) if label and label != id_ and id_ else (), called=id_)


def _edges(table: _Table, cells: Cells, where: Where) -> Iterator[Item]:
    source, targets = _at(cells, table.source), _at(cells, table.target)
    for place, end in ((table.source, source), (table.target, targets)):
        if not end:
            yield Fault(where, table.names[place], "ontbreekt; noem een knoop", "is missing; name a node")
            return
    said = table.said(cells)
    for place in (table.source, table.target):
        said.pop(table.names[place])
    direction = DIRECTIONS.get(_at(cells, table.direction).lower(), "")
    if direction:
        said.pop(table.names[table.direction])
    for target in targets.split("|"):
        if target.strip():
            yield Edge(source, target.strip(), said, where, direction or "directed")


def _at(cells: Cells, place: int) -> str:
    return key(cells[place]) if 0 <= place < len(cells) else ""
