"""Which actors are probably one and the same: proposals with reasons, for a person to judge, and what persons judged.

Proposals join nobody. Persons are never proposed.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest
from typing import TypeAlias

from graph.answers_duplicates import Duplicate, Duplicates, Judged, Judgements, Namesakes
from graph.model import Card, Count
from graph.namesakes import where
from graph.questions import cursors, pairing
from graph.questions.asking import within
from graph.questions.pairing import LEAST
from graph.text import fold
from graph.view import View

MAX_LIMIT = MOST = 10_000  # proposals; who has judged so many may ask again
_PROPOSALS, _JUDGEMENTS = "duplicates", "judgements"  # what cursors are of
_PAIR = (float, str, str)
# The score (of the best above 1), the ids and the numbers of two actors.
Proposal: TypeAlias = tuple[float, str, str, int, int]


@dataclass(frozen=True, slots=True)
class Proposals:
    """Pairs that are probably one, best first; not `whole`: there are more.

    They hold as long as no dataset was loaded or removed, and nobody who was joined by a judgement then is apart now:
    judging only takes pairs away, which `duplicates` sees to.
    """

    pairs: tuple[Proposal, ...]
    made_of: tuple[tuple[str, int], ...]
    joined: frozenset[tuple[int, int]]
    whole: bool = True

    def hold(self, view: View) -> bool:
        """Return whether these are what `propose` would find now, but for what was judged since."""
        return self.made_of == _datasets(view) and self.joined <= view.judged("same")


def propose(view: View) -> Proposals:
    """Return the pairs of actors that are probably one. Takes a while: seconds for 15,000 actors."""
    # marks and websites are looked up for the best only: they move a pair by less than they are more
    best = nlargest(4 * MOST, pairing.alike(_cards(view)), key=lambda pair: (pair[0], -pair[1].n, -pair[2].n))
    found = _proposed(view, best)
    whole = len(best) < 4 * MOST and len(found) <= MOST
    return Proposals(tuple(found[:MOST]), _datasets(view), frozenset(view.judged("same")), whole)


def compared(view: View) -> int:
    """Return how many actors are compared: all but persons."""
    return sum(count for kind, count in view.counts().items() if kind != "person")


def _cards(view: View) -> list[Card]:
    return [card for card in view.every_card() if card.kind != "person"]


def _proposed(view: View, alike: Sequence[tuple[float, Card, Card]]) -> list[Proposal]:
    """Return those of these pairs that are likely enough, best first, with what websites and identifiers say counted in."""
    marks = view.marks({card.n for _, one, other in alike for card in (one, other)})
    scored = [(round(score + pairing.by_marks(one, other, marks), 3), one, other) for score, one, other in alike]
    kept = [(score, one.id, other.id, one.n, other.n) for score, one, other in scored if score >= LEAST]
    return sorted(kept, key=_rank)


def duplicates(view: View, proposals: Proposals | None = None, limit: int = 20, cursor: str = "") -> Duplicates:
    """Return pairs of actors that are probably one, best first; none that were judged.

    `proposals` are those that were made before and hold still; else they are made now.

    Raises:
        BadInputError: `limit` is out of range, or the cursor is not of this question.
    """
    within("limit", limit, 1, MAX_LIMIT)
    place = cursors.read(cursor, _PROPOSALS, _PAIR)
    made = proposals or propose(view)
    left = [pair for pair in _unjudged(view, made) if place is None or _rank(pair) > place]
    pairs = _told(view, left[:limit])
    more = max(0, len(left) - limit)
    cursor = cursors.written(_PROPOSALS, _rank(left[limit - 1])) if more else ""
    return Duplicates(view.revision, pairs, cursor, Count(more, made.whole))


def new_duplicates(view: View, first: int, limit: int = 20) -> Duplicates:
    """Return the pairs, best first, that came with the actors whose numbers are `first` or more (see `duplicates`)."""
    cards = _cards(view)
    new = {card.n for card in cards if card.n >= first}
    found = _proposed(view, list(pairing.alike(cards, new)) if new else [])
    return Duplicates(view.revision, _told(view, found[:limit]), "", Count(max(0, len(found) - limit)))


def new_namesakes(view: View, first: int) -> Namesakes:
    """Return how many of the actors whose numbers are `first` or more are called as an older one; a pass over all names."""
    new, old = defaultdict[str, list[Card]](list), defaultdict[str, list[Card]](list)
    for card in _cards(view):
        (new if card.n >= first else old)[card.names].append(card)
    pairs = [(card, _alike(card, old[name])) for name, cards in new.items() if name in old for card in cards]
    found = [(card, other) for card, other in pairs if other]
    return Namesakes(len(found), found[0][0].id, found[0][1].id) if found else Namesakes(0)


def _alike(card: Card, others: Iterable[Card]) -> Card | None:
    """Return the first of these that is not known to be elsewhere."""
    here = fold(where(card))
    return next((other for other in others if not here or fold(where(other)) in ("", here)), None)


def judgements(view: View, limit: int = 20, cursor: str = "") -> Judgements:
    """Return what persons decided of pairs of actors, newest first.

    Raises:
        BadInputError: As for `duplicates`.
    """
    within("limit", limit, 1, MAX_LIMIT)
    place = cursors.read(cursor, _JUDGEMENTS, (str, str, str, str))
    left = list(reversed(view.judgements()))
    if place:  # what was judged in that same second is told again, if the one it stands at was taken back
        ranks = [_when(judged) for judged in left]
        left = left[ranks.index(place) + 1 :] if place in ranks else [j for j in left if j.at <= str(place[0])]
    more = max(0, len(left) - limit)
    cursor = cursors.written(_JUDGEMENTS, _when(left[limit - 1])) if more else ""
    return Judgements(view.revision, tuple(left[:limit]), cursor, Count(more))


def _when(judged: Judged) -> tuple[str, str, str, str]:
    return judged.at, judged.verdict, judged.one, judged.other


def _datasets(view: View) -> tuple[tuple[str, int], ...]:
    return tuple((dataset.name, dataset.revision) for dataset in view.datasets())


def _rank(pair: Proposal) -> tuple[float, str, str]:
    return -pair[0], pair[1], pair[2]


def _unjudged(view: View, made: Proposals) -> Iterator[Proposal]:
    """Yield the pairs of actors that are still two, and that nobody judged; each once, with the numbers they lead by now."""
    leads = view.leads({n for pair in made.pairs for n in pair[3:]})
    judged = view.held_apart()
    for score, one, other, a, b in made.pairs:
        first, second = leads.get(a), leads.get(b)
        if first and second and first != second and (first, second) not in judged:
            judged |= {(first, second), (second, first)}
            yield score, one, other, first, second


def _told(view: View, pairs: list[Proposal]) -> tuple[Duplicate, ...]:
    ns = {n for pair in pairs for n in pair[3:]}
    cards, marks = view.cards(ns), view.marks(ns)
    return tuple(
        Duplicate(cards[a], cards[b], min(score, 1.0), pairing.reasons(cards[a], cards[b], marks))
        for score, _, _, a, b in pairs
        if a in cards and b in cards
    )
