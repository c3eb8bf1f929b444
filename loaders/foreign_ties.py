"""Edges of a foreign file as ties: which kind of tie a relation is, in which direction, and what else is said of it.

A relation that stands in no table is never made a tie. Where an edge has no direction and the kind of tie needs one, it is
set apart, unless the user says that ends stand in order.
"""

from collections.abc import Mapping, Sequence
from itertools import compress
from typing import NamedTuple

from pydantic import ValidationError

from graph.errors import BadInputError
from graph.fields import MOST_EURO
from graph.reading import Fault, Row, Where, faults_of
from graph.records import TieRecord
from graph.text import fold
from graph.vocabulary import vocabulary
from loaders import foreign_text as texts
from loaders import table_dates
from loaders import table_values as values
from loaders.foreign_told import Told
from loaders.foreign_words import Relation, Words, word_key
from loaders.table_between import Between
from loaders.table_cells import Cell, Cells, empty
from loaders.table_columns import Cited, Parse, kept, read
from loaders.table_personal import leave_out
from loaders.table_words import known_words

SOME = 1.0  # stands for any amount, of edges that differ in it alone
MANY = 100_000  # sayings that are kept in mind
_ASIDES = {"related": "Band in de bron", "status": "Status in de bron", "basis": "Grond in de bron"}


class _Said:
    """What edges with the same attributes say, whomever they are between: a record, or why it is none."""

    __slots__ = ("apart", "asides", "counts", "problems", "record", "repeatable", "symmetric", "turned", "undirected")

    def __init__(self) -> None:
        self.record: TieRecord | None = None
        self.turned = self.symmetric = self.repeatable = False
        self.apart = self.undirected = ""  # why it is no tie: at all, or without a direction
        self.problems: Sequence[tuple[str, str, str]] = ()
        self.counts: list[tuple[str, str]] = []
        self.asides: list[tuple[str, str]] = []


class _Layout(NamedTuple):
    """Which attributes of an edge say of what kind it is, fill a field, are an amount or its currency, or are not read."""

    kinds: Sequence[int]
    columns: Sequence[Cited]
    money: tuple[Sequence[int], Sequence[int]]
    amount: int  # the place of the only amount, if there is no currency beside it; else -1
    unread: Sequence[tuple[int, str]]
    by_field: Mapping[str, str]


def _laid_out(names: Sequence[str], fields: Mapping[str, str], parse: Mapping[str, Parse]) -> _Layout:
    order = {word: place for place, word in enumerate(fields)}
    folded = [fold(name) for name in names]
    known = sorted((order[word], place) for place, word in enumerate(folded) if word in fields)
    filled = [(place, fields[folded[place]]) for _, place in known]
    columns = [Cited(place, names[place], field, parse[field]) for place, field in filled if field in parse]
    amounts, currencies = ([p for p, field in filled if field == one] for one in ("amount", "currency"))
    return _Layout(
        kinds=[place for place, field in filled if field == "kind"],
        columns=columns,
        money=(amounts, currencies),
        amount=amounts[0] if len(amounts) == 1 and not currencies else -1,
        unread=[(place, names[place]) for place, word in enumerate(folded) if word not in fields],
        by_field={one.field: one.column for one in columns},
    )


class Ties:
    """Reads edges."""

    def __init__(self, words: Words, told: Told) -> None:
        """Begin with nothing."""
        self._told, self._relations, self._rule = told, words.relations, words.mapping.ties
        self._own, self._zero_apart = words.mapping.words, words.mapping.reading.zero == "apart"
        self._manner, self._keeps_personal = words.mapping.reading.manner, words.mapping.reading.personal_mail
        self._fields, self._parse = words.edges, self._parsers()
        self._by_word: dict[str, Relation | None] = {}
        self._layouts: dict[tuple[str, ...], _Layout] = {}
        self._between = Between(told.ledger)
        self._known: dict[object, _Said] = {}
        self._at_hand = _Said()

    def take(
        self,
        attributes: Mapping[str, Cell],
        direction: str,
        ends: tuple[str, str],
        where: Where,
        cites: tuple[int, str],
    ) -> list[Row | Fault]:
        """Return the ties that an edge is between these actors, or its faults; nothing if it is set apart.

        `cites` has the number of the file, and the id of the source that it is.
        """
        number, source = cites
        said, amount = self._said(attributes, source)
        for sort, name in said.counts:
            self._told.count(sort, name)
        if said.problems:
            self._told.ledger.reject()
            return [Fault(where, *problem) for problem in said.problems]
        apart = said.apart or ("self" if ends[0] == ends[1] else said.undirected if direction == "undirected" else "")
        if said.record is None or apart:
            self._told.ledger.apart(apart)
            return []
        names = ends[::-1] if said.turned else ends
        told, between, says = list[Row | Fault](), self._between, (said.record, amount)
        for of in (names, names[::-1]) if direction == "mutual" and not said.symmetric else (names,):
            if said.repeatable:
                first = between.again(says, of, number)[0]
            else:
                first = between.once(says, of, where, symmetric=said.symmetric)
            if first:
                told.append(Row(first, where, (), of, amount))
        if not told:
            self._told.ledger.apart("doubled")
        return told

    # -- what attributes say

    def _said(self, attributes: Mapping[str, Cell], cites: str) -> tuple[_Said, float | None]:
        """Return what an edge says; of those that say the same but for an amount, what they share is looked at once."""
        names, cells = tuple(attributes), tuple(attributes.values())
        place = self._layout(names).amount
        if place >= 0 and (worth := self._worth(cells[place])):
            rest = self._kept(names, (*cells[:place], SOME, *cells[place + 1 :]), cites)
            if rest.record and not rest.apart:
                return rest, worth
        return self._kept(names, cells, cites), None

    def _worth(self, cell: Cell) -> float:
        """Return an amount that is plainly one of euro, more than zero; else 0."""
        if type(cell) is not float and type(cell) is not int and not (type(cell) is str and cell.isdigit()):
            return 0
        worth = float(values.signed(cell, self._manner))
        return worth if 0 < worth <= MOST_EURO else 0

    def _kept(self, names: tuple[str, ...], cells: tuple[Cell, ...], cites: str) -> _Said:
        key = (cites, names, cells)
        if found := self._known.get(key):
            return found
        return kept(self._known, key, self._looked_at(self._layout(names), cells, cites), MANY)

    def _layout(self, names: tuple[str, ...]) -> _Layout:
        """Return what the attributes of an edge fill."""
        if names not in self._layouts:
            self._layouts[names] = _laid_out(names, self._fields, self._parse)
        return self._layouts[names]

    def _looked_at(self, layout: _Layout, all_cells: tuple[Cell, ...], cites: str) -> _Said:
        self._at_hand = said = _Said()
        cells: Cells = list(all_cells)
        said.counts += [("edge", name) for place, name in layout.unread if not empty(cells[place])]
        relation = self._relation([cells[place] for place in layout.kinds])
        if not relation:
            return said
        kind = vocabulary().tie_kinds[relation.kind]
        said.turned, said.symmetric, said.repeatable = relation.turned, kind.symmetric, kind.repeatable
        said.undirected = "" if kind.symmetric or self._rule.undirected != "apart" else "undirected"
        amount, said.apart = self._amount(*([cells[place] for place in places] for places in layout.money))
        found, problems = read(layout.columns, cells, lambda name: said.counts.append(("edge", name)))
        problems += amount if isinstance(amount, list) else []
        if problems:
            said.problems = problems
            return said
        fields: dict[str, object] = {
            "kind": relation.kind,
            "cites": cites,
            "source": "x",
            "target": "y",
            "amount": amount,
        }
        fields |= {name: value for name in ("status", "basis") if (value := getattr(self._rule, name))}
        fields |= {field: value for field, value in found.items() if value != ""}
        fields["note"] = self._note(str(found.get("note", "")))
        self._leave_out(fields)
        try:
            said.record = TieRecord.model_validate({name: value for name, value in fields.items() if value is not None})
        except ValidationError as error:
            said.problems = [(f.column, f.nl, f.en) for f in faults_of(error, Where("", 1), (), layout.by_field)]
        return said

    def _known_as(self, word: str) -> Relation | None:
        """Return the kind of tie that a word says, looked up once."""
        if word in self._by_word:
            return self._by_word[word]
        return kept(self._by_word, word, self._relations.get(word_key(word)), MANY)

    def _relation(self, cells: Cells) -> Relation | None:
        """Return the kind of tie that one of these words says; None if the edge is no tie, and why in what is said."""
        words = [word for cell in cells if (word := texts.name(cell))]
        found = next((one for word in words if (one := self._known_as(word))), None)
        if found and found.kind:
            others = [word for word in words if not self._known_as(word)]
            self._at_hand.asides += [(_ASIDES["related"], word) for word in others]
            return found
        if found:
            self._at_hand.apart = "unwanted"
            return None
        if self._rule.kind:
            if words:
                self._aside("related", words[0])
            return Relation(self._rule.kind.removeprefix("<"), self._rule.kind.startswith("<"))
        self._at_hand.apart = "relation" if words else "kindless"
        if words:
            self._at_hand.counts.append(("relation", words[0]))
        return None

    def _amount(self, amounts: Cells, currencies: Cells) -> tuple[float | None | list[tuple[str, str, str]], str]:
        """Return the amount in euro, or what is wrong with it; and why it is no gift."""
        amount, currency = (next((cell for cell in cells if not empty(cell)), "") for cells in (amounts, currencies))
        found = texts.money(amount, currency)
        if found.currency:
            self._at_hand.counts.append(("currency", found.currency))
            self._at_hand.asides.append(("Bedrag in de bron", found.other))
        if empty(found.euro):
            return None, ""
        try:
            worth = values.signed(found.euro, self._manner)
        except BadInputError as error:
            return [("amount", error.nl, error.en)], ""
        if worth < 0:
            return None, "back"
        return worth, "zero" if not worth and self._zero_apart else ""

    def _parsers(self) -> Mapping[str, Parse]:
        def day(cell: Cell) -> str:
            return table_dates.day(cell, self._manner)

        return {
            **dict.fromkeys(("since", "until", "checked"), day),
            **dict.fromkeys(("ref", "role", "locator"), texts.name),
            "note": texts.text,
            "status": self._lenient("status"),
            "basis": self._lenient("basis"),
        }

    def _lenient(self, closed: str) -> Parse:
        """Return what reads a word of a closed list: one that is not in it goes to the note."""
        known, own = known_words(closed), self._own

        def parse(cell: Cell) -> str:
            word = texts.name(cell)
            found = own.get(word) or own.get(fold(word)) or known.get(fold(word))
            if not found:
                self._aside(closed, word)
            return found or ""

        return parse

    def _aside(self, sort: str, word: str) -> None:
        self._at_hand.counts.append((sort, word))
        self._at_hand.asides.append((_ASIDES[sort], word))

    def _leave_out(self, fields: dict[str, object]) -> None:
        """Leave out of texts what is somebody's own, unless the mapping keeps that."""
        for field in () if self._keeps_personal else leave_out(fields):
            self._at_hand.counts.append(("personal", field))

    def _note(self, note: str) -> str | None:
        lines = [note, *(f"{label}: {word}." for label, word in self._at_hand.asides)]
        return texts.short("\n".join(compress(lines, lines))) or None
