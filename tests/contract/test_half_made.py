"""What every store promises of the cards of a first load, which are finished when contacts and helps are known."""

from graph.model import Viewer
from graph.stored import Filters, State

CONTACTS = {Viewer.PUBLIC: [-1, 3, -1, 0, 7, -1], Viewer.STAFF: [-1, 3, 2, 4, 7, -1]}  # by `n`; there is no 0
HELPS = {2: ("geld.gift", "geld.lening"), 4: ("kennis",)}


def half_made(made):
    return [
        made.card(1, "made up", place="Verzonnendam", province="Nergens", located=""),
        made.card(2, "made up", kind="person", introduces=True, ended="2024", themes=("jeugd", "zorg")),
        made.card(3, "made up", subtype="coöperatie", tier="core", municipality="GM9001", alias_names="|made 3|zo|"),
        made.card(4, "made up", lat=52.5, lon=5.25, located="stated"),
        made.card(5, "made up"),
    ]


def finished(made, viewer):
    return {
        card.n: card._replace(contacts=CONTACTS[viewer][card.n], helps=HELPS.get(card.n, ()))
        for card in half_made(made)
        if CONTACTS[viewer][card.n] >= 0
    }


def test_half_made_cards_are_kept_for_each_viewer_once_they_are_finished(any_store, made):
    cards = half_made(made)
    with any_store.draft("a test") as draft:
        draft.put_nodes([made.node(n) for n in range(1, 6)])
        draft.put_half_made(cards[:2])
        draft.put_half_made(cards[2:])
        draft.finish_cards(CONTACTS, HELPS)
        for viewer in Viewer:
            assert draft.cards(viewer, range(6)) == finished(made, viewer), "a draft reads them"
        draft.put_cards(Viewer.STAFF, [cards[4]])
        draft.commit(State(1, {Viewer.STAFF: 1}, 6))
    with any_store.snapshot() as snapshot:
        assert snapshot.cards(Viewer.PUBLIC, range(6)) == finished(made, Viewer.PUBLIC)
        assert snapshot.cards(Viewer.STAFF, range(6)) == finished(made, Viewer.STAFF) | {5: cards[4]}
        assert snapshot.counts(Viewer.PUBLIC) == {"initiative": 3}
        assert snapshot.counts(Viewer.STAFF) == {"initiative": 4, "person": 1}
        hits = snapshot.ranked(Viewer.STAFF, ["made"], Filters(), None, 9)
        assert [hit.card.n for hit in hits] == [4, 3, 1, 2, 5], "they are found, in order of contacts"
        assert [hit.card.n for hit in snapshot.ranked(Viewer.STAFF, [], Filters(helps=("geld",)), None, 9)] == [2]
        assert [card.n for card in snapshot.near(Viewer.PUBLIC, 52.0, 5.0, 53.0, 6.0)] == [4]
    assert any_store.check() == []


def test_where_no_card_was_half_made_finishing_keeps_none(any_store, made):
    with any_store.draft("a test") as draft:
        draft.put_nodes([made.node(1, id="")])
        draft.finish_cards({viewer: [-1, -1] for viewer in Viewer}, {})
        draft.commit(State(1, {Viewer.STAFF: 1}, 2))
    with any_store.snapshot() as snapshot:
        assert snapshot.counts(Viewer.STAFF) == {}
