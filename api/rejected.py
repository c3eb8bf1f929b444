"""Rows that could not be loaded, written to files with the same columns, so that they can be mended and loaded."""

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import TextIO

from graph.errors import BadInputError
from graph.reading import Fault, Where


class RejectedRows:
    """A folder of files like those that were read, with the rejected rows only; made when the first comes."""

    def __init__(self, folder: Path, tables: Mapping[str, tuple[str, ...]]) -> None:
        """Write to `folder`; `tables` has the header of each file.

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
        self._files: dict[str, TextIO] = {}
        self._last: Where | None = None

    def add(self, fault: Fault) -> None:
        """Write the fault's row, once even if it has several faults."""
        if not fault.cells or fault.where == self._last:
            return
        self._last = fault.where
        writer = csv.writer(self._file(fault.where.file))
        writer.writerow(fault.cells)

    def _file(self, name: str) -> TextIO:
        if name not in self._files:
            path = self.folder / Path(name).name
            path.parent.mkdir(parents=True, exist_ok=True)
            file = path.open("a", encoding="utf-8", newline="")
            self._files[name] = file
            if not path.stat().st_size:
                csv.writer(file).writerow(self._tables.get(name, ()))
        return self._files[name]

    def close(self) -> bool:
        """Close the files; return whether there are any."""
        for file in self._files.values():
            file.close()
        return bool(self._files)
