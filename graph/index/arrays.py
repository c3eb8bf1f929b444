"""The arrays of a tie index, how they are kept in files, and what a date makes of them.

Actors are numbered by *place*: their order by id, so that an order of places is an order of ids. The arcs of the actor
at place `p` (its walkable ties, from both ends) are those from `ptr[p]` to `ptr[p + 1]`, best chance first, then by the
other end. Ties that are worth the same on every day are of one *sort*: kind, status, basis, since, until.

The files are memory-mapped, so that processes share them: some 40 bytes a tie.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from graph import chance

Ints: TypeAlias = NDArray[np.int32]
Longs: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]

FORMAT = 1  # of the files
NEVER = np.iinfo(np.int32).max  # a day that does not come


class Sort(NamedTuple):
    """What the chance of a tie depends on."""

    kind: str
    status: str
    basis: str
    since: str
    until: str

    def chance(self, day: date) -> float:
        """Return the chance (0–1) that a tie of this sort introduces on a day."""
        return chance.of_tie(self.kind, self.status, self.basis, self.since, self.until, day)


@dataclass(frozen=True)
class About:
    """What an index was made of: the store's `revision`, whose view, and the `day` its arcs are in order for."""

    viewer: str
    revision: int
    day: date
    sorts: tuple[Sort, ...]
    format: int = FORMAT


@dataclass(frozen=True, eq=False)
class TieIndex:
    """An index of one view of one revision.

    Per actor: `ns` the store's number, `openness` as a connector (0: it never connects), `ended` the last day of one
    that ended (ordinal), `first` the rank of its best arc. Per arc: `other` end, `sort`, and `slot`, which is
    `place * ranks + rank`. `rank_of` gives the rank of a sort: sorts in order of chance on the index's day.
    """

    about: About
    ns: Ints
    places: Ints  # places in order of ns
    openness: Floats
    ended: Ints
    ptr: Longs
    first: Ints
    other: Ints
    sort: Ints
    slot: Longs
    rank_of: Ints

    @property
    def size(self) -> int:
        """How many actors there are."""
        return len(self.ns)

    @cached_property
    def ranks(self) -> int:
        """How many ranks there are, and one more for actors without arcs."""
        return int(self.rank_of.max(initial=-1)) + 2

    def place(self, n: int) -> int:
        """Return the place of the actor with the store's number `n`; -1 if it has none."""
        return int(self.places_of(np.array([n]))[0])

    def places_of(self, ns: NDArray[np.integer]) -> Longs:
        """Return the places of actors by their numbers in the store; -1 for those that have none."""
        if not self.size:
            return np.full(len(ns), -1, np.int64)
        at = np.searchsorted(self.ns, ns, sorter=self.places).clip(max=self.size - 1)
        found: Longs = self.places[at].astype(np.int64)
        found[self.ns[found] != ns] = -1
        return found

    def arcs(self, place: int) -> slice:
        """Return where the arcs of an actor stand."""
        return slice(int(self.ptr[place]), int(self.ptr[place + 1]))


class Clock:
    """What the sorts of an index are worth on one day."""

    def __init__(self, index: TieIndex, day: date) -> None:
        """Look at the clock."""
        self.day = day
        self.ordinal = day.toordinal()
        self.chance = np.array([sort.chance(day) for sort in index.about.sorts], np.float64)
        highest = np.zeros(index.ranks, np.float64)
        np.maximum.at(highest, index.rank_of, self.chance)
        # What an arc of this rank, or of one behind it, is worth at most.
        self.most = np.maximum.accumulate(highest[::-1])[::-1].copy()
        self.falling = -self.most


@lru_cache(maxsize=16)
def clock(index: TieIndex, day: date) -> Clock:
    """Return what an index's sorts are worth on a day, read once."""
    return Clock(index, day)


ARRAYS = tuple(field.name for field in fields(TieIndex) if field.name != "about")


def save(folder: Path, index: TieIndex) -> None:
    """Write an index to files in `folder`, which is there and empty."""
    about = asdict(index.about) | {"day": index.about.day.isoformat()}
    (folder / "about.json").write_text(json.dumps(about), encoding="utf-8")
    for name in ARRAYS:
        np.save(folder / f"{name}.npy", getattr(index, name))


def load(folder: Path) -> TieIndex:
    """Map an index from its files.

    Raises:
        OSError, ValueError: There is none, or not one that can be read.
    """
    about = json.loads((folder / "about.json").read_text(encoding="utf-8"))
    if about["format"] != FORMAT:
        raise ValueError(f"{folder} has format {about['format']}, not {FORMAT}")
    about |= {"day": date.fromisoformat(about["day"]), "sorts": tuple(Sort._make(sort) for sort in about["sorts"])}
    arrays: Mapping[str, NDArray[np.generic]] = {
        name: np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r")) for name in ARRAYS
    }
    return TieIndex(About(**about), **arrays)  # type: ignore[arg-type]  # each of its type, as it was saved
