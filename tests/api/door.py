"""What tests of the door share: every address, a store with secrets, who asks. All names here are made up."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

from fastapi import FastAPI

from graph import ingest
from graph.reading import Row, Where
from graph.records import ActorRecord, DatasetRecord, FigureRecord, OfferRecord, Record, TieRecord
from graph.store import Store
from loaders import LOADERS

ROOT = Path(__file__).parents[2]
SECTOR = ROOT / "data" / "sector"
# Runs a command; gives its exit code, what it prints, and what it says is wrong.
Command = Callable[..., tuple[int, str, str]]
TOKEN = "een-token-voor-de-proef"  # noqa: S105 - of these tests alone
AS_STAFF = {"Authorization": f"Bearer {TOKEN}"}
AS_BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}

SECRETS = ("Zwaluwfonds Verzonnen", "Qwertina Hiddema", "Xanthippe Nergenshuis", "vertrouwelijk-xyzzy")
INTERNAL = DatasetRecord(name="intern", title="Interne lijst vertrouwelijk-xyzzy", audience="staff")
INTERNAL_ROWS = (
    ActorRecord(id="zw", kind="funder", name="Zwaluwfonds Verzonnen", municipality="GM0599", themes=("wonen",)),
    ActorRecord(id="wp", kind="initiative", name="Zwaluwfonds Verzonnen bijnaam", identifiers=("wikidata:Q1",)),
    TieRecord(source="zw", kind="funds", target="id:wijkpaleis", amount=1234, note="vertrouwelijk-xyzzy"),
    OfferRecord(actor="zw", stance="offers", help="geld.lening", conditions="vertrouwelijk-xyzzy"),
    OfferRecord(actor="id:wijkpaleis", stance="needs", help="geld.lening", note="vertrouwelijk-xyzzy"),
    FigureRecord(about="sector", what="vertrouwelijk-xyzzy", value=7),
    FigureRecord(about="id:wijkpaleis", what="vertrouwelijk-xyzzy", value=7),
)
PEOPLE = DatasetRecord(name="mensen", title="Made-up people", audience="public", date="2020")
PEOPLE_ROWS = (
    ActorRecord(id="qwertina-hiddema", kind="person", name="Qwertina Hiddema"),
    ActorRecord(id="xanthippe", kind="person", name="Xanthippe Nergenshuis", visibility="nobody"),
    TieRecord(source="qwertina-hiddema", kind="works_at", target="id:wijkpaleis", role="directeur"),
    TieRecord(source="xanthippe", kind="works_at", target="id:wijkpaleis"),
)


def load(store: Store, dataset: DatasetRecord, records: tuple[Record, ...]) -> None:
    rows = (Row(record, Where("verzonnen.csv", number)) for number, record in enumerate(records, 2))
    report = ingest.replace(store, dataset, rows, "test")
    assert (report.rejected, report.waiting) == (0, 0)


def load_demo(store: Store) -> None:
    reading = LOADERS["sector"]([SECTOR])
    named = DatasetRecord.model_validate({"name": "sector", **reading.dataset})
    assert ingest.replace(store, named, reading.items, "sector").rejected == 0


def table(folder: Path, **files: str) -> Path:
    """Write a made-up dataset: `actors="id,kind,name\\n…"` and so on."""
    folder.mkdir()
    for name, text in files.items():
        suffix = "toml" if name == "dataset" else "csv"
        (folder / f"{name}.{suffix}").write_text(text, encoding="utf-8")
    return folder


FILLED = {
    "/v1/actors": ("/v1/actors", "/v1/actors?q=wijk", "/v1/actors?kind=funder&theme=wonen&municipality=GM0599"),
    "/v1/actors/{actorId}": ("/v1/actors/{actorId}", "/v1/actors/{actorId}?asOf=2020-01-01&limit=1"),
    "/v1/actors/{actorId}/neighbourhood": ("/v1/actors/{actorId}/neighbourhood?depth=2",),
    "/v1/actors/{actorId}/nearby": ("/v1/actors/{actorId}/nearby?km=100",),
    "/v1/who-can-help": (
        "/v1/who-can-help?actor={actorId}&help=geld",
        "/v1/who-can-help?actor={actorId}&help=kennis.advies&theme=wonen&theme=voedsel&maxSteps=2&limit=3&asOf=2020-01-01",
    ),
    "/v1/paths": ("/v1/paths?from={actorId}&to=oranje-fonds", "/v1/paths?from=de-wijkbv&to={actorId}&limit=1"),
    "/v1/datasets": ("/v1/datasets",),
    "/v1/coverage": ("/v1/coverage",),
    "/v1/themes": ("/v1/themes",),
    "/v1/themes/{themeId}": ("/v1/themes/zorg-welzijn?limit=1&asOf=2020-01-01",),
    "/v1/municipalities": ("/v1/municipalities",),
    "/v1/municipalities/{municipalityId}": ("/v1/municipalities/GM0599",),
    "/v1/networks": (
        "/v1/networks?actor={actorId}&theme=wonen&network=bokd&network=nov&limit=1&asOf=2020-01-01",
        "/v1/networks?place=Rotterdam&theme=wonen",
    ),
    "/v1/exports/{format}": ("/v1/exports/kumu?around={actorId}", "/v1/exports/xlsx?municipality=GM0599&lang=en"),
    "/v1/person-searches": (),
    "/v1/duplicates": ("/v1/duplicates", "/v1/duplicates?limit=1"),
    "/v1/judgements": ("/v1/judgements?limit=3",),
    "/v1/judgement-withdrawals": (),
    "/duplicates": ("/duplicates", "/duplicates?lang=en&done=same"),
    "/judgements": ("/judgements",),
    "/spreadsheets": ("/spreadsheets",),
    "/healthz": ("/healthz",),
    "/readyz": ("/readyz",),
    "/": ("/", "/?lang=en"),
    "/search": (
        "/search",
        "/search?q=wijk",
        "/search?q=zzzz&lang=en",
        "/search?kind=funder&help=geld",
        "/search?q=zzzz&theme=wonen",
    ),
    "/person-search": ("/person-search",),
    "/who-can-help": (
        "/who-can-help",
        "/who-can-help?q=wijk&lang=en",
        "/who-can-help?actor={actorId}",
        "/who-can-help?actor={actorId}&help=geld",
        "/who-can-help?actor={actorId}&help=kennis.advies&theme=wonen&maxSteps=1&lang=en",
    ),
    "/who-can-help/map": ("/who-can-help/map?actor={actorId}&help=geld",),
    "/paths": ("/paths", "/paths?to={actorId}", "/paths?from={actorId}&to=oranje-fonds"),
    "/paths/map": ("/paths/map?from={actorId}&to=oranje-fonds",),
    "/datasets": ("/datasets",),
    "/about": ("/about",),
    "/themes": ("/themes",),
    "/themes/{themeId}": ("/themes/wonen",),
    "/municipalities": ("/municipalities",),
    "/municipalities/{municipalityId}": ("/municipalities/gemeente-rotterdam?lang=en",),
    "/networks": (
        "/networks?actor={actorId}&network=bokd&network=lsa-bewoners&lang=en",
        "/networks?place=Rotterdam&theme=wonen",
    ),
    "/actors/{actorId}": ("/actors/{actorId}", "/actors/{actorId}?lang=en"),
    "/actors/{actorId}/neighbourhood": ("/actors/{actorId}/neighbourhood?depth=2",),
    "/actors/{actorId}/map": ("/actors/{actorId}/map?depth=2", "/actors/{actorId}/map?limit=3&format=svg"),
    "/actors/{actorId}/nearby": ("/actors/{actorId}/nearby?km=100",),
    "/actors/{actorId}/nearby/map": ("/actors/{actorId}/nearby/map?km=100",),
    "/map": ("/map?municipality=GM0599", "/map?network=lsa-bewoners&limit=5&lang=en"),
    "/sign-in": ("/sign-in",),
    "/sign-out": (),
    "/v1/openapi.json": ("/v1/openapi.json",),
}
NEEDED = {  # what must be asked, beside what a test asks
    "/v1/who-can-help": {"actor": "wijkpaleis", "help": "geld"},
    "/v1/paths": {"from": "wijkpaleis", "to": "oranje-fonds"},
    "/v1/networks": {"actor": "wijkpaleis"},
    "/who-can-help/map": {"actor": "wijkpaleis", "help": "geld"},
    "/paths/map": {"from": "wijkpaleis", "to": "oranje-fonds"},
}
FOR_STAFF = {
    *("/v1/duplicates", "/v1/judgements", "/v1/judgement-withdrawals"),
    *("/duplicates", "/judgements", "/spreadsheets"),
}
POSTS = {
    "/v1/person-searches": {"json": {"text": "an"}},
    "/v1/judgements": {"json": {"verdict": "same", "one": "nergens", "other": "ook-niet"}},
    "/v1/judgement-withdrawals": {"json": {"verdict": "same", "one": "nergens", "other": "ook-niet"}},
    "/duplicates": {"data": {"verdict": "same", "one": "nergens", "other": "ook-niet"}},
    "/judgements": {"data": {"verdict": "same", "one": "nergens", "other": "ook-niet"}},
    "/spreadsheets": {"data": {"step": "look"}},
    "/v1/who-can-help": {"json": {"help": "geld", "place": "Rotterdam", "contacts": ["de-wijkbv"]}},
    "/who-can-help": {"data": {"help": "geld", "place": "Rotterdam", "names": "De WijkBV\nVSBfonds"}},
    "/who-can-help/map": {"data": {"help": "geld", "contact": "de-wijkbv"}},
    "/person-search": {"data": {"q": "an"}},
    "/sign-in": {"data": {"token": "verkeerd"}},
    "/sign-out": {"data": {}},
}


def templates(app: FastAPI) -> set[str]:
    """Return the template of every route."""
    return {route.path for route in app.state.routes}


def gets(app: FastAPI, actor_id: str = "wijkpaleis", *, for_staff: bool = False) -> list[str]:
    """Return every address that anybody may ask for with GET, or those for staff alone; some with several questions."""
    assert templates(app) == set(FILLED), f"not in FILLED, or no route: {sorted(templates(app) ^ set(FILLED))}"
    these = [filled for template, filled in FILLED.items() if (template in FOR_STAFF) == for_staff]
    return [address.replace("{actorId}", actor_id) for filled in these for address in filled]


def plain(page: str) -> str:
    """Return what a page says, without its tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", "", page)).split())


def mark_in(page: str) -> str:
    """Return what shows that a form on a page is ours."""
    return re.search(r'name="mark" value="([0-9a-f]+)"', page)[1]


def asking(address: str) -> dict[str, str]:
    """Return the headers with which one may ask this."""
    return AS_STAFF if address.partition("?")[0] in FOR_STAFF else {}
