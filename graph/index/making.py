"""Making the index of a viewer, once for all processes: in this one, or in one of its own.

A process of its own leaves this one its memory and its pace: a question never waits for a turn of the interpreter, and a
large index costs this process what it maps. It is told on its input what to make, and tells on its output how that went.
"""

import json
import os
import pickle
import subprocess
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from threading import Lock

import graph
from graph.errors import StoreError, WeefselError
from graph.index.building import about, build
from graph.index.files import Index
from graph.index.folder import IndexFolder
from graph.model import Viewer
from graph.store import Store
from graph.view import open_view, today

GIVE_WAY = 5  # how much nicer than this process the other is: questions go first
ROOT = Path(next(iter(graph.__path__))).parent
START = "import sys; sys.path.insert(0, sys.argv[1]); from graph.index.making import main; main()"


def make(store: Store, folder: IndexFolder, viewer: Viewer, cancelled: Callable[[], bool] | None = None) -> Index:
    """Return the index of a store's last revision; it is built and kept, unless another process did meanwhile.

    Raises:
        OSError: It cannot be kept, or was `cancelled` before its turn came.
        StoreError: The store does not give what is needed.
    """
    with folder.lock(cancelled), open_view(store, viewer) as view:
        wanted = about(view, today())
        if found := folder.find(wanted):
            return found
        index = build(view, wanted.day)
        folder.put(index)
    return folder.find(wanted) or index


class OwnProcess:
    """Makes indexes in a process of its own."""

    def __init__(self) -> None:
        """Start nothing yet."""
        self._guard = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped = False

    def make(self, store: Store, folder: IndexFolder, viewer: Viewer) -> None:
        """As `make`, in another process.

        Raises:
            OSError, StoreError: As for `make`; also if the process was ended.
        """
        with self._guard:
            if self._stopped:
                raise _ended("")
            self._process = subprocess.Popen(  # noqa: S603 - this program
                [sys.executable, "-P", "-c", START, str(ROOT)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                start_new_session=True,  # who ends this process by a key ends the other by `stop`
            )
        with self._process as process:
            answer, _ = process.communicate(pickle.dumps((store, folder.path, viewer)))
        if not answer:
            raise _ended(f" ({process.returncode})")
        told = json.loads(answer)
        if "reason" in told:
            raise OSError(told["errno"], told["reason"])
        if "nl" in told:
            raise StoreError(nl=told["nl"], en=told["en"])

    def stop(self) -> None:
        """End the process, and start no other."""
        with self._guard:
            self._stopped = True
            if self._process:
                self._process.kill()


def main() -> None:
    """Make what the process that started this one asks for."""
    store, path, viewer = pickle.load(sys.stdin.buffer)  # noqa: S301 - of the process that started this one
    os.nice(GIVE_WAY)
    told: dict[str, object] = {"made": True}
    try:
        with store:
            make(store, IndexFolder(path), viewer)
    except OSError as error:
        told = {"errno": error.errno, "reason": str(error.strerror or error)}
    except Exception as error:  # noqa: BLE001 - it is told to who waits for it
        ours = in_our_words(error)
        told = {"nl": ours.nl, "en": ours.en}
    json.dump(told, sys.stdout)


def in_our_words(error: Exception) -> StoreError:
    """Return an error as one to keep, without all that it arose in.

    Of one that nobody foresaw it tells where it arose, and not what it says (perhaps a name).
    """
    if isinstance(error, WeefselError):
        return StoreError(nl=error.nl, en=error.en)
    at = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{type(error).__name__}, {Path(at.filename).name}:{at.lineno}"
    return StoreError(
        nl=f"Bij het maken van de index ging iets mis ({where}). Kijk met `weefsel check` of de opslag heel is.",
        en=f"Something went wrong in making the index ({where}). See with `weefsel check` whether the store is whole.",
    )


def _ended(how: str) -> StoreError:
    return StoreError(
        nl=f"Het maken van de index is afgebroken{how}. Is er genoeg geheugen? Het wordt zo nog eens geprobeerd.",
        en=f"Making the index was broken off{how}. Is there enough memory? It is tried again in a while.",
    )
