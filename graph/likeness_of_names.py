"""How alike two names are, as names of organisations: words weigh by how rare they are, slips of the pen count nearly in full."""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain, pairwise
from os.path import commonprefix

from rapidfuzz.distance import OSA

from graph.gazetteer import names_in
from graph.words_of_names import EMPTY_WORDS, TELLING, is_light, is_short_for, parted, shares

SHORT = 5  # letters; shorter words that differ are other words
LONG = 9  # letters; in words from here on, two slips of the pen may be made
MANY, NOBODY = 60, 0.8  # names; what so many have in theirs names nobody, and what is left of its likeness to itself
ENDLESS = 8  # names; as FEW, of a name that ends in the middle of a sentence ("hogeschool van arnhem en")
CUT = 14  # letters; a name of so many that another begins with may be that name, cut off
STEM, PART = 7, 0.72  # letters that words begin with alike, and their part of the longer word, to be forms of one word
BOTH_OTHER = 0.85  # what is left of the likeness of names that each have a word of their own
CUT_OFF = 0.86  # how alike these are
HOPELESS = 0.7  # of less, nobody need know how much
SORTS = 3  # what so many sorts have for a name (a school here, a nursery there) is the name of many
FEW = 4  # names; where more have it in theirs, a name is common
SURE = 9  # letters of a word that is a name by itself and may have a slip of the pen
FORM = 0.85  # how alike two forms of a word are
COMMON = 0.93  # what is left of the likeness of a name that many have in theirs, and of one that adds to it
ALONE = 0.9  # what is left if nothing but a slip of the pen connects two


class Weights:
    """How much each word of a set of names says: much if few names have it."""

    def __init__(self, names: Iterable[Sequence[str]]) -> None:
        """Count in how many names each word stands, and each two that follow each other."""
        self.often: Counter[str] = Counter()
        self._pairs: Counter[int] = Counter()
        self._weights: dict[str, float] = {}
        self.size = 0
        sorts = set()
        for words in names:
            self.size += 1
            self.often.update(set(words))
            self._pairs.update({hash(pair) for pair in pairwise(words)})
            parts = parted(words)
            sorts.add((hash(parts[0]), hash(parts)))
        self._sorts = Counter(core for core, _ in sorts)

    def of(self, word: str) -> float:
        """Return the weight of a word; one that only holds others together, or says a sort, weighs little."""
        known = self._weights.get(word)
        if known is None:
            rare = 1.0 + math.log((1 + self.size) / (1 + self.often.get(word, 0)))
            known = self._weights[word] = 0.2 if word in EMPTY_WORDS else shares().get(word, 1.0) * rare
        return known

    def is_borne_by_many(self, words: Sequence[str]) -> bool:
        """Return whether several sorts have this name: a school here, a nursery there."""
        return self._sorts.get(hash(parted(words)[0]), 0) >= SORTS

    def names_with(self, words: Sequence[str]) -> int:
        """Return how many names may have all of these words, at most."""
        alone = (self.often.get(word, 0) for word in words if word not in EMPTY_WORDS)
        pairs = (self._pairs.get(hash(pair), 0) for pair in pairwise(words))
        return min(chain(alone, pairs), default=self.size)


def likeness(one: Sequence[str], other: Sequence[str], weights: Weights) -> float:
    """Return how alike two names are, from 0 to 1, by their words.

    >>> weights = Weights([("vrolijke", "tuin"), ("vrolijke", "tuinen"), ("droeve", "tuin")])
    >>> likeness(("vrolijke", "tuin"), ("vrolyke", "tuin"), weights) > 0.9
    True
    >>> likeness(("vrolijke", "tuin"), ("droeve", "tuin"), weights) < 0.6
    True
    """
    if "".join(one) == "".join(other):
        common = max(map(weights.names_with, (one, other))) > MANY
        return (1.0 if one == other else 0.98) * (NOBODY if common else 1.0)
    if _numbers(tuple(one)) != _numbers(tuple(other)):
        return 0.0
    one, other = _as_written_by(one, other), _as_written_by(other, one)
    heavy = {word: weights.of(word) for word in {*one, *other}}
    if _are_apart(one, other, heavy):
        return 0.0
    score, rest_one, rest_other = _compared(one, other, heavy)
    less, more = sorted(sum(heavy[word] for word in rest) for rest in (rest_one, rest_other))
    if score >= HOPELESS or less == 0:
        own, others = ({word for word in rest if word in shares()} - {"omgeving"} for rest in (rest_one, rest_other))
        if (own and others) or (own | others) & TELLING or _is_of_many((one, other), weights, own | others):
            return score * NOBODY  # a college is no nursery
    if less > 1:
        return score * BOTH_OTHER
    return _of_part(score, one, other, weights) if less == 0 < more else score


def _compared(
    one: Sequence[str], other: Sequence[str], heavy: Mapping[str, float]
) -> tuple[float, Sequence[str], Sequence[str]]:
    """Return what part of all words two names share, by weight, and the words that each has for itself."""
    rest_one, rest_other = list(dict.fromkeys(one)), list(dict.fromkeys(other))
    whole = sum(heavy[word] for word in (*rest_one, *rest_other))
    matched, sure = 0.0, False
    for word, known, how in _matches(rest_one, rest_other):
        matched += how * (heavy[word] + heavy[known])
        sure = sure or (not is_light(word) and (how == 1.0 or (how != FORM and min(len(word), len(known)) >= SURE)))
        rest_one.remove(word)
        rest_other.remove(known)
    for rest, name in ((rest_one, other), (rest_other, one)):
        for word in [word for word in rest if is_short_for(word, name)]:
            rest.remove(word)
            whole -= heavy[word]
    return (matched / whole if whole else 0.0) * (1.0 if sure else ALONE), rest_one, rest_other


def _is_of_many(names: Sequence[Sequence[str]], weights: Weights, sorts: Collection[str]) -> bool:
    """Return whether many have this name, and these two do not say the same sort (`sorts`: what one says alone)."""
    return bool(sorts or not parted(names[0])[1]) and any(map(weights.is_borne_by_many, names))


def _are_apart(one: Sequence[str], other: Sequence[str], heavy: Mapping[str, float]) -> bool:
    """Return whether each name has so much of its own that they are two, at a glance: nothing connects other initials."""
    if one[-1] != other[-1] and {one[-1], other[-1]} <= EMPTY_WORDS:
        return True  # both end in the middle of a sentence
    odd = [
        sum(heavy[word] for word in name if _initial(word) not in initials)
        for name, initials in ((one, set(map(_initial, other))), (other, set(map(_initial, one))))
    ]
    whole = sum(heavy[word] for word in (*one, *other))
    return min(odd) > 1 and (whole - sum(odd)) * BOTH_OTHER < HOPELESS * whole


def _initial(word: str) -> str:
    return "y" if word.startswith("ij") else word[0]


def _of_part(score: float, one: Sequence[str], other: Sequence[str], weights: Weights) -> float:
    """Return the likeness of a name that is part of another, which says more."""
    short, long = sorted((one, other), key=lambda words: len("".join(words)))
    few = ENDLESS if short[-1] in EMPTY_WORDS else FEW
    bearers = weights.names_with([word for word in short if word in long])
    if bearers <= few and _is_cut_off(short, long):
        return max(score, CUT_OFF)
    if is_nobody(short) and "gemeente" not in long:
        return score * NOBODY  # what is in a town is not the town
    added = [word for word in long if word not in short]
    if bearers <= ENDLESS and all(is_light(word) or len(word) == 1 for word in added):
        return max(score, CUT_OFF)
    if bearers > few:
        return score * COMMON
    return max(score, CUT_OFF) if all(is_light(word) or word in names_in("NL") for word in added) else score


def is_nobody(words: Sequence[str]) -> bool:
    """Return whether words name no more than a place, or a sort."""
    places = names_in("NL")
    return " ".join(words) in places or all(word in places for word in words) or all(map(is_light, words))


def _as_written_by(one: Sequence[str], other: Sequence[str]) -> Sequence[str]:
    """Return words of a name, two of them as one where the other name writes them so."""
    for place, pair in enumerate(pairwise(one)):
        if (joined := "".join(pair)) in other and joined not in one:
            return (*one[:place], joined, *one[place + 2 :])
    return one


def _matches(one: Sequence[str], other: Sequence[str]) -> list[tuple[str, str, float]]:
    """Return words of two names that are one word, with how much alike they are, each word once."""
    found = [(word, word, 1.0) for word in one if word in other]
    left = [word for word in other if word not in one]
    for word in one:
        if word not in other:
            how, known = max(
                ((_alike(word, known), known) for known in left if _initial(known) == _initial(word)), default=(0.0, "")
            )
            if how:
                left.remove(known)
                found.append((word, known, how))
    return found


def _alike(word: str, known: str) -> float:
    """Return how far two words are one: with a slip of the pen, in another form, or cut short; 0 if they are two."""
    plain, other = word.replace("ij", "y"), known.replace("ij", "y")
    if plain[0] != other[0]:  # slips are seldom made in the first letter
        return 0.0
    most = 2 if min(len(plain), len(other)) >= LONG else 1
    if min(len(plain), len(other)) >= SHORT and (slips := OSA.distance(plain, other, score_cutoff=most)) <= most:
        return 1.0 - slips / 10
    short, long = sorted((word, known), key=len)
    if (
        word[:STEM] == known[:STEM] and STEM <= len(short) and len(commonprefix((word, known))) >= PART * len(long)
    ):  # hogeschool, hogescholen
        return FORM
    if (
        len(short) >= STEM and OSA.distance(short, long[: len(short) + 1], score_cutoff=1) <= 1
    ):  # cut short, with a slip
        return FORM
    if len(short) < 3 or not long.startswith(short):
        return 0.0
    return 0.9 if len(short) > SHORT else 0.7


def _is_cut_off(short: Sequence[str], long: Sequence[str]) -> bool:
    """Return whether a name may be another, cut off where a column ended."""
    *whole, last = short
    if len(long) < len(short) or len("".join(short)) < CUT or (last == long[len(whole)] and last not in EMPTY_WORDS):
        return False
    return all(map(_alike_or_equal, whole, long)) and _begin_alike(last, long[len(whole)])


def _alike_or_equal(word: str, known: str) -> bool:
    return word == known or _alike(word, known) > 0


def _begin_alike(word: str, known: str) -> bool:
    return known.startswith(word) or _alike_or_equal(word, known)


@lru_cache(maxsize=100_000)
def _numbers(words: tuple[str, ...]) -> list[str]:
    return sorted(word for word in words if word.isdigit())
