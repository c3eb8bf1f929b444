"""Looking at a spreadsheet before it is loaded: a proposed or saved mapping, and the first rows by it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.errors import Lang
from graph.reading import Where
from loaders import table, table_mapping
from loaders.table_files import opened
from loaders.table_guess import Guess
from loaders.table_header import Header, find
from loaders.table_preview import Shown, askless, shown
from loaders.table_proposal import Question, propose
from loaders.table_toml import written


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen: where the table stands, what each column means, what is open, the mapping, the first rows by it.

    `rows` is None if nobody can tell yet whom a row names.
    """

    where: Where
    columns: tuple[Guess, ...]
    questions: tuple[Question, ...]
    toml: str
    rows: tuple[Shown, ...] | None

    def as_json(self) -> dict[str, Any]:
        """Return it as data."""
        return {
            "file": self.where.file,
            "sheet": self.where.sheet,
            "headerRow": self.where.row,
            "columns": [
                {"column": one.column, "role": one.meaning.role, "field": one.meaning.field, "examples": one.examples}
                for one in self.columns
                if one.meaning
            ],
            "notUnderstood": [
                {"column": one.column, "why": {"nl": one.nl, "en": one.en}, "examples": one.examples}
                for one in self.columns
                if one.meaning is None
            ],
            "questions": [{"key": one.key, "nl": one.nl, "en": one.en} for one in self.questions],
            "mapping": self.toml,
            "rows": [_row(one) for one in self.rows or ()],
        }


def _row(one: Shown) -> dict[str, Any]:
    records = [
        {"record": type(it).__name__.removesuffix("Record").lower(), **it.model_dump(exclude_defaults=True)}
        for it in one.records
    ]
    return {
        "row": one.where.row,
        "records": records,
        "faults": [fault.text("en") for fault in one.faults],
        "apart": one.apart,
    }


def looked_at(file: Path, saved: Path | None, lang: Lang) -> Look:
    """Return what is seen of a file, by the mapping `saved` if there is one, else by a proposal.

    Raises:
        LoadError: The file or the mapping cannot be read, or there is no table; the message tells all.
    """
    sheets = opened([file])
    if saved:
        mapping = table_mapping.read(saved)
        table.reading([file], mapping)  # tells of columns and sheets that are not there
        found = [(sheet, *find(sheet, mapping.columns())) for sheet in sheets]
        sheet, header, _ = max(found, key=lambda one: one[2])
        kept = header or Header(1, ())
        where = Where(sheet.file, kept.row, sheet.name)
        return Look(where, (), (), saved.read_text(encoding="utf-8-sig"), tuple(shown(sheet, kept, mapping)))
    proposal = propose(sheets)
    where = Where(proposal.sheet.file, proposal.header.row, proposal.sheet.name)
    toml = written(proposal.mapping, file.name, lang)
    rows = None
    if proposal.mapping.get("actors"):
        mapping = askless(table_mapping.Mapping.model_validate(proposal.mapping))
        rows = tuple(shown(proposal.sheet, proposal.header, mapping))
    return Look(where, tuple(proposal.guesses), tuple(proposal.questions), toml, rows)
