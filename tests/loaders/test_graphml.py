"""GraphML as Neo4j, TinkerPop and yEd Live write it: labels of their own, on elements and in lists. Everything is made up."""

import pytest
from foreign_files import Read, toml

HEAD = '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"'
APOC = f"""{HEAD}>
  <key id="labels" for="node" attr.name="labels"/><key id="name" for="node" attr.name="name"/>
  <key id="email" for="node" attr.name="email"/><key id="label" for="edge" attr.name="label"/>
  <key id="tags" for="node" attr.name="tags" attr.type="string" attr.list="string"/>
  <graph id="G" edgedefault="directed">
    <node id="n0" labels=":Lid:Person"><data key="labels">:Lid:Person</data><data key="name">Jo Verzonnen</data>
      <data key="email">info@example.org</data></node>
    <node id="n1"><data key="labels">:Org:Foundation:Zuid</data><data key="name">Fonds Zo</data>
      <data key="tags">["wonen","jeugd"]</data></node>
    <node id="n2" labels=":Wolk"><data key="name">Ons Huis</data><data key="tags">["wonen"</data></node>
    <edge id="e0" source="n0" target="n1" label="WORKS_AT"><data key="label">WORKS_AT</data></edge>
    <edge id="e1" source="n1" target="n2" label="FUNDS"/>
  </graph></graphml>"""
LIVE = f"""{HEAD} xmlns:y="http://www.yworks.com/xml/yfiles-common/3.0" xmlns:x="http://www.yworks.com/xml/yfiles-common/markup/3.0">
  <key id="d1" for="node" attr.name="Expanded" attr.type="boolean"><default>true</default></key>
  <key id="d4" for="node" attr.name="NodeLabels"/><key id="d11" for="edge" attr.name="EdgeLabels"/>
  <graph edgedefault="directed">
    <node id="n0"><port name="p0"><data key="d15"><x:List><y:Label Text="poort"/></x:List></data></port>
      <data key="d4"><x:List><y:Label Text="Fonds Zo"/><y:Label Text="twee"/></x:List></data></node>
    <node id="n1"><data key="d4"><x:List><y:Label Text="{{y:GraphMLReference 5}}"/><y:Label>
      <y:Label.Text><![CDATA[<p>Ons <b>Huis</b></p>]]></y:Label.Text></y:Label></x:List></data></node>
    <edge source="n0" target="n1" sourceport="p0"><data key="d11"><x:List><y:Label><y:Label.Text>funds</y:Label.Text></y:Label></x:List>
      </data></edge>
  </graph></graphml>"""


def graphml(path, text):
    path.write_text(text, encoding="utf-8")
    return path


def test_labels_of_neo4j_say_what_nodes_are_and_a_person_is_one_whatever_else(tmp_path):
    read = Read("graphml", graphml(tmp_path / "g.graphml", APOC))
    assert {name: one.kind for name, one in read.actors.items()} == {
        "Jo Verzonnen": "person",
        "Fonds Zo": "organisation",
        "Ons Huis": "organisation",
    }
    fund = read.actors["Fonds Zo"]
    assert (fund.subtype, fund.themes) == ("stichting", ("wonen", "jeugd"))
    assert fund.note == "Trefwoorden in de bron: Org, Zuid."
    assert read.actors["Jo Verzonnen"].contacts == ()
    assert read.ties == [("Jo Verzonnen", "works_at", "Fonds Zo"), ("Fonds Zo", "funds", "Ons Huis")]
    assert "kinds of nodes (organisation now): 'Wolk' (1)" in read.notes
    assert "attributes: 'themes' (1), 'mail' (1)" in read.notes  # of the person


def test_the_user_says_which_label_is_a_person(tmp_path):
    mapping = toml(tmp_path / "m.toml", '[types]\nwolk = "person"\nzuid = "person"')
    read = Read("graphml", graphml(tmp_path / "g.graphml", APOC), mapping=mapping)
    assert {one.kind for one in read.records} == {"person"}


def test_labels_of_tinkerpop_say_what_nodes_and_edges_are(tmp_path):
    text = f"""{HEAD}><key id="labelE" for="edge" attr.name="labelE"/><key id="labelV" for="node" attr.name="labelV"/>
        <graph edgedefault="directed"><node id="Jo"><data key="labelV">person</data></node>
        <node id="Lop"><data key="labelV">Foundation</data></node>
        <edge source="Jo" target="Lop"><data key="labelE">works at</data></edge></graph></graphml>"""
    read = Read("graphml", graphml(tmp_path / "g.graphml", text))
    assert (read.actors["Jo"].kind, read.actors["Lop"].subtype) == ("person", "stichting")
    assert (read.ties, read.notes) == ([("Jo", "works_at", "Lop")], "")


def test_labels_of_yed_live_are_names_and_relations(tmp_path):
    read = Read("graphml", graphml(tmp_path / "g.graphml", LIVE))
    assert read.ties == [("Fonds Zo", "funds", "Ons Huis")]
    assert read.notes == ""


@pytest.mark.parametrize("part", ["node", "edge"])
def test_what_stands_on_a_node_or_edge_and_is_not_read_is_told(tmp_path, part):
    own = {"node": "", "edge": ""} | {part: 'kleur="rood" xml:space="preserve"'}
    text = f"""{HEAD}><desc>x</desc><graph edgedefault="directed"><desc>y</desc><node id="a" label="Fonds Zo" {own["node"]}>
        <desc>Een fonds</desc></node><node id="b"><port name="p"><desc>z</desc></port></node>
        <edge id="e" source="a" target="b" type="FUNDS" directed="true" {own["edge"]}><desc>Elk jaar</desc></edge></graph></graphml>"""
    read = Read("graphml", graphml(tmp_path / "g.graphml", text))
    assert (read.actors["Fonds Zo"].note, read.actors["b"].note) == ("Een fonds", None)
    assert (read.ties, read.tie_records[0].note) == ([("Fonds Zo", "funds", "b")], "Elk jaar")
    assert read.notes == f"attributes of {part}s: 'kleur' (1), 'space' (1)."


def test_an_id_that_a_program_gave_is_nobodys_name(tmp_path):
    path = tmp_path / "x.graphml"
    path.write_text(
        '<graphml><graph edgedefault="directed"><node id="n0"><data key="bedrijfsnaam">Verzonnen Huis</data></node>'
        '<node id="n1"><data key="name">Ons Huis</data></node><node id="Huis Zonder"/></graph></graphml>'
    )
    read = Read("graphml", path)
    assert list(read.actors) == ["Ons Huis", "Huis Zonder"]
    [fault] = read.faults
    assert "has no name" in fault
    assert "(not read are: 'bedrijfsnaam')" in fault
    mapping = toml(tmp_path / "m.toml", '[actors]\ncolumn.name = "bedrijfsnaam"')
    assert list(Read("graphml", path, mapping=mapping).actors) == ["Verzonnen Huis", "Ons Huis", "Huis Zonder"]


def test_what_cytoscape_calls_an_interaction_is_the_kind(tmp_path):
    path = tmp_path / "x.graphml"
    name, kind = (
        '<data key="shared name">Fonds Zo (subsidie) Ons Huis</data>',
        '<data key="interaction">subsidie</data>',
    )
    nodes = "".join(
        f'<node id="{n}"><data key="shared name">{one}</data><data key="name">{one}</data><data key="selected">false</data></node>'
        for n, one in ((62, "Ons Huis"), (64, "Fonds Zo"))
    )
    edge = f'<edge source="64" target="62">{name}{kind}<data key="shared interaction">subsidie</data></edge>'
    path.write_text(f'<graphml><graph edgedefault="directed">{nodes}{edge}</graph></graphml>')
    read = Read("graphml", path)
    assert read.ties == [("Fonds Zo", "funds", "Ons Huis")]
    assert read.notes == ""
