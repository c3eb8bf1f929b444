import pytest

from graph.vocabulary import vocabulary
from viz.style import DARK, LIGHT, LINES, MARKS


def luminance(colour):
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_every_kind_and_every_sureness_has_its_sign():
    assert set(MARKS) == set(vocabulary().ids("kind"))
    assert set(LINES) == set(vocabulary().ids("basis"))


@pytest.mark.parametrize("palette", [LIGHT, DARK])
@pytest.mark.parametrize(
    ("colour", "least"), [("ink", 7), ("chosen", 4.5), ("outline", 7), ("line", 4.5), ("faint", 3)]
)
def test_what_is_drawn_stands_out_from_the_paper(palette, colour, least):
    assert contrast(getattr(palette, colour), palette.paper) >= least


def test_kinds_differ_by_shape_and_by_colour():
    for sign in ("shape", "corners", "light", "dark"):
        assert len({getattr(mark, sign) for mark in MARKS.values()}) == len(MARKS)
