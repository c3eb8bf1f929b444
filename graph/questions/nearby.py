"""Nearby: actors around a place, in order of distance, with why they may matter."""

import heapq
import math
from collections.abc import Iterable, Sequence

from graph.answers import Near, Nearby
from graph.model import Card, Count, Offer
from graph.questions.asking import within
from graph.view import View
from graph.vocabulary import vocabulary

EARTH_KM = 6371.0088  # mean radius (IUGG)
MAX_KM = 500
MAX_LIMIT = 500


def nearby(view: View, actor_id: str, km: float = 10.0, limit: int = 50) -> Nearby:
    """Return the actors within `km` (kilometres) of an actor, nearest first; equal distances by id.

    An actor whose own place is not known stands at the centre of its municipality, if that is known.

    Raises:
        BadInputError: `km` or `limit` is out of range.
        MovedError, GoneError, NotFoundError: The view has no actor of that id.
    """
    within("km", km, 0.1, MAX_KM)
    within("limit", limit, 1, MAX_LIMIT)
    centre = view.find(actor_id)
    placed, located = _placed(view, centre)
    if placed.lat is None or placed.lon is None:
        return Nearby(view.revision, centre, "", km, (), Count(0))
    found = [near for near in _within(view, placed.lat, placed.lon, km) if near[2].n != centre.n]
    nearest = heapq.nsmallest(limit, found)
    actors = tuple(_with_reasons(view, centre, [(distance, card) for distance, _, card in nearest]))
    return Nearby(view.revision, centre, located, km, actors, Count(len(found) - len(actors)))


def _placed(view: View, card: Card) -> tuple[Card, str]:
    if card.lat is not None or not card.municipality:
        return card, card.located
    municipality = view.claimant(f"cbs:{card.municipality}")
    return (municipality, "municipality") if municipality and municipality.lat is not None else (card, "")


def _within(view: View, lat: float, lon: float, km: float) -> Iterable[tuple[float, str, Card]]:
    """Yield (km, id, card) of the actors within the circle; a degree of latitude is some 111 km."""
    north = math.degrees(km / EARTH_KM)
    east = north / max(math.cos(math.radians(min(abs(lat) + north, 89.9))), 1e-9)
    for card in view.near(lat - north, lon - east, lat + north, lon + east):
        distance = round(_distance(lat, lon, card.lat or 0.0, card.lon or 0.0), 3)
        if distance <= km:
            yield distance, card.id, card


def _distance(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Return the distance in km along the earth (haversine)."""
    a, b = math.radians(lat), math.radians(other_lat)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def _with_reasons(view: View, centre: Card, near: Sequence[tuple[float, Card]]) -> Iterable[Near]:
    offers = view.offers([centre.n, *(card.n for _, card in near)])
    needed, offered = _helps(offers[centre.n], "needs"), _helps(offers[centre.n], "offers")
    for km, card in near:
        yield Near(
            card,
            km,
            tuple(theme for theme in centre.themes if theme in card.themes),
            _matching(_helps(offers[card.n], "offers"), needed),
            _matching(_helps(offers[card.n], "needs"), offered),
        )


def _helps(offers: Sequence[Offer], stance: str) -> list[str]:
    return [offer.help for offer in offers if offer.stance == stance]


def _matching(helps: Sequence[str], wanted: Sequence[str]) -> tuple[str, ...]:
    """Return those of `helps` that are one of `wanted`, a kind of it, or the general word for it."""
    covers = vocabulary().covers
    return tuple(dict.fromkeys(h for h in helps if any(covers(w, h) or covers(h, w) for w in wanted)))
