"""What is not a viewer's is as if it were not there: in answers, ids, orders, counts, revisions, cursors and messages."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from fate import Step, writes
from grounds import Ground
from saying import (
    PUBLIC,
    STAFF,
    actor,
    around,
    everything,
    figure,
    ids,
    load,
    offer,
    person,
    revision,
    shown,
    source,
    tie,
    ties_of,
)

from graph.errors import BadInputError, GoneError, MovedError, NotFoundError
from graph.ingest import judge, remove, suppress
from graph.model import Viewer
from graph.questions import nearby, neighbourhood, overview, search, show
from graph.store import Store
from graph.stored import Filters, Wanted
from graph.view import View, open_view

DAY = date(2026, 6, 1)
ONE, TWO = "kvk:11111111", "kvk:22222222"
PUBLIC_WORLD = (
    source("boek", "Een verzonnen boek"),
    actor("huis", identifiers=[ONE], themes=["jeugd"], lat=52.0, lon=5.0),
    actor("net", "network", identifiers=[TWO]),
    person("ada", "Ada Verzonnen", identifiers=["wikidata:Q1"]),
    person("bob", "Bob Geheim", visibility="staff", identifiers=["wikidata:Q2"], lat=52.0, lon=5.0),
    person("cas", "Cas Niemand", visibility="nobody"),
    tie("huis", "member_of", "net"),
    tie("ada", "works_at", "huis"),
    tie("bob", "works_at", "huis"),
    tie("cas", "works_at", "huis"),
    offer("net", "offers", "kennis.advies", cites="boek"),
    offer("bob", "offers", "geld.lening", note="geheim aanbod"),
    figure("huis"),
    figure("bob", "geheim getal"),
)
STAFF_WORLD = (
    source("nota", "Geheime nota"),
    actor("huis", name="Geheim Huis", identifiers=[ONE], aliases=["Geheime bijnaam"], themes=["wonen"], place="Gouda"),
    actor("brug", "funder", name="Geheime Brug", identifiers=[ONE, "rsin:123456789"], lat=52.0, lon=5.0),
    actor("kluis", "funder", name="Geheime Kluis", themes=["wonen"], lat=52.0, lon=5.0),
    person("dea", "Dea Geheim", visibility="public"),
    tie("kluis", "funds", "huis", amount=1),
    tie("kluis", "funds", "id:net", amount=2),
    tie("dea", "works_at", "kluis"),
    offer("huis", "offers", "geld.prijs", cites="nota"),
    offer("kluis"),
    figure("huis", "geheim getal"),
    figure("sector", "geheim getal"),
    figure("kluis"),
)


def two_worlds(store: Store) -> None:
    """Load a public and an internal dataset that speak of the same actors."""
    load(store, "gids", *PUBLIC_WORLD, speaker="huis", date="2020")
    load(store, "geheim", *STAFF_WORLD, audience="staff", speaker="kluis", date="2024")


def numbers(store: Store, viewer: Viewer) -> dict[str, int]:
    """Return the internal numbers of the actors that a viewer sees, by id."""
    with open_view(store, viewer) as view:
        return {card.id: card.n for card in search(view, "", limit=100).actors}


# -- as if it were not there


def test_the_public_is_told_what_it_would_be_told_without_internal_datasets(ground: Ground, files: Ground):
    def holds(steps: list[Step]) -> None:
        with ground.empty() as store, files.empty() as bare:
            for step in steps:
                step.take(store)
                if step.public:
                    step.take(bare)
            assert everything(store, PUBLIC) == everything(bare, PUBLIC)

    ground.try_all(writes(), holds)


def test_a_suppression_tells_the_public_no_more_than_without_internal_datasets(ground: Ground, files: Ground):
    with ground.empty() as store, files.empty() as bare:
        for one in (store, bare):
            load(one, "gids", *PUBLIC_WORLD)
        load(store, "geheim", *STAFF_WORLD, person("a", identifiers=["wikidata:Q1"]), audience="staff")
        for one in (store, bare):
            suppress(one, "p-1", "desk")
            load(one, "gids", *PUBLIC_WORLD)
        assert everything(store, PUBLIC) == everything(bare, PUBLIC)


def test_who_bears_a_number_is_meant_by_it_as_far_as_the_viewer_may_know(any_store):
    stad = actor("stad", "municipality", "Verzonnen stad", identifiers=["cbs:GM0599"])
    huis = actor("huis", identifiers=["kvk:12345678", "org-id:NL-KVK-12345678"])
    load(any_store, "gids", stad, huis, person("mens", identifiers=["wikidata:Q7"]))
    load(any_store, "geheim", actor("x", identifiers=["kvk:87654321"]), audience="staff")
    meant = {"GM0599": "stad", "gm0599": "stad", "0599": "stad", "cbs:GM0599": "stad", "12345678": "huis"}
    meant |= {"nl-kvk-12345678": "huis", "Q7": "", "GM0014": "", "3023": "", "": ""}
    for viewer, hidden in ((PUBLIC, ""), (STAFF, "intern-x")):
        with open_view(any_store, viewer) as view:
            for text, actor_id in (meant | {"87654321": hidden}).items():
                assert [card.id for card in view.suggestions(text)] == ([actor_id] if actor_id else []), text


def test_no_answer_to_the_public_holds_a_word_of_staff(any_store):
    two_worlds(any_store)
    told = repr(everything(any_store, PUBLIC)).lower()
    for word in ("geheim", "niemand", "wonen", "gouda", "kluis", "brug", "intern", "p-2", "p-3", "rsin", "nota", "q2"):
        assert word not in told
    assert "geheim" in repr(everything(any_store, STAFF)).lower()
    assert "niemand" not in repr(everything(any_store, STAFF)).lower()


def test_an_internal_word_finds_nothing_and_moves_nothing_in_the_order(any_store):
    said = (actor("a-huis", name="Verzonnen Huis"), actor("b-huis", name="Verzonnen Huis"))
    load(any_store, "gids", *said, date="2024")
    assert ids(any_store, text="huis") == ["a-huis", "b-huis"]
    many = [actor(f"klant-{n}") for n in range(5)]
    ties = [tie(one.id, "supports", "id:b-huis") for one in many]
    load(any_store, "geheim", *many, *ties, actor("b", aliases=["Huis"]), audience="staff")
    judge(any_store, "same", "b-huis", "intern-b", "desk")
    assert ids(any_store, text="huis") == ["a-huis", "b-huis"]
    assert ids(any_store, STAFF, text="huis") == ["b-huis", "a-huis"]
    assert ids(any_store, text="klant") == ids(any_store, themes=("wonen",)) == ids(any_store, text="intern") == []


def test_counts_are_of_what_the_viewer_sees(any_store):
    two_worlds(any_store)
    with open_view(any_store, PUBLIC) as view:
        told = overview(view)
    assert told.kinds == {"initiative": 1, "network": 1, "person": 1}
    assert [(one.name, one.speaker) for one in told.datasets] == [("gids", "huis")]
    assert told.datasets[0].counts == {"actors": 3, "ties": 2, "offers": 1, "figures": 1, "waiting": 0}
    assert told.figures == ()
    assert around(any_store, "huis").centre.contacts == 2
    assert around(any_store, "huis", STAFF).centre.contacts == 4
    assert around(any_store, "net", limit=1).more.count == 0


def test_revisions_count_what_the_viewer_could_notice(any_store):
    load(any_store, "gids", actor("huis"))
    load(any_store, "geheim", actor("kluis"), audience="staff")
    load(any_store, "geheim", actor("kluis", name="Anders"), audience="staff")
    remove(any_store, "geheim")
    with open_view(any_store, PUBLIC) as public, open_view(any_store, STAFF) as staff:
        assert (public.revision, public.datasets()[0].revision) == (1, 1)
        assert (staff.revision, staff.datasets()[0].revision, revision(any_store)) == (4, 1, 4)
    load(any_store, "gids", actor("huis", name="Anders"))
    with open_view(any_store, PUBLIC) as public, open_view(any_store, STAFF) as staff:
        assert (public.revision, public.datasets()[0].revision) == (2, 2)
        assert (staff.revision, staff.datasets()[0].revision) == (5, 5)


# -- persons


@pytest.mark.parametrize(
    ("visibility", "public", "staff"), [("public", True, True), ("staff", False, True), ("nobody", False, False)]
)
def test_a_person_shows_as_far_as_its_visibility_says(any_store, visibility, public, staff):
    said = [person("ada", visibility=visibility, lat=52.0, lon=5.0), actor("huis", lat=52.0, lon=5.0)]
    load(any_store, "gids", *said, tie("ada", "works_at", "huis"), offer("ada"), figure("ada"))
    for viewer, seen in ((PUBLIC, public), (STAFF, staff)):
        assert ("p-1" in ids(any_store, viewer)) is seen
        assert bool(ties_of(any_store, "huis", viewer)) is seen
        answer = around(any_store, "huis", viewer, depth=3)
        assert (len(answer.actors), answer.centre.contacts, answer.more.count) == (seen, seen, 0)
        with open_view(any_store, viewer) as view:
            assert (len(nearby(view, "huis").actors), view.counts().get("person", 0)) == (seen, seen)
        if not seen:
            with pytest.raises(NotFoundError) as error:
                shown(any_store, "p-1", viewer)
            assert not isinstance(error.value, GoneError | MovedError)


def test_a_person_is_for_staff_unless_a_dataset_says_otherwise(any_store):
    load(any_store, "gids", actor("ada", "person"), actor("huis"), tie("ada", "works_at", "huis"))
    assert (ids(any_store), sorted(ids(any_store, STAFF))) == (["huis"], ["huis", "p-1"])


def test_a_hidden_person_is_no_step_between_others(any_store):
    said = (actor("huis"), actor("net"), person("bob", visibility="staff", introduces=True))
    load(any_store, "gids", *said, tie("bob", "works_at", "huis"), tie("bob", "works_at", "net"))
    assert around(any_store, "huis", depth=3).actors == ()
    assert [one.actor.id for one in around(any_store, "huis", STAFF, depth=3).actors] == ["p-1", "net"]


def test_a_person_who_is_hidden_later_is_gone_and_comes_back_as_it_was(any_store):
    said = (person("ada", "Ada Verzonnen"), actor("huis"), tie("ada", "works_at", "huis"))
    load(any_store, "gids", *said)
    load(any_store, "gids", person("ada", "Ada Verzonnen", visibility="staff"), *said[1:])
    with pytest.raises(GoneError) as error:
        shown(any_store, "p-1")
    assert "Ada" not in error.value.nl
    assert (ids(any_store, text="ada"), ids(any_store, STAFF, text="ada")) == ([], ["p-1"])
    load(any_store, "gids", *said)
    assert ids(any_store, text="ada") == ["p-1"]


# -- getting around the view


@pytest.mark.parametrize("actor_id", ["intern-huis", "intern-kluis", "p-2", "p-3", "intern-p-7"])
def test_an_id_of_others_is_as_unknown_as_one_that_never_was(any_store, files, actor_id):
    two_worlds(any_store)
    with files.empty() as bare:
        load(bare, "gids", *(one for one in PUBLIC_WORLD if "bob" not in repr(one) and "cas" not in repr(one)))
        for question in (show, neighbourhood, nearby, View.follow):
            told = []
            for store in (any_store, bare):
                with open_view(store, PUBLIC) as view, pytest.raises(NotFoundError) as error:
                    question(view, actor_id)
                told.append((type(error.value), error.value.nl, error.value.en))
            assert told[0] == told[1]
    with open_view(any_store, PUBLIC) as view:
        assert view.with_ids([actor_id]) == []


def test_numbers_of_others_open_nothing(any_store):
    two_worlds(any_store)
    theirs = numbers(any_store, STAFF)
    public = set(numbers(any_store, PUBLIC).values())
    hidden = {n for n in theirs.values() if n not in public}
    with open_view(any_store, STAFF) as staff:
        cards = list(staff.cards(hidden).values())
        arcs = [*staff.arcs([Wanted(n) for n in hidden], 99), *staff.arcs_among(sorted(theirs.values()))]
        assert len(cards) == len(hidden) == 3
        assert {name for n in hidden for name, _ in staff.tie_counts(n)} == {"funds", "works_at"}
    with open_view(any_store, PUBLIC) as view:
        questions: list[Callable[[], Any]] = [
            lambda: view.cards(hidden),
            lambda: list(view.arcs([Wanted(n) for n in hidden], 99)),
            lambda: [arc for n in hidden for out in (True, False) for arc in view.arcs_at(n, "works_at", out, 0, 99)],
            lambda: [view.tie_counts(n) for n in hidden if view.tie_counts(n)],
            lambda: view.offers(sorted(hidden)),
            lambda: view.actors(cards),
            lambda: [arc for arc in view.arcs_among(sorted(theirs.values())) if {arc.at, arc.other} & hidden],
            lambda: view.ties([arc for arc in arcs if arc.dataset == "gids" and {arc.at, arc.other} & hidden], DAY),
            lambda: [card for card in view.every_card() if card.n in hidden],
            lambda: [n for (ns,) in view.card_columns("n") for n in ns if n in hidden],
            lambda: [ties for ties in view.every_tie() if {*ties.at, *ties.other} & hidden],
            lambda: [row for row in view.every_offer() if row.n in hidden],
            lambda: [card for card in view.near(51, 4, 53, 6) if card.n in hidden],
            lambda: view.claimant("rsin:123456789") or view.claimant("wikidata:Q2"),
        ]
        assert [question() or None for question in questions] == [None] * len(questions)


def test_another_viewer_s_card_of_an_actor_opens_one_s_own(any_store):
    two_worlds(any_store)
    with open_view(any_store, STAFF) as staff:
        card = staff.find("huis")
    with open_view(any_store, PUBLIC) as view:
        [whole] = view.actors([card])
    assert whole.card.name == "Verzonnen huis"
    assert "geheim" not in repr(whole).lower()


def test_a_cursor_of_staff_says_nothing_to_the_public_and_the_other_way(any_store):
    load(any_store, "gids", *(actor(f"huis-{n}") for n in range(4)))
    load(any_store, "geheim", *(actor(f"geheim-{n}") for n in range(4)), audience="staff")
    cursors = {}
    for viewer in Viewer:
        with open_view(any_store, viewer) as view:
            cursors[viewer] = search(view, "", limit=2).cursor
    for viewer, other in ((PUBLIC, STAFF), (STAFF, PUBLIC)):
        with open_view(any_store, viewer) as view, pytest.raises(BadInputError, match="cursor"):
            search(view, "", limit=2, cursor=cursors[other])


def test_a_municipality_that_only_staff_knows_filters_nothing_for_the_public(any_store):
    stad = actor("stad", "municipality", name="Geheime Stad", identifiers=["cbs:GM0001"])
    load(any_store, "gids", actor("huis", municipality="GM0001"))
    load(any_store, "geheim", stad, audience="staff")
    assert ids(any_store, municipalities=("GM0001",)) == ["huis"]
    assert sorted(ids(any_store, STAFF, municipalities=("intern-stad",))) == ["huis", "intern-stad"]
    for name in ("intern-stad", "geheime-stad"):
        with open_view(any_store, PUBLIC) as view, pytest.raises(BadInputError) as error:
            search(view, "", Filters(municipalities=(name,)))
        assert "Geheime" not in error.value.nl
        assert "of '" not in error.value.nl
    with open_view(any_store, PUBLIC) as view:
        assert show(view, "huis").municipality is None


def test_a_condition_names_the_networks_that_the_viewer_sees_and_keeps_those_to_come(any_store):
    networks = ["net", "id:bond", TWO, "kvk:99999999"]
    load(any_store, "gids", actor("fonds", "funder"), actor("net", "network"), offer("fonds", members_of=networks))
    load(any_store, "geheim", actor("bond", "network"), actor("club", identifiers=[TWO]), audience="staff")
    load(any_store, "bonden", actor("bond", "network"))
    told = {}
    for viewer in Viewer:
        with open_view(any_store, viewer) as view:
            [one] = show(view, "fonds").actor.offers
            told[viewer] = one.members_of
    assert told[PUBLIC] == ("bond", "kvk:22222222", "kvk:99999999", "net")
    assert told[STAFF] == ("bond", "intern-club", "kvk:99999999", "net")
