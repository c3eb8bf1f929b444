"""Half-made cards of a first load: they wait in a temporary table, and are finished by one statement a band.

So all but contacts and helps is written while rows are still being read, and the end of a load is short.
"""

from collections.abc import Iterable, Mapping, Sequence

from graph.model import Card, Viewer
from graph.stores.embedded_cards import joined
from graph.stores.embedded_connection import Connection
from graph.stores.embedded_schema import BOTH, SHIFT

_BEFORE = "id, kind, name, names, alias_names"  # columns of `cards` before the contacts
_AFTER = "subtype, tier, place, municipality, province, lat, lon, located, ended, introduces, themes, helps"
_MAKE = f"CREATE TEMP TABLE half_made (n INTEGER PRIMARY KEY, {_BEFORE}, {_AFTER})"
_PUT = f"INSERT INTO half_made VALUES ({', '.join('?' * 18)})"  # noqa: S608 - marks only
_COUNTED = "CREATE TEMP TABLE counted (n INTEGER PRIMARY KEY, public INTEGER, staff INTEGER)"
_BANDS = {
    Viewer.PUBLIC.bit: ("public", "public IS NOT NULL AND public IS NOT staff"),
    Viewer.STAFF.bit: ("staff", "staff IS NOT NULL AND staff IS NOT public"),
    BOTH: ("public", "public = staff"),
}
_COUNT = "INSERT INTO counts SELECT band, kind, count(*) FROM cards GROUP BY band, kind"


class HalfMadeCards:
    """The half-made cards of one draft."""

    def __init__(self, connection: Connection) -> None:
        """Write by this connection."""
        self._connection = connection
        self._any = False

    def add(self, cards: Iterable[Card]) -> None:
        """Add cards, in order of `n`."""
        if not self._any:
            self._connection.run(_MAKE)
            self._any = True
        self._connection.many(_PUT, map(_row, cards))

    def finish(self, contacts: Mapping[Viewer, Sequence[int]], helps: Mapping[int, Sequence[str]]) -> None:
        """Make them the cards of a store that has none yet; see `Draft.finish_cards`."""
        if not self._any:
            return
        run, many = self._connection.run, self._connection.many
        many("UPDATE half_made SET helps = ? WHERE n = ?", ((joined(named), n) for n, named in helps.items()))
        run(_COUNTED)
        counted = enumerate(zip(contacts[Viewer.PUBLIC], contacts[Viewer.STAFF], strict=True))
        many("INSERT INTO counted VALUES (?, nullif(?, -1), nullif(?, -1))", ((n, *both) for n, both in counted))
        for band, (column, those) in _BANDS.items():
            run(
                f"INSERT INTO cards SELECT n | ?, ?, {_BEFORE}, -{column}, {_AFTER}"  # noqa: S608 - names of ours
                f" FROM counted CROSS JOIN half_made USING (n) WHERE {those} ORDER BY n",
                (band << SHIFT, band),
            )
        run(_COUNT)
        run("DROP TABLE counted")
        run("DROP TABLE half_made")
        self._any = False


def _row(card: Card) -> tuple[object, ...]:
    """Return the card as a row of `half_made`."""
    n, id_, kind, name, names, aliases, _, *middle, introduces, themes, helps = card
    return (n, id_, kind, name, names, aliases, *middle, int(introduces), joined(themes), joined(helps))
