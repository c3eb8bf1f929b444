"""Questions on an index that is older than the view: nothing breaks, and what is gone is not told."""

import random
from collections.abc import Callable
from datetime import date
from itertools import pairwise

import pytest
from answered import ids_on
from needing import world
from saying import PUBLIC, STAFF, actor, load, offer, person, tie

from graph.answers_helping import HelpAnswer
from graph.index.building import build
from graph.index.files import Index
from graph.ingest import judge, remove, suppress
from graph.model import Viewer
from graph.questions.askers import Stranger
from graph.questions.paths import paths
from graph.questions.who_can_help import Ask, who_can_help
from graph.records import Record
from graph.store import Store
from graph.view import View, open_view

DAY = date(2026, 6, 1)
ASK = Ask("geld", as_of=DAY)


def indexed(store: Store, viewer: Viewer = PUBLIC) -> Index:
    with open_view(store, viewer) as view:
        return build(view, DAY)


def there(view: View, answer: HelpAnswer) -> None:
    """See that all that is told is in the view."""
    every = [*answer.known, *answer.helpers]
    for it in (*every, *answer.unreachable, *answer.unfit):
        assert view.find(it.actor.id) == it.actor
        assert it.reasons
    for path in (path for it in every for path in (it.path, *it.alternatives)):
        for step in path.steps:
            assert step.end == view.find(step.end.id)
            assert step.tie is None or step.tie in view.ties(view.arcs_among([step.start.n, step.end.n]), DAY).values()
        assert all(one.end == other.start for one, other in pairwise(path.steps))


@pytest.mark.parametrize("seed", range(600, 612))
def test_an_index_of_another_world_breaks_nothing(store: Store, seed: int):
    world(seed, size=10).fill(store)
    indexes = {viewer: indexed(store, viewer) for viewer in (PUBLIC, STAFF)}
    world(seed + 50, size=7).fill(store)
    judge(store, "same", "a1", "a2", "desk")
    dice = random.Random(seed)
    for viewer, index in indexes.items():
        with open_view(store, viewer) as view:
            ids = sorted(card.id for card in view.every_card())
            for _ in range(6):
                who = dice.choice([*ids, Stranger(contacts=tuple(dice.sample(ids, 2)))])
                ask = Ask(dice.choice(["geld", "kennis"]), max_steps=dice.randint(1, 6), limit=3, as_of=DAY)
                answer = who_can_help(view, index, who, ask)
                there(view, answer)
                assert answer.revision == index.about.revision
            for one, other in (dice.sample(ids, 2) for _ in range(6)):
                assert paths(view, index, one, other, 5, 10, DAY).revision == index.about.revision


def small() -> list[Record]:
    """A world in which two ways lead to a fund."""
    ids = ("wij", "brug", "weg")
    ways = [tie("wij", "partner_of", "brug"), tie("brug", "partner_of", "fonds")]
    ways += [tie("wij", "supports", "weg"), tie("weg", "partner_of", "fonds")]
    return [*(actor(id) for id in ids), actor("fonds", "funder"), offer("fonds", help="geld"), *ways]


def without(*gone: Callable[[Record], bool]) -> Callable[[Store], object]:
    return lambda store: load(store, "gids", *(it for it in small() if not any(test(it) for test in gone)))


def names(*ids: str) -> Callable[[Record], bool]:
    return lambda record: set(ids) <= set(record.names)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda store: None, [("brug", "fonds"), ("weg", "fonds")]),
        (without(names("brug")), []),
        (without(names("brug", "fonds")), []),
        (without(names("weg", "fonds")), [("brug", "fonds")]),
        (without(names("weg")), [("brug", "fonds")]),
        (without(names("fonds"), names("brug", "fonds"), names("weg", "fonds")), []),
        (without(lambda it: type(it).__name__ == "OfferRecord"), []),
        (lambda store: judge(store, "same", "brug", "weg", "desk"), [("brug", "fonds")]),
        (
            lambda store: load(store, "krant", tie("id:wij", "partner_of", "id:brug", status="rejected"), date="2026"),
            [],
        ),
        (
            lambda store: load(store, "krant", offer("id:fonds", "declines", "geld")),
            [("brug", "fonds"), ("weg", "fonds")],
        ),
    ],
)
def test_what_is_gone_since_the_index_was_made_is_not_told(store: Store, change, told):
    load(store, "gids", *small(), date="2025")
    index = indexed(store)
    with open_view(store, PUBLIC) as view:
        assert who_can_help(view, index, "wij", ASK).helpers  # what is told of this revision is kept beside the index
    change(store)
    with open_view(store, PUBLIC) as view:
        answer = who_can_help(view, index, "wij", ASK)
        there(view, answer)
    assert [ids_on(path) for it in answer.helpers for path in (it.path, *it.alternatives)] == told


def test_a_person_who_is_hidden_since_is_not_told(store: Store):
    known = [actor("wij"), tie("wij", "partner_of", "p-1"), offer("p-1", help="geld")]
    load(store, "gids", person("p-1", introduces=True), *known)
    index = indexed(store)
    load(store, "gids", person("p-1", introduces=True, visibility="staff"), *known)
    with open_view(store, PUBLIC) as view:
        answer = who_can_help(view, index, "wij", ASK)
    assert (answer.known, answer.helpers, answer.unreachable, answer.unfit) == ((), (), (), ())
    suppress(store, "p-1", "desk")
    with open_view(store, STAFF) as view:
        assert not who_can_help(view, index, "wij", ASK).known


def test_who_came_since_has_no_way_in_yet(store: Store):
    load(store, "gids", *small())
    index = indexed(store)
    load(store, "krant", actor("nieuw"), actor("ander"), tie("nieuw", "partner_of", "id:fonds"))
    with open_view(store, PUBLIC) as view:
        answer = who_can_help(view, index, "nieuw", ASK)
        assert (answer.asker, answer.missing) == (view.find("nieuw"), ("no_ties",))
        assert [it.actor.id for it in answer.unreachable] == ["fonds"]
        assert paths(view, index, "nieuw", "fonds").paths == ()
        assert paths(view, index, "fonds", "nieuw").paths == ()


def test_an_index_of_what_was_removed_tells_nothing(store: Store):
    load(store, "gids", *small())
    load(store, "krant", actor("hier"), tie("hier", "partner_of", "id:brug"))
    index = indexed(store)
    remove(store, "gids")
    with open_view(store, PUBLIC) as view:
        answer = who_can_help(view, index, "hier", ASK)
    assert (answer.known, answer.helpers, answer.unreachable, answer.unfit) == ((), (), (), ())
