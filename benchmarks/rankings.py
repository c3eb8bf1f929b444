"""Ways to rank who may help that need no more than who is tied to whom: what our answers are set beside."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]
DAMPING = 0.85  # of PageRank
ROUNDS = 30


class Network:
    """Actors, by number and by id: the ties between them, and which of them gave which."""

    def __init__(self, ids: Sequence[str], ties: Iterable[tuple[str, str]], gifts: Iterable[tuple[str, str]]) -> None:
        """Take them down; `gifts` are pairs of who gave and who received."""
        self.ids, self.number = ids, {id: at for at, id in enumerate(ids)}
        size = len(ids)
        links: list[set[int]] = [set() for _ in ids]
        for one, other in ((self.number[one], self.number[other]) for one, other in ties):
            links[one].add(other)
            links[other].add(one)
        self.links = [sorted(some) for some in links]
        self.given, self.got = defaultdict[int, set[int]](set), defaultdict[int, set[int]](set)
        for giver, receiver in ((self.number[giver], self.number[receiver]) for giver, receiver in gifts):
            self.given[giver].add(receiver)
            self.got[receiver].add(giver)
        counts = np.array([len(some) for some in self.links], np.int64)
        self._source = np.repeat(np.arange(size), counts)
        self._target = np.array([one for some in self.links for one in some], np.int64)
        self._degree = np.maximum(counts, 1)

    def known(self, id: str) -> set[str]:
        """Return the ids of those that an actor has a tie with."""
        return {self.ids[at] for at in self.links[self.number[id]]}

    def of(self, scores: Scores, ids: Sequence[str]) -> Scores:
        """Return the scores of these actors."""
        return scores[[self.number[id] for id in ids]]

    def popularity(self, _: str) -> Scores:
        """Score by how many one gave."""
        scores = np.zeros(len(self.links))
        for giver, receivers in self.given.items():
            scores[giver] = len(receivers)
        return scores

    def fewest_hops(self, start: str) -> Scores:
        """Score by the number of steps to one."""
        begin = self.number[start]
        steps, ring, reached = 0, {begin}, {begin}
        scores = np.zeros(len(self.links))
        while ring:
            steps += 1
            ring = {near for one in ring for near in self.links[one]} - reached
            reached |= ring
            scores[list(ring)] = 1 / steps
        return scores

    def resource_allocation(self, start: str) -> Scores:
        """Score by what flows over those who gave one, and whom these gave."""
        scores = np.zeros(len(self.links))
        for giver in self.got[self.number[start]]:
            for other in self.given[giver]:
                for another in self.got[other]:
                    scores[another] += 1 / len(self.given[giver]) / len(self.got[other])
        return scores

    def personalised_pagerank(self, start: str) -> Scores:
        """Score by where a walk is that begins at the start again and again."""
        begin = np.zeros(len(self.links))
        begin[self.number[start]] = 1.0
        rank = begin
        for _ in range(ROUNDS):
            flow = (rank / self._degree)[self._source]
            rank = (1 - DAMPING) * begin + DAMPING * np.bincount(self._target, flow, len(begin))
        return rank

    @property
    def ways(self) -> Mapping[str, Callable[[str], Scores]]:
        """All of these, by name."""
        return {
            "most popular giver": self.popularity,
            "fewest hops": self.fewest_hops,
            "resource allocation": self.resource_allocation,
            "personalised PageRank": self.personalised_pagerank,
        }


def rank(scores: Scores, wanted: int) -> float:
    """Return the rank of the one at `wanted`; equal scores share the mean rank.

    >>> rank(np.array([3.0, 1.0, 1.0, 0.0]), 1)
    2.5
    """
    mine = scores[wanted]
    return float(np.count_nonzero(scores > mine) + (np.count_nonzero(scores == mine) + 1) / 2)


def resampled(values: Sequence[float]) -> tuple[float, float]:
    """Return between what the mean is in 95 % of 1,000 resamples."""
    draw, each = np.random.default_rng(1), np.array(values)
    means = np.sort([draw.choice(each, len(each)).mean() for _ in range(1000)])
    return float(means[25]), float(means[974])
