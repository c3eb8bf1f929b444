"""Themes, municipalities and networks, on every store: what is counted, who gives, what fits; and that secrets stay secret."""

from collections.abc import Iterator

import pytest
from saying import PUBLIC, STAFF, actor, figure, load, offer, person, tie

from graph.answers import Part
from graph.answers_sector import Networks, Portrait
from graph.errors import BadInputError, NotFoundError
from graph.index.building import build
from graph.model import Count, Viewer
from graph.questions import excerpt, portraits
from graph.questions.askers import Stranger
from graph.questions.networks import Wish, networks
from graph.questions.tallying import Tallies, Tally
from graph.store import Store
from graph.view import View, open_view, today

TOWN = "GM0599"
WORLD = (
    actor("stad", "municipality", "Gemeente Rotterdam", municipality=TOWN),
    actor("wij", themes=("jeugd",), municipality=TOWN),
    actor("buren", themes=("voedsel",), municipality=TOWN),
    actor("ver", themes=("jeugd",), municipality="GM0363"),
    actor("overal", themes=("jeugd",)),
    actor("club", "network", themes=("jeugd", "sport"), municipality=TOWN),
    actor("bond", "network", themes=("jeugd",)),
    actor("kring", "network", themes=("voedsel",), municipality="GM0363"),
    actor("stil", "network", municipality="GM0363"),
    actor("fonds", "funder"),
    actor("oud-fonds", "funder"),
    person("mens", municipality=TOWN, themes=("jeugd",)),
    tie("fonds", "funds", "wij", amount=10),
    tie("fonds", "funds", "buren", amount=20),
    tie("oud-fonds", "lends_to", "wij"),
    tie("oud-fonds", "funds", "ver", status="rejected"),
    tie("wij", "commissioned_by", "stad"),
    tie("wij", "funds", "overal"),
    tie("wij", "member_of", "club"),
    tie("buren", "member_of", "kring"),
    tie("ver", "member_of", "bond"),
    tie("overal", "member_of", "bond"),
    tie("mens", "member_of", "bond"),
    offer("bond", "offers", "netwerk.lidmaatschap", area=("NL",), conditions="contributie", legal_forms=("stichting",)),
    offer("bond", "offers", "geld.opdracht"),
    offer("fonds", "offers", "geld.subsidie", themes=("jeugd",), area=("PV28",)),
    offer("oud-fonds", "refers", "geld.subsidie", area=(TOWN,)),
    offer("oud-fonds", "declines", "geld.prijs", area=(TOWN,), themes=("jeugd",)),
    offer("wij", "needs", "geld", themes=("jeugd",)),
    offer("wij", "offers", "kennis.advies"),
    figure("wij", "bezoekers", 12),
    figure("ver", "bezoekers", 13),
)
SECRET = (
    actor("geheim", "funder", themes=("jeugd",), municipality=TOWN),
    tie("geheim", "funds", "id:wij"),
    tie("id:wij", "member_of", "id:bond"),
    offer("geheim", themes=("jeugd",), area=(TOWN,)),
    figure("id:wij", "geheim", 1),
)


@pytest.fixture
def sector(any_store: Store) -> Iterator[Store]:
    load(any_store, "made-up", *WORLD)
    load(any_store, "intern", *SECRET, audience="staff")
    yield any_store


def ids(some: object) -> list[str]:
    return [one.actor.id for one in some]


def test_what_is_told_of_themes_and_municipalities(sector: Store) -> None:
    with open_view(sector, PUBLIC) as view:
        tally = Tally(view)
        counted = {one.id: one.kinds for one in portraits.themes(view, tally).themes}
        assert counted["jeugd"] == counted["zorg-welzijn"] == {"initiative": 3, "network": 2}, "persons are not counted"
        assert counted["klimaat-groen"] == {"initiative": 1, "network": 1}
        assert counted["wonen"] == {}
        towns = portraits.municipalities(view, tally)
        assert [(one.id, one.province, one.total) for one in towns.municipalities] == [
            ("GM0363", "PV27", 3),  # of which nobody said a province: it is known by the code
            (TOWN, "PV28", 3),
        ]
        assert portraits.municipalities(view, tally, 1).more == Count(1)
        assert towns.without == 4
        told = portraits.coverage(view, tally)
        assert (told.actors, told.placed, told.themed, told.networks, told.asking) == (11, 7, 7, 4, 1)
        assert told.helping == 4
        check_the_town(portraits.of_municipality(view, tally, "stad"))
        theme = portraits.of_theme(view, tally, "jeugd", limit=1)
        assert (theme.groups[0].kind, theme.groups[0].more) == ("initiative", Count(2))
        assert ids(theme.offers) == ["fonds"]
        assert ids(theme.networks) == ["bond"]
        assert theme.networks[0].count == Count(2)
        with pytest.raises(NotFoundError, match="theme"):
            portraits.of_theme(view, tally, "jeugt")
        for name in ("wij", "GM9999"):
            with pytest.raises(NotFoundError):
                portraits.of_municipality(view, tally, name)


def check_the_town(town: Portrait) -> None:
    assert {group.kind: [card.id for card in group.actors] for group in town.groups} == {
        "initiative": ["wij", "buren"],
        "network": ["club"],
    }
    assert [(one.actor.id, one.count.count) for one in town.givers] == [("fonds", 2), ("oud-fonds", 1), ("stad", 1)]
    assert [tie.amount for tie in town.givers[0].ties] == [10, 20]
    assert ids(town.networks) == ["club", "kring"]
    assert town.helps == {"kennis": 1, "kennis.advies": 1}, "a help counts with its kinds"
    assert ids(town.offers) == ["oud-fonds", "fonds"], "the municipality itself, then its province; not the country"
    assert [[offer.stance for offer in one.offers] for one in town.offers] == [["refers"], ["offers"]]
    assert [(one.about, one.value) for one in town.figures] == [("wij", 12)]
    assert town.looked == Count(4)


def test_staff_sees_more_and_the_public_nothing_of_it(sector: Store) -> None:
    kept = Tallies()
    told = {}
    for viewer in (STAFF, PUBLIC):
        with open_view(sector, viewer) as view:
            tally = kept.of(view)
            assert kept.of(view) is tally, "it is counted once"
            town = portraits.of_municipality(view, tally, TOWN)
            told[viewer] = (ids(town.givers), ids(town.offers), len(town.figures), "bond" in ids(town.networks))
    assert told[PUBLIC] == (["fonds", "oud-fonds", "stad"], ["oud-fonds", "fonds"], 1, False)
    assert told[STAFF] == (
        ["fonds", "intern-geheim", "oud-fonds", "stad"],
        ["intern-geheim", "oud-fonds", "fonds"],
        2,
        True,
    )
    load(sector, "later", actor("nieuw", municipality=TOWN))
    with open_view(sector, Viewer.PUBLIC) as view:
        assert kept.of(view).actors == 12, "and again when the view is of a newer revision"


def compare(view: View, asker: str | Stranger, *beside: str, themes: tuple[str, ...] = ()) -> Networks:
    return networks(view, build(view, today()), Tally(view), asker, Wish(themes, beside))


def test_networks_side_by_side(sector: Store) -> None:
    with open_view(sector, PUBLIC) as view:
        answer = compare(view, "wij")
        assert [(one.actor.id, one.reach, one.member) for one in answer.near] == [
            ("club", "here", True),
            ("kring", "members", False),
        ]
        assert [(one.actor.id, one.reach, one.shared) for one in answer.beyond] == [("bond", "national", ("jeugd",))]
        assert [side.network.actor.id for side in answer.sides] == ["kring", "bond", "club"], "not yet a member: first"
        kring, bond, club = answer.sides
        assert {offer.help for offer in bond.offers} == {"netwerk.lidmaatschap", "geld.opdracht"}
        assert bond.gave == {"netwerk.lidmaatschap": 3}
        assert [(it.what, it.met) for it in bond.reasons if it.what not in ("offers", "gave")] == [
            ("area", True),
            ("legal_form", None),
            ("conditions", None),
        ]
        assert [(one.actor.id, one.shared, one.near) for one in bond.members] == [
            ("overal", ("jeugd",), False),
            ("ver", ("jeugd",), False),
        ]
        assert bond.known_members == Count(2), "persons are not told of"
        assert [step.end.id for step in bond.path.steps] == ["overal", "bond"]
        assert [(one.actor.id, one.near) for one in kring.members] == [("buren", True)]
        assert [step.end.id for step in kring.path.steps] == ["fonds", "buren", "kring"]
        assert (club.members, club.known_members) == ((), Count(1)), "the asker is no news to itself"


def test_who_is_in_a_network_on_the_day_is_said_alike_wherever_it_is_told(any_store: Store) -> None:
    names = ("vast", "weg", "straks", "misschien")
    members = [actor(name, themes=("jeugd",), municipality=TOWN) for name in names]
    here = actor("hier", municipality=TOWN)
    load(any_store, "toen", actor("bond", "network"), here, *members, tie("weg", "member_of", "bond"), date="2020")
    statuses = {"id:vast": "current", "id:weg": "former", "id:straks": "planned", "id:misschien": "conditional"}
    load(any_store, "nu", *(tie(one, "member_of", "id:bond", status=it) for one, it in statuses.items()), date="2026")
    with open_view(any_store, PUBLIC) as view:
        [side] = compare(view, "hier", "bond").sides
        assert (ids(side.members), side.known_members) == (["vast"], Count(1))
        assert [one.count for one in portraits.of_theme(view, Tally(view), "jeugd").networks] == [Count(1)]
        assert [card.id for card in excerpt(view, Part(network="bond")).actors] == ["bond", "vast"]
    load(any_store, "nu", tie("id:vast", "member_of", "id:bond", status="former"), date="2026")
    with open_view(any_store, PUBLIC) as view:
        assert [one.reach for one in (*compare(view, "hier").near, *compare(view, "hier").beyond)] == ["members"]
    load(any_store, "nu", tie("id:weg", "member_of", "id:bond", status="former"), date="2026")
    with open_view(any_store, PUBLIC) as view:
        assert [one.reach for one in (*compare(view, "hier").near, *compare(view, "hier").beyond)] == [""]


def test_networks_for_who_is_no_actor(sector: Store) -> None:
    with open_view(sector, PUBLIC) as view:
        answer = compare(view, Stranger("Rotterdam", ("voedsel",)))
        assert [one.actor.id for one in answer.near] == ["kring", "club"]
        assert (answer.asker, answer.told, answer.themes) == (None, True, ("klimaat-groen", "voedsel"))
        nobody = compare(view, Stranger(), "stil", "bond")
        assert (nobody.told, nobody.near) == (False, ())
        assert [(side.network.actor.id, side.path) for side in nobody.sides] == [("stil", None), ("bond", None)]
        assert compare(view, Stranger()).sides == ()
        with pytest.raises(BadInputError, match="4 networks"):
            compare(view, "wij", "club", "bond", "kring", "stil", "club")
        with pytest.raises(NotFoundError, match="nergens"):
            compare(view, "wij", "nergens")
