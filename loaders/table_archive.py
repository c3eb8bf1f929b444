"""What is packed in a workbook, looked at before it is opened: how large it gets, and which cells hold no usable value."""

import re
import zipfile
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path

from graph.errors import LoadError

MOST = 800 * 2**20  # bytes, unpacked
DENSE, RATIO = (
    50 * 2**20,
    200,
)  # what unpacks to more than this, and to so many times its size, is no table that somebody filled
_BLOCK = 1 << 20
_CELL = re.compile(
    rb'<c r="([A-Z]+)(\d+)"([^>]*)>\s*(?:<f[^>]*?(?:/>|>[^<]*</f>))?\s*(?:<v\s*/>|<v>([^<]*)</v>)?\s*</c>'
)
# A cell with a value, or a row with such a cell; empty ones fill up what a program calls a sheet.
_REPEATED = re.compile(
    rb'<table:(?:covered-)?table-cell\b(?=[^>]*-repeated="\d{5,})[^>]*office:value'
    rb'|<table:table-row\b[^>]*-repeated="\d{5,}"[^>]*(?<!/)>(?:(?!</table:table-row).)*?office:value',
    re.DOTALL,
)

_NO_SHEETS = (b"application/vnd.oasis.opendocument.text", b"application/vnd.oasis.opendocument.presentation")

Place = tuple[int, int]


def check(path: Path, most: int = MOST) -> None:
    """See that a packed workbook unpacks to a bearable size (`most` bytes), by unpacking it: what the file says of itself may be a lie.

    Raises:
        LoadError: It does not, or it is damaged.
    """
    packed, size = path.stat().st_size, 0
    try:
        with zipfile.ZipFile(path) as archive:
            for member in archive.infolist():
                for block in blocks(archive, member.filename):
                    size += len(block)
                    if size > most or (size > DENSE and size > RATIO * packed):
                        raise _too_large(packed, size)
                    if member.filename == "content.xml" and _repeats(block):
                        raise _too_large(packed, size)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise LoadError(
            nl=f"is beschadigd of versleuteld ({error}); bewaar het opnieuw",
            en=f"is damaged or encrypted ({error}); save it again",
        ) from error


def is_binary(path: Path) -> bool:
    """Return whether a packed workbook is an XLSB, of which the parts are no XML."""
    with zipfile.ZipFile(path) as archive:
        return "xl/workbook.bin" in archive.namelist()


def refuse_others(path: Path) -> None:
    """See that a packed file is not one of Apple Numbers, a text or a presentation, nor has other files in it.

    Raises:
        LoadError: It is, or has; the message says what to do.
    """
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        sort = archive.read("mimetype") if "mimetype" in names else b""
    if any(name.endswith(".iwa") for name in names):
        raise LoadError(
            nl="is van Apple Numbers; bewaar het als XLSX (Archief, Exporteer naar, Excel)",
            en="is of Apple Numbers; save it as XLSX (File, Export To, Excel)",
        )
    if "word/document.xml" in names or "ppt/presentation.xml" in names or sort.startswith(_NO_SHEETS):
        raise LoadError(
            nl="is een tekst of presentatie, en geen spreadsheet; zet de tabel over in een spreadsheet",
            en="is a text or presentation, and no spreadsheet; copy the table into a spreadsheet",
        )
    if tables := [name for name in names if name.lower().endswith((".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods"))]:
        raise LoadError(
            nl=f"is een ZIP met bestanden; pak het uit en geef wat erin zit ({', '.join(tables[:3])})",
            en=f"is a ZIP with files; unpack it and give what is in it ({', '.join(tables[:3])})",
        )


def _too_large(packed: int, size: int) -> LoadError:
    return LoadError(
        nl=f"is {packed / 1e3:,.0f} kB en pakt uit tot meer dan {size / 1e6:,.0f} MB; dat openen we niet. Bewaar de rijen als CSV",
        en=f"is {packed / 1e3:,.0f} kB and unpacks to more than {size / 1e6:,.0f} MB; we do not open that. Save the rows as CSV",
    )


def _repeats(block: bytes) -> bool:
    """Return whether an ODS repeats a cell with a value tens of thousands of times (an empty one it may)."""
    return _REPEATED.search(block) is not None


def broken_cells(path: Path) -> Mapping[str, Mapping[Place, str]]:
    """Return by sheet of an XLSX the cells (row and column from 0) that are errors or formulas without a value."""
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        return {title: dict(_broken(archive, part)) for title, part in parts(archive).items() if part in names}


def parts(archive: zipfile.ZipFile) -> Mapping[str, str]:
    """Return the part of an XLSX that each sheet stands in; none if it is no XLSX."""
    try:
        book = archive.read("xl/workbook.xml").decode("utf-8", "replace")
        links = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    except KeyError:
        return {}
    targets = {}
    for link in re.findall(r"<Relationship\b[^>]*>", links):
        if (name := re.search(r'\bId="([^"]*)"', link)) and (target := re.search(r'\bTarget="([^"]*)"', link)):
            targets[name[1]] = target[1].removeprefix("/xl/").removeprefix("xl/")
    found = {}
    for sheet in re.findall(r"<sheet\b[^>]*>", book):
        if (title := re.search(r'\bname="([^"]*)"', sheet)) and (link_id := re.search(r'\br:id="([^"]*)"', sheet)):
            found[unescape(title[1])] = f"xl/{targets.get(link_id[1], '')}"
    return found


def _broken(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[Place, str]]:
    rest = b""
    for block in blocks(archive, part):
        text = rest + block
        last = text.rfind(b"<c ")  # it may go on in the next block
        whole, rest = (text[:last], text[last:]) if last >= 0 else (b"", text[-2:])
        if b"<f" in whole or b't="e"' in whole:
            yield from _in(whole)
    yield from _in(rest)


def _in(text: bytes) -> Iterator[tuple[Place, str]]:
    for match in _CELL.finditer(text):
        column, row, marks, value = match.groups()
        error = b't="e"' in marks
        if error or (b"<f" in match[0] and not value and b't="str"' not in marks):
            place = int(row) - 1, _number(column.decode())
            yield place, (value or b"#").decode("utf-8", "replace") if error else "="


def _number(letters: str) -> int:
    """Return the number of a column, from 0.

    >>> _number("A"), _number("AB")
    (0, 27)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def blocks(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """Yield a part of an archive, in blocks."""
    with archive.open(name) as file:
        while block := file.read(_BLOCK):
            yield block
