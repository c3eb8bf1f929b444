"""What a node of a foreign file says: its attributes read as fields, and what it is.

Cells are read as those of a spreadsheet (`table_role`), but a word that is not in a closed list is no fault: it is counted, and
kept in the note. A node of a type that we do not know is an organisation; in a dataset for everybody it is a fault, as it may be a
person. Of a person only names and a Wikidata number are kept: nobody chose more, as the user of a spreadsheet does by a mapping.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from pydantic import ValidationError

from graph.reading import Fault, Where, faults_of
from graph.records import ActorRecord, OfferRecord
from graph.text import fold
from loaders import foreign_text as texts
from loaders.foreign_cells import reader_of
from loaders.foreign_items import Node, is_given
from loaders.foreign_mapping import STANCES
from loaders.foreign_told import Told
from loaders.foreign_words import Type, Words
from loaders.sayings import is_plain
from loaders.table_cells import Cell, Cells, empty
from loaders.table_columns import Parse, Values, kept
from loaders.table_personal import leave_out
from loaders.table_role import PERSONAL
from loaders.table_words import known_words, nobody

VAGUE = "organisation"
OF_PERSONS = frozenset(("kind", "name", "aliases", "id", "wikidata", "tier", "subtype"))
FEW = 10_000  # cells of which is kept in mind what their words mean
MANY = 50_000  # sayings of nodes that are kept in mind
UNREAD, IGNORED = -1, -2  # places of attributes that no field has
_ASIDES = {
    "type": "Soort in de bron",
    "typed": "Soort in de bron",
    "kind": "Soort in de bron",
    "theme": "Trefwoorden in de bron",
    "help": "Hulp in de bron",
    "subtype": "Ondersoort in de bron",
    "tier": "Niveau in de bron",
    "country": "Land in de bron",
}


class Made(NamedTuple):
    """What a node says: a record, that may bear the name of another; its own name; the id that an attribute gives; and its offers."""

    record: ActorRecord
    name: str
    chosen: str
    offers: tuple[OfferRecord, ...]


class Nodes:
    """Reads nodes, one at a time."""

    def __init__(self, words: Words, told: Told, *, may_be_anyone: bool) -> None:
        """Begin without any; a node of an unknown type is refused unless it `may_be_anyone`."""
        self._told, self._types, self._default = told, words.types, words.mapping.actors.kind
        self._may_be_anyone, self._own = may_be_anyone, words.mapping.words
        self._typed = lru_cache(maxsize=FEW, typed=True)(self._type_of)
        self._words = words
        self._seen = {next(word for word, field in words.nodes.items() if field == "name")}  # attributes, folded
        self._prepare()
        self._asides: dict[str, list[str]] = {}  # words of the node at hand that go to its note
        self._known: dict[object, Made] = {}
        self._alike = False  # whether all with the cells of the node at hand say the same, and no more is told of them

    def _prepare(self) -> None:
        """Prepare for the attributes that were seen: a node has few of all that we know words for."""
        nodes = self._words.nodes
        names = [word for word, field in nodes.items() if field and word in self._seen]
        self._fields, self._width = [nodes[word] for word in names], len(names) + 1
        self._kinds = [place for place, field in enumerate(self._fields) if field == "kind"]
        self._names = [place for place, field in enumerate(self._fields) if field == "name"]
        self._by_word = {word: place for place, word in enumerate(names)}
        self._attributes = names
        self._places: dict[str, int] = {}  # of attributes as the file spells them
        self._reader = reader_of(self._words, names, self._lenient)
        self._columns = self._reader.by_field()

    def read(self, node: Node, cites: str) -> tuple[Made | None, list[Fault]]:
        """Return what a node says, or what is wrong with it; neither if it names nobody."""
        cells = self._cells(node.said, node.called)
        if any(nobody(name) for place in self._names if len(name := str(cells[place])) > 1):
            return None, []
        return self._made(cells, cites, node.where)

    def _meet(self, names: Iterable[str]) -> None:
        """Find the places of attributes, some of which are met for the first time."""
        words = {name: fold(name) for name in names}
        fields = {name: self._words.nodes.get(word) for name, word in words.items()}
        new = {words[name] for name, field in fields.items() if field} - self._seen
        if new:
            self._seen |= new
            self._prepare()
        for name, field in fields.items():
            self._places[name] = UNREAD if field is None else self._by_word[words[name]] if field else IGNORED

    def _cells(self, said: Mapping[str, Cell], called: str) -> Cells:
        """Return the attributes in the order of our columns, with the name it is `called` if none says one; count those that are not read."""
        if not self._places.keys() >= said.keys():
            self._meet(said)
        cells: Cells = [""] * self._width
        for name, cell in said.items():
            place = self._places[name]
            if place >= 0 and empty(cells[place]):
                cells[place] = cell
            elif place != IGNORED and not empty(cell):
                self._told.count("node", name)
        named = [place for place in self._names if not empty(cells[place])]
        for place in named[1:]:
            if cells[place] != cells[named[0]]:
                self._told.count("node", self._attributes[place])
            cells[place] = ""
        if called and not named and not is_given(called):
            cells[self._names[0]] = called
        return cells

    def _made(self, cells: Cells, cites: str, where: Where) -> tuple[Made | None, list[Fault]]:
        """Return what cells say of an actor, or what is wrong; of those that say the same but for a plain name, the first is looked at."""
        place = next((place for place in self._names if not empty(cells[place])), self._names[0])
        name = texts.name(cells[place]) if type(cells[place]) is str else ""
        rest = [*cells[:place], "", *cells[place + 1 :]]
        key = (cites, place, *rest, *map(type, rest))
        if is_plain(name) and (made := self._known.get(key)):
            return made._replace(name=name), []
        self._alike = is_plain(name)
        made, faults = self._looked_at(cells, cites, where)
        if made and self._alike:
            kept(self._known, key, made, MANY)
        return made, faults

    def _looked_at(self, cells: Cells, cites: str, where: Where) -> tuple[Made | None, list[Fault]]:
        """Return what cells say of an actor, or what is wrong with them."""
        values, faults = self._read(cells, where)
        if faults:
            return None, faults
        said = [(stance, help_) for stance in STANCES for help_ in values.pop(stance, ())]  # type: ignore[attr-defined] # a tuple
        chosen = str(values.pop("id", ""))
        try:
            record = ActorRecord.model_validate({**values, "id": "x", "cites": cites})
        except ValidationError as error:
            return None, faults_of(error, where, (), self._columns)
        return Made(record, record.name, chosen, tuple(_offer(stance, help_, cites) for stance, help_ in said)), []

    def _read(self, cells: Cells, where: Where) -> tuple[Values, list[Fault]]:
        """Return what cells say of an actor, and what is wrong with them."""
        self._asides = {}
        type_ = self._type(cells)
        if type_ is None:
            return {}, [self._untyped(where)]
        cells[-1] = type_.kind
        if type_.kind == "person":
            self._least(cells)
        self._alike &= type_.kind not in ("person", "municipality")  # whose names say more than what they are called
        values, problems = self._reader.read(cells, self._second)
        if problems == (self._reader.nameless,):
            return {}, [self._nameless(where)]
        if problems:
            return {}, [Fault(where, *problem) for problem in problems]
        if type_.subtype:
            values.setdefault("subtype", type_.subtype)
        if values.pop(PERSONAL, False):
            self._told.count("personal", "mail")
            self._alike = False
        self._country(values)
        self._note(values)
        return values, []

    def _type(self, cells: Cells) -> Type | None:
        """Return what a node is; None if it may not be just anyone, and that is not known."""
        type_, sort, others = self._typed(tuple(cells[place] for place in self._kinds))
        for word in others:
            self._aside(sort, word)
        return type_

    def _type_of(self, cells: tuple[Cell, ...]) -> tuple[Type | None, str, tuple[str, ...]]:
        """Return the type that cells say, or the one of those that say none; and the words that say something else, with their sort."""
        words = dict.fromkeys(name for cell in cells if (name := texts.name(cell)))
        types = {word: self._types.get(fold(word)) for word in words}
        found = next((type_ for type_ in types.values() if type_), None)
        otherwise = self._default or (VAGUE if self._may_be_anyone else "")
        others = tuple(word for word, type_ in types.items() if not type_ or type_ != found)
        if found:
            return found, "kind", others
        return Type(otherwise) if otherwise else None, "typed" if self._default else "type", others

    def _nameless(self, where: Where) -> Fault:
        """Return the fault of a node that nothing names, with the attributes that may."""
        maybe = ", ".join(repr(name) for name, place in self._places.items() if place == UNREAD)
        return Fault(
            where,
            "",
            "heeft geen naam; vul die in, of zet in de mapping onder [actors] bij column.name in welk kenmerk hij staat"
            + (f" (niet gelezen zijn: {texts.short(maybe, 200)})" if maybe else ""),
            "has no name; fill it in, or say in the mapping under [actors] at column.name in which attribute it stands"
            + (f" (not read are: {texts.short(maybe, 200)})" if maybe else ""),
        )

    def _untyped(self, where: Where) -> Fault:
        words = self._asides.get("type")
        said = repr(words[0]) if words else "-"
        return Fault(
            where,
            "",
            f"van welke soort dit is, weten we niet ({said}), en in een openbare dataset mag niet per ongeluk een persoon staan;"
            " zet in de mapping onder [types] wat het is, of onder [actors] kind wat alle knopen zonder soort zijn",
            f"of what kind this is, we do not know ({said}), and a public dataset may not hold a person by accident; say in the"
            " mapping under [types] what it is, or under [actors] kind what all nodes without a kind are",
        )

    def _least(self, cells: Cells) -> None:
        """Keep of a person what is needed."""
        for place, field in enumerate(self._fields):
            if field not in OF_PERSONS and not empty(cells[place]):
                self._told.count("personal", field)
                cells[place] = ""

    def _country(self, values: Values) -> None:
        """Put a country other than the Netherlands behind the place."""
        said = str(values.pop("country", ""))
        if not said:
            return
        found = texts.country(said)
        if found is None:
            self._aside("country", said)
        elif found.code != "NL":
            values["place"] = ", ".join(str(part) for part in (values.get("place"), found.nl) if part)

    def _second(self, attribute: str) -> None:
        """Tell of an attribute whose field has got another value already."""
        self._alike = False
        self._told.count("node", attribute)

    def _aside(self, sort: str, word: str) -> None:
        self._alike = False
        self._told.count(sort, word)
        self._asides.setdefault(sort, []).append(word)

    def _lenient(self, sort: str, closed: str) -> Parse:
        """Return what reads words of a closed list: those that are not in it go to the note."""
        known, own = known_words(closed), self._own
        several = sort in ("theme", "help")

        @lru_cache(maxsize=FEW, typed=True)
        def look(cell: Cell) -> tuple[object, tuple[str, ...]]:
            said = texts.listed(cell) if several else (texts.name(cell),)
            found = {word: own.get(word) or own.get(fold(word)) or known.get(fold(word)) for word in said}
            right = tuple(dict.fromkeys(one for one in found.values() if one))
            return right if several else "".join(right[:1]), tuple(word for word in said if not found[word])

        def read(cell: Cell) -> object:
            right, unknown = look(cell)
            for word in unknown:
                self._aside(sort, word)
            return right

        return read

    def _note(self, values: Values) -> None:
        """Keep in the note what has no place of its own, and cut it short."""
        told = [f"{_ASIDES[sort]}: {', '.join(words)}." for sort, words in self._asides.items()]
        if values["kind"] == "person":
            told = []
        lines = [str(values["note"])] if "note" in values else []
        if lines or told:
            values["note"] = "\n".join((*lines, *told))
        self._leave_out(values)
        if whole := str(values.get("note", "")):
            values["note"] = texts.short(whole)
            if values["note"] != whole:
                self._alike = False
                self._told.ledger.note("short", (whole[:60] + " …", whole[:60] + " …"))

    def _leave_out(self, values: Values) -> None:
        """Leave out of texts what is somebody's own, unless the mapping keeps that."""
        for field in () if self._words.mapping.reading.personal_mail else leave_out(values):
            self._alike = False
            self._told.count("personal", field)


def _offer(stance: str, help_: str, cites: str) -> OfferRecord:
    return OfferRecord.model_validate({"actor": "x", "stance": stance, "help": help_, "cites": cites})
