"""What rows say between actors, told once: doubled grants, ties that stand in many rows, offers that are repeated."""

from typing import TypeAlias

from graph.ledger import Ledger
from graph.reading import Where
from graph.records import OfferRecord, TieRecord

SHEET = 1 << 32
# What a row says of a tie, whomever it is between: a record that other rows may share, and its own amount if it has one.
Says: TypeAlias = tuple[TieRecord, float | None]


class Between:
    """Ties and offers said so far, by hashes, as there may be millions."""

    def __init__(self, ledger: Ledger) -> None:
        """Begin with nothing."""
        self._ledger = ledger
        self._often: dict[int, int] = {}  # ties that repeat: how often, and `SHEET` times in which sheet
        self._what: dict[int, int] = {}  # other ties: what was said of them
        self._offers: set[int] = set()
        self._last: tuple[Says | None, int] = None, 0  # what was said last, and a hash of it

    def again(self, says: Says, names: tuple[str, str], sheet: int) -> tuple[TieRecord | None, str]:
        """Return a tie that may be there several times, and what tells it from others of its sheet; None if another sheet has it."""
        record, amount = says
        ref = record.distinct_ref(amount)
        key = hash((record.kind, names, ref))
        known = self._often.get(key)
        if known is None:
            self._often[key] = sheet * SHEET + 1
            return record, ref
        first, often = divmod(known, SHEET)
        if first != sheet:
            return None, ref
        self._often[key] = known + 1
        ref = f"{ref}/{often + 1}"
        return record.model_copy(update={"ref": ref}), ref

    def once(self, says: Says, names: tuple[str, str], where: Where, *, symmetric: bool) -> TieRecord | None:
        """Return a tie that is there once; None if it was said, which is noted if it was said otherwise."""
        key = hash((says[0].kind, tuple(sorted(names)) if symmetric else names))
        last, what = self._last
        if last is not says:
            what = hash(_all_but_its_source(says))
            self._last = says, what
        if key not in self._what:
            self._what[key] = what
            return says[0]
        if self._what[key] != what:
            record = says[0]
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


def _all_but_its_source(says: Says) -> tuple[object, ...]:
    """Return what is said of a tie, whichever source it cites: two files that say the same do not contradict each other."""
    record, amount = says
    period = record.since, record.until, record.checked
    amount = record.amount if amount is None else amount
    return record.ref, record.role, *period, amount, record.status, record.basis, record.note
