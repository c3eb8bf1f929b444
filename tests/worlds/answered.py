"""What should be answered to "who can help me" in a world: fits from the words of the design, and who comes out."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

import pytest
from helped import BROADER, Truth, Way, begun, covers, ended

from graph.answers_helping import HelpAnswer, Helper, Path
from graph.index.claims import ELSEWHERE, OTHER_THEME  # not in the design: not the test's to say
from graph.index.likeness import LEAST
from graph.questions.askers import Stranger
from graph.questions.who_can_help import Ask
from graph.records import OfferRecord

GROUNDS = ("offers", "refers", "declines", "gave")  # the other reasons are conditions


class Asker(NamedTuple):
    """Who asks."""

    id: str
    contacts: frozenset[str]
    areas: frozenset[str]
    form: str | None
    themes: frozenset[str]
    traits: frozenset[str]


Ground: TypeAlias = tuple[
    str, str, int, int
]  # what is said of which help, or how often it was given, to how many alike


class Told(NamedTuple):
    """A helper: how well it comes out, and all paths to it, best first."""

    id: str
    score: float
    fit: float
    ways: Sequence[Way]
    grounds: list[Ground]


class Expected(NamedTuple):
    """An answer."""

    known: list[Told]
    helpers: list[Told]
    unreachable: list[tuple[str, float]]
    without_way: int
    unfit: list[str]
    reachable: int


def asker(truth: Truth, who: str | Stranger, themes: Sequence[str]) -> Asker:
    """Return what is known of who asks."""
    if isinstance(who, Stranger):
        id, areas = f"? {who.contacts}", frozenset([who.place] if who.place else [])
        truth.edges[id] = dict.fromkeys(who.contacts, 0.9)
        asked = _widened(themes or who.themes)
        return Asker(id, frozenset(who.contacts), areas, who.legal_form, asked, areas | {*who.themes})
    one = truth.actors[who]
    contacts, traits = truth.neighbours(who), truth.traits(who)
    asked = _widened(themes or sorted(one.themes))
    return Asker(who, frozenset(contacts), one.areas, one.form, asked, frozenset(traits))


def _widened(themes: Sequence[str]) -> frozenset[str]:
    """Return the themes with what falls under them and what they fall under."""
    near = [narrow for narrow, broad in BROADER.items() if broad in themes]
    return frozenset([*themes, *near, *(BROADER[theme] for theme in themes if theme in BROADER)])


def _match(asked: str, help: str) -> float:
    return 1.0 if covers(asked, help) else 0.7 if covers(help, asked) else 0.0


def _possible(offer: OfferRecord, one: Asker) -> bool:
    """Return whether no condition of an offer is known to be unmet."""
    return _in_area(offer, one, unknown=True) and not (
        offer.legal_forms and one.form and one.form not in offer.legal_forms
    )


def _in_area(offer: OfferRecord, one: Asker, unknown: bool) -> bool:
    sorts = {code[:2] for code in one.areas}
    inside = [code == "NL" or (code in one.areas if code[:2] in sorts else unknown) for code in offer.area]
    return any(inside) or not offer.area


def _declines(offer: OfferRecord, one: Asker) -> bool:
    """Return whether an actor is known to decline to who asks."""
    suits = not offer.legal_forms or one.form in offer.legal_forms
    for_it = not offer.themes or bool(one.themes & {*offer.themes})
    return offer.stance == "declines" and suits and for_it and _in_area(offer, one, unknown=False)


def _offers(truth: Truth, helper: str, one: Asker, asked: str) -> Iterator[tuple[OfferRecord, float]]:
    """Yield what an actor offers or refers for that answers, with what it is worth; -1: a condition is not met."""
    timely = _timely(truth, helper)
    declined = [it.help for it in timely if _declines(it, one)]
    for it in timely:
        if it.stance in ("offers", "refers"):
            # A word on just what is asked stands beside a decline of the more general.
            nearer = it.help == asked and it.help not in declined
            refused = any(covers(no, asked) or covers(no, it.help) for no in declined) and not nearer
            if it.stance == "refers" or not refused:
                stance = 1.0 if it.stance == "offers" else 0.4
                theme = OTHER_THEME if it.themes and one.themes and not one.themes & {*it.themes} else 1.0
                if worth := stance * _match(asked, it.help):
                    yield it, worth * theme if _possible(it, one) else -1.0


def fit(truth: Truth, helper: str, one: Asker, asked: str, *, elsewhere: bool = True) -> float | None:
    """Return how well an actor fits, likeness left out; None if it does not help, or only declines."""
    if ended(truth.actors[helper].ended, truth.day) or helper == one.id:
        return None
    timely = _timely(truth, helper)
    declined = [it.help for it in timely if _declines(it, one)]
    grounds = [
        0.6 * _match(asked, help)
        for giver, help, _, since in truth.gifts
        if giver == helper
        and begun(since, truth.day)
        and not any(covers(no, asked) or covers(no, help) for no in declined)
    ]
    grounds += [worth for _, worth in _offers(truth, helper, one, asked)]
    grounds = [worth for worth in grounds if worth]
    if not grounds:
        return None
    home = truth.actors[helper]
    away = home.kind == "municipality" and home.town and not {"GM"}.isdisjoint(c[:2] for c in one.areas)
    less = ELSEWHERE if elsewhere and away and home.town not in one.areas else 1.0
    return max(0.0, max(grounds)) * less


def stated(truth: Truth, helper: str, one: Asker, asked: str) -> int:
    """Return how many conditions a helper states that are known to be met, in the best of what it says and gave."""
    best = fit(truth, helper, one, asked, elsewhere=False)
    return max(
        (
            bool(it.area and _in_area(it, one, unknown=False))
            + bool(it.legal_forms and one.form in it.legal_forms)
            + bool(one.themes & {*it.themes})
            for it, worth in _offers(truth, helper, one, asked)
            if worth == pytest.approx(best)
        ),
        default=0,
    )


def fits(truth: Truth, one: Asker, asked: str) -> dict[str, float]:
    """Return how well each actor fits that helps, likeness included; 0 if a condition is not met."""
    met = {id: worth for id in truth.actors if (worth := fit(truth, id, one, asked)) is not None}
    alike = {id: truth.worth(id, one.id, {*one.contacts}, {*one.traits}) for id, worth in met.items() if worth}
    highest = max(alike.values(), default=1.0)
    likeness = {id: LEAST + (1 - LEAST) * (worth / highest) ** 0.5 for id, worth in alike.items()}
    return {id: worth * likeness.get(id, 0.0) for id, worth in met.items()}


def expected(truth: Truth, who: str | Stranger, ask: Ask) -> Expected:
    """Return what should be answered."""
    one = asker(truth, who, ask.themes)
    fitting = fits(truth, one, ask.help)
    referrers = frozenset(
        id
        for id, offers in truth.offers.items()
        for it in offers
        if it.stance == "refers" and _match(ask.help, it.help)
        if begun(it.since, truth.day) and not ended(it.until, truth.day)
    )
    ways = truth.ways(one.id, ask.max_steps, referrers)
    told = sorted(
        (
            _told(id, worth, ways[id], grounds(truth, id, one, ask.help))
            for id, worth in fitting.items()
            if worth and id in ways
        ),
        key=lambda it: (-it.score, it.id),
    )
    known = [it for it in told if it.id in one.contacts]
    helpers = [it for it in told if it.id not in one.contacts]
    apart = {id: worth for id, worth in fitting.items() if worth and id not in ways}
    if len(helpers) >= ask.limit:
        led, alone = truth.led_to(one.id), {id: fit(truth, id, one, ask.help) or 0.0 for id in fitting}
        least = max(alone[it.id] for it in (*known[: ask.limit], *helpers[: ask.limit]))
        apart = {
            id: worth for id, worth in fitting.items() if worth and id not in led and alone[id] >= least * (1 - 1e-12)
        }
    ranked = sorted((-float(f"{worth:.12g}"), -stated(truth, id, one, ask.help), id) for id, worth in apart.items())
    many = min(max(3, ask.limit - len(helpers)), ask.limit)
    return Expected(
        known[: ask.limit],
        helpers[: ask.limit],
        [(id, -less) for less, _, id in ranked[:many]],
        len(apart),
        sorted(id for id, worth in fitting.items() if not worth)[: ask.limit],
        len(told),
    )


def _told(id: str, worth: float, ways: Sequence[Way], grounds: list[Ground]) -> Told:
    return Told(id, float(f"{ways[0].chance * worth:.12g}"), worth, ways, grounds)


def grounds(truth: Truth, helper: str, one: Asker, asked: str) -> list[Ground]:
    """Return what should be told of an actor: what it says of the help, and what it gave others before."""
    said = [
        (it.stance, it.help, 0, 0)
        for it in _timely(truth, helper)
        if _match(asked, it.help) and (it.stance in ("offers", "refers") or _declines(it, one))
    ]
    given = {help for giver, help, _, since in truth.gifts if giver == helper and begun(since, truth.day)}
    for help in given:
        if _match(asked, help):
            others = truth.received(helper, help) - {one.id}
            alike = truth.alike(helper, help, one.id, {*one.contacts}, {*one.traits})
            said.append(("gave", help, len(others), alike))
    return sorted(said)


def _timely(truth: Truth, helper: str) -> list[OfferRecord]:
    return [it for it in truth.offers[helper] if begun(it.since, truth.day) and not ended(it.until, truth.day)]


def agree(answer: HelpAnswer, wanted: Expected) -> None:
    """See that an answer is as expected."""
    for group, other in ((answer.known, wanted.known), (answer.helpers, wanted.helpers)):
        assert [it.actor.id for it in group] == [it.id for it in other]
        for one, two in zip(group, other, strict=True):
            assert (one.score, one.fit) == pytest.approx((two.score, two.fit), rel=1e-11)
            assert one.chance == one.path.chance
            _agree_on_paths(one, two.ways)
            told = [(it.what, it.help, it.count, it.alike) for it in one.reasons if it.what in GROUNDS]
            assert sorted(told) == two.grounds
    assert [it.actor.id for it in answer.unreachable] == [id for id, _ in wanted.unreachable]
    assert [it.fit for it in answer.unreachable] == pytest.approx([fit for _, fit in wanted.unreachable], rel=1e-11)
    assert len(answer.unreachable) + answer.more_unreachable.count == wanted.without_way
    assert [it.actor.id for it in answer.unfit] == wanted.unfit
    many = len(answer.known) + len(answer.helpers) + answer.more.count
    assert many == wanted.reachable if answer.more.exact else many <= wanted.reachable
    assert answer.complete


def _agree_on_paths(it: Helper, ways: Sequence[Way]) -> None:
    """See that a helper is told with the best path, and others that are valid, ordered and share no connector."""
    chances = {way.ids[1:]: way.chance for way in ways}
    paths = [it.path, *it.alternatives]
    assert ids_on(it.path) == ways[0].ids[1:]
    assert [path.chance for path in paths] == pytest.approx([chances[ids_on(path)] for path in paths], rel=1e-11)
    assert [path.chance for path in paths] == sorted((path.chance for path in paths), reverse=True)
    connectors = [id for path in paths for id in ids_on(path)[:-1]]
    assert len(set(connectors)) == len(connectors)
    assert len({ids_on(path) for path in paths}) == len(paths) <= 3


def ids_on(path: Path) -> tuple[str, ...]:
    """Return the ids on a path that is told, but for who asks."""
    return tuple(step.end.id for step in path.steps)


def well_told(truth: Truth, path: Path, start: str = "") -> None:
    """See that each step of a path follows on the one before, over the best tie, with its sources; and which is weakest."""
    product, likely = 1.0, list[float]()
    for number, (step, one) in enumerate(zip(path.steps, (start, *ids_on(path)), strict=False), 1):
        if step.start is None or step.tie is None:
            assert (one, step.start, step.tie, step.chance) == ("", None, None, 0.9)
        else:
            assert (step.start.id, {step.tie.source, step.tie.target}) == (one, {one, step.end.id})
            assert step.chance == step.tie.chance == pytest.approx(truth.edges[one][step.end.id], rel=1e-12)
            assert step.tie.sources
        assert (step.openness is None) == (number == len(path.steps))
        product *= step.chance * (step.openness or 1.0)
        likely.append(float(f"{step.chance * (step.openness or 1.0):.12g}"))
    assert path.chance == pytest.approx(product, rel=1e-11)
    assert path.weakest == likely.index(min(likely))
