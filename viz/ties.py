"""Ties in words: as a sentence, what their status is on a day, what else is known of them."""

from datetime import date

from graph.errors import Lang
from graph.model import Tie
from graph.sentences import amount as amount_of
from graph.sentences import status_on
from graph.vocabulary import vocabulary

STATES = ("former", "planned", "conditional", "rejected")
FEW = 25  # up to so many ties, their kinds stand on the map


def is_arrow(tie: Tie) -> bool:
    """Return whether the tie has a direction."""
    return not vocabulary().tie_kinds[tie.kind].symmetric


def verb(tie: Tie, lang: Lang) -> str:
    """Return the tie with a dash before and an arrow (or a dash) after it.

    >>> verb(Tie("ada", "funds", "bob"), "nl"), verb(Tie("ada", "partner_of", "bob"), "en")
    ('— financiert →', '— is a partner of —')
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
