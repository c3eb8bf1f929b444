import networkx as nx
import pytest

from viz import layout


def star(rays):
    return ["hub", *(f"ray{n}" for n in range(rays))], [("hub", f"ray{n}") for n in range(rays)]


def overlapping(spots, room):
    places = list(spots.values())
    return [
        (a, b)
        for n, a in enumerate(places)
        for b in places[:n]
        if abs(a[0] - b[0]) < room[0] - 2 and abs(a[1] - b[1]) < room[1] - 2
    ]


def test_the_same_drawing_stands_in_the_same_places():
    ids, pairs = star(30)
    assert layout.positions(ids, pairs, "hub") == layout.positions(ids, pairs, "hub")


def test_every_actor_has_a_place_also_without_ties():
    assert set(layout.positions(["ada", "bob", "cas"], [("ada", "bob")])) == {"ada", "bob", "cas"}


def test_nobody_gives_no_places():
    assert layout.positions([], []) == {}


def test_one_actor_has_a_place():
    assert list(layout.positions(["ada"], [], "ada")) == ["ada"]


@pytest.mark.parametrize("rays", [1, 2, 12, 40, 100])
def test_names_have_room(rays):
    ids, pairs = star(rays)
    assert overlapping(layout.positions(ids, pairs, "hub"), layout.cell(len(ids))) == []


def test_a_hub_stands_amid_its_rays():
    ids, pairs = star(24)
    spots = layout.positions(ids, pairs, "hub")
    across = [x for x, _ in spots.values()]
    assert (
        min(across) + 0.3 * (max(across) - min(across))
        < spots["hub"][0]
        < max(across) - 0.3 * (max(across) - min(across))
    )


def test_loose_parts_do_not_fly_away():
    ids, pairs = star(20)
    loose = [f"loose{n}" for n in range(20)]
    spots = layout.positions([*ids, *loose], pairs, "hub")
    wide, high = (max(axis) - min(axis) for axis in zip(*spots.values(), strict=True))
    room = layout.cell(41)
    assert wide * high < 4 * 41 * room[0] * room[1]


def test_names_nearly_always_have_room_among_five_hundred():
    graph = nx.barabasi_albert_graph(500, 2, seed=3)
    spots = layout.positions([str(n) for n in graph], [(str(a), str(b)) for a, b in graph.edges])
    assert len(overlapping(spots, (30, 20))) < 10


def test_many_without_ties_have_a_place_each():
    ids = [str(n) for n in range(200)]
    spots = layout.grouped(ids, [], [ids])
    assert overlapping(spots, layout.cell(len(ids))) == []


def test_a_tie_to_itself_is_no_hindrance():
    assert len(layout.positions(["ada", "bob"], [("ada", "ada"), ("ada", "bob")])) == 2
