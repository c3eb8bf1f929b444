"""How nodes and records wait to be written: what finds a node by its number never comes before it."""

import pytest

from graph.stored import ActorRow, Node, TieRow
from graph.stores import neo4j_records, neo4j_writing
from graph.stores.neo4j_records import RecordWriter
from graph.stores.neo4j_rows import read_types
from graph.stores.neo4j_types import RECORD_TYPES

NAMES = {text: name for name, text in vars(neo4j_writing).items() if isinstance(text, str)}


def node(n: int) -> Node:
    return Node(n, f"a-{n}", f"made-up/{n}", 3, 3, n, n)


def actor(n: int) -> ActorRow:
    return ActorRow("made-up", n, n, 3, (f"kvk:{n}",), "{}")


def tie(source: int, target: int) -> TieRow:
    return TieRow("made-up", 10 * source + target, source, "funds", target, "", 3, 1, "{}")


@pytest.fixture
def sent() -> list[tuple[str, int]]:
    """What was written: names of queries, and how many rows."""
    return []


@pytest.fixture
def writer(sent, monkeypatch) -> RecordWriter:
    monkeypatch.setattr(neo4j_records, "BATCH", 3)
    return RecordWriter(lambda query, **given: sent.append((NAMES[query], len(given.get("rows", ())))))


def test_a_new_node_is_written_with_its_first_record(writer, sent):
    writer.add_nodes([node(1), node(2)])
    writer.add([actor(1), actor(2), actor(1)])
    writer.flush()
    assert sent == [("NEED_DATASET", 0), ("PUT_NEW_ACTORS", 2), ("PUT_CLAIMS", 3), ("PUT_ACTORS", 1)]


def test_a_full_batch_of_records_leaves_nodes_waiting_for_theirs(writer, sent):
    writer.add_nodes(map(node, range(1, 6)))
    writer.add(list(map(actor, range(1, 6))))
    assert sent == [("NEED_DATASET", 0), ("PUT_NEW_ACTORS", 3), ("PUT_CLAIMS", 3)]


def test_ties_never_come_before_the_nodes_they_name(writer, sent):
    writer.add_nodes(map(node, range(1, 5)))
    writer.add([actor(1)])
    writer.add([tie(1, 2), tie(2, 3), tie(3, 4)])
    assert sent == [("NEED_DATASET", 0), ("PUT_NODES", 3), ("PUT_NEW_ACTORS", 1), ("PUT_TIES", 3)]


def test_a_store_of_an_older_version_may_have_records_of_all_types():
    assert read_types({"revision": 1}) == RECORD_TYPES
    assert read_types({"revision": 1, "types": ["SAYS", "gone"]}) == ("SAYS",)
    assert read_types({}) == ()
