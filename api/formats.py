"""How numbers, dates and shares are written for people, in Dutch and in English."""

from datetime import date
from decimal import Decimal

from graph.dates import spelled
from graph.errors import Lang
from graph.sentences import amount as euros
from graph.sentences import percent

__all__ = ["day", "euros", "number", "percent", "spelled"]


def number(value: float, lang: Lang) -> str:
    """Return a number with the signs of the language, each digit as it was given: it is a source that says it.

    >>> number(14660, "nl"), number(2.5, "nl"), number(14660, "en"), number(999_999.75, "nl")
    ('14.660', '2,5', '14,660', '999.999,75')
    """
    text = f"{Decimal(repr(float(value))):,f}".removesuffix(".0")
    return text.translate(str.maketrans(",.", ".,")) if lang == "nl" else text


def day(value: date, lang: Lang) -> str:
    """Return a day in words.

    >>> day(date(2026, 11, 22), "nl")
    '22 november 2026'
    """
    return spelled(value.isoformat(), lang)
