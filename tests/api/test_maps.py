"""Maps as files, on the command line and over HTTP: as what, for whom, framed by whom. Secrets are made up."""

from contextlib import contextmanager
from pathlib import Path

import pytest
from door import AS_STAFF, INTERNAL, INTERNAL_ROWS, SECRETS, load
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from graph.records import ActorRecord, DatasetRecord, SourceRecord, TieRecord
from graph.store import Store
from graph.stores import STORES

ASKED = {
    "neighbourhood": ("wijkpaleis", "--limit", "5"),
    "nearby": ("wijkpaleis", "--km", "20", "--limit", "5"),
    "path": ("wijkpaleis", "oranje-fonds", "--limit", "1"),
    "who-can-help": ("wijkpaleis", "geld.lening", "--limit", "3"),
    "municipality": ("gemeente-rotterdam",),
    "theme": ("buurthuizen-zelfbeheer", "--limit", "50"),
    "dataset": ("sector", "--limit", "30"),
    "sector": ("--limit", "40"),
}
TITLES = {
    "municipality": "Gemeente Rotterdam",
    "theme": "Buurt- en dorpshuizen in zelfbeheer",
    "dataset": "De collectieve sector in vier publicaties, 2021–2022",
    "sector": "De collectieve sector",
}
SIGNS = {"html": b"<!doctype html>", "svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF"}


def test_every_answer_is_drawn_to_a_file(demo, tmp_path):
    for what, words in ASKED.items():
        code, out, err = demo("map", what, *words, "--out", f"{what}.svg")
        assert (code, err) == (0, ""), what
        assert out.startswith(f"{what}.svg: ")
        assert out.endswith(" openbaar.\n")
        text = (tmp_path / f"{what}.svg").read_text(encoding="utf-8")
        assert TITLES.get(what, "Het Wijkpaleis") in text
        assert what != "sector" or "actoren met minder contacten" in text
        assert "Voor: openbaar" in text


def test_the_end_of_a_name_tells_the_format(demo, tmp_path):
    for ending, sign in SIGNS.items():
        assert demo("map", "path", "wijkpaleis", "de-wijkbv", "--out", f"w.{ending.upper()}", "--paper", "A4")[0] == 0
        assert (tmp_path / f"w.{ending.upper()}").read_bytes().startswith(sign)


def test_a_part_is_narrowed_by_kind_and_theme(demo, tmp_path):
    for words, count in {
        ("municipality", "gemeente-rotterdam", "--kind", "network"): 2,
        ("municipality", "gemeente-rotterdam", "--kind", "network", "--theme", "welzijnswerk"): 1,
        ("theme", "wonen", "--kind", "initiative"): 2,
        ("sector", "--kind", "funder", "--kind", "municipality"): 23,
    }.items():
        assert f": {count} actor" in demo("map", *words, "--out", "kaart.svg")[1], words
    assert "financier · gemeente" in (tmp_path / "kaart.svg").read_text(encoding="utf-8")


def test_a_municipality_that_is_no_actor_is_called_by_its_name(demo, tmp_path):
    assert demo("map", "municipality", "GM0014", "--out", "leeg.svg")[1] == "leeg.svg: 0 actoren, 0 banden, openbaar.\n"
    assert ">Groningen (GM0014)<" in (tmp_path / "leeg.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--out", "kaart.doc"), "Kies uit: .html, .svg, .png, .pdf."),
        (("--out", "kaart"), "Kies uit: .html, .svg, .png, .pdf."),
        (("--out", "kaart.pdf", "--paper", "a5"), "--paper 'a5' kennen we niet. Kies uit: a4, a3."),
        (("--out", "nergens/kaart.svg"), "Kies een map waar je mag schrijven."),
        (("--out", "kaart.svg", "--viewer", "chef"), "Kies uit: public, staff."),
    ],
)
def test_what_cannot_be_drawn_is_told_and_leaves_no_file(demo, tmp_path, words, said):
    code, out, err = demo("map", "nearby", "wijkpaleis", *words)
    assert (code, out) == (1, "")
    assert said in err
    assert list(tmp_path.glob("**/kaart*")) == []


def test_a_file_is_for_the_public_unless_told_otherwise(demo, tmp_path):
    with STORES["sqlite"](str(tmp_path / "graph.db"), "") as store:
        load(store, INTERNAL, INTERNAL_ROWS)
    for what in ("neighbourhood", "nearby"):
        public = ("map", what, "wijkpaleis", "--limit", "100")
        assert demo(*public, "--out", "public.svg")[0] == 0
        assert demo(*public, "--out", "staff.svg", "--viewer", "staff")[1].endswith(" alleen voor medewerkers.\n")
        told, kept = (Path(tmp_path, name).read_text(encoding="utf-8") for name in ("public.svg", "staff.svg"))
        assert not any(secret in told for secret in SECRETS)
        assert "Voor: alleen medewerkers" in kept
    assert demo("map", "neighbourhood", "wijkpaleis", "--out", "s.html", "--viewer", "staff")[0] == 0
    assert SECRETS[0] in (tmp_path / "s.html").read_text(encoding="utf-8")


def test_a_map_tells_the_licence_of_its_data_also_where_the_source_has_none(weefsel, tmp_path):
    made_up = DatasetRecord(name="made-up", title="Verzonnen", audience="public", licence="CC BY 4.0 (verzonnen)")
    hidden = DatasetRecord(name="hidden", title="Verzonnen", audience="staff", licence="vertrouwelijk-xyzzy")
    rows = tuple(ActorRecord(id=local, kind="initiative", name=f"Verzonnen {local}") for local in "ab")
    tie = TieRecord(source="a", kind="partner_of", target="b")
    with STORES["sqlite"](str(tmp_path / "graph.db"), "") as store:
        load(store, made_up, (*rows, tie))
        load(store, hidden, (TieRecord(source="id:a", kind="supports", target="id:b"),))
        settings = Settings(store=str(tmp_path / "graph.db"))
        told = {"http": TestClient(create_app(store, settings)).get("/map?format=svg").text}
    assert weefsel("map", "sector", "--out", "all.svg")[0] == 0
    told["command line"] = (tmp_path / "all.svg").read_text(encoding="utf-8")
    for door, text in told.items():
        assert "Licentie: CC BY 4.0 (verzonnen) ·" in text, door
        assert "xyzzy" not in text


def test_a_map_cites_the_sources_of_its_actors_but_for_whom_it_is(weefsel, tmp_path):
    """Two actors without a tie: one cites a source, of the other the dataset alone is known; the staff knows more of the first."""
    guide = DatasetRecord(name="guide", title="Verzonnen gids", audience="public", licence="CC0", date="2025")
    report = SourceRecord(id="report", title="Verzonnen jaarverslag", publisher="Verzonnen uitgever", date="2024-03")
    unused = SourceRecord(id="unused", title="Verzonnen, van wie niet op de kaart staat")
    kvk, themes = ("kvk:12345678",), ("wonen",)
    cited = ActorRecord(id="a", kind="initiative", name="Verzonnen a", identifiers=kvk, themes=themes, cites="report")
    other = ActorRecord(id="b", kind="initiative", name="Verzonnen b", themes=themes)
    elsewhere = ActorRecord(id="c", kind="initiative", name="Verzonnen c", cites="unused")
    secret = SourceRecord(id="secret", title="Geheim-xyzzy verslag")
    hidden = DatasetRecord(name="hidden-xyzzy", title="Geheim-xyzzy", audience="staff")
    known = ActorRecord(id="k", kind="initiative", name="Geheim-xyzzy a", identifiers=kvk, cites="secret")
    with STORES["sqlite"](str(tmp_path / "graph.db"), "") as store:
        load(store, guide, (report, unused, cited, other, elsewhere))
        load(store, hidden, (secret, known))
        client = TestClient(create_app(store, Settings(store=str(tmp_path / "graph.db"))))
        told = {format: client.get(f"/map?theme=wonen&format={format}").text for format in ("svg", "html")}
    for viewer in ("public", "staff"):
        assert weefsel("map", "theme", "wonen", "--viewer", viewer, "--out", f"{viewer}.svg")[0] == 0
        told[viewer] = (tmp_path / f"{viewer}.svg").read_text(encoding="utf-8")
    for text in told.values():
        assert "Verzonnen jaarverslag" in text
        assert "Verzonnen uitgever" in text
        assert "Verzonnen gids" in text
        assert "van wie niet op de kaart staat" not in text
        assert "geen bronnen genoemd" not in text
    assert "Geheim-xyzzy verslag" in told.pop("staff")
    assert not [door for door, text in told.items() if "xyzzy" in text]


@pytest.mark.parametrize("address", ["/map", "/actors/a/map", "/paths/map?from=a&to=b"])
def test_a_map_cites_what_it_was_drawn_from_also_if_that_is_replaced_meanwhile(tmp_path, monkeypatch, address):
    rows = (*(ActorRecord(id=local, kind="initiative", name=f"Verzonnen {local}") for local in "ab"),)
    rows = (*rows, TieRecord(source="a", kind="partner_of", target="b"))
    with STORES["sqlite"](str(tmp_path / "graph.db"), "") as store:
        load(store, DatasetRecord(name="made-up", title="Verzonnen, eerst", audience="public"), rows)
        client = TestClient(create_app(store, Settings(store=str(tmp_path / "graph.db"))))
        opened = store.snapshot

        @contextmanager
        def and_then_it_is_replaced():
            with opened() as snapshot:
                yield snapshot
            monkeypatch.undo()
            load(store, DatasetRecord(name="made-up", title="Verzonnen, daarna", audience="public"), rows)

        assert client.get(address).status_code == 200  # the index is there
        monkeypatch.setattr(store, "snapshot", and_then_it_is_replaced)
        told = client.get(address).text
    assert "Verzonnen, eerst" in told
    assert "Verzonnen, daarna" not in told


@pytest.mark.parametrize("kind", ["pdf"])
def test_a_picture_is_downloaded_under_a_name_of_its_own(client: TestClient, kind):
    answer = client.get(f"/actors/wijkpaleis/map?limit=3&format={kind}&paper=a3")
    assert answer.content.startswith(SIGNS[kind])
    assert answer.headers["content-disposition"] == f'attachment; filename="wijkpaleis.{kind}"'
    assert answer.headers["etag"]


def test_a_format_that_is_not_there_is_told_with_those_that_are(client: TestClient):
    errors = client.get("/actors/wijkpaleis/nearby/map?format=docx&paper=a5&lang=en").json()["errors"]
    assert [(error["name"], error["detail"].partition("Choose from: ")[2]) for error in errors] == [
        ("format", "html, svg, png, pdf."),
        ("paper", "a4, a3."),
    ]


def test_a_map_by_place_is_a_picture_only(client: TestClient, demo):
    address = "/actors/wijkpaleis/nearby/map?km=100&limit=5&geographic=true"
    assert "Op de plek die bekend is" in client.get(f"{address}&format=svg").text
    [error] = client.get(address).json()["errors"]
    assert (error["name"], "format=svg" in error["detail"]) == ("geographic", True)
    assert demo("map", "sector", "--geographic", "--out", "geo.svg", "--limit", "50")[0] == 0
    assert ".svg, .png of .pdf" in demo("map", "sector", "--geographic", "--out", "geo.html")[2]


def test_other_sites_may_frame_what_is_public_and_only_maps(client: TestClient):
    maps = ("/actors/wijkpaleis/map", "/actors/wijkpaleis/nearby/map", "/paths/map?from=wijkpaleis&to=oranje-fonds")
    for address in maps:
        assert client.get(address).headers["content-security-policy"].endswith("frame-ancestors *")
        assert client.get(address, headers=AS_STAFF).headers["content-security-policy"].endswith("ancestors 'self'")
    assert client.get("/actors/wijkpaleis").headers["content-security-policy"].endswith("frame-ancestors 'none'")
    form = client.post("/who-can-help/map", data={"help": "geld", "contact": "de-wijkbv"})
    assert form.headers["content-security-policy"].endswith("frame-ancestors 'self'")


def test_a_map_says_which_page_it_belongs_to(client: TestClient, demo_door: Store, settings: Settings):
    address = "/actors/wijkpaleis/nearby/map?km=30"
    assert 'href="/actors/wijkpaleis/nearby?km=30"' in client.get(address).text
    known = TestClient(create_app(demo_door, settings.model_copy(update={"public_url": "https://weefsel.example"})))
    assert 'href="https://weefsel.example/actors/wijkpaleis/nearby?km=30"' in known.get(address).text
    assert "https://weefsel.example/actors/wijkpaleis/nearby" in known.get(f"{address}&format=svg").text


def test_every_map_on_a_page_can_be_saved(client: TestClient):
    for address in (
        "/actors/wijkpaleis",
        "/actors/wijkpaleis/neighbourhood?depth=2",
        "/actors/wijkpaleis/nearby?km=30",
        "/paths?from=wijkpaleis&to=oranje-fonds",
        "/who-can-help?actor=wijkpaleis&help=geld",
    ):
        page = client.get(address).text
        links = [part.partition('"')[0].replace("&amp;", "&") for part in page.split('<a href="')[1:]]
        files = [link for link in links if "&format=" in link]
        assert [link.partition("&format=")[2] for link in files] == [
            "pdf&paper=a4", "pdf&paper=a3", "png&paper=a4", "svg&paper=a4"
        ]  # fmt: skip
        assert client.get(files[-1]).headers["content-type"] == "image/svg+xml"
