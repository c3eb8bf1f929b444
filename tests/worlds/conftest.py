"""Fixtures of the worlds: grounds to make many stores on."""

from pathlib import Path
from typing import Any

import pytest
from grounds import Ground, in_files
from holdings import Holdings, of_files, of_server
from neo4j_server import emptied

from graph.store import Store
from graph.stores import STORES, neo4j_sweep

# What is tried on Neo4j too, each test once: writes that are whole or not at all, who sees what, erasing, and processes. The
# rest, and variants, try what is written once above the port, on SQLite; tests/contract holds both stores to the port's
# promises.
ON_NEO4J = {
    "test_a_reader_sees_only_whole_states_while_another_process_loads",
    "test_of_two_loads_at_once_none_is_lost",
    "test_a_second_load_is_told_who_is_loading_and_the_first_is_not_disturbed",
    "test_a_load_that_is_killed_never_was",
    "test_a_faulty_load_leaves_the_store_as_it_was",
    "test_a_load_that_breaks_off_leaves_the_store_as_it_was",
    "test_several_batches_make_the_same_store_as_one",
    "test_what_left_the_file_leaves_the_graph_unless_another_dataset_says_it",
    "test_records_that_say_something_else_of_the_same_are_told_as_changed",
    "test_a_removed_dataset_is_undone",
    "test_who_moved_and_got_another_name_is_changed_if_an_identifier_says_who_it_is",
    "test_last_years_file_undoes_it",
    "test_a_dataset_may_turn_internal_and_public_again",
    "test_everything_said_again_in_any_order_changes_nothing",
    "test_an_internal_word_finds_nothing_and_moves_nothing_in_the_order",
    "test_of_new_actors_only_those_that_share_an_identifier_are_looked_at_again",
    "test_no_answer_to_the_public_holds_a_word_of_staff",
    "test_a_person_who_is_hidden_later_is_gone_and_comes_back_as_it_was",
    "test_nothing_of_a_suppressed_person_is_left_in_the_store_s_bytes",
    "test_nobody_is_told_that_there_was_such_a_person",
    "test_every_record_of_one_person_goes_whoever_says_it_and_whoever_may_see_it",
    "test_her_rows_are_set_apart_at_every_later_load",
    "test_taken_back_she_returns_with_the_next_load_under_a_new_id",
}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what need not be tried on Neo4j."""
    kept: dict[object, pytest.Item] = {}
    for item in items:
        if item.path.parent != Path(__file__).parent or not item.get_closest_marker("neo4j"):
            kept[item.nodeid] = item
        elif getattr(item, "originalname", "") in ON_NEO4J:
            kept.setdefault((item.path, getattr(item, "originalname", "")), item)
    left = set(items) - set(kept.values())
    config.hook.pytest_deselected(items=[item for item in items if item in left])
    items[:] = kept.values()


@pytest.fixture
def files(tmp_path: Path) -> Ground:
    """Stores in files, to compare another store with."""
    (tmp_path / "compared").mkdir()
    return in_files(tmp_path / "compared")


@pytest.fixture(params=["sqlite", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def ground(request: pytest.FixtureRequest, tmp_path: Path) -> Ground:
    """Many stores of each adapter."""
    return in_files(tmp_path) if request.param == "sqlite" else request.getfixturevalue("server_ground")


@pytest.fixture
def holdings(place: Any, request: pytest.FixtureRequest) -> Holdings:
    """A way to read all that the store of this test holds."""
    if place.adapter == "sqlite":
        return lambda: of_files(Path(place.url))
    driver = request.getfixturevalue("neo4j_driver")
    return lambda: of_server(driver)


@pytest.fixture
def server_ground(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Ground:
    """Stores on the server, each emptied of the one before; what is erased need not be gone from its files."""
    monkeypatch.setattr(neo4j_sweep, "FREED_AFTER", 0.0)
    server = request.getfixturevalue("neo4j_server")
    driver = request.getfixturevalue("neo4j_driver")

    def empty() -> Store:
        emptied(driver)
        return STORES["neo4j"](server.url, server.password)

    return Ground(empty)
