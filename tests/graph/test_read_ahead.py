"""A large source is read by another process: the same comes of it, and nothing is left of it when it goes wrong."""

import multiprocessing
import os
import signal
from collections.abc import Iterator

import pytest

from graph.errors import LoadError
from graph.ingest import Report, preparing, read_ahead, replace
from graph.reading import Fault, Row, Where
from graph.records import ActorRecord, DatasetRecord, TieRecord
from graph.stores import STORES

DATASET = DatasetRecord(name="verzonnen", audience="public")
IDS = [f"verzonnen-{i}" for i in range(12)]


def rows() -> Iterator[Row | Fault]:
    for i, id in enumerate(IDS):
        yield Row(ActorRecord(id=id, kind="initiative", name=f"Verzonnen {i}"), Where("actors.csv", i + 2))
    for i, (a, b) in enumerate(zip(IDS, [*IDS[1:], "nobody"], strict=True)):
        yield Row(TieRecord(source=a, kind="partner_of", target=b), Where("ties.csv", i + 2), (str(i),))


def whose(items: Iterator[Row | Fault]) -> Iterator[Row | Fault]:
    """Yield the rows, and a fault that tells which process read them."""
    yield from items
    yield Fault(Where("last.csv", 2), "", str(os.getpid()), "")


@pytest.fixture
def store(tmp_path, monkeypatch):
    monkeypatch.setattr(preparing, "BATCH", 3)
    monkeypatch.setattr(read_ahead, "HERE", 6)
    monkeypatch.setattr(read_ahead, "can_fork", lambda: True)
    with STORES["sqlite"](str(tmp_path / "store.db"), "") as opened:
        yield opened
    assert multiprocessing.active_children() == []


def load(store, items: Iterator[Row | Fault]) -> Report:
    return replace(store, DATASET, items, "test")


def test_the_same_is_reported_whoever_reads(store, monkeypatch):
    [other, *faults] = load(store, whose(rows())).faults
    assert int(other.nl) != os.getpid()
    monkeypatch.setattr(read_ahead, "can_fork", lambda: False)
    [me, *same] = load(store, whose(rows())).faults
    assert int(me.nl) == os.getpid()
    assert same == faults
    assert [(fault.where, fault.cells) for fault in faults] == [(Where("ties.csv", 13), ("11",))]


def test_a_small_source_is_read_here(store):
    [fault] = load(store, whose(row for row in [next(rows())])).faults
    assert int(fault.nl) == os.getpid()


def test_a_source_that_cannot_be_read_any_further_says_so_in_both_languages(store):
    def broken() -> Iterator[Row | Fault]:
        yield from rows()
        raise LoadError(nl="Het is veranderd.", en="It changed.")

    with pytest.raises(LoadError) as caught:
        load(store, broken())
    assert (caught.value.nl, caught.value.en) == ("Het is veranderd.", "It changed.")


def test_a_reader_that_is_killed_is_told(store):
    me = os.getpid()

    def killed() -> Iterator[Row | Fault]:
        yield from rows()
        assert os.getpid() != me
        os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(LoadError, match="broke off"):
        load(store, killed())


def test_who_is_interrupted_leaves_no_reader_behind(store):
    def watch(rows: int, fault: Fault | None) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        replace(store, DATASET, rows(), "test", watch=watch)
    assert multiprocessing.active_children() == []
