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
        ("controlled.csv", "kind,initiative", "kinds,initiative", "line 2, column 'list': 'kinds' is not one of"),
        (
            "controlled.csv",
            "kind,network",
            "kind,initiative",
            "line 3, column 'value': 'initiative' stands there twice",
        ),
        ("controlled.csv", ",1.0,", ",2,", "column 'factor': '2' is not a number from 0 to 1"),
        ("controlled.csv", "venue,,no", "venue,,nee", "column 'connects': 'nee' is not yes or no"),
        ("controlled.csv", "label_nl", "label", "line 1, column 'label_nl': the column is missing"),
        ("help.csv", "kennis.coaching,", "kennis.advies,", "'kennis.advies' stands there twice"),
        ("tie_kinds.csv", "works_at,", "part_of,", "column 'id': 'part_of' stands there twice"),
        ("provinces.csv", "PV21", "PV20", "column 'code': 'PV20' stands there twice"),
        ("tie_kinds.csv", "geld.lening", "geld.leening", "column 'gives': there is no help 'geld.leening'"),
    ],
)
def test_a_wrong_line_is_told_with_file_line_and_column(copy, file, old, new, what):
    text = (copy / file).read_text(encoding="utf-8")
    assert old in text
    (copy / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(LoadError) as caught:
        load(copy)
    assert file in str(caught.value)
    assert what in str(caught.value)


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
