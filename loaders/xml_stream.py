"""XML read as it streams, by expat, without entities: what declares any is refused, as a small file could grow beyond all bounds."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Protocol, TypeAlias
from xml.parsers import expat

from graph.errors import LoadError
from loaders.foreign_items import Item
from loaders.table_cells import Cell

_BLOCK = 1 << 18


Start: TypeAlias = Callable[[dict[str, str]], object]
End: TypeAlias = Callable[[], object]


class Elements(Protocol):
    """Takes the elements of a file, and puts what they make in `items`, which is emptied as it streams.

    `starts` has what takes the attributes of an element, `ends` what is called at its end, by name; of others nothing is taken.
    In elements of `texts`, parts of the text go to `text`. Names are without their namespace; those of another than that of the `root`
    have its last word in front (`viz:size`). `line` gives the line that is read.
    """

    items: list[Item]
    root: str
    starts: Mapping[str, Start]
    ends: Mapping[str, End]
    texts: frozenset[str]
    line: Callable[[], int]

    def text(self, said: str) -> None:
        """Take a part of the text."""


def items(path: Path, name: str, elements: Elements) -> Iterator[Item]:
    """Yield what `elements` make of a file, that messages call `name`.

    Raises:
        LoadError: It is no XML, or declares entities.
        OSError: It cannot be read.
    """
    reader = _Reader(name, elements)
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            reader.feed(block, last=False)
            yield from elements.items
            elements.items.clear()
    reader.feed(b"", last=True)
    yield from elements.items
    elements.items.clear()


def add(said: dict[str, Cell], attributes: Mapping[str, str]) -> None:
    """Add to what an element says its own attributes, by their names without a namespace, as far as it does not say them already."""
    for name, text in attributes.items():
        said.setdefault(name.rpartition(" ")[2], text)


class _Met(dict[str, Start | None]):
    """What takes the starts of elements that were met."""

    def __init__(self, meet: Callable[[str], Start | None]) -> None:
        super().__init__()
        self._meet = meet

    def __missing__(self, tag: str) -> Start | None:
        return self._meet(tag)


class _Reader:
    """Feeds blocks to expat."""

    def __init__(self, name: str, elements: Elements) -> None:
        self._name, self._elements = name, elements
        self._starts = _Met(self._meet)  # by the name with its namespace
        self._ends: dict[str, End | None] = {}
        self._own: str | None = None
        self._parser = parser = expat.ParserCreate(namespace_separator=" ")
        elements.line = lambda: parser.CurrentLineNumber
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._handlers()
        parser.EntityDeclHandler = self._refuse
        parser.SkippedEntityHandler = self._refuse
        parser.ExternalEntityRefHandler = self._refuse

    def feed(self, block: bytes, *, last: bool) -> None:
        try:
            self._parser.Parse(block, last)
        except expat.ExpatError as error:
            what = expat.errors.messages.get(error.code, str(error))
            raise LoadError(
                nl=f"{self._name} is geen XML, of is afgebroken: regel {error.lineno} ({what}); exporteer het opnieuw.",
                en=f"{self._name} is no XML, or is broken off: line {error.lineno} ({what}); export it again.",
            ) from error
        except (LookupError, ValueError) as error:  # an encoding that nobody knows
            raise LoadError(
                nl=f"{self._name} is niet te lezen ({error}); bewaar het als UTF-8.",
                en=f"{self._name} cannot be read ({error}); save it as UTF-8.",
            ) from error

    def _handlers(self) -> tuple[Callable[[str, dict[str, str]], None], Callable[[str], None]]:
        """Return what is called for each start and end: there may be millions, so it looks up as little as it can."""
        starts, ends = self._starts, self._ends

        def started(tag: str, attributes: dict[str, str]) -> None:
            if start := starts[tag]:
                start(attributes)

        def ended(tag: str) -> None:
            if end := ends[tag]:
                end()

        return started, ended

    def _meet(self, tag: str) -> Start | None:
        """Find out what takes an element that is met for the first time, and return what takes its start."""
        space, _, name = tag.rpartition(" ")
        if self._own is None:
            self._own = space
            self._check_root(name)
        short = name if space in ("", self._own) else f"{space.rstrip('/').rpartition('/')[2]}:{name}"
        self._starts[tag], self._ends[tag] = self._elements.starts.get(short), self._elements.ends.get(short)
        if short in self._elements.texts:
            self._with_text(tag)
        return self._starts[tag]

    def _with_text(self, tag: str) -> None:
        """Listen to text from the start of an element to its end."""
        parser, take, started, ended = self._parser, self._elements.text, self._starts[tag], self._ends[tag]

        def start(attributes: dict[str, str]) -> None:
            parser.CharacterDataHandler = take
            if started:
                started(attributes)

        def end() -> None:
            parser.CharacterDataHandler = None
            if ended:
                ended()

        self._starts[tag], self._ends[tag] = start, end

    def _check_root(self, name: str) -> None:
        if name != self._elements.root:
            raise LoadError(
                nl=f"{self._name} begint met <{name}>, niet met <{self._elements.root}>; vraag met weefsel load --guess welke"
                " loader past.",
                en=f"{self._name} begins with <{name}>, not with <{self._elements.root}>; ask with weefsel load --guess which"
                " loader fits.",
            )

    def _refuse(self, *said: object) -> int:
        raise LoadError(
            nl=f"{self._name} heeft in regel {self._parser.CurrentLineNumber} een entiteit ({said[0]}); die lezen we niet, omdat een"
            " klein bestand er onbegrensd groot mee kan worden. Haal de regels met <!ENTITY weg, of exporteer het opnieuw.",
            en=f"{self._name} has an entity in line {self._parser.CurrentLineNumber} ({said[0]}); we do not read these, as a small"
            " file can grow without bounds by them. Delete the lines with <!ENTITY, or export it again.",
        )
