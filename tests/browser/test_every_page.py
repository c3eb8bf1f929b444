"""What holds of every page, in a real Chromium: for everybody, on every screen and on paper, in both languages."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from sites import BARE_PAGES, PAGES, Axe, served

from graph.stores import STORES

SMALLEST_TARGET = 24  # CSS pixels each way (WCAG 2.2, 2.5.8); links within a line of text are not held to it
# Spacing that a reader may ask for (WCAG 1.4.12).
SPACED = """const sheet = new CSSStyleSheet(); sheet.replaceSync(`* { line-height: 1.5 !important;
    letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }`);
    document.adoptedStyleSheets = [sheet];"""


def with_lang(path: str, lang: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}lang={lang}"


def look(page: Page, axe: Axe) -> None:
    """Look for barriers on a page, in light and dark; the map in it has tests of its own."""
    page.evaluate("document.querySelectorAll('iframe').forEach(frame => frame.remove())")
    assert page.locator("h1").count() == 1
    page.emulate_media(color_scheme="light")
    axe(page)
    page.emulate_media(color_scheme="dark")
    axe(page, "cat.color")  # nothing else differs in the dark


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_no_page_has_a_barrier(page: Page, axe: Axe, site: str, lang: str) -> None:
    for path in PAGES:
        page.goto(site + with_lang(path, lang))
        assert page.locator("html").get_attribute("lang") == lang
        look(page, axe)


def test_persons_that_are_found_or_not_have_no_barrier(page: Page, axe: Axe, site: str) -> None:
    for name, said in (("ma", "Gevonden voor"), ("zzzz", "Niets gevonden"), ("z", "minstens twee letters")):
        page.goto(f"{site}/person-search")
        page.get_by_role("searchbox").fill(name)
        page.get_by_role("button", name="Zoek", exact=True).click()
        expect(page.get_by_text(said).first).to_be_visible()
        look(page, axe)


@pytest.fixture
def bare(tmp_path) -> Iterator[str]:
    """A site that holds nothing, and where nobody can sign in."""
    with STORES["sqlite"](str(tmp_path / "empty.db"), "") as store, served(store, token="") as address:
        yield address


@pytest.fixture
def broken(tmp_path) -> Iterator[str]:
    """A site whose store is no store."""
    (tmp_path / "broken.db").write_bytes(b"this is no database" * 100)
    with STORES["sqlite"](str(tmp_path / "broken.db"), "") as store, served(store) as address:
        yield address


def test_a_site_that_is_empty_or_broken_has_no_barrier(page: Page, axe: Axe, bare: str, broken: str) -> None:
    for address in (*(bare + path for path in BARE_PAGES), broken + "/", broken + "/actors/wijkpaleis"):
        page.goto(address)
        look(page, axe)


def test_who_moved_is_found_at_the_new_address(page: Page, axe: Axe, site: str) -> None:
    seen = set()
    for name in ("verzonnen-een", "verzonnen-twee"):
        page.goto(f"{site}/actors/{name}")
        seen.add(page.url)
        look(page, axe)
    assert len(seen) == 1


# -- by keyboard alone

WALK = """() => {
    const here = document.activeElement, box = here.getBoundingClientRect(), style = getComputedStyle(here);
    // What is taller than the screen is seen if its part on the screen is.
    const [x, y] = [box.x + Math.min(box.width, 20) / 2, Math.max(box.y, 0) + Math.min(box.height, 20) / 2];
    const top = document.elementFromPoint(x, y);
    return {
        place: [...document.querySelectorAll('*')].indexOf(here), tag: here.tagName, html: here.outerHTML.slice(0, 120),
        ring: style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth),
        seen: here.tagName === 'IFRAME' || (top !== null && (here.contains(top) || top.contains(here))),
    }
}"""
# Of the radio buttons of one question, only the one that is chosen is a stop, or the first.
STOPS = """() => [...document.querySelectorAll(
        `a[href], button, input:not([type=hidden]), select, textarea, summary, iframe, [tabindex="0"]`)]
    .filter(e => e.checkVisibility({checkVisibilityCSS: true, contentVisibilityAuto: true}))
    .filter(e => e.type !== 'radio' || e === (e.form.querySelector(`[name=${e.name}]:checked`) ?? e.form[e.name][0]))
    .map(e => [...document.querySelectorAll('*')].indexOf(e))"""


def wait_for_maps(page: Page) -> None:
    """Wait until the map of a page, which comes when it is scrolled to, is there."""
    for frame in page.locator("iframe").all():
        frame.scroll_into_view_if_needed()
        expect(frame.content_frame.get_by_role("button", name="Toon alles")).to_be_visible()
    page.evaluate("scrollTo(0, 0)")


def walk(page: Page) -> list[int]:
    """Walk through a page with the tab key; return the places of what was reached, in order."""
    reached: list[int] = []
    for _ in range(1000):
        page.keyboard.press("Tab")
        step = page.evaluate(WALK)
        if step["tag"] == "BODY":
            page.wait_for_timeout(150)  # into a frame and out of it, focus is on its way for a moment
            step = page.evaluate(WALK)
        if step["tag"] == "BODY" or (reached and step["place"] == reached[0]):
            return reached
        assert step["ring"] >= 2 or step["tag"] == "IFRAME", f"one sees where one is: {step['html']}"
        assert step["seen"], f"nothing lies over it, and it is on the screen: {step['html']}"
        if not reached or reached[-1] != step["place"]:  # within the map one stays in the same frame for a while
            reached.append(step["place"])
    pytest.fail("the tab key is trapped")


@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_is_walked_by_keyboard_alone(page: Page, site: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(reduced_motion="reduce")
    for path in PAGES:
        for _ in range(
            2
        ):  # one walk in many misses a stop, and why is not known yet; a stop that cannot be reached is missed twice
            page.goto(site + path)
            wait_for_maps(page)
            if (reached := walk(page)) == page.evaluate(STOPS):
                break
        assert reached == page.evaluate(STOPS), f"{path}: all that can be used is reached, in the order of reading"


def test_on_every_page_one_can_skip_to_the_content(page: Page, site: str) -> None:
    for path in PAGES:
        page.goto(site + path)
        page.keyboard.press("Tab")
        skip = page.get_by_role("link", name="Naar de inhoud")
        expect(skip).to_be_focused()
        expect(skip).to_be_in_viewport(ratio=1)
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('main, footer') !== null"), path


# -- on every screen


def sideways(page: Page) -> list[str]:
    """Return what is wider than the screen, or has to be scrolled sideways."""
    wide = page.evaluate(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth ? ['the page'] : []"
    )
    inner = """[...document.querySelectorAll('body *')].filter(e => e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 1
        && !['visible', 'clip'].includes(getComputedStyle(e).overflowX) && e.tagName !== 'INPUT' && e.tagName !== 'SELECT')
        .map(e => e.outerHTML.slice(0, 120))"""
    return [*wide, *page.evaluate(inner)]


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_no_page_is_scrolled_sideways(page: Page, site: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for path in PAGES:
        page.goto(site + path)
        assert sideways(page) == [], path


def test_text_twice_as_large_or_further_apart_still_fits(page: Page, site: str) -> None:
    for path in PAGES:
        page.set_viewport_size({"width": 640, "height": 800})
        page.goto(site + path)
        page.evaluate("document.documentElement.style.fontSize = '34px'")
        assert sideways(page) == [], path
        page.evaluate("document.documentElement.style.fontSize = ''")
        page.set_viewport_size({"width": 320, "height": 800})
        page.evaluate(SPACED)
        assert sideways(page) == [], path


def small(page: Page) -> list[str]:
    """Return what is to be pressed and is too small for it."""
    found: list[str] = (
        page.evaluate(f"""() => [...document.querySelectorAll(`main button, main input:not([type=hidden]),
        main select, main summary, main .button, nav a, footer a, .brand a, main h3 a, .near a, .counts a, .back a,
        tbody th a, .cites a`)].filter(e => e.getClientRects().length)
        .map(e => [e.outerHTML.slice(0, 90), (e.closest('label') || e).getBoundingClientRect()])
        .filter(([html, box]) => box.width < {SMALLEST_TARGET} || box.height < {SMALLEST_TARGET}).map(([html]) => html)""")
    )
    return found


def test_what_is_pressed_is_large_enough(page: Page, site: str) -> None:
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        for path in PAGES:
            page.goto(site + path)
            assert small(page) == [], (width, path)


# -- on paper


def test_every_page_prints_in_ink_on_paper(page: Page, site: str) -> None:
    """A reader who likes the dark prints too; 680 px is A4 between its margins."""
    page.set_viewport_size({"width": 680, "height": 900})
    page.emulate_media(media="print", color_scheme="dark")
    for path in PAGES:
        page.goto(site + path)
        assert sideways(page) == [], path
        ink = page.evaluate(
            "['html', 'h1', 'main'].map(e => [getComputedStyle(document.querySelector(e)).color,"
            " getComputedStyle(document.documentElement).backgroundColor])"
        )
        assert ink == [["rgb(0, 0, 0)", "rgb(255, 255, 255)"]] * 3, path
        for selector in ("nav", "form", "iframe", ".on", ".pages", ".skip", "footer a"):
            assert not [e for e in page.locator(selector).all() if e.is_visible()], (path, selector)


def test_what_is_folded_is_open_on_paper(page: Page, site: str) -> None:
    page.goto(f"{site}/datasets")
    source = page.get_by_text("Werkplaats voor de leefomgeving, nummer 31").first
    expect(source).not_to_be_visible()
    page.emulate_media(media="print")
    expect(source).to_be_visible()
    page.goto(f"{site}/actors/wijkpaleis")
    expect(page.get_by_role("heading", name="Bronnen")).to_be_visible()
