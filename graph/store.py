"""The store's port: what every place that keeps the graph promises. Primitives only; algorithms stand above it.

A store keeps, per dataset, the *records* (rows with a `digest` of what the file said), and what is folded from them:

- a *node* per record key (`dataset/local id`): its number `n`, minted once and never used again, the id that it bears,
  and, per viewer, the node that it is joined with (`leads`; the oldest of a cluster leads it, itself included);
- a *node* too per end that was named by `scheme:value` and that no record bears (its key): a tie to an actor that comes
  later or never hangs on it, unseen, until an actor that claims the identifier is joined with it;
- *ties*, between nodes as the records name them; readers are given the leading nodes of their viewer;
- *cards*, one per viewer and leading node that the viewer may see.

Everything read through one `Snapshot` is of one revision. A `Draft` is a snapshot that also sees what it wrote itself.
Numbers `n` count from 1. Digests are signed 64-bit. Order, where promised, is the same in every store.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from itertools import islice
from pathlib import Path
from typing import Any, Self

from graph.errors import WeefselError
from graph.model import Card, Viewer
from graph.stored import (
    ActorRow,
    Arc,
    DatasetRow,
    FigureRow,
    Filters,
    Hit,
    Judgement,
    Node,
    OfferRow,
    Rank,
    Row,
    State,
    Table,
    Ties,
    Wanted,
)

AT_ONCE = 300  # rows of a stream that come together, as columns: so few that they stay near the processor


class Snapshot(ABC):
    """One revision of the store, read whole. Methods with `viewer` give only what that viewer may see."""

    # -- numbers and datasets

    @abstractmethod
    def state(self) -> State:
        """Return the store's numbers at this revision."""

    @abstractmethod
    def datasets(self) -> list[DatasetRow]:
        """Return every dataset, by name (code points)."""

    @abstractmethod
    def counts(self, viewer: Viewer) -> dict[str, int]:
        """Return how many cards `viewer` has, by kind of actor (kinds without any are left out)."""

    # -- for viewers

    @abstractmethod
    def cards(self, viewer: Viewer, ns: Iterable[int]) -> dict[int, Card]:
        """Return the cards that lead for `viewer` among the nodes `ns`, by `n`."""

    @abstractmethod
    def ranked(
        self, viewer: Viewer, words: Sequence[str], filters: Filters, after: Rank | None, limit: int
    ) -> list[Hit]:
        """Return the first `limit` actors that match, after the place `after`, in the order of search.

        `words` are folded, and have at least one letter each. An actor matches if each of them is the start of a word of its
        name, or each the start of a word of one and the same alias. Without words every actor matches, at level 0.

        In order of level: 0 the name is `q` (the words joined by spaces); 1 the name starts with `q`; 2 the name's words
        match; 3, 4, 5 the same for an alias (the lowest counts). Then more contacts, folded name, id (code points).
        """

    @abstractmethod
    def near(self, viewer: Viewer, south: float, west: float, north: float, east: float) -> Iterator[Card]:
        """Yield the cards with coordinates within the box (degrees, edges included), in no particular order."""

    @abstractmethod
    def arcs(self, viewer: Viewer, wanted: Sequence[Wanted], limit: int, kinds: Sequence[str] = ()) -> Iterator[Arc]:
        """Yield walkable ties (`bound` > 0) at each wanted node's cluster, to others that `viewer` sees.

        At each node in order of bound (highest first), then other end's `n`, kind, ref, dataset, digest; at most
        `limit` a node; of `kinds` only, if there are any. Nodes in the order wanted. Both ends lead for `viewer`;
        ties within a cluster are left out.
        """

    @abstractmethod
    def tie_counts(self, viewer: Viewer, n: int) -> dict[tuple[str, bool], int]:
        """Return how many tie records `viewer` sees at `n`'s cluster, by kind and whether it is the source."""

    @abstractmethod
    def ties_at(self, viewer: Viewer, n: int, kind: str, out: bool, offset: int, limit: int) -> list[Arc]:
        """Return tie records of one kind at `n`'s cluster where it is the source (`out`) or the target.

        In order of the other's contacts (most first), the other's folded name, its `n`, ref, dataset, digest.
        """

    @abstractmethod
    def ties_among(self, viewer: Viewer, ns: Sequence[int]) -> Iterator[Arc]:
        """Yield every tie record between two of the leading nodes `ns`, once, as met from its source (`out` True)."""

    def ties_between(self, viewer: Viewer, pairs: Iterable[tuple[int, int]]) -> Iterator[Arc]:
        """Yield every tie record between the two of each pair of leading nodes, once, as met from its source (`out` True).

        A pair stands once, in one order: best with the one first that has fewer ties.
        """
        wanted = {frozenset(pair) for pair in pairs}
        among = self.ties_among(viewer, list({n for pair in wanted for n in pair}))
        return (arc for arc in among if frozenset((arc.at, arc.other)) in wanted)

    # -- whole streams (for the tie index), in no particular order unless told

    @abstractmethod
    def every_card(self, viewer: Viewer) -> Iterator[Card]:
        """Yield every card of `viewer`."""

    def card_columns(self, viewer: Viewer, fields: Sequence[str]) -> Iterator[tuple[Sequence[Any], ...]]:
        """Yield these fields of every card of `viewer`, a column each, of some thousands of cards at a time."""
        places, cards = [Card._fields.index(name) for name in fields], self.every_card(viewer)
        while some := list(islice(cards, AT_ONCE)):
            columns = list(zip(*some, strict=True))
            yield tuple(columns[place] for place in places)

    @abstractmethod
    def every_tie(self, viewer: Viewer, kinds: Sequence[str]) -> Iterator[Ties]:
        """Yield every tie record of these kinds that `viewer` sees, walkable or not, once; some thousands at a time.

        Both ends are seen by `viewer`; ties within a cluster are left out.
        """

    @abstractmethod
    def every_tie_at(self, viewer: Viewer, ns: Iterable[int], kinds: Sequence[str], *, out: bool) -> Iterator[Arc]:
        """Yield every tie record of these kinds whose source (not `out`: target) is of a cluster that one of `ns` leads.

        Each once, walkable or not, as met from that end. Both ends lead for `viewer` and are seen; ties within a cluster
        are left out.
        """

    @abstractmethod
    def every_offer(self, viewer: Viewer) -> Iterator[OfferRow]:
        """Yield every offer that `viewer` sees of an actor it sees; `n` is the node that leads the actor."""

    # -- records and identity (for ingest and whole folds; what a viewer may see is `View`'s to decide)

    @abstractmethod
    def nodes(self, ns: Iterable[int]) -> dict[int, Node]:
        """Return the nodes with these numbers."""

    @abstractmethod
    def nodes_by_id(self, ids: Iterable[str]) -> dict[str, Node]:
        """Return the nodes that bear these ids."""

    @abstractmethod
    def nodes_by_key(self, keys: Iterable[str]) -> dict[str, Node]:
        """Return the nodes of these record keys."""

    @abstractmethod
    def all_nodes(self) -> Iterator[Node]:
        """Yield every node, by `n`."""

    @abstractmethod
    def members(self, viewer: Viewer, ns: Iterable[int]) -> dict[int, list[int]]:
        """Return the nodes of the clusters that the nodes `ns` lead, each cluster by `n` (a node alone: itself)."""

    @abstractmethod
    def digests(self, table: Table, dataset: str) -> Iterator[int]:
        """Yield the digests of what the dataset says now."""

    @abstractmethod
    def records(self, table: Table, dataset: str) -> Iterator[Row]:
        """Yield what the dataset says now, by digest."""

    @abstractmethod
    def actor_rows(self, ns: Iterable[int]) -> Iterator[ActorRow]:
        """Yield the actor records of these nodes (not of their clusters), by `n`, then dataset."""

    @abstractmethod
    def offer_rows(self, ns: Iterable[int]) -> Iterator[OfferRow]:
        """Yield the offers of these nodes, by `n`, dataset, digest."""

    @abstractmethod
    def figure_rows(self, ns: Iterable[int]) -> Iterator[FigureRow]:
        """Yield the figures about these nodes (0: the sector), by `n`, dataset, digest."""

    @abstractmethod
    def claimants(self, claims: Iterable[str]) -> Iterator[tuple[str, int, int]]:
        """Yield (identifier, n, mask) of the actor records and awaited nodes that claim these identifiers.

        An awaited node claims its own key, for everyone.
        """

    @abstractmethod
    def pairs(self, ns: Iterable[int] | None) -> Iterator[tuple[int, int, int]]:
        """Yield (node, other end, mask) of each walkable tie record at these nodes, as the records name them.

        A tie between two of the nodes comes once from each end. With None: every walkable tie, once, (source, target).
        """

    @abstractmethod
    def judgements(self) -> list[Judgement]:
        """Return all judgements, in the order in which they were made."""


class Draft(Snapshot):
    """A write that is being made: it reads its own writes, others do not. Left without `commit`, nothing happened."""

    @abstractmethod
    def put_dataset(self, row: DatasetRow) -> None:
        """Keep this dataset's row in place of the one of that name."""

    @abstractmethod
    def drop_dataset(self, name: str) -> None:
        """Forget the dataset's row and every record of it."""

    @abstractmethod
    def put_nodes(self, nodes: Sequence[Node]) -> None:
        """Add nodes; none of their numbers, ids or keys is there yet."""

    @abstractmethod
    def set_nodes(self, nodes: Sequence[Node]) -> None:
        """Replace nodes, found by `n`."""

    @abstractmethod
    def put(self, table: Table, rows: Sequence[Row]) -> None:
        """Add records of one table; their nodes are there already."""

    @abstractmethod
    def drop(self, table: Table, dataset: str, digests: Sequence[int]) -> list[Row]:
        """Delete records of a dataset and return them."""

    @abstractmethod
    def rows_at(self, ns: Sequence[int]) -> dict[Table, list[Row]]:
        """Return all records at these nodes: of the actors, ties from or to them, offers, figures."""

    @abstractmethod
    def put_cards(self, viewer: Viewer, cards: Sequence[Card]) -> None:
        """Keep these cards in place of those with the same `n`. Each card's node is there."""

    @abstractmethod
    def put_half_made(self, cards: Sequence[Card]) -> None:
        """Take cards that are whole but for contacts and helps, of a store without cards, in order of `n`."""

    @abstractmethod
    def finish_cards(self, contacts: Mapping[Viewer, Sequence[int]], helps: Mapping[int, Sequence[str]]) -> None:
        """Keep the half-made cards with these helps, for each viewer those with contacts (by `n`) of 0 or more."""

    @abstractmethod
    def drop_cards(self, viewer: Viewer, ns: Sequence[int]) -> None:
        """Forget these cards, where there are any."""

    @abstractmethod
    def put_judgement(self, judgement: Judgement) -> None:
        """Add a judgement, in place of one on the same nodes with the same verdict."""

    @abstractmethod
    def drop_judgement(self, verdict: str, a: int, b: int) -> bool:
        """Take a judgement back; return whether it was there."""

    @abstractmethod
    def erase(self) -> None:
        """See to it that, once committed, no byte of what this draft dropped or replaced stays in the store's files.

        As far as the store can; its docstring says what stays, where and for how long.
        """

    @abstractmethod
    def commit(self, state: State) -> None:
        """Make all of it live at once, as `state` (whose revision is one more than before).

        Raises:
            UnsweptError: It is live, but not all that was to be erased is out of the files; the next write clears it away.
            StoreError: It could not be made live; the store is as it was.
        """


class Store(ABC):
    """A place that keeps the graph. Opening one that does not exist makes it, empty, at its first write.

    A store can be pickled: what comes out, in another process, opens the same place anew.
    """

    @property
    @abstractmethod
    def beside(self) -> Path | None:
        """The folder for what is made of the store and kept beside it; None if it is not on this machine."""

    @abstractmethod
    def snapshot(self) -> AbstractContextManager[Snapshot]:
        """Open the last whole revision for reading. Snapshots of several threads do not get in each other's way.

        Raises:
            UnavailableError: The store does not answer.
            IncompatibleError: It is not a store of ours, or of another version.
        """

    @abstractmethod
    def draft(self, doing: str) -> AbstractContextManager[Draft]:
        """Start a write; `doing` tells others what is going on ("load sector"). What killed writes left is swept first.

        Raises:
            LockedError: Another write is going on; the message says whose, since when, and what it is doing.
            UnavailableError, IncompatibleError: As for `snapshot`.
        """

    @abstractmethod
    def __reduce__(self) -> tuple[Callable[..., "Store"], tuple[Any, ...]]:
        """Return what opens the same place anew."""

    @abstractmethod
    def check(self) -> list[WeefselError]:
        """Return what is wrong with the stored files or server; nothing if all is well."""

    @abstractmethod
    def close(self) -> None:
        """Let go of files and connections."""

    def __enter__(self) -> Self:
        """Return the store itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()
