"""Who comes under another local id and is the same: id, judgements and all stay. All names are made up."""

import pytest
from saying import actor, ids, load, offer, person, shown, tie, ties_of

from graph.errors import GoneError, NotFoundError
from graph.ingest import Policy, judge, refold
from graph.records import Record
from graph.store import Store

KVK = ("kvk:11111111",)
BOND = actor("bond", "network")
BEFORE = (BOND, actor("tuin-gm0599", identifiers=KVK), tie("tuin-gm0599", "member_of", "bond", since="2020"))
AFTER = (
    BOND,
    actor("hof-gm0344", name="Verzonnen hof", identifiers=KVK),
    tie("hof-gm0344", "member_of", "bond", since="2020"),
    offer("hof-gm0344"),
)


def sound(store: Store) -> bool:
    """Return whether a store is whole, and its folds are those of its records."""
    return store.check() == [] and not refold(store)


def test_who_moved_and_got_another_name_is_changed_if_an_identifier_says_who_it_is(any_store):
    load(any_store, "leden", *BEFORE)
    load(any_store, "gemeente", actor("andere-tuin"), actor("derde"))
    judge(any_store, "same", "tuin-gm0599", "andere-tuin", "verzonnen")
    judge(any_store, "different", "tuin-gm0599", "derde", "verzonnen")
    report = load(any_store, "leden", *AFTER)
    assert report.tables["actors"] == {"new": 0, "changed": 1, "same": 1, "gone": 0}
    assert report.tables["ties"] == {"new": 0, "changed": 1, "same": 0, "gone": 0}
    assert report.tables["offers"] == {"new": 1, "changed": 0, "same": 0, "gone": 0}
    told = shown(any_store, "tuin-gm0599")
    assert {told["name"], *told["aliases"]} == {"Verzonnen andere-tuin", "Verzonnen hof"}
    assert ties_of(any_store, "bond") == [("tuin-gm0599", "member_of", "bond", "")]
    with pytest.raises(NotFoundError):
        shown(any_store, "hof-gm0344")
    assert sound(any_store)


def test_last_years_file_undoes_it(any_store):
    load(any_store, "leden", *BEFORE)
    for _ in range(2):
        load(any_store, "leden", *AFTER)
        assert ids(any_store) == ["bond", "tuin-gm0599"]
        again = load(any_store, "leden", *AFTER)
        assert again.tables["actors"] == {"new": 0, "changed": 0, "same": 2, "gone": 0}
        report = load(any_store, "leden", *BEFORE)
        assert report.tables["actors"] == {"new": 0, "changed": 1, "same": 1, "gone": 0}
        assert ids(any_store) == ["bond", "tuin-gm0599"]
    assert sound(any_store)


def test_a_dataset_goes_on_speaking_for_who_got_another_name(any_store):
    for id, id_of_file in (("tuin-gm0599", "tuin-gm0599"), ("tuin-gm0599", "hof-gm0344")):
        said: tuple[Record, ...] = (actor(id_of_file, identifiers=KVK), actor("bond"), tie(id_of_file, "funds", "bond"))
        load(any_store, "leden", *said, speaker=id_of_file)
        with any_store.snapshot() as snapshot:
            [speaker] = snapshot.nodes([row.speaker for row in snapshot.datasets()]).values()
        assert speaker.id == id


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # Its number stood with another by mistake, and both are still there.
        (
            [actor("tuin", identifiers=KVK), actor("hof")],
            [actor("tuin"), actor("hof", identifiers=KVK)],
        ),
        # Somebody new has the number of who is still there.
        ([actor("tuin", identifiers=KVK)], [actor("tuin", identifiers=KVK, note="x"), actor("kas", identifiers=KVK)]),
        # Two that left have the number.
        ([actor("tuin", identifiers=KVK), actor("hof", identifiers=KVK)], [actor("kas", identifiers=KVK)]),
        # Two that come have it.
        ([actor("tuin", identifiers=KVK)], [actor("hof", identifiers=KVK), actor("kas", identifiers=KVK)]),
        # Persons get no other name.
        ([person("tuin", identifiers=KVK)], [person("hof", identifiers=KVK)]),
    ],
)
def test_nobody_gets_the_place_of_another_where_that_is_not_plain(any_store, before, after):
    def keys() -> dict[str, str]:
        with any_store.snapshot() as snapshot:
            return {node.key: node.id for node in snapshot.all_nodes()}

    load(any_store, "leden", *before)
    first = keys()
    load(any_store, "leden", *after)
    assert {key: id for key, id in keys().items() if key in first} == first
    assert sound(any_store)


def test_who_was_in_a_municipality_that_became_part_of_another_stays_who_it_is(any_store):
    """Brielle (GM0501), Hellevoetsluis (GM0530) and Westvoorne became Voorne aan Zee (GM1992) in 2023."""
    load(any_store, "leden", *map(actor, ("tuin-gm0501", "hof-gm0501", "hof-gm0530", "kas-gm0501")))
    other = actor("kas-gm1992", identifiers=KVK)
    report = load(any_store, "leden", *map(actor, ("tuin-gm1992", "hof-gm1992")), other)
    assert report.tables["actors"] == {"new": 1, "changed": 2, "same": 0, "gone": 2}
    assert ids(any_store) == ["hof-gm1992", "kas-gm0501", "tuin-gm0501"]
    with pytest.raises(GoneError):
        shown(any_store, "hof-gm0530")
    assert sound(any_store)


def test_numbers_that_differ_tell_two_apart_though_their_municipalities_merged(any_store):
    load(any_store, "leden", actor("kas-gm0501", identifiers=("kvk:22222222",)))
    load(any_store, "leden", actor("kas-gm1992", identifiers=KVK))
    assert ids(any_store) == ["kas-gm1992"]


def test_a_trial_renames_nobody(any_store):
    load(any_store, "leden", *BEFORE)
    report = load(any_store, "leden", *AFTER, policy=Policy(dry_run=True))
    assert report.tables["actors"]["changed"] == 1
    assert shown(any_store, "tuin-gm0599")["name"] == "Verzonnen tuin-gm0599"
