"""The project's own tables: whole datasets in a zip, a folder each, for `weefsel load sector` of another Weefsel.

`docs/format.md` describes the tables. Nothing in them is changed for a spreadsheet: for people there is the workbook.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import chain
from typing import Any

from graph.drawing import Extract, Holding
from graph.records import ActorRecord, FigureRecord, OfferRecord, Record, SourceRecord, TieRecord
from viz import about
from viz.lines import csv_lines, encoded
from viz.zips import zipped

TABLES: Mapping[str, type[Record]] = {
    "sources": SourceRecord,
    "actors": ActorRecord,
    "ties": TieRecord,
    "offers": OfferRecord,
    "figures": FigureRecord,
}
_NAMES: Mapping[str, Mapping[str, str]] = {  # columns that bear another name than their field
    "actors": {"websites": "website"},
    "ties": {"source": "from", "target": "to", "amount": "amount_eur"},
    "offers": {"amount_from": "amount_from_eur", "amount_to": "amount_to_eur"},
}
_PLAIN_DECIMALS = 3  # an amount with so many decimals would be taken for thousands


def render(extract: Extract) -> Iterator[bytes]:
    """Yield the zip."""
    yield from zipped(_files(extract))


def _files(extract: Extract) -> Iterator[tuple[str, Iterable[bytes]]]:
    names = [holding.dataset.name for holding in extract.holdings]
    told = [f"{what}: {words}\r\n" for what, words in about.told(extract)]
    loads = [f"weefsel load sector {name} --dataset {name}\r\n" for name in names]
    yield "readme.txt", encoded(["\ufeff", *told, "\r\n", *loads])
    for holding in extract.holdings:
        name = holding.dataset.name
        yield f"{name}/dataset.toml", encoded(_dataset(holding))
        for table in TABLES:
            yield f"{name}/{table}.csv", encoded(_table(table, holding))


def _dataset(holding: Holding) -> Iterator[str]:
    dataset = holding.dataset
    fields = {
        field: getattr(dataset, field)
        for field in ("name", "title", "description", "date", "audience", "licence", "url")
    }
    for name, value in {**fields, "speaker": holding.speaker}.items():
        if value:
            yield f"{name} = {json.dumps(value, ensure_ascii=False)}\n".replace("\x7f", "\\u007f")


def _table(table: str, holding: Holding) -> Iterator[str]:
    fields = list(TABLES[table].model_fields)
    names = {"cites": "source", **_NAMES.get(table, {})}
    header = [names.get(field, field) for field in fields]
    rows = ([_cell(record.get(field)) for field in fields] for record in holding.records(table))
    return csv_lines(chain([header], rows))


def _cell(value: Any) -> str:  # noqa: ANN401 - a field of a record
    """Return a value as the tables write it; a semicolon within one of several becomes a comma.

    >>> _cell(["a", "b;c"]), _cell(True), _cell(1500.0), _cell(1.125), _cell(None)
    ('a;b,c', 'yes', '1500', '1.1250', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, list | tuple):
        return ";".join(_contact(one) if isinstance(one, dict) else str(one).replace(";", ",") for one in value)
    return str(value)


def _number(value: float) -> str:
    text = format(Decimal(repr(value)), "f")
    whole, point, decimals = text.partition(".")
    if not point or decimals == "0":
        return whole
    return f"{text}0" if len(decimals) == _PLAIN_DECIMALS else text


def _contact(contact: Mapping[str, str]) -> str:
    parts = [
        str(contact.get(name) or "").replace(";", ",").replace("|", "/") for name in ("desk", "url", "mail", "phone")
    ]
    return "|".join(parts).rstrip("|")
