"""What a search is narrowed to, in words: each filter with the search without it, and how many that would find."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from api.inputs import PUBLIC_KINDS, SearchQuestion
from api.templating import label, link
from graph import questions
from graph.errors import Lang
from graph.model import Count
from graph.municipalities import named
from graph.stored import Filters
from graph.view import View

ENOUGH = 20  # found without a filter; how many more there are is not counted


@dataclass(frozen=True)
class Narrowed:
    """A filter in words, the address of the search without it, and how many this finds."""

    words: str
    wider: str
    found: Count


def narrowed(view: View, question: SearchQuestion, filters: Filters, lang: Lang) -> list[Narrowed]:
    """Return the filters of a search; `filters` are the same, with municipalities by id or code."""
    return [
        Narrowed(words, link("/search", **query), _count(view, question.q, rest))
        for words, query, rest in (*_listed(question, filters, lang), *_placed(view, question, filters))
    ]


def _listed(question: SearchQuestion, filters: Filters, lang: Lang) -> Iterator[tuple[str, dict[str, object], Filters]]:
    """Yield kinds, themes and helps, and what is left of the search without each."""
    for name, field, values in (
        ("kind", "kinds", question.kind),
        ("theme", "themes", question.theme),
        ("help", "helps", question.help),
    ):
        for value in values:
            others = tuple(other for other in values if other != value)
            rest = replace(filters, **{field: others or (PUBLIC_KINDS if name == "kind" else ())})
            yield label(lang, name, value), {**_query(question), name: others}, rest


def _placed(view: View, question: SearchQuestion, filters: Filters) -> Iterator[tuple[str, dict[str, object], Filters]]:
    """Yield the municipalities, and what is left of the search without each."""
    for at, meant in enumerate(filters.municipalities):
        card = next(iter(view.with_ids([meant])), None) or view.claimant(f"cbs:{meant}")
        others = question.municipality[:at] + question.municipality[at + 1 :]
        rest = filters.municipalities[:at] + filters.municipalities[at + 1 :]
        query = {**_query(question), "municipality": others}
        yield card.name if card else named(meant), query, replace(filters, municipalities=rest)


def _query(question: SearchQuestion) -> dict[str, object]:
    return question.model_dump(by_alias=True, exclude_defaults=True, exclude={"lang", "cursor"})


def _count(view: View, text: str, filters: Filters) -> Count:
    found = questions.search(view, text, filters, ENOUGH)
    return Count(len(found.actors), exact=not found.cursor)
