"""What a view told is kept for the next question of the same revision, and of that alone."""

from datetime import date

import pytest
from saying import PUBLIC, STAFF, actor, load, offer, tie

from graph.index.building import build
from graph.questions import caching
from graph.questions.caching import Kept
from graph.questions.who_can_help import Ask, who_can_help
from graph.store import Store
from graph.view import View, open_view

DAY = date(2026, 6, 1)
ASK = Ask("geld", as_of=DAY)
SMALL = [
    *(actor(id) for id in ("wij", "brug")),
    actor("fonds", "funder"),
    actor("bank", "funder", websites=("https://bank.example",)),
    tie("wij", "partner_of", "brug"),
    tie("brug", "partner_of", "fonds"),
    offer("bank", help="geld"),
]


def test_what_was_told_is_not_read_again(store: Store, monkeypatch: pytest.MonkeyPatch):
    load(store, "gids", *SMALL, offer("fonds", help="geld"))
    with open_view(store, PUBLIC) as view:
        index = build(view, DAY)
        first = who_can_help(view, index, "wij", ASK)
    assert [it.actor.id for it in first.helpers] == ["fonds"]
    assert [it.way_in for it in first.unreachable] == [("https://bank.example",)]
    read = []
    for name in ("offers", "fields", "arcs_between"):
        monkeypatch.setattr(View, name, lambda *told, name=name: read.append(name))
    with open_view(store, PUBLIC) as view:
        assert who_can_help(view, index, "wij", ASK) == first
    assert read == []


def test_of_another_revision_or_viewer_nothing_is_kept(store: Store):
    load(store, "gids", *SMALL, offer("fonds", help="geld"))
    with open_view(store, PUBLIC) as view:
        index = build(view, DAY)
        assert who_can_help(view, index, "wij", ASK).helpers
    load(store, "krant", offer("id:fonds", "declines", "geld"), audience="staff")
    with open_view(store, STAFF) as view:
        [helper] = who_can_help(view, index, "wij", ASK).helpers
        assert [reason.what for reason in helper.reasons] == ["declines", "offers"]
    load(store, "gids", *SMALL, offer("fonds", "refers", help="geld"))
    with open_view(store, PUBLIC) as view:
        [helper] = who_can_help(view, index, "wij", ASK).helpers
        assert [reason.what for reason in helper.reasons] == ["refers"]


def test_no_more_is_kept_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(caching, "MOST", 3)
    kept, asked = Kept[int, str](), list[list[int]]()

    def find(keys: list[int]) -> dict[int, str]:
        asked.append(keys)
        return {key: str(key) for key in keys if key < 9}

    for keys in ([1, 2], [2, 3], [1, 4, 9], [4, 9], [1]):
        assert kept.of(keys, find) == {key: str(key) for key in keys if key < 9}
    assert asked == [[1, 2], [3], [4, 9], [9], [1]]
