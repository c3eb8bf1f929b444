"""What several datasets say of one actor or tie is told as one, with who says what; and the kept fold is the right one."""

import pytest
from fate import Step, all_writes, writes
from grounds import Ground
from retelling import answers, settle, told_last
from saying import PUBLIC, STAFF, actor, around, everything, ids, load, offer, person, shown, source, tie, ties_of

from graph.ingest import refold, remove
from graph.model import Fact, Tie, Viewer
from graph.questions import nearby, show
from graph.store import Store
from graph.view import open_view

KVK = ("kvk:11111111",)


def fact(store: Store, actor_id: str, field: str, viewer: Viewer = PUBLIC) -> Fact:
    """Return a fact of an actor."""
    with open_view(store, viewer) as view:
        return next(fact for fact in show(view, actor_id).actor.facts if fact.field == field)


def who(fact: Fact) -> list[str]:
    """Return the datasets that say a fact."""
    return [source.dataset for source in fact.sources]


def others(fact: Fact) -> dict[object, list[str]]:
    """Return what else is said, or the items of a list, each with the datasets that say so."""
    return {said.value: [source.dataset for source in said.sources] for said in fact.others}


def the_tie(store: Store, actor_id: str, viewer: Viewer = PUBLIC) -> Tie:
    """Return the only tie of an actor."""
    [tie] = around(store, actor_id, viewer).ties
    return tie


# -- actors


def test_the_newest_dataset_is_believed_and_the_others_are_told(any_store):
    load(any_store, "oud", actor("huis", name="Het Oude Huis", place="Gouda", identifiers=KVK), date="2020")
    load(any_store, "nieuw", actor("pand", name="Het Nieuwe Huis", identifiers=KVK), date="2024-05")
    name, place = fact(any_store, "huis", "name"), fact(any_store, "huis", "place")
    assert (name.value, who(name), others(name)) == ("Het Nieuwe Huis", ["nieuw"], {"Het Oude Huis": ["oud"]})
    assert (place.value, who(place), others(place)) == ("Gouda", ["oud"], {})
    assert ids(any_store, text="nieuwe") == ids(any_store, text="oude huis") == ["huis"]


def test_of_two_datasets_of_one_date_the_name_decides_and_one_without_date_comes_last(any_store):
    load(any_store, "b", actor("huis", name="Verzonnen B", identifiers=KVK), date="2020")
    load(any_store, "a", actor("huis", name="Verzonnen A", identifiers=KVK), date="2020")
    load(any_store, "0", actor("huis", name="Verzonnen 0", identifiers=KVK))
    assert shown(any_store, "huis")["name"] == "Verzonnen A"


def test_a_dataset_of_a_new_date_is_believed_more_though_its_rows_are_the_same(any_store):
    said = actor("huis", name="Het Oude Huis", identifiers=KVK)
    load(any_store, "oud", said, date="2020")
    load(any_store, "nieuw", actor("pand", name="Het Nieuwe Huis", identifiers=KVK), date="2024")
    report = load(any_store, "oud", said, date="2025")
    assert report.changed
    assert report.tables["actors"] == {"new": 0, "changed": 0, "same": 1, "gone": 0}
    assert shown(any_store, "huis")["name"] == "Het Oude Huis"
    assert around(any_store, "huis").centre.name == "Het Oude Huis"
    assert not refold(any_store)


def test_lists_unite_and_each_item_says_who_says_it(any_store):
    load(any_store, "a", actor("huis", themes=["jeugd", "wonen"], identifiers=KVK), date="2024")
    load(any_store, "b", actor("huis", themes=["wonen", "informele-zorg"], identifiers=KVK), date="2020")
    themes = fact(any_store, "huis", "themes")
    assert themes.value == ("jeugd", "wonen", "informele-zorg")
    assert others(themes) == {"jeugd": ["a"], "wonen": ["a", "b"], "informele-zorg": ["b"]}
    assert ids(any_store, themes=("informele-zorg",)) == ids(any_store, themes=("jeugd",)) == ["huis"]


def test_another_dataset_s_name_is_an_alias_on_that_dataset_s_word(any_store):
    cited = source("brief", "Een verzonnen brief")
    load(any_store, "a", actor("huis", name="Het Huis", aliases=["HH"], identifiers=KVK), date="2024")
    load(any_store, "b", cited, actor("huis", name="Ons Huis", cites="brief", identifiers=KVK), date="2020")
    load(any_store, "c", actor("huis", name="HH", aliases=["Het Huis"], identifiers=KVK), date="2019")
    aliases = fact(any_store, "huis", "aliases")
    assert others(aliases) == {"HH": ["a", "c"], "Ons Huis": ["b"]}
    assert [said.sources[0].title for said in aliases.others] == ["", "Een verzonnen brief"]
    assert sorted(who(aliases)) == ["a", "b", "c"]


def test_two_datasets_of_one_mind_make_no_empty_facts(any_store):
    for name in ("a", "b"):
        load(any_store, name, actor("huis", name="Het Huis", identifiers=KVK))
    assert shown(any_store, "huis") == {"kind": "initiative", "name": "Het Huis", "identifiers": KVK}
    assert who(fact(any_store, "huis", "name")) == ["a", "b"]


def test_the_strictest_word_on_a_person_counts(any_store):
    one, other = person("ada", introduces=True, identifiers=KVK), person("ada", introduces=False, identifiers=KVK)
    load(any_store, "a", one, date="2024")
    assert around(any_store, "p-1").centre.introduces
    load(any_store, "b", other, date="2020")
    assert fact(any_store, "p-1", "introduces").value is False
    assert others(fact(any_store, "p-1", "introduces")) == {True: ["a"]}
    assert not around(any_store, "p-1").centre.introduces
    load(any_store, "c", person("ada", visibility="staff", identifiers=KVK), date="2019")
    assert ids(any_store) == []
    assert fact(any_store, "p-1", "visibility", STAFF).value == "staff"
    load(any_store, "d", person("ada", visibility="nobody", identifiers=KVK))
    assert ids(any_store) == ids(any_store, STAFF) == []
    for name in ("d", "c", "b"):
        remove(any_store, name)
    assert around(any_store, "p-1").centre.introduces


def test_what_nobody_said_of_a_person_is_unknown_and_not_no(any_store):
    load(any_store, "a", person("ada"), actor("bob", "person"))
    assert "introduces" not in shown(any_store, "p-1")
    assert not shown(any_store, "p-2", STAFF).keys() & {"introduces", "visibility", "themes"}


def test_who_calls_somebody_an_organisation_does_not_gainsay_what_sort_it_is(any_store):
    load(any_store, "leden", actor("huis", "initiative", identifiers=KVK), date="2020")
    load(any_store, "register", actor("h", "organisation", identifiers=KVK), date="2026")
    assert around(any_store, "huis").centre.kind == "initiative"
    assert who(fact(any_store, "huis", "kind")) == ["leden"]
    assert others(fact(any_store, "huis", "kind")) == {"organisation": ["register"]}
    load(any_store, "gids", actor("g", "network", identifiers=KVK), date="2023")
    assert around(any_store, "huis").centre.kind == "network", "of those that say a sort, the newest"
    remove(any_store, "gids")
    remove(any_store, "leden")
    assert around(any_store, "h").centre.kind == "organisation"


def test_one_record_that_says_person_makes_it_one(any_store):
    load(any_store, "a", actor("ada", "organisation", identifiers=KVK), date="2024")
    assert ids(any_store) == ["ada"]
    load(any_store, "b", person("ada", visibility="staff", identifiers=KVK), date="2020")
    assert ids(any_store) == []
    assert [card.kind for card in [around(any_store, "ada", STAFF).centre]] == ["person"]


# -- places


def test_a_place_that_several_bear_is_found_by_its_province(any_store):
    load(any_store, "a", actor("twente", place="Hengelo", province="Overijssel"), actor("ergens", place="Hengelo"))
    load(any_store, "b", actor("achterhoek", place="Hengelo", province="Gelderland"))
    north, south, unknown = (around(any_store, id).centre for id in ("twente", "achterhoek", "ergens"))
    assert north.lat - south.lat > 0.1
    assert (north.located, south.located, unknown.located) == ("place", "place", "")
    with open_view(any_store, PUBLIC) as view:
        assert nearby(view, "ergens").located == ""


def test_what_an_actor_says_of_its_coordinates_goes_before_its_place(any_store):
    load(any_store, "a", actor("huis", place="Gouda", lat=51.0, lon=5.0))
    centre = around(any_store, "huis").centre
    assert (centre.lat, centre.lon, centre.located) == (51.0, 5.0, "stated")


# -- ties


def two_sayings(store: Store, **newer: object) -> Tie:
    """Return the tie that an older and a newer dataset say different things of."""
    actors = (actor("huis", identifiers=KVK), actor("fonds", "funder"))
    older = tie("huis", "member_of", "fonds", since="2010", status="former", role="lid", note="oud")
    load(store, "oud", *actors, older, date="2020")
    load(store, "nieuw", tie("id:huis", "member_of", "id:fonds", **newer), date="2024")
    return the_tie(store, "huis")


def test_a_tie_has_the_status_of_the_newest_dataset_and_what_only_the_older_knows(any_store):
    told = two_sayings(any_store, note="nieuw")
    assert (told.status, told.note, told.role, told.since, told.until) == ("current", "nieuw", "lid", "2010", "")
    assert [source.dataset for source in told.sources] == ["nieuw", "oud"]


def test_a_tie_s_period_is_one_dataset_s_as_a_whole(any_store):
    told = two_sayings(any_store, until="2005")
    assert (told.since, told.until) == ("", "2005")


def test_a_tie_is_confirmed_when_datasets_that_speak_for_both_ends_state_it(any_store):
    actors = (actor("huis", identifiers=KVK), actor("fonds", "funder", identifiers=["kvk:22222222"]))
    load(any_store, "van-huis", *actors, tie("huis", "member_of", "fonds"), speaker="huis")
    assert the_tie(any_store, "huis").basis == "stated"
    load(any_store, "krant", tie("kvk:11111111", "member_of", "kvk:22222222"))
    assert the_tie(any_store, "huis").basis == "stated"
    load(any_store, "van-fonds", tie("kvk:11111111", "member_of", "kvk:22222222"), speaker="kvk:22222222")
    assert the_tie(any_store, "huis").basis == "confirmed"
    load(any_store, "van-fonds", tie("kvk:11111111", "member_of", "kvk:22222222"))
    assert the_tie(any_store, "huis").basis == "stated"


def test_the_public_is_not_told_that_an_internal_dataset_confirms_a_tie(any_store):
    actors = (actor("huis"), actor("fonds", "funder"))
    load(any_store, "van-huis", *actors, tie("huis", "member_of", "fonds"), speaker="huis")
    said = tie("id:huis", "member_of", "id:fonds")
    load(any_store, "van-fonds", said, speaker="id:fonds", audience="staff")
    assert (the_tie(any_store, "huis").basis, the_tie(any_store, "huis", STAFF).basis) == ("stated", "confirmed")
    assert len(the_tie(any_store, "huis").sources) == 1


def test_parallel_ties_stay_apart_and_a_tie_said_twice_is_one(any_store):
    actors = (actor("huis"), actor("fonds", "funder"))
    said = [
        tie("fonds", "funds", "huis", since="2020", amount=100),
        tie("fonds", "funds", "huis", since="2020", amount=200),
        tie("fonds", "funds", "huis", ref="X-7", amount=100),
        tie("fonds", "supports", "huis"),
        tie("huis", "supports", "fonds"),
        tie("huis", "partner_of", "fonds"),
        tie("fonds", "partner_of", "huis", note="andersom"),
        tie("huis", "member_of", "fonds", note="een"),
        tie("huis", "member_of", "fonds", note="twee"),
    ]
    report = load(any_store, "a", *actors, *said)
    assert report.tables["ties"]["new"] == 9
    assert ties_of(any_store, "huis") == [
        ("fonds", "funds", "huis", "2020/100"),
        ("fonds", "funds", "huis", "2020/200"),
        ("fonds", "funds", "huis", "X-7"),
        ("fonds", "partner_of", "huis", ""),
        ("fonds", "supports", "huis", ""),
        ("huis", "member_of", "fonds", ""),
        ("huis", "supports", "fonds", ""),
    ]
    assert around(any_store, "huis").centre.contacts == 1


# -- offers


def test_each_dataset_s_offers_stand_beside_each_other(any_store):
    load(any_store, "a", actor("huis", identifiers=KVK), offer("huis", "offers", "geld.lening"))
    load(any_store, "b", actor("huis", identifiers=KVK), offer("huis", "declines", "geld.lening"))
    load(any_store, "c", offer("kvk:11111111", "refers", "kennis.advies"))
    with open_view(any_store, PUBLIC) as view:
        told = show(view, "huis").actor.offers
    assert [(one.stance, one.help, one.sources[0].dataset) for one in told] == [
        ("declines", "geld.lening", "b"),
        ("offers", "geld.lening", "a"),
        ("refers", "kennis.advies", "c"),
    ]
    assert ids(any_store, helps=("kennis",)) == ids(any_store, helps=("geld",)) == ["huis"]
    remove(any_store, "c")
    assert ids(any_store, helps=("kennis",)) == []


# -- the kept fold


def test_the_kept_fold_is_the_one_that_the_datasets_make_at_once(ground: Ground, files: Ground):
    def holds(steps: list[Step]) -> None:
        with ground.empty() as store, files.empty() as fresh:
            for step in steps:
                step.take(store)
            settle(store, fresh)
            for step in reversed(told_last(steps)):
                step.take(fresh)
            assert answers(store) == answers(fresh)

    ground.try_all(writes(), holds)


def test_after_every_write_the_kept_fold_is_that_of_all_records_anew(ground: Ground):
    def holds(steps: list[Step]) -> None:
        with ground.empty() as store:
            for step in steps:
                step.take(store)
                before = answers(store)
                assert not refold(store)
                assert answers(store) == before
            assert store.check() == []

    ground.try_all(all_writes(), holds, share=0.5)


@pytest.mark.neo4j
def test_both_stores_tell_the_same_after_the_same_writes(server_ground: Ground, files: Ground):
    def holds(steps: list[Step]) -> None:
        with server_ground.empty() as store, files.empty() as other:
            for step in steps:
                step.take(store)
                step.take(other)
            for viewer in Viewer:
                assert everything(store, viewer) == everything(other, viewer)

    server_ground.try_all(all_writes(), holds)
