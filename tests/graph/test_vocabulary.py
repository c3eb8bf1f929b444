import shutil

import pytest

from graph import vocabulary as module
from graph.errors import LoadError
from graph.vocabulary import FOLDER, LISTS, load, vocabulary

LISTED = vocabulary()


def test_every_list_is_there_with_labels_in_both_languages():
    assert set(LISTED.words) == set(LISTS)
    every = [*LISTED.tie_kinds.values(), *LISTED.helps.values(), *LISTED.themes.values()]
    every += [word for words in LISTED.words.values() for word in words.values()]
    assert all(word.label("nl") and word.label("en") for word in every)
    assert all(kind.inverse("nl") and kind.inverse("en") for kind in LISTED.tie_kinds.values())


def test_no_two_kinds_of_ties_are_called_alike_from_one_side():
    for lang in ("nl", "en"):
        told = [(kind.label(lang), kind.id) for kind in LISTED.tie_kinds.values()]
        told += [(kind.inverse(lang), kind.id) for kind in LISTED.tie_kinds.values() if not kind.symmetric]
        assert len({label for label, _ in told}) == len(told)


def test_there_are_three_tops_of_help():
    assert [topic.id for topic in LISTED.helps.values() if not topic.broader] == ["kennis", "geld", "netwerk"]


def test_a_general_help_covers_its_kinds_and_not_the_other_way():
    assert LISTED.covers("geld", "geld.lening")
    assert LISTED.covers("geld.lening", "geld.lening")
    assert not LISTED.covers("geld.lening", "geld")
    assert not LISTED.covers("gel", "geld")


def test_the_same_town_is_no_contact():
    assert {kind.id for kind in LISTED.tie_kinds.values() if not kind.contact} >= {"located_in", "cited_by"}


def test_a_theme_finds_those_under_it():
    above = next(theme.broader for theme in LISTED.themes.values() if theme.broader)
    assert len(LISTED.narrower(above)) > 1
    assert LISTED.narrower(above)[0] == above


@pytest.fixture
def copy(tmp_path):
    return shutil.copytree(FOLDER, tmp_path / "vocabulary")


@pytest.mark.parametrize(
    ("file", "old", "new", "what"),
    [
        (
            "controlled.csv",
            "kind,initiative",
            "kinds,initiative",
            "regel 2, kolom 'list': 'kinds' kennen we niet (wel: ",
        ),
        ("controlled.csv", "kind,network", "kind,initiative", "regel 3, kolom 'value': 'initiative' staat er al."),
        ("controlled.csv", ",1.0,", ",2,", "kolom 'factor': '2' is geen getal van 0 tot en met 1."),
        ("controlled.csv", "venue,,no", "venue,,nee", "kolom 'connects': 'nee' is geen yes of no."),
        ("controlled.csv", "label_nl", "label", "regel 1, kolom 'label_nl': de kolom ontbreekt."),
        ("help.csv", "kennis.coaching,", "kennis.advies,", "kolom 'id': 'kennis.advies' staat er al."),
        ("help.csv", "kennis.coaching,", "kenis.coaching,", "kolom 'id': 'kenis' moet erboven staan."),
        ("themes.csv", ",zorg-welzijn,", ",zorg,", "regel 3, kolom 'broader': 'zorg' moet erboven staan."),
        (
            "themes.csv",
            "eenzaamheid,zorg-welzijn,",
            "eenzaamheid,informele-zorg,",
            "regel 4, kolom 'broader': 'informele-zorg' valt zelf al onder 'zorg-welzijn'.",
        ),
        ("themes.csv", "broader", "above", "regel 1, kolom 'broader': de kolom ontbreekt."),
        ("tie_kinds.csv", "works_at,", "part_of,", "kolom 'id': 'part_of' staat er al."),
        ("tie_kinds.csv", "geld.lening", "geld.leening", "kolom 'gives': de hulp 'geld.leening' is er niet."),
        ("provinces.csv", "PV21", "PV20", "kolom 'code': 'PV20' staat er al."),
    ],
)
def test_a_wrong_line_is_told_with_file_line_and_column(copy, file, old, new, what):
    text = (copy / file).read_text(encoding="utf-8")
    assert old in text
    (copy / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(LoadError) as caught:
        load(copy)
    assert file in caught.value.nl
    assert what in caught.value.nl


def test_a_list_without_words_is_an_error(copy):
    lines = (copy / "controlled.csv").read_text(encoding="utf-8").splitlines()
    kept = "\n".join(line for line in lines if not line.startswith("audience,"))
    (copy / "controlled.csv").write_text(kept, encoding="utf-8")
    with pytest.raises(LoadError, match="the list 'audience' is empty"):
        load(copy)


def test_a_missing_file_is_an_error(copy):
    (copy / "themes.csv").unlink()
    with pytest.raises(LoadError, match="cannot be read"):
        load(copy)


def test_the_digest_changes_with_what_is_folded_by_it_and_not_with_a_label(copy):
    path = copy / "tie_kinds.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("maakt deel uit van", "is onderdeel van"), encoding="utf-8")
    assert load(copy).digest == module.load().digest
    path.write_text(text.replace(",0.95,", ",0.94,"), encoding="utf-8")
    assert load(copy).digest != module.load().digest
