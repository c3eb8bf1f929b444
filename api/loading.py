"""Loading from the door: which loader, which dataset, progress on a terminal, rejected rows to a folder."""

import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace as replace_fields
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from api.rejected import RejectedRows
from graph.errors import BadInputError, Lang
from graph.ingest import Policy, Report, replace
from graph.ingest.loading import Look
from graph.ledger import Ledger
from graph.reading import Fault, Where, faults_of
from graph.records import DatasetRecord
from graph.store import Store
from graph.text import nearest
from loaders import LOADERS
from loaders.options import Options

EVERY_SECONDS = 0.5


class Source(NamedTuple):
    """What to load: the name of the loader, the files, and the mapping of a loader that reads by one."""

    loader: str
    paths: Sequence[Path]
    mapping: Path | None = None


class Loaded(NamedTuple):
    """What came of a load: the report, the folder of rows to mend, and the ledger of a source whose rows are not records."""

    report: Report
    mended: Path | None
    ledger: Ledger | None


_WOULD_DO = {
    "name": (
        "Geef een naam met --dataset: kleine letters, cijfers en streepjes, zoals leden.",
        "Give a name with --dataset: lower-case letters, digits and hyphens, such as members.",
    ),
    "audience": ("Kies met --audience uit: public, staff.", "Choose with --audience from: public, staff."),
}


def load_paths(
    store: Store,
    source: Source,
    given: Mapping[str, str],
    policy: Policy,
    folder: Path | None,
    lang: Lang,
    look: Look = lambda snapshot, first: None,
) -> Loaded:
    """Load a source; return the report, and the folder of rejected rows if there are any.

    `given` are fields of the dataset that go before what the source says of itself; rejected rows go to `folder`, if one
    is given; `look` is for `graph.ingest.replace`.

    Raises:
        BadInputError: There is no such loader, or the dataset has no name, or a wrong one.
        LoadError: The source cannot be read.
        LockedError, StoreError: As for `graph.ingest.replace`.
    """
    loader = source.loader
    if loader not in LOADERS:
        near = nearest(loader, LOADERS)
        known = ", ".join(LOADERS)
        raise BadInputError(
            nl=f"Er is geen loader {loader!r}.{f' Bedoel je {near!r}?' if near else ''} Kies uit: {known}.",
            en=f"There is no loader {loader!r}.{f' Do you mean {near!r}?' if near else ''} Choose from: {known}.",
            field="loader",
        )
    reading = LOADERS[loader](source.paths, Options(source.mapping, given.get("audience", ""), given.get("name", "")))
    dataset = _dataset({**reading.dataset, **given})
    rejected = RejectedRows(folder, reading.tables) if folder is not None and policy.skip_bad_rows else None
    progress = Progress(reading.total, lang)

    def watch(rows: int, fault: Fault | None) -> None:
        progress.at(rows)
        if fault and rejected:
            rejected.add(fault)

    try:
        report = replace(store, dataset, reading.items, loader, policy, watch, look)
    except BaseException:  # also when it is interrupted
        if rejected:
            rejected.discard()
        raise
    finally:
        progress.end()
    mended = folder if rejected and rejected.close() else None
    return Loaded(in_rows(report, reading.ledger) if reading.ledger else report, mended, reading.ledger)


def in_rows(report: Report, ledger: Ledger) -> Report:
    """Return a report that counts the rows of a spreadsheet, as its reader did, not the records that were made of them."""
    apart = sum(ledger.set_apart.values())
    return replace_fields(report, rows=ledger.rows, accepted=ledger.accepted, rejected=ledger.rejected, set_apart=apart)


def _dataset(fields: Mapping[str, object]) -> DatasetRecord:
    try:
        return DatasetRecord.model_validate(fields)
    except ValidationError as error:
        faults = faults_of(error, Where("dataset", 1), (), {})
        told = [
            _WOULD_DO.get(fault.column, (f"{fault.column}: {fault.nl}.", f"{fault.column}: {fault.en}."))
            for fault in faults
        ]
        raise BadInputError(
            nl=f"Zo kan de dataset niet zijn. {' '.join(nl for nl, _ in told)}",
            en=f"The dataset cannot be so. {' '.join(en for _, en in told)}",
            field=faults[0].column,
        ) from None


class Progress:
    """How far a load is, on a terminal that is watched; silent elsewhere and while it is quick."""

    def __init__(self, total: int | None, lang: Lang) -> None:
        """Count up to `total` rows, if that is known."""
        self._total, self._lang = total, lang
        self._shown = time.monotonic()
        self._wrote = False

    def at(self, rows: int) -> None:
        """Say so, twice a second at most."""
        now = time.monotonic()
        if (now - self._shown < EVERY_SECONDS and rows != self._total) or not sys.stderr.isatty():
            return
        self._shown, self._wrote = now, True
        whole = f" / {self._total:,}" if self._total else ""
        what = "rijen gelezen" if self._lang == "nl" else "rows read"
        if rows == self._total:
            what += ", nu vouwen en bewaren" if self._lang == "nl" else ", now folding and keeping"
        text = f"{rows:,}{whole} {what}"
        sys.stderr.write(f"\r{text.replace(',', '.') if self._lang == 'nl' else text} …")
        sys.stderr.flush()

    def end(self) -> None:
        """Clear the line."""
        if self._wrote:
            sys.stderr.write("\r\x1b[K")
