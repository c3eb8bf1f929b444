"""Networks: which there are for who asks, nearby and beyond, and a few side by side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from graph.answers_helping import Path
from graph.answers_sector import Member, Nearness, Networks, Side
from graph.dates import timely
from graph.errors import BadInputError
from graph.index.files import Index
from graph.model import Card, Count, Offer
from graph.questions.askers import Stranger, Who, actor, stranger
from graph.questions.asking import followed, known, within
from graph.questions.caching import CachedView
from graph.questions.fitting import Need, current
from graph.questions.grounds import Grounds
from graph.questions.paths import paths
from graph.questions.tallying import JOINED, MEMBERSHIP, Tally
from graph.stored import Filters, Wanted
from graph.view import View, today
from graph.view_folds import ids_of
from graph.vocabulary import vocabulary

MAX_LIMIT = 50
MOST_SIDES = 4
USUAL_SIDES = 3
CANDIDATES = 100  # networks of each sort that are weighed
NEIGHBOURS = 60  # actors of the asker's municipality, those with most contacts, whose networks count as nearby
TIES_EACH = 20  # with networks, of each of these, that are looked at
MEMBERS = 100  # ties of a network that are looked at for its members
STEPS = 3  # of a path to a network: further off, one does better to knock at its door
TOLD = 5  # members that are told of
NEAR = ("here", "members", "province")


@dataclass(frozen=True)
class Wish:
    """What is asked: networks for these themes (none: the asker's own), some beside each other, on a day."""

    themes: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    limit: int = 10
    as_of: date | None = None


def networks(view: View, index: Index, tally: Tally, asker: str | Stranger, wish: Wish) -> Networks:
    """Return networks for somebody, best fit first: those nearby, those beyond, and some side by side.

    Beside each other stand those that are asked for (`wish.beside`), else the best, whom the asker is no member of first.

    Raises:
        MovedError, GoneError, NotFoundError: The view has no actor `asker`, or none of those to be set beside each other.
        BadInputError: A theme or the place is not known, `limit` is out of range, or there are too many to set side by side.
    """
    within("limit", wish.limit, 1, MAX_LIMIT)
    known("theme", wish.themes, vocabulary().themes)
    beside = _chosen(view, wish.beside)
    day = wish.as_of or today()
    who = (
        stranger(view, index, asker, wish.themes)
        if isinstance(asker, Stranger)
        else actor(view, index, asker, wish.themes, day)
    )
    return _Weighing(view, index, tally, who, wish, day).answer(beside)


def _chosen(view: View, ids: Sequence[str]) -> list[Card]:
    """Return the networks that are to be set beside each other."""
    if len(ids) > MOST_SIDES:
        raise BadInputError(
            nl=f"Zet hoogstens {MOST_SIDES} netwerken naast elkaar; dit zijn er {len(ids)}.",
            en=f"Set {MOST_SIDES} networks side by side at most; these are {len(ids)}.",
            field="network",
        )
    return followed(view, list(dict.fromkeys(ids)))


class _Weighing:
    """One question: which networks there are, how near they are, and what each brings and asks."""

    def __init__(self, view: View, index: Index, tally: Tally, who: Who, wish: Wish, day: date) -> None:
        self.view, self.index, self.tally, self.who, self.wish, self.day = view, index, tally, who, wish, day
        self.codes = sorted(code for code in who.asker.codes if code[:2] == "GM")
        self.provinces = {code for code in who.asker.codes if code[:2] == "PV"}
        self.provinces |= {found for code in self.codes if (found := tally.province_of.get(code))}
        self.themes = frozenset(wish.themes or (who.card.themes if who.card else ())) or who.asker.themes
        self.told = bool(who.card or self.codes or self.provinces or self.themes)
        self.neighbours = self._of_neighbours() if self.codes else set()
        self.here = {n for code in self.codes for n in tally.offered.get(code, ())}
        self.around = {n for code in self.provinces for n in tally.offered.get(code, ())}
        self.national = set(tally.offered.get("NL", ()))

    def answer(self, beside: Sequence[Card]) -> Networks:
        """Weigh all that come into question, and look closer at a few."""
        weighed = sorted((self._near(card) for card in self._candidates()), key=_best)
        near = [one for one in weighed if one.reach in NEAR]
        beyond = [one for one in weighed if one.reach not in NEAR and (one.shared or not self.themes)]
        fitting = sorted((*near, *beyond), key=lambda one: (one.member, *_best(one))) if self.told else []
        chosen = [self._near(card) for card in beside] or fitting[:USUAL_SIDES]
        limit = self.wish.limit
        return Networks(
            self.index.about.revision,
            self.day,
            self.who.card,
            tuple(theme for theme in vocabulary().themes if theme in self.themes),
            self.told,
            tuple(near[:limit]),
            tuple(beyond[:limit]),
            Count(max(0, len(near) - limit) + max(0, len(beyond) - limit), exact=len(weighed) < CANDIDATES),
            self._sides(chosen),
        )

    # -- which there are

    def _candidates(self) -> Iterator[Card]:
        """Yield the networks that come into question, each once."""
        ns = {*self.neighbours, *list(self.here)[:CANDIDATES], *list(self.around)[:CANDIDATES]}
        found = {n: card for n, card in self.view.cards(ns).items() if card.kind == "network"}
        narrowed = [Filters(("network",), municipalities=tuple(self.codes))] if self.codes else []
        narrowed.append(Filters(("network",), themes=tuple(self._narrower())))
        for filters in narrowed:
            found |= {hit.card.n: hit.card for hit in self.view.ranked((), filters, None, CANDIDATES)}
        yield from (card for n, card in found.items() if self.who.card is None or n != self.who.card.n)

    def _narrower(self) -> Iterator[str]:
        yield from dict.fromkeys(narrow for theme in self.themes for narrow in vocabulary().narrower(theme))

    def _of_neighbours(self) -> set[int]:
        """Return the networks that others in the municipality are in."""
        filters = Filters(vocabulary().kinds_of_all_but_persons(), municipalities=tuple(self.codes))
        hits = self.view.ranked((), filters, None, NEIGHBOURS)
        arcs = self.view.arcs([Wanted(hit.card.n) for hit in hits], TIES_EACH, JOINED)
        ties = self.view.ties((arc for arc in arcs if arc.out), self.day)
        return {network for (_, _, network, _), tie in ties.items() if current(tie, self.day)}

    def _near(self, card: Card) -> Nearness:
        return Nearness(card, self._reach(card), self._like(card)[0], card.id in self.who.member_of())

    def _reach(self, card: Card) -> str:
        if card.municipality in self.codes or card.n in self.here:
            return "here"
        if card.n in self.neighbours:
            return "members"
        if card.n in self.around or (card.municipality and self._in_province(card)):
            return "province"
        if card.n in self.national:
            return "national"
        return "elsewhere" if card.municipality else ""

    def _in_province(self, card: Card) -> bool:
        return self.tally.province_of.get(card.municipality) in self.provinces

    # -- a few side by side

    def _sides(self, chosen: Sequence[Nearness]) -> tuple[Side, ...]:
        cards = [one.actor for one in chosen]
        places = {place: card for card in cards if (place := self.index.ties.place(card.n)) >= 0}
        need = Need(MEMBERSHIP, self.who.asker, self.day, self.who.member_of)
        told = CachedView(self.view, self.index)
        grounds = Grounds(told, self.index, self.who, need, places)
        ways, offers = told.ways_in(cards), told.offers({card.n: card for card in cards})
        return tuple(self._side(one, grounds, offers[one.actor.n], ways[one.actor.n]) for one in chosen)

    def _side(self, one: Nearness, grounds: Grounds, offers: Sequence[Offer], way_in: tuple[str, ...]) -> Side:
        place = self.index.ties.place(one.actor.n)
        helps = tuple(vocabulary().helps)
        track = self.index.helping.track(place, self.day) if place >= 0 else ()
        members, count = self._members(one.actor)
        return Side(
            one,
            tuple(offer for offer in offers if timely(offer.since, offer.until, self.day)),
            {helps[number]: given for number, given in track},
            grounds.fits(place) if place >= 0 else (),
            members,
            count,
            way_in,
            self._path(one.actor),
        )

    def _members(self, network: Card) -> tuple[tuple[Member, ...], Count]:
        """Return the members of a network that are most like the asker, and how many members are known."""
        found = [arc for kind in JOINED for arc in self.view.arcs_at(network.n, kind, False, 0, MEMBERS)]
        known = {network.n: network} | self.view.cards(arc.other for arc in found)
        every = self.view.ties(found, self.day, ids_of(known))
        ties = {n: tie for (n, *_), tie in every.items() if current(tie, self.day)}
        cards = {n: known[n] for n in ties if known[n].kind != "person"}
        like = {n: self._like(card) for n, card in cards.items() if self.who.card is None or n != self.who.card.n}
        best = sorted(like, key=lambda n: (-like[n][1] - len(like[n][0]), -cards[n].contacts, cards[n].id))[:TOLD]
        members = tuple(Member(cards[n], *like[n], ties[n]) for n in best)
        return members, Count(len(cards), exact=len(found) < MEMBERS)

    def _like(self, card: Card) -> tuple[tuple[str, ...], bool]:
        """Return the themes that an actor shares with the asker, and whether it is in the same municipality."""
        shared = tuple(theme for theme in card.themes if theme in self.who.asker.themes)
        return shared, bool(card.municipality) and card.municipality in self.codes

    def _path(self, network: Card) -> Path | None:
        """Return the best path to a network."""
        if self.who.card is None or self.who.card.n == network.n:
            return None
        found = paths(self.view, self.index, self.who.card.id, network.id, STEPS, limit=1, as_of=self.day).paths
        return found[0] if found else None


def _best(one: Nearness) -> tuple[int, int, int, str]:
    """Return what networks are ordered by: themes in common (each counts for two), how near they are, how many they know."""
    near = {"here": 3, "members": 2, "province": 1}.get(one.reach, 0)
    return -(2 * len(one.shared) + near), -near, -one.actor.contacts, one.actor.id
