"""The interactive map in a real Chromium. Actors named "Bedacht …" are made up; one drawing is of the demo sector."""

import csv
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from graph.drawing import Drawing
from graph.model import Card, Source, Tie
from graph.text import fold
from viz import interactive
from viz.policy import csp
from viz.style import MARKS

SECTOR = Path(__file__).parents[2] / "data" / "sector"
HOSTILE = (
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(1)>",
    "'\"&amp;<b>vet</b>\u2028",
    "\u202e\u05d1\u05d9\u05ea \u05d4\u05e9\u05db\u05d5\u05e0\u05d4",
    "Lang " * 60,
    "👩‍👩‍👧 Samen",
)


def card(n, kind, name):
    return Card(n, f"actor-{n}", kind, name, fold(name), place="Nergenshuizen" if n % 2 else "")


def made_up():
    """An actor of each kind around one, a tie of each sureness and status, two ties that run side by side."""
    cards = [card(0, "initiative", "Bedacht buurthuis"), *(card(n, k, f"Bedacht {k}") for n, k in enumerate(MARKS, 1))]
    ties = [
        Tie("actor-1", "partner_of", "actor-0", basis="confirmed"),
        Tie("actor-0", "member_of", "actor-2"),
        Tie("actor-3", "funds", "actor-0", amount=25000.0, since="2024", basis="inferred"),
        Tie("actor-3", "supports", "actor-0", until="2020"),
        Tie("actor-4", "commissioned_by", "actor-0", status="planned"),
        Tie("actor-5", "works_at", "actor-6", role="bedacht adviseur", status="conditional"),
        Tie("actor-6", "applies_to", "actor-4", status="rejected"),
    ]
    source = Source("made-up", "s", "Verzonnen bron", "Niemand", "2026-02", "https://bron.example/", "CC0")
    ties = [tie._replace(sources=(source._replace(locator="rij 1"),)) for tie in ties]
    return Drawing(
        "Bedachte kaart", "nl", "staff", date(2026, 11, 22), 3, "actor-0", tuple(cards), tuple(ties), (source,), "niets"
    )


def rows(name):
    with (SECTOR / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def around(centre):
    """The surroundings of an actor in the demo sector, two steps deep."""
    actors = {row["id"]: row for row in rows("actors.csv")}
    said = [row for row in rows("ties.csv") if row["from"] in actors and row["to"] in actors]
    near = {centre}
    for _ in range(2):
        near |= {end for row in said if {row["from"], row["to"]} & near for end in (row["from"], row["to"])}
    cards = [
        Card(n, a, actors[a]["kind"], actors[a]["name"], fold(actors[a]["name"])) for n, a in enumerate(sorted(near))
    ]
    ties = [
        Tie(r["from"], r["kind"], r["to"], status=r["status"], basis=r["basis"], since=r["since"], until=r["until"])
        for r in said
        if {r["from"], r["to"]} <= near
    ]
    title = f"Rond {actors[centre]['name']}"
    return Drawing(title, "nl", "public", date(2026, 11, 22), 1, centre, tuple(cards), tuple(ties), ())


@pytest.fixture
def show(page, tmp_path):
    """Open a drawing from a file, as a reader would who was mailed it."""

    def show(drawing):
        file = tmp_path / "map.html"
        file.write_bytes(b"".join(interactive.render(drawing)))
        page.goto(file.as_uri())
        page.wait_for_selector("#map canvas")
        return page

    return show


def places(page):
    return page.evaluate("weefselMap.getPositions()")


def colours(page):
    """The colours on the canvas, those of at least 40 pixels."""
    return page.evaluate(
        """() => {
            const drawn = new Promise(done => weefselMap.once('afterDrawing', context => {
            const {width, height} = context.canvas, count = {};
            const bytes = context.getImageData(0, 0, width, height).data;
            for (let i = 0; i < bytes.length; i += 4) {
                if (bytes[i + 3] < 255) continue;
                const hex = '#' + [0, 1, 2].map(k => bytes[i + k].toString(16).padStart(2, '0')).join('');
                count[hex] = (count[hex] ?? 0) + 1;
            }
            done(Object.keys(count).filter(hex => count[hex] >= 40));
        }));
            weefselMap.redraw();
            return drawn;
        }"""
    )


def test_it_opens_offline_and_asks_for_nothing(show, page, watch):
    page.context.set_offline(True)
    show(made_up())
    assert [url for url in watch.requests if not url.startswith("file:")] == []
    assert len(watch.requests) == 1


def test_every_kind_is_drawn_in_its_colour(show):
    assert {mark.light for mark in MARKS.values()} <= set(colours(show(made_up())))


def test_in_the_dark_it_has_the_colours_for_the_dark(show, page):
    page.emulate_media(color_scheme="dark")
    assert {mark.dark for mark in MARKS.values()} <= set(colours(show(made_up())))
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(20, 24, 28)"


def test_it_changes_colours_when_evening_falls(show, page):
    show(made_up())
    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(100)
    assert {mark.dark for mark in MARKS.values()} <= set(colours(page))


def test_it_is_settled_at_once(show, page):
    before = places(show(around("wijkpaleis")))
    page.wait_for_timeout(600)
    assert places(page) == before
    written = json.loads(page.locator("#data").text_content())["nodes"]
    down = [before[str(node["id"])]["y"] / node["y"] for node in written if node["y"] > 200]
    assert len(down) > 30
    assert min(down) == pytest.approx(max(down), abs=0.02)  # stretched to its frame at most


@pytest.mark.parametrize("width", [320, 768, 1200])
def test_all_of_it_is_in_sight(show, page, width):
    page.set_viewport_size({"width": width, "height": 800})
    show(around("wijkpaleis"))
    outside = page.evaluate(
        """() => Object.values(weefselMap.getPositions()).map(p => weefselMap.canvasToDOM(p)).filter(p =>
            p.x < 5 || p.y < 5 || p.x > map.clientWidth - 5 || p.y > map.clientHeight - 5)"""
    )
    assert outside == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_nearly_every_name_of_a_small_surrounding_fits(show, page):
    show(made_up())
    assert page.locator("#fit").text_content() == ""


def test_the_table_says_what_is_drawn(show, page):
    drawing = made_up()
    show(drawing)
    names = {card.id: card.name for card in drawing.actors}
    sentences = page.locator("[aria-labelledby=ties] tbody th").all_inner_texts()
    assert page.locator("[aria-labelledby=actors] tbody th").all_inner_texts() == list(names.values())
    assert [(s.split(" — ")[0], s.rpartition(" → " if " → " in s else " — ")[2]) for s in sentences] == [
        (names[tie.source], names[tie.target]) for tie in drawing.ties
    ]
    assert sorted(page.evaluate("weefselMap.body.data.edges.getIds()")) == list(range(len(drawing.ties)))


def test_hostile_names_are_text(show, page):
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    drawing = made_up()
    cards = tuple(c._replace(name=name) for c, name in zip(drawing.actors, HOSTILE, strict=False)) + drawing.actors[6:]
    show(replace(drawing, actors=cards, title=HOSTILE[0]))
    for n in range(len(HOSTILE)):
        page.locator(f"[data-node='{n}']").click()
        assert page.locator("#chosen h3").text_content() == HOSTILE[n]
    assert page.title() == HOSTILE[0]
    assert page.locator("img").count() == 0
    assert dialogs == []


def test_pointing_at_an_actor_shows_its_name_as_text(show, page):
    drawing = made_up()
    cards = (drawing.actors[0]._replace(name="<b>Bedacht</b> <img src=x>"), *drawing.actors[1:])
    show(replace(drawing, actors=cards))
    spot = page.evaluate("weefselMap.canvasToDOM(weefselMap.getPosition(0))")
    frame = page.locator("#map").bounding_box()
    page.mouse.move(frame["x"] + spot["x"], frame["y"] + spot["y"], steps=5)
    page.wait_for_selector(".vis-tooltip", state="visible")
    assert page.locator(".vis-tooltip").inner_text().startswith("<b>Bedacht</b> <img src=x>")
    assert page.locator(".vis-tooltip *:not(br)").count() == 0


def test_a_click_on_an_actor_tells_its_ties(show, page):
    show(made_up())
    spot = page.evaluate("weefselMap.canvasToDOM(weefselMap.getPosition(3))")
    page.locator("#map").click(position=spot)
    page.wait_for_selector("#chosen h3")
    assert page.locator("#chosen h3").text_content() == "Bedacht funder"
    assert page.locator("#chosen li").all_inner_texts() == [
        "Bedacht funder — financiert → Bedacht buurthuis; € 25.000, 2024 [1]",
        "Bedacht funder — ondersteunt → Bedacht buurthuis (voormalig); 2020 [1]",
    ]
    page.locator("#chosen li a").first.click()
    page.wait_for_url("**/map.html#source-1")


def test_a_search_finds_without_capitals_or_accents_and_points_out(show, page):
    page.emulate_media(reduced_motion="reduce")
    drawing = made_up()
    show(
        replace(
            drawing,
            actors=(*drawing.actors[:4], drawing.actors[4]._replace(name="Coöperatie Één"), *drawing.actors[5:]),
        )
    )
    find = page.get_by_label("Zoek op de kaart")
    find.fill("een")
    assert page.locator("#found button").all_inner_texts() == ["Coöperatie Één"]
    find.fill("bedacht")
    assert page.locator("#found button").count() == len(drawing.actors) - 1
    page.keyboard.press("Escape")
    assert page.locator("#found button").count() == 0
    find.fill("niemand")
    assert "Niemand op deze kaart heet zo" in page.inner_text("#found")
    find.fill("cooperatie")
    page.keyboard.press("Enter")
    assert page.locator("#chosen h3").text_content() == "Coöperatie Één"
    assert page.evaluate("weefselMap.getSelectedNodes()") == [4]


def test_who_is_called_so_in_full_is_found_first(show, page):
    drawing = made_up()
    called = [card._replace(name=name) for card, name in zip(drawing.actors, ("Bedacht 12", "Bedacht 1"), strict=False)]
    show(replace(drawing, actors=(*called, *drawing.actors[2:])))
    page.get_by_label("Zoek op de kaart").fill("bedacht 1")
    assert page.locator("#found button").all_inner_texts() == ["Bedacht 1", "Bedacht 12"]
    page.keyboard.press("Enter")
    assert page.locator("#chosen h3").text_content() == "Bedacht 1"


def swipe(page, *steps):
    """Move a finger over the map, from where no sign stands, by these steps, in pixels."""
    finger = page.context.new_cdp_session(page)
    x, y = page.viewport_size["width"] * 0.85, page.viewport_size["height"] * 0.62
    assert page.evaluate("([x, y]) => document.elementFromPoint(x, y).tagName", [x, y]) == "CANVAS"
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for across, down in steps:
        x, y = x + across, y + down
        finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x, "y": y}]})
        page.wait_for_timeout(20)
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


@pytest.mark.parametrize("size", [{"width": 360, "height": 740}, {"width": 740, "height": 360}])
def test_a_finger_gets_past_the_map_and_can_still_move_it(chromium, tmp_path, size):
    (tmp_path / "map.html").write_bytes(b"".join(interactive.render(made_up())))
    context = chromium.new_context(viewport=size, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto((tmp_path / "map.html").as_uri())
    page.wait_for_selector("#map canvas")
    was = page.evaluate("weefselMap.getViewPosition()")
    swipe(page, *[(-10, 0)] * 6, *[(0, -10)] * 6)
    moved = page.evaluate("weefselMap.getViewPosition()")
    assert moved["x"] > was["x"] + 20
    assert moved["y"] > was["y"] + 20
    assert page.evaluate("scrollY") == 0, "who goes sideways first moves the map, then wherever"
    swipe(page, *[(0, -12)] * 12)
    for _ in range(50):
        if page.evaluate("scrollY") > 80:
            break
        page.wait_for_timeout(20)
    assert page.evaluate("scrollY") > 80
    context.close()


def test_a_map_that_had_no_room_is_seen_whole_once_it_has(show, page):
    show(made_up())
    scale = page.evaluate("weefselMap.getScale()")
    for hidden in (True, False):
        page.evaluate("hidden => document.getElementById('map').style.display = hidden ? 'none' : ''", hidden)
        page.wait_for_timeout(300)  # the map looks at its size now and then
        page.evaluate("weefselMap.redraw()")
    page.wait_for_function("scale => Math.abs(weefselMap.getScale() - scale) < scale / 10", arg=scale)


def test_filters_hide_kinds_and_ties_and_say_so(show, page):
    show(made_up())
    drawn = "[weefselMap.body.data.nodes.length, weefselMap.body.data.edges.length]"
    assert page.evaluate(drawn) == [7, 7]
    page.get_by_text("Kies wat je ziet").click()
    page.get_by_label("is lid van (1)").uncheck()
    assert page.evaluate(drawn) == [7, 6]
    page.get_by_label("financier", exact=True).uncheck()
    assert page.evaluate(drawn) == [6, 4]
    assert page.inner_text("#hidden") == "Verborgen door je keuze: 1."
    page.locator("[data-node='3']").click()  # who is asked for by name comes back
    assert page.evaluate(drawn) == [7, 6]
    assert page.get_by_label("financier", exact=True).is_checked()


def large():
    """A made-up sector of 510 actors in communities of 30, each with a hub."""
    cards = [card(n, "initiative", f"Bedacht {n}")._replace(contacts=30 if n < 17 else 1) for n in range(510)]
    ties = [Tie(f"actor-{n}", "member_of", f"actor-{n % 17}") for n in range(17, 510)]
    ties += [Tie(f"actor-{n}", "partner_of", f"actor-{n + 1}") for n in range(16)]
    return replace(made_up(), actors=tuple(cards), ties=tuple(ties), centre="")


FEW_ROWS = """const sheet = new CSSStyleSheet(); sheet.replaceSync('tbody tr:nth-child(n + 7) { display: none }');
    document.adoptedStyleSheets = [sheet];"""  # each row is as the first


def test_what_is_too_large_is_folded_and_opens_on_demand(show, page, axe):
    page.emulate_media(reduced_motion="reduce")
    show(large())
    ids = "weefselMap.body.data.nodes.getIds()"
    folded = page.evaluate(ids)
    assert len(folded) == 17
    assert page.evaluate("weefselMap.body.data.edges.length") == 16
    spot = page.evaluate("weefselMap.canvasToDOM(weefselMap.getPosition('f3'))")
    page.locator("#map").click(position=spot)
    assert page.locator("#chosen h3").text_content().startswith("Rond Bedacht ")
    assert "30 actoren" in page.inner_text("#chosen")
    page.evaluate(FEW_ROWS)
    axe(page)
    page.evaluate("document.adoptedStyleSheets = []")
    page.get_by_role("button", name="Open deze groep").click()
    assert len(page.evaluate(ids)) == 16 + 30
    page.locator("[data-node='400']").click()  # a name in the table opens the group that it is in
    assert page.evaluate("weefselMap.getSelectedNodes()") == [400]
    page.get_by_role("button", name="Vouw de groep weer dicht").click()
    assert len(page.evaluate(ids)) in (17, 16 + 30)
    page.get_by_role("button", name="Open alle groepen").click()
    assert page.evaluate(ids) == list(range(510))
    page.get_by_role("button", name="Vouw alles dicht").click()
    assert page.evaluate(ids) == folded


def test_who_is_in_no_group_is_not_folded_as_if_they_had_ties(show, page):
    apart = [card(n, "initiative", f"Bedacht los {n}") for n in range(510)]
    ties = [Tie(f"actor-{n}", "partner_of", "actor-0") for n in range(1, 30)]
    show(replace(made_up(), actors=tuple(apart), ties=tuple(ties), centre=""))
    assert len(page.evaluate("weefselMap.body.data.nodes.getIds()")) == 1 + 480
    page.locator("[data-node='400']").click()
    assert page.evaluate("weefselMap.getSelectedNodes()") == [400]
    page.get_by_role("button", name="Open alle groepen").click()
    assert len(page.evaluate("weefselMap.body.data.nodes.getIds()")) == 510
    show(replace(made_up(), actors=tuple(apart), ties=(), centre=""))
    assert len(page.evaluate("weefselMap.body.data.nodes.getIds()")) == 510
    assert "samengevouwen" not in page.inner_text("main")


def test_on_paper_it_has_the_colours_for_the_light(show, page):
    page.emulate_media(color_scheme="dark")
    show(made_up())
    page.emulate_media(media="print", color_scheme="dark")
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")  # until it knows
    assert {mark.light for mark in MARKS.values()} <= set(colours(page))
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"


def test_another_site_may_frame_a_map_that_is_public(page, watch):
    body = b"".join(interactive.render(made_up())).decode()
    frame = '<!doctype html><title>x</title><iframe src="http://127.0.0.1/map" sandbox="allow-scripts allow-popups"></iframe>'
    page.route("http://localhost/", lambda route: route.fulfill(body=frame, content_type="text/html"))
    headers = {"Content-Type": "text/html; charset=utf-8", "X-Frame-Options": "SAMEORIGIN"}
    page.route("http://127.0.0.1/map", lambda route: route.fulfill(body=body, headers=headers))
    for policy, shown in ((csp("*"), True), (csp(), False)):
        headers["Content-Security-Policy"] = policy
        page.goto("http://localhost/")
        page.wait_for_timeout(500)
        assert bool(page.frame(url="http://127.0.0.1/map")) is shown
        if shown:
            page.frame_locator("iframe").locator("#map canvas").wait_for()
    assert all("frame-ancestors" in error for error in watch.errors)
    watch.errors.clear()


def test_the_keyboard_reaches_and_moves_the_map(show, page):
    show(made_up())
    frame = page.get_by_role("application", name="Bedachte kaart")
    for _ in range(10):
        page.keyboard.press("Tab")
        if frame.evaluate("frame => frame === document.activeElement"):
            break
    before = page.evaluate("[weefselMap.getViewPosition().x, weefselMap.getScale()]")
    page.keyboard.press("ArrowRight", delay=150)
    page.keyboard.press("]", delay=150)
    after = page.evaluate("[weefselMap.getViewPosition().x, weefselMap.getScale()]")
    assert after[0] > before[0]
    assert after[1] > before[1]


def test_the_keyboard_chooses_an_actor_in_the_table_and_comes_back(show, page):
    page.emulate_media(reduced_motion="reduce")
    show(made_up())
    page.locator("[data-node='2']").focus()
    page.keyboard.press("Enter")
    assert page.locator("#chosen h3").text_content() == "Bedacht network"
    assert page.evaluate("weefselMap.getSelectedNodes()") == [2]
    page.get_by_role("link", name="Naar de tabel").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/map.html#actor-2")


def test_the_buttons_zoom_and_come_back(show, page):
    page.emulate_media(reduced_motion="reduce")
    show(made_up())
    start = page.evaluate("weefselMap.getScale()")
    page.get_by_role("button", name="Zoom in").click()
    assert page.evaluate("weefselMap.getScale()") > start
    page.get_by_role("button", name="Toon alles").click()
    assert page.evaluate("weefselMap.getScale()") == pytest.approx(start)


def test_the_wheel_scrolls_the_page_until_the_map_is_clicked(show, page):
    page.set_viewport_size({"width": 1200, "height": 500})
    show(made_up())
    page.wait_for_timeout(300)  # it fits itself to its place
    start = page.evaluate("weefselMap.getScale()")
    page.locator("#map").hover()
    page.mouse.wheel(0, 120)
    page.wait_for_timeout(300)
    assert page.evaluate("window.scrollY") > 0
    assert page.evaluate("weefselMap.getScale()") == start
    page.locator("#map").click(position={"x": 5, "y": 200})
    page.mouse.wheel(0, -120)
    page.wait_for_timeout(300)
    assert page.evaluate("weefselMap.getScale()") > start


@pytest.mark.parametrize(
    ("scheme", "width", "lang"),
    [("light", 320, "nl"), ("light", 1200, "en"), ("dark", 320, "en"), ("dark", 1200, "nl")],
)
def test_axe_finds_nothing(show, page, axe, scheme, width, lang):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    show(replace(made_up(), lang=lang))
    assert page.locator("html").get_attribute("lang") == lang
    page.locator("[data-node='3']").click()
    axe(page)


def test_axe_finds_nothing_on_an_empty_map(page, axe, tmp_path):
    file = tmp_path / "map.html"
    file.write_bytes(b"".join(interactive.render(replace(made_up(), actors=(), ties=(), centre=""))))
    page.goto(file.as_uri())
    assert "niets te tekenen" in page.inner_text("main")
    axe(page)


def test_one_actor_alone_stands_in_the_middle(show, page):
    drawing = made_up()
    show(replace(drawing, actors=drawing.actors[:1], ties=()))
    spot = page.evaluate("weefselMap.canvasToDOM(weefselMap.getPosition(0))")
    frame = page.locator("#map").bounding_box()
    assert spot["x"] == pytest.approx(frame["width"] / 2, abs=20)
    assert spot["y"] == pytest.approx(frame["height"] / 2, abs=20)
    assert "geen banden bekend" in page.inner_text("main")


def test_it_works_in_a_sandboxed_frame_under_its_policy(page):
    body = b"".join(interactive.render(around("wijkpaleis"))).decode()
    frame = '<!doctype html><title>x</title><iframe src="/map" sandbox="allow-scripts" width=800 height=700></iframe>'
    headers = {"Content-Security-Policy": csp(), "Content-Type": "text/html; charset=utf-8"}
    page.route("http://localhost/", lambda route: route.fulfill(body=frame, content_type="text/html"))
    page.route("http://localhost/map", lambda route: route.fulfill(body=body, headers=headers))
    page.goto("http://localhost/")
    inner = page.frame(url="http://localhost/map")
    inner.wait_for_selector("#map canvas")
    assert len(inner.evaluate("weefselMap.getPositions()")) > 50


def test_a_script_that_slips_in_does_not_run(page, watch, tmp_path):
    body = b"".join(interactive.render(made_up())).replace(b"</main>", b"</main><script>window.slipped = 1</script>")
    (tmp_path / "map.html").write_bytes(body)
    page.goto((tmp_path / "map.html").as_uri())
    assert page.evaluate("window.slipped") is None
    [refused] = watch.errors
    assert "Content Security Policy" in refused
    watch.errors.clear()
