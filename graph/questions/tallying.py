"""Counts of a whole view, made in one pass and kept for its revision: actors by theme, by municipality and by help."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from threading import Lock

from pydantic_core import from_json

from graph.folding import HELPFUL
from graph.model import Card, Viewer
from graph.municipalities import province, province_of
from graph.view import View
from graph.vocabulary import vocabulary

MEMBERSHIP = "netwerk.lidmaatschap"
JOINED = ("member_of", "participates_in", "part_of")  # kinds of ties by which one is in a network
CONDITIONS = ("conditions", "legal_forms", "members_of", "amount_from", "amount_to", "window")


@dataclass
class Counts:
    """Actors of one theme or municipality: how many by kind, and how many by the help that they offer or refer for.

    A help counts who offers a kind of it too, as a search finds them.
    """

    kinds: Counter[str] = field(default_factory=Counter)
    helps: Counter[str] = field(default_factory=Counter)

    def take(self, card: Card) -> None:
        """Count an actor."""
        self.kinds[card.kind] += 1
        self.helps.update({*card.helps, *(help.partition(".")[0] for help in card.helps)})

    def sort(self) -> None:
        """Put all in the vocabulary's order: that of the cards changes with what the viewer does not see."""
        self.kinds = Counter({kind: self.kinds[kind] for kind in vocabulary().ids("kind") if kind in self.kinds})
        self.helps = Counter({help: self.helps[help] for help in vocabulary().helps if help in self.helps})


class Tally:
    """What there is in a view. Persons are not counted.

    `municipalities` has the municipalities that are actors, by code; `province_of` the codes of provinces by those of
    municipalities. `offered` has the actors (by `n`, most contacts first) that offer help, or refer for it, for a theme
    or in an area, by the theme or the area's code. `asking` counts the networks whose conditions of membership are known.
    """

    def __init__(self, view: View) -> None:
        """Count what is in `view`."""
        self.revision = view.revision
        self.actors = self.placed = self.themed = self.tied = self.helping = self.asking = 0
        self.kinds: Counter[str] = Counter()
        self.themes: Mapping[str, Counts] = defaultdict(Counts)
        self.places: Mapping[str, Counts] = defaultdict(Counts)
        self.municipalities: dict[str, Card] = {}
        self.province_of: dict[str, str] = {}
        rank: dict[int, tuple[int, str]] = {}
        for card in view.every_card():
            if card.kind != "person":
                self._take(card)
                if card.helps:
                    rank[card.n] = (-card.contacts, card.id)
        self.offered = self._offers(view, rank)
        for counts in (*self.themes.values(), *self.places.values()):
            counts.sort()

    def _take(self, card: Card) -> None:
        self.actors += 1
        self.kinds[card.kind] += 1
        self.tied += card.contacts > 0
        self.helping += bool(card.helps)
        self.themed += bool(card.themes)
        for theme in _widened(card.themes):
            self.themes[theme].take(card)
        if not card.municipality:
            return
        self.placed += 1
        self.places[card.municipality].take(card)
        if card.kind == "municipality":
            self.municipalities.setdefault(card.municipality, card)
        told = province_of(card.municipality) or province(card.province)
        if told and (card.kind == "municipality" or card.municipality not in self.province_of):
            self.province_of[card.municipality] = told

    def _offers(self, view: View, rank: Mapping[int, tuple[int, str]]) -> dict[str, list[int]]:
        by: dict[str, set[int]] = defaultdict(set)
        asking = set()
        for row in view.every_offer():
            if row.stance not in HELPFUL or row.n not in rank:
                continue
            said = from_json(row.body)
            for topic in (*_widened(said.get("themes", ())), *said.get("area", ())):
                by[topic].add(row.n)
            if row.help == MEMBERSHIP and any(said.get(what) for what in CONDITIONS):
                asking.add(row.n)
        self.asking = len(asking)
        return {topic: sorted(ns, key=rank.__getitem__) for topic, ns in by.items()}

    def areas(self, code: str) -> Iterator[str]:
        """Yield the codes of the areas that a municipality lies in, itself first."""
        yield code
        if found := self.province_of.get(code):
            yield found


def _widened(themes: Iterable[str]) -> set[str]:
    """Return themes with what they fall under."""
    known = vocabulary().themes
    return {wide for theme in themes if theme in known for wide in (theme, known[theme].broader) if wide}


class Tallies:
    """The tallies of a store, for the questions of one process: per viewer the last that was asked for."""

    def __init__(self) -> None:
        """Begin with none."""
        self._kept: dict[Viewer, tuple[tuple[str, int, str], Tally]] = {}
        self._counting = Lock()  # those who ask meanwhile wait for the one who counts

    def of(self, view: View) -> Tally:
        """Return the tally of what `view` sees, counted once for each revision."""
        wanted = view.moment
        with self._counting:
            kept = self._kept.get(view.viewer)
            if kept is None or kept[0] != wanted:
                kept = self._kept[view.viewer] = (wanted, Tally(view))
            return kept[1]
