"""The questions as JSON."""

import pytest
from door import AS_STAFF, load, load_demo
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from graph import ingest
from graph.questions import showing
from graph.records import ActorRecord, DatasetRecord, TieRecord
from graph.store import Store
from graph.stores import STORES
from graph.view import today


def test_a_search_finds_by_the_start_of_a_word(client: TestClient) -> None:
    answer = client.get("/v1/actors?q=wijkp").json()
    assert [actor["name"] for actor in answer["actors"]] == ["Het Wijkpaleis"]
    assert answer["revision"] == 1
    assert answer["cursor"] is None
    assert answer["more"] == {"count": 0, "exact": True}


def test_unknown_is_null_and_not_no(client: TestClient) -> None:
    [actor] = client.get("/v1/actors?q=wijkp").json()["actors"]
    assert actor["province"] is None
    assert actor["introduces"] is None
    assert actor["municipality"] == "GM0599"


def test_pages_of_a_search_follow_each_other(client: TestClient) -> None:
    whole = [actor["id"] for actor in client.get("/v1/actors?limit=100").json()["actors"]]
    paged, cursor = [], ""
    while cursor is not None:
        answer = client.get("/v1/actors", params={"limit": 7, "cursor": cursor}).json()
        paged += [actor["id"] for actor in answer["actors"]]
        cursor = answer["cursor"]
    assert paged[:100] == whole
    assert len(paged) == len(set(paged))
    assert len(paged) == 155 - 48  # all but the persons


def test_pages_follow_each_other_whatever_the_length_of_names(settings: Settings, tmp_path) -> None:
    names = [letter * 500 for letter in "集舍éж"]
    records = tuple(ActorRecord(id=str(n), kind="network", name=name) for n, name in enumerate(names))
    with STORES["sqlite"](str(tmp_path / "long.db"), "") as store:
        load(store, DatasetRecord(name="lang", audience="public"), records)
        client = TestClient(create_app(store, settings))
        found, cursor = [], ""
        while cursor is not None:
            answer = client.get("/v1/actors", params={"limit": 1, "cursor": cursor}).json()
            found += [actor["name"] for actor in answer["actors"]]
            cursor = answer["cursor"]
    assert sorted(found) == sorted(names)


def test_filters_may_be_repeated(client: TestClient) -> None:
    actors = client.get("/v1/actors?kind=funder&kind=municipality&limit=100").json()["actors"]
    assert {actor["kind"] for actor in actors} == {"funder", "municipality"}


def test_a_municipality_goes_by_its_code_or_its_id(client: TestClient) -> None:
    by_code = client.get("/v1/actors?municipality=GM0599").json()["actors"]
    by_id = client.get("/v1/actors?municipality=gemeente-rotterdam").json()["actors"]
    assert by_code == by_id != []


def test_persons_are_found_by_a_body_and_not_by_an_address(client: TestClient) -> None:
    assert client.get("/v1/actors?q=marieke").json()["actors"] == []
    answer = client.post("/v1/person-searches", json={"text": "hillen marieke"})
    assert [actor["name"] for actor in answer.json()["actors"]] == ["Marieke Hillen"]
    assert answer.headers["cache-control"] == "no-store"
    [error] = client.get("/v1/actors?kind=person").json()["errors"]
    assert "POST /v1/person-searches" in error["detail"]


def test_pages_of_a_search_for_persons_follow_each_other(client: TestClient) -> None:
    first = client.post("/v1/person-searches", json={"text": "ma", "limit": 1}).json()
    second = client.post("/v1/person-searches", json={"text": "ma", "limit": 1, "cursor": first["cursor"]}).json()
    assert first["actors"] != second["actors"] != []


def test_a_persons_id_says_nothing_of_its_name(client: TestClient) -> None:
    for person in client.post("/v1/person-searches", json={"text": "ma", "limit": 100}).json()["actors"]:
        assert person["id"].startswith("p-")
        assert person["id"][2:].isdigit()


def test_an_actor_is_shown_with_who_says_what(client: TestClient) -> None:
    answer = client.get("/v1/actors/wijkpaleis").json()
    assert answer["asOf"] == today().isoformat()
    [place] = [fact for fact in answer["facts"] if fact["field"] == "place"]
    assert place["value"] == "Middelland, Rotterdam"
    assert place["sources"][0]["locator"] == "regel 743"
    assert "municipalityBasis" in [fact["field"] for fact in answer["facts"]]
    ends = {end for group in answer["ties"] for tie in group["ties"] for end in (tie["source"], tie["target"])}
    assert ends - {"wijkpaleis"} == set(answer["others"])


def test_a_group_of_ties_says_how_many_are_left_out(client: TestClient) -> None:
    whole = {(g["kind"], g["out"]): len(g["ties"]) for g in client.get("/v1/actors/lsa-bewoners").json()["ties"]}
    assert max(whole.values()) > 1
    for group in client.get("/v1/actors/lsa-bewoners?limit=1").json()["ties"]:
        assert group["more"] == {"count": whole[group["kind"], group["out"]] - 1, "exact": True}


def test_ties_that_two_datasets_state_are_counted_once(settings: Settings, tmp_path, monkeypatch) -> None:
    """A made-up network whose members a register and its own list name, each most of them."""
    some = [
        ActorRecord(id=f"b{n}", kind="initiative", name=f"Buurt {n}", identifiers=(f"wikidata:Q{n}",))
        for n in range(1, 10)
    ]
    register = (
        ActorRecord(id="net", kind="network", name="Verzonnen Net", identifiers=("wikidata:Q99",)),
        *some,
        *(TieRecord(source=one.id, kind="member_of", target="net") for one in some[:7]),
    )
    own = [TieRecord(source=f"wikidata:Q{n}", kind="member_of", target="wikidata:Q99") for n in range(3, 10)]
    with STORES["sqlite"](str(tmp_path / "twice.db"), "") as store:
        load(store, DatasetRecord(name="register", audience="public"), register)
        load(store, DatasetRecord(name="eigen", audience="public"), tuple(own))
        client = TestClient(create_app(store, settings))
        [group] = client.get("/v1/actors/net?limit=3").json()["ties"]
        assert len(group["ties"]) + group["more"]["count"] == 9
        assert group["more"]["exact"]
        monkeypatch.setattr(showing, "COUNTED", 8)
        [group] = client.get("/v1/actors/net?limit=3").json()["ties"]
        assert len(group["ties"]) + group["more"]["count"] <= 9
        assert not group["more"]["exact"]
        assert "Nog minstens" in client.get("/actors/net?limit=3").text


def test_ties_are_judged_on_the_day_asked_for(client: TestClient) -> None:
    def chance(day: str) -> float:
        answer = client.get(f"/v1/actors/wijkpaleis/neighbourhood?asOf={day}").json()
        assert answer["asOf"] == day
        return sum(tie["chance"] for tie in answer["ties"])

    assert chance("2021-06-01") > chance("2099-01-01")


def test_the_neighbourhood_stands_in_order_of_chance(client: TestClient) -> None:
    answer = client.get("/v1/actors/wijkpaleis/neighbourhood?depth=3&limit=500").json()
    chances = [one["chance"] for one in answer["actors"]]
    assert chances == sorted(chances, reverse=True)
    assert answer["more"]["actors"] == {"count": 0, "exact": True}
    few = client.get("/v1/actors/wijkpaleis/neighbourhood?limit=3").json()
    assert [one["actor"]["id"] for one in few["actors"]] == [one["actor"]["id"] for one in answer["actors"][:3]]
    assert few["more"]["actors"]["count"] > 0


def test_the_neighbourhood_can_be_narrowed(client: TestClient) -> None:
    answer = client.get("/v1/actors/wijkpaleis/neighbourhood?depth=2&kind=funder&tieKind=funds&tieKind=lends_to").json()
    assert {one["actor"]["kind"] for one in answer["actors"]} == {"funder"}


def test_nearby_says_how_each_place_is_known(client: TestClient) -> None:
    answer = client.get("/v1/actors/wijkpaleis/nearby?km=50&limit=5").json()
    assert answer["located"] == "municipality"
    distances = [near["km"] for near in answer["actors"]]
    assert distances == sorted(distances)
    assert len(distances) == 5
    assert answer["more"]["count"] > 0
    assert {near["actor"]["located"] for near in answer["actors"]} <= {"stated", "place", "municipality"}


def test_datasets_name_their_sources_and_counts(client: TestClient) -> None:
    answer = client.get("/v1/datasets").json()
    [dataset] = answer["datasets"]
    assert (dataset["name"], dataset["date"], dataset["audience"]) == ("sector", "2026-11-21", "public")
    assert dataset["counts"]["ties"] == 233
    assert {source["id"] for source in dataset["sources"]} >= {"socius-lsa", "werkplaats-31"}
    assert sum(answer["kinds"].values()) == 155


def test_datasets_that_are_left_out_are_counted(secrets_client: TestClient) -> None:
    whole = secrets_client.get("/v1/datasets").json()
    assert whole["more"] == {"datasets": {"count": 0, "exact": True}, "figures": {"count": 0, "exact": True}}
    few = secrets_client.get("/v1/datasets?limit=1").json()
    assert few["datasets"] == whole["datasets"][:1]
    assert few["more"]["datasets"]["count"] == len(whole["datasets"]) - 1 == 1
    assert few["more"]["figures"]["count"] == len(whole["figures"]) - 1
    assert "Datasets die hier niet staan: 1." in secrets_client.get("/datasets?limit=1").text
    assert "Datasets die hier niet staan" not in secrets_client.get("/datasets").text


def test_staff_sees_what_the_public_does_not(secrets_client: TestClient) -> None:
    assert secrets_client.get("/v1/actors?q=zwaluw").json()["actors"] == []
    found = secrets_client.get("/v1/actors?q=zwaluw", headers=AS_STAFF).json()["actors"]
    assert "Zwaluwfonds Verzonnen" in [actor["name"] for actor in found]
    people = {"json": {"text": "qwertina"}}
    assert secrets_client.post("/v1/person-searches", **people).json()["actors"] == []
    assert secrets_client.post("/v1/person-searches", **people, headers=AS_STAFF).json()["actors"] != []
    nobody = {"json": {"text": "xanthippe"}}
    assert secrets_client.post("/v1/person-searches", **nobody, headers=AS_STAFF).json()["actors"] == []


def test_other_sites_may_read_what_is_public_and_send_nothing_of_the_visitor(client: TestClient) -> None:
    other = {"Origin": "https://elders.example"}
    for address in ("/v1/actors", "/v1/openapi.json", "/v1/actors/nergens"):
        headers = client.get(address, headers=other).headers
        assert headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in headers
    for address in ("/", "/healthz"):
        assert "access-control-allow-origin" not in client.get(address, headers=other).headers
    preflight = {**other, "Access-Control-Request-Method": "GET"}
    assert client.options("/v1/actors", headers=preflight).status_code == 200
    token = {**preflight, "Access-Control-Request-Headers": "Authorization"}
    assert client.options("/v1/actors", headers=token).status_code == 400
    posting = {**other, "Access-Control-Request-Method": "POST"}
    assert client.options("/v1/person-searches", headers=posting).status_code == 400


def test_the_service_is_healthy_also_when_the_store_is_not(settings: Settings, tmp_path) -> None:
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"this is no database" * 100)
    with STORES["sqlite"](str(broken), "") as store:
        client = TestClient(create_app(store, settings))
        assert client.get("/healthz").json()["status"] == "ok"
        answer = client.get("/readyz")
        assert (answer.status_code, answer.headers["content-type"]) == (503, "application/problem+json")
        assert int(answer.headers["retry-after"]) > 0
        assert str(tmp_path) not in answer.text + client.get("/v1/actors").text
        page = client.get("/", headers={"Accept": "text/html"})
        assert page.status_code == 503
        assert "<h1>De gegevens zijn nu niet te bereiken</h1>" in page.text


def test_a_store_that_answers_is_ready(client: TestClient) -> None:
    answer = client.get("/readyz")
    assert (answer.json()["status"], answer.json()["revision"]) == ("ready", 1)
    assert set(answer.json()["index"]) == {"revision", "problem"}
    assert answer.headers["cache-control"] == "no-store"


@pytest.fixture
def changing(tmp_path) -> Store:
    """A store of its own, to change."""
    with STORES["sqlite"](str(tmp_path / "changing.db"), "") as store:
        load_demo(store)
        yield store


def test_an_actor_that_was_merged_is_found_under_its_new_id(changing: Store, settings: Settings) -> None:
    ingest.judge(changing, "same", "wijkpaleis", "lsa-bewoners", who="de proef")
    client = TestClient(create_app(changing, settings), follow_redirects=False)
    answers = {name: client.get(f"/v1/actors/{name}") for name in ("wijkpaleis", "lsa-bewoners")}
    assert sorted(answer.status_code for answer in answers.values()) == [200, 308]
    old = next(name for name, answer in answers.items() if answer.status_code == 308)
    new = next(name for name, answer in answers.items() if answer.status_code == 200)
    moved = client.get(f"/v1/actors/{old}/neighbourhood?depth=2&kind=funder")
    assert moved.headers["location"] == f"/v1/actors/{new}/neighbourhood?depth=2&kind=funder"
    assert client.get(f"/actors/{old}/map").headers["location"] == f"/actors/{new}/map"


def test_an_actor_that_went_is_gone(changing: Store, settings: Settings) -> None:
    load(
        changing, DatasetRecord(name="kort", audience="public"), (ActorRecord(id="kort", kind="network", name="Kort"),)
    )
    client = TestClient(create_app(changing, settings))
    assert client.get("/v1/actors/kort").status_code == 200
    ingest.remove(changing, "kort")
    answer = client.get("/v1/actors/kort")
    assert (answer.status_code, answer.headers["content-type"]) == (410, "application/problem+json")
    assert client.get("/actors/kort", headers={"Accept": "text/html"}).status_code == 410
