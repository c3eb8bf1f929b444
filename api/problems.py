"""What goes wrong, over HTTP: one table of statuses, one form (RFC 9457), a page instead for who reads pages.

A client under `/v1`, or one that does not ask for HTML, is told `application/problem+json`; a browser elsewhere gets a
page. What is wrong inside (a server's address, a file's path) is logged, not told.
"""

import logging
import re
import traceback
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.routing import Match, Route

from api.faults import InvalidInput, Meant, invalid_inputs
from api.languages import is_data, language_of, vary_of
from api.templating import render
from api.words import say
from graph import errors
from graph.errors import WeefselError

LOG = logging.getLogger("weefsel")
MEDIA_TYPE = "application/problem+json"
TYPED = {
    "why": "judge_why",
    "mapping": "sheet_mapping_label",
}  # fields that take a while to fill in, and what they are called
RETRY = {"Retry-After": "10"}  # seconds
TOLD = (400, 401, 403, 404, 405, 410, 413, 429, 500, 503)  # statuses that have words of their own

STATUSES: Mapping[type[WeefselError], int] = {
    errors.BadInputError: 400,
    errors.MovedError: 308,
    errors.GoneError: 410,
    errors.NotFoundError: 404,
    errors.LoadError: 500,
    errors.StoreError: 503,
    WeefselError: 500,
}


class Problem(BaseModel):
    """What went wrong (RFC 9457): the status, a title, what would help, and each input that cannot be."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    status: int
    """The HTTP status."""
    title: str
    """What kind of problem it is."""
    detail: str
    """What was asked, what is wrong and what would do."""
    errors: list[InvalidInput] = []
    """Every input that cannot be."""


class NotModifiedError(Exception):
    """What the client has is what it would get."""

    def __init__(self, headers: Mapping[str, str]) -> None:
        """Keep the headers of the answer that is not given again."""
        super().__init__()
        self.headers = headers


class SignInError(WeefselError):
    """A token that is not the staff's, or too many of them: `status` 401, 403 or 429."""

    def __init__(self, *, nl: str, en: str, status: int, headers: Mapping[str, str]) -> None:
        """Keep the messages, the status and the headers that go with it."""
        super().__init__(nl=nl, en=en)
        self.status = status
        self.headers = headers


def describe(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the OpenAPI description of these error statuses, and of those that every route can give."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    every = (400, 401, 405, 429, 500, 503)
    told = {status: {"description": HTTPStatus(status).phrase, "content": content} for status in (*every, *statuses)}
    if 308 in told:
        told[308] = {"description": "The actor goes by another id now: see `Location`"}
    return {status: told[status] for status in sorted(told)}


def schemas() -> dict[str, Any]:
    """Return the OpenAPI schemas of problems."""
    made = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    return {**made.pop("$defs"), "Problem": made}


def install(app: FastAPI) -> None:
    """Let the app tell every error in this form."""
    app.add_exception_handler(WeefselError, _weefsel)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(NotModifiedError, _not_modified)


def unexpected(request: Request, error: Exception) -> Response:
    """Answer an error that nobody foresaw; where it arose is logged, its message (which may hold a name) is not."""
    frames = traceback.extract_tb(error.__traceback__)
    where = " < ".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in reversed(frames[-8:]))
    LOG.error("unexpected %s at %s", type(error).__name__, where)
    return tell(request, 500)


def tell(
    request: Request,
    status: int,
    detail: str = "",
    invalid: Sequence[InvalidInput] = (),
    headers: Mapping[str, str] | None = None,
    near: Sequence[tuple[str, str]] = (),
    why: str = "",
) -> Response:
    """Return the answer to a request that cannot be met, as a problem or as a page (with links to who is `near`).

    `why` names words that say more than those of the status. What was `typed` (a field, and what stood in it) hangs on the request.
    """
    lang = language_of(request)
    known = why or (status if status in TOLD else 500 if status >= 500 else 400)
    problem = Problem(
        status=status,
        title=say(lang, f"problem_{known}_title"),
        detail=detail or say(lang, f"problem_{known}_detail"),
        errors=list(invalid),
    )
    kept = {"Cache-Control": "no-store", "Vary": vary_of(request), "Content-Language": lang, **(headers or {})}
    if wants_page(request):
        return render(
            request,
            "error.html",
            {"problem": problem, "near": near, "typed": getattr(request.state, "typed", ())},
            status,
            kept,
        )
    return JSONResponse(problem.model_dump(by_alias=True), status, kept, MEDIA_TYPE)


def status(error: WeefselError) -> int:
    """Return the status that goes with an error."""
    return next(STATUSES[kind] for kind in type(error).__mro__ if kind in STATUSES)


def wants_page(request: Request) -> bool:
    """Return whether the client reads pages here: a browser, where there are pages."""
    return not is_data(request) and "text/html" in request.headers.get("accept", "")


async def _weefsel(request: Request, error: Exception) -> Response:
    if not isinstance(error, WeefselError):
        raise error
    request.state.typed = await _typed(request)
    if isinstance(error, errors.MovedError):
        return _moved(request, error)
    lang = language_of(request)
    if isinstance(error, SignInError):
        return tell(request, error.status, error.text(lang), headers=error.headers)
    code = status(error)
    if code >= 500:
        LOG.error("%s: %s", type(error).__name__, error)
        why = "locked" if isinstance(error, errors.LockedError) else ""
        return tell(request, code, headers=RETRY if code == 503 else None, why=why)
    detail = error.text(lang)
    if isinstance(error, errors.BadInputError):
        return tell(request, code, detail, [_input_of(request, one, lang) for one in error.faults])
    return tell(request, code, detail, near=error.near if isinstance(error, errors.NotFoundError) else ())


async def _typed(request: Request) -> list[tuple[str, str]]:
    """Return what somebody typed in a form that comes to nothing, as a browser does not go back to it; of our own forms alone."""
    ours = request.headers.get("sec-fetch-site", "same-origin") == "same-origin"
    if request.method != "POST" or not ours or not wants_page(request):
        return []
    form = await request.form()  # which the route has read already
    told = ((word, form.get(name)) for name, word in TYPED.items())
    return [(word, text) for word, text in told if isinstance(text, str) and text]


def _input_of(request: Request, fault: errors.BadInputError, lang: errors.Lang) -> InvalidInput:
    where = "path" if fault.field in request.path_params else "body" if request.method == "POST" else "query"
    choices = [Meant(value=one.value, label=one.text(lang)) for one in fault.choices]
    return InvalidInput(where=where, name=to_camel(fault.field), detail=fault.text(lang), choices=choices)


def _moved(request: Request, error: errors.MovedError) -> Response:
    """Lead to the same question about the id that the actor bears now."""
    path = re.sub(r"{\w+}", quote(error.to, safe=""), request.scope["route"].path)
    query = f"?{request.url.query}" if request.url.query else ""
    headers = {"Location": path + query, "Cache-Control": "no-store"}
    return Response(status_code=308, headers=headers)


def _invalid(request: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        raise error
    return tell(request, 400, invalid=invalid_inputs(request, error.errors(), language_of(request)))


def _http(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    headers = dict(error.headers or {})
    if error.status_code == 405:
        headers["Allow"] = ", ".join(allowed_methods(request))
    return tell(request, error.status_code, headers=headers)


def allowed_methods(request: Request) -> list[str]:
    """Return the methods that some route takes at the address of this request."""
    routes: Sequence[Route] = request.app.state.routes
    outer = {**request.scope, "root_path": ""}  # where files are served from has one of its own
    met = [route.methods or () for route in routes if route.matches(outer)[0] is not Match.NONE]
    methods = {method for methods in met for method in methods} or {"GET"}  # no route of ours: a file
    return sorted(methods | ({"HEAD"} if "GET" in methods else set()))


def _not_modified(_: Request, error: Exception) -> Response:
    if not isinstance(error, NotModifiedError):
        raise error
    return Response(status_code=304, headers=dict(error.headers))
