"""Text of foreign files: without HTML, not longer than it may be; lists between bars; amounts in any money; countries."""

import re
from collections.abc import Mapping
from functools import lru_cache
from html.parser import HTMLParser
from typing import NamedTuple

from graph.text import fold
from loaders import table_values as values
from loaders.table_cells import Cell, empty
from loaders.table_words import rows

LONGEST = 5_000  # characters of a note
_TAG = re.compile(r"<(?:/?[a-zA-Z][^<>]*|!--.*?--)>", re.DOTALL)
_BLOCKS = frozenset(("p", "br", "div", "li", "ul", "ol", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"))
_MONEY = re.compile(r"\s*([A-Za-z]{3}|US\$|[$£¥])\s*(?=[\d.,-])|(?<=[\d.,-])\s*([A-Z]{3}|[$£¥])\s*$")
_PLAIN = re.compile(r"[A-Za-z0-9_]+(?: [A-Za-z0-9_]+)*")  # what most words are, and what stays as it is
_EURO = frozenset(("EUR", "€", "EURO", "EUROS"))
_SIGNS = {"$": "USD", "US$": "USD", "£": "GBP", "¥": "JPY"}


class Country(NamedTuple):
    """A country: its code of two letters, and its names."""

    code: str
    nl: str
    en: str


class Money(NamedTuple):
    """An amount in euro, or (`other`) one in another currency as text, and the code of that currency."""

    euro: Cell = ""
    other: str = ""
    currency: str = ""


def plain(cell: Cell) -> Cell:
    r"""Return a cell without HTML; what stood in paragraphs stands on lines.

    >>> plain("<p>Een <b>speeltuin</b>&nbsp;in de wijk</p><p>Sinds 1990, &lt; 5 ha</p>")
    'Een speeltuin\xa0in de wijk\nSinds 1990, < 5 ha'
    >>> plain("1 < 2 en 3 > 2")
    '1 < 2 en 3 > 2'
    """
    if not isinstance(cell, str) or "<" not in cell or not _TAG.search(cell):
        return cell
    reader = _Plain()
    reader.feed(cell)
    reader.close()
    return "\n".join(line for part in "".join(reader.parts).splitlines() if (line := part.strip()))


class _Plain(HTMLParser):
    """Keeps the text of HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in ("script", "style")
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        self._silent -= bool(self._silent and tag in ("script", "style"))
        self._break(tag)

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data)

    def _break(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.parts.append("\n")


def text(cell: Cell) -> str:
    """Return a text of one or more lines, without HTML."""
    return values.text(plain(cell))


def name(cell: Cell) -> str:
    """Return a name: one line, without HTML."""
    if isinstance(cell, str) and _PLAIN.fullmatch(cell):
        return cell
    return values.name(plain(cell))


def listed(cell: Cell) -> tuple[str, ...]:
    """Return the items of a cell, between bars, else between semicolons, else lines; a comma is part of an item.

    >>> listed("Huis, tuin en keuken|HTK"), listed("")
    (('Huis, tuin en keuken', 'HTK'), ())
    """
    said = text(cell)
    mark = next((mark for mark in "|;" if mark in said), "\n")
    return tuple(dict.fromkeys(item for part in said.split(mark) if (item := " ".join(part.split()))))


def short(said: str, longest: int = LONGEST) -> str:
    """Return a text that is not too long to be kept."""
    return said if len(said) <= longest else f"{said[: longest - 2].rstrip()} …"


def money(amount: Cell, currency: Cell = "") -> Money:
    """Return an amount as a cell in euro, or as text in the currency that stands beside or in it; nothing is converted.

    >>> money("£ 5,000"), money(12.5, "gbp"), money("€ 5.000")
    (Money(euro='', other='£ 5,000', currency='GBP'), Money(euro='', other='12.5 GBP', currency='GBP'), Money(euro='€ 5.000', other='', currency=''))
    """
    if empty(amount):
        return Money()
    beside = "" if empty(currency) else values.name(currency).upper()
    found = _MONEY.search(amount) if isinstance(amount, str) and not beside else None
    within = (found[1] or found[2]).upper() if found else ""
    code = _SIGNS.get(beside or within, beside or within)
    if not code or code in _EURO:
        return Money(amount)
    said = values.text(amount)
    return Money("", said if within else f"{said} {code}", code)


def country(cell: Cell) -> Country | None:
    """Return a country by its code or any of its names; None if it is none that we know.

    >>> {country(one).code for one in ("NL", "nld", "Nederland", "The Netherlands", "Holland")}
    {'NL'}
    """
    return _countries().get(fold(name(cell)))


@lru_cache(maxsize=1)
def _countries() -> Mapping[str, Country]:
    known: dict[str, Country] = {}
    for row in rows("countries.csv"):
        one = Country(row["code"], row["nl"], row["en"])
        known |= {fold(spelled): one for spelled in (*one, *row["also"].split("|")) if spelled}
    return known
