"""Fixtures of all tests: a store of every adapter, and rows to fill it with. All names and numbers are made up."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

from graph.model import EVERYONE, Card, Viewer
from graph.store import Store
from graph.stored import ActorRow, DatasetRow, FigureRow, Node, OfferRow, Row, State, Table, TieRow
from graph.stores import STORES

settings.register_profile("untimed", deadline=None)  # how long an example takes says how busy the machine is
settings.load_profile("untimed")

pytest_plugins = ("neo4j_server",)

# To test another adapter, add a line here, and how to open one in `place` and `shared_store`; every contract test runs on it.
ADAPTERS = ["sqlite", pytest.param("neo4j", marks=pytest.mark.neo4j)]


OWN_SERVERS = ("test_erasing.py", "test_away.py", "test_first_load.py")  # files whose tests need a server of their own
FIRST = (*OWN_SERVERS, "browser", "api", "worlds")  # files and folders with the longest tests


def group(nodeid: str) -> str:
    """Return with which other tests this one runs: all that use one Neo4j server together, the rest by file.

    A new server takes a minute of a processor to plan its first queries.
    """
    path, _, name = nodeid.partition("::")
    return "neo4j" if not path.endswith(OWN_SERVERS) and ("neo4j" in nodeid or "both_stores" in name) else path


class Scheduling(LoadScopeScheduling):  # type: ignore[misc] # xdist has no types
    """Shares tests out by group."""

    def _split_scope(self, nodeid: str) -> str:
        return group(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    """Share tests out by group; `loadgroup` does so no more with pytest 9.2 and xdist 3.8."""
    return Scheduling(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that the processes that share the tests end together."""
    items.sort(key=_place)


def _place(item: pytest.Item) -> int:
    if group(item.nodeid) == "neo4j":
        return -1
    return next((place for place, name in enumerate(FIRST) if name in item.path.parts), len(FIRST))


class Place(NamedTuple):
    """Where a store is, so that another process can open it too."""

    adapter: str
    url: str
    password: str

    def open(self) -> Store:
        """Open it."""
        return STORES[self.adapter](self.url, self.password)


@pytest.fixture(params=ADAPTERS)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """An empty store of each adapter."""
    if request.param == "sqlite":
        return Place("sqlite", str(tmp_path / "store.db"), "")
    request.getfixturevalue("neo4j_store")  # it empties the server
    server = request.getfixturevalue("neo4j_server")
    return Place("neo4j", server.url, server.password)


@pytest.fixture(scope="module", params=ADAPTERS)
def shared_store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store of each adapter, empty at first, for a module whose tests fill no other and only read."""
    if request.param == "sqlite":
        place = Place("sqlite", str(tmp_path_factory.mktemp("shared") / "store.db"), "")
    else:
        server = request.getfixturevalue("emptied_server")
        place = Place("neo4j", server.url, server.password)
    with place.open() as store:
        yield store


@pytest.fixture
def any_store(place: Place) -> Iterator[Store]:
    """An open, empty store of each adapter."""
    with place.open() as store:
        yield store


@dataclass
class Made:
    """Makes rows with all that a test does not care about filled in, and writes them."""

    digests: int = 0

    def digest(self) -> int:
        """Return a digest that no other row has."""
        self.digests += 1
        return self.digests

    def node(self, n: int, id: str | None = None, **fields: Any) -> Node:
        """Return a node that everyone sees and that leads itself."""
        id = f"actor-{n}" if id is None else id
        given = {"key": f"made-up/{n}", "mask": EVERYONE, "ever": EVERYONE, "leads_public": n, "leads_staff": n}
        return Node(n=n, id=id, **given | fields)

    def actor(self, n: int, **fields: Any) -> ActorRow:
        """Return a record of the actor `n`."""
        given = {"dataset": "made-up", "mask": EVERYONE, "claims": (), "body": f'{{"name": "made-up {n}"}}'}
        return ActorRow(n=n, **{"digest": self.digest()} | given | fields)

    def tie(self, source: int, target: int, kind: str = "member_of", **fields: Any) -> TieRow:
        """Return a record of a tie."""
        given = {"dataset": "made-up", "ref": "", "mask": EVERYONE, "bound": 0.5, "body": f'{{"of": "{source}"}}'}
        row = {"digest": self.digest()} | given | fields
        return TieRow(source=source, kind=kind, target=target, **row)

    def offer(self, n: int, **fields: Any) -> OfferRow:
        """Return a record of an offer."""
        given = {"dataset": "made-up", "mask": EVERYONE, "stance": "offers", "help": "geld.lening", "body": "{}"}
        return OfferRow(n=n, **{"digest": self.digest()} | given | fields)

    def figure(self, n: int, **fields: Any) -> FigureRow:
        """Return a record of a figure."""
        given = {"dataset": "made-up", "mask": EVERYONE, "body": '{"value": 7}'}
        return FigureRow(n=n, **{"digest": self.digest()} | given | fields)

    def dataset(self, name: str = "made-up", **fields: Any) -> DatasetRow:
        """Return the row of a dataset."""
        given = {"mask": EVERYONE, "date": "2026-01-31", "speaker": 0, "revision": 1, "info": "{}", "counts": "{}"}
        return DatasetRow(name=name, **given | fields)

    def card(self, n: int, names: str | None = None, **fields: Any) -> Card:
        """Return a card; its folded name is its name."""
        names = f"made up {n}" if names is None else names
        given = {"id": f"actor-{n}", "kind": "initiative", "name": names}
        return Card(n=n, names=names, **given | fields)

    def write(
        self,
        store: Store,
        nodes: Sequence[Node] = (),
        rows: Sequence[Row] = (),
        cards: Iterable[Card] = (),
        viewers: Iterable[Viewer] = tuple(Viewer),
    ) -> None:
        """Write these, in one revision."""
        cards = list(cards)
        with store.draft("a test") as draft:
            draft.put_nodes(nodes)
            for table, kind in TABLES.items():
                draft.put(table, [row for row in rows if isinstance(row, kind)])
            for viewer in viewers:
                draft.put_cards(viewer, cards)
            draft.commit(following(draft.state()))

    def network(self, store: Store, size: int, ties: Sequence[TieRow] = (), **fields: Any) -> None:
        """Write `size` actors, each with its card, and these ties."""
        ns = range(1, size + 1)
        nodes = [self.node(n, **fields) for n in ns]
        self.write(store, nodes, [*(self.actor(n) for n in ns), *ties], [self.card(n) for n in ns])


TABLES: dict[Table, type] = {
    Table.ACTORS: ActorRow,
    Table.TIES: TieRow,
    Table.OFFERS: OfferRow,
    Table.FIGURES: FigureRow,
}


def following(state: State) -> State:
    """Return the state of the revision that follows."""
    return replace(state, revision=state.revision + 1)


@pytest.fixture(scope="module")
def made() -> Made:
    """A maker of rows."""
    return Made()
