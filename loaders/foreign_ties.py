"""Edges of a foreign file as ties: which kind of tie a relation is, in which direction, and what else is said of it.

A relation that stands in no table is never made a tie. Where an edge has no direction and the kind of tie needs one, it is
set apart, unless the user says that ends stand in order.
"""

from collections.abc import Mapping, Sequence
from itertools import compress

from pydantic import ValidationError

from graph.errors import BadInputError
from graph.reading import Fault, Row, Where, faults_of
from graph.records import TieRecord
from graph.text import fold
from graph.vocabulary import vocabulary
from loaders import foreign_text as texts
from loaders import table_dates
from loaders import table_values as values
from loaders.foreign_actors import IGNORED, UNREAD, manner_of
from loaders.foreign_told import Told
from loaders.foreign_words import Relation, Words, word_key
from loaders.table_between import Between
from loaders.table_cells import Cell, Cells, empty
from loaders.table_columns import Cited, Parse, read
from loaders.table_words import known_words

MANY = 100_000  # sayings that are kept in mind
_ASIDES = {"relation": "Band in de bron", "status": "Status in de bron", "basis": "Grond in de bron"}


class _Said:
    """What edges with the same attributes say, whomever they are between: a record, or why it is none."""

    __slots__ = ("apart", "asides", "counts", "problems", "record", "turned")

    def __init__(self) -> None:
        self.record: TieRecord | None = None
        self.turned = False
        self.apart = ""
        self.problems: Sequence[tuple[str, str, str]] = ()
        self.counts: list[tuple[str, str]] = []
        self.asides: list[tuple[str, str]] = []


class Ties:
    """Reads edges."""

    def __init__(self, words: Words, told: Told) -> None:
        """Begin with nothing."""
        self._told, self._relations, self._rule = told, words.relations, words.mapping.ties
        self._own, self._zero_apart = words.mapping.words, words.mapping.reading.zero == "apart"
        self._manner = manner_of(words)
        names = [word for word, field in words.edges.items() if field]
        fields = [words.edges[word] for word in names]
        self._width = len(names)
        self._by_word = {word: names.index(word) if field else IGNORED for word, field in words.edges.items()}
        self._places: dict[str, int] = {}
        self._kinds = [place for place, field in enumerate(fields) if field == "kind"]
        self._money = [[p for p, field in enumerate(fields) if field == one] for one in ("amount", "currency")]
        parse = self._parsers()
        self._columns = [Cited(p, names[p], field, parse[field]) for p, field in enumerate(fields) if field in parse]
        self._by_field = {one.field: one.column for one in self._columns}
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
        said = self._said(attributes, source)
        for sort, name in said.counts:
            self._told.count(sort, name)
        if said.problems:
            self._told.ledger.reject()
            return [Fault(where, *problem) for problem in said.problems]
        kind = vocabulary().tie_kinds[said.record.kind] if said.record else None
        apart = said.apart or ("self" if ends[0] == ends[1] else "")
        if kind and not kind.symmetric and direction == "undirected" and self._rule.undirected == "apart":
            apart = apart or "undirected"
        if apart or said.record is None or kind is None:
            self._told.ledger.apart(apart)
            return []
        told: list[Row | Fault] = []
        one_way = ends[::-1] if said.turned else ends
        ways = [one_way, one_way[::-1]] if direction == "mutual" and not kind.symmetric else [one_way]
        for names in ways:
            record = self._first(said.record, names, number, where, symmetric=kind.symmetric, often=kind.repeatable)
            if record:
                told.append(Row(record, where, (), names))
        if not told:
            self._told.ledger.apart("doubled")
        return told

    def _first(
        self, record: TieRecord, names: tuple[str, str], number: int, where: Where, *, symmetric: bool, often: bool
    ) -> TieRecord | None:
        """Return a tie that was not said before: none that another file has, and each once if it can be there only once."""
        if often:
            return self._between.again(record, names, number)[0]
        return self._between.once(record, names, where, symmetric=symmetric)

    # -- what attributes say

    def _said(self, attributes: Mapping[str, Cell], cites: str) -> _Said:
        cells: Cells = [""] * self._width
        for name, cell in attributes.items():
            place = self._places.get(name)
            if place is None:
                place = self._places[name] = self._by_word.get(fold(name), UNREAD)
            if place >= 0:
                cells[place] = cell
            elif place == UNREAD and not empty(cell):
                self._told.count("edge", name)
        key = (cites, *cells)
        found = self._known.get(key)
        if found is None:
            if len(self._known) == MANY:
                self._known.clear()
            found = self._known[key] = self._looked_at(cells, cites)
        return found

    def _looked_at(self, cells: Cells, cites: str) -> _Said:
        self._at_hand = said = _Said()
        relation = self._relation(cells)
        if not relation:
            return said
        said.turned = relation.turned
        amount, apart = self._amount(cells)
        said.apart = apart
        found, problems = read(self._columns, cells)
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
        try:
            said.record = TieRecord.model_validate({name: value for name, value in fields.items() if value is not None})
        except ValidationError as error:
            said.problems = [(f.column, f.nl, f.en) for f in faults_of(error, Where("", 1), (), self._by_field)]
        return said

    def _relation(self, cells: Cells) -> Relation | None:
        """Return the kind of tie that one of the words for it says; None if the edge is no tie, and why in what is said."""
        words = [word for place in self._kinds if (word := texts.name(cells[place]))]
        found = next((one for word in words if (one := self._relations.get(word_key(word)))), None)
        if found and found.kind:
            return found
        if found:
            self._at_hand.apart = "unwanted"
            return None
        if self._rule.kind:
            if words:
                self._aside("relation", words[0])
            return Relation(self._rule.kind.removeprefix("<"), self._rule.kind.startswith("<"))
        self._at_hand.apart = "relation" if words else "kindless"
        if words:
            self._at_hand.counts.append(("relation", words[0]))
        return None

    def _amount(self, cells: Cells) -> tuple[float | None | list[tuple[str, str, str]], str]:
        """Return the amount in euro, or what is wrong with it; and why it is no gift."""
        amount, currency = (next((c for p in places if not empty(c := cells[p])), "") for places in self._money)
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

    def _note(self, note: str) -> str | None:
        lines = [note, *(f"{label}: {word}." for label, word in self._at_hand.asides)]
        return texts.short("\n".join(compress(lines, lines))) or None
