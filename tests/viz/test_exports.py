"""Exports, opened by other people's readers: what is in them, and that no value breaks them. All names are made up."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import networkx as nx
import openpyxl
import pytest
from lxml import etree
from pyld import jsonld
from saying import PUBLIC, STAFF, actor, figure, load, offer, person, source, tie

from api import extracts
from graph.answers import Part
from graph.drawing import Extract
from graph.errors import BadInputError
from graph.ingest import replace
from graph.model import Viewer
from graph.reading import Fault
from graph.records import DatasetRecord, TieRecord
from graph.stores import STORES
from graph.view import open_view
from loaders import LOADERS
from viz import EXPORTS, workbook
from viz.style import MARKS

DAY = date(2026, 6, 1)
HOSTILE = [
    '=HYPERLINK("http://example.org";"klik")',
    "=cmd|' /C calc'!A0",
    "+31 @SUM(1) -2",
    "@naam",
    "-1+2",
    "<script>alert(1)</script> & ]]> \"aanhaling\" 'enkel'",
    "מרכז שכונתי בדוי",
    "虚构的邻里之家 🏡👩‍👩‍👧‍👦",
    "twee\nregels met een\ttab",
    "_x003D_cmd | met een streep; en puntkomma",
    "niet\ufffete\uffff zien",
    "lang " * 60,
]
SECRET = ("Geheim Verzonnen Fonds", "Hiddema Verzonnen", "vertrouwelijk-xyzzy")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    """Actors with hostile names, every field filled in once, ties of many sorts; and what the public may not see."""
    with STORES["sqlite"](str(tmp_path_factory.mktemp("exports") / "store.db"), "") as store:
        odd = [actor(f"h{n}", name=name.strip(), note=name.strip()) for n, name in enumerate(HOSTILE)]
        full = actor(
            "vol",
            "network",
            "Verzonnen netwerk",
            aliases=("VN", "Het netwerk"),
            identifiers=("kvk:12345678", "wikidata:Q1"),
            themes=("wonen", "jeugd"),
            websites=("https://example.org/vn",),
            contacts=({"desk": "loket", "mail": "loket@example.org"},),
            place="Rotterdam",
            municipality="GM0599",
            lat=51.9,
            lon=4.5,
            founded="2019",
            legal_form="vereniging",
        )
        stad = actor("stad", "municipality", "Verzonnen stad", identifiers=("cbs:GM0599",))
        fonds = actor("fonds", "funder", "Verzonnen fonds")
        mens = person("mens", "Openbaar Mens")
        ties = [
            tie("h0", "member_of", "vol", since="2020", role="penningmeester", cites="b", locator="p. 3"),
            tie("fonds", "funds", "vol", amount=1500.5, since="2024", ref="=1+1"),
            tie("fonds", "funds", "vol", amount=20000, since="2025", status="former"),
            tie("vol", "partner_of", "fonds", note="<b>vet</b>"),
            tie("mens", "board_member_of", "vol"),
            tie("vol", "located_in", "stad"),
        ]
        offers = [
            offer("fonds", amount_from=10, themes=("wonen",)),
            offer("vol", "needs"),
            offer("vol", "declines", "geld"),
            figure("sector", value=1.125),
            figure("vol", value=1e9, unit="euro"),
            offer("h1", members_of=("vol",), amount_to=1.125, help="kennis.advies"),
        ]
        bron = source("b", "Verzonnen jaarverslag", publisher="Verzonnen uitgever", licence="CC BY 4.0", date="2022")
        load(
            store,
            "gids",
            bron,
            *odd,
            full,
            stad,
            fonds,
            mens,
            *ties,
            *offers,
            title="Verzonnen gids",
            licence="CC0",
            date="2026",
        )
        load(store, "later", tie("id:fonds", "partner_of", "id:vol", note="andersom gezegd"), audience="public")
        geheim = [actor("g", "funder", SECRET[0]), actor("vol2", "network", SECRET[0], identifiers=("kvk:12345678",))]
        said = [tie("g", "funds", "id:vol", note=SECRET[2]), offer("g", conditions=SECRET[2])]
        load(store, "intern", *geheim, person("q", SECRET[1], "staff"), *said, audience="staff", title=SECRET[2])
        yield store


def written(store: object, format_: str, viewer: Viewer = PUBLIC, **part: object) -> bytes:
    with open_view(store, viewer) as view:
        extract = extracts.of_part(view, Part(**part), "nl", DAY)
        return b"".join(EXPORTS[format_].write(extract))


def read_back(store: object, format_: str, path: Path) -> list[object]:
    """Return the records that the loader of a format reads of an export."""
    path.write_bytes(written(store, format_))
    return [item.record for item in LOADERS[format_]([path]).items if not isinstance(item, Fault)]


def unpacked(data: bytes) -> bytes:
    """Return the bytes of a file, and of what is packed in it."""
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return data + b"".join(archive.read(name) for name in archive.namelist())


def sheets(data: bytes) -> dict[str, list[dict[str, object]]]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    rows = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}
    return {
        name: [dict(zip(some[0], row, strict=True)) for row in some[1:]]
        for name, some in rows.items()
        if name != "Leesmij"
    }


def clean(text: str) -> str:
    return text.strip().replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")


@pytest.mark.parametrize("format_", EXPORTS)
def test_the_same_again_is_the_same_bytes_without_what_the_public_may_not_see(store, format_):
    once = written(store, format_)
    assert once == written(store, format_)
    everything, staff = (
        unpacked(once).decode("utf-8", "replace"),
        unpacked(written(store, format_, STAFF)).decode("utf-8", "replace"),
    )
    assert not [secret for secret in (*SECRET, "intern-", "staff") if secret in everything]
    assert [secret for secret in SECRET if secret in staff][:1] == [SECRET[0]]
    for said in ("Verzonnen gids", "CC0", "1 juni 2026", "openbaar", "De collectieve sector"):
        assert said in everything
    assert "medewerkers" in staff


@pytest.mark.parametrize("format_", EXPORTS)
def test_an_empty_extract_is_a_whole_file(store, format_):
    empty = written(store, format_, text="niemand heet zo")
    assert "Verzonnen gids" in unpacked(empty).decode("utf-8", "replace")
    if format_ == "gexf":
        assert not nx.read_gexf(io.BytesIO(empty)).nodes
    if format_ == "graphml":
        assert not nx.read_graphml(io.BytesIO(empty)).nodes
    if format_ == "xlsx":
        assert sheets(empty) == {"Actoren": [], "Banden": [], "Aanbod en vraag": [], "Bronnen": []}
    if format_ in ("kumu", "geojson", "jsonld"):
        json.loads(empty)


def test_a_workbook_is_what_a_person_reads(store):
    data = written(store, "xlsx")
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["Leesmij", "Actoren", "Banden", "Aanbod en vraag", "Bronnen"]
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
        widest = [max(len(str(cell.value or "")) for cell in column) for column in sheet.columns]
        widths = [sheet.column_dimensions[column[0].column_letter].width for column in sheet.columns]
        assert all(min(wide, 58) < width <= 60 for wide, width in zip(widest, widths, strict=True))
        assert all(cell.data_type != "f" and cell.hyperlink is None for row in sheet.iter_rows() for cell in row)
        risky = [
            cell
            for row in sheet.iter_rows(min_row=2)
            for cell in row
            if str(cell.value)[:1] in "=+-@" and cell.data_type == "s"
        ]
        assert all(cell.quotePrefix for cell in risky)
    said = sheets(data)
    named = {row["Naam"]: row for row in said["Actoren"]}
    assert {clean(name) for name in HOSTILE} <= {str(name).replace("_x005F_", "_") for name in named}
    vol = named["Verzonnen netwerk"]
    told = (
        vol["Soort"],
        vol["Gemeente"],
        vol["Thema’s"],
        vol["Doet niet"],
        vol["Breedtegraad"],
        vol["Ingang"],
        vol["Nummers"],
    )
    assert told == (
        "netwerk",
        "Verzonnen stad",
        "Wonen en wooncoöperaties; Jeugd",
        "Geld",
        51.9,
        "loket, loket@example.org",
        "kvk:12345678; wikidata:Q1",
    )
    [funds] = [row for row in said["Banden"] if row["Bedrag (euro)"] == 1500.5]
    assert (funds["Van"], funds["Band"], funds["Naar"], funds["Sinds"], funds["Nummer"]) == (
        "Verzonnen fonds",
        "financiert",
        "Verzonnen netwerk",
        "2024",
        "=1+1",
    )
    [member] = [row for row in said["Banden"] if row["Rol"]]
    assert member["Bronnen"] == "Verzonnen jaarverslag, p. 3"
    assert {row["Wat doet die"] for row in said["Aanbod en vraag"]} == {"biedt", "zoekt", "doet het niet"}
    [cited] = [row for row in said["Bronnen"] if row["Titel"]]
    assert (cited["Titel"], cited["Uitgever"], cited["Licentie"]) == (
        "Verzonnen jaarverslag",
        "Verzonnen uitgever",
        "CC BY 4.0",
    )


def test_a_sheet_that_is_full_goes_on_in_another(store, monkeypatch):
    monkeypatch.setattr(workbook, "MOST_ROWS", 8)
    monkeypatch.setattr(workbook, "LOOKED_AT", 3)
    book = openpyxl.load_workbook(io.BytesIO(written(store, "xlsx")))
    names = [name for name in book.sheetnames if name.startswith("Actoren")]
    rows = [row for name in names for row in book[name].iter_rows(min_row=2, values_only=True)]
    assert names[:2] == ["Actoren", "Actoren 2"]
    assert len(rows) == len(HOSTILE) + 4
    assert all(book[name].cell(1, 1).value == "Naam" and book[name].max_row <= 8 for name in names)


@pytest.mark.parametrize("format_", ["gexf", "graphml"])
def test_networkx_reads_what_gephi_and_yed_are_given(store, format_):
    data = written(store, format_)
    read = nx.read_gexf if format_ == "gexf" else nx.read_graphml
    graph = read(io.BytesIO(data))
    assert graph.is_directed()
    assert len(graph) == len(HOSTILE) + 4
    names = {told.get("name", told.get("label")) for _, told in graph.nodes(data=True)}
    assert {clean(name) for name in HOSTILE} <= names
    vol = graph.nodes["vol"]
    assert (vol["kind"], vol["aliases"], vol["identifiers"], vol["lat"]) == (
        "network",
        "VN|Het netwerk",
        "kvk:12345678|wikidata:Q1",
        51.9,
    )
    funds = sorted(
        (told["amount"], told["status"], told["since"])
        for told in graph["fonds"]["vol"].values()
        if told["kind"] == "funds"
    )
    assert funds == [(1500.5, "current", "2024"), (20000.0, "former", "2025")]
    partners = [
        told
        for pair in (("vol", "fonds"), ("fonds", "vol"))
        for told in graph.get_edge_data(*pair, default={}).values()
        if told["kind"] == "partner_of"
    ]
    assert len(partners) == 1
    if format_ == "gexf":
        schema = etree.XMLSchema(etree.parse(Path(__file__).with_name("gexf.xsd")))
        schema.assertValid(etree.fromstring(data))


def test_gephi_shows_kinds_in_the_colours_of_our_maps_and_our_loader_passes_them_by(store, tmp_path):
    data = written(store, "gexf")
    nodes = nx.read_gexf(io.BytesIO(data)).nodes.values()
    drawn = {node["kind"]: "#{r:02x}{g:02x}{b:02x}".format(**node["viz"]["color"]) for node in nodes}
    assert set(drawn) == {"initiative", "network", "municipality", "funder", "person"}
    assert all(MARKS[kind].light == colour for kind, colour in drawn.items())
    told, path = [], tmp_path / "made-up.gexf"
    for file in (data, re.sub(rb"<viz:color[^>]*>", b"", data)):
        path.write_bytes(file)
        told.append([item.record for item in LOADERS["gexf"]([path]).items if not isinstance(item, Fault)])
    assert len(told[0]) > len(nodes)
    assert told[0] == told[1]


def test_gephi_keeps_ties_of_several_kinds_between_the_same_two_apart(store):
    graph = etree.fromstring(written(store, "gexf"))
    edges = graph.findall(".//{*}edge")
    ends = {(edge.get("source"), edge.get("target")) for edge in edges}
    kinds = {(edge.get("source"), edge.get("target"), edge.get("kind")) for edge in edges}
    assert len(ends) < len(kinds)
    title = {one.get("id"): one.get("title") for one in graph.findall(".//{*}attributes[@class='edge']/{*}attribute")}
    for edge in edges:
        said = {title[one.get("for")]: one.get("value") for one in edge.iter("{*}attvalue")}
        assert said["kind"] == edge.get("kind")


def test_kumu_s_json_has_elements_and_connections(store):
    told = json.loads(written(store, "kumu"))
    elements = {element["id"]: element for element in told["elements"]}
    vol = elements["vol"]
    assert (vol["label"], vol["type"], vol["kind"], vol["aliases"]) == (
        "Verzonnen netwerk",
        "netwerk",
        "network",
        ["VN", "Het netwerk"],
    )
    ends = {(c["from"], c["type"], c["kind"], c["to"], c["direction"]) for c in told["connections"]}
    assert {
        ("fonds", "financiert", "funds", "vol", "directed"),
        ("fonds", "is partner van", "partner_of", "vol", "undirected"),
    } <= ends
    assert all(c["from"] in elements and c["to"] in elements for c in told["connections"])


def test_kumu_knows_a_tie_again_that_is_imported_twice(store):
    whole, part = (json.loads(written(store, "kumu", **of))["connections"] for of in ({}, {"actors": ("fonds", "vol")}))
    assert len({c["id"] for c in whole}) == len(whole)
    known = {(c["kind"], c.get("ref")): c["id"] for c in whole}
    assert len(part) == 3
    assert all(known[c["kind"], c.get("ref")] == c["id"] for c in part)


def test_geojson_has_a_point_for_who_has_a_place(store):
    told = json.loads(written(store, "geojson"))
    assert told["type"] == "FeatureCollection"
    assert told["without_place"] + len(told["features"]) == len(HOSTILE) + 4
    [vol] = [feature for feature in told["features"] if feature["id"] == "vol"]
    assert (vol["type"], vol["geometry"]) == ("Feature", {"type": "Point", "coordinates": [4.5, 51.9]})
    assert (vol["properties"]["name"], vol["properties"]["located"]) == ("Verzonnen netwerk", "stated")


def test_a_json_ld_processor_finds_the_words_of_schema_org(store):
    expanded = jsonld.flatten(json.loads(written(store, "jsonld")))
    nodes = {node["@id"]: node for node in expanded}
    schema, vol = "https://schema.org/", nodes["urn:weefsel:actor:vol"]
    assert vol["@type"] == [f"{schema}Organization"]
    assert {name["@value"] for name in vol[f"{schema}alternateName"]} == {"VN", "Het netwerk"}
    assert vol[f"{schema}sameAs"] == [{"@id": "http://www.wikidata.org/entity/Q1"}]
    assert nodes["urn:weefsel:actor:p-1"]["@type"] == [f"{schema}Person"]
    [role] = nodes["urn:weefsel:actor:h0"][f"{schema}memberOf"]
    assert nodes[role["@id"]][f"{schema}memberOf"] == [{"@id": "urn:weefsel:actor:vol"}]
    assert nodes[role["@id"]][f"{schema}startDate"] == [{"@value": "2020"}]
    assert nodes["urn:weefsel:actor:p-1"]["urn:weefsel:tie:board_member_of"] == [{"@id": "urn:weefsel:actor:vol"}]
    assert {clean(name) for name in HOSTILE} <= {
        n["@value"] for node in expanded for n in node.get(f"{schema}name", [])
    }


def test_what_does_not_hold_is_not_told_in_words_of_schema_org(tmp_path):
    with STORES["sqlite"](str(tmp_path / "store.db"), "") as store:
        statuses = ("current", "former", "planned", "conditional", "rejected")
        ties = [tie(f"h-{status}", "member_of", "net", status=status) for status in statuses]
        gone = tie("weg", "member_of", "net", status="former", until="2020", basis="inferred")
        those = [actor(one) for one in ("net", "weg", *(f"h-{status}" for status in statuses))]
        load(store, "gids", *those, *ties, gone)
        data = written(store, "jsonld")
        said = read_back(store, "jsonld", tmp_path / "deel.jsonld")
    nodes = jsonld.flatten(json.loads(data))
    word = "https://schema.org/memberOf"
    members = {node["@id"] for node in nodes if word in node and "Role" not in str(node.get("@type"))}
    assert members == {"urn:weefsel:actor:h-current", "urn:weefsel:actor:weg"}
    assert {(one.source, one.status, one.basis, one.until) for one in said if isinstance(one, TieRecord)} == {
        *((f"h-{status}", status, "stated", None) for status in statuses),
        ("weg", "former", "inferred", "2020"),
    }


def test_the_row_of_a_municipality_has_its_code(store):
    rows = {row["Naam"]: row for row in sheets(written(store, "xlsx"))["Actoren"]}
    assert rows["Verzonnen stad"]["Gemeentecode"] == rows["Verzonnen netwerk"]["Gemeentecode"] == "GM0599"


@pytest.mark.parametrize(
    ("format_", "names", "separator"), [("csv", ("actors", "ties"), ","), ("csv-excel", ("actoren", "banden"), ";")]
)
def test_a_pair_of_tables_opens_in_excel_and_in_programs(store, format_, names, separator):
    with zipfile.ZipFile(io.BytesIO(written(store, format_))) as archive:
        texts = {name: archive.read(f"{name}.csv").decode() for name in names}
        readme = next(archive.read(name).decode() for name in archive.namelist() if name.endswith(".txt"))
    assert all(text.startswith("\ufeff") == (format_ == "csv-excel") for text in texts.values())
    actors, ties = (
        [*csv.DictReader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=separator)]
        for text in texts.values()
    )
    assert all(f"- {name}: " in readme for name in (*actors[0], *ties[0]))
    assert not [cell for row in (*actors, *ties) for cell in row.values() if cell[:1] in tuple("=+-@\t\r\n")]
    assert {clean(name) for name in HOSTILE} <= {
        row["name" if format_ == "csv" else "Naam"].removeprefix("'") for row in actors
    }
    if format_ == "csv":
        assert ("1500.5", "'=1+1", "funds", "fonds") in {(t["amount"], t["ref"], t["kind"], t["from"]) for t in ties}
    else:
        assert ("1500,5", "financiert", "Verzonnen fonds") in {(t["Bedrag (euro)"], t["Band"], t["Van"]) for t in ties}


def test_a_file_that_is_not_read_to_the_end_lets_go(store):
    with open_view(store, PUBLIC) as view:
        extract: Extract = extracts.of_part(view, Part(), "en", DAY)
        for export in EXPORTS.values():
            some = export.write(extract)
            assert next(some)
            some.close()


@pytest.mark.parametrize("viewer", Viewer)
def test_whole_datasets_make_the_same_graph_elsewhere(store, tmp_path, viewer):
    with zipfile.ZipFile(io.BytesIO(written(store, "sector", viewer))) as archive:
        archive.extractall(tmp_path)
    folders = re.findall(r"weefsel load sector (\S+)", (tmp_path / "readme.txt").read_text(encoding="utf-8"))
    assert folders == (["gids", "later", "intern"] if viewer is STAFF else ["gids", "later"])
    with STORES["sqlite"](str(tmp_path / "again.db"), "") as again:
        for folder in folders:
            reading = LOADERS["sector"]([tmp_path / folder])
            report = replace(again, DatasetRecord.model_validate(reading.dataset), reading.items, "sector")
            assert (report.rejected, report.waiting) == (0, 0)
        assert told(again, viewer) == told(store, viewer)


def told(store: object, viewer: Viewer) -> dict[str, object]:
    """Return all that a viewer is told, without numbers, revisions and how it was loaded."""
    with open_view(store, viewer) as view:
        extract = extracts.of_part(view, Part(), "nl", DAY)
        actors = [(a.card._replace(n=0), a.facts, a.offers, a.figures, a.datasets) for a in extract.actors()]
        kept = ("name", "title", "audience", "date", "speaker", "licence", "url", "counts", "sources")
        datasets = [{name: getattr(dataset, name) for name in kept} for dataset in extract.datasets]
        return {"actors": actors, "ties": list(extract.ties()), "datasets": datasets, "sector": view.sector_figures()}


def test_only_whole_datasets_are_exported_as_such():
    for part in (Part(themes=("wonen",)), Part(network="vol"), Part(actors=("vol",))):
        with pytest.raises(BadInputError, match="sector"):
            extracts.fit("sector", part, "")
    extracts.fit("sector", Part(dataset="gids"), "")
