"""The words of a name of an organisation as they are compared: without its legal form, what is cut short by custom in full."""

import csv
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from os.path import commonprefix
from typing import NamedTuple

from graph.cleaning import cleaned
from graph.text import fold
from graph.vocabulary import FOLDER

STEM = 7  # letters that words begin with alike, to be forms of one word
LONG = 9  # letters; a part of a name of so many may be a name by itself
COMPOUND = 12  # letters of a word that may be two words written as one
WORDS = FOLDER / "name_words.csv"
EMPTY_WORDS = frozenset(
    [
        *("de", "het", "een", "en", "van", "der", "den", "in", "te", "op", "voor", "aan", "of", "sint", "t"),
        *("the", "and", "a", "le", "la", "les", "du", "des", "et"),
    ]
)


class Meaning(NamedTuple):
    """A word that says more of the sort than of the name: how it is written in full, and what part of its weight counts."""

    word: str
    share: float


@lru_cache(maxsize=1)
def meanings() -> Mapping[str, Meaning]:
    """Return what `graph/vocabulary/name_words.csv` says of words, folded."""
    with WORDS.open(encoding="utf-8", newline="") as file:
        return {row["word"]: Meaning(row["means"], float(row["weight"] or 1)) for row in csv.DictReader(file)}


@lru_cache(maxsize=1)
def shares() -> Mapping[str, float]:
    """Return what part of its weight a word counts for, of those that count for less."""
    return {meaning.word: meaning.share for meaning in meanings().values() if meaning.share < 1}


def is_light(word: str) -> bool:
    """Return whether a word tells no more than the sort, or nothing."""
    return word in EMPTY_WORDS or word in shares()


def words_of(name: str) -> tuple[str, ...]:
    """Return the words of a name without its legal form, what is cut short by custom in full.

    >>> words_of("Stichting De Vrolijke Tuin"), words_of("Ned. Ver. van Tuinen")
    (('de', 'vrolijke', 'tuin'), ('nederlands', 'vereniging', 'van', 'tuinen'))
    """
    return tuple(map(_in_full, cleaned(name).name.split()))


def _in_full(word: str) -> str:
    known = meanings().get(word)
    if known:
        return known.word
    return f"{word}ool" if len(word) > STEM and word.endswith("sch") else word  # beatrixsch


def is_short_for(word: str, name: Sequence[str]) -> bool:
    """Return whether a word stands for a name, made of the beginnings of its words in order (`vbdo`, `stinafo`)."""
    return 3 <= len(word) <= 8 and word not in name and bool(name) and word[0] == name[0][0] and _begins(word, name)


def _begins(word: str, name: Sequence[str]) -> bool:
    """Return whether a word is made of the beginnings of some of these words; a long one may be two in one."""
    if not word:
        return True
    for place, known in enumerate(name):
        most = len(commonprefix((word, known)))
        for taken in range(most, 0, -1):
            within = [known[at:] for at in range(STEM, len(known) - 2)] if len(known) >= COMPOUND else []
            if _begins(word[taken:], [*within, *name[place + 1 :]]):
                return True
    return False


def spellings(name: str) -> list[tuple[str, ...]]:
    """Return the words of a name, and of what it is called besides: before a comma, without brackets, by its acronym.

    >>> spellings("Nationaal Fonds Kind (Nafoki)")
    [('nationaal', 'fonds', 'kind', 'nafoki'), ('nationaal', 'fonds', 'kind'), ('nafoki',)]
    >>> spellings("Speeltuin (Ede)")
    [('speeltuin', 'ede')]
    """
    found = [words_of(name)]
    outside, inside = _parts(name)
    if inside and len(inside.split()) == 1 and is_short_for(fold(inside), fold(outside).split()):
        found += [words_of(outside), words_of(inside)]
    elif "," in name and len(before := words_of(name.partition(",")[0])) and len("".join(before)) >= LONG:
        found.append(before)
    return list(dict.fromkeys(words for words in found if words))


def _parts(name: str) -> tuple[str, str]:
    """Return what stands outside and within brackets, or after and before a dash."""
    if match := re.fullmatch(r"(.+?)\s*\(([^()]+)\)\s*", name):
        return match[1], match[2]
    before, dash, after = name.partition(" - ")
    return (after, before) if dash else (name, "")
