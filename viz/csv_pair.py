"""CSV: a table of actors and one of ties, with a read-me, in a zip. For programs, and for Dutch Excel.

For programs: commas, decimal points, steady names, ids of kinds, several values between bars. For Excel: semicolons, decimal commas,
headers and words for people, and a byte order mark, so that a double click opens it right. In both a cell that a spreadsheet
would take for a formula begins with an apostrophe.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain

from graph.drawing import Extract
from graph.errors import Lang
from viz import about
from viz.captions import language
from viz.columns import COLUMNS, FORMULA, MANY, OWN, Column, Value, Values, joined, label, of_actor, of_tie_with_ends
from viz.lines import csv_lines, encoded
from viz.zips import zipped

BOM = "\ufeff"


def for_programs(extract: Extract) -> Iterator[bytes]:
    """Yield the zip for programs."""
    yield from _zip(extract, excel=False)


def for_excel(extract: Extract) -> Iterator[bytes]:
    """Yield the zip for Dutch Excel."""
    yield from _zip(extract, excel=True)


def _zip(extract: Extract, *, excel: bool) -> Iterator[bytes]:
    says, pair = about.words(extract), _Pair(extract, excel=excel)
    names = (says["readme"], says["actors"], says["ties"]) if excel else ("readme", "actors", "ties")
    files = zip(names, (".txt", ".csv", ".csv"), (pair.explained(), pair.actors(), pair.ties()), strict=True)
    yield from zipped((name.lower() + ending, encoded(lines)) for name, ending, lines in files)


class _Pair:
    """The two tables under way, and the names of actors for the second."""

    def __init__(self, extract: Extract, *, excel: bool) -> None:
        self._extract = extract
        self._lang = language(extract.lang)
        self._excel = excel
        self._names: dict[str, str] = {}

    def explained(self) -> Iterator[str]:
        says = about.words(self._extract)
        yield BOM
        for what, words in about.told(self._extract):
            yield f"{what}: {words}\r\n"
        yield f"{says['empty']}\r\n"
        for table in ("actors", "ties"):
            yield f"\r\n{says[table]}\r\n"
            for column in COLUMNS[table]:
                name = column.header(self._lang) if self._excel else column.name
                yield f"- {name}: {column.about(self._lang)}\r\n"

    def actors(self) -> Iterator[str]:
        rows = (of_actor(actor, self._extract.municipalities) for actor in self._extract.actors())
        return self._table("actors", map(self._noted, rows))

    def _noted(self, values: Values) -> Values:
        self._names[str(values["id"])] = str(values["name"])
        return values

    def ties(self) -> Iterator[str]:
        rows = (of_tie_with_ends(tie, self._names) for tie in self._extract.ties())
        return self._table("ties", rows)

    def _table(self, table: str, rows: Iterable[Values]) -> Iterator[str]:
        header = [column.header(self._lang) if self._excel else column.name for column in COLUMNS[table]]
        yield BOM if self._excel else ""
        yield from csv_lines(chain([header], self._cells(COLUMNS[table], rows)), ";" if self._excel else ",")

    def _cells(self, columns: Sequence[Column], rows: Iterable[Values]) -> Iterator[list[str]]:
        places = {column.name: (place, column.words) for place, column in enumerate(columns)}
        lang = self._lang if self._excel else None
        for values in rows:
            cells = [""] * len(columns)
            for name, value in values.items():
                place, words = places[name]
                cells[place] = (_cell if name in OWN else _kept)(words, value, lang)
            yield cells


def _cell(words: str, value: Value, lang: Lang | None) -> str:
    """Return a cell for programs, or for people in their language."""
    if isinstance(value, int | float):
        return joined(value).replace(".", ",") if lang else joined(value)
    text = joined(label(words, value, lang) if lang else value)
    return f"'{text}" if text.startswith(FORMULA) else text


_kept = lru_cache(maxsize=MANY)(_cell)
