"""A view: what one viewer may see of one revision. The only thing that answers questions.

Every read of a question goes through a view, and a view passes its viewer to the store with each of them. What is not
this viewer's (staff datasets, hidden persons, ids that only others ever had) is as if it were not there.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from difflib import get_close_matches
from functools import cached_property
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from pydantic_core import from_json

from graph import folding
from graph.answers_duplicates import Judged
from graph.errors import GoneError, MovedError, NotFoundError
from graph.model import Actor, Card, Dataset, Figure, Offer, Source, Tie, Viewer
from graph.store import (
    ActorRow,
    Arc,
    DatasetRow,
    FigureRow,
    Filters,
    Hit,
    OfferRow,
    Rank,
    Row,
    Snapshot,
    State,
    Store,
    Table,
    TieRow,
    Ties,
    Wanted,
)
from graph.text import fold
from graph.vocabulary import vocabulary

SUGGESTIONS = 3
CANDIDATES = 200


def today() -> date:
    """Return today's date in Amsterdam: the default of `as_of`."""
    return datetime.now(ZoneInfo("Europe/Amsterdam")).date()


@contextmanager
def open_view(store: Store, viewer: Viewer) -> Iterator["View"]:
    """Open the store's last whole revision as `viewer` sees it.

    Raises:
        UnavailableError: The store does not answer.
        IncompatibleError: It is not a store of ours, or of another version.
    """
    with store.snapshot() as snapshot:
        yield View(snapshot, viewer)


class View:
    """One revision, as one viewer sees it. Made by `open_view`; valid while that is open."""

    def __init__(self, snapshot: Snapshot, viewer: Viewer) -> None:
        """Look at `snapshot` as `viewer`."""
        self._snapshot = snapshot
        self.viewer = viewer

    # -- what is in here

    @cached_property
    def _state(self) -> State:
        return self._snapshot.state()

    @property
    def revision(self) -> int:
        """The last revision that changed something this viewer sees."""
        return self._state.seen.get(self.viewer, 0)

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

    def counts(self) -> dict[str, int]:
        """Return how many actors this view has, by kind."""
        return self._snapshot.counts(self.viewer)

    # -- finding actors

    def find(self, actor_id: str) -> Card:
        """Return the card of the actor that bears this id.

        Raises:
            MovedError: It goes by another id in this view; the error says which.
            GoneError: It was in this view once.
            NotFoundError: There is no such actor in this view; the error offers the nearest.
        """
        node = self._snapshot.nodes_by_id([actor_id]).get(actor_id)
        if node is None or not node.ever & self.viewer.bit:
            raise self._not_found(actor_id)
        lead = node.lead(self.viewer)
        card = self.cards([lead]).get(lead)
        if card is None:
            raise GoneError(nl=f"Actor {actor_id!r} staat hier niet meer.", en=f"Actor {actor_id!r} is no longer here.")
        if card.id != actor_id:
            raise MovedError(
                nl=f"Actor {actor_id!r} heet nu {card.id!r}.", en=f"Actor {actor_id!r} is {card.id!r} now.", to=card.id
            )
        return card

    def follow(self, actor_id: str) -> Card:
        """Return the card of the actor that bears this id, or bore it.

        Raises:
            GoneError, NotFoundError: As for `find`.
        """
        try:
            return self.find(actor_id)
        except MovedError as moved:
            return self.find(moved.to)

    def _not_found(self, actor_id: str) -> NotFoundError:
        found = self.suggestions(actor_id)
        near = ", ".join(repr(card.id) for card in found)
        return NotFoundError(
            near=[(card.id, card.name) for card in found],
            nl=f"Er is geen actor {actor_id!r}." + (f" Bedoel je {near}?" if near else " Zoek op naam."),
            en=f"There is no actor {actor_id!r}." + (f" Do you mean {near}?" if near else " Search by name."),
        )

    def suggestions(self, text: str, kind: str = "") -> list[Card]:
        """Return the few actors (of one kind; no persons) whose name or id looks most like `text`.

        Looked for among names with a word that begins with the same two letters as one of `text`.
        """
        kinds = (kind,) if kind else vocabulary().kinds_of_all_but_persons()
        starts = dict.fromkeys(word[:2] for word in fold(text).split()[:3])
        hits = [hit for start in starts for hit in self.ranked([start], Filters(kinds=kinds), None, CANDIDATES)]
        looks = {look: hit.card for hit in reversed(hits) for look in (hit.card.names, fold(hit.card.id))}
        near = get_close_matches(fold(text), looks, n=SUGGESTIONS, cutoff=0.6)
        return list({looks[look].n: looks[look] for look in near}.values())

    def with_ids(self, ids: Iterable[str]) -> list[Card]:
        """Return the cards of the actors that bear these ids or bore them, as far as this view has them."""
        nodes = [node for node in self._snapshot.nodes_by_id(ids).values() if node.ever & self.viewer.bit]
        return list(self.cards({node.lead(self.viewer) for node in nodes}).values())

    def says_ties_once(self) -> bool:
        """Return whether no two datasets of this view can state the same tie, so that records count as ties."""
        return sum(1 for dataset in self.datasets() if dataset.counts.get("ties")) < 2

    def ranked(self, words: Sequence[str], filters: Filters, after: Rank | None, limit: int) -> list[Hit]:
        """Return the actors that match, in the order of search; see `Snapshot.ranked`."""
        return self._snapshot.ranked(self.viewer, words, filters, after, limit)

    def near(self, south: float, west: float, north: float, east: float) -> Iterator[Card]:
        """Yield the actors with coordinates within the box (degrees)."""
        return self._snapshot.near(self.viewer, south, west, north, east)

    def cards(self, ns: Iterable[int]) -> dict[int, Card]:
        """Return the cards with these numbers, as far as this view has them."""
        return self._snapshot.cards(self.viewer, ns)

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

    def marks(self, ns: Iterable[int]) -> dict[int, tuple[str, ...]]:
        """Return the identifiers and websites of these actors, by number, as far as this view has them."""
        lead_of = self._lead_of(self.cards(ns))
        found: dict[int, list[str]] = defaultdict(list)
        for row in self._snapshot.actor_rows(lead_of):
            if row.mask & self.viewer.bit:
                found[lead_of[row.n]] += [*row.claims, *from_json(row.body).get("websites", ())]
        return {n: tuple(dict.fromkeys(marks)) for n, marks in found.items()}

    def leads(self, ns: Iterable[int]) -> dict[int, int]:
        """Return by number who leads the cluster of each of these nodes."""
        return {n: node.lead(self.viewer) for n, node in self._snapshot.nodes(ns).items()}

    def judged(self, *verdicts: str) -> set[tuple[int, int]]:
        """Return the pairs of nodes that were judged so, the older first."""
        return {(j.a, j.b) for j in self._snapshot.judgements() if j.verdict in verdicts}

    def held_apart(self) -> set[tuple[int, int]]:
        """Return the pairs of actors that were judged different, or that nobody knows of, in both orders."""
        judged = self.judged("different", "unknown")
        leads = self.leads({n for pair in judged for n in pair})
        pairs = [(leads[a], leads[b]) for a, b in judged if a in leads and b in leads]
        return {pair for a, b in pairs for pair in ((a, b), (b, a))}

    def judgements(self) -> list[Judged]:
        """Return what was judged of pairs of actors, in order; staff alone may know, and nothing of who was suppressed."""
        if self.viewer is not Viewer.STAFF:
            return []
        made = [j for j in self._snapshot.judgements() if j.b]
        nodes = self._snapshot.nodes({n for j in made for n in (j.a, j.b)})
        names = {row.n: from_json(row.body)["name"] for row in self._snapshot.actor_rows(nodes)}
        cards = self.cards({node.lead(self.viewer) for node in nodes.values()})
        return [
            Judged(
                j.verdict,
                one.id,
                other.id,
                names=(names.get(j.a, one.id), names.get(j.b, other.id)),
                now=(cards.get(one.lead(self.viewer)), cards.get(other.lead(self.viewer))),
                who=j.who,
                at=j.at,
                why=j.why,
            )
            for j in made
            for one, other in [(nodes[j.a], nodes[j.b])]
            if one.ever & other.ever & self.viewer.bit
        ]

    def in_dataset(self, name: str) -> dict[int, Card]:
        """Return the cards of the actors that a dataset of this view has a record of."""
        rows = self._snapshot.records(Table.ACTORS, name) if name in self._rows else iter(())
        nodes = self._snapshot.nodes({row.n for row in rows if isinstance(row, ActorRow)})
        return self.cards({node.lead(self.viewer) for node in nodes.values()})

    def recorded(self, ns: Iterable[int], name: str) -> set[int]:
        """Return those of the actors `ns` that a dataset of this view has a record of."""
        lead_of = self._lead_of(self.cards(ns)) if name in self._rows else {}
        return {lead_of[row.n] for row in self._snapshot.actor_rows(lead_of) if row.dataset == name}

    # -- records as a dataset says them, for others to load

    def said(self, table: Table, name: str) -> Iterator[Row]:
        """Yield the records of a dataset of this view that are about whom this view has; actors in order of number."""
        if name not in self._rows:
            return
        rows = self._snapshot.records(table, name)
        if table is Table.ACTORS:
            rows = self._in_order(sorted({row.n for row in rows if isinstance(row, ActorRow)}), name)
        while some := list(islice(rows, 2_000)):
            named = self.named_in({n for row in some for n in _ends(row)}, name)
            yield from (row for row in some if all(n in named or n == 0 for n in _ends(row)))

    def _in_order(self, ns: Sequence[int], name: str) -> Iterator[Row]:
        for start in range(0, len(ns), 2_000):
            yield from (row for row in self._snapshot.actor_rows(ns[start : start + 2_000]) if row.dataset == name)

    def named_in(self, ns: Iterable[int], name: str) -> dict[int, str]:
        """Return how a dataset names these nodes, by local id or `scheme:value`, without those whom this view has not.

        Whom nobody bears yet is as it is named; whom only others see is not told.
        """
        named = {}
        for n, node in self._snapshot.nodes(ns).items():
            if node.mask & self.viewer.bit or (not node.id and node.leads_staff == n):
                own = node.key.startswith(f"{name}/")
                named[n] = node.key.removeprefix(f"{name}/") if own or not node.id else f"id:{node.id}"
        return named

    def speaker_in(self, name: str) -> str:
        """Return how a dataset of this view names whom it speaks for; "" if for nobody, or nobody of this view."""
        row = self._rows[name]
        return self.named_in([row.speaker], name).get(row.speaker, "") if row.speaker else ""

    # -- whole streams, for the tie index and for exports

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

    def ties(
        self, arcs: Iterable[Arc], as_of: date, ids: Mapping[int, str] | None = None
    ) -> dict[tuple[int, str, int, str], Tie]:
        """Return the ties that these records make, folded, by (source, kind, target, ref), as they first came.

        `ids` are those of actors of this view, if the caller has them already: ties between others are left out.
        """
        records: dict[tuple[int, str, int, str], list[Arc]] = defaultdict(list)
        for arc in arcs:
            records[folding.identity_of(arc)].append(arc)
        if ids is None:
            ids = ids_of(self.cards({n for source, _, target, _ in records for n in (source, target)}))
        return {
            key: self._tie(key, same, (ids[key[0]], ids[key[2]]), as_of)
            for key, same in records.items()
            if key[0] in ids and key[2] in ids
        }

    def _tie(self, key: tuple[int, str, int, str], arcs: Sequence[Arc], ends: tuple[str, str], as_of: date) -> Tie:
        speakers = {self._speakers.get(arc.dataset) for arc in arcs} if len(arcs) > 1 else ()
        spoken = key[0] in speakers and key[2] in speakers
        sayings = [folding.Saying(self._rows[arc.dataset], from_json(arc.body)) for arc in arcs]
        return folding.tie(sayings, arcs[0], ends, spoken, as_of)

    # -- whole actors

    def actors(self, cards: Sequence[Card], *, own: bool = False) -> list[Actor]:
        """Return these actors whole, as far as this view has them: each fact with who says it, offers, figures.

        `own` says that the cards are of this view, so that they need not be looked up.
        """
        seen = {card.n: card for card in cards} if own else self.cards(card.n for card in cards)
        lead_of = self._lead_of(seen)
        also: dict[int, list[str]] = defaultdict(list)
        others = [n for n, lead in lead_of.items() if n != lead]
        nodes = self._snapshot.nodes(others)
        for n in others:
            if nodes[n].id and nodes[n].ever & self.viewer.bit:
                also[lead_of[n]].append(nodes[n].id)
        sayings, ids = self._sayings(lead_of), ids_of(seen)
        offers, figures = self._offers(ids, lead_of), self._figures(ids, lead_of)
        return [
            Actor(
                seen[n],
                folding.facts(sayings[n]),
                offers[n],
                figures[n],
                tuple(sorted({saying.dataset.name for saying in sayings[n]})),
                tuple(also[n]),
            )
            for n in (card.n for card in cards)
            if n in seen
        ]

    def sources(self, cards: Sequence[Card]) -> Iterator[Source]:
        """Yield where each record of these actors can be checked, as far as this view has them, in the order of `cards`."""
        sayings = self._sayings(self._lead_of(card.n for card in cards))
        yield from (folding.source_of(saying) for card in cards for saying in sayings.get(card.n, ()))

    def fields(self, cards: Iterable[Card]) -> dict[int, dict[str, Any]]:
        """Return the fields of actors of this view, folded, by number."""
        sayings = self._sayings(self._lead_of(card.n for card in cards))
        return {n: folding.merged(told) for n, told in sayings.items()}

    def _sayings(self, lead_of: Mapping[int, int]) -> dict[int, list[folding.Saying]]:
        told: dict[int, list[folding.Saying]] = defaultdict(list)
        for row in self._snapshot.actor_rows(lead_of):
            if row.mask & self.viewer.bit:
                told[lead_of[row.n]].append(folding.Saying(self._rows[row.dataset], from_json(row.body)))
        return {lead: folding.in_order(sayings) for lead, sayings in told.items()}

    def offers(self, ns: Iterable[int], cards: Mapping[int, Card] | None = None) -> dict[int, tuple[Offer, ...]]:
        """Return what these actors offer, need, refer for and decline, by number, as far as this view has them.

        `cards` are cards of this view, if the caller has them already.
        """
        ids = ids_of(self.cards(ns) if cards is None else cards)
        return self._offers(ids, self._lead_of(ids))

    def _offers(self, ids: Mapping[int, str], lead_of: Mapping[int, int]) -> dict[int, tuple[Offer, ...]]:
        made: dict[int, list[Offer]] = {n: [] for n in ids}
        for row in self._snapshot.offer_rows(lead_of):
            if row.mask & self.viewer.bit:
                lead = lead_of[row.n]
                saying = self._saying(row)
                networks = self._ids_of(row.dataset, saying.body.get("members_of", ()))
                made[lead].append(folding.offer(saying, ids[lead], networks))
        return {n: folding.offers_in_order(offers) for n, offers in made.items()}

    def figures(self, ns: Iterable[int]) -> tuple[Figure, ...]:
        """Return the figures about these actors, as far as this view has them, in the order of `ns`."""
        order = list(dict.fromkeys(ns))
        ids = ids_of(self.cards(order))
        made = self._figures(ids, self._lead_of(ids))
        return tuple(figure for n in order for figure in made.get(n, ()))

    def sector_figures(self) -> tuple[Figure, ...]:
        """Return the figures about the sector."""
        return self._figures({0: "sector"}, {0: 0})[0]

    def _figures(self, ids: Mapping[int, str], lead_of: Mapping[int, int]) -> dict[int, tuple[Figure, ...]]:
        made: dict[int, list[Figure]] = {n: [] for n in ids}
        for row in self._snapshot.figure_rows(lead_of):
            if row.mask & self.viewer.bit:
                lead = lead_of[row.n]
                made[lead].append(folding.figure(self._saying(row), ids[lead]))
        return {n: folding.figures_in_order(figures) for n, figures in made.items()}

    def _lead_of(self, ns: Iterable[int]) -> dict[int, int]:
        return {n: lead for lead, cluster in self._snapshot.members(self.viewer, ns).items() for n in cluster}

    def _saying(self, row: OfferRow | FigureRow) -> folding.Saying:
        return folding.Saying(self._rows[row.dataset], from_json(row.body))

    def _ids_of(self, dataset: str, ends: Sequence[str]) -> tuple[str, ...]:
        """Return the ids of the actors that a dataset names, as far as this view has them.

        Whom it names by `scheme:value` and nobody bears stays as it is named; it may come later.
        """
        if not ends:
            return ()
        nodes = self._snapshot.nodes_by_key(f"{dataset}/{end}" for end in ends)
        own = self.cards({node.lead(self.viewer) for node in nodes.values()}).values()
        elsewhere = [end for end in ends if ":" in end and f"{dataset}/{end}" not in nodes]
        found = {
            end: next(iter(self.with_ids([end[3:]])), None) if end[:3] == "id:" else self.claimant(end)
            for end in elsewhere
        }
        return tuple(sorted({*(card.id for card in own), *(card.id if card else end for end, card in found.items())}))


def ids_of(cards: Mapping[int, Card]) -> dict[int, str]:
    """Return the ids of actors, by number."""
    return {n: card.id for n, card in cards.items()}


def _ends(row: Row) -> tuple[int, ...]:
    """Return the nodes that a record is about."""
    return (row.source, row.target) if isinstance(row, TieRow) else (row.n,)
