"""Kumu's JSON: elements are actors, connections are ties; as a steady address Kumu takes it as remote JSON.

Elements bear their id; `label` is the name, `type` the kind in words, of connections too, the rest by name. Values of several are lists.
Connections have an id too, or Kumu makes another one of each that is imported again.
"""

from collections.abc import Iterator
from hashlib import blake2b

from graph.drawing import Extract
from graph.model import Tie
from graph.vocabulary import vocabulary
from viz import about
from viz.captions import language
from viz.columns import clean, label, of_actor, of_tie, plain
from viz.lines import as_json, encoded, listed


def render(extract: Extract) -> Iterator[bytes]:
    """Yield the file."""
    told = [f"{what}: {words}" for what, words in about.told(extract)]
    yield f'{{"about":{as_json(told)},\n"elements":['.encode()
    yield from encoded(listed(_elements(extract)))
    yield b'],\n"connections":['
    yield from encoded(listed(_connections(extract)))
    yield b"]}\n"


def _elements(extract: Extract) -> Iterator[dict[str, object]]:
    lang = language(extract.lang)
    for actor in extract.actors():
        values = of_actor(actor, extract.municipalities)
        name = values.pop("name")
        head = {"id": actor.card.id, "label": clean(str(name)), "type": label("kind", values["kind"], lang)}
        yield head | plain(values)


def _connections(extract: Extract) -> Iterator[dict[str, object]]:
    lang = language(extract.lang)
    for tie in extract.ties():
        kind = vocabulary().tie_kinds[tie.kind]
        direction = "undirected" if kind.symmetric else "directed"
        yield {
            "id": _id(tie),
            "from": tie.source,
            "to": tie.target,
            "direction": direction,
            "type": kind.label(lang),
            **plain(of_tie(tie)),
        }


def _id(tie: Tie) -> str:
    """Return an id that a tie has in every export: of its kind, its `ref` and its ends, in whatever order if these do not differ."""
    ends = [tie.source, tie.target]
    if vocabulary().tie_kinds[tie.kind].symmetric:
        ends.sort()
    return f"tie-{blake2b(repr((tie.kind, tie.ref, *ends)).encode(), digest_size=8).hexdigest()}"
