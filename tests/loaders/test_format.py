"""`docs/format.md` and the loader say the same."""

import re
from pathlib import Path

import pytest

from graph.fields import SCHEMES
from graph.records import DatasetRecord
from graph.vocabulary import FOLDER
from loaders.columns import NOT_READ, TABLES

TEXT = (Path(__file__).parents[2] / "docs" / "format.md").read_text(encoding="utf-8")


def rows_under(heading: str) -> dict[str, str]:
    """Return the rows of the tables under a heading by their first word."""
    part = TEXT.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return {match[1]: match[0] for match in re.finditer(r"^\| `(\w+)` \|.*$", part, re.MULTILINE)}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.file)
def test_each_column_is_documented_in_order_and_no_other(table):
    assert list(rows_under(table.file)) == list(table.columns)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.file)
def test_what_is_needed_is_documented_as_needed(table):
    needed = [name for name, row in rows_under(table.file).items() if "| needed |" in row]
    assert needed == [column.name for column in table.columns.values() if column.required]


def test_each_key_of_the_dataset_file_is_documented():
    assert list(rows_under("dataset.toml")) == list(DatasetRecord.model_fields)


@pytest.mark.parametrize("name", ["controlled.csv", "tie_kinds.csv", "help.csv", "themes.csv"])
def test_each_column_of_a_closed_list_is_documented_in_order_and_no_other(name):
    under = TEXT.split("\n## The closed lists\n")[1].split(f"\n`{name}` ")[1].split("\n\n")[1]
    header = (FOLDER / name).read_text(encoding="utf-8").splitlines()[0].split(",")
    assert re.findall(r"^\| `(\w+)` \|", under, re.MULTILINE) == header


@pytest.mark.parametrize("word", [*SCHEMES, *NOT_READ, *(table.file for table in TABLES)])
def test_is_documented(word):
    assert f"`{word}`" in TEXT or f"  {word} " in TEXT
