"""Counting contacts: the others that an actor has a walkable tie with, for some actors or for all at once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from graph.ingest.changes import Changes
from graph.ingest.identity import Mint
from graph.model import Viewer
from graph.numbers import Flags, Numbers
from graph.store import Draft
from graph.stored import Node

BLOCK = 50_000


class AllNodes:
    """What every node is to each viewer, as arrays indexed by `n`, and the walkable ties between them."""

    def __init__(self, mask: Numbers, leads: Mapping[Viewer, Numbers], walkable: NDArray[np.int32]) -> None:
        """Take arrays by `n`; `walkable` has lines of sources, targets and masks."""
        self._mask, self._leads, self._walkable = mask, leads, walkable
        self._followers = {viewer: _followers(lead) for viewer, lead in leads.items()}

    @classmethod
    def kept(cls, draft: Draft) -> "AllNodes":
        """Read all that a draft has."""
        columns = np.zeros((4, max(draft.state().next_n, 1)), dtype=np.int64)
        for block in _blocks((node.n, node.mask, node.leads_public, node.leads_staff) for node in draft.all_nodes()):
            if (more := int(block[0].max()) + 1 - columns.shape[1]) > 0:
                columns = np.pad(columns, ((0, 0), (0, more)))
            columns[:, block[0]] = block
        pairs = [np.zeros((3, 0), dtype=np.int32), *(b.astype(np.int32) for b in _blocks(draft.pairs(None)))]
        return cls(columns[1], {Viewer.PUBLIC: columns[2], Viewer.STAFF: columns[3]}, np.concatenate(pairs, axis=1))

    @classmethod
    def of_first_load(cls, changes: Changes, mint: Mint, regrouped: Mapping[int, tuple[Node, Node]]) -> "AllNodes":
        """Take what a first load minted and noted: nothing need be read."""
        mask = np.zeros(mint.next_n, dtype=np.int64)
        mask[1:] = mint.masks
        leads = {viewer: np.arange(mint.next_n) for viewer in Viewer}
        for n, (_, node) in regrouped.items():
            mask[n] = node.mask
            for viewer in Viewer:
                leads[viewer][n] = node.lead(viewer)
        pairs = [np.zeros((3, 0), dtype=np.int32), *changes.walkable]
        return cls(mask, leads, np.concatenate(pairs, axis=1))

    def leads(self, viewer: Viewer) -> Numbers:
        """Return the nodes that lead a cluster that `viewer` sees, in order."""
        return np.flatnonzero(self._lead(viewer))

    def _lead(self, viewer: Viewer) -> Flags:
        """Return which nodes lead a cluster that `viewer` sees, by `n`."""
        leading: Flags = (self._mask & viewer.bit > 0) & (self._leads[viewer] == np.arange(len(self._mask)))
        return leading

    def alone(self, viewer: Viewer) -> Flags:
        """Return which nodes are an actor that `viewer` sees by themselves, joined with none, by `n`."""
        alone = self._lead(viewer)
        alone[list(self._followers[viewer])] = False
        return alone

    def joined(self, viewer: Viewer) -> Numbers:
        """Return the nodes that lead others for `viewer`, who sees them, in order."""
        leads = np.array(sorted(self._followers[viewer]), dtype=np.int64)
        return leads[self._mask[leads] & viewer.bit > 0]

    def clusters(self, viewer: Viewer, leads: Iterable[int]) -> dict[int, Sequence[int]]:
        """Return the nodes of the clusters of these leading nodes, in order."""
        followers = self._followers[viewer]
        return {n: sorted([n, *followers[n]]) if n in followers else (n,) for n in leads}

    def contacts(self, viewer: Viewer) -> Numbers:
        """Return how many others each actor has a walkable tie with, by `n`."""
        source, target, mask = self._walkable
        lead, size = self._leads[viewer], len(self._mask)
        seen = (mask & self._mask[source] & self._mask[target] & viewer.bit) > 0
        a, b = lead[source[seen]], lead[target[seen]]
        pairs = np.minimum(a, b) * size + np.maximum(a, b)
        distinct = np.unique(pairs[a != b])
        counts: Numbers = np.bincount(distinct // size, minlength=size) + np.bincount(distinct % size, minlength=size)
        return counts


def _followers(lead: Numbers) -> dict[int, list[int]]:
    """Return the nodes that another leads, by that other."""
    followers: dict[int, list[int]] = defaultdict(list)
    for n in np.flatnonzero(lead != np.arange(len(lead))).tolist():
        followers[int(lead[n])].append(n)
    return dict(followers)


def _blocks(rows: Iterator[tuple[int, ...]]) -> Iterator[Numbers]:
    """Yield the rows as columns, in blocks, so that memory holds no list of all."""
    block = []
    for row in rows:
        block.append(row)
        if len(block) == BLOCK:
            yield np.array(block, dtype=np.int64).T
            block = []
    if block:
        yield np.array(block, dtype=np.int64).T


def contacts(draft: Draft, clusters: Mapping[Viewer, Mapping[int, Sequence[int]]]) -> dict[Viewer, dict[int, int]]:
    """Return, per viewer, how many others each of its clusters (lead → nodes) has a walkable tie with, as it sees it."""
    lead_of = {
        viewer: {n: lead for lead, cluster in some.items() for n in cluster} for viewer, some in clusters.items()
    }
    others: dict[Viewer, dict[int, set[int]]] = {viewer: defaultdict(set) for viewer in clusters}
    for n, other, mask in draft.pairs(set[int]().union(*lead_of.values())):
        for viewer, leads in lead_of.items():
            if mask & viewer.bit and n in leads:
                others[viewer][leads[n]].add(other)
    ends = draft.nodes({n for some in others.values() for found in some.values() for n in found})
    return {
        viewer: {
            lead: len({ends[n].lead(viewer) for n in others[viewer][lead] if ends[n].mask & viewer.bit} - {lead})
            for lead in some
        }
        for viewer, some in clusters.items()
    }
