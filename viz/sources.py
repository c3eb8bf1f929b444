"""The sources of a drawing: which there are, and how one is cited in a line."""

from graph.dates import spelled
from graph.drawing import Drawing
from graph.errors import Lang
from graph.model import Source
from viz.captions import CAPTIONS


def cited(drawing: Drawing) -> list[Source]:
    """Return the drawing's sources, then those that only its ties name; a place in a source belongs to the tie."""
    found: dict[tuple[str, str], Source] = {}
    for source in (*drawing.sources, *(source for tie in drawing.ties for source in tie.sources)):
        found.setdefault((source.dataset, source.id), source._replace(locator=""))
    return list(found.values())


def licence(drawing: Drawing, sources: list[Source], lang: Lang) -> str:
    """Return under which licences the sources of a drawing, and the datasets that name them, may be used.

    Each is told once. That some have none stated is told too, as their words are in the drawing as well.
    """
    each = [[text for text in (drawing.licences.get(s.dataset, ""), s.licence) if text] for s in sources]
    known = list(dict.fromkeys(text for texts in each for text in texts))
    rest = "" if all(each) else CAPTIONS[lang]["licence_rest" if known else "licence_unknown"]
    return "; ".join([*known, *([rest] if rest else [])])


def told(source: Source, lang: Lang) -> str:
    """Return a source in a line: title, publisher, date, licence, address.

    >>> told(Source("d", "s", "Jaarverslag", "LSA", "2021-03", licence="CC0"), "nl")
    'Jaarverslag, LSA, maart 2021; licentie CC0'
    """
    title = source.title or source.url or source.id or source.dataset
    line = ", ".join(part for part in (title, source.publisher, source.date and spelled(source.date, lang)) if part)
    licence = f"{CAPTIONS[lang]['licence']} {source.licence}" if source.licence else ""
    return "; ".join(part for part in (line, licence, source.url if source.title else "") if part)
