"""What a user may tell a loader besides the files."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Options:
    """`mapping`: a file that says what the columns mean. `audience` and `dataset`: for whom the dataset is, and its name, if told."""

    mapping: Path | None = None
    audience: str = ""
    dataset: str = ""


NONE = Options()
