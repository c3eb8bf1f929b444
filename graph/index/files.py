"""An index as files: an array each, mapped into memory, so that processes share them."""

import json
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from graph.index.arrays import Sort, TieIndex
from graph.index.helping import Helping
from graph.index.likeness import Likeness

Part = TypeVar("Part", TieIndex, Helping, Likeness)
FORMAT = 6  # raise it with every change of what `building` makes of the same view


@dataclass(frozen=True)
class About:
    """What an index is of: equal, and so the index the same, whatever the `day` that its arcs are in order for.

    `origin` tells the store (`View.origin`), `revision` is the last one that the viewer could notice, `write` the name of the
    write that made it (see `State.writes`), `words` a digest of what it depends on in the vocabulary.
    """

    origin: str
    viewer: str
    revision: int
    write: str
    words: str
    day: date = field(compare=False)
    format: int = FORMAT

    @property
    def whose(self) -> str:
        """The store and the viewer: what the names of all indexes of this viewer begin with."""
        return f"{self.origin}-{self.viewer}-"

    @property
    def series(self) -> str:
        """What names begin with of those that differ in revision and write alone."""
        return f"{self.whose}{self.words}-{self.format}-"

    @property
    def name(self) -> str:
        """The name of its folder."""
        return f"{self.series}{self.revision}-{self.write}"

    @property
    def moment(self) -> tuple[str, int, str]:
        """Which state of which store; as `View.moment`."""
        return self.origin, self.revision, self.write


@dataclass(frozen=True, eq=False)
class Index:
    """An index of one view of one revision: ties, who helps with what, and how alike actors are."""

    about: About
    ties: TieIndex
    helping: Helping
    likeness: Likeness


def save(folder: Path, index: Index) -> None:
    """Write an index to files in `folder`, which is there and empty."""
    words: dict[str, Any] = {"about": asdict(index.about) | {"day": index.about.day.isoformat()}}
    for name, part in (("ties", index.ties), ("helping", index.helping), ("likeness", index.likeness)):
        for one in fields(part):
            value = getattr(part, one.name)
            if isinstance(value, np.ndarray):
                np.save(folder / f"{name}.{one.name}.npy", _narrowed(value))
            else:
                words[f"{name}.{one.name}"] = value
    (folder / "index.json").write_text(json.dumps(words), encoding="utf-8")


def _narrowed(values: NDArray[Any]) -> NDArray[Any]:
    """Return whole numbers in half the bytes where they fit: what is mapped is to be small."""
    small = values.dtype == np.int64 and (not len(values) or abs(values).max() <= np.iinfo(np.int32).max)
    return values.astype(np.int32) if small else values


def load(folder: Path) -> Index:
    """Map an index from its files.

    Raises:
        OSError, ValueError, KeyError: There is none, or not one that can be read.
    """
    words = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    about = words["about"] | {"day": date.fromisoformat(words["about"]["day"])}
    if about["format"] != FORMAT:
        raise ValueError(f"{folder} has format {about['format']}, not {FORMAT}")
    words["ties.sorts"] = [Sort._make(sort) for sort in words["ties.sorts"]]
    parts = (_part(folder, "ties", TieIndex, words), _part(folder, "helping", Helping, words))
    return Index(About(**about), *parts, _part(folder, "likeness", Likeness, words))


def _part(folder: Path, name: str, made: type[Part], words: dict[str, Any]) -> Part:
    values: dict[str, Any] = {}
    for one in fields(made):
        told = words.get(f"{name}.{one.name}")
        mapped = None if told is not None else np.load(folder / f"{name}.{one.name}.npy", mmap_mode="r")
        values[one.name] = tuple(told) if told is not None else np.asarray(mapped)
    return made(**values)
