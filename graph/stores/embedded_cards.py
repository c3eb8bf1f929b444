"""Cards as rows of the file, and rows as cards."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from graph.model import Card, Viewer
from graph.stores.embedded_connection import Connection, Row
from graph.stores.embedded_schema import BOTH, SEPARATOR, SHIFT

N = (1 << SHIFT) - 1  # the bits of a row number that hold n
COLUMNS = (
    "c.r, c.id, c.kind, c.name, c.names, c.alias_names, -c.less, c.subtype, c.tier, c.place, c.municipality,"
    " c.province, c.lat, c.lon, c.located, c.ended, c.introduces, c.themes, c.helps"
)
_COLUMN = dict(zip(Card._fields, COLUMNS.split(", "), strict=True)) | {"n": f"c.r & {N}"}

# What `texts` indexes of a card: names, aliases, and what searches are narrowed to, as words that no name has.
_TEXT = (
    "c.names || replace(c.alias_names, '|', ' ') || ' _k' || c.kind || ' _m' || c.municipality"
    f" || replace(c.themes, '{SEPARATOR}', ' _t') || replace(c.helps, '{SEPARATOR}', ' _h')"
)
FILL_TEXTS = f"INSERT INTO texts (rowid, text) SELECT c.r, {_TEXT} FROM cards c ORDER BY c.r"  # noqa: S608 - ours
ADD_TEXT = f"INSERT INTO texts (rowid, text) SELECT c.r, {_TEXT} FROM cards c WHERE c.r = ?"  # noqa: S608 - ours
DROP_TEXT = f"INSERT INTO texts (texts, rowid, text) SELECT 'delete', c.r, {_TEXT} FROM cards c WHERE c.r = ?"  # noqa: S608 - ours


def bands(connection: Connection, viewer: Viewer) -> list[int]:
    """Return the bands in which the viewer has cards."""
    found = connection.rows("SELECT DISTINCT band FROM counts WHERE count > 0")
    return sorted(band for (band,) in found if band & viewer.bit)


def own(viewer: Viewer) -> int:
    """Return what to add to `n` for the row number of a card that this viewer alone has."""
    return viewer.bit << SHIFT


SHARED = BOTH << SHIFT  # what to add to `n` for the row number of a card that both have


def joined(words: Sequence[str]) -> str:
    """Return the words as one text, with separators around each; empty if there are none."""
    return SEPARATOR + SEPARATOR.join(words) + SEPARATOR if words else ""


def split(text: str) -> tuple[str, ...]:
    """Return the words of a joined text."""
    return tuple(text[1:-1].split(SEPARATOR)) if text else ()


# What makes the values of a column those of a card; few actors have themes or helps that no other has.
_MAKE: Mapping[str, Callable[[Any], Any]] = {"introduces": bool, "themes": lru_cache(split), "helps": lru_cache(split)}


def card_of(row: Row) -> Card:
    """Return the card in a row of `COLUMNS`."""
    return Card._make((row[0] & N, *row[1:16], bool(row[16]), split(row[17]), split(row[18])))


def cards_of(rows: Iterator[Row]) -> Iterator[Card]:
    """Yield the cards in rows of `COLUMNS`."""
    return map(card_of, rows)


def columns(connection: Connection, viewer: Viewer, fields: Sequence[str]) -> Iterator[tuple[Sequence[Any], ...]]:
    """Yield what `Snapshot.card_columns` promises."""
    told = ", ".join(_COLUMN[name] for name in fields)
    sql = f"SELECT {told} FROM cards c WHERE c.band & ?"  # noqa: S608 - ours
    for rows in connection.columns(sql, (viewer.bit,)):
        yield tuple(_made(name, column) for name, column in zip(fields, rows, strict=True))


def _made(name: str, column: Sequence[Any]) -> Sequence[Any]:
    """Return a column of `_COLUMN` as cards have it."""
    make = _MAKE.get(name)
    return list(map(make, column)) if make else column


def row_of(card: Card, band: int) -> Row:
    """Return the card as a row of `cards`."""
    n, id_, kind, name, names, aliases, contacts, *middle, introduces, themes, helps = card
    head = (band << SHIFT | n, band, id_, kind, name, names, aliases, -contacts)
    return (*head, *middle, int(introduces), joined(themes), joined(helps))


def text_of(card: Card) -> Row:
    """Return those values of a card that `texts` indexes."""
    return (card.names, card.alias_names, card.kind, card.municipality, card.themes, card.helps)
