"""Who asks: an actor, or somebody who is none and tells where it is, what it does and whom it knows."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache, partial

import numpy as np

from graph.cleaning import legal_form
from graph.errors import BadInputError, NotFoundError
from graph.gazetteer import found_at, locate, towns
from graph.index.arrays import Longs, once
from graph.index.claims import Asker
from graph.index.files import Index
from graph.index.reaching import Layer, start
from graph.model import Card
from graph.municipalities import areas, bearing, municipalities, province, today
from graph.namesakes import in_province, looking_like, meanings, town
from graph.questions.asking import Faults, known, listed
from graph.questions.explaining import KNOWN
from graph.questions.fitting import current
from graph.stored import Filters
from graph.text import fold
from graph.view import View
from graph.vocabulary import vocabulary

MEMBERSHIPS = 200  # of an asker, that conditions are held against
MUNICIPALITIES = Filters(kinds=("municipality",))


@dataclass(frozen=True)
class Stranger:
    """An asker that is no actor: where it is, what it does, whom it knows (ids of actors)."""

    place: str = ""
    themes: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    legal_form: str = ""


@dataclass(frozen=True)
class Who:
    """An asker as the index knows it: where the search starts, what it is, what it has in common with others.

    `member_of` gives the ids of the networks that it is known to be in: few offers ask for that.
    """

    card: Card | None
    place: int
    layers: list[Layer]
    asker: Asker
    things: Longs
    contacts: Longs
    member_of: Callable[[], frozenset[str]]


def actor(view: View, index: Index, actor_id: str, themes: Sequence[str], day: date) -> Who:
    """Return an asker that is an actor."""
    card = view.find(actor_id)
    place = index.ties.place(card.n)
    if place < 0:  # it came after the index was made
        return _nobody(card, themes)
    form = legal_form(view.fields([card])[card.n].get("legal_form") or "") if index.helping.forms else ""
    contacts = index.ties.contacts(place)
    asker = Asker(_areas(card), form, _widened(themes or card.themes))
    things = index.likeness.things(index.ties, place, contacts)
    return Who(card, place, [start(place)], asker, things, contacts, cache(partial(_member_of, view, card, day)))


def _nobody(card: Card, themes: Sequence[str]) -> Who:
    nothing = np.zeros(0, np.int64)
    asker = Asker(_areas(card), "", _widened(themes or card.themes))
    return Who(card, -1, _layers(nothing), asker, nothing, nothing, frozenset)


def _areas(card: Card) -> frozenset[str]:
    """Return the areas in which an actor is; where only its place is told, by that."""
    return areas(card.municipality, card.province) or lying(card.place)


def _member_of(view: View, card: Card, day: date) -> frozenset[str]:
    """Return the ids of the networks that an actor is a member of on the day."""
    ties = view.ties(view.arcs_at(card.n, "member_of", True, 0, MEMBERSHIPS), day).values()
    return frozenset(tie.target for tie in ties if current(tie, day))


def stranger(view: View, index: Index, told: Stranger, themes: Sequence[str]) -> Who:
    """Return an asker that is no actor."""
    faults, cards, codes = Faults(), list[Card](), frozenset[str]()
    with faults:
        known("themes", told.themes, vocabulary().themes)
    with faults:
        cards = _contacts(view, told.contacts)
    with faults:
        codes = _codes(view, index, told.place)
    faults.tell()
    contacts = once(index.ties.places_of(np.array([card.n for card in cards], np.int64)))
    contacts = contacts[contacts >= 0]
    traits = [*(f"theme:{theme}" for theme in told.themes), *(f"municipality:{code}" for code in codes)]
    asker = Asker(codes, legal_form(told.legal_form), _widened(themes or told.themes))
    things = index.likeness.things_of(index.ties, contacts, traits)
    return Who(None, -1, _layers(contacts), asker, things, contacts, frozenset)


def _layers(contacts: Longs) -> list[Layer]:
    """Return the first layers of a search for somebody who is no actor and knows these."""
    nothing = np.zeros(len(contacts), np.int64)
    return [start(-1), Layer(contacts, np.full(len(contacts), KNOWN), nothing, nothing)]


def _contacts(view: View, ids: Sequence[str]) -> list[Card]:
    """Return the cards of actors that a stranger says it knows; all that are unknown are named at once."""
    cards, unknown = [], []
    for actor_id in dict.fromkeys(ids):
        try:
            cards.append(view.follow(actor_id))
        except NotFoundError:
            unknown.append(actor_id)
    if unknown:
        names = ", ".join(map(repr, unknown))
        raise BadInputError(
            nl=f"Deze contacten kennen we niet: {names}. Geef ids van actoren; zoek ze op naam.",
            en=f"These contacts are not known: {names}. Give ids of actors; search for them by name.",
            field="contacts",
        )
    return cards


def _codes(view: View, index: Index, place: str) -> frozenset[str]:
    """Return the areas that a place lies in: by CBS code, by the id or name of a municipality, as a town or a province."""
    if not place:
        return frozenset()
    if re.fullmatch(r"(?i)gm\d{4}", place):
        return _coded(index, place.upper())
    if code := in_province(place):
        return frozenset((code,))
    meant = meanings(place)
    if (found := _of_municipality(view, place, called_so=len(meant) < 2)) is not None:
        return found
    if len(meant) > 1:
        nl, en = listed(meant)
        raise BadInputError(
            nl=f"De plaats {place!r} kan meer dan één plaats zijn. Kies uit: {nl}.",
            en=f"The place {place!r} may be more than one place. Choose from: {en}.",
            field="place",
            choices=meant,
        )
    if (found := lying(place)) or locate(place):
        return found
    raise _unknown(place)


def _unknown(place: str) -> BadInputError:
    """Return the error for a place that is not known, with the municipalities that may be meant."""
    near = looking_like(place)
    nl, en = listed(near)
    return BadInputError(
        nl=f"De plaats {place!r} kennen we niet. "
        + (
            f"Bedoel je: {nl}?"
            if near
            else "Kijk hoe je de naam schrijft, of noem de gemeente; een code zoals GM0599 mag ook."
        ),
        en=f"The place {place!r} is not known. "
        + (
            f"Do you mean: {en}?"
            if near
            else "Check how you spell the name, or name the municipality; a code such as GM0599 will do too."
        ),
        field="place",
        choices=near,
    )


def _of_municipality(view: View, place: str, *, called_so: bool) -> frozenset[str] | None:
    """Return the areas of the municipality that bears an id or (`called_so`) a name; None if there is none."""
    named = town(fold(place))
    cards = [*view.with_ids([place]), *(hit.card for hit in view.ranked(named.split(), MUNICIPALITIES, None, 5))]
    for card in cards:
        called = place == card.id or (called_so and named == town(card.names))
        if called and card.kind == "municipality" and card.municipality:
            return areas(card.municipality, card.province)
    there = [one for one in bearing(named) if not one.ended] if called_so else []
    return areas(there[0].code, "") if there else None


def _coded(index: Index, code: str) -> frozenset[str]:
    """Return the areas of a municipality by its code: that of today, or one that only the data know."""
    if code in municipalities():
        return areas(today(municipalities()[code]).code, "")
    if f"municipality:{code}" in index.likeness.traits or code in index.helping.codes:
        return areas(code, "")
    raise BadInputError(
        nl=f"{code!r} is geen code van een gemeente van nu of sinds 2005. Geef de naam, of kijk de code na bij het CBS.",
        en=f"{code!r} is no code of a municipality of today or since 2005. Give its name, or look the code up at CBS.",
        field="place",
    )


@lru_cache(maxsize=10_000)
def lying(place: str) -> frozenset[str]:
    """Return the areas in which a place lies: its province, and the municipality if that bears its name.

    >>> sorted(lying("Delft")), sorted(lying("Vries")), sorted(lying("Hengelo, Gelderland")), sorted(lying("Nergens"))
    (['GM0503', 'PV28'], ['PV22'], ['PV25'], [])
    >>> sorted(lying("Spijk, Groningen")), sorted(lying("Bunnik, Utrecht")), sorted(lying("Lombok, Utrecht"))
    (['PV20'], ['GM0312', 'PV26'], ['GM0344', 'PV26'])
    """
    if not place:  # as of networks; to read the gazetteer takes longer than an answer
        return frozenset()
    name, around = found_at(place)
    code, first = province(around or place), place.partition(",")[0]
    # The province is meant, not the town of that name
    if province(name) and around in {spelled for _, spelled in towns(first)}:
        name = first
    there = [one.code for one in bearing(name) if one.province == code and not one.ended]
    return frozenset({code, *there} - {""})


def _widened(themes: Sequence[str]) -> frozenset[str]:
    """Return the themes, what falls under them, and what they fall under."""
    words = vocabulary()
    return frozenset(near for theme in themes for near in (*words.narrower(theme), words.themes[theme].broader) if near)
