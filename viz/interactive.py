"""The interactive map: one HTML page that opens offline, with an equal table under the picture. The home of pyvis.

Nodes, ties and options are pyvis's; the page is our own template, as pyvis's own asks other hosts. Serve it with the
header `Content-Security-Policy` of `viz.policy.csp`; it works in `<iframe sandbox="allow-scripts allow-popups
allow-popups-to-escape-sandbox">`.
"""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from textwrap import wrap
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from pyvis.network import Network

from graph import dates, sentences
from graph.drawing import Drawing
from graph.errors import Lang
from graph.model import Card, Source, Tie
from graph.vocabulary import vocabulary
from viz import captions, layout, places, policy, ties
from viz.curves import bends
from viz.paper import Paper
from viz.sources import cited, licence
from viz.style import DARK, LIGHT, LINES, MARKS

LINE_LENGTH = 22  # characters of a name on one line of its label
SPOKEN = (  # captions that the script says
    *("names_fit", "in_table", "more_ties", "map_of", "choose", "found_none", "found_more", "hidden"),
    *("fold", "fold_many", "fold_open", "fold_close", "fold_ties"),
)

_PAGES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True, slots=True)
class TieRow:
    """A tie as the table shows it. `source` and `target` count in the actors; `cites` are (number, locator)."""

    source: int
    verb: str
    target: int
    status: str
    basis: str
    since: str
    until: str
    details: str
    cites: tuple[tuple[int, str], ...]


def render(drawing: Drawing, _: Paper = Paper.A4) -> Iterator[bytes]:
    """Yield the map as one HTML page (UTF-8), for no paper. Every tie's ends are among the drawing's actors."""
    lang = captions.language(drawing.lang)
    sources = cited(drawing)
    data = _data(drawing, lang)
    page = _PAGES.get_template("map.html").render(
        drawing=drawing,
        lang=lang,
        words=captions.CAPTIONS[lang],
        as_of=dates.spelled(drawing.as_of.isoformat(), lang),
        audience=_label("audience", drawing.audience, lang),
        label=lambda name, word: _label(name, word, lang),
        spelled=lambda partial: dates.spelled(partial, lang),
        kinds={kind: mark for kind, mark in MARKS.items() if any(card.kind == kind for card in drawing.actors)},
        lines={basis: line for basis, line in LINES.items() if any(tie.basis == basis for tie in drawing.ties)},
        states=[s for s in ties.STATES if any(sentences.status_on(tie, drawing.as_of) == s for tie in drawing.ties)],
        arrows=any(ties.is_arrow(tie) for tie in drawing.ties),
        both_ways=any(not ties.is_arrow(tie) for tie in drawing.ties),
        rows=_rows(drawing, sources, lang),
        tie_kinds={
            kind: (vocabulary().tie_kinds[kind].label(lang), count)
            for kind, count in sorted(Counter(tie.kind for tie in drawing.ties).items())
        },
        large=bool(data["folds"]),
        sources=sources,
        licence=licence(drawing, sources, lang) or captions.CAPTIONS[lang]["licence_unknown"],
        data=_as_json(data),
        csp=policy.META_CSP,
        style=Markup(policy.STYLE),  # noqa: S704 - our own files, no one's input
        scripts=[Markup(script) for script in policy.SCRIPTS],  # noqa: S704 - as above
    )
    yield page.encode("utf-8", "replace")


def _label(name: str, word: str, lang: Lang) -> str:
    return vocabulary().words[name][word].label(lang)


def _as_json(data: dict[str, Any]) -> Markup:
    """Return JSON that can stand in a script element: in it, no character can end the element or start another."""
    text = json.dumps(data, separators=(",", ":"), sort_keys=True)  # ASCII: U+2028 and its like are escaped
    return Markup(text.translate({ord(c): f"\\u{ord(c):04x}" for c in "<>&"}))  # noqa: S704 - just escaped


def _rows(drawing: Drawing, sources: list[Source], lang: Lang) -> list[TieRow]:
    at = {card.id: n for n, card in enumerate(drawing.actors)}
    number = {(source.dataset, source.id): n for n, source in enumerate(sources, 1)}
    return [
        TieRow(
            at[tie.source],
            ties.verb(tie, lang),
            at[tie.target],
            *ties.status_and_basis(tie, drawing.as_of, lang),
            dates.spelled(tie.since, lang) if tie.since else "",
            dates.spelled(tie.until, lang) if tie.until else "",
            ties.details(tie, lang),
            tuple((number[source.dataset, source.id], source.locator) for source in tie.sources),
        )
        for tie in drawing.ties
    ]


def _data(drawing: Drawing, lang: Lang) -> dict[str, Any]:
    """Return what the page's script draws."""
    placed = places.placed(drawing)
    nodes, edges, *_, options = _network(drawing, placed, lang).get_network_data()
    words = captions.CAPTIONS[lang]
    return {
        "nodes": nodes,
        "edges": edges,
        "options": json.loads(options),
        "light": asdict(LIGHT) | {"kinds": {kind: mark.light for kind, mark in MARKS.items()}},
        "dark": asdict(DARK) | {"kinds": {kind: mark.dark for kind, mark in MARKS.items()}},
        "folds": _folds(drawing, placed),
        "fewTies": len(drawing.ties) <= ties.FEW,
        "ties": {kind: vocabulary().tie_kinds[kind].label(lang) for kind in sorted({t.kind for t in drawing.ties})},
        "words": {key: words[key] for key in SPOKEN},
    }


def _folds(drawing: Drawing, placed: places.Placed) -> list[dict[str, Any]]:
    """Return the groups of a map that is too large: where each stands when folded, how many it holds, around whom."""
    cards = {card.id: card for card in drawing.actors}
    folds = []
    for group in placed.groups:
        first = max(group, key=lambda actor: cards[actor].contacts)
        across = [sum(placed.spots[actor][axis] for actor in group) / len(group) for axis in (0, 1)]
        folds.append({"x": round(across[0]), "y": round(across[1]), "count": len(group), "name": cards[first].name})
    return folds


def _network(drawing: Drawing, placed: places.Placed, lang: Lang) -> Network:
    """Return pyvis's network of the drawing. Nodes are numbered, so that an actor's id can be any text."""
    network = Network(directed=True)  # the other mode drops parallel ties
    network.set_options(json.dumps(_OPTIONS))
    fold = {actor: n for n, group in enumerate(placed.groups) for actor in group}
    degree = Counter(end for tie in drawing.ties for end in {tie.source, tie.target})
    for n, card in enumerate(drawing.actors):
        is_centre = card.id == drawing.centre
        node = _node(card, placed.spots[card.id], degree[card.id], is_centre, lang)
        network.add_node(n, **node, **({"fold": fold[card.id]} if card.id in fold else {}))
    at = {card.id: n for n, card in enumerate(drawing.actors)}
    for n, (tie, bend) in enumerate(zip(drawing.ties, bends(drawing.ties), strict=True)):
        network.add_edge(at[tie.source], at[tie.target], id=n, **_edge(drawing, tie, bend, lang))
    return network


_OPTIONS: dict[str, Any] = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"randomSeed": layout.SEED, "improvedLayout": False},
    "interaction": {
        "hover": True,
        "tooltipDelay": 120,
        "hideEdgesOnDrag": False,
        "keyboard": {"enabled": True, "bindToWindow": False},
    },
    "nodes": {"borderWidth": 1.5, "borderWidthSelected": 4, "labelHighlightBold": False},
    "edges": {"arrows": {"to": {"scaleFactor": 0.55}}, "selectionWidth": 1.5, "hoverWidth": 1},
}


def _node(card: Card, spot: tuple[int, int], degree: int, is_centre: bool, lang: Lang) -> dict[str, Any]:
    return {
        "label": card.name,
        "lines": wrap(card.name, LINE_LENGTH, max_lines=2, placeholder="…") or [card.id],
        "group": card.kind,
        "shape": MARKS[card.kind].shape,
        "title": "\n".join(part for part in (card.name, _label("kind", card.kind, lang), card.place) if part),
        "size": round((20 if is_centre else 10 + min(6, degree // 3)) * MARKS[card.kind].size, 1),
        "centre": is_centre,
        "degree": degree,
        "x": spot[0],
        "y": spot[1],
    }


def _edge(drawing: Drawing, tie: Tie, bend: float, lang: Lang) -> dict[str, Any]:
    """Return what is drawn of a tie; what is told of it, the script finds in its row of the table."""
    status, _ = ties.status_and_basis(tie, drawing.as_of, lang)
    now = sentences.status_on(tie, drawing.as_of) == "current"
    line = LINES[tie.basis]
    return {
        "tie": tie.kind,
        "word": "" if now else status,
        "width": line.width,
        "dashes": list(line.dashes) or False,
        "arrows": "to" if ties.is_arrow(tie) else "",
        "faint": not now,
        "smooth": {"enabled": True, "type": "curvedCW", "roundness": bend} if bend else False,
    }
