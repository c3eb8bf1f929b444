"""What was seen of a spreadsheet, in plain words for a terminal."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

from api.terminal import one_line, said
from graph.errors import Lang
from graph.municipalities import named
from graph.records import ActorRecord, OfferRecord, Record, TieRecord
from graph.vocabulary import vocabulary
from loaders.options import dataset_of
from loaders.table_words import DUTCH

if TYPE_CHECKING:  # a reader of workbooks comes along
    from api.mapping_files import Look, Seen
    from loaders.table_guess import Guess
    from loaders.table_preview import Shown

_TOLD = ("id", "kind", "name", "cites", "source", "target", "actor", "stance", "help")


def told(seen: "Look", lang: Lang, *, shown: bool) -> Iterator[str]:
    """Yield what was seen; the mapping itself if it is to be `shown`."""
    for number, table in enumerate(seen.tables):
        yield from ("",) if number else ()
        yield from _table(table, lang)
    if seen.unread:
        names = ", ".join(repr(one_line(name)) for name in seen.unread)
        yield from ("", said(lang, f"Bladen die niet gelezen worden: {names}.", f"Sheets that are not read: {names}."))
    if shown:
        yield from (
            "",
            said(
                lang,
                "Voorstel voor de mapping (bewaar met --save BESTAND):",
                "Proposed mapping (save with --save FILE):",
            ),
            "",
        )
        yield from (f"    {line}".rstrip() for line in seen.toml.splitlines())
    for table in seen.tables:
        if table.rows is not None:
            yield from ("", _first_rows(table, lang, alone=len(seen.tables) == 1))
            for row in table.rows:
                yield from _row(row, lang)


def _table(seen: "Seen", lang: Lang) -> Iterator[str]:
    """Yield what each column of a table means, and what is to be chosen."""
    place = seen.where.text(lang)
    yield said(lang, f"De kolomnamen staan in {place}.", f"The names of the columns are in {place}.")
    known = [one for one in seen.columns if one.meaning]
    if known:
        yield from (
            "",
            said(lang, "Begrepen:", "Understood:"),
            *(f"  {one_line(one.column)} → {meaning(one, lang)}{_examples(one)}" for one in known),
        )
    if seen.unread:
        yield from ("", said(lang, "Niet gelezen:", "Not read:"))
        yield from (_unknown(one, lang) for one in seen.unread)
    if seen.hidden:
        yield from ("", hidden(seen.hidden, lang))
    if seen.questions:
        yield from ("", said(lang, "Kies zelf (in de mapping staat een ?):", "Choose yourself (the mapping has a ?):"))
        yield from (f"  {one_line(one.key)}: {one_line(one.nl if lang == 'nl' else one.en)}" for one in seen.questions)


def hidden(columns: Sequence[str], lang: Lang) -> str:
    """Say which columns are hidden in the file, and how one of them is read all the same."""
    names, first = ", ".join(map(one_line, columns)), one_line(columns[0])
    return said(
        lang,
        f"Verborgen in het bestand, en daarom niet gelezen: {names}."
        f' Moet er een mee, zet hem dan in de mapping als column.… = "{first}" (docs/tables.md zegt wat er op de … kan staan).',
        f"Hidden in the file, and so not read: {names}."
        f' If one is to be read, put it in the mapping as column.… = "{first}" (docs/tables.md says what may stand for the …).',
    )


def _first_rows(seen: "Seen", lang: Lang, *, alone: bool) -> str:
    if alone:
        return said(lang, "Zo worden de eerste rijen:", "The first rows become:")
    name = repr(one_line(seen.where.sheet))
    return said(lang, f"Zo worden de eerste rijen van blad {name}:", f"The first rows of sheet {name} become:")


def next_step(file: Path, saved: Path, lang: Lang) -> str:
    """Say what to do with a mapping that was saved."""
    command = (
        f"weefsel load table {quote(str(file))} --mapping {quote(str(saved))} --dataset {dataset_of(file)} --dry-run"
    )
    return said(
        lang,
        f"\nBewaard in {saved}. Kijk het na, en probeer:\n    {command}",
        f"\nSaved in {saved}. Look it over, and try:\n    {command}",
    )


def meaning(one: "Guess", lang: Lang) -> str:
    """Return what a column is understood as, and what is left out of it."""
    from loaders.table_proposal import meant

    nl, en = meant(one)
    return one_line(said(lang, f"{nl}{f'; {one.nl}' if one.nl else ''}", f"{en}{f'; {one.en}' if one.en else ''}"))


def _unknown(one: "Guess", lang: Lang) -> str:
    return f"  {one_line(one.column)}: {one_line(one.nl if lang == 'nl' else one.en)}{_examples(one)}"


def _examples(one: "Guess") -> str:
    return f"   ({' · '.join(map(one_line, one.examples))})" if one.examples else ""


def _row(row: "Shown", lang: Lang) -> Iterator[str]:
    where = said(lang, f"rij {row.where.row}", f"row {row.where.row}")
    for place, line in enumerate(becomes(row, lang)):
        yield f"  {where}: {line}" if place == 0 else f"    {line}"


def becomes(row: "Shown", lang: Lang) -> list[str]:
    """Return what a row becomes, a line a record; or why it would be set apart; or its faults."""
    from loaders.table_told import REASONS

    lines = []
    if row.apart:
        nl, en = REASONS[row.apart]
        lines.append(said(lang, f"apart gezet; zulke rijen {nl}", f"set apart; such rows {en}"))
    lines += [
        said(lang, f"{_column(one.column, lang)}{one.nl}", f"{_column(one.column, lang)}{one.en}") for one in row.faults
    ]
    names = {record.id: record.name for record in row.records if isinstance(record, ActorRecord)}
    return lines + [line for record in row.records if (line := _record(record, names, lang))]


def _column(column: str, lang: Lang) -> str:
    return said(lang, f"kolom {column!r}: ", f"column {column!r}: ") if column else ""


def _record(record: Record, names: dict[str, str], lang: Lang) -> str:
    """Return a record in a line; the fields of whom it is about are in front."""
    if isinstance(record, ActorRecord):
        kind = vocabulary().words["kind"][record.kind].label(lang)
        return one_line(f"{record.name} ({kind}){_more(record, lang)}")
    if isinstance(record, TieRecord):
        known = vocabulary().tie_kinds.get(record.kind)
        label = known.label(lang) if known else record.kind
        source, target = (names.get(end, end) for end in (record.source, record.target))
        return one_line(f"{source} {label} {target}{_more(record, lang)}")
    if isinstance(record, OfferRecord):
        stance, help = vocabulary().words["stance"][record.stance], vocabulary().helps[record.help]
        told = f"{names.get(record.actor, record.actor)} ({stance.label(lang)}: {help.label(lang)})"
        return one_line(f"{told}{_more(record, lang)}")
    return ""


def _more(record: Record, lang: Lang) -> str:
    said = record.model_dump(exclude_defaults=True).items()
    more = [
        f"{DUTCH.get(field, field) if lang == 'nl' else field} {named(str(value)) if field == 'municipality' else _text(value, lang)}"
        for field, value in said
        if field not in _TOLD
    ]
    return f": {', '.join(more)}" if more else ""


def _text(value: object, lang: Lang) -> str:
    if isinstance(value, tuple | list):
        return "; ".join(_text(one, lang) for one in value)
    if isinstance(value, dict):
        return " ".join(
            str(part) for part in value.values() if part and part != "contact"
        )  # what the field is called already
    if isinstance(value, float):
        plain = f"{value:,.2f}".removesuffix(".00")
        return plain.translate(str.maketrans(".,", ",.")) if lang == "nl" else plain
    return str(value)
