"""What a user may tell a loader besides the files."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Options:
    """`mapping`: a file that says what the columns mean. `audience`: for whom the dataset is, if the user says so."""

    mapping: Path | None = None
    audience: str = ""


NONE = Options()
