"""How like the asker those are that a helper helped before: whom they know, what they are called, where they are.

What two actors can share is a *thing*: a contact (a giver, a network, a partner), or a trait (a theme, a municipality, a
word of their names). A receiver r that helper h helped counts for 1/contacts(r) in h's record: who is helped by everybody
says little of anybody. The asker itself is left out, as r and as x. For a helper h and an asker a:

    record(h)   = Σ over the receivers r of 1/contacts(r)
    usual(h)    = (record(h) + FEW) / Σ over all helpers h' of (record(h') + FEW)      the part of all help that h gave
    flow(g, h)  = Σ over the actors x that g and h both have a tie with of 1 / (contacts(g) · contacts(x))
    near(h)     = Σ over the contacts g of a, but for h itself, of flow(g, h)
    next(h)     = Σ over the helpers h' of near(h') · flow(h', h)
    far(h)      = Σ over the helpers h' of (near(h') + next(h')) · flow(h', h)
    lift(h, t)  = 1 + (Σ over those r that have trait t of 1/contacts(r)) / (UNSURE · usual(h))
    worth(h)    = (near(h) + FAR · far(h) / Σ over all helpers h' of far(h') + USUAL · usual(h))
                  · Π over the traits t of a of lift(h, t) ^ (WEIGHTS[t] · alone)
    alone       = 1 + (ALONE - 1) · SCANT / (SCANT + Σ over all helpers h of near(h))     from 1 to `ALONE`, of who knows nobody
    likeness(h) = LEAST + (1 - LEAST) · √(worth(h) / the highest worth of those who can help)

- `near` is resource allocation: what flows from the asker over whom it knows and whom they know.
- `far` is where a walk is that goes on from there.
- `usual` is what is to be expected of h when nothing is known of the asker.
- A lift is how much more often h helps those that have a trait, as in naive Bayes with a Dirichlet prior.

The more actors the asker knows, the more flows to all. What is far and what is usual weigh together as much as FAR and USUAL:
much beside one contact, little beside ten, as a language model backs off to what it has seen more often. Names, too, weigh the
more the less flows.

Whoever it ever helped counts, whatever the day asked about: the index is for all days. Per thing the index keeps what each
helper has of it, so that a question adds up only what the asker has, however many a helper helped. Zhou, Lü and Zhang,
Predicting missing links via local information (2009); Page, Brin, Motwani and Winograd, The PageRank citation ranking (1999);
Witten and Bell, The zero-frequency problem (1991); Manning, Raghavan and Schütze, Introduction to Information Retrieval
(2008), chapter 13.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from graph.index.actors import Actors
from graph.index.arrays import Flags, Floats, Ints, Longs, TieIndex, firsts, gather, once, ordered
from graph.index.helping import Given
from graph.numbers import among

# Set on the train half of the ministries' register of grants and checked on parts of it and on other registers
# (`docs/benchmarks.md`). In brackets: between which values the figures hardly move.
LEAST = 0.1  # likeness at least, so that an offer still counts of who helped nobody like the asker (0.001–0.1)
FAR = 0.2  # how much of `near` what is far is worth (0.1–0.3)
FEW = 3.0  # receivers that every helper is given beforehand (1–8)
USUAL = 0.1  # how much of `near` what is usual is worth (0.06–0.15)
UNSURE = 5.0  # receivers with a trait that are needed before it counts for half (3–10)
WEIGHTS = {
    "word": 0.25,  # below 1 as the words of a name, and whom one knows, tell much the same (0.2–0.3)
    "theme": 0.25,  # no register at hand tells of themes: as words
    "municipality": 0.25,  # nor of municipalities: as words
    "place": 0.25,  # of who has no municipality: as that
}
ALONE = 2.4  # of an asker that knows nobody all weights are so much higher: nothing else tells the same (2–3)
SCANT = 0.05  # of `near` to all, at which weights are halfway between (0.02–0.1)
ROUNDING = 1e-12  # what is left of less than this part of a sum is its rounding
THIN = 32  # a walk that is at fewer givers than one of so many goes on from these; else it is told where it came from
ENOUGH = 2  # things that two actors share, from which they are called alike
COMMON = 0.05  # a word in more of the names than this makes nobody alike
LETTERS = 4  # nor does a shorter one


@dataclass(frozen=True, eq=False)
class Likeness:
    """Things are numbered: contacts by place, then traits.

    `traits` names them; `trait_ptr` and `trait` have those of each actor. `worth` is 1/contacts of a contact, and the
    weight of a trait; `telling` says which things make alike. `giver` has the places of those who ever gave, in order, and
    `record` the whole record of each. `share_ptr`, `helper` and `share` have, per thing, what givers (each by its position
    among these: there are few) have of it, in order: of a trait in their records, of a contact in those whom they know.
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

    def things(self, ties: TieIndex, place: int, contacts: Longs) -> Longs:
        """Return the things of an actor with these contacts, each once."""
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

    @cached_property
    def between(self) -> tuple[Longs, Longs, Floats]:
        """What givers have of each other as contacts: where each one's begin, of which (positions), and how much.

        As much as these have of it. Each has something of itself, and numpy is quickest with places in 64 bits.
        """
        rows, _ = gather(self.share_ptr, self.giver)
        counts = self.share_ptr[self.giver + 1] - self.share_ptr[self.giver]
        return np.cumsum(counts) - counts, self.helper[rows].astype(np.int64), self.share[rows]


def worths(likeness: Likeness, ties: TieIndex, things: Longs, helpers: Longs, own: "Own") -> Floats:
    """Return the worth of these helpers (places, in order) for an asker with these things.

    It is worked out for all who ever gave, of whom there are few; all others are worth the same.
    """
    contacts, traits = things[things < ties.size], things[things >= ties.size]
    usual = likeness.usual.copy()
    mine = np.searchsorted(likeness.giver, own.helpers)
    usual[mine] = np.maximum(usual[mine] - own.part / likeness.whole, FEW / likeness.whole)
    known = np.flatnonzero(among(likeness.giver, contacts))
    near = _near(likeness, contacts, known, own.part)
    alone = 1 + (ALONE - 1) * SCANT / (SCANT + float(near.sum()))
    lifts = _lifts(likeness, traits, usual, mine, own.part) * alone
    worth: Floats = np.full(len(helpers), USUAL * (FEW / likeness.whole))
    at = np.searchsorted(helpers, likeness.giver)
    asked = np.flatnonzero(helpers.take(at, mode="clip") == likeness.giver) if len(helpers) else at[:0]
    worth[at[asked]] = ((near + FAR * _far(likeness, near, known, own.part) + USUAL * usual) * np.exp(lifts))[asked]
    return worth


@dataclass(frozen=True)
class Own:
    """What an asker itself is in the records of those that helped it: their places, in order, and for how much it counts."""

    helpers: Longs
    part: float


NOTHING = Own(np.zeros(0, np.int64), 0.0)  # of who is no actor


def own(contacts: Longs, helpers: Longs) -> Own:
    """Return what an actor with these contacts is in the records of those that helped it."""
    return Own(helpers, 1.0 / max(len(contacts), 1))


def _near(likeness: Likeness, contacts: Longs, known: Longs, part: float) -> Floats:
    """Return what flows to each giver from an asker over its contacts and whom these know.

    What flows over the asker itself is left out: it has `part` of those that it knows, of which `known` are givers.
    """
    rows, of = gather(likeness.share_ptr, contacts)
    some, worth = likeness.helper.take(rows), likeness.worth.take(contacts)
    flows = worth.take(of) * likeness.share.take(rows)
    flows[np.flatnonzero(likeness.giver.take(some) == contacts.take(of))] = 0.0  # of whoever a contact is itself
    near = _summed(likeness, some, flows)
    _left(near, known, (worth.sum() - likeness.worth[likeness.giver[known]]) * part)
    return near


def _far(likeness: Likeness, near: Floats, known: Longs, part: float) -> Floats:
    """Return which part of what goes on from those near comes to each giver."""
    if not near.any():
        return near
    further = _on(likeness, near, known, part)
    far = further + _on(likeness, further, known, part)
    return far / (float(far.sum()) or 1.0)


def _on(likeness: Likeness, walk: Floats, known: Longs, part: float) -> Floats:
    """Return where a walk is that goes on from givers, over whom they know, to others; those `known` not over the asker."""
    passed = walk * likeness.worth[likeness.giver]
    some = np.flatnonzero(passed)
    if len(some) * THIN < len(passed):
        rows, of = gather(likeness.share_ptr, likeness.giver.take(some))
        on = _summed(likeness, likeness.helper.take(rows), passed.take(some).take(of) * likeness.share.take(rows))
    else:
        begins, others, share = likeness.between
        flows = passed.take(others)
        flows *= share
        on = np.add.reduceat(flows, begins)
    _left(on, known, float(passed[known].sum()) * part)
    return on


def _left(values: Floats, at: Longs, less: Floats | float) -> None:
    """Take away from the values at these positions; what is then left may be nothing but rounding."""
    left = values[at] - less
    values[at] = np.where(left > ROUNDING * values[at], left, 0.0)


def _lifts(likeness: Likeness, traits: Longs, usual: Floats, mine: Longs, part: float) -> Floats:
    """Return how much more each giver helped those with these traits: weighed logarithms, added up.

    What the asker itself is in the records of those that helped it (`mine`) is left out; it has the traits, so it stands there.
    """
    rows, of = gather(likeness.share_ptr, traits)
    some, share = likeness.helper.take(rows), likeness.share.take(rows)
    if len(mine):
        own = np.flatnonzero(among(some, mine))
        share[own] = np.maximum(share[own] - part, 0.0)
    return _summed(likeness, some, likeness.worth.take(traits).take(of) * np.log1p(share / (UNSURE * usual.take(some))))


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
    ptr, other = _acquainted(ties)
    trait_ptr, trait = _grouped(actors.trait_of[:, 0], actors.trait_of[:, 1], size)
    worth = 1 / np.maximum(np.diff(ptr), 1)
    giver = once(gave.helper)
    many = max(len(giver), 1)
    helper, receiver = np.divmod(once(np.searchsorted(giver, gave.helper) * size + gave.receiver), max(size, 1))
    rows, knows = gather(ptr, giver)
    found = (_shared(knows, other[rows], ptr, other), _shared(helper, receiver, trait_ptr, trait + size))
    number, one, thing = (np.concatenate(part) for part in zip(*found, strict=True))
    key, one = ordered((thing * many + number, (size + len(names)) * many), (one, size))
    value = worth[one]
    starts = firsts(key)
    share = np.add.reduceat(value, starts) if len(key) else np.zeros(0)
    thing = key[starts] // many
    return Likeness(
        names,
        trait_ptr,
        trait,
        np.concatenate([worth, [WEIGHTS[name.partition(":")[0]] for name in names]]),
        np.concatenate([np.ones(size, bool), _telling(names, trait, size)]),
        np.searchsorted(thing, np.arange(size + len(names) + 1)).astype(np.int64),
        (key[starts] % many).astype(np.min_scalar_type(many)),
        share,
        giver.astype(np.int32),
        np.bincount(helper, worth[receiver], len(giver)).astype(np.float64),
    )


def _acquainted(ties: TieIndex) -> tuple[Longs, Longs]:
    """Return whom each actor has a tie with, each once, and where each one's begin."""
    at = np.repeat(np.arange(ties.size, dtype=np.int64), np.diff(ties.ptr))
    of, other = np.divmod(once(at * ties.size + ties.other), max(ties.size, 1))
    return np.searchsorted(of, np.arange(ties.size + 1)).astype(np.int64), other


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


def _shared(number: Longs, actor: Longs, ptr: Longs, values: Ints | Longs) -> tuple[Longs, Longs, Longs]:
    """Return, for each thing of each actor, the number that it came with, the actor, and the thing."""
    rows, at = gather(ptr, actor)
    return number[at], actor[at], values[rows].astype(np.int64)
