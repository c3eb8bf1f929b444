"""Why a helper fits what is asked, or not: its offers, their conditions, and what it gave before."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from graph import dates
from graph.answers_helping import Reason
from graph.cleaning import legal_form
from graph.folding import HELPFUL
from graph.index.claims import GENERAL, OTHER_THEME, STANCE, Asker
from graph.model import Card, Offer, Tie
from graph.municipalities import inside
from graph.vocabulary import vocabulary


@dataclass(frozen=True)
class Need:
    """What is asked, by whom, on which day; `member_of` gives the ids of the networks that the asker is known to be in."""

    help: str
    asker: Asker
    day: date
    member_of: Callable[[], frozenset[str]]


@dataclass(frozen=True)
class Given:
    """What a helper gave before, of one help: to how many but the asker, how many of these are like it; `own`: to the asker too."""

    help: str
    count: int
    alike: int
    own: bool


def reasons(card: Card, offers: Sequence[Offer], given: Iterable[Given], need: Need) -> tuple[Reason, ...]:
    """Return why a helper fits or not: what it says of the help, what it gave, the conditions of its best offer of each help.

    Those of the offer that counts come first. Where it offers several helps, each condition says of which it is.
    """
    matching = [offer for offer in offers if _answers(offer, need)]
    told = [Reason(offer.stance, help=offer.help, sources=offer.sources) for offer in matching]
    told += [Reason("gave", help=it.help, count=it.count, alike=it.alike, own=it.own) for it in given]
    giving = [offer for offer in matching if offer.stance in HELPFUL]
    best: dict[str, Offer] = {}
    for offer in sorted(giving, key=lambda it: _rank(it, need)) if len(giving) > 1 else giving:
        best.setdefault(offer.help, offer)
    for offer in best.values():
        told += [replace(it, help=offer.help) if len(best) > 1 else it for it in _conditions(offer, need)]
    if card.kind == "municipality" and card.municipality and not (near := inside(card.municipality, need.asker.codes)):
        told.append(Reason("elsewhere", met=near, values=(card.name,)))
    return tuple(told)


def stand(told: Iterable[Reason]) -> bool:
    """Return whether there is any ground among reasons on which somebody helps."""
    return any(reason.what in (*HELPFUL, "gave") for reason in told)


def _rank(offer: Offer, need: Need) -> tuple[bool, float, int]:
    """Return what offers are compared by: the one that counts is the smallest."""
    conditions = list(_conditions(offer, need))
    unmet = {it.what for it in conditions if it.met is False}
    match = 1.0 if vocabulary().covers(need.help, offer.help) else GENERAL
    worth = STANCE[offer.stance] * match * (OTHER_THEME if "themes" in unmet else 1.0)
    return bool(unmet - {"themes"}), -worth, sum(it.met is None for it in conditions)


def _answers(offer: Offer, need: Need) -> bool:
    """Return whether an offer says something of what is asked, on the day and, if it declines, to who asks."""
    covers = vocabulary().covers
    matches = covers(need.help, offer.help) or covers(offer.help, need.help)
    if offer.stance == "needs" or not matches or not dates.timely(offer.since, offer.until, need.day):
        return False
    return offer.stance != "declines" or _holds(offer, need.asker)


def _holds(decline: Offer, asker: Asker) -> bool:
    """Return whether a decline is known to hold for the asker."""
    suits = not decline.legal_forms or _has_form(decline, asker)
    about = not decline.themes or not asker.themes.isdisjoint(decline.themes)
    return suits and about and (not decline.area or _inside(decline.area, asker.codes) is True)


def _has_form(offer: Offer, asker: Asker) -> bool:
    return asker.form in map(legal_form, offer.legal_forms)


def _conditions(offer: Offer, need: Need) -> Iterable[Reason]:
    """Yield each condition that an offer states, and whether it is met."""
    asker = need.asker
    if offer.since or offer.until:
        yield Reason("window", met=dates.timely(offer.since, offer.until, need.day), values=(offer.since, offer.until))
    if offer.themes:
        yield Reason(
            "themes", met=bool(asker.themes & set(offer.themes)) if asker.themes else None, values=offer.themes
        )
    if offer.area:
        yield Reason("area", met=_inside(offer.area, asker.codes), values=offer.area)
    if offer.legal_forms:
        yield Reason("legal_form", met=_has_form(offer, asker) if asker.form else None, values=offer.legal_forms)
    if offer.members_of:
        member = bool(need.member_of() & set(offer.members_of)) or None  # not known to be one is not known not to be
        yield Reason("members_of", met=member, values=offer.members_of)
    yield from _unknown(offer)


def _unknown(offer: Offer) -> Iterable[Reason]:
    """Yield the conditions of which nothing is known of the asker."""
    if offer.amount_from is not None or offer.amount_to is not None:
        amounts = ("" if it is None else f"{it:.15g}" for it in (offer.amount_from, offer.amount_to))
        yield Reason("amount", met=None, values=tuple(amounts))
    if offer.window:
        yield Reason("window", met=None, values=(offer.window,))
    if offer.conditions:
        yield Reason("conditions", met=None, values=(offer.conditions,))


def current(tie: Tie, day: date) -> bool:
    """Return whether a tie is there on a day: not a former one, nor one that has yet to begin or may come to nothing."""
    return tie.status == "current" and dates.timely(tie.since, tie.until, day)


def _inside(area: Sequence[str], codes: frozenset[str]) -> bool | None:
    """Return whether one of the areas is one of the asker's; None if it is not known."""
    told = {inside(code, codes) for code in area}
    return True if True in told else None if None in told else False
