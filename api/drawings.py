"""Drawings: what an answer looks like as a map, with all that must be said beside it.

A part of the sector (a municipality, a theme, a network with its members, a dataset, what a search finds, or the whole) is
drawn so:

    answer = excerpt(view, Part(municipalities=("gemeente-rotterdam",)), limit=500)
    drawing = credited(of_excerpt(answer, lang, view.viewer), view)
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import chain

from api.words import say
from graph.answers import Excerpt, Nearby, Neighbourhood, Part, Ties
from graph.answers_helping import HelpAnswer, Path, Paths
from graph.drawing import Drawing, Outline
from graph.errors import Lang
from graph.model import Card, Dataset, Source, Tie, Viewer
from graph.municipalities import named
from graph.questions.excerpts import MAX_LIMIT
from graph.sentences import number
from graph.telling import wanted
from graph.view import View
from graph.vocabulary import vocabulary
from viz.geography import located


def of_neighbourhood(answer: Neighbourhood, lang: Lang, viewer: Viewer) -> Drawing:
    """Return the drawing of who stands around an actor."""
    return Drawing(
        title=say(lang, "map_title", name=answer.centre.name),
        lang=lang,
        audience=viewer.value,
        as_of=answer.as_of,
        revision=answer.revision,
        centre=answer.centre.id,
        actors=(answer.centre, *(neighbour.actor for neighbour in answer.actors)),
        ties=answer.ties,
        left_out=left_out(answer, lang),
    )


def of_nearby(answer: Nearby, ties: Ties, lang: Lang, viewer: Viewer) -> Drawing:
    """Return the drawing of who is near an actor, and of the ties among them."""
    left = say(lang, "map_left_out", count=answer.more.count) if answer.more.count else ""
    return Drawing(
        title=say(lang, "nearby_map_title", name=answer.centre.name, km=number(answer.km, lang)),
        lang=lang,
        audience=viewer.value,
        as_of=ties.as_of,
        revision=answer.revision,
        centre=answer.centre.id,
        actors=actors_nearby(answer),
        ties=ties.ties,
        left_out=left,
    )


def actors_nearby(answer: Nearby) -> tuple[Card, ...]:
    """Return the actor that this is about, and who is near it."""
    return (answer.centre, *(near.actor for near in answer.actors))


def of_excerpt(answer: Excerpt, lang: Lang, viewer: Viewer) -> Drawing:
    """Return the drawing of a part of the sector; in its middle whom it is about, if that is among those drawn."""
    about = answer.subject.id if answer.subject else ""
    return Drawing(
        title=part_title(answer.part, answer.subject, answer.dataset, lang),
        lang=lang,
        audience=viewer.value,
        as_of=answer.as_of,
        revision=answer.revision,
        centre=about if any(card.id == about for card in answer.actors) else "",
        actors=answer.actors,
        ties=answer.ties,
        left_out=_left_out_of(answer, lang),
    )


def part_title(part: Part, subject: Card | None, dataset: Dataset | None, lang: Lang) -> str:
    """Return what a part of the sector is called."""
    if part.network and subject:
        return say(lang, "part_network", name=subject.name)
    if part.dataset and dataset:
        return dataset.title or dataset.name
    lists, place = vocabulary(), 0 if lang == "nl" else 1
    words = [
        *([say(lang, "part_text", text=part.text.strip())] if part.text.strip() else []),
        *((lists.words["kind"][kind].nl, lists.words["kind"][kind].en)[place] for kind in part.kinds),
        *(lists.themes[theme].label(lang) for theme in part.themes),
        *(lists.helps[help_id].label(lang) for help_id in part.helps),
        *([subject.name] if subject else map(named, part.municipalities)),
        *([say(lang, "part_actors", count=len(part.actors))] if part.actors else []),
    ]
    return " · ".join(words) or say(lang, "part_whole")


def credited(drawing: Drawing, view: View) -> Drawing:
    """Return a drawing that cites where all it draws comes from, ties and actors, as far as `view` may tell.

    What most records cite comes first. Records that cite nothing are told as their dataset.
    """
    datasets = {dataset.name: dataset for dataset in view.datasets()}
    cites = (source for tie in drawing.ties for source in tie.sources)
    counted = Counter(source._replace(locator="") for source in chain(cites, view.sources(drawing.actors)))
    sources = tuple(_named(source, datasets) for source, _ in counted.most_common())
    licences = {name: dataset.licence for name, dataset in datasets.items() if dataset.licence}
    return replace(drawing, sources=sources, licences=licences)


def _named(source: Source, datasets: Mapping[str, Dataset]) -> Source:
    """Return a source; one that is no more than its dataset, under the dataset's title."""
    dataset = datasets.get(source.dataset)
    if source.id or dataset is None:
        return source
    return Source(dataset.name, "", dataset.title, "", dataset.date, dataset.url, dataset.licence)


def by_place(drawing: Drawing, outlines: tuple[Outline, ...], lang: Lang) -> Drawing:
    """Return a drawing as a map by place: those whose place is not known are left out, which is told."""
    known = located(drawing.actors)
    there = {card.id for card in known}
    ties = tuple(tie for tie in drawing.ties if {tie.source, tie.target} <= there)
    missing = len(drawing.actors) - len(known)
    left = [drawing.left_out, say(lang, "map_unlocated", count=missing) if missing else ""]
    return replace(
        drawing,
        actors=tuple(known),
        ties=ties,
        rings=(),
        left_out="; ".join(part for part in left if part),
        geographic=True,
        outlines=outlines,
    )


def of_help(answer: HelpAnswer, lang: Lang, viewer: Viewer) -> Drawing:
    """Return the drawing of the best paths to those who can help."""
    helpers = (*answer.helpers, *answer.known)
    best = [helper.path for helper in helpers]
    actors = actors_on(best, answer.asker)
    return Drawing(
        title=help_title(answer, lang),
        lang=lang,
        audience=viewer.value,
        as_of=answer.as_of,
        revision=answer.revision,
        centre=answer.asker.id if answer.asker else "",
        actors=actors,
        ties=ties_on(best),
        left_out=say(lang, "help_map_left_out") if any(helper.alternatives for helper in helpers) else "",
        rings=_rings(best, actors),
    )


def of_paths(answer: Paths, lang: Lang, viewer: Viewer) -> Drawing:
    """Return the drawing of the paths between two actors."""
    return Drawing(
        title=paths_title(answer, lang),
        lang=lang,
        audience=viewer.value,
        as_of=answer.as_of,
        revision=answer.revision,
        centre=answer.start.id,
        actors=actors_on(answer.paths, answer.start),
        ties=ties_on(answer.paths),
    )


def help_title(answer: HelpAnswer, lang: Lang) -> str:
    """Return what a page or map of who can help is called."""
    what = wanted(answer.help, lang)
    if answer.asker is None:
        return say(lang, "help_title_you", help=what)
    return say(lang, "help_title", name=answer.asker.name, help=what)


def paths_title(answer: Paths, lang: Lang) -> str:
    """Return what a page or map of paths is called."""
    return say(lang, "path_title", start=answer.start.name, end=answer.end.name)


def _rings(paths: Iterable[Path], actors: Iterable[Card]) -> tuple[int, ...]:
    """Return how many introductions away each actor is from who asks, who may be none of them."""
    rings: dict[str, int] = {}
    for path in paths:
        for n, step in enumerate(path.steps):
            ends = ((step.start, n), (step.end, n + 1))
            rings |= {end.id: min(ring, rings.get(end.id, ring)) for end, ring in ends if end}
    return tuple(rings.get(card.id, 0) for card in actors)


def actors_on(paths: Iterable[Path], first: Card | None = None) -> tuple[Card, ...]:
    """Return those that paths lead along, each once, as they come; `first` stands first."""
    ends = (end for path in paths for step in path.steps for end in (step.start, step.end) if end)
    return tuple({card.id: card for card in (*([first] if first else []), *ends)}.values())


def ties_on(paths: Iterable[Path]) -> tuple[Tie, ...]:
    """Return the ties that paths lead along, each once, as they come."""
    ties = (step.tie for path in paths for step in path.steps if step.tie)
    return tuple({(tie.source, tie.kind, tie.target, tie.ref): tie for tie in ties}.values())


def _left_out_of(answer: Excerpt, lang: Lang) -> str:
    """Return what is left out of a part: actors, and ties among those shown."""
    actors, ties = answer.more, answer.more_ties
    said = []
    if actors.count:
        told = say(lang, "part_left_out" if actors.exact else "part_left_out_least", count=actors.count)
        said.append(f"{told} ({_to_see_them(answer, lang)})")
    if ties.count:
        said.append(say(lang, "part_left_out_ties", count=ties.count))
    return "; ".join(said)


def _to_see_them(answer: Excerpt, lang: Lang) -> str:
    """Return what would show those who are left out: of the whole, a part of it; of a part, more of it."""
    if answer.part == Part():
        return say(lang, "part_narrow")
    return say(lang, "part_higher" if len(answer.actors) < MAX_LIMIT else "part_export", most=MAX_LIMIT)


def left_out(answer: Neighbourhood, lang: Lang) -> str:
    """Return how many are left out of who stands around an actor."""
    if not answer.more.count:
        return ""
    return say(lang, "map_left_out" if answer.more.exact else "map_left_out_least", count=answer.more.count)
