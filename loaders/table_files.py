"""Spreadsheets of all sorts as sheets: rows of cells with their number, whatever the file is made of."""

from collections.abc import Sequence
from pathlib import Path

from graph.errors import LoadError
from graph.reading import WHOLE, Fault, Where
from loaders import table_text, table_workbook
from loaders.table_cells import Cell, Sheet
from loaders.tables import refuse

__all__ = ["Cell", "Sheet", "opened"]

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def opened(paths: Sequence[Path]) -> list[Sheet]:
    """Return the sheets of all files, in order.

    Raises:
        LoadError: A file cannot be read; the message tells of all of them.
    """
    sheets: list[Sheet] = []
    faults: list[Fault] = []
    names = [path.name for path in paths]
    for path in paths:
        name = path.name if names.count(path.name) == 1 else str(path)
        whole = Where(name, 1, unit=WHOLE)
        try:
            sheets += _opened(path, name)
        except LoadError as error:
            faults.append(Fault(whole, "", error.nl, error.en))
        except FileNotFoundError:
            faults.append(Fault(whole, "", f"is er niet ({path})", f"is not there ({path})"))
        except OSError as error:
            nl, en = f"is niet te lezen ({error.strerror})", f"cannot be read ({error.strerror})"
            faults.append(Fault(whole, "", nl, en))
    refuse(faults)
    return sheets


def _opened(path: Path, name: str) -> Sequence[Sheet]:
    if path.is_dir():
        raise LoadError(
            nl="is een map; geef een bestand (XLSX, ODS, CSV of TSV)",
            en="is a folder; give a file (XLSX, ODS, CSV or TSV)",
        )
    with path.open("rb") as file:
        start = file.read(64)
    if start.startswith((_ZIP, _OLE)):
        return table_workbook.opened(path, name)
    if start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        raise LoadError(
            nl="is een webpagina of XML met de naam van een spreadsheet, zoals sommige programma's die maken; open het in Excel"
            " of LibreOffice, en bewaar het als XLSX",
            en="is a web page or XML with the name of a spreadsheet, as some programs make them; open it in Excel or LibreOffice,"
            " and save it as XLSX",
        )
    if start.startswith((b"%PDF", rb"{\rtf")):
        raise LoadError(
            nl="is een PDF of een tekst met opmaak, en geen spreadsheet; vraag om de spreadsheet waarvan het gemaakt is, of zet de tabel over"
            " in een spreadsheet",
            en="is a PDF or a formatted text, and no spreadsheet; ask for the spreadsheet that it was made of, or copy the table"
            " into a spreadsheet",
        )
    return [table_text.opened(path, name)]
