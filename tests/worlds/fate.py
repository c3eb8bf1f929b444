"""Sequences of writes drawn at random over a small made-up world, to see that no order of them does harm."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st
from saying import actor, figure, load, offer, person, tie

from graph.errors import BadInputError, NotFoundError
from graph.ingest import judge, remove, suppress, take_back
from graph.records import ActorRecord, Record
from graph.store import Store

PUBLIC_SETS, STAFF_SETS = ("gids", "krant"), ("intern-a", "intern-b")
ACTORS = {"huis": "initiative", "tuin": "initiative", "net": "network", "stad": "municipality"}
PERSONS = ("ada", "bob")
SHARED = ("kvk:11111111", "kvk:22222222", "cbs:GM0001")
ELSEWHERE = (*SHARED, "id:huis", "id:tuin-2", "id:p-1", "id:intern-net")
KINDS = ("member_of", "partner_of", "funds", "works_at", "located_in")
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
    here = draw(st.lists(st.sampled_from((*ACTORS, *PERSONS)), unique=True, min_size=1, max_size=5))
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
    records = draw(_records())
    locals_ = [record.id for record in records if isinstance(record, ActorRecord)]
    speaker = draw(st.sampled_from(("", *locals_)))
    audience = "public" if name in PUBLIC_SETS else "staff"
    return Step("load", (name, draw(st.sampled_from(DATES)), audience, speaker, records), name in PUBLIC_SETS)


@st.composite
def _loads_again(draw: st.DrawFn, earlier: Sequence[Step]) -> Step:
    """Draw a load of what was loaded before: of another date, or without a record."""
    step = draw(st.sampled_from(earlier))
    name, date, audience, speaker, records = step.args
    if draw(st.booleans()):
        date = draw(st.sampled_from(DATES))
    else:
        kept = draw(st.integers(0, max(0, len(records) - 1)))
        records = tuple(one for n, one in enumerate(records) if n != kept or isinstance(one, ActorRecord))
    return Step("load", (name, date, audience, speaker, records), step.public)


@st.composite
def _judgements(draw: st.DrawFn, loads: Sequence[Step]) -> Step:
    """Draw a judgement on ids that were most likely minted."""
    ids = st.sampled_from(sorted({"huis", "tuin", *(id for step in loads for id in _minted(step))}))
    one, other = draw(st.lists(ids, min_size=2, max_size=2, unique=True))
    public = not (one.startswith("intern-") or other.startswith("intern-"))
    return Step("judge", (draw(st.sampled_from(("same", "same", "different"))), one, other), public)


def _minted(load: Step) -> Iterator[str]:
    for record in load.args[4]:
        if isinstance(record, ActorRecord):
            if record.kind == "person":
                yield "p-1"
            elif load.public:
                yield from (record.id, f"{record.id}-2")
            else:
                yield f"intern-{record.id}"


_REMOVALS = st.sampled_from((*PUBLIC_SETS, *STAFF_SETS)).map(lambda name: Step("remove", (name,), name in PUBLIC_SETS))
_SUPPRESSIONS = st.sampled_from(("p-1", "p-2")).map(lambda one: Step("suppress", (one,), False))


def _taken_back(step: Step) -> Step:
    given = step.args if step.do == "judge" else ("suppress", *step.args)
    return Step("take back", given, step.public)


@st.composite
def _later(draw: st.DrawFn, before: Sequence[Step], suppressing: bool) -> Step:
    """Draw a write that comes after those `before`."""
    loads = [step for step in before if step.do == "load"]
    judged = [step for step in before if step.do in ("judge", "suppress")]
    choices = [_loads(), _loads_again(loads), _REMOVALS, _judgements(loads), _judgements(loads)]
    choices += [st.sampled_from(judged).map(_taken_back)] if judged else []
    choices += [_SUPPRESSIONS] if suppressing else []
    return draw(draw(st.sampled_from(choices)))


@st.composite
def _steps(draw: st.DrawFn, suppressing: bool) -> list[Step]:
    steps = [draw(_loads()) for _ in range(draw(st.integers(1, 3)))]
    for _ in range(draw(st.integers(1, 5))):
        steps.append(draw(_later(steps, suppressing)))
    return steps


def writes() -> st.SearchStrategy[list[Step]]:
    """Draw loads, removals and judgements."""
    return _steps(suppressing=False)


def all_writes() -> st.SearchStrategy[list[Step]]:
    """Draw writes of every sort: suppressions too."""
    return _steps(suppressing=True)
