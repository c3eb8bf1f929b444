"""Text as bytes, many lines at once; CSV, and JSON lists, written as they go."""

import csv
import io
import json
from collections.abc import Iterable, Iterator

AT_ONCE = 500


def encoded(lines: Iterable[str]) -> Iterator[bytes]:
    """Yield the lines as bytes (UTF-8), many at once."""
    some: list[str] = []
    for line in lines:
        some.append(line)
        if len(some) == AT_ONCE:
            yield "".join(some).encode()
            some = []
    if some:
        yield "".join(some).encode()


def csv_lines(rows: Iterable[Iterable[str]], delimiter: str = ",") -> Iterator[str]:
    """Yield rows of cells as lines of CSV."""
    page = io.StringIO()
    writer = csv.writer(page, delimiter=delimiter, lineterminator="\r\n")
    for row in rows:
        writer.writerow(row)
        yield page.getvalue()
        page.seek(0)
        page.truncate()


def listed(items: Iterable[object]) -> Iterator[str]:
    """Yield the items of a JSON list, a line each, without its brackets."""
    between = "\n"
    for item in items:
        yield between + as_json(item)
        between = ",\n"


def as_json(value: object) -> str:
    """Return a value as JSON in one line."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
