"""What a user may tell a loader besides the files."""

from dataclasses import dataclass
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
