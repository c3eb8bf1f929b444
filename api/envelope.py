"""What goes around every answer: headers that keep browsers safe, HEAD, a line in the log, and a net for what falls."""

import asyncio
import logging
import time

from fastapi import Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import problems
from api.languages import language_of
from api.limits import LARGEST_FILE, largest, may_send_file
from api.words import say

ACCESS = logging.getLogger("weefsel.access")
API_VERSION = "1.0.0"
CSP = (
    "default-src 'self'; script-src 'none'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
FIXED = ("/v1/openapi.json", "/static/")  # served by no route of ours
MOST_TAKEN = 10 * LARGEST_FILE  # bytes of a file that is too large, before its sender is cut off
HSTS = "max-age=31536000; includeSubDomains"


class BrokenOffError(Exception):
    """An answer that was being sent cannot be ended: the connection is closed. What went wrong is in the log already."""


class Envelope:
    """Wraps the whole app.

    The log names the route's template, never the address itself: an id or a question may stand in that.
    """

    def __init__(self, app: ASGIApp, secure: bool) -> None:
        """Wrap `app`; `secure` says that visitors come by https."""
        self.app = app
        self.headers = {**HEADERS, **({"Strict-Transport-Security": HSTS} if secure else {})}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        letter = _Letter(scope, send, self.headers)
        inner: Scope = {**scope, "method": "GET"} if letter.head else scope
        try:
            if _length(scope) > largest(scope):
                told = await _too_large(scope, receive)
                await told(inner, receive, letter.send)
            else:
                await self.app(inner, receive, letter.send)
        except asyncio.CancelledError:  # the service stops, and has waited as long as it waits
            if not letter.status:
                told = problems.tell(Request(scope), 503, headers=problems.RETRY, why="stopping")
                await told(inner, receive, letter.send)
        except Exception as error:  # the last net: nothing above this one may tell a client, or a log, what it says
            if letter.status and isinstance(error, OSError):
                raise  # the client is gone
            told = problems.unexpected(Request(scope), error)
            if letter.status:
                raise BrokenOffError from None
            await told(inner, receive, letter.send)
        finally:
            letter.log(inner)


async def _too_large(scope: Scope, receive: Receive) -> Response:
    """Return what to tell somebody whose body is too long.

    Of a file of staff, the rest is taken in first: a browser that is still sending shows no answer.
    """
    if not may_send_file(scope):
        return problems.tell(Request(scope), 413)
    taken, more = 0, True
    while more and taken < MOST_TAKEN:
        message = await receive()
        taken += len(message.get("body", b""))
        more = message.get("more_body", False)
    lang = language_of(Request(scope))
    return problems.tell(Request(scope), 413, say(lang, "sheet_too_large", mb=LARGEST_FILE // 2**20))


def _length(scope: Scope) -> int:
    """Return how long the body is said to be; one that does not say is measured while it is read."""
    said = Headers(scope=scope).get("content-length", "0")
    return int(said) if said.isascii() and said.isdigit() else 0


class _Letter:
    """One answer on its way out."""

    def __init__(self, scope: Scope, send: Send, headers: dict[str, str]) -> None:
        self.method: str = scope["method"]
        self.head = self.method == "HEAD"
        self.data = scope["path"].startswith("/v1/")
        self.status = 0
        self._send = send
        self._headers = headers
        self._started = time.perf_counter()

    async def send(self, message: Message) -> None:
        """Pass a message on, with our headers and, for HEAD, without a body."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            # With a 304 a browser writes its headers over those that it kept: a map would get the policy of other pages.
            for name, value in self._headers.items() if self.status != 304 else ():
                headers.setdefault(name, value)
            if self.data:
                headers["API-Version"] = API_VERSION
        elif self.head and message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await self._send(message)

    def log(self, scope: Scope) -> None:
        """Write the line in the log."""
        fixed = next((path for path in FIXED if scope["path"].startswith(path)), "-")
        template = getattr(scope.get("route"), "path", fixed)
        ms = (time.perf_counter() - self._started) * 1000
        ACCESS.info("%s %s %d %.0f ms", self.method, template, self.status, ms)


class OpenData:
    """Lets pages of other sites read what is public: CORS for GET under `/v1`, without cookies or tokens."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap `app`."""
        self.app = app
        self.shared = CORSMiddleware(
            app,
            allow_origins=["*"],
            allow_methods=["GET", "HEAD"],
            allow_headers=["If-None-Match"],
            expose_headers=["API-Version", "ETag", "Retry-After"],
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        data = scope["type"] == "http" and scope["path"].startswith("/v1/") and scope["method"] != "POST"
        await (self.shared if data else self.app)(scope, receive, send)
