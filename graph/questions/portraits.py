"""Portraits of a theme or a municipality: who is active in it, who gives money, which networks, what help there is."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from graph.answers_sector import Coverage, Group, Linked, Municipalities, Offered, Portrait, Tallied, Themes
from graph.dates import timely
from graph.errors import NotFoundError
from graph.folding import HELPFUL, identity_of
from graph.model import Card, Count, Offer, Tie
from graph.questions.asking import within
from graph.questions.fitting import current
from graph.questions.tallying import JOINED, Counts, Tally
from graph.stored import Arc, Filters, Wanted
from graph.text import fold
from graph.view import View, today
from graph.vocabulary import vocabulary

MAX_LIMIT = 100
MOST_MUNICIPALITIES = 1_000
LOOKED = 120  # actors of a portrait, those with most contacts, whose ties are looked at
TIES_EACH = 20
TOLD = 3  # ties told of one giver or network
SHOWN = ("initiative", "network", "funder", "organisation")
COUNTED = vocabulary().kinds_of_all_but_persons()


def themes(view: View, tally: Tally) -> Themes:
    """Return every theme, with how many actors there are of it."""
    every = tuple(Tallied(theme, dict(_counts(tally.themes, theme).kinds)) for theme in vocabulary().themes)
    return Themes(view.revision, every, tally.actors - tally.themed)


def municipalities(view: View, tally: Tally, limit: int = MOST_MUNICIPALITIES) -> Municipalities:
    """Return the municipalities in which somebody is, by province and name.

    Raises:
        BadInputError: `limit` is out of range.
    """
    within("limit", limit, 1, MOST_MUNICIPALITIES)
    every = sorted((_municipality(tally, code) for code in tally.places), key=_in_order)
    without = tally.actors - tally.placed
    return Municipalities(view.revision, tuple(every[:limit]), without, Count(max(0, len(every) - limit)))


def _in_order(one: Tallied) -> tuple[bool, str, str, str]:
    provinces = vocabulary().provinces
    where = provinces[one.province].nl if one.province in provinces else ""
    return not where, where, fold(one.actor.place or one.actor.name) if one.actor else one.id, one.id


def _municipality(tally: Tally, code: str) -> Tallied:
    kinds = {kind: count for kind, count in _counts(tally.places, code).kinds.items() if kind != "municipality"}
    return Tallied(code, kinds, tally.municipalities.get(code), tally.province_of.get(code, ""))


def _counts(counted: Mapping[str, Counts], what: str) -> Counts:
    return counted.get(what) or Counts()


def coverage(view: View, tally: Tally) -> Coverage:
    """Return what is known of those who are in here, and of how many it is not."""
    told = tally.actors, tally.placed, tally.themed, tally.tied, tally.helping
    return Coverage(view.revision, dict(view.counts()), *told, tally.kinds["network"], tally.asking)


def of_theme(view: View, tally: Tally, theme: str, limit: int = 10, as_of: date | None = None) -> Portrait:
    """Return who is active on a theme, or on one that falls under it, and what help there is.

    Raises:
        NotFoundError: There is no such theme.
        BadInputError: `limit` is out of range.
    """
    within("limit", limit, 1, MAX_LIMIT)
    lists = vocabulary()
    if theme not in lists.themes:
        raise NotFoundError(
            nl=f"Het thema {theme!r} kennen we niet. Kijk bij de thema’s.",
            en=f"The theme {theme!r} is not known. See the themes.",
        )
    counts = _counts(tally.themes, theme)
    subject = Tallied(theme, dict(counts.kinds))
    about = _Subject(subject, counts, Filters(themes=lists.narrower(theme)), (theme,))
    return _Portraying(view, tally, about, limit, as_of or today()).portrait()


def of_municipality(view: View, tally: Tally, name: str, limit: int = 10, as_of: date | None = None) -> Portrait:
    """Return who is active in a municipality, named by its CBS code or by the id of its actor.

    Raises:
        MovedError, GoneError, NotFoundError: The view has no such municipality.
        BadInputError: `limit` is out of range.
    """
    within("limit", limit, 1, MAX_LIMIT)
    code = _code(view, tally, name)
    subject = _municipality(tally, code)
    about = _Subject(subject, _counts(tally.places, code), Filters(municipalities=(code,)), tuple(tally.areas(code)))
    return _Portraying(view, tally, about, limit, as_of or today()).portrait()


def _code(view: View, tally: Tally, name: str) -> str:
    if name in tally.places:
        return name
    card = view.find(name)
    if card.kind == "municipality" and card.municipality in tally.places:
        return card.municipality
    raise NotFoundError(
        nl=f"{name!r} is geen gemeente met een CBS-code. Kijk bij de gemeenten.",
        en=f"{name!r} is no municipality with a CBS code. See the municipalities.",
    )


@dataclass(frozen=True)
class _Subject:
    """What a portrait is of: how it is counted, what finds its actors, which topics offers name for it."""

    tallied: Tallied
    counts: Counts
    filters: Filters
    topics: tuple[str, ...]


class _Portraying:
    """The making of one portrait."""

    def __init__(self, view: View, tally: Tally, subject: _Subject, limit: int, day: date) -> None:
        self.view, self.tally, self.subject, self.limit, self.day = view, tally, subject, limit, day

    def portrait(self) -> Portrait:
        """Return it whole."""
        connected = self._found(COUNTED, LOOKED)
        groups = tuple(group for kind in SHOWN if (group := self._group(kind, connected)))
        looked = Count(len(connected), exact=len(connected) == sum(self.subject.counts.kinds.values()))
        linked = _Links(self.view, connected, self.limit, self.day, whole=looked.exact)
        offers, more = self._offers()
        shown = [*([self.subject.tallied.actor] if self.subject.tallied.actor else []), *_cards(groups)]
        figures = self.view.figures(card.n for card in shown)
        mentioned = {card.id: card for card in (*shown, *linked.cards)}
        return Portrait(
            self.view.revision,
            self.day,
            self.subject.tallied,
            groups,
            dict(self.subject.counts.helps),
            linked.givers,
            linked.networks,
            looked,
            offers,
            more,
            figures,
            mentioned,
        )

    def _group(self, kind: str, connected: Sequence[Card]) -> Group | None:
        """Return those of a kind: among the most connected, who stand in the same order, if these are enough."""
        total = self.subject.counts.kinds[kind]
        if not total:
            return None
        found = [card for card in connected if card.kind == kind][: self.limit]
        if len(found) < min(total, self.limit):
            found = self._found((kind,), self.limit)
        return Group(kind, tuple(found), Count(max(0, total - len(found))))

    def _found(self, kinds: tuple[str, ...], limit: int) -> list[Card]:
        told = self.subject.filters
        filters = Filters(kinds, told.themes, told.helps, told.municipalities)
        return [hit.card for hit in self.view.ranked((), filters, None, limit)]

    def _offers(self) -> tuple[tuple[Offered, ...], Count]:
        """Return the offers that name the subject, of the actors with most contacts."""
        ns = list(dict.fromkeys(n for topic in self.subject.topics for n in self.tally.offered.get(topic, ())))
        cards, made = self.view.cards(ns[: self.limit]), self.view.offers(ns[: self.limit])
        told = tuple(Offered(cards[n], self._naming(made[n])) for n in ns[: self.limit] if n in cards)
        return told, Count(max(0, len(ns) - self.limit))

    def _naming(self, offers: Iterable[Offer]) -> tuple[Offer, ...]:
        wanted = {*self.subject.topics, *self.subject.filters.themes}
        return tuple(it for it in offers if it.stance in HELPFUL and not wanted.isdisjoint((*it.themes, *it.area)))


def _cards(groups: Iterable[Group]) -> list[Card]:
    return [card for group in groups for card in group.actors]


class _Links:
    """Who gave money to some actors, and which networks these are in; `cards` has whoever the ties mention.

    Counts are exact if `whole` (these are all that there are) and no actor has more ties than are looked at.
    """

    def __init__(self, view: View, some: Sequence[Card], limit: int, day: date, *, whole: bool) -> None:
        self._view, self._limit = view, limit
        kinds = vocabulary().tie_kinds.values()
        giving = {kind.id for kind in kinds if _is_money(kind.gives) or _is_money(kind.gives_back)}
        arcs = list(view.arcs([Wanted(card.n) for card in some], TIES_EACH, (*giving, *JOINED)))
        self._exact = whole and max(Counter(arc.at for arc in arcs).values(), default=0) < TIES_EACH
        records = {(identity_of(arc), arc.dataset, arc.body): arc for arc in arcs}  # between two of them: met twice
        self._ties = view.ties(records.values(), day)
        self.cards: list[Card] = []
        self.givers = self._linked([arc for arc in arcs if _gives(arc) and self._is(arc, _given, day)], COUNTED)
        within = [arc for arc in arcs if arc.kind in JOINED and arc.out and self._is(arc, current, day)]
        self.networks = self._linked(within, ("network",))

    def _is(self, arc: Arc, what: Callable[[Tie, date], bool], day: date) -> bool:
        tie = self._ties.get(identity_of(arc))
        return tie is not None and what(tie, day)

    def _linked(self, arcs: Sequence[Arc], kinds: tuple[str, ...]) -> tuple[Linked, ...]:
        """Return the other ends of ties, those that have to do with most actors first."""
        met: dict[int, dict[int, list[Arc]]] = defaultdict(lambda: defaultdict(list))
        for arc in arcs:
            met[arc.other][arc.at].append(arc)
        cards = {n: card for n, card in self._view.cards(met).items() if card.kind in kinds}
        best = sorted(cards, key=lambda n: (-len(met[n]), -cards[n].contacts, cards[n].id))[: self._limit]
        told = {n: self._folded(arc for some in list(met[n].values())[:TOLD] for arc in some) for n in best}
        ends = (n for some in told.values() for key in some for n in (key[0], key[2]))
        self.cards += self._view.cards(ends).values()
        return tuple(Linked(cards[n], Count(len(met[n]), exact=self._exact), tuple(told[n].values())) for n in best)

    def _folded(self, arcs: Iterable[Arc]) -> dict[tuple[int, str, int, str], Tie]:
        """Return the ties that these records make, each once."""
        return {key: self._ties[key] for key in map(identity_of, arcs)}


def _gives(arc: Arc) -> bool:
    """Return whether by such a tie the actor that it was met from gets money."""
    kind = vocabulary().tie_kinds[arc.kind]
    return _is_money(kind.gives_back if arc.out else kind.gives)


def _is_money(help_id: str) -> bool:
    return vocabulary().covers("geld", help_id)


def _given(tie: Tie, day: date) -> bool:
    """Return whether what a tie gives was given by a day: what is planned, asked for or refused was not."""
    return tie.status in ("current", "former") and timely(tie.since, "", day)
