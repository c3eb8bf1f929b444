"""How like the asker those are that a helper helped before, hubs discounted (resource allocation, kept by shared thing).

What two actors can share is a *thing*: a contact (a giver, a network, a partner), or a trait (a theme, a municipality, a
word of their names). For a helper h and an asker a:

    s = Σ over the actors r that h helped (not a), Σ over the things t that r shares with a (not h itself)
            weight(t) / √(contacts(t) · contacts(r))
    likeness = LEAST + (1 - LEAST) · s / (s + HALF)

where the contacts of a trait are the actors that have it. Whoever it ever helped counts, whatever the day asked about:
the index is for all days. Per thing the index keeps what each helper has of it, so that a question adds up only what the
asker has, however many a helper helped. Resource allocation: Zhou, Lü and Zhang, Predicting missing links via local
information (2009).
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from graph.index.actors import Actors
from graph.index.arrays import Floats, Ints, Longs, TieIndex, gather, once
from graph.index.helping import Given
from graph.index.reaching import sheet

# Set on the train half of the ministries' register of grants (`benchmarks/answer_quality`): the best there are flat
# from 0 to 0.1, from 1 to 5, and from 0.2 to 0.5. A register tells of no themes or municipalities: set as words are.
LEAST = 0.1  # of a helper that helped nobody who is like the asker
HALF = 1.0  # the sum at which likeness is half way
WEIGHTS = {"contact": 1.0, "theme": 0.3, "municipality": 0.3, "word": 0.3}
ENOUGH = 2  # things that two actors share, from which they are called alike
LOOKED_AT = 1_000  # ties of a helper that are looked at to count whom it helped
COMMON = 0.05  # a word in more of the names than this says nothing


@dataclass(frozen=True, eq=False)
class Likeness:
    """Things are numbered: contacts by place, then traits.

    `traits` names them; `trait_ptr` and `trait` have those of each actor. `worth` is weight / √contacts of each thing;
    `share_ptr`, `helper` and `share` have, per thing, what helpers have of it, the asker's contribution included.
    """

    traits: tuple[str, ...]
    trait_ptr: Longs
    trait: Ints
    worth: Floats
    share_ptr: Longs
    helper: Ints
    share: Floats

    def things(self, ties: TieIndex, place: int) -> Longs:
        """Return the things of an actor, each once."""
        contacts = once(ties.other[ties.arcs(place)])
        traits = self.trait[self.trait_ptr[place] : self.trait_ptr[place + 1]]
        return np.concatenate([contacts, traits.astype(np.int64) + ties.size])

    def things_of(self, ties: TieIndex, contacts: Longs, traits: Iterable[str]) -> Longs:
        """Return the things of an asker that is no actor: whom it knows, and what is known of it."""
        numbers = {name: number for number, name in enumerate(self.traits)}
        known = [numbers[trait] + ties.size for trait in traits if trait in numbers]
        return np.concatenate([once(contacts), np.array(known, np.int64)])

    def alike(self, ties: TieIndex, things: Longs, helpers: Longs) -> Floats:
        """Return the sum s of these helpers (places) for an asker with these things."""
        rows, _ = gather(self.share_ptr, things)
        some = self.helper[rows]
        with sheet(ties) as lent:
            np.add.at(lent.best, some, self.share[rows])
            found: Floats = lent.best[helpers]
            lent.best[some] = 0.0
        return found

    def own(self, ties: TieIndex, place: int, helper: int) -> float:
        """Return what an asker itself adds to the sum of a helper that helped it."""
        things = self.things(ties, place)
        contacts = len(things) - int(np.count_nonzero(things >= ties.size))
        return float(self.worth[things[things != helper]].sum() / max(contacts, 1) ** 0.5)


def first_contacts(ties: TieIndex, place: int) -> Longs:
    """Return the contacts of an actor, as far as its first `LOOKED_AT` ties tell."""
    return once(ties.other[ties.arcs(place)][:LOOKED_AT])


def alike_among(likeness: Likeness, ties: TieIndex, things: Longs, helper: int, actors: Longs) -> int:
    """Return how many of these actors share `ENOUGH` things with the asker: not their helper, nor words that say nothing."""
    things = things[likeness.worth[things] > 0]
    ends, by = gather(ties.ptr, actors)
    pairs = once(by * ties.size + ties.other[ends])
    shared = pairs[np.isin(pairs % max(ties.size, 1), things[things != helper])] // max(ties.size, 1)
    rows, by = gather(likeness.trait_ptr, actors)
    traits = by[np.isin(likeness.trait[rows] + np.int64(ties.size), things)]
    counts = np.bincount(np.concatenate([shared, traits]), minlength=len(actors))
    return int(np.count_nonzero(counts >= ENOUGH))


def scaled(sums: Floats) -> Floats:
    """Return likeness (`LEAST`–1) of sums."""
    return LEAST + (1 - LEAST) * sums / (sums + HALF)


def likeness_of(actors: Actors, ties: TieIndex, gave: Given) -> Likeness:
    """Return what actors have in common with those that were helped."""
    size, names = ties.size, actors.traits
    trait_ptr, trait = _grouped(actors.trait_of[:, 0], actors.trait_of[:, 1], size)
    worth = np.concatenate([_worth(_contacts(ties)), _worth_of_traits(names, trait, size)])
    pairs = once(gave.helper.astype(np.int64) * size + gave.receiver)
    helper, receiver = pairs // max(size, 1), pairs % max(size, 1)
    at, key = _shared(helper, receiver, ties, trait_ptr, trait)
    value = worth[key // max(size, 1)] / np.sqrt(np.maximum(_contacts(ties), 1))[receiver[at]]
    order = np.argsort(key, kind="stable")
    key, value = key[order], value[order]
    starts = np.flatnonzero(np.append(True, key[1:] != key[:-1])) if len(key) else np.zeros(0, np.int64)
    share = np.add.reduceat(value, starts) if len(key) else np.zeros(0)
    thing = key[starts] // max(size, 1)
    ptr = np.searchsorted(thing, np.arange(len(worth) + 1)).astype(np.int64)
    return Likeness(names, trait_ptr, trait, worth, ptr, (key[starts] % max(size, 1)).astype(np.int32), share)


def _contacts(ties: TieIndex) -> Longs:
    """Return how many others each actor has a tie with."""
    at = np.repeat(np.arange(ties.size, dtype=np.int64), np.diff(ties.ptr))
    return np.bincount(once(at * ties.size + ties.other) // max(ties.size, 1), minlength=ties.size)


def _worth(contacts: Longs) -> Floats:
    return WEIGHTS["contact"] / np.sqrt(np.maximum(contacts, 1))


def _worth_of_traits(names: tuple[str, ...], trait: Ints, size: int) -> Floats:
    counts = np.bincount(trait, minlength=len(names))
    weights = np.array([WEIGHTS[name.partition(":")[0]] for name in names], np.float64)
    words = np.array([name.startswith("word:") for name in names], bool)
    return np.where(words & (counts > max(COMMON * size, 2)), 0.0, weights / np.sqrt(np.maximum(counts, 1)))


def _grouped(owner: Ints, value: Ints, size: int) -> tuple[Longs, Ints]:
    """Return values grouped by owner, and where each owner's begin."""
    order = np.argsort(owner, kind="stable")
    ptr = np.concatenate([[0], np.cumsum(np.bincount(owner, minlength=size))]).astype(np.int64)
    return ptr, value[order]


def _shared(helper: Longs, receiver: Longs, ties: TieIndex, trait_ptr: Longs, trait: Ints) -> tuple[Longs, Longs]:
    """Return, for each thing of each receiver, the number of the pair and `thing * size + helper`."""
    found = []
    for ptr, values, first in ((ties.ptr, ties.other, 0), (trait_ptr, trait, ties.size)):
        positions, at = gather(ptr, receiver)
        thing = values[positions].astype(np.int64) + first
        if not first:
            ends = once(at * (ties.size or 1) + thing)
            at, thing = ends // (ties.size or 1), ends % (ties.size or 1)
            others = thing != helper[at]
            at, thing = at[others], thing[others]
        found.append((at, thing * (ties.size or 1) + helper[at]))
    return np.concatenate([at for at, _ in found]), np.concatenate([key for _, key in found])
