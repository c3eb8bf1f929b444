"""The chance model: how likely a tie introduces, how open a connector is, what a path is worth.

    chance(tie)  = strength(kind) · status · basis
    openness(x)  = 0.8 / (1 + ln(max(1, contacts(x)/10))); 0.9 of one that refers for the help asked
    chance(path) = Π chance(tie) · Π openness(connector)

Strengths stand in `graph/vocabulary/tie_kinds.csv`, factors of status and basis in `controlled.csv`; the other
constants are here. All numbers are float64, multiplied in path order; they compare after rounding to 12
significant digits, so that two stores agree.
"""

import math
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from graph import dates
from graph.vocabulary import vocabulary

HALF_LIFE_YEARS = 5.0  # an ended tie is worth half after so many years
OPENNESS = 0.8  # of a connector with few contacts: most people pass a question on
ATTENTION = 10.0  # contacts up to which a connector has attention for all of them
REFERRER_OPENNESS = 0.9  # of a connector that says it refers for the help asked
DIGITS = 12  # significant digits in which chances are compared


@lru_cache(maxsize=16_384)
def of_tie(kind: str, status: str, basis: str, since: str | None, until: str | None, as_of: date) -> float:
    """Return the chance (0–1) that a tie introduces on the day `as_of`; 0 if it is never walked.

    Ended before `as_of`: halved every five years, whatever its status (not if rejected). Begins after it: as planned.
    """
    lists = vocabulary()
    tie_kind = lists.tie_kinds[kind]
    if not tie_kind.contact or status == "rejected":
        return 0.0
    return tie_kind.strength * _in_time(status, since, until, as_of) * lists.words["basis"][basis].factor


def _in_time(status: str, since: str | None, until: str | None, as_of: date) -> float:
    statuses = vocabulary().words["status"]
    if until and (end := dates.last_day(until)) < as_of:
        return float(0.5 ** ((as_of - end).days / 365.25 / HALF_LIFE_YEARS))
    if since and dates.first_day(since) > as_of:
        return statuses["planned"].factor
    return statuses[status].factor


@lru_cache(maxsize=256)
def _highest(kind: str, status: str, dated: str) -> float:
    """Return the highest chance that a tie can have on any day; `dated` has "s" for a start, "u" for an end."""
    lists = vocabulary()
    if not lists.tie_kinds[kind].contact or status == "rejected":
        return 0.0
    factors = [lists.words["status"][status].factor]
    if "s" in dated:
        factors.append(lists.words["status"]["planned"].factor)
    if "u" in dated:
        factors.append(1.0)
    return lists.tie_kinds[kind].strength * max(factors)


def bound(kind: str, status: str, since: str | None, until: str | None) -> float:
    """Return a number that the tie's chance exceeds on no day and with no basis; 0 if it is never walked."""
    return _highest(kind, status, ("s" if since else "") + ("u" if until else ""))


def openness(contacts: int) -> float:
    """Return the chance (0–1) that a connector with so many contacts passes a question on.

    >>> openness(3), round(openness(100), 3)
    (0.8, 0.242)
    """
    return OPENNESS / (1 + math.log(max(1.0, contacts / ATTENTION)))


def connects(record: Mapping[str, object], as_of: date) -> bool:
    """Return whether an actor can be a step in a path: it is no context, no thing, not ended, and introduces.

    `record` holds `kind`, `tier`, `subtype`, `introduces`, `ended` as a card or record gives them.
    """
    subtype = vocabulary().words["subtype"].get(str(record.get("subtype") or ""))
    ended = record.get("ended")
    return (
        record.get("tier") != "context"
        and (subtype is None or subtype.connects)
        and not (ended and dates.last_day(str(ended)) < as_of)
        and (record.get("kind") != "person" or record.get("introduces") is True)
    )


@lru_cache(maxsize=16_384)
def rounded(chance: float) -> float:
    """Return `chance` as it is compared: 12 significant digits.

    >>> rounded(0.1 + 0.2) == rounded(0.3)
    True
    """
    return float(f"{chance:.{DIGITS}g}")
