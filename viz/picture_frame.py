"""What stands around the map on a page: title and facts above it, legend, sources and licence below it."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from matplotlib.collections import PathCollection

from graph import dates, sentences
from graph.drawing import Drawing
from graph.errors import Lang
from graph.model import Source
from graph.vocabulary import vocabulary
from viz import captions, letters, signs, sources, ties
from viz.labels import Box
from viz.paper import MARGIN
from viz.style import LIGHT, LINES, MARKS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

TITLE, FACTS, LEGEND, SOURCES = 15.0, 8.5, 8.0, 6.5  # sizes of letters, in points
ROW = 5.2  # mm, of the legend
GAP = 6.0  # mm, between its entries
STROKE = 11.0  # mm, of a line in the legend
MOST_FACTS = 4  # lines
MOST_SOURCES = 8  # on a page
MOST_CLOSING = 3  # lines, for licences, boundaries and where the map was made
COLUMNS = 2  # of sources, unless a few would be cut in them


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page to draw on: axes that count in mm, downwards, its width and height in mm, its language."""

    axes: "Axes"
    wide: float
    tall: float
    lang: Lang

    @property
    def room(self) -> float:
        """The width between the margins, in mm."""
        return self.wide - 2 * MARGIN

    def write(self, text: str, x: float, y: float, size: float, style: str = "normal", colour: str = LIGHT.ink) -> None:
        """Write a line whose left top corner is at (x, y)."""
        base = y + 0.95 * size * letters.MM
        self.axes.text(x, base, text, fontproperties=letters.font(size, style), color=colour, va="baseline", ha="left")

    def say(self, key: str, **values: object) -> str:
        """Return a caption, filled in."""
        return captions.CAPTIONS[self.lang][key].format(**values)

    def degrees(self, number: float) -> str:
        """Return degrees as the language writes them: 51,9° in Dutch."""
        told = f"{number:g}°"
        return told.replace(".", ",") if self.lang == "nl" else told


def frame(sheet: Sheet, drawing: Drawing) -> Box:
    """Write title, legend, sources and licence; return where the map has its place."""
    lines = len(_facts(sheet, drawing, len(drawing.actors)))  # how many will have no name is not known yet
    top = _title(sheet, drawing) + max(2, lines) * letters.height(FACTS) + 1.5
    bottom = _sources(sheet, drawing, sheet.tall - MARGIN)
    bottom = _legend(sheet, drawing, bottom - 2)
    return MARGIN, top, sheet.wide - MARGIN, bottom - 2


def _title(sheet: Sheet, drawing: Drawing) -> float:
    y = MARGIN
    for line in letters.wrapped(drawing.title, TITLE, sheet.room, 2, "bold"):
        sheet.write(line, MARGIN, y, TITLE, "bold")
        y += letters.height(TITLE)
    return y + 0.8


def facts(sheet: Sheet, drawing: Drawing, unnamed: int) -> None:
    """Write what must be said with the map: day, audience, numbers, what was left out, and how many names are not on it."""
    lines = letters.wrapped(drawing.title, TITLE, sheet.room, 2, "bold")
    y = MARGIN + len(lines) * letters.height(TITLE) + 0.8
    for line in _facts(sheet, drawing, unnamed):
        sheet.write(line, MARGIN, y, FACTS)
        y += letters.height(FACTS)


def _facts(sheet: Sheet, drawing: Drawing, unnamed: int) -> list[str]:
    audience = vocabulary().words["audience"][drawing.audience].label(sheet.lang)
    told = [
        f"{sheet.say('as_of')} {dates.spelled(drawing.as_of.isoformat(), sheet.lang)}",
        f"{sheet.say('audience')}: {audience}",
        sheet.say("numbers", actors=len(drawing.actors), ties=len(drawing.ties)),
        drawing.left_out and f"{sheet.say('left_out')}: {drawing.left_out}",
        sheet.say("unnamed", count=unnamed) if unnamed else "",
        sheet.say("by_place") if drawing.geographic else "",
    ]
    return letters.wrapped(" · ".join(part for part in told if part), FACTS, sheet.room, MOST_FACTS)


def _sources(sheet: Sheet, drawing: Drawing, bottom: float) -> float:
    """Write sources and licence above `bottom`; return where they begin."""
    cited = sources.cited(drawing)
    licence = sources.licence(drawing, cited, sheet.lang)
    last = " · ".join(
        part
        for part in (
            f"{sheet.say('licence').capitalize()}: {licence}" if cited else "",
            sheet.say("outlines") if drawing.outlines else "",
            f"{sheet.say('made_with')}, {sheet.say('revision').lower()} {drawing.revision}",
            drawing.origin.partition("?")[0] if drawing.origin.startswith("http") else "",
        )
        if part
    )
    told = [
        letters.plain(f"{n}. {sources.told(source, sheet.lang)}") for n, source in enumerate(cited[:MOST_SOURCES], 1)
    ] or [sheet.say("no_sources")]
    columns, column = _columns(told, sheet.room)
    shown = [_cut(text, source, column, sheet.lang) for text, source in zip_longest(told, cited[:MOST_SOURCES])]
    head = sheet.say("sources")
    if more := len(cited) - MOST_SOURCES:
        head += f" ({sheet.say('more_sources', count=more)})" if more > 0 else ""
    line = letters.height(SOURCES)
    rows = -(-len(shown) // columns)
    closing = letters.wrapped(last, SOURCES, sheet.room, MOST_CLOSING)
    top = bottom - (rows + 1 + len(closing)) * line
    sheet.axes.plot([MARGIN, sheet.wide - MARGIN], [top - 1.2] * 2, color=LIGHT.faint, linewidth=0.4)
    sheet.write(head, MARGIN, top, SOURCES, "bold")
    for n, text in enumerate(shown):
        x = MARGIN + (n // rows) * (column + GAP)
        sheet.write(text, x, top + (n % rows + 1) * line, SOURCES)
    for n, text in enumerate(closing):
        sheet.write(text, MARGIN, bottom - (len(closing) - n) * line, SOURCES)
    return top - 2


def _cut(text: str, source: Source | None, room: float, lang: Lang) -> str:
    """Return a source as told, in a line: of one that is too long the title is cut, not who published it and when."""
    if letters.width(text, SOURCES) <= room or source is None or not source.title:
        return letters.cut(text, SOURCES, room)
    number, _, _ = text.partition(" ")
    title = letters.plain(source.title)
    brief = sources.told(source._replace(title=title, licence="", url=""), lang)
    rest = letters.plain(brief).removeprefix(title)
    left = room - letters.width(rest, SOURCES)
    return (
        letters.cut(text, SOURCES, room) if left < room / 2 else letters.cut(f"{number} {title}", SOURCES, left) + rest
    )


def _columns(told: list[str], room: float) -> tuple[int, float]:
    """Return in how many columns sources stand, and how wide each is: in one, if that cuts fewer and takes no more room."""
    column = (room - GAP) / COLUMNS
    few = len(told) <= MOST_SOURCES // COLUMNS
    if few and any(letters.width(text, SOURCES) > column for text in told):
        return 1, room
    return COLUMNS, column


def _legend(sheet: Sheet, drawing: Drawing, bottom: float) -> float:
    """Draw the legend above `bottom`; return where it begins."""
    entries = [*_kinds(drawing, sheet), *_lines(drawing, sheet)]
    rows: list[list[tuple[str, str, str, float]]] = [[]]
    x = 0.0
    for entry in entries:
        wide = entry[3] + letters.width(entry[2], LEGEND) + GAP
        if rows[-1] and (x + wide > sheet.room or entry[0] != rows[-1][-1][0]):
            rows.append([])
            x = 0.0
        rows[-1].append(entry)
        x += wide
    top = bottom - ROW * len([row for row in rows if row])
    for n, row in enumerate(rows):
        x = MARGIN
        for what, word, text, wide in row:
            _sample(sheet, what, word, x, top + ROW * (n + 0.5))
            sheet.write(text, x + wide, top + ROW * (n + 0.5) - letters.height(LEGEND) / 2, LEGEND)
            x += wide + letters.width(text, LEGEND) + GAP
    return top


def _kinds(drawing: Drawing, sheet: Sheet) -> Iterator[tuple[str, str, str, float]]:
    there = {card.kind for card in drawing.actors}
    for kind in MARKS:
        if kind in there:
            yield "kind", kind, vocabulary().words["kind"][kind].label(sheet.lang), 5.0
    if any(card.id == drawing.centre for card in drawing.actors):
        yield "kind", "", sheet.say("centre"), 5.0


def _lines(drawing: Drawing, sheet: Sheet) -> Iterator[tuple[str, str, str, float]]:
    there = {tie.basis for tie in drawing.ties}
    for basis in LINES:
        if basis in there:
            yield "line", basis, vocabulary().words["basis"][basis].label(sheet.lang), STROKE + 2
    states = {sentences.status_on(tie, drawing.as_of) for tie in drawing.ties}
    if labels := [vocabulary().words["status"][s].label(sheet.lang) for s in ties.STATES if s in states]:
        yield "line", "faint", f"{sheet.say('faint')} ({', '.join(labels)})", STROKE + 2
    if any(ties.is_arrow(tie) for tie in drawing.ties):
        yield "line", "arrow", sheet.say("arrow"), STROKE + 2.6


def _sample(sheet: Sheet, what: str, word: str, x: float, y: float) -> None:
    if what == "kind":
        fill = MARKS[word].light if word else "none"
        path = signs.sign(word, x + 2, y, 1.5)
        width = 0.7 if word else signs.CENTRE_OUTLINE
        sheet.axes.add_collection(
            PathCollection([path], facecolors=[fill], edgecolors=[LIGHT.outline], linewidths=[width]), autolim=False
        )
        return
    line = LINES.get(word, LINES["stated"])
    colour = LIGHT.faint if word == "faint" else LIGHT.line
    sheet.axes.plot([x, x + STROKE], [y, y], color=colour, **signs.stroke(line))
    if word == "arrow":
        sheet.axes.fill([x + STROKE + 0.6, x + STROKE - 1.6, x + STROKE - 1.6], [y, y - 0.8, y + 0.8], color=colour)
