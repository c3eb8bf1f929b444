"""The sample that proposals of duplicates are measured by: which pairs are in it, and what is counted. All names are made up."""

from benchmarks.identity_sample import half_of, labels, measured

HALVES = {half_of(frozenset((name,))): name for name in (f"verzonnen tuin {n}" for n in range(30))}
TRAIN, TEST, NEITHER = HALVES["train"], HALVES["test"], HALVES[""]


def pair(*names):
    return frozenset(names)


def test_a_pair_is_of_the_half_of_who_was_drawn_and_train_goes_before():
    assert half_of(pair(TEST, NEITHER)) == half_of(pair(TEST, TEST)) == "test"
    assert half_of(pair(TEST, TRAIN)) == half_of(pair(TRAIN, NEITHER)) == "train"
    assert half_of(pair(NEITHER, "verzonnen huis")) == ""


def test_every_labelled_pair_was_drawn():
    assert all(map(half_of, labels()))
    assert set(labels().values()) == {"yes", "unknown"}


def test_what_is_not_labelled_is_wrong_and_what_is_unknown_is_told_apart():
    same, unknown, wrong, missed = (pair(TEST, f"{TEST} {word}") for word in "abcd")
    labelled = {same: "yes", unknown: "unknown", missed: "yes"}
    elsewhere = pair(TRAIN, NEITHER)
    assert measured({same, unknown, wrong, elsewhere}, labelled, "test") == (1 / 2, 1 / 3, 1 / 2)
