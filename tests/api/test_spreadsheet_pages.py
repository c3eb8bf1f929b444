"""Loading a spreadsheet in the browser: looked at, tried, kept or left. All names are made up."""

import html
import io
import os
import re
import shutil
import stat
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from zipfile import ZipFile

import openpyxl
import pytest
from books import xlsx
from door import AS_BROWSER, AS_STAFF, TOKEN, load
from starlette.testclient import TestClient

from api import limits, uploads
from api.app import create_app
from api.settings import Settings
from api.uploads import KEPT_SECONDS, Uploads
from graph.errors import NotFoundError, StoreError
from graph.model import Viewer
from graph.records import ActorRecord, DatasetRecord
from graph.store import Store
from graph.stores import STORES
from graph.view import open_view

REGISTER = "Verstrekker;Ontvanger;Bedrag;Jaar;Kleur\n"
NAMES = (
    "Stichting Kwetternest",
    "Bloemenhof",
    *(f"Reiger{end}" for end in ("laan", "veld", "hoek", "bos", "dijk", "huis")),
)
ALL = {"Kwetternest", "Fonds Verzonnen", *NAMES}
GOOD = "".join(f"Fonds Verzonnen;{name};{number}.000,00;2024;rood\n" for number, name in enumerate(NAMES, 5))
BAD = "Fonds Verzonnen;Dassenburcht;veel;2024;blauw\n"


@pytest.fixture
def store(tmp_path) -> Iterator[Store]:
    """A store that holds somebody whom the files name in another way."""
    with STORES["sqlite"](str(tmp_path / "store.db"), "") as opened:
        load(opened, DatasetRecord(name="al-hier"), (ActorRecord(id="k", kind="initiative", name="Kwetternest"),))
        yield opened


@pytest.fixture
def staff(store: Store, settings: Settings) -> TestClient:
    return signed_in(store, settings)


def signed_in(store: Store, settings: Settings) -> TestClient:
    """A browser in which staff is signed in, as one process answers it."""
    client = TestClient(create_app(store, settings), follow_redirects=False, headers=AS_BROWSER)
    form = client.get("/sign-in").text
    mark = re.search(r'name="mark" value="([0-9a-f]+)"', form)[1]
    client.post("/sign-in", data={"token": TOKEN, "mark": mark})
    return client


def fields(page: str) -> dict[str, str]:
    """Return what the page's first form about a file sends."""
    found = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    if area := re.search(r"<textarea[^>]*>\n?(.*?)</textarea>", page, re.DOTALL):
        found["mapping"] = html.unescape(area[1])
    for name in ("dataset",):
        if box := re.search(rf'<input id="{name}" name="{name}" value="([^"]*)"', page):
            found[name] = box[1]
    return found


def send(client: TestClient, text: str | bytes, name: str = "register.csv", **more: str):
    mark = fields(client.get("/spreadsheets").text)["mark"]
    content = text if isinstance(text, bytes) else text.encode()
    return client.post("/spreadsheets", data={"step": "look", "mark": mark, **more}, files={"file": (name, content)})


def step(client: TestClient, page: str, step: str, **more: str):
    return client.post("/spreadsheets", data={**fields(page), "step": step, **more})


def names(store: Store) -> set[str]:
    with open_view(store, Viewer.STAFF) as view:
        return {card.name for card in view.every_card()}


def kept_files(tmp_path) -> list[str]:
    return sorted(path.name for path in tmp_path.rglob("uploads/*/*"))


def test_a_file_is_looked_at_before_anything_is_kept(staff, store):
    answer = send(staff, REGISTER + GOOD + BAD)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "private, no-store"
    page = html.unescape(answer.text)
    assert 'column.amount = "Bedrag"' in page, "the proposal"
    assert "Kleur" in page.partition("Niet gelezen")[2].partition("</section>")[0]
    assert "Fonds Verzonnen financiert Bloemenhof: sinds 2024, bedrag 6.000" in page, "the first rows"
    assert "register.csv, rij 10" in page.partition("Fouten: 1")[2]
    assert "'veel' is geen bedrag" in page
    assert "zelfde naam op rechtsvorm na" in page.partition("Wat er dubbel zou staan")[2]
    assert 'value="save"' not in page, "what has faults is not kept as it is"
    assert names(store) == {"Kwetternest"}


def test_the_other_language_shows_the_same_step_of_the_same_file(staff, store):
    def switched(page: str) -> str:
        action, sent = re.search(
            r'<form class="other" method="post" action="([^"]+)">(.*?)</form>', page, re.DOTALL
        ).groups()
        told = {name: html.unescape(value) for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', sent)}
        return html.unescape(staff.post(html.unescape(action), data=told).text)

    looked = send(staff, REGISTER + GOOD + BAD).text
    assert "Fonds Verzonnen funds Bloemenhof" in switched(looked)
    mapping = fields(looked)["mapping"].replace("Kleur", "Kleurtje") + '\n# "zelf geschreven"\n'
    tried = step(staff, looked, "try", mapping=mapping, skip="true").text
    assert '# "zelf geschreven"' in switched(tried)
    assert names(store) == {"Kwetternest"}, "nothing is kept by that"
    kept = step(staff, tried, "save", mapping=mapping, skip="true").text
    assert names(store) >= {"Bloemenhof"}
    assert '<form class="other"' not in kept, "what was kept is not sent again"


def test_a_file_that_cannot_be_kept_is_told_with_what_would_do(staff, tmp_path):
    (tmp_path / "store.db.index").touch()
    answer = send(staff, REGISTER + GOOD)
    assert answer.status_code == 503
    assert "Geef met WEEFSEL_INDEX een map waar de dienst mag schrijven, of maak daar ruimte." in answer.text


@pytest.mark.parametrize("full", [True, False])
def test_a_full_disk_leaves_no_half_of_a_file(tmp_path, full):
    class Sent(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            if full and self.tell():
                raise OSError(28, "No space left on device")
            return super().read(min(size or 1, 5))

    kept = Uploads(tmp_path / "uploads")
    with pytest.raises(StoreError, match="No space left") if full else nullcontext():
        kept.keep("een sessie", "leden.csv", Sent(b"Naam;Soort\n"))
    assert kept_files(tmp_path) == ([] if full else ["leden.csv"])


def test_what_was_tried_is_kept_and_it_is_what_was_shown(staff, store, tmp_path):
    page = send(staff, REGISTER + GOOD + BAD).text
    tried = step(staff, page, "try", skip="true", dataset="subsidies-2024").text
    assert "subsidies-2024: 9 rijen = 8 goed + 1 afgekeurd + 0 apart gezet." in tried
    assert names(store) == {"Kwetternest"}
    kept = step(staff, tried, "save", skip="true", dataset="subsidies-2024").text
    assert "Bewaard als dataset subsidies-2024." in kept
    told = r"subsidies-2024: .*?</ul>"
    assert re.search(told, kept, re.DOTALL)[0] == re.search(told, tried, re.DOTALL)[0], "trying tells what keeping does"
    assert names(store) == ALL
    assert kept_files(tmp_path) == [".loaded"], "the file is thrown away; what was told of it stays"
    assert "subsidies-2024" in staff.get("/datasets").text


def test_who_clicks_twice_or_loads_the_page_again_is_told_that_it_is_kept(staff, store, settings):
    page = send(staff, REGISTER + GOOD).text
    another = TestClient(create_app(store, settings), headers=AS_BROWSER, cookies=staff.cookies)
    with ThreadPoolExecutor() as clicks:
        answers = [clicks.submit(step, process, page, "save") for process in (staff, another)]
        first, second = (answer.result() for answer in answers)
    assert (first.status_code, second.status_code) == (200, 200)
    assert "Bewaard als dataset register." in first.text
    assert second.text == first.text == step(staff, page, "save").text
    assert second.headers["cache-control"] == "private, no-store"


def test_a_mapping_outlives_the_file_that_it_was_typed_for(staff, store, tmp_path):
    looked = send(staff, REGISTER + GOOD).text
    for folder in tmp_path.glob("*/uploads/*"):
        shutil.rmtree(folder)  # as after an hour
    typed = fields(looked)["mapping"] + '\n# "zelf geschreven"\n'
    gone = step(staff, looked, "try", mapping=typed, dataset="mijn-lijst", audience="public", skip="true")
    assert gone.status_code == 404
    assert "Je mapping is niet kwijt" in gone.text
    assert '<button class="main" name="step" value="try">' in gone.text
    sent = {name: html.unescape(value) for name, value in fields(gone.text).items()}
    assert (sent["dataset"], sent["audience"], sent["skip"]) == ("mijn-lijst", "public", "true")
    again = staff.post("/spreadsheets", data={**sent, "step": "try"}, files={"file": ("nog-eens.csv", REGISTER + GOOD)})
    assert again.status_code == 200
    assert fields(again.text)["mapping"].strip() == typed.strip()
    assert fields(again.text)["dataset"] == "mijn-lijst"


def test_what_was_typed_when_the_session_ended_can_be_copied_but_is_not_told_to_other_sites(staff, client, store):
    form = fields(send(staff, REGISTER + GOOD).text) | {"step": "try", "mapping": '# "zelf geschreven"\n'}
    ended = client.post("/spreadsheets", data=form, headers=AS_BROWSER)
    assert ended.status_code == 401
    assert "# &#34;zelf geschreven&#34;" in ended.text
    assert 'target="_blank"' in ended.text, "one signs in without leaving it"
    forged = client.post("/spreadsheets", data=form, headers={**AS_BROWSER, "Sec-Fetch-Site": "cross-site"})
    assert forged.status_code == 401
    assert "zelf geschreven" not in forged.text


def test_rows_with_faults_are_given_to_be_mended_and_sent_again(staff, store, tmp_path):
    page = send(staff, REGISTER + GOOD + BAD).text
    assert "Download de rijen met fouten" in page
    answer = step(staff, page, "faulty", dataset="subsidies-2024")
    assert answer.headers["content-disposition"] == 'attachment; filename="subsidies-2024-fouten.csv"'
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.content.decode() == "\ufeff" + (REGISTER + BAD).replace("\n", "\r\n")
    assert names(store) == {"Kwetternest"}, "nothing is kept"
    mended = send(staff, answer.content.replace(b"veel", b"100"), "rest.csv").text
    assert "Fonds Verzonnen financiert Dassenburcht: sinds 2024, bedrag 100" in html.unescape(mended)
    assert "Download de rijen met fouten" not in mended
    assert step(staff, mended, "faulty").status_code == 404
    assert kept_files(tmp_path) == [".mapping", ".mapping", "register.csv", "rest.csv"]
    assert [*tmp_path.rglob("uploads/*/.mapping/*/")] == [], "no rows are left"


def test_sheets_that_differ_are_tables_of_one_dataset_and_rows_to_mend_come_as_a_zip(staff, store, tmp_path):
    good = [[f"Reiger{end}", f"1234567{place}"] for place, end in enumerate(("laan", "veld", "hoek", "bos", "dijk"))]
    sheets = {
        "Leden": [["Naam initiatief", "KvK-nummer"], *good, ["Plein", "13"]],
        "Koepels": [["Koepel", "Lid"], ["Koepel Riet", "Reigerlaan"], ["Koepel Riet", ""]],
        "Uitleg": [["Zo is", "het"], ["gewoon", "bedoeld"]],
    }
    page = send(staff, xlsx(tmp_path / "leden.xlsx", sheets).read_bytes(), "leden.xlsx").text
    seen = html.unescape(page)
    assert seen.index("Wat we zien: <bdi>Leden</bdi>") < seen.index("Wat we zien: <bdi>Koepels</bdi>")
    assert "Bladen die niet gelezen worden: Uitleg." in seen
    assert "Reigerlaan is lid van Koepel Riet" in seen.partition("Zo worden de eerste rijen: <bdi>Koepels</bdi>")[2]
    answer = step(staff, page, "faulty")
    assert answer.headers["content-disposition"] == 'attachment; filename="leden-fouten.zip"'
    with ZipFile(io.BytesIO(answer.content)) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    assert files == {
        "leden.xlsx-1-leden.csv": "\ufeffNaam initiatief;KvK-nummer\r\nPlein;13\r\n",
        "leden.xlsx-2-koepels.csv": "\ufeffKoepel;Lid\r\nKoepel Riet;\r\n",
    }
    step(staff, page, "save", skip="true")
    assert {"Reigerlaan", "Koepel Riet"} <= names(store)
    with open_view(store, Viewer.STAFF) as view:
        assert len([card for card in view.every_card() if card.name == "Reigerlaan"]) == 1


def test_a_mapping_is_edited_and_what_is_wrong_with_it_is_told(staff):
    page = send(staff, REGISTER + GOOD).text
    mapping = fields(page)["mapping"]
    wrong = step(staff, page, "try", mapping=mapping.replace('"Bedrag"', '"Bedragen"'))
    assert wrong.status_code == 400
    assert "ze heet nu misschien 'Bedrag'" in html.unescape(wrong.text)
    assert '"Bedragen"' in html.unescape(wrong.text), "the edit is still there"
    assert step(staff, wrong.text, "try", mapping="[actors").status_code == 400
    right = step(staff, wrong.text, "try", mapping=mapping.replace('"funder"', '"network"'))
    assert "Fonds Verzonnen (netwerk" in html.unescape(right.text)


def test_what_may_be_two_things_is_asked_before_it_is_tried(staff):
    page = html.unescape(send(staff, "Verstrekker;Ontvanger;Bedrag\nFonds;Hof;81,499\nFonds;Tuin;12,500\n").text)
    assert "kan duizenden betekenen" in page
    assert "Wat er zou gebeuren" not in page
    answered = step(staff, page, "try", mapping=fields(page)["mapping"].replace('decimal = "?"', 'decimal = "."'))
    assert "Fonds financiert Hof: bedrag 81.499" in html.unescape(answered.text)
    assert "Wat er zou gebeuren" in answered.text


def test_a_dataset_that_is_there_already_is_told_to_go(staff):
    page = send(staff, REGISTER + GOOD).text
    assert "De dataset al-hier is er al" in step(staff, page, "try", dataset="al-hier").text
    assert step(staff, page, "try", dataset="Geen Naam!").status_code == 400


def test_who_leaves_leaves_nothing_behind(staff, store, tmp_path):
    page = send(staff, REGISTER + GOOD).text
    assert kept_files(tmp_path) == [".mapping", "register.csv"]
    assert step(staff, page, "leave").status_code == 303
    assert kept_files(tmp_path) == []
    gone = step(staff, page, "save")
    assert gone.status_code == 404
    assert "niet meer bewaard" in gone.text
    assert names(store) == {"Kwetternest"}


def test_a_workbook_is_read_too_and_no_table_is_told(staff, tmp_path):
    rows = [["Lijst (verzonnen)"], ["Naam", "Plaats"], ["Bloemenhof", "Ede"]]
    book = xlsx(tmp_path / "leden.xlsx", {"Blad1": rows}).read_bytes()
    assert "leden.xlsx, blad 'Blad1', rij 2" in html.unescape(send(staff, book, "leden.xlsx").text)
    for name, content in (("leeg.csv", b""), ("foto.xlsx", b"PK\x03\x04 kapot"), ("foto.jpg", bytes(range(256)) * 9)):
        answer = send(staff, content, name)
        assert answer.status_code == 400, name
        assert 'role="alert"' in answer.text
    assert send(staff, b"", "").status_code == 400, "no file was chosen"


def test_hidden_columns_are_told_apart_from_those_that_are_not_known(staff, tmp_path):
    path = xlsx(tmp_path / "leden.xlsx", {"Leden": [["Naam", "Plaats", "Bank"], ["Verzonnen tuin", "Ede", "geheim 1"]]})
    book = openpyxl.load_workbook(path)
    book["Leden"].column_dimensions["C"].hidden = True
    book.save(path)
    page = html.unescape(send(staff, path.read_bytes(), "leden.xlsx").text)
    assert "Verborgen in het bestand, en daarom niet gelezen: Bank." in page
    assert "Niet gelezen</h3>" not in page
    assert "geheim" not in page


def test_a_file_is_private_to_the_session_and_to_the_owner_of_the_disk(staff, store, settings, tmp_path):
    page = send(staff, REGISTER + GOOD, name="../../../etc/geheim.csv").text
    [folder] = (tmp_path).rglob("uploads/*")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [stat.S_IMODE(path.stat().st_mode) for path in folder.rglob("*") if path.is_file()] == [0o600, 0o600]
    assert (folder / "geheim.csv").exists()
    other = signed_in(store, settings)
    mine = fields(other.get("/spreadsheets").text)
    assert other.post("/spreadsheets", data={**fields(page), **mine, "step": "try"}).status_code == 404


def test_another_process_goes_on_where_this_one_was(staff, store, settings):
    page = send(staff, REGISTER + GOOD).text
    second = TestClient(create_app(store, settings), headers=AS_BROWSER, cookies=staff.cookies)
    assert "Bewaard als dataset register" in step(second, page, "save").text


def test_a_form_of_another_site_loads_nothing(staff, store):
    page = send(staff, REGISTER + GOOD).text
    assert step(staff, page, "save", mark="0" * 64).status_code == 403
    assert names(store) == {"Kwetternest"}
    token_alone = TestClient(staff.app, headers={**AS_BROWSER, **AS_STAFF})
    assert token_alone.post("/spreadsheets", data={**fields(page), "step": "save"}).status_code == 403


def test_a_file_that_is_too_large_is_refused_with_what_would_do(staff, client, monkeypatch):
    monkeypatch.setattr(limits, "LARGEST_FILE", 100_000)
    large = "Naam\n" + "Bloemenhof\n" * 20_000
    answer = send(staff, large)
    assert answer.status_code == 413
    assert "weefsel load table" in answer.text
    assert client.post("/spreadsheets", files={"file": ("a.csv", large)}).status_code == 413, "strangers send no file"
    assert send(staff, "Naam\n" + "Bloemenhof\n" * 8_000).status_code == 200


def test_another_write_is_told_and_nothing_is_lost(staff, store):
    page = send(staff, REGISTER + GOOD).text
    with store.draft("een ander"):
        busy = step(staff, page, "save")
    assert busy.status_code == 503
    assert fields(busy.text)["upload"] == fields(page)["upload"]
    assert "Bewaard" in step(staff, page, "save").text


def test_files_that_nobody_comes_back_for_are_swept(tmp_path):
    kept = Uploads(tmp_path / "uploads")
    first = kept.keep("sessie", "een.csv", io.BytesIO(b"1"))
    second = kept.keep("sessie", "twee.csv", io.BytesIO(b"2"))
    old = kept.find("sessie", first).parent
    os.utime(old, (time.time() - KEPT_SECONDS - 1,) * 2)
    kept.sweep()
    with pytest.raises(NotFoundError):
        kept.find("sessie", first)
    assert kept.find("sessie", second).name == "twee.csv"
    with pytest.raises(NotFoundError):
        kept.find("andere", second)


def test_the_last_file_is_swept_too_while_the_service_runs_on_and_nobody_comes_by(
    tmp_path, store, settings, monkeypatch
):
    monkeypatch.setattr(uploads, "SWEPT_SECONDS", 0.01)
    app = create_app(store, settings)
    with TestClient(app):
        kept: Uploads = app.state.uploads
        last = kept.find("sessie", kept.keep("sessie", "leden.csv", io.BytesIO(b"1"))).parent
        os.utime(last, (time.time() - KEPT_SECONDS - 1,) * 2)
        for _ in range(500):
            if not last.exists():
                return
            time.sleep(0.01)
    pytest.fail("it is still there")


@pytest.mark.parametrize("name", ["..", "a/..", "\x00", "x" * 300 + ".csv", "-rf", ".mapping", "CON\n.csv"])
def test_whatever_a_file_is_called_it_stays_in_its_folder(tmp_path, name):
    kept = uploads.named(name)
    assert (tmp_path / kept).resolve().parent == tmp_path
    assert len(kept) < 100
    assert not kept.startswith(".")


TIES = "Van;Naar;Relatie;Sinds\nTuin;Koepel;is lid van;2020\nTuin;Fonds;krijgt geld van;\nAnna Verzonnen;Tuin;bestuurslid van;\n"


def test_a_list_of_ties_is_kept_once_its_kinds_are_chosen(staff, store):
    page = html.unescape(send(staff, TIES, "relaties.csv").text)
    assert "'bestuurslid van' is een band van een persoon" in page
    assert '"krijgt geld van" = "<funds"  # naar financiert van' in page
    mapping = fields(page)["mapping"].replace('"bestuurslid van" = "?"', '"bestuurslid van" = "board_member_of"')
    tried = html.unescape(step(staff, page, "try", mapping=mapping).text)
    assert "relaties: 3 rijen = 3 goed + 0 afgekeurd + 0 apart gezet." in tried
    step(staff, tried, "save", mapping=mapping)
    assert {"Tuin", "Koepel", "Fonds"} < names(store)
    with open_view(store, Viewer.PUBLIC) as view:
        assert "Anna Verzonnen" not in {card.name for card in view.every_card()}


def test_a_list_of_ids_is_told_which_loader_reads_it(staff):
    page = html.unescape(send(staff, "Source;Target;Type\n1;2;Directed\n", "banden.csv").text)
    assert "weefsel load csv KNOPEN.csv banden.csv --dataset banden" in page
