"""Questions for help that cannot be answered are refused with what is wrong and what would do, in both languages."""

from typing import Any

import pytest
from saying import PUBLIC, STAFF, actor, load, offer, person, tie
from wanting import asked, of

from graph.errors import BadInputError, GoneError, MovedError, NotFoundError
from graph.ingest import judge
from graph.questions.askers import Stranger
from graph.store import Store


@pytest.fixture
def small(store: Store) -> Store:
    hidden = person("p-1", "Verzonnen Ada", visibility="staff", introduces=True)
    fund = [actor("fonds", "funder"), offer("fonds", help="geld")]
    load(store, "gids", actor("wij"), *fund, hidden, tie("wij", "partner_of", "fonds"), tie("p-1", "works_at", "fonds"))
    return store


@pytest.mark.parametrize(
    ("asking", "field", "said"),
    [
        ({"help": "geld.leening"}, "help", ["'geld.leening'", "'geld.lening'?", "netwerk.verbinden"]),
        ({"help": "xyz"}, "help", ["'xyz'", "kennis.advies"]),
        ({"help": ""}, "help", ["''", "kennis.advies"]),
        ({"help": "Geld"}, "help", ["'Geld'", "'geld'?"]),
        ({"themes": ("jeugd", "joegd")}, "theme", ["'joegd'", "'jeugd'?", "wonen"]),
        ({"max_steps": 0}, "maxSteps", ["maxSteps", "0", "1", "6"]),
        ({"max_steps": 7}, "maxSteps", ["maxSteps", "7", "1", "6"]),
        ({"limit": 0}, "limit", ["limit", "0", "1", "50"]),
        ({"limit": 51}, "limit", ["limit", "51", "1", "50"]),
        ({"limit": -1}, "limit", ["limit", "-1", "1", "50"]),
        ({"help": "xyz", "max_steps": 7, "limit": 0}, "help", ["'xyz'", "maxSteps", "limit"]),
        ({"themes": ("jeugd", "joegd", "wonne")}, "theme", ["'joegd', 'wonne'", "'jeugd', 'wonen'?"]),
        ({"asker": Stranger("Nergenshuizen", ("xyz",), ("p-1",))}, "themes", ["'xyz'", "'p-1'", "'Nergenshuizen'"]),
        ({"asker": Stranger("GM9999")}, "place", ["'GM9999'", "CBS"]),
        ({"asker": Stranger("Bergen")}, "place", ["'Bergen'", "'gemeente Bergen (NH.)'", "'gemeente Bergen (L.)'"]),
        ({"asker": Stranger(themes=("joegd",))}, "themes", ["'joegd'", "'jeugd'?"]),
        ({"asker": Stranger("Nergenshuizen")}, "place", ["'Nergenshuizen'", "GM0599"]),
        ({"asker": Stranger("Roterdam")}, "place", ["'Roterdam'", "gemeente Rotterdam"]),
        ({"asker": Stranger("GM12")}, "place", ["'GM12'", "GM0599"]),
        ({"asker": Stranger("wij")}, "place", ["'wij'", "GM0599"]),
        ({"asker": Stranger("!?")}, "place", ["'!?'", "GM0599"]),
        ({"asker": Stranger(contacts=("", "p-1"))}, "contacts", ["''", "'p-1'"]),
    ],
)
def test_what_is_wrong_and_what_would_do_is_said_in_both_languages(
    small: Store, asking: dict[str, Any], field: str, said: list[str]
):
    with pytest.raises(BadInputError) as caught:
        asked(small, **{"help": "geld"} | asking)
    assert caught.value.field == field
    assert caught.value.nl != caught.value.en
    for part in said:
        assert part in caught.value.nl
        assert part in caught.value.en


def test_an_asker_that_is_a_hidden_person_is_refused_in_the_words_for_one_that_is_not_there(small: Store):
    texts = []
    for asker in ("p-1", "p-9"):
        with pytest.raises(NotFoundError) as caught:
            asked(small, "geld", asker)
        texts.append([text.replace(asker, "…") for text in (caught.value.nl, caught.value.en)])
        assert (type(caught.value), caught.value.near) == (NotFoundError, [])
    assert texts[0] == texts[1]
    assert asked(small, "geld", "p-1", STAFF).known


def test_an_asker_that_is_not_there_gets_the_nearest_names(small: Store):
    with pytest.raises(NotFoundError, match="'fonds'") as caught:
        asked(small, "geld", "fondz")
    assert [id for id, _ in caught.value.near] == ["fonds"]


def test_an_asker_that_is_gone_or_goes_by_another_id_is_told_so(store: Store):
    load(store, "gids", actor("a"), actor("b"), actor("c"))
    judge(store, "same", "a", "b", "desk")
    load(store, "gids", actor("a"), actor("b"))
    with pytest.raises(MovedError) as moved:
        asked(store, "geld", "b")
    assert moved.value.to == "a"
    with pytest.raises(GoneError):
        asked(store, "geld", "c")


def test_a_hidden_person_is_in_no_part_of_an_answer(small: Store):
    load(small, "krant", offer("id:p-1", help="geld"), actor("brug"), tie("id:p-1", "partner_of", "brug"))
    assert of(asked(small, "geld"), "p-1") is None
    assert of(asked(small, "geld", viewer=STAFF), "p-1") is not None
    assert not asked(small, "geld", "brug").helpers
    assert [it.actor.id for it in asked(small, "geld", "brug", STAFF).helpers] == ["fonds"]


def test_who_has_no_ties_and_a_help_that_nobody_has_are_told_as_missing(store: Store):
    load(store, "gids", actor("wij"), actor("fonds"), offer("fonds", help="geld"))
    assert asked(store, "geld").missing == ("no_ties",)
    assert asked(store, "kennis").missing == ("no_ties", "no_helpers")
    load(store, "gids", actor("wij"), actor("fonds"), tie("wij", "partner_of", "fonds"))
    answer = asked(store, "kennis")
    assert (answer.missing, answer.complete, answer.more.count, answer.more.exact) == (("no_helpers",), True, 0, True)


def test_an_asker_alone_in_the_world_is_answered(store: Store):
    load(store, "gids", actor("wij"))
    for steps in (1, 6):
        answer = asked(store, "geld", max_steps=steps)
        assert (answer.known, answer.helpers, answer.unreachable, answer.unfit) == ((), (), (), ())
    assert asked(store, "geld", Stranger(), viewer=PUBLIC).missing == ("no_ties", "no_helpers")
