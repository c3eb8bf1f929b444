"""Spreadsheets: any XLSX, ODS, CSV or TSV, read by a mapping of its columns. `docs/tables.md` tells how."""

from collections.abc import Iterator, Sequence
from collections.abc import Mapping as ReadOnly
from dataclasses import replace
from pathlib import Path
from shlex import quote

from graph.ledger import Ledger, Words
from graph.reading import Fault, Reading, Row, Where
from graph.records import DatasetRecord, SourceRecord
from graph.text import fold
from loaders import table_by_sheet, table_mapping_file
from loaders.options import NONE, Options, sources
from loaders.table_cells import Sheet, visible
from loaders.table_edges import LOADER, lists_ties
from loaders.table_files import opened
from loaders.table_header import Header, find
from loaders.table_headings import by_name, may_mean
from loaders.table_mapping import Mapping
from loaders.table_proposal import meant, proposals
from loaders.table_questions import ANYBODY, FILE, Proposal
from loaders.table_rows import Table, items
from loaders.table_text import MAC
from loaders.table_told import NOTES, OF_A_MAC, OLDER, REASONS, UNKNOWN
from loaders.tables import refuse

NO_REASONS: ReadOnly[str, Words] = {}


def load(paths: Sequence[Path], options: Options) -> Reading:
    """Read spreadsheets as one dataset, by the mapping that `options` names; without one, as is proposed, if that asks nothing.

    Raises:
        LoadError: A file or the mapping cannot be read, or columns of the mapping are not there, or there is something
            to choose first; the message tells all.
    """
    if options.mapping is not None:
        mappings = table_mapping_file.read(options.mapping)
        return reading(opened(paths), mappings, options)
    sheets = opened(paths)
    proposed = proposals(sheets)
    refuse(_questions(proposed, paths[0], options.audience))
    # What the proposal ignores is told: here nobody has seen it.
    mappings = [Mapping.model_validate(proposal.mapping | {"ignored": []}) for proposal in proposed]
    why = {fold(one.column): (one.nl, one.en) for proposal in proposed for one in proposal.unknown}
    found = reading(sheets, mappings, options, why)
    if found.ledger:
        for proposal in proposed:
            _tell(proposal, found.ledger)
    return found


def _questions(proposed: Sequence[Proposal], path: Path, audience: str) -> Iterator[Fault]:
    """Yield what a person has to choose before a file can be read; of ties for the public, whether no end is a person."""
    for proposal in proposed:
        where = Where(proposal.sheet.file, proposal.header.row, proposal.sheet.name)
        public = [ANYBODY] if audience == "public" and lists_ties(proposal.header) else []
        for question in proposal.questions or public:
            if question.key in (LOADER, FILE):
                yield Fault(where, "", question.nl, question.en)
                continue
            nl, en = (told if told.endswith("?") else f"{told}." for told in (question.nl, question.en))
            nl += f" Maak een mapping en kies: weefsel mapping {quote(str(path))} --save mapping.toml"
            en += f" Make a mapping and choose: weefsel mapping {quote(str(path))} --save mapping.toml"
            yield Fault(where, "", nl, en)


def _tell(proposal: Proposal, ledger: Ledger) -> None:
    """Note what each column was read as, and why other sheets were not."""
    nl, en = proposal.sheet.place
    for guess in proposal.guesses:
        if guess.place < 0 and not guess.meaning:
            ledger.note("unread", (f"{proposal.sheet.file}: {guess.nl}.", f"{proposal.sheet.file}: {guess.en}."))
        elif guess.meaning:
            dutch, english = meant(guess)
            told_nl = f"{nl}: {guess.column!r} gelezen als {dutch}{f', {guess.nl}' if guess.nl else ''}."
            told_en = f"{en}: {guess.column!r} read as {english}{f', {guess.en}' if guess.en else ''}."
            ledger.note("proposed", (told_nl, told_en))


def reading(
    sheets: Sequence[Sheet],
    mappings: Sequence[Mapping],
    options: Options = NONE,
    why: ReadOnly[str, Words] = NO_REASONS,
) -> Reading:
    """Return what mappings of one dataset read of the sheets of its files; the audience of `options` goes before what the first says.

    `why` columns (folded) are not read is told with them.

    Raises:
        LoadError: As `load`.
    """
    ledger = Ledger(REASONS, NOTES)
    stated = {key: value for key, value in mappings[0].dataset.items() if key in DatasetRecord.model_fields}
    for mapping in mappings:
        refuse(
            table_mapping_file.of_audience(mapping.reading, options.audience or str(stated.get("audience", "staff")))
        )
    cites = sources(dict.fromkeys(sheet.file for sheet in sheets), str(stated.get("title") or options.dataset))
    tables = [replace(table, cites=cites[table.sheet.file]) for table in _tables(sheets, mappings, ledger, why)]
    return Reading(
        dataset=stated,
        items=_items(tables, ledger, stated),
        tables={(table.sheet.file, table.sheet.name): table.header.names for table in tables},
        ledger=ledger,
    )


def _tables(
    sheets: Sequence[Sheet], mappings: Sequence[Mapping], ledger: Ledger, why: ReadOnly[str, Words]
) -> list[Table]:
    """Return the sheets that the mappings read, with their headers; note the others and the columns that are not read.

    Raises:
        LoadError: A sheet that is named, or a column, is not there.
    """
    faults: list[Fault] = []
    found: list[Table] = []
    for mapping in mappings:
        read, wrong = _read_by(mapping, meant_sheets(mapping, sheets))
        found += read
        faults += wrong
    tables = _each_once(found)
    for mapping in mappings:
        if any(table.mapping is mapping for table in found) and all(table.mapping is not mapping for table in tables):
            faults.append(_taken(mapping, sheets))
    for table in tables:
        _tell_file(ledger, table.sheet)
        _tell_columns(ledger, table, why)
    _tell_unread(sheets, mappings, tables, ledger)
    refuse(faults)
    return tables


def _tell_unread(sheets: Sequence[Sheet], mappings: Sequence[Mapping], tables: Sequence[Table], ledger: Ledger) -> None:
    """Note columns and sheets that are not read, and sheets that are read under another name."""
    for table in tables:
        if not _wants(table.mapping, table.sheet):
            _renamed(ledger, table)
    read = {id(table.sheet) for table in tables}
    for sheet in sheets:
        if id(sheet) in read:
            continue
        if sheet.hidden:
            _unread(
                ledger,
                sheet,
                "dit blad is verborgen (noem het onder sheets in de mapping als het mee moet)",
                "this sheet is hidden (name it under sheets in the mapping if it is to be read)",
            )
        elif any(_wants(mapping, sheet) for mapping in mappings):
            _unread(ledger, sheet, "dit blad heeft de kolommen niet", "this sheet lacks the columns")
        else:
            _unread(ledger, sheet, "dit blad staat niet in de mapping", "this sheet is not in the mapping")


def _each_once(tables: Sequence[Table]) -> list[Table]:
    """Return tables with each sheet once: read by the mapping that has most columns of it, else its rows would count twice."""
    best: dict[int, Table] = {}
    for table in tables:
        known = best.get(id(table.sheet))
        if known is None or len(table.mapping.columns()) > len(known.mapping.columns()):
            best[id(table.sheet)] = table
    return [table for table in tables if best[id(table.sheet)] is table]


def _taken(mapping: Mapping, sheets: Sequence[Sheet]) -> Fault:
    wanted = ", ".join(mapping.columns())
    nl = f"elk blad met de kolommen {wanted} wordt al gelezen als een andere tabel van de mapping"
    en = f"each sheet with the columns {wanted} is read as another table of the mapping already"
    return Fault(Where(sheets[0].file if sheets else "-", 1), "", nl, en)


def _wants(mapping: Mapping, sheet: Sheet) -> bool:
    """Return whether a mapping is for this sheet; a text file, which has no sheets, is told by its columns."""
    return not mapping.sheets or not sheet.name or sheet.name in mapping.sheets


def meant_sheets(mapping: Mapping, sheets: Sequence[Sheet]) -> list[Sheet]:
    """Return the sheets that a mapping may read: those that it names; if it names none that is there (next year's), all that one sees."""
    if any(sheet.name in mapping.sheets for sheet in sheets):
        return [sheet for sheet in sheets if _wants(mapping, sheet)]
    return visible(sheets)


def _renamed(ledger: Ledger, table: Table) -> None:
    nl, en = table.sheet.place
    named = ", ".join(map(repr, table.mapping.sheets))
    ledger.note(
        "renamed",
        (
            f"{nl}: gelezen om zijn kolommen; de mapping noemt {named}, en dat is er niet.",
            f"{en}: read for its columns; the mapping names {named}, which is not there.",
        ),
    )


def _read_by(mapping: Mapping, sheets: Sequence[Sheet]) -> tuple[list[Table], list[Fault]]:
    """Return the sheets that a mapping reads, and what is wrong if it cannot."""
    wanted = mapping.columns()
    tables: list[Table] = []
    faults: list[Fault] = []
    found = [(sheet, *find(sheet, wanted)) for sheet in sheets]
    most = max((number for _, _, number in found), default=0)
    for sheet, header, number in found:
        if header and number == len(wanted):
            tables.append(Table(sheet, header, mapping))
            faults += table_by_sheet.faults(mapping, sheet)
        elif sheet.name in mapping.sheets or (header and number == most):
            faults += _missing(sheet, header or Header(1, ()), mapping)
    return tables, faults if most else [_no_table(sheets, mapping)]


def _no_table(sheets: Sequence[Sheet], mapping: Mapping) -> Fault:
    wanted, names = ", ".join(mapping.columns()), ", ".join(sheet.name for sheet in sheets if sheet.name) or "-"
    nl = f"er is geen blad met de kolommen {wanted} (bladen: {names}); kijk met: weefsel mapping"
    en = f"there is no sheet with the columns {wanted} (sheets: {names}); look with: weefsel mapping"
    return Fault(Where(sheets[0].file if sheets else "-", 1), "", nl, en)


def _tell_file(ledger: Ledger, sheet: Sheet) -> None:
    """Note that a text file seems to come from a Mac, as nothing in it says so; of an older workbook, what cannot be seen in it."""
    nl, en = sheet.place
    if sheet.encoding == MAC:
        ledger.note("encoding", (f"{nl}: {OF_A_MAC[0]}", f"{en}: {OF_A_MAC[1]}"))
    if sheet.older:
        ledger.note("older", (f"{nl}: {OLDER[0]}", f"{en}: {OLDER[1]}"))


def _tell_columns(ledger: Ledger, table: Table, why: ReadOnly[str, Words]) -> None:
    """Note the columns that are not read, and hidden ones that are."""
    header, hidden = table.header, table.sheet.hidden_columns
    read, ignored = (
        {header.place(column) for column in named} for named in (table.mapping.columns(), table.mapping.ignored)
    )
    nl, en = table.sheet.place
    for place, column in enumerate(header.names):
        if place in read and place in hidden:
            told = (
                f"{nl}: kolom {column!r} is verborgen, en wel gelezen: ze staat in de mapping.",
                f"{en}: column {column!r} is hidden, and was read: it is in the mapping.",
            )
            ledger.note("hidden_columns", told)
        elif place not in read | ignored and place in hidden:
            _unread(
                ledger,
                table.sheet,
                f"kolom {column!r} is verborgen (zet haar in de mapping als ze mee moet)",
                f"column {column!r} is hidden (put it in the mapping if it is to be read)",
            )
        elif place not in read | ignored and not column.startswith("kolom "):
            told = why.get(fold(column), UNKNOWN)
            of_nl, of_en = (f" ({word})" if told != UNKNOWN else "" for word in told)
            _unread(ledger, table.sheet, f"kolom {column!r}{of_nl}", f"column {column!r}{of_en}")


def _missing(sheet: Sheet, header: Header, mapping: Mapping) -> Iterator[Fault]:
    """Yield the columns that are not there, each with what it is likely called now: what means the same, or is spelled like it."""
    wanted = mapping.columns()
    known = {header.place(column) for column in (*wanted, *mapping.ignored)}
    there = [name for place, name in enumerate(header.names) if place in known]
    where = Where(sheet.file, header.row, sheet.name)
    for column in wanted:
        if header.place(column) is None:
            near = _alike(column, header, there) or header.likely(column, there)
            nl = f"deze kolom is er niet meer{f'; ze heet nu misschien {near!r}' if near else ''}. Pas de mapping aan"
            en = f"this column is no longer there{f'; it may be called {near!r} now' if near else ''}. Change the mapping"
            yield Fault(where, column, nl, en)


def _alike(column: str, header: Header, taken: Sequence[str]) -> str | None:
    """Return the only column that means, by its name, what this one meant, of those not `taken`."""
    meaning = by_name(column)
    found = [name for name in header.names if name not in taken and meaning in may_mean(name)]
    return found[0] if len(found) == 1 else None


def _unread(ledger: Ledger, sheet: Sheet, nl: str, en: str) -> None:
    place_nl, place_en = sheet.place
    ledger.note("unread", (f"{place_nl}: {nl}, niet gelezen.", f"{place_en}: {en}, not read."))


def _items(tables: Sequence[Table], ledger: Ledger, stated: dict[str, object]) -> Iterator[Row | Fault]:
    for cites, table in {table.cites: table for table in tables}.items():
        said = {key: stated.get(key) for key in ("date", "url", "licence")}
        title = str(stated.get("title") or table.sheet.file)
        record = SourceRecord.model_validate({"id": cites, "title": title, "file": table.sheet.file, **said})
        yield Row(record, Where(table.sheet.file, 1))
    yield from items(tables, ledger)
