"""The door on the demo sector, and on a store that also has secrets."""

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from door import AS_BROWSER, INTERNAL, INTERNAL_ROWS, PEOPLE, PEOPLE_ROWS, SECTOR, TOKEN, Command, load, load_demo
from saying import plain
from starlette.testclient import TestClient

from api import cli
from api.app import create_app
from api.settings import Settings
from graph.store import Store
from graph.stores import STORES
from viz import RENDERERS


@pytest.fixture(scope="session")
def demo_door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The demo sector, as the door finds it."""
    with STORES["sqlite"](str(tmp_path_factory.mktemp("door") / "demo.db"), "") as store:
        load_demo(store)
        yield store


@pytest.fixture(scope="session")
def secret_door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The demo sector, beside it what only staff may see, and two persons that the public may not see."""
    with STORES["sqlite"](str(tmp_path_factory.mktemp("door") / "secret.db"), "") as store:
        load_demo(store)
        load(store, PEOPLE, PEOPLE_ROWS)
        load(store, INTERNAL, INTERNAL_ROWS)
        yield store


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings that no environment has a say in."""
    for name in [name for name in os.environ if name.startswith("WEEFSEL_")]:
        monkeypatch.delenv(name)
    return Settings(staff_token=TOKEN)


@pytest.fixture
def open_door(settings: Settings) -> Callable[[Store], TestClient]:
    """Make a client of the app on a store."""
    return lambda store: TestClient(create_app(store, settings), follow_redirects=False)


@pytest.fixture
def client(open_door: Callable[[Store], TestClient], demo_door: Store) -> TestClient:
    return open_door(demo_door)


@pytest.fixture
def browser(client: TestClient) -> TestClient:
    """The same client, asking for pages."""
    client.headers.update(AS_BROWSER)
    return client


@pytest.fixture
def secrets_client(open_door: Callable[[Store], TestClient], secret_door: Store) -> TestClient:
    return open_door(secret_door)


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let maps be told as what they are drawn of, which is all that a drawing shows and more, and costs nothing."""
    for name in RENDERERS:
        told = replace(RENDERERS[name], render=lambda drawing, paper: [plain((drawing, paper)).encode()])
        monkeypatch.setitem(RENDERERS, name, told)


@pytest.fixture
def weefsel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run a command on a store of its own; returns (exit code, out, err)."""
    for name in [name for name in os.environ if name.startswith("WEEFSEL_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("WEEFSEL_STORE", str(tmp_path / "graph.db"))
    monkeypatch.chdir(tmp_path)

    def run(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["weefsel", *map(str, words)])
        code = 0
        try:
            cli.main()
        except SystemExit as stop:
            code = int(stop.code or 0)
        out, err = capsys.readouterr()
        return code, out, err

    return run


@pytest.fixture
def demo(weefsel: Command) -> Command:
    """The same, on a store that holds the demo sector."""
    code, _, err = weefsel("load", "sector", SECTOR)
    assert (code, err) == (0, "")
    return weefsel
