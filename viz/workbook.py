"""XLSX: a workbook with sheets of actors, ties, offers and sources, and one that explains them.

Written cell by cell as it goes, so that a client gets it as a stream and memory does not grow: what writes workbooks in
Python takes ten times as long (docs/decisions.md).
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import islice

from graph.drawing import Extract
from graph.errors import Lang
from graph.model import Offer, Source
from viz import about
from viz.captions import language
from viz.columns import (
    COLUMNS,
    OWN,
    Values,
    label,
    of_actor,
    of_offer,
    of_source,
    of_tie_with_ends,
    sources_of,
)
from viz.worksheet import HEAD, MAIN, Column, written
from viz.xml_text import quoted
from viz.zips import zipped

MOST_ROWS = 1_048_576  # of a sheet
LOOKED_AT = 1_000  # rows by which a column's width is chosen
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_STYLES = (  # 0 plain, 1 header, 2 text that looks like a formula
    f'{HEAD}<styleSheet xmlns="{MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/>'
    '</fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE8EEF4"/>'
    '</patternFill></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="3"><xf xfId="0"/><xf xfId="0" fontId="1" fillId="2" applyFont="1" applyFill="1"/>'
    '<xf xfId="0" quotePrefix="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


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
        self._cited: dict[tuple[str, str], Source] = {}
        self._offered: list[tuple[str, Offer]] = []
        self._sheets: list[str] = []

    def parts(self) -> Iterator[tuple[str, Iterable[bytes]]]:
        """Yield the files that a workbook is made of."""
        yield from self._sheet("readme", [Column(letter) for letter in "ABC"], self._explained())
        for table, rows in (
            ("actors", self._actors()),
            ("ties", self._ties()),
            ("offers", self._offers()),
            ("sources", self._sources()),
        ):
            yield from self._sheet(table, list(_columns(table, self._lang)), rows)
        yield from ((name, [text.encode()]) for name, text in self._frame())

    def _explained(self) -> Iterator[Values]:
        says = self._says
        yield from (_in_letters(*told) for told in about.told(self._extract))
        yield _in_letters(says["empty_title"], says["empty"])
        yield {}
        yield _in_letters(says["sheet"], says["column"], says["meaning"])
        for table, columns in COLUMNS.items():
            for column in columns:
                yield _in_letters(says[table], column.header(self._lang), column.about(self._lang))

    def _actors(self) -> Iterator[Values]:
        for actor in self._extract.actors():
            self._names[actor.card.id] = actor.card.name
            self._cite(sources_of(actor))
            self._offered += [(actor.card.name, offer) for offer in actor.offers]
            yield of_actor(actor, self._extract.municipalities)

    def _ties(self) -> Iterator[Values]:
        for tie in self._extract.ties():
            self._cite(tie.sources)
            yield of_tie_with_ends(tie, self._names)

    def _offers(self) -> Iterator[Values]:
        for name, offer in self._offered:
            self._cite(offer.sources)
            yield {"actor_name": name, **of_offer(offer)}

    def _sources(self) -> Iterator[Values]:
        yield from map(of_source, sorted(one._replace(locator="") for one in self._cited.values()))

    def _cite(self, sources: Iterable[Source]) -> None:
        for source in sources:
            self._cited.setdefault((source.dataset, source.id), source)

    def _sheet(
        self, table: str, columns: Sequence[Column], rows: Iterator[Values]
    ) -> Iterator[tuple[str, Iterable[bytes]]]:
        """Yield one sheet, or several if there are more rows than a sheet holds."""
        number, ended = 1, False
        while not ended:
            some = islice(rows, MOST_ROWS - 1)
            looked = list(islice(some, LOOKED_AT))
            if number > 1 and not looked:
                return
            self._sheets.append(self._says[table] + (f" {number}" if number > 1 else ""))
            yield f"xl/worksheets/sheet{len(self._sheets)}.xml", written(columns, looked, some)
            number, ended = number + 1, len(looked) < LOOKED_AT

    def _frame(self) -> Iterator[tuple[str, str]]:
        """Yield the files around the sheets."""
        numbers = range(1, len(self._sheets) + 1)
        yield (
            "xl/workbook.xml",
            f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{_RELATIONS}"><sheets>'
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
            f'{HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            + "".join(f'<Override PartName="/{name}.xml" ContentType="{_TYPE}.{kind}+xml"/>' for name, kind in parts)
            + "</Types>",
        )


def _columns(table: str, lang: Lang) -> Iterator[Column]:
    """Yield the columns of a table, with what they say in words for people."""
    for column in COLUMNS[table]:
        read = None if column.name in OWN else partial(label, column.words, lang=lang)
        yield Column(column.name, column.header(lang), read)


def _in_letters(*told: str) -> Values:
    """Return a row of a sheet whose columns have letters alone."""
    return dict(zip("ABC", told, strict=False))


def _relations(inside: str) -> str:
    return f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'


def _relation(number: int, kind: str, target: str) -> str:
    return f'<Relationship Id="rId{number}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
