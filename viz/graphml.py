"""GraphML, for yEd, Gephi, igraph and networkx: nodes are actors, edges are ties, with data by name; lists between bars."""

from collections.abc import Iterator, Mapping

from graph.drawing import Extract
from viz import about
from viz.columns import NUMBERS, Values, of_actor, of_graph, of_tie
from viz.lines import encoded
from viz.xml_text import quoted, text, text_of

_NAMESPACE = "http://graphml.graphdrawing.org/xmlns"


def render(extract: Extract) -> Iterator[bytes]:
    """Yield the file."""
    nodes, edges = _keys("actors", "node"), _keys("ties", "edge")
    declared = "".join(
        f'<key id="{key}" for="{part}" attr.name="{name}" attr.type="{"double" if name in NUMBERS else "string"}"/>\n'
        for part, keys in (("node", nodes), ("edge", edges))
        for name, key in keys.items()
    )
    told = (("title", extract.title), ("about", about.sentence(extract)))
    heads = "".join(f'<key id="{name}" for="graph" attr.name="{name}" attr.type="string"/>\n' for name, _ in told)
    data = "".join(f'<data key="{name}">{text(words)}</data>\n' for name, words in told)
    yield (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="{_NAMESPACE}">\n{declared}{heads}'
        f'<graph id="weefsel" edgedefault="directed">\n{data}'
    ).encode()
    yield from encoded(_nodes(extract, nodes))
    yield from encoded(_edges(extract, edges))
    yield b"</graph>\n</graphml>\n"


def _keys(table: str, part: str) -> Mapping[str, str]:
    return {name: f"{part[0]}{n}" for n, name in enumerate(of_graph(table))}


def _nodes(extract: Extract, keys: Mapping[str, str]) -> Iterator[str]:
    for actor in extract.actors():
        inside = _data(of_actor(actor, extract.municipalities), keys)
        yield f"<node id={quoted(actor.card.id)}>{inside}</node>\n"


def _edges(extract: Extract, keys: Mapping[str, str]) -> Iterator[str]:
    for tie in extract.ties():
        yield f"<edge source={quoted(tie.source)} target={quoted(tie.target)}>{_data(of_tie(tie), keys)}</edge>\n"


def _data(values: Values, keys: Mapping[str, str]) -> str:
    return "".join(
        [f'<data key="{keys[name]}">{text_of(name, value)}</data>' for name, value in values.items() if name in keys]
    )
