"""Which language a visitor reads: the address says it, else the cookie or browser, else the setting."""

import math

from fastapi import Request

from graph.errors import Lang

LANGUAGES: tuple[Lang, ...] = ("nl", "en")
LANG_COOKIE = "weefsel-lang"


def is_data(request: Request) -> bool:
    """Return whether the request is for data, not for a page."""
    return request.url.path.startswith(("/v1/", "/healthz", "/readyz"))


def language_of(request: Request) -> Lang:
    """Return the language to answer in.

    `lang=` in the address comes first; then, for pages, the cookie of an earlier choice (a browser in English is no
    reason to leave plain Dutch), and for data the header `Accept-Language`; then the setting.
    """
    default: Lang = request.app.state.settings.lang
    if chosen := chosen_in(request):
        return chosen
    if is_data(request):
        return accepted(request.headers.get("accept-language", ""), default)
    return _known(request.cookies.get(LANG_COOKIE, "")) or default


def chosen_in(request: Request) -> Lang | None:
    """Return the language that the address asks for, if it does."""
    return _known(request.query_params.get("lang", ""))


def accepted(header: str, default: Lang) -> Lang:
    """Return the language of ours that an `Accept-Language` header likes best.

    >>> accepted("en-GB,en;q=0.9,nl;q=0.3", "nl")
    'en'
    >>> accepted("fr", "nl")
    'nl'
    """
    liked: dict[Lang, float] = {}
    for part in header.lower().split(","):
        tag, _, quality = part.partition(";q=")
        if lang := _known(tag.strip()[:2]):
            liked[lang] = max(liked.get(lang, 0.0), _number(quality))
    best = max(liked, key=lambda lang: (liked[lang], lang == default), default=default)
    return best if liked.get(best, 0.0) > 0 else default


def vary_of(request: Request) -> str:
    """Return what an answer to this request depends on besides its address."""
    return "Authorization, Cookie, Accept-Language" if is_data(request) else "Authorization, Cookie, Accept"


def _known(text: str) -> Lang | None:
    return next((lang for lang in LANGUAGES if lang == text), None)


def _number(quality: str) -> float:
    try:
        number = float(quality or "1")
    except ValueError:
        return 0.0
    return number if math.isfinite(number) else 0.0
