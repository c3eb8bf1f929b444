"""Who hangs together with whom, beside the connected components of networkx, on worlds with long chains and actors that have ended."""

import random
from datetime import date
from itertools import pairwise

import networkx as nx
import numpy as np
import pytest
from saying import PUBLIC, actor, load, tie

from graph.index import components as components_module
from graph.index.arrays import clock
from graph.index.building import build
from graph.index.components import NOWHERE, components
from graph.store import Store
from graph.view import open_view

DAY = date(2026, 6, 1)


def said(seed: int) -> tuple[list[str], set[str], list[tuple[str, str]]]:
    """Draw actors, who of them has ended, and ties: a crowd, chains longer than what is gone outward, and strays."""
    draw = random.Random(seed)
    names = [f"a{at:03}" for at in range(160)]
    crowd, chains = names[:40], [names[40:80], names[80:140]]
    pairs = [(one, draw.choice(crowd)) for one in crowd]
    pairs += [pair for chain in chains for pair in pairwise(chain)]
    pairs += [(chains[0][-1], draw.choice(crowd))] * draw.randrange(2)
    pairs += [(draw.choice(names), draw.choice(names)) for _ in range(draw.randrange(8))]
    return names, set(draw.sample(names, draw.randrange(6))), [(a, b) for a, b in pairs if a != b]


@pytest.mark.parametrize("steps", [1, components_module.STEPS])
@pytest.mark.parametrize("seed", range(6))
def test_components_are_those_of_networkx_among_those_that_connect(
    store: Store, monkeypatch: pytest.MonkeyPatch, seed: int, steps: int
):
    monkeypatch.setattr(components_module, "STEPS", steps)
    names, ended, pairs = said(seed)
    actors = [actor(name, **({"ended": "2020"} if name in ended else {})) for name in names]
    load(store, "gids", *actors, *(tie(one, "partner_of", other) for one, other in dict.fromkeys(pairs)))
    with open_view(store, PUBLIC) as view:
        ties = build(view, DAY).ties
        ids = {n: card.id for n, card in view.cards(ties.ns.tolist()).items()}
    on = clock(ties, DAY)
    connects = on.openness.take(ties.manner) > 0
    places = [ids[n] for n in ties.ns.tolist()]
    graph = nx.Graph(pairs)
    graph.add_nodes_from(names)
    graph.remove_nodes_from(name for name, open_ in zip(places, connects, strict=True) if not open_)
    components.cache_clear()
    found = components(ties, on)
    assert (found == NOWHERE).sum() == len(ended)
    expected = [sorted(places.index(name) for name in part) for part in nx.connected_components(graph)]
    assert all((found[part] == part[0]).all() for part in map(np.array, expected))
