"""Measures loading graphs of other tools as whole processes, beside networkx's readers reading the same files and doing no more.

    python -m benchmarks.formats [--edges 100000] [--large 0]

From the folder of the project. The graph is made up (seeded): a fifth as many actors as edges, of which a few have a hundred times as
many ties as the others; actors have a kind, place, themes and year, ties a kind, year and, of grants, an amount. `--large` makes GEXF
files of so many megabytes too, that only we read: memory must not grow with them but for ids.
"""

import argparse
import os
import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import quoteattr

from benchmarks.tables import Took, run, watched

NODE = {"kind": "string", "plaats": "string", "themes": "string", "founded": "integer"}
EDGE = {"kind": "string", "since": "integer", "amount": "double"}
_READERS = {"gexf": "read_gexf", "graphml": "read_graphml"}
_PLACES = ("Ede", "Epe", "Rotterdam", "Groningen", "Maastricht", "Den Helder")
_THEMES = ("wonen", "jeugd", "energietransitie", "wonen|jeugd", "")
_KINDS = ("initiative", "initiative", "initiative", "network", "funder")
_TIES = ("member_of", "funds", "funds", "partner_of", "advises")


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--edges", type=int, default=100_000)
    parser.add_argument("--large", type=int, default=0, metavar="MB")
    options = parser.parse_args()
    print(f"{os.cpu_count()} processors; load of the machine before: {os.getloadavg()[0]:.1f}\n")
    print("| work | seconds | of processors | MB, by process | beside networkx |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for format_, reader in _READERS.items() if options.edges else ():
            path = made_up(place / f"graph.{format_}", options.edges)
            code = f"import networkx; print(networkx.{reader}({str(path)!r}).number_of_edges())"
            theirs = watched([sys.executable, "-c", code], {})
            _tell(f"networkx.{reader}, {options.edges:,} edges, {path.stat().st_size / 1e6:.0f} MB", theirs)
            ours = run(
                {"WEEFSEL_STORE": str(place / f"{format_}.db")}, "load", format_, str(path), "--dataset", "graph"
            )
            _tell(f"weefsel load {format_}, written and folded", ours, theirs)
        if options.large:
            path = made_up(place / "large.gexf", options.large * 4_200)
            took = run({"WEEFSEL_STORE": str(place / "large.db")}, "load", "gexf", str(path), "--dataset", "large")
            _tell(f"weefsel load gexf, {path.stat().st_size / 1e6:.0f} MB, {options.large * 4_200:,} edges", took)


def made_up(path: Path, edges: int) -> Path:
    """Write a graph, in the format that the name ends in."""
    lines = _gexf(edges) if path.suffix == ".gexf" else _graphml(edges)
    with path.open("w", encoding="utf-8") as file:
        file.writelines(lines)
    return path


def _nodes(edges: int) -> Iterator[tuple[str, str, dict[str, object]]]:
    draw = random.Random(7)
    for n in range(edges // 5):
        said = {"kind": draw.choice(_KINDS), "plaats": draw.choice(_PLACES), "themes": draw.choice(_THEMES)}
        yield f"n{n}", f"Verzonnen actor {n}", {**said, "founded": draw.randrange(1950, 2026)}


def _edges(edges: int) -> Iterator[tuple[str, str, dict[str, object]]]:
    draw = random.Random(8)
    count = edges // 5
    for _ in range(edges):
        kind, year = draw.choice(_TIES), draw.randrange(2000, 2026)
        source = draw.randrange(max(1, count // 500)) if draw.random() < 0.2 else draw.randrange(count)
        target = (source + draw.randrange(1, count)) % count
        said: dict[str, object] = {"kind": kind, "since": year}
        yield f"n{source}", f"n{target}", said | ({"amount": draw.randrange(1, 5_000) * 5.5} if kind == "funds" else {})


def _gexf(edges: int) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://gexf.net/1.3" version="1.3"><graph defaultedgetype="directed">\n'
    for class_, declared in (("node", NODE), ("edge", EDGE)):
        each = "".join(f'<attribute id="{name}" title="{name}" type="{type_}"/>' for name, type_ in declared.items())
        yield f'<attributes class="{class_}" mode="static">{each}</attributes>\n'
    yield "<nodes>\n"
    yield from (
        f'<node id="{id_}" label={quoteattr(name)}>{_values(said)}</node>\n' for id_, name, said in _nodes(edges)
    )
    yield "</nodes><edges>\n"
    for n, (source, target, said) in enumerate(_edges(edges)):
        yield f'<edge id="{n}" source="{source}" target="{target}">{_values(said)}</edge>\n'
    yield "</edges></graph></gexf>\n"


def _values(said: dict[str, object]) -> str:
    each = "".join(
        f'<attvalue for="{name}" value={quoteattr(str(value))}/>' for name, value in said.items() if value != ""
    )
    return f"<attvalues>{each}</attvalues>"


def _graphml(edges: int) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for for_, declared in (("node", {"label": "string", **NODE}), ("edge", EDGE)):
        for name, type_ in declared.items():
            type_ = "int" if type_ == "integer" else type_
            yield f'<key id="{for_}-{name}" for="{for_}" attr.name="{name}" attr.type="{type_}"/>\n'
    yield '<graph edgedefault="directed">\n'
    for id_, name, said in _nodes(edges):
        yield f'<node id="{id_}">{_data("node", {"label": name, **said})}</node>\n'
    for source, target, said in _edges(edges):
        yield f'<edge source="{source}" target="{target}">{_data("edge", said)}</edge>\n'
    yield "</graph></graphml>\n"


def _data(for_: str, said: dict[str, object]) -> str:
    return "".join(f'<data key="{for_}-{name}">{value}</data>' for name, value in said.items() if value != "")


def _tell(work: str, took: Took, beside: Took | None = None) -> None:
    times = f"{took.seconds / beside.seconds:.2f}×" if beside else ""
    megabytes = " + ".join(f"{size:.0f}" for size in took.megabytes)
    print(f"| {work} | {took.seconds:.1f} | {took.cpu:.1f} | {megabytes} | {times} |", flush=True)


if __name__ == "__main__":
    main()
