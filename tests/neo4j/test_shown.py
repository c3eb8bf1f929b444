"""What a person sees who looks at the database with Neo4j Browser, and that names cannot do anything there."""

import pytest
from door import load, load_demo

from graph.model import Viewer
from graph.questions import search, show
from graph.records import ActorRecord, DatasetRecord, TieRecord
from graph.stores.neo4j_types import LABELS, STANCE_TYPES, TIE_TYPES
from graph.view import open_view

pytestmark = pytest.mark.neo4j
ACTOR_KINDS = " OR ".join(f"n:{label}" for label in LABELS.values())


def rows(driver, query: str, **parameters) -> list[list]:
    with driver.session() as session:
        return session.run(query, parameters).values()


def test_a_look_at_everything_shows_names_kinds_and_typed_ties(neo4j_store, neo4j_driver):
    load_demo(neo4j_store)
    with open_view(neo4j_store, Viewer.STAFF) as view:
        cards = {(card.id, card.kind, card.name) for card in view.every_card()}
    assert len(cards) == 155

    kinds = {label: kind for kind, label in LABELS.items()}
    actors = rows(neo4j_driver, f"MATCH (n) WHERE {ACTOR_KINDS} RETURN n.id, labels(n), n.name")
    seen = {(id, kinds[label], name) for id, labels, name in actors for label in labels if label != "Actor"}
    assert seen == cards, "one node an actor, with its name to be its caption and its kind to colour it"

    rest = dict(rows(neo4j_driver, f"MATCH (n) WHERE NOT ({ACTOR_KINDS}) UNWIND labels(n) AS l RETURN l, count(*)"))
    assert rest.keys() == {"Help", "Dataset", "Viewer", "Weefsel"}, "and little besides"
    assert (rest["Dataset"], rest["Viewer"], rest["Weefsel"]) == (1, 2, 1)
    assert rows(neo4j_driver, "MATCH (n) WHERE n.name IS NULL RETURN count(n)") == [[0]]

    ties = dict(rows(neo4j_driver, "MATCH (:Actor)-[r]->(:Actor) RETURN type(r), count(*)"))
    assert ties.keys() <= set(TIE_TYPES.values())
    assert sum(ties.values()) == 233
    offers = dict(rows(neo4j_driver, "MATCH (:Actor)-[r]->(:Help) RETURN type(r), count(*)"))
    assert offers.keys() <= set(STANCE_TYPES.values())
    assert sum(offers.values()) == 129
    told = "MATCH (a)-[r:PORTRAYED_IN]->() WHERE a.id = 'wijkpaleis' RETURN r.since, r.until, r.status"
    assert rows(neo4j_driver, told) == [["2021", "2021", None]], "where nothing is said, it is current"
    told = "MATCH (:Person)-[r:FOUNDED]->(a) WHERE a.id = 'wijkpaleis' RETURN r.role"
    assert rows(neo4j_driver, told) == [["initiatiefnemer"]]


HOSTILE = (
    "Verzonnen'}) DETACH DELETE n //",
    'Verzonnen" OR 1=1 WITH n MATCH (m) DELETE m //',
    "Verzonnen`:Viewer`",
    "Verzonnen $rev {name: $name} \\\\u0027 \\u0000-loos",
    "Verzonnen */ RETURN 1 /* +(weg) ~2 ^9 [a TO z]",
    "Verzonnen סלעפרעו ندى",
    "Verzonnen (:Weefsel)-[:KEEPS]->()",
)


def test_hostile_names_stay_names(neo4j_store, neo4j_driver):
    before = {tuple(row) for row in rows(neo4j_driver, "CALL db.labels() YIELD label RETURN label")}
    dataset = DatasetRecord(name="made-up", title="Verzonnen `lijst`'}) //", audience="public", date="2026-01-31")
    actors = [
        ActorRecord(id=f"h{n}", kind="initiative", name=name, note=name, themes=("wonen",))
        for n, name in enumerate(HOSTILE)
    ]
    ties = [
        TieRecord(source="h0", kind="partner_of", target=f"h{n}", role=name, note=name)
        for n, name in enumerate(HOSTILE)
        if n
    ]
    load(neo4j_store, dataset, (*actors, *ties))
    with open_view(neo4j_store, Viewer.PUBLIC) as view:
        names = [card.name for card in view.every_card()]
        assert len(names) == len(HOSTILE)
        for name in names:
            assert name in [hit.name for hit in search(view, name[:190]).actors], name
            [hit] = [hit for hit in search(view, "verzonnen").actors if hit.name == name]
            assert show(view, hit.id).actor.card.name == name
        [dataset] = view.datasets()
        assert dataset.title == "Verzonnen `lijst`'}) //"
    assert rows(neo4j_driver, "MATCH (a:Initiative) RETURN count(a)") == [[len(HOSTILE)]]
    assert {tuple(row) for row in rows(neo4j_driver, "CALL db.labels() YIELD label RETURN label")} >= before
    assert neo4j_store.check() == []
