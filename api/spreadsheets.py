"""Loading a spreadsheet in steps: looked at, tried as often as one likes, then kept; trying and keeping are one code."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from api.loading import Loaded, Source, load_paths
from api.mapping_files import Look, looked_at
from api.proposing import MOST_ACTORS
from graph.answers_duplicates import Duplicates
from graph.errors import Lang, NotFoundError
from graph.ingest import Policy
from graph.model import Dataset, Viewer
from graph.questions.duplicates import compared, new_duplicates
from graph.store import Snapshot, Store
from graph.text import slug
from graph.view import View, open_view
from loaders import table_archive
from viz.zips import zipped

MOST_UNPACKED = 150 * 2**20  # bytes of a packed workbook, while somebody waits


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file to load as a dataset, with the mapping to read it by."""

    file: Path
    mapping: Path
    dataset: str
    audience: str
    skip: bool


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of a load, or would: the report, the dataset that it takes the place of, and pairs that came with it.

    `duplicates` is None where there are too many actors to compare.
    """

    loaded: Loaded
    replaces: Dataset | None
    duplicates: Duplicates | None


def look(file: Path, mapping: Path | None, lang: Lang) -> Look:
    """Return what is seen of a file, by a mapping or a proposal.

    Raises:
        LoadError: It cannot be read.
    """
    if file.read_bytes()[:4] == b"PK\x03\x04":
        table_archive.check(file, MOST_UNPACKED)
    return looked_at(file, mapping, lang)


def load(store: Store, wanted: Wanted, lang: Lang, *, keep: bool) -> Tried:
    """Load a file, or (not `keep`) do all but keep it; what its good rows would become is told whatever the others are.

    Raises:
        BadInputError, LoadError, LockedError, StoreError: As for `api.loading.load_paths`.
    """
    with open_view(store, Viewer.STAFF) as view:
        replaces = next((one for one in view.datasets() if one.name == wanted.dataset), None)
    found: list[Duplicates | None] = []

    def look_for_duplicates(snapshot: Snapshot, first: int) -> None:
        view = View(snapshot, Viewer.STAFF)
        found.append(new_duplicates(view, first) if compared(view) <= MOST_ACTORS else None)

    policy = Policy(dry_run=not keep, skip_bad_rows=wanted.skip or not keep)
    loaded = load_paths(store, *_read_as(wanted), policy, None, lang, look_for_duplicates)
    return Tried(loaded, replaces, found[0] if found else None)


def faulty(store: Store, wanted: Wanted, lang: Lang) -> tuple[str, bytes]:
    """Return the rows with faults under their header, as CSV that Dutch Excel opens, to be mended; of several tables a ZIP.

    The text is how such a file ends: `csv` or `zip`.

    Raises:
        BadInputError, LoadError, LockedError, NotFoundError, StoreError: As for `api.loading.load_paths`, or there are none.
    """
    with TemporaryDirectory(dir=wanted.mapping.parent) as folder:
        policy = Policy(dry_run=True, skip_bad_rows=True)
        load_paths(store, *_read_as(wanted), policy, Path(folder, "rows"), lang)
        files = {path.name: _for_excel(path) for path in sorted(Path(folder).glob("rows/*"))}
    if not files:
        raise NotFoundError(nl="Er zijn geen rijen met fouten.", en="There are no rows with faults.")
    if len(files) == 1:
        return "csv", next(iter(files.values()))
    return "zip", b"".join(zipped((name, [content]) for name, content in files.items()))


def _for_excel(path: Path) -> bytes:
    """Return a CSV file as Dutch Excel opens it."""
    page = io.StringIO()
    with path.open(encoding="utf-8", newline="") as file:
        csv.writer(page, delimiter=";").writerows(csv.reader(file))
    return f"\ufeff{page.getvalue()}".encode()


def _read_as(wanted: Wanted) -> tuple[Source, dict[str, str]]:
    """Return the source to load, and what is said of its dataset."""
    source = Source("table", [wanted.file], wanted.mapping)
    return source, {"name": wanted.dataset, "audience": wanted.audience}


def name_for(file: Path) -> str:
    """Return a name for the dataset of a file."""
    return slug(file.stem) or "spreadsheet"
