"""A view: what one viewer may see of one revision. The only thing that answers questions.

Every read of a question goes through a view, and a view passes its viewer to the store with each of them. What is not
this viewer's (staff datasets, hidden persons, ids that only others ever had) is as if it were not there.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from difflib import get_close_matches
from itertools import islice
from zoneinfo import ZoneInfo

from pydantic_core import from_json

from graph.answers_duplicates import Judged
from graph.errors import GoneError, MovedError, NotFoundError
from graph.fields import identifiers_in
from graph.model import Card, Viewer
from graph.namesakes import told_apart, where
from graph.store import Store
from graph.stored import ActorRow, Filters, Row, Table, ends_of
from graph.text import fold
from graph.view_folds import Folds
from graph.vocabulary import vocabulary

SUGGESTIONS = 3
CANDIDATES = 200
LONGEST = 8  # words of a text that others may look like


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


class View(Folds):
    """One revision, as one viewer sees it: what it reads (`Reads`), folds (`Folds`), and finds by name.

    Made by `open_view`; valid while that is open.
    """

    # -- finding actors

    def find(self, actor_id: str) -> Card:
        """Return the card of the actor that bears this id.

        Raises:
            MovedError: It goes by another id in this view; the error says which.
            GoneError: It was in this view once; the error offers the nearest, as another source may tell of it under a new id.
            NotFoundError: There is no such actor in this view; the error offers the nearest.
        """
        node = self._snapshot.nodes_by_id([actor_id]).get(actor_id)
        if node is None or not node.ever & self.viewer.bit:
            raise self._not_found(actor_id)
        lead = node.lead(self.viewer)
        card = self.cards([lead]).get(lead)
        if card is None:
            raise self._gone(actor_id)
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
        found, nl, en = self._near(actor_id)
        return NotFoundError(
            near=found, nl=f"Er is geen actor {actor_id!r}. {nl}", en=f"There is no actor {actor_id!r}. {en}"
        )

    def _gone(self, actor_id: str) -> GoneError:
        found, nl, en = self._near(actor_id)
        return GoneError(
            near=found,
            nl=f"Actor {actor_id!r} staat hier niet meer. {nl}",
            en=f"Actor {actor_id!r} is no longer here. {en}",
        )

    def _near(self, actor_id: str) -> tuple[list[tuple[str, str]], str, str]:
        """Return who looks most like an id, and what to do instead, in Dutch and in English."""
        found = self.suggestions(actor_id)
        near = ", ".join(repr(card.id) for card in found)
        told = [(card.id, told_apart(card)) for card in found]
        return (
            (told, f"Bedoel je {near}?", f"Do you mean {near}?") if near else (told, "Zoek op naam.", "Search by name.")
        )

    def suggestions(self, text: str, kind: str = "") -> list[Card]:
        """Return the few actors (of one kind; no persons) whose name, name with its place, or id looks most like `text`.

        Looked for among those whom its first words find (the last ones may be a place, or written wrong), and among names
        with a word that begins as one of `text`: with a few letters of a common word the one that is meant is not reached.
        If it is an identifier of somebody, as a code of CBS or a number of the Chamber of Commerce, that one is meant.
        """
        kinds = (kind,) if kind else vocabulary().kinds_of_all_but_persons()
        if bearers := {card.n: card for card in self.claimed(identifiers_in(text)).values() if card.kind in kinds}:
            return list(bearers.values())
        words = fold(text).split()[:LONGEST]
        heads = [tuple(words[:count]) for count in range(len(words) - 1, 0, -1)]
        starts = [(word[:letters],) for letters in (6, 4, 2) for word in words[:3]]
        each = dict.fromkeys((*heads, *starts))
        hits = [hit for start in each for hit in self.ranked(start, Filters(kinds=kinds), None, CANDIDATES)]
        looks = {look: hit.card for hit in reversed(hits) for look in _looks(hit.card)}
        near = get_close_matches(fold(text), looks, n=SUGGESTIONS, cutoff=0.6)
        return list({looks[look].n: looks[look] for look in near}.values())

    # -- judgements

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
        seen = [n for n, node in nodes.items() if node.mask & self.viewer.bit]
        names = {row.n: from_json(row.body)["name"] for row in self._snapshot.actor_rows(seen)}
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

    # -- records as a dataset says them

    def in_dataset(self, name: str) -> dict[int, Card]:
        """Return the cards of the actors that a dataset of this view has a record of."""
        rows = self._snapshot.records(Table.ACTORS, name) if name in self._rows else iter(())
        nodes = self._snapshot.nodes({row.n for row in rows if isinstance(row, ActorRow)})
        return self.cards({node.lead(self.viewer) for node in nodes.values()})

    def recorded(self, ns: Iterable[int], name: str) -> set[int]:
        """Return those of the actors `ns` that a dataset of this view has a record of."""
        lead_of = self._lead_of(self.cards(ns)) if name in self._rows else {}
        return {lead_of[row.n] for row in self._snapshot.actor_rows(lead_of) if row.dataset == name}

    def said(self, table: Table, name: str) -> Iterator[Row]:
        """Yield the records of a dataset of this view that are about whom this view has; actors in order of number."""
        if name not in self._rows:
            return
        rows = self._snapshot.records(table, name)
        if table is Table.ACTORS:
            rows = self._in_order(sorted({row.n for row in rows if isinstance(row, ActorRow)}), name)
        while some := list(islice(rows, 2_000)):
            named = self.named_in({n for row in some for n in ends_of(row)}, name)
            yield from (row for row in some if all(n in named or n == 0 for n in ends_of(row)))

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


def _looks(card: Card) -> tuple[str, ...]:
    """Return how an actor may be written: by its name, alone or with its place, and by its id."""
    return card.names, fold(f"{card.name} {where(card)}"), fold(card.id)
