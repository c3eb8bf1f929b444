"""Who can help, and paths, as JSON: the form of the answer, its sentences, and that both doors say the same."""

import json
from typing import Any

import pytest
from door import AS_STAFF, Command
from starlette.testclient import TestClient

ASKED = "/v1/who-can-help?actor=wijkpaleis&help=geld&asOf=2026-11-22"
PATHS = "/v1/paths?from=wijkpaleis&to=oranje-fonds&asOf=2026-11-22"


def told(client: TestClient, address: str) -> Any:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return answer.json()


def doen(client: TestClient) -> Any:
    """Return what is told of one of the helpers."""
    [helper] = [one for one in told(client, f"{ASKED}&limit=50")["helpers"] if one["actor"]["id"] == "stichting-doen"]
    return helper


def test_an_answer_says_who_asks_for_what_and_what_it_comes_down_to(client: TestClient) -> None:
    answer = told(client, ASKED)
    assert answer["asker"]["id"] == "wijkpaleis"
    assert (answer["help"], answer["themes"], answer["asOf"], answer["maxSteps"]) == ("geld", [], "2026-11-22", 4)
    assert (answer["revision"], answer["complete"]) == (1, True)
    best = answer["helpers"][0]
    via = " en ".join(step["to"]["name"] for step in best["path"]["steps"][:-1])
    assert answer["sentence"] == f"De beste ingang is {best['actor']['name']}, via {via}."
    assert set(answer["more"]["helpers"]) == {"count", "exact"}


def test_a_helper_comes_with_the_way_there_step_by_step(client: TestClient) -> None:
    helper = doen(client)
    assert helper["score"] == pytest.approx(helper["chance"] * helper["fit"])
    assert helper["chance"] == helper["path"]["chance"] == 0.3888
    assert helper["path"]["weakest"] == 0
    assert helper["path"]["sentence"] == (
        "Kansrijk (39%). De zwakste schakel is de stap van Het Wijkpaleis naar De WijkBV (54%)."
    )
    first, last = helper["path"]["steps"]
    assert first["from"] == {"id": "wijkpaleis", "kind": "initiative", "name": "Het Wijkpaleis"}
    assert first["to"]["id"] == last["from"]["id"] == "de-wijkbv"
    assert (first["chance"], first["openness"]) == (0.675, 0.8)
    assert (last["chance"], last["openness"]) == (0.72, None)
    assert first["tie"]["kind"] == "advises"
    assert (first["tie"]["source"], first["tie"]["target"]) == ("de-wijkbv", "wijkpaleis")
    assert {"kind", "status", "basis", "since", "until", "role"} <= set(first["tie"])
    assert first["sentence"] == "De WijkBV adviseert of begeleidt Het Wijkpaleis"
    assert [source["locator"] for source in first["sources"]] == ["regel 854"]


def test_a_helper_comes_with_why_it_fits(client: TestClient) -> None:
    reasons = doen(client)["fitReasons"]
    assert [(reason["what"], reason["help"], reason["met"]) for reason in reasons] == [
        ("offers", "geld.lening", True),
        ("offers", "geld.participatie", True),
        ("offers", "geld.subsidie", True),
        ("gave", "geld", True),
    ]
    assert reasons[0]["sentence"] == "biedt: lening"
    assert reasons[0]["sources"][0]["locator"] == "regel 402"
    assert (reasons[0]["count"], reasons[3]["count"], reasons[3]["alike"]) == (None, 2, 2)


def test_other_ways_in_share_no_connector(client: TestClient) -> None:
    for helper in told(client, ASKED)["helpers"]:
        ways = [helper["path"], *helper["alternatives"]]
        chances = [way["chance"] for way in ways]
        assert chances == sorted(chances, reverse=True)
        connectors = [step["to"]["id"] for way in ways for step in way["steps"][:-1]]
        assert len(connectors) == len(set(connectors))
        assert {way["steps"][-1]["to"]["id"] for way in ways} == {helper["actor"]["id"]}


def test_those_who_are_known_stand_apart_and_both_lists_keep_to_the_limit(client: TestClient) -> None:
    answer = told(client, f"{ASKED}&limit=2")
    assert len(answer["known"]) == len(answer["helpers"]) == 2
    assert [one["actor"]["id"] for one in answer["unreachable"]] == ["bokd", "europese-subsidie"]
    assert answer["more"]["unreachable"] == {"count": 0, "exact": True}
    whole = told(client, f"{ASKED}&limit=50")
    assert {helper["actor"]["id"] for helper in whole["known"]} >= {"lsa-bewoners", "knhm-participaties"}
    assert not {h["actor"]["id"] for h in whole["known"]} & {h["actor"]["id"] for h in whole["helpers"]}
    assert whole["more"]["helpers"] == {"count": 0, "exact": True}


def test_where_no_path_leads_the_public_ways_in_follow_and_what_is_missing(client: TestClient) -> None:
    answer = told(client, "/v1/who-can-help?actor=herenboeren&help=geld&limit=50")
    assert answer["helpers"] == answer["known"] == []
    assert answer["missing"] == [{"what": "no_ties", "sentence": "Van Herenboeren kennen we nog geen banden."}]
    ways = {one["actor"]["id"]: one["wayIn"] for one in answer["unreachable"]}
    assert ways["vsbfonds"] == ["www.vsbfonds.nl"]
    fits = [one["fit"] for one in answer["unreachable"]]
    assert fits == sorted(fits, reverse=True)


def test_sentences_come_in_the_language_that_is_asked_for(client: TestClient) -> None:
    for answer in (
        client.get(f"{ASKED}&lang=en"),
        client.get(ASKED, headers={"Accept-Language": "en"}),
        client.post("/v1/who-can-help?lang=en", json={"help": "geld", "contacts": ["wijkpaleis"]}),
    ):
        assert answer.headers["content-language"] == "en"
        assert answer.json()["sentence"].startswith("The best way in is ")
    assert "advises or coaches" in client.get(f"{PATHS}&lang=en").text


def test_somebody_who_is_no_actor_asks_with_place_themes_and_whom_it_knows(client: TestClient) -> None:
    body = {"help": "geld", "place": "Rotterdam", "themes": ["wonen"], "contacts": ["de-wijkbv"], "asOf": "2026-11-22"}
    answer = client.post("/v1/who-can-help", json=body)
    assert answer.headers["cache-control"] == "no-store"
    found = answer.json()
    assert (found["asker"], found["themes"], found["missing"]) == (None, ["wonen"], [])
    [doen] = [helper for helper in found["helpers"] if helper["actor"]["id"] == "stichting-doen"]
    first = doen["path"]["steps"][0]
    assert (first["from"], first["tie"], first["sources"]) == (None, None, [])
    assert first["to"]["id"] == "de-wijkbv"
    assert first["sentence"] == "Jullie kennen De WijkBV"
    known = client.post("/v1/who-can-help", json={**body, "contacts": ["vsbfonds"]}).json()["known"]
    assert [helper["actor"]["id"] for helper in known] == ["vsbfonds"]


def test_somebody_who_knows_nobody_is_told_who_would_fit(client: TestClient) -> None:
    found = client.post("/v1/who-can-help", json={"help": "geld"}).json()
    assert found["helpers"] == found["known"] == []
    assert found["unreachable"] != []
    assert found["missing"][0]["what"] == "no_ties"


def test_contacts_that_are_not_there_are_all_named_at_once(client: TestClient) -> None:
    asked = {"help": "geld", "contacts": ["wijkpaleis", "niemand-1", "p-9999", "niemand-2"]}
    answer = client.post("/v1/who-can-help", json=asked)
    [error] = answer.json()["errors"]
    assert (answer.status_code, error["in"], error["name"]) == (400, "body", "contacts")
    assert "'niemand-1', 'p-9999', 'niemand-2'" in error["detail"]
    [error] = client.post("/v1/who-can-help", json={"help": "geld", "place": "Nergenshuizen"}).json()["errors"]
    assert error["name"] == "place"
    assert "GM0599" in error["detail"]


def test_all_that_is_wrong_is_told_at_once(client: TestClient) -> None:
    address = "/v1/who-can-help?help=geld.lenig&theme=wonenn&limit=51&maxSteps=7&asOf=morgen&zz=1"
    errors = {error["name"]: error["detail"] for error in client.get(address).json()["errors"]}
    assert set(errors) == {"actor", "help", "theme", "limit", "maxSteps", "asOf", "zz"}
    assert "Bedoel je 'geld.lening'?" in errors["help"]
    assert "Bedoel je 'wonen'?" in errors["theme"]
    wrong = {"help": "goud", "themes": ["x"], "contacts": [""], "limit": "3", "maxSteps": 0, "asOf": 7, "wie": "ik"}
    errors = {error["name"] for error in client.post("/v1/who-can-help", json=wrong).json()["errors"]}
    assert errors == {*wrong}
    errors = {error["name"] for error in client.get("/v1/paths?limit=11&maxSteps=0").json()["errors"]}
    assert errors == {"from", "to", "limit", "maxSteps"}


def test_who_is_not_there_is_told_with_the_nearest(client: TestClient) -> None:
    answer = client.get("/v1/who-can-help?actor=wijkpalies&help=geld")
    assert answer.status_code == 404
    assert "Bedoel je 'wijkpaleis'?" in answer.json()["detail"]
    both = client.get("/v1/paths?from=wijkpalies&to=oranjefonds").json()["detail"]
    assert "'wijkpaleis'" in both
    assert "'oranje-fonds'" in both


def test_a_path_to_oneself_is_refused(client: TestClient) -> None:
    [error] = client.get("/v1/paths?from=wijkpaleis&to=wijkpaleis").json()["errors"]
    assert (error["in"], error["name"]) == ("query", "to")


def test_paths_are_told_best_first_along_other_connectors(client: TestClient) -> None:
    answer = told(client, PATHS)
    assert (answer["from"]["id"], answer["to"]["id"], answer["complete"]) == ("wijkpaleis", "oranje-fonds", True)
    assert len(answer["paths"]) == 3
    assert answer["paths"][0]["sentence"].startswith("Mogelijk (19%). De zwakste schakel is ")
    assert told(client, f"{PATHS}&limit=1")["paths"] == answer["paths"][:1]
    assert told(client, f"{PATHS}&maxSteps=1")["paths"] == []


def test_ties_and_offers_are_judged_on_the_day_asked_for(client: TestClient) -> None:
    chances = {
        day: told(client, f"/v1/paths?from=wijkpaleis&to=knhm-foundation&asOf={day}")["paths"][0]["chance"]
        for day in ("2021-06-01", "2099-01-01")
    }
    assert chances["2021-06-01"] >= chances["2099-01-01"]


def test_staffs_answer_may_hold_what_the_publics_does_not(secrets_client: TestClient) -> None:
    address = "/v1/who-can-help?actor=wijkpaleis&help=geld.lening&limit=50"
    assert "Zwaluwfonds" in secrets_client.get(address, headers=AS_STAFF).text
    secrets_client.cookies.clear()
    assert "Zwaluwfonds" not in secrets_client.get(address).text


@pytest.mark.parametrize(
    ("words", "address"),
    [
        (("who-can-help", "wijkpaleis", "geld"), "/v1/who-can-help?actor=wijkpaleis&help=geld"),
        (
            ("--lang", "en", "who-can-help", "wijkpaleis", "kennis", "--theme", "wonen", "--max-steps", "2"),
            "/v1/who-can-help?actor=wijkpaleis&help=kennis&theme=wonen&maxSteps=2&lang=en",
        ),
        (("path", "wijkpaleis", "oranje-fonds"), "/v1/paths?from=wijkpaleis&to=oranje-fonds"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_the_command_line_prints_what_http_answers(
    client: TestClient, demo: Command, words: tuple[str, ...], address: str
) -> None:
    code, out, err = demo(*words, "--viewer", "public", "--json")
    assert (code, err) == (0, "")
    assert json.loads(out) == told(client, address)
