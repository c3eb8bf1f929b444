"""What is answered over HTTP of the sector as a whole: themes, municipalities, networks, and what is known at all.

Sentences come from the `Telling` that the models are validated with, as in `api.schemas_helping`.
"""

from collections.abc import Mapping
from datetime import date

from pydantic import model_validator

from api.schemas_helping import PathOut, ReasonOut
from api.schemas_parts import ActorOut, Answer, CountOut, FigureOut, Known, OfferOut, TieOut
from graph.answers_sector import Portrait, Side, Tallied
from graph.vocabulary import vocabulary


class HelpCountOut(Answer):
    """A help, and how many offer it, refer for it or gave it."""

    help: str
    count: int


def _counted(helps: Mapping[str, int]) -> list[dict[str, object]]:
    return [{"help": help, "count": count} for help, count in helps.items()]


class ThemeCountOut(Answer):
    """A theme, and how many actors there are of it or of a theme that falls under it."""

    id: str
    label: str
    """In Dutch."""
    broader: Known
    """The theme that it falls under."""
    kinds: Mapping[str, int]
    total: int

    @model_validator(mode="before")
    @classmethod
    def _of_tallied(cls, value: object) -> object:
        if not isinstance(value, Tallied):
            return value
        topic = vocabulary().themes[value.id]
        return cls.told(value, label=topic.nl, broader=topic.broader)


class ThemesOut(Answer):
    """The themes; persons are not counted."""

    revision: int
    themes: tuple[ThemeCountOut, ...]
    without: int
    """How many actors there are of which no theme is known."""


class MunicipalityCountOut(Answer):
    """A municipality, and how many actors are in it."""

    code: str
    """CBS code, such as `GM0599`."""
    actor: ActorOut | None
    province: Known
    """Code, such as `PV28`."""
    kinds: Mapping[str, int]
    total: int

    @model_validator(mode="before")
    @classmethod
    def _of_tallied(cls, value: object) -> object:
        if not isinstance(value, Tallied):
            return value
        return cls.told(value, code=value.id)


class MunicipalitiesOut(Answer):
    """The municipalities in which somebody is, in order of province and name; persons are not counted."""

    revision: int
    municipalities: tuple[MunicipalityCountOut, ...]
    without: int
    """How many actors there are of which no municipality is known."""
    more: CountOut


class GroupOut(Answer):
    """Actors of one kind, those with most contacts first."""

    kind: str
    actors: tuple[ActorOut, ...]
    more: CountOut


class LinkedOut(Answer):
    """An actor that has to do with some of those in a portrait, with the ties to a few of them."""

    actor: ActorOut
    count: CountOut
    """With how many of them."""
    ties: tuple[TieOut, ...]


class OfferedOut(Answer):
    """What an actor offers, or refers for."""

    actor: ActorOut
    offers: tuple[OfferOut, ...]


class MoreOffersOut(Answer):
    """What a portrait leaves out."""

    offers: CountOut
    """Actors with such offers."""


class PortraitOut(Answer):
    """Who is active on a theme or in a municipality, and what help there is."""

    revision: int
    as_of: date
    kinds: Mapping[str, int]
    """How many actors, by kind."""
    groups: tuple[GroupOut, ...]
    helps: tuple[HelpCountOut, ...]
    """How many of them offer each help, or a kind of it, or refer for it."""
    givers: tuple[LinkedOut, ...]
    """Who gave money to them by the day, those that gave to most first."""
    networks: tuple[LinkedOut, ...]
    """Networks that they are in on the day."""
    looked: CountOut
    """The ties of how many of them were looked at for givers and networks; if not `exact`, there are more."""
    offers: tuple[OfferedOut, ...]
    """Offers that name the theme, or an area that the municipality lies in."""
    figures: tuple[FigureOut, ...]
    others: Mapping[str, ActorOut]
    """The actors that ties and figures name, by id."""
    more: MoreOffersOut

    @classmethod
    def of(cls, value: Portrait, **otherwise: object) -> dict[str, object]:
        """Return the fields of a portrait, some of which are told otherwise."""
        more = {"offers": value.more_offers}
        return cls.told(value, kinds=value.subject.kinds, helps=_counted(value.helps), more=more, **otherwise)


class ThemeOut(PortraitOut):
    """Who is active on a theme, and what help there is."""

    id: str
    label: str
    """In Dutch."""

    @model_validator(mode="before")
    @classmethod
    def _of_portrait(cls, value: object) -> object:
        if not isinstance(value, Portrait):
            return value
        theme = value.subject.id
        return cls.of(value, id=theme, label=vocabulary().themes[theme].nl)


class MunicipalityOut(PortraitOut):
    """Who is active in a municipality, and what help there is."""

    code: str
    """CBS code, such as `GM0599`."""
    actor: ActorOut | None
    province: Known
    """Code, such as `PV28`."""

    @model_validator(mode="before")
    @classmethod
    def _of_portrait(cls, value: object) -> object:
        if not isinstance(value, Portrait):
            return value
        subject = value.subject
        return cls.of(value, code=subject.id, actor=subject.actor, province=subject.province)


class CoverageOut(Answer):
    """What is known of those who are in here, and of how many. All but `kinds` leave persons out."""

    revision: int
    kinds: Mapping[str, int]
    actors: int
    placed: int
    """Those whose municipality is known."""
    themed: int
    """Those of which a theme is known."""
    tied: int
    """Those of which a tie is known."""
    helping: int
    """Those that are known to offer help, or to refer for it."""
    networks: int
    asking: int
    """Networks of which it is known what membership asks."""


class NearnessOut(Answer):
    """A network, and how near it is."""

    actor: ActorOut
    reach: Known
    """`here`, `members` (somebody in the asker's municipality is in it), `province`, `national`, `elsewhere`; `null`: unknown."""
    shared: tuple[str, ...]
    """Themes that it shares with who asks."""
    member: bool
    """Whether who asks is known to be a member."""


class MemberOut(Answer):
    """Somebody that is in a network: a member, who takes part in it, or what is a part of it, as its tie says."""

    actor: ActorOut
    shared: tuple[str, ...]
    """Themes that it shares with who asks."""
    near: bool
    """Whether it is in the same municipality as who asks."""
    tie: TieOut


class SideOut(Answer):
    """A network beside others."""

    network: NearnessOut
    offers: tuple[OfferOut, ...]
    """What it offers, needs, refers for and declines."""
    gave: tuple[HelpCountOut, ...]
    """To how many it gave each help before."""
    reasons: tuple[ReasonOut, ...]
    """Whether membership fits, and what it asks; none: unknown."""
    members: tuple[MemberOut, ...]
    """Those most like who asks."""
    known_members: CountOut
    way_in: tuple[str, ...]
    path: PathOut | None
    """The best path to it from the actor who asks."""

    @model_validator(mode="before")
    @classmethod
    def _of_side(cls, value: object) -> object:
        if not isinstance(value, Side):
            return value
        return cls.told(value, gave=_counted(value.gave))


class NetworksOut(Answer):
    """Networks for who asks, those that fit best first, and a few side by side."""

    revision: int
    as_of: date
    asker: ActorOut | None
    """`null` for somebody who is no actor."""
    themes: tuple[str, ...]
    """What the asker does, as far as it was reckoned with."""
    near: tuple[NearnessOut, ...]
    """In the asker's municipality or province, or with members there."""
    beyond: tuple[NearnessOut, ...]
    """National, elsewhere, or not known where."""
    sides: tuple[SideOut, ...]
    more: CountOut
    """Networks left out of both lists."""
