"""What can be wrong with the file, in plain words."""

from collections.abc import Iterator

from graph.errors import StoreError, WeefselError
from graph.stores.embedded_connection import Connection

_ORPHANS = {
    "claims": "SELECT count(*) FROM claims c LEFT JOIN actors x ON x.r = c.r WHERE x.r IS NULL",
    "cards": "SELECT count(*) FROM cards c LEFT JOIN nodes o ON o.n = c.r & 1099511627775 WHERE o.n IS NULL",
    "figures": "SELECT count(*) FROM figures f LEFT JOIN nodes o ON o.n = f.n WHERE f.n <> 0 AND o.n IS NULL",
    "nodes": """SELECT count(*) FROM nodes o LEFT JOIN nodes p ON p.n = o.leads_public
                LEFT JOIN nodes s ON s.n = o.leads_staff WHERE p.n IS NULL OR s.n IS NULL""",
}
_COUNTED = """SELECT count(*) FROM (
    SELECT band, kind, count FROM counts WHERE count <> 0
    EXCEPT SELECT band, kind, count(*) FROM cards GROUP BY band, kind)"""


def check(connection: Connection) -> list[WeefselError]:
    """Return what is wrong with the file; nothing if all is well."""
    return [StoreError(nl=nl, en=en) for nl, en in _wrong(connection)]


def _wrong(connection: Connection) -> Iterator[tuple[str, str]]:
    for (told,) in connection.rows("PRAGMA quick_check"):
        if told != "ok":
            yield f"Het bestand is beschadigd: {told}", f"The file is damaged: {told}"
    for table, _row, parent, _key in connection.rows("PRAGMA foreign_key_check"):
        yield (
            f"Een rij in {table} wijst naar een rij in {parent} die er niet is.",
            f"A row in {table} points to a row in {parent} that is not there.",
        )
    for table, sql in _ORPHANS.items():
        if count := connection.value(sql):
            yield (
                f"Rijen in {table} die naar iets wijzen wat er niet is: {count}.",
                f"Rows in {table} that point to something that is not there: {count}.",
            )
    if connection.value(_COUNTED):
        yield (
            "De tellingen per soort kloppen niet met de kaarten.",
            "The counts of each kind do not agree with the cards.",
        )
    if connection.value("SELECT unswept FROM state"):
        yield (
            "Resten van wat gewist is staan nog in het bestand. Haal ze weg met: weefsel refold",
            "Remains of what was erased are still in the file. Clear them away with: weefsel refold",
        )
