"""A first load: it makes the indexes when its rows are written, asks little, and writes each card once."""

import pytest
from door import load, load_demo
from neo4j_server import drop_all

from graph.model import Viewer
from graph.questions import search
from graph.records import ActorRecord, DatasetRecord, TieRecord
from graph.stored import Table
from graph.stores import neo4j_link
from graph.stores.neo4j_schema import OF_TYPE, TO_ASK, TO_BEGIN, TO_WRITE
from graph.view import open_view

pytestmark = pytest.mark.neo4j
MOST = 20  # queries that a server has to plan, beside those that make indexes
PEOPLE = DatasetRecord(name="made-up", title="Verzonnen", audience="public", date="2026-01-31")
MORE = DatasetRecord(name="made-up-too", title="Verzonnen, nog meer", audience="public", date="2026-01-31")


def rows(driver, query: str) -> list[list]:
    with driver.session() as session:
        return session.run(query).values()


def online(driver) -> set[str]:
    found = rows(driver, "SHOW INDEXES YIELD name, state, type WHERE state = 'ONLINE' AND type <> 'LOOKUP' RETURN name")
    return {name for [name] in found}


def made_by(*statements: str) -> set[str]:
    """Return the names of what these statements make."""
    return {text.split(" IF NOT EXISTS")[0].split()[-1] for text in statements}


BEFORE = made_by(TO_BEGIN, *TO_WRITE)


def test_a_first_load_makes_every_index_before_it_is_live(composed_store, composed_driver):
    drop_all(composed_driver)
    with composed_store.draft("nothing"):
        assert online(composed_driver) == BEFORE
    load_demo(composed_store)
    types = [name for [name] in rows(composed_driver, "MATCH ()-[r]->() RETURN DISTINCT type(r)") if name in OF_TYPE]
    assert {"SAYS", "FUNDS", "OFFERS"} <= set(types)
    assert online(composed_driver) == BEFORE | made_by(*TO_ASK, *(one for name in types for one in OF_TYPE[name]))
    assert composed_store.check() == []
    with open_view(composed_store, Viewer.PUBLIC) as view:
        assert search(view, "wijkpaleis").actors[0].id == "wijkpaleis"


def test_a_kind_of_tie_that_comes_later_brings_its_indexes(composed_store, composed_driver):
    def tied(prefix: str, kind: str) -> tuple[ActorRecord | TieRecord, ...]:
        ends = [ActorRecord(id=f"{prefix}{name}", kind="network", name="Verzonnen Net") for name in "ab"]
        return (*ends, TieRecord(source=f"{prefix}a", kind=kind, target=f"{prefix}b"))

    drop_all(composed_driver)
    load(composed_store, PEOPLE, tied("", "part_of"))
    assert not made_by(*OF_TYPE["FUNDS"]) & online(composed_driver)
    load(composed_store, MORE, tied("nog-", "funds"))
    assert online(composed_driver) >= made_by(*OF_TYPE["FUNDS"], *OF_TYPE["PART_OF"])
    with composed_store.snapshot() as snapshot:
        assert sorted(snapshot.pairs(None)) == [(1, 2, 3), (3, 4, 3)]
    load(composed_store, MORE, tied("nog-", "part_of"))
    with composed_store.snapshot() as snapshot:
        assert [tie.kind for tie in snapshot.records(Table.TIES, MORE.name)] == ["part_of"]


def test_a_first_load_sends_few_statements(composed_store, composed_driver, monkeypatch):
    sent: set[str] = set()
    rows_of = neo4j_link._rows

    def noted(transaction, query, parameters):
        sent.add(query)
        return rows_of(transaction, query, parameters)

    drop_all(composed_driver)
    monkeypatch.setattr(neo4j_link, "_rows", noted)
    load_demo(composed_store)
    assert len({query for query in sent if " IF NOT EXISTS " not in query}) <= MOST, sent


def test_a_new_card_is_written_once_for_all_who_see_it_so(composed_store, composed_driver):
    def some(prefix: str) -> tuple[ActorRecord | TieRecord, ...]:
        return (
            ActorRecord(id=f"{prefix}tuin", kind="initiative", name="Verzonnen Tuin"),
            ActorRecord(id=f"{prefix}net", kind="network", name="Verzonnen Net"),
            ActorRecord(id=f"{prefix}mens", kind="person", name="Verzonnen Mens"),  # for staff alone
            TieRecord(source=f"{prefix}mens", kind="works_at", target=f"{prefix}tuin"),
        )

    load(composed_store, PEOPLE, some(""))
    load(composed_store, MORE, some("nog-"))
    cards = rows(
        composed_driver, "MATCH (a)-[c:SEEN_BY]->() RETURN a.key, c.mask, c.contacts, c.died ORDER BY a.key, c.mask"
    )
    wanted = [("mens", 2, 1), ("net", 3, 0), ("tuin", 1, 0), ("tuin", 2, 1)]
    assert cards == [
        [f"{name}/{prefix}{local}", mask, contacts, None]
        for name, prefix in (("made-up-too", "nog-"), ("made-up", ""))
        for local, mask, contacts in wanted
    ]
    names = rows(
        composed_driver, "MATCH (a:Actor) RETURN DISTINCT [l IN labels(a) WHERE l <> 'Actor'], a.name ORDER BY a.name"
    )
    assert names == [[["Person"], "Verzonnen Mens"], [["Network"], "Verzonnen Net"], [["Initiative"], "Verzonnen Tuin"]]
