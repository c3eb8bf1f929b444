"""What every store promises of ties: order, pages, clusters, and what a viewer meets. All read one network."""

import random
from dataclasses import dataclass, field
from itertools import combinations

import pytest

from graph.model import EVERYONE, STAFF_ONLY, Card, Viewer
from graph.stored import Arc, Node, TieRow, Wanted

PUBLIC_ONLY = Viewer.PUBLIC.bit


@dataclass
class Network:
    """A small network of which plain Python tells what a viewer meets."""

    nodes: dict[int, Node]
    ties: list[TieRow]
    cards: dict[int, Card] = field(default_factory=dict)

    def arcs(self, viewer: Viewer, lead: int) -> list[tuple[TieRow, Arc]]:
        """Return every tie of any bound at the cluster that `lead` leads, from both of its ends."""
        met = []
        for tie in self.ties:
            for at, other, out in ((tie.source, tie.target, True), (tie.target, tie.source, False)):
                ends = self.nodes[at].lead(viewer), self.nodes[other].lead(viewer)
                seen = tie.mask & self.nodes[at].mask & self.nodes[other].mask & viewer.bit
                if seen and ends[0] == lead != ends[1]:
                    met.append((tie, Arc(*ends, out, tie.kind, tie.ref, tie.bound, tie.dataset, tie.body)))
        return met

    def walked(self, viewer: Viewer, wanted: Wanted, limit: int, kinds: tuple[str, ...] = ()) -> list[Arc]:
        """Return what `arcs` promises of one wanted node."""
        node = self.nodes.get(wanted.n)
        if node is None or not node.mask & viewer.bit:
            return []
        met = [
            (tie, arc)
            for tie, arc in self.arcs(viewer, node.lead(viewer))
            if tie.bound > 0 and tie.bound >= wanted.floor and (not kinds or tie.kind in kinds)
        ]
        met.sort(key=lambda m: (-m[1].bound, m[1].other, m[1].kind, m[1].ref, m[1].dataset, m[0].digest))
        return [arc for _, arc in met][wanted.offset : wanted.offset + limit]

    def at(self, viewer: Viewer, n: int, kind: str, out: bool) -> list[Arc]:
        """Return what `ties_at` promises, all pages."""
        met = [
            (t, arc) for t, arc in self.arcs(viewer, self.nodes[n].lead(viewer)) if (arc.kind, arc.out) == (kind, out)
        ]

        def place(one: tuple[TieRow, Arc]) -> tuple[object, ...]:
            card = self.cards[one[1].other]
            return (-card.contacts, card.names, card.n, one[1].ref, one[1].dataset, one[0].digest)

        return [arc for _, arc in sorted(met, key=place)]


@pytest.fixture(scope="module")
def network(shared_store, made) -> Network:
    """A random network, the same at every run: clusters, hidden nodes, parallel ties, ties that are never walked."""
    dice = random.Random(7)
    nodes = [made.node(n) for n in range(1, 41)]
    for n in (5, 12, 17, 18):
        nodes[n - 1] = made.node(n, leads_public=3, leads_staff=3)
    for n in (20, 3):
        nodes[n - 1] = made.node(n, leads_staff=25, leads_public=3 if n == 3 else 20)
    for n in (5, 12, 17, 18):
        nodes[n - 1] = nodes[n - 1]._replace(leads_staff=25)
    for n in (30, 31, 32):
        nodes[n - 1] = made.node(n, mask=STAFF_ONLY)
    nodes[32] = made.node(33, mask=PUBLIC_ONLY)
    nodes[33] = made.node(34, "", mask=0, ever=0)
    ties = []
    for _ in range(600):
        source, target = (
            dice.sample(range(1, 41), 2) if dice.random() < 0.6 else (dice.choice((3, 1)), dice.randint(4, 40))
        )
        kind, ref = dice.choice(("funds", "member_of", "located_in")), dice.choice(("", "2020", "é"))
        bound = 0.0 if kind == "located_in" else dice.choice((0.2, 0.5, 1 / 3, 0.9))
        name, mask = dice.choice((("a", EVERYONE), ("b", STAFF_ONLY), ("é", EVERYONE)))
        row = made.tie(source, target, kind, ref=ref, bound=bound, dataset=name, mask=mask)
        ties.append(row._replace(digest=dice.choice((-1, 1)) * row.digest, body=str(row.digest)))
    leads = sorted({node.lead(viewer) for node in nodes for viewer in Viewer})
    cards = [made.card(n, dice.choice(("same", "other", "é")), contacts=dice.randint(0, 3)) for n in leads]
    for viewer in Viewer:
        seen = [
            card for card in cards if nodes[card.n - 1].mask & viewer.bit and nodes[card.n - 1].lead(viewer) == card.n
        ]
        made.write(shared_store, [] if viewer is Viewer.STAFF else nodes, [], seen, [viewer])
    made.write(shared_store, [], ties)
    return Network({node.n: node for node in nodes}, ties, {card.n: card for card in cards})


@pytest.mark.parametrize("viewer", Viewer)
def test_ties_come_in_order_of_bound_for_each_node_wanted(shared_store, network, viewer):
    wanted = [
        Wanted(n, floor, offset) for n in (3, 1, 5, 20, 25, 30, 33, 34, 99, 7) for floor, offset in ((0, 0), (0.4, 2))
    ]
    with shared_store.snapshot() as snapshot:
        for limit in (1, 7, 1000):
            for kinds in ((), ("funds",), ("member_of", "funds", "unheard_of"), ("unheard_of",)):
                expected = [arc for want in wanted for arc in network.walked(viewer, want, limit, kinds)]
                assert list(snapshot.arcs(viewer, wanted, limit, kinds)) == expected
        assert len(network.walked(viewer, Wanted(3), 1000)) > 50


@pytest.mark.parametrize("viewer", Viewer)
def test_pages_of_ties_join_without_a_seam(shared_store, network, viewer):
    whole = network.walked(viewer, Wanted(3), 1000)
    with shared_store.snapshot() as snapshot:
        pages = [list(snapshot.arcs(viewer, [Wanted(3, 0.0, at)], 13)) for at in range(0, len(whole) + 13, 13)]
    assert [arc for page in pages for arc in page] == whole


@pytest.mark.parametrize("viewer", Viewer)
def test_counts_ties_by_kind_and_direction(shared_store, network, viewer):
    with shared_store.snapshot() as snapshot:
        for n in (1, 3, 5, 25, 40):
            expected: dict[tuple[str, bool], int] = {}
            for _, arc in network.arcs(viewer, network.nodes[n].lead(viewer)):
                expected[arc.kind, arc.out] = expected.get((arc.kind, arc.out), 0) + 1
            assert snapshot.tie_counts(viewer, n) == expected
        assert snapshot.tie_counts(viewer, 99) == snapshot.tie_counts(viewer, 34) == {}


def test_what_a_viewer_cannot_see_has_no_ties_for_it(shared_store, network):
    with shared_store.snapshot() as snapshot:
        assert snapshot.tie_counts(Viewer.PUBLIC, 30) == {}
        assert snapshot.tie_counts(Viewer.STAFF, 30) != {}
        assert snapshot.ties_at(Viewer.PUBLIC, 30, "funds", True, 0, 9) == []
        assert list(snapshot.ties_among(Viewer.PUBLIC, [30, 31, 32])) == []


@pytest.mark.parametrize("viewer", Viewer)
@pytest.mark.parametrize("out", [True, False])
def test_ties_of_a_kind_come_in_order_of_the_other_s_contacts_and_name(shared_store, network, viewer, out):
    with shared_store.snapshot() as snapshot:
        for n in (3, 1, 25):
            for kind in ("funds", "located_in"):
                whole = network.at(viewer, n, kind, out)
                assert snapshot.ties_at(viewer, n, kind, out, 0, 1000) == whole
                assert snapshot.ties_at(viewer, n, kind, out, 2, 3) == whole[2:5]
                assert snapshot.ties_at(viewer, n, kind, out, len(whole), 3) == []
        assert (
            snapshot.ties_at(viewer, 1, "unheard_of", out, 0, 9)
            == snapshot.ties_at(viewer, 99, "funds", out, 0, 9)
            == []
        )


@pytest.mark.parametrize("viewer", Viewer)
def test_ties_among_actors_come_once_from_their_source(shared_store, network, viewer):
    leads = [n for n, node in network.nodes.items() if node.lead(viewer) == n and node.mask & viewer.bit]
    some = leads[::2]
    expected = [arc for lead in some for _, arc in network.arcs(viewer, lead) if arc.out and arc.other in some]
    with shared_store.snapshot() as snapshot:
        assert sorted(snapshot.ties_among(viewer, [*some, 99])) == sorted(expected)
        assert list(snapshot.ties_among(viewer, [])) == list(snapshot.ties_among(viewer, [99])) == []


@pytest.mark.parametrize("viewer", Viewer)
def test_ties_between_pairs_are_those_among_them(shared_store, network, viewer):
    leads = [n for n, node in network.nodes.items() if node.lead(viewer) == n and node.mask & viewer.bit]
    pairs = [pair[:: 1 if sum(pair) % 2 else -1] for pair in list(combinations(leads, 2))[::3]]
    with shared_store.snapshot() as snapshot:
        among = snapshot.ties_among(viewer, leads)
        expected = [arc for arc in among if (arc.at, arc.other) in pairs or (arc.other, arc.at) in pairs]
        assert len(expected) > 5
        assert sorted(snapshot.ties_between(viewer, [*pairs, (99, leads[0])])) == sorted(expected)
        assert list(snapshot.ties_between(viewer, [])) == []


@pytest.mark.parametrize("viewer", Viewer)
@pytest.mark.parametrize("out", [True, False])
def test_every_tie_at_some_actors_comes_once_from_that_end(shared_store, network, viewer, out):
    leads = [n for n, node in network.nodes.items() if node.lead(viewer) == n and node.mask & viewer.bit]
    met = [arc for lead in leads[::2] for _, arc in network.arcs(viewer, lead) if arc.out is out]
    with shared_store.snapshot() as snapshot:
        every = list(
            snapshot.every_tie_at(viewer, [*leads[::2], 5, 34, 99], ["funds", "located_in", "unheard_of"], out=out)
        )
        assert sorted(every) == sorted(arc for arc in met if arc.kind != "member_of")
        assert not list(snapshot.every_tie_at(viewer, leads, [], out=out))
    assert {arc.bound == 0 for arc in every} == {True, False}


def test_pairs_are_the_walkable_ties_as_the_records_name_them(shared_store, network):
    walkable = [tie for tie in network.ties if tie.bound > 0]
    with shared_store.snapshot() as snapshot:
        assert sorted(snapshot.pairs(None)) == sorted((tie.source, tie.target, tie.mask) for tie in walkable)
        expected = [(tie.source, tie.target, tie.mask) for tie in walkable if tie.source in (3, 5)]
        expected += [(tie.target, tie.source, tie.mask) for tie in walkable if tie.target in (3, 5)]
        assert sorted(snapshot.pairs([5, 3, 99])) == sorted(expected)
        assert list(snapshot.pairs([])) == list(snapshot.pairs([99])) == []
