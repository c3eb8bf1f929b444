"""Proposing a mapping: from names of columns and from cells, never guessing what may be two things. All names are made up."""

import tomllib
from pathlib import Path

import pytest
from books import xlsx
from reads import as_proposed

from graph.errors import BadInputError, LoadError
from graph.records import ActorRecord
from loaders import table, table_mapping_file
from loaders import table_codes as codes
from loaders.options import Options
from loaders.table_files import opened
from loaders.table_headings import by_name
from loaders.table_mapping import Mapping
from loaders.table_preview import askless, shown
from loaders.table_proposal import proposals
from loaders.table_questions import Proposal
from loaders.table_toml import written
from loaders.table_words import meanings


@pytest.fixture
def proposed(tmp_path: Path):
    def propose_for(text: str, name: str = "lijst.csv") -> Proposal:
        path = tmp_path / name
        path.write_text(text)
        return proposals(opened([path]))[0]

    return propose_for


def unknown(proposal: Proposal) -> dict[str, str]:
    return {guess.column: guess.en for guess in proposal.unknown}


REGISTER = "Verstrekker;Regeling;Ontvanger;KvK-nummer;Toegekend bedrag;Jaar;Beleid\nFonds;Groen;Tuin;12345678;€ 1.500,00;2024;7.1\n"


def test_a_register_of_grants(proposed):
    mapping = proposed(REGISTER).mapping
    assert mapping["actors"] == {
        "ontvanger": {"kind": "organisation", "column": {"name": "Ontvanger", "kvk": "KvK-nummer"}},
        "regeling": {"kind": "funder", "column": {"name": "Regeling"}, "within": "verstrekker"},
        "verstrekker": {"kind": "funder", "column": {"name": "Verstrekker"}},
    }
    assert mapping["ties"] == [
        {"from": "regeling", "kind": "part_of", "to": "verstrekker"},
        {
            "from": "regeling",
            "kind": "funds",
            "to": "ontvanger",
            "column": {"amount": "Toegekend bedrag", "since": "Jaar"},
        },
    ]
    assert mapping["ignored"] == ["Beleid"]


def test_what_is_proposed_loads(proposed, tmp_path):
    proposed(REGISTER)
    found = as_proposed(tmp_path / "lijst.csv")
    assert tomllib.loads((tmp_path / "mapping.toml").read_text())["ignored"] == ["Beleid"]
    assert len(found.records) == 1 + 3 + 2
    assert found.ledger.accepted == 1


def test_a_list_of_members_with_an_umbrella(proposed):
    text = (
        "Naam initiatief;Woonplaats;Gemeente;Website;Lid van;Lid sinds\nTuin;Ede;Ede;www.tuin.example;Koepel X;2020\n"
    )
    mapping = proposed(text).mapping
    assert list(mapping["actors"]) == ["initiatief", "koepel"]
    assert mapping["actors"]["initiatief"]["column"] == {
        "name": "Naam initiatief",
        "place": "Woonplaats",
        "municipality": "Gemeente",
        "website": "Website",
    }
    assert mapping["ties"] == [
        {"from": "initiatief", "kind": "member_of", "to": "koepel", "column": {"since": "Lid sinds"}}
    ]


@pytest.mark.parametrize(
    ("column", "role", "field"),
    [
        ("NAAM", "subject", "name"),
        ("Organisation name", "subject", "name"),
        ("Nom de l'organisation", "subject", "name"),
        ("Benaming", "subject", "name"),
        ("Bénéficiaire", "recipient", "name"),
        ("Grantee", "recipient", "name"),
        ("Montant", "tie", "amount"),
        ("Année", "tie", "since"),
        ("Commune", "subject", "municipality"),
        ("e-mail adres", "subject", "mail"),
        ("Gemeeente", "subject", "municipality"),
        ("Subsidiebedrag (EUR)", "tie", "amount"),
        ("Naam van het initiatief", "initiative", "name"),
    ],
)
def test_the_words_of_the_field_in_several_languages(column, role, field):
    assert by_name(column) == (role, field)


@pytest.mark.parametrize(
    "word",
    "naam initiatief organisatie koepel|lid van|werkgebied gemeente gemeentecode plaats postcode KvK RSIN rechtsvorm website thema"
    " doelgroep ontvanger verstrekker regeling bedrag toegekend verleend jaar contactpersoon".replace(
        "|lid van|", " "
    ).split(),
)
def test_every_word_that_users_named_is_known(word):
    assert word.lower() in meanings()


def test_a_word_that_nobody_knows_is_no_column_of_ours():
    assert by_name("Kwartaalcijfer") is None


def test_an_ambiguous_amount_is_a_question_and_other_cells_may_answer_it(proposed):
    head = "Ontvanger;Verstrekker;Bedrag\n"
    asked = proposed(head + "Tuin;Fonds;81,499\n")
    assert asked.mapping["reading"] == {"decimal": "?"}
    assert "'81,499' may mean thousands or a fraction" in asked.questions[0].en
    assert proposed(head + "Tuin;Fonds;81,499\nHof;Fonds;12,345.67\n").mapping["reading"] == {"decimal": "."}
    assert proposed(head + "Tuin;Fonds;81.499\nHof;Fonds;12,50\n").mapping["reading"] == {"decimal": ","}
    assert proposed(head + "Tuin;Fonds;81.499\nHof;Fonds;12,50\nPlein;Fonds;7.25\n").mapping["reading"] == {
        "decimal": "?"
    }


def test_who_gave_is_asked_if_no_column_says_it(proposed, tmp_path):
    proposal = proposed("Ontvanger;Bedrag\nTuin;5\n")
    assert proposal.mapping["ties"][0]["from"] == "?"
    text = written(proposal.mapping, "lijst.csv", "en")
    with pytest.raises(LoadError, match="question mark"):
        table_mapping_file.of(tomllib.loads(text), "mapping.toml")


def test_whose_members_they_are_is_asked_if_no_column_says_it(proposed):
    proposal = proposed("Naam;Lid sinds\nTuin;2020\n")
    tie = {"from": "organisatie", "kind": "member_of", "to": "?", "column": {"since": "Lid sinds"}}
    assert proposal.mapping["ties"] == [tie]
    assert "whose members are these?" in proposal.questions[0].en
    assert proposed("Naam;Startdatum\nTuin;2020\n").mapping["ties"] == []


def test_of_several_amounts_what_was_granted_is_read_and_what_was_asked_for_never(proposed):
    text = "Aanvrager;Aangevraagd bedrag;Vastgesteld bedrag;Verleend bedrag\nTuin;9000;4000;5000\n"
    proposal = proposed(text)
    assert proposal.mapping["ties"][0]["column"] == {"amount": "Verleend bedrag"}
    assert unknown(proposal) == {
        "Aangevraagd bedrag": "what was asked for, budgeted or paid by themselves is not given; what was granted is read",
        "Vastgesteld bedrag": "another amount; 'Verleend bedrag' is read. Put it in the mapping if this is what was given",
    }
    assert "amount" not in proposed("Ontvanger;Fonds;Bedrag gevraagd\nTuin;F;9000\n").mapping["ties"][0]["column"]


def test_a_column_is_what_its_cells_can_be_read_as(proposed):
    tie = proposed("Ontvanger;Fonds;Datum besluit;Besluit\nTuin;F;1-2-2024;verleend\n").mapping["ties"][0]
    assert tie["column"] == {"since": "Datum besluit", "status": "Besluit"}


def test_what_is_described_is_what_the_money_was_for(proposed):
    mapping = proposed("Ontvanger;Fonds;Omschrijving\nTuin;F;een hek\n").mapping
    assert mapping["ties"][0]["column"] == {"note": "Omschrijving"}
    assert (
        proposed("Naam;Omschrijving\nTuin;mooi\n").mapping["actors"]["organisatie"]["column"]["note"] == "Omschrijving"
    )


@pytest.mark.parametrize(
    ("cells", "marks"),
    [
        (("A; B", "C"), ";"),
        (("Koepel A, Koepel B", "Koepel A"), ","),
        (("Zorg, welzijn en sport", "Koepel A"), None),
        (('"Koepel A\nKoepel B"', "Koepel B"), "\n"),
    ],
    ids=["semicolons", "commas", "one name with a comma", "lines"],
)
def test_names_in_one_cell_are_separated_as_other_cells_tell(proposed, cells, marks):
    text = "Naam\tLid van\n" + "".join(f"Tuin {n}\t{cell}\n" for n, cell in enumerate(cells))
    proposal = proposed(text, "lijst.tsv")
    assert proposal.mapping["actors"]["koepel"].get("separator") == marks
    [guess] = [guess for guess in proposal.guesses if guess.column == "Lid van"]
    assert ("several names in a cell" in guess.en) == (marks is not None)


def test_what_depends_on_the_umbrella_is_not_said_of_its_member(proposed):
    rows = ("Ede;Regio Veluwe (RV; voorheen V);Apeldoorn", "Ede;Zorg Oost;Zwolle", "Epe;Zorg Oost;Zwolle")
    lines = [*rows, "Epe;Regio Veluwe (RV; voorheen V);Apeldoorn"]
    actors = proposed("\n".join(["Deelnemer;Koepel;Plaats", *lines, ""])).mapping["actors"]
    assert actors["organisatie"]["column"] == {"name": "Deelnemer"}
    assert actors["koepel"] == {"kind": "network", "column": {"name": "Koepel", "place": "Plaats"}}
    several = proposed(
        "\n".join(["Deelnemer;Koepel;Plaats", *lines, "Epe;Zorg Oost; Regio Veluwe;Ede", ""]).replace("t; R", "t | R")
    )
    assert "Plaats" in several.mapping["ignored"]


def test_of_columns_of_marks_it_is_told_how_they_can_be_read(proposed):
    found = unknown(proposed("Naam;Koepel A;Aantal\nTuin;x;1\nHof;nee;0\n"))
    assert "has marks" in found["Koepel A"]
    assert found["Aantal"] == "this column is not known"


def test_columns_are_known_by_their_cells_too(proposed):
    columns = proposed("Naam;Waar;Adres op het net\nTuin;GM0228;www.tuin.example\n").mapping["actors"]["organisatie"][
        "column"
    ]
    assert columns == {"name": "Naam", "municipality": "Waar", "website": "Adres op het net"}


def test_a_column_whose_cells_say_otherwise_is_not_taken_at_its_word(proposed):
    proposal = proposed("Naam;Thema;Werkgebied\nTuin;Zomaar iets;de hele buurt\nHof;Nog iets;de straat\n")
    assert list(proposal.mapping["actors"]["organisatie"]["column"]) == ["name"]
    assert unknown(proposal)["Thema"] == "looks like 'themes', but this is not read: Zomaar iets, Nog iets"


def test_persons_and_citizen_numbers_are_never_proposed(proposed):
    proposal = proposed("Naam;Contactpersoon;BSN;Postcode\nTuin;Bo Verzonnen;123456789;6711 AA\n")
    assert list(proposal.mapping["actors"]) == ["organisatie"]
    assert proposal.mapping["ignored"] == ["Contactpersoon", "BSN", "Postcode"]
    assert "persons are not proposed" in unknown(proposal)["Contactpersoon"]
    assert "may not be in" in unknown(proposal)["BSN"]


def test_a_field_goes_to_whom_it_depends_on(proposed):
    text = "Deelnemer;Gemeenschappelijke regeling;Plaats\nA;Afval X;Ede\nA;Zorg Y;Epe\nB;Afval X;Ede\n"
    actors = proposed(text).mapping["actors"]
    assert actors["koepel"]["column"]["place"] == "Plaats"
    assert "place" not in actors["organisatie"]["column"]


def test_what_receivers_say_differently_now_and_then_is_still_theirs_and_not_a_scheme_s(proposed):
    rows = [(f"Tuin {n // 2}", "Groen" if n % 3 else "Sport", "Ede" if n % 20 else "Ede (dorp)") for n in range(80)]
    lines = "\n".join(f"{name};{place};{scheme};100" for name, scheme, place in rows)
    actors = proposed(f"Ontvanger;Plaats;Regeling;Bedrag\n{lines}\n").mapping["actors"]
    assert actors["ontvanger"]["column"] == {"name": "Ontvanger", "place": "Plaats"}
    assert actors["regeling"]["column"] == {"name": "Regeling"}


@pytest.mark.parametrize(
    ("above", "column", "unit"),
    [
        ("", "Bedrag", None),
        ("", "Bedrag (x 1.000)", 1000),
        ("", "Verleend bedrag in duizenden euro's", 1000),
        ("", "Bedrag (k€)", 1000),
        ("", "Bedrag (x 1.000.000)", 1000000),
        ("", "Toegekend bedrag in mln", 1000000),
        ("Subsidies; alle bedragen x € 1.000\n", "Bedrag", 1000),
        ("Een wijk van 1.000 huizen;\n", "Bedrag", None),
    ],
)
def test_amounts_in_thousands_are_told_by_their_header_or_a_line_above_it(proposed, tmp_path, above, column, unit):
    proposal = proposed(f"{above}Ontvanger;Regeling;{column}\nTuin;Groen;235\nWerkplaats;Groen;90\n")
    assert proposal.mapping["reading"].get("unit") == unit
    found = as_proposed(tmp_path / "lijst.csv")
    assert [tie.amount for tie in found.ties] == [235 * (unit or 1), 90 * (unit or 1)]


YEARS = "Ontvanger;Regeling;Zaaknummer;2023;2024;Totaal bedrag\n"


def test_a_column_for_each_year_is_a_grant_of_each_year_that_has_one(proposed, tmp_path):
    rows = (
        "Tuin;Groen;A1;235;90;325\nHof;Groen;A2;0;90;90\nWerf;Groen;A3;;0;0\nPlein;Groen;A4;-5;10;5\nZaal;Groen;A5;;;\n"
    )
    proposal = proposed(YEARS + rows)
    assert [tie["since"] for tie in proposal.mapping["ties"]] == ["2023", "2024"]
    assert list(unknown(proposal)) == ["Zaaknummer", "Totaal bedrag"], "of which there is one, for all years together"
    found = as_proposed(tmp_path / "lijst.csv")
    names = {actor.id: actor.name for actor in found.actors}
    assert [(names[tie.target], tie.since, tie.amount) for tie in found.ties] == [
        ("Tuin", "2023", 235),
        ("Tuin", "2024", 90),
        ("Hof", "2024", 90),
        ("Plein", "2024", 10),
    ]
    ledger = found.ledger
    assert (ledger.rows, ledger.accepted, ledger.set_apart["zero"], ledger.noted("returned")) == (5, 4, 1, 1)


def test_numbers_by_year_are_no_money_where_nobody_gets_any(proposed):
    mapping = proposed("Naam;2023;2024\nTuin;12;15\n").mapping
    assert (mapping["ties"], mapping["ignored"]) == ([], ["2023", "2024"])


def test_an_amount_of_one_year_is_of_that_year(proposed):
    [tie] = proposed("Ontvanger;Regeling;Verleend 2023\nTuin;Groen;5\n").mapping["ties"]
    assert (tie["since"], tie["column"]["amount"]) == ("2023", "Verleend 2023")


def test_years_in_a_workbook_are_names_of_columns(tmp_path):
    path = xlsx(
        tmp_path / "jaren.xlsx",
        {"Blad": [["Ontvanger", "Regeling", 2021, 2022, 2023, 2024], ["Tuin", "Groen", 5, 6, 7, 8]]},
    )
    [proposal] = proposals(opened([path]))
    assert [tie["since"] for tie in proposal.mapping["ties"]] == ["2021", "2022", "2023", "2024"]


def test_a_list_of_funds_says_what_they_offer_and_no_grants(proposed, tmp_path):
    proposal = proposed(
        "Fonds;Thema;Werkgebied;Minimaal bedrag;Max. bedrag per aanvraag;Deadline;Voorwaarden\n"
        "Fonds A;jeugd;Ede;500;5000;1 maart;alleen stichtingen\nFonds B;sport;Landelijk;;25000;doorlopend;\n"
    )
    assert (proposal.mapping["ties"], proposal.questions) == ([], [])
    found = as_proposed(tmp_path / "lijst.csv")
    assert [(it.help, it.themes, it.area, it.amount_from, it.amount_to, it.window) for it in found.offers] == [
        ("geld", ("jeugd",), ("GM0228",), 500, 5000, "1 maart"),
        ("geld", ("sport",), ("NL",), None, 25000, "doorlopend"),
    ]
    assert {it.stance for it in found.offers} == {"offers"}


def test_the_area_of_an_initiative_is_its_municipality_if_it_is_one(proposed):
    for area, columns in (("Ede", {"municipality": "Werkgebied"}), ("Landelijk", {})):
        mapping = proposed(f"Initiatief;Werkgebied\nTuin;{area}\n").mapping
        assert mapping["actors"]["initiatief"]["column"] == {"name": "Initiatief", **columns}


def test_a_scheme_of_a_fund_offers_and_is_part_of_it(proposed):
    mapping = proposed("Fonds;Regeling;Maximaal bedrag\nFonds A;Groen;5000\n").mapping
    assert [(tie["from"], tie["kind"], tie["to"]) for tie in mapping["ties"]] == [
        ("regeling", "part_of", "verstrekker")
    ]
    assert [offer["actor"] for offer in mapping["offers"]] == ["regeling"]


def test_a_function_is_that_of_the_person_beside_it_and_not_of_the_member(proposed):
    [tie] = proposed("Naam;Contactpersoon;Functie;Lid sinds\nTuin;A. Bedacht;voorzitter;2020\n").mapping["ties"]
    assert tie["column"] == {"since": "Lid sinds"}


def test_what_numbers_the_grants_of_one_receiver_is_no_id_of_it(proposed):
    numbered = "Nr;Initiatief;Toegekend\n1;Tuin;5\n2;Tuin;6\n"
    assert proposed(numbered).mapping["actors"]["initiatief"]["column"] == {"name": "Initiatief"}


def test_a_word_is_asked_about_only_where_its_column_is_read(proposed):
    proposal = proposed("Ontvanger;Regeling;Bedrag;Besluit;Toelichting besluit\nTuin;Groen;5;afgewezen;past niet\n")
    assert proposal.questions == []


def test_years_under_a_merged_cell_are_names_of_columns_and_nobody_s_grant(tmp_path):
    rows = [
        ["Subsidies van een verzonnen gemeente"],
        ["Ontvanger", "Regeling", "Verleende subsidie (x € 1.000)", None],
        [None, None, 2023, 2024],
        ["Tuin", "Groen", 10, 12],
        ["Totaal groen", None, 10, 12],
    ]
    path = xlsx(tmp_path / "jaren.xlsx", {"Blad": rows}, [("Blad", "A2:A3"), ("Blad", "B2:B3"), ("Blad", "C2:D2")])
    found = as_proposed(path)
    assert found.names == ["Tuin", "Groen"]
    assert [(tie.since, tie.amount) for tie in found.ties] == [
        ("2023", 10_000),
        ("2024", 12_000),
    ]


def test_a_line_of_totals_is_known_where_no_name_stands(proposed, tmp_path):
    proposed(
        "Beleid;Ontvanger;Regeling;Bedrag\nZorg;Tuin;Groen;5\nTotaal zorg;;;5\nSubtotaal;;;5\nZorg;Totaal Verzonnen BV;Groen;5\n"
    )
    found = as_proposed(tmp_path / "lijst.csv")
    assert found.names == ["Tuin", "Groen", "Totaal Verzonnen BV"]
    assert found.ledger.set_apart["total"] == 2


def test_what_became_of_a_grant_is_read_and_asked_about_if_no_word_of_ours(proposed):
    rows = "Tuin;Groen;5;Verleend\nWerkplaats;Groen;5;Ingetrokken\n"
    known = proposed(f"Ontvanger;Regeling;Bedrag;Status\n{rows}")
    assert known.mapping["ties"][0]["column"]["status"] == "Status"
    assert (known.questions, codes.word("Ingetrokken", "status", {})) == ([], "rejected")
    asked = proposed(f"Ontvanger;Regeling;Bedrag;Status\n{rows}Hof;Groen;5;Doorgeschoven\n")
    assert asked.mapping["words"] == {"Doorgeschoven": "?"}
    assert [question.key for question in asked.questions] == ["words.Doorgeschoven"]


def test_a_column_beside_that_of_the_names_says_something_else_of_them(proposed):
    text = "nomBeneficiaire;idBeneficiaire;Gemeente begunstigde;montant;nomAttribuant\nTuin;49360444262827;Ede;5;Stad\n"
    proposal = proposed(text)
    assert proposal.mapping["actors"]["ontvanger"]["column"] == {
        "name": "nomBeneficiaire",
        "municipality": "Gemeente begunstigde",
    }
    assert list(unknown(proposal)) == ["idBeneficiaire"]


def test_numbers_are_no_names(proposed):
    assert list(unknown(proposed("Ontvanger;Bedrag\n10023;5\n10024;6\n"))) == ["Ontvanger"]


def test_the_sheet_that_is_understood_best_and_those_like_it(tmp_path):
    rows = [["Naam", "Plaats"], ["Tuin", "Ede"]]
    book = {"Lees mij": [["Uitleg", "van dit"], ["bestand", "!"]], "2023": [["Leden"], [], *rows], "2024": rows}
    proposal = proposals(opened([xlsx(tmp_path / "leden.xlsx", book)]))[0]
    assert (proposal.sheet.name, proposal.header.row) == ("2023", 3)
    assert proposal.mapping["sheets"] == ["2023", "2024"]
    assert proposal.mapping["actors"]["organisatie"]["kind"] == "initiative"


def test_the_first_rows_as_they_would_become(proposed):
    text = "Ontvanger;Verstrekker;Bedrag\n" + "".join(f"{name};Fonds;{amount}\n" for name, amount in ROWS)
    proposal = proposed(text)
    mapping = askless(Mapping.model_validate(proposal.mapping))
    rows = list(shown(proposal.sheet, proposal.header, mapping))
    assert [(row.where.row, len(row.records), len(row.faults), row.apart) for row in rows[:4]] == [
        (2, 3, 0, ""),
        (3, 0, 0, "nobody"),
        (4, 0, 1, ""),
        (5, 0, 0, "zero"),
    ]
    assert len(rows) == 10


ROWS = [("Tuin", "5"), ("(Particulier)", "5"), ("Hof", "1e"), ("Plein", "0"), *((f"Park {n}", "1") for n in range(20))]


def test_a_mapping_with_odd_names_is_read_back_as_it_was(tmp_path):
    odd = {
        "actors": {"rol": {"kind": "network", "column": {"name": 'Naam "van" \\ het \t ding', "org-id": ["A", "é"]}}},
        "ties": [],
    }
    assert tomllib.loads(written(odd, "x.csv", "en"))["actors"] == odd["actors"]


def test_a_file_without_a_table_is_told(tmp_path):
    path = tmp_path / "leeg.csv"
    path.write_text("alleen dit\n")
    with pytest.raises(LoadError, match="names of columns"):
        proposals(opened([path]))


BELGIAN = ["0403.170.701", "BE 0200 065 369", "1000000120", "0777/888/926"]  # made up, but for what checks them


@pytest.mark.parametrize(
    "column",
    ["Ondernemingsnummer", "Ondernemingsnr.", "KBO", "KBO-nr", "Numéro d'entreprise", "N° BCE", "BCE", "Waarmerk"],
)
def test_belgian_enterprise_numbers_are_known_by_their_column_or_their_check(tmp_path, column):
    rows = [["Naam", column], *([f"Verzonnen {n}", number] for n, number in enumerate(BELGIAN))]
    path = xlsx(tmp_path / "leden.xlsx", {"Leden": rows})
    [found] = proposals(opened([path]))
    assert found.mapping["actors"]["organisatie"]["column"] == {"name": "Naam", "kbo": column}
    items = table.reading(opened([path]), table_mapping_file.of(found.mapping, "mapping")).items
    assert [item.record.identifiers for item in items if isinstance(getattr(item, "record", None), ActorRecord)] == [
        ("org-id:BE-BCE_KBO-0403170701",),
        ("org-id:BE-BCE_KBO-0200065369",),
        ("org-id:BE-BCE_KBO-1000000120",),
        ("org-id:BE-BCE_KBO-0777888926",),
    ]


def test_a_spreadsheet_that_took_an_enterprise_number_for_a_number_lost_its_zero():
    assert codes.kbo(403170701.0) == "0403170701"
    for wrong in ("0403.170.702", "2403170701", "12345678", "123456782", "NL123456789B01"):
        with pytest.raises(BadInputError, match="no Belgian enterprise number"):
            codes.kbo(wrong)


@pytest.mark.parametrize(
    "numbers",
    [
        pytest.param(["0318 123456", "0318 654321", "06 12345678"], id="telephones"),
        pytest.param(["403170701", "200065369", "777888926"], id="nine digits, as a citizen service number has"),
        pytest.param(["85.07.30-033.28", "93.05.18-223.61"], id="Belgian citizens, eleven digits"),
    ],
)
def test_a_column_that_only_looks_like_enterprise_numbers_is_not_read_so(proposed, numbers):
    lines = [f"Verzonnen {n};{number}" for n, number in enumerate(numbers)]
    found = proposed("\n".join(["Naam;Waarmerk", *lines, ""]))
    assert "kbo" not in found.mapping["actors"]["organisatie"]["column"]
    assert "Waarmerk" in unknown(found)


@pytest.mark.parametrize(
    "column", ["BSN", "Burgerservicenummer", "Rijksregisternummer", "INSZ", "Numéro de registre national", "NISS"]
)
def test_numbers_of_citizens_are_not_read_nor_shown(proposed, column):
    [told] = [one for one in proposed(f"Naam;{column}\nVerzonnen;85.07.30-033.28\n").unknown if one.column == column]
    assert told.en == "citizen service numbers may not be in; delete the column from the file"
    assert told.examples == ()


def test_a_line_of_merged_cells_above_the_names_of_columns_is_not_taken_for_these(tmp_path):
    groups = ["Organisatie", "", "", "Adres", "", "", "Contact", ""]
    head = ["Lidnr.", "Naam organisatie", "KvK", "Straat", "Postcode", "Plaats", "E-mail", "Telefoon"]
    members = [
        [str(n), f"Verzonnen {n}", f"1234567{n}", "Weg 1", "1000 AA", "Ede", f"info@v{n}.example", ""] for n in (1, 2)
    ]
    merged = [("Leden", cells) for cells in ("A3:C3", "D3:F3", "G3:H3")]
    path = xlsx(tmp_path / "leden.xlsx", {"Leden": [["Ledenlijst (verzonnen)"], [], groups, head, *members]}, merged)
    [found] = proposals(opened([path]))
    assert found.header.row == 4
    assert found.mapping["actors"]["organisatie"]["column"]["name"] == "Naam organisatie"


def test_where_both_lines_have_as_many_known_names_the_one_without_doubled_names_is_the_header(tmp_path):
    above, head = ["Naam", "Adres", "Adres", "Contact", "Contact"], ["Naam", "Straat", "Plaats", "Wie dan", "Hoe dan"]
    merged = [("Leden", cells) for cells in ("A1:A2", "B1:C1", "D1:E1")]
    path = xlsx(tmp_path / "leden.xlsx", {"Leden": [above, head, ["Verzonnen tuin", "Weg 1", "Ede", "x", "y"]]}, merged)
    [found] = proposals(opened([path]))
    assert found.header.row == 2
    assert found.mapping["actors"]["organisatie"]["column"] == {"name": "Naam", "place": "Plaats"}


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("Email Address;First Name;Last Name", "piet@example.org;Piet;Verzonnen"),
        (
            "Begintijd;Voltooiingstijd;E-mail;Naam;Wat hebben jullie nodig?",
            "1-1-2024;1-1-2024;a@example.org;Piet Verzonnen;geld",
        ),
        ("Tijdstempel;Naam;Wijk", "2024/03/01 10:12:33;Piet Verzonnen;Noord"),
        ("Uw naam;Wijk", "Piet Verzonnen;Noord"),
        ("Naam indiener;Idee", "Piet Verzonnen;een bankje"),
        ("Naam vrijwilliger;Wijk", "Piet Verzonnen;Noord"),
        ("Full name;Suburb", "Piet Verzonnen;Noord"),
        ("Voorletters;Tussenvoegsel;Naam", "P.;van;Verzonnen"),
    ],
)
def test_who_filled_in_a_form_or_stands_in_a_list_of_contacts_is_no_organisation(proposed, header, row):
    proposal = proposed(f"{header}\n{row}\n")
    assert not proposal.mapping
    assert [question.key for question in proposal.questions] == ["actors"]


def test_who_left_a_network_is_a_member_until_then(proposed):
    proposal = proposed("Initiatief;Koepel;Lid sinds;Opgezegd per\nTuin;Koepel A;2015;31-12-2022\n")
    assert proposal.mapping["ties"][0]["column"] == {"since": "Lid sinds", "until": "Opgezegd per"}


def test_when_an_initiative_began_and_stopped(proposed):
    proposal = proposed("Initiatief;Gestart in;Gestopt in\nTuin;2015;2022\n")
    assert proposal.mapping["actors"]["initiatief"]["column"] == {
        "name": "Initiatief",
        "founded": "Gestart in",
        "ended": "Gestopt in",
    }


def test_where_something_was_given_that_is_what_began_and_stopped(proposed):
    proposal = proposed("Ontvanger;Fonds;Bedrag;Gestart op;Gestopt in\nTuin;F;5;1-2-2015;2022\n")
    assert proposal.mapping["actors"]["ontvanger"]["column"] == {"name": "Ontvanger"}
    assert proposal.mapping["ties"][0]["column"] == {"amount": "Bedrag", "since": "Gestart op", "until": "Gestopt in"}


def test_how_an_initiative_fares_is_not_kept_and_that_is_told(proposed):
    assert (
        "take out who is no longer there"
        in unknown(proposed("Initiatief;Status\nTuin;actief\nHuis;gestopt\n"))["Status"]
    )


def test_a_person_in_the_name_of_an_organisation_is_noted_by_its_row(proposed, tmp_path):
    proposed("Organisatie;Plaats\nTuin (t.a.v. Piet Verzonnen);Ede\nHuis p/a A. Verzonnen;Ede\nN.V. Nieuw;Ede\n")
    reading = table.load([tmp_path / "lijst.csv"], Options())
    assert len(list(reading.items)) == 4
    assert [words[0] for words, _ in reading.ledger.notes_of("initials")] == [
        "lijst.csv, rij 2: kijk dit na.",
        "lijst.csv, rij 3: kijk dit na.",
    ]


def test_a_status_with_a_comma_is_one_word_to_ask_about(proposed):
    proposal = proposed("Ontvanger;Fonds;Besluit\nTuin;F;verleend\nHuis;F;verleend, mits buren akkoord\n")
    assert proposal.mapping["words"] == {"verleend, mits buren akkoord": "?"}


def test_themes_with_a_stroke_between_them(proposed):
    proposal = proposed("Naam;Thema\nTuin;energie / wonen\nHuis;zorg\n")
    assert (proposal.questions, proposal.mapping["words"]) == ([], {})
    assert codes.words("energie / wonen", "theme", {}) == ("energietransitie", "wonen")


@pytest.mark.parametrize(
    "cell",
    [
        "KVK: 12345678",
        "12.34.56.78",
        "'12345678",
        "kvk-nr 12345678",
        "Kvk nr. 12345678",
        "123456780000",
        "12345678 0000",
    ],
)
def test_numbers_of_the_chamber_of_commerce_as_people_write_them(cell):
    assert codes.kvk(cell) == "12345678"


@pytest.mark.parametrize("cell", ["000012345678", "12345678/000012345678", "1,23E+07", "NL91ABNA0417164300"])
def test_a_number_of_a_branch_or_a_bank_is_none_of_the_chamber_of_commerce(cell):
    with pytest.raises(BadInputError):
        codes.kvk(cell)


@pytest.mark.parametrize("column", ["Nr.", "Nr", "ID", "Nummer"])
def test_a_column_that_counts_rows_is_no_id(proposed, column):
    proposal = proposed(f"{column};Naam\n1;Tuin\n2;Hof\n3;Zaal\n")
    assert proposal.mapping["actors"]["organisatie"]["column"] == {"name": "Naam"}
    assert unknown(proposal) == {column: "counts rows, and says nothing of who is there"}


@pytest.mark.parametrize(("column", "numbers"), [("Nr.", "124"), ("Nr.", "213"), ("Lidnummer", "123")])
def test_numbers_with_gaps_or_in_another_order_or_of_members_are_ids(proposed, column, numbers):
    rows = "".join(f"{number};{name}\n" for number, name in zip(numbers, ("Tuin", "Hof", "Zaal"), strict=True))
    assert proposed(f"{column};Naam\n{rows}").mapping["actors"]["organisatie"]["column"]["id"] == column


def test_since_when_somebody_is_a_member_is_not_when_a_grant_was_given(proposed):
    proposal = proposed("Organisatie;Koepel;Lid sinds;Verstrekker;Bedrag\nTuin;Koepel A;1999;Fonds;5000\n")
    assert [(tie["kind"], tie["column"]) for tie in proposal.mapping["ties"]] == [
        ("funds", {"amount": "Bedrag"}),
        ("member_of", {"since": "Lid sinds"}),
    ]
    without = proposed("Naam;Lid sinds;Subsidie 2024\nTuin;1999;5000\n")
    assert [(tie["kind"], tie["column"]) for tie in without.mapping["ties"]] == [
        ("funds", {"amount": "Subsidie 2024"}),
        ("member_of", {"since": "Lid sinds"}),
    ]
    assert len(without.questions) == 2, "who gave, and whose members these are"


@pytest.mark.parametrize(
    ("day", "since"), [("12-12-2022", {"column": "Datum"}), ("2001", {"since": "2023"}), ("", {"since": "2023"})]
)
def test_an_amount_of_a_year_was_not_given_in_another(proposed, day, since):
    [tie] = proposed(f"Naam;Fonds;Datum;Subsidie 2023\nTuin;Fonds A;{day};5000\n").mapping["ties"]
    assert tie["column"].get("since") == since.get("column")
    assert tie.get("since") == since.get("since")
