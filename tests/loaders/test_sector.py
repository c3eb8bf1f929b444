"""The `sector` loader: good folders, every bad one, and what is written is read back. All names are made up."""

import csv
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import LoadError
from graph.ingest.preparing import Preparing
from graph.reading import Fault, Reading, Row
from graph.records import ActorRecord, FigureRecord, OfferRecord, Record, SourceRecord, TieRecord
from graph.vocabulary import vocabulary
from loaders import LOADERS, sayings
from loaders.columns import TABLES, Table
from loaders.sayings import Alike

DEMO = Path(__file__).parents[2] / "data" / "sector"
ACTORS = "id,kind,name\nada,initiative,Ada\nbob,network,Bob\n"


def folder(path: Path, **tables: str | bytes) -> Path:
    """Write tables (`actors="id,kind,…"`; `dataset` is TOML) into a folder and return it."""
    path.mkdir(exist_ok=True)
    for name, text in tables.items():
        file = path / ("dataset.toml" if name == "dataset" else f"{name}.csv")
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def read(*paths: Path) -> Reading:
    return LOADERS["sector"](paths)


def rows(*paths: Path) -> list[Record]:
    items = list(read(*paths).items)
    assert [item.text("en") for item in items if isinstance(item, Fault)] == []
    return [item.record for item in items if isinstance(item, Row)]


def faults(*paths: Path, lang: str = "en") -> list[str]:
    return [item.text(lang) for item in read(*paths).items if isinstance(item, Fault)]


def refusal(*paths: Path) -> list[str]:
    with pytest.raises(LoadError) as caught:
        read(*paths)
    assert len(caught.value.nl.splitlines()) == len(caught.value.en.splitlines())
    return caught.value.en.splitlines()


# -- what is good


def test_the_demo_sector_loads_without_a_fault():
    reading = read(DEMO)
    kinds = Counter(type(item.record) if isinstance(item, Row) else item for item in reading.items)
    assert kinds == {SourceRecord: 4, ActorRecord: 155, TieRecord: 233, OfferRecord: 129, FigureRecord: 48}
    assert reading.total == kinds.total()
    assert reading.dataset["name"] == "sector"
    assert reading.dataset["date"] == "2026-11-21"
    assert reading.tables["figures.csv", ""][:2] == ("what", "qualifier")


def test_a_municipality_may_be_named_by_the_id_of_its_actor():
    by_id = {record.id: record for record in rows(DEMO) if isinstance(record, ActorRecord)}
    assert by_id["wijkpaleis"].municipality == "GM0599"
    assert by_id["wijkpaleis"].websites == ("www.knhm.nl/wijkpaleis", "www.facebook.com/hetwijkpaleis")


def test_a_row_knows_the_line_it_starts_on_and_keeps_its_cells(tmp_path):
    text = 'id,kind,name,note\r\n\r\n ada , initiative,Ada,"two\r\nlines"\r\n,,,\r\nbob,network,Bob,\r\n'
    items = list(read(folder(tmp_path, actors=text)).items)
    assert [(item.record.id, item.where.row) for item in items] == [("ada", 3), ("bob", 6)]
    assert items[0].record.note == "two\nlines"
    assert items[0].cells == (" ada ", " initiative", "Ada", "two\r\nlines")


def test_a_byte_order_mark_is_no_part_of_the_header(tmp_path):
    assert len(rows(folder(tmp_path, actors=b"\xef\xbb\xbf" + ACTORS.encode()))) == 2


def test_an_empty_cell_says_nothing(tmp_path):
    [ada] = rows(folder(tmp_path, actors="id,kind,name,introduces,lat,lon,themes\nada,person,Ada,,,,\n"))
    assert ada.body() == '{"id":"ada","kind":"person","name":"Ada"}'


def test_extra_cells_may_be_empty(tmp_path):
    assert len(rows(folder(tmp_path, actors="id,kind,name\nada,initiative,Ada,,\n"))) == 1


def test_ties_alone_may_name_actors_of_other_datasets(tmp_path):
    text = "from,kind,to\ncbs:GM0599,funds,id:wijkpaleis\nkvk:12345678,partner_of,org-id:NL-KVK-12345678\n"
    assert len(rows(folder(tmp_path, ties=text))) == 2


def test_several_folders_are_read_as_one_dataset(tmp_path):
    first = folder(tmp_path / "a", actors=ACTORS, ties="from,kind,to\nada,member_of,cas\n", dataset='title = "A"')
    second = folder(tmp_path / "b", actors="kind,name,id\nnetwork,Cas,cas\n", dataset='title = "B"')
    reading = read(first, second)
    assert [type(item) for item in reading.items] == [Row] * 4
    assert reading.dataset == {"title": "A"}
    assert reading.tables[f"{second}/actors.csv", ""] == ("kind", "name", "id")


def test_tables_are_read_before_what_names_them(tmp_path):
    path = folder(
        tmp_path,
        ties="from,kind,to,source\nada,member_of,bob,s1\n",
        actors=ACTORS,
        sources="id,title\ns1,A made-up report\n",
    )
    assert [type(record).__name__ for record in rows(path)] == [
        "SourceRecord",
        "ActorRecord",
        "ActorRecord",
        "TieRecord",
    ]


# -- what keeps a folder from being read at all


def test_a_path_that_is_no_folder(tmp_path):
    file = tmp_path / "actors.csv"
    file.write_text(ACTORS)
    lines = refusal(file, tmp_path / "nowhere")
    assert "is no folder" in lines[0]
    assert "does not exist" in lines[1]


def test_a_folder_without_actors_and_ties(tmp_path):
    assert "actors.csv or ties.csv" in refusal(folder(tmp_path, sources="id,title\n"))[0]


def test_a_folder_without_tables(tmp_path):
    assert "no tables" in refusal(tmp_path)[0]


def test_a_table_with_a_spelling_mistake_in_its_name(tmp_path):
    assert "do you mean actors.csv?" in refusal(folder(tmp_path, actor=ACTORS, ties="from,kind,to\n"))[0]


@pytest.mark.parametrize("text", ["", "\n", "\n\n", ",,\n"])
def test_an_empty_file(tmp_path, text):
    assert (
        "is empty; put the columns on the first line (needed: id, kind, name)"
        in refusal(folder(tmp_path, actors=text))[0]
    )


@pytest.mark.parametrize(
    ("header", "what"),
    [
        ("id,kind,name,nmae", "column 'nmae': this column is not known; do you mean 'name'? (known: id, kind,"),
        ("id,kind,name,kind", "column 'kind': this column is there twice"),
        ("id,name", "column 'kind': this column is missing and is needed"),
        ("id,kind,name,", "column 4 has no name"),
        ("id;kind;name", "separates by semicolons; use commas"),
    ],
)
def test_a_header_that_is_wrong(tmp_path, header, what):
    [line] = refusal(folder(tmp_path, actors=f"{header}\n"))
    assert line.startswith("actors.csv, row 1")
    assert what in line


def test_all_faults_of_all_files_come_at_once(tmp_path):
    lines = refusal(folder(tmp_path, actors="id,naam,naam\n", ties="", dataset='audience = "all"'))
    assert [line.split(",")[0] for line in lines] == ["dataset.toml"] + ["actors.csv"] * 4 + ["ties.csv"]


def test_a_file_that_is_not_utf8_says_on_which_line(tmp_path):
    text = ACTORS + "cas,network,Caf\u00e9\n"
    assert refusal(folder(tmp_path, actors=text.encode("latin-1")))[0].startswith("actors.csv, row 4: is not UTF-8")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le"])
def test_a_file_in_utf16_is_not_utf8(tmp_path, encoding):
    assert "is not UTF-8" in refusal(folder(tmp_path, actors=ACTORS.encode(encoding)))[0]


def test_a_quote_that_is_never_closed_is_told_where_it_opens(tmp_path):
    text = ACTORS + 'cas,network,"Cas\n' + "dia,person,Dia\n" * 50
    [line] = refusal(folder(tmp_path, actors=text))
    assert line.startswith("actors.csv, row 4: a quote that opens here is never closed")


def test_a_cell_larger_than_any_cell_may_be(tmp_path):
    [line] = refusal(folder(tmp_path, actors=ACTORS + f"cas,network,{'x' * 140_000}\n"))
    assert line.startswith("actors.csv, row 4: a cell here is too long")


def test_a_quote_that_is_not_doubled(tmp_path):
    [line] = refusal(folder(tmp_path, actors=ACTORS + 'cas,network,"Cas" and co\n'))
    assert line.startswith("actors.csv, row 4: a quote within a cell is not doubled")


def test_a_file_that_changes_while_it_is_read_is_an_error_of_ours(tmp_path):
    path = folder(tmp_path, actors=ACTORS)
    reading = read(path)
    (path / "actors.csv").unlink()
    with pytest.raises(LoadError, match="changed while it was loaded"):
        list(reading.items)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("name = ", "row 1: is no TOML"),
        ('title = "A"\nnmae = "x"', "row 2, column 'nmae': this is not known; do you mean 'name'?"),
        ('title = "A"\n\naudience = "all"', "row 3, column 'audience': 'all' is not known; known: public, staff"),
        ('name = "With Capitals"', "row 1, column 'name'"),
        ("date = 2021-13-01", "is no TOML"),
        ('date = "1 mei"', "column 'date': '1 mei' is no date"),
        ("title = ['a']", "column 'title'"),
        ('speaker = "adda"', "column 'speaker': 'adda' is no actor of this dataset; do you mean 'ada'?"),
        (b"title = '\xe9'", "is not UTF-8"),
    ],
)
def test_a_dataset_file_that_is_wrong(tmp_path, text, what):
    [line] = refusal(folder(tmp_path, actors=ACTORS, dataset=text))
    assert line.startswith("dataset.toml")
    assert what in line


@pytest.mark.parametrize("date", ["2021", '"2021"', "2021-05-31", "2021-05-31T10:00:00"])
def test_a_date_of_a_dataset_may_be_a_date_or_a_year(tmp_path, date):
    reading = read(folder(tmp_path, actors=ACTORS, dataset=f"date = {date}\nspeaker = 'ada'"))
    assert str(reading.dataset["date"]) in ("2021", "2021-05-31")


# -- what is wrong with a row


@pytest.mark.parametrize(
    ("table", "header", "row", "what"),
    [
        ("actors", "id,kind,name", "cas,initative,Cas", "column 'kind': 'initative' is not known; do you mean 'initia"),
        ("actors", "id,kind,name", "cas,,Cas", "column 'kind': is missing; fill it in or delete the row"),
        ("actors", "id,kind,name,themes", "cas,network,Cas,jeugt", "column 'themes': 'jeugt' is not known; do you mea"),
        ("actors", "id,kind,name,founded", "cas,network,Cas,1-5-2021", "column 'founded': '1-5-2021' is no date"),
        ("actors", "id,kind,name,lat,lon", 'cas,network,Cas,"52,1",4', "column 'lat': '52,1' is no number; write 150"),
        ("actors", "id,kind,name,lat,lon", "cas,network,Cas,99,4", "column 'lat': 99.0 is too large; at most 90"),
        ("actors", "id,kind,name,lat,lon", "cas,network,Cas,nan,4", "column 'lat': 'nan' is no number"),
        ("actors", "id,kind,name,lat", "cas,network,Cas,52.1", "column 'lat': lat and lon go together"),
        (
            "actors",
            "id,kind,name,introduces",
            "cas,person,Cas,ja",
            "column 'introduces': 'ja' is neither 'yes' nor 'no",
        ),
        (
            "actors",
            "id,kind,name,visibility",
            "cas,person,Cas,public",
            "column 'visibility': a person may be public on",
        ),
        (
            "actors",
            "id,kind,name,contacts",
            "cas,network,Cas,|www",
            "column 'contacts': '|www' is no contact; write des",
        ),
        ("actors", "id,kind,name,identifiers", "cas,network,Cas,kvk:123", "column 'identifiers': 'kvk:123' is no iden"),
        ("actors", "id,kind,name,municipality", "cas,network,Cas,ada", "column 'municipality': 'ada' is no CBS code"),
        ("actors", "id,kind,name,website", f"cas,network,Cas,{'x' * 5001}", "column 'website': is too long"),
        ("actors", "id,kind,name", f"cas,network,{'x' * 501}", "column 'name': is too long"),
        ("actors", "id,kind,name", "cas,network,C\0s", "column 'name': there are invisible characters in it"),
        ("actors", "id,kind,name,contacts", "cas,network,Cas,desk|\0", "column 'contacts': there are invisible char"),
        ("actors", "id,kind,name", "cas,network", "row 4: has 2 cells, the header has 3"),
        ("actors", "id,kind,name", "cas,network,Cas,x", "row 4: has 4 cells, the header has 3"),
        ("actors", "id,kind,name", "ada,network,Cas", "column 'id': is there already: actors.csv, row 2"),
        ("actors", "id,kind,name", "sector,network,Cas", "column 'id': 'sector' is reserved"),
        ("actors", "id,kind,name", "cbs:GM0599,network,Cas", "column 'id': 'cbs:GM0599' is reserved"),
        ("actors", "id,kind,name,source", "cas,network,Cas,s9", "column 'source': 's9' is no source in sources.csv."),
        ("ties", "from,kind,to", "ada,member_off,bob", "column 'kind': 'member_off' is not known; do you mean 'membe"),
        ("ties", "from,kind,to", "ada,member_of,bop", "column 'to': 'bop' is no actor of this dataset; do you mean 'b"),
        ("ties", "from,kind,to", "cbs:599,member_of,bob", "column 'from': 'cbs:599' is no actor of this dataset"),
        ("ties", "from,kind,to", "sector,member_of,bob", "column 'from': 'sector' is no actor of this dataset"),
        ("ties", "from,kind,to", "ada,member_of,ada", "column 'to': a tie to itself is no tie"),
        ("ties", "from,kind,to,since,until", "ada,funds,bob,2021,2020", "column 'until': ends (2020) before it begins"),
        (
            "ties",
            "from,kind,to,amount_eur",
            "ada,funds,bob,1.500",
            "column 'amount_eur': '1.500' may mean 1500 or 1 and",
        ),
        ("ties", "from,kind,to,amount_eur", "ada,funds,bob,-1", "column 'amount_eur': -1.0 is too small; at least 0"),
        (
            "offers",
            "actor,stance,help",
            "ada,ofers,geld",
            "column 'stance': 'ofers' is not known; do you mean 'offers'",
        ),
        (
            "offers",
            "actor,stance,help",
            "ada,offers,geld.lenin",
            "column 'help': 'geld.lenin' is not known; do you mean",
        ),
        ("offers", "actor,stance,help", "addda,offers,geld", "column 'actor': 'addda' is no actor of this dataset; do"),
        ("offers", "actor,stance,help,members_of", "ada,offers,geld,bob;bop", "column 'members_of': 'bop' is no act"),
        (
            "offers",
            "actor,stance,help,area",
            "ada,offers,geld,0599",
            "column 'area': '0599' is no area; write a CBS code",
        ),
        (
            "offers",
            "actor,stance,help,amount_to_eur",
            "ada,offers,geld,veel",
            "column 'amount_to_eur': 'veel' is no nu",
        ),
        ("figures", "about,what,value", "ada,Leden,1.000.000", "column 'value': '1.000.000' is no number"),
        ("figures", "about,what,source", "secto,Leden,s1", "column 'about': 'secto' is no actor of this dataset"),
    ],
)
def test_a_row_that_is_wrong_is_told_with_file_row_and_column(tmp_path, table, header, row, what):
    tables = {"actors": ACTORS, "sources": "id,title\ns1,A made-up report\n"}
    filler = {"actors": f"{'ada,initiative,Ada,,,,,'}\n{'bob,network,Bob,,,,,'}\n"}.get(table, "")
    tables[table] = (
        f"{header}\n{filler}{row}\n" if len(header.split(",")) == 3 else f"{header}\n{_padded(filler, header)}{row}\n"
    )
    [line] = faults(folder(tmp_path, **tables))
    assert line.startswith(f"{table}.csv, row {4 if filler else 2}")
    assert what in line


def _padded(filler: str, header: str) -> str:
    """Return rows with as many cells as the header."""
    width = len(header.split(","))
    return "".join(",".join(line.split(",")[:width]) + "\n" for line in filler.splitlines())


def test_all_faults_of_a_row_come_at_once_in_both_languages(tmp_path):
    text = "from,kind,to,since,amount_eur,source\nadda,funs,bob,mei,veel,s1\n"
    lines = faults(folder(tmp_path, actors=ACTORS, ties=text), lang="nl")
    assert [line.split("'")[1] for line in lines] == ["amount_eur", "from", "source", "kind", "since"]
    assert "'adda' is geen actor van deze dataset; bedoel je 'ada'?" in lines[1]


def test_a_tie_to_an_actor_that_is_rejected_says_so(tmp_path):
    path = folder(
        tmp_path, actors="id,kind,name\nada,initiative,Ada\nbob,netwerk,Bob\n", ties="from,kind,to\nada,member_of,bob\n"
    )
    assert faults(path)[1] == (
        "ties.csv, row 2, column 'to': 'bob' stands in a row that is rejected itself (actors.csv, row 3)."
    )


@pytest.mark.parametrize(
    ("again", "twice"),
    [
        ("bob,partner_of,ada,", True),
        ("ada,partner_of,bob,2020", True),
        ("ada,member_of,bob,", False),
        ("bob,funds,ada,2020", False),
        ("ada,funds,bob,2020", True),
        ("ada,funds,bob,2021", False),
    ],
)
def test_a_doubled_tie_names_the_row_where_it_stood(tmp_path, again, twice):
    text = f"from,kind,to,since\nada,partner_of,bob,\nada,funds,bob,2020-03\n{again}\n"
    earlier = 2 if "partner" in again else 3
    expected = [f"ties.csv, row 4: is there already: ties.csv, row {earlier}."] if twice else []
    assert faults(folder(tmp_path, actors=ACTORS, ties=text)) == expected


def test_a_doubled_offer_or_figure_is_a_fault_and_one_with_other_conditions_is_not(tmp_path):
    offers = "actor,stance,help,area,note\nada,offers,geld,GM0599,\nada,offers,geld,GM0344,\nada,offers,geld,GM0599,x\n"
    figures = "about,what,value,year\nsector,Leden,1,2020\nsector,Leden,2,2021\nsector,Leden,3,2020\n"
    assert faults(folder(tmp_path, actors=ACTORS, offers=offers, figures=figures)) == [
        "offers.csv, row 4: is there already: offers.csv, row 2.",
        "figures.csv, row 4: is there already: figures.csv, row 2.",
    ]


def test_an_id_that_stands_in_two_folders_is_doubled(tmp_path):
    first, second = folder(tmp_path / "a", actors=ACTORS), folder(tmp_path / "b", actors=ACTORS)
    assert faults(first, second)[0].endswith(f"column 'id': is there already: {first}/actors.csv, row 2.")


def test_rejected_rows_can_be_mended_in_a_folder_of_their_own_and_loaded_beside(tmp_path):
    first = folder(tmp_path / "a", actors=ACTORS.replace("network", "netwerk"))
    reading = read(first)
    [fault] = [item for item in reading.items if isinstance(item, Fault)]
    mended = [cell.replace("netwerk", "network") for cell in fault.cells]
    text = "\n".join(",".join(cells) for cells in (reading.tables["actors.csv", ""], mended))
    items = list(read(first, folder(tmp_path / "b", actors=text)).items)
    assert [item.record.id for item in items if isinstance(item, Row)] == ["ada", "bob"]


def test_ten_thousand_faults_are_all_told_and_soon(tmp_path):
    text = "from,kind,to\n" + "".join(f"ada,member_of,nobody-{i}\n" for i in range(10_000))
    assert len(faults(folder(tmp_path, actors=ACTORS, ties=text))) == 10_000


# -- what is written is read back

_words = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"], exclude_characters=";|"), min_size=1)
_text = st.lists(_words, min_size=1, max_size=4).map(" ".join)
_date = st.dates().map(str) | st.sampled_from(["2021", "2021-05", "1999-12-31"])
_amount = st.integers(0, 10**9).map(lambda cents: cents / 100)
_lists = vocabulary()


def _some(**fields: st.SearchStrategy) -> st.SearchStrategy[dict]:
    """Return any of these fields, or none."""
    return st.fixed_dictionaries({}, optional=fields)


def _several(one: st.SearchStrategy) -> st.SearchStrategy[tuple]:
    return st.lists(one, min_size=1, max_size=3).map(tuple)


_actor = _some(
    aliases=_several(_text),
    identifiers=_several(st.from_regex(r"kvk:[0-9]{8}", fullmatch=True)),
    subtype=st.sampled_from(_lists.ids("subtype")),
    municipality=st.from_regex(r"GM[0-9]{4}", fullmatch=True),
    websites=_several(_words),
    contacts=_several(
        st.fixed_dictionaries({"desk": _text}, optional={"url": _words, "mail": _words, "phone": _words})
    ),
    themes=_several(st.sampled_from(sorted(_lists.themes))),
    founded=_date,
    introduces=st.booleans(),
    place=_text,
    note=_text,
)
_tie = _some(
    ref=_words, role=_text, since=_date, amount=_amount, status=st.sampled_from(_lists.ids("status")), note=_text
)
_offer = _some(
    themes=_several(st.sampled_from(sorted(_lists.themes))),
    area=_several(st.from_regex(r"GM[0-9]{4}|PV[0-9]{2}|NL", fullmatch=True)),
    legal_forms=_several(_text),
    amount_from=_amount,
    members_of=st.just(("ada", "cbs:GM0599")),
    until=_date,
    window=_text,
)
_figure = _some(qualifier=_text, value=_amount.map(lambda v: -v), unit=_text, year=_date, locator=_text)


def _records(actor: dict, tie: dict, offer: dict, figure: dict) -> list[Record]:
    return [
        SourceRecord(id="s1", title="A made-up report"),
        ActorRecord(id="ada", kind="initiative", name="Ada", cites="s1", **actor),
        ActorRecord(id="bob", kind="network", name='"Bob", of\nline two', lat=52.25, lon=-4.5),
        TieRecord(source="ada", kind="funds", target="bob", **tie),
        OfferRecord(actor="bob", stance="offers", help="geld.lening", **offer),
        FigureRecord(about="sector", what="Leden", **figure),
    ]


def _cell(value: object) -> str:
    """Write a value as a cell."""
    if isinstance(value, tuple):
        return ";".join(_cell(one) for one in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.2f}"
    if isinstance(value, dict):
        return "|".join(value[name] or "" for name in ("desk", "url", "mail", "phone"))
    return "" if value is None else str(value)


def _write(path: Path, table: Table, records: list[Record]) -> None:
    with (path / table.file).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(table.columns)
        for record in records:
            said = record.model_dump()
            writer.writerow([_cell(said[column.field]) for column in table.columns.values()])


@given(_actor, _tie, _offer, _figure)
def test_records_that_are_written_are_read_back(tmp_path_factory, actor, tie, offer, figure):
    path = tmp_path_factory.mktemp("written")
    records = _records(actor, tie, offer, figure)
    for table in TABLES:
        _write(path, table, [record for record in records if type(record) is table.record])
    assert rows(path) == records


_END = st.sampled_from(("ada", "bob", "ada", "bob", "cleo", " ada", "nobody", "kvk:41202535"))
_TIES = st.lists(
    st.tuples(
        _END,
        st.sampled_from(("funds", "collaborates_with", "knows who")),
        _END,
        st.sampled_from(("", "", "lid ", "x\u202e")),
        st.sampled_from(("", "", "", "soon")),
        st.sampled_from(("s1", "s1", "s2")),
    ),
    max_size=60,
)
_ACTORS = st.lists(
    st.tuples(
        st.sampled_from(("", "sector", "id:x", "p 1", " q", "r", "s\u202e", *"abcdefghijklmnopq")),
        st.sampled_from(("person", "person", "initiative")),
        st.sampled_from(("", "Zoë", 'Ada "A"', "Ada\\", "Ada\nB", " Ada", "\u05d0", '"name":"Ada"', *"ABCDEFG")),
        st.sampled_from(("staff", "staff", "public", "")),
    ),
    max_size=60,
)


def _told(path: Path) -> list[object]:
    """Return what is read of a folder: faults, records and how they will be kept."""
    items = list(read(path).items)
    told = [(item.record, item.where, item.cells) if isinstance(item, Row) else item for item in items]
    kept = [(batch.says, batch.digests.tolist(), batch.ids) for batch in Preparing(3).batches(items)]
    return [told, kept]


def _told_alone(path: Path) -> list[object]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Alike, "get", lambda self, cells: None)
        return _told(path)


@given(_TIES)
def test_ties_that_say_the_same_of_others_are_read_as_if_each_stood_alone(tmp_path_factory, ties):
    path = tmp_path_factory.mktemp("alike")
    folder(path, sources="id,title\ns1,A made-up report\n", actors=ACTORS + "cleo,initiative,Cleo\n")
    with (path / "ties.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("from", "kind", "to", "role", "since", "source"), *ties])
    assert _told(path) == _told_alone(path)


@given(_ACTORS)
def test_actors_that_say_the_same_of_others_are_read_as_if_each_stood_alone(tmp_path_factory, actors):
    path = tmp_path_factory.mktemp("alike")
    with (path / "actors.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("id", "kind", "name", "visibility"), *actors])
    assert _told(path) == _told_alone(path)


def test_rows_that_each_say_something_of_their_own_are_soon_not_compared_any_more(tmp_path, monkeypatch):
    monkeypatch.setattr(sayings, "MANY", 4)
    ties = [f"ada,funds,bob,{n}" for n in range(40)]
    place = folder(tmp_path, actors=ACTORS, ties="\n".join(["from,kind,to,ref", *ties, ties[7]]))
    refs = [
        item.record.ref for item in read(place).items if isinstance(item, Row) and isinstance(item.record, TieRecord)
    ]
    assert refs == [str(n) for n in range(40)]
    assert faults(place) == ["ties.csv, row 42: is there already: ties.csv, row 9."]


def test_a_tally_of_rows_is_right_with_and_without_quotes(tmp_path):
    lines = ["id,kind,name", "ada,initiative,Ada", "", ",,", "bob,network,Bob"]
    assert read(folder(tmp_path, actors="\n".join(lines))).total == 2
    quoted = [*lines, 'cas,network,"Cas\nen co"', ' ,"",']
    assert read(folder(tmp_path, actors="\n".join(quoted))).total == 4
    assert read(folder(tmp_path, actors="\r\n".join(lines) + "\r\n")).total == 2
    assert read(folder(tmp_path, actors="\ufeff" + lines[0])).total == 0
