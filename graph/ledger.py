"""A ledger of a source's rows: what became of each, also when another process reads them, and notes on them in plain words.

Rows of a spreadsheet are not records: one may say three things, or none. So a loader of such a source counts its rows
itself. It may do so in a process that was forked to read ahead; the counts stand in memory that both processes share.
"""

import json
import mmap
from collections.abc import Iterator, Mapping
from typing import TypeAlias

Words: TypeAlias = tuple[str, str]  # Dutch, English
KEPT = 100
_TEXT = 128 * 1024  # bytes for notes; what does not fit is only counted
_NUMBERS = 4096


class Ledger:
    """Counts rows: accepted + rejected + set apart (each for a reason) = rows; and counts notes, the first of which it keeps.

    >>> ledger = Ledger({"doubled": ("staat er al", "stands there already")}, {"odd": ("raar", "odd")})
    >>> ledger.row()
    >>> ledger.row()
    >>> ledger.apart("doubled")
    >>> ledger.note("odd", ("rij 2", "row 2"))
    >>> ledger.rows, ledger.accepted, ledger.set_apart, ledger.noted("odd"), ledger.notes("en")
    (2, 1, {'doubled': 1}, 1, ['row 2'])
    """

    def __init__(self, reasons: Mapping[str, Words], kinds: Mapping[str, Words]) -> None:
        """Count for these reasons to set a row apart, and these kinds of notes."""
        self.reasons, self.kinds = reasons, kinds
        self._memory = mmap.mmap(-1, _NUMBERS + _TEXT)
        self._numbers = memoryview(self._memory)[:_NUMBERS].cast("q")
        self._at = {name: 4 + place for place, name in enumerate([*reasons, *kinds])}
        self._kept = {kind: 4 + len(self._at) + place for place, kind in enumerate(kinds)}

    def row(self) -> None:
        """Count a row."""
        self._numbers[0] += 1

    def reject(self) -> None:
        """Count the row as one with faults."""
        self._numbers[1] += 1

    def apart(self, reason: str) -> None:
        """Count the row as set apart."""
        self._numbers[self._at[reason]] += 1

    def note(self, kind: str, words: Words, times: int = 1) -> None:
        """Count what a note tells of, and keep its words while there is room, of each kind `KEPT` at most."""
        self._numbers[self._at[kind]] += times
        line = json.dumps((*words, kind, times)).encode() + b"\n"
        used = self._numbers[2]
        if used + len(line) <= _TEXT and self._numbers[self._kept[kind]] < KEPT:
            self._numbers[self._kept[kind]] += 1
            self._memory[_NUMBERS + used : _NUMBERS + used + len(line)] = line
            self._numbers[2] = used + len(line)

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return self._numbers[0]

    @property
    def rejected(self) -> int:
        """How many have faults."""
        return self._numbers[1]

    @property
    def set_apart(self) -> dict[str, int]:
        """How many are set apart, by reason; reasons without any are left out."""
        counts = {reason: self._numbers[self._at[reason]] for reason in self.reasons}
        return {reason: count for reason, count in counts.items() if count}

    @property
    def accepted(self) -> int:
        """How many are neither."""
        return self.rows - self.rejected - sum(self.set_apart.values())

    def noted(self, kind: str) -> int:
        """Return of how many things there are notes of a kind."""
        return self._numbers[self._at[kind]]

    def notes(self, lang: str) -> list[str]:
        """Return the notes that were kept."""
        return [nl if lang == "nl" else en for nl, en, _, _ in self._lines()]

    def notes_of(self, kind: str) -> list[tuple[Words, int]]:
        """Return the notes of a kind that were kept, each with of how many things it tells."""
        return [((nl, en), times) for nl, en, of, times in self._lines() if of == kind]

    def _lines(self) -> Iterator[tuple[str, str, str, int]]:
        text = self._memory[_NUMBERS : _NUMBERS + self._numbers[2]]
        return map(json.loads, text.splitlines())
