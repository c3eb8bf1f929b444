"""`dataset.toml`: what a folder of tables says of itself as a dataset."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path

from pydantic import ValidationError

from graph.reading import Fault, Where, faults_of
from graph.records import DatasetRecord
from graph.text import nearest

FILE = "dataset.toml"


def read(path: Path, name: str) -> tuple[dict[str, object], list[Fault]]:
    """Return the fields that the file states, and its faults; `name` is what messages call it."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        stated = tomllib.loads(text)
    except UnicodeDecodeError:
        return {}, [_fault(name, 1, "", "is geen UTF-8; bewaar het zo", "is not UTF-8; save it so")]
    except OSError as error:
        return {}, [
            _fault(name, 1, "", f"is niet te lezen ({error.strerror})", f"cannot be read ({error.strerror})"),
        ]
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        return {}, [
            _fault(name, int(line[1]) if line else 1, "", f"is geen TOML ({error})", f"is no TOML ({error})"),
        ]
    values = {key: _text(value) for key, value in stated.items()}
    return values, list(_faults(name, text, values))


def line_of(text: str, key: str) -> int:
    """Return the line of the file that states `key`."""
    lines = text.splitlines()
    return next((n for n, line in enumerate(lines, start=1) if re.match(rf'\s*"?{re.escape(key)}"?\s*=', line)), 1)


def _text(value: object) -> object:
    """Return dates and years as text: TOML has types for them."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _faults(name: str, text: str, values: Mapping[str, object]) -> Iterator[Fault]:
    known = DatasetRecord.model_fields
    for key in values:
        if key not in known:
            near = nearest(key, known)
            yield _fault(
                name,
                line_of(text, key),
                key,
                f"dit kennen we niet{f'; bedoel je {near!r}?' if near else ''} (wel: {', '.join(known)})",
                f"this is not known{f'; do you mean {near!r}?' if near else ''} (known: {', '.join(known)})",
            )
    try:
        DatasetRecord.model_validate({"name": "unnamed"} | {k: v for k, v in values.items() if k in known})
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            key = str(detail["loc"][0]) if detail["loc"] else ""
            yield from (
                fault for fault in faults_of(error, Where(name, line_of(text, key)), (), {}) if fault.column == key
            )


def _fault(name: str, line: int, column: str, nl: str, en: str) -> Fault:
    return Fault(Where(name, line), column, nl, en)
