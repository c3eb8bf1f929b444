"""Proposals of duplicates, made once and kept until the data change: making them takes seconds, and judging one changes none."""

import threading

from graph.errors import BadInputError
from graph.questions.duplicates import Proposals, compared, propose
from graph.view import View

MOST_ACTORS = 50_000  # compared (persons never are) while somebody waits; more is for the command line


class Proposing:
    """What staff is proposed, in this process."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._lock = threading.Lock()  # who asks meanwhile waits, and gets the same
        self._made: Proposals | None = None

    def of(self, view: View) -> Proposals:
        """Return the proposals for staff's view.

        Raises:
            BadInputError: There are too many actors to compare them while somebody waits.
        """
        with self._lock:
            if self._made is None or not self._made.hold(view):
                self._made = None
                _refuse_many(compared(view))
                self._made = propose(view)
            return self._made


def _refuse_many(count: int) -> None:
    if count > MOST_ACTORS:
        raise BadInputError(
            nl=f"Er zijn {count} actoren naast personen; hier vergelijken we er hoogstens {MOST_ACTORS}. Gebruik op de server:"
            " weefsel duplicates",
            en=f"There are {count} actors beside persons; here we compare {MOST_ACTORS} at most. On the server, use:"
            " weefsel duplicates",
        )
