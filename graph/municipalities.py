"""The municipalities of the Netherlands, also those that ended since 2005, and in which areas somebody is.

They stand in `graph/vocabulary/municipalities.csv`. Areas go by their CBS codes: `GM` and `PV` with digits, or `NL`.
"""

import csv
import re
from collections.abc import Mapping
from difflib import get_close_matches
from functools import lru_cache
from typing import NamedTuple

from graph.text import fold
from graph.vocabulary import FOLDER, vocabulary


class Municipality(NamedTuple):
    """A municipality; if it `ended`, on that day the `successor` took over, whole unless `split`. `also`: other names."""

    code: str
    name: str
    province: str
    ended: str = ""
    successor: str = ""
    split: bool = False
    also: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def municipalities() -> Mapping[str, Municipality]:
    """Return all that are known, by code."""
    with (FOLDER / "municipalities.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return {row["code"]: _municipality(row) for row in rows}


def named(code: str) -> str:
    """Return a municipality as people know it, with its code; what is no code of one as it stands.

    >>> named("GM0060"), named("gemeente-nergens")
    ('Ameland (GM0060)', 'gemeente-nergens')
    """
    known = municipalities().get(code)
    return f"{known.name} ({code})" if known else code


def _municipality(row: Mapping[str, str]) -> Municipality:
    also = tuple(name for name in row["also"].split("|") if name)
    named = row["code"], row["name"], row["province"], row["ended"], row["successor"]
    return Municipality(*named, row["split"] == "yes", also)


def today(found: Municipality) -> Municipality:
    """Return the municipality that it is part of today; itself if its area went to several."""
    while found.ended and not found.split:
        found = municipalities()[found.successor]
    return found


def bearing(name: str) -> tuple[Municipality, ...]:
    """Return the municipalities that bear a name; those of today go before those that have ended.

    >>> [one.code for one in bearing("Bergen")], [one.code for one in bearing("Den Haag")]
    (['GM0373', 'GM0893'], ['GM0518'])
    """
    return _by_name().get(fold(name), ())


def looking_like(text: str) -> list[Municipality]:
    """Return the municipalities of today whose name stands in a text, the longest first, or else looks like it.

    >>> [one.name for one in looking_like("3011 AB Rotterdam-West")], [one.name for one in looking_like("Nijmegn")]
    (['Rotterdam'], ['Nijmegen'])
    """
    known, text = {name: found for name, found in _by_name().items() if not found[0].ended}, fold(text)
    within = sorted((name for name in known if f" {name} " in f" {text} "), key=len, reverse=True)
    names = within or get_close_matches(text, known, n=3, cutoff=0.8)
    return list(dict.fromkeys(one for name in names for one in known[name]))


@lru_cache(maxsize=1)
def _by_name() -> Mapping[str, tuple[Municipality, ...]]:
    names: dict[str, list[Municipality]] = {}
    for one in municipalities().values():
        bare = re.sub(r"\s*\(.*\)$", "", one.name)
        for text in {fold(spelled) for spelled in (one.name, bare, *one.also)}:
            names.setdefault(text, []).append(one)
    return {text: tuple(one for one in found if not one.ended) or tuple(found) for text, found in names.items()}


def province_of(code: str) -> str:
    """Return the code of the province of a municipality; empty if the municipality is not known.

    >>> province_of("GM0599"), province_of("GM9999")
    ('PV28', '')
    """
    found = municipalities().get(code)
    return found.province if found else ""


def province(name: str) -> str:
    """Return the code of a province by its name in Dutch or English; empty if it is none.

    >>> province("Zuid-Holland"), province("Friesland"), province("Beieren")
    ('PV28', 'PV21', '')
    """
    return _provinces().get(fold(name), "")


@lru_cache(maxsize=1)
def _provinces() -> Mapping[str, str]:
    return {fold(name): code for code, word in vocabulary().provinces.items() for name in (word.nl, word.en)}


def areas(municipality: str, province_name: str) -> frozenset[str]:
    """Return the codes of the areas in which somebody is, as far as they are known.

    >>> sorted(areas("GM0599", "")), sorted(areas("", "Groningen"))
    (['GM0599', 'PV28'], ['PV20'])
    """
    return frozenset(code for code in (municipality, province(province_name) or province_of(municipality)) if code)


def inside(area: str, codes: frozenset[str]) -> bool | None:
    """Return whether somebody in the areas `codes` is in `area`; None if it is not known.

    >>> codes = areas("", "Groningen")
    >>> inside("NL", codes), inside("PV28", codes), inside("GM0599", codes), inside("GM0014", codes)
    (True, False, False, None)
    """
    if area == "NL" or area in codes:
        return True
    known = {code[:2] for code in codes}
    return False if area[:2] in known or ("PV" in known and province_of(area) not in ("", *codes)) else None
