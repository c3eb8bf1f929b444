"""The words of the graph, folded from records: what a viewer sees of actors, ties, offers and figures.

A *card* is the thin fold of an actor that lists, search and neighbourhoods need; it is kept by the store, one per
viewer that may see the actor. An *actor* is the whole fold, made when it is shown, with who said what.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple


class Viewer(StrEnum):
    """Who looks. A viewer sees the datasets of its audiences, and persons as their visibility allows."""

    PUBLIC = "public"
    STAFF = "staff"

    @property
    def bit(self) -> int:
        """The viewer's bit in a mask of viewers: public 1, staff 2."""
        return 1 if self is Viewer.PUBLIC else 2


EVERYONE = Viewer.PUBLIC.bit | Viewer.STAFF.bit
STAFF_ONLY = Viewer.STAFF.bit
SECTOR = "sector"  # what a figure is about that is about no actor in particular


def mask_of(audience: str) -> int:
    """Return the mask of the viewers that see a dataset with this audience."""
    return EVERYONE if audience == "public" else STAFF_ONLY


class Card(NamedTuple):
    """An actor as lists show it, for one viewer.

    `n` is the actor's number (internal), `id` the id it bears. `contacts` counts the actors that it has a walkable
    tie with, in this view. `names` is the folded name; `alias_names` the folded aliases, each between bars
    (`"|lsa|lsa bewoners|"`, or empty). `helps` are the helps that it offers or refers for. Lat/lon in degrees,
    WGS84, from the source (`located` "stated"), else from the gazetteer ("place" or "municipality"), else None ("").
    """

    n: int
    id: str
    kind: str
    name: str
    names: str
    alias_names: str = ""
    contacts: int = 0
    subtype: str = ""
    tier: str = ""
    place: str = ""
    municipality: str = ""
    province: str = ""
    lat: float | None = None
    lon: float | None = None
    located: str = ""
    ended: str = ""
    introduces: bool = False
    themes: tuple[str, ...] = ()
    helps: tuple[str, ...] = ()

    def with_contacts(self, contacts: int) -> "Card":
        """Return the card with another number of contacts, in half the time of `_replace`."""
        return self if self.contacts == contacts else Card._make((*self[:6], contacts, *self[7:]))


class Source(NamedTuple):
    """Where something can be checked. `dataset` says it; title, date and address are those of the cited source."""

    dataset: str
    id: str = ""
    title: str = ""
    publisher: str = ""
    date: str = ""
    url: str = ""
    licence: str = ""
    locator: str = ""


class Said(NamedTuple):
    """One value and who says it."""

    value: Any
    sources: tuple[Source, ...]


class Fact(NamedTuple):
    """A field of an actor: its value, who says so, and what others say instead; of a list, each item and who says it."""

    field: str
    value: Any
    sources: tuple[Source, ...]
    others: tuple[Said, ...] = ()


class Offer(NamedTuple):
    """An actor's stance on a help, as one record says it; unset conditions are unknown. Amounts in euro."""

    actor: str
    stance: str
    help: str
    themes: tuple[str, ...] = ()
    area: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    checked: str = ""
    legal_forms: tuple[str, ...] = ()
    amount_from: float | None = None
    amount_to: float | None = None
    members_of: tuple[str, ...] = ()
    window: str = ""
    conditions: str = ""
    note: str = ""
    sources: tuple[Source, ...] = ()


class Figure(NamedTuple):
    """A sourced number about an actor (its id) or the `sector`."""

    about: str
    what: str
    qualifier: str = ""
    value: float | None = None
    unit: str = ""
    year: str = ""
    year_basis: str = ""
    note: str = ""
    sources: tuple[Source, ...] = ()


class Tie(NamedTuple):
    """A directed, typed, dated tie between two actors, folded over the datasets that state it. `amount` in euro."""

    source: str
    kind: str
    target: str
    ref: str = ""
    role: str = ""
    since: str = ""
    until: str = ""
    amount: float | None = None
    status: str = "current"
    basis: str = "stated"
    checked: str = ""
    note: str = ""
    chance: float = 0.0
    sources: tuple[Source, ...] = ()

    def other(self, actor_id: str) -> str:
        """Return the end that is not `actor_id`.

        >>> Tie("ada", "advises", "bob").other("bob")
        'ada'
        """
        return self.target if actor_id == self.source else self.source


class Actor(NamedTuple):
    """An actor whole: its card, each fact with who says it, its offers and figures.

    `datasets` are the names of those that have a record of it, `also` the other ids that it bore in this view.
    """

    card: Card
    facts: tuple[Fact, ...]
    offers: tuple[Offer, ...]
    figures: tuple[Figure, ...]
    datasets: tuple[str, ...]
    also: tuple[str, ...] = ()

    def value(self, name: str) -> Any:  # noqa: ANN401 - a fact may be of any type
        """Return the value of the fact `name`, or None."""
        return next((fact.value for fact in self.facts if fact.field == name), None)


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are; not `exact`: at least so many."""

    count: int
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Dataset:
    """A dataset as the store keeps it: what it says of itself, what it holds, when it was loaded.

    `counts` has `actors`, `ties`, `offers`, `figures`, and `waiting`: records with an end that no dataset knows yet.
    `revision` is the store's that its load made.
    """

    name: str
    title: str
    audience: str
    date: str = ""
    description: str = ""
    speaker: str = ""
    licence: str = ""
    url: str = ""
    loader: str = ""
    revision: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    sources: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
