"""Text files with separators: CSV and TSV as spreadsheets write them.

The encoding is UTF-8 (with or without mark), UTF-16 with a mark (Excel's "Unicode text"), else Windows-1252, or Mac Roman
(Excel's CSV on a Mac) if more of its words make sense so. What separates cells is found by looking which of `;`, `,`, tab and `|` parts the first lines most evenly.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import IO

from graph.errors import LoadError
from loaders.table_cells import Broken, Cells, Sheet
from loaders.table_words import is_error

SEPARATORS = ";,\t|"
MAC = "mac_roman"
SAMPLE = 100  # lines that are looked at
_BLOCK = 1 << 20
# Letters with an accent beside others, as each encoding writes them. What the other makes of these bytes is seldom in a word: Windows-1252
# has a capital (Ž) where Mac Roman has é, ä and ü, and signs where it has á, à, ç, è, ê, ë and ö.
_OF_WINDOWS = re.compile(rb"[a-z][\xe0-\xff]|[\xe0-\xff][a-z]")
_OF_MAC = re.compile(rb"[a-z](?:[\x8a\x8e\x9f]|[\x87\x88\x8d\x8f-\x91\x9a](?=[a-z]))")


def opened(path: Path, name: str) -> Sheet:
    """Return the file as one sheet.

    Raises:
        LoadError: It is no text, or nothing in it looks like a table.
    """
    encoding = _encoding(path)
    with path.open(encoding=encoding, newline="") as file:
        sample = [line for line, _ in zip(file, range(SAMPLE), strict=False)]
    if not "".join(sample).strip():
        raise LoadError(nl="is leeg", en="is empty")
    return Sheet(path, name, "", partial(_rows, path, encoding, separator(sample)), encoding=encoding)


def separator(sample: list[str]) -> str:
    """Return what separates the cells of these lines: what parts most lines, and most of them in equally many cells.

    >>> separator(["naam;bedrag", "Een, twee en drie;15,00"])
    ';'
    """

    def evenness(mark: str) -> tuple[int, int, int]:
        lines = csv.reader(io.StringIO("".join(sample), newline=""), delimiter=mark)
        widths = [len(row) for row in lines if len(row) > 1]
        width, often = Counter(widths).most_common(1)[0] if widths else (0, 0)
        return len(widths), often, width

    return max(SEPARATORS, key=evenness)


def _rows(path: Path, encoding: str, mark: str) -> Iterator[tuple[int, Cells]]:
    """Yield the rows that say something, by the line that each starts on.

    Raises:
        LoadError: A quote is never closed, or stands where none may.
    """
    with path.open(encoding=encoding, newline="") as file:
        reader = csv.reader(_without_nul(file), delimiter=mark, strict=True)
        line = 1
        try:
            for cells in reader:
                if any(cells):
                    yield line, _with_errors(cells)
                line = reader.line_num + 1
        except csv.Error as error:
            raise LoadError(
                nl=f"{path.name}, rij {line}: een aanhalingsteken sluit niet of staat niet dubbel ({error}); hierna is"
                " niets te lezen. Verbeter die regel, of bewaar het bestand opnieuw uit de spreadsheet.",
                en=f"{path.name}, row {line}: a quote is not closed or not doubled ({error}); nothing after it can be"
                " read. Mend that line, or save the file again from the spreadsheet.",
            ) from error


def _with_errors(cells: list[str]) -> Cells:
    """Return cells, those that show an error as such."""
    text = "".join(cells)
    if "#" not in text and ":5" not in text:  # as in nearly every row
        return cells  # type: ignore[return-value] # a list of text is a list of cells
    return [Broken(cell.strip()) if is_error(cell.strip()) else cell for cell in cells]


def _without_nul(file: IO[str]) -> Iterator[str]:
    for line in file:
        yield line.replace("\0", "") if "\0" in line else line


def _encoding(path: Path) -> str:
    """Return the encoding in which the whole file can be read.

    Raises:
        LoadError: There is none; the message says which line is odd.
    """
    with path.open("rb") as file:
        start = file.read(4096)
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if b"\0" in start:
        raise LoadError(
            nl="is geen tekst en geen werkmap die we kennen; bewaar het als XLSX of als 'CSV UTF-8'",
            en="is neither text nor a workbook that we know; save it as XLSX or as 'CSV UTF-8'",
        )
    if _decodes(path, "utf-8-sig"):
        return "utf-8-sig"
    if _is_of_mac(path):
        return MAC
    if _decodes(path, "cp1252"):
        return "cp1252"
    raise LoadError(
        nl="is geen UTF-8 en geen Windows-1252; bewaar het als 'CSV UTF-8'",
        en="is neither UTF-8 nor Windows-1252; save it as 'CSV UTF-8'",
    )


def _is_of_mac(path: Path) -> bool:
    """Return whether more letters with an accent are those of Mac Roman than of Windows-1252."""
    with path.open("rb") as file:
        blocks = iter(partial(file.read, _BLOCK), b"")
        return sum(len(_OF_MAC.findall(block)) - len(_OF_WINDOWS.findall(block)) for block in blocks) > 0


def _decodes(path: Path, encoding: str) -> bool:
    try:
        with path.open(encoding=encoding, newline="") as file:
            while file.read(_BLOCK):
                pass
    except UnicodeDecodeError:
        return False
    return True
