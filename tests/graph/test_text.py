import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.text import fold, nearest, slug


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Coöperatie", "cooperatie"),
        ("'s-Gravenhage", "s gravenhage"),
        ("foto’s", "fotos"),
        ("SØREN", "soren"),
        ("Straße", "strasse"),
        ("STRASSE", "strasse"),
        ("Łódź", "lodz"),
        ("  a_b-_-c  ", "a b c"),
        ("İzmir", "izmir"),
        ("ﬁets", "fiets"),
        ("בית", "בית"),
        ("???", ""),
    ],
)
def test_a_name_is_folded_to_what_is_compared(name, folded):
    assert fold(name) == folded


@given(st.text(st.characters(max_codepoint=127), max_size=40))
def test_a_name_in_ascii_is_folded_by_the_rule_for_all(name):
    words = re.sub(r"(?<=\w)'(?=\w)", "", name.lower())
    assert fold(name) == re.sub(r"[\W_]+", " ", words).strip()


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(name):
    assert fold(fold(name)) == fold(name)


@given(st.text(max_size=40))
def test_a_slug_is_safe_in_an_address(name):
    assert set(slug(name)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert not slug(name).startswith("-")


def test_the_nearest_word_is_suggested_and_nothing_far():
    assert nearest("initative", ["initiative", "network"]) == "initiative"
    assert nearest("Geld.Lening", ["geld.lening", "geld"]) == "geld.lening"
    assert nearest("xyz", ["initiative", "network"]) is None
    assert nearest("x", []) is None
