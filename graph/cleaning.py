"""Names of organisations without what tells them apart by writing alone: their legal form, wherever it stands.

The forms are in `graph/vocabulary/legal_forms.csv`.
"""

import csv
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from graph.text import fold
from graph.vocabulary import FOLDER

_LONGEST = 3  # words of a form


class Cleaned(NamedTuple):
    """A folded name without its legal form, and the form (`stichting`), empty if none is said."""

    name: str
    form: str


@lru_cache(maxsize=1)
def forms() -> Mapping[tuple[str, ...], str]:
    """Return the legal forms by the folded words that say them."""
    with (FOLDER / "legal_forms.csv").open(encoding="utf-8", newline="") as file:
        return {tuple(fold(row["word"]).split()): row["form"] for row in csv.DictReader(file)}


@lru_cache(maxsize=1)
def _edges() -> tuple[tuple[str, ...], tuple[str, ...], Mapping[str, str]]:
    """Return how names with a legal form start, and how they end, forms of most words first; and the form that each says."""
    by_length = sorted(forms().items(), key=lambda said: -len(said[0]))
    starts = {f"{' '.join(words)} ": form for words, form in by_length}
    ends = {f" {' '.join(words)}": form for words, form in by_length}
    return tuple(starts), tuple(ends), {"": "", **starts, **ends}


@lru_cache(maxsize=200_000)
def cleaned(name: str) -> Cleaned:
    """Return a name as it is compared: folded, without its legal form, before or behind.

    >>> cleaned("Stichting De Hoek") == cleaned("De Hoek (stichting)") == cleaned("DE  HOEK, Stichting")
    True
    >>> cleaned("Taxi Jansen B.V.")
    Cleaned(name='taxi jansen', form='bv')
    >>> cleaned("Stichting")
    Cleaned(name='stichting', form='')
    """
    folded = fold(name)
    starts, ends, said = _edges()
    start = next(filter(folded.startswith, starts)) if folded.startswith(starts) else ""
    end = next(filter(folded.endswith, ends)) if folded.endswith(ends) else ""
    if start.count(" ") < end.count(" "):
        return Cleaned(folded.removesuffix(end), said[end])
    return Cleaned(folded.removeprefix(start), said[start])


@lru_cache(maxsize=10_000)
def legal_form(text: str) -> str:
    """Return a legal form as it is compared, however it is written; a word that is no known form stays what it is.

    >>> legal_form("Stichting (ANBI)"), legal_form("Besloten Vennootschap"), legal_form("Kerkgenootschap")
    ('stichting', 'bv', 'kerkgenootschap')
    """
    words = fold(text).split()
    known = (forms().get(tuple(words[:size])) for size in range(_LONGEST, 0, -1))
    return next((form for form in known if form), " ".join(words))


def same_writing(name: str) -> str:
    """Return what names that differ only in writing have in common; `St.` may be a saint and stays what it is.

    >>> (
    ...     same_writing("Stichting X") == same_writing("X (stichting)"),
    ...     same_writing("St. X") == same_writing("Stichting X"),
    ... )
    (True, False)
    """
    folded = fold(name)
    if folded.startswith(("st ", "coop ", "ver ")):
        return folded
    plain, form = cleaned(name)
    return f"{form} {plain}" if form else plain
