"""GEXF and GraphML as Gephi, yEd and networkx write them; networkx writes, and says what there is. Everything is made up."""

import networkx as nx
import pytest
from foreign_files import Read, toml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.errors import LoadError
from loaders.table_words import nobody

GEPHI = """<?xml version='1.0' encoding='UTF-8'?>
<gexf xmlns="http://gexf.net/1.3" version="1.3" xmlns:viz="http://gexf.net/1.3/viz">
  <meta lastmodifieddate="2026-05-31"><creator>Gephi 0.10.1</creator><description></description></meta>
  <graph defaultedgetype="directed" idtype="string" mode="dynamic" timeformat="date" timerepresentation="interval">
    <attributes class="node" mode="static">
      <attribute id="soort" title="Soort" type="string"><default>stichting</default></attribute>
      <attribute id="opgericht" title="Opgericht" type="double"/>
      <attribute id="3" title="thema's" type="liststring"/>
      <attribute id="m" title="modularity_class" type="integer"/>
    </attributes>
    <attributes class="edge" mode="dynamic"><attribute id="9" title="bedrag" type="float"/></attributes>
    <nodes count="4">
      <node id="0" label="Ons Huis &amp; tuin">
        <attvalues>
          <attvalue for="soort" value="buurthuis"/><attvalue for="opgericht" value="1998.0"/>
          <attvalue for="3" value="[wonen, jeugd]"/><attvalue for="plaats" value="Ede"/><attvalue for="m" value="4"/>
        </attvalues>
        <viz:size value="12.0"/><viz:position x="1" y="2"/><viz:color r="1" g="2" b="3"/>
        <nodes><node id="1" label="Moestuin"/></nodes>
      </node>
      <node id="2" label="Fonds Zo"><attvalues><attvalue for="soort" value="fonds"/></attvalues></node>
      <node id="3" label="Zo ook"><attvalues><attvalue for="opgericht" value="NaN"/></attvalues></node>
    </nodes>
    <edges count="5">
      <edge id="0" source="2" target="0" label="funds" start="2020-01-01" end="2022-12-31" weight="3.0">
        <attvalues><attvalue for="9" value="100" end="2021-01-01"/><attvalue for="9" value="250.5" start="2021-01-01"/></attvalues>
      </edge>
      <edge id="1" source="1" target="0" label="onderdeel van" weight="1.0"/>
      <edge id="2" source="0" target="3" type="undirected" label="Partner"/>
      <edge id="3" source="2" target="3" type="mutual" label="steunt">
        <spells><spell start="2019-01-01" end="2019-12-31"/><spell start="2021-01-01" end="2021-06-30"/></spells>
      </edge>
      <edge id="4" source="0" target="7" label="partner"/>
    </edges>
  </graph>
</gexf>
"""
YED = """<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:java="http://www.yworks.com/xml/yfiles-common/1.0/java"
    xmlns:y="http://www.yworks.com/xml/graphml" xmlns:yed="http://www.yworks.com/xml/yed/3">
  <key attr.name="Description" attr.type="string" for="graph" id="d0"/>
  <key attr.name="url" attr.type="string" for="node" id="d4"/>
  <key attr.name="description" attr.type="string" for="node" id="d5"/>
  <key for="node" id="d6" yfiles.type="nodegraphics"/>
  <key for="edge" id="d10" yfiles.type="edgegraphics"/>
  <graph edgedefault="directed" id="G">
    <data key="d0"/>
    <node id="n0">
      <data key="d4"><![CDATA[https://example.org]]></data>
      <data key="d5">Een huis</data>
      <data key="d6"><y:ShapeNode><y:Geometry height="30.0" width="30.0" x="1" y="2"/>
        <y:NodeLabel alignment="center">Ons
Huis<y:LabelModel><y:SmartNodeLabelModel distance="4.0"/></y:LabelModel></y:NodeLabel><y:NodeLabel>twee</y:NodeLabel>
        <y:Shape type="rectangle"/></y:ShapeNode></data>
    </node>
    <node id="n1" yfiles.foldertype="group">
      <data key="d6"><y:ProxyAutoBoundsNode><y:Realizers active="0"><y:GroupNode><y:NodeLabel>Koepel Zo</y:NodeLabel></y:GroupNode>
        <y:GroupNode><y:NodeLabel>Folder 1</y:NodeLabel></y:GroupNode></y:Realizers></y:ProxyAutoBoundsNode></data>
      <graph edgedefault="directed" id="n1:">
        <node id="n1::n0"><data key="d5"/><data key="d6"><y:ShapeNode><y:NodeLabel>Moestuin</y:NodeLabel></y:ShapeNode></data></node>
      </graph>
    </node>
    <edge id="e0" source="n1::n0" target="n1"><data key="d10"><y:PolyLineEdge><y:Arrows source="none" target="standard"/>
      <y:EdgeLabel>lid van<y:LabelModel/></y:EdgeLabel></y:PolyLineEdge></data></edge>
    <edge id="e1" source="n0" target="n1"><data key="d10"><y:PolyLineEdge><y:Arrows source="none" target="none"/>
      <y:EdgeLabel>partner</y:EdgeLabel></y:PolyLineEdge></data></edge>
    <edge id="e2" source="n0" target="n1"><data key="d10"><y:ArcEdge><y:Arrows source="white_delta" target="none"/>
      <y:EdgeLabel>steunt</y:EdgeLabel></y:ArcEdge></data></edge>
    <hyperedge><endpoint node="n0"/><endpoint node="n1"/><data key="d5">nee</data></hyperedge>
  </graph>
  <data key="d7"><y:Resources/></data>
</graphml>
"""


def test_gexf_as_gephi_writes_it(tmp_path):
    path = tmp_path / "gephi.gexf"
    path.write_text(GEPHI, encoding="utf-8-sig")
    read = Read("gexf", path)
    house = read.actors["Ons Huis & tuin"]
    assert (house.kind, house.subtype, house.founded, house.place) == ("initiative", "buurthuis", "1998", "Ede")
    assert house.themes == ("wonen", "jeugd")
    assert read.actors["Moestuin"].subtype == "stichting"  # the default
    assert {name: one.kind for name, one in read.actors.items()} == {
        "Moestuin": "organisation",
        "Ons Huis & tuin": "initiative",
        "Fonds Zo": "funder",
        "Zo ook": "organisation",
    }
    assert read.ties == [
        ("Fonds Zo", "funds", "Ons Huis & tuin"),
        ("Moestuin", "part_of", "Ons Huis & tuin"),
        ("Ons Huis & tuin", "partner_of", "Zo ook"),
        ("Fonds Zo", "supports", "Zo ook"),
        ("Zo ook", "supports", "Fonds Zo"),
    ]
    grant, _, _, support, _ = read.tie_records
    assert (grant.since, grant.until, grant.amount) == ("2020-01-01", "2022-12-31", 250.5)
    assert (support.since, support.until) == ("2019-01-01", "2021-06-30")
    assert read.faults == ["gephi.gexf, line 33: the node '7' is not in the file; add it, or delete this."]
    assert "'modularity_class' (1)" in read.notes
    assert "attributes of edges: 'weight' (1)" in read.notes


def test_graphml_as_yed_writes_it(tmp_path):
    path = tmp_path / "yed.graphml"
    path.write_text(YED, encoding="utf-8")
    read = Read("graphml", path)
    assert read.faults == []
    assert sorted(read.actors) == ["Koepel Zo", "Moestuin", "Ons Huis"]
    assert (read.actors["Ons Huis"].websites, read.actors["Ons Huis"].note) == (("https://example.org",), "Een huis")
    assert read.ties == [
        ("Moestuin", "member_of", "Koepel Zo"),
        ("Ons Huis", "partner_of", "Koepel Zo"),
        ("Koepel Zo", "supports", "Ons Huis"),
    ]
    assert read.apart == {"other": 1}
    assert read.notes == "parts: 'hyperedge' (1)."


def test_graphml_may_be_mixed_without_namespace_with_edges_first_and_ports(tmp_path):
    path = tmp_path / "mixed.graphml"
    path.write_text(
        """<!DOCTYPE graphml PUBLIC "-//GRAPHML/DTD" "http://example.org/graphml.dtd">
        <graphml><key id="k" for="edge" attr.name="relation"><default>partner</default></key>
        <graph edgedefault="undirected"><edge source="a" target="b"/><edge source="b" target="c" directed="true">
        <data key="k">lid van</data></edge><edge source="a" target="c"><data key="k">lid van</data></edge>
        <node id="a"><port name="n"><data key="k">x</data></port></node><node id="b"/><node id="c"><data key="naam">Cee</data></node></graph>
        </graphml>"""
    )
    read = Read("graphml", path)
    assert read.faults == []
    assert read.ties == [("a", "partner_of", "b"), ("b", "member_of", "Cee")]
    assert read.apart == {"undirected": 1}


def test_graphml_as_gephi_writes_it(tmp_path):
    path = tmp_path / "gephi.graphml"
    path.write_text(
        """<?xml version="1.0" encoding="UTF-8"?><graphml xmlns="http://graphml.graphdrawing.org/xmlns">
        <key attr.name="label" attr.type="string" for="node" id="label"/>
        <key attr.name="Edge Label" attr.type="string" for="edge" id="edgelabel"/>
        <key attr.name="weight" attr.type="double" for="edge" id="weight"/>
        <key attr.name="Edge Id" attr.type="string" for="edge" id="edgeid"/>
        <key attr.name="r" attr.type="int" for="node" id="r"/><key attr.name="size" attr.type="float" for="node" id="size"/>
        <graph edgedefault="undirected">
        <node id="1"><data key="label">Ons Huis</data><data key="size">10.0</data><data key="r">153</data></node>
        <node id="2"><data key="label">Koepel Zo</data></node>
        <edge id="0" source="1" target="2"><data key="edgelabel">partner</data><data key="edgeid">0</data><data key="weight">1.0</data></edge>
        </graph></graphml>"""
    )
    read = Read("graphml", path)
    assert read.ties == [("Ons Huis", "partner_of", "Koepel Zo")]
    assert read.notes == "attributes of edges: 'weight' (1)."


LAUGHS = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<ROOT><graph><node id="&b;"/></graph></ROOT>"""
OUTSIDE = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><ROOT><graph/></ROOT>"""
SKIPPED = (
    """<!DOCTYPE x PUBLIC "-//X" "http://example.org/x.dtd"><ROOT><graph><node id="a">&niet;</node></graph></ROOT>"""
)


@pytest.mark.parametrize("loader", ["gexf", "graphml"])
@pytest.mark.parametrize(
    ("text", "told"),
    [
        (LAUGHS, "entity"),
        (OUTSIDE, "entity"),
        (SKIPPED, "entity"),
        ("<ROOT><graph>", "broken off: line 1"),
        ("niets", "is no XML"),
        ("", "is no XML"),
        ("<html><body/></html>", "begins with <html>"),
        ("<ROOT><graph/></ROOT>", "no nodes and no edges"),
        ('<?xml version="1.0" encoding="klingon"?><ROOT/>', "encoding"),
    ],
)
def test_xml_with_entities_or_that_is_none_is_refused(tmp_path, loader, text, told):
    path = tmp_path / "x.xml"
    path.write_text(text.replace("ROOT", loader))
    with pytest.raises(LoadError) as error:
        Read(loader, path)
    assert told in error.value.en
    assert "x.xml" in error.value.nl


@pytest.mark.parametrize("loader", ["gexf", "graphml"])
def test_what_lacks_an_id_or_an_end_is_refused(tmp_path, loader):
    path = tmp_path / "x.xml"
    inner = '<node label="x"/><node id="a"/>\n|<edge source="a"/>\n<edge target="a"/>'
    nodes, edges = inner.split("|")
    wrapped = f"<nodes>{nodes}</nodes><edges>{edges}</edges>" if loader == "gexf" else nodes + edges
    path.write_text(f"<{loader}><graph>{wrapped}</graph></{loader}>")
    read = Read(loader, path)
    assert [fault.partition("column ")[2] for fault in read.faults] == [
        f"'{x}': is missing." for x in ("id", "target", "source")
    ]


def test_other_encodings_are_read(tmp_path):
    path = tmp_path / "latin.gexf"
    path.write_text(
        '<?xml version="1.0" encoding="ISO-8859-1"?><gexf><graph><nodes><node id="0" label="Café"/></nodes></graph></gexf>',
        encoding="latin-1",
    )
    assert list(Read("gexf", path).actors) == ["Café"]
    path.write_text('<gexf><graph><nodes><node id="0" label="Café"/></nodes></graph></gexf>', encoding="utf-16")
    assert list(Read("gexf", path).actors) == ["Café"]


# -- networkx is the judge

TEXT = st.text(st.characters(min_codepoint=32, max_codepoint=0x17F, exclude_characters="\x7f"), min_size=1, max_size=8)
FREE = st.fixed_dictionaries(  # networkx itself takes no attribute of two types
    {},
    optional={
        "zomaar": TEXT,
        "telling": st.integers(-(2**31), 2**31),
        "maat": st.floats(allow_nan=False, allow_infinity=False),
        "vlag": st.booleans(),
    },
)
NAMES = st.text(st.characters(categories=["Ll"], max_codepoint=0x17F), min_size=3, max_size=8).filter(
    lambda name: not nobody(name)
)
RELATIONS = st.sampled_from(["funds", "partner_of", "lid van", "kent", ""])


@st.composite
def graphs(draw):
    """A graph of any sort that networkx has, with relations on some edges and attributes that mean nothing to us."""
    sort = draw(st.sampled_from([nx.Graph, nx.DiGraph, nx.MultiGraph, nx.MultiDiGraph]))
    graph = sort()
    nodes = draw(st.lists(st.one_of(NAMES, st.integers(0, 99)), min_size=1, max_size=6, unique_by=str))
    for node in nodes:
        graph.add_node(node, **draw(FREE))
    ends = st.sampled_from(nodes)
    for source, target, kind, free in draw(st.lists(st.tuples(ends, ends, RELATIONS, FREE), max_size=8)):
        graph.add_edge(source, target, **({"kind": kind} if kind else {}), **free)
    return graph


def expected(read):
    """Return the ties that a graph as networkx read it is, and how many edges say nothing that is kept."""
    ties, apart = set(), 0
    kinds = {"funds": "funds", "partner_of": "partner_of", "lid van": "member_of"}
    for source, target, data in read.edges(data=True):
        kind = kinds.get(data.get("kind"))
        if not kind or source == target or (kind != "partner_of" and not read.is_directed()):
            apart += 1
        else:
            ties.add((kind, *(sorted((source, target)) if kind == "partner_of" else (source, target))))
    return ties, apart


@pytest.mark.parametrize(
    ("loader", "write", "again"),
    [
        ("gexf", lambda graph, path: nx.write_gexf(graph, path, version="1.2draft"), nx.read_gexf),
        ("gexf", lambda graph, path: nx.write_gexf(graph, path, version="1.3"), nx.read_gexf),
        ("graphml", nx.write_graphml_xml, nx.read_graphml),
        ("graphml", lambda graph, path: nx.write_graphml_xml(graph, path, named_key_ids=True), nx.read_graphml),
    ],
)
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_what_networkx_reads_is_read(tmp_path, loader, write, again, data):
    graph = data.draw(graphs())
    path = tmp_path / "graph.xml"
    write(graph, path)
    judge = again(path)
    read = Read(loader, path)
    assert read.faults == []
    assert set(read.actors) == set(judge.nodes)
    assert read.ledger.rows == judge.number_of_nodes() + judge.number_of_edges()
    ties, apart = expected(judge)
    symmetric = {
        (kind, *(sorted(ends) if kind == "partner_of" else ends)) for a, kind, b in read.ties for ends in [(a, b)]
    }
    assert symmetric == ties
    assert read.ledger.accepted == judge.number_of_nodes() + len(read.ties)
    assert sum(read.apart.values()) - read.apart.get("doubled", 0) == apart


def test_untyped_edges_become_ties_if_the_user_says_what_they_are(tmp_path):
    graph = nx.karate_club_graph()
    for path, write in ((tmp_path / "k.gexf", nx.write_gexf), (tmp_path / "k.graphml", nx.write_graphml_xml)):
        write(graph, path)
        loader = path.suffix[1:]
        read = Read(loader, path)
        assert (len(read.records), read.apart) == (34, {"kindless": 78})
        mapping = toml(tmp_path / "k.toml", '[actors]\nkind = "person"\n[ties]\nkind = "collaborates_with"')
        read = Read(loader, path, mapping=mapping)
        assert (len(read.records), len(read.ties), read.apart) == (34, 78, {})
