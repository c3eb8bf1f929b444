"""What a user may tell a loader besides the files."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path

from graph.text import slug


@dataclass(frozen=True, slots=True)
class Options:
    """`mapping`: a file that says what the columns mean. `audience` and `dataset`: for whom the dataset is, and its name, if told."""

    mapping: Path | None = None
    audience: str = ""
    dataset: str = ""


NONE = Options()


def dataset_of(file: Path) -> str:
    """Return a name for the dataset of a file, as a command that is told has it.

    >>> dataset_of(Path("Leden 2026.xlsx")), dataset_of(Path("---.csv"))
    ('leden-2026', 'naam')
    """
    return slug(file.stem) or "naam"


def sources(files: Iterable[str], title: str) -> dict[str, str]:
    """Return by file what its records cite: by the title of the dataset, else its name, so that of next year's file it is told what changed.

    >>> sources(["kaart-2026.json"], ""), sources(["kaart-2026.json"], "Kaart"), sources(["a.json", "b.json"], "Kaart")
    ({'kaart-2026.json': 'kaart-2026'}, {'kaart-2026.json': 'kaart'}, {'a.json': 'kaart', 'b.json': 'kaart-2'})
    """
    found: dict[str, str] = {}
    for file in files:
        plain = slug(title) or slug(Path(file).stem) or "bestand"
        others = (f"{plain}-{number}" for number in count(2))
        found[file] = next(name for name in chain([plain], others) if name not in found.values())
    return found
