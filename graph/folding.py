"""The fold: what several datasets say of one actor or tie, made into one, for one viewer.

Lists unite. A single value comes from the dataset with the newest date, then by name; but whoever calls somebody an
organisation says less than who says which kind. For a person the most restrictive visibility and `introduces = no` win,
and one record that says "person" makes it one.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from graph import chance
from graph.gazetteer import locate
from graph.model import EVERYONE, STAFF_ONLY, Card, Fact, Figure, Offer, Said, Source, Tie
from graph.stored import Arc, DatasetRow
from graph.text import fold
from graph.vocabulary import vocabulary

LISTS = ("aliases", "identifiers", "websites", "contacts", "themes")
HELPFUL = ("offers", "refers")  # stances that make an actor somebody to turn to
ANY_KIND = "organisation"  # what a register calls everybody that it has
NOT_FACTS = ("id", "cites", "locator")
SEEN_BY = {"nobody": 0, "staff": STAFF_ONLY, "public": EVERYONE}  # a person, by its visibility
_VISIBILITY = {mask: word for word, mask in SEEN_BY.items()}
Body = Mapping[str, Any]


class Saying(NamedTuple):
    """What one dataset says: the record's fields, and the dataset."""

    dataset: DatasetRow
    body: Body


def in_order(sayings: Iterable[Saying]) -> list[Saying]:
    """Return `sayings` with the dataset that is believed first in front: newest date, then name."""
    told = list(sayings)
    if len(told) < 2:  # as it is with nearly every actor
        return told
    by_name = sorted(told, key=lambda saying: saying.dataset.name)
    return sorted(by_name, key=lambda saying: saying.dataset.date, reverse=True)


def seen_by(bodies: Iterable[Body]) -> int:
    """Return the mask of viewers that may see the actor of these records, as far as its being a person goes.

    >>> seen_by([{"kind": "initiative"}]), seen_by([{"kind": "person"}])
    (3, 2)
    """
    person, mask = False, EVERYONE
    for body in bodies:
        person = person or body["kind"] == "person"
        if "visibility" in body:
            mask &= SEEN_BY[body["visibility"]]
        elif body["kind"] == "person":
            mask &= STAFF_ONLY
    return mask if person else EVERYONE


def merged(sayings: Sequence[Saying]) -> dict[str, Any]:
    """Return the fields of an actor, folded; `sayings` are in order and not empty."""
    fields = dict(sayings[0].body) if len(sayings) == 1 else _of_several(sayings)
    if any(saying.body["kind"] == "person" for saying in sayings):
        fields["kind"] = "person"
        if "introduces" in fields:
            fields["introduces"] = all(saying.body.get("introduces") is True for saying in sayings)
        if "visibility" in fields:
            fields["visibility"] = _VISIBILITY[seen_by(saying.body for saying in sayings)]
    return fields


def _of_several(sayings: Sequence[Saying]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for saying in sayings:
        for name, value in saying.body.items():
            if name in LISTS:
                fields[name] = _united(fields.get(name, []), value)
            else:
                fields.setdefault(name, value)
    kinds = [saying.body["kind"] for saying in sayings]
    fields["kind"] = next((kind for kind in kinds if kind != ANY_KIND), ANY_KIND)
    names = [*fields.pop("aliases", ()), *(saying.body["name"] for saying in sayings)]
    if aliases := [name for name in dict.fromkeys(names) if name != fields["name"]]:
        fields["aliases"] = aliases
    return fields


def _united(first: Sequence[Any], then: Iterable[Any]) -> list[Any]:
    united = list(first)
    united.extend(value for value in then if value not in united)
    return united


def card(n: int, actor_id: str, fields: Body, helps: Iterable[str], contacts: int) -> Card:
    """Return the card of an actor, from its folded fields alone (and the gazetteer)."""
    lat, lon, located = _coordinates(fields)
    aliases = [folded for alias in fields.get("aliases", ()) if (folded := fold(alias))]
    return Card(
        n,
        actor_id,
        fields["kind"],
        fields["name"],
        fold(fields["name"]),
        f"|{'|'.join(aliases)}|" if aliases else "",
        contacts,
        fields.get("subtype", ""),
        fields.get("tier", ""),
        fields.get("place", ""),
        _municipality(fields),
        fields.get("province", ""),
        lat,
        lon,
        located,
        fields.get("ended", ""),
        fields.get("introduces") is True,
        tuple(fields.get("themes", ())),
        sorted_helps(helps),
    )


def sorted_helps(helps: Iterable[str]) -> tuple[str, ...]:
    """Return the helps as a card has them."""
    return tuple(sorted(set(helps)))


def _municipality(fields: Body) -> str:
    """Return the CBS code of the actor's municipality; a municipality is in itself."""
    if "municipality" in fields:
        return str(fields["municipality"])
    if fields["kind"] == "municipality":
        return next((i[4:] for i in fields.get("identifiers", ()) if i.startswith("cbs:GM")), "")
    return ""


def _coordinates(fields: Body) -> tuple[float | None, float | None, str]:
    if "lat" in fields:
        return fields["lat"], fields["lon"], "stated"
    place = fields.get("place", "")
    city = fields["name"] if fields["kind"] == "municipality" else ""
    if not (place or city):
        return None, None, ""
    found = locate(place, city, fields.get("province", ""))
    return (found.lat, found.lon, found.precision) if found else (None, None, "")


def facts(sayings: Sequence[Saying]) -> tuple[Fact, ...]:
    """Return every field of an actor with who says it, and what others say instead; `sayings` are in order."""
    if len(sayings) == 1:  # as it is with nearly every actor
        return _facts_of_one(sayings[0])
    fields = merged(sayings)
    return tuple(_fact(name, value, sayings) for name, value in fields.items() if name not in NOT_FACTS)


def _facts_of_one(saying: Saying) -> tuple[Fact, ...]:
    """Return every field of an actor that one record tells of."""
    source, told = (source_of(saying),), list[Fact]()
    for name, value in saying.body.items():
        if name in LISTS:
            each = tuple([Said(item, source) for item in value])
            told.append(Fact(name, tuple(value), source if each else (), each))
        elif name not in NOT_FACTS:
            told.append(Fact(name, value, source, ()))
    return tuple(told)


def _fact(name: str, value: object, sayings: Sequence[Saying]) -> Fact:
    if name in LISTS:
        each = tuple(Said(item, _sources_of(name, item, sayings)) for item in _items(value))
        every = dict.fromkeys(source for said in each for source in said.sources)
        return Fact(name, tuple(said.value for said in each), tuple(every), each)
    told = [saying for saying in sayings if name in saying.body]
    agree = tuple(source_of(saying) for saying in told if saying.body[name] == value)
    others: dict[str, Said] = {}
    for saying in told:
        if (other := saying.body[name]) != value:
            known = others.get(repr(other))
            others[repr(other)] = Said(other, (*(known.sources if known else ()), source_of(saying)))
    return Fact(name, value, agree, tuple(others.values()))


def offer(saying: Saying, actor: str, members_of: tuple[str, ...]) -> Offer:
    """Return an offer as one record says it; `actor` and `members_of` are ids."""
    return Offer(actor, **(_plain(saying.body) | {"members_of": members_of}), sources=(source_of(saying),))


def offers_in_order(offers: Iterable[Offer]) -> tuple[Offer, ...]:
    """Return offers in an order that is the same in every store."""
    told = sorted(offers, key=_first_said_of)
    if len(set(map(_first_said_of, told))) < len(told):  # else `repr`, which takes its time, decides nothing
        told.sort(key=lambda offer: (*_first_said_of(offer), repr(offer)))
    return tuple(told)


def _first_said_of(offer: Offer) -> tuple[str, ...]:
    return offer.stance, offer.help, ";".join(offer.themes)


def figure(saying: Saying, about: str) -> Figure:
    """Return a figure as one record says it; `about` is an id, or `sector`."""
    return Figure(about, **_plain(saying.body), sources=(source_of(saying),))


def figures_in_order(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """Return figures in an order that is the same in every store."""
    return tuple(sorted(figures, key=lambda figure: (figure.what, figure.year, repr(figure))))


def _plain(body: Body) -> dict[str, Any]:
    """Return the fields of a record that have a value, lists as tuples, without its citation."""
    fields = {name: tuple(value) if isinstance(value, list) else value for name, value in body.items()}
    return {name: value for name, value in fields.items() if name not in ("cites", "locator") and value is not None}


def _sources_of(name: str, item: object, sayings: Sequence[Saying]) -> tuple[Source, ...]:
    """Return who says an item of a list; a name by which one dataset calls an actor is an alias to the others."""
    return tuple(
        source_of(saying)
        for saying in sayings
        if item in saying.body.get(name, ()) or (name == "aliases" and item == saying.body["name"])
    )


def _items(value: object) -> Sequence[Any]:
    return value if isinstance(value, list | tuple) else ()


def source_of(saying: Saying) -> Source:
    """Return where a saying can be checked: its dataset, and the source that its record cites."""
    return _cited(
        saying.dataset.name, saying.dataset.info, saying.body.get("cites", ""), saying.body.get("locator", "")
    )


@lru_cache(maxsize=4096)
def _cited(dataset: str, info: str, cites: str, locator: str) -> Source:
    """Return a source at a locator, made once: many records cite it."""
    told = _sources(info).get(cites, {})
    title, publisher, date, url, licence = (told.get(it, "") for it in ("title", "publisher", "date", "url", "licence"))
    return Source(dataset, cites, title, publisher, date, url, licence, locator)


@lru_cache(maxsize=64)
def _sources(info: str) -> Mapping[str, Body]:
    """Return the sources of a dataset, read once: many records cite them."""
    sources: Mapping[str, Body] = json.loads(info).get("sources", {})
    return sources


def tie(sayings: Sequence[Saying], arc: Arc, ends: tuple[str, str], spoken: bool, as_of: date) -> Tie:
    """Return a tie folded from what datasets say of it.

    `arc` gives kind and ref; `ends` are the ids of source and target; `spoken` says that datasets spoken for by both
    ends state it. Status and basis are those of the dataset that is believed first, as every record has them, if
    only by default; its period goes before another's as a whole, so that a tie does not end before it begins.
    """
    first = fields = period = sayings[0].body
    if len(sayings) > 1:
        sayings = in_order(sorted(sayings, key=_latest_first, reverse=True))
        first = sayings[0].body
        fields = {name: value for saying in reversed(sayings) for name, value in saying.body.items()}
        period = next((saying.body for saying in sayings if saying.body.keys() & {"since", "until"}), {})
    basis = "confirmed" if spoken else first.get("basis", "stated")
    status, since, until = first.get("status", "current"), period.get("since", ""), period.get("until", "")
    source, target = sorted(ends) if vocabulary().tie_kinds[arc.kind].symmetric else ends
    return Tie(
        source,
        arc.kind,
        target,
        arc.ref,
        fields.get("role", ""),
        since,
        until,
        fields.get("amount"),
        status,
        basis,
        fields.get("checked", ""),
        fields.get("note", ""),
        chance.of_tie(arc.kind, status, basis, since, until, as_of),
        tuple(source_of(saying) for saying in sayings),
    )


def _latest_first(saying: Saying) -> tuple[str, str]:
    """Order what one dataset says twice of a tie: what began last goes first when reversed; the rest is settled by text."""
    return saying.body.get("since", ""), json.dumps(saying.body, sort_keys=True)


def identity_of(arc: Arc) -> tuple[int, str, int, str]:
    """Return what a tie is: source, kind, target, ref; the ends of a symmetric kind in order of number."""
    source, target = (arc.at, arc.other) if arc.out else (arc.other, arc.at)
    if vocabulary().tie_kinds[arc.kind].symmetric and source > target:
        source, target = target, source
    return source, arc.kind, target, arc.ref
