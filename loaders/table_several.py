"""Names that seem to be of several actors, as each part of them names somebody in the same file: noted, as one more actor is made of each."""

import re

from graph.cleaning import same_writing
from graph.ledger import Ledger
from graph.reading import Where
from loaders.table_columns import Values

MOST_NAMES, MOST_JOINED = 50_000, 1_000  # that are kept in mind
_JOINED = re.compile(r"[;/|+&,]| (?:en|and|et|und) ")


class Several:
    """The names of a file, and those that are joined."""

    def __init__(self, ledger: Ledger) -> None:
        """Begin with none."""
        self._ledger = ledger
        self._names, self._joined = set[str](), dict[str, Where]()

    def see(self, said: Values, plain: str, where: Where) -> None:
        """Keep the name of somebody in mind who is no person, `plain` as `same_writing` has it."""
        if len(self._names) < MOST_NAMES and said["kind"] != "person":
            self._names.add(plain)
            name = str(said["name"])
            if len(self._joined) < MOST_JOINED and _JOINED.search(name):
                self._joined.setdefault(name, where)

    def tell(self) -> None:
        """Note the names of which each part is a name too."""
        for name, where in self._joined.items():
            parts = [same_writing(part) for part in _JOINED.split(name)]
            if len(parts) > 1 and all(part in self._names for part in parts):
                self._ledger.note(
                    "several", (f"{where.text('nl')}: kijk dit na.", f"{where.text('en')}: look this over.")
                )
        self._joined.clear()
