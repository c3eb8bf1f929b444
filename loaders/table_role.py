"""One role of a mapping (whom a row is about, who gave, …): its cells read as what they say of an actor."""

from collections.abc import Callable, Sequence
from collections.abc import Mapping as ReadOnly
from itertools import zip_longest
from typing import NamedTuple

from graph.errors import BadInputError
from graph.municipalities import Municipality, municipalities, today
from graph.text import fold
from graph.vocabulary import vocabulary
from loaders import table_codes as codes
from loaders import table_dates
from loaders import table_values as values
from loaders.table_cells import Broken, Cell, Cells
from loaders.table_columns import Cited, Parse, Problem, Values, cited, kept, read, unless_nothing
from loaders.table_header import Header
from loaders.table_headings import is_address
from loaders.table_mapping import Mapping, Role
from loaders.table_personal import free_text, is_personal
from loaders.table_places import municipality, province_code
from loaders.table_values import Manner
from loaders.table_words import known_words

_MARKS = {  # what an identifier begins with, by the field that its number stands in
    "kvk": "kvk:",
    "rsin": "rsin:",
    "kbo": "org-id:BE-BCE_KBO-",  # as org-id.guide calls the register
    "org-id": "org-id:",
    "wikidata": "wikidata:",
}
_NO_NAME = (
    "hier staat een mailadres, mobiel nummer of burgerservicenummer in; dat bewaren we niet. Haal het uit deze cel",
    "a mail address, mobile number or citizen service number is in here; we do not keep that. Take it out of this cell",
)
NAMELESS = "ontbreekt; vul de naam in of haal de rij weg", "is missing; fill in the name or delete the row"
_SWAPPED = (
    "breedtegraad en lengtegraad zijn verwisseld; Nederland ligt op 50 tot 54 noord, 3 tot 8 oost",
    "latitude and longitude have changed places; the Netherlands lie at 50 to 54 north, 3 to 8 east",
)
_CALLED = (
    "name",
    "aliases",
    "id",
    "place",
    "legal_form",
)  # fields that are no place for a mail address, also of a desk
_OF_NAME = ("person", "municipality")  # kinds of which more is read in a name, or in all cells together
MANY = 20_000  # cells that are kept in mind
PERSONAL = "personal"  # the value of a cell that is not kept, as it is somebody's own


class Said(NamedTuple):
    """What the cells of a role say: values of fields, and what is wrong with the cells."""

    values: Values
    problems: tuple[Problem, ...]


def parsers(mapping: Mapping, manner: Manner) -> ReadOnly[str, Parse]:
    """Return how the cells of each field of an actor are read."""
    own = mapping.words
    text = free_text(values.text, mapping.reading)
    return {
        "name": called,
        **dict.fromkeys(("legal_form", "id", "province", "org-id", "wikidata"), unless_nothing(values.name)),
        "place": unless_nothing(codes.place),
        **dict.fromkeys(("municipality", "cbs"), unless_nothing(values.text)),
        **dict.fromkeys(("note", "size_note"), unless_nothing(text)),
        "lat": unless_nothing(values.latitude),
        "lon": unless_nothing(values.longitude),
        **dict.fromkeys(("founded", "ended"), lambda cell: table_dates.day(cell, manner)),
        "aliases": unless_nothing(values.listed),
        "kind": lambda cell: codes.word(cell, "kind", own),
        "subtype": lambda cell: codes.word(cell, "subtype", own),
        "themes": lambda cell: codes.words(cell, "theme", own),
        "kvk": codes.kvk,
        "rsin": codes.rsin,
        "kbo": codes.kbo,
        "website": unless_nothing(codes.website),
        "mail": codes.mail,
        "phone": unless_nothing(codes.phone),
    }


def called(cell: Cell) -> str:
    """Return the name that a cell has, without the mark of a footnote."""
    return values.without_footnote(values.name(cell))


def in_order(mapping: Mapping) -> list[str]:
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


class Reader:
    """Reads the cells of one role from rows of one sheet."""

    def __init__(
        self, role: Role, header: Header, mapping: Mapping, manner: Manner, parse: ReadOnly[str, Parse] | None = None
    ) -> None:
        """Prepare for the header of a sheet; `parse` says how cells are read, if not as those of spreadsheets."""
        self.role = role
        each = cited(role.column, header, parse or parsers(mapping, manner))
        self.columns = [_in_its_way(one, mapping.words) for one in each]
        self.places = tuple(dict.fromkeys(one.place for one in self.columns))
        self._personal_mail = mapping.reading.personal_mail
        self._constant: Values = {
            field: tuple(value) if isinstance(value, list) else value
            for field, value in role.model_dump(exclude={"column", "within", "separator"}).items()
            if value not in (None, "", [])
        }
        named = [one for one in self.columns if one.field == "name"]
        self._named, self._name = (named[0].column, named[0].place) if named else ("", 0)
        self.of_organisations = role.kind != "person" and "kind" not in role.column  # no actor of it is a person
        self._others = [one.place for one in self.columns if one.field != "name"]
        self._alone = len(named) == 1 and self._name not in self._others
        self._alike: dict[Sequence[Cell], Values] = {}  # by cells, what they say beside a name

    @property
    def nameless(self) -> Problem:
        """What is wrong with a row that should name somebody in this role."""
        return self._named, *NAMELESS

    def each(self, cells: Cells) -> list[Cells]:
        """Return a row for each name that it has for this role: nearly always the row itself."""
        marks, cell = self.role.separator, cells[self._name]
        if (
            not marks
            or not isinstance(cell, str)
            or isinstance(cell, Broken)
            or len(named := values.split(cell, marks)) < 2
        ):
            return [cells]
        return [[*cells[: self._name], one, *cells[self._name + 1 :]] for one in named]

    def by_field(self) -> dict[str, str]:
        """Return the columns by the fields of a record that they fill."""
        renamed = {
            "website": "websites",
            "mail": "contacts",
            "phone": "contacts",
            **dict.fromkeys(_MARKS, "identifiers"),
        }
        return {renamed.get(one.field, one.field): one.column for one in self.columns}

    def read(self, cells: Cells, second: Callable[[str], None] | None = None) -> Said:
        """Return what the cells say; without a name, no values: then the row names nobody in this role. `second` as in `read`."""
        found, problems = read(self.columns, cells, second)
        if not found and not problems:
            return Said({}, ())
        if "name" not in found:
            if not problems:
                problems.append(self.nameless)
            return Said({}, tuple(problems))
        said = self._constant | {"name": found.pop("name")}
        kind = str(found.pop("kind", said.get("kind", "")))
        said["kind"] = kind
        try:
            self._fill(said, found, kind)
        except _Wrong as wrong:
            problems.append(wrong.problem)
        if kind == "person":
            problems += self._of_person(cells)
        misplaced = [field for field in _CALLED if is_personal(str(said.get(field, "")))]
        problems += [(one.column, *_NO_NAME) for one in self.columns if one.field in misplaced]
        return Said({} if problems else said, tuple(problems))

    def said(self, cells: Cells) -> Said:
        """Return what `read` does; where rows say the same but for a name, the rest is read once."""
        name, others = cells[self._name], tuple([cells[place] for place in self._others])
        if (known := self._alike.get(others)) and type(name) is str and Broken not in map(type, others):
            plain = called(name)
            if plain and not is_personal(plain):
                return Said(known | {"name": plain}, ())
        found, problems = self.read(cells)
        if (
            found
            and not problems
            and self._alone
            and found["kind"] not in _OF_NAME
            and {str}.issuperset(map(type, others))
        ):
            kept(self._alike, others, found, MANY)
        return Said(found, problems)

    def _fill(self, said: Values, found: Values, kind: str) -> None:
        """Turn what the cells say into fields of a record."""
        marks = [str(mark) for mark in found.pop("identifiers", ())]  # type: ignore[attr-defined] # a tuple
        marks += [f"{start}{found.pop(field)}" for field, start in _MARKS.items() if field in found]
        self._place(said, found, kind, marks)
        if _are_swapped(found.get("lat"), found.get("lon")):
            raise _Wrong((next(one.column for one in self.columns if one.field == "lat"), *_SWAPPED))
        if marks:
            said["identifiers"] = tuple(dict.fromkeys(marks))
        self._sites(said, found)
        self._contact(said, found, kind)
        for field, value in found.items():
            said[field] = (*said.get(field, ()), *value) if isinstance(value, tuple) else value  # type: ignore[misc]

    def _place(self, said: Values, found: Values, kind: str, marks: list[str]) -> None:
        """Read the municipality that an actor lies in, or is; of one that has ended, keep the year and who succeeded it."""
        if province := found.get("province"):
            code = province_code(str(province))
            found["province"] = _label(code) if code else province
        for field in ("municipality", "cbs"):
            if field in found:
                named = found.pop(field)
                known = self._municipality(named, field, str(found.get("province", "")))
                if known is None:  # one in Belgium, which has no code of ours
                    found.setdefault("place", str(named))
                elif field == "cbs":
                    marks.append(f"cbs:{known.code}")
                else:
                    now = today(known)
                    said["municipality"] = now.code
                    if now is not known:
                        _add_note(said, found, f"Gemeente in de bron: {known.name} ({known.code}), tot {known.ended}.")
        if kind == "municipality" and not any(mark.startswith("cbs:") for mark in marks):
            self._be_municipality(said, found, marks)

    def _be_municipality(self, said: Values, found: Values, marks: list[str]) -> None:
        """Give an actor that is a municipality the code of its name; of one that has ended, the day and the successor."""
        known = self._municipality(said["name"], "name", str(found.get("province", "")))
        if known:
            marks.append(f"cbs:{known.code}")
            said["municipality"] = today(known).code
            if known.ended:
                said["ended"] = known.ended
                after = municipalities()[known.successor]
                _add_note(said, found, f"Opgegaan in {after.name} ({after.code}) op {known.ended}.")

    def _municipality(self, cell: object, field: str, province: str) -> Municipality | None:
        try:
            return municipality(str(cell), province)
        except BadInputError as error:
            column = next((one.column for one in self.columns if one.field == field), self._named)
            raise _Wrong((column, error.nl, error.en)) from error

    def _sites(self, said: Values, found: Values) -> None:
        """Keep websites; somebody's own page is not kept unless the mapping says so."""
        sites: tuple[str, ...] = found.pop("website", ())  # type: ignore[assignment] # a tuple
        public = tuple(one for one in sites if self._personal_mail or not codes.of_somebody(one))
        if public != sites:
            said[PERSONAL] = True
        if public:
            said["websites"] = public

    def _contact(self, said: Values, found: Values, kind: str) -> None:
        """Make addresses and telephones ways in; somebody's own, and words beside a number, are not kept unless the mapping says so."""
        mails, phones = (list[str](found.pop(field, ())) for field in ("mail", "phone"))  # type: ignore[call-overload] # tuples
        whole = [*mails, *phones]
        if whole and not self._personal_mail:
            desks = kind != "person"
            mails = [one for one in mails if desks and codes.of_a_desk(one)]
            numbers = map(codes.number_in, phones)
            phones = [one for one in numbers if desks and not (codes.of_a_pocket(one) or is_personal(one))]
            if [*mails, *phones] != whole:
                said[PERSONAL] = True
        ways = [(("mail", mail), ("phone", phone)) for mail, phone in zip_longest(mails, phones)]
        if ways:
            said["contacts"] = tuple({"desk": "contact", **{key: one for key, one in way if one}} for way in ways)

    def _of_person(self, cells: Cells) -> list[Problem]:
        """Return what a row may not say of a person."""
        problems: list[Problem] = []
        for place, column, field, _ in self.columns:
            plain = str(cells[place]) if place < len(cells) else ""
            if codes.NINE.search(plain.removesuffix(".0")) and field not in ("phone", "mail"):
                problems.append(
                    (
                        column,
                        "negen cijfers bij een persoon kunnen een burgerservicenummer zijn; haal ze weg",
                        "nine digits with a person may be a citizen service number; delete them",
                    )
                )
        return problems


def _in_its_way(one: Cited, own: ReadOnly[str, str]) -> Cited:
    """Return how a column is read of which the name tells that: marks of a theme, addresses of which the place is kept."""
    if one.field == "themes":
        return _marked(one, own)
    if one.field == "place" and is_address(one.column):
        return one._replace(parse=unless_nothing(codes.town))
    return one


def _marked(one: Cited, own: ReadOnly[str, str]) -> Cited:
    """Return how a column of themes is read: in one that is called as a theme, marks say who has it."""
    if not (theme := own.get(one.column) or known_words("theme").get(fold(one.column))):
        return one

    def marks(cell: Cell) -> object:
        try:
            return (theme,) if codes.yes(cell) else ()
        except BadInputError:
            return one.parse(cell)

    return one._replace(parse=marks)


class _Wrong(Exception):
    """A cell that turned out wrong when it was put to use."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem[2])
        self.problem = problem


def _are_swapped(lat: object, lon: object) -> bool:
    """Return whether coordinates are those of the Netherlands or Belgium, the other way around: that is in the Indian Ocean."""
    return isinstance(lat, float) and isinstance(lon, float) and 2 <= lat <= 8 and 49 <= lon <= 54


def _label(code: str) -> str:
    return vocabulary().provinces[code].nl


def _add_note(said: Values, found: Values, line: str) -> None:
    note = found.pop("note", said.get("note"))
    said["note"] = f"{note}\n{line}" if note else line
