"""Who helps with what: offers and their conditions, and what was given before, as arrays.

An actor helps if it offers the help or refers for it, or gave it before: the column `gives` of a kind of tie says what
its source gave its target, `gives_back` the other way; of a tie that is or was current. Who declines a help declines
its kinds too, not the more general ask.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from graph import dates
from graph.index.actors import Actors, ints
from graph.index.arrays import NEVER, Flags, Floats, Ints, Longs, Sort, once
from graph.store import OfferRow
from graph.vocabulary import vocabulary

STANCES = ("offers", "refers", "declines")
STANCE = {"offers": 1.0, "refers": 0.4}  # how far each stance helps
GAVE = 0.6  # gave it before, and says nothing of now
GENERAL = 0.7  # offers the general word for what is asked
OTHER_THEME = 0.5  # offers it for other themes than those asked for
ELSEWHERE = 0.1  # a municipality, for who is not in it


class Given(NamedTuple):
    """Help that was given: by whom, to whom, which (its number in the vocabulary), and from when (ordinal; 0: unknown)."""

    helper: Ints
    receiver: Ints
    help: Ints
    begun: Ints


@dataclass(frozen=True, eq=False)
class Helping:
    """Offers, one at each position, with their conditions as pairs of (offer, value); and what was given before.

    `codes` and `forms` name the values of `area` and `form`; a theme's value is its number in the vocabulary.
    `track_*`: per helper and help, when it was first given (0: unknown) and to how many. `helped` has, per receiver,
    who helped it, from `helped_ptr[place]` on. `home` is the code of the municipality that an actor is, or -1.
    """

    codes: tuple[str, ...]
    forms: tuple[str, ...]
    actor: Ints
    help: Ints
    stance: Ints
    since: Ints
    until: Ints
    area: Ints
    theme: Ints
    form: Ints
    track_helper: Ints
    track_help: Ints
    track_begun: Ints
    track_count: Ints
    helped_ptr: Longs
    helped: Ints
    home: Ints

    def helpers_of(self, place: int) -> Ints:
        """Return the places of those that helped an actor."""
        return self.helped[self.helped_ptr[place] : self.helped_ptr[place + 1]]


def given(sorts: Sequence[Sort], source: Ints, target: Ints, sort: Ints) -> Given:
    """Return the help that ties gave, from source to target and back."""
    numbers = {name: number for number, name in enumerate(vocabulary().helps)}
    kinds = vocabulary().tie_kinds
    begun = ints(dates.first_day(each.since).toordinal() if each.since else 0 for each in sorts)
    found = []
    for helper, receiver, column in ((source, target, "gives"), (target, source, "gives_back")):
        helps = ints(
            numbers.get(getattr(kinds[each.kind], column), -1) if each.status in ("current", "former") else -1
            for each in sorts
        )
        gave = np.flatnonzero(helps[sort] >= 0) if len(sorts) else np.zeros(0, np.int64)
        found.append((helper[gave], receiver[gave], helps[sort[gave]], begun[sort[gave]]))
    return Given(*(np.concatenate(part) for part in zip(*found, strict=True)))


def helping_of(offers: Iterable[OfferRow], actors: Actors, gave: Given) -> Helping:
    """Return who helps with what."""
    told = _Offers(offers)
    place = actors.places_of(np.array(told.ns, np.int64))
    ends = gave.receiver.astype(np.int64) * len(actors.ns) + gave.helper
    ends = once(ends)
    ptr = np.searchsorted(ends, np.arange(len(actors.ns) + 1, dtype=np.int64) * len(actors.ns))
    home = np.full(len(actors.ns), -1, np.int32)
    for municipality, code in actors.homes.items():
        home[municipality] = told.codes.setdefault(code, len(told.codes))
    return Helping(
        tuple(told.codes),
        tuple(told.forms),
        place,
        ints(told.help),
        ints(told.stance),
        ints(told.since),
        ints(told.until),
        _pairs(told.area),
        _pairs(told.theme),
        _pairs(told.form),
        *_track(gave),
        ptr.astype(np.int64),
        (ends % max(len(actors.ns), 1)).astype(np.int32),
        home,
    )


def _pairs(pairs: list[tuple[int, int]]) -> Ints:
    return np.array(pairs, np.int32).reshape(-1, 2)


class _Offers:
    """Offers as columns."""

    def __init__(self, offers: Iterable[OfferRow]) -> None:
        helps = {name: number for number, name in enumerate(vocabulary().helps)}
        themes = {name: number for number, name in enumerate(vocabulary().themes)}
        self.codes: dict[str, int] = {}
        self.forms: dict[str, int] = {}
        columns: dict[str, list[int]] = defaultdict(list)
        self.area, self.theme, self.form = list[tuple[int, int]](), list[tuple[int, int]](), list[tuple[int, int]]()
        told = (row for row in offers if row.stance in STANCES)
        for number, row in enumerate(told):
            said = json.loads(row.body)
            columns["n"].append(row.n)
            columns["help"].append(helps[row.help])
            columns["stance"].append(STANCES.index(row.stance))
            columns["since"].append(dates.first_day(said["since"]).toordinal() if "since" in said else 0)
            columns["until"].append(dates.last_day(said["until"]).toordinal() if "until" in said else NEVER)
            self.theme += [(number, themes[theme]) for theme in said.get("themes", ())]
            self.area += [(number, self.codes.setdefault(code, len(self.codes))) for code in said.get("area", ())]
            self.form += [
                (number, self.forms.setdefault(form, len(self.forms))) for form in said.get("legal_forms", ())
            ]
        self.ns = columns["n"]
        self.help, self.stance, self.since, self.until = (columns[x] for x in ("help", "stance", "since", "until"))


def _track(gave: Given) -> tuple[Ints, Ints, Ints, Ints]:
    """Return, per helper and help: both, the first day (0: unknown), the number of receivers."""
    many = len(vocabulary().helps)
    key = gave.helper.astype(np.int64) * many + gave.help
    order = np.lexsort((gave.receiver, key))
    key, receiver, begun = key[order], gave.receiver[order], gave.begun[order]
    if not len(key):
        return tuple(np.zeros(0, np.int32) for _ in range(4))  # type: ignore[return-value]  # four of them
    starts = np.flatnonzero(np.append(True, key[1:] != key[:-1]))
    fresh = np.append(True, (key[1:] != key[:-1]) | (receiver[1:] != receiver[:-1])).astype(np.int32)
    pairs = key[starts]
    return (
        (pairs // many).astype(np.int32),
        (pairs % many).astype(np.int32),
        np.minimum.reduceat(begun, starts),
        np.add.reduceat(fresh, starts),
    )


@dataclass(frozen=True)
class Asker:
    """What is known of who asks, as far as conditions go: areas it lies in (codes), legal form, themes asked for."""

    codes: frozenset[str]
    form: str
    themes: frozenset[str]


class Claims:
    """Who helps with one help on one day, and how well: rows of (helper, how far this offer or record helps)."""

    def __init__(self, helping: Helping, help_id: str, day: date) -> None:
        """Find the offers and records that count."""
        self._helping = helping
        match = matches(help_id)
        ordinal = day.toordinal()
        timely = (helping.since <= ordinal) & (ordinal <= helping.until)
        told = match[helping.help] * np.array([STANCE["offers"], STANCE["refers"], 0.0])[helping.stance] * timely
        offers = np.flatnonzero(told > 0)
        track = self._track(help_id, match, ordinal)
        helper = np.concatenate([helping.actor[offers], helping.track_helper[track]]).astype(np.int64)
        base = np.concatenate([told[offers], GAVE * match[helping.track_help[track]]])
        order = np.lexsort((-base, helper))
        self.offer = np.concatenate([offers, np.full(len(track), -1)])[order]  # -1: gave it before
        self.base = base[order]
        self.helpers, self._starts = np.unique(helper[order], return_index=True)
        self.referrers = once(helping.actor[np.flatnonzero((told > 0) & (helping.stance == 1))])

    def _track(self, help_id: str, match: Floats, ordinal: int) -> Longs:
        """Return what was given before that counts: begun by the day, and not declined."""
        helping = self._helping
        words, covers = tuple(vocabulary().helps), vocabulary().covers
        found = (match[helping.track_help] > 0) & (helping.track_begun <= ordinal)
        for offer in np.flatnonzero(helping.stance == STANCES.index("declines")).tolist():
            declined = words[helping.help[offer]]
            covered = [covers(declined, help_id) or covers(declined, word) for word in words]
            found &= ~((helping.track_helper == helping.actor[offer]) & np.array(covered)[helping.track_help])
        return np.flatnonzero(found)

    def fits(self, asker: Asker) -> Floats:
        """Return how well each of `helpers` fits, likeness left out: the best of what it offers and gave; 0: not at all."""
        if not len(self.helpers):
            return np.zeros(0)
        worth = self.base.copy()
        told = np.flatnonzero(self.offer >= 0)
        worth[told] *= self._conditions(asker)[self.offer[told]]
        away = self._helping.home[self.helpers]
        elsewhere = (away >= 0) & ~np.isin(away, self._numbers(asker)) if asker.codes else np.zeros(len(away), bool)
        best: Floats = np.maximum.reduceat(worth, self._starts) * np.where(elsewhere, ELSEWHERE, 1.0)
        return best

    def _conditions(self, asker: Asker) -> Floats:
        """Return what the conditions of each offer leave of it: 0 if one is not met, less if it is for other themes."""
        helping, many = self._helping, len(self._helping.actor)
        themes = [number for number, theme in enumerate(vocabulary().themes) if theme in asker.themes]
        forms = [number for number, form in enumerate(helping.forms) if not asker.form or form == asker.form]
        fits = _met(helping.area, many, self._numbers(asker)) & _met(helping.form, many, forms)
        other = ~_met(helping.theme, many, themes) if asker.themes else np.zeros(many, bool)
        left: Floats = np.where(fits, np.where(other, OTHER_THEME, 1.0), 0.0)
        return left

    def _numbers(self, asker: Asker) -> list[int]:
        """Return the areas that the asker lies in; where it is not known in which of a sort, all of that sort."""
        known = {code[:2] for code in asker.codes} | {"NL"}
        named = enumerate(self._helping.codes)
        return [number for number, code in named if code in asker.codes or code == "NL" or code[:2] not in known]


def _met(pairs: Ints, many: int, values: Sequence[int]) -> Flags:
    """Return which offers have one of these values, or name none at all."""
    met = np.ones(many, bool)
    met[pairs[:, 0]] = False
    met[pairs[np.isin(pairs[:, 1], values), 0]] = True
    return met


def matches(help_id: str) -> Floats:
    """Return, per help of the vocabulary, how far it answers to what is asked."""
    covers = vocabulary().covers
    return np.array(
        [1.0 if covers(help_id, it) else GENERAL if covers(it, help_id) else 0.0 for it in vocabulary().helps]
    )


@lru_cache(maxsize=64)
def claims(helping: Helping, help_id: str, day: date) -> Claims:
    """Return who helps with `help_id` on a day, found once."""
    return Claims(helping, help_id, day)
