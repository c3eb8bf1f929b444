"""What the store gives a viewer: every read passes the viewer on, and what is not this viewer's is as if it were not there."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

from graph.model import Card, Dataset, Viewer
from graph.store import Snapshot
from graph.stored import Arc, DatasetRow, Filters, Hit, OfferRow, Rank, State, Ties, Wanted
from graph.vocabulary import vocabulary


class Reads:
    """One revision, read as one viewer sees it: the part of a view that asks the store and makes nothing of it."""

    def __init__(self, snapshot: Snapshot, viewer: Viewer) -> None:
        """Look at `snapshot` as `viewer`."""
        self._snapshot = snapshot
        self.viewer = viewer

    @cached_property
    def _state(self) -> State:
        return self._snapshot.state()

    @property
    def revision(self) -> int:
        """The last revision that changed something this viewer sees."""
        return self._state.seen.get(self.viewer, 0)

    @property
    def writes(self) -> tuple[str, ...]:
        """The names of the last writes that changed something this viewer sees, the last one last; see `State.writes`."""
        return self._state.writes.get(self.viewer, ())

    @property
    def moment(self) -> tuple[str, int, str]:
        """What tells what this viewer sees from all that it ever saw, here or in another store; equal, and it sees the same."""
        return self.origin, self.revision, self.writes[-1] if self.writes else ""

    # -- datasets

    @cached_property
    def _rows(self) -> dict[str, DatasetRow]:
        return {row.name: row for row in self._snapshot.datasets() if row.mask & self.viewer.bit}

    def datasets(self) -> tuple[Dataset, ...]:
        """Return the datasets of this view, by name."""
        return tuple(self._dataset(row) for row in self._rows.values())

    def _dataset(self, row: DatasetRow) -> Dataset:
        info = json.loads(row.info)
        known = ("title", "description", "licence", "url", "loader", "sources")
        return Dataset(
            row.name,
            audience="public" if row.mask & Viewer.PUBLIC.bit else "staff",
            date=row.date,
            speaker=self._speaker_ids.get(row.name, ""),
            revision=info.get("revisions", {}).get(self.viewer, 0),
            counts=json.loads(row.counts).get(self.viewer, {}),
            **{"title": "", **{name: info[name] for name in known if name in info}},
        )

    @cached_property
    def _speakers(self) -> dict[str, int]:
        """The number of the actor that each dataset speaks for, where this view has that actor."""
        nodes = self._snapshot.nodes({row.speaker for row in self._rows.values() if row.speaker})
        leads = {row.name: nodes[row.speaker].lead(self.viewer) for row in self._rows.values() if row.speaker in nodes}
        seen = self.cards(leads.values())
        return {name: n for name, n in leads.items() if n in seen}

    @cached_property
    def _speaker_ids(self) -> dict[str, str]:
        cards = self.cards(self._speakers.values())
        return {name: cards[n].id for name, n in self._speakers.items()}

    def says_ties_once(self) -> bool:
        """Return whether no two datasets of this view can state the same tie, so that records count as ties."""
        return sum(1 for dataset in self.datasets() if dataset.counts.get("ties")) < 2

    # -- cards

    def counts(self) -> dict[str, int]:
        """Return how many actors this view has, by kind."""
        return self._snapshot.counts(self.viewer)

    def cards(self, ns: Iterable[int]) -> dict[int, Card]:
        """Return the cards with these numbers, as far as this view has them."""
        return self._snapshot.cards(self.viewer, ns)

    def ranked(self, words: Sequence[str], filters: Filters, after: Rank | None, limit: int) -> list[Hit]:
        """Return the actors that match, in the order of search; see `Snapshot.ranked`."""
        return self._snapshot.ranked(self.viewer, words, filters, after, limit)

    def near(self, south: float, west: float, north: float, east: float) -> Iterator[Card]:
        """Yield the actors with coordinates within the box (degrees)."""
        return self._snapshot.near(self.viewer, south, west, north, east)

    def had(self, actor_id: str) -> bool:
        """Return whether an actor of this view bears this id, or once did."""
        node = self._snapshot.nodes_by_id([actor_id]).get(actor_id)
        return node is not None and bool(node.ever & self.viewer.bit)

    def with_ids(self, ids: Iterable[str]) -> list[Card]:
        """Return the cards of the actors that bear these ids or bore them, as far as this view has them."""
        nodes = [node for node in self._snapshot.nodes_by_id(ids).values() if node.ever & self.viewer.bit]
        return list(self.cards({node.lead(self.viewer) for node in nodes}).values())

    def claimant(self, identifier: str) -> Card | None:
        """Return the actor of this view that has the identifier `scheme:value`, the oldest if several."""
        return self.claimed([identifier]).get(identifier)

    def claimed(self, identifiers: Iterable[str]) -> dict[str, Card]:
        """Return, by identifier, the actors of this view that have these, the oldest if several."""
        found = [(claim, n) for claim, n, mask in self._snapshot.claimants(identifiers) if mask & self.viewer.bit]
        nodes = self._snapshot.nodes({n for _, n in found})
        cards = self.cards({node.lead(self.viewer) for node in nodes.values()})
        leads = sorted(((nodes[n].lead(self.viewer), claim) for claim, n in found if n in nodes), reverse=True)
        return {claim: cards[lead] for lead, claim in leads if lead in cards}

    def leads(self, ns: Iterable[int]) -> dict[int, int]:
        """Return by number who leads the cluster of each of these nodes."""
        return {n: node.lead(self.viewer) for n, node in self._snapshot.nodes(ns).items()}

    def _lead_of(self, ns: Iterable[int]) -> dict[int, int]:
        return {n: lead for lead, cluster in self._snapshot.members(self.viewer, ns).items() for n in cluster}

    # -- ties

    def arcs(self, wanted: Sequence[Wanted], limit: int, kinds: Sequence[str] = ()) -> Iterator[Arc]:
        """Yield walkable ties at actors; see `Snapshot.arcs`."""
        return self._snapshot.arcs(self.viewer, wanted, limit, kinds)

    def arcs_among(self, ns: Sequence[int]) -> Iterator[Arc]:
        """Yield every tie record between two of the actors `ns`, once, from its source."""
        return self._snapshot.ties_among(self.viewer, ns)

    def arcs_with(self, ns: Sequence[int]) -> Iterator[Arc]:
        """Yield every tie record that the actors `ns` are the source of; of symmetric kinds, also the target."""
        kinds = vocabulary().tie_kinds.values()
        yield from self._snapshot.every_tie_at(self.viewer, ns, [kind.id for kind in kinds], out=True)
        symmetric = [kind.id for kind in kinds if kind.symmetric]
        yield from self._snapshot.every_tie_at(self.viewer, ns, symmetric, out=False)

    def arcs_between(self, pairs: Iterable[tuple[int, int]]) -> Iterator[Arc]:
        """Yield every tie record between the two of each pair, once, from its source; see `Snapshot.ties_between`."""
        return self._snapshot.ties_between(self.viewer, pairs)

    def tie_counts(self, n: int) -> dict[tuple[str, bool], int]:
        """Return how many tie records an actor has, by kind and whether it is the source."""
        return self._snapshot.tie_counts(self.viewer, n)

    def arcs_at(self, n: int, kind: str, out: bool, offset: int, limit: int) -> list[Arc]:
        """Return tie records of one kind at an actor; see `Snapshot.ties_at`."""
        return self._snapshot.ties_at(self.viewer, n, kind, out, offset, limit)

    # -- whole streams, for the index and for exports

    @property
    def origin(self) -> str:
        """What tells this store from every other: a digest of its secret; "" if it was never written."""
        secret = self._state.secret
        return hashlib.blake2b(secret.encode(), digest_size=8).hexdigest() if secret else ""

    def every_card(self) -> Iterator[Card]:
        """Yield every actor."""
        return self._snapshot.every_card(self.viewer)

    def card_columns(self, *fields: str) -> Iterator[tuple[Sequence[Any], ...]]:
        """Yield these fields of every actor's card, a column each; see `Snapshot.card_columns`."""
        return self._snapshot.card_columns(self.viewer, fields)

    def every_tie(self) -> Iterator[Ties]:
        """Yield every tie record of a kind that is walked, once, some thousands at a time, as columns."""
        kinds = [kind.id for kind in vocabulary().tie_kinds.values() if kind.contact]
        return self._snapshot.every_tie(self.viewer, kinds)

    def every_offer(self) -> Iterator[OfferRow]:
        """Yield every offer, `n` being its actor's."""
        return self._snapshot.every_offer(self.viewer)
