"""The indexes that questions are answered with: one per viewer, of the last revision, or of the one before it meanwhile.

What a viewer could not notice changes nothing of its index. When the store's revision moves, questions go on with the
last whole index, while one thread makes the next or finds that another process did; then it is swapped, whole. One of a
write that the store does not know is not used, as the store was put back from a backup: it would show what is not in it.
"""

import logging
import time
from collections.abc import Callable
from pathlib import Path
from threading import Lock, Thread
from typing import NamedTuple

from graph.errors import StoreError
from graph.index.arrays import clock
from graph.index.building import about, build
from graph.index.claims import claims
from graph.index.files import About, Index
from graph.index.folder import IndexFolder
from graph.index.gifts import gifts
from graph.index.making import OwnProcess, in_our_words, make
from graph.model import Viewer
from graph.store import Store
from graph.view import View, open_view, today

SMALL = 5_000  # actors up to which an index is made sooner here than another process has started
PAUSE = 60.0  # seconds before what went wrong is tried again

LOG = logging.getLogger("weefsel")
LOG.addHandler(logging.NullHandler())  # for a log, if there is one, and not for a terminal


class Trouble(NamedTuple):
    """What went wrong with the index of a viewer: not `made`, or made and not kept as files; and when, as `monotonic`."""

    about: About
    made: bool
    error: StoreError
    at: float


class Standing(NamedTuple):
    """How it stands with the index of a viewer: of which revision the one is that questions get now (None: there is none)."""

    revision: int | None
    trouble: Trouble | None


class Indexes:
    """The indexes of a store, for the questions of one process."""

    def __init__(self, store: Store, folder: Path) -> None:
        """Keep indexes in `folder`, which others may share; nothing is made yet. Closing the store is the caller's."""
        self._store = store
        self._folder = IndexFolder(folder)
        self._process = OwnProcess()
        self._held: dict[str, Index] = {}
        self._troubles: dict[str, Trouble] = {}
        self._guard = Lock()  # for what is above and below, held briefly
        self._making = Lock()  # held while one is made
        self._thread: Thread | None = None
        self._closed = False

    # -- for questions

    def of(self, view: View) -> Index:
        """Return the index for a question to `view`, at once if there is any.

        It may be of an older revision than the view (then a new one is being made), or of a newer one. Who searches by the
        index and speaks by the view leaves out what the view no longer has, and answers for the revision of the index.

        Raises:
            StoreError: There is none, and it cannot be made.
        """
        wanted = about(view, today())
        index = self._usable(view)
        if index is None:
            with self._making:  # those who ask meanwhile wait for the one who makes it
                return self._usable(view) or self._first(wanted)
        if index.about != wanted:
            self._renew(wanted)
        return index

    def fresh(self, view: View) -> Index:
        """Return an index that is not older than `view`, made here if need be.

        Raises:
            StoreError: It cannot be made.
        """
        wanted = about(view, today())
        return self._current(wanted) or self._made(wanted, self._here)

    def at_hand(self, view: View) -> Index | None:
        """Return the index for a question that can do without: as `of`, but None while a large one is made for the first time.

        None also if it cannot be made.
        """
        wanted = about(view, today())
        if self._usable(view) is None and not _small(view):
            self._renew(wanted)
            return None
        try:
            return self.of(view)
        except StoreError:
            return None

    def current(self, view: View) -> Index | None:
        """Return the index of just what `view` sees, made here if it is small; None if there is none, or it cannot be made."""
        wanted = about(view, today())
        try:
            return self._current(wanted) or (self.fresh(view) if _small(view) else None)
        except StoreError:
            return None

    def standing(self, view: View) -> Standing:
        """Return how it stands with the index for questions to `view`."""
        index = self._usable(view)
        return Standing(index.about.revision if index else None, self._troubles.get(about(view, today()).whose))

    def close(self) -> None:
        """Stop making indexes; those given go on to work."""
        with self._guard:
            self._closed = True
            thread = self._thread
        self._process.stop()
        if thread:
            thread.join()

    # -- what is there

    def _usable(self, view: View) -> Index | None:
        """Return the index of just what `view` sees, else one of before it or after it; None if there is none.

        Whether one is of after it tells the store, looked at once more.
        """
        if index := self._known(view):
            return index
        with open_view(self._store, view.viewer) as now:
            return self._known(now) if now.moment != view.moment else None

    def _known(self, view: View) -> Index | None:
        """Return the index of just what `view` sees, else the last one of before it; None if there is none."""
        wanted = about(view, today())
        if current := self._current(wanted):
            return current
        held = self._held.get(wanted.whose)
        if held is None and (found := self._folder.latest(wanted, view.writes)):
            held = self._hold(found)
        return held if held and held.about.write in view.writes else None

    def _current(self, wanted: About) -> Index | None:
        held = self._held.get(wanted.whose)
        if held and held.about == wanted:
            return held
        found = self._folder.find(wanted)
        return self._hold(found) if found else None

    def _hold(self, index: Index) -> Index:
        """Give this one to questions from now on."""
        with self._guard:
            before = self._held.get(index.about.whose)
            self._held[index.about.whose] = index
            self._troubles.pop(index.about.whose, None)
        if before:  # what was worked out for it is of no more use, and would keep it in memory
            clock.cache_clear()
            claims.cache_clear()
            gifts.cache_clear()
        return index

    # -- making

    def _renew(self, wanted: About) -> None:
        """Have a thread make the index wanted, unless it is at work, or failed a moment ago."""
        with self._guard:
            at_work = self._thread and self._thread.is_alive()
            if not (self._closed or at_work or self._failed(wanted)):
                self._thread = Thread(target=self._rebuild, args=(wanted,), name="weefsel index", daemon=True)
                self._thread.start()

    def _failed(self, wanted: About) -> Trouble | None:
        """Return what went wrong a moment ago in making this index."""
        trouble = self._troubles.get(wanted.whose)
        recent = trouble and not trouble.made and time.monotonic() - trouble.at < PAUSE
        return trouble if trouble and recent and trouble.about == wanted else None

    def _rebuild(self, wanted: About) -> None:
        try:
            with self._making:
                if not self._current(wanted):
                    self._made(wanted, self._in_process_or_here)
        except Exception as error:  # noqa: BLE001 - it is told to who asks how it stands, and to the log
            self._note(wanted, in_our_words(error), made=False)

    def _first(self, wanted: About) -> Index:
        if trouble := self._failed(wanted):
            raise StoreError(nl=trouble.error.nl, en=trouble.error.en)
        try:
            return self._made(wanted, self._in_process_or_here)
        except Exception as error:
            ours = in_our_words(error)
            self._note(wanted, ours, made=False)
            raise StoreError(nl=ours.nl, en=ours.en) from error

    def _made(self, wanted: About, how: Callable[[About], Index]) -> Index:
        """Return the index of the store's last revision, made and kept; if it cannot be kept, in memory."""
        if not wanted.origin:  # nothing was ever written
            return self._hold(self._in_memory(wanted))
        try:
            return self._hold(how(wanted))
        except OSError as error:
            self._require_open()
            index = self._hold(self._in_memory(wanted))
            self._note(index.about, _unkept(self._folder.path, error), made=True)
            return index

    def _here(self, wanted: About) -> Index:
        return make(self._store, self._folder, Viewer(wanted.viewer), cancelled=lambda: self._closed)

    def _in_process_or_here(self, wanted: About) -> Index:
        """Make it in another process if it is large."""
        with open_view(self._store, Viewer(wanted.viewer)) as view:
            small = _small(view)
        if small:
            return self._here(wanted)
        self._process.make(self._store, self._folder, Viewer(wanted.viewer))
        with open_view(self._store, Viewer(wanted.viewer)) as view:
            return self._folder.latest(about(view, today()), view.writes) or self._here(wanted)

    def _in_memory(self, wanted: About) -> Index:
        with open_view(self._store, Viewer(wanted.viewer)) as view:
            return build(view, today())

    def _require_open(self) -> None:
        """Make sure that there is somebody left to make an index for."""
        if self._closed:
            raise StoreError(
                nl="Het programma stopt; de index wordt niet meer gemaakt.",
                en="The program is stopping; the index is not made any more.",
            )

    def _note(self, wanted: About, error: StoreError, *, made: bool) -> None:
        if not self._closed:
            with self._guard:
                self._troubles[wanted.whose] = Trouble(wanted, made, error, time.monotonic())
            LOG.error("index of revision %s for %s: %s", wanted.revision, wanted.viewer, error)


def _small(view: View) -> bool:
    return sum(view.counts().values()) <= SMALL


def _unkept(folder: Path, error: OSError) -> StoreError:
    return StoreError(
        nl=f"De index is niet te bewaren in {folder} ({error}), en staat nu alleen in het geheugen. Maak daar ruimte, of geef"
        " met WEEFSEL_INDEX een map waar je mag schrijven.",
        en=f"The index cannot be kept in {folder} ({error}), and is in memory alone now. Make room there, or give a folder"
        " that you may write in with WEEFSEL_INDEX.",
    )
