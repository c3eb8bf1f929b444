"""Numbers in arrays are what they would be in lists and sets."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import numbers
from graph.numbers import Column, Seen, among

FEW = st.integers(-4, 4).map(lambda n: n * numbers.SLOTS)  # that all fall in one slot
BATCHES = st.lists(st.lists(st.one_of(FEW, st.integers(-(2**63), 2**63 - 1)), max_size=8), max_size=12)


def array(some: list[int]) -> numbers.Numbers:
    return np.array(some, dtype=np.int64)


@given(BATCHES, st.integers(1, 20))
def test_a_hash_that_was_seen_is_told_with_the_place_where_it_stood_first(batches, recent):
    seen, first, place = Seen(), dict[int, int](), 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(numbers, "RECENT", recent)
        for batch in batches:
            places = list(range(place, place + len(batch)))
            place += len(batch)
            before = [
                -1 if first.setdefault(one, at) == at else first[one] for one, at in zip(batch, places, strict=True)
            ]
            assert seen.add(array(batch), array(places)).tolist() == before


@given(st.lists(st.integers(-9, 9)), st.lists(st.integers(-9, 9)))
def test_numbers_are_found_among_others(some, known):
    assert among(array(some), array(sorted(known))).tolist() == [one in known for one in some]


@given(st.lists(st.lists(st.integers(-9, 9), max_size=900), max_size=9))
def test_a_column_grows_and_can_be_set_in_place(parts):
    column = Column()
    for part in parts:
        column.extend(array(part))
    assert column.values.tolist() == [one for part in parts for one in part]
    column.values[:] = 7
    assert column.values.tolist() == [7] * len(column)
