"""XLSX: a workbook with sheets of actors, ties, offers and sources, and one that explains them.

Written cell by cell as it goes, so that a client gets it as a stream and memory does not grow: what writes workbooks in
Python takes ten times as long (docs/decisions.md). Text is always text, also what looks like a formula or an address.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice
from typing import TypeAlias

from graph.answers import Extract
from graph.errors import Lang
from graph.model import Offer, Source
from viz import about
from viz.captions import language
from viz.columns import (
    COLUMNS,
    FORMULA,
    MANY,
    OWN,
    Values,
    clean,
    label,
    of_actor,
    of_offer,
    of_source,
    of_tie,
    sources_of,
)
from viz.xml_text import quoted
from viz.zips import zipped

MOST_ROWS = 1_048_576  # of a sheet
LONGEST = 32_767  # characters in a cell
WIDEST, NARROWEST = 60, 8  # characters that a column shows
LOOKED_AT = 1_000  # rows by which a column's width is chosen
ROWS_AT_ONCE = 500
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_STYLES = (  # 0 plain, 1 header, 2 text that looks like a formula
    f'{_HEAD}<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/>'
    '</fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE8EEF4"/>'
    '</patternFill></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="3"><xf xfId="0"/><xf xfId="0" fontId="1" fillId="2" applyFont="1" applyFill="1"/>'
    '<xf xfId="0" quotePrefix="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
_NUMBER = (int, float)
Cells: TypeAlias = Sequence[
    tuple[int, str | int | float]
]  # of those that are not empty: the column, from 0, and the value


def render(extract: Extract) -> Iterator[bytes]:
    """Yield the workbook."""
    yield from zipped(_Book(extract).parts())


class _Book:
    """One workbook under way: which sheets it has got, the names of actors, the sources that were cited."""

    def __init__(self, extract: Extract) -> None:
        self._extract = extract
        self._lang: Lang = language(extract.lang)
        self._says = about.words(extract)
        self._names: dict[str, str] = {}
        self._cited: dict[Source, None] = {}
        self._offered: list[tuple[str, Offer]] = []
        self._sheets: list[str] = []

    def parts(self) -> Iterator[tuple[str, Iterable[bytes]]]:
        """Yield the files that a workbook is made of."""
        yield from self._sheet("readme", self._explained(), plain=True)
        for table, rows in (
            ("actors", self._actors()),
            ("ties", self._ties()),
            ("offers", self._offers()),
            ("sources", self._sources()),
        ):
            header = tuple(enumerate(column.header(self._lang) for column in COLUMNS[table]))
            yield from self._sheet(table, chain([header], rows))
        yield from ((name, [text.encode()]) for name, text in self._frame())

    def _explained(self) -> Iterator[Cells]:
        says = self._says
        yield from (tuple(enumerate(told)) for told in about.told(self._extract))
        yield tuple(enumerate((says["empty_title"], says["empty"])))
        yield ()
        yield tuple(enumerate((says["sheet"], says["column"], says["meaning"])))
        for table, columns in COLUMNS.items():
            for column in columns:
                yield tuple(enumerate((says[table], column.header(self._lang), column.about(self._lang))))

    def _actors(self) -> Iterator[Cells]:
        row = _row("actors", self._lang)
        for actor in self._extract.actors():
            self._names[actor.card.id] = actor.card.name
            self._cite(sources_of(actor))
            self._offered += [(actor.card.name, offer) for offer in actor.offers]
            yield row(of_actor(actor, self._extract.municipalities))

    def _ties(self) -> Iterator[Cells]:
        row = _row("ties", self._lang)
        for tie in self._extract.ties():
            self._cite(tie.sources)
            ends: Values = {"from": tie.source, "from_name": self._names[tie.source]}
            yield row({**ends, "to": tie.target, "to_name": self._names[tie.target], **of_tie(tie)})

    def _offers(self) -> Iterator[Cells]:
        row = _row("offers", self._lang)
        for name, offer in self._offered:
            self._cite(offer.sources)
            yield row({"actor_name": name, **of_offer(offer)})

    def _sources(self) -> Iterator[Cells]:
        row = _row("sources", self._lang)
        yield from (row(of_source(source)) for source in sorted(self._cited, key=repr))

    def _cite(self, sources: Iterable[Source]) -> None:
        for source in sources:
            self._cited.setdefault(_without_locator(source))

    def _sheet(
        self, table: str, rows: Iterator[Cells], *, plain: bool = False
    ) -> Iterator[tuple[str, Iterable[bytes]]]:
        """Yield one sheet, or several if there are more rows than a sheet holds."""
        header: Cells = () if plain else next(rows, ())
        first = [] if plain else [header]
        number, ended = 1, False
        while not ended:
            some = islice(rows, MOST_ROWS - len(first))
            looked = list(islice(some, LOOKED_AT))
            if number > 1 and not looked:
                return
            self._sheets.append(self._says[table] + (f" {number}" if number > 1 else ""))
            told = chain(first, looked, some)
            yield f"xl/worksheets/sheet{len(self._sheets)}.xml", _written(table, told, [*first, *looked], plain=plain)
            number, ended = number + 1, len(looked) < LOOKED_AT

    def _frame(self) -> Iterator[tuple[str, str]]:
        """Yield the files around the sheets."""
        numbers = range(1, len(self._sheets) + 1)
        yield (
            "xl/workbook.xml",
            f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>'
            + "".join(
                f'<sheet name={quoted(name)} sheetId="{n}" r:id="rId{n}"/>'
                for n, name in zip(numbers, self._sheets, strict=True)
            )
            + "</sheets></workbook>",
        )
        sheets = "".join(_relation(n, "worksheet", f"worksheets/sheet{n}.xml") for n in numbers)
        style = _relation(len(self._sheets) + 1, "styles", "styles.xml")
        yield "xl/_rels/workbook.xml.rels", _relations(sheets + style)
        yield "xl/styles.xml", _STYLES
        yield "_rels/.rels", _relations(_relation(1, "officeDocument", "xl/workbook.xml"))
        parts = [
            ("xl/workbook", "sheet.main"),
            ("xl/styles", "styles"),
            *((f"xl/worksheets/sheet{n}", "worksheet") for n in numbers),
        ]
        yield (
            "[Content_Types].xml",
            f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            + "".join(f'<Override PartName="/{name}.xml" ContentType="{_TYPE}.{kind}+xml"/>' for name, kind in parts)
            + "</Types>",
        )


@lru_cache(maxsize=MANY)
def _without_locator(source: Source) -> Source:
    return Source(source.dataset, source.id, source.title, source.publisher, source.date, source.url, source.licence)


def _row(table: str, lang: Lang) -> Callable[[Values], Cells]:
    """Return how a row of a table is made of values: in the order of its columns, in words for people."""
    names = [column.name for column in COLUMNS[table]]
    places = {name: place for place, name in enumerate(names)}
    words = {name: "tie_kind" if (table, name) == ("ties", "kind") else name for name in names}
    told = {name: _as_it_is if name in OWN else _kept_told for name in names}

    def row(values: Values) -> Cells:
        cells = [
            (places[name], value if isinstance(value, _NUMBER) else told[name](words[name], value, lang))
            for name, value in values.items()
        ]
        cells.sort()
        return cells

    return row


def _told(words: str, value: str | tuple[str, ...], lang: Lang) -> str:
    """Return text as people read it."""
    told = label(words, value, lang)
    return "; ".join(told) if isinstance(told, tuple) else str(told)


def _as_it_is(_: str, value: str | tuple[str, ...], __: Lang) -> str:
    """Return text of which no word is of a closed list."""
    return value if isinstance(value, str) else "; ".join(value)


_kept_told = lru_cache(maxsize=MANY)(_told)


def _relations(inside: str) -> str:
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'


def _relation(number: int, kind: str, target: str) -> str:
    return f'<Relationship Id="rId{number}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'


def _written(table: str, rows: Iterable[Cells], looked: Sequence[Cells], *, plain: bool) -> Iterator[bytes]:
    """Yield a sheet: the header stays in sight and has filters, columns are as wide as the first rows ask."""
    widths = _widths(looked)
    letters = [_letter(n) for n in range(len(widths))]
    pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    view = f'<sheetViews><sheetView workbookViewId="0">{"" if plain else pane}</sheetView></sheetViews>'
    cols = "".join(f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>' for n, width in enumerate(widths, 1))
    yield f'{_HEAD}<worksheet xmlns="{_MAIN}">{view}<cols>{cols}</cols><sheetData>'.encode()
    writers = [_inside] * len(letters) if plain else [_header] * len(letters)
    number, parts = 0, []
    for number, cells in enumerate(rows, 1):
        parts.append(_cells(number, cells, letters, writers))
        if number == 1 and not plain:
            writers = [_inside if column.name in OWN else _kept_inside for column in COLUMNS[table]]
        if len(parts) == ROWS_AT_ONCE:
            yield "".join(parts).encode()
            parts = []
    filters = "" if plain else f'<autoFilter ref="A1:{letters[-1]}{max(number, 1)}"/>'
    yield f"{''.join(parts)}</sheetData>{filters}</worksheet>".encode()


def _widths(rows: Sequence[Cells]) -> list[int]:
    widths = [0] * max((place + 1 for cells in rows for place, _ in cells), default=1)
    for cells in rows:
        for place, value in cells:
            widths[place] = max(widths[place], len(str(value)) + 2)
    return [min(max(width, NARROWEST), WIDEST) for width in widths]


def _letter(n: int) -> str:
    """Return the letters of the n-th column, from 0.

    >>> _letter(0), _letter(25), _letter(26)
    ('A', 'Z', 'AA')
    """
    return (_letter(n // 26 - 1) if n > 25 else "") + chr(65 + n % 26)


_MARKUP = re.compile(r"[&<>\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")


def _cells(number: int, cells: Cells, letters: Sequence[str], writers: Sequence[Callable[[str | float], str]]) -> str:
    """Return one row."""
    told = [f'<c r="{letters[place]}{number}"{writers[place](value)}</c>' for place, value in cells if value != ""]
    return f'<row r="{number}">{"".join(told)}</row>'


def _inside(value: str | float) -> str:
    """Return a cell behind its place."""
    if not isinstance(value, str):
        return f"><v>{value!r}</v>"
    text = value if len(value) <= LONGEST else value[: LONGEST - 1] + "…"
    style = ' s="2"' if text.startswith(FORMULA) else ""
    return f'{style} t="inlineStr"><is><t xml:space="preserve">{_escaped(text)}</t></is>'


_kept_inside = lru_cache(maxsize=MANY, typed=True)(_inside)


def _header(value: str | float) -> str:
    """Return a header behind its place."""
    return f' s="1"{_inside(value)}'


def _escaped(text: str) -> str:
    """Return text as a cell holds it; what a spreadsheet would read as a coded character stays as it is written."""
    if not _MARKUP.search(text):
        return text
    text = re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", clean(text))
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
