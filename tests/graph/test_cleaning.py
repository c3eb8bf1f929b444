"""Names without their legal form. All names are made up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.cleaning import Cleaned, cleaned, forms

WORDS = st.sampled_from(sorted({word for words in forms() for word in words} | {"tuin", "hof"}))


@pytest.mark.parametrize(
    ("name", "plain", "form"),
    [
        ("Verzonnen Tuin", "verzonnen tuin", ""),
        ("Stichting Administratiekantoor Tuin", "tuin", "stichting"),
        ("Coöperatie Tuin U.A.", "cooperatie tuin", "cooperatie"),
        ("Stichtingen Tuin", "stichtingen tuin", ""),
        ("", "", ""),
    ],
)
def test_a_legal_form_is_known_at_either_end(name, plain, form):
    assert cleaned(name) == Cleaned(plain, form)


@given(st.lists(WORDS, max_size=6).map(" ".join))
def test_the_form_of_most_words_goes_the_one_in_front_before_the_one_behind(name):
    words = name.split()
    each = [
        Cleaned(" ".join(rest), forms()[said])
        for size in range(len(words) - 1, 0, -1)
        for said, rest in ((tuple(words[:size]), words[size:]), (tuple(words[-size:]), words[:-size]))
        if said in forms()
    ]
    assert cleaned(name) == next(iter(each), Cleaned(name, ""))
