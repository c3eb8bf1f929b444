"""GEXF 1.3, for Gephi and Gephi Lite: nodes are actors, edges are ties, all directed as ties are; attributes by name.

Nodes have the colour that their kind has on maps. Every edge is directed, as networkx reads no file that mixes both; the
kind says which ties go both ways. It stands on the edge too, or Gephi makes one edge of all between the same two. Lists stand between bars.
"""

from collections.abc import Iterator, Mapping

from graph.drawing import Extract
from viz import about
from viz.columns import NUMBERS, Values, of_actor, of_graph, of_tie
from viz.lines import encoded
from viz.style import MARKS
from viz.xml_text import attribute_of, quoted, text


def render(extract: Extract) -> Iterator[bytes]:
    """Yield the file."""
    nodes, edges = _numbered("actors"), _numbered("ties")
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://gexf.net/1.3"'
        ' xmlns:viz="http://gexf.net/1.3/viz" version="1.3">\n'
        f'<meta lastmodifieddate="{extract.as_of.isoformat()}"><creator>Weefsel</creator>'
        f"<keywords>{text(extract.title)}</keywords><description>{text(about.sentence(extract))}</description></meta>\n"
        '<graph defaultedgetype="directed" mode="static">\n'
        f"{_declared('node', nodes)}{_declared('edge', edges)}<nodes>\n"
    ).encode()
    yield from encoded(_nodes(extract, nodes))
    yield b"</nodes>\n<edges>\n"
    yield from encoded(_edges(extract, edges))
    yield b"</edges>\n</graph>\n</gexf>\n"


def _numbered(table: str) -> Mapping[str, str]:
    """Return the attributes by name, with their numbers in the file."""
    return {name: str(n) for n, name in enumerate(of_graph(table))}


def _declared(part: str, attributes: Mapping[str, str]) -> str:
    each = "".join(
        f'<attribute id="{n}" title="{name}" type="{"double" if name in NUMBERS else "string"}"/>'
        for name, n in attributes.items()
    )
    return f'<attributes class="{part}" mode="static">{each}</attributes>\n'


def _nodes(extract: Extract, attributes: Mapping[str, str]) -> Iterator[str]:
    colours = {kind: _colour(mark.light) for kind, mark in MARKS.items()}
    for actor in extract.actors():
        values = of_actor(actor, extract.municipalities)
        inside = _values(values, attributes) + colours[actor.card.kind]
        yield f"<node id={quoted(actor.card.id)} label={quoted(actor.card.name)}>{inside}</node>\n"


def _colour(code: str) -> str:
    """Return a colour (`#rrggbb`) as Gephi is told it.

    >>> _colour("#009e73")
    '<viz:color r="0" g="158" b="115"/>'
    """
    red, green, blue = bytes.fromhex(code[1:])
    return f'<viz:color r="{red}" g="{green}" b="{blue}"/>'


def _edges(extract: Extract, attributes: Mapping[str, str]) -> Iterator[str]:
    for n, tie in enumerate(extract.ties()):
        ends = f"source={quoted(tie.source)} target={quoted(tie.target)}"
        yield f'<edge id="{n}" {ends} kind="{tie.kind}">{_values(of_tie(tie), attributes)}</edge>\n'


def _values(values: Values, attributes: Mapping[str, str]) -> str:
    each = "".join(
        [
            f'<attvalue for="{attributes[name]}" value={attribute_of(name, value)}/>'
            for name, value in values.items()
            if name in attributes
        ]
    )
    return f"<attvalues>{each}</attvalues>"
