"""Rows of a spreadsheet: what becomes of each. It is accepted, or rejected with all its faults, or set apart for a reason."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from graph.ledger import Ledger
from graph.reading import Fault, Row, Where
from graph.records import OfferRecord
from loaders.table_actors import Actors
from loaders.table_between import Between, Says
from loaders.table_body import body, is_alone, of_several_cells
from loaders.table_by_sheet import of_sheet
from loaders.table_cells import Cells, Sheet, empty
from loaders.table_columns import Values
from loaders.table_header import Header
from loaders.table_look import Found, Look
from loaders.table_mapping import Mapping, TieRule
from loaders.table_personal import free_columns
from loaders.table_relations import Kinds, persons
from loaders.table_relations import said as kinds_said
from loaders.table_role import Reader, in_order
from loaders.table_telling import Told, of_several, tell, tell_bare, tell_hidden, tell_left_out, tell_under, to_itself
from loaders.table_ties import Offer, Tie, Wrong
from loaders.table_values import as_written
from loaders.table_words import adds_up

Said: TypeAlias = tuple[Tie, Says]  # a tie that a row says, and what it says of it
_COUNTED = re.compile(r"[^\w/]*\d[\d.,' ]*[^\w/]*")  # a number, and no date
PART = 50_000  # rows after which their actors are given out, then what is said between them


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet, the header that was found in it, what its columns mean, and what its records cite."""

    sheet: Sheet
    header: Header
    mapping: Mapping
    cites: str = ""


class Memory:
    """What is remembered from row to row: actors, whole rows, and what was said of them."""

    def __init__(self, ledger: Ledger, *, several: bool) -> None:
        """Begin with nothing; `several`: there are tables with other columns than each other."""
        self.ledger = ledger
        self.actors = Actors(ledger, by_name_alone=several)
        self.rows: dict[int, set[int]] = defaultdict(set)  # hashes, by mapping, or by sheet where its name says more
        self.between = Between(ledger)
        self.ties, self.offers = list[Row](), list[Row]()  # since the last `take`

    def take(self) -> Iterator[Row]:
        """Give out what was said since the last time: actors, then ties and offers between them."""
        yield from self.actors.take()
        yield from self.actors.called(self.ties)
        yield from self.actors.called(self.offers)
        self.ties, self.offers = [], []


def items(tables: Sequence[Table], ledger: Ledger) -> Iterator[Row | Fault]:
    """Yield all that the rows of these sheets say, and their faults, in parts: actors before what is said of them."""
    memory = Memory(ledger, several=len({id(table.mapping) for table in tables}) > 1)
    for table in tables:
        rows = (cells for _, cells, why in body(table.sheet, table.header) if not why)
        memory.actors.persons |= persons(table.header, table.mapping, rows)
    for number, table in enumerate(tables):
        yield from _of_sheet(memory, SheetReader(memory, number, table), table)
    yield from memory.take()
    memory.actors.several.tell()


def _of_sheet(memory: Memory, reader: "SheetReader", table: Table) -> Iterator[Row | Fault]:
    """Yield what the rows of a sheet say, and their faults; then tell what is odd about some of them."""
    sheet, ledger = table.sheet, memory.ledger
    file, name = sheet.file, sheet.name
    count, hidden, under = 0, 0, list[int]()
    for count, (row, cells, why) in enumerate(body(sheet, table.header), start=1):
        if why:
            under.append(row)
            ledger.row()
            ledger.apart(why)
        else:
            yield from reader.row(Where(file, row, name), cells)
        if count % PART == 0:
            yield from memory.take()
        hidden += row in sheet.hidden_rows
    tell_hidden(ledger, sheet, hidden)
    tell_under(ledger, sheet, under)
    if reader.bare and not reader.headed and of_several_cells(sheet, table.header):
        tell_bare(ledger, reader.bare, count)


class SheetReader:
    """Reads the rows of one sheet."""

    def __init__(self, memory: Memory, number: int, table: Table) -> None:
        """Prepare for the header of the sheet, the `number`-th that is read."""
        mapping, manner, header = of_sheet(table.mapping, table.sheet), table.mapping.reading.manner, table.header
        self._rows = memory.rows[id(mapping if mapping is table.mapping else table.sheet)]
        self._memory, self._ledger, self._number = memory, memory.ledger, number
        self._width, self._cites = len(header.names), table.cites
        roles = in_order(mapping)
        self._roles, self._at = roles, roles.index(mapping.subject)
        readers = [Reader(mapping.actors[role], header, mapping, manner) for role in roles]
        self._split = [place for place, reader in enumerate(readers) if reader.role.separator]
        self._within = [_place(reader.role.within, roles[:place]) for place, reader in enumerate(readers)]
        adds_up = any("amount" in rule.column for rule in mapping.ties)
        looks = [
            Look(reader, memory.actors, memory.ledger, table.cites, subject=place == self._at, adds_up=adds_up)
            for place, reader in enumerate(readers)
        ]
        self.bare = looks[self._at].bare
        self._looks = [(look.pick, look.seen, look.fresh) for look in looks]
        self._offers = [Offer(rule, header, mapping, manner, table.cites) for rule in mapping.offers]
        named = [name for rule in mapping.ties for name in (rule.source, rule.target)] + [
            rule.actor for rule in mapping.offers
        ]
        self._elsewhere = [name for name in dict.fromkeys(named) if name not in roles]  # as ends behind those of roles
        ends = [*roles, *self._elsewhere]
        self._of = [ends.index(rule.actor) for rule in mapping.offers]

        def tie(rule: TieRule) -> Tie:
            made = Tie(rule, header, mapping, manner, table.cites)
            made.between = ends.index(rule.source), ends.index(rule.target)
            return made

        self._free = free_columns(mapping, header)
        self._ties = [tie(rule) for rule in mapping.ties if "kind" not in rule.column]
        self._kinds = [Kinds(rule, header, mapping, tie) for rule in mapping.ties if "kind" in rule.column]
        self._gifts = [one for one in self._ties if one.has_amount]
        self._amounts = {place for one in self._gifts for place in one.amounts}
        self._read = {header.place(column) for column in mapping.columns()}
        for one in self._gifts if len(self._gifts) > 1 else ():
            one.one_of_several()
        # In a list of gifts a name alone tells of none: it heads the rows below.
        self.headed = bool(self._gifts) and of_several_cells(table.sheet, table.header)

    def row(self, where: Where, cells: Cells) -> Sequence[Fault]:
        """Take a row: keep in memory what it says, or count it as set apart, or return its faults."""
        self._ledger.row()
        if len(cells) < self._width:
            cells = cells + [""] * (self._width - len(cells))
        whole = hash(tuple(cells))
        roles = [seen.get(key := pick(cells)) or fresh(key, cells, where) for pick, seen, fresh in self._looks]
        subject = roles[self._at]
        ties, gifts, why, faults = (
            self._of_row(roles, cells, where) if self._kinds else (self._ties, self._gifts, "", [])
        )
        if reason := subject.apart or self._apart(subject, cells, whole, gifts) or why:
            self._ledger.apart(reason)
            return ()
        faults += self._wrong(roles, cells, where)
        said, offered = self._about(ties, cells, where, faults)
        if faults:
            return self._rejected(faults, where, cells)
        ends = self._ends(roles, where)
        told = self._told(ends, said)
        if self._split:
            more = self._of_more(roles, ends, said, where)
            faults, told = of_several(told, more, where), [*told, *more]
        if faults := faults or to_itself(told, where):
            return self._rejected(faults, where, cells)
        self._rows.add(whole)
        tell_left_out(self._ledger, self._free, cells, where)
        pending = self._memory.ties
        before, old = len(pending), tell(told, self._memory.between, self._number, where, pending)
        offers = self._offered(ends, offered, where) if offered else ()
        self._memory.offers += offers
        if old and len(pending) == before and not offers:
            self._ledger.apart("doubled")
        return ()

    # -- what keeps a row from being taken

    def _of_row(
        self, roles: Sequence[Found], cells: Cells, where: Where
    ) -> tuple[Sequence[Tie], Sequence[Tie], str, list[Fault]]:
        """Return the ties of a row that tells of what kind they are, those that are gifts, why it says none, and what is wrong."""
        try:
            found, why = kinds_said(self._kinds, dict(zip(self._roles, roles, strict=True)), cells, where)
        except Wrong as wrong:
            return self._ties, self._gifts, "", [*wrong.faults]
        ties = [*self._ties, *found]
        gifts = [*self._gifts, *(tie for tie in found if tie.has_amount and tie.repeatable)]
        if not self._split:
            why = why or next((known.apart for known in roles if known.apart), "")
        return ties, gifts, "" if self._ties or self._offers else why, []

    def _apart(self, subject: Found, cells: Cells, whole: int, gifts: Sequence[Tie]) -> str:
        """Return why a row is set apart, but for its name; empty if it is not."""
        if (subject.nameless or subject.sums) and (adds_up(cells) or self._is_amount(cells)):
            return "total"
        if self.headed and is_alone(cells) and (subject.said or subject.local):
            return "heading"
        told = [tie.no_gift(cells) for tie in gifts]
        if told and all(told) and (reason := next((why for why in ("back", "zero") if why in told), "")):
            return reason
        return "doubled" if whole in self._rows else ""

    def _is_amount(self, cells: Cells) -> bool:
        """Return whether a row says amounts and nothing else, but for numbers in columns that are not read."""
        said = {place: cell for place, cell in enumerate(cells) if not empty(cell)}
        others = said.keys() - self._amounts
        return len(others) < len(said) and all(
            place not in self._read and _COUNTED.fullmatch(str(said[place])) for place in others
        )

    def _wrong(self, roles: Sequence[Found], cells: Cells, where: Where) -> list[Fault]:
        """Return what is wrong with the cells of roles, and with their number."""
        faults: list[Fault] = []
        for known in roles:
            if known.faults:
                faults += known.faults
        if len(cells) <= self._width or all(map(empty, cells[self._width :])):
            return faults
        nl = f"heeft {len(cells)} cellen, de kop heeft er {self._width}; kijk naar scheidingstekens en aanhalingstekens"
        en = f"has {len(cells)} cells, the header has {self._width}; look at separators and quotes"
        return [*faults, Fault(where, "", nl, en)]

    def _rejected(self, faults: list[Fault], where: Where, cells: Cells) -> list[Fault]:
        """Return the faults of a row, each with its place and the cells as they were, one a column."""
        self._ledger.reject()
        kept = tuple(as_written(cell) for cell in cells)
        by_column = {(fault.column, fault.nl): fault for fault in faults}
        return [Fault(where, fault.column, fault.nl, fault.en, kept) for fault in by_column.values()]

    # -- whom a row names

    def _ends(self, roles: Sequence[Found], where: Where) -> list[str]:
        """Return the ids of the actors of a row by place of their role, empty for one that names nobody here; then those elsewhere."""
        ends: list[str] = []
        for known, place in zip(roles, self._within, strict=True):
            if within := ends[place] if place >= 0 else "":
                ends.append(self._named_within(known, within, where))
                continue
            if known.local is None:
                known.local = self._named(known.said, "", where)
                known.said = {} if place < 0 else known.said
            ends.append(known.local)
        return ends + self._elsewhere

    def _named_within(self, known: Found, within: str, where: Where) -> str:
        if known.locals is None:
            known.locals = {}
        if within not in known.locals:
            known.locals[within] = self._named(known.said, within, where)
        return known.locals[within]

    def _named(self, said: Values, within: str, where: Where) -> str:
        return self._memory.actors.named(said, within, self._cites, where) if said else ""

    # -- what it says between them

    def _about(
        self, ties: Sequence[Tie], cells: Cells, where: Where, faults: list[Fault]
    ) -> tuple[list[Said], list[OfferRecord | None]]:
        """Return what the row says in its ties and offers, whomever they are of; add what is wrong to `faults`."""
        said: list[Said] = []
        offers: list[OfferRecord | None] = []
        for tie in ties:
            try:
                there = tie.always or tie.holds(cells, where)
                if there:
                    said.append((tie, tie.said(cells, where)))
                if not there and tie.has_amount and tie.no_gift(cells) == "back":
                    self._ledger.note("returned", (f"{where.text('nl')}.", f"{where.text('en')}."))
            except Wrong as wrong:
                faults += wrong.faults
        for offer in self._offers:
            try:
                offers.append(offer.said(cells, where))
            except Wrong as wrong:
                faults += wrong.faults
        return said, offers

    @staticmethod
    def _told(ends: Sequence[str], said: Sequence[Said]) -> list[Told]:
        """Return the ties that a row says, with whom each is between, but for what can only have been said before."""
        found: list[Told] = []
        for tie, says in said:
            source, target = tie.between
            of = ends[source], ends[target]
            if of not in tie.told:
                found.append((tie, of, says))
        return found

    def _of_more(self, roles: Sequence[Found], ends: Sequence[str], said: Sequence[Said], where: Where) -> list[Told]:
        """Return the ties of those that a cell names besides the first."""
        found: list[Told] = []
        for place in self._split:
            of_role = [(tie, says) for tie, says in said if place in tie.between]
            for other in roles[place].more:
                if other.local is None:
                    other.local = self._named(other.said, "", where)
                found += self._told([*ends[:place], other.local, *ends[place + 1 :]], of_role)
        return found

    def _offered(self, ends: Sequence[str], said: Sequence[OfferRecord | None], where: Where) -> list[Row]:
        found: list[Row] = []
        for place, record in zip(self._of, said, strict=True):
            name = ends[place]
            if record and name and self._memory.between.first(record, name):
                found.append(Row(record, where, (), (name,)))
        return found


def _place(role: str, before: Sequence[str]) -> int:
    """Return the place of a role in which names count, -1 if it is not among those that were read before."""
    return before.index(role) if role in before else -1
