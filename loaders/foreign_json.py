"""What formats made of JSON have in common: objects in lists or alone, words and dates in them, identifiers with a scheme."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from graph.fields import SCHEMES
from loaders.foreign_items import key
from loaders.table_cells import Cell, empty

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


def beside(said: dict[str, Cell], part: str, name: str, value: Cell) -> None:
    """Put what a part says (a place, a contact) beside what was said; what says otherwise goes by the name of its part, and is not read.

    >>> beside(said := {"name": "A", "lat": ""}, "geo", "name", "B"), beside(said, "geo", "lat", 52), said
    (None, None, {'name': 'A', 'lat': 52, 'geo name': 'B'})
    """
    other = name if name.startswith(f"{part} ") else f"{part} {name}"
    if empty(said.get(name, "")):
        said[name] = value
    elif said[name] != value and empty(said.get(other, "")):
        said[other] = value


def address(url: str) -> str:
    """Return a web address as it is compared.

    >>> address("https://www.Example.org/"), address("example.org")
    ('example.org', 'example.org')
    """
    return re.sub(r"^https?://(www\.)?|^www\.|/+$", "", url.strip().lower())


def links(*lists: Any, besides: Any) -> str:  # noqa: ANN401
    """Return web addresses, texts or objects with a `url`, with bars between them; not that of the site `besides`.

    >>> links(["https://a.example", {"url": "b.example"}], None, besides="http://www.b.example/")
    'https://a.example'
    """
    urls = [key(one.get("url") if isinstance(one, dict) else one) for list_ in lists for one in each(list_)]
    return joined([url for url in urls if address(url) != address(key(besides))])


def moment(value: Any) -> str:  # noqa: ANN401
    """Return the day of seconds since 1970; what is none, as a year, stays text.

    >>> moment(1651848477), moment(-473385600.5), moment("2022-05-06"), moment(2022)
    ('2022-05-06', '1954-12-31', '2022-05-06', '2022')
    """
    text = key(value)
    if re.fullmatch(r"-?\d{1,11}(\.\d+)?", text) and not re.fullmatch(r"\d{4}", text):
        return (datetime.fromtimestamp(0, UTC) + timedelta(seconds=float(text))).date().isoformat()
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


def unknown_identifiers(part: str, found: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return, of schemes and values, those that we do not know, each by the name of an attribute that is not read."""
    return {f"{part}: {scheme or '-'}": value for scheme, value in found if value and not identifiers({scheme: value})}
