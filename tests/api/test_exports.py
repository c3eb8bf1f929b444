"""Exports at both doors: files with a name, steady addresses, for whom they are, and what cannot be exported."""

import html
import io
import json
import os
import re
import traceback
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import anyio
import networkx as nx
import openpyxl
import pytest
from door import AS_STAFF, SECRETS, Command
from starlette.testclient import TestClient
from starlette.types import Message

from graph.drawing import Extract
from graph.questions.nearby import MAX_LIMIT as MOST_NEAR
from graph.store import Store
from viz import EXPORTS

PROBLEM = "application/problem+json"


PARTS = [name for name, format_ in EXPORTS.items() if not format_.whole]  # of a part of the sector


@pytest.mark.parametrize("format_", PARTS)
def test_a_file_has_a_name_a_type_and_may_be_read_by_other_sites(client: TestClient, format_: str) -> None:
    answer = client.get(
        f"/v1/exports/{format_}?municipality=GM0599&asOf=2026-06-01", headers={"Origin": "https://kumu.io"}
    )
    assert answer.status_code == 200
    assert answer.headers["content-type"].split(";")[0] == EXPORTS[format_].media_type
    assert answer.headers["content-disposition"].startswith('attachment; filename="gemeente-rotterdam-2026-06-01.')
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["etag"]
    assert answer.content == client.get(f"/v1/exports/{format_}?municipality=GM0599&asOf=2026-06-01").content
    again = client.get(str(answer.request.url), headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_what_breaks_off_in_the_middle_is_logged_without_what_it_says(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_: Extract) -> Iterator[bytes]:
        yield b"begun"
        raise ValueError("Verzonnen Naam")

    monkeypatch.setitem(EXPORTS, "kumu", replace(EXPORTS["kumu"], write=broken))
    with pytest.raises(Exception) as raised:
        client.get("/v1/exports/kumu")
    assert "Verzonnen" not in "".join(traceback.format_exception(raised.value)) + caplog.text
    assert "unexpected ValueError" in caplog.text


def test_each_part_has_its_actors_and_the_ties_among_them(client: TestClient) -> None:
    parts = {
        "municipality=gemeente-rotterdam": {"wijkpaleis", "gemeente-rotterdam"},
        "network=groeiplan-versterking-gemeenschapskracht": {"groeiplan-versterking-gemeenschapskracht"},
        "theme=wonen": {"coalitie-we-doen-het-samen"},
        "q=wijkpal": {"wijkpaleis"},
        "around=wijkpaleis&depth=2": {"wijkpaleis", "gemeente-rotterdam"},
        "actor=wijkpaleis&actor=gemeente-rotterdam": {"wijkpaleis", "gemeente-rotterdam"},
        "dataset=sector": {"werkplaats"},
        "": {"werkplaats", "wijkpaleis"},
    }
    sizes = {}
    for asked, expected in parts.items():
        told = client.get(f"/v1/exports/kumu?{asked}").json()
        ids = {element["id"] for element in told["elements"]}
        assert expected <= ids, asked
        assert all(c["from"] in ids and c["to"] in ids for c in told["connections"])
        sizes[asked] = (len(ids), len(told["connections"]))
    assert sizes["dataset=sector"] == sizes[""] == (155, 233)
    assert sizes["q=wijkpal"] == (1, 0)
    assert sizes["actor=wijkpaleis&actor=gemeente-rotterdam"][1] >= 1


def test_pages_lead_to_files_of_what_is_on_them(browser: TestClient) -> None:
    for page, actors in {
        "/search?q=wijkpal&kind=initiative": 1,
        "/actors/wijkpaleis": None,
        "/actors/wijkpaleis/neighbourhood?depth=2": None,
        "/actors/wijkpaleis/nearby?km=5": None,
        "/paths?from=wijkpaleis&to=oranje-fonds": None,
        "/who-can-help?actor=wijkpaleis&help=geld": None,
        "/datasets?lang=en": 155,
        "/": 155,
        "/themes": 155,
        "/municipalities": None,
        "/networks": None,
        "/networks?actor=wijkpaleis": None,
        "/networks?actor=wijkpaleis&network=lsa-bewoners&network=nov": None,
    }.items():
        links = re.findall(r'href="(/v1/exports/[^"]+)"', browser.get(page).text)
        assert [link.split("/")[3].split("?")[0] for link in links] == (
            list(EXPORTS) if "datasets" in page else PARTS
        ), page
        told = browser.get(html.unescape(next(link for link in links if "/kumu" in link))).json()
        assert len(told["elements"]) == actors if actors else len(told["elements"]) > 1
        assert told["elements"][0]["id"]


@pytest.mark.parametrize("narrowed", ["kind=funder", "tieKind=partner_of", "kind=network&asOf=2020-01-01"])
def test_of_a_narrowed_page_those_on_it_are_taken_along(browser: TestClient, narrowed: str) -> None:
    address = f"/actors/wijkpaleis/neighbourhood?depth=2&{narrowed}"
    link = re.search(r'href="(/v1/exports/kumu[^"]+)"', browser.get(address).text)[1]
    told = browser.get(f"/v1{address}").json()
    shown = {"wijkpaleis", *(one["actor"]["id"] for one in told["actors"])}
    taken = browser.get(html.unescape(link)).json()
    assert {element["id"] for element in taken["elements"]} == shown


@pytest.mark.parametrize(
    "page",
    [
        "/actors/wijkpaleis?",
        "/actors/wijkpaleis/neighbourhood?depth=2&",
        "/paths?from=wijkpaleis&to=oranje-fonds&",
        "/who-can-help?actor=wijkpaleis&help=geld&",
        "/networks?actor=wijkpaleis&",
        "/themes/wonen?",
        "/municipalities/GM0599?",
    ],
)
def test_a_page_of_a_day_is_drawn_and_taken_along_as_of_that_day(browser: TestClient, page: str) -> None:
    text = browser.get(f"{page}asOf=2020-01-01").text
    links = re.findall(r'(?:href|src)="(/v1/exports/[^"]+|[^"]*/map\?[^"]+)"', text)
    assert links
    assert [link for link in links if "asOf=2020-01-01" not in link] == []


def test_all_that_a_page_may_show_can_be_taken_along(client: TestClient) -> None:
    ids = "&".join(["actor=wijkpaleis"] * (1 + MOST_NEAR))
    assert client.get(f"/v1/exports/kumu?{ids}").status_code == 200


def test_a_name_in_the_address_finds_no_person(client: TestClient) -> None:
    for address in ("/v1/exports/kumu?q=thijs", "/v1/exports/kumu?q=thijs&kind=person"):
        assert client.get(address).json()["elements"] == []
    persons = client.get("/v1/exports/kumu?kind=person").json()["elements"]
    assert any(element["label"].startswith("Thijs") for element in persons)


def test_what_cannot_be_exported_is_told(client: TestClient) -> None:
    unknown = client.get("/v1/exports/docx")
    assert (unknown.status_code, unknown.headers["content-type"]) == (404, PROBLEM)
    assert all(format_ in unknown.json()["detail"] for format_ in EXPORTS)
    for address, status in {
        "/v1/exports/kumu?network=nergens": 404,
        "/v1/exports/kumu?around=nergens": 404,
        "/v1/exports/kumu?actor=nergens&actor=nooit": 404,
        "/v1/exports/kumu?dataset=nergens": 400,
        "/v1/exports/kumu?dataset=sector&network=wijkpaleis": 400,
        "/v1/exports/kumu?around=wijkpaleis&theme=wonen": 400,
        "/v1/exports/kumu?theme=nergens&depth=9": 400,
        "/v1/exports/sector?theme=wonen": 400,
        "/v1/exports/sector?around=wijkpaleis": 400,
    }.items():
        answer = client.get(address)
        assert (answer.status_code, answer.headers["content-type"]) == (status, PROBLEM), address


def test_files_of_staff_say_for_whom_they_are(secrets_client: TestClient) -> None:
    for format_ in EXPORTS:
        staff = secrets_client.get(f"/v1/exports/{format_}", headers=AS_STAFF)
        assert SECRETS[3].encode() in _unpacked(staff.content)
        assert b"medewerkers" in _unpacked(staff.content)
        assert "-staff-" in staff.headers["content-disposition"]
        assert (staff.headers["cache-control"], staff.headers["x-robots-tag"]) == ("private, no-store", "noindex")
    assert secrets_client.get("/v1/exports/kumu?dataset=intern").status_code == 400


def _unpacked(data: bytes) -> bytes:
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


@pytest.mark.parametrize("sent_before_gone", [0, 1])
def test_a_client_that_breaks_off_leaves_no_view_open(
    client: TestClient, demo_door: Store, monkeypatch: pytest.MonkeyPatch, sent_before_gone: int
) -> None:
    opened: list[str] = []
    borrow, give_back = type(demo_door)._borrow, type(demo_door)._give_back
    monkeypatch.setattr(type(demo_door), "_borrow", lambda *args: (opened.append("open"), borrow(*args))[1])
    monkeypatch.setattr(type(demo_door), "_give_back", lambda *args: (opened.append("closed"), give_back(*args))[1])
    messages: list[Message] = []

    async def send(message: Message) -> None:
        messages.append(message)
        if len(messages) > sent_before_gone:
            raise OSError("gone")

    async def receive() -> Message:
        if len(messages) <= sent_before_gone:
            await anyio.sleep(0.01)
            return {"type": "http.request", "body": b"", "more_body": False}
        return {"type": "http.disconnect"}

    path = "/v1/exports/gexf"
    scope = {"type": "http", "asgi": {"version": "3.0"}, "method": "GET", "path": path, "raw_path": path.encode()}
    scope |= {"query_string": b"", "headers": [], "scheme": "http", "server": ("testserver", 80), "client": ("test", 1)}
    scope |= {"http_version": "1.1", "root_path": ""}
    try:
        anyio.run(client.app, scope, receive, send)
    except Exception as error:  # noqa: BLE001 - what the server makes of a client that is gone
        assert "gone" in repr(error) or "Disconnect" in repr(error) or isinstance(error, BaseExceptionGroup)
    assert opened == ["open", "closed"]


def test_the_command_writes_a_file_for_the_public_unless_told_otherwise(demo: Command, tmp_path: Path) -> None:
    code, out, _ = demo("export", "xlsx", "--municipality", "gemeente-rotterdam", "--out", "r.xlsx")
    assert (code, out) == (0, "r.xlsx: Gemeente Rotterdam, openbaar.\n")
    assert openpyxl.load_workbook(tmp_path / "r.xlsx").sheetnames[1] == "Actoren"
    code, out, _ = demo(
        "--lang", "en", "export", "graphml", "--around", "wijkpaleis", "--out", "w", "--viewer", "staff"
    )
    assert (code, out) == (0, "w: Around Het Wijkpaleis, for staff only.\n")
    assert "wijkpaleis" in nx.read_graphml(tmp_path / "w")
    code, _, err = demo("export", "docx", "--out", "x")
    assert (code, (tmp_path / "x").exists()) == (1, False)
    assert all(format_ in err for format_ in EXPORTS)
    code, _, err = demo("export", "kumu", "--network", "nergens", "--out", "x")
    assert (code, (tmp_path / "x").exists()) == (1, False)
    code, _, err = demo("export", "kumu", "--out", "nergens/x.json")
    assert code == 1
    assert "nergens/x.json" in err
    assert not list(tmp_path.glob("*.part"))
    code, _, _ = demo("export", "kumu", "--actor", "wijkpaleis", "--out", "x.json")
    assert [element["id"] for element in json.loads((tmp_path / "x.json").read_text())["elements"]] == ["wijkpaleis"]


def test_the_command_writes_to_the_standard_output_and_tells_beside_it(demo: Command, tmp_path: Path) -> None:
    code, out, err = demo("export", "kumu", "--municipality", "GM0599", "--out", "-")
    assert (code, err) == (0, "-: Gemeente Rotterdam, openbaar.\n")
    assert "wijkpaleis" in {element["id"] for element in json.loads(out)["elements"]}
    assert not (tmp_path / "-").exists()


def test_a_link_and_a_pipe_are_written_to_and_stay_what_they_are(demo: Command, tmp_path: Path) -> None:
    link, pipe, there = tmp_path / "link.json", tmp_path / "pipe", tmp_path / "there.json"
    link.symlink_to(there)
    assert demo("export", "kumu", "--actor", "wijkpaleis", "--out", link)[0] == 0
    assert link.is_symlink()
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    assert demo("export", "kumu", "--actor", "wijkpaleis", "--out", pipe)[0] == 0
    assert pipe.is_fifo()
    assert os.read(reader, 1_000_000) == there.read_bytes()
    os.close(reader)
    assert not list(tmp_path.glob("*.part"))


def test_a_page_says_who_is_in_its_file_and_does_not_count_on_it(browser: TestClient) -> None:
    persons, place = "Ook personen die hierbij horen staan erin", "Ook de gemeente zelf en personen daar staan erin"
    for address, words in (
        ("/search?theme=zeggenschap", persons),
        ("/themes/zeggenschap", persons),
        ("/municipalities/GM0599", place),
    ):
        assert words in browser.get(address).text, address
    for address in (
        "/search?q=wijk",
        "/search?kind=network&theme=zeggenschap",
        "/",
    ):  # nobody is in these files besides
        assert persons not in browser.get(address).text, address
