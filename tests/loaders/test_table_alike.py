"""What rows of a spreadsheet have in common is read once; each row says what it would say alone. All names are made up."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from graph.ledger import Ledger
from graph.reading import Fault, Row
from graph.records import ActorRecord, Record, TieRecord
from loaders.table_cells import Broken, Sheet
from loaders.table_header import find
from loaders.table_mapping import Mapping
from loaders.table_preview import shown
from loaders.table_rows import Table, items
from loaders.table_told import NOTES, REASONS

LISTED = {
    "actors": {
        "lid": {"kind": "organisation", "column": {"name": "Naam", "place": "Plaats", "mail": "Mail"}},
        "koepel": {"kind": "network", "column": {"name": "Koepel"}},
    },
    "ties": [
        {"from": "lid", "kind": "member_of", "to": "koepel"},
        {"from": "koepel", "kind": "part_of", "to": "cbs:GM0599"},
    ],
}
NAMES = [
    *(
        "Tuin 1",
        "Tuin 2",
        "  Tuin\u00a03 ",
        '"Tuin 4"',
        "x@y.example",
        "",
        "(particulier)",
        "Mw. B. Verzonnen",
        "Tuin\x075",
    ),
    *("T" * 501, "Gemeente Verzonnen", "Ελληνικός Κήπος", "Tuin &amp; Hof", "J. Verzonnen", "Tuin 6", "Tuin 7"),
]


def table(rows: Sequence[list[object]]) -> tuple[Table, Ledger]:
    cells = [["Naam", "Plaats", "Mail", "Koepel"], *rows]
    sheet = Sheet(Path("leden.xlsx"), "leden.xlsx", "Leden", lambda: iter(enumerate(cells, start=1)))
    mapping = Mapping.model_validate(LISTED)
    return Table(sheet, find(sheet, mapping.columns())[0], mapping, "source"), Ledger(REASONS, NOTES)


def told(record: Record) -> str:
    return record.model_dump_json(exclude={"id", "source", "target"})


@pytest.mark.parametrize("mail", ["", "info@tuin.example", "j.verzonnen@tuin.example", "geen"])
def test_names_beside_which_rows_say_the_same_are_read_as_if_each_stood_alone(tmp_path, mail):
    whole, ledger = table([[name, "Ede", mail, "Koepel"] for name in NAMES])
    found = list(items([whole], ledger))
    alone = list(shown(whole.sheet, whole.header, whole.mapping, 100))
    assert [item for item in found if isinstance(item, Fault)] == [fault for one in alone for fault in one.faults]
    assert sum(ledger.set_apart.values()) == sum(bool(one.apart) for one in alone)
    records = [item.record for item in found if isinstance(item, Row)]
    assert {told(record) for record in records} == {told(record) for one in alone for record in one.records}
    assert len({record.id for record in records if isinstance(record, ActorRecord)}) > len(NAMES) / 2 or mail == "geen"


def test_an_error_of_the_spreadsheet_is_no_text_that_reads_like_it():
    whole, ledger = table(
        [["Tuin 1", "#REF!", "", ""], ["Tuin 2", Broken("#REF!"), "", ""], ["Tuin 3", "#REF!", "", ""]]
    )
    found = list(items([whole], ledger))
    assert [(item.where.row, item.column) for item in found if isinstance(item, Fault)] == [(3, "Plaats")]
    assert [item.record.place for item in found if isinstance(item, Row)] == ["#REF!", "#REF!"]


def test_a_tie_that_says_nothing_of_its_own_is_told_once_for_each_two_that_it_is_between():
    rows = [[f"Tuin {i}", "Ede", "", f"Koepel {i % 2}"] for i in range(6)]
    whole, ledger = table([*rows, *rows])
    ties = [
        item.record for item in items([whole], ledger) if isinstance(item, Row) and isinstance(item.says, TieRecord)
    ]
    assert sorted((tie.source, tie.kind) for tie in ties) == sorted(
        [("koepel-0", "part_of"), ("koepel-1", "part_of"), *((f"tuin-{i}-ede", "member_of") for i in range(6))]
    )
    assert ledger.set_apart == {"doubled": 6}
