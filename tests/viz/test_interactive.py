"""The page as text; what a browser makes of it is in tests/browser. All actors here are made up."""

import base64
import hashlib
import json
import re
from collections import Counter
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import networkx as nx
import pytest

from graph.drawing import Drawing
from graph.model import Card, Source, Tie
from graph.text import fold
from viz import RENDERERS, interactive, policy
from viz.paper import Paper

HOSTILE = "</script><script>alert(1)</script>\u2028\"'&<b>"
REGISTER = Source("made-up", "register", "Verzonnen register", "Niemand", "2026-02", "https://register.example/", "CC0")


def card(n, actor, kind="initiative", name=""):
    return Card(n, actor, kind, name or f"Bedacht {actor}", fold(name or actor), place="Nergenshuizen")


ADA, BOB = card(1, "ada"), card(2, "bob", "funder")
FUNDS = Tie("bob", "funds", "ada", since="2021-03", amount=12500.0, sources=(REGISTER._replace(locator="rij 7"),))
DRAWING = Drawing("Rond Ada", "nl", "public", date(2026, 11, 22), 7, "ada", (ADA, BOB), (FUNDS,), (REGISTER,))


class Page(HTMLParser):
    """The texts, attributes and scripts of a page."""

    def __init__(self, drawing):
        super().__init__()
        self.tags = Counter()
        self.attributes = []
        self.scripts = []
        self.text = ""
        self.feed(b"".join(interactive.render(drawing)).decode())

    def handle_starttag(self, tag, attrs):
        self.tags[tag] += 1
        self.attributes += [(tag, *attr) for attr in attrs]
        if tag == "script":
            self.scripts.append("")

    def handle_data(self, data):
        if self.cdata_elem == "script":
            self.scripts[-1] += data
        else:
            self.text += data

    @property
    def data(self):
        return json.loads(self.scripts[0])


def test_it_is_registered():
    assert b"".join(RENDERERS["html"].render(DRAWING, Paper.A4)) == b"".join(interactive.render(DRAWING))


def test_same_drawing_same_bytes():
    assert list(interactive.render(DRAWING)) == list(interactive.render(DRAWING))


@pytest.mark.parametrize(
    "said",
    [
        "Stand van 22 november 2026",
        "Revisie 7",
        "Voor: openbaar",
        "Bedacht bob — financiert → Bedacht ada",
        "€ 12.500",
        "maart 2021",
        "[1] rij 7",
        "Verzonnen register, Niemand, februari 2026; licentie CC0",
        "Schuif met de pijltjestoetsen",
    ],
)
def test_it_says_what_must_be_said_with_it(said):
    assert said in re.sub(r"\s+", " ", Page(DRAWING).text)


def test_it_speaks_english_too():
    page = Page(replace(DRAWING, lang="en", audience="staff"))
    assert ("html", "lang", "en") in page.attributes
    assert "For: staff only" in page.text
    assert "— funds →" in page.text


def test_what_was_left_out_is_told():
    assert "Weggelaten: 12 actoren" in Page(replace(DRAWING, left_out="12 actoren")).text


def test_it_names_no_other_host_to_load_from():
    page = Page(DRAWING)
    assert [a for a in page.attributes if a[1] in ("src", "srcset", "action", "data") or a[0] == "link"] == []
    assert [a for a in page.attributes if a[1] == "style" or a[1].startswith("on")] == []


def test_every_script_and_style_is_in_the_policy():
    html = b"".join(interactive.render(DRAWING)).decode()
    bodies = re.findall(r"<script>(.*?)</script>", html, re.DOTALL) + re.findall(
        r"<style>(.*?)</style>", html, re.DOTALL
    )
    assert len(bodies) == 3
    for body in bodies:
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy.META_CSP
    assert policy.csp().startswith("default-src 'none'")
    assert "unsafe" not in policy.csp()


def test_the_policy_lets_nothing_in_from_anywhere():
    rules = dict(rule.split(" ", 1) for rule in policy.csp().split("; "))
    assert rules.pop("img-src") == "data:"
    assert rules.pop("frame-ancestors") == "'self'"
    assert {word[:8] for words in rules.values() for word in words.split()} == {"'none'", "'sha256-"}


def test_hostile_names_stay_text():
    plain, hostile = Page(DRAWING), Page(replace(DRAWING, title=HOSTILE, actors=(ADA._replace(name=HOSTILE), BOB)))
    assert hostile.tags == plain.tags
    assert hostile.data["nodes"][0]["label"] == HOSTILE
    assert HOSTILE in hostile.text


def test_no_address_runs_a_script():
    bad = REGISTER._replace(url="javascript:alert(1)")
    page = Page(replace(DRAWING, sources=(bad,)))
    assert [a for a in page.attributes if a[2] and "javascript:" in a[2]] == []


@pytest.mark.parametrize("name", ["x" * 300, "Ada " * 75, "בית", "👩‍👩‍👧 Samen", "\u202egnal", "__proto__"])
def test_any_name_can_be_drawn(name):
    page = Page(replace(DRAWING, actors=(ADA._replace(name=name), BOB)))
    assert name in page.text
    assert page.data["nodes"][0]["label"] == name
    assert len(page.data["nodes"][0]["lines"]) <= 2
    assert all(len(line) <= interactive.LINE_LENGTH for line in page.data["nodes"][0]["lines"])


def test_sureness_is_told_by_the_line():
    ties = tuple(FUNDS._replace(ref=basis, basis=basis) for basis in ("confirmed", "stated", "inferred"))
    lines = [(edge["width"], bool(edge["dashes"])) for edge in Page(replace(DRAWING, ties=ties)).data["edges"]]
    assert lines == [(4, False), (1.8, False), (1.8, True)]


def test_what_is_not_current_on_the_day_is_told():
    ties = (FUNDS._replace(until="2025"), FUNDS._replace(ref="2", since="2030"), FUNDS._replace(ref="3"))
    edges = Page(replace(DRAWING, ties=ties)).data["edges"]
    assert [(edge["word"], edge["faint"]) for edge in edges] == [
        ("voormalig", True),
        ("voorgenomen", True),
        ("", False),
    ]


def test_parallel_ties_are_all_drawn_apart():
    ties = (FUNDS, FUNDS._replace(kind="supports"), Tie("ada", "advises", "bob"))
    edges = Page(replace(DRAWING, ties=ties)).data["edges"]
    bends = [(edge["from"], edge["smooth"] and edge["smooth"]["roundness"]) for edge in edges]
    as_seen_from_ada = {-bend if start else bend for start, bend in bends}
    assert len(as_seen_from_ada) == 3


def test_only_a_tie_with_a_direction_has_an_arrow():
    ties = (FUNDS, Tie("ada", "partner_of", "bob"))
    page = Page(replace(DRAWING, ties=ties))
    assert [edge["arrows"] for edge in page.data["edges"]] == ["to", ""]
    assert "Bedacht ada — is partner van — Bedacht bob" in page.text


def test_the_legend_has_what_is_drawn_and_no_more():
    legend = Page(DRAWING).text.partition("Legenda")[2].partition("Banden (1)")[0]
    assert "initiatief" in legend
    assert "financier" in legend
    assert "gemeente" not in legend
    assert "afgeleid" not in legend


def test_a_source_that_only_a_tie_names_is_listed():
    page = Page(replace(DRAWING, sources=()))
    assert "Verzonnen register" in page.text
    assert ("a", "href", "#source-1") in page.attributes


def test_an_empty_drawing_says_so():
    page = Page(replace(DRAWING, centre="", actors=(), ties=(), sources=()))
    assert "niets te tekenen" in page.text
    assert page.tags["script"] == 0


def test_one_actor_alone_is_drawn_and_explained():
    page = Page(replace(DRAWING, actors=(ADA,), ties=()))
    assert len(page.data["nodes"]) == 1
    assert "geen banden bekend" in page.text


def test_five_hundred_actors_fit_in_a_file_that_can_be_mailed():
    graph = nx.barabasi_albert_graph(500, 2, seed=3)
    cards = tuple(card(n, f"a{n}") for n in graph)
    drawing = replace(
        DRAWING, actors=cards, ties=tuple(Tie(f"a{a}", "funds", f"a{b}") for a, b in graph.edges), centre="a0"
    )
    assert len(b"".join(interactive.render(drawing))) < 1_500_000
