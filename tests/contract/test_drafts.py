"""What every store promises of a write: it reads itself, it is whole or nothing, and nobody sees it before its time."""

import pytest

from graph.model import EVERYONE, STAFF_ONLY, Viewer
from graph.stored import Filters, Judgement, Node, State, Table, Wanted


class StopHere(Exception):
    """Raised by a test in the middle of a write."""


def all_of(snapshot) -> dict[str, object]:
    """Return everything that a store tells, to compare."""
    nodes = list(snapshot.all_nodes())
    ns = [node.n for node in nodes]
    told: dict[str, object] = {
        "state": snapshot.state(),
        "datasets": snapshot.datasets(),
        "nodes": nodes,
        "by id": snapshot.nodes_by_id(["actor-2", "two-anew"]),
        "by key": snapshot.nodes_by_key(["made-up/2", "other/2"]),
        "actors": list(snapshot.actor_rows(ns)),
        "offers": list(snapshot.offer_rows(ns)),
        "figures": list(snapshot.figure_rows([0, *ns])),
        "pairs": sorted(snapshot.pairs(None)),
        "judgements": snapshot.judgements(),
        "claims": sorted(snapshot.claimants([f"kvk:{n}" for n in ns])),
    }
    for viewer in Viewer:
        told[f"cards {viewer}"] = snapshot.ranked(viewer, [], Filters(), None, 999)
        told[f"found {viewer}"] = snapshot.ranked(viewer, ["made"], Filters(), None, 999)
        told[f"arcs {viewer}"] = list(snapshot.arcs(viewer, [Wanted(n) for n in ns], 99))
        told[f"counts {viewer}"] = snapshot.counts(viewer)
    return told


@pytest.fixture
def filled(any_store, made):
    """A store with a little of everything."""
    with any_store.draft("a test") as draft:
        draft.put_dataset(made.dataset())
        draft.put_nodes([made.node(n) for n in (1, 2, 3)])
        draft.put(Table.ACTORS, [made.actor(n, claims=(f"kvk:{n}",)) for n in (1, 2, 3)])
        draft.put(Table.TIES, [made.tie(1, 2, digest=100), made.tie(2, 3, digest=101)])
        draft.put(Table.OFFERS, [made.offer(1, digest=200)])
        draft.put(Table.FIGURES, [made.figure(0, digest=300), made.figure(2, digest=301)])
        for viewer in Viewer:
            draft.put_cards(viewer, [made.card(n) for n in (1, 2, 3)])
        draft.put_judgement(Judgement("same", 1, 2, "desk", "2026-01-01", ""))
        draft.commit(State(1, {Viewer.STAFF: 1}, 4))
    return any_store


def change(draft, made) -> None:
    """Change a little of everything."""
    draft.put_dataset(made.dataset("second"))
    draft.put_nodes([made.node(4, leads_staff=1)])
    draft.set_nodes([made.node(3, mask=STAFF_ONLY), made.node(2, "two-anew", key="other/2")])
    draft.put(Table.ACTORS, [made.actor(4, dataset="second", claims=("kvk:4",))])
    draft.put(Table.TIES, [made.tie(4, 3, "funds", dataset="second")])
    draft.put(Table.FIGURES, [made.figure(4, dataset="second")])
    draft.put(Table.OFFERS, [made.offer(3, dataset="second")])
    draft.drop(Table.TIES, "made-up", [101])
    draft.put_cards(Viewer.STAFF, [made.card(1, "made new", contacts=2)])
    draft.drop_cards(Viewer.PUBLIC, [3])
    draft.put_judgement(Judgement("different", 2, 3, "desk", "2026-01-02", ""))
    draft.drop_judgement("same", 1, 2)


def test_a_draft_reads_its_own_writes_and_others_see_them_once_committed(filled, made):
    with filled.snapshot() as snapshot:
        before = all_of(snapshot)
    with filled.draft("a test") as draft:
        change(draft, made)
        own = all_of(draft)
        with filled.snapshot() as snapshot:
            assert all_of(snapshot) == before
        draft.commit(State(2))
    with filled.snapshot() as snapshot:
        after = all_of(snapshot)
    assert {**own, "state": None} == {**after, "state": None}
    assert {key for key in own if own[key] == before[key]} == {"state", "counts staff"}
    assert filled.check() == []


def test_left_without_commit_nothing_happened(filled, made, place):
    with filled.snapshot() as snapshot:
        before = all_of(snapshot)
    with filled.draft("a test") as draft:
        change(draft, made)
    with pytest.raises(StopHere), filled.draft("a test") as draft:
        change(draft, made)
        raise StopHere
    with filled.snapshot() as snapshot:
        assert all_of(snapshot) == before
    with place.open() as other, other.snapshot() as snapshot:
        assert all_of(snapshot) == before
    assert filled.check() == []


def test_a_first_write_that_is_left_leaves_an_empty_store(any_store, made):
    with pytest.raises(StopHere), any_store.draft("a test") as draft:
        draft.put_nodes([made.node(1)])
        draft.put_cards(Viewer.PUBLIC, [made.card(1)])
        assert draft.cards(Viewer.PUBLIC, [1]) == {1: made.card(1)}
        raise StopHere
    with any_store.snapshot() as snapshot:
        assert list(snapshot.all_nodes()) == []
        assert snapshot.cards(Viewer.PUBLIC, [1]) == {}
    made.network(any_store, 2)
    with any_store.snapshot() as snapshot:
        assert len(list(snapshot.all_nodes())) == 2


def test_a_snapshot_stays_what_it_was(filled, made):
    with filled.snapshot() as early:
        before = all_of(early)
        with filled.draft("a test") as draft:
            change(draft, made)
            draft.commit(State(2))
        assert all_of(early) == before
        with filled.snapshot() as late:
            assert late.state().revision == 2
            assert all_of(late) != before


def test_rows_left_unread_do_not_pin_a_revision(filled, made):
    left = []
    with filled.snapshot() as snapshot:
        for rows in (snapshot.all_nodes(), snapshot.pairs(None), snapshot.actor_rows([1, 2, 3])):
            next(rows)
            left.append(rows)
    with filled.draft("a test") as draft:
        change(draft, made)
        draft.commit(State(2))
    with filled.snapshot() as snapshot:
        assert snapshot.state().revision == 2


def test_drop_returns_what_it_deleted_and_nothing_else_goes(filled, made):
    with filled.draft("a test") as draft:
        [tie] = draft.drop(Table.TIES, "made-up", [100, 999, 100])
        assert tie == made.tie(1, 2, digest=100)
        assert draft.drop(Table.TIES, "another", [101]) == []
        assert draft.drop(Table.TIES, "made-up", []) == []
        assert list(draft.digests(Table.TIES, "made-up")) == [101]
        assert sorted(draft.digests(Table.FIGURES, "made-up")) == [300, 301]


def test_a_dropped_dataset_takes_its_records_along_and_no_one_else_s(filled, made):
    with filled.draft("a test") as draft:
        change(draft, made)
        draft.drop_dataset("made-up")
        draft.drop_dataset("unheard of")
        assert [row.name for row in draft.datasets()] == ["second"]
        assert [row.dataset for row in draft.actor_rows([1, 2, 3, 4])] == ["second"]
        assert list(draft.pairs(None)) == [(4, 3, EVERYONE)]
        assert list(draft.claimants([f"kvk:{n}" for n in (1, 2, 3, 4)])) == [("kvk:4", 4, EVERYONE)]
        assert [row.dataset for row in draft.offer_rows([1, 2, 3])] == ["second"]
        assert [row.n for row in draft.figure_rows([0, 2, 4])] == [4]
        assert len(list(draft.all_nodes())) == 4
        draft.commit(State(2))
    with filled.snapshot() as snapshot:
        assert list(snapshot.digests(Table.ACTORS, "made-up")) == []


def test_rows_at_nodes_are_all_that_is_said_of_them(filled, made):
    with filled.draft("a test") as draft:
        draft.put(Table.TIES, [made.tie(3, 1, digest=102, dataset="b")])
        found = draft.rows_at([2, 1, 404])
        assert sorted(row.digest for row in found[Table.TIES]) == [100, 101, 102]
        assert [row.n for row in found[Table.ACTORS]] == [1, 2]
        assert [row.digest for row in found[Table.OFFERS]] == [200]
        assert [row.digest for row in found[Table.FIGURES]] == [301]
        assert [row.digest for row in draft.rows_at([3])[Table.TIES]].count(102) == 1
        assert all(not rows for rows in draft.rows_at([]).values())


def test_empty_writes_are_writes(any_store):
    with any_store.draft("a test") as draft:
        draft.put_nodes([])
        draft.set_nodes([])
        for table in Table:
            draft.put(table, [])
        draft.put_cards(Viewer.PUBLIC, [])
        draft.drop_cards(Viewer.PUBLIC, [])
        draft.drop_cards(Viewer.STAFF, [404])
        draft.commit(State(1))
    with any_store.snapshot() as snapshot:
        assert snapshot.state().revision == 1


def test_a_node_keeps_its_number_through_many_revisions(any_store, made):
    for n in range(1, 8):
        with any_store.draft("a test") as draft:
            draft.put_nodes([Node(n, f"a{n}", f"k/{n}", EVERYONE, EVERYONE, n, n)])
            draft.put_cards(Viewer.STAFF, [made.card(n)])
            draft.commit(State(n, next_n=n + 1))
    with any_store.snapshot() as snapshot:
        assert {node.n: node.id for node in snapshot.all_nodes()} == {n: f"a{n}" for n in range(1, 8)}
        assert snapshot.counts(Viewer.STAFF) == {"initiative": 7}
        assert snapshot.state().next_n == 8


def test_what_is_erased_cannot_be_found(filled, made):
    with filled.draft("a test") as draft:
        draft.erase()
        draft.put_cards(Viewer.STAFF, [made.card(1, "renamed")])
        draft.put_cards(Viewer.PUBLIC, [made.card(1, "renamed")])
        draft.commit(State(2))
    with filled.snapshot() as snapshot:
        assert [hit.card.n for hit in snapshot.ranked(Viewer.PUBLIC, ["made"], Filters(), None, 9)] == [2, 3]
        assert snapshot.state().revision == 2
    assert filled.check() == []
