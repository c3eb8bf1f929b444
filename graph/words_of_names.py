"""The words of a name of an organisation as they are compared: without its legal form, what is cut short by custom in full."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from os.path import commonprefix
from typing import NamedTuple

from rapidfuzz.distance import OSA

from graph.cleaning import cleaned, forms
from graph.gazetteer import unmarked
from graph.text import fold
from graph.vocabulary import FOLDER

STEM = 7  # letters that words begin with alike, to be forms of one word
LONG = 9  # letters; a part of a name of so many may be a name by itself
COMPOUND = 12  # letters of a word that may be two words written as one
SHORT_FORM = 6  # letters; what is cut shorter may be another word (`verenig`, not `veren`)
_LONG_FORMS = ("stichting", "vereniging", "cooperatie")  # of others a slip is another word
TELLING = frozenset(  # sorts of which who is one says so
    ["basisschool", "speciaal", "holding", "kinderopvang", "kinderdagverblijf", "huisartsenpraktijk"]
)
WORDS, ACRONYMS = FOLDER / "name_words.csv", FOLDER / "acronyms.csv"
_ADDRESSED = re.compile(r"\s(?:t\.?a\.?v\.?|inzake|p/a)\s", re.IGNORECASE)  # what follows is whom a letter goes to
_NOTED = re.compile(r"\s*\(1\)$")  # a footnote
_APART = re.compile(r"\b[a-z](?: [a-z]\b)+")  # o b s
EMPTY_WORDS = frozenset(
    [
        *("de", "het", "een", "en", "van", "v", "der", "den", "vd", "in", "te", "op", "voor", "aan", "of", "sint", "t"),
        *("d", "ter", "tot", "bij", "met", "door", "voorheen", "stichting"),
        *("the", "and", "a", "le", "la", "les", "du", "des", "et"),
    ]
)


class Meaning(NamedTuple):
    """A word that says more of the sort than of the name: how it is written in full, and what part of its weight counts."""

    words: Sequence[str]
    share: float


@lru_cache(maxsize=1)
def meanings() -> Mapping[str, Meaning]:
    """Return what `graph/vocabulary/name_words.csv` says of words, or of several that mean one, folded."""
    with WORDS.open(encoding="utf-8", newline="") as file:
        return {row["word"]: Meaning(row["means"].split(), float(row["weight"] or 1)) for row in csv.DictReader(file)}


@lru_cache(maxsize=1)
def acronyms() -> Mapping[str, Sequence[str]]:
    """Return the words of names that are known by their acronyms (`graph/vocabulary/acronyms.csv`)."""
    with ACRONYMS.open(encoding="utf-8", newline="") as file:
        return {row["acronym"]: words_of(row["name"]) for row in csv.DictReader(file)}


@lru_cache(maxsize=1)
def shares() -> Mapping[str, float]:
    """Return what part of its weight a word counts for, of those that count for less."""
    return {meaning.words[0]: meaning.share for meaning in meanings().values() if meaning.share < 1}


def is_light(word: str) -> bool:
    """Return whether a word tells no more than the sort, or nothing."""
    return word in EMPTY_WORDS or word in shares()


def parted(words: Sequence[str]) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return the words that name somebody, and those that say its sort.

    >>> parted(words_of("Chr. Basisschool De Tuin")) == (("tuin",), {"christelijk", "basisschool"})
    True
    """
    return tuple(word for word in words if not is_light(word)), frozenset(word for word in words if word in shares())


def words_of(name: str) -> tuple[str, ...]:
    """Return the words of a name without its legal form, what is cut short by custom in full.

    >>> words_of("Stichting De Vrolijke Tuin"), words_of("Ned. Ver. van Tuinen"), words_of("O.B.S. De Tuin")
    (('de', 'vrolijke', 'tuin'), ('nederlands', 'vereniging', 'van', 'tuinen'), ('openbaar', 'basisschool', 'de', 'tuin'))
    """
    bare = cleaned(cleaned(name).name).name  # a form may be said at both ends: Coöperatie De Tuin U.A.
    plain = _APART.sub(lambda letters: letters[0].replace(" ", ""), bare)
    return tuple(_in_full(plain.split()))


def _in_full(words: Sequence[str]) -> Iterator[str]:
    """Yield words in full; several that mean one, as that one."""
    place = 0
    while place < len(words):
        size = next(
            (size for size in _phrases().get(words[place], ()) if " ".join(words[place : place + size]) in meanings()),
            1,
        )
        written = " ".join(words[place : place + size])
        if known := meanings().get(written):
            yield from known.words
        else:
            yield f"{written}ool" if len(written) > STEM and written.endswith("sch") else written  # beatrixsch
        place += size


@lru_cache(maxsize=1)
def _phrases() -> Mapping[str, Sequence[int]]:
    """Return by a first word of how many words there are phrases with a meaning, the longest first."""
    sizes: dict[str, set[int]] = {}
    for words in map(str.split, meanings()):
        if len(words) > 1:
            sizes.setdefault(words[0], set()).add(len(words))
    return {word: sorted(each, reverse=True) for word, each in sizes.items()}


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
    name = _mended(_NOTED.sub("", _ADDRESSED.split(name, maxsplit=1)[0] or name))
    found = [words_of(name), words_of(unmarked(name)), *map(words_of, _form_mended(name))]
    if re.match(r"st\.?[ -]", name, re.IGNORECASE):
        found.append(("sint", *found[0]))  # a stichting, or a saint
    outside, inside, after = _parts(name)
    if fold(inside).startswith("voorheen "):
        found.append(words_of(f"{outside} {after}"))
    words, short = fold(outside).split(), fold(inside)
    ends = [end for end in range(2, len(words) + 1) if is_short_for(short, words[:end])]
    if len(short.split()) == 1 and ends:
        shortened = " ".join([short, *words[ends[0] :], after])
        found += [words_of(f"{outside} {after}"), words_of(shortened), () if after else words_of(short)]
    before, _, form = name.partition(",")
    if cleaned(before).name and _says_a_form(form) and len("".join(words_of(before))) >= LONG:
        found.append(words_of(before))
    found += [_spelled_out(words) for words in found if _is_acronym(words)]
    return list(dict.fromkeys(words for words in found if words))


def _mended(name: str) -> str:
    """Return a name whose UTF-8 was taken for another encoding as it was meant.

    >>> _mended("CoÃ¶peratie"), _mended("SÃO PAULO")
    ('Coöperatie', 'SÃO PAULO')
    """
    if "Ã" in name:
        with suppress(UnicodeError):
            return name.encode("cp1252").decode("utf-8")
    return name


def _form_mended(name: str) -> list[str]:
    """Return a name whose legal form, before or behind, has a slip of the pen or is cut short, with that form in full.

    >>> _form_mended("Stchting De Tuin"), _form_mended("De Tuin (sticht.)"), _form_mended("Verenigde Tuinen")
    (['stichting de tuin'], ['de tuin stichting'], [])
    """
    words = fold(name).split()
    found = []
    for place in {0, len(words) - 1} if len(words) > 1 else ():
        if form := _form_meant(words[place]):
            found.append(" ".join([*words[:place], form, *words[place + 1 :]]))
    return found


@lru_cache(maxsize=100_000)
def _form_meant(word: str) -> str:
    """Return the legal form of one long word that a word may be, written with a slip or cut short; empty if it is none, or is one."""
    if len(word) < SHORT_FORM or (word,) in forms() or word in meanings():
        return ""
    return next(
        (form for form in _LONG_FORMS if form.startswith(word) or OSA.distance(form, word, score_cutoff=1) <= 1), ""
    )


def _is_acronym(words: Sequence[str]) -> bool:
    """Return whether a name is a known acronym, with no more than a sort: `tno`, but not `tno gebouwen`."""
    known = acronyms().keys()
    return not known.isdisjoint(words) and all(word in known or is_light(word) for word in words)


def _spelled_out(words: Sequence[str]) -> tuple[str, ...]:
    """Return the words of a name with what is known by an acronym in full."""
    return tuple(dict.fromkeys(full for word in words for full in acronyms().get(word, (word,))))


def _says_a_form(text: str) -> bool:
    """Return whether a legal form is among these words."""
    return any((word,) in forms() for word in fold(text).split())


def _parts(name: str) -> tuple[str, str, str]:
    """Return what stands before, within and after brackets, or after and before a dash."""
    if match := re.fullmatch(r"(.+?)\s*\(([^()]+)\)\s*(.*)", name):
        return match[1], match[2], match[3]
    before, dash, after = name.partition(" - ")
    return (after, before, "") if dash else (name, "", "")
