"""The names that reasons and offers mention: networks by id, municipalities by code."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from graph.answers_helping import HelpAnswer, Paths, Reason
from graph.answers_sector import Networks
from graph.errors import Lang
from graph.model import Offer
from graph.telling import Telling
from graph.view import View


def telling(view: View, answer: HelpAnswer | Paths, lang: Lang) -> Telling:
    """Return what tells an answer in words, in one language."""
    reasons = reasons_of(answer) if isinstance(answer, HelpAnswer) else ()
    return Telling(lang, _names(view, reasons), answer.as_of)


def telling_offers(view: View, offers: Iterable[Offer], day: date, lang: Lang) -> Telling:
    """Return what tells offers in words, in one language."""
    made = list(offers)
    areas = {code for offer in made for code in offer.area}
    return Telling(lang, _named(view, {actor for offer in made for actor in offer.members_of}, areas), day)


def telling_sides(view: View, answer: Networks | None, lang: Lang) -> Telling:
    """Return what tells networks side by side in words, in one language."""
    if answer is None:
        return Telling(lang, {})
    areas = names_of_areas(view, {code for side in answer.sides for offer in side.offers for code in offer.area})
    reasons = (reason for side in answer.sides for reason in side.reasons)
    return Telling(lang, areas | _names(view, reasons), answer.as_of)


def reasons_of(answer: HelpAnswer) -> Iterator[Reason]:
    """Yield every reason of an answer."""
    for helper in (*answer.helpers, *answer.known):
        yield from helper.reasons
    for one in (*answer.unreachable, *answer.unfit):
        yield from one.reasons


def _names(view: View, reasons: Iterable[Reason]) -> dict[str, str]:
    told = list(reasons)
    networks = {value for reason in told if reason.what == "members_of" for value in reason.values}
    codes = {value for reason in told if reason.what == "area" for value in reason.values}
    return _named(view, networks, codes)


def _named(view: View, networks: Collection[str], codes: Iterable[str]) -> dict[str, str]:
    names = {card.id: card.name for card in view.with_ids(networks)} if networks else {}
    return names | names_of_areas(view, codes)


def names_of_areas(view: View, codes: Iterable[str]) -> dict[str, str]:
    """Return the names of the municipalities among areas, by code."""
    towns = [f"cbs:{code}" for code in codes if code[:2] == "GM"]
    found = view.claimed(towns) if towns else {}
    return {claim.removeprefix("cbs:"): card.name for claim, card in found.items()}
