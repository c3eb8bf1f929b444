"""Sequences of writes drawn at random over a small made-up world, to see that no order of them does harm."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st
from saying import actor, figure, load, offer, person, tie

from graph.errors import BadInputError, NotFoundError
from graph.ingest import judge, remove, suppress, take_back
from graph.records import Record
from graph.store import Store

PUBLIC_SETS, STAFF_SETS = ("gids", "krant"), ("intern-a", "intern-b")
ACTORS = {"huis": "initiative", "tuin": "initiative", "net": "network", "stad": "municipality"}
PERSONS = ("ada", "bob")
SHARED = ("kvk:11111111", "kvk:22222222", "cbs:GM0001")
ELSEWHERE = (*SHARED, "id:huis", "id:tuin-2", "id:p-1", "id:intern-net")
KINDS = ("member_of", "partner_of", "funds", "works_at", "located_in")
IDS = (
    "huis",
    "tuin",
    "net",
    "stad",
    "huis-2",
    "tuin-2",
    "net-2",
    "p-1",
    "p-2",
    "intern-huis",
    "intern-net",
    "intern-tuin",
)
DATES = ("", "2020", "2021-05", "2022-01-31")


@dataclass(frozen=True)
class Step:
    """One write: what to do and with what; `public` says that a store without staff datasets would get it too."""

    do: str
    args: tuple[Any, ...]
    public: bool

    def take(self, store: Store) -> None:
        """Do it, if it can be done."""
        try:
            DEEDS[self.do](store, *self.args)
        except (NotFoundError, BadInputError):
            pass


def _load(store: Store, name: str, date: str, audience: str, speaker: str, records: Sequence[Record]) -> None:
    load(store, name, *records, date=date or None, audience=audience, speaker=speaker or None)


DEEDS: dict[str, Callable[..., object]] = {
    "load": _load,
    "remove": remove,
    "judge": lambda store, verdict, a, b: judge(store, verdict, a, b, "desk"),
    "take back": take_back,
    "suppress": lambda store, one: suppress(store, one, "desk"),
}


@st.composite
def _records(draw: st.DrawFn) -> tuple[Record, ...]:
    here = draw(st.lists(st.sampled_from((*ACTORS, *PERSONS)), unique=True, max_size=5))
    claims = st.lists(st.sampled_from(SHARED), unique=True, max_size=2)
    names = st.sampled_from(("Het Huis", "De Tuin", "Bureau Één"))
    themes = st.lists(st.sampled_from(("jeugd", "wonen", "energietransitie")), unique=True, max_size=2)
    made: list[Record] = []
    for id in here:
        fields = {"name": draw(names), "identifiers": draw(claims)}
        if id in PERSONS:
            seen = draw(st.sampled_from(("public", "staff", "nobody")))
            made.append(person(id, visibility=seen, introduces=draw(st.booleans()), **fields))
        else:
            made.append(actor(id, ACTORS[id], themes=draw(themes), **fields))
    ends = st.sampled_from((*here, *here, *here, *ELSEWHERE))
    for source, target in draw(st.lists(st.tuples(ends, ends), unique=True, max_size=5)):
        if source != target:
            status = draw(st.sampled_from(("current", "former", "rejected")))
            since = draw(st.sampled_from((None, "2019", "2031")))
            made.append(tie(source, draw(st.sampled_from(KINDS)), target, status=status, since=since))
    for end in draw(st.lists(ends, unique=True, max_size=2)):
        made.append(offer(end, draw(st.sampled_from(("offers", "needs")))))
    for end in draw(st.lists(ends, unique=True, max_size=1)):
        made.append(figure(end))
    return tuple(made)


@st.composite
def _loads(draw: st.DrawFn) -> Step:
    name = draw(st.sampled_from((*PUBLIC_SETS, *STAFF_SETS)))
    public = name in PUBLIC_SETS
    records = draw(_records())
    locals_ = [record.id for record in records if hasattr(record, "id")]
    speaker = draw(st.sampled_from(("", "", *locals_)))
    audience = "public" if public else "staff"
    return Step("load", (name, draw(st.sampled_from(DATES)), audience, speaker, records), public)


def _public_ids(*ids: str) -> bool:
    return not any(id.startswith("intern-") for id in ids)


_REMOVALS = st.sampled_from((*PUBLIC_SETS, *STAFF_SETS)).map(lambda name: Step("remove", (name,), name in PUBLIC_SETS))
_PAIRS = st.tuples(st.sampled_from(("same", "different")), st.sampled_from(IDS), st.sampled_from(IDS))
_JUDGEMENTS = _PAIRS.map(lambda it: Step("judge", it, _public_ids(*it[1:])))
_TAKEN_BACK = _PAIRS.map(lambda it: Step("take back", it, _public_ids(*it[1:])))
_SUPPRESSIONS = st.sampled_from(("p-1", "p-2")).map(lambda one: Step("suppress", (one,), False))
_UNSUPPRESSED = st.sampled_from(("p-1", "p-2")).map(lambda one: Step("take back", ("suppress", one), False))

_WRITES = st.one_of(_loads(), _loads(), _loads(), _REMOVALS, _JUDGEMENTS, _TAKEN_BACK)
_ALL_WRITES = st.one_of(_WRITES, _WRITES, _WRITES, _SUPPRESSIONS, _UNSUPPRESSED)


@st.composite
def writes(draw: st.DrawFn) -> list[Step]:
    """Draw loads, removals and judgements."""
    return draw(st.lists(_WRITES, min_size=2, max_size=8))


@st.composite
def all_writes(draw: st.DrawFn) -> list[Step]:
    """Draw writes of every sort: suppressions too."""
    return draw(st.lists(_ALL_WRITES, min_size=2, max_size=8))
