"""What is hidden from a graph is nowhere in it, and what is asked of it is ranked among strangers. All is made up."""

import pytest

from benchmarks.answer_quality import OURS, graph_of, half, hidden, of_register, records
from benchmarks.registers import Register
from graph.model import Viewer
from graph.reading import Row, Where
from graph.records import DatasetRecord

NAMES = [f"{word} {number}" for number in range(12) for word in ("Moestuin", "Dorpshuis")]
REGISTER = Register(
    ["Huis"],
    [("groen", 0), ("blauw", 0), ("rood", -1)],
    NAMES,
    [""] * len(NAMES),
    [(0, 2) if name.startswith("Moestuin") else (1,) for name in NAMES],
)


def test_a_hidden_grant_is_gone_from_ties_records_and_likeness():
    receiver = NAMES.index("Moestuin 3")
    rows = (Row(each, Where("register", at)) for at, each in enumerate(records(REGISTER, {receiver: 0}), 1))
    with graph_of(DatasetRecord(name="register", audience="public"), rows) as asked:
        index, at = asked.index, {id: place for place, id in enumerate(asked.ids)}
        contacts = index.ties.other[index.ties.arcs(at[f"r{receiver}"])].tolist()
        assert [asked.ids[place] for place in contacts] == ["g2"]
        assert index.helping.helpers_of(at[f"r{receiver}"]).tolist() == [at["g2"]]
        [word] = [n for n, name in enumerate(index.likeness.traits) if name == "word:moestuin"]
        rows = slice(*index.likeness.share_ptr[[word + index.ties.size, word + index.ties.size + 1]])
        some, share = index.likeness.giver[index.likeness.helper[rows]], index.likeness.share[rows]
        # Eleven others have two contacts each; of the red scheme, the receiver has one.
        shares = {asked.ids[place]: part for place, part in zip(some.tolist(), share.tolist(), strict=True)}
        assert shares == pytest.approx({"g0": 11 / 2, "g2": 11 / 2 + 1})
        assert asked.view.viewer is Viewer.STAFF


def test_each_receiver_of_a_half_is_asked_about_once_a_turn():
    for turn in range(3):
        dealt = [receiver for graph in range(3) for receiver in hidden(REGISTER, "train", turn, graph, 3)]
        asked = [at for at, name in enumerate(NAMES) if half(name) == "train" and turn < len(REGISTER.gave[at])]
        assert sorted(dealt) == asked
    both = [hidden(REGISTER, "train", turn, 0, 1) for turn in (0, 1)]
    assert all(both[0][receiver] != giver for receiver, giver in both[1].items())


def test_all_ways_rank_the_same_hidden_givers():
    groups = of_register(REGISTER, "test", 1, 1)
    assert set(groups) == {"receivers with other grants", "newcomers"}
    for ranks in groups.values():
        assert len(ranks) == 6
        assert len({len(some) for some in ranks.values()}) == 1
    # Who is called a garden is helped by who helps gardens, though it knows nobody.
    assert set(groups["newcomers"][OURS]) == {1.0}
