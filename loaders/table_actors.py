"""The actors of a spreadsheet: which rows name the same one, what they say of it together, and the ids they get.

In one file two rows name the same actor if they have an identifier (or an id of the file) in common, or a name that
differs in writing alone, in the same place as far as the rows say one, and no identifiers that differ. What they say is
united: lists grow, another spelling of the name becomes an alias, a single value that is there stands, and a row that
says another is noted. Actors are given out in parts, so that a file of millions of rows streams; what a later part says
more of one that was given out is noted.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b

from pydantic import ValidationError
from rapidfuzz import fuzz

from graph.cleaning import same_writing
from graph.ledger import Ledger
from graph.model import SECTOR
from graph.reading import Fault, Row, Where, faults_of
from graph.records import ActorRecord
from graph.text import fold, slug
from loaders.sayings import is_plain
from loaders.table_columns import Values, kept
from loaders.table_role import PERSONAL
from loaders.table_several import Several

LONGEST = 90  # of an id made from a name
MANY = 50_000  # records that are kept in mind for actors that say the same
ALIKE = 60.0  # how alike (0–100) names of one actor are at least, if nothing is wrong with its number
VAGUE = "organisation"  # a kind that says least: another one goes before it
_UNITED = ("aliases", "identifiers", "websites", "themes", "contacts")


class _Actor:
    """An actor that was named: its id in the file, where first, and what was said of it until it was given out."""

    __slots__ = ("digest", "local", "said", "where")

    def __init__(self, local: str, said: Values, where: Where) -> None:
        self.local, self.where, self.digest = local, where, _digest(said)
        self.said: Values | None = said


class Actors:
    """The actors named so far; those since the last `take` can still be told more of."""

    def __init__(self, ledger: Ledger, *, by_name_alone: bool = False) -> None:
        """Begin with nobody; `by_name_alone`: a row that says nothing but a name may mean the only one who bears it."""
        self._ledger = ledger
        # Names, as `same_writing` has them, of whom another row tells that they are a person.
        self.persons: set[str] = set()
        self._bearers: dict[int, _Actor | None] | None = {} if by_name_alone else None  # None: several bear it
        self._by_mark: dict[int, _Actor] = {}  # by hashes, as there may be millions
        self._by_name: dict[int, _Actor] = {}
        self._locals: set[str] = set()
        self._called: dict[str, str] = {}  # another local id that is written for one, as several bear its name
        self._fresh: list[_Actor] = []
        self._shared: dict[object, ActorRecord] = {}
        self.several = Several(ledger)

    def named(self, said: Values, within: str, cites: str, where: Where) -> str:
        """Return the local id of the actor of which a row says this; `within` is the id of the actor its name counts in."""
        said = self._as_person(said, within) if said["kind"] == VAGUE and (self.persons or self._bearers) else said
        marks = [hash(mark) for mark in self._marks(said)]
        plain, area = (said["kind"] == "person", same_writing(str(said["name"])), within), self._area(said)
        name = hash((*plain, area))
        found = next((self._by_mark[mark] for mark in marks if mark in self._by_mark), None)
        if found is None and (namesake := self._by_name.get(name)):
            found = self._same(namesake, said)
        if found is None and self._bearers and not marks and not area:
            found = self._bearer(hash(plain), where)
        if found is None:
            self.several.see(said, plain[1], where)
            found = _Actor(self._local(said, within), said | {"cites": cites}, where)
            self._fresh.append(found)
        elif found.said is not None:
            self._unite(found, said, where)
        elif found.digest != _digest(said) and len(said) > 2:
            self._note(found, where)
        for mark in marks:
            self._by_mark.setdefault(mark, found)
        self._by_name.setdefault(name, found)
        if self._bearers is not None and self._bearers.setdefault(hash(plain), found) is not found:
            self._bearers[hash(plain)] = None
        return found.local

    def take(self) -> Iterator[Row]:
        """Give out the actors named since the last time."""
        for actor in self._fresh:
            said = actor.said or {}
            actor.said = None
            yield self._row(self._called.get(actor.local, actor.local), said, actor.where)
        self._fresh = []

    def called(self, rows: Sequence[Row]) -> Iterable[Row]:
        """Return rows about actors, with the local ids that these were given out under."""
        if not self._called:
            return rows
        return (row._replace(names=tuple(self._called.get(name, name) for name in row.names)) for row in rows)

    # -- who is who

    def _as_person(self, said: Values, within: str) -> Values:
        """Return what is said of somebody, as of a person if another row tells that it is one; then for whom a person is by default.

        That may be a row of another table, if no more is said than a name that nobody else there bears.
        """
        name = same_writing(str(said["name"]))
        if name not in self.persons and not (len(said) == len(("kind", "name")) and self._only_persons(name, within)):
            return said
        rest = {field: value for field, value in said.items() if not field.startswith("visibility")}
        return rest | {"kind": "person"}

    def _only_persons(self, name: str, within: str) -> bool:
        """Return whether persons of another table bear a name, and no others."""
        bearers = self._bearers or {}
        return hash((True, name, within)) in bearers and hash((False, name, within)) not in bearers

    def _bearer(self, plain: int, where: Where) -> _Actor | None:
        """Return the only one who bears a name; if several do, note that none of them is meant."""
        found = self._bearers.get(plain) if self._bearers else None
        if found is None and self._bearers and plain in self._bearers:
            nl = "een naam is op een ander blad van meer dan één; dit is nog een ander"
            en = "a name is that of more than one on another sheet; this is another one"
            self._ledger.note("namesakes", (f"{where.text('nl')}: {nl}.", f"{where.text('en')}: {en}."))
        return found

    def _marks(self, said: Values) -> Sequence[str]:
        marks = [str(mark) for mark in said.get("identifiers", ())]  # type: ignore[attr-defined] # a tuple
        return [f"id:{said['id']}", *marks] if "id" in said else marks

    def _area(self, said: Values) -> str:
        return str(said.get("municipality") or fold(str(said.get("place", ""))))

    def _same(self, namesake: _Actor, said: Values) -> _Actor | None:
        """Return the first who bore a name if this is said of it; if not, have it told apart from this one."""
        if not self._differ(namesake, said):
            return namesake
        self._tell_apart(namesake)
        return None

    def _differ(self, known: _Actor, said: Values) -> bool:
        """Return whether two of one name have identifiers of one scheme that differ, or ids of the file."""
        if known.said is None:
            return bool(self._marks(said))
        schemes = {mark.partition(":")[0]: mark for mark in self._marks(known.said)}
        return any(schemes.get(mark.partition(":")[0], mark) != mark for mark in self._marks(said))

    def _local(self, said: Values, within: str) -> str:
        """Return an id that no other actor of the file has, and that the next file of this kind gives it again."""
        if "id" in said:
            base = slug(str(said["id"])) or "id"
        elif said["kind"] == "person":
            base = f"persoon-{_hash(fold(str(said['name'])) + within)}"
        else:
            parts = (slug(str(said["name"])), slug(self._area(said)), within)
            base = "-".join(part for part in parts if part) or _hash(str(said["name"]))
        if len(base) > LONGEST:
            base = f"{base[:LONGEST]}-{_hash(base)}"
        if base in self._locals or base == SECTOR:
            marks = "".join(self._marks(said))
            base = f"{base}-{slug(marks) or _hash(str(said['name']))}"
        number, local = 2, base
        while local in self._locals:
            local, number = f"{base}-{number}", number + 1
        self._locals.add(local)
        return local

    def _tell_apart(self, namesake: _Actor) -> None:
        """Have the first of a name called by its number too, as all others are: who is first may be another in the next file."""
        if namesake.said and "id" not in namesake.said and namesake.local not in self._called:
            called = f"{namesake.local}-{slug(''.join(self._marks(namesake.said)))}"
            if called not in self._locals:
                self._locals.add(called)
                self._called[namesake.local] = called

    # -- what is said

    def _unite(self, actor: _Actor, said: Values, where: Where) -> None:
        known = actor.said if actor.said is not None else {}
        for field, value in said.items():
            if field in _UNITED:
                before: tuple[object, ...] = known.get(field, ())  # type: ignore[assignment]
                known[field] = (*before, *(one for one in value if one not in before))  # type: ignore[attr-defined]
            elif field not in known:
                known[field] = value
            elif field == "name" and value != known["name"]:
                self._also(known, str(value), actor.where, where)
            elif field == "kind" and VAGUE in (value, known[field]):
                known[field] = known[field] if value == VAGUE else value
            elif known[field] != value and field not in ("id", PERSONAL, "cites"):
                self._note(actor, where, field)

    def _also(self, known: Values, name: str, first: Where, where: Where) -> None:
        """Keep another name of an actor; one that is not like the first is told, as a number may stand in the wrong row."""
        aliases: tuple[object, ...] = known.get("aliases", ())  # type: ignore[assignment]
        if fold(name) not in {fold(str(one)) for one in (known["name"], *aliases)}:
            known["aliases"] = (*aliases, name)
            if known["kind"] != "person" and fuzz.WRatio(same_writing(str(known["name"])), same_writing(name)) < ALIKE:
                nl = f"{where.text('nl')}: {name!r} heeft hetzelfde nummer als {known['name']!r} ({first.text('nl')})."
                en = f"{where.text('en')}: {name!r} has the same number as {known['name']!r} ({first.text('en')})."
                self._ledger.note("renumbered", (nl, en))

    def _note(self, actor: _Actor, where: Where, field: str = "") -> None:
        of = f" ({field})" if field else ""
        self._ledger.note(
            "differing",
            (
                f"{where.text('nl')}: zegt iets anders van {actor.local}{of} dan {actor.where.text('nl')}; die geldt.",
                f"{where.text('en')}: says something else of {actor.local}{of} than {actor.where.text('en')}; that one holds.",
            ),
        )

    # -- records

    def wrong(self, said: Values, cites: str, where: Where, columns: Mapping[str, str]) -> list[Fault]:
        """Return what of this cannot be said of an actor; `columns` names the column of a field."""
        said = said | {"cites": cites}
        rest, name = _rest(said), str(said["name"])
        if rest in self._shared and is_plain(name):
            return []
        try:
            record = ActorRecord.model_validate({**_fields(said), "id": "x"})
        except ValidationError as error:
            return faults_of(error, where, (), columns)
        if rest is not None:
            kept(self._shared, rest, record, MANY)
        return []

    def _row(self, local: str, said: Values, where: Where) -> Row:
        if said.get(PERSONAL):
            self._ledger.note("personal", _kept_out(where))
        record, name = self._shared.get(_rest(said)), str(said["name"])
        if record and is_plain(name):
            return Row(record, where, (), (local, name))
        return Row(ActorRecord.model_validate({**_fields(said), "id": local}), where)


def _rest(said: Values) -> object:
    """Return what is said besides the name, to be found again; None if it cannot be."""
    if "contacts" in said:
        return None
    return tuple([item for item in said.items() if item[0] not in ("name", "id", PERSONAL)])


def _fields(said: Values) -> Values:
    return {field: value for field, value in said.items() if field not in ("id", PERSONAL)}


def _kept_out(where: Where) -> tuple[str, str]:
    return (
        f"{where.text('nl')}: een persoonlijk mailadres, telefoonnummer of eigen pagina, of wat naast een nummer stond, is niet bewaard.",
        f"{where.text('en')}: a personal mail address, telephone number or page, or what stood beside a number, was not kept.",
    )


def _hash(text: str) -> str:
    return blake2b(text.encode(), digest_size=6).hexdigest()


def _digest(said: Values) -> int:
    return hash(
        frozenset([(field, str(value)) for field, value in said.items() if field not in ("id", "cites", PERSONAL)])
    )
