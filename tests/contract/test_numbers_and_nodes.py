"""What every store promises of its numbers, datasets, nodes, records and judgements."""

from dataclasses import replace

import pytest

from graph.model import EVERYONE, STAFF_ONLY, Viewer
from graph.stored import Judgement, State, Table, Wanted
from graph.stores import neo4j_snapshot

ODD_TEXTS = (
    "café",
    "cafe\u0301",
    "Café",
    'o\'brien "the" `x` \\ ; -- %_*?',
    "بيت الجيران",
    "בית",
    "🧵 weefsel",
    "a\tb\nc",
    "a\x7fb",
    "\ufeffa",
    "a\u200bb",
    "a ",
    "a",
    "A",
    "0x0",
    "NULL",
    "1e3",
    "1000",
    "$n {x} [y]",
    "\U0010fffd",
    "\ue000",
    "\ud7ff",
    "x" * 300,
)


def test_a_new_store_is_empty_and_asking_makes_nothing(any_store, place):
    with any_store.snapshot() as snapshot:
        assert snapshot.state().revision == 0
        assert snapshot.state().next_n == 1
        assert snapshot.datasets() == []
        assert snapshot.counts(Viewer.STAFF) == {}
        assert list(snapshot.all_nodes()) == []
        assert snapshot.nodes_by_id(["x"]) == {}
        assert list(snapshot.pairs(None)) == []
        assert list(snapshot.arcs(Viewer.PUBLIC, [], 5)) == []
        assert snapshot.judgements() == []
        assert list(snapshot.digests(Table.TIES, "made-up")) == []
    with place.open() as other, other.snapshot() as snapshot:
        assert snapshot.state().revision == 0
    assert any_store.check() == []


def test_keeps_its_state(any_store, place):
    state = State(7, {Viewer.STAFF: 7, Viewer.PUBLIC: 3}, 12, 5, "a secret made up", "abc", {Viewer.STAFF: ("a", "b")})
    with any_store.draft("a test") as draft:
        draft.commit(state)
    with any_store.snapshot() as snapshot:
        assert snapshot.state() == state
    with any_store.draft("a test") as draft:
        assert draft.state() == state
        draft.commit(replace(state, revision=8, seen={Viewer.STAFF: 8}))
    with place.open() as other, other.snapshot() as snapshot:
        assert snapshot.state().seen == {Viewer.STAFF: 8}


def test_a_dataset_s_row_takes_the_place_of_the_one_of_that_name(any_store, made):
    rows = [made.dataset(name, info=name) for name in ("b", "a", "é", "a.b", "a-b", "z")]
    with any_store.draft("a test") as draft:
        for row in rows:
            draft.put_dataset(row)
        draft.put_dataset(made.dataset("b", info="anew", mask=STAFF_ONLY, speaker=4, counts='{"actors": 2}'))
        assert [row.name for row in draft.datasets()] == ["a", "a-b", "a.b", "b", "z", "é"]
        draft.commit(State(1))
    with any_store.snapshot() as snapshot:
        found = snapshot.datasets()
    assert [row.name for row in found] == ["a", "a-b", "a.b", "b", "z", "é"]
    assert found[3] == made.dataset("b", info="anew", mask=STAFF_ONLY, speaker=4, counts='{"actors": 2}')


def test_keeps_nodes_as_they_are(any_store, made):
    nodes = [
        made.node(1, "anna"),
        made.node(2, "", key="kvk:12345678", mask=0, ever=0),
        made.node(3, "", key="id:anna", mask=0, ever=0),
        made.node(9, "nine", mask=STAFF_ONLY, ever=EVERYONE, leads_public=9, leads_staff=1),
    ]
    made.write(any_store, nodes)
    with any_store.snapshot() as snapshot:
        assert snapshot.nodes([9, 1, 404, 1]) == {1: nodes[0], 9: nodes[3]}
        assert snapshot.nodes_by_id(["nine", "none", "", "kvk:12345678"]) == {"nine": nodes[3]}
        assert snapshot.nodes_by_key(["kvk:12345678", "made-up/9", "made-up"]) == {
            "kvk:12345678": nodes[1],
            "made-up/9": nodes[3],
        }
        assert list(snapshot.all_nodes()) == nodes
        assert snapshot.nodes([]) == snapshot.nodes_by_id([]) == snapshot.nodes_by_key([]) == {}


def test_replaces_nodes_by_their_number(any_store, made):
    made.write(any_store, [made.node(n) for n in (1, 2, 3)])
    anew = [made.node(2, "two-anew", key="other/2", mask=0, ever=1, leads_staff=1), made.node(3, leads_public=1)]
    with any_store.draft("a test") as draft:
        draft.set_nodes(anew)
        assert draft.nodes([2]) == {2: anew[0]}
        draft.commit(State(2))
    with any_store.snapshot() as snapshot:
        assert list(snapshot.all_nodes()) == [made.node(1), *anew]
        assert snapshot.nodes_by_id(["actor-2", "two-anew"]) == {"two-anew": anew[0]}
        assert snapshot.nodes_by_key(["made-up/2", "other/2"]) == {"other/2": anew[0]}


@pytest.mark.parametrize("later", [False, True], ids=["first write", "later write"])
def test_odd_texts_and_ids_that_look_alike_stay_apart(any_store, made, later):
    if later:
        made.write(any_store, [made.node(1234)])
    nodes = [made.node(n, id=text, key=f"made-up/{text}") for n, text in enumerate(ODD_TEXTS, 1)]
    rows = [
        made.actor(n, dataset=f"d-{text}", body=text, claims=(f"id:{text}",)) for n, text in enumerate(ODD_TEXTS, 1)
    ]
    ties = [made.tie(1, n, ref=text, body=text) for n, text in enumerate(ODD_TEXTS, 1) if n > 1]
    made.write(any_store, nodes, [*rows, *ties], [made.card(n, place=text) for n, text in enumerate(ODD_TEXTS, 1)])
    with any_store.snapshot() as snapshot:
        assert snapshot.nodes_by_id(ODD_TEXTS) == {node.id: node for node in nodes}
        assert snapshot.nodes_by_key([node.key for node in nodes]) == {node.key: node for node in nodes}
        assert list(snapshot.actor_rows(range(1, len(ODD_TEXTS) + 1))) == rows
        assert sorted(snapshot.claimants([f"id:{text}" for text in ODD_TEXTS])) == sorted(
            (f"id:{text}", n, EVERYONE) for n, text in enumerate(ODD_TEXTS, 1)
        )
        cards = snapshot.cards(Viewer.PUBLIC, range(1, len(ODD_TEXTS) + 1))
        assert [card.place for _, card in sorted(cards.items())] == list(ODD_TEXTS)
        assert {arc.ref for arc in snapshot.arcs(Viewer.PUBLIC, [Wanted(1)], 99)} == set(ODD_TEXTS[1:])


def test_clusters_are_told_per_viewer(any_store, made):
    nodes = [
        made.node(1),
        made.node(2, leads_public=1, leads_staff=1),
        made.node(3, leads_staff=1),
        made.node(4, leads_public=5, leads_staff=5),
        made.node(5),
        made.node(6),
    ]
    made.write(any_store, nodes)
    with any_store.snapshot() as snapshot:
        assert snapshot.members(Viewer.PUBLIC, [1, 3, 5, 6]) == {1: [1, 2], 3: [3], 5: [4, 5], 6: [6]}
        assert snapshot.members(Viewer.STAFF, [1, 5, 6]) == {1: [1, 2, 3], 5: [4, 5], 6: [6]}
        assert snapshot.members(Viewer.STAFF, []) == {}
        assert snapshot.members(Viewer.STAFF, [404]) == {}


def test_gives_back_every_record_as_it_was_put(any_store, made):
    extremes = (2**63 - 1, -(2**63), 0, -1, 1)
    actors = [made.actor(1, digest=digest, claims=("kvk:12345678", "cbs:GM0344")) for digest in extremes]
    ties = [made.tie(1, 2, digest=digest, bound=1 / 3, ref="2021/5") for digest in extremes]
    offers = [made.offer(2, digest=digest, mask=STAFF_ONLY) for digest in extremes]
    figures = [made.figure(0, digest=digest) for digest in extremes]
    made.write(any_store, [made.node(1), made.node(2)], [*actors, *ties, *offers, *figures])
    with any_store.snapshot() as snapshot:
        for table in Table:
            assert sorted(snapshot.digests(table, "made-up")) == sorted(extremes)
            assert list(snapshot.digests(table, "another")) == []
        assert list(snapshot.actor_rows([1])) == sorted(actors, key=lambda row: row.digest)
        assert list(snapshot.offer_rows([1, 2, 3])) == sorted(offers, key=lambda row: row.digest)
        assert list(snapshot.figure_rows([0])) == sorted(figures, key=lambda row: row.digest)
    with any_store.draft("a test") as draft:
        for table, rows in zip(Table, (actors, ties, offers, figures), strict=True):
            assert sorted(draft.drop(table, "made-up", extremes)) == sorted(rows)
            assert draft.drop(table, "made-up", extremes) == []


def test_a_dataset_s_records_come_by_digest(any_store, made, monkeypatch):
    monkeypatch.setattr(neo4j_snapshot, "LONG_PAGE", 2)
    extremes = (2**63 - 1, -(2**63), 0, -1, 1)
    told = {
        Table.ACTORS: [made.actor(1, digest=digest, claims=("kvk:12345678", "cbs:GM0344")) for digest in extremes],
        Table.TIES: [
            made.tie(1, 2, kind, digest=7 * i, mask=STAFF_ONLY, bound=i / 9)
            for i, kind in enumerate(("located_in", "funds", "member_of", "funds", "cited_by", "member_of"), -3)
        ],
        Table.OFFERS: [made.offer(n, digest=n - 2, stance="needs" if n % 2 else "offers") for n in (1, 2, 3)],
        Table.FIGURES: [made.figure(n, digest=3 - n) for n in (0, 2, 1)],
    }
    others = [made.actor(2, dataset="other"), made.tie(2, 3, dataset="other"), made.figure(0, dataset="other")]
    rows = [row for some in told.values() for row in some]
    made.write(any_store, [made.node(n) for n in (1, 2, 3)], [*rows, *others])
    with any_store.snapshot() as snapshot:
        for table, expected in told.items():
            assert list(snapshot.records(table, "made-up")) == sorted(expected, key=lambda row: row.digest)
            assert list(snapshot.records(table, "unheard-of")) == []
    with any_store.draft("a test") as draft:
        draft.drop(Table.TIES, "made-up", [7, 14])
        assert [row.digest for row in draft.records(Table.TIES, "made-up")] == [-21, -14, -7, 0]


def test_records_come_by_node_then_dataset_then_digest(any_store, made):
    where = [(2, "b"), (1, "é"), (1, "b"), (2, "a"), (1, "a"), (3, "c")]
    rows = [make(n, dataset=name) for make in (made.actor, made.offer, made.figure) for n, name in where]
    twice = [make(1, dataset="b", digest=-5) for make in (made.offer, made.figure)]
    made.write(any_store, [made.node(n) for n in (1, 2, 3)], [*rows, *twice])
    with any_store.snapshot() as snapshot:
        order = [(1, "a"), (1, "b"), (1, "é"), (2, "a"), (2, "b")]
        assert [(row.n, row.dataset) for row in snapshot.actor_rows([2, 1, 2])] == order
        for read in (snapshot.offer_rows, snapshot.figure_rows):
            found = [(row.n, row.dataset) for row in read([2, 1])]
            assert found == [(1, "a"), (1, "b"), (1, "b"), (1, "é"), (2, "a"), (2, "b")]
            assert [row.digest < 0 for row in read([1])] == [False, True, False, False]
        assert list(snapshot.actor_rows([])) == list(snapshot.actor_rows([404])) == []


def test_claims_are_those_of_records_and_of_awaited_nodes(any_store, made):
    nodes = [made.node(1), made.node(2), made.node(3, "", key="kvk:1"), made.node(4, "kvk:2", key="kvk:2")]
    rows = [
        made.actor(1, claims=("kvk:1", "cbs:GM1")),
        made.actor(1, dataset="staff", mask=STAFF_ONLY, claims=("kvk:1",)),
        made.actor(2, claims=("kvk:11",)),
    ]
    made.write(any_store, nodes, rows)
    with any_store.snapshot() as snapshot:
        assert sorted(snapshot.claimants(["kvk:1", "kvk:2", "none"])) == [
            ("kvk:1", 1, STAFF_ONLY),
            ("kvk:1", 1, EVERYONE),
            ("kvk:1", 3, EVERYONE),
        ]
        assert list(snapshot.claimants([])) == []
    with any_store.draft("a test") as draft:
        draft.drop(Table.ACTORS, "made-up", [rows[0].digest])
        assert sorted(draft.claimants(["kvk:1", "cbs:GM1"])) == [("kvk:1", 1, STAFF_ONLY), ("kvk:1", 3, EVERYONE)]


def test_judgements_come_in_the_order_in_which_they_were_made(any_store):
    first = Judgement("same", 1, 2, "desk", "2026-01-01T10:00:00", "the same address")
    second = Judgement("different", 1, 2, "desk", "2026-01-02T10:00:00", "")
    third = Judgement("suppress", 3, 0, "desk", "2026-01-03T10:00:00", "asked for it", ("ab", "cd"))
    anew = first._replace(why="and the same name", at="2026-01-04T10:00:00")
    with any_store.draft("a test") as draft:
        for judgement in (first, second, third):
            draft.put_judgement(judgement)
        assert draft.judgements() == [first, second, third]
        draft.put_judgement(anew)
        assert draft.drop_judgement("different", 1, 2)
        assert not draft.drop_judgement("different", 1, 2)
        assert not draft.drop_judgement("same", 2, 1)
        draft.commit(State(1))
    with any_store.snapshot() as snapshot:
        assert snapshot.judgements() == [third, anew]


def test_asks_for_forty_thousand_at_once(any_store, made):
    many = 40_000
    made.write(any_store, [made.node(n) for n in (1, 2)], [made.actor(1), made.actor(2, claims=("kvk:7",))])
    with any_store.snapshot() as snapshot:
        assert len(snapshot.nodes(range(many))) == 2
        assert len(snapshot.nodes_by_id(f"actor-{n}" for n in range(many))) == 2
        assert len(snapshot.nodes_by_key(f"made-up/{n}" for n in range(many))) == 2
        assert len(list(snapshot.actor_rows(range(many)))) == 2
        assert len(snapshot.members(Viewer.PUBLIC, range(many))) == 2
        assert len(list(snapshot.claimants(f"kvk:{n}" for n in range(many)))) == 1
        assert snapshot.cards(Viewer.PUBLIC, range(many)) == {}
    with any_store.draft("a test") as draft:
        assert len(draft.drop(Table.ACTORS, "made-up", range(many))) == 2
