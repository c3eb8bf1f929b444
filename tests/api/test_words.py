"""What pages and messages say: all that is said is there, in both languages, and nothing else."""

import csv
import re

import pytest
from door import ROOT

from api.words import WORDS, say
from graph.records import ActorRecord

TEMPLATES = ROOT / "api" / "templates"


def templates() -> str:
    return "".join(path.read_text(encoding="utf-8") for path in TEMPLATES.glob("*.html"))


def test_every_word_is_used_and_every_word_used_is_there() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "api").rglob("*.py"))
    used = set(re.findall(r'"([a-z_0-9]+)"', templates() + code)) | set(re.findall(r"'([a-z_0-9]+)'", templates()))
    made = (
        "field_",
        "many_",
        "stance_",
        "depth_",
        "count_",
        "located_",
        "problem_",
        "error_where_",
        "fault_",
        "reach_",
        "export_",
        "verdict_",
        "judged_",
    )
    assert [key for key in WORDS if key.removesuffix("_one") not in used and not key.startswith(made)] == []
    said = set(re.findall(r"""say\(["']([a-z_0-9]+)["']""", templates()))
    assert [key for key in said if key not in WORDS and key not in made] == []


def test_no_word_is_there_twice() -> None:
    with (ROOT / "api" / "words.csv").open(encoding="utf-8", newline="") as file:
        keys = [row["key"] for row in csv.DictReader(file)]
    assert sorted(keys) == sorted(WORDS)


def test_every_field_of_an_actor_has_its_word() -> None:
    fields = set(ActorRecord.model_fields) - {"id", "cites", "locator"}
    assert {f"field_{name}" for name in fields} == {key for key in WORDS if key.startswith("field_")}


@pytest.mark.parametrize("key", WORDS)
def test_both_languages_fill_in_the_same(key: str) -> None:
    dutch, english = (set(re.findall(r"{(\w+)}", words)) for words in WORDS[key])
    assert dutch == english
    assert all(WORDS[key])


def test_of_one_is_said_so() -> None:
    for key in WORDS:
        if key.endswith("_one"):
            assert key.removesuffix("_one") in WORDS, f"{key} is of no other words"
    assert say("nl", "count_actors", count="1") == "1 actor"
    assert say("en", "more_ties_cut", count=1) == "1 tie between these actors is not shown here."
    assert say("nl", "count_actors", count=2) == "2 actoren"
