"""What goes into a store and comes out of it: nodes, rows of records and judgements, ties as met, places in a search's order.

What they mean together is told by the port (`graph.store`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from graph.model import Card, Viewer


class Table(StrEnum):
    """The tables of records."""

    ACTORS = "actors"
    TIES = "ties"
    OFFERS = "offers"
    FIGURES = "figures"


class Node(NamedTuple):
    """A record key and what became of it.

    `id` is what addresses say ("" for an end that is only awaited). `mask` has the bits of the viewers for whom the
    node's cluster has a card now; `ever` those for whom this id ever led to one. `leads_public` and `leads_staff` are
    the `n` of the leading node of its cluster for that viewer (its own `n` if it stands alone).
    """

    n: int
    id: str
    key: str
    mask: int
    ever: int
    leads_public: int
    leads_staff: int

    def lead(self, viewer: Viewer) -> int:
        """Return the `n` of the node that leads this one's cluster, for `viewer`."""
        return self.leads_public if viewer is Viewer.PUBLIC else self.leads_staff


class ActorRow(NamedTuple):
    """An actor's record: `claims` are its identifiers (`scheme:value`); `mask` the viewers of its dataset."""

    dataset: str
    digest: int
    n: int
    mask: int
    claims: tuple[str, ...]
    body: str


class TieRow(NamedTuple):
    """A tie's record between nodes `source` and `target`. `bound` is `chance.bound`, 0 if it is never walked."""

    dataset: str
    digest: int
    source: int
    kind: str
    target: int
    ref: str
    mask: int
    bound: float
    body: str


class OfferRow(NamedTuple):
    """An offer's record, about node `n`."""

    dataset: str
    digest: int
    n: int
    mask: int
    stance: str
    help: str
    body: str


class FigureRow(NamedTuple):
    """A figure's record, about node `n` (0: about the sector)."""

    dataset: str
    digest: int
    n: int
    mask: int
    body: str


Row = ActorRow | TieRow | OfferRow | FigureRow


def ends_of(row: Row) -> tuple[int, ...]:
    """Return the nodes that a record is about."""
    return (row.source, row.target) if isinstance(row, TieRow) else (row.n,)


class DatasetRow(NamedTuple):
    """A dataset: `info` is JSON (its `DatasetRecord`, sources, loader); `counts` JSON; `revision` of its last load.

    `speaker` is the node that it speaks for (0: nobody).
    """

    name: str
    mask: int
    date: str
    speaker: int
    revision: int
    info: str
    counts: str


class Judgement(NamedTuple):
    """What a person decided: `same` or `different` of nodes `a` < `b`, or `suppress` of node `a` (`b` 0, `keys` hashed).

    `who` is the desk or person that decided, `at` an ISO 8601 date-time. `keys` are keyed hashes of suppressed record keys.
    """

    verdict: str
    a: int
    b: int
    who: str
    at: str
    why: str
    keys: tuple[str, ...] = ()


class Arc(NamedTuple):
    """A tie's record as met from one end. `at` and `other` lead their clusters; `out` if `at` is the tie's source."""

    at: int
    other: int
    out: bool
    kind: str
    ref: str
    bound: float
    dataset: str
    body: str


class Ties(NamedTuple):
    """Records of ties as columns, as met from their sources; both ends lead their clusters."""

    at: Sequence[int]
    other: Sequence[int]
    kind: Sequence[str]
    ref: Sequence[str]
    body: Sequence[str]


class Wanted(NamedTuple):
    """Arcs wanted at node `n`: those with `bound` ≥ `floor`, from the `offset`-th on."""

    n: int
    floor: float = 0.0
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Filters:
    """What a search is narrowed to; empty means any. `themes` and `helps`: an actor that has one of them.

    `helps` match an actor's helps that are one of these or a kind of it (`geld` matches `geld.lening`).
    """

    kinds: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    helps: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()


class Rank(NamedTuple):
    """A place in the order of a search: smaller comes first."""

    level: int
    less_contacts: int  # -contacts
    names: str
    id: str


class Hit(NamedTuple):
    """A found actor and its place in the order."""

    rank: Rank
    card: Card


@dataclass(frozen=True, slots=True)
class State:
    """The numbers of a store: revision of the last write, the last one that each viewer could notice, counters.

    `next_n` is the number of the next node, `next_person` the next counter in `p-…`. `secret` is the store's own key for
    keyed hashes, `vocabulary` the digest of the vocabulary that cards and bounds were folded with.

    `writes` has, for each viewer, the names of the last writes that it could notice, the last one last. They are random: a
    store that was put back from a backup counts the same revisions once more, by writes of other names.
    """

    revision: int = 0
    seen: Mapping[Viewer, int] = field(default_factory=dict)
    next_n: int = 1
    next_person: int = 1
    secret: str = ""
    vocabulary: str = ""
    writes: Mapping[Viewer, tuple[str, ...]] = field(default_factory=dict)


def read_writes(told: Mapping[str, Sequence[str]]) -> dict[Viewer, tuple[str, ...]]:
    """Return `State.writes` as it is kept in JSON: names in lists, by the value of the viewer."""
    return {Viewer(viewer): tuple(names) for viewer, names in told.items()}
