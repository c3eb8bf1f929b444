"""Pictures, opened by others' readers (pypdf, Pillow, an XML parser). All actors here are made up."""

import io
import re
import warnings
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from PIL import Image
from pypdf import PdfReader

from graph.drawing import Drawing
from graph.model import Card, Source, Tie
from graph.text import fold
from viz import RENDERERS, letters, picture
from viz.paper import Paper
from viz.style import MARKS

SVG = "{http://www.w3.org/2000/svg}"
REGISTER = Source("made-up", "register", "Verzonnen register", "Niemand", "2026-02", "https://register.example/", "CC0")
NAMES = (
    "Buurthuis € 5",
    "<script>a()</script> & co",
    "Fonds $x^2$ en $",
    "בית השכונה",
    "👩‍👩‍👧 Samen",
    "Lang " * 60,
    "\u202egnal\x00 \x0bverkeerd",
)


def card(n, kind, name):
    return Card(n, f"actor-{n}", kind, name, fold(name), place="Nergenshuizen")


def made_up():
    cards = [card(n, kind, name) for n, (kind, name) in enumerate(zip((*MARKS, "initiative"), NAMES, strict=True))]
    ties = [
        Tie("actor-1", "partner_of", "actor-0", basis="confirmed"),
        Tie("actor-0", "member_of", "actor-2", basis="inferred"),
        Tie("actor-3", "supports", "actor-0", until="2020"),
        Tie("actor-4", "works_at", "actor-0"),
        Tie("actor-5", "funds", "actor-0"),
        Tie("actor-6", "funds", "actor-0"),
    ]
    ties = tuple(tie._replace(sources=(REGISTER,)) for tie in ties)
    title = "Bedachte kaart van $alles$ & <iedereen>"
    return Drawing(
        title, "nl", "staff", date(2026, 11, 22), 3, "actor-0", tuple(cards), ties, (REGISTER,), "12 actoren"
    )


SAID = (
    "Bedachte kaart van $alles$ & <iedereen>",
    "Stand van 22 november 2026",
    "Voor: alleen medewerkers",
    "actoren: 7, banden: 6",
    "Weggelaten: 12 actoren",
    "1. Verzonnen register, Niemand, februari 2026; licentie CC0; https://register.example/",
    "Licentie: CC0",
    "Gemaakt met Weefsel, revisie 3",
    "afgeleid uit de bron",
    "geldt nu niet (voormalig)",
    "Buurthuis € 5",
    "<script>a()</script>",
    "Fonds $x^2$ en $",
    "gnal verkeerd",
    "is lid van",
)


@pytest.fixture(scope="module")
def files():
    """The drawing in each format, of which the warnings are errors too."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.filterwarnings("ignore", "Glyph .* missing from font")
        return {kind: b"".join(RENDERERS[kind].render(made_up(), Paper.A4)) for kind in ("svg", "png", "pdf")}


@pytest.fixture(scope="module")
def words(files):
    """The text of each file that has text."""
    texts = ["".join(text.itertext()) for text in ET.fromstring(files["svg"]).iter(f"{SVG}text")]
    return {"svg": "\n".join(texts), "pdf": PdfReader(io.BytesIO(files["pdf"])).pages[0].extract_text()}


@pytest.mark.parametrize("kind", ["svg", "pdf"])
@pytest.mark.parametrize("said", SAID)
def test_what_must_be_said_stands_in_the_picture_as_text(words, kind, said):
    assert said in words[kind]


def test_an_svg_asks_for_bold_and_slanting_letters_where_they_are_meant(files):
    styles = {"".join(text.itertext()): text.get("style") for text in ET.fromstring(files["svg"]).iter(f"{SVG}text")}
    assert "font-weight: 700" in styles["Bronnen"]
    assert "font-style: italic" in styles["is lid van"]
    assert "font-weight" not in styles["Licentie: CC0 · Gemaakt met Weefsel, revisie 3"]


def test_right_to_left_stays_text_too(words):
    assert "בית השכונה" in words["svg"]
    assert {"בית", "השכונה"} <= set(words["pdf"].split())


def test_an_svg_has_no_script_and_asks_for_nothing(files):
    root = ET.fromstring(files["svg"])
    assert {
        tag for element in root.iter() if (tag := element.tag.removeprefix(SVG)) in ("script", "image", "a")
    } == set()
    assert [value for element in root.iter() for name, value in element.attrib.items() if name.startswith("on")] == []
    assert b"@import" not in files["svg"]
    assert b"url(http" not in files["svg"]


@pytest.mark.parametrize("kind", ["svg", "png", "pdf"])
def test_the_same_drawing_gives_the_same_bytes(files, kind):
    assert b"".join(RENDERERS[kind].render(made_up(), Paper.A4)) == files[kind]


def test_a_png_has_three_hundred_dots_an_inch(files):
    image = Image.open(io.BytesIO(files["png"]))
    assert image.size == (3507, 2480)
    assert image.info["dpi"] == pytest.approx((300, 300), abs=0.1)


@pytest.mark.parametrize(("paper", "mm"), [(Paper.A4, (297, 210)), (Paper.A3, (420, 297))])
def test_a_pdf_is_one_page_of_its_paper(paper, mm):
    drawing = replace(made_up(), actors=made_up().actors[:1], ties=())
    [page] = PdfReader(io.BytesIO(b"".join(picture.pdf(drawing, paper)))).pages
    assert [float(side) / 72 * 25.4 for side in page.mediabox[2:]] == pytest.approx(mm, abs=0.2)


def test_a_map_that_is_tall_stands_upright():
    figure = picture.draw(replace(made_up(), actors=made_up().actors[:1], ties=()), Paper.A4)
    assert figure.get_figwidth() > figure.get_figheight()
    assert Paper.A4.size(lying=False)[0] < Paper.A4.size(lying=False)[1]


def test_sureness_and_time_can_be_read_in_grey(files):
    """By the stroke: its width, its dashes, how light it is."""
    styles = [path.get("style") for path in ET.fromstring(files["svg"]).iter(f"{SVG}path") if path.get("style")]
    drawn = {
        (style.partition("stroke-width: ")[2].partition(";")[0], "stroke-dasharray" in style)
        for style in styles
        if "#4d5862" in style and "fill: none" in style
    }
    assert len(drawn) == 3
    assert {dashed for _, dashed in drawn} == {True, False}
    assert any("#8c959e" in style and "fill: none" in style for style in styles)


def test_an_empty_drawing_says_so():
    drawing = replace(made_up(), centre="", actors=(), ties=(), sources=())
    text = ET.tostring(ET.fromstring(b"".join(picture.svg(drawing))), method="text", encoding="unicode")
    assert "niets te tekenen" in text
    assert "Bij deze kaart zijn geen bronnen genoemd" in text


def test_it_speaks_english():
    drawing = replace(made_up(), lang="en", actors=made_up().actors[:2], ties=made_up().ties[:1])
    text = b"".join(picture.svg(drawing)).decode()
    for said in ("As of 22 November 2026", "For: staff only", "actors: 2, ties: 1", "Left out: 12 actoren"):
        assert said in text


def test_whom_a_map_is_about_has_its_name_in_the_crowd_and_its_sign_above_others():
    crowd = [card(n, "initiative", f"Verzonnen initiatief {n}")._replace(lat=52.0, lon=5.0) for n in range(400)]
    city = card(400, "municipality", "Gemeente Bedachtmeer")._replace(lat=52.0005, lon=5.0005)
    drawing = Drawing("", "nl", "public", date(2026, 11, 22), 1, "", (city, *crowd), (), (), geographic=True)
    plain, about = (b"".join(picture.svg(replace(drawing, centre=centre))).decode() for centre in ("", city.id))
    texts = ["".join(text.itertext()) for text in ET.fromstring(about).iter(f"{SVG}text")]
    assert {"Gemeente", "Bedachtmeer"} <= set(texts)
    assert "Bedachtmeer" not in plain
    assert about.rindex(MARKS["municipality"].light) > about.rindex(MARKS["initiative"].light)


def test_a_long_name_ends_in_an_ellipsis_within_its_room():
    lines = letters.wrapped("Lang " * 60, 8, 30, 2)
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert all(letters.width(line, 8) <= 30 for line in lines)
    assert letters.wrapped("x" * 300, 8, 30, 2)[0].startswith("xxx")
    assert letters.wrapped("", 8, 30, 2) == [""]


LONG = Source("made-up", "long", "Een verzonnen verslag met een lange titel, " * 2, "Niemand", "2026-02", licence="CC0")


def text_of(drawing):
    return " ".join("".join(ET.fromstring(b"".join(picture.svg(drawing))).itertext()).split())


def test_a_few_long_sources_are_not_cut_beside_an_empty_column():
    ties = (Tie("actor-1", "funds", "actor-0", sources=(LONG,)),)
    told = text_of(replace(made_up(), ties=ties, sources=(LONG,)))
    assert told.count("Een verzonnen verslag met een lange titel,") == 2
    assert "Niemand, februari 2026; licentie CC0" in told


def test_of_many_long_sources_it_is_told_who_published_them_and_when():
    """Made-up sources whose titles do not fit in two columns: the titles are cut."""
    long = LONG._replace(title="Een verzonnen verslag met een lange titel, " * 4, url="https://verslag.example/")
    many = tuple(long._replace(id=f"s{n}", date=f"20{10 + n}", publisher=f"Verzonnen Uitgever {n}") for n in range(8))
    ties = (Tie("actor-1", "funds", "actor-0", sources=many),)
    told = text_of(replace(made_up(), ties=ties, sources=many))
    for n in range(8):
        assert re.search(
            rf"{n + 1}\. Een verzonnen verslag met een lange[^0-9]*…, Verzonnen Uitgever {n}, 20{10 + n}", told
        )


def test_what_was_left_out_cuts_nothing_that_must_be_said():
    drawing = replace(made_up(), left_out="heel veel verzonnen actoren " * 7, geographic=True)
    placed = tuple(card._replace(lat=52.0 + n, lon=5.0) for n, card in enumerate(drawing.actors))
    told = text_of(replace(drawing, actors=placed))
    assert "anders het midden van plaats of gemeente" in told


def test_many_licences_cut_neither_whose_boundaries_these_are_nor_where_the_map_was_made():
    sources = tuple(REGISTER._replace(id=f"s{n}", licence=f"Verzonnen licentie {n}, alleen met naam") for n in range(8))
    placed = tuple(card._replace(lat=52.0 + n, lon=5.0) for n, card in enumerate(made_up().actors))
    square = ((4.0, 51.0), (6.0, 51.0), (6.0, 53.0), (4.0, 51.0))
    origin = "https://weefsel.example/verzonnen"
    told = text_of(
        replace(made_up(), actors=placed, sources=sources, geographic=True, outlines=(square,), origin=origin)
    )
    assert "CBS en Kadaster" in told
    assert origin in told


@pytest.mark.parametrize(("lang", "degrees"), [("nl", "51,95°"), ("en", "51.95°")])
def test_degrees_are_written_as_the_language_does(lang, degrees):
    drawing = replace(made_up(), lang=lang, geographic=True)
    placed = tuple(card._replace(lat=51.9 + n / 50, lon=5.0 + n / 50) for n, card in enumerate(drawing.actors))
    assert degrees in text_of(replace(drawing, actors=placed))


OWN = REGISTER._replace(dataset="own", id="notes", licence="")


@pytest.mark.parametrize(
    ("sources", "licences", "told"),
    [
        ((OWN,), {}, "Licentie: onbekend"),
        ((OWN,), {"own": "CC BY 4.0", "another": "geheim"}, "Licentie: CC BY 4.0"),
        ((REGISTER, OWN), {}, "Licentie: CC0; van een deel onbekend"),
        ((REGISTER, OWN), {"own": "CC BY 4.0"}, "Licentie: CC0; CC BY 4.0"),
        ((REGISTER,), {"made-up": "CC BY 4.0"}, "Licentie: CC BY 4.0; CC0"),
    ],
)
@pytest.mark.parametrize("format", ["svg", "html"])
def test_the_licences_of_datasets_and_sources_are_told_and_that_some_have_none(format, sources, licences, told):
    ties = (Tie("actor-1", "funds", "actor-0", sources=sources),)
    drawing = replace(made_up(), ties=ties, sources=sources, licences=licences)
    text = b"".join(RENDERERS[format].render(drawing, Paper.A4)).decode()
    assert told + (" ·" if format == "svg" else ". Gemaakt") in text
    assert "geheim" not in text
