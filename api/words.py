"""What pages and messages say, in plain Dutch (B1) and in English: `words.csv`, for anyone who writes well to edit.

Labels of closed lists stand in graph's vocabulary.
"""

import csv
from collections.abc import Mapping
from pathlib import Path

from graph.errors import Lang


def _read(path: Path) -> dict[str, tuple[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return {row["key"]: (row["nl"], row["en"]) for row in csv.DictReader(file)}


WORDS: Mapping[str, tuple[str, str]] = _read(Path(__file__).with_name("words.csv"))


def say(lang: Lang, key: str, **values: object) -> str:
    """Return the words for `key` in `lang`, filled in; of one, those for `key` with `_one` after it, if there are any.

    >>> say("nl", "contacts", count=3), say("nl", "contacts", count=1)
    ('3 contacten', '1 contact')
    """
    if str(values.get("count")) == "1":
        key = f"{key}_one" if f"{key}_one" in WORDS else key
    return WORDS[key][0 if lang == "nl" else 1].format(**values)
