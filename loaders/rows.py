"""Rows of one table read into records, or their faults."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from pydantic import ValidationError

from graph.errors import BadInputError
from graph.reading import Fault, Row, Where, faults_of
from graph.records import ActorRecord, Record, SourceRecord
from loaders.columns import Column, Parse, Table
from loaders.links import Links, Problem
from loaders.sayings import Alike, is_plain, saying_of
from loaders.tables import File

STRETCH = 200  # rows; more would not stay near the processor


class Reader:
    """Reads the rows of one file: what it must know of each column is looked up once, as there may be millions."""

    def __init__(self, table: Table, file: File, parsers: Mapping[str, Parse], links: Links) -> None:
        """Prepare for the file's header; `parsers` replace those of the columns."""
        self._table, self._record, self._links = table, table.record, links
        self._file, self._width = file.name, len(file.header)
        columns = [table.columns[name] for name in file.header]
        self._fields = [column.field for column in columns]
        plan = [(c.field, parsers.get(c.field, c.parse), c.name) for c in columns]
        self._parsed = [(field, parse, name) for field, parse, name in plan if parse]
        self._naming: list[Column] = [column for column in columns if column.names]
        self._alike = Alike(self._record, self._fields)
        self._is_actor = self._record is ActorRecord
        self._keys: list[int] = []

    def rows(self, lines: Iterator[tuple[int, list[str]]]) -> Iterator[Row | Fault]:
        """Yield the record of each row, or all its faults; doubled ones are looked for a stretch at a time."""
        while stretch := list(islice(lines, STRETCH)):
            self._keys = []
            read = [self.row(line, cells) for line, cells in stretch]
            right = [row for row in read if isinstance(row, Row)]
            twice = self._links.restated(self._keys, [row.where for row in right]) if self._keys else {}
            if not twice and len(right) == len(read):
                yield from right
                continue
            of = {id(right[i]): problem for i, problem in twice.items()}
            for row in read:
                if isinstance(row, list):
                    yield from row
                elif problem := of.get(id(row)):
                    yield from _faults([problem], row.where, row.cells)
                else:
                    yield row

    def row(self, line: int, cells: list[str]) -> Row | list[Fault]:
        """Return the record of a row, that may still be doubled, or all its faults."""
        where, kept = Where(self._file, line), tuple(cells)
        if saying := self._alike.get(cells):
            names = self._alike.names(cells)
            if self._is_actor:
                if all(map(is_plain, names)) and not self._links.doubled("actor", names[0], where):
                    return Row(saying.record, where, kept, names)
            elif self._links.are_others(names):
                self._keys.append(saying.key(names))
                return Row(saying.record, where, kept, names)
        return self._checked(where, cells, kept)

    def _checked(self, where: Where, cells: list[str], kept: tuple[str, ...]) -> Row | list[Fault]:
        """Return the record of a row after looking at every cell, or all its faults."""
        if len(cells) != self._width and (fault := self._misfit(where, kept)):
            self._links.reject(self._record, self._values(cells)[0], where)
            return [fault]
        values, problems = self._values(cells)
        problems += self._links.dangling(self._naming, values)
        try:
            record = self._record.model_validate(values)
        except ValidationError as error:
            faults = _faults(problems, where, kept)
            told = {fault.column for fault in faults}
            faults += [f for f in faults_of(error, where, kept, self._table.fields) if f.column not in told]
        else:
            if not problems and (twice := self._doubled(record, cells, where)):
                problems.append(twice)
            if not problems:
                return Row(record, where, kept)
            faults = _faults(problems, where, kept)
        self._links.reject(self._record, values, where)
        return faults

    def _doubled(self, record: Record, cells: Sequence[str], where: Where) -> Problem | None:
        """Return what is wrong with the id of an actor or source. Of other records, keep what they say."""
        if isinstance(record, SourceRecord):
            return self._links.doubled("source", record.id, where)
        saying = saying_of(record)
        self._alike.add(cells, saying)
        if isinstance(record, ActorRecord):
            return self._links.doubled("actor", record.id, where)
        self._keys.append(saying.key(record.names))
        return None

    def _misfit(self, where: Where, cells: tuple[str, ...]) -> Fault | None:
        """Return the fault of a row that is too short, or has something beyond the header."""
        if len(cells) > self._width and not any(cells[self._width :]):
            return None
        return Fault(
            where,
            "",
            f"heeft {len(cells)} cellen, de kop heeft er {self._width}; kijk naar komma's en aanhalingstekens",
            f"has {len(cells)} cells, the header has {self._width}; look at commas and quotes",
            cells,
        )

    def _values(self, cells: Sequence[str]) -> tuple[dict[str, object], list[Problem]]:
        """Return what the cells say, by field, and what is wrong with those that cannot be read."""
        plain: Iterable[str] = map(str.strip, cells)
        if "\r" in "".join(cells):
            plain = (cell.replace("\r\n", "\n") for cell in plain)
        values: dict[str, object] = {field: cell for field, cell in zip(self._fields, plain, strict=False) if cell}
        problems = []
        for field, parse, name in self._parsed:
            if field in values:
                try:
                    values[field] = parse(str(values[field]))
                except BadInputError as error:
                    problems.append((name, error.nl, error.en))
        return values, problems


def _faults(problems: Iterable[Problem], where: Where, cells: tuple[str, ...]) -> list[Fault]:
    return [Fault(where, column, nl, en, cells) for column, nl, en in problems]
