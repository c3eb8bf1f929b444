"""Pages about themes, municipalities and networks: what they say, where they lead, and what names do to them."""

import re
from html import unescape

from door import AS_BROWSER, load, plain
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from graph import ingest
from graph.records import ActorRecord, DatasetRecord, FigureRecord, OfferRecord, TieRecord
from graph.stores import STORES
from graph.vocabulary import vocabulary

HOSTILE = '<script>alert(1)</script> "O\'Neill" & {{ 7*7 }}'
NAMES = (HOSTILE, "V" * 300, "בית בדוי של השכונה", "Buurt 🌻🏡 tuin", "مبادرة وهمية")


def links(page: str) -> list[str]:
    """Return where a page leads in this site; maps have tests of their own."""
    return [href for it in re.findall(r'href="(/[^"#]*)', page) if not (href := unescape(it)).startswith("/map")]


def test_every_page_leads_to_the_seven_places(client: TestClient) -> None:
    page = client.get("/about").text
    for words in ("Zoeken", "Wie kan mij helpen", "Netwerken", "Thema’s", "Gemeenten", "Bronnen", "Over"):
        assert re.search(rf'<a href="/[a-z-]+"[^>]*>{words}</a>', page), words
    assert '<a href="/about" aria-current="page">' in page
    assert '<a href="/themes" aria-current="true">' in client.get("/themes/wonen").text


def test_what_these_pages_link_to_is_there(client: TestClient) -> None:
    pages = ("/", "/about", "/themes", "/themes/wonen", "/municipalities/GM0599", "/networks")
    for href in dict.fromkeys(href for address in pages for href in links(client.get(address).text)):
        assert client.head(href, headers=AS_BROWSER).status_code == 200, href


def test_a_theme_counts_as_a_search_finds(client: TestClient) -> None:
    answer = client.get("/v1/themes").json()
    counted = {theme["id"]: theme for theme in answer["themes"]}
    for theme in ("zorg-welzijn", "wonen", "voedsel"):
        found = client.get(f"/v1/actors?theme={theme}&limit=100").json()["actors"]
        assert counted[theme]["total"] == len(found) > 0
        assert f"Bekijk alle {len(found)} in de zoekresultaten" in plain(client.get(f"/themes/{theme}").text)
    assert counted["jeugd"]["broader"] == "zorg-welzijn"


def test_the_page_of_a_municipality_tells_with_sources(client: TestClient) -> None:
    said = plain(client.get("/municipalities/gemeente-rotterdam").text)
    for words in (
        "gemeente, CBS-code GM0599",
        "Zuid-Holland",
        "Singeldingen",
        "VSBfonds financiert Welzijnscoalitie Delfshaven · subsidie voor uitwerken plan bron 1, regel 970",
        "Huize Middelland is lid van Welzijnscoalitie Delfshaven",
        "Professionele werkplaatsen Wijkpaleis (2021, jaar van de publicatie)",
        "Betaalde opdracht of aanbesteding 1",
    ):
        assert words in said, words
    assert "We kennen hier nog niemand" in client.get("/municipalities/gemeente-haarlem").text


def test_networks_side_by_side_answer_six_questions(client: TestClient) -> None:
    page = client.get("/networks?actor=Het+Wijkpaleis&network=lsa-bewoners&network=nov").text
    said = plain(page)
    for question in range(1, 7):
        assert re.search(rf'<th scope="row">{question}\. ', page)
    assert page.count("<td>") == 12
    for words in (
        "Welk netwerk past bij Het Wijkpaleis?",
        "Zelfde thema’s: Buurt- en dorpshuizen in zelfbeheer",
        "Je kunt er lid van worden.",
        "Voorwaarden: onbekend.",
        "Jullie zijn al lid.",
        "Opdrachtenonbekend",
        "We kennen er 2 die erin zitten.",
        "De WijkBV maakt deel uit van LSA bewoners: Lokale economie, Maatschappelijk vastgoed",  # which is no member
        "Via wie je er komt: Het Wijkpaleis →dan",
    ):
        assert words in said, words
    assert "Waar het werkt is onbekend. Plaats: Drenthe." in plain(client.get("/networks?network=bokd").text)
    checked = re.findall(r'name="network" value="([^"]+)" checked', page)
    assert checked == ["lsa-bewoners"], "nov is not among those that share a theme"


def test_a_network_that_a_neighbour_left_is_not_nearby(settings: Settings, tmp_path) -> None:
    """Two made-up networks in another municipality, of which a made-up neighbour left one."""
    rows = (
        ActorRecord(id="wij", kind="initiative", name="Buurt Wij", municipality="GM0599", themes=("wonen",)),
        ActorRecord(id="zij", kind="initiative", name="Buurt Zij", municipality="GM0599"),
        ActorRecord(id="net", kind="network", name="Verzonnen Net", municipality="GM0344", themes=("wonen",)),
        ActorRecord(id="oud", kind="network", name="Verzonnen Oud Net", municipality="GM0344", themes=("wonen",)),
        TieRecord(source="zij", kind="member_of", target="net"),
        TieRecord(source="zij", kind="member_of", target="oud", until="2020"),
    )
    with STORES["sqlite"](str(tmp_path / "left.db"), "") as store:
        load(store, DatasetRecord(name="netten", audience="public"), rows)
        answer = TestClient(create_app(store, settings)).get("/v1/networks?actor=wij").json()
    assert [(one["actor"]["id"], one["reach"]) for one in answer["near"]] == [("net", "members")]
    assert [(one["actor"]["id"], one["reach"]) for one in answer["beyond"]] == [("oud", "elsewhere")]


def test_who_is_not_clear_or_not_there_is_asked_again(client: TestClient) -> None:
    several = client.get("/networks?actor=wijk", headers=AS_BROWSER)
    assert several.status_code == 200
    assert "/networks?actor=wijkpaleis" in links(several.text)
    nobody = client.get("/networks?actor=nergenshuis", headers=AS_BROWSER)
    assert (nobody.status_code, nobody.headers["cache-control"]) == (404, "no-store")
    assert "‘nergenshuis’ kennen we niet" in plain(nobody.text)
    nowhere = client.get("/networks?place=Nergenshuizen", headers=AS_BROWSER)
    assert nowhere.status_code == 400
    assert 'aria-invalid="true" aria-describedby="place-wrong"' in nowhere.text
    five = "&".join(f"network={name}" for name in ("bokd", "nov", "cooplink", "lco", "lsa-bewoners"))
    many = client.get(f"/networks?{five}", headers=AS_BROWSER)
    assert many.status_code == 400
    assert "Zet hoogstens 4 netwerken naast elkaar" in many.text
    assert "/networks?network=bokd&network=nov&network=cooplink&network=lco" in links(many.text)
    for address in ("/networks?actor=nergenshuis", "/networks?place=Nergenshuizen", f"/v1/networks?{five}"):
        assert client.get(address).headers["content-type"] == "application/problem+json"


def test_who_asks_nothing_sees_all_networks(client: TestClient) -> None:
    page = client.get("/networks").text
    assert len(re.findall(r'name="network" value=', page)) == 20
    assert "Naast elkaar" not in page
    assert "Zeg eerst wie je bent" in client.get("/networks?network=bokd").text


def test_a_search_shows_its_choices_and_how_to_find_more(client: TestClient) -> None:
    page = client.get("/search?theme=wonen&municipality=Rotterdam&kind=funder").text
    for words in ("Haal weg: Wonen en wooncoöperaties", "Haal weg: Gemeente Rotterdam", "Haal weg: financier"):
        assert words in page
    assert "Niets gevonden" in page
    [wider] = [href for href in links(page) if "municipality" in href and "kind" in href and "theme" not in href][:1]
    assert wider == "/search?kind=funder&municipality=Rotterdam"
    said = plain(client.get("/search?q=wijkp&theme=voedsel").text)
    assert "Zonder ‘Voedsel’: 1 gevonden" in said
    assert "Meer dan 20 gevonden. Dit zijn de eerste 20." in plain(client.get("/search").text)
    assert "Haal alle keuzes weg" not in client.get("/search?theme=wonen").text


def test_what_is_known_is_counted(client: TestClient) -> None:
    said = plain(client.get("/about").text)
    for words in (
        "107 actoren, personen niet meegeteld.",
        "35 van de 107 (33%)",
        "0 van de 24 (0%)",
        "we vermenigvuldigen ze",
    ):
        assert words in said, words
    assert "is geen lid" not in said
    assert re.search(r"works at ?90%", plain(client.get("/about?lang=en").text))


def test_every_source_stands_in_a_table(client: TestClient) -> None:
    page = client.get("/datasets?lang=nl").text
    sources = client.get("/v1/datasets").json()["datasets"][0]["sources"]
    assert page.count('<th scope="row"><cite>') == len(sources) == 4


def test_names_of_any_sort_stay_text(settings: Settings, tmp_path) -> None:
    town = {"municipality": "GM0599", "themes": ("wonen",)}
    records = [ActorRecord(id="stad", kind="municipality", name=HOSTILE, municipality="GM0599")]
    for number, name in enumerate(NAMES):
        records += [
            ActorRecord(id=f"n{number}", kind="network", name=name, place=name[:200], **town),
            ActorRecord(id=f"i{number}", kind="initiative", name=name, **town),
            TieRecord(source=f"i{number}", kind="member_of", target=f"n{number}", role=name, note=name),
            TieRecord(source=f"n{number}", kind="funds", target=f"i{number}", note=name),
            OfferRecord(
                actor=f"n{number}", stance="offers", help="netwerk.lidmaatschap", conditions=name, area=("GM0599",)
            ),
            FigureRecord(about=f"i{number}", what=name, value=1),
        ]
    with STORES["sqlite"](str(tmp_path / "names.db"), "") as store:
        load(store, DatasetRecord(name="namen", title=HOSTILE, audience="public"), tuple(records))
        client = TestClient(create_app(store, settings))
        for address in (
            "/municipalities",
            "/municipalities/GM0599",
            "/themes/wonen",
            "/networks?actor=i0&network=n0&network=n1&network=n2&network=n3",
            "/networks?place=GM0599&theme=wonen",
            "/search?municipality=GM0599&theme=wonen",
            "/about",
            "/datasets",
        ):
            answer = client.get(address)
            assert answer.status_code == 200, address
            assert "<script" not in answer.text
            assert "49" not in plain(answer.text).replace("GM0599", ""), "nothing that a name says is worked out"


def test_a_municipality_that_moved_or_went_leads_on(settings: Settings, tmp_path) -> None:
    towns = tuple(
        ActorRecord(id=f"stad-{code}", kind="municipality", name=f"Gemeente {code}", municipality=code)
        for code in ("GM9001", "GM9002", "GM9003")
    )
    with STORES["sqlite"](str(tmp_path / "towns.db"), "") as store:
        load(store, DatasetRecord(name="steden", audience="public"), towns[:2])
        load(store, DatasetRecord(name="weg", audience="public"), towns[2:])
        ingest.judge(store, "same", "stad-gm9001", "stad-gm9002", who="de proef")
        ingest.remove(store, "weg")
        client = TestClient(create_app(store, settings), follow_redirects=False)
        statuses = {}
        for name in ("stad-gm9001", "stad-gm9002", "stad-gm9003"):
            answer = client.get(f"/municipalities/{name}?limit=5", headers=AS_BROWSER)
            statuses[name] = answer.status_code
            if answer.status_code == 308:
                assert answer.headers["location"] == "/municipalities/stad-gm9001?limit=5"
        assert sorted(statuses.values()) == [200, 308, 410]
        assert 'role="search"' in client.get("/municipalities/stad-gm9003", headers=AS_BROWSER).text
        for address in ("/v1/municipalities/GM9003", "/v1/themes/nergens"):
            assert client.get(address).status_code == 404


def test_an_empty_site_helps_on(settings: Settings, tmp_path) -> None:
    with STORES["sqlite"](str(tmp_path / "empty.db"), "") as store:
        client = TestClient(create_app(store, settings))
        for address, words in (
            ("/municipalities", "weefsel load sector"),
            ("/about", "weefsel load sector"),
            ("/themes/wonen", "We kennen hier nog niemand"),
            ("/networks", "Niets gevonden"),
            ("/networks?theme=wonen", "We kennen geen ander netwerk"),
        ):
            assert words in client.get(address).text, address


def test_what_is_planned_was_not_given_and_who_left_is_not_in_a_network(client: TestClient) -> None:
    """KNHM foundation plans a loan for one in Rotterdam, and its contract with the municipality is over."""
    answer = client.get("/v1/municipalities/GM0599").json()
    assert "knhm-foundation" not in {giver["actor"]["id"] for giver in answer["givers"]}
    [city] = [giver for giver in answer["givers"] if giver["actor"]["id"] == "gemeente-rotterdam"]
    assert {tie["kind"] for tie in city["ties"]} == {"commissioned_by", "rents_to"}  # rented until 2022
    assert [len(tie["sources"]) for tie in city["ties"]] == [1, 1, 1]  # met from both ends
    before = client.get("/v1/municipalities/GM0599?asOf=2018-01-01").json()["givers"]
    assert "rents_to" not in {tie["kind"] for giver in before for tie in giver["ties"]}


def test_a_help_is_counted_as_a_search_finds_it(client: TestClient) -> None:
    helps = {it["help"]: it["count"] for it in client.get("/v1/themes/wonen").json()["helps"]}
    for help, count in helps.items():
        assert len(client.get(f"/v1/actors?theme=wonen&help={help}&limit=100").json()["actors"]) == count, help
    assert {"geld", "kennis", "netwerk"} <= set(helps)
    assert list(helps) == [help for help in vocabulary().helps if help in helps], "in one order, in each process"
    assert f"Geld: alles {helps['geld']}" in plain(client.get("/themes/wonen").text)


def test_the_number_of_those_in_a_municipality_is_what_its_link_finds(client: TestClient) -> None:
    for code in ("GM0599", "GM0150"):
        page = client.get(f"/municipalities/{code}").text
        [(href, words)] = re.findall(r'<a class="button main" href="(/search[^"]*)">([^<]*)', page)
        [number] = re.findall(r"\d+", words)
        assert f"{number} gevonden." in plain(client.get(unescape(href)).text)


def test_of_more_than_were_looked_at_numbers_are_told_as_the_least(settings: Settings, tmp_path) -> None:
    """A made-up theme with more initiatives than are looked at, all funded by one and in one network but for one that left."""
    some = [ActorRecord(id=f"b{n}", kind="initiative", name=f"Buurt {n}", themes=("wonen",)) for n in range(130)]
    rows = (
        ActorRecord(id="fonds", kind="funder", name="Verzonnen Fonds"),
        ActorRecord(id="net", kind="network", name="Verzonnen Net"),
        ActorRecord(id="oud", kind="initiative", name="Buurt Sport", themes=("sport",)),
        *some,
        *(TieRecord(source="fonds", kind="funds", target=one.id) for one in some),
        *(TieRecord(source=one.id, kind="member_of", target="net") for one in some),
        TieRecord(source="oud", kind="member_of", target="net", until="2020"),
        TieRecord(source="fonds", kind="funds", target="oud", status="planned"),
    )
    with STORES["sqlite"](str(tmp_path / "many.db"), "") as store:
        load(store, DatasetRecord(name="veel", audience="public"), rows)
        client = TestClient(create_app(store, settings))
        answer = client.get("/v1/themes/wonen").json()
        for giver in (*answer["givers"], *answer["networks"]):
            assert giver["count"] == {"count": 120, "exact": False}
        said = plain(client.get("/themes/wonen").text)
        assert "aan minstens 120 actoren" in said
        assert "minstens 120 actoren zitten erin" in said
        sport = client.get("/v1/themes/sport").json()
        assert (sport["givers"], sport["networks"]) == ([], [])
