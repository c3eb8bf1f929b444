"""Which program answers: its version, and a digest of its own files, as one state of a clone has the version of the next."""

import hashlib
from importlib.metadata import version
from pathlib import Path

VERSION = version("weefsel")
ROOMS = ("api", "graph", "loaders", "viz")


def digest(root: Path) -> str:
    """Return what tells the files of the rooms below `root` from others: 32 hexadecimal digits, of names and contents."""
    told = hashlib.blake2b(digest_size=16)
    for path in sorted(path for room in ROOMS for path in (root / room).rglob("*") if path.is_file()):
        if "__pycache__" not in path.parts:  # where others may be writing
            content = path.read_bytes()
            told.update(f"{path.relative_to(root).as_posix()}\0{len(content)}\0".encode() + content)
    return told.hexdigest()


PROGRAM = digest(Path(__file__).parents[1])
