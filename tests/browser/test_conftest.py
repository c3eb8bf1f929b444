"""The watch over pages and axe see what they are there to see."""

import pytest


def test_a_page_that_asks_another_host_is_caught(page, watch):
    page.set_content("<img src='https://elsewhere.example/picture.png'>")
    assert watch.strangers == ["https://elsewhere.example/picture.png"]
    assert len(watch.errors) == 1
    watch.strangers.clear()
    watch.errors.clear()


def test_an_error_in_a_script_is_caught(page, watch):
    page.set_content("<script>nowhere()</script>")
    assert watch.errors == ["nowhere is not defined"]
    watch.errors.clear()


def test_axe_finds_a_picture_without_words(page, axe):
    page.set_content("<html lang=nl><title>x</title><main><h1>x</h1><img src='data:,'></main>")
    with pytest.raises(AssertionError, match="image-alt"):
        axe(page)


def test_axe_finds_words_that_are_too_pale_where_colours_are_asked_about(page, axe):
    pale = "<p style='color: #ccc; background: #fff'>bleek</p>"
    page.set_content(f"<!doctype html><html lang=nl><title>x</title><main><h1>x</h1>{pale}</main>")
    axe(page, colours=False)
    with pytest.raises(AssertionError, match="color-contrast"):
        axe(page, colours=True)
