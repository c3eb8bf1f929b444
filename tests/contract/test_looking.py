"""What every store shows of a load before it is kept: all that it would be, with who came new. All names are made up."""

import pytest

from graph.ingest import Policy, replace
from graph.model import Viewer
from graph.questions.duplicates import new_duplicates, new_namesakes, propose
from graph.reading import Row, Where
from graph.records import ActorRecord, DatasetRecord
from graph.view import View, open_view


def actor(local: str, name: str, *identifiers: str) -> ActorRecord:
    return ActorRecord(id=local, kind="initiative", name=name, identifiers=identifiers)


def load(store, dataset, *records, dry_run=False):
    """Load, and return the pairs that would come with it, and how many actors there would be."""
    seen = []

    def look(snapshot, first):
        view = View(snapshot, Viewer.STAFF)
        pairs = [(pair.one.name, pair.other.name) for pair in new_duplicates(view, first).pairs]
        seen.append((pairs, sum(view.counts().values())))

    rows = (Row(record, Where("made up", number)) for number, record in enumerate(records, 2))
    replace(store, DatasetRecord(name=dataset), rows, "test", Policy(dry_run=dry_run), look=look)
    return seen


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_load_is_looked_at_as_it_would_be(any_store, dry_run):
    here = (actor("k", "Kwetternest"), actor("b", "Bloemenhof", "kvk:12345678"), actor("r", "Reigerlaan"))
    assert load(any_store, "here", *here) == [([], 3)]
    new = (
        actor("x", "Stichting Kwetternest"),
        actor("y", "Stichting Bloemenhof", "kvk:12345678"),  # is joined, so it is nobody new
        actor("z", "Otterbosch"),
        actor("z2", "Otterbos"),
    )
    pairs = [("Kwetternest", "Stichting Kwetternest")]
    found = load(any_store, "new", *new, dry_run=dry_run)
    assert found == [(pairs, 6)]
    with open_view(any_store, Viewer.STAFF) as view:
        assert sum(view.counts().values()) == (3 if dry_run else 6)
        proposed = {(one, other) for _, one, other, _, _ in propose(view).pairs}
        assert len(proposed) == (0 if dry_run else 1)
    if not dry_run:
        assert load(any_store, "new", *new) == [], "nothing changes, so there is nothing to look at"
        assert load(any_store, "new", *new, actor("q", "Dassenburcht")) == [([], 7)], "who was here is not new"


def test_who_is_called_as_one_that_was_there_is_counted(any_store):
    seen = []

    def look(snapshot, first):
        seen.append(new_namesakes(View(snapshot, Viewer.STAFF), first))

    for dataset, *records in (
        ("here", actor("k", "Kwetternest"), actor("b", "Bloemenhof", "kvk:12345678")),
        ("new", actor("x", "KWETTERNEST"), actor("y", "Bloemenhof", "kvk:12345678"), actor("z", "Otterbosch")),
    ):
        rows = (Row(record, Where("made up", number)) for number, record in enumerate(records, 2))
        replace(any_store, DatasetRecord(name=dataset), rows, "test", look=look)
    assert [(one.count, one.new, one.old) for one in seen] == [(0, "", ""), (1, "intern-x", "intern-k")]
