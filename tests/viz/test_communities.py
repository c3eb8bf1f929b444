import os
import subprocess
import sys

import numpy as np

from viz import layout
from viz.communities import communities

IDS = [f"a{n}" for n in range(66)]
PAIRS = [(f"a{n}", f"a{n % 3}") for n in range(3, 60)] + [("a0", "a1"), ("a1", "a2"), ("a60", "a61")]


def test_who_have_most_ties_with_each_other_are_one_community_and_the_rest_stand_apart():
    groups, apart = communities(IDS, PAIRS)
    assert sorted(map(len, groups)) == [20, 20, 20]
    assert {frozenset(int(actor[1:]) % 3 for actor in group) for group in groups} == {
        frozenset({0}), frozenset({1}), frozenset({2})
    }  # fmt: skip
    assert apart == IDS[60:]
    assert communities([], []) == ([], [])


def test_they_are_the_same_in_every_process():
    path = os.pathsep.join(sys.path)
    said = {
        subprocess.run(
            [sys.executable, "-c", f"from viz.communities import communities; print(communities({IDS}, {PAIRS}))"],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(said) == 1


def test_groups_keep_together_and_apart_from_others():
    found, apart = communities(IDS, PAIRS)
    groups = [*found, apart]
    spots = layout.grouped(IDS, PAIRS, groups)
    assert set(spots) == set(IDS)
    boxes = []
    for group in groups:
        places = np.array([spots[actor] for actor in group])
        boxes.append((places.min(axis=0), places.max(axis=0)))
    for n, (low, high) in enumerate(boxes):
        for other_low, other_high in boxes[:n]:
            assert (high < other_low).any() or (other_high < low).any()
