"""At every door the public is told just what a store tells that never had what is staff's: answer by answer, byte by byte.

Statuses, headers (and so tags), revisions, orders, counts, suggestions and errors alike: an id of staff's is as one that
never was.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from os.path import commonprefix
from pathlib import Path
from typing import TypeAlias

import anyio
import httpx2
import pytest
from asking_all import ASKERS, Ask, every_ask, every_command
from door import AS_STAFF, FOR_STAFF, Command
from fastapi import FastAPI
from starlette.testclient import TestClient
from twins import GONE, IDS, MOVED, NEVER, NOBODYS, SECRETS, SHOWN, fill

from api.app import create_app
from api.settings import Settings
from graph.model import Viewer
from graph.store import Store
from graph.stores import STORES
from graph.view import open_view

Answer: TypeAlias = tuple[int, list[tuple[str, str]], bytes]


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store that never had what is staff's."""
    with STORES["sqlite"](str(tmp_path_factory.mktemp("twins") / "store.db"), "") as store:
        fill(store, whole=False)
        yield store


@pytest.fixture(scope="module")
def whole(shared_store: Store) -> Store:
    """A store of each adapter that has it."""
    fill(shared_store, whole=True)
    return shared_store


@pytest.fixture(scope="module")
def indexes(whole: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for each store: the names of writes, by which indexes are known, are alike in all."""
    return tmp_path_factory.mktemp("indexes")


@pytest.fixture
def doors(whole: Store, bare: Store, settings: Settings, indexes: Path, undrawn: None) -> tuple[FastAPI, FastAPI]:
    """The app on both stores, each with its index made."""
    return tuple(door_of(store, settings, indexes / name) for name, store in (("whole", whole), ("bare", bare)))


def door_of(store: Store, settings: Settings, index: Path) -> FastAPI:
    app = create_app(store, settings.model_copy(update={"index": str(index)}))
    for viewer in Viewer:
        with open_view(store, viewer) as view:
            app.state.indexes.fresh(view)
    return app


def some_asks(app: FastAPI) -> Iterator[Ask]:
    """Yield a fifth of all that is asked, the first of each route among these: a server takes five times as long."""
    asked: Counter[str] = Counter()
    for ask in every_ask(app):
        if asked[ask.template] % 5 == 0:
            yield ask
        asked[ask.template] += 1


def client_of(app: FastAPI) -> httpx2.AsyncClient:
    return httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://weefsel")


async def told(client: httpx2.AsyncClient, ask: Ask) -> Answer:
    """Return all that an answer says."""
    client.cookies.clear()
    method = "GET" if ask.sent is None else "POST"
    answer = await client.request(method, ask.address, headers=ASKERS[ask.asker], **ask.sent or {})
    return answer.status_code, sorted(answer.headers.multi_items()), answer.content


def difference(one: Answer, other: Answer) -> str:
    """Say how two answers differ."""
    if one[0] != other[0]:
        return f"{one[0]}, not {other[0]}"
    if one[2] == other[2]:
        return str(sorted({*one[1]} ^ {*other[1]}))
    at = max(0, len(commonprefix([one[2], other[2]])) - 60)
    return f"{one[2][at : at + 120]!r}, not {other[2][at : at + 120]!r}"


def test_every_answer_is_that_of_a_store_that_never_had_what_is_staffs(
    doors: tuple[FastAPI, FastAPI], whole: Store
) -> None:
    statuses: dict[str, set[int]] = defaultdict(set)
    asks = every_ask if whole.beside else some_asks

    async def walk() -> list[str]:
        found = []
        async with client_of(doors[0]) as one, client_of(doors[1]) as other:
            for ask in asks(doors[0]):
                answer, wanted = await told(one, ask), await told(other, ask)
                statuses[ask.template].add(wanted[0])
                if answer != wanted:
                    found.append(f"{ask.asker}: {ask.address} {ask.sent or ''}: {difference(answer, wanted)}")
        return found

    found = anyio.run(walk)
    assert not found, "\n".join([f"{len(found)} answers differ", *found[:20]])
    shut = {template for template, told in statuses.items() if not told & {200, 303, 403}}
    assert shut == FOR_STAFF, "of every other door something must have been told"


def test_so_is_the_order_of_all_page_by_page(doors: tuple[FastAPI, FastAPI]) -> None:
    def pages(app: FastAPI) -> Iterator[str]:
        client, cursor = TestClient(app), ""
        while cursor is not None:
            answer = client.get("/v1/actors", params={"limit": 40, "cursor": cursor})
            yield answer.text
            cursor = answer.json()["cursor"]

    told = [[*pages(app)] for app in doors]
    assert len(told[1]) == 3
    assert told[0] == told[1]


def test_an_id_tells_whether_it_was_the_publics_and_no_more(doors: tuple[FastAPI, FastAPI]) -> None:
    public, staff = (
        {one: TestClient(app, follow_redirects=False, headers=who).get(f"/v1/actors/{one}").status_code for one in IDS}
        for app, who in ((doors[0], {}), (doors[0], AS_STAFF))
    )
    wanted = {200: SHOWN, 308: MOVED, 410: GONE, 404: NEVER}
    assert public == {one: status for status, ids in wanted.items() for one in ids}
    assert [one for one in NEVER if staff[one] == 200] == ["p-53", "intern-zwaluwfonds", "intern-dubbel"]


def test_staff_is_told_all_of_it(doors: tuple[FastAPI, FastAPI]) -> None:
    """Without this, what is hidden may not have been there."""
    client = TestClient(doors[0], headers=AS_STAFF)
    addresses = ("/v1/exports/kumu", "/v1/exports/sector", "/v1/datasets", "/v1/judgements", "/v1/actors/intern-dubbel")
    seen = b"".join(client.get(address).content for address in addresses)
    assert [word for word in SECRETS if word.encode() not in seen] == list(NOBODYS)


def test_every_command_tells_the_public_the_same_too(weefsel: Command, tmp_path: Path, undrawn: None) -> None:
    told: list[dict[tuple[str, ...], object]] = []
    made = tmp_path / "map.html"
    for name in ("whole", "bare"):
        store = str(tmp_path / f"{name}.db")
        with STORES["sqlite"](store, "") as opened:
            fill(opened, whole=name == "whole")
        told.append({})
        for words in every_command():
            told[-1][words] = (weefsel("--store", store, *words), made.read_bytes() if made.exists() else b"")
            made.unlink(missing_ok=True)
    assert [words for words in told[0] if told[0][words] != told[1][words]] == []
    assert any(code == 0 for (code, *_), _ in told[1].values())
