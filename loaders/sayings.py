"""What rows say, whomever they are about: those that say the same of others need little checking."""

from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import NamedTuple, TypeAlias

from graph.records import ActorRecord, FigureRecord, OfferRecord, Record, SourceRecord, TieRecord
from graph.vocabulary import vocabulary

LONGEST = 300  # of an id
MANY = 20_000  # sayings of one file that are kept in mind
SELDOM = 20  # if fewer than one in so many was said before, looking for the others costs more than it saves


About: TypeAlias = ActorRecord | TieRecord | OfferRecord | FigureRecord


class Saying(NamedTuple):
    """What a record says, whomever it is about; the ends of a `symmetric` tie may stand in either order."""

    record: About
    what: int
    symmetric: bool

    def key(self, names: tuple[str, ...]) -> int:
        """Return a hash of what is said of `names`: rows that have it in common are doubled."""
        if self.symmetric and names[0] > names[1]:
            names = names[::-1]
        return hash((self.what, names))


def saying_of(record: About) -> Saying:
    """Return what a record says."""
    if isinstance(record, ActorRecord):  # who is doubled is told by the id
        return Saying(record, 0, symmetric=False)
    if isinstance(record, TieRecord):
        kind = vocabulary().tie_kinds[record.kind]
        return Saying(record, hash(("tie", record.kind, record.distinct_ref())), kind.symmetric)
    if isinstance(record, OfferRecord):
        told = record.model_copy(update=dict.fromkeys(("actor", "checked", "note", "cites", "locator")))
        return Saying(record, hash(("offer", told)), symmetric=False)
    what = hash(("figure", record.what, record.qualifier, record.unit, record.year))
    return Saying(record, what, symmetric=False)


class Alike:
    """Rows of one file that say the same of others: nearly all of their cells need to be checked only once."""

    def __init__(self, record: type[Record], fields: Sequence[str]) -> None:
        """Prepare for the columns of these fields; each source says something of its own."""
        names = () if record is SourceRecord else record.NAMES
        named = [fields.index(name) for name in names if name in fields]
        others = [place for place in range(len(fields)) if place not in named]
        self._width = len(fields) if len(named) == len(record.NAMES) and others else -1
        self.names, self._others = _cells(named), _cells(others)
        self._sayings: dict[tuple[str, ...], Saying] = {}
        self._found = 0  # since they were last cleared

    def get(self, cells: Sequence[str]) -> Saying | None:
        """Return what a row says, if another that says it was found right."""
        if len(cells) != self._width:
            return None
        saying = self._sayings.get(self._others(cells))
        self._found += saying is not None
        return saying

    def add(self, cells: Sequence[str], saying: Saying) -> None:
        """Keep what a row says that was found right."""
        if len(cells) == self._width:
            if len(self._sayings) == MANY:
                if self._found < MANY // SELDOM:  # each row says something of its own
                    self._width = -1
                self._sayings.clear()
                self._found = 0
            self._sayings[self._others(cells)] = saying


def is_plain(name: str) -> bool:
    """Return whether an id or name is right as it stands: not empty or long, nothing to be stripped or seen as a sign."""
    return 0 < len(name) <= LONGEST and name.isprintable() and name[0] != " " != name[-1]


def _cells(places: Sequence[int]) -> Callable[[Sequence[str]], tuple[str, ...]]:
    """Return what gives the cells in these places."""
    if len(places) > 1:
        return itemgetter(*places)
    return lambda cells: tuple([cells[place] for place in places])
