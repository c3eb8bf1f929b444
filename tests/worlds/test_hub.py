"""One actor may have a tie with a great many: it loads, shows and is walked around with right numbers."""

from typing import Any

from saying import PUBLIC, STAFF, actor, ids, load, tie

from graph.ingest import judge, remove
from graph.model import Viewer
from graph.questions import neighbourhood, show
from graph.store import Store
from graph.view import open_view


def asked(store: Store, question: Any, actor_id: str, viewer: Viewer = PUBLIC, **options: Any) -> Any:
    """Ask a question."""
    with open_view(store, viewer) as view:
        return question(view, actor_id, **options)


def test_a_hub_loads_and_answers_with_right_numbers(any_store):
    size = 10_000
    members = [actor(f"lid-{n}") for n in range(size)]
    ties = [tie(one.id, "member_of", "naaf") for one in members]
    hub = (actor("naaf", "network", "Verzonnen naaf"), actor("buur"), tie("naaf", "partner_of", "buur"))
    assert load(any_store, "leden", *hub[:2], *members, *ties, hub[2]).accepted == 2 * size + 3
    whole = asked(any_store, show, "naaf")
    assert (whole.actor.card.contacts, {group.kind: group.count.count for group in whole.ties}) == (
        size + 1,
        {"member_of": size, "partner_of": 1},
    )
    assert all(group.count.exact for group in whole.ties)
    near = asked(any_store, neighbourhood, "naaf", limit=500)
    assert (len(near.actors), near.more.count, near.more.exact) == (500, size - 499, True)
    from_buur = asked(any_store, neighbourhood, "buur", depth=2, limit=100)
    assert (from_buur.actors[0].actor.id, len(from_buur.actors), from_buur.centre.contacts) == ("naaf", 100, 1)
    assert ids(any_store, text="verzonnen naaf") == ["naaf"]

    load(any_store, "krant", actor("kern", "network"), tie("id:lid-7", "member_of", "kern"), audience="staff")
    assert judge(any_store, "same", "naaf", "intern-kern", "desk").self_ties == 0
    assert asked(any_store, show, "naaf", STAFF).actor.card.contacts == size + 1
    remove(any_store, "krant")
    again = load(any_store, "leden", *hub[:2], *members[1:], *ties[1:], hub[2])
    assert (again.tables["ties"]["gone"], again.tables["ties"]["same"]) == (1, size)
    assert asked(any_store, show, "naaf").actor.card.contacts == size
