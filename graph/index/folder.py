"""The folder where indexes stand as files, shared by all processes: which are whole, which is newest, who may make one.

An index is a folder, named by what it is of (`About.name`). It is made beside its place (`making-…`), under a lock, written
through to the disk and then moved there: what bears such a name was whole. Its seal has the size and the time of change
of each file, so that what was cut or changed since is not taken for whole. All of it may be thrown away at any time.
"""

import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock

from graph.index.files import About, Index, load, save

SEAL = "seal.json"
MAKING = "making-"
LONGEST_WAIT = 600.0  # seconds for others that make an index
POLL = 0.05  # seconds

Stamp = tuple[int, int, int]


class IndexFolder:
    """The indexes in the folder `path`."""

    def __init__(self, path: Path) -> None:
        """Keep the path; the folder is made when something is put in it."""
        self.path = path
        self._broken: set[Stamp] = set()  # what was found broken, so that it is looked at once

    # -- reading

    def find(self, about: About) -> Index | None:
        """Return the index of just this, mapped; None if it is not there whole."""
        found = self._map(self.path / about.name)
        return found if found and found.about == about else None

    def latest(self, about: About, writes: Sequence[str]) -> Index | None:
        """Return the index of the last of these writes that has one of the same, mapped; None if there is none."""
        pattern = re.compile(re.escape(about.series) + r"\d+-(\w+)")
        found = {match[1]: name for name in self._names() if (match := pattern.fullmatch(name))}
        maybe = ((name, self._map(self.path / name)) for write in reversed(writes) if (name := found.get(write)))
        return next((index for name, index in maybe if index and index.about.name == name), None)

    def _map(self, folder: Path) -> Index | None:
        """Map an index; None if there is none, if it is not whole, or if it is being removed at this moment."""
        try:
            found = folder.stat()
        except OSError:
            return None
        stamp = (found.st_dev, found.st_ino, found.st_ctime_ns)
        if stamp in self._broken:
            return None
        with suppress(Exception):  # whatever is wrong with it, it is not whole
            if json.loads((folder / SEAL).read_bytes()) == _measured(folder):
                return load(folder)
        self._broken.add(stamp)
        return None

    def _names(self) -> list[str]:
        try:
            return [path.name for path in self.path.iterdir()]
        except OSError:
            return []

    # -- writing

    @contextmanager
    def lock(self, cancelled: Callable[[], bool] | None = None) -> Iterator[None]:
        """Be the only one that makes an index here, and sweep what killed ones left.

        Raises:
            OSError: The folder cannot be made or written; or others take too long, or it was `cancelled` (`TimeoutError`).
        """
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = FileLock(self.path / "lock", mode=0o600, thread_local=False, fallback_to_soft=False)
        with lock.acquire(LONGEST_WAIT, POLL, cancel_check=cancelled):
            for name in self._names():
                if name.startswith(MAKING):
                    shutil.rmtree(self.path / name, ignore_errors=True)
            yield

    def put(self, index: Index) -> None:
        """Keep an index, in place of all others of that viewer; to be called under the lock.

        Raises:
            OSError: It could not be written; nothing of it is left.
        """
        made = Path(tempfile.mkdtemp(prefix=MAKING, dir=self.path))
        try:
            save(made, index)
            for file in made.iterdir():
                file.chmod(0o600)
                _through(file)
            (made / SEAL).write_text(json.dumps(_measured(made)), encoding="utf-8")
            (made / SEAL).chmod(0o600)
            _through(made / SEAL)
            _through(made)
            self._discard(lambda name: name == index.about.name)
            made.rename(self.path / index.about.name)
        except BaseException:
            shutil.rmtree(made, ignore_errors=True)
            raise
        _through(self.path)
        self._discard(lambda name: name.startswith(index.about.whose) and name != index.about.name)

    def _discard(self, chosen: Callable[[str], bool]) -> None:
        """Remove what has these names: moved away first, so that nothing half stands under its name."""
        for name in filter(chosen, self._names()):
            away = Path(tempfile.mkdtemp(prefix=MAKING, dir=self.path))
            (self.path / name).rename(away / name)
            shutil.rmtree(away)


def _measured(folder: Path) -> dict[str, list[int]]:
    """Return the size and the time of change of each file of an index."""
    files = (path for path in folder.iterdir() if path.name != SEAL)
    return {path.name: [(told := path.stat()).st_size, told.st_mtime_ns] for path in files}


def _through(path: Path) -> None:
    """See to it that a file or folder is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
