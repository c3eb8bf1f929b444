"""A server that is not there, goes away, or comes back; and the app beside it, started as compose.yaml does."""

import http.client
import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from types import SimpleNamespace

import pytest
from composed import ROOT, app_environment, health_command
from door import load, load_demo
from neo4j_server import Neo4jServer, free_port

from graph import ingest
from graph.errors import StoreError, UnavailableError, UnsweptError
from graph.model import Viewer
from graph.questions import search
from graph.reading import Fault, Row, Where
from graph.records import ActorRecord, DatasetRecord
from graph.store import Store
from graph.stores import neo4j_lease, neo4j_link, neo4j_sweep
from graph.stores.neo4j import open_store
from graph.view import open_view

SOON = 50.0  # seconds, on a busy machine, in which somebody who waits is told: a load tries for longer


def found(store: Store) -> list[str]:
    """Ask something that many queries answer."""
    with open_view(store, Viewer.PUBLIC) as view:
        return [hit.name for hit in search(view, "wijk").actors]


def told_away(store: Store) -> UnavailableError:
    began = time.monotonic()
    with pytest.raises(UnavailableError) as refused:
        found(store)
    assert time.monotonic() - began < SOON
    return refused.value


@pytest.mark.parametrize("place", ["bolt://127.0.0.1:1", "neo4j://nergens.invalid:7687"])
def test_a_server_that_is_not_there_is_told_soon_in_both_languages(place):
    with open_store(place, "made-up") as store:
        told = told_away(store)
    for text, sentence in ((told.nl, "Kijk of hij draait"), (told.en, "See whether it runs")):
        assert place in text
        assert sentence in text
        assert "refused" in text or "known" in text


def test_the_command_line_says_so_in_one_line_without_the_drivers_own():
    command = [sys.executable, "-m", "api.cli", "--store", "neo4j://127.0.0.1:1", "datasets"]
    done = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (1, "", 1)


@pytest.mark.neo4j
def test_a_wrong_password_is_told_at_once_without_it(composed_server):
    began = time.monotonic()
    with open_store(composed_server.url, "verkeerd-wachtwoord") as store, pytest.raises(StoreError) as refused:
        found(store)
    assert time.monotonic() - began < SOON
    for text in (refused.value.nl, refused.value.en):
        assert "WEEFSEL_NEO4J_PASSWORD" in text
        assert "verkeerd-wachtwoord" not in text


@pytest.mark.neo4j
def test_too_many_wrong_passwords_are_told_as_such_and_the_right_one_works_again_soon(composed_server):
    told = []
    with open_store(composed_server.url, "verkeerd-wachtwoord") as store:
        while "wrong passwords" not in " ".join(told):
            assert len(told) < 10
            with pytest.raises(StoreError) as refused:
                store.check()
            told.append(refused.value.en)
    assert "WEEFSEL_NEO4J_PASSWORD" in refused.value.nl
    assert "neo4j_code" not in refused.value.nl + refused.value.en
    with open_store(composed_server.url, composed_server.password) as store:
        give_up = time.monotonic() + SOON
        while time.monotonic() < give_up:
            with suppress(StoreError):
                store.check()
                return
    pytest.fail("The right password is still refused")


@pytest.mark.parametrize(
    "address",
    [
        "neo4j://localhost:poort",
        "neo4j://localhost:99999",
        "neo4j://[::1",
        "neo4j://",
        "neo4j://geheim@",
        "neo4j://localhost/database",
        "neo4j://localhost:7687?database=leden",
    ],
)
def test_an_address_that_cannot_be_is_told_with_one_that_can(address):
    with pytest.raises(StoreError, match="neo4j://localhost:7687") as refused:
        open_store(address, "made-up")
    assert "geheim" not in str(refused.value)


def test_a_database_in_an_address_is_refused_and_which_is_used_is_told():
    with pytest.raises(StoreError, match="home") as refused:
        open_store("neo4j://geheim@localhost:7687/leden", "made-up")
    assert "'localhost:7687/leden'" in refused.value.nl


def test_a_password_in_an_address_is_refused_and_not_shown():
    with pytest.raises(StoreError, match="WEEFSEL_NEO4J_PASSWORD") as refused:
        open_store("neo4j://neo4j:geheim@localhost:7687", "made-up")
    assert "geheim" not in refused.value.nl + refused.value.en


@contextmanager
def app(server: Neo4jServer, port: int) -> Iterator[dict[str, str]]:
    """Run the app as the image does; give its environment."""
    environment = app_environment(server.url, server.password, port)
    with subprocess.Popen(["weefsel", "serve"], cwd=ROOT, env=environment, stderr=subprocess.DEVNULL) as process:
        try:
            yield environment
        finally:
            process.terminate()


def is_healthy(environment: dict[str, str], port: int) -> bool:
    return not subprocess.run(health_command(port), check=False, env=environment, capture_output=True).returncode


def wait_until_healthy(environment: dict[str, str], port: int) -> None:
    give_up = time.monotonic() + 120
    while not is_healthy(environment, port):
        assert time.monotonic() < give_up
        time.sleep(0.1)


def status(port: int, address: str) -> tuple[int, dict[str, object]]:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request("GET", address)
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())


RESIDENTS = DatasetRecord(name="veel", title="Verzonnen bewoners", audience="public", date="2026-01-31")
PERSON = ActorRecord(id="m", kind="person", name="Verzonnen Mens")


@pytest.mark.neo4j
def test_an_erasure_that_a_server_did_not_live_to_finish_is_told_as_kept_and_finished_by_the_next_write(
    composed_server, composed_store, monkeypatch
):
    load(composed_store, RESIDENTS, (PERSON,))
    with monkeypatch.context() as dying:
        dying.setattr(neo4j_sweep, "time", SimpleNamespace(sleep=lambda _: composed_server.kill()))
        with pytest.raises(UnsweptError) as told:
            ingest.suppress(composed_store, "p-1", "proef")
    composed_server.start()
    for text, seen in (
        (told.value.nl, "niemand krijgt het nog te zien"),
        (told.value.en, "nobody is shown it any more"),
    ):
        assert seen in text
        assert "weefsel refold" in text
    with open_view(composed_store, Viewer.STAFF) as view:
        assert view.counts() == {}
    monkeypatch.setattr(neo4j_sweep, "FREED_AFTER", 0.0)
    monkeypatch.setattr(neo4j_lease, "LEASE", 0.0)  # as if that of the erasure had lapsed
    with composed_store.draft("refold"):
        pass
    assert composed_store.check() == []


MANY = 6_000  # rows, more than a batch


def residents() -> Iterator[Row]:
    for n in range(MANY):
        yield Row(
            ActorRecord(id=f"v{n}", kind="initiative", name=f"Verzonnen bewoners {n}"), Where("verzonnen.csv", n + 2)
        )


@pytest.mark.neo4j
def test_a_load_a_store_a_view_and_the_app_sit_out_a_restart_of_the_server(
    composed_server, composed_store, monkeypatch
):
    monkeypatch.setattr(neo4j_link, "LONG_PATIENCE", 200.0)  # a busy machine may start a server in more than a minute
    load_demo(composed_store)
    before = found(composed_store)
    port, gone = free_port(), list[int]()
    back = threading.Timer(1.0, composed_server.start)

    def kill_halfway(rows: int, _: Fault | None) -> None:
        if rows >= MANY // 2 and not gone:
            gone.append(rows)
            composed_server.kill()
            told_away(composed_store)
            assert not is_healthy(environment, port)
            answer = status(port, "/readyz")
            assert (answer[0], answer[1]["status"]) == (503, 503)
            assert status(port, "/healthz")[0] == 200, "the app itself runs"
            back.start()

    with app(composed_server, port) as environment, open_view(composed_store, Viewer.PUBLIC) as early:
        wait_until_healthy(environment, port)
        assert status(port, "/readyz")[0] == 200
        try:
            report = ingest.replace(composed_store, RESIDENTS, residents(), "test", watch=kill_halfway)
        finally:
            if gone:
                back.join()
        assert gone
        assert (report.accepted, report.revision) == (MANY, 2)
        assert found(composed_store) == before
        assert [hit.name for hit in search(early, "wijk").actors] == before, "a question in the middle goes on"
        wait_until_healthy(environment, port)
        assert status(port, "/v1/actors/wijkpaleis")[0] == 200
    with composed_store.snapshot() as snapshot:
        assert len([node for node in snapshot.all_nodes() if node.key.startswith("veel/")]) == MANY
    assert composed_store.check() == []
