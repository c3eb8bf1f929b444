"""Who is who: ids minted once and kept, records joined and held apart, judgements that last, each viewer for itself."""

import pytest
from saying import PUBLIC, STAFF, actor, around, ids, load, offer, person, revision, shown, tie, ties_of

from graph.errors import BadInputError, GoneError, MovedError, NotFoundError
from graph.ingest import identity, judge, remove, take_back
from graph.model import Viewer
from graph.questions import show
from graph.store import Store
from graph.view import open_view

ONE, TWO = "kvk:11111111", "kvk:22222222"


def moved_to(store: Store, actor_id: str, viewer: Viewer = PUBLIC) -> str:
    """Return the id that an actor goes by now."""
    with pytest.raises(MovedError) as moved, open_view(store, viewer) as view:
        show(view, actor_id)
    with open_view(store, viewer) as view:
        assert view.follow(actor_id).id == moved.value.to
    return moved.value.to


def also(store: Store, actor_id: str, viewer: Viewer = PUBLIC) -> tuple[str, ...]:
    """Return the other ids that an actor bears."""
    with open_view(store, viewer) as view:
        return show(view, actor_id).actor.also


# -- minting


def test_an_id_is_the_local_one_if_free_and_else_gets_a_number(any_store):
    for name in ("a", "b", "c"):
        load(any_store, name, actor("huis"), actor("Het Huis!"))
    assert sorted(ids(any_store)) == ["het-huis", "het-huis-2", "het-huis-3", "huis", "huis-2", "huis-3"]


def test_of_a_numbered_list_ids_come_from_names_and_stay_when_those_change(any_store):
    load(
        any_store,
        "a",
        actor("1", name="De Verzonnen Tuin"),
        actor("0-2", name="Het Huis"),
        person("3", "Ada Verzonnen"),
    )
    assert sorted(ids(any_store)) == ["de-verzonnen-tuin", "het-huis", "p-1"]
    load(any_store, "a", actor("1", name="Hof"), actor("0-2", name="Het Huis"), person("3", "Ada Verzonnen"))
    assert sorted(ids(any_store)) == ["de-verzonnen-tuin", "het-huis", "p-1"]
    assert shown(any_store, "de-verzonnen-tuin")["name"] == "Hof"


def test_an_id_is_kept_while_its_record_is_away_and_nobody_else_gets_it(any_store):
    load(any_store, "a", actor("huis"), person("ada"))
    remove(any_store, "a")
    load(any_store, "b", actor("huis"), person("ada"))
    assert sorted(ids(any_store)) == ["huis-2", "p-2"]
    load(any_store, "a", person("ada"), actor("tuin"), actor("huis", name="Verzonnen huis, terug"))
    assert sorted(ids(any_store)) == ["huis", "huis-2", "p-1", "p-2", "tuin"]
    assert shown(any_store, "huis")["name"] == "Verzonnen huis, terug"


def test_ids_of_persons_are_opaque_and_count_up_in_load_order(any_store):
    load(any_store, "a", person("zoe", "Zoë Verzonnen"), person("ada", "Ada Verzonnen"))
    load(any_store, "b", person("bob", "Bob Verzonnen", visibility="staff"), person("cas", "Cas Verzonnen"))
    names = {id: shown(any_store, id, STAFF)["name"] for id in ids(any_store, STAFF)}
    assert names == {"p-1": "Zoë Verzonnen", "p-2": "Ada Verzonnen", "p-3": "Bob Verzonnen", "p-4": "Cas Verzonnen"}


def test_no_record_can_take_an_id_that_means_something_else(any_store):
    load(any_store, "a", actor("p-1"), actor("intern-huis"), actor("p-7"), person("ada"))
    load(any_store, "b", actor("huis"), actor("p-1"), person("bob"), audience="staff")
    assert sorted(ids(any_store)) == ["a-intern-huis", "a-p-1", "a-p-7", "p-1"]
    internal = set(ids(any_store, STAFF)) - set(ids(any_store))
    assert {"intern-huis", "intern-a-p-1"} < internal
    assert all(id.startswith("intern-") for id in internal)


def test_of_new_actors_only_those_that_share_an_identifier_are_looked_at_again(any_store, monkeypatch):
    load(any_store, "a", actor("huis", identifiers=(ONE,)), tie("huis", "partner_of", "id:tuin"))
    asked, real = list[set[int]](), identity.regroup
    monkeypatch.setattr(identity, "regroup", lambda draft, ns: asked.append(set(ns)) or real(draft, ns))
    shared = actor("ook", identifiers=(ONE,))
    load(any_store, "b", actor("tuin"), shared, actor("los"), actor("alleen", identifiers=(TWO,)), person("ada"))
    [touched] = asked
    with any_store.snapshot() as snapshot:
        keys = {node.key for node in snapshot.nodes(touched).values()}
    assert keys == {"a/huis", "b/ook", "b/tuin", "id:tuin"}
    assert sorted(ids(any_store)) == ["alleen", "huis", "los", "p-1", "tuin"]
    load(any_store, "c", actor("een", identifiers=("rsin:123456789",)), actor("twee", identifiers=("rsin:123456789",)))
    assert moved_to(any_store, "twee") == "een"


def test_a_new_dataset_asks_nothing_of_what_it_said_before(any_store, monkeypatch):
    load(any_store, "a", actor("huis"))
    with any_store.draft("look") as draft:
        monkeypatch.setattr(type(draft), "digests", lambda *asked: pytest.fail("asked in vain"))
    load(any_store, "b", actor("tuin"))
    assert sorted(ids(any_store)) == ["huis", "tuin"]


def test_ids_that_look_alike_are_different_actors(any_store):
    alike = ["Huis", "huis", "HUIS ", "huís", "huis\u200b", "hu-is", "һuis", "huis.", "ﬁetsers", "fietsers"]
    records = [actor(id, name=f"Verzonnen {n}") for n, id in enumerate(dict.fromkeys(id.strip() for id in alike))]
    report = load(any_store, "a", *records, *(tie(records[0].id, "partner_of", one.id) for one in records[1:]))
    assert (report.rejected, report.accepted) == (0, 2 * len(records) - 1)
    found = ids(any_store)
    assert len(set(found)) == len(found) == len(records)
    assert len({shown(any_store, id)["name"] for id in found}) == len(records)
    assert around(any_store, found[0]).centre.contacts == len(records) - 1


def test_ids_in_other_scripts_are_minted_and_kept(any_store):
    records = [
        actor("בית", name="בית מומצא"),
        actor("房子", "network", name="虚构的房子"),
        actor("дом", name="Вымышленный дом"),
    ]
    load(any_store, "a", *records, tie("בית", "member_of", "房子"))
    before = ids(any_store)
    assert sorted(before) == ["initiative", "initiative-2", "network"]
    load(any_store, "b", actor("בית", name="בית מומצא"))
    remove(any_store, "a")
    load(any_store, "a", *reversed(records), tie("בית", "member_of", "房子"))
    assert sorted(ids(any_store)) == ["initiative", "initiative-2", "initiative-3", "network"]
    assert shown(any_store, "initiative")["name"] == "בית מומצא"
    assert ties_of(any_store, "network") == [("initiative", "member_of", "network", "")]


def test_a_very_long_id_is_cut_and_kept_apart(any_store):
    load(any_store, "a", actor("h" * 300), actor("h" * 299 + "i"))
    first, second = sorted(ids(any_store), key=len)
    assert (len(first), second) == (100, f"{first}-2")


# -- joining


def test_records_with_an_identifier_in_common_are_one_actor_that_bears_the_oldest_id(any_store):
    load(any_store, "a", actor("huis", identifiers=[ONE]))
    load(any_store, "b", actor("pand", identifiers=[ONE, TWO]), actor("tuin"), tie("pand", "partner_of", "tuin"))
    assert sorted(ids(any_store)) == ["huis", "tuin"]
    assert moved_to(any_store, "pand") == "huis"
    assert also(any_store, "huis") == ("pand",)
    assert ties_of(any_store, "tuin") == [("huis", "partner_of", "tuin", "")]
    load(any_store, "c", actor("hof", identifiers=[TWO]))
    assert moved_to(any_store, "hof") == "huis"
    assert also(any_store, "huis") == ("pand", "hof")


def test_nothing_but_an_identifier_in_common_joins(any_store):
    said = {"name": "Verzonnen Tuin", "place": "Ede", "websites": ["https://tuin.example"]}
    for n, mark in enumerate(([ONE], ["rsin:111111110"], ["kvk:11111112"], ["wikidata:Q11111111"], [])):
        load(any_store, f"d{n}", actor(f"a{n}", identifiers=mark, **said), actor(f"b{n}", **said))
    assert len(ids(any_store)) == 10


def test_two_actors_part_when_the_record_that_joined_them_goes(any_store):
    load(any_store, "a", actor("huis", identifiers=[ONE]))
    load(any_store, "b", actor("hof", identifiers=[TWO]), tie("hof", "member_of", "id:huis"))
    load(any_store, "c", actor("brug", identifiers=[ONE, TWO]))
    assert ids(any_store) == ["huis"]
    load(any_store, "c", actor("brug", identifiers=[TWO]))
    assert sorted(ids(any_store)) == ["hof", "huis"]
    assert moved_to(any_store, "brug") == "hof"
    assert ties_of(any_store, "hof") == [("hof", "member_of", "huis", "")]


def test_a_merged_id_redirects_and_parts_again_with_its_own_ties(any_store):
    records = (actor("huis"), actor("pand"), actor("tuin"), tie("huis", "partner_of", "tuin"), offer("pand"))
    load(any_store, "a", *records)
    judge(any_store, "same", "pand", "huis", "desk", "zelfde adres")
    assert moved_to(any_store, "pand") == "huis"
    assert moved_to(any_store, "pand", STAFF) == "huis"
    assert around(any_store, "huis").centre.helps == ("geld.lening",)
    take_back(any_store, "same", "huis", "pand")
    assert around(any_store, "pand").centre.helps == ("geld.lening",)
    assert (around(any_store, "huis").centre.helps, around(any_store, "pand").centre.contacts) == ((), 0)


def test_who_leads_goes_and_the_next_oldest_takes_its_place(any_store):
    load(any_store, "a", actor("huis", identifiers=[ONE]))
    load(any_store, "b", actor("pand", identifiers=[ONE]))
    load(any_store, "c", actor("hof", identifiers=[ONE]))
    remove(any_store, "a")
    assert ids(any_store) == ["pand"]
    assert moved_to(any_store, "hof") == "pand"
    with pytest.raises(GoneError, match="'huis' is no longer here"):
        shown(any_store, "huis")
    load(any_store, "a", actor("huis", identifiers=[ONE]))
    assert moved_to(any_store, "pand") == "huis"


def test_a_first_load_joins_what_it_says_itself(any_store):
    load(
        any_store,
        "a",
        actor("een", identifiers=[ONE]),
        actor("twee", identifiers=[ONE, TWO]),
        actor("drie", identifiers=[TWO]),
    )
    assert ids(any_store) == ["een"]
    assert also(any_store, "een") == ("twee", "drie")


# -- judgements


def test_different_holds_apart_whom_an_identifier_would_join(any_store):
    load(any_store, "a", actor("huis", identifiers=[ONE]))
    load(any_store, "b", actor("pand", identifiers=[ONE]))
    judge(any_store, "different", "huis", "pand", "desk")
    assert sorted(ids(any_store)) == ["huis", "pand"]
    take_back(any_store, "different", "pand", "huis")
    assert ids(any_store) == ["huis"]


def test_different_holds_a_chain_apart_at_its_weakest_place_whoever_comes_between(any_store):
    load(any_store, "a", actor("huis", identifiers=[ONE]))
    load(any_store, "b", actor("pand", identifiers=[TWO]))
    judge(any_store, "different", "huis", "pand", "desk")
    load(any_store, "c", actor("brug", identifiers=[ONE, TWO]))
    found = ids(any_store)
    assert len(found) == 2
    assert {"huis", "pand"} == set(found)
    assert moved_to(any_store, "brug") == "huis"


def test_those_held_apart_from_who_has_their_identifier_too_are_still_one(any_store):
    for name in ("huis", "pand", "hof"):
        load(any_store, name, actor(name, identifiers=[ONE]))
    judge(any_store, "different", "huis", "pand", "desk")
    assert moved_to(any_store, "hof") == "huis"
    judge(any_store, "different", "huis", "hof", "desk")
    assert moved_to(any_store, "hof") == "pand"
    take_back(any_store, "different", "pand", "huis")
    assert (sorted(ids(any_store)), moved_to(any_store, "pand")) == (["hof", "huis"], "huis")


def test_who_is_judged_the_same_and_yet_stays_two_is_told_why(any_store):
    load(any_store, "a", actor("huis"), actor("pand"), actor("hof"))
    load(any_store, "b", actor("tuin"))
    assert judge(any_store, "different", "huis", "hof", "desk").joined is False
    assert judge(any_store, "same", "huis", "pand", "desk").joined
    held = judge(any_store, "same", "hof", "pand", "desk")
    assert (held.joined, held.apart, held.away) == (False, ("huis", "hof"), ())
    with pytest.raises(NotFoundError, match="There is: different huis hof; same pand hof"):
        take_back(any_store, "unknown", "hof", "huis")
    assert take_back(any_store, "different", "hof", "huis").joined
    remove(any_store, "b")
    gone = judge(any_store, "same", "tuin", "huis", "desk")
    assert (gone.joined, gone.apart, gone.away) == (False, (), ("tuin",))
    load(any_store, "b", actor("tuin"))
    assert moved_to(any_store, "tuin") == "huis"
    assert take_back(any_store, "same", "tuin", "huis").joined is False
    assert judge(any_store, "different", "huis", "pand", "desk").before == "same"
    assert judge(any_store, "different", "pand", "huis", "desk").before == ""


def test_a_judgement_tells_no_name_of_a_person_whom_nobody_may_see_any_more(any_store):
    load(any_store, "a", person("ada", "Ada Verzonnen"), person("bob", "Bob Verzonnen"))
    judge(any_store, "different", "p-1", "p-2", "desk")
    load(any_store, "a", person("ada", "Ada Verzonnen", visibility="nobody"), person("bob", "Bob Verzonnen"))
    with open_view(any_store, STAFF) as view:
        assert [judged.names for judged in view.judgements()] == [("p-1", "Bob Verzonnen")]


def test_a_judgement_takes_the_place_of_its_opposite(any_store):
    load(any_store, "a", actor("huis"), actor("pand"))
    judge(any_store, "same", "huis", "pand", "desk")
    judge(any_store, "different", "pand", "huis", "desk")
    assert sorted(ids(any_store)) == ["huis", "pand"]
    with pytest.raises(NotFoundError, match="no judgement 'same'"):
        take_back(any_store, "same", "huis", "pand")
    judge(any_store, "same", "huis", "pand", "desk")
    assert ids(any_store) == ["huis"]


@pytest.mark.parametrize("verdict", ["same", "different"])
def test_a_judgement_survives_every_reload(any_store, verdict):
    joined = verdict == "same"
    identifiers = [] if joined else [ONE]

    def say() -> None:
        load(any_store, "a", actor("huis", identifiers=identifiers), date="2020")
        load(any_store, "b", actor("pand", identifiers=identifiers), actor("tuin"))

    say()
    judge(any_store, verdict, "huis", "pand", "desk")
    expected = ["huis", "tuin"] if joined else ["huis", "pand", "tuin"]
    assert sorted(ids(any_store)) == expected
    remove(any_store, "a")
    assert sorted(ids(any_store)) == ["pand", "tuin"]
    say()
    assert sorted(ids(any_store)) == expected
    for name in ("b", "a"):
        remove(any_store, name)
    assert ids(any_store) == []
    say()
    assert sorted(ids(any_store)) == expected
    take_back(any_store, verdict, "huis", "pand")
    assert sorted(ids(any_store)) == (["huis", "pand", "tuin"] if joined else ["huis", "tuin"])


def test_a_judgement_on_an_actor_that_others_joined_stays_with_its_record(any_store):
    load(any_store, "a", actor("huis", identifiers=[ONE]))
    load(any_store, "b", actor("pand", identifiers=[ONE]))
    load(any_store, "c", actor("hof"))
    judge(any_store, "same", "pand", "hof", "desk")
    assert ids(any_store) == ["huis"]
    remove(any_store, "a")
    assert also(any_store, "pand") == ("hof",)


@pytest.mark.parametrize(
    ("verdict", "one", "other", "said"),
    [
        ("same", "huis", "huis", "two actors"),
        ("perhaps", "huis", "pand", "same, different"),
        ("suppress", "huis", "pand", "same, different"),
        ("same", "huis", "nergens", "'nergens'"),
        ("different", "niemand", "nergens", "'niemand', 'nergens'"),
    ],
)
def test_a_judgement_that_cannot_be_is_told_and_changes_nothing(any_store, verdict, one, other, said):
    load(any_store, "a", actor("huis"), actor("pand"))
    with pytest.raises((BadInputError, NotFoundError), match=said):
        judge(any_store, verdict, one, other, "desk")
    with pytest.raises(NotFoundError):
        take_back(any_store, verdict, one, other)
    assert (revision(any_store), sorted(ids(any_store))) == (1, ["huis", "pand"])


# -- each viewer for itself


def test_an_internal_record_joins_two_public_actors_for_staff_alone(any_store):
    load(any_store, "a", actor("huis", identifiers=[ONE]), actor("hof", identifiers=[TWO]), tie("huis", "funds", "hof"))
    load(any_store, "b", actor("brug", identifiers=[ONE, TWO]), audience="staff")
    assert sorted(ids(any_store)) == ["hof", "huis"]
    assert ids(any_store, STAFF) == ["huis"]
    assert moved_to(any_store, "hof", STAFF) == "huis"
    assert (also(any_store, "huis"), also(any_store, "huis", STAFF)) == ((), ("hof", "intern-brug"))
    assert ties_of(any_store, "hof") == [("huis", "funds", "hof", "")]
    with pytest.raises(NotFoundError) as unknown:
        shown(any_store, "intern-brug")
    assert not isinstance(unknown.value, GoneError | MovedError)


def test_an_actor_that_staff_knew_first_bears_for_the_public_its_public_id(any_store):
    load(any_store, "a", actor("huis", identifiers=[ONE]), audience="staff")
    load(any_store, "b", actor("pand", identifiers=[ONE]))
    assert (ids(any_store), ids(any_store, STAFF)) == (["pand"], ["intern-huis"])
    assert moved_to(any_store, "pand", STAFF) == "intern-huis"
    assert also(any_store, "pand") == ()


def test_whom_a_hidden_person_turns_out_to_be_is_hidden_too(any_store):
    load(any_store, "a", actor("zaak", "organisation", identifiers=[ONE]), actor("hof"), tie("zaak", "funds", "hof"))
    load(any_store, "b", person("ada", visibility="staff", identifiers=[ONE]))
    assert (ids(any_store), sorted(ids(any_store, STAFF))) == (["hof"], ["hof", "zaak"])
    assert around(any_store, "hof").centre.contacts == 0
    remove(any_store, "b")
    assert sorted(ids(any_store)) == ["hof", "zaak"]


def test_a_judgement_joins_for_the_public_what_the_public_sees(any_store):
    load(any_store, "a", actor("huis"), actor("hof"))
    load(any_store, "b", actor("brug"), audience="staff")
    judge(any_store, "same", "huis", "intern-brug", "desk")
    judge(any_store, "same", "intern-brug", "hof", "desk")
    assert sorted(ids(any_store)) == ["hof", "huis"]
    assert ids(any_store, STAFF) == ["huis"]
    judge(any_store, "same", "huis", "hof", "desk")
    assert ids(any_store) == ["huis"]
