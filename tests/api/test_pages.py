"""The pages, as HTML: what they say, in both languages, and that they say the same as their JSON twins."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from door import AS_BROWSER, ROOT, gets, load, load_demo, plain
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from graph.records import ActorRecord, DatasetRecord, OfferRecord, SourceRecord, TieRecord
from graph.stores import STORES
from viz.style import DARK, LIGHT, MARKS

HOSTILE = '<script>alert(1)</script> "O\'Neill" & {{ 7*7 }}'


def test_the_home_page_says_what_is_in_here(client: TestClient) -> None:
    said = plain(client.get("/").text)
    for count in ("16 initiatieven", "24 netwerken", "10 financiers", "13 gemeenten", "48 personen", "44 organisaties"):
        assert count in said
    assert "21 november 2026" in said


def test_an_empty_store_says_how_to_fill_it(settings: Settings, tmp_path) -> None:
    with STORES["sqlite"](str(tmp_path / "empty.db"), "") as store:
        client = TestClient(create_app(store, settings))
        for address in ("/", "/datasets"):
            assert "weefsel load sector" in client.get(address).text
        assert "Niets gevonden" in client.get("/search").text


def test_every_page_is_in_the_language_that_is_asked_for(client: TestClient) -> None:
    for address in gets(client.app):
        if address.startswith(("/v1", "/healthz", "/readyz")):
            continue
        for lang in ("nl", "en"):
            client.cookies.clear()
            page = client.get(re.sub(r"[?&]lang=..", "", address) + ("&" if "?" in address else "?") + f"lang={lang}")
            if page.status_code == 200:
                assert f'<html lang="{lang}">' in page.text or "format=svg" in address, address
                assert page.headers["content-language"] == lang


def test_a_language_once_chosen_stays(client: TestClient) -> None:
    assert "Who is there" in client.get("/?lang=en").text
    assert "Where this comes from" in client.get("/datasets").text
    assert "Waar komt dit vandaan" in client.get("/datasets?lang=nl").text
    assert "Wie is er" in client.get("/").text


def test_a_browser_in_english_gets_plain_dutch_until_it_asks(client: TestClient) -> None:
    assert "Wie is er" in client.get("/", headers={"Accept-Language": "en"}).text


def test_the_other_language_is_a_link_to_the_same_page(client: TestClient) -> None:
    page = client.get("/search?q=wijk&kind=initiative&lang=nl").text
    assert 'href="/search?q=wijk&amp;kind=initiative&amp;lang=en" lang="en"' in page


def test_each_page_links_to_its_data(client: TestClient) -> None:
    for address in gets(client.app):
        page = client.get(address)
        if not page.headers["content-type"].startswith("text/html") or "/map" in address:
            continue
        twin = re.search(r'<link rel="alternate" type="application/json" href="([^"]+)">', page.text)
        assert bool(twin) != asks(address), address
        if twin:
            data = client.get(unescape(twin[1]), headers={"Accept-Language": "fy"})
            lang = re.search(r'<html lang="(..)">', page.text)[1]
            assert (data.status_code, data.headers["content-language"]) == (200, lang)


def asks(address: str) -> bool:
    """Return whether a page asks something before it has an answer."""
    unfinished = address.startswith("/who-can-help") and "help=" not in address
    unfinished |= address.startswith("/paths") and "from=" not in address
    return unfinished or address.startswith(("/person-search", "/sign-in"))


def test_a_page_shows_what_its_twin_says(client: TestClient) -> None:
    for address in (
        "/search?q=buurt",
        "/actors/wijkpaleis/neighbourhood?depth=2&limit=9",
        "/actors/wijkpaleis/nearby?km=9",
    ):
        page = client.get(address).text
        twin = unescape(re.search(r'<link rel="alternate" type="application/json" href="([^"]+)">', page)[1])
        actors = [one.get("actor", one) for one in client.get(twin).json()["actors"]]
        assert actors
        shown = re.findall(r"<h3><a href=\"/actors/([^\"]+)\">|<th scope=\"row\"><a href=\"/actors/([^\"]+)\">", page)
        assert [one or other for one, other in shown] == [actor["id"] for actor in actors]


def test_an_actors_page_has_its_facts_ties_and_sources(client: TestClient) -> None:
    page = client.get("/actors/wijkpaleis").text
    said = plain(page)
    for words in ("Plaats Middelland, Rotterdam", "Het Wijkpaleis leent van KNHM foundation", "voorgenomen"):
        assert words in said
    assert "Werkplaats voor de leefomgeving, nummer 31" in said
    assert 'sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox"' in page
    for cited in re.findall(r'href="#source-(\d+)"', page):
        assert f'id="source-{cited}"' in page


@pytest.mark.parametrize(
    ("actor", "first"),
    [
        ("wijkpaleis", "Wie kan Het Wijkpaleis helpen?"),
        ("oranje-fonds", "Hoe kom je bij Oranje Fonds?"),
        ("lsa-bewoners", "Hoe kom je bij LSA bewoners?"),
    ],
)
def test_an_initiatives_page_leads_to_help_and_anybody_elses_to_how_one_gets_there(
    client: TestClient, actor: str, first: str
) -> None:
    page = client.get(f"/actors/{actor}").text
    assert re.findall(r'<a class="button main" href="[^"]*">([^<]*)', page.replace("<wbr>", "")) == [first]


def test_where_datasets_differ_both_are_shown(settings: Settings, tmp_path) -> None:
    with STORES["sqlite"](str(tmp_path / "two.db"), "") as store:
        for name, place, date in (("oud", "Oudeplaats", "2001"), ("nieuw", "Nieuweplaats", "2002")):
            record = ActorRecord(
                id=name,
                kind="network",
                name="Verzonnen net",
                place=place,
                identifiers=("wikidata:Q7",),
                themes=("wonen",),
            )
            load(store, DatasetRecord(name=name, audience="public", date=date), (record,))
        client = TestClient(create_app(store, settings), follow_redirects=True)
        said = plain(client.get("/actors/oud").text)
        assert re.search(r"Plaats Nieuweplaats bron \d Een andere bron zegt: Oudeplaats bron \d", said)


def test_hostile_names_stay_text(settings: Settings, tmp_path) -> None:
    records = (
        ActorRecord(id="a", kind="network", name=HOSTILE, aliases=("<b>x</b>",), websites=("javascript:alert(1)",)),
        ActorRecord(id="b", kind="funder", name="x\" onload=alert(1) y='", place="<i>", lat=52, lon=5, note=HOSTILE),
        TieRecord(source="b", kind="funds", target="a", role=HOSTILE, note="<img src=x onerror=alert(1)>", amount=5),
        OfferRecord(actor="a", stance="offers", help="geld", conditions=HOSTILE, window="<u>", cites="s"),
        SourceRecord(id="s", title="<em>bron</em>", url="javascript:alert(2)"),
    )
    with STORES["sqlite"](str(tmp_path / "hostile.db"), "") as store:
        load_demo(store)
        load(store, DatasetRecord(name="h", audience="public", title=HOSTILE, url="javascript:alert(3)"), records)
        client = TestClient(create_app(store, settings))
        for address in {address for name in ("a", "b") for address in gets(client.app, name)}:
            page = client.get(address)
            assert page.status_code == 200, address
            if page.headers["content-type"].startswith("text/html"):
                more = OF_THE_MAP if "/map" in address else OF_THE_PICTURE if "/nearby" in address else set()
                assert tags_of(page.text) <= KNOWN_TAGS | more, address


OF_THE_PICTURE = {"figure", "img"}
KNOWN_TAGS = frozenset(
    "a article bdi body button caption circle cite dd details div dl dt fieldset footer form h1 h2 h3 h4 head header html "  # noqa: SIM905
    "iframe input label legend li line link main meta nav ol optgroup option p path polygon section select span strong "
    "summary svg table tbody td textarea th thead time title tr ul wbr".split()
)
OF_THE_MAP = {"noscript", "script", "style"}


class Tags(HTMLParser):
    """Collects the tags of a page; refuses attributes that would run."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            assert not name.startswith("on")
            assert not (value or "").strip().lower().startswith("javascript:")


def tags_of(page: str) -> set[str]:
    parser = Tags()
    parser.feed(page)
    return parser.tags


def test_persons_pages_are_not_for_search_engines(client: TestClient) -> None:
    [person, *_] = client.post("/v1/person-searches", json={"text": "marieke"}).json()["actors"]
    noindex = '<meta name="robots" content="noindex">'
    for part in ("", "/neighbourhood", "/nearby"):
        assert noindex in client.get(f"/actors/{person['id']}{part}").text
        assert noindex not in client.get(f"/actors/wijkpaleis{part}").text
    assert client.get(f"/actors/{person['id']}/map").headers["x-robots-tag"] == "noindex"


def test_a_search_for_persons_by_form_keeps_the_name_out_of_the_address(client: TestClient) -> None:
    page = client.get("/search").text
    assert '<button formmethod="post" formaction="/person-search">' in page
    answer = client.post("/person-search", data={"q": "hillen", "theme": "", "kind": "funder"})
    assert "Marieke Hillen" in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert "Geef minstens twee letters" in client.post("/person-search", data={"q": " "}).text
    assert "Niets gevonden" in client.post("/person-search", data={"q": "zzzz"}).text


def test_forms_may_leave_things_empty_and_call_a_municipality_by_name(client: TestClient) -> None:
    page = client.get("/search?q=&theme=&help=&municipality=Rotterdam")
    assert "Het Wijkpaleis" in page.text
    assert "Gemeente Arnhem" not in page.text
    assert client.get("/actors/wijkpaleis/neighbourhood?depth=1&kind=&tieKind=&limit=9&asOf=").status_code == 200


def test_a_page_that_finds_nothing_says_what_to_try(client: TestClient) -> None:
    page = client.get("/search?q=zzzz&kind=funder").text
    for words in ("Niets gevonden", "Probeer minder letters", "Zoek zonder deze keuzes"):
        assert words in page
    unplaced = "/actors/lsa-bewoners/nearby"
    assert "weten we niet waar het is" in client.get(unplaced).text
    assert "We kennen niemand rondom" in client.get("/actors/wijkpaleis/neighbourhood?tieKind=sponsors").text


def test_a_search_says_how_many_it_found(client: TestClient) -> None:
    assert "6 gevonden." in client.get("/search?q=buurt").text
    assert "1 gevonden." in client.get("/search?q=wijkpal").text
    assert "1 found." in client.get("/search?q=wijkpal&lang=en").text
    assert "Meer dan 20 gevonden." in client.get("/search?lang=nl").text, "there are more pages"


def test_what_is_spelled_wrongly_leads_to_what_was_meant(client: TestClient) -> None:
    meant = '<a href="/actors/wijkpaleis"><bdi>Het Wijkpaleis'
    for address in ("/search?q=wijkpalies", "/search?q=het+wijkpalies&kind=funder", "/actors/wijkpalies"):
        page = client.get(address, headers=AS_BROWSER).text
        assert "Bedoel je:" in page
        assert meant in page, address
    assert "Bedoel je:" not in client.get("/search?q=zzzz").text


def test_a_number_leads_to_who_bears_it_and_a_postcode_to_municipalities(client: TestClient) -> None:
    for number in ("GM0599", "gm0599", "0599"):
        page = client.get(f"/search?q={number}").text
        assert '<a href="/actors/gemeente-rotterdam"><bdi>Gemeente Rotterdam' in page, number
        assert "postcode" not in page
    for postcode in ("3023 AB", "3023ab", "3023"):
        assert "Is dit een postcode?" in client.get("/search", params={"q": postcode}).text, postcode


def test_a_municipality_that_nobody_knows_is_told_beside_its_field(client: TestClient) -> None:
    answer = client.get("/search?q=wijk&municipality=Roterdam&kind=initiative", headers=AS_BROWSER)
    assert answer.status_code == 400
    assert answer.headers["cache-control"] == "no-store"
    assert "etag" not in answer.headers
    assert 'value="Roterdam"' in answer.text
    assert 'aria-invalid="true" aria-describedby="unknown-place"' in answer.text
    assert "De gemeente ‘Roterdam’ kennen we niet." in answer.text
    [better] = re.findall(r'href="([^"]+)"><bdi>Gemeente Rotterdam</bdi>', answer.text)
    assert "Het Wijkpaleis" in client.get(unescape(better)).text
    assert client.get("/search?municipality=Roterdam").headers["content-type"] == "application/problem+json"


def test_an_actors_page_does_not_say_the_same_again_in_other_letters(client: TestClient) -> None:
    aliases = next(f for f in client.get("/v1/actors/wijkpaleis").json()["facts"] if f["field"] == "aliases")
    assert "HET WIJKPALEIS" in [other["value"] for other in aliases["others"]]
    page = client.get("/actors/wijkpaleis").text
    assert "HET WIJKPALEIS" not in page
    assert "Ook genoemd Wijkpaleis bron" in plain(page)
    assert "Type" not in plain(client.get("/actors/p-1").text), "that a person is a person"


def test_a_chance_is_explained_where_it_is_told(client: TestClient) -> None:
    for address in ("/actors/wijkpaleis", "/actors/wijkpaleis/neighbourhood"):
        page = client.get(address).text
        assert "Kans" in page
        assert "De kans zegt hoe waarschijnlijk het is dat een kennismaking lukt" in page


def test_the_signs_of_kinds_have_the_colours_of_the_map() -> None:
    sheet = (ROOT / "api" / "static" / "app.css").read_text(encoding="utf-8")
    light, dark = sheet.split("prefers-color-scheme: dark")
    for kind, mark in MARKS.items():
        assert f"--{kind}: {mark.light};" in light
        assert f"--{kind}: {mark.dark};" in dark
    assert f"--outline: {LIGHT.outline};" in light
    assert f"--outline: {DARK.outline};" in dark


def test_nothing_on_a_page_comes_from_elsewhere(client: TestClient) -> None:
    for address in gets(client.app):
        page = client.get(address)
        if page.headers["content-type"].startswith("text/html") and "/map" not in address:
            loaded = re.findall(r'<(?:link|script|img|iframe|source)[^>]+(?:href|src)="([^"]+)"', page.text)
            assert loaded
            assert [where for where in loaded if not where.startswith("/")] == []
            assert "<script" not in page.text
            assert " style=" not in page.text


def test_the_names_of_pages_tell_searches_apart(client: TestClient) -> None:
    told = {
        "/search": "Zoeken in het weefsel",
        "/search?q=wijk": "Gevonden voor ‘wijk’",
        "/search?q=wijk&kind=initiative": "Gevonden voor ‘wijk’: initiatief",
        "/search?q=zzzz&theme=wonen": "Niets gevonden voor ‘zzzz’: Wonen en wooncoöperaties",
        "/search?kind=funder&municipality=GM0599": "Niets gevonden: financier, Gemeente Rotterdam",
        "/search?municipality=Roterdam": "Nog niet gelukt: Zoeken in het weefsel",
        "/who-can-help?q=zzzz": "Nog niet gelukt: Wie kan mij helpen?",
    }
    titles = {
        path: re.findall("<title>(.*) · Weefsel</title>", client.get(path, headers=AS_BROWSER).text)[0] for path in told
    }
    assert titles == told


def test_who_is_not_in_here_is_told_where_to_go_on(client: TestClient) -> None:
    page = client.get("/who-can-help?q=Verzonnen+buurthuis").text
    told = page.partition('role="alert"')[2].partition("</p>")[0]
    assert '<a href="#describe">Sta je er niet in? Vertel iets over jezelf</a>' in told


def test_who_types_a_need_where_names_are_looked_for_is_led_on(client: TestClient) -> None:
    for need in ("geld", "sponsoring"):
        found = client.get(f"/search?q={need}").text.partition("<main")[2]
        assert '<a href="/who-can-help">Wie kan mij helpen?</a>' in found
    assert '<a href="/who-can-help">' not in client.get("/search?q=wijk").text.partition("<main")[2]
