"""Keeping the folds: contacts counted and cards made again for the actors that a write touched, or for all."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import reduce

import numpy as np
from pydantic_core import from_json

from graph import folding
from graph.ingest.changes import BATCH, Changes, batches
from graph.ingest.counting import AllNodes, contacts
from graph.ingest.identity import Mint
from graph.model import Card, Viewer
from graph.numbers import Numbers
from graph.store import Draft
from graph.stored import DatasetRow, Node

Clusters = Mapping[int, Sequence[int]]  # lead → nodes
Counts = Mapping[int, int]  # lead → contacts
ByViewer = Mapping[Viewer, Numbers]


def keep(draft: Draft, changes: Changes, mint: Mint, regrouped: Mapping[int, tuple[Node, Node]]) -> None:
    """Bring every card up to date with what `changes` touched; note in it which viewers can notice."""
    if changes.everything:
        _put_first(draft, changes, AllNodes.of_first_load(changes, mint, regrouped))
        return
    _neighbours(draft, changes, regrouped)
    left = {n for old, _ in regrouped.values() for n in old[5:]}  # those who led a node that stands elsewhere now
    touched = changes.said | changes.tied | regrouped.keys() | left
    nodes_now = draft.nodes(touched)
    for viewer in Viewer:
        _drop(draft, viewer, nodes_now, changes)
    leads = {node.lead(viewer) for node in nodes_now.values() for viewer in Viewer if node.mask & viewer.bit}
    _put_some(draft, changes, sorted(leads))


def keep_all(draft: Draft, changes: Changes) -> None:
    """Make every card anew, and forget those that nobody should have; note in `changes` which viewers can notice."""
    every = AllNodes.kept(draft)
    for viewer in Viewer:
        _drop_others(draft, viewer, set(every.leads(viewer).tolist()), changes)
    counted = {viewer: every.contacts(viewer) for viewer in Viewer}
    _put_all(draft, changes, every, counted, {viewer: every.leads(viewer) for viewer in Viewer})


def _drop_others(draft: Draft, viewer: Viewer, leads: AbstractSet[int], changes: Changes) -> None:
    """Forget the cards of all nodes but `leads`."""
    others = [n for n in range(1, draft.state().next_n) if n not in leads]
    for batch in batches(others):
        had = list(draft.cards(viewer, batch))
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


def _put_some(draft: Draft, changes: Changes, leads: Sequence[int]) -> None:
    """Make and keep the cards of these nodes, for each viewer that they lead a cluster for."""
    datasets = _datasets(draft)
    for some in batches(leads):
        nodes = draft.nodes(some)
        clusters = {
            viewer: draft.members(viewer, [n for n, node in nodes.items() if _leads(node, viewer)]) for viewer in Viewer
        }
        batch, counted = _Batch(draft, datasets, nodes, clusters.values()), contacts(draft, clusters)
        _put(draft, changes, {viewer: batch.cards(viewer, clusters[viewer], counted[viewer]) for viewer in Viewer})


def _put_first(draft: Draft, changes: Changes, every: AllNodes) -> None:
    """Finish the half-made cards of a first load; make those of joined nodes."""
    counted = {viewer: every.contacts(viewer) for viewer in Viewer}
    alone = {viewer: every.alone(viewer) for viewer in Viewer}
    helps = {n: folding.sorted_helps(named) for n, named in changes.helps.items()}
    draft.finish_cards({viewer: np.where(alone[viewer], counted[viewer], -1).tolist() for viewer in Viewer}, helps)
    changes.noticed |= sum(viewer.bit for viewer in Viewer if alone[viewer].any())
    _put_all(draft, changes, every, counted, {viewer: every.joined(viewer) for viewer in Viewer})


def _put_all(draft: Draft, changes: Changes, every: AllNodes, counted: ByViewer, leading: ByViewer) -> None:
    """Make and keep the cards of nodes that lead a cluster; `counted` has the contacts by node."""
    leads = reduce(np.union1d, leading.values())
    datasets = _datasets(draft) if len(leads) else {}
    for start in range(0, len(leads), BATCH):
        some = leads[start : start + BATCH]
        inside = {viewer: np.intersect1d(some, leading[viewer], assume_unique=True).tolist() for viewer in Viewer}
        clusters = {viewer: every.clusters(viewer, inside[viewer]) for viewer in Viewer}
        batch = _Batch(draft, datasets, draft.nodes(some.tolist()), clusters.values())
        made = {}
        for viewer in Viewer:
            counts = dict(zip(inside[viewer], counted[viewer][inside[viewer]].tolist(), strict=True))
            made[viewer] = batch.cards(viewer, clusters[viewer], counts)
        _put(draft, changes, made)


def _datasets(draft: Draft) -> Mapping[str, DatasetRow]:
    return {row.name: row for row in draft.datasets()}


def _leads(node: Node, viewer: Viewer) -> bool:
    return bool(node.mask & viewer.bit) and node.lead(viewer) == node.n


def _put(draft: Draft, changes: Changes, made: Mapping[Viewer, list[Card]]) -> None:
    """Keep those of the cards that are not kept so already: of both viewers at once, as most are the same."""
    if not changes.everything:
        older = {viewer: [card.n for card in cards if card.n < changes.fresh] for viewer, cards in made.items()}
        made = {viewer: _others(draft.cards(viewer, older[viewer]), cards) for viewer, cards in made.items()}
    for viewer, cards in made.items():
        if cards:
            changes.noticed |= viewer.bit
            draft.put_cards(viewer, cards)


def _others(kept: Mapping[int, Card], cards: Iterable[Card]) -> list[Card]:
    return [card for card in cards if kept.get(card.n) != card]


class _Batch:
    """What the records say of some leading nodes, read once; where viewers see the same, their cards are made once."""

    def __init__(
        self, draft: Draft, datasets: Mapping[str, DatasetRow], nodes: Mapping[int, Node], clusters: Iterable[Clusters]
    ) -> None:
        self._nodes = nodes
        members = {n for some in clusters for cluster in some.values() for n in cluster}
        self._told: dict[int, list[tuple[int, folding.Saying]]] = defaultdict(list)
        for row in draft.actor_rows(members):
            self._told[row.n].append((row.mask, folding.Saying(datasets[row.dataset], from_json(row.body))))
        self._helps: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for offer in draft.offer_rows(members):
            if offer.stance in folding.HELPFUL:
                self._helps[offer.n].append((offer.mask, offer.help))
        self._made: dict[int, tuple[list[folding.Saying], list[str], Card]] = {}

    def cards(self, viewer: Viewer, clusters: Clusters, counted: Counts) -> list[Card]:
        """Return the cards of those that lead for `viewer`, in order of number."""
        bit = viewer.bit
        made = (self._card(bit, lead, clusters[lead], counted[lead]) for lead in sorted(clusters))
        return [card for card in made if card]

    def _card(self, bit: int, lead: int, cluster: Sequence[int], count: int) -> Card | None:
        sayings = [saying for n in cluster for mask, saying in self._told.get(n, ()) if mask & bit]
        if not sayings:
            return None
        helps = [name for n in cluster for mask, name in self._helps.get(n, ()) if mask & bit] if self._helps else []
        if (known := self._made.get(lead)) and known[0] == sayings and known[1] == helps:
            return known[2].with_contacts(count)
        card = folding.card(lead, self._nodes[lead].id, folding.merged(folding.in_order(sayings)), helps, count)
        self._made[lead] = (sayings, helps, card)
        return card
