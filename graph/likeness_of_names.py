"""How alike two names are, as names of organisations: words weigh by how rare they are, slips of the pen count nearly in full."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from os.path import commonprefix

from rapidfuzz.distance import OSA

from graph.cleaning import cleaned
from graph.text import fold

SHORT = 5  # letters; shorter words that differ are other words
LONG = 9  # letters; in words from here on, two slips of the pen may be made
CUT = 15  # letters; a name of so many that another begins with may be that name, cut off
STEM, PART = 7, 0.7  # letters that words begin with alike, and their part of the longer word, to be forms of one word
COMPOUND = 12  # letters of a word that may be two words written as one
BOTH_OTHER = 0.85  # what is left of the likeness of names that each have a word of their own
CUT_OFF = 0.86  # how alike these are
FEW = 3  # names; a name that is cut off must have kept a word that no more have
_EMPTY_WORDS = frozenset(
    [
        "de",
        "het",
        "een",
        "en",
        "van",
        "der",
        "den",
        "in",
        "te",
        "op",
        "voor",
        "aan",
        "of",
        "the",
        "and",
        "a",
        "le",
        "la",
        "les",
        "du",
        "des",
        "et",
        "sint",
        "st",
        "t",
    ]
)


class Weights:
    """How much each word of a set of names says: much if few names have it."""

    def __init__(self, names: Iterable[Sequence[str]]) -> None:
        """Count in how many names each word stands."""
        self.often: Counter[str] = Counter()
        self.size = 0
        for words in names:
            self.size += 1
            self.often.update(set(words))

    def of(self, word: str) -> float:
        """Return the weight of a word; a word that only holds others together weighs little."""
        if word in _EMPTY_WORDS:
            return 0.2
        return 1.0 + math.log((1 + self.size) / (1 + self.often.get(word, 0)))


def words_of(name: str) -> tuple[str, ...]:
    """Return the words of a name without its legal form.

    >>> words_of("Stichting De Vrolijke Tuin")
    ('de', 'vrolijke', 'tuin')
    """
    return tuple(cleaned(name).name.split())


def likeness(one: Sequence[str], other: Sequence[str], weights: Weights) -> float:
    """Return how alike two names are, from 0 to 1, by their words.

    >>> weights = Weights([("vrolijke", "tuin"), ("vrolijke", "tuinen"), ("droeve", "tuin")])
    >>> likeness(("vrolijke", "tuin"), ("vrolyke", "tuin"), weights) > 0.9
    True
    >>> likeness(("vrolijke", "tuin"), ("droeve", "tuin"), weights) < 0.6
    True
    """
    if one == other:
        return 1.0
    if "".join(one) == "".join(other):
        return 0.98
    if _numbers(one) != _numbers(other):
        return 0.0
    heavy = {word: weights.of(word) for word in {*one, *other}}
    rest_one, rest_other = list(dict.fromkeys(one)), list(dict.fromkeys(other))
    whole = sum(heavy[word] for word in (*rest_one, *rest_other))
    matched = 0.0
    for word, known, how in _matches(rest_one, rest_other):
        matched += how * (heavy[word] + heavy[known])
        rest_one.remove(word)
        rest_other.remove(known)
    for rest, name in ((rest_one, other), (rest_other, one)):
        for word in [word for word in rest if _is_short_for(word, name)]:
            rest.remove(word)
            whole -= heavy[word]
    score = matched / whole if whole else 0.0
    if min(sum(heavy[word] for word in rest) for rest in (rest_one, rest_other)) > 1:
        return score * BOTH_OTHER
    return max(score, CUT_OFF) if score < CUT_OFF and _is_cut_off(one, other, weights) else score


def _matches(one: Sequence[str], other: Sequence[str]) -> list[tuple[str, str, float]]:
    """Return words of two names that are one word, with how much alike they are, each word once."""
    left = list(other)
    found = [(word, word, 1.0) for word in one if word in left]
    left = [word for word in left if word not in one]
    for word in one:
        if word not in other:
            how, known = max(((_alike(word, known), known) for known in left), default=(0.0, ""))
            if how:
                left.remove(known)
                found.append((word, known, how))
    return found


def _alike(word: str, known: str) -> float:
    """Return how far two words are one: with a slip of the pen, in another form, or cut short; 0 if they are two."""
    plain, other = word.replace("ij", "y"), known.replace("ij", "y")
    most = 2 if min(len(plain), len(other)) >= LONG else 1
    if min(len(plain), len(other)) >= SHORT and (slips := OSA.distance(plain, other, score_cutoff=most)) <= most:
        return 1.0 - slips / 10
    short, long = sorted((word, known), key=len)
    if (same := len(commonprefix((word, known)))) >= STEM and same >= PART * len(long):  # hogeschool, hogescholen
        return 0.85
    if len(short) < 3 or not long.startswith(short):
        return 0.0
    return 0.9 if len(short) > SHORT else 0.7


def _is_cut_off(one: Sequence[str], other: Sequence[str], weights: Weights) -> bool:
    """Return whether one name is the other, cut off where a column ended."""
    short, long = sorted((one, other), key=lambda words: len("".join(words)))
    plain = "".join(short)
    kept = any(weights.often.get(word, 0) <= FEW for word in short)
    return len(plain) >= CUT and kept and "".join(long).startswith(plain)


def _is_short_for(word: str, name: Sequence[str]) -> bool:
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
    if inside and len(inside.split()) == 1 and _is_short_for(fold(inside), fold(outside).split()):
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


def _numbers(words: Sequence[str]) -> list[str]:
    return sorted(word for word in words if word.isdigit())
