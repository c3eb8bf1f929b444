"""Guards that questions share: a value of a closed list, a number within its bounds."""

import difflib
from collections.abc import Collection, Sequence

from graph.errors import BadInputError, NotFoundError
from graph.model import Card
from graph.store import Filters
from graph.view import View
from graph.vocabulary import vocabulary


def within(field: str, value: float, low: float, high: float) -> None:
    """Refuse a number that is out of bounds.

    Raises:
        BadInputError: `value` is not from `low` to `high`.
    """
    if not low <= value <= high:
        said = f"{value:d}" if isinstance(value, int) else f"{value:g}"
        raise BadInputError(
            nl=f"{field} is {said}; kies een getal van {low:g} tot en met {high:g}.",
            en=f"{field} is {said}; choose a number from {low:g} to {high:g}.",
            field=field,
        )


def known(field: str, values: Sequence[str], words: Collection[str]) -> None:
    """Refuse a value that is not in a closed list; the error offers the nearest, or names them all.

    Raises:
        BadInputError: One of `values` is not among `words`.
    """
    for value in values:
        if value not in words:
            near = difflib.get_close_matches(value, words, n=3, cutoff=0.6)
            every = ", ".join(words)
            raise BadInputError(
                nl=f"{field} {value!r} kennen we niet. {f'Bedoel je {near[0]!r}? ' if near else ''}Kies uit: {every}.",
                en=f"{field} {value!r} is not known. {f'Do you mean {near[0]!r}? ' if near else ''}Choose from: {every}.",
                field=field,
            )


def followed(view: View, ids: Sequence[str]) -> list[Card]:
    """Return the cards of the actors that bear these ids or bore them.

    Raises:
        NotFoundError: Some are not in this view; all of these are named.
    """
    cards, missing = [], []
    for actor_id in ids:
        try:
            cards.append(view.follow(actor_id))
        except NotFoundError as error:
            missing.append(error)
    if len(missing) == 1:
        raise missing[0]
    if missing:
        near = [one for error in missing for one in error.near]
        raise NotFoundError(nl=" ".join(e.nl for e in missing), en=" ".join(e.en for e in missing), near=near)
    return cards


def checked(view: View, filters: Filters) -> Filters:
    """Return `filters` with themes widened to what falls under them, and municipalities as CBS codes.

    Raises:
        BadInputError: A kind, theme, help or municipality is not known.
    """
    lists = vocabulary()
    known("kind", filters.kinds, lists.words["kind"])
    known("theme", filters.themes, lists.themes)
    known("help", filters.helps, lists.helps)
    themes = dict.fromkeys(narrow for theme in filters.themes for narrow in lists.narrower(theme))
    codes = tuple(_municipality(view, text) for text in filters.municipalities)
    return Filters(filters.kinds, tuple(themes), filters.helps, codes)


def _municipality(view: View, text: str) -> str:
    """Return the CBS code of a municipality named by its code or by its actor's id."""
    if len(text) == 6 and text[:2].upper() == "GM" and text[2:].isdigit():
        return text.upper()
    card = next(iter(view.with_ids([text])), None)
    if card is None or card.kind != "municipality" or not card.municipality:
        near = ", ".join(repr(c.id) for c in view.suggestions(text, "municipality"))
        raise BadInputError(
            nl=f"municipality {text!r} kennen we niet. Geef een CBS-code zoals GM0599{f', of {near}' if near else ''}.",
            en=f"municipality {text!r} is not known. Give a CBS code such as GM0599{f', or {near}' if near else ''}.",
            field="municipality",
        )
    return card.municipality
