"""Rows that could not be loaded, written to files with the same columns, so that they can be mended and loaded."""

import csv
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from graph.errors import BadInputError
from graph.reading import Fault, Where
from graph.text import slug


class RejectedRows:
    """A folder of files like those that were read, with the rejected rows only; made when the first comes.

    A file with several tables becomes one for each, as their columns may differ.
    """

    def __init__(self, folder: Path, tables: Mapping[tuple[str, str], tuple[str, ...]]) -> None:
        """Write to `folder`; `tables` has the header of each table, by the names of its file and sheet.

        Raises:
            BadInputError: The folder is there already.
        """
        if folder.exists():
            raise BadInputError(
                nl=f"{folder} bestaat al; geef met --rejected een map die er nog niet is.",
                en=f"{folder} is there already; give a folder that is not there yet with --rejected.",
                field="rejected",
            )
        self.folder = folder
        self._tables = tables
        self._files: dict[tuple[str, str], TextIO] = {}
        self._last: Where | None = None

    def add(self, fault: Fault) -> None:
        """Write the fault's row, once even if it has several faults.

        Raises:
            BadInputError: The folder cannot be written, or the disk is full.
        """
        if not fault.cells or fault.where == self._last:
            return
        self._last = fault.where
        with self._told():
            csv.writer(self._file(fault.where.file, fault.where.sheet)).writerow(fault.cells)

    def _file(self, name: str, sheet: str) -> TextIO:
        if (name, sheet) not in self._files:
            path = self._path(name, sheet)
            path.parent.mkdir(parents=True, exist_ok=True)
            # Each row is written when it comes: a disk that is full must tell before the load is kept.
            file = path.open("a", encoding="utf-8", newline="", buffering=1)
            self._files[name, sheet] = file
            if not path.stat().st_size:
                csv.writer(file).writerow(self._tables.get((name, sheet), ()))
        return self._files[name, sheet]

    def _path(self, name: str, sheet: str) -> Path:
        path = self.folder / Path(name).name
        sheets = [other for file, other in self._tables if file == name]
        if len(sheets) > 1:  # numbered, as names of sheets may be the same but for what cannot be in a name of a file
            return path.with_name(f"{path.name}-{sheets.index(sheet) + 1}-{slug(sheet)}.csv")
        if path.suffix.lower() not in (".csv", ".toml"):
            return path.with_name(f"{path.name}.csv")  # what was a workbook, or had other separators
        return path

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise BadInputError(
                nl=f"De afgekeurde rijen zijn niet te schrijven in {self.folder} ({error.strerror}); er is niets geladen."
                " Geef met --rejected een nieuwe map waar je mag schrijven en waar ruimte is.",
                en=f"The rejected rows cannot be written in {self.folder} ({error.strerror}); nothing was loaded. Give"
                " a new folder with --rejected, where you may write and where there is room.",
                field="rejected",
            ) from error

    def close(self) -> bool:
        """Close the files; return whether there are any."""
        for file in self._files.values():
            file.close()
        return bool(self._files)

    def discard(self) -> None:
        """Take away what was written: the load came to nothing."""
        for file in self._files.values():
            with suppress(OSError):  # what is left in a buffer has nowhere to go
                file.close()
        shutil.rmtree(self.folder, ignore_errors=True)
