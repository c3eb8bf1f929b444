"""A dataset is the unit of loading, replacing and undoing: whole or not at all, and everything is counted."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace as with_fields
from typing import Any

import pytest
from fate import Step, writes
from grounds import Ground
from hypothesis import strategies as st
from retelling import undated
from saying import (
    PUBLIC,
    STAFF,
    actor,
    everything,
    fault,
    figure,
    ids,
    load,
    offer,
    person,
    revision,
    rows,
    shown,
    tie,
    ties_of,
)

from graph.errors import GoneError, LoadError, NotFoundError
from graph.ingest import Policy, Report, changes, folds, preparing, remove, replace, suppress
from graph.model import Viewer
from graph.reading import Fault, Row
from graph.records import DatasetRecord, Record
from graph.store import Store
from graph.view import open_view

CAME_AND_WENT = ("new", "changed", "same", "gone")
DRY, GOOD_ROWS = Policy(dry_run=True), Policy(skip_bad_rows=True)
WORLD = (
    actor("huis", identifiers=["kvk:11111111"], themes=["jeugd"]),
    actor("fonds", "funder"),
    person("ada"),
    person("bob", visibility="staff"),
    tie("fonds", "funds", "huis", since="2020"),
    tie("ada", "works_at", "huis"),
    tie("bob", "works_at", "fonds"),
    offer("fonds"),
    figure("huis"),
    figure("sector", "initiatieven", 3),
)
OTHER_WORLD = (actor("huis", name="Verzonnen ander huis"), actor("tuin"), tie("tuin", "partner_of", "huis"))


def whole(store: Store) -> tuple[int, list[dict[str, Any]]]:
    """Return all that a store tells, and its revision."""
    return revision(store), [everything(store, viewer) for viewer in Viewer]


def kinds(store: Store, name: str, viewer: Viewer = STAFF) -> dict[str, int]:
    """Return the counts of a dataset."""
    with open_view(store, viewer) as view:
        return next(dict(dataset.counts) for dataset in view.datasets() if dataset.name == name)


def breaking(after: int) -> Iterator[Row | Fault]:
    """Yield some rows, then fail, as a loader does whose file changes under its hands."""
    yield from list(rows(OTHER_WORLD))[:after]
    raise LoadError(nl="Het bestand is veranderd.", en="The file changed.")


# -- whole or not at all


@pytest.mark.parametrize("bad", [fault(2), tie("huis", "funds", "nergens"), actor("tuin", name="dubbel")])
def test_a_faulty_load_leaves_the_store_as_it_was(any_store, bad):
    load(any_store, "gids", *WORLD)
    before = whole(any_store)
    report = load(any_store, "gids", *OTHER_WORLD, bad)
    assert (report.refused, report.changed, report.fault_count) == (True, False, 1)
    assert report.revision == before[0]
    assert whole(any_store) == before


@pytest.mark.parametrize("after", [0, 1, 3])
def test_a_load_that_breaks_off_leaves_the_store_as_it_was(any_store, monkeypatch, after):
    monkeypatch.setattr(preparing, "BATCH", 1)
    load(any_store, "gids", *WORLD)
    before = whole(any_store)
    with pytest.raises(LoadError):
        replace(any_store, DatasetRecord(name="gids", audience="public"), breaking(after), "made-up")
    assert whole(any_store) == before
    assert load(any_store, "gids", *OTHER_WORLD).changed
    assert ids(any_store) == ["huis", "tuin"]


def test_a_first_load_that_is_refused_leaves_an_empty_store(any_store):
    assert load(any_store, "gids", *WORLD, fault(99)).refused
    assert (revision(any_store), ids(any_store, STAFF)) == (0, [])
    assert load(any_store, "gids", *WORLD).revision == 1


def test_several_batches_make_the_same_store_as_one(ground: Ground, files: Ground, monkeypatch):
    with ground.empty() as store, files.empty() as other:
        load(other, "gids", *WORLD)
        load(other, "krant", *OTHER_WORLD, date="2024")
        for module in (preparing, changes, folds):
            monkeypatch.setattr(module, "BATCH", 2)
        load(store, "gids", *WORLD)
        load(store, "krant", *OTHER_WORLD, date="2024")
        assert whole(store) == whole(other)


# -- replacing and removing


def test_what_left_the_file_leaves_the_graph_unless_another_dataset_says_it(any_store):
    load(any_store, "gids", *WORLD)
    load(any_store, "krant", actor("pand", name="Verzonnen pand", identifiers=["kvk:11111111"]))
    report = load(any_store, "gids", actor("fonds", "funder"))
    assert {table: numbers["gone"] for table, numbers in report.tables.items()} == {
        "actors": 3,
        "ties": 3,
        "offers": 1,
        "figures": 2,
    }
    assert ids(any_store) == ids(any_store, STAFF) == ["fonds", "pand"]
    assert shown(any_store, "pand") == {
        "kind": "initiative",
        "name": "Verzonnen pand",
        "identifiers": ("kvk:11111111",),
    }
    for gone in ("huis", "p-1"):
        with pytest.raises(GoneError):
            shown(any_store, gone)
    assert ties_of(any_store, "fonds", STAFF) == []


def became(report: Report) -> dict[str, tuple[int, ...]]:
    """Return per table how many records are new, changed, the same and gone."""
    return {name: tuple(told.get(key, 0) for key in CAME_AND_WENT) for name, told in report.tables.items()}


def test_records_that_say_something_else_of_the_same_are_told_as_changed(any_store):
    load(any_store, "gids", *WORLD)
    now = (
        actor("huis", identifiers=["kvk:11111111"], themes=["sport"]),
        actor("fonds", "funder"),
        person("ada"),
        person("cas"),
        tie("fonds", "funds", "huis", since="2020", note="verzonnen"),
        tie("fonds", "funds", "huis", since="2021"),
        tie("ada", "works_at", "huis", since="2019"),
        offer("fonds", themes=["sport"]),
        figure("huis", value=8),
        figure("huis", "vrijwilligers"),
        figure("sector", "initiatieven", 3),
    )
    assert (
        became(load(any_store, "gids", *now, policy=DRY))
        == became(load(any_store, "gids", *now))
        == {
            "actors": (1, 1, 2, 1),
            "ties": (1, 2, 0, 1),
            "offers": (0, 1, 0, 0),
            "figures": (1, 1, 1, 0),
        }
    )


def test_a_grant_of_another_year_is_another_grant_and_not_a_changed_one(any_store):
    load(any_store, "gids", *WORLD)
    changed = [tie("fonds", "funds", "huis", since="2021") if record is WORLD[4] else record for record in WORLD]
    assert became(load(any_store, "gids", *changed))["ties"] == (1, 0, 2, 1)


def test_of_several_ties_between_two_as_many_changed_as_are_there_both_times(any_store):
    ends = actor("huis"), actor("fonds", "funder")
    load(any_store, "gids", *ends, *(tie("fonds", "funds", "huis", since="2020", note=f"oud {n}") for n in range(3)))
    now = [tie("fonds", "funds", "huis", since="2020", note=f"nieuw {n}") for n in range(2)]
    assert became(load(any_store, "gids", *ends, *now))["ties"] == (0, 2, 0, 1)


def test_a_removed_dataset_is_undone(any_store):
    load(any_store, "gids", *WORLD)
    before = whole(any_store)[1]
    load(any_store, "krant", *OTHER_WORLD, tie("tuin", "member_of", "id:fonds"), date="2024")
    report = remove(any_store, "krant")
    assert (report.changed, report.tables["ties"]) == (True, {"gone": 2})
    after = whole(any_store)
    assert [told["order"] for told in after[1]] == [told["order"] for told in before]
    assert ties_of(any_store, "fonds") == [("fonds", "funds", "huis", "2020")]
    remove(any_store, "gids")
    assert [(told["order"], "actors" in told["overview"]) for told in whole(any_store)[1]] == [("[]", False)] * 2


def test_removing_what_is_not_there_names_what_is(any_store):
    load(any_store, "gids", *WORLD)
    load(any_store, "krant", *OTHER_WORLD)
    before = whole(any_store)
    with pytest.raises(NotFoundError, match=r"'gidsen'.*gids, krant") as error:
        remove(any_store, "gidsen")
    assert "gids, krant" in error.value.nl
    assert whole(any_store) == before


def test_a_dataset_may_turn_internal_and_public_again(any_store):
    load(any_store, "gids", *WORLD)
    public = everything(any_store, PUBLIC)
    load(any_store, "gids", *WORLD, audience="staff")
    assert ids(any_store) == []
    assert set(ids(any_store, STAFF)) == {"huis", "fonds", "p-1", "p-2"}
    with pytest.raises(GoneError):
        shown(any_store, "huis")
    load(any_store, "gids", *WORLD)
    assert undated(everything(any_store, PUBLIC)) == undated(public)


# -- saying it again


def test_everything_said_again_in_any_order_changes_nothing(any_store, holdings):
    load(any_store, "gids", *WORLD, speaker="fonds", date="2024")
    load(any_store, "krant", *OTHER_WORLD, audience="staff")
    before, held = whole(any_store), holdings()
    for records in (WORLD, (*reversed(WORLD[:4]), *reversed(WORLD[4:]))):
        report = load(any_store, "gids", *records, speaker="fonds", date="2024")
        assert (report.changed, report.revision) == (False, before[0])
        assert {name: numbers["same"] for name, numbers in report.tables.items()} == {
            "actors": 4,
            "ties": 3,
            "offers": 1,
            "figures": 2,
        }
    assert not load(any_store, "krant", *OTHER_WORLD, audience="staff").changed
    assert whole(any_store) == before
    assert holdings() == held


def test_what_a_dataset_says_of_itself_is_kept_though_its_rows_are_the_same(any_store):
    load(any_store, "gids", *WORLD)
    for fields in ({"title": "Verzonnen gids"}, {"licence": "CC0"}, {"date": "2024"}, {"speaker": "fonds"}):
        before = revision(any_store)
        report = load(any_store, "gids", *WORLD, **fields)
        assert (report.changed, report.revision) == (True, before + 1)
        assert f"{next(iter(fields))}='{next(iter(fields.values()))}'" in everything(any_store, PUBLIC)["overview"]


def test_said_again_after_any_writes_nothing_changes(ground: Ground):
    def holds(steps: list[Step]) -> None:
        with ground.empty() as store:
            for step in steps:
                step.take(store)
                if step.do == "load":
                    before = whole(store)
                    step.take(store)
                    assert whole(store) == before

    ground.try_all(writes(), holds, share=0.5)


# -- dry runs and bad rows


@pytest.mark.parametrize(
    "records", [OTHER_WORLD, (*OTHER_WORLD, fault(3)), (*OTHER_WORLD, tie("tuin", "funds", "cbs:GM9999"))]
)
@pytest.mark.parametrize("filled", [True, False], ids=["later load", "first load"])
def test_a_dry_run_tells_what_the_real_one_will_and_writes_nothing(any_store, records, filled):
    if filled:
        load(any_store, "gids", *WORLD)
    before = whole(any_store)
    tried = load(any_store, "gids", *records, policy=DRY)
    assert whole(any_store) == before
    done = load(any_store, "gids", *records)
    assert tried.dry_run
    assert with_fields(tried, dry_run=False, seconds=0.0) == with_fields(done, seconds=0.0)


def test_the_good_rows_are_loaded_and_the_bad_ones_told(any_store):
    bad = (fault(7), fault(7, "kind"), fault(8), tie("huis", "funds", "nergens"), actor("tuin", name="dubbel"))
    report = load(any_store, "gids", *OTHER_WORLD, *bad, policy=GOOD_ROWS)
    assert (report.rows, report.accepted, report.rejected, report.set_apart) == (7, 3, 4, 0)
    assert (report.fault_count, report.refused, report.changed) == (5, False, True)
    assert [fault.where.row for fault in report.faults] == [7, 7, 8, 8, 9]
    assert "'nergens'" in report.faults[3].nl
    assert ties_of(any_store, "huis") == [("huis", "partner_of", "tuin", "")]


def test_a_row_that_names_a_rejected_row_is_rejected_too(any_store):
    records = (actor("huis"), fault(3), tie("huis", "funds", "kapot"), offer("kapot"), figure("kapot"))
    report = load(any_store, "gids", *records, policy=GOOD_ROWS)
    assert (report.accepted, report.rejected) == (1, 4)
    assert ids(any_store) == ["huis"]


def test_of_many_faults_the_first_hundred_are_kept_and_all_counted(any_store):
    report = load(any_store, "gids", *[fault(row) for row in range(2, 352)])
    assert (report.fault_count, report.rejected, len(report.faults)) == (350, 350, 100)


SAID: st.SearchStrategy[Record | Fault] = st.one_of(
    st.sampled_from(["huis", "tuin", "net"]).map(actor),
    st.sampled_from(["ada", "bob"]).map(person),
    st.tuples(st.sampled_from(["huis", "tuin", "ada", "nergens", "cbs:GM0001"]), st.sampled_from(["net", "bob"])).map(
        lambda ends: tie(ends[0], "partner_of", ends[1])
    ),
    st.sampled_from(["huis", "ada", "id:huis", "nergens"]).map(offer),
    st.sampled_from(["huis", "sector", "nergens"]).map(figure),
    st.integers(2, 5).map(fault),
)


def adds_up(report: Report) -> bool:
    """Return whether a report's numbers add up."""
    kept = sum(numbers.get("new", 0) + numbers.get("same", 0) for numbers in report.tables.values())
    return report.accepted + report.rejected + report.set_apart == report.rows and (
        report.refused or kept == report.accepted
    )


def test_accepted_rejected_and_set_apart_are_all_rows_always(ground: Ground):
    def holds(world: tuple[list[list[Record | Fault]], bool]) -> None:
        loads, skipping = world
        with ground.empty() as store:
            load(store, "gids", person("ada"), person("bob"))
            suppress(store, "p-1", "desk")
            for said in loads:
                first = {record.where.row for record in said if isinstance(record, Fault)}
                report = load(store, "gids", *said, policy=Policy(skip_bad_rows=skipping))
                assert adds_up(report)
                assert report.rows == Counter(not isinstance(record, Fault) for record in said)[True] + len(first)
                assert not any(record for record in said if getattr(record, "id", "") == "ada") or report.set_apart
                assert report.refused == (bool(report.fault_count) and not skipping)

    worlds = st.tuples(st.lists(st.lists(SAID, max_size=12), min_size=1, max_size=3), st.booleans())
    ground.try_all(worlds, holds)


def test_progress_ends_at_the_number_of_rows(any_store):
    heard: list[int] = []
    items = rows([*(actor(f"huis-{n}") for n in range(25)), fault(99)])
    report = replace(
        any_store, DatasetRecord(name="gids"), items, "made-up", GOOD_ROWS, lambda rows, fault: heard.append(rows)
    )
    assert heard[-1] == report.rows == 26
    assert heard == sorted(heard)
