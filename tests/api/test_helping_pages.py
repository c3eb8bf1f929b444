"""The pages about help and paths: from who asks to the answer, and that what is told of oneself stays out of addresses."""

import re
from html import unescape
from pathlib import Path

from door import AS_BROWSER, AS_STAFF, load, plain
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from graph import ingest
from graph.records import ActorRecord, DatasetRecord
from graph.stores import STORES

ASKED = "/who-can-help?actor=wijkpaleis&help=geld&asOf=2026-11-22"


def told(client: TestClient, **form: object) -> str:
    answer = client.post("/who-can-help", data={"help": "geld", **form}, headers=AS_BROWSER)
    assert answer.headers["cache-control"] == "private, no-cache"
    return plain(answer.text)


def test_one_is_found_by_name_then_says_what_for_then_gets_an_answer(client: TestClient) -> None:
    found = client.get("/who-can-help?q=wijkpal").text
    [first] = re.findall(r'href="(/who-can-help\?actor=[^"]+)"', found)
    asking = client.get(first).text
    assert '<input type="hidden" name="actor" value="wijkpaleis">' in asking
    for help_id in ("kennis", "geld", "netwerk", "geld.lening", "netwerk.vrijwilligers"):
        assert f'name="help" value="{help_id}"' in asking
    answer = client.get(f"{first}&help=geld&theme=&maxSteps=4&asOf=")
    assert answer.status_code == 200
    assert "Wie kan Het Wijkpaleis helpen met geld?" in plain(answer.text)


def test_who_was_here_once_is_told_to_be_gone_not_to_be_spelled_otherwise(settings: Settings, tmp_path: Path) -> None:
    with STORES["sqlite"](str(tmp_path / "weg.db"), "") as store:
        load(store, DatasetRecord(name="weg", audience="public"), (ActorRecord(id="weg", kind="network", name="Weg"),))
        staff = DatasetRecord(name="intern", audience="staff")
        load(store, staff, (ActorRecord(id="weg", kind="network", name="Verzonnen"),))
        ingest.remove(store, "weg")
        ingest.remove(store, "intern")
        client = TestClient(create_app(store, settings), headers=AS_BROWSER)
        for address in ("/paths?from=wijkpaleis&to={}", "/networks?actor={}"):
            assert "‘weg’ staat hier niet meer." in plain(client.get(address.format("weg")).text)
            assert "‘intern-weg’ kennen we niet." in plain(client.get(address.format("intern-weg")).text)


def test_a_name_that_nobody_has_leads_to_what_was_meant(client: TestClient) -> None:
    page = client.get("/who-can-help?q=wijkpalies").text
    assert "‘wijkpalies’ kennen we niet." in plain(page)
    assert '<a href="/who-can-help?actor=wijkpaleis">' in page


def test_the_answer_is_text_first_and_says_the_same_as_its_twin(client: TestClient) -> None:
    page = client.get(ASKED).text
    [twin] = re.findall(r'type="application/json" href="([^"]+)">', page)[:1]
    answer = client.get(unescape(twin)).json()
    said = plain(page)
    assert answer["sentence"] in said
    listed = re.findall(r'<h3><a href="/actors/([^"]+)">', page)
    assert listed == [
        it["actor"]["id"] for group in ("helpers", "known", "unreachable", "unfit") for it in answer[group]
    ]
    for helper in (*answer["helpers"], *answer["known"]):
        for path in (helper["path"], *helper["alternatives"]):
            assert all(step["sentence"] in said for step in path["steps"])
            assert path["sentence"].partition(" De zwakste")[2] in said
        assert all(reason["sentence"] in said for reason in helper["fitReasons"] if reason["what"] == "gave")
    assert said.index("Nieuw voor jullie") < said.index("Die kennen jullie al") < said.index("De wegen op een kaart")


def test_the_ties_on_the_map_stand_in_a_table_too(client: TestClient) -> None:
    page = client.get(ASKED).text
    [frame] = re.findall(r'<iframe class="map" src="([^"]+)"', page)
    drawn = client.get(unescape(frame))
    rows = len(re.findall(r'<th scope="row"><bdi>', page))
    assert rows > 5
    assert f"Banden ({rows})" in plain(drawn.text)
    assert drawn.headers["x-frame-options"] == "SAMEORIGIN"
    assert "Weggelaten: andere wegen naar dezelfde helpers" in plain(drawn.text)


def test_where_no_path_leads_the_page_has_who_would_fit_with_the_way_in(client: TestClient) -> None:
    page = client.get("/who-can-help?actor=herenboeren&help=geld&limit=50").text
    for said in (
        "We kennen nog geen weg naar iemand die hiermee helpt.",
        "Van Herenboeren kennen we nog geen banden.",
        "Passend, maar we vonden geen weg erheen",
        "Ingang: https://www.vsbfonds.nl",
    ):
        assert said in plain(page)
    assert "<iframe" not in page
    alone = client.get("/who-can-help/map?actor=herenboeren&help=geld").text
    assert "Actoren (1)" in alone


def test_somebody_who_describes_itself_names_whom_it_knows(client: TestClient) -> None:
    said = told(client, place="Rotterdam", names="De WijkBV\nvsbfonds")
    assert "Wie kan jullie helpen met geld?" in said
    assert "Jullie kennen De WijkBV" in said
    known = said.partition("Die kennen jullie al")[2]
    assert "VSBfonds" in known
    assert client.get("/v1/actors?q=betrokken+buurten").text.count('"name"') == 2
    assert "Jullie kennen Betrokken Buurten" in told(client, names="betrokken buurten"), "the whole name is clear"
    assert "Jullie noemden niemand die jullie kennen." in told(client)


def test_a_name_that_several_bear_is_asked_about_and_what_was_told_is_kept(client: TestClient) -> None:
    answer = client.post("/who-can-help", data={"help": "geld.lening", "place": "Breda", "names": "De WijkBV\nbuurt"})
    assert answer.status_code == 200
    page = answer.text
    assert "Wie bedoel je met ‘buurt’?" in plain(page)
    assert '<input type="checkbox" name="contact" value="de-wijkbv" checked>' in page
    assert '<input type="checkbox" name="contact" value="de-buurtcamping">' in page
    assert 'name="place" value="Breda"' in page
    assert re.search(r'name="help" value="geld.lening" checked', page)
    assert '<meta name="robots" content="noindex">' in page


def test_a_name_that_was_asked_back_and_left_open_is_told_not_to_count(client: TestClient) -> None:
    def fields(page: str) -> dict[str, list[str]]:
        """Return what the form sends as it stands, with no box ticked."""
        form = page.partition('<form class="describe" method="post"')[2].partition("</form>")[0]
        hidden = re.findall(r'type="(?:hidden|checkbox)" name="(contact|unclear)" value="([^"]*)"(?: checked)?>', form)
        ticked = re.findall(r'name="contact" value="([^"]*)" checked', form)
        return {"contact": ticked, "unclear": [value for name, value in hidden if name == "unclear"]}

    page = client.post("/who-can-help", data={"help": "geld", "names": "De WijkBV\nbuurt\nwijk"}).text
    assert fields(page) == {"contact": ["de-wijkbv"], "unclear": ["buurt", "wijk"]}
    answer = client.post("/who-can-help?lang=en", data={"help": "geld", **fields(page)}).text
    assert "Who can help you with money?" in plain(answer)
    assert "You chose nobody for “buurt”, “wijk”. It does not count." not in plain(answer), "De WijkBV was one of these"
    assert "You chose nobody for “buurt”. It does not count." in plain(answer)
    told = plain(client.post("/who-can-help?lang=nl", data={"help": "geld", **fields(answer), "names": "Zqx"}).text)
    assert "Deze namen kennen we niet: Zqx." in told
    assert "Wie bedoel je met ‘buurt’?" in told, "while something else is asked back, it is so too"
    chosen = {**fields(page), "contact": ["de-wijkbv", "de-buurtcamping"]}
    assert "Je koos niemand" not in plain(client.post("/who-can-help?lang=nl", data={"help": "geld", **chosen}).text)


def test_who_was_chosen_and_is_no_longer_here_is_told_not_to_count(client: TestClient) -> None:
    assert "Niet iedereen die je koos staat hier nog." in told(client, contact=["de-wijkbv", "oud"])
    assert "Niet iedereen die je koos" not in told(client, contact=["de-wijkbv", "de-wijkbv"])
    assert "Niet iedereen die je koos staat hier nog." in told(client, contact=["de-wijkbv", "oud"], names="Zqx")


def test_names_and_places_that_nobody_knows_are_told_beside_their_fields(client: TestClient) -> None:
    answer = client.post("/who-can-help", data={"help": "geld", "names": "Niemand Verzonnen\nDe WijkBV"})
    assert answer.status_code == 400
    assert "Deze namen kennen we niet: Niemand Verzonnen." in plain(answer.text)
    assert 'aria-invalid="true" aria-describedby="names-hint names-wrong">Niemand Verzonnen</textarea>' in answer.text
    asked = {"help": "geld", "place": "Nergenshuizen", "names": "De WijkBV"}
    answer = client.post("/who-can-help", data=asked, headers=AS_BROWSER)
    assert answer.status_code == 400
    assert "De plaats 'Nergenshuizen' kennen we niet." in plain(answer.text)
    assert 'aria-invalid="true" aria-describedby="place-hint place-wrong"' in answer.text
    assert 'value="de-wijkbv" checked' in answer.text
    assert client.post("/who-can-help", data=asked).headers["content-type"] == "application/problem+json"


def test_what_one_tells_of_oneself_stands_in_no_address(client: TestClient) -> None:
    answer = client.post("/who-can-help", data={"help": "geld", "place": "Rotterdam", "names": "Marieke Hillen"})
    assert answer.status_code == 200
    assert "Marieke Hillen" in answer.text
    addresses = re.findall(r'(?:href|src|action)="([^"]+)"', answer.text)
    assert not [address for address in addresses if "rotterdam?" in address.lower() or "hillen" in address.lower()]
    assert not [address for address in addresses if "place=" in address or "contact=" in address]


def test_the_map_of_somebody_who_describes_itself_is_asked_for_in_a_body(client: TestClient) -> None:
    page = client.post("/who-can-help", data={"help": "geld", "names": "De WijkBV"}).text
    form = re.search(r'<form method="post" action="([^"]+/map[^"]*)">(.*?)</form>', page, re.DOTALL)
    assert form
    fields = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form[2]))
    drawn = client.post(unescape(form[1]), data=fields)
    assert (drawn.status_code, drawn.headers["x-robots-tag"]) == (200, "noindex")
    assert "De WijkBV" in plain(drawn.text)
    assert drawn.headers["cache-control"] == "no-store"


def test_a_map_without_a_help_is_told_what_is_missing(client: TestClient) -> None:
    [error] = client.get("/who-can-help/map?actor=wijkpaleis").json()["errors"]
    assert (error["in"], error["name"]) == ("query", "help")


def test_paths_go_by_names_too(client: TestClient) -> None:
    by_name = client.get("/paths", params={"from": "het wijkpaleis", "to": "oranje fonds"})
    assert by_name.status_code == 200
    said = plain(by_name.text)
    assert "Hoe kom je van Het Wijkpaleis bij Oranje Fonds?" in said
    assert "Beste weg mogelijk (19%)" in said
    assert "Andere weg 2" in said
    assert 'href="/v1/paths?from=wijkpaleis&amp;to=oranje-fonds&amp;lang=nl"' in by_name.text


def test_an_end_that_is_not_clear_is_asked_about(client: TestClient) -> None:
    answer = client.get("/paths?from=wijk&to=oranjefond", headers=AS_BROWSER)
    assert answer.status_code == 404
    said = plain(answer.text)
    assert "Wie bedoel je met ‘wijk’?" in said
    assert "‘oranjefond’ kennen we niet." in said
    assert 'href="/paths?from=wijk&amp;to=oranje-fonds"' in answer.text
    both = client.get("/paths?from=wijkpalies&to=oranjefond")
    assert both.headers["content-type"] == "application/problem+json"
    assert "'oranje-fonds'" in both.json()["detail"]
    assert "Van" in plain(client.get("/paths?to=oranje-fonds").text)


def test_no_path_is_told_with_what_would_do(client: TestClient) -> None:
    said = plain(client.get("/paths?from=wijkpaleis&to=oranje-fonds&maxSteps=1").text)
    assert "We kennen geen weg van 1 stap. Zoek een langere weg Kijk bij Oranje Fonds of er een ingang is" in said
    said = plain(client.get("/paths?from=wijkpaleis&to=herenboeren").text)
    assert "Van Herenboeren kennen we nog geen banden." in said
    assert "Zoek een langere weg" not in said


def test_the_name_of_a_person_comes_in_no_address_of_a_path(client: TestClient) -> None:
    [person, *_] = client.post("/v1/person-searches", json={"text": "marieke"}).json()["actors"]
    for address in (f"/paths?from={person['id']}&to=wijk", f"/paths?to={person['id']}"):
        page = client.get(address, headers=AS_BROWSER).text
        assert f'value="{person["id"]}"' in page
        assert person["name"] not in re.sub(r"<bdi>.*?</bdi>|<h1>.*?</h1>", "", page)
    page = client.get(f"/paths?from={person['id']}&to=wijkpaleis").text
    assert '<meta name="robots" content="noindex">' in page
    assert person["name"].split()[1] not in "".join(re.findall(r'(?:href|src|action)="([^"]+)"', page))
    by_name = client.get("/paths", params={"from": person["name"], "to": "wijkpaleis"}, headers=AS_BROWSER)
    assert by_name.status_code == 404, "by its id alone"


def test_every_actor_and_the_front_page_lead_to_the_question(client: TestClient) -> None:
    page = client.get("/actors/wijkpaleis").text
    assert 'href="/who-can-help?actor=wijkpaleis">Wie kan Het Wijkpaleis helpen?' in page
    assert 'href="/paths?to=wijkpaleis"' in page
    assert 'href="/who-can-help"' in client.get("/").text


def test_staff_may_be_told_of_whom_the_public_is_not(secrets_client: TestClient) -> None:
    asked = "/who-can-help?actor=wijkpaleis&help=geld.lening&limit=50"
    assert "Zwaluwfonds Verzonnen" in secrets_client.get(asked, headers=AS_STAFF).text
    secrets_client.cookies.clear()
    assert "Zwaluwfonds" not in secrets_client.get(asked).text
    for name in ("Zwaluwfonds Verzonnen", "Qwertina Hiddema"):
        form = {"help": "geld", "names": name}
        assert "Deze namen kennen we niet" in plain(secrets_client.post("/who-can-help", data=form).text)
        assert "Deze namen" not in plain(secrets_client.post("/who-can-help", data=form, headers=AS_STAFF).text)


def test_beside_a_full_list_it_is_told_who_fits_as_well_and_cannot_be_reached(client: TestClient) -> None:
    said = plain(client.get(f"{ASKED}&limit=5").text)
    part = said[said.index("Passend, maar we vonden geen weg erheen") :]
    assert "het past minstens zo goed als wat hierboven staat" in part
    assert "BOKD" in part
    assert "bokd.nl" in part


def test_it_is_said_how_many_more_fit_and_where_to_find_them(client: TestClient) -> None:
    asked = "who-can-help?actor=herenboeren&help=geld.lening"
    page = client.get(f"/{asked}&limit=5").text
    more = client.get(f"/v1/{asked}&limit=5").json()["more"]["unreachable"]["count"]
    assert more > 1
    assert f"Er zijn er nog {more}. Toon er meer" in plain(page)
    [href] = re.findall(r'<a href="(/who-can-help[^"]*limit=50[^"]*)"', page)
    assert plain(client.get(unescape(href)).text).count("Ingang:") == 5 + more


def test_it_is_said_how_many_more_one_knows_already(client: TestClient) -> None:
    """Also if nobody else can be reached, so that there is no list of others to say it below."""
    asked = "who-can-help?actor=lsa-bewoners&help=netwerk&maxSteps=1&limit=2"
    answer = client.get(f"/v1/{asked}").json()
    assert (answer["helpers"], len(answer["known"])) == ([], 2)
    said = plain(client.get(f"/{asked}").text)
    assert f"Er zijn er nog {answer['more']['helpers']['count']} die ook kunnen helpen. Toon er meer" in said


def test_who_is_further_away_is_a_link_away(client: TestClient) -> None:
    near = client.get("/who-can-help?actor=wijkpaleis&help=netwerk.vrijwilligers&maxSteps=1").text
    [further] = re.findall(r'<a href="([^"]+)">Zoek verder, tot 6 stappen</a>', near)
    assert "De beste ingang is Delfshaven Helpt" in client.get(unescape(further)).text
    assert "Zoek verder" not in client.get(unescape(further)).text


def test_who_has_no_ties_can_tell_whom_it_knows(client: TestClient) -> None:
    page = client.get("/who-can-help?actor=herenboeren&help=geld").text
    assert '<a href="/who-can-help#describe">Ken je zelf iemand?' in page
    assert 'id="describe"' in client.get("/who-can-help").text
    assert "Ken je zelf iemand?" not in client.get(ASKED).text


def test_a_sentence_that_begins_with_a_name_from_right_to_left_is_laid_out_from_left_to_right(
    client: TestClient,
) -> None:
    page = client.get(ASKED).text
    steps = page.split('<ol class="steps">')[1:]
    assert steps
    assert all(step.lstrip().startswith('<li><bdi dir="ltr">') for step in steps)


def test_who_describes_itself_can_see_more_and_further_too(client: TestClient) -> None:
    def send(form: str) -> str:
        fields: dict[str, list[str]] = {}
        for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form):
            fields.setdefault(name, []).append(unescape(value))
        return client.post("/who-can-help", data=fields, headers=AS_BROWSER).text

    def forms(page: str) -> dict[str, str]:
        found = re.findall(r'<form method="post" action="/who-can-help">(.*?)</form>', page, re.DOTALL)
        return {plain(form): form for form in found}

    told = {"help": "geld", "place": "Rotterdam", "theme": ["wonen"], "contact": ["wijkpaleis"], "limit": "2"}
    page = client.post("/who-can-help", data=told, headers=AS_BROWSER).text
    more = send(forms(page)["Toon er meer"])
    assert len(re.findall("<h3>", more)) > len(re.findall("<h3>", page))
    assert "Toon er meer" not in forms(more)
    near = client.post("/who-can-help", data={**told, "limit": "50", "maxSteps": "1"}, headers=AS_BROWSER).text
    further = send(forms(near)["Zoek verder, tot 6 stappen"])
    assert "De beste ingang is" in plain(further)


def test_an_answer_says_what_to_do_next(client: TestClient) -> None:
    page = plain(client.get(f"{ASKED}&lang=nl").text)
    assert "Nieuw voor jullie Vraag wie jullie al kennen om jullie voor te stellen aan de volgende op de weg" in page
    english = plain(client.get(f"{ASKED}&lang=en").text)
    assert "New to you Ask those you already know to introduce you to the next on the path" in english


def test_what_staff_is_told_of_itself_is_kept_by_no_browser(client: TestClient) -> None:
    answer = client.post("/who-can-help", data={"help": "geld", "names": "De WijkBV"}, headers=AS_STAFF | AS_BROWSER)
    assert answer.headers["cache-control"] == "private, no-store"
