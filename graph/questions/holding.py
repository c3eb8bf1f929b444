"""Holdings: datasets as they say it themselves, record by record, for another store to load."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from pydantic_core import from_json

from graph.drawing import Holding
from graph.model import SECTOR, Dataset
from graph.stored import ActorRow, FigureRow, OfferRow, Row, Table, TieRow, ends_of
from graph.view import View

AT_ONCE = 2_000


def holdings(view: View, name: str = "") -> tuple[Holding, ...]:
    """Return the datasets of a view, or the one of that name, in the order in which they were loaded."""
    found = sorted(view.datasets(), key=lambda dataset: (dataset.revision, dataset.name))
    return tuple(_holding(view, dataset) for dataset in found if name in ("", dataset.name))


def _holding(view: View, dataset: Dataset) -> Holding:
    def records(table: str) -> Iterator[Mapping[str, Any]]:
        if table == "sources":
            yield from ({"id": id_, **fields} for id_, fields in dataset.sources.items())
            return
        rows = view.said(Table(table), dataset.name)
        while some := list(islice(rows, AT_ONCE)):
            named = view.named_in({n for row in some for n in ends_of(row)}, dataset.name) | {0: SECTOR}
            yield from (_fields(row, named) for row in some)

    return Holding(dataset, view.speaker_in(dataset.name), records)


def _fields(row: Row, named: Mapping[int, str]) -> Mapping[str, Any]:
    """Return a record as its fields."""
    body = from_json(row.body)
    if isinstance(row, TieRow):
        ends = {"source": named[row.source], "kind": row.kind, "target": named[row.target]}
        return {**ends, **({"ref": row.ref} if row.ref else {}), **body}
    field = {ActorRow: "id", OfferRow: "actor", FigureRow: "about"}[type(row)]
    return {field: named[row.n], **body}
