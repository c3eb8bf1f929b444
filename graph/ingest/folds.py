"""Keeping the folds: contacts counted and cards made again for the actors that a write touched, or for all."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

import numpy as np
from numpy.typing import NDArray
from pydantic_core import from_json

from graph import folding
from graph.ingest.changes import Changes
from graph.model import Card, Viewer
from graph.store import DatasetRow, Draft, Node

BATCH = 10_000
Counts = Mapping[int, int]


def keep(draft: Draft, changes: Changes, regrouped: Mapping[int, tuple[Node, Node]]) -> None:
    """Bring every card up to date with what `changes` touched; note in it which viewers can notice."""
    if changes.everything:
        keep_all(draft, changes)
        return
    fold = _Fold(draft)
    _neighbours(draft, changes, regrouped)
    left = {n for old, _ in regrouped.values() for n in old[5:]}  # those who led a node that stands elsewhere now
    touched = changes.said | changes.tied | regrouped.keys() | left
    nodes_now = draft.nodes(touched)
    for viewer in Viewer:
        _drop(draft, viewer, nodes_now, changes)
    leads = {node.lead(viewer) for node in nodes_now.values() for viewer in Viewer if node.mask & viewer.bit}
    fold.put(sorted(leads), None, changes)


def keep_all(draft: Draft, changes: Changes) -> None:
    """Make every card anew, and forget those that nobody should have; note in `changes` which viewers can notice."""
    fold, nodes = _Fold(draft), _Nodes(draft)
    leads = {viewer: nodes.leads(viewer) for viewer in Viewer}
    if not changes.everything:
        for viewer in Viewer:
            _drop_others(draft, viewer, set(leads[viewer].tolist()), changes)
    fold.put(np.union1d(*leads.values()), {viewer: nodes.contacts(viewer) for viewer in Viewer}, changes)


def _drop_others(draft: Draft, viewer: Viewer, leads: AbstractSet[int], changes: Changes) -> None:
    """Forget the cards of all nodes but `leads`."""
    others = [n for n in range(1, draft.state().next_n) if n not in leads]
    for start in range(0, len(others), BATCH):
        had = list(draft.cards(viewer, others[start : start + BATCH]))
        if had:
            changes.noticed |= viewer.bit
            draft.drop_cards(viewer, had)


def _neighbours(draft: Draft, changes: Changes, regrouped: Mapping[int, tuple[Node, Node]]) -> None:
    """A node that came in sight, went, or goes by another lead changes the contacts of those it has ties with."""
    moved = {n for n, (old, new) in regrouped.items() if (old.mask, old[5:]) != (new.mask, new[5:])}
    changes.tied.update(other for _, other, _ in draft.pairs(moved))


def _drop(draft: Draft, viewer: Viewer, nodes: Mapping[int, Node], changes: Changes) -> None:
    """Forget the cards of nodes that do not lead, or are not seen, any more."""
    gone = [n for n, node in nodes.items() if not node.mask & viewer.bit or node.lead(viewer) != n]
    had = list(draft.cards(viewer, gone))
    if had:
        changes.noticed |= viewer.bit
        draft.drop_cards(viewer, had)


class _Nodes:
    """All nodes as arrays, indexed by `n`, for counting at once."""

    def __init__(self, draft: Draft) -> None:
        size = draft.state().next_n
        columns = np.zeros((3, max(size, 1)), dtype=np.int64)
        pending: list[tuple[int, int, int, int]] = []
        for node in draft.all_nodes():
            pending.append((node.n, node.mask, node.leads_public, node.leads_staff))
            if len(pending) == 50_000:
                columns = _filled(columns, pending)
                pending.clear()
        columns = _filled(columns, pending)
        self._mask = columns[0]
        self._lead = {Viewer.PUBLIC: columns[1], Viewer.STAFF: columns[2]}
        self._pairs = _arrays(draft.pairs(None))

    def leads(self, viewer: Viewer) -> NDArray[np.int64]:
        """Return the nodes that lead a cluster that `viewer` sees, in order."""
        numbers = np.arange(len(self._mask))
        seen: NDArray[np.bool_] = (self._mask & viewer.bit > 0) & (self._lead[viewer] == numbers)
        return numbers[seen]

    def contacts(self, viewer: Viewer) -> Counts:
        """Return how many others each actor has a walkable tie with (0 left out)."""
        source, target, mask = self._pairs
        seen = (mask & self._mask[source] & self._mask[target] & viewer.bit) > 0
        a, b = self._lead[viewer][source[seen]], self._lead[viewer][target[seen]]
        low, high = np.minimum(a, b), np.maximum(a, b)
        size = len(self._mask)
        distinct = np.unique((low * size + high)[low != high])
        counts = np.bincount(distinct // size, minlength=size) + np.bincount(distinct % size, minlength=size)
        return _Sparse(counts)


class _Sparse(dict[int, int]):
    """An array of counts, read as a mapping."""

    def __init__(self, counts: NDArray[np.int64]) -> None:
        super().__init__()
        self._counts = counts

    def __missing__(self, n: int) -> int:
        return int(self._counts[n])


def _filled(columns: NDArray[np.int64], rows: Sequence[tuple[int, int, int, int]]) -> NDArray[np.int64]:
    if not rows:
        return columns
    block = np.array(rows, dtype=np.int64)
    if (highest := int(block[:, 0].max())) >= columns.shape[1]:
        columns = np.pad(columns, ((0, 0), (0, highest + 1 - columns.shape[1])))
    columns[:, block[:, 0]] = block[:, 1:].T
    return columns


def _arrays(pairs: Iterator[tuple[int, int, int]]) -> NDArray[np.int64]:
    """Return the pairs as three columns, read in blocks so that memory holds no list of all."""
    blocks, block = [np.zeros((0, 3), dtype=np.int32)], []
    for pair in pairs:
        block.append(pair)
        if len(block) == 100_000:
            blocks.append(np.array(block, dtype=np.int32))
            block = []
    blocks.append(np.array(block, dtype=np.int32).reshape(-1, 3))
    return np.concatenate(blocks).T.astype(np.int64)


def contacts(draft: Draft, viewer: Viewer, clusters: Mapping[int, Sequence[int]]) -> dict[int, int]:
    """Return how many others each of these clusters (lead → nodes) has a walkable tie with, as `viewer` sees it."""
    lead_of = {n: lead for lead, cluster in clusters.items() for n in cluster}
    others: dict[int, set[int]] = defaultdict(set)
    for n, other, mask in draft.pairs(lead_of):
        if mask & viewer.bit:
            others[lead_of[n]].add(other)
    ends = draft.nodes({n for found in others.values() for n in found})
    return {
        lead: len({ends[n].lead(viewer) for n in others[lead] if ends[n].mask & viewer.bit} - {lead})
        for lead in clusters
    }


class _Fold:
    """Makes cards of records, with what stays the same during a write looked up once."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._datasets = {row.name: row for row in draft.datasets()}

    def put(
        self, leads: Sequence[int] | NDArray[np.int64], counted: Mapping[Viewer, Counts] | None, changes: Changes
    ) -> None:
        """Make and keep the cards of these nodes, for each viewer that they lead a cluster for.

        `counted` are the contacts of all actors; counted here if None.
        """
        for start in range(0, len(leads), BATCH):
            batch = _Batch(self._draft, self._datasets, [int(n) for n in leads[start : start + BATCH]])
            for viewer in Viewer:
                cards = batch.cards(viewer, counted[viewer] if counted else None)
                if not changes.everything:
                    kept = self._draft.cards(viewer, [card.n for card in cards])
                    cards = [card for card in cards if kept.get(card.n) != card]
                if cards:
                    changes.noticed |= viewer.bit
                    self._draft.put_cards(viewer, cards)


class _Batch:
    """What the records say of some leading nodes, read once; where viewers see the same, their cards are made once."""

    def __init__(self, draft: Draft, datasets: Mapping[str, DatasetRow], leads: Sequence[int]) -> None:
        self._draft = draft
        self._nodes = draft.nodes(leads)
        self._clusters = {viewer: draft.members(viewer, self._led(viewer)) for viewer in Viewer}
        members = {n for clusters in self._clusters.values() for cluster in clusters.values() for n in cluster}
        self._told: dict[int, list[tuple[int, folding.Saying]]] = defaultdict(list)
        for row in draft.actor_rows(members):
            self._told[row.n].append((row.mask, folding.Saying(datasets[row.dataset], from_json(row.body))))
        self._helps: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for offer in draft.offer_rows(members):
            if offer.stance in folding.HELPFUL:
                self._helps[offer.n].append((offer.mask, offer.help))
        self._made: dict[int, tuple[list[folding.Saying], set[str], Card]] = {}

    def _led(self, viewer: Viewer) -> list[int]:
        return [n for n, node in self._nodes.items() if node.mask & viewer.bit and node.lead(viewer) == n]

    def cards(self, viewer: Viewer, counted: Counts | None) -> list[Card]:
        """Return the cards of those that lead for `viewer`, in order of number."""
        clusters = self._clusters[viewer]
        counted = contacts(self._draft, viewer, clusters) if counted is None else counted
        made = (self._card(viewer, lead, clusters[lead], counted[lead]) for lead in sorted(clusters))
        return [card for card in made if card]

    def _card(self, viewer: Viewer, lead: int, cluster: Sequence[int], count: int) -> Card | None:
        sayings = [saying for n in cluster for mask, saying in self._told.get(n, ()) if mask & viewer.bit]
        if not sayings:
            return None
        helps = {name for n in cluster for mask, name in self._helps.get(n, ()) if mask & viewer.bit}
        if (known := self._made.get(lead)) and known[:2] == (sayings, helps):
            card = known[2]
            return card if card.contacts == count else card._replace(contacts=count)
        card = folding.card(lead, self._nodes[lead].id, folding.merged(folding.in_order(sayings)), helps, count)
        self._made[lead] = (sayings, helps, card)
        return card
