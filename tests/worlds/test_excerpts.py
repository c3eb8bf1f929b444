"""Parts of the sector: who is in them, in which order, with which ties, and how many are left out."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from saying import PUBLIC, STAFF, actor, load, person, tie

from api.drawings import of_excerpt
from graph.answers import Excerpt, Part
from graph.errors import BadInputError, NotFoundError
from graph.ingest import judge
from graph.model import Count, Viewer
from graph.questions import excerpt
from graph.store import Store
from graph.view import open_view

DAY = date(2026, 6, 1)
CITY = "GM0599"


@pytest.fixture
def world(any_store) -> Store:
    """A city with a network: members of now, of before and of later; the staff knows of one more, and of a second name."""
    stad = actor("stad", "municipality", "Verzonnen stad", identifiers=(f"cbs:{CITY}",))
    netwerk = actor("netwerk", "network", "Verzonnen netwerk")
    clubs = [actor(f"club-{n}", municipality=CITY if n % 2 else None, themes=("wonen",)) for n in range(9)]
    statuses = {0: "current", 1: "current", 2: "former", 3: "planned", 4: "rejected", 8: "conditional"}
    members = [tie(f"club-{n}", "member_of", "netwerk", status=status) for n, status in statuses.items()]
    dated = [
        tie("club-5", "member_of", "netwerk", since="2019", until="2025"),
        tie("club-6", "member_of", "netwerk", since="2019", until="2026"),
        tie("club-7", "member_of", "netwerk", since="2026-07"),
    ]
    mens = person("mens", "Verzonnen Mens", "staff", municipality=CITY)
    ties = [
        tie("club-1", "partner_of", "club-3"),
        tie("mens", "board_member_of", "club-1"),
        tie("club-1", "located_in", "stad"),
    ]
    load(any_store, "gids", stad, netwerk, *clubs, mens, *members, *dated, *ties, title="Verzonnen gids")
    own = actor("vriend", name="Verzonnen vriend", municipality=CITY, themes=("jeugd",))
    said = [
        tie("vriend", "member_of", "id:netwerk"),
        tie("vriend", "partner_of", "id:club-1"),
        tie("id:club-3", "partner_of", "id:club-1"),
    ]
    load(any_store, "lijst", own, actor("tweede", name="Club nul"), *said, audience="staff")
    judge(any_store, "same", "club-0", "intern-tweede", "desk")
    return any_store


def asked(store: Store, viewer: Viewer = PUBLIC, limit: int = 500, **part: Any) -> Excerpt:
    with open_view(store, viewer) as view:
        return excerpt(view, Part(**part), limit, DAY)


def ids(answer: Excerpt) -> list[str]:
    return [card.id for card in answer.actors]


@pytest.fixture(params=["as it is", "in small pages"])
def pages(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Everything read at once, or a few at a time, as in a large store."""
    if request.param == "in small pages":
        for name, size in (("PAGE", 3), ("FEWEST", 3), ("GATHERED", 0)):
            monkeypatch.setattr(f"graph.questions.excerpts.{name}", size)
    yield


def test_a_part_has_who_is_in_it_and_the_ties_among_them(world, pages):
    whole, staff = asked(world), asked(world, STAFF)
    assert ids(whole)[:3] == ["netwerk", "club-1", "club-3"]  # by contacts
    assert (len(whole.actors), len(staff.actors), whole.more, staff.more) == (11, 13, Count(0), Count(0))
    assert whole.subject is whole.dataset is None

    members = asked(world, network="netwerk")
    assert ids(members) == ["netwerk", "club-1", "club-0", "club-6"]
    assert {(t.source, t.target) for t in members.ties} == {(c, "netwerk") for c in ("club-0", "club-1", "club-6")}
    assert ids(asked(world, STAFF, network="netwerk")) == ["netwerk", "club-1", "intern-vriend", "club-0", "club-6"]

    city = asked(world, municipalities=("stad",))
    assert ids(city) == ids(asked(world, municipalities=(CITY,))) == ["stad", "club-1", "club-3", "club-5", "club-7"]
    assert city.subject and city.subject.id == "stad"
    assert {(t.source, t.kind) for t in city.ties} == {("club-1", "partner_of"), ("club-1", "located_in")}
    assert set(ids(asked(world, STAFF, municipalities=("stad",)))) == {*ids(city), "intern-vriend", "p-1"}

    assert set(ids(asked(world, themes=("wonen",)))) == {f"club-{n}" for n in range(9)}
    assert ids(asked(world, themes=("jeugd",))) == []
    assert ids(asked(world, text="verzonnen netw")) == ["netwerk"]
    assert ids(asked(world, text="!?")) == []
    assert set(ids(asked(world, dataset="gids"))) == set(ids(whole))
    assert ids(asked(world, STAFF, dataset="lijst")) == ["intern-vriend", "club-0"]


def test_a_limit_keeps_the_best_connected_and_counts_the_rest(world, pages, monkeypatch):
    whole = ids(asked(world))
    for limit in range(1, 13):
        answer = asked(world, limit=limit)
        assert (ids(answer), answer.more) == (whole[:limit], Count(max(0, 11 - limit)))
        shown = set(ids(answer))
        assert {t.source for t in answer.ties} | {t.target for t in answer.ties} <= shown
        assert (ids(asked(world, limit=limit, dataset="gids"))) == whole[:limit]
    assert asked(world, limit=2, network="netwerk").more == Count(2)
    monkeypatch.setattr("graph.questions.excerpts.COUNTED", 2)
    assert asked(world, limit=2, themes=("wonen",)).more == Count(2, exact=False)
    assert asked(world, limit=7, themes=("wonen",)).more == Count(2)
    monkeypatch.setattr("graph.questions.ties.TIES_PER_ACTOR", 1)
    few = asked(world, limit=3, network="netwerk")
    assert len(few.ties) + few.more_ties.count == 2
    monkeypatch.setattr("graph.questions.ties.TIES_PER_ACTOR", 0)
    assert asked(world, limit=3, network="netwerk").more_ties == Count(2)


def test_what_is_asked_of_a_part_is_checked(world):
    wrong: list[dict[str, Any]] = [
        {"network": "netwerk", "dataset": "gids"},
        {"network": "netwerk", "themes": ("wonen",)},
        {"text": "club", "dataset": "gids"},
        {"dataset": "lijst"},
        {"dataset": "onbekend"},
        {"themes": ("onbekend",)},
        {"municipalities": ("onbekend",)},
        {"limit": 0},
        {"limit": 2001},
    ]
    for part in wrong:
        with pytest.raises(BadInputError) as caught:
            asked(world, **part)
        assert "lijst" not in caught.value.nl.replace("'lijst'", "")
    with pytest.raises(NotFoundError):
        asked(world, network="intern-vriend")


def test_it_is_told_what_shows_those_who_are_left_out_and_would_do_for_this_part(world, monkeypatch):
    def told(**part: Any) -> str:
        return of_excerpt(asked(world, limit=2, **part), "en", PUBLIC).left_out.partition(" (")[2]

    parts = ({"municipalities": ("stad",)}, {"themes": ("wonen",)}, {"network": "netwerk"}, {"dataset": "gids"})
    assert told() == "choose a municipality, theme, network or kind to see them)"
    assert {told(**part) for part in parts} == {"a higher limit, 2000 at most, shows more of them)"}
    monkeypatch.setattr("api.drawings.MAX_LIMIT", 2)
    assert {told(**part) for part in parts} == {"an export has everyone)"}


def test_a_part_is_drawn_under_its_name(world):
    drawn = of_excerpt(asked(world, network="netwerk", limit=2), "nl", PUBLIC)
    assert (drawn.title, drawn.centre, drawn.audience) == ("Verzonnen netwerk en leden", "netwerk", "public")
    assert drawn.left_out == "2 actoren met minder contacten (een hogere limit, hoogstens 2000, toont er meer)"
    city = of_excerpt(asked(world, municipalities=("stad",), limit=2), "nl", PUBLIC)
    assert (city.centre, [card.id for card in city.actors]) == ("stad", ["stad", "club-1"])
    clubs = of_excerpt(asked(world, municipalities=("stad",), kinds=("initiative",)), "nl", PUBLIC)
    assert (clubs.centre, len(clubs.actors)) == ("", 4)
    titles = {
        "Verzonnen stad": {"municipalities": ("stad",)},
        "GM0001": {"municipalities": ("GM0001",)},
        "Verzonnen gids": {"dataset": "gids"},
        "The collective sector": {},
        "“club” · initiative": {"text": " club", "kinds": ("initiative",)},
    }
    for title, part in titles.items():
        assert of_excerpt(asked(world, **part), "en", PUBLIC).title == title
