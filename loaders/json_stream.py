"""JSON read item by item: the values of an object's lists, those of a list, or an object a line; of any size, as it streams."""

import json
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import IO, Any, NamedTuple

from graph.errors import LoadError

LARGEST = 256 * 2**20  # characters of one value
_BLOCK = 1 << 20
_SPACE = " \t\r\n"
_ENDS = frozenset(" \t\r\n,]}:")
_NEAR = 16  # characters before the end of what was read, in which an error may be a value that goes on


class Found(NamedTuple):
    """A value, the key of the list that it stands in (empty for that of the whole file), and its number in it, from 1.

    A value that stands under a key itself has number 0.
    """

    key: str
    number: int
    value: Any


def items(path: Path, name: str, lists: Collection[str] = (), values: Collection[str] = ()) -> Iterator[Found]:
    """Yield what stands in a file: the items of its list, or of its object those of `lists`, and whole `values`.

    Lists that are not asked for are passed over. A list that is no list gives one item with number 0.

    Raises:
        LoadError: The file is no JSON, or not in UTF-8 or (with a mark) UTF-16. `name` is what the message calls it.
        OSError: It cannot be read.
    """
    with path.open(encoding=_encoding(path), newline="") as file:
        try:
            yield from _Stream(file, name).items(lists, values)
        except UnicodeDecodeError as error:
            raise _no_utf8(name) from error


def value(path: Path, name: str) -> Any:  # noqa: ANN401 - what JSON holds
    """Return the one value that a file is.

    Raises:
        LoadError: As `items`.
        OSError: It cannot be read.
    """
    with path.open(encoding=_encoding(path), newline="") as file:
        try:
            return _Stream(file, name).whole()
        except UnicodeDecodeError as error:
            raise _no_utf8(name) from error


def lines(path: Path, name: str) -> Iterator[Found]:
    """Yield the values of a file that has one a line (JSON Lines), by the number of the line.

    Raises:
        LoadError: As `items`.
        OSError: It cannot be read.
    """
    with path.open(encoding=_encoding(path)) as file:
        try:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield Found("", number, json.loads(line))
        except json.JSONDecodeError as error:
            raise _no_json(name, number, error.colno, error.msg, line) from error
        except RecursionError as error:
            raise _no_json(name, number, 1, "Too deeply nested", line) from error
        except UnicodeDecodeError as error:
            raise _no_utf8(name) from error


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        start = file.read(2)
    return "utf-16" if start in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"


class _Stream:
    """The text of a file from `at` on, as far as it was read."""

    def __init__(self, file: IO[str], name: str) -> None:
        self._file, self._name = file, name
        self._text, self._at, self._whole = "", 0, False
        self._line = 1  # of the text's first character
        self._decoder = json.JSONDecoder()

    def items(self, lists: Collection[str], values: Collection[str]) -> Iterator[Found]:
        first = self._peek()
        if first == "[":
            yield from self._list("")
        elif first == "{":
            yield from self._object(lists, values)
        else:
            raise self._error(self._at, "Expecting an object or a list")
        if self._peek():
            raise self._error(self._at, "Extra data")

    def whole(self) -> Any:  # noqa: ANN401
        value = self._value()
        if self._peek():
            raise self._error(self._at, "Extra data")
        return value

    def _object(self, lists: Collection[str], values: Collection[str]) -> Iterator[Found]:
        self._at += 1
        while self._peek() != "}":
            key = self._value()
            self._expect(":")
            if key in lists and self._peek() == "[":
                yield from self._list(key)
            else:
                value = self._value()
                if key in lists or key in values:
                    yield Found(key, 0, value)
            self._comma("}")
        self._at += 1

    def _list(self, key: str) -> Iterator[Found]:
        self._at += 1
        number = 0
        while self._peek() != "]":
            number += 1
            yield Found(key, number, self._value())
            self._comma("]")
        self._at += 1

    # -- tokens

    def _peek(self) -> str:
        """Return the next character that is no space; empty at the end."""
        while True:
            text, at = self._text, self._at
            while at < len(text) and text[at] in _SPACE:
                at += 1
            self._at = at
            if at < len(text):
                return text[at]
            if not self._more():
                return ""

    def _expect(self, mark: str) -> None:
        if self._peek() != mark:
            raise self._error(self._at, f"Expecting '{mark}'")
        self._at += 1

    def _comma(self, end: str) -> None:
        if self._peek() == ",":
            self._at += 1
        elif self._peek() != end:
            raise self._error(self._at, f"Expecting ',' or '{end}'")

    def _value(self) -> Any:  # noqa: ANN401 - what JSON holds
        self._peek()
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                if self._is_wrong(error) or not self._more():
                    raise self._error(error.pos, error.msg) from error
            except RecursionError as error:
                raise self._error(self._at, "Too deeply nested") from error
            else:
                if self._text[end : end + 1] in _ENDS or not self._more():  # a number may go on
                    self._at = end
                    return value

    def _is_wrong(self, error: json.JSONDecodeError) -> bool:
        """Return whether an error is one, also if more is read."""
        return not error.msg.startswith("Unterminated string") and error.pos < len(self._text) - _NEAR

    def _more(self) -> bool:
        """Read on, as much as is held already, so that a large value is not looked at too often; false at the end."""
        held = len(self._text) - self._at
        block = "" if self._whole else self._file.read(max(_BLOCK, held))
        if not block:
            self._whole = True
            return False
        if held > LARGEST:
            raise self._error(self._at, "Too large a value")
        self._line += self._text.count("\n", 0, self._at)
        self._text, self._at = self._text[self._at :] + block, 0
        return True

    def _error(self, at: int, message: str) -> LoadError:
        line = self._line + self._text.count("\n", 0, at)
        column = at - self._text.rfind("\n", 0, at)
        return _no_json(self._name, line, column, message, self._text[self._at :])


def _no_utf8(name: str) -> LoadError:
    return LoadError(
        nl=f"{name} is geen UTF-8; bewaar het opnieuw als UTF-8.",
        en=f"{name} is not UTF-8; save it again as UTF-8.",
    )


def _no_json(name: str, line: int, column: int, message: str, text: str) -> LoadError:
    start = text.lstrip()[:15].lower()
    if start.startswith(("<!doctype", "<html", "<?xml", "<")):
        return LoadError(
            nl=f"{name} is geen JSON maar een webpagina of XML; download het bestand zelf, niet de pagina erover.",
            en=f"{name} is no JSON but a web page or XML; download the file itself, not the page about it.",
        )
    return LoadError(
        nl=f"{name} is geen JSON, of is afgebroken: regel {line}, teken {column} ({message}); exporteer of download het opnieuw.",
        en=f"{name} is no JSON, or is broken off: line {line}, character {column} ({message}); export or download it again.",
    )
