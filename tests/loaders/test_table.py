"""The `table` loader: what real spreadsheets do, read rightly or refused. All names and numbers are made up."""

import tomllib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from books import ods, xlsx
from hypothesis import given, settings
from hypothesis import strategies as st
from reads import Read

from graph.errors import LoadError
from graph.ingest.preparing import Preparing
from graph.reading import Row
from graph.records import ActorRecord, TieRecord
from loaders import LOADERS, table_mapping_file
from loaders.options import Options
from loaders.table_personal import without_personal

MEMBERS = """
[actors.lid]
kind = "initiative"
column.name = "Naam"
"""
GRANTS = """
[actors.ontvanger]
kind = "organisation"
column.name = "Ontvanger"
[actors.verstrekker]
kind = "funder"
column.name = "Verstrekker"
[[ties]]
from = "verstrekker"
kind = "funds"
to = "ontvanger"
column.amount = "Bedrag"
column.since = "Jaar"
"""
HEAD = "Verstrekker;Ontvanger;Bedrag;Jaar\n"


class Desk:
    """Writes files, and reads them by a mapping."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, text: str | bytes, name: str = "list.csv") -> Path:
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def read(self, files: Path | Sequence[Path], mapping: str, audience: str = "") -> Read:
        paths = [files] if isinstance(files, Path) else files
        return Read(LOADERS["table"](paths, Options(self.write(mapping, "mapping.toml"), audience)))

    def members(self, *rows: str, columns: str = "", head: str = "Naam") -> Read:
        """Read rows of a list of members, with further columns of the role, such as `place = "Plaats"`."""
        named = "".join(f"column.{line}\n" for line in columns.split("\n") if line)
        return self.read(self.write("\n".join((head, *rows)) + "\n"), MEMBERS + named)

    def grants(self, *rows: str, reading: str = "") -> Read:
        return self.read(self.write(HEAD + "\n".join(rows) + "\n"), GRANTS + reading)

    def refusal(self, files: Path | Sequence[Path], mapping: str, audience: str = "") -> str:
        with pytest.raises(LoadError) as caught:
            self.read(files, mapping, audience)
        assert caught.value.nl
        return caught.value.en


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


# -- files of all sorts


ROWS = [["Naam", "Plaats"], ["Tuin De Hoek", "Ede"], ["Café Één", "Sneek"]]
TOWNS = MEMBERS + 'column.place = "Plaats"\n'


def as_text(separator: str = ";") -> str:
    return "\n".join(separator.join(row) for row in ROWS) + "\n"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(as_text().encode(), id="utf-8"),
        pytest.param(as_text().encode("utf-8-sig"), id="utf-8 with mark"),
        pytest.param(as_text().encode("cp1252"), id="windows-1252"),
        pytest.param(as_text().encode("mac_roman"), id="mac roman"),
        pytest.param(as_text("\t").encode("utf-16"), id="utf-16 with tabs"),
        pytest.param(as_text(",").encode(), id="commas"),
        pytest.param(as_text("\t").encode(), id="tabs"),
        pytest.param(as_text("|").encode(), id="bars"),
        pytest.param(as_text().replace("\n", "\r\n").encode(), id="windows line ends"),
    ],
)
def test_text_files_of_all_sorts(desk, data):
    found = desk.read(desk.write(data), TOWNS)
    assert [(actor.name, actor.place) for actor in found.actors] == [tuple(row) for row in ROWS[1:]]


def test_a_text_of_a_mac_is_told_and_one_of_windows_is_none(desk):
    members = "Naam;Plaats\nCoöperatie Zonnewiél;Gouda\nFoto’s – één;Epe\n"
    of_mac = desk.read(desk.write(members.encode("mac_roman")), TOWNS)
    of_windows = desk.read(desk.write(members.encode("cp1252")), TOWNS)
    assert [actor.name for actor in of_mac.actors] == [actor.name for actor in of_windows.actors]
    assert [found.ledger.noted("encoding") for found in (of_mac, of_windows)] == [1, 0]
    slavic = desk.read(desk.write("Naam;Plaats\nKošice–Žilina één;Gouda\n".encode("cp1252")), TOWNS)
    assert [actor.name for actor in slavic.actors] == ["Košice–Žilina één"]


@pytest.mark.parametrize("write", [xlsx, ods])
def test_workbooks_and_a_header_that_is_not_the_first_row(desk, write):
    rows = [["Ledenlijst (verzonnen)"], [], *ROWS]
    found = desk.read(write(desk.folder / "leden.book", {"Blad1": rows}), TOWNS)
    assert [(actor.name, actor.place) for actor in found.actors] == [tuple(row) for row in ROWS[1:]]
    assert found.ledger.rows == 2


def test_several_sheets_those_with_the_columns_are_read_and_the_others_told(desk):
    book = xlsx(
        desk.folder / "jaren.xlsx", {"2023": ROWS[:2], "2024": [ROWS[0], ROWS[2]], "Uitleg": [["lees dit", "en dat"]]}
    )
    found = desk.read(book, TOWNS)
    assert [actor.name for actor in found.actors] == ["Tuin De Hoek", "Café Één"]
    assert found.ledger.notes("en") == ["jaren.xlsx, sheet 'Uitleg': this sheet lacks the columns, not read."]
    only = desk.read(book, 'sheets = ["2024"]' + TOWNS)
    assert [actor.name for actor in only.actors] == ["Café Één"]


def test_a_table_that_does_not_start_in_the_first_column(desk):
    found = desk.read(xlsx(desk.folder / "b.xlsx", {"B": [[], *[[None, None, *row] for row in ROWS]]}), TOWNS)
    assert [actor.place for actor in found.actors] == ["Ede", "Sneek"]


@pytest.mark.parametrize("write", [xlsx, ods])
def test_merged_cells_say_it_of_each_row_but_an_amount_counts_once(desk, write):
    rows = [["Verstrekker", "Ontvanger", "Bedrag", "Jaar"], ["Fonds", "A", 10, 2024], [None, "B", None, None]]
    name = f"m.{write.__name__}"
    book = write(desk.folder / name, {"Leeg": [["Uitleg"]], "X": rows}, [("X", "A2:A3"), ("X", "D2:D3")])
    found = desk.read(book, GRANTS)
    assert [(tie.source, tie.target, tie.amount, tie.since) for tie in found.ties] == [
        ("fonds", "a", 10, "2024"),
        ("fonds", "b", None, "2024"),
    ]
    book = write(desk.folder / name, {"X": rows}, [("X", "A2:A3"), ("X", "C2:C3")])
    assert (
        f"{name}, sheet 'X', row 3, column 'Bedrag': this amount stands in a merged cell"
        in desk.read(book, GRANTS).faults[0]
    )


def test_a_formula_without_a_result_and_an_error_are_told_not_taken_for_empty(desk):
    rows = [["Naam", "Plaats"], ["A", "=B9"], ["B", "#REF!"]]
    found = desk.read(xlsx(desk.folder / "f.xlsx", {"X": rows}), TOWNS)
    assert "row 2, column 'Plaats': a formula without a result stands here" in found.faults[0]
    assert "row 3, column 'Plaats': the spreadsheet's error '#REF!'" in found.faults[1]


def test_a_formula_without_a_result_among_the_amounts_of_several_years_is_told_too(desk):
    of_2025 = GRANTS[GRANTS.index("[[ties]]") :].replace('"Bedrag"', '"Bedrag 2025"')
    rows = [["Verstrekker", "Ontvanger", "Bedrag", "Bedrag 2025", "Jaar"], ["F", "A", 5, "=B9", 2024]]
    found = desk.read(xlsx(desk.folder / "f.xlsx", {"X": rows}), GRANTS + of_2025)
    assert "row 2, column 'Bedrag 2025': a formula without a result stands here" in found.faults[0]


def test_a_workbook_that_unpacks_to_gigabytes_is_not_opened(desk):
    import zipfile

    path = desk.folder / "bomb.xlsx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as file,
    ):
        for _ in range(60):
            file.write(b"<row/>" * (1 << 18))
    assert path.stat().st_size < 400_000
    assert "we do not open that" in desk.refusal(path, MEMBERS)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04 not a zip", "is no workbook that we can read"),
        (b"\x00\x01\x02\x00", "neither text nor a workbook"),
        (b"Naam\n\x81\x9d\n", "neither UTF-8 nor Windows-1252"),
        (b'Naam;Plaats\nA;"never closed\nB;c\n', "a quote is not closed"),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(desk, data, told):
    assert told in desk.refusal(desk.write(data), MEMBERS)


def test_a_row_wider_than_the_header_is_rejected(desk):
    assert "has 3 cells, the header has 2" in desk.read(desk.write("Naam;P\na;b;c\n"), MEMBERS).faults[0]


# -- amounts and dates


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("€ 15.000", 15_000),
        ("15.000,00", 15_000),
        ("15,000.00", 15_000),
        ("1,5 mln", 1_500_000),
        ("€ 1,5 miljoen", 1_500_000),
        ("15 000", 15_000),
        ("15.000,-", 15_000),
        ("EUR 12,50", 12.5),
        ("1.234.567", 1_234_567),
        ("25k", 25_000),
        ("1500", 1_500),
        ("0,125", 0.125),
    ],
)
def test_amounts(desk, written, amount):
    [tie] = desk.grants(f"F;A;{written};2024").ties
    assert tie.amount == amount


def test_an_amount_that_may_be_two_is_asked_about(desk):
    [fault] = desk.grants("F;A;81,499;2024").faults
    assert "may mean 81499 or 81 and a bit" in fault
    assert "row 2, column 'Bedrag'" in fault
    for decimal, amount in ((".", 81_499), (",", 81.499)):
        [tie] = desk.grants("F;A;81,499;2024", reading=f'[reading]\ndecimal = "{decimal}"\n').ties
        assert tie.amount == amount
    assert "question mark" in desk.refusal(desk.write(HEAD), GRANTS + '[reading]\ndecimal = "?"\n')


@pytest.mark.parametrize("written", ["veel", "1.23.4", "12%", "1e5x"])
def test_what_is_no_amount_is_refused(desk, written):
    assert "is no amount" in desk.grants(f"F;A;{written};2024").faults[0]


def test_amounts_in_thousands(desk):
    assert desk.grants("F;A;15;2024", reading="[reading]\nunit = 1000\n").ties[0].amount == 15_000


def test_an_amount_of_zero_is_no_grant_and_money_that_went_back_neither(desk):
    found = desk.grants("F;A;0;2024", "F;B;€ 0,00;2024", "F;C;-250;2024", "F;D;5;2024")
    assert [tie.target for tie in found.ties] == ["d"]
    assert [actor.name for actor in found.actors] == ["D", "F"]
    assert found.ledger.set_apart == {"zero": 2, "back": 1}
    assert len(desk.grants("F;A;0;2024", reading='[reading]\nzero = "keep"\n').ties) == 1


@pytest.mark.parametrize(
    ("written", "since"),
    [
        ("1-2-2024", "2024-02-01"),
        ("01/02/2024", "2024-02-01"),
        ("2024", "2024"),
        ("2024-02-01T00:00:00", "2024-02-01"),
        ("45323", "2024-02-01"),
        ("feb 2024", "2024-02"),
        ("1 februari 2024", "2024-02-01"),
        ("02-2024", "2024-02"),
        ("2023/2024", "2023"),
        ("2023/24", "2023"),
        ("Q3 2023", "2023"),
        ("2023-Q3", "2023"),
        ("najaar 2022", "2022"),
        ("1e kwartaal 2021", "2021"),
        ("in 2003", "2003"),
        ("20240201", "2024-02-01"),
    ],
)
def test_dates(desk, written, since):
    assert [tie.since for tie in desk.grants(f"F;A;5;{written}").ties] == [since]


def test_dates_of_a_workbook_and_american_ones(desk):
    rows = [HEAD.strip().split(";"), ["F", "A", 5, date(2024, 2, 1)], ["F", "B", 5, 2024]]
    found = desk.read(xlsx(desk.folder / "d.xlsx", {"X": rows}), GRANTS)
    assert [tie.since for tie in found.ties] == ["2024-02-01", "2024"]
    assert 'dates = "mdy"' in desk.grants("F;A;5;2/28/2024").faults[0]
    assert desk.grants("F;A;5;2/28/2024", reading='[reading]\ndates = "mdy"\n').ties[0].since == "2024-02-28"


@pytest.mark.parametrize("written", ["1-2-24", "jan-24", "31-2-2024", "2023-45", "ca. 2015", "ooit", "99"])
def test_what_is_no_date_is_refused(desk, written):
    assert "is no date" in desk.grants(f"F;A;5;{written}").faults[0]


# -- recipients that are nobody


def test_people_made_anonymous_never_become_an_actor_and_stay_countable(desk):
    rows = [f"F;{name};5;2024" for name in ("(Particulier)", "particulier", "Particulier 12", "X", "n.v.t.", "Tuin")]
    found = desk.grants(*rows)
    assert [actor.name for actor in found.actors] == ["Tuin", "F"]
    assert found.ledger.set_apart == {"nobody": 5}
    assert (found.ledger.rows, found.ledger.accepted) == (6, 1)


def test_a_private_person_is_no_organisation_and_becomes_no_actor(desk):
    found = desk.members(
        "Mw. B. Verzonnen", "De heer Verzonnen", "fam. Verzonnen", "De Heer Verzonnen B.V.", "Mw. V. (2)"
    )
    assert [actor.name for actor in found.actors] == ["De Heer Verzonnen B.V."]
    assert found.ledger.set_apart == {"person": 4}
    named = desk.read(desk.write("Naam\nMw. B. Verzonnen\n"), MEMBERS.replace("initiative", "person"))
    assert [actor.name for actor in named.actors] == ["Mw. B. Verzonnen"], "who is said to be a person, is one"
    given = desk.grants("Mw. B. Verzonnen;Tuin;5;2024")
    assert [actor.name for actor in given.actors] == ["Tuin"]
    assert not given.ties


def test_what_may_be_a_private_person_is_noted_by_its_row_without_its_name(desk):
    found = desk.members("B.M. van Verzonnen", "O.B.S. Verzonnen", "B. Verzonnen School", "B.M. van Verzonnen")
    assert len(found.actors) == 3
    assert found.ledger.notes("en") == ["list.csv, row 2: look this over."]
    assert found.ledger.noted("initials") == 1


def test_the_list_of_such_words_is_data():
    assert "nobody,whole,particulier" in (Path(__file__).parents[2] / "loaders/words/nobody.csv").read_text()


@pytest.mark.parametrize("line", ["Totaal", "Aantal: 2", "Gemiddelde"])
def test_a_line_that_counts_is_no_actor(desk, line):
    found = desk.members("Tuin", line)
    assert (len(found.actors), found.ledger.set_apart) == (1, {"total": 1})


def test_a_line_that_adds_up_others_is_set_apart_but_not_one_of_that_name(desk):
    found = desk.grants("F;A;5;2024", "Totaal;;5;", "F;Totaal Techniek (verzonnen);5;2024")
    assert found.ledger.set_apart == {"total": 1}
    assert len(found.ties) == 2


def test_who_gives_nothing_is_left_out_of_the_tie_and_the_row_stays(desk):
    found = desk.grants("n.v.t.;A;5;2024")
    assert ([actor.name for actor in found.actors], found.ties, found.ledger.accepted) == (["A"], [], 1)


# -- names


def test_names_that_differ_in_writing_alone_are_one_actor(desk):
    names = [
        "Stichting De Hoek",
        "STICHTING  DE HOEK",
        "Stichting\u00a0De Hoek",
        '"Stichting De Hoek"',
        "De Hoek (stichting)",
    ]
    found = desk.members(*(name.replace('"', '"""') if name.startswith('"') else name for name in names))
    assert found.actor.name == "Stichting De Hoek"
    assert found.actor.aliases == ("De Hoek (stichting)",)
    assert found.actor.id == "stichting-de-hoek"


def test_another_legal_form_or_place_is_another_actor_and_a_saint_no_foundation(desk):
    assert len(desk.members("Stichting Y", "Vereniging Y", "Y", "St. Y").actors) == 4
    found = desk.members("Tuin;Ede", "Tuin;Epe", "Tuin;EDE", columns='place = "Plaats"', head="Naam;Plaats")
    assert [actor.id for actor in found.actors] == ["tuin-ede", "tuin-epe"]


def test_html_entities_and_cells_of_three_lines(desk):
    text = '"Tuin &amp; zo\nin de\nhoek";"Eén &euro;\n\ntwee"'
    found = desk.members(text, columns='note = "Over"', head="Naam;Over")
    assert (found.actor.name, found.actor.note) == ("Tuin & zo in de hoek", "Eén €\ntwee")


def test_what_rows_say_of_one_actor_is_united_and_a_difference_is_told(desk):
    found = desk.members(
        "A;www.a.example;2001",
        "A;www.b.example;2002",
        "B;;",
        columns='website = "Web"\nfounded = "Sinds"',
        head="Naam;Web;Sinds",
    )
    assert found.actors[0].websites == ("www.a.example", "www.b.example")
    assert found.actors[0].founded == "2001"
    assert found.ledger.noted("differing") == 1
    assert "list.csv, row 3: says something else of a (founded) than list.csv, row 2" in found.ledger.notes("en")[0]


# -- codes and places


@pytest.mark.parametrize(
    "code", ["GM0363", "0363", "363", "GM0363   ", "gm363", "Amsterdam", "Gemeente Amsterdam", "AMSTERDAM"]
)
def test_municipalities_in_all_forms(desk, code):
    found = desk.members(f"A;{code}", columns='municipality = "G"', head="Naam;G")
    assert found.actor.municipality == "GM0363"


@pytest.mark.parametrize("name", ["'s-Gravenhage", "Den Haag", "The Hague", "’s-Gravenhage"])
def test_the_hague_by_all_its_names(desk, name):
    assert desk.members(f"A;{name}", columns='municipality = "G"', head="Naam;G").actor.municipality == "GM0518"


@pytest.mark.parametrize(
    ("name", "code"), [("Bergen (NH)", "GM0373"), ("Bergen (NH.)", "GM0373"), ("Bergen (L)", "GM0893")]
)
def test_the_two_bergens(desk, name, code):
    assert desk.members(f"A;{name}", columns='municipality = "G"', head="Naam;G").actor.municipality == code


def test_a_municipality_in_belgium_has_no_code_and_stays_as_a_place(desk):
    rows = ("A;Gent;", "B;Namur;Jambes", "C;Ede;")
    found = desk.members(*rows, columns='municipality = "G"\nplace = "P"', head="Naam;G;P")
    assert [(actor.municipality, actor.place) for actor in found.actors] == [
        (None, "Gent"),
        (None, "Jambes"),
        ("GM0228", None),
    ]
    assert found.faults == []


def test_bergen_alone_is_asked_about_and_a_province_answers(desk):
    [fault] = desk.members("A;Bergen", columns='municipality = "G"', head="Naam;G").faults
    assert "may be more than one municipality: write Bergen (NH.) (GM0373) or Bergen (L.) (GM0893)" in fault
    both = 'municipality = "G"\nprovince = "P"'
    assert desk.members("A;Bergen;Limburg", columns=both, head="Naam;G;P").actor.municipality == "GM0893"


def test_a_municipality_that_was_merged_keeps_year_and_successor(desk):
    actor = desk.members("A;Haren", columns='municipality = "G"', head="Naam;G").actor
    assert actor.municipality == "GM0014"
    assert actor.note == "Gemeente in de bron: Haren (GM0017), tot 2019-01-01."
    mapping = '[actors.gemeente]\nkind = "municipality"\ncolumn.name = "Naam"\n'
    actor = desk.read(desk.write("Naam\nHaren\n"), mapping).actor
    assert (actor.identifiers, actor.ended) == (("cbs:GM0017",), "2019-01-01")
    assert actor.note == "Opgegaan in Groningen (GM0014) op 2019-01-01."


def test_a_municipality_whose_area_went_to_several_stays_what_it_was(desk):
    assert desk.members("A;Haaren", columns='municipality = "G"', head="Naam;G").actor.municipality == "GM0788"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Amstredam", "that we know; do you mean 'Amsterdam'? A town belongs in the column for 'place'."),
        ("Xyzwq", "that we know. A town belongs in the column for 'place'."),
        ("GM9999", "look the code up at CBS."),
    ],
)
def test_an_unknown_municipality_is_refused(desk, name, told):
    [fault] = desk.members(f"A;{name}", columns='municipality = "G"', head="Naam;G").faults
    assert fault.endswith(told)


def test_identifiers_with_lost_zeros_and_what_is_none(desk):
    assert desk.members("A;1234567", columns='kvk = "K"', head="Naam;K").actor.identifiers == ("kvk:01234567",)
    book = xlsx(desk.folder / "k.xlsx", {"X": [["Naam", "K"], ["A", 1234567]]})
    assert desk.read(book, MEMBERS + 'column.kvk = "K"\n').actor.identifiers == ("kvk:01234567",)
    assert "that has 8 digits" in desk.members("A;12", columns='kvk = "K"', head="Naam;K").faults[0]


def test_rows_with_one_identifier_are_one_actor_and_namesakes_with_two_are_two(desk):
    found = desk.members(
        "Tuin;12345678", "De Tuin;12345678", "Tuin;87654321", "Tuin;", columns='kvk = "K"', head="Naam;K"
    )
    assert [(actor.name, actor.aliases) for actor in found.actors] == [("Tuin", ("De Tuin",)), ("Tuin", ())]


# -- persons


PERSONS = (
    MEMBERS
    + '[actors.mens]\nkind = "person"\nwithin = "lid"\ncolumn.name = "Contact"\ncolumn.mail = "Mail"\ncolumn.note = "Nr"\n'
)
ROLE = '[[ties]]\nfrom = "mens"\nkind = "works_at"\nto = "lid"\n'


def test_a_persons_mail_is_no_id_and_is_not_kept(desk):
    found = desk.read(desk.write("Naam;Contact;Mail;Nr\nA;Bo Verzonnen;bo@example.org;\n"), PERSONS + ROLE)
    person = found.actors[-1]
    assert (person.kind, person.contacts, person.visibility) == ("person", (), None)
    assert "bo" not in person.id
    assert found.ledger.noted("personal") == 1
    assert [(tie.source, tie.target) for tie in found.ties] == [(person.id, "a")]


def test_a_persons_mail_is_kept_only_if_the_mapping_says_so_and_for_staff_alone(desk):
    file = desk.write("Naam;Contact;Mail;Nr\nA;Bo Verzonnen;bo@example.org;\n")
    keep = PERSONS + "[reading]\npersonal_mail = true\n"
    assert desk.read(file, keep).actors[-1].contacts[0].mail == "bo@example.org"
    assert "only be in a dataset for staff" in desk.refusal(file, keep, audience="public")


def test_a_mail_address_in_place_of_a_name_is_refused(desk):
    found = desk.read(desk.write("Naam;Contact;Mail;Nr\nA;bo@example.org;;\n"), PERSONS)
    assert "we do not keep that" in found.faults[0]
    assert "bo@example.org" not in found.faults[0]
    for named in ("bo@example.org", "Tuin (bo@example.org)"):
        [fault] = desk.members(named).faults
        assert "we do not keep that" in fault, "nor of an organisation"
        assert "bo@example.org" not in fault


@pytest.mark.parametrize("field", ["aliases", "id", "place", "legal_form"])
def test_a_mail_address_is_no_id_and_nothing_that_somebody_is_called(desk, field):
    [fault] = desk.members("Tuin;bo@example.org", columns=f'{field} = "X"', head="Naam;X").faults
    assert "we do not keep that" in fault
    assert "bo" not in fault


@pytest.mark.parametrize("own", ["06-12345678", "BSN 123456782"])
def test_somebodys_own_number_in_a_name_or_place_is_refused(desk, own):
    found = desk.members(f"Tuin {own};Ede", "Plein 1940;Ede", f"Huis;bel {own}", columns='place = "P"', head="Naam;P")
    assert ["Take it out of this cell" in fault for fault in found.faults] == [True, True]
    assert not any(own in fault for fault in found.faults)
    assert [actor.name for actor in found.actors] == ["Plein 1940"]


@pytest.mark.parametrize("number", ["123456789", "1234.56.789"])
def test_nine_digits_with_a_person_are_refused(desk, number):
    found = desk.read(desk.write(f"Naam;Contact;Mail;Nr\nA;Bo Verzonnen;;{number}\n"), PERSONS)
    assert "may be a citizen service number" in found.faults[0]
    assert number not in found.faults[0]


def test_the_address_of_a_desk_is_a_way_in_and_somebodys_own_is_not_kept(desk):
    found = desk.members("A;info@a.example", "B;jan.verzonnen@b.example", columns='mail = "M"', head="Naam;M")
    assert [[contact.mail for contact in actor.contacts] for actor in found.actors] == [["info@a.example"], []]
    assert found.ledger.noted("personal") == 1


@pytest.mark.parametrize(
    "number", ["06-12345678", "+31 6 12345678", "0031612345678", "+31 (0)6 1234 5678", "0475 12 34 56"]
)
def test_the_number_of_a_mobile_telephone_is_somebodys_own(desk, number):
    found = desk.members(f"A;{number}", "B;0318 123456", columns='phone = "T"', head="Naam;T")
    assert [[contact.phone for contact in actor.contacts] for actor in found.actors] == [[], ["0318 123456"]]
    assert found.ledger.noted("personal") == 1


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("0318-123456 / 06-12345678", ["0318-123456"]),
        ("06-12345678/0318-123456", ["0318-123456"]),
        ("0318-123456 (Bo Verzonnen)", ["0318-123456"]),
        ("Bo: 0318-123456", ["0318-123456"]),
        ("0318-123456 06-12345678", []),
        ('"0318-123456\n06-12345678"', ["0318-123456"]),
        ("0318-123456 of 0319-123456", ["0318-123456", "0319-123456"]),
        ("Tel. 09/233 44 55", ["09/233 44 55"]),
        ("612345678", []),
        ("31612345678", []),
    ],
)
def test_of_a_cell_of_telephones_the_numbers_of_desks_are_kept_and_nothing_beside_them(desk, cell, kept):
    found = desk.members(f"A;{cell}", columns='phone = "T"', head="Naam;T")
    assert [contact.phone for contact in found.actors[0].contacts] == kept
    assert found.ledger.noted("personal") == (kept == [] or any(word in cell for word in ("06", "Bo")))


def test_a_name_in_place_of_a_telephone_is_refused(desk):
    [fault] = desk.members("A;Bo Verzonnen", columns='phone = "T"', head="Naam;T").faults
    assert "is no telephone number; put numbers alone" in fault


@pytest.mark.parametrize("cells", ["bo@b.example;info@a.example", '"bo@b.example; info@a.example";'])
def test_of_several_mail_addresses_that_of_a_desk_is_kept(desk, cells):
    found = desk.members(f"A;{cells}", columns='mail = ["M", "M 2"]', head="Naam;M;M 2")
    assert [contact.mail for contact in found.actors[0].contacts] == ["info@a.example"]
    assert found.ledger.noted("personal") == 1


OWN = "Bel Bo: 06-12345678, of bo@example.org (BSN 123456782); anders info@example.org"
LEFT = "Bel Bo: …, of … (…); anders info@example.org"
TEXTS = """
[actors.mens]
kind = "person"
column.name = "Contact"
[[ties]]
from = "mens"
kind = "works_at"
to = "lid"
column.role = "Rol"
[[offers]]
actor = "lid"
help = "geld.lening"
column.conditions = "Eisen"
"""


def in_texts(desk, keep=""):
    """Read a sheet whose texts hold made-up addresses and numbers."""
    head, texts = "Naam;Contact;Wie;Rol;Eisen", ";".join([f'"{OWN}"'] * 3)
    mapping = MEMBERS + 'column.note = "Wie"\n' + TEXTS + keep
    found = desk.read(desk.write(f"{head}\nA;Bo Verzonnen;{texts}\nB;Bo Verzonnen;{texts}\nC;;-;;\n"), mapping)
    return found, {
        found.actors[0].note,
        found.ties[0].role,
        found.offers[0].conditions,
    }


def test_what_is_somebodys_own_is_left_out_of_texts_and_told_by_row_and_column(desk):
    found, said = in_texts(desk)
    assert said == {LEFT}
    assert found.ledger.noted("left_out") == 6
    assert found.ledger.notes("en")[-1].endswith(", row 3, column 'Eisen'.")


def test_what_is_somebodys_own_stays_in_texts_if_the_mapping_says_so(desk):
    found, said = in_texts(desk, "[reading]\npersonal_mail = true\n")
    assert said == {OWN}
    assert found.ledger.noted("left_out") == 0


@pytest.mark.parametrize(
    "own",
    [
        *("06 - 12 34 56 78", "(06) 12345678", "06/12345678", "+31 (0)6-12345678", "0031-6-12345678", "06‑12345678"),
        *("+32 475 12 34 56", "0475 12 34 56", "0475/12.34.56", "j.v.d.verzonnen@example.org", "bsn 1234.56.782"),
        "burgerservicenummer: 123456782",
    ],
)
def test_what_is_left_out_of_texts(own):
    assert without_personal(f"Vraag naar Bo, {own}, of kom langs") == "Vraag naar Bo, …, of kom langs"


@pytest.mark.parametrize(
    "text",
    [
        *("06-12-2023 10:00", "op 06-12-2023 10 keer", "€ 06.123.456,78", "0475-123456", "045-5712345", "0318 123456"),
        *("RSIN 123456782", "kvk 06123456", "2006 12345678", "061234567890", "https://example.org/@bo/x.html"),
        *("@buurt@social.example", "bestuur@example.org", "wijkpaleis@wijkpaleis.example", "mailto:info@example.org"),
    ],
)
def test_what_stays_in_texts(text):
    assert without_personal(text) == text


# -- ties, offers, doubled rows


def test_the_same_grant_in_two_files_is_one_and_another_in_the_same_file_is_another(desk):
    one = desk.write(HEAD + "F;A;5;2024\n", "one.csv")
    two = desk.write("Jaar;Nr;Verstrekker;Ontvanger;Bedrag\n2024;7;F;A;5\n2024;8;F;B;5\n2024;9;F;B;5\n", "two.csv")
    found = desk.read([one, two], GRANTS)
    assert found.ledger.set_apart == {"doubled": 1}
    assert [(tie.target, tie.distinct_ref()) for tie in found.ties] == [
        ("a", "2024/5"),
        ("b", "2024/5"),
        ("b", "2024/5/2"),
    ]


def test_a_row_that_is_there_twice_counts_once(desk):
    assert desk.grants("F;A;5;2024", "F;A;5;2024").ledger.set_apart == {"doubled": 1}


def test_members_of_a_network_and_of_one_that_is_elsewhere(desk):
    mapping = (
        MEMBERS
        + '[actors.koepel]\nkind = "network"\ncolumn.name = "Koepel"\n'
        + '[[ties]]\nfrom = "lid"\nkind = "member_of"\nto = "koepel"\ncolumn.since = "Sinds"\n'
        + '[[ties]]\nfrom = "lid"\nkind = "member_of"\nto = "id:lsa-bewoners"\n'
    )
    found = desk.read(desk.write("Naam;Koepel;Sinds\nA;K;2020\nA;K;2020\nA;K;2021\nB;;\n"), mapping)
    assert [(tie.source, tie.target, tie.since) for tie in found.ties] == [
        ("a", "k", "2020"),
        ("a", "id:lsa-bewoners", None),
        ("b", "id:lsa-bewoners", None),
    ]
    assert found.ledger.noted("differing") == 1


SEVERAL = """
[actors.lid]
kind = "initiative"
column.name = "Naam"
[actors.koepel]
kind = "network"
separator = ";,"
column.name = "Lid van"
[[ties]]
from = "lid"
kind = "member_of"
to = "koepel"
column.since = "Sinds"
"""


def test_a_cell_may_name_several_actors_if_the_mapping_says_how_they_are_separated(desk):
    rows = 'Tuin;"Koepel A, Koepel B; n.v.t.";2020\nHof;"Koepel B\nKoepel C";\nPlein;Koepel A;2021\nPark;;\n'
    found = desk.read(desk.write("Naam;Lid van;Sinds\n" + rows), SEVERAL)
    names = {actor.id: actor.name for actor in found.actors}
    assert sorted((names[tie.source], names[tie.target], tie.since) for tie in found.ties) == [
        ("Hof", "Koepel B", None),
        ("Hof", "Koepel C", None),
        ("Plein", "Koepel A", "2021"),
        ("Tuin", "Koepel A", "2020"),
        ("Tuin", "Koepel B", "2020"),
    ]
    assert len(names) == 4 + 3
    assert found.ledger.accepted == 4


MATRIX = """
[actors.lid]
kind = "initiative"
column.name = "Naam"
[[ties]]
from = "lid"
kind = "member_of"
to = "id:koepel-a"
column.when = "A"
[[ties]]
from = "lid"
kind = "member_of"
to = "id:koepel-b"
column.when = "B"
column.since = "Sinds"
"""


def test_a_column_of_marks_says_who_has_a_tie(desk):
    found = desk.read(
        desk.write("Naam;A;B;Sinds\nTuin;x;nee;\nHof;;JA;2020\nPlein;;;2021\nPark;1;misschien;\n"), MATRIX
    )
    assert sorted((tie.source, tie.target, tie.since) for tie in found.ties) == [
        ("hof", "id:koepel-b", "2020"),
        ("tuin", "id:koepel-a", None),
    ]
    assert found.faults == [
        "list.csv, row 5, column 'B': 'misschien' is no yes or no; write x, or leave the cell empty."
    ]
    assert {actor.name for actor in found.actors} >= {"Tuin", "Hof", "Plein"}


def test_an_amount_of_several_is_refused_and_each_wrong_name_is_told(desk):
    mapping = GRANTS.replace('kind = "funder"', 'kind = "funder"\nseparator = ";"')
    found = desk.read(
        desk.write(HEAD + '"F; G";Tuin;5;2024\nF;Tuin;6;2024\n"F;G";Hof;;2024\n"F;x@y.example";Hof;;\n'), mapping
    )
    assert (
        found.faults[0] == "list.csv, row 2: this amount is of more than one tie; split the row, and divide the amount."
    )
    assert "mail address" in found.faults[1]
    assert len(found.faults) == 2
    assert len(found.ties) == 3


def test_an_offer_and_words_of_ones_own(desk):
    mapping = (
        '[words]\n"Buurtgroen" = "groen-biodiversiteit"\n'
        + MEMBERS
        + 'column.themes = "Thema"\n[[offers]]\nactor = "lid"\nstance = "offers"\ncolumn.help = "Biedt"\n'
    )
    found = desk.read(desk.write("Naam;Thema;Biedt\nA;Jeugd, Buurtgroen;Lening\nB;;\n"), mapping)
    assert found.actors[0].themes == ("jeugd", "groen-biodiversiteit")
    [offer] = found.offers
    assert (offer.actor, offer.help) == ("a", "geld.lening")


def test_names_of_schemes_count_within_their_giver(desk):
    mapping = GRANTS + '[actors.regeling]\nkind = "funder"\nwithin = "verstrekker"\ncolumn.name = "Regeling"\n'
    found = desk.read(
        desk.write("Regeling;" + HEAD + "Overig;F;A;5;2024\nOverig;G;A;5;2024\n".replace("Overig", "Algemeen")), mapping
    )
    assert [actor.id for actor in found.actors] == ["a", "f", "algemeen-f", "g", "algemeen-g"]


def test_a_tie_to_itself_is_told(desk):
    assert "a tie to itself is no tie" in desk.grants("F;F;5;2024").faults[0]


# -- the mapping


def test_a_renamed_column_is_named_with_its_likely_new_name(desk):
    told = desk.refusal(desk.write("Verstrekker;Ontvanger organisatie;Bedrag;Jaar\n"), GRANTS)
    assert told == (
        "list.csv, row 1, column 'Ontvanger': this column is no longer there; it may be called 'Ontvanger organisatie'"
        " now. Change the mapping."
    )


def test_columns_may_stand_elsewhere_and_be_written_otherwise(desk):
    found = desk.read(desk.write("JAAR;bedrag ;ontvanger;VERSTREKKER\n2024;5;A;F\n"), GRANTS)
    assert len(found.ties) == 1


def test_a_column_that_is_not_read_is_told_unless_it_is_ignored(desk):
    assert desk.members("A;b", head="Naam;Extra").ledger.notes("en") == ["list.csv: column 'Extra', not read."]
    assert desk.read(desk.write("Naam;Extra\nA;b\n"), 'ignored = ["Extra"]\n' + MEMBERS).ledger.notes("en") == []


@pytest.mark.parametrize(
    ("mapping", "told"),
    [
        ("[actors", "is no TOML"),
        ("", "mapping.toml, 'actors': is missing."),
        ('[actors.a]\nkind = "network"\n', "'actors.a.column.name': is missing: which column has the name?"),
        (
            '[actors.a]\nkind = "network"\ncolumn.nam = "Naam"\n',
            "'actors.a.column.nam': is not known; do you mean 'name'?",
        ),
        ('[actors.a]\nkidn = "network"\ncolumn.name = "Naam"\n', "is not known; do you mean 'kind'?"),
        (
            MEMBERS + '[[ties]]\nfrom = "lid"\nkind = "member_of"\nto = "koepel"\n',
            "'koepel' is no role of this mapping",
        ),
        (MEMBERS + '[[ties]]\nfrom = "lid"\nkind = "member_of"\nto = "?"\n', "there is still a question mark here"),
        (MEMBERS + 'within = "x"\n', "is no other role of this mapping"),
        (MEMBERS + 'separator = ";"\n', "a row is about one actor"),
        (
            SEVERAL + '[actors.x]\nkind = "network"\nseparator = ";"\ncolumn.name = "X"\ncolumn.place = "Y"\n',
            "column.name only",
        ),
        (
            SEVERAL
            + '[actors.x]\nkind = "network"\nseparator = ";"\ncolumn.name = "X"\n[[ties]]\nfrom = "x"\nkind = "part_of"\nto = "koepel"\n',
            "a tie has one end with several names at most",
        ),
        (SEVERAL + '[[offers]]\nactor = "koepel"\nhelp = "geld"\n', "an offer cannot be of several"),
        ("[dataset]\nnaam = 'x'\n" + MEMBERS, "'dataset.naam': is not known"),
    ],
)
def test_what_is_wrong_in_a_mapping_is_told(desk, mapping, told):
    assert told in desk.refusal(desk.write("Naam\nA\n"), mapping)


@pytest.mark.parametrize(
    ("mapping", "nl", "en"),
    [
        (
            '[reading]\ndecimal = "x"',
            "decimal': 'x' kan hier niet; wel: ',', '.'",
            "decimal': 'x' cannot be here; known: ','",
        ),
        ("[reading]\nunit = 0", "unit': 0 is te klein; meer dan 0.", "unit': 0 is too small; more than 0."),
        ('[reading]\nunit = "x"', "unit': 'x' is geen getal.", "unit': 'x' is no number."),
        ('[reading]\npersonal_mail = "x"', "'x' is geen true of false.", "'x' is neither true nor false."),
        ('themes = "x"', "lid.themes': 'x' is geen lijst; zet het", "lid.themes': 'x' is no list; put it"),
        ("column.place = 3", "lid.column.place': 3 is geen tekst.", "lid.column.place': 3 is no text."),
        ('[[ties]]\nfrom = "lid"', "'ties 1.to': ontbreekt", "'ties 1.to': is missing"),
        ('[words]\nx = "?"', '; of "" om het over te slaan', '; or "" to leave it out'),
        ('[relations]\nx = "?"', "keert de band om", "turns the tie around"),
        ('[[ties]]\nfrom = "?"\nkind = "?"\nto = "lid"', "(een rol, of", "(a role, or"),
    ],
)
def test_what_is_wrong_in_a_mapping_is_told_in_either_language_alone(mapping, nl, en):
    with pytest.raises(LoadError) as caught:
        table_mapping_file.of(tomllib.loads(MEMBERS + mapping), "m.toml")
    assert nl in caught.value.nl
    assert en in caught.value.en
    assert "Input" not in caught.value.nl
    assert "een van" not in caught.value.en


# -- many


def test_fifty_thousand_faults_are_all_counted(desk):
    found = desk.grants(*(f"F;A{n};veel;2024" for n in range(50_000)))
    assert (found.ledger.rows, found.ledger.rejected, len(found.faults)) == (50_000, 50_000, 50_000)


def test_a_file_of_several_parts_gives_actors_before_what_is_said_of_them(desk, monkeypatch):
    monkeypatch.setattr("loaders.table_rows.PART", 2)
    found = desk.grants(*(f"F;A{n % 3};{n + 1};2024" for n in range(7)))
    seen: set[str] = set()
    for record in found.records:
        if isinstance(record, ActorRecord):
            assert record.id not in seen
            seen.add(record.id)
        elif isinstance(record, TieRecord):
            assert {record.source, record.target} <= seen
    assert len(found.ties) == 7


cells = st.sampled_from(
    ["", "A", "B", "(particulier)", "totaal", "0", "5", "81,499", "-3", "2024", "1-2-24", "x@y.example", "123456789"]
)


@settings(max_examples=30)
@given(st.lists(st.lists(cells, min_size=2, max_size=5), max_size=12))
def test_accepted_rejected_and_set_apart_are_always_all_rows(tmp_path_factory, rows):
    desk = Desk(tmp_path_factory.mktemp("rows"))
    found = desk.grants(*(";".join(row) for row in rows))
    assert found.ledger.rows == sum(any(row) for row in rows)
    assert found.ledger.rejected <= len(found.faults)


# -- rows that say the same but for an amount


AMOUNTS = ["15000", "15000,5", "0,07", "999999999999,99", "€ 1.234,50", "1,5 mln", "", "15000"]


@pytest.mark.parametrize("kind", ["funds", "partner_of"])
def test_of_rows_that_differ_in_amount_alone_the_whole_is_kept(desk, kind):
    note = '\'"amount":15000.0,"\''
    rows = [f"Fonds;Tuin {i % 3};{amount};2021;{note}" for i, amount in enumerate(AMOUNTS * 4)]
    path = desk.write("\n".join([HEAD.strip() + ";Opmerking", *rows]) + "\n")
    options = Options(desk.write(GRANTS.replace("funds", kind) + 'column.note = "Opmerking"\n', "mapping.toml"))
    items = list(LOADERS["table"]([path], options).items)
    ties = [item for item in items if isinstance(item, Row) and isinstance(item.says, TieRecord)]
    assert len({id(item.says) for item in ties}) < len(ties) or kind != "funds"
    for item in ties:
        assert TieRecord.model_validate(item.record.model_dump()) == item.record
    alone = [Row(item.record, item.where) for item in items if isinstance(item, Row)]
    shared, whole = (
        [(batch.says, batch.digests.tolist(), batch.ends.tolist()) for batch in Preparing(3).batches(some)]
        for some in (items, alone)
    )
    assert shared == whole


def test_an_amount_beyond_measure_is_told_also_after_rows_that_say_the_same_else(desk):
    read = desk.grants("Fonds;Tuin;10;2021", "Fonds;Hof;2000000000000000;2021")
    assert [tie.amount for tie in read.ties] == [10]
    assert len(read.faults) == 1
    assert "Bedrag" in read.faults[0]


def test_amounts_that_a_workbook_has_as_whole_numbers_are_kept_as_any_other(desk):
    rows = [
        ["Verstrekker", "Ontvanger", "Bedrag", "Jaar"],
        ["Fonds", "Tuin", 15000, 2021],
        ["Fonds", "Hof", 20000, 2021],
    ]
    read = desk.read(xlsx(desk.folder / "list.xlsx", {"Blad1": rows}), GRANTS)
    assert [repr(tie.amount) for tie in read.ties] == ["15000.0", "20000.0"]
