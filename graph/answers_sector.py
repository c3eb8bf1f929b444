"""What questions about the sector as a whole answer: what is in it by theme and by municipality, and its networks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from graph.answers_helping import Path, Reason
from graph.model import Card, Count, Figure, Offer, Tie


@dataclass(frozen=True, slots=True)
class Tallied:
    """How many actors there are of something, by kind: persons are not counted.

    `id` is a theme or the CBS code of a municipality, whose actor is `actor`, if there is one, in the province of that code.
    """

    id: str
    kinds: Mapping[str, int]
    actor: Card | None = None
    province: str = ""

    @property
    def total(self) -> int:
        """How many actors, of all kinds."""
        return sum(self.kinds.values())


@dataclass(frozen=True, slots=True)
class Themes:
    """Every theme of the vocabulary, with how many actors there are of it or of what falls under it.

    `without` counts the actors of which no theme is known.
    """

    revision: int
    themes: tuple[Tallied, ...]
    without: int


@dataclass(frozen=True, slots=True)
class Municipalities:
    """The municipalities in which somebody is, or that are actors; in order of province, then name.

    `without` counts the actors of which no municipality is known.
    """

    revision: int
    municipalities: tuple[Tallied, ...]
    without: int
    more: Count


@dataclass(frozen=True, slots=True)
class Group:
    """Actors of one kind, those with most contacts first; `more` are left out."""

    kind: str
    actors: tuple[Card, ...]
    more: Count


@dataclass(frozen=True, slots=True)
class Linked:
    """An actor that has to do with `count` of those in a portrait, with the ties to a few of them."""

    actor: Card
    count: Count
    ties: tuple[Tie, ...]


@dataclass(frozen=True, slots=True)
class Offered:
    """What an actor offers, or refers for, that a portrait is about."""

    actor: Card
    offers: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class Portrait:
    """A theme or a municipality: who is active in it, who gives them money, which networks they are in, what help there is.

    `subject` has the counts. `helps` counts the actors in it that offer or refer for each help, or a kind of it. `givers`
    gave money to actors in it, those are in `networks` on the day; most first: of at most so many actors that `looked`
    counts. `offers` are those
    that name the theme, or an area that the municipality lies in; `more_offers` actors with such are left out. `others` has
    whoever ties and figures mention, by id.
    """

    revision: int
    as_of: date
    subject: Tallied
    groups: tuple[Group, ...]
    helps: Mapping[str, int]
    givers: tuple[Linked, ...]
    networks: tuple[Linked, ...]
    looked: Count
    offers: tuple[Offered, ...]
    more_offers: Count
    figures: tuple[Figure, ...]
    others: Mapping[str, Card]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is known of the actors that are no persons, and what is not: how many have a place, a theme, ties, a stance on help.

    `networks` counts the networks, `asking` those of which it is known what membership asks.
    """

    revision: int
    kinds: Mapping[str, int]
    actors: int
    placed: int
    themed: int
    tied: int
    helping: int
    networks: int
    asking: int


@dataclass(frozen=True, slots=True)
class Nearness:
    """A network, and how near it is to who asks.

    `reach`: here (in the asker's municipality, or for it), members (somebody there is in it), province, national, elsewhere,
    or "" (not known). `shared` are the themes that both have; `member` whether the asker is a member.
    """

    actor: Card
    reach: str
    shared: tuple[str, ...]
    member: bool


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody that is in a network: a member, who takes part in it, or what is a part of it, as `tie` says.

    `shared` are the themes that it shares with who asks, `near` is whether it is in the same municipality.
    """

    actor: Card
    shared: tuple[str, ...]
    near: bool
    tie: Tie


@dataclass(frozen=True, slots=True)
class Side:
    """A network beside others, seen by who asks.

    `offers` are its stances on help, `gave` counts to how many it gave each help before. `members` are those most like the
    asker, of `known_members`. `reasons` say whether membership fits and what it asks. `way_in` are desks and websites;
    `path` is the best from the asker, if there is one.
    """

    network: Nearness
    offers: tuple[Offer, ...]
    gave: Mapping[str, int]
    reasons: tuple[Reason, ...]
    members: tuple[Member, ...]
    known_members: Count
    way_in: tuple[str, ...]
    path: Path | None


@dataclass(frozen=True, slots=True)
class Networks:
    """Networks for who asks: those nearby and those beyond, best fit first, and a few side by side.

    `asker` is None for somebody who is no actor. `told` is whether anything is known of who asks.
    """

    revision: int
    as_of: date
    asker: Card | None
    themes: tuple[str, ...]
    told: bool
    near: tuple[Nearness, ...]
    beyond: tuple[Nearness, ...]
    more: Count
    sides: tuple[Side, ...]
