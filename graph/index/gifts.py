"""What a helper gave before: which help, to how many, and what those it helped could share with an asker.

Of who asks nothing is in it, so that it is found once for a helper that many are told of.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np

from graph.index.arrays import Flags, Ints, Longs, gather, once
from graph.index.files import Index
from graph.index.likeness import ENOUGH

KEPT = 256  # helpers, each of some tens of kilobytes at most


@dataclass(frozen=True, eq=False, slots=True)
class Gifts:
    """What one helper gave by a day: helps (numbers in the vocabulary) with to how many.

    `receiver` and `help` have its gifts, as far as `Helping.received` tells, each once. `thing` has the things that make
    those receivers alike, but for the helper itself, and `of` the position of the gift that each is of.
    """

    helps: tuple[tuple[int, int], ...]
    receiver: Longs
    help: Longs
    thing: Ints
    of: Ints


@lru_cache(maxsize=KEPT)
def gifts(index: Index, helper: int, day: date) -> Gifts:
    """Return what a helper gave by a day."""
    _, help, receiver = index.helping.received(index.ties, np.array([helper], np.int64), day)
    thing, of = _things(index, receiver)
    told = np.flatnonzero(index.likeness.telling.take(thing) & (thing != helper))
    kept = (thing.take(told).astype(np.int32), of.take(told).astype(np.int32))
    return Gifts(tuple(index.helping.track(helper, day)), receiver, help, *kept)


def _things(index: Index, actors: Longs) -> tuple[Longs, Longs]:
    """Return what each of these actors may share, contacts and traits, each once, and the position of whose it is."""
    size = max(index.ties.size, 1)
    arcs, by = gather(index.ties.ptr, actors)
    contacts = once(by * size + index.ties.other.take(arcs))
    rows, at = gather(index.likeness.trait_ptr, actors)
    traits = index.likeness.trait.take(rows).astype(np.int64) + index.ties.size
    return np.append(contacts % size, traits), np.append(contacts // size, at)


def alike(given: Sequence[Gifts], sought: Flags) -> list[Flags]:
    """Return which receivers of each of these gifts share `ENOUGH` things with an asker."""
    if not given:
        return []
    ends = np.cumsum([len(each.receiver) for each in given])
    shares = np.concatenate([each.of for each in given])
    shares += np.repeat(ends - [len(each.receiver) for each in given], [len(each.of) for each in given]).astype(
        np.int32
    )
    shared = np.flatnonzero(sought.take(np.concatenate([each.thing for each in given])))
    enough = np.bincount(shares.take(shared), minlength=int(ends[-1])) >= ENOUGH
    return np.split(enough, ends[:-1])
