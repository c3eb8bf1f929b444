"""`weefsel who-can-help` and `weefsel path`: what they print, and what they say to bad input."""

import json
import re

import pytest
from door import Command, table


def test_who_helps_best_is_told_with_how_one_gets_there(demo: Command) -> None:
    code, out, err = demo("who-can-help", "wijkpaleis", "geld", "--as-of", "2026-11-22")
    assert (code, err) == (0, "")
    for said in (
        "Wie kan Het Wijkpaleis helpen met geld? (peildatum 22-11-2026)",
        "De beste ingang is ",
        ". Stichting DOEN (fonds) · kansrijk (39%)",
        "1) De WijkBV adviseert of begeleidt Het Wijkpaleis  [werkplaats-31, regel 854] · 54%",
        "2) Stichting DOEN financiert De WijkBV  [werkplaats-31, regel 710] · 72%",
        "De zwakste schakel is de stap van Het Wijkpaleis naar De WijkBV (54%).",
        "Waarom: biedt: lening, participatie, subsidie of donatie  [werkplaats-31, regel 402]",
        "hielp eerder 2 anderen met: geld (die lijken op jullie)",
        "Ook: Het Wijkpaleis → KNHM foundation → We doen het samen! Festival → Stichting DOEN · mogelijk",
        "werkplaats-31: Werkplaats voor de leefomgeving, nummer 31",
    ):
        assert said in out
    first = out.partition("  2. ")[0]
    assert first.count("     Ook: ") == 2


def test_those_who_are_known_stand_apart(demo: Command) -> None:
    news, _, known = demo("who-can-help", "wijkpaleis", "geld")[1].partition("Die kennen jullie al")
    assert "KNHM Participaties (investeringsfonds)" in known
    assert "KNHM Participaties (investeringsfonds)" not in news
    assert "Stichting DOEN (fonds)" not in known


def test_who_refers_is_told_as_one_that_passes_you_on(demo: Command) -> None:
    out = demo("who-can-help", "wijkpaleis", "geld")[1]
    lsa = out.partition("LSA bewoners (")[2].partition("\n  ")[2]
    assert "doet dit niet zelf: geld  [werkplaats-31, regel 1170]" in lsa
    assert "verwijst door voor: geld  [werkplaats-31, regel 1170]" in lsa


def test_where_no_path_leads_the_public_ways_in_are_told_and_what_is_missing(demo: Command) -> None:
    code, out, _ = demo("who-can-help", "herenboeren", "geld")
    assert code == 0
    assert "We kennen nog geen weg naar iemand die hiermee helpt." in out
    assert "Van Herenboeren kennen we nog geen banden." in out
    assert "Passend, maar we vonden geen weg erheen" in out
    assert "Ingang: www.vsbfonds.nl" in out


def test_help_that_nobody_gives_is_told_so(weefsel: Command, tmp_path) -> None:
    folder = table(tmp_path / "leeg", actors="id,kind,name\nx,initiative,Verzonnen Tuin\n")
    assert weefsel("load", "sector", folder, "--dataset", "leeg", "--audience", "public")[0] == 0
    out = weefsel("who-can-help", "x", "geld")[1]
    assert "We kennen nog niemand die dit biedt, ervoor verwijst of het eerder gaf." in out
    assert "Van Verzonnen Tuin kennen we nog geen banden." in out


def test_those_whose_conditions_are_not_met_stand_apart_with_what_does_not_fit(weefsel: Command, tmp_path) -> None:
    folder = table(
        tmp_path / "fondsen",
        actors="id,kind,name,municipality\nx,initiative,Verzonnen Tuin,GM0001\nf,funder,Verzonnen Fonds,\n",
        ties="from,kind,to\nx,partner_of,f\n",
        offers="actor,stance,help,area\nf,offers,geld,GM0002\n",
    )
    assert weefsel("load", "sector", folder, "--dataset", "fondsen", "--audience", "public")[0] == 0
    out = weefsel("who-can-help", "x", "geld")[1]
    assert "Biedt het wel, maar past niet\n  -  Verzonnen Fonds (financier)" in out
    assert "gebied: GM0002 (past niet)" in out
    assert "Ingang: onbekend" in out


def test_conditions_name_networks_and_municipalities(weefsel: Command, tmp_path) -> None:
    folder = table(
        tmp_path / "fondsen",
        actors="id,kind,name,municipality,identifiers\nx,initiative,Verzonnen Tuin,,\nf,funder,Verzonnen Fonds,,\n"
        "b,network,Verzonnen Bond,,\ng,municipality,Verzonnen Gemeente,GM9998,cbs:GM9998\n",
        ties="from,kind,to\nx,partner_of,f\n",
        offers="actor,stance,help,area,members_of\nf,offers,geld,GM9998,b\n",
    )
    assert weefsel("load", "sector", folder, "--dataset", "fondsen", "--audience", "public")[0] == 0
    out = weefsel("who-can-help", "x", "geld")[1]
    assert "gebied: Verzonnen Gemeente (onbekend of dat past)" in out
    assert "voor leden van: Verzonnen Bond (onbekend of dat past)" in out


def test_a_path_is_told_with_others_along_other_connectors(demo: Command) -> None:
    code, out, err = demo("path", "wijkpaleis", "oranje-fonds")
    assert (code, err) == (0, "")
    assert "Hoe kom je van Het Wijkpaleis bij Oranje Fonds?" in out
    assert out.count("Beste weg: ") == 1
    assert out.count("Andere weg: ") == 2
    assert "3) Oranje Fonds organiseert We doen het samen! Festival (kernpartner)  [werkplaats-31, regel 1102]" in out
    assert "bij 12 contacten is er minder aandacht voor elk." in out
    assert demo("path", "wijkpaleis", "oranje-fonds", "--limit", "1")[1].count("weg: ") == 1


def test_no_path_is_told_with_what_would_do(demo: Command) -> None:
    out = demo("path", "wijkpaleis", "oranje-fonds", "--max-steps", "1")[1]
    assert "We kennen geen weg van hoogstens 1 stap." in out
    assert "Zoek verder met --max-steps 6." in out
    out = demo("path", "wijkpaleis", "herenboeren")[1]
    assert "Van Herenboeren kennen we nog geen banden." in out
    assert "--max-steps" not in out
    assert "weefsel show herenboeren" in out


def test_both_commands_speak_english(demo: Command) -> None:
    out = demo("--lang", "en", "who-can-help", "wijkpaleis", "geld")[1]
    for said in (
        "Who can help Het Wijkpaleis with money?",
        "The weakest link is",
        "offers: loan",
        "Those you already know",
    ):
        assert said in out
    assert "How do you get from" in demo("--lang", "en", "path", "wijkpaleis", "oranje-fonds")[1]


def test_more_steps_fewer_helpers_and_themes_can_be_asked_for(demo: Command) -> None:
    near = json.loads(demo("who-can-help", "wijkpaleis", "geld", "--max-steps", "1", "--limit", "2", "--json")[1])
    assert near["maxSteps"] == 1
    assert near["helpers"] == []
    assert len(near["known"]) == 2
    assert near["unreachable"]
    themed = json.loads(
        demo("who-can-help", "wijkpaleis", "geld", "--theme", "wonen", "--theme", "voedsel", "--json")[1]
    )
    assert themed["themes"] == ["wonen", "voedsel"]


def test_beside_a_full_list_it_is_told_who_fits_as_well_and_cannot_be_reached(demo: Command) -> None:
    out = demo("who-can-help", "wijkpaleis", "geld", "--limit", "2")[1]
    part = out[out.index("Passend, maar we vonden geen weg erheen") :]
    assert "het past minstens zo goed als wat hierboven staat" in part
    assert "Ingang: www.bokd.nl" in part
    near = demo("who-can-help", "wijkpaleis", "netwerk.vrijwilligers", "--max-steps", "1")[1]
    assert "We kennen nog geen weg van hoogstens 1 stap naar iemand die hiermee helpt." in near
    assert "Zoek verder met --max-steps 6." in near
    known = demo("who-can-help", "wijkpaleis", "geld", "--max-steps", "1")[1]
    assert "Jullie kennen al wie hiermee helpt; naar anderen kennen we geen weg van hoogstens 1 stap." in known


def test_how_many_are_left_out_is_said_with_what_would_show_them(demo: Command) -> None:
    """Those who gave money before are no loan's offerers: a search for these would not find them, a higher limit does."""
    out = demo("who-can-help", "herenboeren", "geld.lening", "--limit", "5")[1]
    [left] = re.findall(r"Niet getoond: (\d+) anderen zonder weg erheen of niet passend \(--limit\)", out)
    whole = demo("who-can-help", "herenboeren", "geld.lening", "--limit", "50")[1]
    assert whole.count("\n  -  ") == 5 + int(left)
    assert "Niet getoond" not in whole


def test_the_public_is_told_nothing_of_what_is_staffs(demo: Command, tmp_path) -> None:
    folder = table(
        tmp_path / "intern",
        actors="id,kind,name\nf,funder,Verzonnen Fonds\n",
        ties="from,kind,to\nf,funds,id:wijkpaleis\n",
    )
    assert demo("load", "sector", folder, "--dataset", "intern")[0] == 0
    assert "Verzonnen Fonds" in demo("who-can-help", "wijkpaleis", "geld")[1]
    assert "Verzonnen Fonds" not in demo("who-can-help", "wijkpaleis", "geld", "--viewer", "public")[1]


WRONG = [
    (("who-can-help", "wijkpaleis", "geld.lenig"), "Bedoel je 'geld.lening'?"),
    (("who-can-help", "wijkpaleis", "goud"), "Kies uit: kennis, kennis.advies"),
    (("who-can-help", "wijkpaleis", "geld", "--theme", "wonenn"), "Bedoel je 'wonen'?"),
    (("who-can-help", "wijkpaleis", "geld", "--max-steps", "0"), "maxSteps is 0; kies een getal van 1 tot en met 6"),
    (("who-can-help", "wijkpaleis", "geld", "--max-steps", "7"), "kies een getal van 1 tot en met 6"),
    (("who-can-help", "wijkpaleis", "geld", "--limit", "51"), "kies een getal van 1 tot en met 50"),
    (("who-can-help", "wijkpaleis", "geld", "--as-of", "1-2-2024"), "is geen dag; schrijf 2026-11-22"),
    (("who-can-help", "wijkpalies", "geld"), "Bedoel je 'wijkpaleis'"),
    (("who-can-help", "p-9999", "geld"), "Er is geen actor 'p-9999'"),
    (("path", "wijkpalies", "oranje-fonds"), "Bedoel je 'wijkpaleis'"),
    (("path", "wijkpaleis", "oranjefond"), "Bedoel je 'oranje-fonds'"),
    (("path", "wijkpaleis", "wijkpaleis"), "Kies twee verschillende actoren."),
    (("path", "wijkpaleis", "oranje-fonds", "--max-steps", "7"), "kies een getal van 1 tot en met 6"),
    (("path", "wijkpaleis", "oranje-fonds", "--limit", "0"), "kies een getal van 1 tot en met 10"),
    (("path", "wijkpaleis", "oranje-fonds", "--as-of", "morgen"), "is geen dag"),
]


@pytest.mark.parametrize(
    ("words", "said"), WRONG, ids=lambda value: " ".join(value) if isinstance(value, tuple) else ""
)
def test_what_cannot_be_is_one_clear_message(demo: Command, words: tuple[str, ...], said: str) -> None:
    code, out, err = demo(*words)
    assert (code, out) == (1, "")
    assert said in err
    assert err.strip().count("\n") <= 1
    code, out, english = demo("--lang", "en", *words)
    assert (code, out) == (1, "")
    assert "Traceback" not in err + english
    assert english != err


def test_both_ends_that_are_unknown_are_named_at_once(demo: Command) -> None:
    err = demo("path", "wijkpalies", "oranjefond")[2]
    assert "'wijkpalies'" in err
    assert "'oranjefond'" in err
