"""What is true in a world of needs: who helps, how well, along which paths. An oracle in plain Python, written differently.

It folds the datasets itself, walks every simple path, and adds up likeness pair by pair from its formula.
"""

import csv
import math
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple

from needing import THEMES, TOWNS, Says, World, actor_id, identity

from graph.index.likeness import ALONE, FAR, FEW, SCANT, UNSURE, USUAL, WEIGHTS  # measured: not the test's to say
from graph.model import Viewer
from graph.records import ActorRecord, OfferRecord, TieRecord
from graph.vocabulary import FOLDER

STATUS = {"current": 1.0, "planned": 0.7, "conditional": 0.6, "former": 0.4}
BASIS = {"confirmed": 1.0, "stated": 0.9, "inferred": 0.7}
PROVINCES = {"Zuid-Holland": "PV28", "Groningen": "PV20"}
THINGS = ("publicatie",)
BROADER = {"jeugd": "zorg-welzijn", "armoede": "zorg-welzijn"}


@lru_cache
def kinds() -> dict[str, dict[str, str]]:
    """Return the table of kinds of ties, row by row."""
    with (FOLDER / "tie_kinds.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def first_day(text: str) -> date:
    return date.fromisoformat(text if len(text) > 4 else f"{text}-01-01")


def last_day(text: str) -> date:
    return date.fromisoformat(text if len(text) > 4 else f"{text}-12-31")


def begun(since: str | None, day: date) -> bool:
    return not since or first_day(since) <= day


def ended(until: str | None, day: date) -> bool:
    return bool(until) and last_day(str(until)) < day


def covers(general: str, help: str) -> bool:
    return general in (help, help.split(".")[0])


def _sort(trait: str) -> str:
    if trait in THEMES:
        return "theme"
    return "municipality" if trait in TOWNS else "word"


class Folded(NamedTuple):
    """A tie, as all datasets that a viewer sees make it."""

    source: str
    kind: str
    target: str
    status: str
    basis: str
    since: str | None
    until: str | None

    def chance(self, day: date) -> float:
        weight = STATUS[self.status]
        if ended(self.until, day):
            weight = 0.5 ** ((day - last_day(str(self.until))).days / 365.25 / 5)
        elif not begun(self.since, day):
            weight = STATUS["planned"]
        return float(kinds()[self.kind]["strength"]) * weight * BASIS[self.basis]

    def gifts(self) -> Iterator[tuple[str, str, str]]:
        """Yield (giver, help, receiver)."""
        if self.status in ("current", "former"):
            for giver, column, receiver in (
                (self.source, "gives", self.target),
                (self.target, "gives_back", self.source),
            ):
                if help := kinds()[self.kind][column]:
                    yield giver, help, receiver


class Someone(NamedTuple):
    """An actor, as all datasets that a viewer sees make it."""

    id: str
    kind: str
    words: frozenset[str]
    tier: str | None
    subtype: str | None
    ended: str | None
    town: str | None
    province: str | None
    form: str | None
    themes: frozenset[str]
    introduces: bool | None

    @property
    def areas(self) -> frozenset[str]:
        return frozenset(code for code in (self.town, PROVINCES.get(self.province or "")) if code)

    def connects(self, day: date) -> bool:
        refuses = self.kind == "person" and not self.introduces
        return not (self.tier == "context" or self.subtype in THINGS or ended(self.ended, day) or refuses)


class Way(NamedTuple):
    """A path as paths are compared: the smallest is the best."""

    less: float
    length: int
    ids: tuple[str, ...]
    chance: float


class Truth:
    """What a viewer should be told of a world on a day."""

    def __init__(self, world: World, viewer: Viewer, day: date) -> None:
        seen = [one for one in world.datasets if viewer is Viewer.STAFF or one.audience == "public"]
        self.day = day
        self.believed = sorted(sorted(seen, key=lambda one: one.name), key=lambda one: one.date, reverse=True)
        self.actors = dict(self._actors(hidden=viewer is Viewer.PUBLIC))
        self.ties, self.acquainted = [], defaultdict[str, set[str]](set)
        self._fold()
        self.edges = defaultdict[str, dict[str, float]](dict)
        for told in self.ties:
            for one, other in ((told.source, told.target), (told.target, told.source)):
                self.edges[one][other] = max(self.edges[one].get(other, 0.0), told.chance(day))
        self.offers = defaultdict[str, list[OfferRecord]](list)
        for told in (told for one in seen for told in one.of(OfferRecord)):
            if told.actor in self.actors:
                self.offers[told.actor].append(told)
        self.gifts = sorted({(*gift, told.since or "") for told in self.ties for gift in told.gifts()})
        self._ways: dict[object, dict[str, list[Way]]] = {}
        self._flows: dict[object, tuple[dict[str, Fraction], Fraction]] = {}

    # -- the fold

    def _actors(self, hidden: bool) -> Iterator[tuple[str, Someone]]:
        said: dict[str, list[tuple[Says, ActorRecord]]] = defaultdict(list)
        for one in self.believed:
            for told in one.of(ActorRecord):
                said[actor_id(told, one)].append((one, told))
        for id, records in said.items():
            values = {
                field: next((value for _, told in records if (value := getattr(told, field)) is not None), None)
                for field in ("kind", "tier", "subtype", "ended", "municipality", "province", "legal_form")
            }
            first = records[0][1]
            if hidden and first.kind == "person" and first.visibility != "public":
                continue
            words = {word for word in re.findall("[a-z0-9]+", first.name.lower()) if not word.isdigit()}
            yield (
                id,
                Someone(
                    id,
                    str(values["kind"]),
                    frozenset(words),
                    values["tier"],
                    values["subtype"],
                    values["ended"],
                    values["municipality"],
                    values["province"],
                    values["legal_form"],
                    frozenset(theme for _, told in records for theme in told.themes),
                    first.introduces,
                ),
            )

    def _fold(self) -> None:
        said: dict[object, list[tuple[Says, TieRecord]]] = defaultdict(list)
        for one in self.believed:
            for told in one.of(TieRecord):
                if {told.source, told.target} <= set(self.actors) and kinds()[told.kind]["contact"] == "yes":
                    said[identity(told)].append((one, told))
                    if told.status != "rejected":
                        self.acquainted[told.source].add(told.target)
                        self.acquainted[told.target].add(told.source)
        for records in said.values():
            first = records[0][1]
            dated = next((told for _, told in records if told.since or told.until), first)
            spoken = len(records) > 1 and {first.source, first.target} <= {one.speaker for one, _ in records}
            basis = "confirmed" if spoken else first.basis
            if first.status != "rejected":
                ends = (first.source, first.kind, first.target)
                self.ties.append(Folded(*ends, first.status, basis, dated.since, dated.until))

    # -- paths

    def ways(self, start: str, steps: int, referrers: frozenset[str] = frozenset()) -> dict[str, list[Way]]:
        """Return every simple path from an actor, by its end, best first."""
        key = (start, steps, referrers)
        if key not in self._ways:
            found: dict[str, list[Way]] = defaultdict(list)
            for ids in self._walks((start,), steps):
                value = 1.0
                for at, (one, other) in enumerate(pairwise(ids)):
                    value = (value * self.openness(one, referrers) if at else value) * self.edges[one][other]
                if value:
                    found[ids[-1]].append(Way(-float(f"{value:.12g}"), len(ids), ids, value))
            self._ways[key] = {end: sorted(some) for end, some in found.items()}
        return self._ways[key]

    def _walks(self, ids: tuple[str, ...], steps: int) -> Iterator[tuple[str, ...]]:
        for other in self.edges[ids[-1]]:
            if other not in ids:
                yield (*ids, other)
                if steps > 1 and self.actors[other].connects(self.day):
                    yield from self._walks((*ids, other), steps - 1)

    def led_to(self, start: str) -> set[str]:
        """Return to whom introductions lead from an actor, over however many steps."""
        found, going = set[str](), [start]
        while going:
            new = set(self.edges[going.pop()]) - found
            found |= new
            going += [id for id in new if self.actors[id].connects(self.day)]
        return found

    def openness(self, connector: str, referrers: frozenset[str]) -> float:
        if not self.actors[connector].connects(self.day):
            return 0.0
        if connector in referrers:
            return 0.9
        return 0.8 / (1 + math.log(max(1.0, len(self.acquainted[connector]) / 10)))

    @staticmethod
    def told(ways: Sequence[Way], many: int) -> list[Way]:
        """Return the best, and then each the best that shares no connector with those before; the faint are left out."""
        told: list[Way] = []
        for way in ways:
            used = {id for other in told for id in other.ids[1:-1]}
            faint = bool(told) and way.less > told[0].less * 0.01
            if not faint and not used & set(way.ids) and way.ids not in [other.ids for other in told]:
                told.append(way)
        return told[:many]

    # -- likeness

    def neighbours(self, id: str) -> set[str]:
        return set(self.edges[id])

    def traits(self, id: str) -> set[str]:
        """Return themes, municipality and the words of the name."""
        one = self.actors[id]
        return set() if one.kind == "person" else {*one.themes, *one.words, *([one.town] if one.town else [])}

    def telling(self, traits: set[str]) -> set[str]:
        """Return those that make actors alike: not words that are short or that many bear."""
        rare = {word for word in traits if self.bearers(word) <= max(0.05 * len(self.actors), 2)}
        return {trait for trait in traits if _sort(trait) != "word" or (len(trait) >= 4 and trait in rare)}

    def bearers(self, trait: str) -> int:
        """Return how many have a theme, a municipality or a word in common."""
        others = (one for one in self.actors.values() if one.kind != "person")
        return sum(trait in {*one.themes, *one.words, one.town} for one in others)

    def received(self, helper: str, help: str = "") -> set[str]:
        """Return whom a helper helped, with one help on the day or with any ever."""
        return {
            receiver
            for giver, gave, receiver, since in self.gifts
            if giver == helper and (not help or (gave == help and begun(since, self.day)))
        }

    @cached_property
    def usual(self) -> dict[str, float]:
        """Return what each helper gave, in receivers that count the less the more they know."""
        helpers = {giver for giver, *_ in self.gifts}
        return {
            giver: math.fsum(1 / max(1, len(self.neighbours(one))) for one in self.received(giver)) for giver in helpers
        }

    def passed_on(self, held: dict[str, Fraction], asker: str) -> dict[str, Fraction]:
        """Return what helpers get when all share what they hold among those they know, and these in turn; the asker keeps its own."""
        got = defaultdict[str, Fraction](Fraction)
        for one, amount in held.items():
            near = self.neighbours(one)
            for between in near - {asker}:
                others = self.neighbours(between)
                for helper in others & set(self.usual):
                    got[helper] += amount / len(near) / len(others)
        return got

    def flows(self, asker: str, contacts: set[str]) -> tuple[dict[str, Fraction], Fraction]:
        """Return what comes to each helper from an asker, near by and from far, and how much is near by in all."""
        key = (asker, frozenset(contacts))
        if key not in self._flows:
            from_each = [(one, self.passed_on({one: Fraction(1)}, asker)) for one in contacts]
            near = {id: sum(got[id] for one, got in from_each if one != id) for id in self.usual}
            once = self.passed_on(near, asker)
            twice = self.passed_on(once, asker)
            far = {id: once[id] + twice[id] for id in self.usual}
            whole = sum(far.values()) or 1
            flows = {id: near[id] + Fraction(FAR) * far[id] / whole for id in self.usual}
            self._flows[key] = flows, Fraction(sum(near.values()))
        return self._flows[key]

    def worth(self, helper: str, asker: str, contacts: set[str], traits: set[str]) -> float:
        """Return how like the asker those are that a helper helped, in the words of its formula."""
        has, others = defaultdict[str, float](float), 0.0
        for receiver in self.received(helper) - {asker}:
            part = 1 / max(1, len(self.neighbours(receiver)))
            others += part
            for trait in self.traits(receiver) & traits:
                has[trait] += part
        whole = sum(self.usual.values()) + FEW * len(self.usual) if self.usual else FEW
        usual = (others + FEW) / whole
        lifts = math.prod((1 + has[trait] / (UNSURE * usual)) ** WEIGHTS[_sort(trait)] for trait in sorted(traits))
        flows, near = self.flows(asker, contacts)
        known = near / (near + Fraction(SCANT))  # from 0, of who knows nobody, to 1
        return (float(flows.get(helper, 0)) + USUAL * usual) * lifts ** float(known + (1 - known) * Fraction(ALONE))

    def alike(self, helper: str, help: str, asker: str, contacts: set[str], traits: set[str]) -> int:
        """Return how many of those that got this help share two things with the asker."""
        others, telling = self.received(helper, help) - {asker}, self.telling(traits)
        return sum(
            len((self.neighbours(one) & contacts) - {helper}) + len(self.traits(one) & telling) >= 2 for one in others
        )
