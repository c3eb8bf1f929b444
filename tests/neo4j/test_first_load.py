"""A first load: it makes the indexes when its rows are written, and writes each card once."""

import re

import pytest
from door import load, load_demo
from neo4j_server import drop_all

from graph.model import Viewer
from graph.questions import search
from graph.records import ActorRecord, DatasetRecord, TieRecord
from graph.stores.neo4j_schema import TO_ASK, TO_WRITE
from graph.view import open_view

pytestmark = pytest.mark.neo4j
OURS = {found[1] for found in (re.search(r"(\w+) IF NOT EXISTS", text) for text in (*TO_WRITE, *TO_ASK)) if found}
PEOPLE = DatasetRecord(name="made-up", title="Verzonnen", audience="public", date="2026-01-31")
MORE = DatasetRecord(name="made-up-too", title="Verzonnen, nog meer", audience="public", date="2026-01-31")


def rows(driver, query: str) -> list[list]:
    with driver.session() as session:
        return session.run(query).values()


def online(driver) -> set[str]:
    return {name for [name] in rows(driver, "SHOW INDEXES YIELD name, state WHERE state = 'ONLINE' RETURN name")}


def test_a_first_load_makes_every_index_before_it_is_live(composed_store, composed_driver):
    drop_all(composed_driver)
    with composed_store.draft("nothing"):
        assert not OURS & online(composed_driver) - {re.search(r"(\w+) IF", text)[1] for text in TO_WRITE}
    load_demo(composed_store)
    assert online(composed_driver) >= OURS
    assert composed_store.check() == []
    with open_view(composed_store, Viewer.PUBLIC) as view:
        assert search(view, "wijkpaleis").actors[0].id == "wijkpaleis"


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
