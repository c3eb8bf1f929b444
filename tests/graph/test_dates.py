from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.dates import first_day, last_day, valid


@pytest.mark.parametrize("text", ["2021", "2021-05", "2021-05-31", "2024-02-29", "0001"])
def test_a_year_a_month_or_a_day_is_a_date(text):
    assert valid(text)


@pytest.mark.parametrize(
    "text", ["", "21", "2021-13", "2021-00", "2021-02-30", "2023-02-29", "2021-5", "2021-05-31T10:00", "0000"]
)
def test_anything_else_is_no_date(text):
    assert not valid(text)


def test_a_year_starts_on_its_first_day_and_ends_on_its_last():
    assert first_day("2021") == date(2021, 1, 1)
    assert last_day("2021") == date(2021, 12, 31)
    assert last_day("2023-02") == date(2023, 2, 28)
    assert first_day("2023-02") == date(2023, 2, 1)


@given(st.dates())
def test_a_day_begins_and_ends_on_itself(day):
    assert valid(str(day))
    assert first_day(str(day)) == last_day(str(day)) == day
