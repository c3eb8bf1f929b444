"""Paths, helpers and reasons in words: what they say in both languages, and that they say nothing that is not so."""

from dataclasses import replace
from datetime import date

import pytest

from graph.answers_helping import HelpAnswer, Helper, Path, Reason, Step
from graph.model import Card, Count, Source, Tie
from graph.telling import SURE, Telling

NL = Telling("nl", {"GM0001": "Verzonnen Gemeente", "bond": "Verzonnen Bond"})
EN = Telling("en", NL.names)


def card(n: int, name: str, **fields: object) -> Card:
    return Card(n, name.lower(), "initiative", f"Verzonnen {name}", name.lower(), **fields)


TUIN, HUIS, FONDS = card(1, "Tuin"), card(2, "Huis", contacts=45), card(3, "Fonds")
FIRST = Step(TUIN, HUIS, Tie("huis", "advises", "tuin"), 0.675, 0.32)
LAST = Step(HUIS, FONDS, Tie("fonds", "funds", "huis", status="former", basis="inferred"), 0.224, None)
PATH = Path(0.05, 0, (FIRST, LAST))


def test_a_step_is_told_from_its_ties_own_end():
    assert NL.step(FIRST) == "Verzonnen Huis adviseert of begeleidt Verzonnen Tuin"
    assert EN.step(FIRST) == "Verzonnen Huis advises or coaches Verzonnen Tuin"


def test_the_first_step_of_somebody_who_is_no_actor_says_whom_it_knows():
    path = replace(PATH, steps=(Step(None, HUIS, None, 0.9, 0.32), LAST))
    assert NL.step(path.steps[0]) == "Jullie kennen Verzonnen Huis"
    assert EN.route(path) == ("You", "Verzonnen Huis", "Verzonnen Fonds")


def test_the_weakest_step_is_named_with_why():
    assert NL.weakest(PATH) == (
        "De zwakste schakel is de stap van Verzonnen Tuin naar Verzonnen Huis (22%): "
        "bij 45 contacten is er minder aandacht voor elk."
    )
    assert EN.weakest(replace(PATH, weakest=1)) == (
        "The weakest link is the step from Verzonnen Huis to Verzonnen Fonds (22%): "
        "that tie is former; inferred from the source."
    )


def test_what_has_ended_or_yet_to_begin_on_the_day_is_told_so():
    on_the_day = replace(NL, day=date(2026, 11, 22))
    ended = replace(FIRST, tie=Tie("huis", "advises", "tuin", until="2020-05"), openness=0.8)
    coming = replace(LAST, tie=Tie("fonds", "funds", "huis", since="2027", amount=1))
    assert (
        on_the_day.step(ended)
        == "Verzonnen Huis adviseert of begeleidt Verzonnen Tuin (tot en met mei 2020, voormalig)"
    )
    assert on_the_day.step(coming) == "Verzonnen Fonds financiert Verzonnen Huis (vanaf 2027, € 1, voorgenomen)"
    assert on_the_day.weakest(replace(PATH, steps=(ended, LAST))).endswith(": die band is voormalig.")


def test_a_tie_under_a_condition_says_which():
    step = replace(FIRST, tie=Tie("huis", "advises", "tuin", status="conditional", note="als de buurt instemt"))
    assert NL.step(step).endswith("Verzonnen Tuin (voorwaardelijk, als de buurt instemt)")


def test_a_path_of_one_step_has_no_weakest():
    assert NL.weakest(Path(0.675, 0, (FIRST,))) == ""


def test_a_step_is_worth_its_tie_and_who_must_pass_you_on():
    assert FIRST.likely == 0.216
    assert LAST.likely == 0.224


@pytest.mark.parametrize(
    ("reason", "nl", "en"),
    [
        (Reason("offers", help="geld.lening"), "biedt: lening", "offers: loan"),
        (Reason("refers", help="geld"), "verwijst door voor: geld", "refers for: money"),
        (Reason("declines", help="geld"), "doet dit niet zelf: geld", "does not do this itself: money"),
        (
            Reason("gave", help="geld", count=12, alike=3),
            "hielp eerder 12 anderen met: geld (3 daarvan lijken op jullie)",
            "helped 12 others before with: money (3 of them are like you)",
        ),
        (
            Reason("gave", help="geld", count=1, alike=1),
            "hielp eerder 1 ander met: geld (die lijkt op jullie)",
            "helped 1 other before with: money (which is like you)",
        ),
        (
            Reason("gave", help="geld", count=2, alike=1, own=True),
            "hielp eerder jullie en 2 anderen met: geld (1 daarvan lijkt op jullie)",
            "helped you and 2 others before with: money (1 of them is like you)",
        ),
        (
            Reason("gave", help="geld", count=2, alike=2),
            "hielp eerder 2 anderen met: geld (die lijken op jullie)",
            "helped 2 others before with: money (which are like you)",
        ),
        (
            Reason("gave", help="geld.lening", own=True),
            "hielp jullie al eerder met: lening",
            "helped you before with: loan",
        ),
        (
            Reason("themes", met=False, values=("wonen", "voedsel")),
            "voor thema’s: Wonen en wooncoöperaties, Voedsel (past niet)",
            "for themes: Housing and housing co-operatives, Food (does not fit)",
        ),
        (
            Reason("area", values=("GM0001", "PV28", "GM9999")),
            "gebied: Verzonnen Gemeente, Zuid-Holland, GM9999 (past)",
            "area: Verzonnen Gemeente, South Holland, GM9999 (fits)",
        ),
        (Reason("area", values=("NL",)), "gebied: heel Nederland (past)", "area: all of the Netherlands (fits)"),
        (
            Reason("legal_form", met=None, values=("stichting", "vereniging")),
            "rechtsvorm: stichting, vereniging (onbekend of dat past)",
            "legal form: stichting, vereniging (unknown whether it fits)",
        ),
        (
            Reason("members_of", met=None, values=("bond",)),
            "voor leden van: Verzonnen Bond (onbekend of dat past)",
            "for members of: Verzonnen Bond (unknown whether it fits)",
        ),
        (
            Reason("amount", met=None, values=("1000", "25000")),
            "bedrag: € 1.000 tot € 25.000 (onbekend of dat past)",
            "amount: € 1,000 to € 25,000 (unknown whether it fits)",
        ),
        (Reason("amount", met=None, values=("", "500")), "bedrag: tot € 500 (onbekend of dat past)", "amount: up to € 500 (unknown whether it fits)"),
        (Reason("amount", met=None, values=("500", "")), "bedrag: vanaf € 500 (onbekend of dat past)", "amount: from € 500 (unknown whether it fits)"),
        (Reason("window", met=False, values=("2019", "2020")), "wanneer: 2019–2020 (past niet)", "when: 2019–2020 (does not fit)"),
        (Reason("window", met=None, values=("voor 1 mei",)), "wanneer: voor 1 mei (onbekend of dat past)", "when: voor 1 mei (unknown whether it fits)"),
        (Reason("conditions", met=None, values=("plan",)), "voorwaarden: plan (onbekend of dat past)", "conditions: plan (unknown whether it fits)"),
        (
            Reason("elsewhere", met=False, values=("Verzonnen Gemeente",)),
            "helpt in een andere gemeente dan die van jullie",
            "helps in another municipality than yours",
        ),
        (
            Reason("elsewhere", met=None, values=("Verzonnen Gemeente",)),
            "helpt vooral in de eigen gemeente; of jullie daar zitten, is onbekend",
            "helps mostly in its own municipality; whether you are there is unknown",
        ),
        (
            Reason("area", met=None, help="geld.lening", values=("PV28",)),
            "lening – gebied: Zuid-Holland (onbekend of dat past)",
            "loan – area: South Holland (unknown whether it fits)",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_a_reason_says_what_is_known_and_whether_it_fits(reason: Reason, nl: str, en: str):
    assert NL.reason(reason) == nl
    assert EN.reason(reason) == en


def test_offers_are_told_in_one_line_with_all_their_sources():
    first, second = Source("gids", locator="regel 1"), Source("gids", locator="regel 2")
    told = NL.why(
        (
            Reason("declines", help="geld", sources=(first,)),
            Reason("refers", help="geld.lening", sources=(first,)),
            Reason("refers", help="geld.subsidie", sources=(second, first)),
            Reason("area", values=("NL",)),
        )
    )
    assert told == [
        ("doet dit niet zelf: geld", (first,)),
        ("verwijst door voor: lening, subsidie of donatie", (first, second)),
        ("gebied: heel Nederland (past)", ()),
    ]


def test_every_chance_has_a_word_and_less_is_never_called_more():
    words = [NL.sure(percent / 100) for percent in range(101)]
    assert list(dict.fromkeys(reversed(words))) == [nl for _, nl, _ in SURE]


def answer(*helpers: Helper, known: tuple[Helper, ...] = ()) -> HelpAnswer:
    empty = ((), (), Count(0), Count(0), Count(0), ())
    return HelpAnswer(1, date(2026, 11, 22), TUIN, "geld", (), 4, 10, True, known, helpers, *empty)


def test_an_answer_comes_down_to_one_sentence():
    helper = Helper(FONDS, 0.05, 0.05, 1.0, (), PATH, ())
    assert NL.best(answer(helper)) == "De beste ingang is Verzonnen Fonds, via Verzonnen Huis."
    three = replace(helper, path=Path(0.05, 0, (FIRST, replace(LAST, end=card(4, "Brug")), replace(LAST, start=None))))
    assert EN.best(answer(three)) == ("The best way in is Verzonnen Fonds, through Verzonnen Huis and Verzonnen Brug.")
    company = replace(helper, actor=FONDS._replace(name="Verzonnen B.V."), path=replace(PATH, steps=(FIRST,)))
    assert NL.best(answer(company)) == "De beste ingang is Verzonnen B.V."
    assert NL.best(answer(known=(helper,))) == "Wie hiermee helpt, kennen jullie al."
    assert NL.best(answer()) == "We kennen nog geen weg van hoogstens 4 stappen naar iemand die hiermee helpt."
    nobody = replace(answer(), missing=("no_ties",))
    assert NL.best(nobody) == "We kennen nog geen weg naar iemand die hiermee helpt."


def test_what_is_missing_is_told_of_whom():
    assert NL.missing("no_ties", TUIN) == "Van Verzonnen Tuin kennen we nog geen banden."
    assert NL.missing("no_ties", None).startswith("Jullie noemden niemand die jullie kennen.")
    assert EN.missing("no_helpers", TUIN).endswith("gave it before. Ask for other help, or see which network fits.")


def test_an_area_without_an_actor_bears_the_name_of_its_municipality():
    areas = Reason("area", met=False, values=("GM0599", "GM9001", "PV28"))
    assert NL.reason(areas) == "gebied: gemeente Rotterdam, GM9001, Zuid-Holland (past niet)"
    assert EN.reason(areas).startswith("area: municipality of Rotterdam, ")
