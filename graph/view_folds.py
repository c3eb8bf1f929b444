"""What a viewer is told of actors and ties: the records that this viewer sees of each, folded."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from pydantic_core import from_json

from graph import folding
from graph.model import SECTOR, Actor, Card, Figure, Offer, Source, Tie
from graph.stored import ActorRow, Arc, FigureRow, OfferRow
from graph.view_reads import Reads


class Folds(Reads):
    """One revision, as one viewer sees it: the part of a view that folds records."""

    # -- ties

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
        return folding.tie([self._saying(arc) for arc in arcs], arcs[0], ends, spoken, as_of)

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

    def marks(self, ns: Iterable[int]) -> dict[int, tuple[str, ...]]:
        """Return the identifiers and websites of these actors, by number, as far as this view has them."""
        lead_of = self._lead_of(self.cards(ns))
        found: dict[int, list[str]] = defaultdict(list)
        for row in self._snapshot.actor_rows(lead_of):
            if row.mask & self.viewer.bit:
                found[lead_of[row.n]] += [*row.claims, *from_json(row.body).get("websites", ())]
        return {n: tuple(dict.fromkeys(marks)) for n, marks in found.items()}

    def _sayings(self, lead_of: Mapping[int, int]) -> dict[int, list[folding.Saying]]:
        told: dict[int, list[folding.Saying]] = defaultdict(list)
        for row in self._snapshot.actor_rows(lead_of):
            if row.mask & self.viewer.bit:
                told[lead_of[row.n]].append(self._saying(row))
        return {lead: folding.in_order(sayings) for lead, sayings in told.items()}

    # -- offers and figures

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
        return self._figures({0: SECTOR}, {0: 0})[0]

    def _figures(self, ids: Mapping[int, str], lead_of: Mapping[int, int]) -> dict[int, tuple[Figure, ...]]:
        made: dict[int, list[Figure]] = {n: [] for n in ids}
        for row in self._snapshot.figure_rows(lead_of):
            if row.mask & self.viewer.bit:
                lead = lead_of[row.n]
                made[lead].append(folding.figure(self._saying(row), ids[lead]))
        return {n: folding.figures_in_order(figures) for n, figures in made.items()}

    def _saying(self, row: ActorRow | Arc | OfferRow | FigureRow) -> folding.Saying:
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
