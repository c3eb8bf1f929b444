"""Extracts: what is written to a file of a part of the sector, or of who stands around an actor."""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from api.drawings import left_out, part_title
from api.words import say
from graph.answers import Part
from graph.drawing import Extract
from graph.errors import BadInputError, Lang, NotFoundError
from graph.model import Card, Tie
from graph.questions import extracting, neighbourhood
from graph.questions.excerpts import dataset, members, subject
from graph.questions.holding import holdings
from graph.text import slug
from graph.view import View, today
from viz import EXPORTS, Export

if TYPE_CHECKING:  # numbers are slow to import
    from graph.index.files import Index

AROUND = 500  # actors around an actor that are exported


def format_of(name: str) -> Export:
    """Return the format of this name.

    Raises:
        NotFoundError: There is none; the error names all.
    """
    if name in EXPORTS:
        return EXPORTS[name]
    known = ", ".join(EXPORTS)
    raise NotFoundError(
        nl=f"Er is geen formaat {name!r}. Kies uit: {known}.", en=f"There is no format {name!r}. Choose from: {known}."
    )


def of_part(view: View, part: Part, lang: Lang, as_of: date | None = None) -> Extract:
    """Return the extract of a part of the sector: everyone in it, and every tie among them.

    Raises:
        BadInputError, GoneError, NotFoundError: As for `graph.questions.excerpt`.
    """
    day = as_of or today()
    members(view, part, day)  # what cannot be asked is told before a file begins
    title = part_title(part, subject(view, part), dataset(view, part), lang)
    extract = _extract(view, lambda: members(view, part, day), title, lang, day)
    return replace(extract, holdings=holdings(view, part.dataset)) if _is_whole(part) else extract


def fit(format_: str, part: Part, around: str) -> None:
    """Refuse what a format cannot hold, if it is one of whole datasets.

    Raises:
        BadInputError: It is asked for another part of the sector.
    """
    if EXPORTS[format_].whole and (around or not _is_whole(part)):
        raise BadInputError(
            nl=f"Het formaat {format_!r} bevat hele datasets. Kies een dataset, of niets: dan zijn het ze allemaal.",
            en=f"The format {format_!r} holds whole datasets. Choose a dataset, or nothing: then it is all of them.",
            field="format",
        )


def _is_whole(part: Part) -> bool:
    return replace(part, dataset="") == Part()


def of_surroundings(
    view: View, index: "Index | None", actor_id: str, depth: int, lang: Lang, as_of: date | None = None
) -> Extract:
    """Return the extract of an actor and the best connected around it, at most `AROUND`, and every tie among them.

    Raises:
        BadInputError, GoneError, NotFoundError: As for `graph.questions.neighbourhood`; who moved is followed.
    """
    answer = neighbourhood(view, view.follow(actor_id).id, depth, limit=AROUND, as_of=as_of, index=index)
    cards = [answer.centre, *(neighbour.actor for neighbour in answer.actors)]
    title = say(lang, "map_title", name=answer.centre.name)
    return _extract(view, lambda: iter(cards), title, lang, answer.as_of, left_out(answer, lang))


def _extract(
    view: View, cards: Callable[[], Iterator[Card]], title: str, lang: Lang, day: date, left: str = ""
) -> Extract:
    ids: dict[int, str] = {}  # of all of them, once they were read to the end

    def noted() -> Iterator[Card]:
        seen: dict[int, str] = {}
        for card in cards():
            seen[card.n] = card.id
            yield card
        ids.update(seen)

    def ties() -> Iterator[Tie]:
        if not ids:
            deque(noted(), maxlen=0)
        return extracting.ties(view, ids, day)

    return Extract(
        title=title,
        lang=lang,
        audience=view.viewer.value,
        as_of=day,
        revision=view.revision,
        datasets=view.datasets(),
        municipalities=extracting.municipalities(view),
        actors=lambda: extracting.actors(view, noted()),
        ties=ties,
        left_out=left,
    )


def file_name(extract: Extract, format_: str) -> str:
    """Return what a file of an extract is called: what is in it, for whom, of which day, in which format."""
    audience = "" if extract.audience == "public" else f"-{extract.audience}"
    words = slug(extract.title)[:60].strip("-") or "weefsel"
    ending = EXPORTS[format_].ending
    return f"{words}{audience}-{extract.as_of.isoformat()}.{ending if ending == format_ else f'{format_}.{ending}'}"
