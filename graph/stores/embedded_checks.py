"""What can be wrong with the file, in plain words."""

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


def check(connection: Connection) -> list[str]:
    """Return what is wrong with the file; nothing if all is well."""
    found = [f"het bestand is beschadigd: {row[0]}" for row in connection.rows("PRAGMA quick_check") if row[0] != "ok"]
    for table, _row, parent, _key in connection.rows("PRAGMA foreign_key_check"):
        found.append(f"een rij in {table} wijst naar een rij in {parent} die er niet is")
    for table, sql in _ORPHANS.items():
        if count := connection.value(sql):
            found.append(f"{count} rijen in {table} wijzen naar iets wat er niet is")
    if connection.value(_COUNTED):
        found.append("de tellingen per soort kloppen niet met de kaarten")
    return found
