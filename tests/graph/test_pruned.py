"""How far down a search looks next, by what it pruned."""

import numpy as np
import pytest

from graph.index.pruned import LOWER, Pruned


@pytest.mark.parametrize("seed", range(200))
def test_under_the_floor_told_lie_as_many_arcs_as_are_enough_and_under_no_higher_one(seed: int):
    draw = np.random.default_rng(seed)
    many, enough = int(draw.integers(1, 60)), int(draw.integers(1, 120))
    worth, sizes = draw.choice(draw.random(int(draw.integers(1, 30))), many), draw.integers(0, 5, many)
    left = Pruned()
    left.add(worth[: many // 2], sizes[: many // 2])
    left.add(worth[many // 2 :], sizes[many // 2 :])
    there = worth[sizes > 0]
    good = [value for value in there if sizes[worth >= value].sum() >= enough]
    lowest = max(there.min(), LOWER * there.max()) if len(there) else 0.0
    assert left.lower(enough) == (max(good) if good else lowest)
