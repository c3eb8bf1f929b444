from math import hypot

from viz import fan
from viz.layout import cell

IDS = ["asker", "one", "two", "three", "helper1", "helper2", "helper3", "near"]
RINGS = [0, 1, 1, 2, 2, 2, 3, 1]
PAIRS = [
    *(("asker", "one"), ("two", "asker"), ("one", "helper1"), ("helper2", "one"), ("two", "three")),
    *(("three", "helper3"), ("asker", "near"), ("helper1", "helper2")),
]


def away(spot):
    return hypot(spot[0] / fan.WIDE, spot[1])


def test_who_asks_stands_amid_connectors_on_the_way_and_helpers_at_the_rim():
    spots = fan.positions(IDS, RINGS, PAIRS)
    assert away(spots["asker"]) < 1
    rim = {round(away(spots[actor]), -1) for actor in ("helper1", "helper2", "helper3", "near")}
    assert len(rim) == 1
    assert 0 < away(spots["one"]) < away(spots["three"]) < rim.pop()


def test_a_connector_stands_between_those_it_leads_to():
    spots = fan.positions(IDS, RINGS, PAIRS)
    middle = [(a + b) / 2 for a, b in zip(spots["helper1"], spots["helper2"], strict=True)]
    assert spots["one"][0] * middle[1] - spots["one"][1] * middle[0] < 0.02 * hypot(*spots["one"]) * hypot(*middle)


def test_many_helpers_have_room():
    ids = ["asker", *(f"h{n}" for n in range(60))]
    spots = list(fan.positions(ids, [0, *[1] * 60], [("asker", other) for other in ids[1:]]).values())
    wide, tall = cell(61)
    near = [(a, b) for n, a in enumerate(spots) for b in spots[:n] if abs(a[0] - b[0]) < 30 and abs(a[1] - b[1]) < 20]
    assert (wide, tall) > (30, 20)
    assert near == []


def test_who_is_no_actor_has_those_it_knows_around_it():
    spots = fan.positions(["known", "other", "helper"], [1, 1, 2], [("known", "helper")])
    assert len(set(spots.values())) == 3
    assert fan.positions([], [], []) == {}
