"""How like the asker those are that a helper helped before: whom they know, what they are called, where they are.

What two actors can share is a *thing*: a contact (a giver, a network, a partner), or a trait (a theme, a municipality, a
word of their names). A receiver r that helper h helped counts for 1/contacts(r) in h's record: who is helped by everybody
says little of anybody. The asker itself is left out. For a helper h and an asker a:

    record(h)   = Σ over the receivers r of 1/contacts(r)
    usual(h)    = (record(h) + FEW) / Σ over all helpers h' of (record(h') + FEW)      the part of all help that h gave
    near(h)     = Σ over the contacts g that a and r share (not h itself) of 1 / (contacts(g) · contacts(r))
    lift(h, t)  = 1 + (Σ over those r that have trait t of 1/contacts(r)) / (UNSURE · usual(h))
    worth(h)    = (near(h) + USUAL · usual(h)) · Π over the traits t of a of lift(h, t) ^ WEIGHTS[t]
                                                           (twice that, `ALONE`, for an asker that knows nobody)
    likeness(h) = LEAST + (1 - LEAST) · √(worth(h) / the highest worth of those who can help)

So `near` is resource allocation (what flows from the asker over whom it knows and whom they know), `usual` what is to be
expected of h when nothing is known of the asker, and a lift how much more often h helps those that have a trait, as in
naive Bayes with a Dirichlet prior. Whoever it ever helped counts, whatever the day asked about: the index is for all
days. Per thing the index keeps what each helper has of it, so that a question adds up only what the asker has, however
many a helper helped. Zhou, Lü and Zhang, Predicting missing links via local information (2009); Manning, Raghavan and
Schütze, Introduction to Information Retrieval (2008), chapter 13.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from graph.index.actors import Actors
from graph.index.arrays import Flags, Floats, Ints, Longs, TieIndex, gather, once, ordered
from graph.index.helping import Given
from graph.numbers import among

# Set on the train half of the ministries' register of grants and checked on parts of it and on other registers
# (`docs/benchmarks.md`). In brackets: between which values the figures hardly move.
LEAST = 0.1  # likeness at least, so that an offer still counts of who helped nobody like the asker (0.001–0.1)
FEW = 3.0  # receivers that every helper is given beforehand (1–8)
USUAL = 0.1  # how much of `near` what is usual is worth (0.06–0.15)
UNSURE = 5.0  # receivers with a trait that are needed before it counts for half (3–10)
WEIGHTS = {
    "word": 0.3,  # below 1 as the words of a name, and whom one knows, tell much the same (0.25–0.35)
    "theme": 0.3,  # no register at hand tells of themes: as words
    "municipality": 0.3,  # nor of municipalities: as words
    "place": 0.3,  # of who has no municipality: as that
}
ALONE = 2.0  # of an asker that knows nobody all weights are so much higher: nothing else tells the same (1.5–2.5)
ENOUGH = 2  # things that two actors share, from which they are called alike
COMMON = 0.05  # a word in more of the names than this makes nobody alike
LETTERS = 4  # nor does a shorter one


@dataclass(frozen=True, eq=False)
class Likeness:
    """Things are numbered: contacts by place, then traits.

    `traits` names them; `trait_ptr` and `trait` have those of each actor. `worth` is 1/contacts of a contact, and the
    weight of a trait; `telling` says which things make alike. `giver` has the places of those who ever gave, in order, and
    `record` the whole record of each. `share_ptr`, `helper` and `share` have, per thing, what givers (each by its position
    among these: there are few) have of it in their records, in order.
    """

    traits: tuple[str, ...]
    trait_ptr: Longs
    trait: Ints
    worth: Floats
    telling: Flags
    share_ptr: Longs
    helper: Ints
    share: Floats
    giver: Ints
    record: Floats

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

    @cached_property
    def whole(self) -> float:
        """What usual parts are parts of."""
        return max(float(self.record.sum()) + FEW * len(self.record), FEW)

    @cached_property
    def usual(self) -> Floats:
        """Which part of all help each giver gave."""
        return (self.record + FEW) / self.whole


def worths(likeness: Likeness, ties: TieIndex, things: Longs, helpers: Longs, own: "Own") -> Floats:
    """Return the worth of these helpers (places, in order) for an asker with these things.

    It is worked out for all who ever gave, of whom there are few; all others are worth the same.
    """
    contacts, traits = things[things < ties.size], things[things >= ties.size]
    near, usual = _near(likeness, contacts), likeness.usual.copy()
    mine = np.searchsorted(likeness.giver, own.helpers)
    known = likeness.worth[contacts]
    shared = known.sum() - np.where(among(own.helpers, contacts), likeness.worth[own.helpers], 0.0)
    near[mine] = np.maximum(near[mine] - shared * own.part, 0.0)
    usual[mine] = np.maximum(usual[mine] - own.part / likeness.whole, FEW / likeness.whole)
    lifts = _lifts(likeness, traits, usual, mine, own.part) * (1.0 if len(contacts) else ALONE)
    worth: Floats = np.full(len(helpers), USUAL * (FEW / likeness.whole))
    at = np.searchsorted(helpers, likeness.giver)
    asked = np.flatnonzero(helpers.take(at, mode="clip") == likeness.giver) if len(helpers) else at[:0]
    worth[at[asked]] = ((near + USUAL * usual) * np.exp(lifts))[asked]
    return worth


@dataclass(frozen=True)
class Own:
    """What an asker itself is in the records of those that helped it: their places, in order, and for how much it counts."""

    helpers: Longs
    part: float


NOTHING = Own(np.zeros(0, np.int64), 0.0)  # of who is no actor


def own(ties: TieIndex, place: int, helpers: Longs) -> Own:
    """Return what an actor is in the records of those that helped it."""
    return Own(helpers, 1.0 / max(len(once(ties.other[ties.arcs(place)])), 1))


def _near(likeness: Likeness, contacts: Longs) -> Floats:
    """Return what flows to each giver from an asker over its contacts and whom these know."""
    rows, of = gather(likeness.share_ptr, contacts)
    return _summed(likeness, likeness.helper[rows], likeness.worth[contacts][of] * likeness.share[rows])


def _lifts(likeness: Likeness, traits: Longs, usual: Floats, mine: Longs, part: float) -> Floats:
    """Return how much more each giver helped those with these traits: weighed logarithms, added up.

    What the asker itself is in the records of those that helped it (`mine`) is left out; it has the traits, so it stands there.
    """
    rows, of = gather(likeness.share_ptr, traits)
    some, share = likeness.helper[rows], likeness.share[rows]
    if len(mine):
        own = np.flatnonzero(among(some, mine))
        share[own] = np.maximum(share[own] - part, 0.0)
    return _summed(likeness, some, likeness.worth[traits][of] * np.log1p(share / (UNSURE * usual[some])))


def _summed(likeness: Likeness, some: Ints, values: Floats) -> Floats:
    """Return the sums of the values of each giver; `values` are of `some`, in which one may stand often."""
    return np.bincount(some, values, len(likeness.giver)).astype(np.float64)


def sought(likeness: Likeness, things: Longs) -> Flags:
    """Return which of all things are among these of an asker, and make alike."""
    found = np.zeros(len(likeness.telling), bool)
    found[things.compress(likeness.telling.take(things))] = True
    return found


def scaled(worths: Floats, able: Flags) -> Floats:
    """Return likeness (`LEAST`–1) of worths, beside the highest of those who are able to help."""
    highest = float(worths[able].max(initial=0.0)) or 1.0
    return LEAST + (1 - LEAST) * np.sqrt(np.minimum(worths / highest, 1.0))


def likeness_of(actors: Actors, ties: TieIndex, gave: Given) -> Likeness:
    """Return what actors have in common with those that were helped."""
    size, names = ties.size, actors.traits
    trait_ptr, trait = _grouped(actors.trait_of[:, 0], actors.trait_of[:, 1], size)
    contacts = np.maximum(_contacts(ties), 1)
    pairs = once(gave.helper.astype(np.int64) * size + gave.receiver)
    helper, receiver = pairs // max(size, 1), pairs % max(size, 1)
    giver = once(helper)
    number, many = np.searchsorted(giver, helper), max(len(giver), 1)
    at, thing = _shared(helper, receiver, ties, trait_ptr, trait)
    key, at = ordered((thing * many + number[at], (size + len(names)) * many), (at, len(pairs)))
    value = (1 / contacts)[receiver[at]]
    starts = np.flatnonzero(np.append(True, key[1:] != key[:-1])) if len(key) else np.zeros(0, np.int64)
    share = np.add.reduceat(value, starts) if len(key) else np.zeros(0)
    thing = key[starts] // many
    return Likeness(
        names,
        trait_ptr,
        trait,
        np.concatenate([1 / contacts, [WEIGHTS[name.partition(":")[0]] for name in names]]),
        np.concatenate([np.ones(size, bool), _telling(names, trait, size)]),
        np.searchsorted(thing, np.arange(size + len(names) + 1)).astype(np.int64),
        (key[starts] % many).astype(np.min_scalar_type(many)),
        share,
        giver.astype(np.int32),
        np.bincount(number, (1 / contacts)[receiver], len(giver)).astype(np.float64),
    )


def _contacts(ties: TieIndex) -> Longs:
    """Return how many others each actor has a tie with."""
    at = np.repeat(np.arange(ties.size, dtype=np.int64), np.diff(ties.ptr))
    return np.bincount(once(at * ties.size + ties.other) // max(ties.size, 1), minlength=ties.size)


def _telling(names: tuple[str, ...], trait: Ints, size: int) -> Flags:
    """Return which traits make alike: not words that are short or that many names have."""
    words = [name.partition(":")[2] if name.startswith("word:") else "" for name in names]
    common = np.bincount(trait, minlength=len(names)) > max(COMMON * size, 2)
    short = np.array([len(word) < LETTERS for word in words], bool)
    made: Flags = np.array([not word for word in words], bool) | ~(common | short)
    return made


def _grouped(owner: Ints, value: Ints, size: int) -> tuple[Longs, Ints]:
    """Return values grouped by owner, and where each owner's begin."""
    _, order = ordered((owner, size), (np.arange(len(owner)), len(owner)))
    ptr = np.concatenate([[0], np.cumsum(np.bincount(owner, minlength=size))]).astype(np.int64)
    return ptr, value[order]


def _shared(helper: Longs, receiver: Longs, ties: TieIndex, trait_ptr: Longs, trait: Ints) -> tuple[Longs, Longs]:
    """Return, for each thing of each receiver, the number of the pair and the thing."""
    found = []
    for ptr, values, first in ((ties.ptr, ties.other, 0), (trait_ptr, trait, ties.size)):
        positions, at = gather(ptr, receiver)
        thing = values[positions].astype(np.int64) + first
        if not first:
            ends = once(at * (ties.size or 1) + thing)
            at, thing = ends // (ties.size or 1), ends % (ties.size or 1)
            others = thing != helper[at]
            at, thing = at[others], thing[others]
        found.append((at, thing))
    return np.concatenate([at for at, _ in found]), np.concatenate([thing for _, thing in found])
