"""CSV files with faults: opens one, finds all that makes it unreadable as a whole, then yields its rows."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from graph.errors import LoadError
from graph.reading import Fault, Where
from graph.text import nearest

_BROKEN: Mapping[str, tuple[str, str]] = {  # what the CSV reader says, and what it means
    "unexpected end of data": (
        "hier begint een cel met een aanhalingsteken dat nergens sluit",
        "a quote that opens here is never closed",
    ),
    "field larger than field limit": (
        "hier staat een te lange cel; misschien sluit een aanhalingsteken niet",
        "a cell here is too long; maybe a quote is not closed",
    ),
}


@dataclass(frozen=True, slots=True)
class File:
    """A CSV file that can be read: `name` as messages call it, its header, and its number of rows."""

    path: Path
    name: str
    header: tuple[str, ...] = ()
    total: int = 0

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield each row that says something, and the line that it starts on (the header's being 1)."""
        with self.path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            next(reader, None)
            line = reader.line_num + 1
            for cells in reader:
                if any(cells):
                    yield line, cells
                line = reader.line_num + 1


def opened(path: Path, name: str, columns: Mapping[str, bool]) -> File | list[Fault]:
    """Return the file, or all that keeps it from being read. `columns` says which ones there are, and must be.

    The whole file is read once: what cannot be decoded or parsed is known before the first row is used.
    """
    file = File(path, name)
    try:
        header, total = _counted(file)
    except UnicodeDecodeError:
        return [_not_utf8(file)]
    except csv.Error as error:
        return [_broken(file, str(error))]
    except OSError as error:
        return [_fault(file, 1, "", f"is niet te lezen ({error.strerror})", f"cannot be read ({error.strerror})")]
    if any("\0" in cell for cell in header):  # UTF-16 without a mark
        return [_not_utf8(file)]
    faults = list(_of_header(file, header, columns))
    return faults or File(path, name, header, total)


def _counted(file: File) -> tuple[tuple[str, ...], int]:
    with file.path.open(encoding="utf-8-sig", newline="") as text:
        header = tuple(cell.strip() for cell in next(csv.reader(text, strict=True), ()))
    total = _lines_without_quotes(file)
    return header, sum(1 for _ in file.rows()) if total is None else total


def _lines_without_quotes(file: File) -> int | None:
    """Return the number of rows if each is a line of its own, as nothing is quoted; None if only parsing can tell."""
    longest = csv.field_size_limit()
    says = 0
    with file.path.open(encoding="utf-8-sig", newline="") as text:
        for line in text:
            if '"' in line or len(line) > longest:
                return None
            if line.strip(",\r\n"):
                says += 1
    return says - 1  # the header


def _of_header(file: File, header: tuple[str, ...], columns: Mapping[str, bool]) -> Iterator[Fault]:
    required = [name for name, needed in columns.items() if needed]
    if not any(header):
        needed = ", ".join(required)
        yield _fault(
            file,
            1,
            "",
            f"is leeg; zet op de eerste regel de kolommen (nodig: {needed})",
            f"is empty; put the columns on the first line (needed: {needed})",
        )
        return
    if len(header) == 1 and ";" in header[0]:
        yield _fault(
            file, 1, "", "scheidt kolommen met puntkomma's; gebruik komma's", "separates by semicolons; use commas"
        )
        return
    yield from _odd(file, header, columns)
    for name in required:
        if name not in header:
            yield _fault(file, 1, name, "deze kolom ontbreekt en is nodig", "this column is missing and is needed")


def _odd(file: File, header: tuple[str, ...], columns: Mapping[str, bool]) -> Iterator[Fault]:
    """Yield columns without a name, doubled or unknown."""
    for place, name in enumerate(header, start=1):
        if not name:
            yield _fault(file, 1, "", f"kolom {place} heeft geen naam", f"column {place} has no name")
        elif name in header[: place - 1]:
            yield _fault(file, 1, name, "deze kolom staat er twee keer", "this column is there twice")
        elif name not in columns:
            near, known = nearest(name, columns), ", ".join(columns)
            yield _fault(
                file,
                1,
                name,
                f"deze kolom kennen we niet{f'; bedoel je {near!r}?' if near else ''} (wel: {known})",
                f"this column is not known{f'; do you mean {near!r}?' if near else ''} (known: {known})",
            )


def _not_utf8(file: File) -> Fault:
    line = next((n for n, line in enumerate(_lines(file), start=1) if not _decodes(line)), 1)
    return _fault(
        file,
        line,
        "",
        "is geen UTF-8; bewaar het bestand opnieuw als 'CSV UTF-8'",
        "is not UTF-8; save the file again as 'CSV UTF-8'",
    )


def _lines(file: File) -> Iterator[bytes]:
    with file.path.open("rb") as lines:
        yield from lines


def _decodes(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _broken(file: File, error: str) -> Fault:
    """Return the fault of a file whose quotes or cells the CSV reader gave up on."""
    nl, en = next(
        (words for start, words in _BROKEN.items() if error.startswith(start)),
        ("een aanhalingsteken in een cel staat niet dubbel", "a quote within a cell is not doubled"),
    )
    return _fault(file, _last_start(file), "", f"{nl}; hierna is niets te lezen", f"{en}; nothing after it can be read")


def _last_start(file: File) -> int:
    """Return the line on which the first row starts that cannot be parsed."""
    line = 1
    with file.path.open(encoding="utf-8-sig", newline="") as text:
        reader = csv.reader(text, strict=True)
        try:
            for _ in reader:
                line = reader.line_num + 1
        except csv.Error:
            pass
    return line


def _fault(file: File, line: int, column: str, nl: str, en: str) -> Fault:
    return Fault(Where(file.name, line), column, nl, en)


def refuse(faults: Iterable[Fault]) -> None:
    """Raise all faults that keep a source from being read as one error, if there are any.

    Raises:
        LoadError: There are faults.
    """
    if found := list(faults):
        raise LoadError(nl="\n".join(f.text("nl") for f in found), en="\n".join(f.text("en") for f in found))
