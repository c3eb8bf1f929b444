"""Spreadsheets as registers, CRM systems and forms give them. All names, numbers and amounts are made up."""

import zipfile
from pathlib import Path

import pytest
from books import xlsx

from graph.errors import LoadError
from graph.reading import Fault, Reading, Row
from graph.records import ActorRecord, TieRecord
from loaders import table
from loaders.options import Options
from loaders.table_files import opened
from loaders.table_headings import by_name
from loaders.table_proposal import proposals
from loaders.table_questions import PIVOT, Proposal


@pytest.fixture
def given(tmp_path: Path):
    """Write a text file, and return its path."""

    def write(text: str, name: str = "lijst.csv") -> Path:
        path = tmp_path / name
        path.write_text(text)
        return path

    return write


def proposed(path: Path) -> Proposal:
    return proposals(opened([path]))[0]


def read(path: Path, mapping: str = "") -> tuple[Reading, list[Row | Fault]]:
    """Return what is read of a file, as proposed if no mapping is given."""
    options = Options()
    if mapping:
        kept = path.with_suffix(".toml")
        kept.write_text(mapping)
        options = Options(mapping=kept)
    reading = table.load([path], options)
    return reading, list(reading.items)


def names(items: list[Row | Fault]) -> list[str]:
    return [item.record.name for item in items if isinstance(item, Row) and isinstance(item.record, ActorRecord)]


def ties(items: list[Row | Fault]) -> list[TieRecord]:
    return [item.record for item in items if isinstance(item, Row) and isinstance(item.record, TieRecord)]


def faults(items: list[Row | Fault]) -> list[str]:
    return [item.en for item in items if isinstance(item, Fault)]


# -- what stands in cells


@pytest.mark.parametrize("cell", ["#VERW!", "#####"])
def test_a_name_that_is_an_error_is_a_fault_and_nobody_only_where_it_says_so(given, cell):
    reading, items = read(given(f"Naam;Plaats\n{cell};Ede\nn.v.t.;Epe\nTuin;Ede\n"))
    assert len(faults(items)) == 1
    assert (reading.ledger.rejected, dict(reading.ledger.set_apart)) == (1, {"nobody": 1})


def test_a_name_from_a_formula_without_a_result_is_a_fault(tmp_path):
    rows = [["Naam", "Plaats"], ['=HYPERLINK("https://tuin.example","Tuin")', "Ede"], ["Huis", "Epe"]]
    [fault] = faults(read(xlsx(tmp_path / "leden.xlsx", {"Leden": rows}))[1])
    assert "formula" in fault


def test_signs_that_nobody_sees_are_none_of_a_name(given):
    _, items = read(given("Naam;Plaats\n\u200eDe\u2060 Brug\u200f;Delft\n\u202aDe Brug\u202c;Delft\n"))
    assert names(items) == ["De Brug"]


def test_the_mark_of_a_footnote_is_none_of_a_name_and_the_footnote_is_no_row(given):
    text = "Organisatie*;Plaats\nTuin*;Ede\nTuin;Ede\nKoor¹;Epe\nAtelier m²;Epe\n* sinds kort\n¹ tot en met dit jaar\n"
    reading, items = read(given(text))
    assert names(items) == ["Tuin", "Koor", "Atelier m²"]
    assert dict(reading.ledger.set_apart) == {"under": 2}
    assert reading.ledger.noted("footnotes") == 2


@pytest.mark.parametrize("cell", ["1500 euro", "1.500,00 EUR", "1500 euro.", "€ 1.500*", "1.500,- ¹"])
def test_an_amount_may_have_its_coin_or_a_footnote_behind_it(given, cell):
    _, items = read(given(f"Ontvanger;Fonds;Bedrag\nTuin;Verzonnen Fonds;{cell}\n"))
    assert [tie.amount for tie in ties(items)] == [1500]


# -- in which coin


@pytest.mark.parametrize("head", ["Bedrag (£)", "Bedrag USD", "Bedrag in US$", "Subsidiebedrag (gulden)", "Bedrag CHF"])
def test_amounts_in_another_coin_are_not_read_as_euro_and_it_is_told(given, head):
    path = given(f"Ontvanger;Fonds;{head}\nTuin;Verzonnen Fonds;1500\nHuis;Verzonnen Fonds;20\n")
    [guess] = proposed(path).unknown
    assert (guess.column, guess.en) == (head, "another coin than the euro; convert the amounts to euro")
    assert [tie.amount for tie in ties(read(path)[1])] == [None, None]


@pytest.mark.parametrize("cells", [("GBP", "GBP"), ("€", "k€"), ("EUR", "usd")])
def test_amounts_are_not_read_where_another_column_says_that_not_all_are_in_euro(given, cells):
    path = given(f"Ontvanger;Fonds;Bedrag;Eenheid\nTuin;Fonds;15;{cells[0]}\nHuis;Fonds;20;{cells[1]}\n")
    assert "not all in euro, as says 'Eenheid'" in next(
        one.en for one in proposed(path).unknown if one.column == "Bedrag"
    )
    assert [tie.amount for tie in ties(read(path)[1])] == [None, None]


@pytest.mark.parametrize("head", ["Bedrag (€)", "Bedrag EUR (was $)", "Bedrag", "Betrag aus dem Fonds"])
def test_amounts_in_euro_are_read(given, head):
    _, items = read(given(f"Ontvanger;Fonds;{head};Valuta\nTuin;Fonds;15;EUR\nHuis;Fonds;20;EUR\n"))
    assert [tie.amount for tie in ties(items)] == [15, 20]


@pytest.mark.parametrize(
    ("head", "unit"),
    [("Betrag (T€)", 1000), ("Betrag in TEUR", 1000), ("Montant en milliers d'euros", 1000), ("Betrag in Mio. €", 1e6)],
)
def test_german_and_french_amounts_in_thousands_are(given, head, unit):
    _, items = read(given(f"Zuwendungsempfänger;Zuwendungsgeber;{head}\nTuin;Fonds;15\nHuis;Fonds;20\n"))
    assert [tie.amount for tie in ties(items)] == [15 * unit, 20 * unit]


# -- where somebody is


def places(items: list[Row | Fault]) -> list[str]:
    actors = [item.record for item in items if isinstance(item, Row) and isinstance(item.record, ActorRecord)]
    return [actor.place or "" for actor in actors]


@pytest.mark.parametrize("head", ["Adres", "Bezoekadres", "Anschrift"])
def test_of_an_address_the_place_is_read_so_that_namesakes_stay_apart(given, head):
    cells = (
        "Weg 1, 1251 AB Laren",
        "Kade 2\n7245XB Laren (Gld)",
        "Plein 3, 9000 Gent",
        "1251 AC Bussum",
        "2e Weg 5, Ede",
    )
    rows = "".join(f'Buurthuis;"{cell}"\n' for cell in cells)
    _, items = read(given(f"Naam;{head}\n{rows}"))
    assert places(items) == ["Laren", "Laren (Gld)", "Gent", "Bussum", "Ede"]


def test_a_postcode_with_a_place_is_a_place(given):
    _, items = read(given("Naam;Postcode en gemeente\nTuin;1251 AB Laren\nHuis;9000 Gent\n"))
    assert places(items) == ["Laren", "Gent"]


def test_what_stands_behind_a_street_without_a_capital_is_no_place(given):
    _, items = read(given('Naam;Adres\nTuin;"Weg 1, achterom"\nHuis;"Weg 2, eerste verdieping"\n'))
    assert places(items) == ["", ""]


def test_an_address_without_a_place_is_not_kept(given):
    rows = "".join(f"Tuin {letter};Weg 1, 1251 AB Laren\n" for letter in "ABCDEFGH")
    _, items = read(given(f"Naam;Adres\n{rows}Huis;Achterstraat 12\nHof;1251 AB\n"))
    assert places(items) == ["Laren"] * 8 + [""] * 2


def test_addresses_are_not_read_beside_a_column_of_places_nor_streets_alone(given):
    both = proposed(given("Naam;Adres;Plaats\nTuin;Weg 1, 1251 AB Laren;Ede\n"))
    assert both.mapping["actors"]["organisatie"]["column"] == {"name": "Naam", "place": "Plaats"}
    alone = proposed(given("Naam;Adres\nTuin;Weg 1\nHuis;Kade 2\n"))
    assert [guess.en for guess in alone.unknown] == ["addresses are not kept; place and municipality are"]


def test_of_an_address_in_a_column_of_places_the_place_is_kept(given):
    _, items = read(given("Naam;Plaats\nTuin;Weg 1, 1251 AB Laren\nHuis;Epe\nHof;1251 AB\n"))
    assert places(items) == ["Laren", "Epe", ""]


# -- who is named


def test_partners_of_a_fund_are_those_to_whom_it_gave(given):
    proposal = proposed(given("Partner;Programma;Toegekend\nTuin;Sociaal;15\nHuis;Groen;20\n"))
    assert [(tie["from"], tie["kind"], tie["to"]) for tie in proposal.mapping["ties"]] == [
        ("regeling", "funds", "organisatie")
    ]
    proposal = proposed(given("Fonds;Partner;Bedrag\nFonds A;Tuin;15\nFonds A;Huis;20\n"))
    assert [(tie["from"], tie["kind"], tie["to"]) for tie in proposal.mapping["ties"]] == [
        ("verstrekker", "funds", "organisatie")
    ]


def test_partners_of_nobody_are_actors_without_a_tie_to_themselves(given):
    _, items = read(given("Partner;Plaats\nTuin;Ede\nHuis;Epe\n"))
    assert (names(items), ties(items), faults(items)) == (["Tuin", "Huis"], [], [])


@pytest.mark.parametrize("cells", [("Gewoon lid", "Aspirant-lid"), ("Basislidmaatschap", "Donateur")])
def test_a_sort_of_membership_is_no_network(given, cells):
    path = given(f"Organisatienaam;Plaats;Lidmaatschap\nTuin;Ede;{cells[0]}\nHuis;Epe;{cells[1]}\n")
    assert names(read(path)[1]) == ["Tuin", "Huis"]
    path = given("Organisatienaam;Plaats;Lidmaatschap\nTuin;Ede;Verzonnen Verbond\nHuis;Epe;\n")
    assert "Verzonnen Verbond" in names(read(path)[1])


@pytest.mark.parametrize(
    ("head", "meaning"),
    [
        ("Organisatie (plaats)", ("subject", "name")),
        ("Website (of Facebook)", ("subject", "website")),
        ("Toegekend bedrag (excl. organisatie)", ("tie", "amount")),
        ("Subsidie (aangevraagd)", ("tie", "requested")),
        ("Naam (contactpersoon)", ("person", "name")),
        ("contact_id", ("subject", "id")),
        ("Account Name", ("subject", "name")),
        ("Billing City", ("subject", "place")),
        ("Donatie (€)", ("tie", "amount")),
        ("Totale projectkosten", ("tie", "requested")),
        ("Geber", ("giver", "name")),
        ("Nom de l'attribuant", ("giver", "name")),
    ],
)
def test_headings_of_registers_and_crm_systems(head, meaning):
    assert by_name(head) == meaning


# -- rows that are none


@pytest.mark.parametrize(
    "title",
    ["Subsidies t/m € 10.000", "Subsidies t.m. €10.000", "Subsidies uit 't Europees fonds", "Keurmerken en subsidies"],
)
def test_a_title_that_says_up_to_how_much_says_no_unit(given, title):
    _, items = read(given(f"{title}\nNaam;Fonds;Bedrag\nTuin;Fonds A;500\nHuis;Fonds A;700\n"))
    assert [tie.amount for tie in ties(items)] == [500, 700]


@pytest.mark.parametrize("head", ["Eigen bijdrage (€)", "Contributie €", "Omzet €"])
def test_what_somebody_pays_or_earns_was_not_given(given, head):
    _, items = read(given(f"Naam;Fonds;{head}\nTuin;Fonds A;€ 500\nHuis;Fonds A;€ 700\n"))
    assert [tie.amount for tie in ties(items)] == [None, None]


def test_brackets_tell_whose_name_a_column_has(given):
    _, items = read(given("Naam initiatief;Naam (fonds);Bedrag\nTuin;Fonds A;500\nHuis;Fonds A;700\n"))
    assert [(tie.source, tie.amount) for tie in ties(items)] == [("fonds-a", 500), ("fonds-a", 700)]


def test_a_row_of_units_under_the_headings_is_of_them(given):
    text = "Instelling;Plaats;Subsidie;Subsidie;Leden\n;;(x € 1.000);datum;(aantal)\nTuin;Ede;12,5;1-2-2023;120\n"
    proposal = proposed(given(text))
    assert proposal.header.names[2:] == ("Subsidie (x € 1.000)", "Subsidie datum", "Leden (aantal)")
    assert proposal.mapping["reading"] == {"unit": 1000}
    saved = '[actors.i]\nkind="organisation"\ncolumn.name="Instelling"\n[reading]\nunit=1000\n'
    saved += '[[ties]]\nfrom="id:fonds"\nkind="funds"\nto="i"\ncolumn.amount="Subsidie (x € 1.000)"\n'
    _, items = read(given(text), saved)
    assert ([tie.amount for tie in ties(items)], faults(items)) == ([12_500], [])


def test_a_row_that_says_more_than_units_is_a_row(given):
    reading, items = read(given("Naam;Plaats\n(Particulier);(Ede)\nTuin;Ede\n"))
    assert (names(items), dict(reading.ledger.set_apart)) == (["Tuin"], {"nobody": 1})


GIFTS = '[actors.i]\nkind="organisation"\ncolumn.name="Naam"\ncolumn.place="Plaats"\n'
GIFTS += '[[ties]]\nfrom="id:fonds"\nkind="funds"\nto="i"\ncolumn.amount="Bedrag"\n'


def test_a_heading_above_grants_got_nothing(given):
    text = "Naam;Plaats;Bedrag\nONTMOETING;;\nTuin;Ede;15\nHuis;Epe;20\nTaalhuis;;5\nTaalhuis;;\nKoor;Ede;\n"
    reading, items = read(given(text), GIFTS)
    assert names(items) == ["Tuin", "Huis", "Taalhuis", "Koor"]
    assert dict(reading.ledger.set_apart) == {"heading": 2}
    assert reading.ledger.noted("bare") == 0


def test_names_alone_in_a_list_without_amounts_are_actors(given):
    assert names(read(given("Naam;Plaats\nTuin;\nHuis;Ede\nHof;Epe\n"))[1]) == ["Tuin", "Huis", "Hof"]


@pytest.mark.parametrize("end", ["cbs:Rotterdam", "cbs:0599", "kvk:12", "wikidata:fonds"])
def test_an_end_of_a_tie_that_cannot_be_is_told_before_rows_are_read(given, end):
    with pytest.raises(LoadError) as caught:
        read(given("Naam;Plaats;Bedrag\nTuin;Ede;15\n"), GIFTS.replace("id:fonds", end))
    assert caught.value.en.startswith(f"lijst.toml, 'ties 1.from': {end!r} is no role of this mapping")


# -- what a sheet is


def test_years_under_a_title_about_money_are_what_was_given(given):
    text = "Instelling;2023;2024\nTuin;1000;1100\nHuis;0;50\n"
    assert proposed(given(text)).mapping["ties"] == []
    found = proposed(given(f"Subsidieoverzicht van een verzonnen gemeente;;\n;;\n{text}")).mapping["ties"]
    assert [(tie["kind"], tie["since"], tie["column"]["amount"]) for tie in found] == [
        ("funds", "2023", "2023"),
        ("funds", "2024", "2024"),
    ]


def test_a_pivot_table_under_its_filters_is_told(given):
    text = "Jaar;(Alle);;\n;;;\nSom van Bedrag;Kolomlabels;;\nRijlabels;2022;2023;Eindtotaal\nTuin;100;200;300\n"
    assert proposed(given(text)).questions == [PIVOT]


def test_a_first_column_without_a_heading_is_told(given):
    [question] = proposed(given(";Energie;Zorg\nTuin;x;\nHuis;;x\n")).questions
    assert "put Name above it" in question.en


@pytest.mark.parametrize(
    ("part", "holds"),
    [("word/document.xml", ""), ("ppt/presentation.xml", ""), ("mimetype", "application/vnd.oasis.opendocument.text")],
)
def test_a_text_that_is_called_a_spreadsheet_is_told(tmp_path, part, holds):
    path = tmp_path / "leden.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(part, holds)
    with pytest.raises(LoadError, match="is a text or presentation, and no spreadsheet"):
        opened([path])


def years(path: Path, sheet: str, *rows: list[str]) -> Path:
    """Write a workbook with a sheet for each year, in which the last row of the year before is gone."""
    head, *more = rows
    return xlsx(path, {f"{sheet} {2021 + at}": [head, *more[at : at + 2]] for at in range(3)})


@pytest.mark.parametrize(("sheet", "koepel"), [("Leden", ""), ("Jaar", "Koepel"), ("Ledenlijst", "Koepel")])
def test_of_members_on_a_sheet_for_each_year_those_of_the_last_are_read(tmp_path, sheet, koepel):
    rows = [["Naam", "Plaats", koepel or "Website"], *([name, "Ede", "Koepel K" if koepel else ""] for name in "TUVW")]
    path = years(tmp_path / "leden.xlsx", sheet, *rows)
    reading, items = read(path)
    assert [name for name in names(items) if len(name) == 1] == ["V", "W"]
    told = reading.ledger.notes("en")
    assert any(f"members of today are on '{sheet} 2023'" in line for line in told)


def test_others_on_a_sheet_for_each_year_are_all_read(tmp_path):
    rows = [["Naam", "Plaats"], *([name, "Ede"] for name in "TUVW")]
    assert names(read(years(tmp_path / "lijst.xlsx", "Deelnemers", *rows))[1]) == ["T", "U", "V", "W"]


@pytest.mark.parametrize("sheet", ["Nieuwe leden", "Opzeggingen leden"])
def test_of_who_joined_or_left_on_a_sheet_for_each_year_all_are_read(tmp_path, sheet):
    each = {2021: "TU", 2022: "VWZ", 2023: "Q"}
    rows = {f"{sheet} {year}": [["Naam", "Plaats"], *([name, "Ede"] for name in some)] for year, some in each.items()}
    assert names(read(xlsx(tmp_path / "leden.xlsx", rows))[1]) == list("TUVWZQ")


def test_a_number_of_two_with_names_that_are_not_alike_is_told(given):
    text = "Naam;KvK\nBuurthuis De Brug;41202535\nSportclub De Raven;41202535\nStichting Buurthuis De Brug;41202535\n"
    reading, items = read(given(text))
    assert names(items) == ["Buurthuis De Brug"]
    assert reading.ledger.noted("renumbered") == 1
    told = reading.ledger.notes("en")
    assert any(
        line.endswith("'Sportclub De Raven' has the same number as 'Buurthuis De Brug' (lijst.csv, row 2).")
        for line in told
    )


# -- what is left out, and lists of persons


@pytest.mark.parametrize(
    "text",
    [
        "Koepel;Lid;Plaats\nKoepel A;Tuin;Ede\n;Huis;Epe\n;Hof;Elst\nKoepel B;Koor;Ede\n",
        "Fonds;Ontvanger;Bedrag\nFonds A;Tuin;10\n;Huis;20\n;Hof;30\nFonds B;Koor;5\n",
        "Jaar;Fonds;Ontvanger;Bedrag\n2023;F;Tuin;10\n;F;Huis;20\n;F;Hof;30\n2024;F;Koor;5\n",
    ],
)
def test_what_only_the_first_row_of_several_says_is_asked_about(given, text):
    column = text.partition(";")[0]
    [question] = proposed(given(text)).questions
    assert question.key == column
    assert question.en.startswith(f"column {column!r} is empty in many rows; if the same is meant as above, fill it in")


@pytest.mark.parametrize(
    "text",
    [
        "Lid;Plaats;Koepel\nTuin;Ede;\nHuis;Epe;Koepel A\nHof;Elst;\nKoor;Ede;Koepel B\n",
        "Lid;Koepel;Lid sinds\nTuin;K;1-2-2003\nHuis;K;\nHof;K;\nKoor;K;3-4-2005\n",
    ],
)
def test_what_few_rows_say_here_and_there_is_not_asked_about(given, text):
    assert proposed(given(text)).questions == []


def test_the_only_column_in_euro_of_a_list_of_gifts_is_what_was_given(given):
    proposal = proposed(given("Instelling;Programma;Uitkering 1e tranche;Leden\nTuin;P;€ 15;3\nHuis;P;€ 20;4\n"))
    assert [tie["column"]["amount"] for tie in proposal.mapping["ties"]] == ["Uitkering 1e tranche"]
    two = proposed(given("Instelling;Programma;Tranche 1;Tranche 2\nTuin;P;€ 15;€ 3\nHuis;P;€ 20;€ 4\n"))
    assert [tie["column"] for tie in two.mapping["ties"]] == [{}]


def test_a_list_of_addresses_of_google_has_persons_under_name(given):
    text = "Name,Given Name,Family Name,Organization 1 - Name\nBea Verzonnen,Bea,Verzonnen,Tuin\nHuis,,,Huis\n"
    assert names(read(given(text))[1]) == ["Tuin", "Huis"]


def test_the_own_page_of_somebody_is_no_website_of_an_organisation(given):
    text = "Company;URL\nTuin;https://www.linkedin.com/in/bea\nHuis;https://www.linkedin.com/company/huis\n"
    reading, items = read(given(text))
    actors = [item.record for item in items if isinstance(item, Row) and isinstance(item.record, ActorRecord)]
    assert [list(actor.websites) for actor in actors] == [[], ["https://www.linkedin.com/company/huis"]]
    assert reading.ledger.noted("personal") == 1


def test_names_that_are_turned_around_are_noted_as_those_of_persons(given):
    reading, _ = read(
        given('Naam;Plaats\n"Verzonnen, Bea";Ede\n"Bedacht, J. de";Ede\n"Brug, De";Ede\n"Tuin, Ede";Ede\n')
    )
    assert reading.ledger.noted("initials") == 2


def test_what_stands_on_each_page_of_a_list_is_nobody(given):
    text = "Naam;Plaats;Bedrag\nTuin;Ede;10\nPagina 1 van 2;;\nHuis;Epe;20\nAfgedrukt op 1-1-2024;;\nWaarvan meerjarig;;10\n"
    reading, items = read(given(text), GIFTS)
    assert names(items) == ["Tuin", "Huis"]
    assert dict(reading.ledger.set_apart) == {"nobody": 2, "total": 1}


def test_who_is_called_as_such_a_line_begins_or_as_an_illness_is_somebody(given):
    _, items = read(given("Naam;Plaats\nPagina Boekhandel;Ede\nMS Fonds;Ede\nMs. B. Verzonnen;Ede\nPagina 2 van 3;\n"))
    assert names(items) == ["Pagina Boekhandel", "MS Fonds"]


def test_a_line_of_sums_may_have_numbers_in_columns_that_are_not_read(given):
    reading, items = read(given("Naam;Plaats;Bedrag;Raming\nTuin;Ede;10;12\nHuis;;n.t.b.;5\n;;10;17\n"), GIFTS)
    assert (names(items), faults(items)) == (["Tuin", "Huis"], [])
    assert dict(reading.ledger.set_apart) == {"total": 1}
    _, items = read(given("Naam;Plaats;Bedrag;Raming\n;Ede;10;12\n;;10;twaalf\n;;10;1-2-2024\n;;;12\n"), GIFTS)
    assert len(faults(items)) == 4


def test_a_row_without_a_name_of_a_list_without_amounts_adds_up_nothing(given):
    _, items = read(given("Postcode;Inwoners;Gemeente\n1099;;\n3023;7;Rotterdam\n"))
    assert faults(items) == ["is missing; fill in the name or delete the row"]


@pytest.mark.parametrize("head", ["Aanhef", "Geboortedatum", "Geslacht", "Salutation", "Anrede"])
def test_beside_what_only_persons_have_a_name_is_that_of_a_person(given, head):
    alone = proposed(given(f"{head};Naam;Plaats\nx1;Bea Verzonnen;Ede\nx2;Jan Bedacht;Epe\n"))
    assert (alone.mapping, len(alone.questions)) == ({}, 1)
    of_other = proposed(given(f"{head};Contactpersoon;Naam;Plaats\nx1;Bea;Tuin;Ede\nx2;Jan;Huis;Epe\n"))
    assert of_other.mapping["actors"]["organisatie"]["column"] == {"name": "Naam", "place": "Plaats"}


def test_an_applicant_that_is_a_natural_person_is_a_person(given):
    _, items = read(
        given("Aanvrager;Type aanvrager;Bedrag;Fonds\nBea;Natuurlijk persoon;5;F\nTuin;Rechtspersoon;7;F\n")
    )
    kinds = [item.record.kind for item in items if isinstance(item, Row) and isinstance(item.record, ActorRecord)]
    assert sorted(kinds) == ["funder", "organisation", "person"]
