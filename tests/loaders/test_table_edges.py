"""Sheets that list ties, and words in other languages: whom rows tie, of what kind, in which direction. All names are made up."""

import tomllib
from collections import Counter
from pathlib import Path

import pytest
from books import ods, xlsx
from reads import Read

from graph.errors import LoadError
from graph.reading import Fault, Row
from graph.records import ActorRecord, TieRecord
from graph.text import fold
from loaders import guess, table, table_mapping_file
from loaders.options import Options
from loaders.table_files import opened
from loaders.table_headings import by_name
from loaders.table_mapping import Mapping
from loaders.table_preview import askless, shown
from loaders.table_proposal import as_one, proposals
from loaders.table_questions import Proposal
from loaders.table_toml import written
from loaders.table_words import rows

HEAD = "Van;Naar;Soort relatie;Sterkte;Sinds\n"


@pytest.fixture
def sheet(tmp_path: Path):
    def write(text: str, name: str = "relaties.csv") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def proposed(path: Path) -> list[Proposal]:
    return proposals(opened([path]))


def read(path: Path, **relations: str):
    """Return what a file says by its proposal, with answers to what that asks, and the ledger; actors by name."""
    mapping = tomllib.loads(written(as_one(proposed(path)), path.name, "nl"))
    for part in mapping.get("tables", [mapping]):
        for word, means in relations.items():
            part["relations"][word.replace("_", " ")] = means
    found = Read(table.reading(opened([path]), table_mapping_file.of(mapping, "mapping")))
    names = {actor.id: actor.name for actor in found.actors}
    kinds = {actor.name: actor.kind for actor in found.actors}
    ties = [(names[tie.source], tie.kind, names[tie.target]) for tie in found.ties]
    return kinds, ties, found.ledger, found.faults


def test_a_list_of_ties_is_proposed_as_two_roles_and_a_tie_whose_kind_a_column_tells(sheet):
    path = sheet(HEAD + "Tuin;Koepel;is lid van;3;2019\nTuin;Fonds;krijgt subsidie van;1;2020\nTuin;Huis;kent;1;\n")
    [proposal] = proposed(path)
    assert proposal.mapping["actors"] == {
        "van": {"kind": "organisation", "column": {"name": "Van"}},
        "naar": {"kind": "organisation", "column": {"name": "Naar"}},
    }
    assert proposal.mapping["ties"] == [
        {"from": "van", "to": "naar", "column": {"kind": "Soort relatie", "since": "Sinds"}}
    ]
    assert proposal.mapping["relations"] == {"is lid van": "member_of", "krijgt subsidie van": "<funds", "kent": "?"}
    assert [question.key for question in proposal.questions] == ["relations.kent"]
    told = {one.column: one.en for one in proposal.guesses}
    assert told["Soort relatie"] == "turned around, naar → van: krijgt subsidie van"
    assert "follows from its kind" in told["Sterkte"]


def test_the_mapping_says_in_words_which_way_each_tie_goes(sheet):
    text = written(
        as_one(proposed(sheet(HEAD + "A;B;subsidie;;\nA;B;gefinancierd door;;\nA;B;financierd;;\n"))), "x", "nl"
    )
    assert 'subsidie = "funds"  # van financiert naar\n' in text
    assert '"gefinancierd door" = "<funds"  # naar financiert van\n' in text
    assert 'financierd = "?"  # funds? van financiert naar\n' in text


@pytest.mark.parametrize(
    "head",
    [
        "From;To;Type",
        "Source;Target;Label",
        "Organisatie A;Organisatie B;Relatie",
        "De;À;Type de relation",
        "Von;Nach;Art der Beziehung",
        "Partij 1;Partij 2;Soort",
    ],
)
def test_ends_and_kinds_in_the_words_of_several_tools_and_languages(sheet, head):
    kinds, ties, ledger, _ = read(sheet(f"{head}\nTuin;Koepel;lid van\nFonds;Tuin;funds\n"))
    assert ties == [("Tuin", "member_of", "Koepel"), ("Fonds", "funds", "Tuin")]
    assert set(kinds.values()) == {"organisation"}
    assert (ledger.rows, ledger.accepted) == (2, 2)


@pytest.mark.parametrize(
    ("word", "tie"),
    [
        ("Mitglied von", ("A", "member_of", "B")),
        ("gefördert durch", ("B", "funds", "A")),
        ("subventionné par", ("B", "funds", "A")),
        ("partenaire de", ("A", "partner_of", "B")),
        ("huurt van", ("B", "rents_to", "A")),
        ("Kooperation", ("A", "collaborates_with", "B")),
        ("worksAt", ("A", "works_at", "B")),
    ],
)
def test_words_for_kinds_of_ties_are_those_of_the_other_formats(sheet, word, tie):
    path = sheet(f"Van;Naar;Relatie\nA;B;{word}\n")
    [rule] = proposed(path)[0].mapping["relations"].values()
    assert read(path, **({word: "works_at"} if rule == "?" else {}))[1] == [tie]


def test_a_row_without_a_kind_or_with_one_that_is_not_wanted_is_set_apart(sheet):
    path = sheet(HEAD + "Tuin;Koepel;lid van;;\nTuin;Huis;;;\nTuin;Winkel;kent;;\nTuin;n.v.t.;lid van;;\n")
    kinds, ties, ledger, _ = read(path, kent="")
    assert ties == [("Tuin", "member_of", "Koepel")]
    assert set(kinds) == {"Tuin", "Koepel"}
    assert (ledger.accepted, ledger.set_apart) == (1, {"kindless": 1, "unwanted": 1, "nobody": 1})


def test_a_tie_without_an_end_is_a_fault_and_a_row_about_the_other_end_alone_is_none(sheet):
    path = sheet(HEAD + "Tuin;;lid van;;\n;Koepel;lid van;;\nHuis;;;;\nHuis;;kent;;\n")
    kinds, ties, ledger, faults = read(path, kent="")
    assert [fault.split(":")[0] for fault in faults] == [
        "relaties.csv, row 2, column 'Naar'",
        "relaties.csv, row 3, column 'Van'",
    ]
    assert (kinds, ties, ledger.set_apart) == ({}, [], {"kindless": 1, "unwanted": 1})
    kinds, ties, ledger, _ = read(sheet("Initiatief;Partner;Relatie\nTuin;Fonds;subsidie\nHuis;;\n"))
    assert (set(kinds), len(ties), ledger.set_apart) == ({"Tuin", "Fonds", "Huis"}, 1, {})


def test_a_kind_for_rows_that_do_not_say_one(sheet):
    path = sheet("A;B;K\nTuin;Koepel;lid van\nTuin;Huis;\n")
    mapping = {
        "actors": {name: {"kind": "organisation", "column": {"name": name}} for name in ("A", "B")},
        "ties": [{"from": "A", "to": "B", "kind": "collaborates_with", "column": {"kind": "K"}}],
    }
    found = Read(table.reading(opened([path]), table_mapping_file.of(mapping, "mapping")))
    assert [tie.kind for tie in found.ties] == ["member_of", "collaborates_with"]


def test_a_word_that_the_mapping_does_not_know_is_a_fault_of_its_row(sheet):
    path = sheet(HEAD + "Tuin;Koepel;lid van;;\n")
    mapping = as_one(proposed(path))
    path.write_text(HEAD + "Tuin;Koepel;lid van;;\nTuin;Huis;buurt;;\n")
    reading = table.reading(opened([path]), [Mapping.model_validate(mapping)])
    [fault] = [item for item in reading.items if isinstance(item, Fault)]
    assert (fault.column, fault.where.row) == ("Soort relatie", 3)
    assert "say in the mapping under [relations] what it is" in fault.en
    assert (reading.ledger.rows, reading.ledger.rejected) == (2, 1)


def test_a_grant_in_a_list_of_ties_is_one_of_several_and_none_of_zero(sheet):
    path = sheet(
        "Van;Naar;Relatie;Bedrag;Jaar\nFonds;Tuin;subsidie;100;2020\nFonds;Tuin;subsidie;200;2021\n"
        "Fonds;Tuin;subsidie;0;2022\nTuin;Fonds;partner;0;2022\nTotaal;;;300;\n"
    )
    _, ties, ledger, faults = read(path)
    assert Counter(ties) == {("Fonds", "funds", "Tuin"): 2, ("Tuin", "partner_of", "Fonds"): 1}
    assert (ledger.set_apart, faults) == ({"zero": 1, "total": 1}, [])


# -- persons


def test_a_tie_of_a_person_is_asked_about(sheet):
    [proposal] = proposed(sheet(HEAD + "Anna Verzonnen;Tuin;bestuurslid van;;\n"))
    [question] = proposal.questions
    assert (question.key, proposal.mapping["relations"]) == ("relations.bestuurslid van", {"bestuurslid van": "?"})
    assert "put board_member_of behind it if there is a basis for it" in question.en


def test_who_is_a_person_in_one_row_is_one_in_all(sheet):
    path = sheet(
        HEAD
        + "Tuin;Anna Verzonnen;samenwerking;;\nAnna Verzonnen;Tuin;bestuurslid van;;\nMw. B. Bedacht;Tuin;werkt bij;;\n"
        "Mw. C. Bedacht;Tuin;partner;;\nTuin;Dirk Bedacht;heeft als medewerker;;\nTuin;Stichting Vals;heeft als medewerker;;\n"
    )
    answers = {"bestuurslid van": "board_member_of", "werkt bij": "works_at", "heeft als medewerker": "<works_at"}
    kinds, ties, ledger, _ = read(path, **answers)
    persons = {"Anna Verzonnen", "Mw. B. Bedacht", "Dirk Bedacht"}
    assert kinds == {"Tuin": "organisation", "Stichting Vals": "organisation"} | dict.fromkeys(persons, "person")
    assert len(ties) == 5
    assert ledger.set_apart == {"person": 1}


def test_a_person_keeps_no_visibility_of_organisations(sheet):
    path = sheet("Van;Naar;Relatie\nAnna Verzonnen;Tuin;werkt bij\n")
    mapping = as_one(proposed(path)) | {"relations": {}}
    mapping["actors"]["van"]["visibility"] = "public"
    reading = table.reading(opened([path]), [Mapping.model_validate(mapping)])
    people = [row.record for row in reading.items if isinstance(row, Row) and isinstance(row.record, ActorRecord)]
    assert [(one.kind, one.visibility) for one in people] == [("person", None), ("organisation", None)]


def test_ends_of_ties_are_not_made_public_before_somebody_looked(sheet, tmp_path):
    path = sheet(HEAD + "Anna Verzonnen;Tuin;partner;;\n")
    with pytest.raises(LoadError, match="also if some are persons; look that over first"):
        table.load([path], Options(audience="public"))
    assert len(list(table.load([path], Options()).items)) == 4
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(written(as_one(proposed(path)), path.name, "nl"))
    assert len(list(table.load([path], Options(mapping=mapping, audience="public")).items)) == 4


def test_a_column_of_surnames_is_no_column_of_organisations(sheet):
    [proposal] = proposed(sheet("Naam;Voornaam;Plaats\nVerzonnen;Anna;Ede\n"))
    assert (proposal.mapping, [one.key for one in proposal.questions]) == ({}, ["actors"])
    [other] = proposed(sheet("Name;Vorname;Verein\nVerzonnen;Anna;Garten e.V.\n"))
    assert other.mapping["actors"]["organisatie"]["column"] == {"name": "Verein"}


# -- workbooks


@pytest.mark.parametrize("book", [xlsx, ods])
def test_names_on_a_sheet_of_ties_mean_those_of_the_sheet_of_actors(tmp_path, book):
    sheets = {
        "Connections": [
            ["From", "To", "Type", "Strength", "Since"],
            ["Fonds Klaver", "Tuin", "funds", "3", "2020"],
            ["Anna Verzonnen", "Tuin", "partner", "", ""],
            ["Tuin", "Nieuwe Club", "samenwerking", "", ""],
        ],
        "Elements": [
            ["Label", "Type", "Tags"],
            ["Tuin", "Initiative", "groen|klimaat"],
            ["Fonds Klaver", "Fund", ""],
            ["Anna Verzonnen", "Person", ""],
        ],
    }
    path = book(tmp_path / f"kaart.{book.__name__}", sheets)
    assert [proposal.sheet.name for proposal in proposed(path)] == ["Elements", "Connections"]
    assert proposed(path)[1].guesses[0].en == "who is called so on another sheet is meant"
    kinds, ties, _, _ = read(path)
    assert kinds == {
        "Tuin": "initiative",
        "Fonds Klaver": "funder",
        "Anna Verzonnen": "person",
        "Nieuwe Club": "organisation",
    }
    assert ties == [
        ("Fonds Klaver", "funds", "Tuin"),
        ("Anna Verzonnen", "partner_of", "Tuin"),
        ("Tuin", "collaborates_with", "Nieuwe Club"),
    ]


def test_a_name_that_several_bear_means_none_of_them_and_that_is_told(tmp_path):
    people = [
        ["Naam", "Soort", "Plaats"],
        *(
            [name, kind, place]
            for place in ("Ede", "Ee")
            for name, kind in (("Tuin", "initiatief"), ("Anna V", "persoon"))
        ),
    ]
    path = xlsx(
        tmp_path / "a.xlsx", {"Wie": people, "Banden": [["Van", "Naar", "Relatie"], ["Anna V", "Tuin", "partner"]]}
    )
    reading = table.load([path], Options())
    actors = [row for row in reading.items if isinstance(row, Row) and isinstance(row.record, ActorRecord)]
    assert Counter(row.record.kind for row in actors) == {"initiative": 2, "person": 3, "organisation": 1}
    told = "a.xlsx, sheet 'Banden', row 2: a name is that of more than one on another sheet; this is another one."
    assert reading.ledger.notes("en").count(told) == 2


def test_a_kind_of_actor_that_is_not_known_is_asked_about_where_others_are(sheet):
    [proposal] = proposed(sheet("Naam;Soort\nTuin;initiatief\nAnna Verzonnen;persoon\nKrant;dagblad\n"))
    assert proposal.mapping["words"] == {"dagblad": "?"}
    assert "initiative, network, funder" in proposal.questions[0].en
    [none] = proposed(sheet("Naam;Soort\nTuin;rood\nHuis;blauw\n"))
    assert none.mapping["actors"]["organisatie"]["kind"] == "organisation"


def test_partners_of_who_a_row_is_about(sheet):
    path = sheet(
        "Initiatief;Plaats;Partners;Sinds\nTuin;Ede;Fonds A; 2020\nTuin;Ede;Huis, Fonds A;2021\nHuis;Ede;Winkel;\n"
    )
    [proposal] = proposed(path)
    assert proposal.mapping["ties"] == [
        {"from": "initiatief", "kind": "partner_of", "to": "partner", "column": {"since": "Sinds"}}
    ]
    assert proposal.mapping["actors"]["partner"]["separator"] == ","
    both = proposed(sheet("Initiatief;Lid van;Partner;Relatie\nTuin;Koepel;Huis;samenwerking\n"))[0].mapping["ties"]
    assert [(tie.get("kind"), tie["to"], tie["column"]) for tie in both] == [
        ("member_of", "koepel", {}),
        (None, "partner", {"kind": "Relatie"}),
    ]


# -- other loaders


def test_a_list_of_ids_is_for_the_loader_that_reads_nodes(sheet, tmp_path):
    path = sheet("Source;Target;Type;Id\nn1;n2;Directed;0\nn2;n3;Directed;1\n", "banden.csv")
    [proposal] = proposed(path)
    assert proposal.mapping == {}
    assert proposal.questions[0].en.endswith(
        "reads them as they are: weefsel load csv KNOPEN.csv banden.csv --dataset banden"
    )
    with pytest.raises(LoadError, match="weefsel load csv KNOPEN") as told:
        table.load([path], Options())
    assert "--save" not in str(told.value)
    assert "csv" in [one.loader for one in guess.guesses(path)]


def test_directions_of_their_own_are_for_the_loader_that_reads_them(tmp_path):
    ties = [["From", "To", "Direction", "Type"], ["Tuin", "Huis", "mutual", "funds"]]
    path = xlsx(tmp_path / "kaart.xlsx", {"Elements": [["Label"], ["Tuin"], ["Huis"]], "Connections": ties})
    assert [one.key for one in proposed(path)[1].questions] == ["loader"]
    alone = xlsx(tmp_path / "banden.xlsx", {"Connections": ties})
    assert proposed(alone)[0].questions == []


def test_two_columns_that_are_no_ends_of_ties(sheet):
    [proposal] = proposed(sheet("Naam;Van;Tot\nTuin;jan 2020;feb 2021\n"))
    assert proposal.mapping["ties"] == []
    assert by_name("Data source") is None


def test_a_tie_without_a_kind_is_asked_about_and_shown_without_it(sheet):
    [proposal] = proposed(sheet("Van;Naar\nTuin;Fonds\n"))
    assert proposal.mapping["ties"][0]["kind"] == "?"
    assert proposal.questions[0].key == 'kind = "?"'  # as it stands in the mapping, in either language
    assert "member_of (van is a member of naar)" in proposal.questions[0].en
    [row] = shown(proposal.sheet, proposal.header, askless(Mapping.model_validate(proposal.mapping)))
    assert [record.name for record in row.records if isinstance(record, ActorRecord)] == ["Tuin", "Fonds"]


@pytest.mark.parametrize(
    ("relations", "tie", "message"),
    [
        ({"kent": "?"}, {"kind": "funds"}, "'relations.kent': there is still a question mark"),
        ({"kent": "fund"}, {"kind": "funds"}, "'relations.kent': is not known; do you mean 'funds'"),
        ({}, {"kind": "?"}, "'ties 1.kind': there is still a question mark"),
        ({}, {"kind": "membr_of"}, "'ties 1.kind': is not known; do you mean 'member_of'"),
        ({}, {}, "'ties 1.kind': is missing: which tie is this"),
    ],
)
def test_what_is_wrong_with_kinds_of_ties_is_told_by_key(relations, tie, message):
    actors = {name: {"kind": "organisation", "column": {"name": name}} for name in ("A", "B")}
    with pytest.raises(LoadError) as told:
        table_mapping_file.of(
            {"relations": relations, "actors": actors, "ties": [{"from": "A", "to": "B", **tie}]}, "m"
        )
    assert message in str(told.value)


# -- headings in other languages


@pytest.mark.parametrize(
    ("head", "fields"),
    [
        (
            "Zuwendungsempfänger;Ort;Rechtsform;Zuwendungsgeber;Förderprogramm;Zweck;Beantragt;Bewilligt;Jahr;Aktenzeichen",
            "recipient.name subject.place subject.legal_form giver.name scheme.name tie.note tie.requested tie.amount tie.since tie.ref",
        ),
        (
            "Name;PLZ;Gemeinde;Webseite;Telefon;Gegründet;Mitglied von;Mitglied seit;Ansprechpartner",
            "subject.name subject.postcode subject.place subject.website subject.phone subject.founded network.name tie.since person.name",
        ),
        ("Träger;Förderer;Betrag;Laufzeit bis", "subject.name giver.name tie.amount tie.until"),
        (
            "Nom du bénéficiaire;Localité;Montant octroyé;Exercice;Autorité subsidiante;Objet de la subvention",
            "recipient.name subject.place tie.amount tie.since giver.name tie.note",
        ),
        (
            "Naam begunstigde;Maatschappelijke zetel;Toegekende toelage;Werkjaar;Steunverlener;Projectoproep;Voorwerp",
            "recipient.name subject.place tie.amount tie.since giver.name scheme.name tie.note",
        ),
    ],
)
def test_headings_as_public_bodies_write_them(head, fields):
    assert [".".join(by_name(column) or ()) for column in head.split(";")] == fields.split()


@pytest.mark.parametrize("column", ["Straat en nummer", "Anschrift", "Lfd. Nr.", "Volgnummer", "Datum aanvraag"])
def test_an_address_a_number_of_a_row_and_a_day_of_asking_are_not_read(sheet, column):
    [proposal] = proposed(
        sheet(
            f"{column};Ontvanger;Fonds;Datum besluit\n1-1-2022;Tuin;Fonds A;1-2-2022\n1-2-2022;Huis;Fonds A;2-2-2022\n"
        )
    )
    assert proposal.mapping["ignored"] == [column]
    assert proposal.mapping["ties"][0]["column"] == {"since": "Datum besluit"}


def test_a_german_register_is_read_without_questions(sheet):
    path = sheet(
        "Zuwendungsliste;;;;;\nEmpfänger;Ort;Förderer;Bewilligt;Jahr;Status\n"
        "Garten Luftschloss e.V.;Nirgendwo;Stadt Nirgendwo;4.500,00 €;2023;bewilligt\n"
        "Haus Wolke gGmbH;Nirgendwo;Stadt Nirgendwo;15.000,00 €;2023;abgelehnt\n"
        "Herr B. Erfunden;Nirgendwo;Stadt Nirgendwo;100,00 €;2023;bewilligt\nPrivatperson;;Stadt Nirgendwo;5,00 €;2023;bewilligt\n"
        "Gesamtsumme;;;19.605,00 €;;\n"
    )
    reading = table.load([path], Options())
    ties = [row for row in reading.items if isinstance(row, Row) and isinstance(row.record, TieRecord)]
    assert [(row.amount or row.record.amount, row.record.status) for row in ties] == [
        (4500, "current"),
        (15000, "rejected"),
    ]
    assert reading.ledger.set_apart == {"nobody": 1, "person": 1, "total": 1}


def test_no_heading_means_two_things():
    meant = {(fold(row["word"]), row["role"], row["field"]) for row in rows("fields.csv")}
    assert len(meant) == len({word for word, *_ in meant})


def test_an_initiative_and_an_organisation_with_a_relation_are_tied(sheet):
    [proposal] = proposed(sheet("Initiatief;Organisatie;Soort relatie\nTuin;Fonds;krijgt geld van\n"))
    assert list(proposal.mapping["actors"]) == ["initiatief", "partner"]
    assert proposal.mapping["ties"] == [{"from": "initiatief", "to": "partner", "column": {"kind": "Soort relatie"}}]


def test_bron_and_doel_together_are_ends_of_ties(sheet):
    path = sheet("Bron;Doel;Soort relatie\nTuin;Koepel;is lid van\nHuis;Fonds;krijgt subsidie van\n")
    kinds, ties, _, faults = read(path)
    assert kinds == dict.fromkeys(("Tuin", "Koepel", "Huis", "Fonds"), "organisation")
    assert ties == [("Tuin", "member_of", "Koepel"), ("Fonds", "funds", "Huis")]
    assert faults == []
    ids = sheet("Bron;Doel;Soort relatie\n1;2;is lid van\n2;3;is lid van\n", "banden.csv")
    [asked] = proposed(ids)[0].questions
    assert "weefsel load csv KNOPEN.csv banden.csv --dataset banden" in asked.nl


@pytest.mark.parametrize(
    "text",
    [
        "Naam;Plaats;Bron\nTuin;Ede;Jaarverslag\n",
        "Ontvanger;Bedrag;Doel;Bron\nTuin;1000;een verzonnen feest;Jaarverslag\n",
        "Naam van het initiatief;Doel;Bron\nTuin;een verzonnen feest;Jaarverslag\n",
        "Van;Naar;Soort relatie;Doel;Bron\nTuin;Koepel;is lid van;een verzonnen feest;Jaarverslag\n",
    ],
)
def test_elsewhere_bron_is_where_it_was_read_and_doel_what_money_was_for(sheet, text):
    [found] = proposed(sheet(text))
    assert not {"Bron", "Doel"} & {
        column for role in found.mapping["actors"].values() for column in role["column"].values()
    }
    assert next(guess for guess in found.guesses if guess.column == "Bron").meaning is None
