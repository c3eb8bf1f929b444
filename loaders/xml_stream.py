"""XML read as it streams, by expat, without entities: what declares any is refused, as a small file could grow beyond all bounds."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol
from xml.parsers import expat

from graph.errors import LoadError
from loaders.foreign_items import Item

_BLOCK = 1 << 18


class Elements(Protocol):
    """Takes the elements of a file, and puts what they make in `items`, which is emptied as it streams.

    Names are without their namespace; those of other than the first one of the file get its last letters in front (`viz:size`).
    """

    items: list[Item]
    root: str
    texts: frozenset[str]

    def start(self, name: str, attributes: dict[str, str], line: int) -> None:
        """Take the start of an element."""

    def end(self, name: str) -> None:
        """Take the end of an element."""

    def text(self, said: str) -> None:
        """Take a part of the text in an element of `texts`."""


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


class _Reader:
    """Feeds blocks to expat."""

    def __init__(self, name: str, elements: Elements) -> None:
        self._name, self._elements = name, elements
        self._short: dict[str, str] = {}
        self._own: str | None = None
        self._parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
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

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        short = self._short.get(tag) or self._shorten(tag)
        self._elements.start(short, attributes, self._parser.CurrentLineNumber)
        if short in self._elements.texts:
            self._parser.CharacterDataHandler = self._elements.text

    def _end(self, tag: str) -> None:
        short = self._short[tag]
        if short in self._elements.texts:
            self._parser.CharacterDataHandler = None
        self._elements.end(short)

    def _shorten(self, tag: str) -> str:
        space, _, name = tag.rpartition(" ")
        if self._own is None:
            self._own = space
            if name != self._elements.root:
                raise LoadError(
                    nl=f"{self._name} begint met <{name}>, niet met <{self._elements.root}>; vraag met weefsel load --guess welke"
                    " loader past.",
                    en=f"{self._name} begins with <{name}>, not with <{self._elements.root}>; ask with weefsel load --guess which"
                    " loader fits.",
                )
        mark = "" if space in ("", self._own) else f"{space.rstrip('/').rpartition('/')[2]}:"
        self._short[tag] = f"{mark}{name}"
        return self._short[tag]

    def _refuse(self, *said: object) -> int:
        raise LoadError(
            nl=f"{self._name} heeft in regel {self._parser.CurrentLineNumber} een entiteit ({said[0]}); die lezen we niet, omdat een"
            " klein bestand er onbegrensd groot mee kan worden. Haal de regels met <!ENTITY weg, of exporteer het opnieuw.",
            en=f"{self._name} has an entity in line {self._parser.CurrentLineNumber} ({said[0]}); we do not read these, as a small"
            " file can grow without bounds by them. Delete the lines with <!ENTITY, or export it again.",
        )
