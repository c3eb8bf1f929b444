"""What actors say of help, and what they gave before, as arrays: offers with their conditions, and gifts.

The column `gives` of a kind of tie says what its source gave its target, `gives_back` the other way; of a tie that is or
was current.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np
from pydantic_core import from_json

from graph import dates
from graph.index.actors import Actors, ints
from graph.index.arrays import NEVER, Ints, Longs, Sort, TieIndex, firsts, gather, once, spread
from graph.stored import OfferRow
from graph.vocabulary import vocabulary

STANCES = ("offers", "refers", "declines")
LOOKED_AT = 1_000  # ties of a helper that are looked at to tell whom it helped


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
    `helped*`: per receiver, from `helped_ptr[place]` on, who helped it, with what, and when first (0: unknown).
    `track_*`: per helper and help, from `track_ptr` on, when each receiver was first given it, in order (`track_begun`).
    `home` is the code of the municipality that an actor is, or -1.
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
    track_ptr: Longs
    track_begun: Ints
    helped_ptr: Longs
    helped: Ints
    helped_with: Ints
    helped_begun: Ints
    home: Ints

    def helpers_of(self, place: int) -> Longs:
        """Return the places of those that helped an actor, each once."""
        return once(self.helped[self.helped_ptr[place] : self.helped_ptr[place + 1]])

    def track(self, place: int, day: date) -> Iterator[tuple[int, int]]:
        """Yield the helps that an actor gave by a day (numbers in the vocabulary), and to how many."""
        first, last = np.searchsorted(self.track_helper, np.array([place, place + 1], self.track_helper.dtype))
        for row in range(int(first), int(last)):
            begun = self.track_begun[self.track_ptr[row] : self.track_ptr[row + 1]]
            if count := int(np.searchsorted(begun, day.toordinal(), side="right")):
                yield int(self.track_help[row]), count

    def received(self, ties: TieIndex, helpers: Longs, day: date) -> tuple[Longs, Longs, Longs]:
        """Return who of these helpers gave which help (its number) to which of its contacts by a day, each once.

        As far as the first `LOOKED_AT` ties of each tell.
        """
        begin, end = ties.ptr[helpers].astype(np.int64), ties.ptr[helpers + 1].astype(np.int64)
        arcs, by = spread(begin, np.minimum(end - begin, LOOKED_AT))
        pairs = once(by * ties.size + ties.other[arcs])
        helper, contact = helpers[pairs // max(ties.size, 1)], pairs % max(ties.size, 1)
        rows, of = gather(self.helped_ptr, contact)
        gave = np.flatnonzero(self.helped[rows] == helper[of])
        gave = gave[self.helped_begun[rows[gave]] <= day.toordinal()]
        return helper[of[gave]], self.helped_with[rows[gave]].astype(np.int64), contact[of[gave]]


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
    place = actors.place_of[np.array(told.ns, np.int64)]
    gave = _first(gave)
    homes = {place: told.codes.setdefault(code, len(told.codes)) for place, code in actors.homes.items()}
    home = np.full(len(actors.ns), -1, np.min_scalar_type(-len(told.codes) - 1))
    home[list(homes)] = list(homes.values())
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
        np.searchsorted(gave.receiver, np.arange(len(actors.ns) + 1)).astype(np.int64),
        gave.helper,
        gave.help.astype(np.min_scalar_type(len(vocabulary().helps))),
        gave.begun,
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
            said = from_json(row.body)
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


def _first(gave: Given) -> Given:
    """Return each help that a helper gave a receiver once, when it first did; in order of receiver."""
    many = len(vocabulary().helps)
    pair = gave.receiver.astype(np.int64) * (int(gave.helper.max(initial=0)) + 1) + gave.helper
    key = pair * many + gave.help
    order = np.lexsort((gave.begun, key))
    kept = order[firsts(key[order])]
    return Given(*(part[kept] for part in gave))


def _track(gave: Given) -> tuple[Ints, Ints, Longs, Ints]:
    """Return, per helper and help: both, where its receivers begin, and the days on which these were first given it."""
    key = gave.helper.astype(np.int64) * len(vocabulary().helps) + gave.help
    order = np.lexsort((gave.begun, key))
    starts = firsts(key[order])
    ptr = np.append(starts, len(order)).astype(np.int64)
    return gave.helper[order][starts], gave.help[order][starts], ptr, gave.begun[order]
