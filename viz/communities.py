"""Communities of a map that is too large: actors with more ties to each other than to others, to be folded into one.

Louvain's method (networkx, seeded), on numbers, so that the order of sets of text plays no part.
"""

from collections.abc import Iterable, Sequence

import networkx as nx

LARGE = 500  # a map of more actors is folded
SEED = 31
FEWEST = 4  # members; who is in a smaller one stands apart


def communities(ids: Sequence[str], pairs: Iterable[tuple[str, str]]) -> tuple[list[list[str]], list[str]]:
    """Return the communities, the largest first, each in order of `ids`, and those who are in none."""
    at = {actor: n for n, actor in enumerate(ids)}
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(ids)))
    for a, b in pairs:
        one, other = at[a], at[b]
        if one != other:
            weight = graph.edges[one, other]["weight"] + 1 if graph.has_edge(one, other) else 1
            graph.add_edge(one, other, weight=weight)
    found = [sorted(group) for group in nx.community.louvain_communities(graph, seed=SEED)]
    groups = sorted((group for group in found if len(group) >= FEWEST), key=lambda group: (-len(group), group))
    apart = sorted(n for group in found if len(group) < FEWEST for n in group)
    return [[ids[n] for n in group] for group in groups], [ids[n] for n in apart]
