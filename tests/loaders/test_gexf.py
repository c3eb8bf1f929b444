"""GEXF as it is written by others than Gephi: versions, quotes, times and kinds. Everything is made up."""

from foreign_files import Read


def gexf(path, nodes, edges="", graph='defaultedgetype="directed"', attributes=""):
    """Write a GEXF of these elements."""
    path.write_text(
        f"""<gexf xmlns="http://gexf.net/1.3"><graph {graph}>{attributes}<nodes>{nodes}</nodes>
        <edges>{edges}</edges></graph></gexf>""",
        encoding="utf-8",
    )
    return path


THREE = '<node id="a" label="Fonds Zo"/><node id="b" label="Ons Huis"/><node id="c" label="Moestuin"/>'


def test_the_kind_of_an_edge_may_stand_on_it_as_graphology_writes_it(tmp_path):
    edges = '<edge source="a" target="b" kind="funds"/><edge source="c" target="b" kind="lid van" label="al lang"/>'
    read = Read("gexf", gexf(tmp_path / "g.gexf", THREE, edges))
    assert read.ties == [("Fonds Zo", "funds", "Ons Huis"), ("Moestuin", "member_of", "Ons Huis")]
    assert read.tie_records[1].note == "Band in de bron: al lang."


def test_other_versions_and_networkx_say_otherwise_which_way_an_edge_goes(tmp_path):
    types = ("", "dir", "sim", "dou", "double", "Directed", "x")
    edges = "".join(f'<edge source="a" target="b" type="{one}" label="steunt"/>' for one in types)
    read = Read("gexf", gexf(tmp_path / "g.gexf", THREE, edges + '<edge source="a" target="c" type="funds"/>'))
    there, back = ("Fonds Zo", "supports", "Ons Huis"), ("Ons Huis", "supports", "Fonds Zo")
    assert read.apart == {"undirected": 1, "doubled": 4}
    assert set(read.ties) == {
        there,
        back,
        ("Fonds Zo", "funds", "Moestuin"),
    }  # networkx writes an attribute `type` there
    read = Read("gexf", gexf(tmp_path / "u.gexf", THREE, edges, graph='defaultedgetype="dir"'))
    assert read.apart == {"undirected": 1, "doubled": 4}


def test_lists_may_have_quotes(tmp_path):
    attributes = """<attributes class="node"><attribute id="0" title="aliases" type="liststring"/></attributes>"""
    values = ("['Huis, Het', &quot;OH&quot;, 't Huis]", "'Tuin, De'|Tuin", r"['\'n Tuin', &quot;Zo&quot;]", "[]")
    nodes = "".join(
        f'<node id="{n}" label="N {n}"><attvalues><attvalue for="0" value="{value}"/></attvalues></node>'
        for n, value in enumerate(values)
    )
    read = Read("gexf", gexf(tmp_path / "g.gexf", nodes, attributes=attributes))
    assert [one.aliases for one in read.records] == [
        ("Huis, Het", "OH", "'t Huis"),
        ("Tuin, De", "Tuin"),
        ("'n Tuin", "Zo"),
        (),
    ]


def test_what_follows_on_an_edge_within_a_node_is_of_the_node(tmp_path):
    attributes = """<attributes class="node"><attribute id="0" title="plaats" type="string"/></attributes>
        <attributes class="edge"><attribute id="0" title="bedrag" type="float"/></attributes>"""
    nodes = """<node id="a" label="Koepel Zo"><nodes><node id="b" label="Ons Huis"/><node id="c" label="Fonds Zo"/></nodes>
        <edges><edge source="c" target="b" label="funds"><attvalues><attvalue for="0" value="100"/></attvalues></edge></edges>
        <attvalues><attvalue for="0" value="Ede"/></attvalues></node>"""
    read = Read("gexf", gexf(tmp_path / "g.gexf", nodes, attributes=attributes))
    assert (read.actors["Koepel Zo"].place, read.tie_records[0].amount, read.notes) == ("Ede", 100, "")


def test_what_is_not_read_of_nodes_and_edges_is_told(tmp_path):
    nodes = (
        THREE
        + """<node id="d" label="Vier" pid="a" start="2001"><parents><parent for="b"/></parents>
        <spells><spell start="2002-01-01" end="2003-01-01"/></spells></node>"""
    )
    edges = """<edge source="a" target="b" label="funds" timestamp="2012-07-03" startopen="2012-01-01" weight="2"/>
        <edge source="b" target="c" label="partner" start="2012" end="2013"/>
        <edge source="a" target="c" label="partner"><spells><spell end="4.0"/></spells></edge>"""
    read = Read("gexf", gexf(tmp_path / "g.gexf", nodes, edges))
    assert (read.faults, len(read.ties), [one.since for one in read.tie_records]) == ([], 3, [None] * 3)
    assert read.notes == (
        "attributes of nodes: 'pid' (1), 'start' (1), 'parents' (1), 'end' (1). "
        "attributes of edges: 'start, end' (2), 'weight' (1), 'timestamp' (1), 'startopen' (1)."
    )


def test_a_tie_that_has_no_end_yet_ends_never(tmp_path):
    edges = '<edge source="a" target="b" label="funds" start="2012-07-03" end="Infinity"/>'
    read = Read("gexf", gexf(tmp_path / "g.gexf", THREE, edges, graph='defaultedgetype="directed" timeformat="date"'))
    assert (read.faults, read.tie_records[0].since, read.tie_records[0].until) == ([], "2012-07-03", None)
