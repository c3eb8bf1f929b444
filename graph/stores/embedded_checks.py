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
            yield f"het bestand is beschadigd: {told}", f"the file is damaged: {told}"
    for table, _row, parent, _key in connection.rows("PRAGMA foreign_key_check"):
        yield (
            f"een rij in {table} wijst naar een rij in {parent} die er niet is",
            f"a row in {table} points at a row in {parent} that is not there",
        )
    for table, sql in _ORPHANS.items():
        if count := connection.value(sql):
            yield (
                f"{count} rijen in {table} wijzen naar iets wat er niet is",
                f"{count} rows in {table} point at something that is not there",
            )
    if connection.value(_COUNTED):
        yield (
            "de tellingen per soort kloppen niet met de kaarten",
            "the counts of each kind are not those of the cards",
        )
