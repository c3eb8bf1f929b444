"""Other ways to somebody: each the best that shares no connector with those before.

Of those who came out of a search, over those who know them and whom it reached (`alternatives`); of one that is asked for,
looked for anew (`further`).
"""

from collections.abc import Sequence

import numpy as np

from graph.index.arrays import Flags, Floats, Longs, firsts, gather
from graph.index.bidirectional import NOWHERE, BidirectionalSearch, Way
from graph.index.reaching import NOBODY, Reach
from graph.numbers import positions

MANY = 2  # other ways that are told of each


def alternatives(reach: Reach, ways: Sequence[Way], max_steps: int) -> list[list[Way]]:
    """Return other ways to the end of each way, best first, over those who know that end and whom the search reached."""
    if not ways:
        return []
    before, by, worth = _known(reach, ways)
    paths = reach.columns(before)
    steps = np.count_nonzero(paths != NOBODY, axis=0)
    free = positions(steps <= max_steps)
    taken = np.full((max_steps + 1, len(ways)), NOBODY)
    for at, way in enumerate(ways):
        taken[: len(way.places), at] = way.places
    found: list[list[Way]] = [[] for _ in ways]
    for _ in range(MANY):
        free = free.take(positions(~_shared(paths[1:, free], taken[:, by.take(free)])))
        first = free.take(firsts(by.take(free)))
        taken = np.full((len(paths), len(ways)), NOBODY)
        taken[:, by.take(first)] = paths[:, first]
        for at in first.tolist():
            own, way = ways[by[at]], paths[: steps[at], at].tolist()
            found[by[at]].append(Way(float(worth[at]), (*way, own.places[-1])))
    return found


def _known(reach: Reach, ways: Sequence[Way]) -> tuple[Longs, Longs, Floats]:
    """Return who knows the ends of these ways and is reached: the place, the end of which way, and what going on is worth.

    Grouped by way, best first.
    """
    asked, index = reach.asked, reach.asked.index
    arcs, by = gather(index.ptr, np.array([way.places[-1] for way in ways], np.int64))
    before = index.other.take(arcs).astype(np.int64)
    best = reach.best(before)
    reached = positions((best > 0) & (before != reach.layers[0].places[0]))
    before, by, sort = before.take(reached), by.take(reached), index.sort.take(arcs.take(reached))
    worth = best.take(reached) * asked.openness(before) * asked.clock.chance.take(sort)
    order = np.lexsort((-worth, by))
    order = order.take(positions(worth.take(order) > 0))
    return before.take(order), by.take(order), worth.take(order)


def _shared(paths: Longs, taken: Longs) -> Flags:
    """Return which columns of `paths` have a place in common with the same column of `taken`."""
    shared: Flags = ((paths[:, None] == taken) & (taken >= 0)).any(axis=(0, 1))
    return shared


def further(search: BidirectionalSearch, way: Way, number: int, faint: float) -> list[Way]:
    """Return up to `number` other ways to the end of `way`, each the best that shares no connector with those before.

    One that is worth less than `faint` times the first is not told.
    """
    ways = [way]
    target = way.places[-1]
    while len(ways) <= number:
        banned = np.array([place for known in ways for place in known.connectors], np.int64)
        direct = all(known.connectors for known in ways)
        other = search.best(target, way.chance * faint, banned if len(banned) else NOWHERE, direct=direct)
        if other is None:
            break
        ways.append(other)
    return ways[1:]
