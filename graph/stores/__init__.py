"""Places to keep the graph. To add one, write a `Store` and add a line here; the contract suite picks it up."""

from collections.abc import Callable, Mapping

from graph.store import Store
from graph.stores import embedded, neo4j

STORES: Mapping[str, Callable[[str, str], Store]] = {
    "sqlite": embedded.open_store,
    "neo4j": neo4j.open_store,
}
