"""Nodes and records of one draft, written in full batches: a node that is new together with its first record."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from graph.stored import ActorRow, FigureRow, Node, OfferRow, Row, TieRow
from graph.stores import neo4j_writing as queries
from graph.stores.neo4j_rows import claim_key, state_row, tie_params
from graph.stores.neo4j_types import STANCE_TYPES
from graph.vocabulary import vocabulary

BATCH = 10_000


class RecordWriter:
    """Rows that wait, by query; all of one dataset."""

    def __init__(self, send: Callable[..., object]) -> None:
        """Write with `send`."""
        self._send = send
        self._nodes: dict[int, list[Any]] = {}  # those that wait for their first record
        self._waiting: dict[str, list[list[Any]]] = defaultdict(list)
        self._of = ""
        self._known_datasets: set[str] = set()
        self._known_helps: set[str] = set()

    def add_nodes(self, nodes: Iterable[Node]) -> None:
        """Write these new nodes before anything else asks for them."""
        self._nodes |= {node.n: state_row(node) for node in nodes}

    def add(self, given: Sequence[Row]) -> None:
        """Write these records with the next full batch."""
        self._need_helps({row.help for row in given if isinstance(row, OfferRow)})
        for row in given:
            if isinstance(row, ActorRow):
                self._add_actor(row)
            elif isinstance(row, TieRow):
                self._later(queries.PUT_TIES, row.dataset, tie_params(row))
            elif isinstance(row, OfferRow):
                told = [row.n, row.digest, row.mask, row.help, row.body, STANCE_TYPES[row.stance]]
                self._later(queries.PUT_OFFERS, row.dataset, told)
            elif isinstance(row, FigureRow):
                query = queries.PUT_FIGURES if row.n else queries.PUT_SECTOR_FIGURES
                self._later(query, row.dataset, [row.n, row.digest, row.mask, row.body])

    def _add_actor(self, row: ActorRow) -> None:
        told = [row.digest, row.mask, list(row.claims), row.body]
        if node := self._nodes.pop(row.n, None):
            self._later(queries.PUT_NEW_ACTORS, row.dataset, [*node, *told])
        else:
            self._later(queries.PUT_ACTORS, row.dataset, [row.n, *told])
        for claim in row.claims:
            self._later(queries.PUT_CLAIMS, row.dataset, [row.n, row.digest, row.mask, claim_key(claim)])

    def _later(self, query: str, dataset: str, row: list[Any]) -> None:
        if dataset != self._of:
            if self._waiting:
                self.flush()
            self._of = dataset
            self.need_dataset(dataset)
        self._waiting[query].append(row)
        if len(self._waiting[query]) >= BATCH:
            if query == queries.PUT_CLAIMS:
                self._write(queries.PUT_NEW_ACTORS)
            elif query != queries.PUT_NEW_ACTORS:
                self.flush_nodes()
            self._write(query)

    def _write(self, query: str) -> None:
        if batch := self._waiting.pop(query, None):
            self._send(query, dataset=self._of, rows=batch)

    def flush_nodes(self) -> None:
        """Write the nodes that wait: queries find them by number."""
        nodes, self._nodes = self._nodes, {}
        if nodes:
            self._send(queries.PUT_NODES, rows=list(nodes.values()))
        self._write(queries.PUT_NEW_ACTORS)

    def flush(self) -> None:
        """Write all that waits."""
        self.flush_nodes()
        for query in list(self._waiting):
            self._write(query)

    def need_dataset(self, name: str) -> None:
        """See to it that the dataset has a node."""
        if name not in self._known_datasets:
            self._send(queries.NEED_DATASET, name=name)
            self._known_datasets.add(name)

    def _need_helps(self, helps: AbstractSet[str]) -> None:
        if fresh := sorted(helps - self._known_helps):
            known = vocabulary().helps
            named = [[help_id, known[help_id].nl if help_id in known else help_id] for help_id in fresh]
            self._send(queries.NEED_HELPS, helps=named)
            self._known_helps |= helps
