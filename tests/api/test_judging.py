"""Duplicates and judgements over HTTP and on pages: shown with reasons, judged, taken back. All names are made up."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from door import AS_BROWSER, AS_STAFF, TOKEN, load, mark_in
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from graph import ingest
from graph.records import ActorRecord, DatasetRecord
from graph.store import Store
from graph.stores import STORES

NAMES = ("Kwetternest", "Bloemenhof", "Dassenburcht")
MEMBERS = DatasetRecord(name="leden", audience="staff", title="Verzonnen leden")
REGISTER = DatasetRecord(name="register", audience="public", title="Verzonnen register")


def rows(form: str, **fields: str) -> tuple[ActorRecord, ...]:
    return tuple(
        ActorRecord(id=f"a{n}", kind="initiative", name=form.format(name), place="Ede", **fields)
        for n, name in enumerate(NAMES)
    )


@pytest.fixture
def twice(tmp_path) -> Iterator[Store]:
    """A store in which three initiatives stand twice, by two datasets."""
    with STORES["sqlite"](str(tmp_path / "twice.db"), "") as store:
        load(store, REGISTER, rows("Stichting {}", legal_form="Stichting"))
        load(store, MEMBERS, rows("{}", founded="1999"))
        yield store


@pytest.fixture
def asking(twice: Store, settings: Settings) -> TestClient:
    return TestClient(create_app(twice, settings), follow_redirects=False, headers=AS_STAFF)


@pytest.fixture
def staff(twice: Store, settings: Settings) -> TestClient:
    """A browser in which staff is signed in."""
    client = TestClient(create_app(twice, settings), follow_redirects=False, headers=AS_BROWSER)
    client.post("/sign-in", data={"token": TOKEN, "mark": mark_in(client.get("/sign-in").text)})
    return client


def ids(answer) -> list[tuple[str, str]]:
    return [(pair["one"]["id"], pair["other"]["id"]) for pair in answer.json()["pairs"]]


def judge(client, verdict, pair, **more):
    return client.post("/v1/judgements", json={"verdict": verdict, "one": pair[0], "other": pair[1], **more})


def test_pairs_come_with_reasons_and_each_once_over_the_pages_of_a_cursor(asking):
    whole = asking.get("/v1/duplicates").json()
    assert whole["pairs"][0]["reasons"][0] == {
        "nl": "zelfde naam op rechtsvorm na",
        "en": "same name but for the legal form",
    }
    assert (len(whole["pairs"]), whole["cursor"], whole["more"]) == (3, None, {"count": 0, "exact": True})
    first = asking.get("/v1/duplicates?limit=2").json()
    assert first["more"]["count"] == 1
    rest = asking.get("/v1/duplicates", params={"limit": 2, "cursor": first["cursor"]}).json()
    assert first["pairs"] + rest["pairs"] == whole["pairs"]
    assert asking.get("/v1/duplicates?cursor=onzin").status_code == 400
    assert asking.get("/v1/duplicates?limit=101").status_code == 400


def test_a_judgement_survives_a_load_and_is_taken_back(asking, twice):
    one, two, three = ids(asking.get("/v1/duplicates"))
    assert judge(asking, "same", one, who="redactie", why="zelfde adres").status_code == 200
    assert judge(asking, "different", two).status_code == 200
    assert judge(asking, "unknown", three).status_code == 200
    assert ids(asking.get("/v1/duplicates")) == []
    load(twice, MEMBERS, (*rows("{}", founded="2001"), ActorRecord(id="n", kind="funder", name="Nieuw Verzonnen")))
    assert ids(asking.get("/v1/duplicates")) == []
    made = asking.get("/v1/judgements").json()["judgements"]
    assert [each["verdict"] for each in made] == ["unknown", "different", "same"]
    assert (made[2]["who"], made[2]["why"]) == ("redactie", "zelfde adres")
    assert made[2]["names"] == ["Stichting Kwetternest", "Kwetternest"]
    assert asking.get(f"/v1/actors/{one[1]}").status_code == 308
    for verdict, pair in (("same", one), ("different", two), ("unknown", three)):
        body = {"verdict": verdict, "one": pair[0], "other": pair[1]}
        assert asking.post("/v1/judgement-withdrawals", json=body).status_code == 200
        assert asking.post("/v1/judgement-withdrawals", json=body).status_code == 404
    assert ids(asking.get("/v1/duplicates")) == [one, two, three]


def test_judgements_come_each_once_over_the_pages_of_a_cursor(asking):
    for pair in ids(asking.get("/v1/duplicates")):
        judge(asking, "different", pair)
    whole = asking.get("/v1/judgements").json()["judgements"]
    assert len(whole) == 3
    first = asking.get("/v1/judgements?limit=2").json()
    rest = asking.get("/v1/judgements", params={"cursor": first["cursor"]}).json()
    assert first["judgements"] + rest["judgements"] == whole
    assert (first["more"]["count"], rest["cursor"]) == (1, None)


def test_another_judgement_takes_the_place_of_the_first(asking):
    pair = ids(asking.get("/v1/duplicates"))[0]
    for verdict in ("unknown", "same", "different"):
        judge(asking, verdict, pair)
        made = asking.get("/v1/judgements").json()["judgements"]
        assert [each["verdict"] for each in made] == [verdict]
    assert asking.get(f"/v1/actors/{pair[1]}").status_code == 200, "they are two again"


def test_pairs_that_are_joined_by_way_of_others_are_not_asked_again(asking, twice):
    load(twice, DatasetRecord(name="derde", audience="staff"), rows("{} Stichting"))
    pairs = [pair for pair in ids(asking.get("/v1/duplicates")) if "a0" in "".join(pair)]
    assert len(pairs) == 3
    judge(asking, "same", pairs[0])
    judge(asking, "same", pairs[1])
    assert not [pair for pair in ids(asking.get("/v1/duplicates")) if "a0" in "".join(pair)]


def test_a_session_alone_does_not_change_anything_through_the_data(staff):
    pair = ids(staff.get("/v1/duplicates"))[0]
    refused = judge(staff, "same", pair)
    assert refused.status_code == 401
    assert ids(staff.get("/v1/duplicates"))[0] == pair


def test_what_cannot_be_judged_is_told(asking):
    assert judge(asking, "same", ("nergens", "ook-niet")).status_code == 404
    [error] = judge(asking, "misschien", ("a", "b")).json()["errors"]
    assert "same, different, unknown" in error["detail"]
    pair = ids(asking.get("/v1/duplicates"))[0]
    assert judge(asking, "same", (pair[0], pair[0])).status_code == 400


def test_on_the_page_two_stand_side_by_side_with_who_says_what(staff):
    page = staff.get("/duplicates?lang=nl").text
    assert "zelfde naam op rechtsvorm na" in page
    assert "zelfde plaats (Ede)" in page
    for said in ("1999", "register", "leden", "Niet dezelfde", "Weet ik niet"):
        assert said in page
    assert 'href="/duplicates"' in staff.get("/").text, "staff finds its way there"


def test_a_judgement_on_the_page_is_kept_and_taken_back_there(staff):
    page = staff.get("/duplicates?lang=nl").text
    form = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.partition('class="choices"')[2])[:4])
    answer = staff.post("/duplicates", data={**form, "verdict": "same", "why": "zelfde bestuur"})
    assert answer.status_code == 303
    told = staff.get(answer.headers["location"]).text
    assert "deze twee zijn nu één" in told
    assert f"/actors/{form['one']}" in told, "one can look at whom one judged"
    page = staff.get("/judgements").text
    assert "zelfde bestuur" in page
    undo = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.partition("<table>")[2]))
    answer = staff.post("/judgements", data=undo)
    assert answer.status_code == 303
    assert "is teruggenomen" in staff.get(answer.headers["location"]).text
    twice = staff.post("/judgements", data=undo)
    assert "was al teruggenomen" in staff.get(twice.headers["location"]).text, "a second click is no error"
    assert len(ids(staff.get("/v1/duplicates"))) == 3


def test_a_double_click_and_a_colleague_at_the_same_time_wait_for_each_other(asking):
    one, other, _ = ids(asking.get("/v1/duplicates"))
    with ThreadPoolExecutor(6) as clicks:
        answers = list(clicks.map(lambda pair: judge(asking, "different", pair), [one, one, other] * 2))
    assert {answer.status_code for answer in answers} == {200}
    assert len(asking.get("/v1/judgements").json()["judgements"]) == 2


def test_whose_session_is_over_is_led_to_sign_in(staff):
    one, other = ids(staff.get("/v1/duplicates"))[0]
    form = {"verdict": "same", "one": one, "other": other, "mark": mark_in(staff.get("/duplicates").text)}
    staff.cookies.clear()
    refused = staff.post("/duplicates", data=form)
    assert refused.status_code == 401
    assert 'class="button" href="/sign-in"' in refused.text


def test_while_somebody_loads_it_is_said_that_nothing_was_kept(staff, twice, monkeypatch):
    monkeypatch.setattr("api.turns.SECONDS", 0.1)
    one, other = ids(staff.get("/v1/duplicates"))[0]
    form = {"verdict": "same", "one": one, "other": other, "mark": mark_in(staff.get("/duplicates").text)}
    with twice.draft("load leden"):
        refused = staff.post("/duplicates", data=form)
    assert refused.status_code == 503
    assert "Wat je stuurde, is niet bewaard" in refused.text
    assert staff.post("/duplicates", data=form).status_code == 303


def judged_on_page(staff: TestClient, verdict: str, pair: tuple[str, str]) -> str:
    """Judge on the page; return what it says then."""
    mark = mark_in(staff.get("/duplicates?lang=nl").text)
    answer = staff.post("/duplicates", data={"verdict": verdict, "one": pair[0], "other": pair[1], "mark": mark})
    return re.search(r'role="status"[^>]*>(.*?)</p>', staff.get(answer.headers["location"]).text)[1]


def test_two_who_judge_one_pair_are_told_of_each_other(staff):
    pair = ids(staff.get("/v1/duplicates"))[0]
    assert "al geoordeeld" not in judged_on_page(staff, "same", pair)
    assert "al geoordeeld" not in judged_on_page(staff, "same", pair), "a double click"
    assert "al geoordeeld: ‘Dezelfde’" in judged_on_page(staff, "different", pair)


def test_judged_the_same_and_yet_two_is_told_with_what_keeps_them_apart(staff, twice):
    load(twice, DatasetRecord(name="derde", audience="staff"), rows("{} Stichting"))
    first, second, third = [pair for pair in ids(staff.get("/v1/duplicates")) if "a0" in "".join(pair)]
    judged_on_page(staff, "different", first)
    judged_on_page(staff, "same", second)
    assert "een ander oordeel houdt ze apart" in judged_on_page(staff, "same", third)
    assert staff.get("/judgements").text.count("Zijn nu twee: een ander oordeel houdt ze apart.") == 1
    ingest.remove(twice, "derde")
    assert "staat hier nu niet" in judged_on_page(staff, "same", third)
    assert "Een van beide staat hier nu niet." in staff.get("/judgements").text


def test_taken_back_and_still_one_is_told(staff, twice):
    shared = {"identifiers": ("kvk:12345678",)}
    load(twice, REGISTER, (ActorRecord(id="a0", kind="initiative", name="Kwetternest", **shared),))
    load(twice, MEMBERS, (ActorRecord(id="a0", kind="initiative", name="Kwetternest", **shared),))
    judged_on_page(staff, "same", ("a0", "intern-a0"))
    page = staff.get("/judgements").text
    assert 'Kwetternest</bdi></a> <span class="hint">(intern-a0)</span>' in page, "of one name, told apart"
    undo = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.partition("<table>")[2]))
    answer = staff.post("/judgements", data=undo)
    assert "Deze twee zijn één" in staff.get(answer.headers["location"]).text


def test_a_form_of_another_site_judges_nothing(staff):
    one, other = ids(staff.get("/v1/duplicates"))[0]
    for mark in ("", "0" * 64):
        form = {"verdict": "same", "one": one, "other": other, "mark": mark}
        assert staff.post("/duplicates", data=form).status_code == 403
        assert staff.post("/judgements", data=form).status_code == 403
    assert len(ids(staff.get("/v1/duplicates"))) == 3


def test_proposals_are_made_once_until_data_change(asking, twice):
    made = asking.app.state.proposing
    pair = ids(asking.get("/v1/duplicates"))[0]
    first = made._made
    judge(asking, "same", pair)
    asking.get("/v1/duplicates")
    assert made._made is first, "judging makes none anew"
    load(twice, REGISTER, rows("Stichting {}"))
    asking.get("/v1/duplicates")
    assert made._made is not first


def test_too_many_actors_are_not_compared_while_somebody_waits(asking, monkeypatch):
    monkeypatch.setattr("api.proposing.MOST_ACTORS", 5)
    answer = asking.get("/v1/duplicates")
    assert answer.status_code == 400
    assert "weefsel duplicates" in answer.json()["detail"]


def test_persons_who_are_never_compared_do_not_count_as_too_many(asking, twice, monkeypatch):
    monkeypatch.setattr("api.proposing.MOST_ACTORS", 6)
    people = (ActorRecord(id=f"m{n}", kind="person", name=f"Verzonnen Mens {n}") for n in range(3))
    load(twice, DatasetRecord(name="mensen", audience="staff"), tuple(people))
    assert len(ids(asking.get("/v1/duplicates"))) == 3
    monkeypatch.setattr("api.proposing.MOST_ACTORS", 5)
    load(twice, REGISTER, rows("Stichting {} "))
    assert "Er zijn 6 actoren naast personen" in asking.get("/v1/duplicates").text


def test_a_municipality_stands_there_by_its_name(twice, staff):
    load(twice, REGISTER, rows("Stichting {}", municipality="GM0228"))
    assert "Ede (GM0228)" in staff.get("/duplicates").text
