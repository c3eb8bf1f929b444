"""What the cells of a role say in one sheet: an actor, what is wrong with them, or why a row with them is set apart."""

from collections.abc import Sequence
from dataclasses import dataclass

from graph.cleaning import same_writing
from graph.ledger import Ledger
from graph.reading import Fault, Where
from loaders.table_actors import Actors
from loaders.table_body import is_alone
from loaders.table_cells import Broken, Cell, Cells, empty
from loaders.table_columns import Values, kept, picker
from loaders.table_role import Reader
from loaders.table_values import has_footnote
from loaders.table_words import addressed, initialled, nobody, sums

MOST_BARE = 1_000  # rows
MANY = 300_000  # cells of a role that are kept in mind


@dataclass(slots=True)
class Found:
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
    more: tuple["Found", ...] = ()

    @property
    def unnamed(self) -> bool:
        """Whether the cells name nobody, and nothing is wrong with that by itself."""
        return not (self.said or self.local or self.locals or self.apart or self.faults)


class Look:
    """Looks at the cells of one role, which many rows have in common: `seen` by what `pick` gives of a row."""

    def __init__(
        self, reader: Reader, actors: Actors, ledger: Ledger, cites: str, *, subject: bool, adds_up: bool
    ) -> None:
        """Look by this reader, at whom a row is about if it is the `subject`; `adds_up`: lines may add up others."""
        self.pick, self.seen = picker(reader.places), dict[object, Found]()
        self._reader, self._actors, self._ledger, self._cites, self._subject = reader, actors, ledger, cites, subject
        self._adds_up = adds_up
        self.bare: list[Where] = []  # rows that say nothing but a name
        self._named = [one.place for one in reader.columns if one.field == "name"]
        self._headings = [one.column for one in reader.columns if one.field == "name"]
        self._columns = reader.by_field()

    def fresh(self, key: object, cells: Cells, where: Where) -> Found:
        """Return what the cells of a row say that have not been seen yet, and keep it."""
        each = [self._at(one, where) for one in self._reader.each(cells)]
        found = each[0]
        if len(each) > 1:
            found.more, found.faults = tuple(each[1:]), tuple(fault for one in each for fault in one.faults)
        if self._subject:
            named = [cells[place] for place in self._named]
            found.nameless = not found.said and all(map(empty, named))
            if found.said and len(self.bare) < MOST_BARE and is_alone(cells):
                self.bare.append(where)
            found.sums = self._adds_up and any(isinstance(cell, str) and sums(cell) for cell in named)
        return kept(self.seen, key, found, MANY)

    def _at(self, cells: Cells, where: Where) -> Found:
        reader = self._reader
        if self._subject and (reason := self._apart(cells)):
            return Found({}, apart=reason)
        values, problems = reader.said(cells)
        if self._subject and not values and not problems:
            problems = (reader.nameless,)
        if problems:
            return Found({}, tuple(Fault(where, *problem) for problem in problems))
        if not values:
            return Found({})
        if not self._subject and (reason := self._nobody([str(values["name"])])):
            return Found({}, apart=reason)
        if any(has_footnote(cells[place]) for place in self._named):
            self._ledger.note("footnotes", (f"{where.text('nl')}.", f"{where.text('en')}."))
        wrong = self._actors.wrong(values, self._cites, where, self._columns)
        if initialled(str(values["name"])) and self._is_organisation(str(values["name"])):
            self._ledger.note("initials", (f"{where.text('nl')}: kijk dit na.", f"{where.text('en')}: look this over."))
        return Found(values, tuple(wrong))

    def _apart(self, cells: Cells) -> str:
        """Return why a row is set apart for whom it is about: it repeats the name of the column, or names nobody."""
        named = [cells[place] for place in self._named]
        return "header" if named == self._headings else self._nobody(named)

    def _nobody(self, named: Sequence[Cell]) -> str:
        """Return why such names name nobody; empty if they may name somebody."""
        texts = [cell for cell in named if isinstance(cell, str) and not isinstance(cell, Broken)]
        for text in texts:
            if reason := nobody(text):
                return reason
        return "person" if any(addressed(text) and self._is_organisation(text) for text in texts) else ""

    def _is_organisation(self, name: str) -> bool:
        """Return whether somebody of this name is an organisation, whatever the name looks like."""
        return self._reader.of_organisations and same_writing(name) not in self._actors.persons
