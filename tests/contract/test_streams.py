"""Whole streams, from which the tie index is built: they say what the questions of one actor say."""

from dataclasses import replace

import pytest

from graph.model import EVERYONE, STAFF_ONLY, Card, Viewer
from graph.stored import Wanted

WALKED = ["member_of", "funds", "partner_of"]


@pytest.fixture
def told(any_store, made):
    """Two actors that are one, three others, of which one is the staff's; ties and offers of each sort."""
    joined = made.node(2, leads_public=1, leads_staff=1)
    staff = made.node(5, mask=STAFF_ONLY, ever=STAFF_ONLY)
    awaited = made.node(6, id="", key="kvk:1", mask=0, ever=0)
    ties = [
        made.tie(1, 3),
        made.tie(2, 3, "funds", ref="2024"),
        made.tie(1, 2),
        made.tie(4, 3, mask=STAFF_ONLY),
        made.tie(5, 4),
        made.tie(4, 6),
        made.tie(3, 4, "located_in", bound=0.0),
        made.tie(3, 4, "partner_of", bound=0.0),
    ]
    offers = [made.offer(2), made.offer(4, mask=STAFF_ONLY), made.offer(5), made.offer(6)]
    actors = [made.actor(n) for n in range(1, 6)]
    nodes = [made.node(1), joined, made.node(3), made.node(4), staff, awaited]
    seen = [made.card(n) for n in (1, 3, 4)]
    made.write(any_store, nodes, [*actors, *ties, *offers], seen, [Viewer.PUBLIC])
    with any_store.draft("a test") as draft:
        draft.put_cards(Viewer.STAFF, [*seen, made.card(5)])
        draft.commit(replace(draft.state(), revision=2))
    return any_store


@pytest.mark.parametrize("viewer", Viewer)
def test_every_card_is_told_once(told, viewer):
    with told.snapshot() as snapshot:
        cards = list(snapshot.every_card(viewer))
        assert {card.n: card for card in cards} == snapshot.cards(viewer, range(1, 7))
    assert sorted(card.n for card in cards) == ([1, 3, 4] if viewer is Viewer.PUBLIC else [1, 3, 4, 5])


@pytest.mark.parametrize("viewer", Viewer)
def test_every_card_is_told_by_the_column(told, viewer):
    with told.snapshot() as snapshot:
        columns = list(snapshot.card_columns(viewer, Card._fields))
        [names] = zip(*snapshot.card_columns(viewer, ["name"]), strict=True)
        cards = snapshot.cards(viewer, range(1, 7)).values()
    assert sorted(Card(*row) for some in columns for row in zip(*some, strict=True)) == sorted(cards)
    assert sorted(name for some in names for name in some) == sorted(card.name for card in cards)


@pytest.mark.parametrize("viewer", Viewer)
def test_every_tie_of_some_kinds_is_told_once_between_leading_nodes(told, viewer):
    with told.snapshot() as snapshot:
        told_ties = [row for ties in snapshot.every_tie(viewer, WALKED) for row in zip(*ties, strict=True)]
        asked = [arc for arc in snapshot.arcs(viewer, [Wanted(n) for n in (1, 3, 4, 5)], 99) if arc.out]
        [never] = [arc for arc in snapshot.ties_among(viewer, (1, 3, 4, 5)) if arc.kind == "partner_of"]
        assert not list(snapshot.every_tie(viewer, []))
    assert sorted(told_ties) == sorted((arc.at, arc.other, arc.kind, arc.ref, arc.body) for arc in [*asked, never])
    assert len(told_ties) == (3 if viewer is Viewer.PUBLIC else 5)


@pytest.mark.parametrize("viewer", Viewer)
def test_every_offer_is_told_once_of_its_leading_node(told, viewer):
    with told.snapshot() as snapshot:
        offers = list(snapshot.every_offer(viewer))
    assert sorted(row.n for row in offers) == ([1] if viewer is Viewer.PUBLIC else [1, 4, 5])
    assert all(row.mask & viewer.bit and row.help == "geld.lening" for row in offers)
    assert {row.mask for row in offers} <= {EVERYONE, STAFF_ONLY}
