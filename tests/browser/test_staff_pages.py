"""Pages for staff, in a real Chromium: without barriers, on every screen; a spreadsheet goes in without JavaScript. Names are made up."""

import pytest
from door import TOKEN
from playwright.sync_api import Locator, Page, expect
from sites import STAFF_PAGES, Axe
from test_every_page import STOPS, look, on_screens, printed, walk, with_lang

REGISTER = "Verstrekker;Ontvanger;Plaats;Bedrag;Kleur\n" + "".join(
    f"Fonds Verzonnen;{name};Rotterdam;{amount};rood\n"
    for name, amount in (
        *(("Wijkpaleis", "5.000,00"), ("Bloemenhof", 60), ("Reigerlaan", 70), ("Otterbosch", 80), ("Dassenburcht", 90)),
        ("Verzonnen" * 12, "veel"),
    )
)


def sign_in(page: Page, site: str) -> None:
    page.goto(f"{site}/sign-in")
    page.get_by_label("Token").fill(TOKEN)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_text("ingelogd als medewerker")).to_be_visible()


def send(page: Page, site: str) -> None:
    page.goto(f"{site}/spreadsheets")
    page.locator("input[type=file]").set_input_files(
        {"name": "register.csv", "mimeType": "text/csv", "buffer": REGISTER.encode()}
    )
    page.get_by_role("button", name="Bekijk").click()
    expect(page.get_by_role("heading", name="Wat er zou gebeuren")).to_be_visible()


def press_twice(page: Page, button: Locator) -> None:
    """Press a button as a hand does that is used to double clicks."""
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    assert box
    for _ in range(2):
        page.mouse.click(box["x"] + 10, box["y"] + 10)
        page.wait_for_timeout(100)


def walked(page: Page) -> None:
    """Everything on a page that can be used is reached by the tab key, in the order of reading."""
    stops = page.evaluate(STOPS)
    assert walk(page, stops[-1]) == stops


def test_no_page_for_staff_has_a_barrier_and_each_fits(page: Page, axe: Axe, site: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    sign_in(page, site)
    for path in STAFF_PAGES:
        page.goto(site + with_lang(path, "en" if path == "/duplicates" else "nl"))
        on_screens(page)
        look(page, axe)
    page.goto(f"{site}/duplicates")
    walked(page)
    send(page, site)
    on_screens(page)
    walked(page)
    look(page, axe)


def test_paper_of_staff_says_whom_it_is_for(page: Page, site: str) -> None:
    said = "Voor medewerkers: hier kan in staan wat niet openbaar is."
    assert said not in " ".join(printed(page, f"{site}/municipalities/GM0599"))
    sign_in(page, site)
    assert said in printed(page, f"{site}/municipalities/GM0599")[0]
    expect(page.get_by_text(said)).to_be_hidden()


def test_the_enter_key_within_a_field_judges_nothing(plain: Page, site: str) -> None:
    sign_in(plain, site)
    plain.goto(f"{site}/duplicates")
    plain.get_by_label("Waarom?").first.fill("zelfde adres")
    plain.get_by_label("Waarom?").first.press("Enter")
    plain.wait_for_timeout(500)
    assert plain.url == f"{site}/duplicates"
    plain.goto(f"{site}/judgements")
    expect(plain.get_by_text("zelfde adres")).to_have_count(0)


def test_who_judged_goes_on_from_what_is_said_of_it(plain: Page, site: str) -> None:
    sign_in(plain, site)
    plain.goto(f"{site}/duplicates?done=different")
    expect(plain.get_by_role("status")).to_be_focused()


def test_two_are_judged_the_same_and_it_is_taken_back_without_javascript(plain: Page, site: str) -> None:
    sign_in(plain, site)
    plain.goto(f"{site}/duplicates")
    pair = plain.locator("section.pair", has_text="Stichting Het Wijkpaleis").first
    expect(pair.get_by_role("row", name="Begonnen")).to_contain_text("1999")
    pair.get_by_label("Waarom?").fill("zelfde adres")
    pair.get_by_role("button", name="Dezelfde", exact=True).click()
    expect(plain.get_by_text("deze twee zijn nu één")).to_be_visible()
    plain.get_by_role("link", name="Bekijk je oordelen").click()
    expect(plain.get_by_text("zelfde adres")).to_be_visible()
    plain.get_by_role("button", name="Neem terug (Het Wijkpaleis, Stichting Het Wijkpaleis)").click()
    expect(plain.get_by_text("Het oordeel is teruggenomen")).to_be_visible()
    plain.goto(f"{site}/duplicates")
    expect(plain.locator("section.pair", has_text="Stichting Het Wijkpaleis").first).to_be_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_a_spreadsheet_is_mended_and_loaded_without_javascript(plain: Page, site: str, width: int) -> None:
    plain.set_viewport_size({"width": width, "height": 800})
    sign_in(plain, site)
    send(plain, site)
    expect(plain.get_by_role("heading", name="Fouten: 1")).to_be_visible()
    expect(plain.get_by_text("'veel' is geen bedrag").first).to_be_visible()
    expect(plain.get_by_role("button", name="Bewaar")).to_have_count(0)
    plain.get_by_label("Laad wat goed is").check()
    plain.get_by_label("Naam van de dataset").fill(f"proef-{width}")
    plain.get_by_role("button", name="Probeer").click()
    plain.get_by_role("button", name="Bewaar").click()
    expect(plain.get_by_text(f"Bewaard als dataset proef-{width}.")).to_be_visible()


def test_who_clicks_twice_on_keep_is_told_that_it_is_kept(plain: Page, site: str) -> None:
    plain.set_default_timeout(60_000)
    sign_in(plain, site)
    plain.goto(f"{site}/spreadsheets")
    rows = "".join(f"Tweemaal verzonnen {n};Rotterdam\n" for n in range(300))
    plain.locator("input[type=file]").set_input_files(
        {"name": "tweemaal.csv", "mimeType": "text/csv", "buffer": f"Naam;Plaats\n{rows}".encode()}
    )
    press_twice(plain, plain.get_by_role("button", name="Bekijk"))
    expect(plain.get_by_role("heading", name="Wat er zou gebeuren")).to_be_visible(timeout=60_000)
    press_twice(plain, plain.get_by_role("button", name="Bewaar"))
    expect(plain.get_by_text("Bewaard als dataset tweemaal.")).to_be_visible(timeout=60_000)
    plain.reload()
    expect(plain.get_by_text("Bewaard als dataset tweemaal.")).to_be_visible()


def test_what_was_typed_when_the_session_ended_can_be_copied(plain: Page, site: str) -> None:
    sign_in(plain, site)
    send(plain, site)
    mapping = plain.get_by_label("Mapping (TOML)")
    mapping.fill(f"{mapping.input_value()}\n# zelf getypt")
    other = plain.context.new_page()
    other.goto(site)
    other.get_by_role("button", name="Uitloggen").click()
    expect(other.get_by_text("ingelogd als medewerker")).to_have_count(0)
    plain.get_by_role("button", name="Probeer").click()
    expect(plain.get_by_role("heading", name="Niet ingelogd")).to_be_visible()
    assert "# zelf getypt" in mapping.input_value()
    with plain.context.expect_page() as opened:
        plain.get_by_role("main").get_by_role("link", name="Inloggen voor medewerkers").click()
    expect(opened.value.get_by_label("Token")).to_be_visible()
    assert "# zelf getypt" in mapping.input_value(), "it stands there still"
