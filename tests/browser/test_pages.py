"""The pages in a real Chromium: for everybody, on every screen, in both languages."""

import threading
import time
from collections.abc import Callable, Iterator
from typing import NamedTuple

import pytest
import uvicorn
from door import TOKEN, load_demo
from playwright.sync_api import Browser, Page, expect

from api.app import create_app
from api.settings import Settings
from graph.stores import STORES

PAGES = (
    "/",
    "/search",
    "/search?q=wijk&kind=initiative",
    "/search?q=zzzz",
    "/person-search",
    "/datasets",
    "/actors/wijkpaleis",
    "/actors/p-1",
    "/actors/wijkpaleis/neighbourhood?depth=2&limit=20",
    "/actors/wijkpaleis/neighbourhood?tieKind=sponsors",
    "/actors/wijkpaleis/nearby?km=30",
    "/actors/lsa-bewoners/nearby",
    "/sign-in",
    "/nergens",
    "/search?limit=0&kind=x",
)
SMALLEST_TARGET = 24  # CSS pixels each way (WCAG 2.2, 2.5.8); links within a line of text are not held to it


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site, served from the demo sector."""
    with STORES["sqlite"](str(tmp_path_factory.mktemp("site") / "demo.db"), "") as store:
        load_demo(store)
        app = create_app(store, Settings(staff_token=TOKEN))
        server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning", access_log=False))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        server.should_exit = True
        thread.join(timeout=10)


class Look(NamedTuple):
    """How a page is looked at."""

    lang: str
    scheme: str


@pytest.mark.parametrize("look", [Look("nl", "light"), Look("nl", "dark"), Look("en", "light"), Look("en", "dark")])
def test_no_page_has_a_barrier(page: Page, axe: Callable[[Page], None], site: str, look: Look) -> None:
    page.emulate_media(color_scheme=look.scheme)
    for path in PAGES:
        page.goto(f"{site}{path}{'&' if '?' in path else '?'}lang={look.lang}")
        page.evaluate("document.querySelectorAll('iframe').forEach(frame => frame.remove())")  # has its own test
        assert page.locator("html").get_attribute("lang") == look.lang
        assert page.locator("h1").count() == 1
        axe(page)


def test_staffs_pages_have_no_barrier_either(page: Page, axe: Callable[[Page], None], site: str) -> None:
    page.goto(f"{site}/sign-in")
    page.get_by_label("Token").fill("verkeerd-en-lang-genoeg")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("alert")).to_be_visible()
    axe(page)
    page.get_by_label("Token").fill(TOKEN)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_text("Je bent ingelogd als medewerker")).to_be_visible()
    assert page.url == f"{site}/"
    axe(page)
    page.get_by_role("button", name="Uitloggen").click()
    expect(page.get_by_text("Je bent ingelogd als medewerker")).to_have_count(0)


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_no_page_is_wider_than_the_screen(page: Page, site: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for path in PAGES:
        page.goto(site + path)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, path
        if width <= 360:
            inner = "[...document.querySelectorAll('.wide')].filter(e => e.scrollWidth > e.clientWidth).length"
            assert page.evaluate(inner) == 0, f"{path}: a table that has to be scrolled"


def test_text_twice_as_large_still_fits(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 640, "height": 800})
    for path in PAGES:
        page.goto(site + path)
        page.evaluate("document.documentElement.style.fontSize = '34px'")
        assert page.evaluate("document.documentElement.scrollWidth") <= 640, path


def test_what_is_pressed_is_large_enough(page: Page, site: str) -> None:
    small = f"""() => [...document.querySelectorAll(`main button, main input:not([type=hidden]), main select, main summary,
        main .button, nav a, footer a, main h3 a`)].filter(e => e.getClientRects().length)
        .map(e => [e.outerHTML.slice(0, 90), (e.closest('label') || e).getBoundingClientRect()])
        .filter(([html, box]) => box.width < {SMALLEST_TARGET} || box.height < {SMALLEST_TARGET}).map(([html]) => html)"""
    page.set_viewport_size({"width": 360, "height": 800})
    for path in PAGES:
        page.goto(site + path)
        assert page.evaluate(small) == [], path


def test_a_search_by_keyboard_alone_ends_at_an_actor(page: Page, site: str) -> None:
    page.goto(site)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Naar de inhoud")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("wijkpal")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=wijkpal")
    link = page.get_by_role("link", name="Het Wijkpaleis")
    for _ in range(30):
        page.keyboard.press("Tab")
        if link.evaluate("element => element === document.activeElement"):
            break
    outline = link.evaluate("element => getComputedStyle(element).outlineWidth")
    assert float(outline.removesuffix("px")) >= 2, "one sees where one is"
    page.keyboard.press("Enter")
    page.wait_for_url("**/actors/wijkpaleis")
    expect(page.get_by_role("heading", level=1)).to_have_text("Het Wijkpaleis")


def test_a_person_is_found_without_the_name_in_the_address(page: Page, site: str, watch) -> None:
    page.goto(site)
    page.get_by_role("searchbox").fill("hillen")
    page.get_by_role("button", name="Zoek personen").click()
    page.get_by_role("link", name="Marieke Hillen").click()
    page.wait_for_url("**/actors/p-*")
    assert not [url for url in watch.requests if "hillen" in url.lower()]


def test_the_map_is_drawn_on_the_page_of_an_actor(page: Page, site: str) -> None:
    page.goto(f"{site}/actors/wijkpaleis")
    page.locator("iframe").scroll_into_view_if_needed()
    frame = page.frame_locator("iframe")
    expect(frame.locator("canvas")).to_be_visible()
    expect(frame.get_by_role("button", name="Toon alles")).to_be_visible()


def test_the_map_is_staffs_too(page: Page, site: str) -> None:
    page.goto(f"{site}/sign-in")
    page.get_by_label("Token").fill(TOKEN)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url(f"{site}/")
    page.goto(f"{site}/actors/wijkpaleis/neighbourhood")
    expect(page.frame_locator("iframe").get_by_text("alleen medewerkers")).to_be_visible()


@pytest.fixture
def plain(chromium: Browser) -> Iterator[Page]:
    """A page in a browser without JavaScript."""
    context = chromium.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_everything_works_without_javascript(plain: Page, site: str) -> None:
    plain.goto(site)
    plain.get_by_role("link", name="English").click()
    plain.get_by_role("searchbox").fill("wijkpal")
    plain.get_by_role("button", name="Search", exact=True).click()
    plain.get_by_role("link", name="Het Wijkpaleis").click()
    plain.get_by_role("link", name="Who else stands around").click()
    plain.get_by_label("Kind", exact=True).select_option("funder")
    plain.get_by_role("button", name="Show").click()
    assert "kind=funder" in plain.url
    expect(plain.get_by_role("rowheader", name="KNHM Participaties", exact=True)).to_be_visible()
    plain.get_by_role("link", name="Back to Het Wijkpaleis").click()
    plain.get_by_role("link", name="Who is nearby").click()
    plain.get_by_role("spinbutton").fill("50")
    plain.get_by_role("button", name="Show").click()
    expect(plain.get_by_role("table")).to_be_visible()
    plain.get_by_role("link", name="Datasets").first.click()
    plain.locator("summary").click()
    expect(plain.get_by_text("Werkplaats voor de leefomgeving, nummer 31")).to_be_visible()


def test_filters_work_without_javascript(plain: Page, site: str) -> None:
    plain.goto(f"{site}/search")
    plain.get_by_text("Verfijn").click()
    plain.get_by_label("financier").check()
    plain.get_by_label("Hulp die ze bieden").select_option("geld")
    plain.get_by_role("button", name="Toon resultaten").click()
    found = plain.locator(".results .about").all_inner_texts()
    assert found
    assert all("financier" in text for text in found)
    expect(plain.get_by_label("financier")).to_be_checked()


def test_a_printed_page_leaves_out_what_cannot_be_pressed(page: Page, site: str) -> None:
    page.goto(f"{site}/actors/wijkpaleis")
    page.emulate_media(media="print")
    for selector in ("nav", "form", "iframe", ".on"):
        assert not [e for e in page.locator(selector).all() if e.is_visible()], selector
    assert page.get_by_role("heading", name="Bronnen").is_visible()
