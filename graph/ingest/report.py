"""What came of a load: numbers that add up, and the faults; and of a judgement."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from graph.reading import Fault

FIRST_FAULTS = 100


class JudgementReport(NamedTuple):
    """What came of a judgement: the store's revision, and how many ties it made ties of an actor with itself.

    `joined`: the two are one actor now, as staff sees it. Judged the same and yet two: `away` are the ids of those that no
    dataset has now, or else `apart` those of two that were judged different, which holds these apart too. `before`: the
    verdict that this one takes the place of, if that was another.
    """

    revision: int
    self_ties: int
    joined: bool = False
    away: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    before: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What a load did, or (`dry_run`) would have done. accepted + rejected + set_apart = rows, always.

    `rejected` rows have faults: `faults` are the first hundred, `fault_count` all. `set_apart` rows are right but
    say something that was suppressed. `refused`: there were faults, and nothing was written (nor counted in `tables`). `tables` tells per
    table how many records are `new`, `changed`, `same` and `gone`: new + changed + same is what the dataset says now, changed +
    same + gone what it said before. (`changed` says something else of the same: see `altered`.) `waiting`
    counts the dataset's records with an end that no dataset knows yet, `awaited` names the first of those ends.
    `self_ties` counts the ties, of whatever dataset, that this load made ties of an actor with itself, by joining their
    ends or by saying them: no answer has them.

    `revision` is the store's afterwards; `changed` whether the load made it.
    """

    dataset: str
    dry_run: bool = False
    refused: bool = False
    changed: bool = False
    revision: int = 0
    rows: int = 0
    accepted: int = 0
    rejected: int = 0
    set_apart: int = 0
    fault_count: int = 0
    faults: tuple[Fault, ...] = ()
    tables: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    waiting: int = 0
    awaited: tuple[str, ...] = ()
    self_ties: int = 0
    seconds: float = 0.0

    def timed(self, began: float) -> "Report":
        """Return the report with the seconds since `began`, a moment of `time.monotonic`."""
        return replace(self, seconds=round(time.monotonic() - began, 3))
