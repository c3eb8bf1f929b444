"""Who can help, and paths, in a real Chromium as people use them: by keyboard, without JavaScript, describing themselves."""

from playwright.sync_api import Page, expect
from sites import Axe
from test_every_page import look


def test_one_gets_from_the_front_page_to_an_answer_without_javascript(plain: Page, site: str) -> None:
    plain.goto(site)
    plain.get_by_role("main").get_by_role("link", name="Wie kan mij helpen?").click()
    plain.get_by_role("searchbox").fill("wijkpal")
    plain.get_by_role("button", name="Zoek", exact=True).click()
    plain.get_by_role("link", name="Het Wijkpaleis").click()
    plain.get_by_text("Soorten geld").click()
    plain.get_by_role("radio", name="Lening").check()
    plain.locator("summary", has_text="Thema’s").click()
    plain.get_by_role("checkbox", name="Maatschappelijk vastgoed").check()
    plain.get_by_role("button", name="Wie kan helpen?").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Wie kan Het Wijkpaleis helpen met geld: lening?")
    plain.get_by_text("Een andere weg naar").first.click()
    expect(plain.locator(".way").first).to_be_visible()
    plain.get_by_text("Pas je vraag aan").click()
    expect(plain.get_by_role("radio", name="Lening")).to_be_checked()
    expect(plain.get_by_role("checkbox", name="Maatschappelijk vastgoed")).to_be_checked()
    plain.get_by_role("link", name="Alle wegen naar").first.click()
    expect(plain.get_by_role("heading", name="Beste weg")).to_be_visible()


def test_who_has_to_introduce_you_is_a_click_away(plain: Page, site: str) -> None:
    plain.goto(f"{site}/who-can-help?actor=wijkpaleis&help=geld")
    first = plain.locator(".helpers .route").first
    expect(first).to_contain_text("Welzijnscoalitie Delfshaven")
    first.get_by_role("link", name="Welzijnscoalitie Delfshaven").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Welzijnscoalitie Delfshaven")
    plain.goto(f"{site}/paths?from=wijkpaleis&to=oranje-fonds")
    plain.locator(".route").first.get_by_role("link", name="Oranje Fonds").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Oranje Fonds")


def test_somebody_describes_itself_without_javascript_and_without_a_word_in_the_address(plain: Page, site: str) -> None:
    addresses: list[str] = []
    plain.on("request", lambda request: addresses.append(request.url))
    plain.goto(f"{site}/who-can-help")
    plain.get_by_role("radio", name="Geld", exact=True).check()
    plain.get_by_label("Gemeente of plaats").fill("Rotterdam")
    plain.get_by_label("Wie ken je al?").fill("De WijkBV\nbuurt\nNiemand Verzonnen")
    plain.get_by_role("button", name="Wie kan helpen?").click()
    expect(plain.get_by_role("alert")).to_have_text("Er is nog iets niet duidelijk. Kijk hieronder wat.")
    expect(plain.get_by_role("checkbox", name="De WijkBV")).to_be_checked()
    plain.get_by_role("group", name="Wie bedoel je met ‘buurt’?").get_by_label("De Buurtcamping").check()
    plain.get_by_label("Wie ken je nog meer?").fill("")
    plain.get_by_role("button", name="Wie kan helpen?").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Wie kan jullie helpen met geld?")
    expect(plain.get_by_text("Jullie kennen De WijkBV").locator("visible=true").first).to_be_visible()
    plain.get_by_role("button", name="Open de kaart").click()
    expect(plain.get_by_role("heading", name="Banden (")).to_be_visible()
    told = "".join(addresses).lower()
    assert [word for word in ("rotterdam", "wijkbv", "buurt", "niemand") if word in told] == []


def test_one_goes_back_to_the_answer_to_a_form_without_sending_it_again(plain: Page, site: str) -> None:
    plain.goto(f"{site}/who-can-help")
    plain.get_by_role("radio", name="Geld", exact=True).check()
    plain.get_by_label("Wie ken je al?").fill("De WijkBV")
    plain.get_by_role("button", name="Wie kan helpen?").click()
    plain.get_by_role("link", name="Stichting DOEN").first.click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Stichting DOEN")
    plain.go_back()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Wie kan jullie helpen met geld?")


def test_the_language_chosen_half_way_stays_and_one_goes_back_past_that_choice(plain: Page, site: str) -> None:
    plain.goto(f"{site}/who-can-help")
    plain.get_by_role("radio", name="Geld", exact=True).check()
    plain.get_by_label("Wie ken je al?").fill("De WijkBV\nbuurt")
    plain.get_by_role("button", name="Wie kan helpen?").click()
    expect(plain.get_by_role("group", name="Wie bedoel je met ‘buurt’?")).to_be_visible()
    plain.get_by_role("button", name="English").click()
    expect(plain.get_by_role("group", name="Whom do you mean by “buurt”?")).to_be_visible()
    plain.get_by_role("button", name="Who can help?").click()
    expect(plain.get_by_text("You chose nobody for “buurt”. It does not count.")).to_be_visible()
    plain.get_by_role("link", name="Stichting DOEN").first.click()
    expect(plain.locator("html")).to_have_attribute("lang", "en")
    plain.go_back()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Who can help you with money?")
    plain.go_back()
    expect(plain.get_by_role("group", name="Whom do you mean by “buurt”?")).to_be_visible()
    plain.go_back()
    expect(plain.get_by_role("group", name="Wie bedoel je met ‘buurt’?")).to_be_visible()


def test_what_is_not_clear_has_no_barrier(page: Page, axe: Axe, site: str) -> None:
    for place, names, status in (("Nergenshuizen", "", 400), ("", "buurt\nZqxj", 400), ("", "buurt", 200)):
        for lang, ask in (("nl", "Wie kan helpen?"), ("en", "Who can help?")):
            page.goto(f"{site}/who-can-help?lang={lang}")
            page.get_by_role("radio").first.check()
            page.locator("#place").fill(place)
            page.locator("#names").fill(names)
            with page.expect_response("**/who-can-help") as answer:
                page.get_by_role("button", name=ask).click()
            assert answer.value.status == status
            page.wait_for_load_state()
            page.set_viewport_size({"width": 320, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= 320
            page.set_viewport_size({"width": 1200, "height": 900})
            look(page, axe, colours=lang == "nl")


def test_the_answer_to_who_describes_itself_has_no_barrier(page: Page, axe: Axe, site: str) -> None:
    page.goto(f"{site}/who-can-help")
    page.get_by_role("radio", name="Geld", exact=True).check()
    page.get_by_label("Wie ken je al?").fill("De WijkBV\nWijkpaleis")
    page.get_by_role("button", name="Wie kan helpen?").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wie kan jullie helpen met geld?")
    page.get_by_text("Pas je vraag aan").click()
    for summary in page.locator("li summary").all():
        summary.click()
    look(page, axe)
    page.get_by_role("button", name="Open de kaart").click()
    expect(page.locator("canvas")).to_be_visible()


def test_all_that_can_be_opened_on_an_answer_has_no_barrier(page: Page, axe: Axe, site: str) -> None:
    for path in ("/who-can-help?actor=wijkpaleis&help=geld.lening&theme=wonen", "/who-can-help"):
        for width in (1200, 320):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(site + path)
            page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            look(page, axe)


def test_the_paths_are_drawn_with_the_asker_in_the_middle(page: Page, site: str) -> None:
    for path in ("/who-can-help?actor=wijkpaleis&help=geld", "/paths?from=wijkpaleis&to=oranje-fonds"):
        page.goto(site + path)
        page.locator("iframe").scroll_into_view_if_needed()
        frame = page.frame_locator("iframe")
        expect(frame.locator("canvas")).to_be_visible()
        expect(frame.get_by_text("dikke rand")).to_be_visible()
        drawn = frame.locator("[aria-labelledby=ties] tbody th").count()
        assert drawn == page.locator("main > section table tbody th").count() > 5


def test_an_answer_is_reached_by_keyboard_alone(page: Page, site: str) -> None:
    page.goto(f"{site}/who-can-help?actor=wijkpaleis")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "radio":
            break
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("radio", name="Kennis", exact=True)).to_be_checked()
    page.keyboard.press("Enter")
    page.wait_for_url("**/who-can-help?actor=wijkpaleis&help=kennis**")
    expect(page.get_by_role("heading", level=1)).to_have_text("Wie kan Het Wijkpaleis helpen met kennis?")


def test_on_paper_stands_the_answer_without_what_can_only_be_clicked(page: Page, site: str) -> None:
    page.goto(f"{site}/who-can-help?actor=wijkpaleis&help=geld&limit=2")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Passend, maar we vonden geen weg erheen")).to_be_visible()
    expect(page.locator(".way").first).to_be_visible()
    for said in ("Pas je vraag aan", "Alle wegen naar", "Neem dit mee"):
        expect(page.get_by_text(said).first).to_be_hidden()
