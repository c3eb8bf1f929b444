"""Places to keep the graph. To add one, write a `Store` and add a line here.

`api/settings.py` chooses one by the scheme of its address; `tests/conftest.py` gives one of each to the contract suite.

An adapter is imported when it is opened: a command that needs no server does not load a driver.
"""

from collections.abc import Callable, Mapping

from graph.store import Store


def _sqlite(url: str, password: str) -> Store:
    from graph.stores.embedded import open_store

    return open_store(url, password)


def _neo4j(url: str, password: str) -> Store:
    from graph.stores.neo4j import open_store

    return open_store(url, password)


STORES: Mapping[str, Callable[[str, str], Store]] = {
    "sqlite": _sqlite,
    "neo4j": _neo4j,
}
