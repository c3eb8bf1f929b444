"""Who helps with one help on one day: who offers it, refers for it or gave it before, and does not decline.

Who declines a help declines its kinds too, not the more general ask. Who offers just what is asked and declines only the
more general, offers it; who declines and refers, refers. A decline with conditions holds for those who are known to
meet them: who declines in another town does not decline here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from graph.cleaning import legal_form
from graph.index.arrays import Flags, Floats, Ints, Longs, gather, once
from graph.index.asked import Asked
from graph.index.components import Components
from graph.index.helping import STANCES, Helping
from graph.index.lookahead import Lookahead
from graph.index.reaching import EQUAL
from graph.municipalities import inside
from graph.numbers import among
from graph.vocabulary import vocabulary

STANCE = {"offers": 1.0, "refers": 0.4}  # how far each stance helps
GAVE = 0.6  # gave it before, and says nothing of now
GENERAL = 0.7  # offers the general word for what is asked
OTHER_THEME = 0.5  # offers it for other themes than those asked for
ELSEWHERE = 0.1  # a municipality, for who is not in it


@dataclass(frozen=True)
class Asker:
    """What is known of who asks, as far as conditions go: areas it lies in (codes), legal form as compared, themes asked for."""

    codes: frozenset[str]
    form: str
    themes: frozenset[str]


class Claims:
    """Who helps with one help on one day, and how well: rows of (helper, how far this offer or record helps)."""

    def __init__(self, helping: Helping, help_id: str, day: date) -> None:
        """Find the offers and records that count."""
        self._helping = helping
        self._ahead: Lookahead | None = None
        self._components: Components | None = None
        match = matches(help_id)
        ordinal = day.toordinal()
        timely = (helping.since <= ordinal) & (ordinal <= helping.until) & (match[helping.help] > 0)
        told = match[helping.help] * np.array([*STANCE.values(), 0.0])[helping.stance] * timely
        offers = np.flatnonzero(told > 0)
        begun = helping.track_begun[helping.track_ptr[:-1]] <= ordinal
        track = np.flatnonzero((match[helping.track_help] > 0) & begun)
        helper = np.concatenate([helping.actor[offers], helping.track_helper[track]]).astype(np.int64)
        base = np.concatenate([told[offers], GAVE * match[helping.track_help[track]]])
        order = np.lexsort((-base, helper))
        self.offer = np.concatenate([offers, np.full(len(track), -1)])[order]  # -1: gave it before
        self.base = base[order]
        self.helpers, self._starts = np.unique(helper[order], return_index=True)
        self.referrers = once(helping.actor[np.flatnonzero((told > 0) & (helping.stance == 1))])
        declines = np.flatnonzero(timely & (helping.stance == STANCES.index("declines")))
        self._told = once(np.concatenate([offers, declines]))  # the offers whose conditions matter
        self._area, self._form, self._theme = map(self._of_told, (helping.area, helping.form, helping.theme))
        self._offered = np.flatnonzero(self.offer >= 0)  # the rows that are offers, and which of `told` each is
        self._as_told = np.searchsorted(self._told, self.offer[self._offered])
        helps = np.concatenate([helping.help[offers], helping.track_help[track]])[order]
        self._void, self._void_by = self._declined(declines, helps, _declined(help_id))

    def ahead(self, asked: Asked) -> Lookahead:
        """Return what lies ahead on the way to `helpers`, worked out once; `asked` is about the day, these referrers and an index."""
        if self._ahead is None:
            self._ahead = Lookahead(asked, self.helpers)
        return self._ahead

    def components(self, asked: Asked) -> Components:
        """Return in which components `helpers` can be met, worked out once; `asked` as above."""
        if self._components is None:
            self._components = Components(asked.index, asked.clock, self.helpers)
        return self._components

    def _of_told(self, pairs: Ints) -> "_Named":
        """Return what the offers `told` name, of pairs of (offer, value)."""
        there = np.flatnonzero(among(pairs[:, 0], self._told))
        offer = np.searchsorted(self._told, pairs[there, 0])
        nothing = np.ones(len(self._told), bool)
        nothing[offer] = False
        return _Named(offer, pairs[there, 1].astype(np.int64), nothing)

    def _declined(self, declines: Longs, helps: Ints, covered: Flags) -> tuple[Longs, Longs]:
        """Return the rows that are void where a decline holds, and for each the decline."""
        at = np.searchsorted(self.helpers, self._helping.actor[declines]).clip(max=max(len(self.helpers) - 1, 0))
        there = self.helpers[at] == self._helping.actor[declines] if len(self.helpers) else np.zeros(len(at), bool)
        declines, at = declines[there], at[there]
        rows, by = gather(np.append(self._starts, len(self.base)), at)
        how = np.where(self.offer[rows] < 0, 2, self._helping.stance[self.offer[rows]])
        void = covered[how, self._helping.help[declines[by]], helps[rows]]
        return rows[void], np.searchsorted(self._told, declines[by[void]])

    def fits(self, asker: Asker) -> tuple[Floats, Flags, Floats]:
        """Return how well each of `helpers` fits, likeness left out, who is out because all it says is no, and what rows are worth.

        The best counts of what it offers and gave; 0: its conditions are not met.
        """
        if not len(self.helpers):
            return np.zeros(0), np.zeros(0, bool), np.zeros(0)
        worth, stands = self.base.copy(), np.ones(len(self.base), bool)
        worth[self._offered] *= self._conditions(asker)[self._as_told]
        if len(self._void):
            stands[self._void[self._holds(asker)[self._void_by]]] = False
        worth *= stands
        away = self._helping.home[self.helpers]
        elsewhere = (
            (away >= 0) & ~among(away, _numbers(self._helping.codes, asker.codes))
            if asker.codes
            else np.zeros(len(away), bool)
        )
        best: Floats = np.maximum.reduceat(worth, self._starts) * np.where(elsewhere, ELSEWHERE, 1.0)
        return best, ~np.logical_or.reduceat(stands, self._starts), worth

    def stated(self, asker: Asker, worth: Floats, which: Longs) -> Longs:
        """Return how many conditions (area, legal form, themes) each of some helpers states that the asker is known to meet.

        Of its offers that count, the one that states most. `worth` is of rows, `which` are positions among `helpers`.
        """
        rows, of = gather(np.append(self._starts, len(self.base)), which)
        worth = worth.take(rows)
        best = np.zeros(len(which))
        np.maximum.at(best, of, worth)
        offered = np.flatnonzero((self.offer.take(rows) >= 0) & (worth >= best.take(of) * (1 - EQUAL)))
        most = np.zeros(len(which), np.int64)
        met = self._met(asker).take(np.searchsorted(self._told, self.offer.take(rows.take(offered))))
        np.maximum.at(most, of.take(offered), met)
        return most

    def _holds(self, asker: Asker) -> Flags:
        """Return which declines are known to hold for the asker."""
        helping = self._helping
        areas = [number for number, code in enumerate(helping.codes) if code in asker.codes or code == "NL"]
        forms = [number for number, form in enumerate(helping.forms) if legal_form(form) == asker.form]
        return self._area.met(areas) & self._form.met(forms) & self._theme.met(_themes(asker))

    def _met(self, asker: Asker) -> Longs:
        """Return how many conditions each offer states that the asker is known to meet."""
        helping = self._helping
        areas = _numbers(helping.codes, asker.codes, sure=True)
        forms = [number for number, form in enumerate(helping.forms) if asker.form and legal_form(form) == asker.form]
        conditions = ((self._area, areas), (self._form, forms), (self._theme, _themes(asker)))
        many = np.zeros(len(self._told), np.int64)
        for named, values in conditions:
            many += named.met(values) & ~named.nothing
        return many

    def _conditions(self, asker: Asker) -> Floats:
        """Return what the conditions of each offer leave of it: 0 if one is not met, less if it is for other themes."""
        helping = self._helping
        forms = [number for number, form in enumerate(helping.forms) if asker.form in ("", legal_form(form))]
        fits = self._area.met(_numbers(helping.codes, asker.codes)) & self._form.met(forms)
        left = fits.astype(np.float64)
        if asker.themes:
            left[~self._theme.met(_themes(asker))] *= OTHER_THEME
        return left


class _Named(NamedTuple):
    """What offers name as a condition: pairs of (offer, value), and which offers name nothing."""

    offer: Longs
    value: Longs
    nothing: Flags

    def met(self, values: Sequence[int] | Longs) -> Flags:
        """Return which offers have one of these values, which are in order, or name none at all."""
        met = self.nothing.copy()
        met[self.offer[among(self.value, np.asarray(values, np.int64))]] = True
        return met


def _themes(asker: Asker) -> list[int]:
    """Return the numbers of the themes asked for, in order."""
    return [number for number, theme in enumerate(vocabulary().themes) if theme in asker.themes]


@lru_cache(maxsize=1024)
def _numbers(named: tuple[str, ...], codes: frozenset[str], *, sure: bool = False) -> Longs:
    """Return in which of the areas named an asker with these codes lies; or may lie, if it need not be `sure`."""
    lies = (True,) if sure else (True, None)
    return np.flatnonzero([inside(code, codes) in lies for code in named])


def matches(help_id: str) -> Floats:
    """Return, per help of the vocabulary, how far it answers to what is asked."""
    covers = vocabulary().covers
    return np.array(
        [1.0 if covers(help_id, it) else GENERAL if covers(it, help_id) else 0.0 for it in vocabulary().helps]
    )


@lru_cache(maxsize=64)
def _declined(help_id: str) -> Flags:
    """Return what a decline makes void, by [how (offers, refers, gave it before), help declined, help offered or given]."""
    names, covers = tuple(vocabulary().helps), vocabulary().covers
    covered = np.array([[covers(one, other) for other in names] for one in names])
    asked = names.index(help_id)
    void = covered[:, [asked]] | covered
    nearer = covered & covered[:, asked] & ~np.eye(len(names), dtype=bool)
    return np.array([void & ~nearer, np.zeros_like(void), void])


@lru_cache(maxsize=64)
def claims(helping: Helping, help_id: str, day: date) -> Claims:
    """Return who helps with `help_id` on a day, found once."""
    return Claims(helping, help_id, day)
