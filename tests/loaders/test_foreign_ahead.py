"""A large file of another tool is read by another process: the same comes of it, and nothing is left of it when it goes wrong."""

import json
import multiprocessing
import os
import signal

import networkx as nx
import pytest
from foreign_files import Read

from graph.errors import LoadError
from loaders import foreign, gexf, xml_stream
from loaders.foreign_items import Edge, Node


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """Let what is large be small here, and leave no process behind."""
    monkeypatch.setattr(foreign, "CHUNK", 3)
    monkeypatch.setattr(foreign, "HERE", 6)
    monkeypatch.setattr(xml_stream, "_BLOCK", 500)
    monkeypatch.setattr(foreign, "can_fork", lambda: True)
    yield
    assert multiprocessing.active_children() == []


@pytest.fixture
def graph(tmp_path):
    """Write a ring of forty made-up actors, of which one edge is between who is not there."""
    made = nx.DiGraph()
    for i in range(40):
        made.add_node(
            f"n{i}", label=f"Verzonnen {i}", plaats=("Ede", "Epe")[i % 2], soort=("fonds", "buurthuis")[i % 2]
        )
    made.add_edges_from(((f"n{i}", f"n{(i + 1) % 40}") for i in range(40)), kind="partner_of")
    nx.write_gexf(made, path := tmp_path / "ring.gexf")
    path.write_text(path.read_text().replace('target="n7"', 'target="n77"'))
    return path


def note_who_reads(monkeypatch):
    """Let each node have a note of which process read it."""
    node = gexf._node
    monkeypatch.setattr(gexf, "_node", lambda own, said, where: node(own, {**said, "note": str(os.getpid())}, where))


def test_the_same_is_read_whoever_reads(graph, monkeypatch):
    ahead = Read("gexf", graph)
    monkeypatch.setattr(foreign, "can_fork", lambda: False)
    here = Read("gexf", graph)
    assert (ahead.records, ahead.tie_records, ahead.faults) == (here.records, here.tie_records, here.faults)
    assert (len(ahead.records), len(ahead.ties)) == (40, 39)
    line = graph.read_text().partition("n77")[0].count("\n") + 1
    assert ahead.faults == [f"ring.gexf, line {line}: the node 'n77' is not in the file; add it, or delete this."]


def test_of_a_large_file_another_process_reads_all_but_the_first(graph, monkeypatch):
    note_who_reads(monkeypatch)
    notes = [one.note for one in Read("gexf", graph).records]
    [me, other] = dict.fromkeys(notes)
    assert me == str(os.getpid()) != other
    assert 6 <= notes.index(other) < 12


def test_what_is_known_of_one_file_matters_to_the_next(tmp_path, monkeypatch):
    def package(name, ids):
        who = {"fundingOrganization": [{"id": "GB-CHC-1", "name": "Fonds Zo"}]}
        grants = [
            {
                "id": f"360G-{i}",
                "amountAwarded": i,
                **who,
                "recipientOrganization": [{"id": f"XX-{i}", "name": f"Huis {i}"}],
            }
            for i in ids
        ]
        (tmp_path / name).write_text(json.dumps({"grants": grants}))
        return tmp_path / name

    paths = package("a.json", range(1, 31)), package("b.json", range(21, 41))
    ahead = Read("threesixtygiving", *paths)
    monkeypatch.setattr(foreign, "can_fork", lambda: False)
    here = Read("threesixtygiving", *paths)
    assert (len(ahead.records), len(ahead.ties), ahead.apart, ahead.faults) == (41, 40, {"doubled": 10}, [])
    assert (ahead.records, ahead.tie_records) == (here.records, here.tie_records)


def test_each_file_has_its_own_ids_also_if_another_process_reads_them(tmp_path, graph):
    (other := tmp_path / "b.gexf").write_text(graph.read_text().replace("Verzonnen", "Ander"))
    read = Read("gexf", graph, other)
    assert (len(read.records), len(read.ties), len(read.faults)) == (80, 78, 2)


def test_a_small_file_is_read_here(graph, monkeypatch):
    note_who_reads(monkeypatch)
    monkeypatch.setattr(foreign, "CHUNK", 100)
    monkeypatch.setattr(foreign, "HERE", 100)
    assert {one.note for one in Read("gexf", graph).records} == {str(os.getpid())}


def test_a_file_that_breaks_off_says_so_with_the_line(graph):
    graph.write_text(graph.read_text()[:-200])
    with pytest.raises(LoadError) as caught:
        Read("gexf", graph)
    assert caught.value.nl.startswith("ring.gexf is geen XML, of is afgebroken: regel ")
    assert caught.value.en.startswith("ring.gexf is no XML, or is broken off: line ")


def test_a_process_that_is_killed_is_told(tmp_path):
    me = os.getpid()

    def read(path, name):
        for i in range(40):
            yield Node(f"n{i}", {"label": f"Verzonnen {i}"}, (name, i))
        assert os.getpid() != me
        os.kill(os.getpid(), signal.SIGKILL)

    (path := tmp_path / "a.graph").touch()
    with pytest.raises(LoadError, match="broke off"):
        list(foreign.load("gexf", read, [path], foreign.Options()).items)


def test_who_reads_no_further_leaves_no_process_behind(tmp_path):
    def read(path, name):
        while True:
            yield Node("n0", {"label": "Verzonnen"}, (name, 1))
            yield Edge("n0", "n0", {"kind": "partner_of"}, (name, 1))

    (path := tmp_path / "a.graph").touch()
    items = iter(foreign.load("gexf", read, [path], foreign.Options()).items)
    assert [next(items).record.id for _ in range(2)] == ["a", "verzonnen"]
    items.close()
