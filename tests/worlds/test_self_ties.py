"""Joining two records makes their tie a tie of an actor with itself: no answer has it, and whoever writes is told."""

from saying import PUBLIC, STAFF, actor, around, ids, load, tie, ties_of

from graph.ingest import Policy, judge, refold, remove, take_back
from graph.questions import show
from graph.view import open_view

ONE = ("kvk:11111111",)
WORLD = (
    actor("huis"),
    actor("pand"),
    actor("tuin"),
    tie("huis", "part_of", "pand"),
    tie("pand", "supports", "huis"),
    tie("pand", "located_in", "huis"),
    tie("huis", "partner_of", "tuin"),
)


def test_a_merge_drops_the_ties_between_the_two_and_counts_them(any_store):
    load(any_store, "gids", *WORLD)
    judged = judge(any_store, "same", "pand", "huis", "desk")
    assert (judged.self_ties, judged.revision) == (3, 2)
    for viewer in (PUBLIC, STAFF):
        assert ties_of(any_store, "huis", viewer) == [("huis", "partner_of", "tuin", "")]
        answer = around(any_store, "huis", viewer, depth=3)
        assert ([one.actor.id for one in answer.actors], len(answer.ties)) == (["tuin"], 1)
        assert answer.centre.contacts == 1
    with open_view(any_store, PUBLIC) as view:
        assert [(group.kind, group.count.count) for group in show(view, "huis").ties] == [("partner_of", 1)]


def test_they_are_back_when_the_two_part(any_store):
    load(any_store, "gids", *WORLD)
    before = ties_of(any_store, "huis")
    judge(any_store, "same", "pand", "huis", "desk")
    assert take_back(any_store, "same", "pand", "huis").self_ties == 0
    assert ties_of(any_store, "huis") == before
    assert len(before) == 4


def test_a_load_that_joins_two_records_tells_of_their_ties(any_store):
    load(any_store, "gids", *WORLD)
    load(any_store, "krant", actor("huis", identifiers=ONE), tie("huis", "funds", "id:pand"))
    joining = (actor("brug", identifiers=ONE), tie("brug", "advises", "kvk:11111111"))
    assert load(any_store, "brug", *joining, policy=Policy(dry_run=True)).self_ties == 1
    report = load(any_store, "brug", *joining)
    assert (report.self_ties, report.accepted, report.waiting) == (1, 2, 0)
    judge(any_store, "same", "huis", "huis-2", "desk")
    assert judge(any_store, "same", "huis", "pand", "desk").self_ties == 4
    assert load(any_store, "brug", *joining).self_ties == 0


def test_a_tie_said_of_what_is_one_already_is_told_at_once(any_store):
    load(any_store, "gids", actor("huis", identifiers=ONE))
    report = load(any_store, "krant", actor("pand", identifiers=ONE), tie("pand", "funds", "id:huis"))
    assert (report.self_ties, ids(any_store), ties_of(any_store, "huis")) == (1, ["huis"], [])
    more = (actor("pand", identifiers=ONE), tie("pand", "funds", "id:huis"), tie("id:huis", "advises", "pand"))
    report = load(any_store, "krant", *more)
    assert (report.self_ties, report.tables["ties"]["new"]) == (1, 1)


def test_a_first_load_tells_of_them_too(any_store):
    said = (actor("een", identifiers=ONE), actor("twee", identifiers=ONE), tie("een", "funds", "twee"))
    assert load(any_store, "gids", *said, tie("een", "advises", "id:een")).self_ties == 2
    assert ties_of(any_store, "een") == []
    assert not refold(any_store)


def test_an_internal_record_makes_self_ties_for_staff_alone(any_store):
    records = (actor("huis", identifiers=ONE), actor("hof", identifiers=["kvk:22222222"]), tie("huis", "funds", "hof"))
    load(any_store, "gids", *records)
    joining = actor("brug", identifiers=["kvk:11111111", "kvk:22222222"])
    assert load(any_store, "intern", joining, audience="staff").self_ties == 1
    assert ties_of(any_store, "huis") == [("huis", "funds", "hof", "")]
    assert (ties_of(any_store, "huis", STAFF), around(any_store, "huis", STAFF).centre.contacts) == ([], 0)
    remove(any_store, "intern")
    assert ties_of(any_store, "huis", STAFF) == [("huis", "funds", "hof", "")]
