"""Which actors are alike: pairs with a score, by their names, places, legal forms and marks.

Only actors that have something in their names in common are compared: a rare word, the beginning or the end of one, or the whole
name without spaces. So a million actors stay possible.
"""

import itertools
import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from operator import eq
from urllib.parse import urlsplit

import numpy as np

from graph.answers_duplicates import Why
from graph.cleaning import cleaned
from graph.gazetteer import locate, towns
from graph.likeness_of_names import CUT_OFF, Weights, is_nobody, likeness
from graph.model import Card
from graph.municipalities import bearing, named, province, province_of
from graph.namesakes import town
from graph.text import fold
from graph.words_of_names import EMPTY_WORDS, parted, spellings, words_of

LEAST = 0.85  # the score from which a pair is proposed
RARE = 60  # names that share a word or part of one, before it says too little to compare them all
NEIGHBOURS = 3  # actors of one name in one place, before it is what many call themselves there
PART = 5  # letters of the beginning and end of words
_SAME_PLACE, _OTHER_PLACE, _OTHER_FORM, _OTHER_MARK, _SAME_SITE = 0.04, 0.25, 0.12, 0.4, 0.08
_OPPOSED, _OPPOSED_FORMS = 0.25, ("stichting", "vereniging", "cooperatie")  # of these, nobody has two at once
_SOUNDS = str.maketrans("zkqv", "sccf", "aeiouyjh")  # one of letters that sound alike; none of vowels, j and h
_ORG_ID = re.compile(r"org-id:([A-Z]{2}-[A-Z0-9_]+)-(.+)")  # the register, and the number in it
_AS_SCHEME = {"NL-KVK": "kvk", "NL-RSIN": "rsin"}  # registers of org-ids that have a scheme here
MANY_NAMES = 1_000  # names; that of so many only two have this in theirs says something
_MUNICIPALITY = 0.3  # a municipality is seldom what is named like it


def alike(cards: Sequence[Card], new: Collection[int] | None = None) -> Iterator[tuple[float, Card, Card]]:
    """Yield pairs that are alike by name, the older first, with how much; with `new`, those with one of these numbers among them.

    What speaks for a pair besides its names may bring it above 1, so that it comes before those with names as alike.
    """
    names = [
        list(
            dict.fromkeys([*spellings(card.name), *(words_of(alias) for alias in card.alias_names.split("|") if alias)])
        )
        for card in cards
    ]
    weights = Weights(words for each in names for words in each[:1])
    homes = _at_home(cards, names)
    for place, near in compared(names, homes):
        for other in near:
            if new is not None and cards[place].n not in new and cards[other].n not in new:
                continue
            one, two = sorted((cards[place], cards[other]), key=lambda card: card.n)
            beside = _by_place(one, two)
            if 1.0 + beside < LEAST - _SAME_SITE:  # whatever their names are
                continue
            here = beside > 0 and homes[place] and homes[place] == homes[other]
            score = 1.0 if here else max(likeness(a, b, weights) for a in names[place] for b in names[other])
            if score < LEAST and _only_adds(one, two, names[place][0], names[other][0], weights):
                score = CUT_OFF
            score += beside + _by_form(one, two)
            if score >= LEAST - _SAME_SITE and _says_more(one, two) and _names_many(names[place][0], weights):
                score -= _OPPOSED
            if score >= LEAST - _SAME_SITE:
                yield score, one, two


def _at_home(cards: Sequence[Card], names: Sequence[Sequence[Sequence[str]]]) -> list[str]:
    """Return each first name with where it is, by municipality, else by town; empty where nobody else, or many, bear it there."""
    found = []
    for card, each in zip(cards, names, strict=True):
        home = card.municipality or _home(card.place)
        found.append(f"{' '.join(each[0])} @{home}" if each and home else "")
    often = Counter(found)
    return [home if 1 < often[home] <= NEIGHBOURS else "" for home in found]


@lru_cache(maxsize=100_000)
def _home(place: str) -> str:
    """Return the municipality whose name a place bears, if that is one; else the place."""
    codes = list(_of_its_name(place))
    return codes[0] if len(codes) == 1 else min(_towns(place), default="")


def _of_its_name(place: str) -> Mapping[str, str]:
    """Return the provinces of the municipalities whose name a place bears, by their codes."""
    return {found.code: found.province for part in place.split(",") for found in bearing(town(part.strip()))}


def compared(names: Sequence[Sequence[Sequence[str]]], homes: Sequence[str]) -> Iterator[tuple[int, list[int]]]:
    """Yield by place the later places of names that have something rare in common with those there, where they are included.

    What names have is kept as arrays of hashes: a million names take some hundred megabytes.
    """
    hashes, ends = array("q"), array("q", [0])
    for each, home in zip(names, homes, strict=True):
        hashes.extend({hash(key) for words in each for key in _keys(words)} | {hash(home)} - {hash("")})
        ends.append(len(hashes))
    keys = np.frombuffer(hashes, dtype=np.int64) if hashes else np.empty(0, dtype=np.int64)
    _, group, size = np.unique(keys, return_inverse=True, return_counts=True)
    until = np.frombuffer(ends, dtype=np.int64)
    places = np.repeat(np.arange(len(names), dtype=np.int32), until[1:] - until[:-1])
    members = places[np.argsort(group, kind="stable")]  # in order of group, then place
    after = np.cumsum(size)
    rare = (size > 1) & (size <= RARE)
    for place in range(len(names)):
        mine = group[ends[place] : ends[place + 1]]
        near: set[int] = set()
        for one in mine[rare[mine]].tolist():
            near.update(members[after[one] - size[one] : after[one]].tolist())
        yield place, sorted(other for other in near if other > place)


def _keys(words: Sequence[str]) -> Iterator[str]:
    """Yield what names must have in common with this one to be compared with it."""
    joined = "".join(words)
    yield "=" + joined
    yield "~" + joined.translate(_SOUNDS)
    for word in words:
        if len(word) > 2:
            yield word
        if len(word) > PART:
            yield f"{word[:PART]}-"
            yield f"-{word[-PART:]}"
    for first, second in itertools.pairwise(word for word in words if word not in EMPTY_WORDS):
        yield first + second  # where every word is common, or where two are written as one


def _by_place(one: Card, other: Card) -> float:
    """Return what speaks for or against by where two are: by municipality, else by place; a village in the same one says nothing."""
    towns = _towns(one.place), _towns(other.place)
    if one.municipality and other.municipality:
        if one.municipality != other.municipality:
            return -_OTHER_PLACE
        return 0.0 if all(towns) and towns[0].isdisjoint(towns[1]) else _SAME_PLACE
    if all(towns):
        return -_OTHER_PLACE if towns[0].isdisjoint(towns[1]) else _SAME_PLACE
    if one.municipality and other.place:
        return _in_municipality(other.place, one.municipality)
    return _in_municipality(one.place, other.municipality) if other.municipality and one.place else 0.0


@lru_cache(maxsize=100_000)
def _in_municipality(place: str, code: str) -> float:
    """Return what speaks for or against a place lying in a municipality; nothing if it may be a town there.

    >>> [_in_municipality(place, "GM0228") for place in ("Ede", "Rotterdam", "Lunteren", "Assen", "Nergens")]
    [0.04, -0.25, 0.0, -0.25, 0.0]
    >>> [_in_municipality("Hengelo", code) for code in ("GM0164", "GM1876", "GM0599")]
    [0.04, 0.0, -0.25]
    """
    bearers = _of_its_name(place)
    if code in bearers:
        return _SAME_PLACE
    around = {province(name) for part in place.split(",") for _, name in towns(part.strip())}
    # A town in the province of a municipality of its name is that one.
    maybe = province_of(code) in around - set(bearers.values())
    return -_OTHER_PLACE if (bearers or around) and not maybe else 0.0


@lru_cache(maxsize=100_000)
def _towns(place: str) -> frozenset[str]:
    """Return what a place names, each by one of its names: the district and the town of "Middelland, Rotterdam"."""
    parts = [part for part in map(str.strip, place.split(",")) if part]
    return frozenset(found.name if (found := locate(part)) else fold(part) for part in parts)


def _by_form(one: Card, other: Card) -> float:
    fall = 0.0
    if forms := _other_forms(one, other):
        fall = _OPPOSED if all(form in _OPPOSED_FORMS for form in forms) else _OTHER_FORM
    return -fall - _by_kind(one, other) - _by_kind(other, one)


def _other_forms(one: Card, other: Card) -> tuple[str, ...]:
    """Return the legal forms that two names say, if both say one and they differ."""
    forms = _form(one.names), _form(other.names)
    return forms if all(forms) and forms[0] != forms[1] else ()


def _says_more(one: Card, other: Card) -> bool:
    """Return whether one name says a legal form, and the other none."""
    forms = _form(one.names), _form(other.names)
    return "" in forms and forms != ("", "") and not ("municipality" in (one.kind, other.kind) and "gemeente" in forms)


def _only_adds(one: Card, other: Card, mine: Sequence[str], theirs: Sequence[str], weights: Weights) -> bool:
    """Return whether one name only adds to another that of many nobody else has in theirs, and both say a legal form, which parts do not."""
    if weights.size < MANY_NAMES or not _begins(mine, theirs):
        return False
    short = min(mine, theirs, key=len)
    form = _form(one.names)
    return (
        form == _form(other.names) in _OPPOSED_FORMS
        and weights.names_with(short) <= 2
        and not is_nobody(parted(short)[0])
    )


def _begins(one: Sequence[str], other: Sequence[str]) -> bool:
    """Return whether one of two names begins with the words of the other."""
    return all(map(eq, one, other))


def _names_many(words: Sequence[str], weights: Weights) -> bool:
    """Return whether a name that says no sort is the name of several sorts."""
    return not parted(words)[1] and weights.is_borne_by_many(words)


@lru_cache(maxsize=200_000)
def _form(names: str) -> str:
    """Return the legal form that a name says, also in the middle."""
    said = [form for form in _OPPOSED_FORMS if f" {form} " in names]
    return cleaned(names).form or "".join(said[:1])


def _by_kind(one: Card, other: Card) -> float:
    """Return what speaks against: something named like a municipality, but of another kind, and not called one."""
    if one.kind != "municipality" or other.kind == "municipality":
        return 0.0
    vague = other.kind == "organisation" and cleaned(other.names).form in ("", "gemeente")
    return 0.0 if vague else _MUNICIPALITY


def by_marks(one: Card, other: Card, marks: Mapping[int, Sequence[str]]) -> float:
    """Return what the websites and identifiers of two actors (`marks`, by number) add to their score."""
    mine, theirs = marks.get(one.n, ()), marks.get(other.n, ())
    fall = _OTHER_MARK if _differing(mine, theirs) else 0.0
    return (_SAME_SITE if _hosts(mine) & _hosts(theirs) else 0.0) - fall


def reasons(one: Card, other: Card, marks: Mapping[int, Sequence[str]]) -> tuple[Why, ...]:
    """Return all that speaks for and against two actors being one, in words; `marks` as in `by_marks`."""
    found = [_of_names(one, other)]
    if (by_place := _by_place(one, other)) > 0:
        place = one.place or other.place or named(one.municipality)
        found.append(Why(f"zelfde plaats ({place})", f"same place ({place})"))
    elif by_place < 0:
        places = [card.place or named(card.municipality) for card in (one, other)]
        found.append(Why(f"andere plaats: {' en '.join(places)}", f"another place: {' and '.join(places)}"))
    if forms := _other_forms(one, other):
        found.append(Why(f"andere rechtsvorm: {' en '.join(forms)}", f"another legal form: {' and '.join(forms)}"))
    mine, theirs = marks.get(one.n, ()), marks.get(other.n, ())
    if site := _hosts(mine) & _hosts(theirs):
        found.append(Why(f"zelfde website ({min(site)})", f"same website ({min(site)})"))
    if differing := _differing(mine, theirs):
        found.append(Why(f"ander kenmerk: {', '.join(differing)}", f"another identifier: {', '.join(differing)}"))
    return tuple(found)


def _of_names(one: Card, other: Card) -> Why:
    if one.names == other.names:
        return Why("zelfde naam", "same name")
    if cleaned(one.names).name == cleaned(other.names).name:
        return Why("zelfde naam op rechtsvorm na", "same name but for the legal form")
    if one.names.replace(" ", "") == other.names.replace(" ", ""):
        return Why("zelfde naam op spaties na", "same name but for spaces")
    if words_of(one.name) == words_of(other.name):
        return Why("zelfde naam, anders afgekort", "same name, shortened in another way")
    aliases = {*one.alias_names.split("|"), one.names} & {*other.alias_names.split("|"), other.names} - {""}
    if aliases:
        return Why(f"zelfde naam of alias ({min(aliases)})", f"same name or alias ({min(aliases)})")
    if not set(spellings(one.name)).isdisjoint(spellings(other.name)):
        return Why("zelfde naam, als hij voluit wordt geschreven", "same name, when it is written in full")
    if _begins(words_of(one.name), words_of(other.name)):
        return Why("de ene naam begint met de andere", "one name begins with the other")
    return Why("namen lijken op elkaar", "names are alike")


def _hosts(marks: Sequence[str]) -> set[str]:
    sites = [mark for mark in marks if not mark.partition(":")[0].isalnum() or mark.startswith(("http", "www"))]
    found = {urlsplit(site if "//" in site else f"//{site}") for site in sites}
    return {(one.hostname or "").removeprefix("www.") for one in found if one.path.strip("/") == ""} - {""}


def _differing(mine: Sequence[str], theirs: Sequence[str]) -> list[str]:
    """Return the registers in which two have numbers, and none in common.

    >>> _differing(["kvk:11111111", "rsin:111111110"], ["org-id:NL-KVK-22222222", "rsin:111111110"])
    ['kvk']
    """
    one, other = _registers(mine), _registers(theirs)
    return sorted(name for name in one.keys() & other.keys() if one[name].isdisjoint(other[name]))


def _registers(marks: Sequence[str]) -> Mapping[str, set[str]]:
    """Return identifiers of which an organisation has one, by register: `kvk`, `rsin`, `cbs`, or that of an org-id."""
    found: dict[str, set[str]] = defaultdict(set)
    for mark in marks:
        if (scheme := mark.partition(":")[0]) in ("kvk", "rsin", "cbs"):
            found[scheme].add(mark.partition(":")[2])
        elif org_id := _ORG_ID.fullmatch(mark):
            found[_AS_SCHEME.get(org_id[1], org_id[1])].add(org_id[2])
    return found
