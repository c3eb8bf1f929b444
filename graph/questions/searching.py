"""Search: actors whose name or alias has words that start like the words asked for."""

import hashlib

from graph.answers import Found
from graph.errors import BadInputError
from graph.model import Count
from graph.questions import cursors
from graph.questions.asking import checked, within
from graph.stored import Filters, Rank
from graph.text import fold
from graph.view import View

MAX_LIMIT = 100
MAX_TEXT = 200
MAX_WORDS = 10


def search(view: View, text: str, filters: Filters | None = None, limit: int = 20, cursor: str = "") -> Found:
    """Return actors whose name or an alias has words that start with the words of `text`; all, if it is empty.

    Order: name equals, name starts with, a word starts with, then the same for aliases; then more contacts (in this
    view), then folded name, then id. `cursor` is an earlier answer's: the order holds on every page.

    Raises:
        BadInputError: A filter is unknown, `limit` is out of range, or the cursor is not of this question.
    """
    within("limit", limit, 1, MAX_LIMIT)
    if len(text) > MAX_TEXT:
        raise BadInputError(
            nl=f"De zoektekst heeft {len(text)} tekens; het mogen er hoogstens {MAX_TEXT} zijn.",
            en=f"The text to search for has {len(text)} characters; it may have {MAX_TEXT} at most.",
            field="q",
        )
    filters = checked(view, filters or Filters())
    words = fold(text).split()[:MAX_WORDS]
    if text.strip() and not words:
        return Found(view.revision, text, (), "", Count(0))
    question = _fingerprint(view, words, filters)
    hits = view.ranked(words, filters, _after(cursor, question), limit + 1)
    more = len(hits) > limit
    return Found(
        view.revision,
        text,
        tuple(hit.card for hit in hits[:limit]),
        cursors.written(question, hits[limit - 1].rank) if more else "",
        Count(int(more), exact=not more),
    )


def _fingerprint(view: View, words: list[str], filters: Filters) -> str:
    """Return what ties a cursor to its question."""
    return hashlib.blake2b(repr((view.viewer, words, filters)).encode(), digest_size=6).hexdigest()


def _after(cursor: str, question: str) -> Rank | None:
    place = cursors.read(cursor, question, (int, int, str, str))
    return Rank._make(place) if place else None
