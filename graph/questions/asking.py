"""Guards that questions share: a value of a closed list, a number within its bounds."""

from collections.abc import Collection, Sequence

from graph.errors import BadInputError, Choice, GoneError, Lang, NotFoundError
from graph.model import Card
from graph.namesakes import called, of_cards
from graph.stored import Filters
from graph.text import nearest
from graph.view import View
from graph.vocabulary import vocabulary

LANGUAGES: tuple[Lang, ...] = ("nl", "en")


class Faults:
    """Takes what guards refuse, so that all of it is told at once.

    >>> faults = Faults()
    >>> with faults:
    ...     within("limit", 0, 1, 10)
    >>> with faults:
    ...     within("maxSteps", 7, 1, 6)
    >>> faults.tell()
    Traceback (most recent call last):
    graph.errors.BadInputError: limit is 0; choose a number from 1 to 10. maxSteps is 7; choose a number from 1 to 6.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._taken: list[BadInputError] = []

    def __enter__(self) -> None:
        pass

    def __exit__(self, _: object, error: BaseException | None, __: object) -> bool:
        if isinstance(error, BadInputError):
            self._taken += error.faults
        return isinstance(error, BadInputError)

    def tell(self) -> None:
        """Go on if there are none.

        Raises:
            BadInputError: Something was refused.
        """
        if len(self._taken) == 1:
            raise self._taken[0]
        if self._taken:
            nl, en = (" ".join(error.text(lang) for error in self._taken) for lang in LANGUAGES)
            raise BadInputError(nl=nl, en=en, field=self._taken[0].field, faults=self._taken)


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
    """Refuse values that are not in a closed list; the error offers the nearest, and names them all.

    Raises:
        BadInputError: One of `values` is not among `words`.
    """
    unknown = [value for value in dict.fromkeys(values) if value not in words]
    if unknown:
        told, every = ", ".join(map(repr, unknown)), ", ".join(words)
        near = ", ".join(repr(found) for value in unknown if (found := nearest(value, words)))
        raise BadInputError(
            nl=f"{field} {told} kennen we niet. {f'Bedoel je {near}? ' if near else ''}Kies uit: {every}.",
            en=f"{field} {told} {'is' if len(unknown) == 1 else 'are'} not known. {f'Do you mean {near}? ' if near else ''}Choose from: {every}.",
            field=field,
        )


def followed(view: View, ids: Sequence[str]) -> list[Card]:
    """Return the cards of the actors that bear these ids or bore them.

    Raises:
        GoneError, NotFoundError: Some are not in this view; all of these are named. Gone, if all of them were here once.
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
        kind = GoneError if all(isinstance(error, GoneError) for error in missing) else NotFoundError
        raise kind(nl=" ".join(e.nl for e in missing), en=" ".join(e.en for e in missing), near=near)
    return cards


def checked(view: View, filters: Filters) -> Filters:
    """Return `filters` with themes widened to what falls under them, and municipalities as CBS codes.

    Raises:
        BadInputError: A kind, theme, help or municipality is not known.
    """
    lists = vocabulary()
    faults, codes = Faults(), list[str]()
    with faults:
        known("kind", filters.kinds, lists.words["kind"])
    with faults:
        known("theme", filters.themes, lists.themes)
    with faults:
        known("help", filters.helps, lists.helps)
    for text in filters.municipalities:
        with faults:
            codes.append(_municipality(view, text))
    faults.tell()
    themes = dict.fromkeys(narrow for theme in filters.themes for narrow in lists.narrower(theme))
    return Filters(filters.kinds, tuple(themes), filters.helps, tuple(codes))


def listed(choices: Sequence[Choice]) -> tuple[str, str]:
    """Return choices as words to choose from, in Dutch and in English."""
    nl, en = (", ".join(f"{one.value!r} ({one.text(lang)})" for one in choices) for lang in LANGUAGES)
    return nl, en


def _municipality(view: View, text: str) -> str:
    """Return the CBS code of a municipality named by its code or by its actor's id."""
    if len(text) == 6 and text[:2].upper() == "GM" and text[2:].isdigit():
        return text.upper()
    card = next(iter(view.with_ids([text])), None)
    if card is None or card.kind != "municipality" or not card.municipality:
        every, looks = called(text), of_cards(view.suggestions(text, "municipality"))
        choices = every if len(every) > 1 else looks or every
        nl, en = listed(choices)
        raise BadInputError(
            nl=f"municipality {text!r} kennen we niet. Geef een CBS-code zoals GM0599{f', of {nl}' if nl else ''}.",
            en=f"municipality {text!r} is not known. Give a CBS code such as GM0599{f', or {en}' if en else ''}.",
            field="municipality",
            choices=choices,
        )
    return card.municipality
