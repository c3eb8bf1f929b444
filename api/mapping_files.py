"""Looking at a spreadsheet before it is loaded: a proposed or saved mapping, and the first rows by it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.errors import Lang
from graph.reading import Where
from loaders import table, table_mapping_file
from loaders.table_cells import Sheet
from loaders.table_files import opened
from loaders.table_guess import Guess
from loaders.table_header import Header, find
from loaders.table_mapping import Mapping
from loaders.table_preview import Shown, askless, shown
from loaders.table_proposal import as_one, proposals
from loaders.table_questions import Proposal, Question
from loaders.table_toml import written


@dataclass(frozen=True, slots=True)
class Seen:
    """A table that was seen: where it stands, what each column means, what is open, the first rows.

    `rows` is None if nobody can tell yet whom a row names.
    """

    where: Where
    columns: tuple[Guess, ...]
    questions: tuple[Question, ...]
    rows: tuple[Shown, ...] | None

    @property
    def unread(self) -> list[Guess]:
        """The columns that one sees and that are not read."""
        return [one for one in self.columns if one.meaning is None and not one.hidden]

    @property
    def hidden(self) -> list[str]:
        """The names of the columns that are hidden in the file, and so not read."""
        return [one.column for one in self.columns if one.hidden]

    def as_json(self) -> dict[str, Any]:
        """Return it as data."""
        return {
            "sheet": self.where.sheet,
            "headerRow": self.where.row,
            "columns": [
                {"column": one.column, "role": one.meaning.role, "field": one.meaning.field, "examples": one.examples}
                for one in self.columns
                if one.meaning
            ],
            "notUnderstood": [
                {"column": one.column, "why": {"nl": one.nl, "en": one.en}, "examples": one.examples}
                for one in self.unread
            ],
            "hidden": self.hidden,
            "questions": [{"key": one.key, "nl": one.nl, "en": one.en} for one in self.questions],
            "rows": [_row(one) for one in self.rows or ()],
        }


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen of a file: its tables, the names of sheets that are not read, and the mapping."""

    file: str
    tables: tuple[Seen, ...]
    unread: tuple[str, ...]
    toml: str

    @property
    def questions(self) -> list[Question]:
        """What is to be chosen, of all tables."""
        return [question for one in self.tables for question in one.questions]

    @property
    def ready(self) -> bool:
        """Whether it can be tried: nothing is left to choose."""
        return not self.questions and all(one.rows is not None for one in self.tables)

    def as_json(self) -> dict[str, Any]:
        """Return it as data."""
        tables = [one.as_json() for one in self.tables]
        return {"file": self.file, "tables": tables, "sheetsNotRead": self.unread, "mapping": self.toml}


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
        mappings = table_mapping_file.read(saved)
        read = table.reading(sheets, mappings).tables  # tells of columns and sheets that are not there
        seen = tuple(_by(mapping, sheets) for mapping in mappings)
        toml = saved.read_text(encoding="utf-8-sig")
        return Look(file.name, seen, _others(sheets, (sheet for _, sheet in read)), toml)
    proposed = proposals(sheets)
    mapping = as_one(proposed)
    read_by = (name for proposal in proposed for name in proposal.sheets)
    unread = _others(sheets, read_by)
    return Look(file.name, tuple(map(_of, proposed)), unread, written(mapping, file.name, lang))


def _by(mapping: Mapping, sheets: Sequence[Sheet]) -> Seen:
    """Return what is seen by a mapping, on the sheet that has most of its columns."""
    found = [(sheet, *find(sheet, mapping.columns())) for sheet in table.meant_sheets(mapping, sheets)]
    sheet, header, _ = max(found, key=lambda one: one[2])
    kept = header or Header(1, ())
    return Seen(Where(sheet.file, kept.row, sheet.name), (), (), tuple(shown(sheet, kept, mapping)))


def _of(proposal: Proposal) -> Seen:
    """Return what is seen by a proposal."""
    where = Where(proposal.sheet.file, proposal.header.row, proposal.sheet.name)
    rows = None
    if proposal.mapping.get("actors"):
        mapping = askless(Mapping.model_validate(proposal.mapping))
        rows = tuple(shown(proposal.sheet, proposal.header, mapping))
    return Seen(where, tuple(proposal.guesses), tuple(proposal.questions), rows)


def _others(sheets: Sequence[Sheet], read: Iterable[str]) -> tuple[str, ...]:
    """Return the names of the sheets that are not read."""
    there = set(read)
    return tuple(sheet.name for sheet in sheets if sheet.name and sheet.name not in there)
