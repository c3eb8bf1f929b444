"""The store's row of a dataset: what it says of itself, and what became of its load."""

import json
from collections.abc import Mapping
from typing import Any

from graph.model import mask_of
from graph.records import DatasetRecord
from graph.stored import DatasetRow, State


def dataset_row(dataset: DatasetRecord, loader: str, sources: Mapping[str, Any], speaker: int) -> DatasetRow:
    """Return the row of a dataset that is being loaded; `speaker` is the node that it speaks for (0: nobody)."""
    info = json.loads(dataset.body()) | {"loader": loader, "sources": sources}
    info.pop("speaker", None)  # an id that may be a person's name
    return DatasetRow(dataset.name, mask_of(dataset.audience), dataset.date or "", speaker, 0, _text(info), "{}")


def finished(row: DatasetRow, state: State, counts: Mapping[str, Mapping[str, int]]) -> DatasetRow:
    """Return the row with what the dataset holds, and the revision of its load as each viewer counts them."""
    info = json.loads(row.info) | {"revisions": {viewer.value: number for viewer, number in state.seen.items()}}
    return row._replace(info=_text(info), counts=json.dumps(counts), revision=state.revision)


def same(one: DatasetRow, other: DatasetRow) -> bool:
    """Return whether a dataset says the same of itself in both rows, whenever it was loaded."""
    return _says(one) == _says(other)


def _says(row: DatasetRow) -> tuple[object, ...]:
    info = json.loads(row.info)
    info.pop("revisions", None)
    return row.mask, row.date, row.speaker, info


def _text(info: Mapping[str, Any]) -> str:
    return json.dumps(info, ensure_ascii=False, sort_keys=True)
