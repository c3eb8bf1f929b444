"""What formats made of JSON have in common: objects in lists or alone, words and dates in them, identifiers with a scheme."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from graph.records import SCHEMES
from loaders.foreign_items import key

_WIKIDATA = re.compile(r"https?://(?:www\.|m\.)?wikidata\.org/(?:wiki|entity)/(Q\d+)\b.*")


def each(value: Any) -> list[Any]:  # noqa: ANN401 - what JSON holds
    """Return the items of a list, or the one that stands there without it.

    >>> each(None), each("a"), each([1, 2])
    ([], ['a'], [1, 2])
    """
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def objects(value: Any) -> list[dict[str, Any]]:  # noqa: ANN401
    """Return the objects among the items of a list, or the one that stands there without it."""
    return [one for one in each(value) if isinstance(one, dict)]


def first(value: Any) -> str:  # noqa: ANN401
    """Return the first text or number of a list as text; empty if there is none."""
    return next((text for one in each(value) if not isinstance(one, dict | list) and (text := key(one))), "")


def joined(*values: Any) -> str:  # noqa: ANN401
    """Return texts and numbers, also of lists, with bars between them, each once."""
    found = (key(one) for value in values for one in each(value) if not isinstance(one, dict | list))
    return "|".join(dict.fromkeys(one.replace("|", "/") for one in found if one))


def moment(value: Any) -> str:  # noqa: ANN401
    """Return the day of seconds since 1970; what are none stays text.

    >>> moment(1651848477), moment("2022-05-06")
    ('2022-05-06', '2022-05-06')
    """
    text = key(value)
    if re.fullmatch(r"\d{8,10}(\.\d+)?", text):
        return datetime.fromtimestamp(float(text), UTC).date().isoformat()
    return text


def identifiers(found: Iterator[tuple[str, str]] | Mapping[str, str]) -> str:
    """Return, of schemes and values, those that we know (`scheme:value`, with bars between); web addresses are `sameAs`.

    >>> identifiers({"org-id": "GB-CHC-1234567", "isni": "1", "x": "https://www.wikidata.org/wiki/Q5"})
    'org-id:GB-CHC-1234567|wikidata:Q5'
    """
    known: list[str] = []
    for scheme, said in found.items() if isinstance(found, Mapping) else found:
        value = said.strip().replace("|", "%7C")
        if wikidata := _WIKIDATA.fullmatch(value):
            known.append(f"wikidata:{wikidata[1]}")
        elif scheme in SCHEMES and re.fullmatch(SCHEMES[scheme], value):
            known.append(f"{scheme}:{value}")
        elif re.fullmatch(SCHEMES["sameAs"], value):
            known.append(f"sameAs:{value}")
    return "|".join(dict.fromkeys(known))
