"""Proposals of duplicates: found with reasons, held apart when judged, never of persons. All names are made up."""

import itertools

import pytest

from graph.errors import BadInputError
from graph.ingest import judge, replace, take_back
from graph.likeness_of_names import Weights, likeness
from graph.model import Card, Count, Viewer
from graph.questions.duplicates import duplicates
from graph.questions.pairing import LEAST, RARE, alike, compared, reasons
from graph.reading import Row, Where
from graph.records import ActorRecord, DatasetRecord
from graph.text import fold
from graph.view import open_view
from graph.words_of_names import spellings, words_of


def load(store, *rows, dataset="made-up", audience="public"):
    """Load actors, given by name and other fields."""
    records = (
        ActorRecord(**{"id": f"a{n}", "kind": "initiative", "name": name, **fields})
        for n, (name, fields) in enumerate(rows)
    )
    replace(store, DatasetRecord(name=dataset, audience=audience), (Row(one, Where("x", 1)) for one in records), "test")


def proposed(store, viewer=Viewer.STAFF, **options):
    with open_view(store, viewer) as view:
        return duplicates(view, **options).pairs


def names(store, **options):
    return [{pair.one.name, pair.other.name} for pair in proposed(store, **options)]


CROWD = [(f"{a} {b}", {}) for a in ("Groene", "Blauwe", "Vrije") for b in ("Weide", "Molen", "Haven", "Dijk")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Stichting Kwetternest", "Kwetternest (stichting)"),
        ("Buurthuis Kwetternest", "Buurt huis Kwetternest"),
        ("Buurthuis Kwetternest", "Buurthuis Kweternest"),
        ("Het Kwetternest", "Kwetternest"),
        ("Vereniging Kwetternest Zuid", "Ver. Kwetternest Zuid"),
        ("Kwetterend Avontuurlijk Nest (KAN)", "Kwetterend Avontuurlijk Nest"),
        ("KAN", "Kwetterend Avontuurlijk Nest (KAN)"),
        ("Kwetterend Avontuurlijk Nestelgebied", "Kwetterend Avontuurlijk Nes"),
        ("Sint Kwetternest", "St. Kwetternest"),
        ("Kwetternest Hogeschool", "Kwetternest Hogescholen"),
        ("Ned. Ver. van Kwetteraars", "Nederlandse Vereniging van Kwetteraars"),
        ("Kwetterschool", "Rk Kwettersch"),
        ("Kwetterhuis", "Kwetterhuis Ede"),
        ("Kwetterend Avontuur Nest", "Kwetterend Avontuur Nest en Omgeving"),
        ("Arbeids Kwetterdag Weide", "Arbeidskwetterdag Weide"),
        ("O.B.S. De Kwetter", "Obs De Kwetter"),
        ("Kwetterdam Mc", "Kwetterdam Medisch Centrum"),
        ("Waterschap De Kwetter", "De Kwetter"),
        ("Kwetterdam (NH.)", "Kwetterdam"),
        ("Gemeentebestuur van Kwetterdam", "Kwetterdam"),
        ("Gemeentelijke Kwetterdienst (GKD) Weide", "GKD Weide"),
        ("Gemeentelijke Kwetterdienst Weide (GKD)", "GKD Weide"),
        ("Kwetternest t.a.v. Team Zwaluw", "Kwetternest"),
        ("Kwetternest (voorheen Zuid)", "Kwetternest Zuid"),
        ("Kwetterdienst Weide (voorheen Kwetterraad Molen)", "Kwetterdienst Weide"),
        ("Kwetternest (1)", "Kwetternest"),
        ("Coöperatie Kwetter Nest U.A.", "Kwetter Nest"),
        ("CoÃ¶peratie Kwetternest Zuid", "Coöperatie Kwetternest Zuid"),
        ("SÃ»d-Kwetternest", "Sûd-Kwetternest"),
        ("Kwetter University of Applied Sciences", "Hogeschool Kwetter"),
        ("Kwetter College", "Kwetter"),
        ("Kwetter Hogescholen", "Kwetter"),
        ("Hogeschool - Stichting Kwetter Nest", "Stichting Kwetter Nest"),
    ],
)
def test_names_that_are_probably_one_are_proposed(store, one, other):
    load(store, (one, {}), (other, {}), *CROWD)
    assert names(store) == [{one, other}]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kwetternest Utrecht", "Kwetternest Groningen"),
        ("Kwetternest 1", "Kwetternest 2"),
        ("Stichting Kwetternest", "Vereniging Kwetternest"),
        ("Groene Kwetter", "Groene Zwaluw"),
        ("Kwetternest", "Fluiternest"),
        ("Kwetter", "Kwettel"),
        ("Speeltuin Ede", "Ede"),
        ("Kwetterend Avontuurlijk Nest Achter Duinen Weide", "Kwetterend Avontuurlijk Nest Achter Duinen Molen"),
        ("Basisschool De Kwetter", "Stichting De Kwetter"),
        ("Kwetterdam Holding", "Kwetterdam B.V."),
        ("Kwettermeer Instituut", "Kwettermeer Instituut Kolibrie"),
        ("Kwetterende Zwaluwen van", "Kwetterende Zwaluwen voor"),
        ("Kwetterend Onderzoek, Afdeling Zwaluw", "Kwetterend Onderzoek"),
        ("Kwetternest, Ned. vereniging voor zang", "Stichting Kwetternest"),
        ("Christelijke Basisschool Kwetter", "Christelijke Basisschool Kwetterboom"),
        ("Kwetternest (1)", "Kwetternest (2)"),
        ("Stichting Kwetternest", "Stichting Kwetternest Zang"),
    ],
)
def test_names_that_are_probably_two_are_not(store, one, other):
    load(store, (one, {}), (other, {}), *CROWD)
    assert names(store) == []


def test_a_name_that_many_sorts_bear_is_one_only_if_both_say_the_same(store):
    many = [(f"{sort} De Zwaluw", {}) for sort in ("Obs", "Rk Basisschool", "Kinderdagverblijf", "Waterschap")]
    load(store, ("De Zwaluw", {}), ("Zwaluw", {}), ("Stichting De Zwaluw", {}), *many)
    assert names(store, limit=100) == []
    load(store, ("De Zwaluw", {}), ("Openbare Basisschool De Zwaluw", {}), *many)
    assert names(store, limit=100) == [{"Obs De Zwaluw", "Openbare Basisschool De Zwaluw"}]


def test_surroundings_are_no_sort(store):
    many = [(f"{sort} Kwetterdam", {}) for sort in ("Obs", "Rk Basisschool", "Kinderdagverblijf")]
    load(store, ("Roc Kwetterdam", {}), ("Roc Kwetterdam e.o.", {}), *many)
    assert names(store) == [{"Roc Kwetterdam", "Roc Kwetterdam e.o."}]


def test_a_municipality_is_one_with_or_without_that_word_though_many_are_named_like_it(store):
    many = [(f"{sort} Kwetterdam", {}) for sort in ("Obs", "Rk Basisschool", "Kinderdagverblijf")]
    load(store, ("Kwetterdam", {"kind": "municipality"}), ("Gemeente Kwetterdam", {"kind": "organisation"}), *many)
    assert names(store) == [{"Kwetterdam", "Gemeente Kwetterdam"}]


def test_of_many_names_one_that_only_one_other_adds_to_may_be_cut_short_if_both_say_a_legal_form():
    def proposed(*names, others):
        crowd = [f"{a}{b} {c}" for a, b, c in itertools.product("bcdfghjklmnp", "aeiouy", "bcdfghjklmnpqr")][:others]
        cards = [Card(n, str(n), "organisation", name, fold(name)) for n, name in enumerate([*names, *crowd])]
        return any({one.n, other.n} == {0, 1} for score, one, other in alike(cards) if score >= LEAST)

    assert proposed("Stichting Kwetternest", "Stichting Kwetternest Zang", others=1_000)
    assert not proposed("Stichting Kwetternest", "Stichting Kwetternest Zang", others=900)
    assert not proposed("Stichting Kwetternest", "Kwetternest Zang", others=1_000)
    assert not proposed("Stichting Kwetternest", "Stichting Kwetternest Zang", "Kwetternest Dans", others=1_000)


def test_a_known_acronym_is_a_name_but_not_with_a_name_of_its_own(monkeypatch, store):
    monkeypatch.setattr("graph.words_of_names.acronyms", lambda: {"kvn": words_of("Kwetterend Vogelnest")})
    assert spellings("KVN Nederland") == [("kvn", "nederlands"), ("kwetterend", "vogelnest", "nederlands")]
    assert spellings("KVN Zang") == [("kvn", "zang")]
    load(store, ("KVN", {}), ("Stichting Kwetterend Vogelnest", {}), ("KVN Zang", {}), *CROWD)
    assert names(store) == [{"KVN", "Stichting Kwetterend Vogelnest"}]


def test_names_that_sound_alike_are_compared():
    assert [near for _, near in compared([[("kwazet",)], [("kwaset",)]], ["", ""])] == [[1], []]


def test_a_name_that_very_many_bear_is_one_where_two_or_three_bear_it_in_one_place(store):
    many = [("Dorpskwetter", {"place": f"Verzonnen{n}"}) for n in range(RARE + 10)]
    in_one_place = [("Dorpskwetter", {"place": "Verzonnen0"}), ("Stichting Dorpskwetter", {"place": "Verzonnen0"})]
    load(store, *many)
    load(store, *in_one_place[:1], dataset="ander")
    assert names(store) == [{"Dorpskwetter"}]
    load(store, *in_one_place, dataset="ander")
    assert len(names(store)) == 3
    load(store, *in_one_place, *in_one_place[:1], dataset="ander")
    assert not names(store), "what four in a town are called says nothing"
    load(store, ("Dorpskwetter", {"place": "Ede"}), ("Dorpskwetter", {"municipality": "GM0228"}), dataset="ander")
    assert names(store) == [{"Dorpskwetter"}], "a town and its municipality"


def test_a_legal_form_with_a_slip_of_the_pen_is_that_form(store):
    for one, other in (
        ("Stichting Kwetternest", "Stchting Kwetternest"),
        ("Kwetternest, stichting", "Kwetternest, sticht."),
        ("Vereniging Kwetternest", "Verenigng Kwetternest"),
    ):
        load(store, (one, {}), (other, {}), *CROWD)
        assert {one, other} in names(store), (one, other)
    load(store, ("Verenigd Kwetternest", {}), ("Vereniging Kwetternest", {}), *CROWD)
    assert spellings("Verenigd Kwetternest") == [("verenigd", "kwetternest")]


def test_a_village_of_the_same_municipality_says_nothing(store):
    def score(*fields):
        load(store, *[("Kwetternest Zuid", {**each}) for each in fields])
        return [pair.score for pair in proposed(store)]

    [unknown] = score({}, {})
    town = {"place": "Ede", "municipality": "GM0228"}
    assert score(town, {"place": "Otterlo", "municipality": "GM0228"}) == [unknown]
    assert score(town, {"place": "Ede"}) == score(town, town)
    assert score(town, {"place": "Epe"}) == []
    assert score(town, {"place": "Centrum, Ede"}) == score(town, town), "a district says its town"


def test_reasons_tell_how_names_differ(store):
    load(store, ("Chr. Bs De Kwetter", {}), ("Cbs De Kwetter", {}))
    assert [reason.en for reason in proposed(store)[0].reasons] == ["same name, shortened in another way"]
    load(store, ("Kwetterend Avontuurlijk Nest (KAN)", {}), ("KAN", {}))
    assert [reason.en for reason in proposed(store)[0].reasons] == ["same name, when it is written in full"]
    load(store, ("Kwetternest", {}), ("Kwetternest Groep", {}))
    assert [reason.nl for reason in proposed(store)[0].reasons] == ["de ene naam begint met de andere"]
    load(store, ("Kwetternest Zuid B.V.", {}), ("Kwetternest Zuid VOF", {}))
    assert proposed(store)[0].reasons[-1].nl == "andere rechtsvorm: bv en vof"


def test_place_website_and_identifiers_speak_for_and_against(store):
    near = {"place": "Ede"}
    load(store, ("Kwetternest", near), ("Stichting Kwetternest", near))
    [pair] = proposed(store)
    assert [reason.nl for reason in pair.reasons] == ["zelfde naam op rechtsvorm na", "zelfde plaats (Ede)"]
    load(store, ("Kwetternest", near), ("Stichting Kwetternest", {"place": "Epe"}))
    assert not proposed(store)
    load(
        store, ("Kwetternest", {"identifiers": ("kvk:12345678",)}), ("Kwetternest", {"identifiers": ("kvk:87654321",)})
    )
    assert not proposed(store)
    site = {"websites": ("https://www.kwetternest.example/",)}
    load(store, ("Kwetternest", site), ("Kwetternest", {"websites": ("kwetternest.example",)}))
    assert "same website (kwetternest.example)" in [reason.en for reason in proposed(store)[0].reasons]


@pytest.mark.parametrize(
    ("mine", "theirs", "register"),
    [
        ("org-id:NL-KVK-11111111", "org-id:NL-KVK-22222222", "kvk"),
        ("kvk:11111111", "org-id:NL-KVK-22222222", "kvk"),
        ("org-id:BE-BCE_KBO-0403170701", "org-id:BE-BCE_KBO-0403199702", "BE-BCE_KBO"),
        ("kvk:11111111", "org-id:NL-KVK-11111111", ""),
        ("org-id:NL-KVK-11111111", "org-id:BE-BCE_KBO-0403170701", ""),
        ("org-id:360G-verzonnen-1", "org-id:360G-verzonnen-2", ""),
    ],
)
def test_two_numbers_of_one_register_speak_against_however_they_are_written(store, mine, theirs, register):
    load(store, ("Kwetternest", {"identifiers": (mine,)}), ("Kwetternest", {"identifiers": (theirs,)}))
    assert bool(proposed(store)) == (not register)
    site = {"websites": ("kwetternest.example",), "place": "Ede"}
    load(store, ("Kwetternest", {"identifiers": (mine,)} | site), ("Kwetternest", {"identifiers": (theirs,)} | site))
    with open_view(store, Viewer.STAFF) as view:
        cards = sorted(view.every_card(), key=lambda card: card.n)
        told = [why.nl for why in reasons(*cards, view.marks(card.n for card in cards))]
    assert (f"ander kenmerk: {register}" in told) == bool(register)


def test_who_was_held_apart_from_one_of_its_number_has_no_other_number(store):
    number, other = {"identifiers": ("kvk:12345678",)}, {"identifiers": ("kvk:87654321",)}
    load(store, ("Kwetternest", number), ("Bloemenhof", other), ("Kwetternest", number))
    judge(store, "different", "a0", "a2", "x")
    judge(store, "same", "a0", "a1", "x")
    with open_view(store, Viewer.STAFF) as view:
        cards = sorted(view.every_card(), key=lambda card: card.n)
        told = reasons(*cards, view.marks(card.n for card in cards))
    assert [why.nl for why in told] == ["zelfde naam"]


def test_a_place_is_held_against_a_municipality(store):
    def score(place: str) -> list[float]:
        load(store, ("Stichting Kwetternest", {"municipality": "GM0228"}), ("Kwetternest", {"place": place}))
        return [pair.score for pair in proposed(store)]

    unknown = score("Nergenshuizen")
    assert score("Lunteren") == score("") == unknown, "a village in the same province may be in it"
    assert score("Ede")
    assert "zelfde plaats (Ede)" in [why.nl for why in proposed(store)[0].reasons]
    assert score("Rotterdam") == score("Gemeente Rotterdam") == score("Wijk, Rotterdam") == []
    load(store, ("Kwetternest", {"municipality": "GM0228"}), ("Stichting Kwetternest", {"municipality": "GM0228"}))
    assert "zelfde plaats (Ede (GM0228))" in [why.nl for why in proposed(store)[0].reasons]


def test_a_municipality_is_an_organisation_of_its_name_and_no_initiative_of_it(store):
    town = ("Gemeente Kwetterdam", {"kind": "municipality", "aliases": ("Kwetterdam",)})
    load(store, town, ("Kwetterdam", {"kind": "organisation"}))
    assert len(proposed(store)) == 1
    load(store, town, ("Kwetterdam", {"kind": "initiative"}), ("Stichting Kwetterdam", {"kind": "organisation"}))
    assert [{pair.one.kind, pair.other.kind} for pair in proposed(store)] == [{"initiative", "organisation"}]


def test_an_alias_counts_as_a_name(store):
    load(store, ("Kwetternest", {"aliases": ("Huis van de Wijk Zuid",)}), ("Huis van de Wijk Zuid", {}), *CROWD)
    assert names(store) == [{"Kwetternest", "Huis van de Wijk Zuid"}]


def test_persons_are_never_proposed(store):
    load(store, ("Bo Verzonnen", {"kind": "person"}), ("Bo Verzonnen", {"kind": "person"}))
    assert not proposed(store)


def test_a_judgement_settles_it_and_can_be_taken_back(store):
    load(store, ("Kwetternest", {}), ("Stichting Kwetternest", {}))
    [pair] = proposed(store)
    judge(store, "different", pair.one.id, pair.other.id, "redactie")
    assert not proposed(store)
    load(store, ("Kwetternest", {}), ("Stichting Kwetternest", {}), ("Nieuw", {}))
    assert not proposed(store)
    take_back(store, "different", pair.one.id, pair.other.id)
    assert len(proposed(store)) == 1
    judge(store, "same", pair.one.id, pair.other.id, "redactie")
    assert not proposed(store)


def test_the_public_is_proposed_nothing_of_what_is_for_staff(store):
    load(store, ("Kwetternest", {}))
    load(store, ("Stichting Kwetternest", {}), dataset="intern", audience="staff")
    assert len(proposed(store)) == 1
    assert not proposed(store, viewer=Viewer.PUBLIC)


def test_best_first_and_no_more_than_asked(store):
    load(
        store,
        ("Kwetternest Zuid", {}),
        ("Kweternest Zuid", {}),
        ("Bloemenhof", {}),
        ("Stichting Bloemenhof", {}),
        *CROWD,
    )
    assert [pair.score for pair in proposed(store)] == sorted((pair.score for pair in proposed(store)), reverse=True)
    assert names(store, limit=1) == [{"Bloemenhof", "Stichting Bloemenhof"}]
    with pytest.raises(BadInputError):
        proposed(store, limit=0)


def test_of_pairs_with_the_same_name_those_with_more_in_common_come_first(store):
    town, site = {"place": "Ede", "municipality": "GM0228"}, {"websites": ("zwaluwhof.example",)}
    load(
        store,
        ("Bloemenhof", {}),
        ("Bloemenhof", town),
        ("Kwetternest", town),
        ("Kwetternest", town),
        ("Zwaluwhof", town | site),
        ("Zwaluwhof", town | site),
        *CROWD,
    )
    assert names(store) == [{"Zwaluwhof"}, {"Kwetternest"}, {"Bloemenhof"}]
    assert [pair.score for pair in proposed(store)] == [1.0, 1.0, 1.0], "none is more than certain"
    with open_view(store, Viewer.STAFF) as view:
        first = duplicates(view, limit=1)
        rest = duplicates(view, limit=1, cursor=first.cursor)
        assert duplicates(view, limit=2).pairs == (*first.pairs, *rest.pairs), "a page goes on where one ended"


def test_where_more_are_found_than_are_kept_it_is_told_that_there_are_at_least_so_many(store, monkeypatch):
    pairs = [
        (f"{form}{name}", {}) for name in ("Bloemenhof", "Kwetternest", "Zwaluwtuin") for form in ("", "Stichting ")
    ]
    load(store, *pairs, *CROWD)
    with open_view(store, Viewer.STAFF) as view:
        assert duplicates(view, limit=1).more == Count(2)
        monkeypatch.setattr("graph.questions.duplicates.MOST", 2)
        assert duplicates(view, limit=1).more == Count(1, exact=False)


def test_names_that_share_a_common_word_alone_are_not_compared():
    def pairs(number):
        names = [
            [("welzijn", first + second)] for first, second in list(itertools.product("bcdfglmnrt", repeat=2))[:number]
        ]
        return sum(len(near) for _, near in compared(names, [""] * number))

    assert pairs(RARE) == RARE * (RARE - 1) / 2
    assert pairs(RARE + 1) == 0


def test_what_many_have_in_their_names_names_nobody(store):
    many = [(f"Buurthuis {chr(97 + n // 26)}{chr(97 + n % 26)}weide", {}) for n in range(70)]
    load(store, ("Buurthuis", {}), ("Stichting Buurt Huis", {}), *many)
    assert {"Buurthuis", "Stichting Buurt Huis"} not in names(store, limit=100)


def test_a_name_that_many_add_to_is_not_the_name_of_one_that_does(store):
    load(store, *[(f"Groot Kwetter Centrum {end}", {}) for end in ("Molen", "Zwaluw", "Dijkhof", "Weide", "Haven")])
    load(store, ("Groot Kwetter Centrum", {}), dataset="ander")
    assert not [pair for pair in names(store, limit=100) if "Groot Kwetter Centrum" in pair]


def test_likeness_is_the_same_both_ways():
    weights = Weights([("a", "b"), ("c",)])
    pairs = [("Groene Kwetter Zuid", "Kweter Groene"), ("Kwetterend Avontuur", "Kwetter"), ("X Y", "Y X Z")]
    for one, other in pairs:
        a, b = words_of(one), words_of(other)
        assert likeness(a, b, weights) == pytest.approx(likeness(b, a, weights))


def test_what_stands_in_brackets_is_a_name_only_if_it_is_an_acronym():
    assert spellings("Kwetternest (Zuid)") == [("kwetternest", "zuid")]
    assert ("kan",) in spellings("KAN - Kwetterend Avontuurlijk Nest")
