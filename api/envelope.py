"""What goes around every answer: headers that keep browsers safe, HEAD, a line in the log, and a net for what falls."""

import logging
import time

from fastapi import Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import problems

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
HSTS = "max-age=31536000; includeSubDomains"


class Envelope:
    """Wraps the whole app.

    The log names the route's template, never the address itself: an id or a question may stand in that.
    """

    def __init__(self, app: ASGIApp, largest: int, secure: bool) -> None:
        """Wrap `app`. `largest` is the length of the longest body (bytes); `secure` says that visitors come by https."""
        self.app = app
        self.largest = largest
        self.headers = {**HEADERS, **({"Strict-Transport-Security": HSTS} if secure else {})}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        letter = _Letter(scope, send, self.headers)
        inner: Scope = {**scope, "method": "GET"} if letter.head else scope
        try:
            if _length(scope) > self.largest:
                await problems.tell(Request(scope), 413)(inner, receive, letter.send)
            else:
                await self.app(inner, receive, letter.send)
        except Exception as error:  # the last net: nothing above this one may tell a client what it says
            if letter.status:
                raise
            await problems.unexpected(Request(scope), error)(inner, receive, letter.send)
        finally:
            letter.log(inner)


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
            for name, value in self._headers.items():
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
