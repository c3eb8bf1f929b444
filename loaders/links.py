"""What rows of one dataset say of each other: ids that stand there twice, or name nobody."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TypeAlias

import numpy as np

from graph import numbers
from graph.fields import SCHEMES, is_elsewhere
from graph.model import SECTOR
from graph.reading import Where
from graph.records import ActorRecord, Record, SourceRecord
from graph.text import nearest
from loaders.columns import Column

Problem: TypeAlias = tuple[str, str, str]  # a column, and what is wrong with it in Dutch and in English
SUGGESTIONS = 100  # names that get a suggestion: it is slow work, and only the first hundred faults are shown
CANDIDATES = 2_000  # ids that a name is compared with


class Seen:
    """Keys and the `rows` that they stood in; a million of them fit, as a row is kept as one number."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.rows: dict[Hashable, int] = {}
        self._files: list[str] = []

    def add(self, key: Hashable, where: Where) -> Where | None:
        """Note that `key` stands in the row `where`; return the row where it stood already, if it did."""
        if not self._files or self._files[-1] != where.file:
            self._files.append(where.file)
        number = where.row << 16 | len(self._files) - 1
        earlier = self.rows.setdefault(key, number)
        return None if earlier == number else self._where(earlier)

    def get(self, key: Hashable) -> Where | None:
        """Return the row that `key` stood in."""
        number = self.rows.get(key)
        return None if number is None else self._where(number)

    def __contains__(self, key: Hashable) -> bool:
        """Return whether `key` stood anywhere."""
        return key in self.rows

    def __iter__(self) -> Iterator[Hashable]:
        """Yield the keys."""
        return iter(self.rows)

    def _where(self, number: int) -> Where:
        return Where(self._files[number & 0xFFFF], number >> 16)


class Links:
    """The ids of the actors and sources read so far, and what each tie, offer and figure says, to tell a doubled one."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._ids = {"actor": Seen(), "source": Seen()}
        self._known = {kind: seen.rows for kind, seen in self._ids.items()}
        self._rejected = {"actor": Seen(), "source": Seen()}
        self._said, self._files = numbers.Seen(), list[str]()
        self._suggest = lru_cache(maxsize=SUGGESTIONS)(self._nearest)

    def doubled(self, kind: str, local: str, where: Where) -> Problem | None:
        """Note the id of an `actor` or `source`; return column and messages if another has it, or it cannot be one."""
        if kind == "actor" and _reserved(local):
            return "id", f"{local!r} is bezet; kies een andere id", f"{local!r} is reserved; choose another id"
        earlier = self._ids[kind].add(local, where)
        return _there(earlier, "id") if earlier else None

    def restated(self, keys: Sequence[int], wheres: Sequence[Where]) -> dict[int, Problem]:
        """Note what rows of one file say, by the keys of it; return messages for those that say what another row says."""
        if not self._files or self._files[-1] != wheres[0].file:
            self._files.append(wheres[0].file)
        places = np.array([where.row << 16 for where in wheres], dtype=np.int64) | len(self._files) - 1
        before = self._said.add(np.array(keys, dtype=np.int64), places)
        again = np.flatnonzero(before >= 0).tolist()
        return {i: _there(Where(self._files[before[i] & 0xFFFF], int(before[i]) >> 16), "") for i in again}

    def are_others(self, names: Sequence[str]) -> bool:
        """Return whether these are ids of actors read so far, and not one and the same."""
        known = self._known["actor"]
        return names[0] in known and names[-1] in known and (len(names) == 1 or names[0] != names[1])

    def reject(self, record: type[Record], values: Mapping[str, object], where: Where) -> None:
        """Note that the row with the id of an actor or source is not accepted, for the faults of what names it."""
        kind = {ActorRecord: "actor", SourceRecord: "source"}.get(record)
        if kind and (local := values.get("id")):
            self._rejected[kind].add(str(local), where)

    def dangling(self, columns: Iterable[Column], values: Mapping[str, object]) -> list[Problem]:
        """Return what is wrong with each cell that names an actor or source that the dataset does not have."""
        problems: list[Problem] = []
        for column in columns:
            named = values.get(column.field)
            if named is None or named in self._known[column.names]:  # as it is with nearly every cell
                continue
            if isinstance(named, str) and column.names == "actor" and _elsewhere(named, column):
                continue
            for name in (named,) if isinstance(named, str) else named if isinstance(named, tuple) else ():
                if name not in self._ids[column.names] and not (column.names == "actor" and _elsewhere(name, column)):
                    problems.append((column.name, *self._unknown(name, column.names)))
        return problems

    def _unknown(self, name: str, kind: str) -> tuple[str, str]:
        if row := self._rejected[kind].get(name):
            return (
                f"{name!r} staat in een rij die zelf is afgekeurd ({row.text('nl')})",
                f"{name!r} stands in a row that is rejected itself ({row.text('en')})",
            )
        near = self._suggest(name, kind)
        nl = {"actor": "geen actor van deze dataset", "source": "geen bron in sources.csv"}[kind]
        en = {"actor": "no actor of this dataset", "source": "no source in sources.csv"}[kind]
        return (
            f"{name!r} is {nl}{f'; bedoel je {near!r}?' if near else ''}",
            f"{name!r} is {en}{f'; do you mean {near!r}?' if near else ''}",
        )

    def _nearest(self, name: str, kind: str) -> str | None:
        return close(name, map(str, self._ids[kind])) if self._suggest.cache_info().misses <= SUGGESTIONS else None


def close(name: str, ids: Iterable[str]) -> str | None:
    """Return the id that looks most like `name`, from the first few thousand that begin like it, or of all if few."""
    known = list(ids)
    if len(known) > CANDIDATES:
        known = [one for one in known if one[:3] == name[:3]][:CANDIDATES]
    return nearest(name, known)


def _there(earlier: Where, column: str) -> Problem:
    return column, f"staat er al: {earlier.text('nl')}", f"is there already: {earlier.text('en')}"


def _elsewhere(name: str, column: Column) -> bool:
    """Return whether `name` is an end that another dataset may know, or what a figure about no actor names."""
    return is_elsewhere(name) or (column.field == "about" and name == SECTOR)


def _reserved(local: str) -> bool:
    """Return whether an id means something else already where it is named."""
    return local == SECTOR or (":" in local and local.partition(":")[0] in {*SCHEMES, "id"})
