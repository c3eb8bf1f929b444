"""The ten nearest helpers by chance: by the tie index, and by what one would take instead on the same arrays."""

import heapq
import math
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from graph.index.arrays import clock
from graph.index.asked import Asked
from graph.index.files import Index
from graph.index.lookahead import Lookahead
from graph.index.nearest import Wanted, nearest
from graph.index.reaching import Reach, start
from graph.index.scratch import scratch
from graph.view import today

Helpers: TypeAlias = NDArray[np.int64]
Search: TypeAlias = Callable[[int, Helpers], object]
TEN, STEPS = 10, 4


@dataclass
class Watch:
    """What questions are timed by: the clock, or processor time on a machine that has other work."""

    now: Callable[[], float] = time.perf_counter


WATCH = Watch()


def drawn(index: Index, share: float) -> Helpers:
    """Return this share of the actors, drawn at random, as helpers."""
    size = index.ties.size
    return np.array(sorted(random.Random(11).sample(range(size), round(share * size))), np.int64)


def askers(index: Index, number: int) -> list[int]:
    """Return actors with ties who connect, drawn at random."""
    able = np.flatnonzero((np.diff(index.ties.ptr) > 0) & (_asked(index).openness(np.arange(index.ties.size)) > 0))
    return random.Random(13).sample(able.tolist(), number)


def rare(index: Index, place: int) -> Helpers:
    """Return five helpers in all."""
    return np.array(sorted(random.Random(17).sample(range(index.ties.size), 5)), np.int64)


def far(index: Index, place: int) -> Helpers:
    """Return one helper who is four steps away, and no fewer, if there is any."""
    with scratch(index.ties) as lent:
        reach = Reach(_asked(index), lent, [start(place)], 0.0).go(STEPS)
        nearer = np.concatenate([layer.places for layer in reach.layers[:STEPS]])
        last = np.setdiff1d(reach.layers[-1].places, nearer) if len(reach.layers) > STEPS else nearer
        reach.wipe()
    return last[len(last) // 2 :][:1]


def nobody(index: Index, place: int) -> Helpers:
    """Return no helpers at all."""
    return np.zeros(0, np.int64)


RARE = {"five helpers in all": rare, "a helper four steps away": far, "no helper at all": nobody}


def _asked(index: Index) -> Asked:
    return Asked(index.ties, clock(index.ties, today()))


def ours(index: Index, place: int, helpers: Helpers) -> float:
    """Return the seconds that the tie index takes; what lies ahead on the way to helpers is worked out before, once for all."""
    ahead = _ahead(index, helpers.tobytes())
    began = WATCH.now()
    helpers = helpers[helpers != place]
    wanted = Wanted(helpers, np.ones(len(helpers)), np.zeros(len(helpers), bool), TEN, ahead)
    nearest(_asked(index), [start(place)], wanted, STEPS)
    return WATCH.now() - began


@lru_cache(maxsize=1)
def _ahead(index: Index, helpers: bytes) -> Lookahead:
    return Lookahead(_asked(index), np.frombuffer(helpers, np.int64))


def timed(search: Search, place: int, helpers: Helpers) -> float:
    """Return the seconds that another search takes."""
    began = WATCH.now()
    search(place, helpers)
    return WATCH.now() - began


def sketch(index: Index) -> Search:
    """Return the sketch of the design: sorted lists of ties merged lazily in plain Python, with openness; no paths, no equal ones."""
    ties, asked = index.ties, _asked(index)
    ptr, other, sort, chances = map(memoryview, (ties.ptr, ties.other, ties.sort, asked.clock.chance))
    openness = memoryview(asked.openness(np.arange(ties.size)))
    flags = np.zeros(ties.size, bool)
    helps = memoryview(flags)

    def search(place: int, helpers: Helpers) -> list[tuple[float, int]]:
        flags[helpers] = True
        steps_of, found = {place: 0}, list[tuple[float, int]]()
        heap = [(-chances[sort[ptr[place]]], ptr[place], ptr[place + 1], 1.0, 1)]
        while heap and len(found) < TEN:
            less, arc, end, worth, steps = heap[0]
            if arc + 1 < end:
                heapq.heapreplace(heap, (-worth * chances[sort[arc + 1]], arc + 1, end, worth, steps))
            else:
                heapq.heappop(heap)
            one = other[arc]
            fewest = steps_of.get(one)
            if fewest is not None and fewest <= steps:
                continue
            steps_of[one] = steps
            if fewest is None and helps[one]:
                found.append((-less, one))
            if steps < STEPS and (on := -less * openness[one]):
                heapq.heappush(heap, (-on * chances[sort[ptr[one]]], ptr[one], ptr[one + 1], on, steps + 1))
        return found

    return search


def plain(index: Index) -> Search:
    """Return a Dijkstra in Python that stops at the tenth helper; ties and openness as lists and dicts beforehand."""
    arcs = _costs(index)
    heads: dict[int, list[tuple[int, float]]] = {}
    for one, other, cost in zip(*(part.tolist() for part in arcs), strict=True):
        heads.setdefault(one, []).append((other, cost))

    def search(place: int, helpers: Helpers) -> list[tuple[float, int]]:
        wanted, found, settled, heap = set(helpers.tolist()), list[tuple[float, int]](), set[int](), [(0.0, place)]
        while heap and len(found) < TEN:
            cost, one = heapq.heappop(heap)
            if one in settled:
                continue
            settled.add(one)
            if one in wanted:
                found.append((cost, one))
            for other, more in heads.get(one, ()):
                if other not in settled:
                    heapq.heappush(heap, (cost + more, other))
        return found

    return search


def with_scipy(index: Index) -> Search:
    """Return scipy's Dijkstra, told beforehand how far the tenth helper is."""
    one, other, cost = _costs(index)
    matrix = csr_array((cost, (one, other)), shape=(index.ties.size, index.ties.size))
    limit = 4.0  # beyond the tenth of 2 % helpers

    def search(place: int, helpers: Helpers) -> NDArray[np.float64]:
        cost, _ = dijkstra(matrix, indices=place, limit=limit, return_predecessors=True)
        return helpers[np.argsort(cost[helpers])[:TEN]]

    return search


def with_networkx(index: Index) -> Search:
    """Return networkx' `single_source_dijkstra`, which finds the paths to everybody."""
    graph = nx.DiGraph()
    graph.add_weighted_edges_from(zip(*(part.tolist() for part in _costs(index)), strict=True))

    def search(place: int, helpers: Helpers) -> list[int]:
        cost, _ = nx.single_source_dijkstra(graph, place)
        return heapq.nsmallest(TEN, helpers.tolist(), key=lambda helper: cost.get(helper, math.inf))

    return search


def _costs(index: Index) -> tuple[Helpers, Helpers, NDArray[np.float64]]:
    """Return the arcs that lead on, and their cost: -ln of the chance times the openness of who passes on."""
    ties, asked = index.ties, _asked(index)
    one = np.repeat(np.arange(ties.size), np.diff(ties.ptr))
    worth = asked.clock.chance[ties.sort] * asked.openness(one)
    key = one * ties.size + ties.other
    order = np.lexsort((-worth, key))
    best = order[np.append(True, key[order][1:] != key[order][:-1])]
    best = best[worth[best] > 0]
    return one[best], ties.other[best].astype(np.int64), -np.log(worth[best])


OTHERS: dict[str, Callable[[Index], Search]] = {
    "the sketch of the design": sketch,
    "a plain Dijkstra": plain,
    "scipy `dijkstra` with a limit": with_scipy,
    "networkx `single_source_dijkstra`": with_networkx,
}
