"""Sites to look at: one that holds all there is to show, one that holds nothing, one that is broken. Names are made up."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from door import TOKEN, load, load_demo

from api.app import create_app
from api.settings import Settings
from graph import ingest
from graph.records import ActorRecord, DatasetRecord, FigureRecord, OfferRecord, Record, SourceRecord, TieRecord
from graph.store import Store
from graph.stores import STORES

Axe = Callable[..., None]  # asserts that axe-core finds nothing on a page
LONG = "Verzonnen" + "samenwerkingsverband" * 12
EACH = (  # each page once, with much on it
    "/",
    "/search?q=wijk&kind=initiative",
    "/person-search",
    "/datasets",
    "/actors/verzonnen-alles",
    "/actors/wijkpaleis",
    "/actors/p-1",
    "/actors/wijkpaleis/neighbourhood?depth=2&limit=20",
    "/actors/wijkpaleis/nearby?km=30",
    "/who-can-help",
    "/who-can-help?actor=verzonnen-alles",
    "/who-can-help?actor=wijkpaleis&help=geld",
    "/paths",
    "/paths?from=wijkpaleis&to=oranje-fonds",
    "/networks",
    "/networks?actor=wijkpaleis&network=verzonnen-alles&network=lsa-bewoners&network=bokd&network=nov",
    "/themes",
    "/themes/wonen",
    "/municipalities",
    "/municipalities/GM0599",
    "/about",
    "/sign-in",
    "/nergens",
)
ODD = (  # empty, unclear, wrong, gone
    "/search?municipality=Roterdam",
    "/search?q=zzzz&theme=wonen",
    "/actors/verzonnen-oud",
    "/who-can-help?actor=herenboeren&help=kennis.advies",
    "/paths?from=wijk&to=oranjefond",
    "/networks?actor=wijk",
    "/actors/wijkpalies",
    "/actors/verzonnen-weg",
    "/search?limit=0&kind=x",
)
STAFF_PAGES = ("/duplicates", "/duplicates?done=same", "/judgements", "/spreadsheets", "/", "/actors/wijkpaleis")
BARE_PAGES = (
    "/",
    "/networks",
    "/themes",
    "/themes/wonen",
    "/municipalities",
    "/about",
    "/search",
    "/who-can-help",
    "/paths",
    "/datasets",
    "/person-search",
    "/sign-in",
    "/actors/wijkpaleis",
)

ALL: tuple[Record, ...] = (
    ActorRecord(
        id="verzonnen-alles",
        kind="network",
        name=LONG,
        aliases=("בית בדוי", "Verzonnen <b>vet</b> & 'meer'"),
        place="Nergenshuizen " * 5,
        lat=52.1,
        lon=5.1,
        websites=("https://verzonnen.example/" + "pad/" * 60,),
        themes=("wonen", "eenzaamheid"),
        legal_form="Coöperatieve vereniging met uitgesloten aansprakelijkheid",
        identifiers=("wikidata:Q999",),
        founded="1999",
        note="Een opmerking die verzonnen is. " * 20,
        cites="s",
        locator="bladzijde 12",
    ),
    ActorRecord(id="verzonnen-oud", kind="initiative", name="Verzonnen en gestopt", ended="2020-05-01"),
    ActorRecord(id="verzonnen-een", kind="funder", name="Verzonnen één"),
    ActorRecord(id="verzonnen-twee", kind="funder", name="Verzonnen twee"),
    OfferRecord(
        actor="verzonnen-alles",
        stance="offers",
        help="geld.lening",
        themes=("wonen",),
        area=("GM0599", "GM0363"),
        amount_from=1000,
        amount_to=2_500_000,
        window="het hele jaar",
        conditions="Alleen wie verzonnen is. " * 8,
        legal_forms=("stichting", "vereniging"),
    ),
    OfferRecord(actor="verzonnen-alles", stance="refers", help="kennis.advies", area=("NL",)),
    OfferRecord(
        actor="verzonnen-alles", stance="needs", help="netwerk.vrijwilligers", since="2024", checked="2026-01-01"
    ),
    OfferRecord(actor="verzonnen-alles", stance="declines", help="geld", note="nooit"),
    FigureRecord(about="verzonnen-alles", what="verzonnen leden", value=12_345.6, unit="leden", year="2025"),
    TieRecord(
        source="verzonnen-een", kind="funds", target="verzonnen-alles", amount=50_000, since="2024", basis="inferred"
    ),
    TieRecord(source="verzonnen-alles", kind="partner_of", target="verzonnen-oud", status="planned", role="trekker"),
    TieRecord(source="verzonnen-alles", kind="partner_of", target="id:wijkpaleis", until="2020", note="een noot " * 20),
    SourceRecord(
        id="s", title="Verzonnen bron", url="https://bron.example/" + "x" * 150, publisher="Niemand", date="2026"
    ),
)
OTHER = (
    ActorRecord(
        id="v", kind="network", name="Verzonnen anders", place="Elders", identifiers=("wikidata:Q999",), founded="2001"
    ),
)


TWICE = (
    ActorRecord(id="w", kind="initiative", name="Stichting Het Wijkpaleis", place="Rotterdam", founded="1999"),
    ActorRecord(
        id="l", kind="network", name=LONG + "e", note="Dubbel en verzonnen. " * 30, websites=("verzonnen.example",)
    ),
)


def fill(store: Store) -> None:
    """Load the demo, an actor with everything, one that two datasets differ about, one that moved, one that went."""
    load_demo(store)
    load(store, DatasetRecord(name="oud", audience="public", date="2001"), OTHER)
    load(store, DatasetRecord(name="verzonnen", title="Verzonnen", audience="public", date="2026"), ALL)
    load(store, DatasetRecord(name="dubbel", audience="staff", title="Verzonnen en dubbel"), TWICE)
    gone = (ActorRecord(id="verzonnen-weg", kind="network", name="Verzonnen en weg"),)
    load(store, DatasetRecord(name="weg", audience="public"), gone)
    ingest.remove(store, "weg")
    ingest.judge(store, "same", "verzonnen-een", "verzonnen-twee", who="de proef")


@contextmanager
def served(store: Store, token: str = TOKEN) -> Iterator[str]:
    """Serve a store on a free port; gives the address."""
    app = create_app(store, Settings(staff_token=token))
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", access_log=False))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=10)


@contextmanager
def site_at(path: Path) -> Iterator[str]:
    """Serve a site that holds all there is to show, kept at `path`."""
    with STORES["sqlite"](str(path), "") as store:
        fill(store)
        with served(store) as address:
            yield address
