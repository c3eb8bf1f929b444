"""ODS as programs write it: sheets filled up with empty cells are read, and those with a million times one value are not."""

from pathlib import Path

import pytest
from books import edited, ods

from graph.errors import LoadError
from loaders.table_files import opened

ROWS = [["Naam", "Plaats"], ["Tuin", "Ede"], ["Plein", "Ede"]]


def changed(folder: Path, old: str, new: str) -> Path:
    return edited(ods(folder / "leden.ods", {"Leden": ROWS}), lambda content: content.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("</table:table-row>", '<table:table-cell table:number-columns-repeated="16382"/></table:table-row>'),
        ('Leden">', 'Leden"><table:table-column table:number-columns-repeated="16384"/>'),
        (
            "</table:table>",
            '<table:table-row table:number-rows-repeated="1048572"><table:table-cell/></table:table-row></table:table>',
        ),
    ],
    ids=["cells behind a row", "columns", "rows below"],
)
def test_a_sheet_that_is_filled_up_with_empty_cells_is_read(tmp_path, old, new):
    [sheet] = opened([changed(tmp_path, old, new)])
    assert [cells[:2] for _, cells in sheet.read()][:3] == ROWS


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<table:table-cell ", '<table:table-cell table:number-columns-repeated="16382" '),
        ("<table:table-row>", '<table:table-row table:number-rows-repeated="1000000">'),
        ("<table:table-row>", '<table:table-row table:number-rows-repeated="1000000"><table:table-cell/>'),
    ],
    ids=["a cell", "a row", "a row that begins with an empty cell"],
)
def test_a_value_that_is_repeated_ten_thousands_of_times_is_not_opened(tmp_path, old, new):
    with pytest.raises(LoadError, match="we do not open that"):
        opened([changed(tmp_path, old, new)])
