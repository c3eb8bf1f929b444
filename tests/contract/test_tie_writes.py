"""What every store promises of ties that come, go, or are a great many."""

import pytest

from graph.model import Viewer
from graph.stored import State, Table, Wanted
from graph.stores import neo4j_snapshot


def test_ties_among_hubs_and_small_actors_are_all_found(any_store, made, monkeypatch):
    monkeypatch.setattr(neo4j_snapshot, "HUB", 2)
    hubs = [made.card(n, contacts=5_000) for n in (1, 2)]
    ties = [made.tie(*ends) for ends in ((1, 2), (2, 1), (1, 3), (3, 1), (3, 4), (4, 2), (5, 1))]
    made.write(any_store, [made.node(n) for n in range(1, 6)], ties, [*hubs, *(made.card(n) for n in (3, 4, 5))])
    with any_store.snapshot() as snapshot:
        found = sorted((arc.at, arc.other) for arc in snapshot.ties_among(Viewer.PUBLIC, [1, 2, 3, 4]))
    assert found == [(1, 2), (1, 3), (2, 1), (3, 1), (3, 4), (4, 2)]


def test_two_datasets_may_state_the_same_tie(any_store, made):
    ties = [made.tie(1, 2, dataset="a", digest=5), made.tie(1, 2, dataset="b", digest=5)]
    made.network(any_store, 2, ties)
    with any_store.snapshot() as snapshot:
        assert [arc.dataset for arc in snapshot.arcs(Viewer.PUBLIC, [Wanted(2)], 9)] == ["a", "b"]
        assert snapshot.tie_counts(Viewer.PUBLIC, 1) == {("member_of", True): 2}
    with any_store.draft("a test") as draft:
        assert draft.drop(Table.TIES, "a", [5]) == [ties[0]]
        draft.commit(State(2))
    with any_store.snapshot() as snapshot:
        assert [arc.dataset for arc in snapshot.arcs(Viewer.PUBLIC, [Wanted(1)], 9)] == ["b"]


def test_a_node_that_joins_a_cluster_brings_its_ties_and_leaves_with_them(any_store, made):
    made.network(any_store, 4, [made.tie(2, 3), made.tie(4, 2)])
    joined = [made.node(2, leads_public=1, leads_staff=1)]
    for nodes, expected in ((joined, [(3, 1), (4, 1)]), ([made.node(2)], [(3, 2), (4, 2)])):
        with any_store.draft("a test") as draft:
            draft.set_nodes(nodes)
            assert [(arc.at, arc.other) for arc in draft.arcs(Viewer.PUBLIC, [Wanted(3), Wanted(4)], 9)] == expected
            draft.commit(State(draft.state().revision + 1))
        with any_store.snapshot() as snapshot:
            assert [(arc.at, arc.other) for arc in snapshot.arcs(Viewer.STAFF, [Wanted(3), Wanted(4)], 9)] == expected


def test_a_tie_put_later_at_a_joined_node_is_met_at_its_cluster(any_store, made):
    made.network(any_store, 4)
    with any_store.draft("a test") as draft:
        draft.put_nodes([made.node(5, leads_public=1, leads_staff=1)])
        draft.commit(State(2))
    with any_store.draft("a test") as draft:
        draft.put(Table.TIES, [made.tie(5, 3), made.tie(4, 5), made.tie(2, 3)])
        assert [arc.other for arc in draft.arcs(Viewer.STAFF, [Wanted(3)], 9)] == [1, 2]
        draft.commit(State(3))
    with any_store.snapshot() as snapshot:
        assert [arc.other for arc in snapshot.arcs(Viewer.PUBLIC, [Wanted(4), Wanted(1)], 9)] == [1, 3, 4]


@pytest.mark.timeout(900)
def test_one_actor_may_have_very_many_ties(any_store, place, made):
    size = 100_000 if place.adapter == "sqlite" else 15_000  # more than a batch; a server needs as long for these
    nodes = [made.node(n) for n in range(1, 1002)]
    ties = [made.tie(2 + i % 1000, 1, ref=str(i), bound=0.25 + (i % 3) / 10) for i in range(size)]
    with any_store.draft("a test") as draft:
        draft.put_nodes(nodes)
        for start in range(0, size, 10_000):
            draft.put(Table.TIES, ties[start : start + 10_000])
        for viewer in Viewer:
            draft.put_cards(viewer, [made.card(n) for n in range(1, 1002)])
        draft.commit(State(1))
    with any_store.snapshot() as snapshot:
        assert snapshot.tie_counts(Viewer.PUBLIC, 1) == {("member_of", False): size}
        order = sorted(ties, key=lambda tie: (-tie.bound, tie.source, tie.ref))
        for offset in (0, size // 2, size - 5):
            page = list(snapshot.arcs(Viewer.PUBLIC, [Wanted(1, 0.0, offset)], 10))
            assert [(arc.other, arc.ref) for arc in page] == [(t.source, t.ref) for t in order[offset : offset + 10]]
    with any_store.draft("a test") as draft:
        assert len(draft.rows_at([1])[Table.TIES]) == size
