"""Files that staff sent, kept on the server's disk between the steps of loading one.

A file lies in a folder of its own, which its owner alone may read (0700, 0600). The folder's name is made of the session and of
an id that the page holds: who has one without the other finds nothing, and all processes find the same. What nobody used
for an hour is swept. Of a file that was loaded, the page that says so stays in its place: a second click, and who loads that page
again, are told the same.
"""

import asyncio
import hashlib
import os
import re
import secrets
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from graph.errors import NotFoundError, StoreError

if sys.platform != "win32":
    import fcntl

KEPT_SECONDS = 3600.0
SWEPT_SECONDS = 300.0
LONGEST_NAME = 80  # characters


class Uploads:
    """The files in `folder`."""

    def __init__(self, folder: Path) -> None:
        """Keep the path; the folder is made when the first file comes."""
        self._folder = folder

    def keep(self, session: str, name: str, file: BinaryIO) -> str:
        """Keep a file of this session, called `name`; return its id.

        Raises:
            StoreError: It cannot be kept; nothing of it is left.
        """
        self.sweep()
        upload = secrets.token_urlsafe(18)
        folder = self._of(session, upload)
        with self._keeping(folder):
            self._folder.mkdir(parents=True, exist_ok=True)
            folder.mkdir(mode=0o700)
            with os.fdopen(os.open(folder / named(name), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as kept:
                shutil.copyfileobj(file, kept)
        return upload

    @contextmanager
    def _keeping(self, made: Path) -> Iterator[None]:
        """Say why something cannot be kept, without its name, and leave nothing of what was `made` meanwhile."""
        try:
            yield
        except OSError as error:
            shutil.rmtree(made, ignore_errors=True)
            why = error.strerror or type(error).__name__
            raise StoreError(
                nl=f"Het bestand is niet te bewaren in {self._folder} ({why}). Geef met WEEFSEL_INDEX een map"
                " waar de dienst mag schrijven, of maak daar ruimte.",
                en=f"The file cannot be kept in {self._folder} ({why}). Give a folder that the service may write in"
                " with WEEFSEL_INDEX, or make room there.",
            ) from error

    def find(self, session: str, upload: str) -> Path:
        """Return the path of a file of this session, and keep it for another hour.

        Raises:
            NotFoundError: It is not there, or no longer.
        """
        folder = self._of(session, upload)
        with suppress(OSError):
            os.utime(folder)
            for path in folder.iterdir():
                if path.is_file():
                    return path
        raise NotFoundError(
            nl="Je bestand is niet meer bewaard: we houden het een uur vast. Kies het opnieuw.",
            en="Your file is no longer kept: we hold it for an hour. Choose it again.",
        )

    def write(self, session: str, upload: str, text: str) -> Path:
        """Keep a mapping beside a file of this session, in place of the one before; return its path.

        Raises:
            StoreError: It cannot be kept.
        """
        path = self._of(session, upload) / ".mapping" / "mapping.toml"
        with self._keeping(path.parent):
            path.parent.mkdir(mode=0o700, exist_ok=True)
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as kept:
                kept.write(text)
        return path

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for whom is at work on a file, in any process: a second click comes while the first is."""
        with ExitStack() as stack:
            with suppress(OSError):  # where no file can be kept, that is told when one comes
                self._folder.mkdir(parents=True, exist_ok=True)
                place = os.open(self._folder, os.O_RDONLY)
                stack.callback(os.close, place)
                fcntl.flock(place, fcntl.LOCK_EX)
                # A process forked meanwhile would hold on to what is only closed.
                stack.callback(fcntl.flock, place, fcntl.LOCK_UN)
            yield

    def loaded(self, session: str, upload: str, told: bytes) -> None:
        """Let go of a file of this session that was loaded; what was `told` of that stays for an hour."""
        self.drop(session, upload)
        with suppress(OSError):
            folder = self._of(session, upload) / ".loaded"
            folder.mkdir(mode=0o700, parents=True)
            with os.fdopen(os.open(folder / "page.html", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as kept:
                kept.write(told)

    def told(self, session: str, upload: str) -> bytes:
        """Return what was told when a file of this session was loaded; nothing if it was not."""
        with suppress(OSError):
            return (self._of(session, upload) / ".loaded" / "page.html").read_bytes()
        return b""

    def drop(self, session: str, upload: str) -> None:
        """Let go of a file of this session."""
        shutil.rmtree(self._of(session, upload), ignore_errors=True)

    def sweep(self) -> None:
        """Let go of what nobody used for an hour."""
        with suppress(OSError):
            for folder in self._folder.iterdir():
                if folder.stat().st_mtime < time.time() - KEPT_SECONDS:
                    shutil.rmtree(folder, ignore_errors=True)

    async def keep_swept(self) -> None:
        """Sweep now and every few minutes: who sent a file and went away may have been the last who comes by for weeks."""
        while True:
            await asyncio.to_thread(self.sweep)
            await asyncio.sleep(SWEPT_SECONDS)

    def _of(self, session: str, upload: str) -> Path:
        said = f"{session}\0{upload}".encode("utf-8", "surrogatepass")
        return self._folder / hashlib.sha256(said).hexdigest()


def named(name: str) -> str:
    r"""Return a name for a file, as its sender calls it, without what could mean a place elsewhere.

    >>> named(r"C:\lijsten\leden 2026.xlsx"), named("../../.ssh"), named("")
    ('leden 2026.xlsx', 'ssh', 'bestand')
    """
    last = re.split(r"[\\/]", name)[-1]
    stem, dot, suffix = re.sub(r"[^\w .()&+,-]", "_", last).strip(" .").rpartition(".")
    short = f"{stem[:LONGEST_NAME]}{dot}{suffix[:10]}".strip(" .")
    return short or "bestand"
