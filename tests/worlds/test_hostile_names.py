"""Names as the world has them, and as an enemy would write them: kept as they are, found, and alike on both stores."""

import pytest
from grounds import Ground
from pydantic import ValidationError
from saying import (
    STAFF,
    actor,
    around,
    figure,
    ids,
    load,
    offer,
    person,
    shown,
    source,
    tie,
    ties_of,
)

from graph.model import Viewer
from graph.questions import show
from graph.records import ActorRecord, Record
from graph.store import Store
from graph.text import fold
from graph.view import open_view

HOSTILE = [
    "Coöperatie d’Oude Été",
    "COO\u0308PERATIE",  # the same letter, written as two
    '\'s-Gravenhage "het" `huis`; DROP TABLE actors; --',
    "מרכז שכונתי בדוי",
    "مبادرة الحي الوهمية",
    "Straße ‰ ﬁets İstanbul ǅ",
    "虚构的邻里之家 🏡👩‍👩‍👧‍👦",
    "regel één\nregel twee\tmet tab",
    '=HYPERLINK("http://example.org";"klik")',
    "+31 @SUM(1) -2",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "{{ 7 * 7 }} ${7*7} %s %(name)s {0} \\N{BULLET} \\u0000",
    "MATCH (n) DETACH DELETE n //",
    "|pijp|en|streep|",
    "NULL",
    "None",
    "0",
    "true",
    "-1",
    "…!?",
    "\\",
    "%_*?[a-z]",
    "naam met nul\u200bbreedte en\u00a0harde spatie",
    "\ufeffmerkteken",
    "e\u0301" * 60,
    "x" * 500,
    "woord " * 80,
]
REFUSED = ["", " ", "\t\n", "nul\0nul", "bel\x07", "\u202eomgekeerd", "\u2066los", "x" * 501]
ENEMIES = [actor(f"v-{n}", "initiative", name) for n, name in enumerate(HOSTILE)]


def world() -> list[Record]:
    """Return a world in which every text is hostile."""
    said: list[Record] = [
        source("boek", HOSTILE[10], publisher=HOSTILE[2], url="javascript:alert(1)", licence=HOSTILE[8])
    ]
    for n, name in enumerate(HOSTILE):
        others = {"aliases": [HOSTILE[n - 1]], "place": name, "note": name, "websites": [name], "legal_form": name}
        said.append(actor(f"v-{n} {name}"[:300], "initiative", name, cites="boek", locator=name, **others))
        said.append(person(f"p-{n} {name}"[:300], name))
    names = [one.id for one in said[1:]]
    for one, other in zip(names, names[3:], strict=False):
        text = HOSTILE[len(one) % len(HOSTILE)]
        said.append(tie(one, "funds", other, ref=text, role=text, note=text, cites="boek", locator=text))
    said += [offer(one, "needs", conditions=one, window=one, note=one, legal_forms=[one]) for one in names[:20]]
    said += [figure(one, one, qualifier=one, unit=one, note=one) for one in names[:20]]
    return said


@pytest.mark.parametrize("name", REFUSED, ids=range(len(REFUSED)))
def test_what_nobody_can_read_is_refused(name):
    with pytest.raises(ValidationError):
        ActorRecord(id="huis", kind="initiative", name=name)


def test_a_name_is_kept_letter_by_letter(any_store):
    load(any_store, "gids", *ENEMIES)
    names = {name: shown(any_store, id)["name"] for id in ids(any_store) for name in [HOSTILE[int(id[2:])]]}
    assert {name: name.strip() for name in HOSTILE} == names


def test_a_name_is_found_by_its_words_in_any_letters(any_store):
    load(any_store, "gids", *ENEMIES)
    for n, name in enumerate(HOSTILE):
        words = fold(name).split()
        if words:
            for text in (words[0][:200], name[:200].upper(), " ".join(reversed(words[:3]))[:200]):
                assert f"v-{n}" in ids(any_store, text=text), (name, text)
    assert ids(any_store, text="cooperatie") == ids(any_store, text="COÖPERATIE") == ["v-1", "v-0"]
    assert ids(any_store, text="…!?") == []


def test_a_hostile_question_is_only_text(any_store):
    load(any_store, "gids", *ENEMIES)
    for text in ("%", "_", "*", '"', "'", "a OR b", "NEAR(a b)", "v-1*", "(", "\\", "x" * 200, "a:b", "^", "a\0b"):
        words = fold(text).split()
        found = [fold(HOSTILE[int(id[2:])]).split() for id in ids(any_store, text=text)]
        assert words or not found
        assert all(any(part.startswith(word) for part in name) for name in found for word in words)


@pytest.mark.neo4j
def test_both_stores_tell_the_same_of_a_hostile_world(server_ground: Ground, files: Ground):
    with server_ground.empty() as store, files.empty() as other:
        for one in (store, other):
            assert load(one, "gids", *world()).rejected == 0
            assert not load(one, "gids", *world()).changed
            load(one, "krant", *(actor(f"k-{n}", name=name) for n, name in enumerate(HOSTILE)), date="2024")
        assert ids(store) == ids(other)
        for text in ("v", "woord", "een", "script", "0", "ה", "مب", "虚"):
            assert ids(store, text=text) == ids(other, text=text)
        for viewer in Viewer:
            assert whole(store, viewer) == whole(other, viewer)


def whole(store: Store, viewer: Viewer) -> list[str]:
    """Return some of the actors whole, as a viewer sees them."""
    with open_view(store, viewer) as view:
        told = [show(view, id) for id in ids(store, viewer)[::9]]
    return [repr((one.actor.facts, one.actor.offers, one.actor.figures, one.ties)) for one in told]


def test_every_text_of_a_record_is_kept_letter_by_letter(any_store):
    name = HOSTILE[2]
    said = actor("huis", name=name, note=HOSTILE[4], place=HOSTILE[6], websites=[HOSTILE[8]], legal_form=HOSTILE[11])
    load(
        any_store, "gids", said, actor("net", "network"), tie("huis", "funds", "net", ref=HOSTILE[12], role=HOSTILE[10])
    )
    told = shown(any_store, "huis")
    assert [told[field] for field in ("name", "note", "place", "websites", "legal_form")] == [
        name,
        HOSTILE[4],
        HOSTILE[6],
        (HOSTILE[8],),
        HOSTILE[11],
    ]
    [one] = around(any_store, "huis").ties
    assert (one.ref, one.role) == (HOSTILE[12], HOSTILE[10])
    assert ties_of(any_store, "net", STAFF) == [("huis", "funds", "net", HOSTILE[12])]
