"""Who can help in the demo sector: what its publications say, found back along the paths."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import pytest
from answered import ids_on
from door import load_demo
from wanting import of

from graph.answers_helping import HelpAnswer, Helper
from graph.index.building import build
from graph.index.files import Index
from graph.model import Viewer
from graph.questions.askers import Stranger
from graph.questions.paths import paths
from graph.questions.who_can_help import Ask, who_can_help
from graph.stores import STORES
from graph.view import View, open_view

DAY = date(2026, 11, 22)


@pytest.fixture(scope="module", params=list(Viewer))
def sector(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[View, Index]]:
    """The demo, as each viewer sees it: it has nothing for staff alone."""
    with STORES["sqlite"](str(tmp_path_factory.mktemp("demo") / "demo.db"), "") as store:
        load_demo(store)
        with open_view(store, request.param) as view:
            yield view, build(view, DAY)


def ask(sector: tuple[View, Index], help: str, who: str | Stranger = "wijkpaleis", limit: int = 50) -> HelpAnswer:
    return who_can_help(*sector, who, Ask(help, limit=limit, as_of=DAY))


def said(helper: Helper, what: str) -> set[str]:
    return {reason.help for reason in helper.reasons if reason.what == what}


def test_stichting_doen_lends_and_de_wijkbv_knows_it(sector):
    first = ask(sector, "geld.lening").helpers[0]
    assert first.actor.id == "stichting-doen"
    assert ids_on(first.path) == ("de-wijkbv", "stichting-doen")
    told = [(step.tie.source, step.tie.kind, step.tie.target) for step in first.path.steps if step.tie]
    assert told == [("de-wijkbv", "advises", "wijkpaleis"), ("stichting-doen", "funds", "de-wijkbv")]
    assert [step.tie.sources[0].locator for step in first.path.steps if step.tie] == ["regel 854", "regel 710"]
    assert said(first, "offers") == {"geld.lening"}
    assert first.path.weakest == 0
    assert first.alternatives


def test_stichting_doen_is_among_the_first_for_money(sector):
    [doen] = [it for it in ask(sector, "geld", limit=3).helpers if it.actor.id == "stichting-doen"]
    assert ids_on(doen.path) == ("de-wijkbv", "stichting-doen")


def test_who_is_known_already_stands_apart(sector):
    answer = ask(sector, "geld")
    assert {it.actor.id for it in answer.known} == {
        "gemeente-rotterdam",
        "knhm-foundation",
        "knhm-participaties",
        "lsa-bewoners",
    }
    assert all(len(it.path.steps) == 1 for it in answer.known)
    assert {it.actor.id for it in answer.known}.isdisjoint(it.actor.id for it in answer.helpers)


@pytest.mark.parametrize("help", ["geld", "geld.lening", "geld.subsidie"])
def test_lsa_passes_on_and_is_no_funder(sector, help):
    lsa = of(ask(sector, help), "lsa-bewoners")
    assert isinstance(lsa, Helper)
    assert (said(lsa, "refers"), said(lsa, "offers"), said(lsa, "declines")) == ({"geld"}, set(), {"geld"})
    assert lsa.fit <= 0.4


def test_lsa_passes_on_gladly_what_it_refers_for(sector):
    passed = [step for it in ask(sector, "geld").helpers for step in it.path.steps if step.end.id == "lsa-bewoners"]
    assert {step.openness for step in passed} == {0.9}
    passed = [step for it in ask(sector, "kennis").helpers for step in it.path.steps if step.end.id == "lsa-bewoners"]
    assert all(step.openness < 0.8 for step in passed)


def test_nov_declines_money_and_is_out_but_helps_to_find_it(sector):
    for help in ("geld", "geld.lening"):
        assert of(ask(sector, help), "nov") is None
    nov = of(ask(sector, "geld.financieringsbemiddeling"), "nov")
    assert nov is not None
    assert nov.fit > 0


def test_no_person_is_a_connector(sector):
    every = [path for it in ask(sector, "kennis").helpers for path in (it.path, *it.alternatives)]
    assert every
    assert all(step.end.kind != "person" for path in every for step in path.steps if step.openness is not None)


def test_who_has_no_ties_is_told_so_with_who_would_fit_and_their_way_in(sector):
    answer = ask(sector, "geld", "herenboeren", limit=5)
    assert (answer.missing, answer.known, answer.helpers) == (("no_ties",), (), ())
    assert len(answer.unreachable) == 5
    assert ("www.knhm.nl",) in [it.way_in for it in answer.unreachable]


def test_a_stranger_in_rotterdam_is_in_its_municipality(sector):
    for place in ("Rotterdam", "gemeente Rotterdam", "GM0599", "gemeente-rotterdam"):
        answer = ask(sector, "geld", Stranger(place), limit=50)
        towns = {it.actor.id for it in (*answer.helpers, *answer.unreachable) if it.actor.kind == "municipality"}
        away = {
            it.actor.id
            for it in (*answer.helpers, *answer.unreachable)
            for reason in it.reasons
            if reason.what == "elsewhere"
        }
        assert towns - away == {"gemeente-rotterdam"}
        assert away


def test_the_paths_to_the_oranje_fonds_have_different_connectors(sector):
    answer = paths(*sector, "wijkpaleis", "oranje-fonds", as_of=DAY)
    told = [ids_on(path) for path in answer.paths]
    assert told[0] == ("knhm-foundation", "festival-we-doen-het-samen", "oranje-fonds")
    connectors = [id for ids in told for id in ids[:-1]]
    assert len(told) == 3
    assert len(set(connectors)) == len(connectors)
    assert all(one.chance >= other.chance for one, other in pairwise(answer.paths))
    assert all(step.tie and step.tie.sources[0].locator for path in answer.paths for step in path.steps)
    assert answer.complete
