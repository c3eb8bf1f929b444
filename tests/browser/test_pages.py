"""The pages in a real Chromium, as people use them: by keyboard, without JavaScript, signed in."""

from door import TOKEN
from playwright.sync_api import Browser, Page, expect
from sites import Axe


def test_staffs_pages_have_no_barrier_either(page: Page, axe: Axe, site: str) -> None:
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


def test_a_map_that_was_seen_before_is_drawn_again(chromium: Browser, site: str) -> None:
    """In a browser that keeps what it was sent, as all do; that of the other tests keeps nothing, as it watches requests."""
    context = chromium.new_context()
    page = context.new_page()
    for _ in range(2):
        page.goto(f"{site}/actors/wijkpaleis")
        page.locator("iframe").scroll_into_view_if_needed()
        expect(page.frame_locator("iframe").locator("canvas")).to_be_visible()
        page.goto(f"{site}/about")  # away, and back by a link
    context.close()


def test_a_link_of_a_map_on_a_page_opens_a_page_that_works(page: Page, site: str) -> None:
    page.goto(f"{site}/actors/wijkpaleis")
    page.locator("iframe").scroll_into_view_if_needed()
    with page.expect_popup() as opened:
        page.frame_locator("iframe").get_by_role("link", name="/actors/wijkpaleis/neighbourhood").click()
    other = opened.value
    expect(other.get_by_role("heading", level=1)).to_have_text("Wie staan er rondom Het Wijkpaleis")
    other.get_by_label("Soort", exact=True).select_option("funder")
    other.get_by_role("button", name="Toon").click()
    other.wait_for_url("**/neighbourhood?**kind=funder**")


def test_the_map_is_staffs_too(page: Page, site: str) -> None:
    page.goto(f"{site}/sign-in")
    page.get_by_label("Token").fill(TOKEN)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url(f"{site}/")
    page.goto(f"{site}/actors/wijkpaleis/neighbourhood")
    expect(page.frame_locator("iframe").get_by_text("alleen medewerkers")).to_be_visible()


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
    plain.get_by_role("link", name="About").click()
    plain.locator("summary").first.click()
    expect(plain.get_by_text("dagelijks contact en mandaat")).to_be_visible()
    plain.get_by_role("link", name="Networks", exact=True).click()
    plain.get_by_label("Name of your initiative").fill("Het Wijkpaleis")
    plain.get_by_role("button", name="Show networks").click()
    plain.get_by_label("KNHM foundation").check()
    plain.get_by_label("Huize Middelland").uncheck()
    plain.get_by_role("button", name="Set side by side").click()
    expect(plain.get_by_role("columnheader", name="KNHM foundation")).to_be_visible()
    expect(plain.get_by_role("columnheader", name="Huize Middelland")).to_have_count(0)


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
