"""Worlds drawn at random in which actors help each other: several datasets, one of them for staff, that contradict."""

import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from saying import actor, load, offer, person, tie

from graph.records import ActorRecord, OfferRecord, Record, TieRecord
from graph.store import Store
from graph.vocabulary import vocabulary

KINDS = ("initiative", "initiative", "network", "funder", "municipality", "organisation")
TIE_KINDS = ("funds", "funds", "lends_to", "advises", "member_of", "part_of", "partner_of", "supports", "located_in")
HELPS = ("geld", "geld", "geld.lening", "geld.subsidie", "kennis", "kennis.advies", "netwerk.lidmaatschap")
STANCES = ("offers", "offers", "offers", "refers", "declines", "needs")
WORDS = ("moestuin", "speeltuin", "dorpshuis")
THEMES = ("zorg-welzijn", "jeugd", "armoede", "energietransitie")
FORMS = ("stichting", "vereniging")
TOWNS = ("GM9001", "GM9002")
AREAS = ("GM9001", "GM9002", "PV20", "PV28", "NL")
PROVINCES = ("Zuid-Holland", "Groningen")
PERIODS = ((None, None),) * 4 + (("2010", "2019"), ("2028", None), (None, "2025-03-31"), ("2020-02-29", "2026"))


class Says(NamedTuple):
    """What one dataset says. Ends are named by the ids that actors get; `speaker` too."""

    name: str
    records: tuple[Record, ...]
    date: str = ""
    audience: str = "public"
    speaker: str = ""

    def of(self, kind: type[Record]) -> list[Any]:
        return [record for record in self.records if isinstance(record, kind)]

    def rows(self, here: set[str]) -> Iterator[Record]:
        """Yield the records as the dataset would write them: those that it does not describe itself it names by id."""
        for record in self.records:
            ends = {} if isinstance(record, ActorRecord) else dict(zip(record.NAMES, record.names, strict=True))
            yield record.model_copy(update={field: _named(id, here) for field, id in ends.items()})


def _named(id: str, here: set[str]) -> str:
    return id.removeprefix("intern-") if id in here else f"id:{id}"


class World(NamedTuple):
    """A world in datasets, the first of which describes nearly everybody."""

    datasets: tuple[Says, ...]

    @property
    def actors(self) -> list[str]:
        """The ids of the actors that everybody may see."""
        return [actor_id(said, self.datasets[0]) for said in self.datasets[0].of(ActorRecord)]

    def without(self, audience: str) -> "World":
        return World(tuple(one for one in self.datasets if one.audience != audience))

    def fill(self, store: Store) -> None:
        """Load it."""
        for one in self.datasets:
            here = {actor_id(said, one) for said in one.of(ActorRecord)}
            speaker = _named(one.speaker, here) if one.speaker else None
            told = load(store, one.name, *one.rows(here), audience=one.audience, date=one.date or None, speaker=speaker)
            assert not told.refused and not told.waiting


def actor_id(told: ActorRecord, dataset: Says) -> str:
    """Return the id that an actor bears. (Persons of the public are named as their ids will be.)"""
    return told.id if dataset.audience == "public" else f"intern-{told.id}"


def world(seed: int, size: int = 8, ties: int = 22, offers: int = 10) -> World:
    """Draw a world; in every third one nobody gave anything before, so that many scores are equal."""
    dice = random.Random(seed)
    kinds = ("part_of", "partner_of", "supports") if seed % 3 == 2 else TIE_KINDS
    people = [
        person("p-1", introduces=True),
        person("p-2", introduces=False),
        person("p-3", visibility="staff", introduces=True),
    ]
    actors = [_actor(dice, f"a{number}") for number in range(size)]
    names = [told.id for told in (*actors, *people)]
    first = (*actors, *people, *_ties(dice, names, ties, kinds), *_offers(dice, names, offers))
    again = [_again(dice, told) for told in dice.sample(actors, 3)]
    other = _once([*_contradicting(dice, first), *_ties(dice, names, 5, kinds)])
    krant = (*again, *other, *_offers(dice, names, 4))
    staff = [_actor(dice, "s0"), _actor(dice, "s1")]
    more = ["intern-s0", "intern-s1", *names]
    other = _once([*_contradicting(dice, first), *_ties(dice, more, 8, kinds)])
    intern = (*staff, *other, *_offers(dice, more, 5))
    dates = dice.sample(("2020", "2023-05", "2026-01-31"), 3)
    speakers = dice.sample([told.id for told in actors], 2)
    return World(
        (
            Says("gids", first, dates[0], "public", speakers[0]),
            Says("krant", krant, dates[1], "public", speakers[1]),
            Says("intern", intern, dates[2], "staff", dice.choice(speakers)),
        )
    )


def _actor(dice: random.Random, id: str) -> ActorRecord:
    kind = dice.choice(KINDS)
    odd = dice.choice(
        [{}] * 5 + [{"tier": "context"}, {"subtype": "publicatie"}, {"ended": "2024"}, {"ended": "2027-06-30"}]
    )
    town = {"municipality": dice.choice(TOWNS)} if kind == "municipality" or dice.random() < 0.5 else {}
    return actor(
        id,
        kind,
        f"Verzonnen {dice.choice(WORDS)} {id}",
        identifiers=[_identifier(id)],
        themes=dice.sample(THEMES, dice.choice([0, 0, 1, 2])),
        legal_form=dice.choice([None, *FORMS]),
        province=dice.choice([None, *PROVINCES]),
        **odd,
        **town,
    )


def _identifier(id: str) -> str:
    return f"kvk:{ord(id[0]):04}{int(id[1:]):04}"


def _again(dice: random.Random, told: ActorRecord) -> ActorRecord:
    """Return what another dataset says of an actor: some other things."""
    other = _actor(dice, told.id)
    return other.model_copy(update={"kind": told.kind, "name": f"Bedacht {dice.choice(WORDS)} {told.id}"})


def _ties(dice: random.Random, names: Sequence[str], many: int, kinds: Sequence[str]) -> list[TieRecord]:
    """Draw ties; the first two actors are hubs."""
    told = []
    for number in range(many):
        one, other = dice.choice(names[: dice.choice([2, len(names)])]), dice.choice(names)
        if one != other:
            kind = dice.choice(kinds)
            ref = f"nr-{number % 2}" if vocabulary().tie_kinds[kind].repeatable else None
            told.append(tie(one, kind, other, ref=ref, **_said(dice)))
    return _once(told)


def _once(ties: Sequence[TieRecord]) -> list[TieRecord]:
    return list({identity(told): told for told in ties}.values())


def _said(dice: random.Random) -> dict[str, Any]:
    since, until = dice.choice(PERIODS)
    status = dice.choice(["current"] * 5 + ["planned", "conditional", "former", "former", "rejected"])
    return {
        "status": status,
        "basis": dice.choice(["stated", "inferred", "confirmed"]),
        "since": since,
        "until": until,
    }


def identity(told: TieRecord) -> object:
    """Return what a tie is: two records with the same are of one tie."""
    symmetric = vocabulary().tie_kinds[told.kind].symmetric
    ends = frozenset((told.source, told.target)) if symmetric else (told.source, told.target)
    return ends, told.kind, told.ref


def _contradicting(dice: random.Random, first: Sequence[Record]) -> list[Record]:
    """Return other words on some ties of the first dataset."""
    ties = [record for record in first if isinstance(record, TieRecord)]
    return [told.model_copy(update=_said(dice)) for told in dice.sample(ties, min(5, len(ties)))]


def _offers(dice: random.Random, names: Sequence[str], many: int) -> list[OfferRecord]:
    drawn = (
        offer(dice.choice(names), dice.choice(STANCES), dice.choice(HELPS), **_conditions(dice)) for _ in range(many)
    )
    return list({told.body() + told.actor: told for told in drawn}.values())


def _conditions(dice: random.Random) -> dict[str, Any]:
    since, until = dice.choice(PERIODS)
    every: dict[str, Callable[[], object]] = {
        "themes": lambda: dice.sample(THEMES, dice.choice([1, 2])),
        "area": lambda: dice.sample(AREAS, dice.choice([1, 1, 2])),
        "legal_forms": lambda: [dice.choice(FORMS)],
        "amount_to": lambda: 5000,
    }
    some = dice.sample(list(every), dice.choice([0, 0, 0, 1, 1, 2]))
    return {"since": since, "until": until, **{name: every[name]() for name in some}}
