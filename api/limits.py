"""How long the body of a request may be: a question is short, and staff may send a file."""

from starlette.middleware.body_limit import RequestBodyLimitResponder
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from api.security import SESSION_COOKIE, Staff

LARGEST_BODY = 64 * 1024  # bytes; the longest question fits many times
LARGEST_FILE = 20 * 2**20  # bytes; 200,000 rows
TAKES_FILES = "/spreadsheets"


def largest(scope: Scope) -> int:
    """Return the length of the longest body (bytes) that this request may have; who is not signed in sends no file."""
    return LARGEST_FILE + LARGEST_BODY if may_send_file(scope) else LARGEST_BODY


def may_send_file(scope: Scope) -> bool:
    """Return whether this request is one of staff where a file is taken."""
    if scope["method"] != "POST" or scope["path"] != TAKES_FILES:
        return False
    staff: Staff = scope["app"].state.staff
    return staff.holds(Request(scope).cookies.get(SESSION_COOKIE, ""))


class BodyLimit:
    """Refuses what goes on beyond the length that it may have, while it comes in."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap `app`."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        await RequestBodyLimitResponder(self.app, largest(scope))(scope, receive, send)
