"""What every store promises of cards and search: the same actors in the same order, on every page, for every viewer."""

import string

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.model import Card, Viewer
from graph.stored import Filters, Hit, Rank, State
from graph.stores import embedded_search, neo4j_search

WORDS = ("ab", "abc", "abd", "b", "ba", "haag", "haagse", "é", "ß", "buurt", "בית", "7", "\U0001f9f5", "ab7")
KINDS, THEMES, TOWNS = ("initiative", "funder"), ("groen-natuur", "zorg"), ("GM0344", "GM0599", "")
HELPS = ("geld", "geld.lening", "geldx", "kennis.advies")


def expected(
    cards: list[Card], words: tuple[str, ...], filters: Filters, after: Rank | None, limit: int | None = None
) -> list[Hit]:
    """Return what `ranked` promises, in plain Python."""
    hits = []
    for card in cards:
        level = level_of(card, words)
        if level is not None and fits(card, filters):
            hits.append(Hit(Rank(level, -card.contacts, card.names, card.id), card))
    hits.sort(key=lambda hit: hit.rank)
    return [hit for hit in hits if after is None or hit.rank > after][:limit]


def level_of(card: Card, words: tuple[str, ...]) -> int | None:
    """Return the level at which a card matches."""
    if not words:
        return 0
    names = [card.names, *(alias for alias in card.alias_names.split("|") if alias)]
    levels = []
    for i, name in enumerate(names):
        if all(any(part.startswith(word) for part in name.split()) for word in words):
            q = " ".join(words)
            levels.append(3 * (i > 0) + (0 if name == q else 1 if name.startswith(q) else 2))
    return min(levels, default=None)


def fits(card: Card, filters: Filters) -> bool:
    """Return whether a card passes the filters."""
    return (
        (not filters.kinds or card.kind in filters.kinds)
        and (not filters.municipalities or card.municipality in filters.municipalities)
        and (not filters.themes or bool(set(card.themes) & set(filters.themes)))
        and (not filters.helps or any(h == f or h.startswith(f + ".") for h in card.helps for f in filters.helps))
    )


names = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
aliases = st.lists(names, max_size=2).map(lambda some: f"|{'|'.join(some)}|" if some else "")
thin = st.builds(
    lambda n, i, names, alias_names, contacts, kind, themes, helps, town: Card(
        *(n, f"{'zyx'[i]}-{n}", kind, names.title(), names),
        alias_names=alias_names,
        contacts=contacts,
        themes=themes,
        helps=helps,
        municipality=town,
    ),
    *(st.integers(1, 60), st.integers(0, 2), names, aliases, st.integers(0, 3), st.sampled_from(KINDS)),
    *(st.sampled_from(((), THEMES[:1], THEMES)), st.sampled_from(((), HELPS[:1], HELPS[1:3], HELPS[3:]))),
    st.sampled_from(TOWNS),
)
decks = st.lists(thin, max_size=40, unique_by=lambda card: card.n)
starts = st.sampled_from(WORDS).flatmap(lambda word: st.integers(1, len(word)).map(lambda size: word[:size]))
queries = st.lists(starts, max_size=3).map(tuple)
narrowings = st.builds(
    Filters,
    kinds=st.sampled_from(((), ("funder",), KINDS, ("unheard of",))),
    themes=st.sampled_from(((), ("zorg",), THEMES)),
    helps=st.sampled_from(((), ("geld",), ("geld.lening",), ("geld", "kennis"))),
    municipalities=st.sampled_from(((), ("GM0344",), ("GM0344", "GM0599"))),
)


@pytest.fixture(params=["usual", "pressed"])
def pressed(request, monkeypatch):
    """Press the stores, with few cards, into what they do with very many."""
    if request.param == "pressed":
        monkeypatch.setattr(neo4j_search, "FEW", 2)
        monkeypatch.setattr(embedded_search, "FEW", 2)
        monkeypatch.setattr(embedded_search, "WALK", 3)


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    public=decks,
    staff=decks,
    asked=st.lists(st.tuples(queries, narrowings), min_size=1, max_size=3),
    size=st.integers(1, 7),
)
def test_search_gives_the_same_actors_in_the_same_order_on_every_page(
    any_store, made, pressed, public, staff, asked, size
):
    staff = [*staff, *(card for card in public if card.n % 2 and card.n not in {c.n for c in staff})]
    deal(any_store, made, {Viewer.PUBLIC: public, Viewer.STAFF: staff})
    with any_store.snapshot() as snapshot:
        for viewer, cards in ((Viewer.PUBLIC, public), (Viewer.STAFF, staff)):
            for words, filters in asked:
                whole = expected(cards, words, filters, None)
                assert snapshot.ranked(viewer, words, filters, None, 1000) == whole
                assert pages(snapshot, viewer, words, filters, size) == whole


def deal(store, made, cards: dict[Viewer, list[Card]]) -> None:
    """Have these cards in the store and no others."""
    with store.draft("a test") as draft:
        if draft.state().revision == 0:
            draft.put_nodes([made.node(n) for n in range(1, 61)])
        for viewer, some in cards.items():
            draft.drop_cards(viewer, range(1, 61))
            draft.put_cards(viewer, some)
        draft.commit(State(draft.state().revision + 1))


def pages(snapshot, viewer, words, filters, size) -> list[Hit]:
    """Return all hits, asked for page by page."""
    found: list[Hit] = []
    while page := snapshot.ranked(viewer, words, filters, found[-1].rank if found else None, size):
        assert len(page) <= size
        assert not found or page[0].rank > found[-1].rank  # else it would never end
        found += page
    return found


def test_levels_are_name_then_start_then_word_then_the_same_for_aliases(any_store, made):
    cards = [
        made.card(1, "de haagse buurt"),
        made.card(2, "haag"),
        made.card(3, "haag en omstreken"),
        made.card(4, "vierde", alias_names="|haag|"),
        made.card(5, "vijfde", alias_names="|iets|haagse kring|"),
        made.card(6, "zesde", alias_names="|den haag|", contacts=99),
        made.card(7, "haagsebos", contacts=5),
        made.card(8, "aanhaag"),
    ]
    made.write(any_store, [made.node(n) for n in range(1, 9)], [], cards)
    with any_store.snapshot() as snapshot:
        hits = snapshot.ranked(Viewer.PUBLIC, ["haag"], Filters(), None, 20)
    assert [(hit.card.n, hit.rank.level) for hit in hits] == [(2, 0), (7, 1), (3, 1), (1, 2), (4, 3), (5, 4), (6, 5)]


def test_words_must_meet_in_one_and_the_same_alias(any_store, made):
    cards = [made.card(1, "x", alias_names="|groene buurt|rode straat|"), made.card(2, "y", alias_names="|rode buurt|")]
    made.write(any_store, [made.node(1), made.node(2)], [], cards)
    with any_store.snapshot() as snapshot:
        assert [hit.card.n for hit in snapshot.ranked(Viewer.PUBLIC, ["rode", "buurt"], Filters(), None, 9)] == [2]
        assert [hit.card.n for hit in snapshot.ranked(Viewer.PUBLIC, ["x", "buurt"], Filters(), None, 9)] == []


def test_a_place_after_which_to_go_on_need_not_be_an_actor_s(any_store, made):
    made.write(any_store, [made.node(n) for n in range(1, 6)], [], [made.card(n, f"buurt {n}") for n in range(1, 6)])
    with any_store.snapshot() as snapshot:
        found = snapshot.ranked(Viewer.PUBLIC, ["bu"], Filters(), Rank(1, 0, "buurt 3", ""), 9)
        assert [hit.card.n for hit in found] == [3, 4, 5]
        assert snapshot.ranked(Viewer.PUBLIC, ["bu"], Filters(), Rank(5, 0, "zzz", ""), 9) == []
        assert snapshot.ranked(Viewer.PUBLIC, ["bu"], Filters(), None, 0) == []


def test_finds_by_every_letter_that_a_folded_name_may_hold(any_store, made):
    letters = (*string.ascii_lowercase, *string.digits, "ж", "中", "א", "ا", "ก", "\U00010400", "\U0001e900", "\ud7ff")
    cards = [made.card(n, f"x{letter}y {letter}") for n, letter in enumerate(letters, 1)]
    made.write(any_store, [made.node(card.n) for card in cards], [], cards)
    with any_store.snapshot() as snapshot:
        for n, letter in enumerate(letters, 1):
            found = snapshot.ranked(Viewer.STAFF, [letter], Filters(), None, 99)
            assert n in {hit.card.n for hit in found}
            assert snapshot.ranked(Viewer.STAFF, [f"x{letter}y"], Filters(), None, 99)[0].card.n == n


def test_cards_are_kept_per_viewer(any_store, made):
    shown = made.card(1, lat=52.5, lon=-4.25, themes=("zorg", "wonen"), helps=("geld",), introduces=True, ended="2020")
    inside = shown._replace(name="An inner name", names="an inner name", contacts=3, lat=None, lon=None)
    made.write(any_store, [made.node(n) for n in (1, 2, 3)], [], [shown, made.card(2)], [Viewer.PUBLIC])
    made.write(any_store, [], [], [inside, made.card(3)], [Viewer.STAFF])
    with any_store.snapshot() as snapshot:
        assert snapshot.cards(Viewer.PUBLIC, [1, 2, 3, 404]) == {1: shown, 2: made.card(2)}
        assert snapshot.cards(Viewer.STAFF, [1, 2, 3]) == {1: inside, 3: made.card(3)}
        assert snapshot.cards(Viewer.STAFF, []) == {}
        assert snapshot.ranked(Viewer.PUBLIC, ["inner"], Filters(), None, 9) == []
        assert [hit.card for hit in snapshot.ranked(Viewer.STAFF, ["inner"], Filters(), None, 9)] == [inside]
        assert snapshot.counts(Viewer.PUBLIC) == snapshot.counts(Viewer.STAFF) == {"initiative": 2}
        assert isinstance(snapshot.cards(Viewer.PUBLIC, [1])[1].introduces, bool)


def test_cards_that_become_alike_part_again_and_go(any_store, made):
    one, other = made.card(1, "eerste naam"), made.card(1, "tweede naam", kind="funder")
    steps = [
        ({Viewer.PUBLIC: one}, (one, None)),
        ({Viewer.STAFF: one}, (one, one)),
        ({Viewer.STAFF: one._replace(contacts=4)}, (one, one._replace(contacts=4))),
        ({Viewer.PUBLIC: one._replace(contacts=4)}, (one._replace(contacts=4),) * 2),
        ({Viewer.PUBLIC: other, Viewer.STAFF: other}, (other, other)),
        ({Viewer.PUBLIC: None}, (None, other)),
        ({Viewer.STAFF: one}, (None, one)),
        ({Viewer.PUBLIC: None, Viewer.STAFF: None}, (None, None)),
        ({Viewer.PUBLIC: one, Viewer.STAFF: one}, (one, one)),
    ]
    made.write(any_store, [made.node(1)])
    for change, after in steps:
        with any_store.draft("a test") as draft:
            for viewer, card in change.items():
                draft.drop_cards(viewer, [1]) if card is None else draft.put_cards(viewer, [card])
            draft.commit(State(draft.state().revision + 1))
        with any_store.snapshot() as snapshot:
            for viewer, card in zip((Viewer.PUBLIC, Viewer.STAFF), after, strict=True):
                assert snapshot.cards(viewer, [1]) == ({} if card is None else {1: card})
                assert snapshot.counts(viewer) == ({} if card is None else {card.kind: 1})
                for word in ("eerste", "tweede"):
                    found = [hit.card for hit in snapshot.ranked(viewer, [word], Filters(), None, 9)]
                    assert found == ([card] if card is not None and word in card.names else [])
    assert any_store.check() == []


def test_near_gives_the_cards_within_the_box_edges_included(any_store, made):
    places = {1: (52.0, 5.0), 2: (52.1, 5.2), 3: (52.10001, 5.2), 4: (-0.02, -0.01), 5: (0.02, 0.01), 6: (90.0, 180.0)}
    cards = [made.card(n, lat=lat, lon=lon) for n, (lat, lon) in places.items()]
    made.write(any_store, [made.node(n) for n in range(1, 8)], [], [*cards, made.card(7)])
    made.write(any_store, [], [], [made.card(2, lat=1.0, lon=1.0)], [Viewer.STAFF])

    def near(viewer: Viewer, *box: float) -> list[int]:
        with any_store.snapshot() as snapshot:
            return sorted(card.n for card in snapshot.near(viewer, *box))

    assert near(Viewer.PUBLIC, 52.0, 5.0, 52.1, 5.2) == [1, 2]
    assert near(Viewer.STAFF, 52.0, 5.0, 52.1, 5.2) == [1]
    assert near(Viewer.PUBLIC, -0.05, -0.05, 0.05, 0.05) == [4, 5]
    assert near(Viewer.PUBLIC, -90, -180, 90, 180) == [1, 2, 3, 4, 5, 6]
    assert near(Viewer.PUBLIC, 53, 5, 52, 6) == []
