"""What rows say between actors, told once: doubled grants, ties that stand in many rows, offers that are repeated."""

from graph.ledger import Ledger
from graph.reading import Where
from graph.records import OfferRecord, TieRecord


class Between:
    """Ties and offers said so far, by hashes, as there may be millions."""

    def __init__(self, ledger: Ledger) -> None:
        """Begin with nothing."""
        self._ledger = ledger
        self._often: dict[int, tuple[int, int]] = {}  # ties that repeat: in which sheet, and how often
        self._what: dict[int, int] = {}  # other ties: what was said of them
        self._offers: set[int] = set()

    def again(self, record: TieRecord, names: tuple[str, str], sheet: int) -> tuple[TieRecord | None, bool]:
        """Return a tie that may be there several times, told apart from others of its sheet.

        None, and true, if another sheet has it.
        """
        ref = record.distinct_ref()
        key = hash((record.kind, names, ref))
        first, often = self._often.get(key, (sheet, 0))
        if first != sheet:
            return None, True
        self._often[key] = first, often + 1
        return (record.model_copy(update={"ref": f"{ref}/{often + 1}"}) if often else record), False

    def once(self, record: TieRecord, names: tuple[str, str], where: Where, *, symmetric: bool) -> TieRecord | None:
        """Return a tie that is there once; None if it was said, which is noted if it was said otherwise."""
        key = hash((record.kind, tuple(sorted(names)) if symmetric else names))
        what = hash(_all_but_its_source(record))
        if key not in self._what:
            self._what[key] = what
            return record
        if self._what[key] != what:
            nl = f"{where.text('nl')}: zegt iets anders van de band {record.kind} van {names[0]} met {names[1]}; de eerste rij geldt."
            en = f"{where.text('en')}: says something else of the tie {record.kind} of {names[0]} and {names[1]}; the first row holds."
            self._ledger.note("differing", (nl, en))
        return None

    def first(self, record: OfferRecord, name: str) -> bool:
        """Return whether an offer was not said before."""
        key = hash((name, record))
        new = key not in self._offers
        self._offers.add(key)
        return new


def _all_but_its_source(record: TieRecord) -> tuple[object, ...]:
    """Return what a record says of a tie, whichever source it cites: two files that say the same do not contradict each other."""
    period = record.since, record.until, record.checked
    return record.ref, record.role, *period, record.amount, record.status, record.basis, record.note
