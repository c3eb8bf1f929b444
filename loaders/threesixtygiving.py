"""360Giving: grants as its standard publishes them, in JSON and in spreadsheets; files are read together.

*JSON* is a package, `{"grants": [...]}`, or a list of grants. *Spreadsheets* (CSV, XLSX, ODS) have a grant a row, in columns named
by title (`Recipient Org:Identifier`, `Recipient Org:1:Name`, `Award Date`) or by path (`recipientOrganization/0/id`). A sheet without
a column for recipients is set apart.

A grant has an `id`, a `fundingOrganization` and a `recipientOrganization`, each one or more with `id` (an org-id, as
`GB-CHC-1234567` or `360G-fonds-12`) and `name`, an `amountAwarded` in a `currency`, `awardDate` and `plannedDates`. Of lists of other
things, the first is read. Counted are organisations, each once, and gifts: one for each giver and receiver of a grant. What is
said of an organisation where it is first named holds, also whether it is a funder. The amount of a grant that has several givers or
receivers is that of all of them, and stands in the note of each tie. A grant to an individual (`recipientIndividual`) is set apart,
and nothing of the individual is read. A gift with an id, giver and receiver that were there before, in this or in an earlier file, is set apart;
if it has another amount, title or date, it is a fault. So is set apart a row that says more of a grant above it, without giver and receiver.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from graph.errors import LoadError
from graph.reading import Fault, Reading, Where
from graph.text import fold
from loaders import foreign, json_stream, table_files
from loaders.foreign_items import Edge, Item, Node, Other, cell, key
from loaders.foreign_json import identifiers, objects
from loaders.options import NONE, Options
from loaders.table_cells import Cell, Cells, Sheet, empty

SHEETS = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".xlsb", ".ods")
FUNDER, RECIPIENT, INDIVIDUAL = "fundingOrganization", "recipientOrganization", "recipientIndividual"
_PARTS = {
    **dict.fromkeys(("fundingorganization", "funding org", "funding organization", "funding organisation"), FUNDER),
    **dict.fromkeys(
        ("recipientorganization", "recipient org", "recipient organization", "recipient organisation"), RECIPIENT
    ),
    **dict.fromkeys(("recipientindividual", "recipient ind", "recipient individual"), INDIVIDUAL),
}
_COLUMNS = {FUNDER: "Funding Org:Name", RECIPIENT: "Recipient Org:Name"}  # that a sheet should have
_IDS = frozenset(("id", "identifier"))
_GIST = ("amountawarded", "currency", "title", "awarddate")  # what the same gift says
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def load(paths: Sequence[Path], options: Options = NONE) -> Reading:
    """Read files as one dataset.

    Raises:
        LoadError: A file is not there, or the mapping has faults.
    """
    return foreign.load("threesixtygiving", _Grants().items, paths, options, together=True)


class _Grants:
    """The organisations and gifts read so far, of all files."""

    def __init__(self) -> None:
        self._organisations: set[str] = set()
        self._ids: set[str] = set()  # of rows
        self._gifts: dict[tuple[str, str, str], int] = {}

    def items(self, path: Path, name: str) -> Iterator[Item]:
        """Yield what a file says."""
        for grant, where, columns in _in_sheets(path) if path.suffix.lower() in SHEETS else _in_json(path, name):
            if isinstance(grant, dict) and columns and self._goes_on(grant):
                yield Other(", ".join(grant))
            elif isinstance(grant, dict):
                yield from self._grant(grant, where, columns)
            elif grant:
                yield Other(grant)
            else:
                yield Fault(where, "", "is geen gift met kenmerken", "is no grant with attributes")

    def _goes_on(self, grant: dict[str, Any]) -> bool:
        """Return whether a row only says more of a grant above it."""
        id_ = _own_id(grant)
        before = id_ in self._ids
        if id_:
            self._ids.add(id_)
        return before and not any(part in grant for part in (FUNDER, RECIPIENT, INDIVIDUAL))

    def _grant(self, grant: dict[str, Any], where: Where, columns: Mapping[str, str]) -> Iterator[Item]:
        receivers, givers = objects(grant.get(RECIPIENT)), objects(grant.get(FUNDER))
        if not receivers and objects(grant.get(INDIVIDUAL)):
            yield Other(INDIVIDUAL, "individual")
            return
        ids = [[_id(one) for one in those] for those in (givers, receivers)]
        for part, named in zip((FUNDER, RECIPIENT), ids, strict=True):
            if not named or not all(named):
                nl, en = "noemt niemand; geef een id of een naam", "names nobody; give an id or a name"
                yield Fault(where, columns.get(part, part), nl, en)
                return
        for kind, nodes, those in (("funder", ids[0], givers), ("recipient", ids[1], receivers)):
            for node, organisation in zip(nodes, those, strict=True):
                if node not in self._organisations:
                    self._organisations.add(node)
                    yield _organisation(node, organisation, kind, where)
        yield from self._ties(grant, ids, where)

    def _ties(self, grant: dict[str, Any], ids: Sequence[Sequence[str]], where: Where) -> Iterator[Item]:
        said, id_, gist = _said(grant, several=len(ids[0]) * len(ids[1]) > 1), _own_id(grant), _gist(grant)
        for gift in ((id_, giver, receiver) for giver in ids[0] for receiver in ids[1]):
            before = self._gifts.get(gift) if id_ else None
            if before is None:
                self._gifts[gift] = gist
                yield Edge(gift[1], gift[2], said, where)
            elif before == gist:
                yield Other("grant", "doubled")
            else:
                nl = (
                    f"{id_!r} staat er al, met een ander bedrag, een andere titel of datum; geef elke gift een eigen id"
                )
                en = f"{id_!r} stands there already, with another amount, title or date; give each grant an id of its own"
                yield Fault(where, "", nl, en)


def _organisation(node: str, said: dict[str, Any], kind: str, where: Where) -> Node:
    told = [(name, value) for name, value in said.items() if fold(name) not in _IDS]
    return Node(node, {**_flat(told), "identifiers": identifiers({"org-id": node}), "type": kind, "label": node}, where)


def _own_id(said: dict[str, Any]) -> str:
    """Return the id that is said, in whichever column."""
    if "id" in said:
        return key(said["id"])
    return next((text for name, value in said.items() if fold(name) in _IDS and (text := key(value))), "")


def _id(organisation: dict[str, Any]) -> str:
    """Return the id of an organisation, else its name as it is compared."""
    own = _own_id(organisation)
    return own or next((fold(key(value)) for name, value in organisation.items() if fold(name) == "name"), "")


def _gist(grant: dict[str, Any]) -> int:
    """Return what tells one gift from another that has the same id."""
    said = {fold(name).replace(" ", ""): value for name, value in grant.items()}
    amount, currency, title, day = (key(_number(said.get(name, ""))) for name in _GIST)
    return hash((amount, fold(currency), fold(title), day[:10]))


def _flat(said: Iterable[tuple[str, Any]]) -> dict[str, Cell]:
    """Return attributes; the first of lists of objects, by `name:name`."""
    flat: dict[str, Cell] = {}
    for name, value in said:
        inner = objects(value)
        flat |= {f"{name}:{part}": cell(one) for part, one in inner[0].items()} if inner else {name: cell(value)}
    return flat


def _said(grant: dict[str, Any], *, several: bool) -> dict[str, Cell]:
    """Return the attributes of a grant."""
    own = _flat((name, value) for name, value in grant.items() if name not in (FUNDER, RECIPIENT, INDIVIDUAL))
    said = {"relation": "grant", **own}
    if several:
        amount = next((name for name in said if fold(name) in ("amountawarded", "amount awarded")), "")
        if amount and not empty(awarded := said.pop(amount)):
            currency = next((one for name, one in said.items() if fold(name) == "currency"), "")
            said["shared amount"] = f"Bedrag, samen met anderen: {key(awarded)} {currency}".rstrip() + "."
    return said


# -- files


_Found = tuple[
    Any, Where, Mapping[str, str]
]  # a grant, where it stands, and in a sheet the columns of giver and receiver


def _in_json(path: Path, name: str) -> Iterator[_Found]:
    found = False
    for list_, number, value in json_stream.items(path, name, ("grants",)):
        found = True
        yield value if isinstance(value, dict) else None, Where(name, number, list_ or "grants", "item"), {}
    if not found:
        raise LoadError(
            nl=f"{name} heeft geen 'grants'; geef een pakket van 360Giving ({{\"grants\": [...]}}), of een CSV met zijn kolommen.",
            en=f"{name} has no 'grants'; give a package of 360Giving ({{\"grants\": [...]}}), or a CSV with its columns.",
        )


def _in_sheets(path: Path) -> Iterator[_Found]:
    sheets = table_files.opened([path])
    columns = [_columns(sheet) for sheet in sheets]
    if not any(columns):
        raise LoadError(
            nl=f"{path.name} heeft geen kolom zoals 'Recipient Org:Identifier' of 'Recipient Org:Name'; is het van 360Giving?",
            en=f"{path.name} has no column such as 'Recipient Org:Identifier' or 'Recipient Org:Name'; is it of 360Giving?",
        )
    for sheet, names in zip(sheets, columns, strict=True):
        if not names:
            yield sheet.name, Where(sheet.file, 1, sheet.name), {}
            continue
        rows = sheet.read()
        _, header = next(rows)
        titles = {part: str(title) for (part, _, _), title in reversed([*zip(names, header, strict=True)])}
        for number, cells in rows:
            yield _of_row(names, cells), Where(sheet.file, number, sheet.name), {**_COLUMNS, **titles}


_Columns = list[tuple[str, str, str]]  # of each column the part, which one of several, and its attribute


def _columns(sheet: Sheet) -> _Columns:
    """Return what the columns of a sheet are; nothing if it has none for recipients."""
    _, header = next(sheet.read(), (0, []))
    columns = [_column(str(title)) for title in header]
    return columns if {RECIPIENT, INDIVIDUAL}.intersection(part for part, _, _ in columns) else []


def _column(title: str) -> tuple[str, str, str]:
    """Return what a column is.

    >>> _column("Recipient Org:1:Name"), _column("recipientOrganization/0/id"), _column("Award Date")
    (('recipientOrganization', '1', 'Name'), ('recipientOrganization', '0', 'id'), ('', '', 'Award Date'))
    >>> _column("Recipient Org:Location:1:Name")
    ('recipientOrganization', '0', 'Location:Name')
    """
    steps = [step.strip() for step in re.split("[:/]", title.strip())]
    part = _PARTS.get(fold(steps[0]))
    names = [step for step in steps if not step.isdigit()]
    if part is None:
        return "", "", ":".join(names)
    place = steps[1] if len(steps) > 1 and steps[1].isdigit() else "0"
    return part, place, ":".join(names[1:])


def _of_row(columns: _Columns, cells: Cells) -> dict[str, Any]:
    """Return a row as the grant that it would be in JSON."""
    grant: dict[str, Any] = {}
    inner: dict[tuple[str, str], dict[str, Cell]] = {}
    for (part, place, name), value in zip(columns, cells, strict=False):
        if empty(value):
            continue
        if part:
            inner.setdefault((part, place), {}).setdefault(name, value)
        else:
            grant.setdefault(name, _number(value) if name.lower().startswith("amount") else value)
    for (part, _), said in inner.items():
        grant.setdefault(part, []).append(said)
    return grant


def _number(value: Cell) -> Cell:
    """Return an amount: the standard has a point before decimals."""
    plain = value.strip() if isinstance(value, str) else ""
    return float(plain) if _NUMBER.fullmatch(plain) else value
