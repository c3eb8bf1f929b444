"""Rows of a spreadsheet: what becomes of each. It is accepted, or rejected with all its faults, or set apart for a reason."""

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as ReadOnly
from dataclasses import dataclass

from graph.errors import BadInputError
from graph.ledger import Ledger, Words
from graph.reading import Fault, Row, Where
from graph.records import OfferRecord, TieRecord
from loaders.table_actors import Actors
from loaders.table_between import Between
from loaders.table_cells import Broken, Cell, Cells, Sheet, empty
from loaders.table_columns import Values
from loaders.table_header import Header, below
from loaders.table_mapping import Mapping
from loaders.table_role import Reader
from loaders.table_ties import Offer, Tie, Wrong, picker
from loaders.table_values import Manner, name
from loaders.table_words import nobody

PART = 50_000  # rows after which their actors are given out, then what is said between them
MANY = 300_000  # cells of roles that are kept in mind
REASONS: ReadOnly[str, Words] = {
    "nobody": ("noemen niemand (zoals 'particulier')", "name nobody (such as 'particulier')"),
    "zero": (
        "hebben een bedrag van nul: een aanvraag, geen subsidie",
        "have an amount of zero: an application, no grant",
    ),
    "back": ("hebben een negatief bedrag: geld dat terugging", "have a negative amount: money that went back"),
    "doubled": ("zeggen wat een andere rij al zegt", "say what another row says already"),
    "total": ("tellen andere rijen op", "add up other rows"),
}
NOTES: ReadOnly[str, Words] = {
    "differing": ("spreken een eerdere rij tegen", "contradict an earlier row"),
    "personal": ("persoonlijke adressen zijn niet bewaard", "personal addresses were not kept"),
    "unread": ("kolommen of bladen zijn niet gelezen", "columns or sheets were not read"),
}


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet, the header that was found in it, and what its records cite."""

    sheet: Sheet
    header: Header
    cites: str


class Memory:
    """What is remembered from row to row: actors, whole rows, and what was said of them."""

    def __init__(self, mapping: Mapping, ledger: Ledger) -> None:
        """Begin with nothing."""
        self.mapping, self.ledger = mapping, ledger
        manners = mapping.reading
        self.manner = Manner(manners.decimal if manners.decimal in ",." else "", manners.dates, manners.unit)
        self.actors = Actors(ledger)
        self.rows: set[int] = set()  # hashes
        self.between = Between(ledger)


@dataclass(slots=True)
class _Cells:
    """What cells of a role say, or why a row with them is set `apart`; and whom they named.

    `local` is the id of the actor; `locals` has it by the id of the actor in which the name counts, if it counts in one.
    What was said is let go once it was told: there may be hundreds of thousands of these.
    """

    said: Values
    faults: tuple[Fault, ...] = ()
    apart: str = ""
    local: str | None = None
    locals: dict[str, str] | None = None


def items(tables: Iterable[Table], mapping: Mapping, ledger: Ledger) -> Iterator[Row | Fault]:
    """Yield all that the rows of these sheets say, and their faults, in parts: actors before what is said of them."""
    memory = Memory(mapping, ledger)
    pending: list[Row] = []
    for number, table in enumerate(tables):
        reader = SheetReader(memory, number, table)
        for count, (row, cells) in enumerate(below(table.sheet, table.header), start=1):
            yield from reader.row(Where(table.sheet.file, row, table.sheet.name), cells, pending)
            if count % PART == 0:
                yield from _part(memory, pending)
    yield from _part(memory, pending)


def _part(memory: Memory, pending: list[Row]) -> Iterator[Row]:
    yield from memory.actors.take()
    yield from (row for row in pending if isinstance(row.says, TieRecord))
    yield from (row for row in pending if isinstance(row.says, OfferRecord))
    pending.clear()


class SheetReader:
    """Reads the rows of one sheet."""

    def __init__(self, memory: Memory, number: int, table: Table) -> None:
        """Prepare for the header of the sheet, the `number`-th that is read."""
        mapping, manner, header = memory.mapping, memory.manner, table.header
        self._memory, self._ledger, self._number = memory, memory.ledger, number
        self._width, self._subject, self._cites = len(header.names), mapping.subject, table.cites
        self._readers = {role: Reader(mapping.actors[role], header, mapping, manner) for role in _order(mapping)}
        self._picks = {role: picker(reader.places) for role, reader in self._readers.items()}
        self._columns = {role: reader.by_field() for role, reader in self._readers.items()}
        self._seen: dict[str, dict[object, _Cells]] = {role: {} for role in self._readers}
        self._ties = [Tie(rule, header, mapping, manner, table.cites) for rule in mapping.ties]
        self._offers = [Offer(rule, header, mapping, manner, table.cites) for rule in mapping.offers]
        self._names = [one.place for one in self._readers[self._subject].columns if one.field == "name"]
        self._zero_apart = mapping.reading.zero == "apart"

    def row(self, where: Where, cells: Cells, pending: list[Row]) -> list[Fault]:
        """Take a row: add what it says to `pending`, or count it as set apart, or return its faults."""
        self._ledger.row()
        if len(cells) < self._width:
            cells = cells + [""] * (self._width - len(cells))
        whole = hash(tuple(cells))
        roles = {role: self._said(role, cells, where) for role in self._readers}
        if reason := roles[self._subject].apart or self._apart(cells, whole):
            self._ledger.apart(reason)
            return []
        faults = [fault for said in roles.values() for fault in said.faults]
        faults += self._too_wide(where, cells)
        said, offered = self._about(cells, where, faults)
        if not faults:
            ends = self._ends(roles, where)
            faults += self._self_ties(ends, where)
        if faults:
            return self._rejected(faults, where, cells)
        self._memory.rows.add(whole)
        found, old = self._between(ends, said, where)
        found += self._offered(ends, offered, where)
        if old and not found:
            self._ledger.apart("doubled")
        pending += found
        return []

    # -- what keeps a row from being taken

    def _apart(self, cells: Cells, whole: int) -> str:
        """Return why a row is set apart, but for its name; empty if it is not."""
        if all(empty(cells[place]) for place in self._names):
            first = next((cell for cell in cells if not empty(cell)), "")
            if isinstance(first, str) and nobody(first) == "total":
                return "total"
        for tie in self._ties:
            if (reason := tie.no_gift(cells)) and (reason == "back" or self._zero_apart):
                return reason
        return "doubled" if whole in self._memory.rows else ""

    def _too_wide(self, where: Where, cells: Cells) -> list[Fault]:
        if len(cells) <= self._width or all(map(empty, cells[self._width :])):
            return []
        nl = f"heeft {len(cells)} cellen, de kop heeft er {self._width}; kijk naar scheidingstekens en aanhalingstekens"
        en = f"has {len(cells)} cells, the header has {self._width}; look at separators and quotes"
        return [Fault(where, "", nl, en)]

    def _rejected(self, faults: list[Fault], where: Where, cells: Cells) -> list[Fault]:
        """Return the faults of a row, each with its place and the cells as they were, one a column."""
        self._ledger.reject()
        kept = tuple(_plain(cell) for cell in cells)
        by_column = {(fault.column, fault.nl): fault for fault in faults}
        return [Fault(where, fault.column, fault.nl, fault.en, kept) for fault in by_column.values()]

    # -- whom a row names

    def _said(self, role: str, cells: Cells, where: Where) -> _Cells:
        """Return what the cells of a role say, looked at once."""
        key, seen = self._picks[role](cells), self._seen[role]
        found = seen.get(key)
        if found is None:
            if len(seen) >= MANY:
                seen.clear()
            seen[key] = found = self._looked_at(role, cells, where)
        return found

    def _looked_at(self, role: str, cells: Cells, where: Where) -> _Cells:
        reader, is_subject = self._readers[role], role == self._subject
        named = [cells[place] for place in self._names] if is_subject else []
        if reason := next((reason for cell in named if isinstance(cell, str) and (reason := nobody(cell))), ""):
            return _Cells({}, apart=reason)
        values, problems = reader.read(cells)
        if is_subject and not values and not problems:
            problems = (reader.nameless,)
        if problems:
            return _Cells({}, tuple(Fault(where, *problem) for problem in problems))
        if not is_subject and values and nobody(str(values["name"])):
            return _Cells({})
        wrong = self._memory.actors.wrong(values, self._cites, where, self._columns[role]) if values else ()
        return _Cells(values, tuple(wrong))

    def _ends(self, roles: ReadOnly[str, _Cells], where: Where) -> dict[str, str]:
        """Return the ids of the actors of a row by role; empty for a role that names nobody here."""
        ends: dict[str, str] = {}
        for role, known in roles.items():
            within = ends.get(self._readers[role].role.within)
            if within:
                ends[role] = self._named_within(known, within, where)
            else:
                if known.local is None:
                    known.local = self._named(known.said, "", where)
                    known.said = {} if within is None else known.said
                ends[role] = known.local
        return ends

    def _named_within(self, known: _Cells, within: str, where: Where) -> str:
        if known.locals is None:
            known.locals = {}
        if within not in known.locals:
            known.locals[within] = self._named(known.said, within, where)
        return known.locals[within]

    def _named(self, said: Values, within: str, where: Where) -> str:
        return self._memory.actors.named(said, within, self._cites, where) if said else ""

    # -- what it says between them

    def _about(
        self, cells: Cells, where: Where, faults: list[Fault]
    ) -> tuple[list[TieRecord], list[OfferRecord | None]]:
        """Return what the row says in its ties and offers, whomever they are of; add what is wrong to `faults`."""
        ties: list[TieRecord] = []
        offers: list[OfferRecord | None] = []
        for tie in self._ties:
            try:
                ties.append(tie.said(cells, where))
            except Wrong as wrong:
                faults += wrong.faults
        for offer in self._offers:
            try:
                offers.append(offer.said(cells, where))
            except Wrong as wrong:
                faults += wrong.faults
        return ties, offers

    def _self_ties(self, ends: ReadOnly[str, str], where: Where) -> list[Fault]:
        faults = []
        for tie in self._ties:
            source, target = ends.get(tie.rule.source, tie.rule.source), ends.get(tie.rule.target, tie.rule.target)
            if source and source == target:
                nl = f"{tie.rule.source} en {tie.rule.target} zijn dezelfde; een band met zichzelf is geen band"
                en = f"{tie.rule.source} and {tie.rule.target} are the same; a tie to itself is no tie"
                faults.append(Fault(where, "", nl, en))
        return faults

    def _between(self, ends: ReadOnly[str, str], said: list[TieRecord], where: Where) -> tuple[list[Row], bool]:
        """Return the ties of a row that no row said before, and whether one that repeats was said by another sheet."""
        found: list[Row] = []
        old = False
        for tie, record in zip(self._ties, said, strict=True):
            names = ends.get(tie.rule.source, tie.rule.source), ends.get(tie.rule.target, tie.rule.target)
            if not all(names):
                continue
            if tie.repeatable:
                told, before = self._memory.between.again(record, names, self._number)
                old |= before
            else:
                told = self._memory.between.once(record, names, where, symmetric=tie.symmetric)
            if told:
                found.append(Row(told, where, (), names))
        return found, old

    def _offered(self, ends: ReadOnly[str, str], said: list[OfferRecord | None], where: Where) -> list[Row]:
        found = []
        for offer, record in zip(self._offers, said, strict=True):
            name = ends.get(offer.rule.actor, offer.rule.actor)
            if record and name and self._memory.between.first(record, name):
                found.append(Row(record, where, (), (name,)))
        return found


def _order(mapping: Mapping) -> list[str]:
    """Return the roles so that those in which names count come before them."""
    order: list[str] = []

    def add(role: str, under: tuple[str, ...]) -> None:
        within = mapping.actors[role].within
        if within and within not in (*order, *under):
            add(within, (*under, role))
        if role not in order:
            order.append(role)

    for role in mapping.actors:
        add(role, ())
    return order


def _plain(cell: Cell) -> str:
    """Return a cell for a file of rows to mend."""
    if isinstance(cell, str):
        return str(cell) if isinstance(cell, Broken) else cell
    try:
        return name(cell)
    except BadInputError:
        return str(cell)
