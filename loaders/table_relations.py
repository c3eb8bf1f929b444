"""Ties of which each row says the kind: which kind a word is, in which direction, and that the source of some is a person."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Mapping as ReadOnly
from functools import lru_cache

from graph.cleaning import cleaned, same_writing
from graph.errors import BadInputError
from graph.reading import Fault, Where
from graph.vocabulary import vocabulary
from loaders.foreign_words import Relation, relations, word_key
from loaders.table_actors import VAGUE
from loaders.table_cells import Cell, Cells, empty
from loaders.table_columns import Cited, Problem, cited, read
from loaders.table_header import Header
from loaders.table_look import Found
from loaders.table_mapping import Mapping, Role, TieRule, as_list
from loaders.table_role import NAMELESS
from loaders.table_ties import Tie, Wrong
from loaders.table_values import name, split

MANY = 10_000  # cells that are kept in mind


class Kinds:
    """The ties of one rule of the mapping, by what a cell says of their kind; made when a row says it."""

    def __init__(self, rule: TieRule, header: Header, mapping: Mapping, make: Callable[[TieRule], Tie]) -> None:
        """Prepare for the header of a sheet; `make` reads one kind."""
        self._rule, self._make = rule, make
        self._columns = cited({"kind": rule.column["kind"]}, header, {"kind": name})
        self._known = relations("table", mapping.relations)
        self._ties: dict[Relation, Tie] = {}
        self._by_cell: dict[Cell, Tie | str] = {}  # of words that are known
        self.ends = [
            (end, _missing(mapping.actors[end])) for end in (rule.source, rule.target) if end in mapping.actors
        ]
        subject = mapping.actors[mapping.subject]
        self.names_only = subject.kind == VAGUE and list(subject.column) == ["name"]

    def of(self, cells: Cells, where: Where) -> Tie | str:
        """Return the tie that a row says, or why it says none: a key of `REASONS`.

        Raises:
            Wrong: Its word for the kind is not known.
        """
        for one in self._columns:
            if not empty(cell := cells[one.place]):
                if (found := self._by_cell.get(cell)) is None:
                    relation = self._relation(one, cell, where)
                    found = self._by_cell[cell] = self._tie(relation) if relation.kind else "unwanted"
                return found
        return self._tie(Relation(self._rule.kind)) if self._rule.kind else "kindless"

    def _relation(self, one: Cited, cell: Cell, where: Where) -> Relation:
        try:
            word = name(cell)
        except BadInputError as error:
            raise Wrong([Fault(where, one.column, error.nl, error.en)]) from error
        if found := self._known.get(word_key(word)):
            return found
        nl = f"{word!r} is geen band die we kennen; zet in de mapping onder [relations] wat het is"
        en = f"{word!r} is no tie that is known; say in the mapping under [relations] what it is"
        raise Wrong([Fault(where, one.column, nl, en)])

    def _tie(self, relation: Relation) -> Tie:
        if relation not in self._ties:
            source, target = self._rule.source, self._rule.target
            ends = {"source": target, "target": source} if relation.turned else {}
            self._ties[relation] = self._make(self._rule.model_copy(update={"kind": relation.kind, **ends}))
        return self._ties[relation]


def said(each: Sequence[Kinds], roles: ReadOnly[str, Found], cells: Cells, where: Where) -> tuple[list[Tie], str]:
    """Return the ties whose kind a row says, and why it says no other; the first reason if it says none.

    Without one of the ends (`roles`) a row may be about the other alone, if that is more than a name of somebody.

    Raises:
        Wrong: A word for a kind is not known, or an end of a tie that is said is missing.
    """
    ties, reasons = list[Tie](), list[str]()
    for kinds in each:
        found = kinds.of(cells, where)
        missing = [problem for role, problem in kinds.ends if role in roles and roles[role].unnamed]
        if isinstance(found, Tie):
            if missing:
                raise Wrong([Fault(where, *missing[0])])
            ties.append(found)
        elif found == "unwanted" or not missing or kinds.names_only:
            reasons.append(found)
    return ties, next(iter(reasons), "")


def persons(header: Header, mapping: Mapping, rows: Iterable[Cells]) -> set[str]:
    """Return the names, as `same_writing` has them, of whom rows say a tie that persons have; not those with a legal form.

    Only of ends of which the mapping says no more than that they are somebody.
    """
    known = relations("table", mapping.relations)

    @lru_cache(maxsize=MANY)
    def of_person(cell: Cell) -> Relation | None:
        relation = known.get(word_key(str(cell)))
        return relation if relation and _of_person(relation) else None

    ends = list(_ends(header, mapping))
    found: set[str] = set()
    for cells in rows if ends else ():
        for (place, turned), names, marks in ends:
            relation = of_person(cells[place]) if place < len(cells) else None
            if relation and relation.turned is turned:
                said = str(read(names, cells)[0].get("name", ""))
                found |= {
                    same_writing(one) for one in (split(said, marks) if marks else [said]) if not cleaned(one).form
                }
    return found - {""}


def _ends(header: Header, mapping: Mapping) -> Iterator[tuple[tuple[int, bool], list[Cited], str]]:
    """Yield where the kinds of ties stand, and whether they are turned, with each end that may be anybody."""
    for rule in mapping.ties:
        for end, turned in ((rule.source, False), (rule.target, True)):
            role = mapping.actors.get(end)
            if role and role.kind == VAGUE and "kind" not in role.column:
                for one in cited({"kind": rule.column.get("kind", [])}, header, {"kind": name}):
                    names = cited({"name": role.column["name"]}, header, {"name": name})
                    yield (one.place, turned), names, role.separator


def _missing(role: Role) -> Problem:
    """Return what is wrong with a row that names nobody at this end of a tie that it says."""
    return as_list(role.column["name"])[0], *NAMELESS


def _of_person(relation: Relation) -> bool:
    return bool(relation.kind) and vocabulary().tie_kinds[relation.kind].of_person
