"""Rows of a spreadsheet: what becomes of each. It is accepted, or rejected with all its faults, or set apart for a reason."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Mapping as ReadOnly
from dataclasses import dataclass

from graph.errors import BadInputError
from graph.ledger import Ledger
from graph.reading import Fault, Row, Where
from graph.records import OfferRecord, TieRecord
from loaders.table_actors import Actors
from loaders.table_between import Between, Says
from loaders.table_cells import Broken, Cell, Cells, Sheet, empty
from loaders.table_columns import Values
from loaders.table_header import Header, below
from loaders.table_mapping import Mapping
from loaders.table_role import Reader, in_order
from loaders.table_telling import Told, of_several, tell, to_itself
from loaders.table_ties import Offer, Tie, Wrong, kept, picker
from loaders.table_values import name
from loaders.table_words import addressed, initialled, nobody, sums

PART = 50_000  # rows after which their actors are given out, then what is said between them
MANY = 300_000  # cells of roles that are kept in mind


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet, the header that was found in it, what its columns mean, and what its records cite."""

    sheet: Sheet
    header: Header
    mapping: Mapping
    cites: str


class Memory:
    """What is remembered from row to row: actors, whole rows, and what was said of them."""

    def __init__(self, ledger: Ledger, *, several: bool) -> None:
        """Begin with nothing; `several`: there are tables with other columns than each other."""
        self.ledger = ledger
        self.actors = Actors(ledger, by_name_alone=several)
        self.rows: dict[int, set[int]] = defaultdict(set)  # hashes, by mapping
        self.between = Between(ledger)


@dataclass(slots=True)
class _Cells:
    """What cells of a role say, or why a row with them is set `apart`; and whom they named.

    `nameless`: no cell for a name of the subject says anything; `sums`: it may be that of a line that adds up others. `local` is the id of the actor; `locals` has it by the id of
    the actor in which the name counts, if it counts in one. `more` are others that the same cells name. What was said is let go once it was told: there may be hundreds of
    thousands of these.
    """

    said: Values
    faults: tuple[Fault, ...] = ()
    apart: str = ""
    nameless: bool = False
    sums: bool = False
    local: str | None = None
    locals: dict[str, str] | None = None
    more: tuple["_Cells", ...] = ()


def items(tables: Sequence[Table], ledger: Ledger) -> Iterator[Row | Fault]:
    """Yield all that the rows of these sheets say, and their faults, in parts: actors before what is said of them."""
    memory = Memory(ledger, several=len({id(table.mapping) for table in tables}) > 1)
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
        mapping, manner, header = table.mapping, table.mapping.reading.manner, table.header
        self._rows = memory.rows[id(mapping)]
        self._memory, self._ledger, self._number = memory, memory.ledger, number
        self._width, self._subject, self._cites = len(header.names), mapping.subject, table.cites
        self._readers = {role: Reader(mapping.actors[role], header, mapping, manner) for role in in_order(mapping)}
        self._split = [role for role, reader in self._readers.items() if reader.role.separator]
        self._within = [(role, reader.role.within) for role, reader in self._readers.items()]
        self._columns = {role: reader.by_field() for role, reader in self._readers.items()}
        self._looks: list[tuple[str, Callable[[Cells], object], dict[object, _Cells]]] = [
            (role, picker(reader.places), {}) for role, reader in self._readers.items()
        ]
        self._ties = [Tie(rule, header, mapping, manner, table.cites) for rule in mapping.ties]
        self._gifts = [tie for tie in self._ties if tie.has_amount]
        for tie in self._gifts if len(self._gifts) > 1 else ():
            tie.one_of_several()
        self._between = [(tie.rule.source, tie.rule.target) for tie in self._ties]
        self._offers = [Offer(rule, header, mapping, manner, table.cites) for rule in mapping.offers]
        self._names = [one.place for one in self._readers[self._subject].columns if one.field == "name"]

    def row(self, where: Where, cells: Cells, pending: list[Row]) -> list[Fault]:
        """Take a row: add what it says to `pending`, or count it as set apart, or return its faults."""
        self._ledger.row()
        if len(cells) < self._width:
            cells = cells + [""] * (self._width - len(cells))
        whole = hash(tuple(cells))
        roles = {
            role: seen.get(key := pick(cells)) or kept(seen, key, self._look(role, cells, where), MANY)
            for role, pick, seen in self._looks
        }
        subject = roles[self._subject]
        if reason := subject.apart or self._apart(subject, cells, whole):
            self._ledger.apart(reason)
            return []
        faults = self._wrong(roles, cells, where)
        said, offered = self._about(cells, where, faults)
        ends = {} if faults else self._ends(roles, where)
        told = [] if faults else self._told(ends, said)
        if self._split and not faults:
            more = self._of_more(roles, ends, said, where)
            faults, told = of_several(told, more, where), [*told, *more]
        if not faults:
            faults = to_itself(told, where)
        if faults:
            return self._rejected(faults, where, cells)
        self._rows.add(whole)
        before, old = len(pending), tell(told, self._memory.between, self._number, where, pending)
        pending += self._offered(ends, offered, where)
        if old and len(pending) == before:
            self._ledger.apart("doubled")
        return []

    # -- what keeps a row from being taken

    def _apart(self, subject: _Cells, cells: Cells, whole: int) -> str:
        """Return why a row is set apart, but for its name; empty if it is not."""
        if (subject.nameless or subject.sums) and self._adds_up(cells):
            return "total"
        told = [tie.no_gift(cells) for tie in self._gifts]
        if told and all(told) and (reason := next((why for why in ("back", "zero") if why in told), "")):
            return reason
        return "doubled" if whole in self._rows else ""

    @staticmethod
    def _adds_up(cells: Cells) -> bool:
        """Return whether a row begins with a word for adding up, and has no more words."""
        first, *more = [cell for cell in cells if isinstance(cell, str) and re.search(r"[^\W\d_]", cell)] or [""]
        return not more and (nobody(first) == "total" or sums(first))

    def _wrong(self, roles: ReadOnly[str, _Cells], cells: Cells, where: Where) -> list[Fault]:
        """Return what is wrong with the cells of roles, and with their number."""
        faults: list[Fault] = []
        for known in roles.values():
            faults += known.faults
        if len(cells) <= self._width or all(map(empty, cells[self._width :])):
            return faults
        nl = f"heeft {len(cells)} cellen, de kop heeft er {self._width}; kijk naar scheidingstekens en aanhalingstekens"
        en = f"has {len(cells)} cells, the header has {self._width}; look at separators and quotes"
        return [*faults, Fault(where, "", nl, en)]

    def _rejected(self, faults: list[Fault], where: Where, cells: Cells) -> list[Fault]:
        """Return the faults of a row, each with its place and the cells as they were, one a column."""
        self._ledger.reject()
        kept = tuple(_plain(cell) for cell in cells)
        by_column = {(fault.column, fault.nl): fault for fault in faults}
        return [Fault(where, fault.column, fault.nl, fault.en, kept) for fault in by_column.values()]

    # -- whom a row names

    def _look(self, role: str, cells: Cells, where: Where) -> _Cells:
        """Return what the cells of a role say."""
        each = [self._looked_at(role, one, where) for one in self._readers[role].each(cells)]
        found = each[0]
        if len(each) > 1:
            found.more, found.faults = tuple(each[1:]), tuple(fault for one in each for fault in one.faults)
        if role == self._subject:
            named = [cells[place] for place in self._names]
            found.nameless = all(map(empty, named))
            found.sums = bool(self._gifts) and any(isinstance(cell, str) and sums(cell) for cell in named)
        return found

    def _looked_at(self, role: str, cells: Cells, where: Where) -> _Cells:
        reader, is_subject = self._readers[role], role == self._subject
        named = [cells[place] for place in self._names] if is_subject else []
        if reason := next((reason for cell in named if isinstance(cell, str) and (reason := nobody(cell))), ""):
            return _Cells({}, apart=reason)
        if reader.of_organisations and any(isinstance(cell, str) and addressed(cell) for cell in named):
            return _Cells({}, apart="person")
        values, problems = reader.read(cells)
        if is_subject and not values and not problems:
            problems = (reader.nameless,)
        if problems:
            return _Cells({}, tuple(Fault(where, *problem) for problem in problems))
        if not is_subject and values and self._is_nobody(reader, str(values["name"])):
            return _Cells({})
        wrong = self._memory.actors.wrong(values, self._cites, where, self._columns[role]) if values else ()
        if values and reader.of_organisations and initialled(str(values["name"])):
            self._ledger.note("initials", (f"{where.text('nl')}: kijk dit na.", f"{where.text('en')}: look this over."))
        return _Cells(values, tuple(wrong))

    @staticmethod
    def _is_nobody(reader: Reader, named: str) -> bool:
        return bool(nobody(named)) or (reader.of_organisations and addressed(named))

    def _ends(self, roles: ReadOnly[str, _Cells], where: Where) -> dict[str, str]:
        """Return the ids of the actors of a row by role; empty for a role that names nobody here."""
        ends: dict[str, str] = {}
        for role, within_role in self._within:
            known, within = roles[role], ends.get(within_role)
            if within:
                ends[role] = self._named_within(known, within, where)
                continue
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
    ) -> tuple[list[Says | None], list[OfferRecord | None]]:
        """Return what the row says in its ties and offers, whomever they are of; add what is wrong to `faults`."""
        ties: list[Says | None] = []
        offers: list[OfferRecord | None] = []
        for tie in self._ties:
            try:
                there = tie.always or tie.holds(cells, where)
                ties.append(tie.said(cells, where) if there else None)
                if not there and tie.has_amount and tie.no_gift(cells) == "back":
                    self._ledger.note("returned", (f"{where.text('nl')}.", f"{where.text('en')}."))
            except Wrong as wrong:
                faults += wrong.faults
        for offer in self._offers:
            try:
                offers.append(offer.said(cells, where))
            except Wrong as wrong:
                faults += wrong.faults
        return ties, offers

    def _told(self, ends: ReadOnly[str, str], said: Sequence[Says | None]) -> list[Told]:
        """Return the ties that a row says, with whom each is between."""
        each = zip(self._ties, self._between, said, strict=True)
        return [
            (tie, (ends.get(source, source), ends.get(target, target)), says)
            for tie, (source, target), says in each
            if says is not None
        ]

    def _of_more(
        self, roles: ReadOnly[str, _Cells], ends: dict[str, str], said: Sequence[Says | None], where: Where
    ) -> list[Told]:
        """Return the ties of those that a cell names besides the first."""
        found: list[Told] = []
        for role in self._split:
            for other in roles[role].more:
                if other.local is None:
                    other.local = self._named(other.said, "", where)
                told = self._told(ends | {role: other.local}, said)
                found += [one for one in told if role in (one[0].rule.source, one[0].rule.target)]
        return found

    def _offered(self, ends: ReadOnly[str, str], said: list[OfferRecord | None], where: Where) -> list[Row]:
        found: list[Row] = []
        if not self._offers:  # as it is with nearly every mapping
            return found
        for offer, record in zip(self._offers, said, strict=True):
            name = ends.get(offer.rule.actor, offer.rule.actor)
            if record and name and self._memory.between.first(record, name):
                found.append(Row(record, where, (), (name,)))
        return found


def _plain(cell: Cell) -> str:
    """Return a cell for a file of rows to mend."""
    if isinstance(cell, str):
        return str(cell) if isinstance(cell, Broken) else cell
    try:
        return name(cell)
    except BadInputError:
        return str(cell)
