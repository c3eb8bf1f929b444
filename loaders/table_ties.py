"""What a row says between its actors: the ties and offers of a mapping, read from the cells of a row."""

from collections.abc import Mapping as ReadOnly
from collections.abc import Sequence

from pydantic import ValidationError

from graph.errors import BadInputError
from graph.fields import MOST_EURO
from graph.reading import Fault, Where, faults_of
from graph.records import OfferRecord, TieRecord
from graph.vocabulary import vocabulary
from loaders import table_codes as codes
from loaders import table_dates
from loaders import table_values as values
from loaders.table_between import Says
from loaders.table_cells import Cell, Cells, empty
from loaders.table_columns import Parse, cited, kept, picker, read, unless_nothing
from loaders.table_header import Header
from loaders.table_mapping import Mapping, OfferRule, TieRule
from loaders.table_personal import free_text
from loaders.table_places import areas
from loaders.table_values import Manner
from loaders.table_words import nothing

MANY = 100_000  # sayings that are kept in mind


class Wrong(Exception):
    """What is wrong with the cells of a tie or an offer."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        """Keep the faults."""
        super().__init__()
        self.faults = faults


class Tie:
    """Reads the cells of one tie of the mapping; ties that say the same share a record."""

    def __init__(self, rule: TieRule, header: Header, mapping: Mapping, manner: Manner, cites: str) -> None:
        """Prepare for the header of a sheet."""
        self.rule, self.kind = rule, vocabulary().tie_kinds.get(rule.kind)
        self.repeatable = bool(self.kind and self.kind.repeatable)
        said = {field: column for field, column in rule.column.items() if field not in ("when", "kind")}
        self._columns = cited(said, header, {**parsers(mapping, manner), "amount": self._read_amount})
        self.always = "when" not in rule.column
        self.between = 0, 0  # places of its ends among those that a row names
        self._zero_is_given = mapping.reading.zero == "keep"
        self._gives = False  # whether it is there only where its amount is one that was given
        self._when = cited({"when": rule.column.get("when", [])}, header, {"when": codes.yes})
        self._pick = picker([one.place for one in self._columns])
        self._pick_rest = picker([one.place for one in self._columns if one.field != "amount"])
        self._fields = {one.field: one.column for one in self._columns}
        self.amounts = [one.place for one in self._columns if one.field == "amount"]
        self._only = self.amounts[0] if len(self.amounts) == 1 else -1
        self.symmetric = bool(self.kind and self.kind.symmetric)
        constant = rule.model_dump(exclude={"column", "source", "target"}, exclude_none=True)
        self._constant = {**constant, "cites": cites, "source": "x", "target": "y"}
        self._manner = manner
        self._worth: tuple[Cell, float] = "", 0.0  # the amount that was read last
        self._known: dict[object, Says] = {}  # by cells
        self.same: Says | None = None  # what each row says, if no column says anything
        self.told: set[tuple[str, str]] = set()  # between whom that was told
        self._rest: dict[object, TieRecord] = {}  # by cells but for an amount that is there

    @property
    def has_amount(self) -> bool:
        """Whether the mapping says where its amount stands, and the column is there."""
        return bool(self.amounts)

    def one_of_several(self) -> None:
        """Be there only where its amount is: rows say in other columns what was given besides."""
        self.always, self._gives = False, True

    def holds(self, cells: Cells, where: Where) -> bool:
        """Return whether a row says the tie: whether the column that says when says yes, and an amount was given if it must be.

        Raises:
            Wrong: It says neither yes nor no.
        """
        if self._gives and self.no_gift(cells):
            return False
        if not self._when:
            return True
        found, problems = read(self._when, cells)
        if problems:
            raise Wrong([Fault(where, *problem) for problem in problems])
        return found.get("when") is True

    def no_gift(self, cells: Cells) -> str:
        """Return why the amount is no gift: `zero`, or `back` for money that went back; empty if it may be one.

        One that is not told may be a gift, unless it is one of several: then it is `none`.
        """
        if empty(cell := cells[self.amounts[0]]):
            return "none" if self._gives else ""
        try:
            value = values.signed(cell, self._manner)
        except BadInputError:
            return "none" if self._gives and nothing(cell) else ""
        self._worth = cell, value
        if value == 0 and self._zero_is_given:
            return ""
        return "" if value > 0 else "zero" if value == 0 else "back"

    def _read_amount(self, cell: Cell) -> float:
        """Return an amount, that was read a moment ago to see whether it is a gift."""
        last, value = self._worth
        return value if cell is last and value >= 0 else values.amount(cell, self._manner)

    def said(self, cells: Cells, where: Where) -> Says:
        """Return what a row says of the tie, whomever it is between.

        Raises:
            Wrong: Cells cannot be read.
        """
        if self.same:
            return self.same
        last, amount = self._worth
        if self._only >= 0 and cells[self._only] is last and 0 <= amount <= MOST_EURO:  # it was read a moment ago
            rest = self._pick_rest(cells)
            if record := self._rest.get(rest):
                return record, float(amount)
            return kept(self._rest, rest, self._record(cells, where), MANY), None
        key = self._pick(cells)
        says = self._known.get(key) or kept(self._known, key, (self._record(cells, where), None), MANY)
        self.same = None if self._columns else says
        return says

    def _record(self, cells: Cells, where: Where) -> TieRecord:
        found, problems = read(self._columns, cells)
        if problems:
            raise Wrong([Fault(where, *problem) for problem in problems])
        try:
            return TieRecord.model_validate(self._constant | found)
        except ValidationError as error:
            raise Wrong(faults_of(error, where, (), self._fields)) from error


class Offer:
    """Reads the cells of one offer of the mapping."""

    def __init__(self, rule: OfferRule, header: Header, mapping: Mapping, manner: Manner, cites: str) -> None:
        """Prepare for the header of a sheet."""
        self.rule = rule
        self._columns = cited(rule.column, header, parsers(mapping, manner))
        self._fields = {one.field: one.column for one in self._columns}
        self._constant = {**rule.model_dump(exclude={"column", "actor"}), "cites": cites, "actor": "x"}

    def said(self, cells: Cells, where: Where) -> OfferRecord | None:
        """Return what a row says of the offer, whoever makes it; None if its help stands in a column that is empty here.

        Raises:
            Wrong: Cells cannot be read.
        """
        found, problems = read(self._columns, cells)
        if problems:
            raise Wrong([Fault(where, *problem) for problem in problems])
        if not self.rule.help and "help" not in found:
            return None
        try:
            return OfferRecord.model_validate(self._constant | found)
        except ValidationError as error:
            raise Wrong(faults_of(error, where, (), self._fields)) from error


def parsers(mapping: Mapping, manner: Manner) -> ReadOnly[str, Parse]:
    """Return how the cells of each field of a tie or an offer are read."""
    own = mapping.words

    def amount(cell: Cell) -> float:
        return values.amount(cell, manner)

    def day(cell: Cell) -> str:
        return table_dates.day(cell, manner)

    return {
        **dict.fromkeys(("amount", "amount_from", "amount_to"), amount),
        **dict.fromkeys(("since", "until", "checked"), day),
        **dict.fromkeys(("ref", "locator"), unless_nothing(values.name)),
        **dict.fromkeys(("role", "window"), unless_nothing(free_text(values.name, mapping.reading))),
        **dict.fromkeys(("note", "conditions"), unless_nothing(free_text(values.text, mapping.reading))),
        "status": lambda cell: codes.word(cell, "status", own),
        "stance": lambda cell: codes.word(cell, "stance", own),
        "help": lambda cell: codes.word(cell, "help", own),
        "themes": lambda cell: codes.words(cell, "theme", own),
        "area": areas,
    }
