"""Columns and rows of a workbook that one does not see, which calamine does not tell of: hidden, or left out by a filter."""

import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from loaders.table_archive import blocks, parts

_HIDDEN = re.compile(rb"<(?:\w+:)?(col|row)\b([^>]*\bhidden=[\"'](?:1|true)[\"'][^>]*)>")
_NUMBER = re.compile(rb"\b(min|max|r)=[\"'](\d{1,7})[\"']")
MOST_COLUMNS, MOST_ROWS = 16_384, 1_048_576  # of a sheet


class Hidden(NamedTuple):
    """Hidden columns by place, from 0, and hidden rows by number, from 1."""

    columns: frozenset[int] = frozenset()
    rows: frozenset[int] = frozenset()


def hidden(path: Path) -> Mapping[str, Hidden]:
    """Return by sheet of an XLSX what is hidden in it; nothing if it is no XLSX."""
    with zipfile.ZipFile(path) as archive:
        there = set(archive.namelist())
        return {title: _of_sheet(archive, part) for title, part in parts(archive).items() if part in there}


def _of_sheet(archive: zipfile.ZipFile, part: str) -> Hidden:
    columns, rows = set[int](), set[int]()
    for kind, said in _marked(archive, part):
        if kind == b"row":
            rows.update(range(said.get(b"r", 0), said.get(b"r", -1) + 1))
        elif first := said.get(b"min"):
            columns.update(range(first - 1, min(said.get(b"max", first), MOST_COLUMNS)))
    return Hidden(frozenset(columns), frozenset(rows))


def _marked(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[bytes, Mapping[bytes, int]]]:
    """Yield the columns and rows of a sheet that are marked as hidden, with the numbers that they have."""
    rest = b""
    for block in blocks(archive, part):
        text = rest + block
        end = text.rfind(b">") + 1
        if b"hidden=" in text:
            for kind, said in _HIDDEN.findall(text[:end]):
                yield kind, {name: int(number) for name, number in _NUMBER.findall(said)}
        rest = text[end:]
