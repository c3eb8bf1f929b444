"""Cursors: where the next page of a list begins, tied to the question that it belongs to."""

import base64
import binascii
import json
from collections.abc import Sequence

from graph.errors import BadInputError


def written(question: str, place: Sequence[object]) -> str:
    """Return a cursor: `place` is where the next page begins, plain values.

    >>> read(written("all", [3, "a"]), "all", (int, str))
    (3, 'a')
    """
    return base64.urlsafe_b64encode(json.dumps([question, *place], ensure_ascii=False).encode()).decode().rstrip("=")


def read(cursor: str, question: str, kinds: Sequence[type]) -> tuple[object, ...] | None:
    """Return the place that a cursor of this question names, of values of these kinds; None for an empty one.

    Raises:
        BadInputError: It is not of this question.
    """
    if not cursor:
        return None
    try:
        asked, *place = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if asked == question and len(place) == len(kinds) and all(map(_is, place, kinds)):
            return tuple(place)
    except (ValueError, TypeError, binascii.Error, RecursionError):
        pass
    raise BadInputError(
        nl="De cursor hoort niet bij deze vraag. Begin opnieuw bij de eerste bladzijde, zonder cursor.",
        en="The cursor does not belong to this question. Start again at the first page, without a cursor.",
        field="cursor",
    )


def _is(value: object, kind: type) -> bool:
    return type(value) is kind and not (isinstance(value, int | float) and not abs(value) < 2**53)
