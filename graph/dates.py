"""Dates as sources give them: a year, a month or a day. A year starts on 1 January and ends on 31 December."""

import calendar
import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from graph.errors import Lang

MONTHS: Mapping[Lang, tuple[str, ...]] = {
    "nl": (
        *("januari", "februari", "maart", "april", "mei", "juni"),
        *("juli", "augustus", "september", "oktober", "november", "december"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}
PATTERN = r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"
_PATTERN = re.compile(PATTERN)


def valid(text: str) -> bool:
    """Return whether `text` is a year, a month or a day of ISO 8601 that exists.

    >>> valid("2021"), valid("2021-02-30"), valid("1-2-2021")
    (True, False, False)
    """
    if not _PATTERN.match(text):
        return False
    try:
        first_day(text)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=4096)
def first_day(text: str) -> date:
    """Return the first day of the year, month or day `text`.

    >>> first_day("2021")
    datetime.date(2021, 1, 1)
    """
    parts = [int(part) for part in text.split("-")]
    return date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)


@lru_cache(maxsize=4096)
def last_day(text: str) -> date:
    """Return the last day of the year, month or day `text`.

    >>> last_day("2024-02")
    datetime.date(2024, 2, 29)
    """
    parts = [int(part) for part in text.split("-")]
    month = parts[1] if len(parts) > 1 else 12
    day = parts[2] if len(parts) > 2 else calendar.monthrange(parts[0], month)[1]
    return date(parts[0], month, day)


def timely(since: str, until: str, day: date) -> bool:
    """Return whether a period has begun by `day` and has not ended, as far as is said.

    >>> timely("2020", "2026", date(2026, 12, 31)), timely("", "2025", date(2026, 1, 1))
    (True, False)
    """
    return not (since and first_day(since) > day) and not (until and last_day(until) < day)


def spelled(partial: str, lang: Lang) -> str:
    """Return a year, month or day of ISO 8601 in words.

    >>> spelled("2022-02", "nl"), spelled("2026-11-22", "en"), spelled("2021", "nl")
    ('februari 2022', '22 November 2026', '2021')
    """
    year, *rest = partial.split("-")
    if not rest:
        return year
    month = MONTHS[lang][int(rest[0]) - 1]
    return f"{int(rest[1])} {month} {year}" if len(rest) > 1 else f"{month} {year}"
