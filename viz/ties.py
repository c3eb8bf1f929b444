"""Ties in words: as a sentence, what their status is on a day, what else is known of them."""

from datetime import date

from graph import dates
from graph.errors import Lang
from graph.model import Tie
from graph.sentences import amount as amount_of
from graph.vocabulary import vocabulary

STATES = ("former", "planned", "conditional", "rejected")


def status_on(tie: Tie, day: date) -> str:
    """Return the tie's status on `day`: what has ended is former, what has yet to begin is planned.

    >>> status_on(Tie("ada", "advises", "bob", until="2020"), date(2026, 1, 1))
    'former'
    """
    if tie.status == "rejected":
        return tie.status
    if tie.until and dates.last_day(tie.until) < day:
        return "former"
    if tie.since and dates.first_day(tie.since) > day:
        return "planned"
    return tie.status


def is_arrow(tie: Tie) -> bool:
    """Return whether the tie has a direction."""
    return not vocabulary().tie_kinds[tie.kind].symmetric


def verb(tie: Tie, lang: Lang) -> str:
    """Return the tie with a dash before and an arrow (or a dash) after it.

    >>> verb(Tie("ada", "funds", "bob"), "nl"), verb(Tie("ada", "partner_of", "bob"), "en")
    ('— financiert →', '— is partner of —')
    """
    return f"— {vocabulary().tie_kinds[tie.kind].label(lang)} {'→' if is_arrow(tie) else '—'}"


def details(tie: Tie, lang: Lang) -> str:
    """Return role, amount and note, as far as they are known."""
    amount = amount_of(tie.amount, lang) if tie.amount is not None else ""
    return "; ".join(part for part in (tie.role, amount, tie.note) if part)


def status_and_basis(tie: Tie, day: date, lang: Lang) -> tuple[str, str]:
    """Return the labels of the tie's status on `day` and of how sure it is."""
    words = vocabulary().words
    return words["status"][status_on(tie, day)].label(lang), words["basis"][tie.basis].label(lang)
