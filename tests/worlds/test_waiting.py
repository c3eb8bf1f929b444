"""A record may name an actor that comes later, or never: it waits, which is told and counted, and nothing is lost."""

from collections.abc import Mapping

import pytest
from saying import PUBLIC, STAFF, actor, around, figure, ids, load, offer, person, tie, ties_of

from graph.errors import BadInputError, NotFoundError
from graph.ingest import Policy, judge, remove, suppress, take_back
from graph.model import Dataset, Viewer
from graph.questions import show
from graph.store import Store
from graph.view import open_view

STAD = "cbs:GM0001"


def dataset(store: Store, name: str, viewer: Viewer = PUBLIC) -> Dataset:
    """Return a dataset as a viewer sees it."""
    with open_view(store, viewer) as view:
        return next(one for one in view.datasets() if one.name == name)


def waits(store: Store, name: str) -> tuple[int, int]:
    """Return how many of a dataset's records wait, as the public and as staff are told."""
    public, staff = (dataset(store, name, viewer).counts["waiting"] for viewer in Viewer)
    return public, staff


def held(counts: Mapping[str, int]) -> tuple[int, int, int, int]:
    """Return the numbers of records by table."""
    return counts["actors"], counts["ties"], counts["offers"], counts["figures"]


# -- who comes later, and who never comes


def test_a_tie_waits_for_an_actor_and_is_there_when_it_comes(any_store):
    report = load(
        any_store, "leden", actor("huis"), tie("huis", "located_in", STAD), tie("huis", "member_of", "id:net")
    )
    assert (report.accepted, report.rejected, report.waiting, report.awaited) == (3, 0, 2, (STAD, "id:net"))
    assert waits(any_store, "leden") == (2, 2)
    assert (ids(any_store), ties_of(any_store, "huis")) == (["huis"], [])
    load(any_store, "gemeenten", actor("stad", "municipality", identifiers=[STAD]))
    assert waits(any_store, "leden") == (1, 1)
    assert ties_of(any_store, "stad") == [("huis", "located_in", "stad", "")]
    load(any_store, "netten", actor("net", "network"))
    assert waits(any_store, "leden") == (0, 0)
    assert ties_of(any_store, "net") == [("huis", "member_of", "net", "")]
    assert around(any_store, "net").centre.contacts == around(any_store, "huis").centre.contacts == 1


def test_a_tie_waits_again_when_the_actor_goes(any_store):
    load(any_store, "gemeenten", actor("stad", "municipality", identifiers=[STAD]))
    assert load(any_store, "leden", actor("huis"), tie("huis", "partner_of", STAD)).waiting == 0
    load(any_store, "gemeenten", actor("stad", "municipality"))
    assert waits(any_store, "leden") == (1, 1)
    assert (ties_of(any_store, "huis"), around(any_store, "huis").centre.contacts) == ([], 0)
    load(any_store, "gemeenten", actor("dorp", "municipality", identifiers=[STAD]))
    assert waits(any_store, "leden") == (0, 0)
    assert ties_of(any_store, "huis") == [("dorp", "partner_of", "huis", "")]
    remove(any_store, "gemeenten")
    assert waits(any_store, "leden") == (1, 1)


def test_who_never_comes_is_told_at_every_load(any_store):
    said = (actor("huis"), tie("huis", "located_in", STAD))
    for _ in range(2):
        report = load(any_store, "leden", *said)
        assert (report.waiting, report.awaited) == (1, (STAD,))
    assert not report.changed
    assert load(any_store, "leden", *said, policy=Policy(dry_run=True)).waiting == 1


def test_offers_and_figures_wait_too_and_both_ends_of_a_tie_may(any_store):
    said = (offer(STAD), offer("kvk:11111111", "needs"), figure(STAD), tie(STAD, "funds", "kvk:11111111"))
    assert load(any_store, "los", *said).waiting == 4
    assert held(dataset(any_store, "los").counts) == (0, 1, 2, 1)
    load(any_store, "gemeenten", actor("stad", "municipality", identifiers=[STAD]))
    assert waits(any_store, "los") == (2, 2)
    with open_view(any_store, PUBLIC) as view:
        told = show(view, "stad").actor
    assert ([one.help for one in told.offers], [one.value for one in told.figures]) == (["geld.lening"], [7])
    load(any_store, "zaken", actor("zaak", "organisation", identifiers=["kvk:11111111"]))
    assert waits(any_store, "los") == (0, 0)
    assert ties_of(any_store, "zaak") == [("stad", "funds", "zaak", "")]


def test_of_many_awaited_actors_the_first_ten_are_named(any_store):
    report = load(any_store, "leden", actor("huis"), *(tie("huis", "funds", f"cbs:GM{n:04}") for n in range(1, 13)))
    assert (report.waiting, len(report.awaited), report.awaited[0]) == (12, 10, STAD)


def test_two_datasets_wait_for_one_actor_by_different_names(any_store):
    load(any_store, "a", actor("huis"), tie("huis", "partner_of", STAD))
    load(any_store, "b", actor("tuin"), tie("tuin", "partner_of", "id:stad"))
    load(any_store, "gemeenten", actor("stad", "municipality", identifiers=[STAD]))
    assert [source for source, *_ in ties_of(any_store, "stad")] == ["huis", "stad"]
    assert around(any_store, "stad").centre.contacts == 2


def test_a_local_name_that_nobody_bears_is_a_fault(any_store):
    report = load(any_store, "leden", actor("huis"), tie("huis", "member_of", "nett"))
    assert report.refused
    assert "'nett'" in report.faults[0].nl
    assert "cbs:GM0599" in report.faults[0].en


def test_an_address_that_is_no_identifier_is_a_fault(any_store):
    report = load(any_store, "leden", actor("huis"), tie("huis", "member_of", "kvk:123"), tie("huis", "funds", "id:"))
    assert [fault.where.row for fault in report.faults] == [3, 4]


# -- what each viewer may know of it


def test_an_actor_that_only_staff_knows_is_awaited_by_the_public_still(any_store):
    load(any_store, "leden", actor("huis"), tie("huis", "partner_of", STAD))
    load(any_store, "intern", actor("stad", "municipality", identifiers=[STAD]), audience="staff")
    assert waits(any_store, "leden") == (1, 0)
    assert (ties_of(any_store, "huis"), around(any_store, "huis").centre.contacts) == ([], 0)
    assert ties_of(any_store, "huis", STAFF) == [("huis", "partner_of", "intern-stad", "")]
    load(any_store, "gemeenten", actor("stad", "municipality", identifiers=[STAD]))
    assert waits(any_store, "leden") == (0, 0)
    assert ties_of(any_store, "huis") == [("huis", "partner_of", "stad", "")]


def test_a_person_is_waited_for_by_whom_it_is_hidden_from(any_store):
    load(any_store, "leden", actor("huis"), tie("id:p-1", "works_at", "huis"))
    load(any_store, "mensen", person("ada", visibility="staff"))
    assert waits(any_store, "leden") == (1, 0)
    load(any_store, "mensen", person("ada"))
    assert waits(any_store, "leden") == (0, 0)
    suppress(any_store, "p-1", "desk")
    assert waits(any_store, "leden") == (0, 0)
    assert held(dataset(any_store, "leden").counts) == (1, 0, 0, 0)


def test_what_a_dataset_says_of_a_person_that_it_hides_is_not_counted_for_the_public(any_store):
    records = (actor("huis"), person("ada", visibility="staff"))
    load(
        any_store,
        "a",
        *records,
        tie("ada", "works_at", "huis"),
        tie("ada", "funds", STAD),
        tie("id:p-1", "funds", STAD),
    )
    assert held(dataset(any_store, "a").counts) == (1, 0, 0, 0)
    assert held(dataset(any_store, "a", STAFF).counts) == (2, 3, 0, 0)
    assert waits(any_store, "a") == (0, 2)
    load(any_store, "gemeenten", actor("stad", "municipality", identifiers=[STAD]))
    assert waits(any_store, "a") == (0, 0)


def test_a_judgement_brings_an_end_and_taking_it_back_takes_it(any_store):
    load(any_store, "leden", actor("huis"), tie("huis", "partner_of", STAD))
    load(any_store, "gemeenten", actor("stad", "municipality"))
    load(any_store, "codes", actor("gm0001", "municipality", identifiers=[STAD]), audience="staff")
    judge(any_store, "same", "stad", "intern-gm0001", "desk")
    assert waits(any_store, "leden") == (1, 0)
    assert ties_of(any_store, "stad", STAFF) == [("huis", "partner_of", "stad", "")]
    take_back(any_store, "same", "stad", "intern-gm0001")
    assert ties_of(any_store, "stad", STAFF) == []


# -- who speaks


def test_a_dataset_speaks_for_an_actor_that_may_come_later(any_store):
    load(any_store, "leden", actor("huis"), speaker="id:net")
    assert dataset(any_store, "leden").speaker == ""
    load(any_store, "netten", actor("net", "network", identifiers=["kvk:11111111"]))
    assert dataset(any_store, "leden").speaker == "net"
    load(any_store, "bonden", actor("bond", "network"))
    judge(any_store, "same", "net", "bond", "desk")
    assert dataset(any_store, "leden").speaker == "net"
    remove(any_store, "netten")
    assert dataset(any_store, "leden").speaker == ""


def test_whom_a_dataset_speaks_for_is_told_to_those_who_may_see_it(any_store):
    load(any_store, "leden", actor("huis"), person("ada", visibility="staff"), speaker="ada")
    assert (dataset(any_store, "leden").speaker, dataset(any_store, "leden", STAFF).speaker) == ("", "p-1")


@pytest.mark.parametrize("policy", [Policy(), Policy(skip_bad_rows=True), Policy(dry_run=True)])
def test_a_speaker_that_is_nobody_is_told(any_store, policy):
    with pytest.raises(BadInputError, match="'nett'") as error:
        load(any_store, "leden", actor("huis"), speaker="nett", policy=policy)
    assert error.value.field == "speaker"
    assert ids(any_store) == []
    with pytest.raises(NotFoundError):
        remove(any_store, "leden")
