"""Why a helper fits: what it gave before is counted per help, and what it gave the asker says nothing."""

from saying import PUBLIC, actor, load, tie

from graph.answers_helping import Reason
from graph.index.building import build
from graph.questions.who_can_help import Ask, who_can_help
from graph.store import Store
from graph.view import open_view, today


def gave(store: Store, asker: str, help_id: str) -> list[Reason]:
    with open_view(store, PUBLIC) as view:
        answer = who_can_help(view, build(view, today()), asker, Ask(help_id))
    [helper] = [*answer.known, *answer.helpers]
    return [reason for reason in helper.reasons if reason.what == "gave"]


def test_what_was_given_is_counted_per_help_with_how_many_are_alike(store: Store):
    green = {"themes": ("wonen", "voedsel")}
    told = [actor("fonds", "funder"), actor("brug"), actor("wij", **green), actor("tuin", **green), actor("hof")]
    told += [tie("brug", "partner_of", "wij"), tie("brug", "partner_of", "fonds")]
    told += [tie("fonds", "funds", "tuin"), tie("fonds", "funds", "hof"), tie("fonds", "lends_to", "tuin")]
    load(store, "gids", *told, tie("fonds", "advises", "tuin"))
    assert gave(store, "wij", "geld") == [
        Reason("gave", help="geld", count=2, alike=1),
        Reason("gave", help="geld.lening", count=1, alike=1),
    ]


def test_what_it_gave_the_asker_is_no_gift_to_another(store: Store):
    load(store, "gids", actor("fonds", "funder"), actor("wij"), tie("fonds", "lends_to", "wij"))
    assert gave(store, "wij", "geld") == [Reason("gave", help="geld.lening", count=0, alike=0, own=True)]
