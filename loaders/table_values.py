"""Cells read as text, numbers and amounts: rightly, or refused with a sentence that says what to do."""

import html
import re
from dataclasses import dataclass
from datetime import date, datetime, time

from graph.errors import BadInputError
from loaders.table_cells import Broken, Cell, Shared

_UNSEEN = "\u200b\ufeff\u00ad\u2060\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"  # as copied from a page, or a telephone
_SPACES = str.maketrans({**dict.fromkeys("\u00a0\u202f\u2007\u2009", " "), **dict.fromkeys(_UNSEEN, "")})
_BREAKS = re.compile(r"(?:_x000D_)?[\r\n\v\f\u2028\u2029]+")
_QUOTES = "\"'“”„‘’«»"
_NUMBER = re.compile(r"\d{1,3}(?:[ '’]\d{3})+(?:[.,]\d+)?|\d[\d.,]*")
_FOOTNOTE = r"\*{1,3}|[†‡]+|[¹²³⁰⁴-⁹]+|\[\d{1,2}\]"
_MARKS = frozenset("*†‡)]¹²³⁰⁴⁵⁶⁷⁸⁹")  # with what marks end
LONGEST_NAME = 500  # letters
_FOOTNOTED = re.compile(
    # A raised number behind a letter or two may be of the name, as in m².
    r"(?P<plain>.*\w{2}[^*]*?)\s*(?:\*{1,3}|[†‡]+|\[\d{1,2}\]|(?:(?<=[^\W\d_]{3})|(?<=\W))[¹²³⁰⁴-⁹]+|(?P<number>\s\d{1,2}\)))",
    re.DOTALL,
)
_FOOTNOTE_ITSELF = re.compile(rf"(?:{_FOOTNOTE}|\d{{1,2}}\))\s*[^\W\d_]")
_PLAIN = re.compile(r"\d+(?:[.,]\d\d?)?")  # what most files have, and what nobody can take for something else
_AMOUNT = re.compile(
    rf"(?P<minus>[-–−(]?)\s*(?:(?P<euro>€|euro?)\s*)?(?P<minus2>[-–−]?)\s*(?P<number>{_NUMBER.pattern})"
    rf"(?:[.,]?[-–—=]{{1,2}})?\s*(?P<scale>(?!eur)[a-z]*)\.?\s*(?P<euro2>€|euro?)?\.?\s*\)?\s*(?:{_FOOTNOTE})?",
    re.IGNORECASE,
)
_SCALES: dict[str, float] = {
    "": 1,
    "k": 1_000,
    "duizend": 1_000,
    "dzd": 1_000,
    "thousand": 1_000,
    "m": 1_000_000,
    "mln": 1_000_000,
}
_SCALES |= {"mio": 1_000_000, "miljoen": 1_000_000, "million": 1_000_000, "mld": 1e9, "miljard": 1e9, "billion": 1e9}


@dataclass(frozen=True, slots=True)
class Manner:
    """How a file writes what can be written in two ways. `decimal` is `,`, `.` or empty (not said); `unit` in euro."""

    decimal: str = ""
    dates: str = "dmy"
    unit: float = 1


def lines(cell: Cell) -> list[str]:
    r"""Return what a cell says, cleaned, as the lines that say something.

    >>> lines("Speeltuin\xa0 De Hoek &amp; zo\r\n\r\n(achterom)")
    ['Speeltuin De Hoek & zo', '(achterom)']
    """
    if type(cell) is str:
        if cell.isascii() and cell.isprintable() and "&" not in cell:
            return [" ".join(cell.split())] if cell.strip() else []
        unescaped = html.unescape(cell) if "&" in cell else cell
        parts = (" ".join(part.split()) for part in _BREAKS.split(unescaped.translate(_SPACES)))
        return [part for part in parts if part]
    return [_typed(cell)] if not isinstance(cell, Broken) else _refuse(cell)


def _refuse(cell: Broken) -> list[str]:
    if cell == "=":
        raise BadInputError(
            nl="hier staat een formule zonder uitkomst; open het bestand in de spreadsheet, bewaar het en probeer opnieuw",
            en="a formula without a result stands here; open the file in the spreadsheet, save it and try again",
        )
    if set(cell) == {"#"}:
        raise BadInputError(
            nl="de kolom was te smal toen het bestand werd bewaard (####); maak haar breder en bewaar het opnieuw",
            en="the column was too narrow when the file was saved (####); widen it and save the file again",
        )
    raise BadInputError(
        nl=f"hier staat de fout {str(cell)!r} van de spreadsheet; vul in wat er hoort",
        en=f"the spreadsheet's error {str(cell)!r} stands here; fill in what should",
    )


def _typed(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "ja" if cell else "nee"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(float(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


def text(cell: Cell) -> str:
    """Return what a cell says, a line to a line."""
    return "\n".join(lines(cell))


def name(cell: Cell) -> str:
    """Return a name: one line, without quotes around it.

    >>> name(' "Buurthuis  De Hoek" ')
    'Buurthuis De Hoek'
    """
    plain = " ".join(lines(cell))
    if (
        len(plain) > 1
        and plain[0] in _QUOTES
        and plain[-1] in _QUOTES
        and not plain.startswith(("'s-", "'t ", "’s-", "’t "))
    ):
        inner = plain[1:-1].strip()
        return inner if not set(inner) & set('"“”„«»') else plain
    return plain


def without_footnote(name: str) -> str:
    """Return a name without the mark of a footnote behind it, which is none of it.

    >>> (
    ...     without_footnote("Stichting Tuin*"),
    ...     without_footnote("Koor ¹"),
    ...     without_footnote("Huis 2)"),
    ...     without_footnote("Hof [3]"),
    ... )
    ('Stichting Tuin', 'Koor', 'Huis', 'Hof')
    >>> (
    ...     without_footnote("Atelier m²"),
    ...     without_footnote("Wijk 3"),
    ...     without_footnote("Jan ****"),
    ...     without_footnote("Tuin (2)"),
    ... )
    ('Atelier m²', 'Wijk 3', 'Jan ****', 'Tuin (2)')
    """
    last = name[-1:]
    if last not in _MARKS or (last in ")]" and not name[-2:-1].isdigit()) or len(name) > LONGEST_NAME:
        return name  # as nearly every name
    found = _FOOTNOTED.fullmatch(name)
    if not found or (found["number"] and "(" in name.rpartition(")")[0].rpartition(")")[2]):
        return name
    return found["plain"].rstrip()


def has_footnote(cell: Cell) -> bool:
    """Return whether a name has the mark of a footnote behind it."""
    return type(cell) is str and (plain := name(cell)) != without_footnote(plain)


def is_footnote(text: str) -> bool:
    """Return whether a text is a footnote: it begins with the mark of one.

    >>> (
    ...     is_footnote("* over drie jaar"),
    ...     is_footnote("¹ teruggevorderd"),
    ...     is_footnote("1) voorlopig"),
    ...     is_footnote("24) Wijk"),
    ... )
    (True, True, True, True)
    >>> is_footnote("Tuin*"), is_footnote("3 Huizen")
    (False, False)
    """
    return _FOOTNOTE_ITSELF.match(text.strip()) is not None


def as_written(cell: Cell) -> str:
    """Return a cell as it stands, for a file of rows to mend."""
    if isinstance(cell, str):
        return str(cell) if isinstance(cell, Broken) else cell
    try:
        return name(cell)
    except BadInputError:
        return str(cell)


def listed(cell: Cell) -> tuple[str, ...]:
    """Return the items of a cell: separated by `;`, `|`, line breaks, or else by commas.

    >>> listed("jeugd, wonen")
    ('jeugd', 'wonen')
    """
    parts = [part for line in lines(cell) for part in re.split(r"[;|]", line)]
    if len(parts) == 1:
        parts = parts[0].split(",")
    return tuple(item for part in parts if (item := part.strip(" -•*")))


def split(cell: Cell, marks: str) -> tuple[str, ...]:
    """Return the names of a cell: separated by any of these marks, if not between brackets, or by line breaks.

    >>> split("Koepel A, B & C; Fonds X (X; Y)", ";")
    ('Koepel A, B & C', 'Fonds X (X; Y)')
    """
    parts = (part for line in lines(cell) for part in re.split(rf"[{re.escape(marks)}](?![^(]*\))", line))
    return tuple(item for part in parts if (item := part.strip(" -•*")))


def number(cell: Cell) -> float:
    """Return a number with a point or a comma, without marks for thousands."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return float(cell)
    plain = text(cell).replace(",", ".")
    try:
        return float(plain)
    except ValueError:
        raise BadInputError(nl=f"{text(cell)!r} is geen getal", en=f"{text(cell)!r} is no number") from None


def latitude(cell: Cell) -> float:
    """Return a latitude, in degrees north."""
    return _degrees(cell, 90)


def longitude(cell: Cell) -> float:
    """Return a longitude, in degrees east."""
    return _degrees(cell, 180)


def _degrees(cell: Cell, most: int) -> float:
    if abs(value := number(cell)) <= most:
        return value
    raise BadInputError(
        nl=f"{text(cell)} is geen graad; zijn dit coördinaten van de Rijksdriehoek (RD), laat ze dan omrekenen naar WGS84",
        en=f"{text(cell)} is no degree; if these are coordinates of the Dutch grid (RD), have them converted to WGS84",
    )


def amount(cell: Cell, manner: Manner) -> float:
    """Return an amount in euro, zero or more.

    >>> amount("€ 15.000", Manner()), amount("1,5 mln", Manner()), amount("15.000,00", Manner())
    (15000.0, 1500000.0, 15000.0)
    """
    if (value := signed(cell, manner)) < 0:
        raise BadInputError(nl=f"{text(cell)} is negatief", en=f"{text(cell)} is negative")
    return value


def signed(cell: Cell, manner: Manner) -> float:
    """Return an amount in euro, less than zero if it went back."""
    if isinstance(cell, str) and _PLAIN.fullmatch(cell):
        plainly = float(cell.replace(",", "."))
        return plainly if manner.unit == 1 else round(plainly * manner.unit, 6)
    if isinstance(cell, Shared):
        raise BadInputError(
            nl="dit bedrag staat in een samengevoegde cel en zou meer dan eens tellen; splits de cel en verdeel het",
            en="this amount stands in a merged cell and would count more than once; split the cell and divide it",
        )
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return round(cell * manner.unit, 6)
    plain = text(cell)
    found = _AMOUNT.fullmatch(plain)
    scale = _SCALES.get(found["scale"].lower()) if found else None
    if not found or scale is None:
        raise BadInputError(
            nl=f"{plain!r} is geen bedrag; schrijf 15000, 15.000,00 of 1,5 mln",
            en=f"{plain!r} is no amount; write 15000, 15.000,00 or 1,5 mln",
        )
    decimal = manner.decimal or ("," if (found["euro"] or found["euro2"]) and "." in found["number"] else "")
    value = _digits(found["number"], decimal, plain) * scale * manner.unit
    return round(-value if found["minus"] or found["minus2"] else value, 6)


def _digits(written: str, decimal: str, plain: str) -> float:
    """Return the number written with points, commas or spaces, if it can be only one."""
    digits = re.sub(r"[ '’]", "", written)
    marks = [mark for mark in digits if mark in ".,"]
    if not marks:
        return float(digits)
    last = marks[-1]
    whole, _, part = digits.rpartition(last)
    if len(set(marks)) == 2:
        return _grouped(whole, part, "." if last == "," else ",", plain)
    if len(marks) > 1:
        return _grouped(digits, "", last, plain)
    if len(part) != 3 or whole == "0" or len(whole) > 3:
        return float(f"{whole}.{part}") if whole and part else float(whole or 0)
    if not decimal:
        raise ambiguous(plain, whole, part)
    return float(f"{whole}.{part}") if last == decimal else float(whole + part)


def ambiguous(plain: str, whole: str, part: str) -> BadInputError:
    """Return the error of an amount that can be two."""
    return BadInputError(
        nl=f'{plain!r} kan {whole}{part} betekenen of {whole} en een stukje; zet in de mapping onder [reading] decimal = ","'
        ' (zoals in 15.000,00) of decimal = "." (zoals in 15,000.00)',
        en=f'{plain!r} may mean {whole}{part} or {whole} and a bit; put in the mapping under [reading] decimal = ","'
        ' (as in 15.000,00) or decimal = "." (as in 15,000.00)',
    )


def _grouped(whole: str, part: str, mark: str, plain: str) -> float:
    groups = whole.split(mark)
    if (
        len(groups[0]) > 3
        or not groups[0]
        or any(len(group) != 3 for group in groups[1:])
        or not "".join(groups).isdigit()
    ):
        raise BadInputError(
            nl=f"{plain!r} is geen bedrag: de groepen zijn niet van drie cijfers",
            en=f"{plain!r} is no amount: its groups are not of three digits",
        )
    return float("".join(groups) + (f".{part}" if part else ""))
