"""Drawings: what an answer looks like as a map, with all that must be said beside it."""

from api.words import say
from graph.answers import Drawing, Neighbourhood
from graph.errors import Lang
from graph.model import Source, Viewer


def of_neighbourhood(answer: Neighbourhood, lang: Lang, viewer: Viewer) -> Drawing:
    """Return the drawing of who stands around an actor."""
    sources: dict[Source, None] = dict.fromkeys(source for tie in answer.ties for source in tie.sources)
    return Drawing(
        title=say(lang, "map_title", name=answer.centre.name),
        lang=lang,
        audience=viewer.value,
        as_of=answer.as_of,
        revision=answer.revision,
        centre=answer.centre.id,
        actors=(answer.centre, *(neighbour.actor for neighbour in answer.actors)),
        ties=answer.ties,
        sources=tuple(sources),
        left_out=_left_out(answer, lang),
    )


def _left_out(answer: Neighbourhood, lang: Lang) -> str:
    if not answer.more.count:
        return ""
    return say(lang, "map_left_out" if answer.more.exact else "map_left_out_least", count=answer.more.count)
