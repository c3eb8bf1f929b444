"""A question asks the server few queries, however much is in the store: thirty times as much is a few pages more."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from door import load

from graph.model import Viewer
from graph.questions import nearby, neighbourhood, overview, search, show
from graph.records import ActorRecord, DatasetRecord, TieRecord
from graph.stores.neo4j_link import Link
from graph.view import View, open_view

QUESTIONS: dict[str, Callable[[View], object]] = {
    "search": lambda view: search(view, "verzonnen"),
    "search by two letters": lambda view: search(view, "ve"),
    "show": lambda view: show(view, "net"),
    "neighbourhood": lambda view: neighbourhood(view, "m1", depth=2),
    "nearby": lambda view: nearby(view, "net", km=50),
    "overview": overview,
}
MOST = 25  # queries


def fill(store, size: int) -> None:
    """Load a network with `size` members, who are also partners."""
    dataset = DatasetRecord(name="made-up", title="Verzonnen", audience="public", date="2026-01-31")
    members = [f"m{n}" for n in range(size)]
    records = [
        ActorRecord(id="net", kind="network", name="Verzonnen Net", place="Rotterdam"),
        *(ActorRecord(id=m, kind="initiative", name=f"Verzonnen {m}", place="Rotterdam") for m in members),
        *(TieRecord(source=m, kind="member_of", target="net") for m in members),
        *(TieRecord(source=a, kind="partner_of", target=b) for a, b in pairwise(members)),
    ]
    load(store, dataset, tuple(records))


@pytest.fixture
def count(neo4j_store, monkeypatch) -> Callable[[Callable[[View], object]], int]:
    """Return how many queries a question asks."""
    asked: list[str] = []
    read = Link.read

    def counted(link, query, parameters, **more):
        asked.append(query)
        return read(link, query, parameters, **more)

    monkeypatch.setattr(Link, "read", counted)
    monkeypatch.setattr("graph.stores.neo4j_snapshot.FRESH", 60.0)  # looks after slow questions are no part of them

    def counting(question: Callable[[View], object]) -> int:
        asked.clear()
        with open_view(neo4j_store, Viewer.PUBLIC) as view:
            question(view)
        return len(asked)

    return counting


@pytest.mark.neo4j
def test_a_question_asks_few_queries_however_many_there_are(neo4j_store, count):
    counts = {}
    for size in (20, 600):
        fill(neo4j_store, size)
        counts[size] = {name: count(question) for name, question in QUESTIONS.items()}
    assert max(counts[600].values()) <= MOST, counts
    for name in ("show", "nearby", "overview"):
        assert counts[20][name] == counts[600][name], "what needs no pages asks the same"
