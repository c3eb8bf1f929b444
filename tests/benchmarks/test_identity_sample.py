"""The sample that proposals of duplicates are measured by: which pairs are in it, and what is counted. All names are made up."""

from benchmarks.identity_sample import labels, measured, part_of

DRAWN = {part_of(frozenset((name,))): name for name in (f"verzonnen tuin {n}" for n in range(30))}
TRAIN, TEST, LATER, NEITHER = DRAWN["train"], DRAWN["test"], DRAWN["later"], DRAWN[""]


def pair(*names):
    return frozenset(names)


def test_a_pair_is_of_the_part_of_who_was_drawn_and_train_goes_before():
    assert part_of(pair(TEST, NEITHER)) == part_of(pair(TEST, TEST)) == "test"
    assert part_of(pair(LATER, NEITHER)) == "later"
    assert part_of(pair(LATER, TEST)) == "test"
    assert part_of(pair(TEST, TRAIN)) == part_of(pair(TRAIN, NEITHER)) == "train"
    assert part_of(pair(NEITHER, "verzonnen huis")) == ""


def test_every_labelled_pair_was_drawn():
    assert all(map(part_of, labels()))
    assert set(labels().values()) == {"yes", "unknown"}


def test_what_is_not_labelled_is_wrong_and_what_is_unknown_is_told_apart():
    same, unknown, wrong, missed = (pair(TEST, f"{TEST} {word}") for word in "abcd")
    labelled = {same: "yes", unknown: "unknown", missed: "yes"}
    elsewhere = pair(TRAIN, NEITHER)
    assert measured({same, unknown, wrong, elsewhere}, labelled, "test") == (1 / 2, 1 / 3, 1 / 2)
