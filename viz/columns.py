"""What exports say of actors and ties, by name: one list for every format, with headers and explanations for people.

The names are steady: loaders read them back. Lists are tuples; what is unknown is left out. `docs/exports.md` describes them.
"""

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

from graph.errors import Lang
from graph.model import Actor, Offer, Source, Tie
from graph.vocabulary import Word, vocabulary

Value: TypeAlias = str | int | float | tuple[str, ...]
Values: TypeAlias = dict[str, Value]

BAR = "|"
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")  # how a text begins that a spreadsheet may take for a formula
NUMBERS = frozenset(("lat", "lon", "contacts", "amount", "amount_from", "amount_to"))
OWN = frozenset(  # columns in which nearly every row has a value of its own, so that it is of no use to keep in mind how it is written
    [
        "id",
        "name",
        "aliases",
        "identifiers",
        "lat",
        "lon",
        "website",
        "ways_in",
        "note",
        "from",
        "from_name",
        "to",
        "to_name",
        "ref",
        "actor",
        "actor_name",
    ]
)
MANY = 16_384  # values of other columns that are kept in mind
# Characters that XML cannot hold and no program shows.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_STANCES = ("offers", "refers", "needs", "declines")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its steady name, the header and the explanation that people read."""

    table: str
    name: str
    nl: str
    en: str
    about_nl: str
    about_en: str

    def header(self, lang: Lang) -> str:
        """Return the header."""
        return self.nl if lang == "nl" else self.en

    @property
    def words(self) -> str:
        """The name under which `label` knows the words of its values."""
        return "tie_kind" if (self.table, self.name) == ("ties", "kind") else self.name

    def about(self, lang: Lang) -> str:
        """Return what it means."""
        return self.about_nl if lang == "nl" else self.about_en


def _read(path: Path) -> Mapping[str, tuple[Column, ...]]:
    with path.open(encoding="utf-8", newline="") as file:
        every = [Column(**row) for row in csv.DictReader(file)]
    tables = dict.fromkeys(column.table for column in every)
    return {table: tuple(column for column in every if column.table == table) for table in tables}


COLUMNS = _read(Path(__file__).with_name("columns.csv"))
"""The columns of the tables `actors`, `ties`, `offers` and `sources`, in their order."""

_APART = ("id", "from", "to", "from_name", "to_name")


def of_graph(table: str) -> list[str]:
    """Return the columns that files of nodes and edges tell as data: all but ids and ends, which these tell otherwise."""
    return [column.name for column in COLUMNS[table] if column.name not in _APART]


def clean(text: str) -> str:
    r"""Return text without what no format can hold.

    >>> clean("a\x00b") == "a\ufffdb"
    True
    """
    return _UNSEEN.sub("\ufffd", text) if _UNSEEN.search(text) else text


def listed(values: Iterable[object]) -> tuple[str, ...]:
    """Return values as texts that can stand between bars."""
    return tuple(str(value).replace(BAR, "/") for value in values)


def joined(value: Value) -> str:
    """Return a value as one text, several between bars.

    >>> joined(("jeugd", "wonen")), joined(1500.0), joined(0.5)
    ('jeugd|wonen', '1500', '0.5')
    """
    if isinstance(value, tuple):
        return clean(BAR.join(value))
    if isinstance(value, float):
        return f"{value:.15g}"
    return clean(value) if isinstance(value, str) else str(value)


def plain(values: Values) -> dict[str, object]:
    """Return values as JSON has them: several as a list."""
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: Value) -> object:
    if isinstance(value, tuple):
        return [clean(one) for one in value]
    return clean(value) if isinstance(value, str) else value


def of_actor(actor: Actor, municipalities: Mapping[str, str]) -> Values:
    """Return what is known of an actor, by column."""
    card, facts = actor.card, {fact.field: fact.value for fact in actor.facts}
    if card.municipality:  # a municipality is in itself
        facts["municipality"] = card.municipality
    told: Values = {"id": card.id, "kind": card.kind, "name": card.name}
    told |= {name: facts[name] for name in _SINGLE if facts.get(name)}
    told |= {name: listed(facts[field]) for field, name in _LISTS.items() if facts.get(field)}
    if card.municipality in municipalities:
        told["municipality_name"] = municipalities[card.municipality]
    if card.located == "stated" and card.lat is not None and card.lon is not None:
        told["lat"], told["lon"] = card.lat, card.lon
    if facts.get("contacts"):
        told["ways_in"] = listed(_way_in(contact) for contact in facts["contacts"])
    sources = cited(sources_of(actor))
    return told | _helps(actor.offers) | {"contacts": card.contacts, "datasets": actor.datasets, "sources": sources}


_SINGLE = (
    "subtype",
    "tier",
    "place",
    "municipality",
    "province",
    "legal_form",
    "founded",
    "ended",
    "size_note",
    "note",
)
_LISTS = {"aliases": "aliases", "identifiers": "identifiers", "themes": "themes", "websites": "website"}


def _way_in(contact: Mapping[str, str]) -> str:
    parts = (contact.get(name) for name in ("desk", "url", "mail", "phone"))
    return ", ".join(part for part in parts if part)


def _helps(offers: Iterable[Offer]) -> Values:
    by_stance = {stance: dict.fromkeys(offer.help for offer in offers if offer.stance == stance) for stance in _STANCES}
    return {stance: tuple(helps) for stance, helps in by_stance.items() if helps}


def of_tie(tie: Tie) -> Values:
    """Return what is known of a tie, by column, beside its ends (`from`, `to`)."""
    told: Values = {"kind": tie.kind}
    for name in ("ref", "role", "since", "until"):
        if value := getattr(tie, name):
            told[name] = value
    if tie.amount is not None:
        told["amount"] = tie.amount
    told["status"], told["basis"] = tie.status, tie.basis
    if tie.checked:
        told["checked"] = tie.checked
    if tie.note:
        told["note"] = tie.note
    told["sources"] = cited(tie.sources)
    return told


def of_tie_with_ends(tie: Tie, names: Mapping[str, str]) -> Values:
    """Return what is known of a tie, its ends too, by column; `names` are those of actors, by id."""
    told: Values = {"from": tie.source, "from_name": names[tie.source], "to": tie.target, "to_name": names[tie.target]}
    told |= of_tie(tie)
    return told


def of_offer(offer: Offer) -> Values:
    """Return what is known of an offer, by column."""
    told: Values = {"actor": offer.actor, "stance": offer.stance, "help": offer.help}
    for name in ("themes", "area", "legal_forms", "members_of"):
        if value := getattr(offer, name):
            told[name] = listed(value)
    for name in ("since", "until", "checked", "window", "conditions", "note"):
        if value := getattr(offer, name):
            told[name] = value
    for name in ("amount_from", "amount_to"):
        if (value := getattr(offer, name)) is not None:
            told[name] = value
    told["sources"] = cited(offer.sources)
    return told


def of_source(source: Source) -> Values:
    """Return where something can be checked, by column."""
    names = ("dataset", "id", "title", "publisher", "date", "url", "licence")
    return {name: value for name in names if (value := getattr(source, name))}


def sources_of(actor: Actor) -> Iterable[Source]:
    """Return where the facts of an actor can be checked; most facts share one."""
    return {id(source): source for fact in actor.facts for source in fact.sources}.values()


def cited(sources: Iterable[Source]) -> tuple[str, ...]:
    """Return sources as people cite them, each once."""
    return tuple(dict.fromkeys([_cited(source) for source in sources]))


def _cited(source: Source) -> str:
    title = source.title or source.id or source.dataset
    return (f"{title}, {source.locator}" if source.locator else title).replace(BAR, "/")


def label(name: str, value: Value, lang: Lang) -> Value:
    """Return a value with the words of closed lists as people read them."""
    words = _words(name)
    if not words:
        return value
    if isinstance(value, tuple):
        return tuple(words[one].label(lang) if one in words else one for one in value)
    return words[value].label(lang) if isinstance(value, str) and value in words else value


@lru_cache(maxsize=64)
def _words(name: str) -> Mapping[str, Word]:
    """Return the closed list that a column's values are of; a tie's kind is in the column `tie_kind`."""
    lists = vocabulary()
    if name in (*_STANCES, "help"):
        return lists.helps
    if name == "themes":
        return lists.themes
    if name == "tie_kind":
        return lists.tie_kinds
    return lists.words.get(name, {})
