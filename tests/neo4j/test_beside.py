"""Data of somebody else that was put beside ours: it is left as it is, and shown to nobody. All of it is made up."""

import pytest
from door import load
from saying import actor, everything, person, tie

from graph.errors import NotFoundError
from graph.ingest import judge, remove, suppress
from graph.model import Viewer
from graph.questions import search, show
from graph.records import DatasetRecord
from graph.view import open_view

pytestmark = pytest.mark.neo4j

LIST = DatasetRecord(name="lijst", title="Een verzonnen lijst", audience="public", date="2026-01-31")
MORE = DatasetRecord(name="meer", title="Nog een verzonnen lijst", audience="public", date="2026-01-31")
SAID = (
    actor("huis", name="Huis Verzonnen"),
    actor("tuin", name="Tuin Verzonnen"),
    person("ada", "Ada Verzonnen"),
    tie("huis", "member_of", "tuin"),
    tie("ada", "works_at", "huis"),
)
# What others may call by our words, alone and tied to what is ours.
THEIRS = """
MATCH (ours:Actor {id: 'huis'})
CREATE (a:Actor:Person {theirs: 1, name: 'Filmster Verzonnen', born: 1964}),
  (b:Actor {theirs: 2, name: 'Ster Verzonnen', id: 'ster', key: 'film/ster'}),
  (:Dataset {theirs: 3, name: 'metingen'}), (:Dataset {theirs: 4}), (:Note {theirs: 5, text: 'Niet weggooien'}),
  (a)-[:WORKS_AT {since: 2001}]->(b), (a)-[:MEMBER_OF]->(ours), (ours)-[:FUNDS {amount: 7}]->(b)
"""
LOOK = """
MATCH (n) WHERE n.theirs IS NOT NULL OPTIONAL MATCH (n)-[r]->(m)
RETURN n.theirs, labels(n), properties(n), collect([type(r), properties(r), m.theirs, m.id]) ORDER BY n.theirs
"""


def test_what_others_put_beside_it_is_left_as_it_is_and_shown_to_nobody(neo4j_store, neo4j_driver):
    load(neo4j_store, LIST, SAID)
    before = [everything(neo4j_store, viewer) for viewer in Viewer]
    with neo4j_driver.session() as session:
        session.run(THEIRS).consume()
        theirs = session.run(LOOK).values()
    assert [everything(neo4j_store, viewer) for viewer in Viewer] == before
    with open_view(neo4j_store, Viewer.STAFF) as view:
        assert not search(view, "ster").actors
        with pytest.raises(NotFoundError):
            show(view, "ster")

    load(neo4j_store, MORE, (actor("bos", name="Bos Verzonnen"), *SAID[:2]))
    judge(neo4j_store, "same", "huis", "tuin", "balie")
    remove(neo4j_store, "meer")
    suppress(neo4j_store, "p-1", "balie")
    load(neo4j_store, LIST, SAID[:2])
    with neo4j_driver.session() as session:
        assert session.run(LOOK).values() == theirs
    assert neo4j_store.check() == []
