"""What holds of every page, in a real Chromium: for everybody, on every screen and on paper, in both languages."""

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any
from unicodedata import normalize

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader
from sites import BARE_PAGES, EACH, ODD, Axe, served

from graph.stores import STORES

SMALLEST_TARGET = 24  # CSS pixels each way (WCAG 2.2, 2.5.8); links within a line of text are not held to it
# Spacing that a reader may ask for (WCAG 1.4.12).
SPACED = """const sheet = new CSSStyleSheet(); sheet.replaceSync(`* { line-height: 1.5 !important;
    letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }`);
    document.adoptedStyleSheets = [sheet];"""


def with_lang(path: str, lang: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}lang={lang}"


@pytest.fixture
def mapless(page: Page) -> Page:
    """A page whose map is a page with one button: maps have tests of their own, and take a while to draw."""
    stub = "<!doctype html><html lang=nl><title>kaart</title><main><h1>Kaart</h1><button>Toon alles</button></main>"
    page.route(re.compile(r"/map\?"), lambda route: route.fulfill(body=stub, content_type="text/html"))
    return page


def without_map(page: Page) -> None:
    page.evaluate("document.querySelectorAll('iframe').forEach(frame => frame.remove())")


# Of what stands in a list, each has its colours from the same lines.
FIRST_OF_LISTS = """document.querySelectorAll('ul, ol, dl, tbody').forEach(
    list => [...list.children].slice(6).forEach(one => one.remove()))"""


def look(page: Page, axe: Axe, *, colours: bool = True) -> None:
    """Look for barriers on a page, and for those of `colours`, in the light and in the dark; lists get shorter by that."""
    without_map(page)
    assert page.locator("h1").count() == 1
    axe(page, colours=False)
    if not colours:
        return
    page.evaluate(FIRST_OF_LISTS)
    axe(page, colours=True)
    page.emulate_media(color_scheme="dark")
    axe(page, colours=True)
    page.emulate_media(color_scheme="light")


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_no_page_has_a_barrier(mapless: Page, axe: Axe, site: str, lang: str) -> None:
    for path in (*EACH, *ODD) if lang == "nl" else EACH:
        mapless.goto(site + with_lang(path, lang))
        assert mapless.locator("html").get_attribute("lang") == lang
        look(mapless, axe, colours=lang == "nl")  # they are the same in both languages


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
        look(page, axe, colours=address in (bare + "/", broken + "/"))  # the others have no other words


def test_who_moved_is_found_at_the_new_address(page: Page, axe: Axe, site: str) -> None:
    seen = set()
    for name in ("verzonnen-een", "verzonnen-twee"):
        page.goto(f"{site}/actors/{name}")
        seen.add(page.url)
        look(page, axe, colours=False)  # as of any actor
    assert len(seen) == 1


# -- by keyboard alone

WALK = """() => {
    const every = window.inOrder ??= [...document.querySelectorAll('*')];
    const here = document.activeElement, box = here.getClientRects()[0], style = getComputedStyle(here);
    // What is taller than the screen is seen if its part on the screen is.
    const [x, y] = [box.x + Math.min(box.width, 20) / 2, Math.max(box.y, 0) + Math.min(box.height, 20) / 2];
    const top = document.elementFromPoint(x, y);
    return {
        place: every.indexOf(here), within: here.type === 'date', tag: here.tagName, html: here.outerHTML.slice(0, 120),
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


def step(page: Page, was: int) -> dict[str, Any]:
    """Press the tab key until focus is elsewhere than it was."""
    page.keyboard.press("Tab")
    there = settled(page, lambda there: there["place"] != was and there["seen"] or there["within"])
    while there["within"] and there["place"] == was:
        page.keyboard.press("Tab")  # day, month and year are stops within a date
        there = settled(page, lambda there: there["seen"])
    assert there["place"] != was, f"one gets on from here: {there['html']}"
    return there


def settled(page: Page, enough: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """Return where focus is, once that is enough, within a second: a busy machine scrolls and leaves a frame a moment later."""
    there: dict[str, Any] = page.evaluate(WALK)
    for _ in range(20):
        if enough(there):
            break
        page.wait_for_timeout(50)
        there = page.evaluate(WALK)
    return there


def walk(page: Page, last: int) -> list[int]:
    """Walk through a page with the tab key; return the places of what was reached, in order. `last` should be the last."""
    reached: list[int] = []
    for _ in range(1000):
        there = step(page, reached[-1] if reached else -1)
        if there["tag"] == "BODY" and reached and reached[-1] != last:
            there = settled(page, lambda there: there["tag"] != "BODY" and there["seen"])  # out of a frame
        if there["tag"] == "BODY" or (reached and there["place"] == reached[0]):
            return reached
        assert there["ring"] >= 2 or there["tag"] == "IFRAME", f"one sees where one is: {there['html']}"
        assert there["seen"], f"nothing lies over it, and it is on the screen: {there['html']}"
        reached.append(there["place"])
    pytest.fail("the tab key is trapped")


def test_every_page_is_walked_by_keyboard_alone(mapless: Page, site: str) -> None:
    page = mapless
    page.set_viewport_size({"width": 360, "height": 800})
    page.emulate_media(reduced_motion="reduce")
    for path in EACH:
        page.goto(site + path)
        for frame in page.locator("iframe").all():  # it comes when it is scrolled to
            frame.scroll_into_view_if_needed()
            expect(frame.content_frame.get_by_role("button")).to_be_visible()
        page.evaluate("scrollTo(0, 0)")
        stops = page.evaluate(STOPS)
        assert walk(page, stops[-1]) == stops, f"{path}: all that can be used is reached, in the order of reading"
        skip = page.get_by_role("link", name="Naar de inhoud")
        skip.focus()
        expect(skip).to_be_in_viewport(ratio=0.95)  # its edge may fall within a pixel
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('main, footer') !== null"), path


AMISS = (
    "/search?municipality=Roterdam",
    "/who-can-help?q=zzzz",
    "/paths?from=wijk&to=oranjefond",
    "/paths?from=wijkpaleis&to=wijkpaleis",
    "/networks?actor=wijk",
    "/networks?place=Nergens",
    "/networks?place=Bergen",
)


def told_what_went_wrong(page: Page) -> None:
    """Where one is, what the page is called, and what each wrong field is said to be, all tell that something went wrong."""
    assert page.title().startswith("Nog niet gelukt: "), page.url
    expect(page.get_by_role("alert")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null"), f"one goes on from there: {page.url}"
    for field in page.locator("[aria-invalid]").all():
        expect(field).to_have_accessible_description(re.compile("[Kk]ennen we niet|Wie bedoel je|Welke plaats"))


def test_what_went_wrong_is_told_at_once_without_javascript(plain: Page, site: str) -> None:
    for path in AMISS:
        plain.goto(site + path)
        told_what_went_wrong(plain)
    plain.goto(f"{site}/who-can-help")
    plain.get_by_role("radio", name="Geld", exact=True).check()
    plain.get_by_label("Gemeente of plaats").fill("Nergenshuizen")
    plain.get_by_role("button", name="Wie kan helpen?").click()
    told_what_went_wrong(plain)


def test_what_shows_that_something_can_be_unfolded_is_not_read_aloud(mapless: Page, site: str) -> None:
    for path in ("/who-can-help", "/who-can-help?actor=wijkpaleis&help=geld"):
        mapless.goto(site + path)
        read = mapless.locator("main").aria_snapshot()
        assert "group: " in read and not re.findall("[▸▾]", read), path


def test_one_gets_past_a_map_and_through_it(page: Page, site: str) -> None:
    page.goto(f"{site}/actors/wijkpaleis")
    page.locator("iframe").scroll_into_view_if_needed()
    expect(page.frame_locator("iframe").get_by_role("button", name="Toon alles")).to_be_visible()
    page.get_by_role("link", name="Sla de kaart over").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Open de kaart op een eigen pagina")).to_be_focused()
    page.get_by_role("link", name="Sla de kaart over").focus()
    for _ in range(100):
        page.keyboard.press("Tab")
        page.wait_for_timeout(20)
        if page.evaluate("document.activeElement.closest('#after-map, #after-map ~ *') !== null"):
            return
    pytest.fail("one does not get out of the map")


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


SMALL = f"""() => [...document.querySelectorAll(`main button, main input:not([type=hidden]), main select, main summary,
    main .button, nav a, footer a, .other a, .brand a, main h2 a, main h3 a, .near a, .counts a, .back a, tbody th a,
    thead th a, .cites a, .tallies a, .names a, .chips a, .route a, .sides td > ul > li > a:first-child`)]
    .filter(e => e.getClientRects().length)
    .map(e => [e.outerHTML.slice(0, 90), (e.closest('label') || e).getBoundingClientRect()])
    .filter(([html, box]) => box.width < {SMALLEST_TARGET} || box.height < {SMALLEST_TARGET}).map(([html]) => html)"""
INK = """['html', 'h1', 'main'].map(e => [getComputedStyle(document.querySelector(e)).color,
    getComputedStyle(document.documentElement).backgroundColor])"""


def on_screens(page: Page) -> None:
    """A page fits every width without scrolling sideways, and what is pressed is large enough."""
    for width in (320, 360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert sideways(page) == [], width
        if width in (360, 1280):
            assert page.evaluate(SMALL) == [], width


def on_paper(page: Page) -> None:
    """A page prints in ink on paper, for a reader who likes the dark too; 680 px is A4 between its margins."""
    page.set_viewport_size({"width": 680, "height": 900})
    page.emulate_media(media="print", color_scheme="dark")
    assert sideways(page) == []
    assert page.evaluate(INK) == [["rgb(0, 0, 0)", "rgb(255, 255, 255)"]] * 3
    shown = "[...document.querySelectorAll('nav, form:not(.paper), iframe, .on, .pages, .skip, footer a, .other')]"
    assert page.evaluate(f"{shown}.filter(e => e.checkVisibility()).map(e => e.outerHTML.slice(0, 90))") == []
    page.emulate_media(media="screen", color_scheme="light")


def with_larger_text(page: Page) -> None:
    """Text twice as large, or with the spacing that a reader asks for, still fits."""
    page.set_viewport_size({"width": 640, "height": 800})
    page.evaluate("document.documentElement.style.fontSize = '34px'")
    assert sideways(page) == []
    page.evaluate("document.documentElement.style.fontSize = ''")
    page.set_viewport_size({"width": 320, "height": 800})
    page.evaluate(SPACED)
    assert sideways(page) == []


def test_every_page_fits_every_screen_and_paper(mapless: Page, site: str) -> None:
    for path in (*EACH, *ODD):
        mapless.goto(site + path)
        for fits in (on_screens, on_paper, with_larger_text):
            try:
                fits(mapless)
            except AssertionError as error:
                raise AssertionError(f"{path}, {fits.__name__}: {error}") from error


# -- on paper


def test_what_is_folded_is_open_on_paper(page: Page, site: str) -> None:
    page.goto(f"{site}/about")
    strength = page.get_by_text("dagelijks contact en mandaat").first
    expect(strength).not_to_be_visible()
    page.emulate_media(media="print")
    expect(strength).to_be_visible()
    page.goto(f"{site}/actors/wijkpaleis")
    expect(page.get_by_role("heading", name="Bronnen")).to_be_visible()


def test_what_is_copied_from_a_page_reads_as_it_looks(mapless: Page, site: str) -> None:
    mapless.goto(f"{site}/who-can-help?actor=wijkpaleis&help=geld")
    mapless.evaluate("getSelection().selectAllChildren(document.querySelector('main'))")
    copied = " ".join(mapless.evaluate("getSelection().toString()").split())
    assert "financier · fonds · kansrijk (" in copied
    assert "Het Wijkpaleis → Welzijnscoalitie Delfshaven → VSBfonds" in copied
    assert "is lid van Welzijnscoalitie Delfshaven (afgeleid uit de bron) · 42%" in copied


def printed(page: Page, address: str) -> list[str]:
    """Return the words of each sheet of A4 that an address is printed on, within the margins that browsers propose."""
    page.goto(address)
    paper = page.pdf(format="A4", margin={side: "1cm" for side in ("top", "right", "bottom", "left")})
    sheets = PdfReader(BytesIO(paper)).pages
    return [" ".join(normalize("NFKC", sheet.extract_text()).split()) for sheet in sheets]


def test_a_long_answer_begins_on_the_first_sheet_and_leaves_no_sheet_half_white(mapless: Page, site: str) -> None:
    sheets = printed(mapless, f"{site}/who-can-help?actor=wijkpaleis&help=geld")
    first = mapless.locator(".helpers h3").first.inner_text()
    assert f"{first} financier" in sheets[0]
    assert all(len(sheet) > 700 for sheet in sheets[:-1])
    parted = [sheet for sheet in sheets if re.search(r"(weg|wegen) naar [^.:]+( \(\d\))?$", sheet)]
    assert parted == [], "a heading stands with what it is the heading of"


def test_networks_side_by_side_begin_on_the_first_sheet(mapless: Page, site: str) -> None:
    sheets = printed(mapless, f"{site}/networks?actor=wijkpaleis&network=lsa-bewoners&network=bokd&network=nov")
    assert "Wat brengt het?" in sheets[0]


def test_paper_does_not_speak_of_a_map_that_is_not_on_it(mapless: Page, site: str) -> None:
    for path in (
        "/municipalities/GM0599",
        "/who-can-help?actor=wijkpaleis&help=geld",
        "/actors/wijkpaleis/neighbourhood",
    ):
        assert re.findall(r"\b[Kk]aart\b", " ".join(printed(mapless, site + path))) == [], path
