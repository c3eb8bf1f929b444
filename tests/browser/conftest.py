"""A real Chromium. `page` fails its test when anything asks another host or logs an error; `axe` looks for barriers."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Request, sync_playwright
from sites import Axe, site_at

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# What WCAG 2.2 says of targets is off in axe unless asked for. Colours, which take most of its time, are asked about apart.
AND_TARGETS = {"target-size": {"enabled": True}}
NO_COLOURS = {"color-contrast": {"enabled": False}, "link-in-text-block": {"enabled": False}}
OWN_HOSTS = {"", "127.0.0.1", "localhost"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A Chromium of its own for each module: while one runs, asyncio cannot run in this thread."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        except Error as error:
            if os.environ.get("CI"):
                pytest.fail(f"Chromium does not start: {error}")
            pytest.skip(f"NO BROWSER TESTS: Chromium does not start. Install it, or name it in CHROMIUM. {error}")
        yield browser
        browser.close()


def is_own(url: str) -> bool:
    return (urlsplit(url).hostname or "") in OWN_HOSTS


@dataclass
class Watch:
    """What a page did that it should not."""

    requests: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def request(self, request: Request) -> None:
        self.requests.append(request.url)
        if not is_own(request.url):
            self.strangers.append(request.url)

    def console(self, message: ConsoleMessage) -> None:
        page = message.page
        answer_is_an_error = message.text.startswith("Failed to load resource") and page is not None
        if answer_is_an_error and message.location["url"] == page.url:
            return  # the page asked for is itself an error page; its test looks at the status
        if message.type in ("error", "warning"):
            self.errors.append(message.text)


@pytest.fixture
def watch() -> Watch:
    """What the `page` of this test asked for, and what went wrong in it."""
    return Watch()


@pytest.fixture
def page(chromium: Browser, watch: Watch) -> Iterator[Page]:
    """A page of 1200 by 900 in a fresh profile."""
    context = chromium.new_context(viewport={"width": 1200, "height": 900}, locale="nl-NL")
    context.set_default_timeout(10_000)
    page = context.new_page()
    context.on("request", watch.request)
    context.route(lambda url: not is_own(url), lambda route: route.abort())
    context.on("console", watch.console)
    page.on("pageerror", lambda error: watch.errors.append(str(error)))
    yield page
    context.close()
    assert watch.strangers == [], "the page asked another host"
    assert watch.errors == [], "the page logged errors"


@pytest.fixture
def axe() -> Axe:
    """Assert that axe-core finds nothing on the page; without its colours, or of colours alone, if told so."""

    def check(page: Page, *, colours: bool | None = None) -> None:
        page.wait_for_load_state()  # before its styles are there, a page that answers a form may show its words already
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE_SCRIPT)
        only = {"runOnly": {"type": "rule", "values": list(NO_COLOURS)}}
        which = only if colours else {"rules": AND_TARGETS | (NO_COLOURS if colours is False else {})}
        options = {"resultTypes": ["violations"], **which}
        found = page.evaluate("options => axe.run(options).then(answer => answer.violations)", options)
        assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found] == []

    return check


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site that holds all there is to show."""
    with site_at(tmp_path_factory.mktemp("site") / "site.db") as address:
        yield address


@pytest.fixture
def plain(chromium: Browser) -> Iterator[Page]:
    """A page in a browser without JavaScript."""
    context = chromium.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()
