"""Who can help me: from a need to those most likely to help, along paths of introductions, each explained."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from graph import chance
from graph.answers_helping import HelpAnswer, Helper, Unreached
from graph.index.arrays import Flags, Floats, clock
from graph.index.asked import Asked
from graph.index.claims import Claims, claims
from graph.index.files import Index
from graph.index.likeness import NOTHING, own, scaled, worths
from graph.index.nearest import Best, Nearest, Wanted, nearest
from graph.index.reaching import EQUAL
from graph.model import Card, Count
from graph.numbers import among
from graph.questions.askers import Stranger, Who, actor, stranger
from graph.questions.asking import Faults, known, within
from graph.questions.caching import CachedView
from graph.questions.explaining import Explainer
from graph.questions.fitting import Need, stand
from graph.questions.grounds import Grounds
from graph.questions.paths import MAX_STEPS
from graph.view import View, today
from graph.vocabulary import vocabulary

MAX_LIMIT = 50
BESIDE = 3  # to whom no path leads, told at most beside a full list


@dataclass(frozen=True)
class Ask:
    """What is asked for: a help, for these themes, over at most so many steps, for at most so many of each group."""

    help: str
    themes: tuple[str, ...] = ()
    max_steps: int = 4
    limit: int = 10
    as_of: date | None = None


def who_can_help(view: View, index: Index, asker: str | Stranger, ask: Ask) -> HelpAnswer:
    """Return the actors most likely to help, best first, each with its path.

    Raises:
        MovedError, GoneError, NotFoundError: The view has no actor `asker`.
        BadInputError: The help, a theme, a contact or the place is not known; `max_steps` or `limit` is out of range.
    """
    faults = Faults()
    with faults:
        known("help", [ask.help], vocabulary().helps)
    with faults:
        known("theme", ask.themes, vocabulary().themes)
    with faults:
        within("maxSteps", ask.max_steps, 1, MAX_STEPS)
    with faults:
        within("limit", ask.limit, 1, MAX_LIMIT)
    faults.tell()
    if isinstance(asker, Stranger):
        who = stranger(view, index, asker, ask.themes)
    else:
        who = actor(view, index, asker, ask.themes, ask.as_of or today())
    return _Asking(view, index, who, ask).answer()


class _Asking:
    """One question: who comes out, how one gets there, and why."""

    def __init__(self, view: View, index: Index, who: Who, ask: Ask) -> None:
        self.told, self.index, self.who, self.ask = CachedView(view, index), index, who, ask
        self.day = ask.as_of or today()
        self.claims: Claims = claims(index.helping, ask.help, self.day)
        self.asked = Asked(index.ties, clock(index.ties, self.day), self.claims.referrers)
        self.met, out, self._worth = self.claims.fits(who.asker)
        ended = index.ties.ended[index.ties.manner[self.claims.helpers]] < self.day.toordinal()
        out |= (self.claims.helpers == who.place) | ended
        self.fits: Floats = np.where(out, 0.0, self.met * self._likeness((self.met > 0) & ~out))
        self.unfit: Flags = (self.met == 0) & ~out
        self.known: Flags = among(self.claims.helpers, who.contacts)

    def _likeness(self, able: Flags) -> Floats:
        """Return how like the asker those are that each helper helped; what it was helped with itself says nothing."""
        ties, place = self.index.ties, self.who.place
        mine = own(self.who.contacts, self.index.helping.helpers_of(place)) if place >= 0 else NOTHING
        return scaled(worths(self.index.likeness, ties, self.who.things, self.claims.helpers, mine), able)

    def answer(self) -> HelpAnswer:
        """Search, and tell what came out."""
        ask = self.ask
        wanted = Wanted(self.claims.helpers, self.fits, self.known, ask.limit, self.claims.ahead(self.asked))
        found = nearest(self.asked, self.who.layers, wanted, ask.max_steps)
        ways = {best.place: [best.way, *best.others] for best in (*found.known, *found.others)}
        without = self._without_way(found)
        unreachable = self._first(without, min(max(BESIDE, ask.limit - len(found.others)), ask.limit))
        unfit = self._first(self.unfit, ask.limit)
        told = [way for some in ways.values() for way in some]
        explainer = Explainer(self.told, self.asked, self.day, told, (*unreachable, *unfit))
        cards = {place: card for place in (*ways, *unreachable, *unfit) if (card := explainer.card(place))}
        need = Need(ask.help, self.who.asker, self.day, self.who.member_of)
        why = Grounds(self.told, self.index, self.who, need, cards)
        shown = len(found.known) + len(found.others)
        return HelpAnswer(
            self.index.about.revision,
            self.day,
            self.who.card,
            ask.help,
            ask.themes,
            ask.max_steps,
            ask.limit,
            found.complete,
            known=self._helpers(found.known, explainer, why),
            helpers=self._helpers(found.others, explainer, why),
            unreachable=self._apart(unreachable, cards, why),
            unfit=self._apart(unfit, cards, why),
            more=Count(int(np.count_nonzero(found.reached & (self.fits > 0))) - shown, exact=found.whole),
            more_unreachable=Count(int(np.count_nonzero(without)) - len(unreachable)),
            more_unfit=Count(int(np.count_nonzero(self.unfit)) - len(unfit)),
            missing=self._missing(),
        )

    def _helpers(self, bests: Sequence[Best], explainer: Explainer, why: Grounds) -> tuple[Helper, ...]:
        told = []
        for best in bests:
            card, path = explainer.card(best.place), explainer.path(best.way)
            reasons = why.fits(best.place) if card else ()
            if card and path and stand(reasons):  # else it is gone since the index was made
                others = tuple(other for way in best.others if (other := explainer.path(way)))
                fit = chance.rounded(float(self.fits[np.searchsorted(self.claims.helpers, best.place)]))
                told.append(Helper(card, best.score, path.chance, fit, reasons, path, others))
        return tuple(told)

    def _without_way(self, found: Nearest) -> Flags:
        """Return who fits and to whom no path leads, in so many steps.

        Beside a full list: in any number of steps, and only who fits at least as well as all that are listed. Likeness
        is left out of that, as it follows from the ties that these lack.
        """
        able = (self.fits > 0) & ~self.known
        if found.complete and len(found.others) < self.ask.limit:
            return able & ~found.reached
        listed = among(
            self.claims.helpers, np.sort(np.array([best.place for best in (*found.known, *found.others)], np.int64))
        )
        able &= self.met >= self.met[listed].max(initial=0.0) * (1 - EQUAL)
        return able & ~self.claims.components(self.asked).led_to(self.who.contacts)

    def _first(self, which: Flags, many: int) -> dict[int, float]:
        """Return the places and fits of so many of these helpers, those that fit best, best first.

        Of those that fit equally well, those come first that state most conditions that are met.
        """
        at = np.flatnonzero(which)
        fits = self.fits.take(at)
        stated = self.claims.stated(self.who.asker, self._worth, at) if fits.any() else np.zeros(len(at), np.int64)
        if len(at) > many:
            least = np.partition(fits, -many)[-many]
            last = np.flatnonzero(np.abs(fits - least) <= least * EQUAL)
            last = last[np.argsort(-stated.take(last), kind="stable")[:many]]
            kept = np.append(np.flatnonzero(fits > least * (1 + EQUAL)), last)
            at, stated, fits = at.take(kept), stated.take(kept), fits.take(kept)
        ranked = sorted(zip((-fits).tolist(), (-stated).tolist(), at.tolist(), strict=True), key=_order)
        return {int(self.claims.helpers[one]): chance.rounded(-less) for less, _, one in ranked[:many]}

    def _apart(self, fits: Mapping[int, float], cards: Mapping[int, Card], why: Grounds) -> tuple[Unreached, ...]:
        """Tell of helpers to whom no path is told."""
        there = [place for place in fits if place in cards]
        ways = self.told.ways_in([cards[place] for place in there])
        return tuple(
            Unreached(cards[place], fits[place], reasons, ways[cards[place].n])
            for place in there
            if stand(reasons := why.fits(place))
        )

    def _missing(self) -> tuple[str, ...]:
        no_ties = not len(self.who.contacts)
        no_way_on = not no_ties and self.ask.max_steps > 1 and not self.asked.openness(self.who.contacts).any()
        no_helpers = not len(self.claims.helpers)
        return ("no_ties",) * no_ties + ("no_introducers",) * no_way_on + ("no_helpers",) * no_helpers


def _order(told: tuple[float, int, int]) -> tuple[float, int, int]:
    return (chance.rounded(told[0]), *told[1:])
