"""Pages: templates filled with the answers of questions. Each fills whole, or is an error in the first test that sees it."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse

from api.languages import LANG_COOKIE, LANGUAGES, chosen_in, language_of
from api.security import SESSION_COOKIE, Staff
from api.words import say
from graph.dates import spelled
from graph.errors import Lang
from graph.model import Card, Fact, Source
from graph.municipalities import named
from graph.namesakes import town, where
from graph.questions.paths import MAX_STEPS
from graph.sentences import amount, number, percent, period, status_on
from graph.text import fold
from graph.vocabulary import Topic, vocabulary
from viz import EXPORTS
from viz.style import MARKS

FOLDER = Path(__file__).parent
LONGEST_WORD = 20  # letters; what is longer is no word of a table's column
YEAR_SECONDS = 365 * 24 * 3600

_PAGES = Environment(
    loader=FileSystemLoader(FOLDER / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


class Footnotes:
    """The sources that a page cites, numbered as they come."""

    def __init__(self) -> None:
        """Start with none."""
        self._numbers: dict[tuple[str, str, str], int] = {}
        self.sources: list[Source] = []

    def number(self, source: Source) -> int:
        """Return the number of a source, whatever the place in it."""
        key = (source.dataset, source.id, source.url)
        if key not in self._numbers:
            self.sources.append(source)
            self._numbers[key] = len(self.sources)
        return self._numbers[key]


def render(
    request: Request,
    template: str,
    context: Mapping[str, Any],
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> HTMLResponse:
    """Return a page. `context` holds the answers that it shows."""
    page = _PAGES.get_template(template).render({**_surroundings(request), **context})
    response = HTMLResponse(page, status, headers)
    if lang := chosen_in(request):
        secure = request.app.state.settings.secure
        response.set_cookie(LANG_COOKIE, lang, YEAR_SECONDS, secure=secure, httponly=True, samesite="lax")
    return response


def _surroundings(request: Request) -> dict[str, Any]:
    """Return what each page needs: its language and words, links to itself, and whether its reader is signed in."""
    lang = language_of(request)
    other_lang = next(other for other in LANGUAGES if other != lang)
    session = request.cookies.get(SESSION_COOKIE, "")
    staff: Staff = request.app.state.staff
    signed_in = staff.holds(session)
    return {
        "lang": lang,
        "say": partial(say, lang),
        "label": partial(label, lang),
        "number": partial(number, lang=lang),
        "euros": partial(amount, lang=lang),
        "spelled": partial(spelled, lang=lang),
        "other_lang": other_lang,
        "in_other_language": _switched(request, other_lang),
        "instead": partial(_instead, request),
        "path": request.url.path,
        "signed_in": signed_in,
        "session_over": bool(session) and not signed_in,
        "form_mark": staff.form_mark(session) if signed_in else "",
        "period": partial(period, lang=lang),
        "notes": Footnotes(),
    }


def label(lang: Lang, name: str, word: str) -> str:
    """Return the label of a word of the closed list `name` ("help", "theme", "tie_kind" or a controlled one)."""
    words = vocabulary().closed(name)
    return words[word].label(lang) if word in words else word


_PAGES.filters["theme_label"] = lambda word, lang: label(lang, "theme", word)
_PAGES.filters["help_label"] = lambda word, lang: label(lang, "help", word)


def worth_telling(facts: Iterable[Fact], card: Card, lang: Lang) -> list[Fact]:
    """Return the facts that say more than the page's head: not the kind and name, nor these again in other letters."""
    told = []
    for fact in facts:
        others = fact.others
        if fact.field == "aliases":
            names = {fold(str(said.value)): said for said in reversed(others)}  # the first of those that are alike
            others = tuple(said for name, said in reversed(names.items()) if name != fold(card.name))
        again = fact.field == "subtype" and label(lang, "subtype", str(fact.value)) == label(lang, "kind", card.kind)
        if fact.field not in ("kind", "name") and not again and (others or fact.field != "aliases"):
            told.append(fact._replace(others=others))
    return told


def breakable(name: str) -> Markup:
    """Let a word longer than any in a dictionary break anywhere, so that it fits a column.

    >>> breakable("Het & " + "a" * 22)
    Markup('Het &amp; aaaaaaaaaaaaaaaaaaaa<wbr>a<wbr>a')
    """
    return Markup("<wbr>").join(re.split(rf"(?<=\S{{{LONGEST_WORD}}})(?=\S)", name))


_PAGES.filters["worth_telling"] = worth_telling
_PAGES.tests["starts"] = str.startswith
_PAGES.filters["breakable"] = breakable


def topics(words: Iterable[Topic]) -> list[tuple[Topic, list[Topic]]]:
    """Return each top of helps or themes with what falls under it."""
    grouped: dict[str, tuple[Topic, list[Topic]]] = {}
    for word in words:
        if word.broader:
            grouped[word.broader][1].append(word)
        else:
            grouped[word.id] = (word, [])
    return list(grouped.values())


THEMES, HELPS = topics(vocabulary().themes.values()), topics(vocabulary().helps.values())


def link(path: str, **query: object) -> str:
    """Return an address in this site, without the parts of the query that say nothing.

    >>> link("/search", q="de buurt", cursor="")
    '/search?q=de+buurt'
    """
    told = {name: value for name, value in query.items() if value not in ("", None, ())}
    return quote(path, safe="/") + (f"?{urlencode(told, doseq=True)}" if told else "")


def _switched(request: Request, lang: Lang) -> str:
    """Return the address of this page in the other language."""
    query = [(name, value) for name, value in parse_qsl(request.url.query, keep_blank_values=True) if name != "lang"]
    return _asked(request, [*query, ("lang", lang)])


def _instead(request: Request, name: str, value: str) -> str:
    """Return the address of this page with another value of an input; empty if the address has none of it, or several."""
    query = parse_qsl(request.url.query, keep_blank_values=True)
    if [told for told, _ in query].count(name) != 1:
        return ""
    return _asked(request, [(told, value if told == name else said) for told, said in query])


def _asked(request: Request, query: list[tuple[str, str]]) -> str:
    """Return the address of this page with another query."""
    path = "/" + request.scope["path"].lstrip("/")  # what begins with two would lead to another site
    return f"{quote(path, safe='/')}?{urlencode(query)}"


@lru_cache(maxsize=16)
def _version(name: str) -> str:
    return hashlib.blake2b((FOLDER / "static" / name).read_bytes(), digest_size=6).hexdigest()


def _static(name: str) -> str:
    """Return the address of a file of ours, which changes when the file does."""
    return f"/static/{name}?v={_version(name)}"


# What is the same on every page; what a page need not say comes last.
_PAGES.globals |= {
    "percent": percent,
    "link": link,
    "static": _static,
    "marks": MARKS,
    "export_formats": EXPORTS,
    "lists": vocabulary(),
    "town": town,
    "where": where,
    "municipality_named": named,
    "status_on": status_on,
    "furthest": MAX_STEPS,
    "twin": "",
    "revision": None,
    "text": "",
    "nobots": False,
}
