"""The project's own format: folders with `dataset.toml` and tables of actors, ties, offers, figures and sources.

`docs/format.md` specifies it; `loaders/columns.py` has its columns. Tables of several folders are read as one dataset:
each table of all folders before the next one, so that what is named is read before what names it.
"""

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from graph.errors import BadInputError, LoadError
from graph.fields import SCHEMES
from graph.reading import Fault, Reading, Row, Where
from graph.text import nearest
from loaders import dataset
from loaders.columns import ACTORS, NOT_READ, TABLES
from loaders.links import Links, close
from loaders.rows import Reader
from loaders.tables import File, opened, refuse

_CBS = re.compile(r"GM\d{4}")
_KNOWN = (*(table.file for table in TABLES), *NOT_READ)
STRETCH = 200
_NEEDED = ("actors.csv", "ties.csv")  # one of them, at least


def load(paths: Sequence[Path]) -> Reading:
    """Read folders of tables as one dataset.

    Raises:
        LoadError: A path is no such folder, or a file cannot be read as a whole; the message tells all there is.
    """
    folders = [Path(path) for path in paths]
    refuse(_of_folders(folders))
    named = {folder: "" if len(folders) == 1 else f"{folder}/" for folder in folders}
    stated, faults = _dataset(named)
    files: dict[str, list[File]] = {table.file: [] for table in TABLES}
    for table in TABLES:
        columns = {column.name: column.required for column in table.columns.values()}
        for folder, prefix in named.items():
            if (path := folder / table.file).exists():
                file = opened(path, prefix + table.file, columns)
                faults += file if isinstance(file, list) else []
                files[table.file] += [file] if isinstance(file, File) else []
    refuse(faults)
    actors = _Actors(files[ACTORS.file])
    refuse(_of_speaker(stated, actors))
    every = [file for group in files.values() for file in group]
    return Reading(
        dataset=stated,
        items=_items(files, actors),
        tables={(file.name, ""): file.header for file in every},
        total=sum(file.total for file in every),
    )


@dataclass(frozen=True)
class _Actors:
    """What the actors of the files are, looked up before they are read: only where somebody names one that early."""

    files: Sequence[File]

    @cached_property
    def codes(self) -> Mapping[str, str]:
        """The CBS code of each actor, empty if it has none."""
        codes = {}
        for file in self.files:
            at = file.header.index("id")
            marks = file.header.index("identifiers") if "identifiers" in file.header else None
            for _, cells in file.rows():
                if len(cells) > max(at, marks or 0):
                    found = re.search(r"\bcbs:(GM\d{4})\b", cells[marks]) if marks is not None else None
                    codes[cells[at].strip()] = found[1] if found else ""
        return codes

    @cached_property
    def suggest(self) -> Callable[[str], str | None]:
        """What looks most like a name among the actors with a code; kept, as a wrong name tends to stand in many rows."""
        known = [local for local, code in self.codes.items() if code]
        return lru_cache(maxsize=1_000)(lambda name: close(name, known))

    def municipality(self, cell: str) -> str:
        """Read a municipality: its CBS code, or the id of an actor of the files that has one."""
        if _CBS.fullmatch(cell):
            return cell
        if code := self.codes.get(cell):
            return code
        near = self.suggest(cell)
        raise BadInputError(
            nl=f"{cell!r} is geen CBS-code (GM0599) en geen actor met een kenmerk cbs:GM…"
            + (f"; bedoel je {near!r}?" if near else ""),
            en=f"{cell!r} is no CBS code (GM0599) and no actor with an identifier cbs:GM…"
            + (f"; do you mean {near!r}?" if near else ""),
        )


def _of_folders(folders: Sequence[Path]) -> Iterator[Fault]:
    """Yield what is wrong with the paths themselves."""
    found: set[str] = set()
    for folder in folders:
        tables = _tables_in(folder)
        if isinstance(tables, Fault):
            yield tables
            continue
        found.update(tables)
        for name in tables:
            if name not in _KNOWN:
                near = nearest(name, _KNOWN) or ", ".join(_KNOWN)
                nl, en = f"deze tabel kennen we niet; bedoel je {near}?", f"not a known table; do you mean {near}?"
                yield _whole(str(folder / name), nl, en)
        if not tables:
            yield _whole(str(folder), "er staan geen tabellen (.csv) in", "there are no tables (.csv) in it")
    if not found & set(_NEEDED):
        place = ", ".join(map(str, folders))
        yield _whole(place, "geef een map met actors.csv of ties.csv", "give a folder with actors.csv or ties.csv")


def _tables_in(folder: Path) -> list[str] | Fault:
    """Return the names of the tables in a folder, or why there are none to see."""
    try:
        return sorted(path.name for path in folder.iterdir() if path.suffix.lower() == ".csv")
    except FileNotFoundError:
        return _whole(str(folder), "bestaat niet; geef een map met tabellen", "does not exist; give a folder of tables")
    except NotADirectoryError:
        return _whole(str(folder), "is geen map; geef een map met tabellen", "is no folder; give a folder of tables")
    except OSError as error:
        return _whole(str(folder), f"is niet te lezen ({error.strerror})", f"cannot be read ({error.strerror})")


def _dataset(named: Mapping[Path, str]) -> tuple[dict[str, object], list[Fault]]:
    """Return what the first folder with a `dataset.toml` states there."""
    for folder, prefix in named.items():
        if (path := folder / dataset.FILE).exists():
            return dataset.read(path, prefix + dataset.FILE)
    return {}, []


def _of_speaker(stated: Mapping[str, object], actors: _Actors) -> Iterator[Fault]:
    speaker = str(stated.get("speaker", ""))
    if speaker and speaker.partition(":")[0] not in {*SCHEMES, "id"} and speaker not in actors.codes:
        near = close(speaker, actors.codes)
        yield Fault(
            Where(dataset.FILE, 1),
            "speaker",
            f"{speaker!r} is geen actor van deze dataset{f'; bedoel je {near!r}?' if near else ''}",
            f"{speaker!r} is no actor of this dataset{f'; do you mean {near!r}?' if near else ''}",
        )


def _whole(name: str, nl: str, en: str) -> Fault:
    return Fault(Where(name, 1), "", nl, en)


def _items(files: Mapping[str, Sequence[File]], actors: _Actors) -> Iterator[Row | Fault]:
    links = Links()
    for table in TABLES:
        for file in files[table.file]:
            reader = Reader(table, file, {"municipality": actors.municipality}, links)
            try:
                yield from reader.rows(file.rows())
            except (OSError, UnicodeDecodeError, csv.Error) as error:  # it could be read a moment ago
                raise LoadError(
                    nl=f"{file.name} is veranderd tijdens het laden ({error}); laad het opnieuw.",
                    en=f"{file.name} changed while it was loaded ({error}); load it again.",
                ) from error
