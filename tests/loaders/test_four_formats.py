"""One graph as CSV, GEXF, GraphML and Kumu JSON gives four equal stores. The graph is the demo sector's, besides made-up actors."""

import csv
import json
import sqlite3
from pathlib import Path

import networkx as nx
import pytest

from graph.ingest import Policy, replace
from graph.reading import Row
from graph.records import ActorRecord, DatasetRecord, TieRecord
from graph.stores import STORES
from graph.vocabulary import vocabulary
from loaders import LOADERS
from loaders.options import Options

SECTOR = Path(__file__).parents[2] / "data" / "sector"
MADE_UP = [
    ActorRecord(
        id="huis-tuin",
        kind="initiative",
        name='Huis, tuin & "keuken"',
        aliases=("Huis, tuin", "HTK; de keuken"),
        identifiers=("kvk:12345678", "org-id:NL-KVK-12345678"),
        place="Ede",
        municipality="GM0228",
        province="Gelderland",
        lat=52.04,
        lon=5.66,
        websites=("https://example.org/a,b", "www.example.org"),
        themes=("wonen", "jeugd"),
        legal_form="stichting",
        founded="1998-05",
        ended="2024",
        tier="core",
        subtype="buurthuis",
        note="Regel een\nregel twee",
    ),
    ActorRecord(id="huis-tuin-2", kind="initiative", name="Huis, tuin"),
    ActorRecord(id="p-1", kind="person", name="Jo Verzonnen"),
]
TIES = [
    TieRecord(
        source="huis-tuin-2", kind="funds", target="huis-tuin", ref="7/a", amount=1500.5, since="2020", until="2021-06"
    ),
    TieRecord(
        source="huis-tuin-2",
        kind="funds",
        target="huis-tuin",
        ref="8",
        amount=25_000,
        status="planned",
        basis="inferred",
    ),
    TieRecord(
        source="p-1", kind="works_at", target="huis-tuin", role="directeur", checked="2026-05-31", note="Een, twee"
    ),
    TieRecord(source="huis-tuin", kind="partner_of", target="huis-tuin-2"),
]
_ACTOR = {"websites": "website", "legal_form": "legal form"}
_LEFT = (
    "source",
    "target",
    "cites",
    "locator",
    "municipality_basis",
    "visibility",
    "visibility_basis",
    "introduces",
    "contacts",
)


@pytest.fixture(scope="module")
def graph():
    """The nodes and edges, each with its attributes as exports name them."""
    records = [item.record for item in LOADERS["sector"]([SECTOR]).items if isinstance(item, Row)]
    actors = [one for one in records if isinstance(one, ActorRecord)] + MADE_UP
    ties = [one for one in records if isinstance(one, TieRecord)] + TIES
    least = {"id", "kind", "name", "aliases", "tier", "subtype"}
    nodes = [_said(one, _ACTOR) for one in actors]
    nodes[-3] |= {"offers": ["geld.subsidie", "kennis.advies"], "declines": ["geld.lening"]}
    nodes = [{k: v for k, v in one.items() if one["kind"] != "person" or k in least} for one in nodes]
    return actors, nodes, [(one.source, one.target, _said(one, {}) | {"kind": one.kind}) for one in ties]


def _said(record, names):
    said = record.model_dump(exclude_none=True, exclude=set(_LEFT))
    return {
        names.get(field, field): list(value) if isinstance(value, tuple) else value
        for field, value in said.items()
        if value != ()
    }


def _joined(said):
    return {name: "|".join(value) if isinstance(value, list) else value for name, value in said.items()}


def as_csv(folder, nodes, edges):
    for name, rows in (
        ("nodes", [_joined(one) for one in nodes]),
        ("edges", [{"from": a, "to": b, **_joined(c)} for a, b, c in edges]),
    ):
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(dict.fromkeys(column for row in rows for column in row)))
            writer.writeheader()
            writer.writerows(rows)
    return [folder / "nodes.csv", folder / "edges.csv"]


def as_kumu(folder, nodes, edges):
    path = folder / "graph.json"
    symmetric = {kind.id for kind in vocabulary().tie_kinds.values() if kind.symmetric}
    elements = [{"label": one["name"], **one} for one in nodes]
    directions = [("undirected" if said["kind"] in symmetric else "directed", a, b, said) for a, b, said in edges]
    connections = [{"from": a, "to": b, "direction": direction, **said} for direction, a, b, said in directions]
    path.write_text(json.dumps({"elements": elements, "connections": connections}), encoding="utf-8")
    return [path]


def _networkx(nodes, edges, *, with_id):
    graph = nx.MultiDiGraph()
    for one in nodes:
        graph.add_node(one["id"], label=one["name"], **{k: v for k, v in _joined(one).items() if with_id or k != "id"})
    for source, target, said in edges:
        graph.add_edge(source, target, **{k: float(v) if k == "amount" else v for k, v in _joined(said).items()})
    return graph


def as_gexf(folder, nodes, edges):
    nx.write_gexf(_networkx(nodes, edges, with_id=False), folder / "graph.gexf", version="1.3")
    return [folder / "graph.gexf"]


def as_graphml(folder, nodes, edges):
    nx.write_graphml_xml(_networkx(nodes, edges, with_id=True), folder / "graph.graphml")
    return [folder / "graph.graphml"]


def stored(loader, paths, folder):
    """Return what a store holds after a load: who, what is said of them, their ties, and what the public and staff are told."""
    reading = LOADERS[loader](paths, Options(audience="public"))
    store = STORES["sqlite"](str(folder / f"{loader}.db"), "")
    with store:
        report = replace(
            store, DatasetRecord(name="sector", audience="public", date="2026-05-31"), reading.items, loader, Policy()
        )
    assert report.fault_count == 0, report.faults
    base = sqlite3.connect(folder / f"{loader}.db")
    ask = lambda sql: sorted((tuple(map(_plain, row)) for row in base.execute(sql)), key=repr)
    nodes = ask("SELECT id, key, mask, leads_public = n FROM nodes")
    actors = ask("SELECT nodes.id, body, claims FROM actors JOIN nodes USING (n)")
    ties = ask(
        "SELECT a.id, b.id, ref, round(bound, 9), body FROM ties JOIN nodes a ON a.n = source JOIN nodes b ON b.n = target"
    )
    cards = ask("SELECT * FROM cards")
    offers = ask("SELECT nodes.id, stance, help, body FROM offers JOIN nodes USING (n)")
    base.close()
    return {
        "nodes": nodes,
        "actors": actors,
        "ties": ties,
        "offers": offers,
        "cards": [row[1:] for row in cards],
    }, reading.ledger


def _plain(value):
    """Return a value without the name of the file that it is cited from."""
    if isinstance(value, str) and value.startswith("{"):
        return json.dumps({key: one for key, one in json.loads(value).items() if key != "cites"}, sort_keys=True)
    return value


def test_one_graph_in_four_formats_gives_four_equal_stores(tmp_path, graph):
    actors, nodes, edges = graph
    formats = {"csv": as_csv, "gexf": as_gexf, "graphml": as_graphml, "kumu": as_kumu}
    found, kept = {}, {}
    for loader, write in formats.items():
        folder = tmp_path / loader
        folder.mkdir()
        found[loader], ledger = stored(loader, write(folder, nodes, edges), folder)
        kept[loader] = ledger.rows, ledger.set_apart
        assert ledger.notes("en") == [], loader
    assert set(map(repr, kept.values())) == {repr((len(nodes) + len(edges), {}))}
    assert len(found["csv"]["nodes"]) == len(nodes)
    assert len(found["csv"]["ties"]) == len(edges)
    for loader in ("gexf", "graphml", "kumu"):
        for part, rows in found["csv"].items():
            assert found[loader][part] == rows, (loader, part)
    assert [row[:3] for row in found["csv"]["offers"]] == [
        ("huis-tuin", "declines", "geld.lening"),
        ("huis-tuin", "offers", "geld.subsidie"),
        ("huis-tuin", "offers", "kennis.advies"),
    ]
    bodies = {id_: json.loads(body) for id_, body, _ in found["csv"]["actors"]}
    for one in actors:
        if one.kind != "person":
            told = one.model_dump(mode="json", exclude_defaults=True, exclude={"id", *_LEFT})
            assert bodies[one.id] == told
