"""A person who is suppressed is erased from every record and every byte, stays out of later loads, and may come back."""

import pytest
from saying import (
    STAFF,
    actor,
    around,
    everything,
    figure,
    ids,
    load,
    offer,
    person,
    revision,
    shown,
    tie,
    ties_of,
)

from graph.errors import BadInputError, GoneError, MovedError, NotFoundError
from graph.ingest import Policy, judge, refold, remove, suppress, take_back
from graph.model import Dataset, Viewer
from graph.store import Store
from graph.view import open_view

NAME, FIRST, LOCAL, HOME = "Zebedea Qwixverzonnen", "Zebedea", "zebedea-qwixverzonnen", "https://example.org/~zebedea"
HERSELF = person(
    LOCAL,
    NAME,
    aliases=["Zeb Qwixverzonnen"],
    identifiers=[f"sameAs:{HOME}", "wikidata:Q987654"],
    place="Gouda",
    websites=["zebedea.example.org"],
    note="Zebedea houdt van verzonnen tuinen",
)
NAMESAKE = person("bob", "Zebulon Qwixverzonnenberg")
OTHERS = (actor("huis", name="Verzonnen Zeebuurthuis"), actor("tuin"), NAMESAKE, person("cas", "Casper Verzonnen"))
RECORDS = (
    HERSELF,
    *OTHERS,
    tie(LOCAL, "works_at", "huis", role="directeur Zebedea"),
    tie("bob", "works_at", "huis"),
    tie("huis", "partner_of", "tuin"),
    offer(LOCAL, note="bel Zebedea"),
    figure(LOCAL, "boeken van Zebedea"),
)
WORDS = ("zebedea", "qwix", "q987654", "zeb qw")


def words_in(held: bytes) -> list[str]:
    """Return the words of the person that stand somewhere in these bytes, however they are written."""
    plain = held.lower()
    wide = plain.replace(b"\0", b"")
    return [word for word in WORDS if word.encode() in plain or word.encode() in wide]


def namesakes_only(held: bytes) -> bytes:
    """Return these bytes without the name that is like hers, in any form that it is kept in."""
    plain = held.lower()
    for name in ("zebulon qwixverzonnenberg", "qwixverzonnenberg"):
        plain = plain.replace(name.encode(), b"")
    return plain


def dataset(store: Store, name: str, viewer: Viewer = STAFF) -> Dataset:
    """Return a dataset as a viewer sees it."""
    with open_view(store, viewer) as view:
        return next(one for one in view.datasets() if one.name == name)


def unknown(store: Store, actor_id: str) -> bool:
    """Return whether nobody is told anything of an id, not even that it was there."""
    for viewer in Viewer:
        with pytest.raises(NotFoundError) as error:
            shown(store, actor_id, viewer)
        if isinstance(error.value, GoneError | MovedError):
            return False
    return True


# -- erased


def test_nothing_of_a_suppressed_person_is_left_in_the_store_s_bytes(any_store, holdings):
    load(any_store, "gids", *RECORDS, speaker=LOCAL)
    load(any_store, "krant", actor("krant"), tie("krant", "interviewed", f"sameAs:{HOME}", note="over Zebedea"))
    load(any_store, "intern", person(LOCAL, NAME, identifiers=["wikidata:Q987654"]), audience="staff")
    judge(any_store, "different", "p-1", "p-2", "desk", "Zebedea is een ander")
    assert words_in(holdings()) == list(WORDS)
    suppress(any_store, "p-1", "desk", "op verzoek")
    assert words_in(namesakes_only(holdings())) == []
    load(any_store, "gids", *RECORDS, speaker=LOCAL)
    load(any_store, "gids", *RECORDS[1:5], HERSELF, speaker=LOCAL)
    assert words_in(namesakes_only(holdings())) == []
    assert any_store.check() == []


def test_what_was_judged_of_her_goes_too(any_store):
    load(any_store, "gids", *RECORDS)
    judge(any_store, "different", "p-1", "p-2", "desk", "Zebedea is een ander")
    judge(any_store, "unknown", "p-2", "p-3", "desk", "onduidelijk")
    suppress(any_store, "p-1", "desk", "op verzoek")
    with any_store.snapshot() as snapshot:
        assert [judged.why for judged in snapshot.judgements()] == ["onduidelijk", "op verzoek"]


def test_nor_is_it_while_the_store_is_open_elsewhere_or_read_afterwards(any_store, place, holdings):
    load(any_store, "gids", *RECORDS)
    with place.open() as other:
        everything(other, STAFF)
        suppress(any_store, "p-1", "desk")
        assert words_in(namesakes_only(holdings())) == []
        assert everything(other, STAFF) == everything(any_store, STAFF)
    assert words_in(namesakes_only(holdings())) == []


def test_nobody_is_told_that_there_was_such_a_person(any_store):
    load(any_store, "gids", *RECORDS)
    before = around(any_store, "huis").centre.contacts
    suppress(any_store, "p-1", "desk")
    assert unknown(any_store, "p-1")
    for word in (FIRST, "Zeb Qwix", "Qwixverzonnen Zeb"):
        assert "p-1" not in ids(any_store, STAFF, text=word)
    assert around(any_store, "huis").centre.contacts == before - 1
    assert [source for source, *_ in ties_of(any_store, "huis")] == ["huis", "p-2"]
    assert dict(dataset(any_store, "gids").counts) == {"actors": 4, "ties": 2, "offers": 0, "figures": 0, "waiting": 0}
    assert not refold(any_store)


def test_other_persons_are_untouched_also_those_who_share_a_word(any_store):
    load(any_store, "gids", *RECORDS)
    before = {id: shown(any_store, id) for id in ("p-2", "p-3", "huis")}
    assert ids(any_store, text="qwixverzonnen") == ["p-1", "p-2"]
    suppress(any_store, "p-1", "desk")
    assert {id: shown(any_store, id) for id in before} == before
    for text in ("qwixverzonnen", "zeb", "zebulon qw", "ze"):
        assert "p-2" in ids(any_store, text=text)
        assert "p-1" not in ids(any_store, STAFF, text=text)
    assert ids(any_store, text="verzonnen zeebuurthuis") == ["huis"]


def test_every_record_of_one_person_goes_whoever_says_it_and_whoever_may_see_it(any_store):
    load(any_store, "gids", *RECORDS)
    load(any_store, "krant", person("z", "Z. Qwixverzonnen", identifiers=["wikidata:Q987654"]), offer("z", "needs"))
    load(any_store, "intern", person("q", "Zebedea Q.", identifiers=[f"sameAs:{HOME}"]), audience="staff")
    load(any_store, "los", person("zq", "Zebedea zonder nummer"))
    judge(any_store, "same", "p-1", "p-5", "desk")
    suppress(any_store, "p-4", "desk")
    assert [unknown(any_store, id) for id in ("p-1", "p-4", "p-5")] == [True] * 3
    assert set(ids(any_store, STAFF)) == {"huis", "tuin", "p-2", "p-3"}
    assert all(not sum(dataset(any_store, name).counts.values()) for name in ("krant", "intern", "los"))


# -- kept out


def test_who_was_judged_the_same_stays_out_too_though_those_records_were_away(any_store):
    other, third = person("z", "Zeb Q."), person("y", "Zebedea Q.")
    load(any_store, "gids", *RECORDS)
    load(any_store, "krant", other)
    load(any_store, "blad", third, person("los", "Verzonnen Ander"))
    judge(any_store, "same", "p-1", "p-4", "desk")
    judge(any_store, "same", "p-4", "p-5", "desk")
    judge(any_store, "different", "p-4", "p-6", "desk")
    remove(any_store, "krant")
    remove(any_store, "blad")
    suppress(any_store, "p-1", "desk")
    assert load(any_store, "krant", other).rejected == 0
    load(any_store, "blad", third, person("los", "Verzonnen Ander"))
    assert set(ids(any_store, STAFF)) == {"huis", "tuin", "p-2", "p-3", "p-6"}
    take_back(any_store, "suppress", "p-5")
    load(any_store, "krant", other)
    assert shown(any_store, "p-7")["name"] == "Zeb Q."


def test_her_rows_are_set_apart_at_every_later_load(any_store):
    load(any_store, "gids", *RECORDS)
    suppress(any_store, "p-1", "desk")
    before = [everything(any_store, viewer) for viewer in Viewer]
    for policy in (Policy(dry_run=True), Policy(), Policy()):
        report = load(any_store, "gids", *RECORDS, policy=policy)
        assert (report.rows, report.accepted, report.set_apart, report.rejected) == (10, 6, 4, 0)
        assert not report.changed
    assert [everything(any_store, viewer) for viewer in Viewer] == before
    remove(any_store, "gids")
    assert load(any_store, "gids", *RECORDS).set_apart == 4
    assert unknown(any_store, "p-1")


@pytest.mark.parametrize("end", ["id:p-1", f"sameAs:{HOME}", "wikidata:Q987654"])
def test_rows_of_others_that_name_her_are_set_apart_however_they_do(any_store, holdings, end):
    load(any_store, "gids", *RECORDS)
    suppress(any_store, "p-1", "desk")
    said = (
        actor("krant"),
        tie("krant", "interviewed", end),
        offer(end),
        figure(end),
        tie("krant", "supports", "id:huis"),
    )
    report = load(any_store, "krant", *said, speaker=end)
    assert (report.accepted, report.set_apart, report.waiting) == (2, 3, 0)
    assert dataset(any_store, "krant").speaker == ""
    assert words_in(namesakes_only(holdings())) == []


def test_another_record_with_her_identifier_is_hers(any_store):
    load(any_store, "gids", *RECORDS)
    suppress(any_store, "p-1", "desk")
    report = load(any_store, "krant", person("z", "Z. Q.", identifiers=["wikidata:Q987654"]), offer("z"))
    assert (report.accepted, report.set_apart) == (0, 2)
    assert load(any_store, "blad", person(LOCAL, "Een ander met die id"), offer(LOCAL)).set_apart == 0


def test_an_identifier_that_another_has_too_keeps_the_other_in(any_store):
    records = (person("ada", identifiers=["kvk:11111111"]), actor("zaak", "organisation", identifiers=["kvk:11111111"]))
    load(any_store, "gids", records[0])
    load(any_store, "handel", records[1])
    judge(any_store, "different", "p-1", "zaak", "desk")
    suppress(any_store, "p-1", "desk")
    assert ids(any_store) == ["zaak"]
    assert load(any_store, "handel", records[1]).set_apart == 0
    assert load(any_store, "gids", records[0]).set_apart == 1


def test_a_person_whose_dataset_was_removed_can_be_suppressed(any_store, holdings):
    load(any_store, "gids", *RECORDS)
    load(any_store, "krant", actor("krant"))
    remove(any_store, "gids")
    suppress(any_store, "p-1", "desk")
    assert words_in(namesakes_only(holdings())) == []
    assert load(any_store, "gids", *RECORDS).set_apart == 4


# -- taken back


def test_taken_back_she_returns_with_the_next_load_under_a_new_id(any_store):
    load(any_store, "gids", *RECORDS)
    suppress(any_store, "p-1", "desk")
    take_back(any_store, "suppress", "p-1")
    assert ids(any_store, text="zebedea") == []
    assert load(any_store, "gids", *RECORDS).set_apart == 0
    assert ids(any_store, text="zebedea") == ["p-4"]
    assert unknown(any_store, "p-1")
    assert ties_of(any_store, "p-4") == [("p-4", "works_at", "huis", "")]
    assert load(any_store, "krant", actor("krant"), tie("krant", "interviewed", f"sameAs:{HOME}")).waiting == 0
    suppress(any_store, "p-4", "desk")
    assert load(any_store, "gids", *RECORDS).set_apart == 4


def test_one_suppression_of_several_records_is_taken_back_by_any_of_their_ids(any_store):
    load(any_store, "gids", *RECORDS)
    load(any_store, "krant", person("z", "Z. Qwixverzonnen", identifiers=["wikidata:Q987654"]))
    suppress(any_store, "p-1", "desk")
    take_back(any_store, "suppress", "p-4")
    assert load(any_store, "gids", *RECORDS).set_apart == 0
    with pytest.raises(NotFoundError, match="no judgement 'suppress'"):
        take_back(any_store, "suppress", "p-1")


@pytest.mark.parametrize(
    ("one", "error", "said"),
    [("huis", BadInputError, "is no person"), ("p-99", NotFoundError, "'p-99'"), ("p-1", NotFoundError, "'p-1'")],
)
def test_what_cannot_be_suppressed_is_told_and_changes_nothing(any_store, one, error, said):
    load(any_store, "gids", *RECORDS)
    suppress(any_store, "p-1", "desk")
    before = revision(any_store)
    with pytest.raises(error, match=said):
        suppress(any_store, one, "desk")
    assert revision(any_store) == before


def test_a_suppressed_person_is_nobody_to_judge(any_store):
    load(any_store, "gids", *RECORDS)
    suppress(any_store, "p-1", "desk")
    with pytest.raises(NotFoundError, match="'p-1'"):
        judge(any_store, "same", "p-1", "p-2", "desk")
