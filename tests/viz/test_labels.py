import random
from dataclasses import replace

import numpy as np

from viz.labels import FAR, FIRST, Space, Wish, leaders, place

AREA = (10.0, 10.0, 110.0, 90.0)


def overlap(a, b):
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def test_names_cover_no_name_and_no_sign_and_stay_on_the_paper():
    draw = random.Random(3)
    wishes = [Wish(draw.uniform(12, 108), draw.uniform(12, 88), 1.0, draw.uniform(5, 25), 3.0) for _ in range(150)]
    signs = [(w.x - 1, w.y - 1, w.x + 1, w.y + 1) for w in wishes]
    space = Space(AREA)
    for sign in signs:
        space.take(sign)
    found = place(wishes, space, 0.5)
    stand = [box for box in found if box]
    assert 30 < len(stand) < 150
    assert not any(overlap(a, b) for n, a in enumerate(stand) for b in stand[:n])
    assert not any(overlap(box, sign) for box in stand for sign in signs)
    assert all(AREA[0] <= b[0] and AREA[1] <= b[1] and b[2] <= AREA[2] and b[3] <= AREA[3] for b in stand)


def test_the_first_are_served_first():
    crowd = [Wish(50, 50, 1, 20, 3)] * 40
    found = place(crowd, Space(AREA), 0.5)
    assert found[0]
    assert found[-1] is None


def test_a_name_that_must_stand_somewhere_stands_by_its_sign_over_as_few_signs_as_can_be():
    others = [(x, y, x + 3, y + 3) for x in range(10, 100, 4) for y in range(10, 88, 4) if (x, y) != (50, 54)]
    space = Space(AREA)
    for sign in others:
        space.take(sign)
    wish = Wish(50, 50, 1, 20, 3)
    assert place([wish], space, 0.5) == [None]
    [box] = place([replace(wish, always=True)], space, 0.5)
    away = max(box[0] - 50, 50 - box[2], 0.0), max(box[1] - 50, 50 - box[3], 0.0)
    assert max(away) <= 1 + 3.5 * 0.5 + 0.01


def test_a_name_rather_stands_where_no_line_runs():
    free = place([Wish(50, 50, 1, 20, 3)], Space(AREA), 0.5)[0]
    space = Space(AREA)
    space.cross(np.array([[x, free[1] + 1.5] for x in np.arange(free[0], free[2], 0.5)]))
    [box] = place([Wish(50, 50, 1, 20, 3)], space, 0.5)
    assert not overlap(box, (free[0], free[1] + 1.4, free[2], free[1] + 1.6))


def taken_by(wishes):
    space = Space(AREA)
    for w in wishes:
        space.take((w.x - w.far, w.y - w.far, w.x + w.far, w.y + w.far))
    return space


def crowd(count):
    draw = random.Random(5)
    spots = [(x, y) for x in range(14, 108, 6) for y in range(14, 88, 6)]
    return [Wish(x, y, 1.0, draw.uniform(5, 25), 3.0) for x, y in draw.sample(spots, count)]


def away(x, y, box):
    return np.hypot(max(box[0] - x, 0, x - box[2]), max(box[1] - y, 0, y - box[3]))


def test_no_name_reads_as_that_of_another_sign_without_a_line_to_its_own():
    wishes = crowd(120)
    found = place(wishes, taken_by(wishes), 0.5)
    led = {line[1] for line in leaders(wishes, found)}
    beside = [
        (wish, box)
        for wish, box in zip(wishes, found, strict=True)
        if box and any(away(o.x, o.y, box) < away(wish.x, wish.y, box) for o in wishes)
    ]
    assert beside
    assert all((np.clip(w.x, box[0], box[2]), np.clip(w.y, box[1], box[3])) in led for w, box in beside)


def test_no_line_to_a_name_passes_a_sign():
    wishes = crowd(120)
    lines = leaders(wishes, place(wishes, taken_by(wishes), 0.5))
    assert len(lines) > 10
    for start, end in lines:
        points = np.linspace(start, end, 50)
        near = [np.hypot(*(points - (w.x, w.y)).T).min() for w in wishes]
        assert sorted(near)[1] > 0.99


def test_who_would_be_missed_most_is_named_where_it_is_crowded():
    around = [Wish(60 + 2.5 * x, 50 + 2.5 * y, 1.2, 8, 3) for x in range(-6, 7) for y in range(-6, 7) if x or y]
    hub = Wish(60, 50, 1.2, 20, 3)
    [box] = place([hub], taken_by(around), 0.5)
    assert away(60, 50, box) > FAR
    assert leaders([hub], [box])
    assert place([*around[:FIRST], hub], taken_by(around), 0.5)[-1] is None
